"""A bill of materials (CycloneDX): what is shipped that others wrote, and under which licence.

The wheel requires some libraries and offers others as extras; the site holds its theme with what
that bundles, and what scripts/vendor took from npm. Versions are those that the release was made
and tested with. The text of a licence stands in it, or at its address on the site.
"""

from __future__ import annotations

import json
import re
import tomllib
import uuid
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, PackageNotFoundError, files, metadata
from typing import TYPE_CHECKING

from ..package import Package
from .files import created

if TYPE_CHECKING:
    from cyclonedx.model.component import Component

SBOM = "sbom.cdx.json"
THEME = "mkdocs-material"
# What the theme bundles, by its source maps and style sheet; it does not say which versions.
_IN_THEME = {
    "@fortawesome/fontawesome-free": "CC-BY-4.0",  # icons in its style sheet
    "@mdi/svg": "Apache-2.0",
    "clipboard": "MIT",
    "escape-html": "MIT",
    "focus-visible": "W3C",
    "lunr": "MIT",
    "lunr-languages": "MPL-1.1",
    "rxjs": "Apache-2.0",
    "tslib": "0BSD",
}
# What older metadata say in other words than SPDX.
_LICENCES = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
}


def sbom(pkg: Package) -> str:
    """The bill of materials of a checkout, as JSON."""
    from cyclonedx.contrib.license.factories import LicenseFactory
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.output.json import JsonV1Dot6

    licences = " AND ".join(["MIT", *(entry["name"] for entry in pkg.descriptor["licenses"])])
    root = Component(
        name=pkg.name,
        version=pkg.version,
        type=ComponentType.DATA,
        bom_ref=pkg.name,
        description=pkg.descriptor["description"],
        licenses=[LicenseFactory().make_from_string(licences)],
    )
    parts = sorted([*_of_the_wheel(pkg), *_of_the_site(pkg)], key=lambda c: c.bom_ref.value)
    # The same name for the same release, so that two builds give the same bytes.
    bom = Bom(
        components=parts,
        serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"{pkg.descriptor['id']}#{pkg.version}"),
    )
    bom.metadata.component = root
    bom.metadata.timestamp = created(pkg)
    bom.register_dependency(root, parts)
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def _of_the_wheel(pkg: Package) -> Iterator[Component]:
    project = tomllib.loads((pkg.root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = {_name(words) for words in project["dependencies"]}
    extras = project.get("optional-dependencies", {}).values()
    optional = {_name(words) for extra in extras for words in extra} - required
    for name in required:
        yield _python(name, "required", "the wheel requires it")
    for name in optional:
        yield _python(name, "optional", "an extra of the wheel")


def _of_the_site(pkg: Package) -> Iterator[Component]:
    yield _python(THEME, "required", "its style and scripts are part of the site")
    for name, licence in _IN_THEME.items():
        yield _component("npm", name, "", licence, "required", f"bundled in {THEME}")
    path = pkg.root / "scripts" / "vendor" / "package.json"
    vendored = json.loads(path.read_text(encoding="utf-8"))
    for name, version in vendored["dependencies"].items():
        licence, words = vendored["licences"][name], "vendored in the site"
        text = f"{pkg.descriptor['homepage']}assets/vendor/{vendored['texts'][name]}"
        yield _component("npm", name, version, licence, "required", words, url=text)


def _python(name: str, scope: str, words: str) -> Component:
    try:
        found = metadata(name)
    except PackageNotFoundError:
        return _component("pypi", name, "", "", scope, words)
    text = _text(name) if scope == "required" else ""
    return _component("pypi", name, found["Version"], _licence(found), scope, words, text)


def _component(
    kind: str,
    name: str,
    version: str,
    licence: str,
    scope: str,
    words: str,
    text: str = "",
    url: str = "",
) -> Component:
    from cyclonedx.contrib.license.factories import LicenseFactory
    from cyclonedx.model import AttachedText, XsUri
    from cyclonedx.model.component import Component, ComponentScope, ComponentType
    from packageurl import PackageURL

    group, _, short = name.rpartition("/")
    purl = PackageURL(kind, group or None, short, version or None)
    return Component(
        name=short,
        group=group or None,
        version=version or None,
        type=ComponentType.LIBRARY,
        bom_ref=purl.to_string(),
        purl=purl,
        scope=ComponentScope(scope),
        description=words,
        licenses=[
            LicenseFactory().make_from_string(
                licence,
                license_text=AttachedText(content=text) if text else None,
                license_url=XsUri(url) if url else None,
            )
        ]
        if licence
        else [],
    )


def _name(requirement: str) -> str:
    return re.match(r"[\w.-]+", requirement)[0].lower()


def _licence(found: PackageMetadata) -> str:
    """An SPDX expression, or the words that the library has instead."""
    classes = [c for c in found.get_all("Classifier") or () if c.startswith("License ::")]
    words = classes[0].rpartition(" :: ")[2] if classes else ""
    stated = found.get("License-Expression") or _LICENCES.get(words) or words
    return stated or found.get("License", "")


def _text(name: str) -> str:
    """The licences that an installed library brings along, one behind the other."""
    found = [path for path in files(name) or () if "licenses" in path.parts]
    return "\n\n".join(path.read_text(encoding="utf-8").strip() for path in sorted(found))
