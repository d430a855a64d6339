"""Metadata for catalogues, search engines and archives: a module and a function each.

Everything follows from the published descriptor. `make(package, folder)` returns the file's text;
those that list files look into the folder, for sizes and sums.
"""

from __future__ import annotations

from . import citation, croissant, csvw, dcat, feed, schema_org, versions, zenodo

# Part of the data package, and so of its zip.
PACKAGE_METADATA = {
    "CITATION.cff": citation.citation,
    "csv-metadata.json": csvw.csvw,  # the name under which the standard looks for it
}
METADATA = {
    "croissant.json": croissant.croissant,
    "dcat.jsonld": dcat.dcat,
    "schema-org.jsonld": schema_org.schema_org,
    "zenodo.json": zenodo.zenodo,
}
# Beside a release on the site, for those who come back.
NEWS = {
    "versions.json": versions.versions,
    feed.FILE: feed.feed,
}
