"""Metadata for catalogues, search engines and archives: a module and a function each.

Everything follows from the published descriptor. `make(package, folder)` returns the file's text;
only Croissant looks into the folder, for the hashes of the Parquet files that it describes.
"""

from __future__ import annotations

from . import citation, croissant, csvw, dcat, schema_org, zenodo

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
