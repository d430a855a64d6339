"""The bill of materials is valid, and names all that is shipped with its licence."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import material
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.conftest import ROOT
from vietnam_foreign_affairs.publishing.sbom import SBOM, THEME

HOME = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))["homepage"]


def test_it_is_valid_and_of_this_release(dist, published):
    text = (dist / SBOM).read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    root = json.loads(text)["metadata"]["component"]
    assert (root["name"], root["version"]) == (published.name, published.version)
    assert root["licenses"] == [{"expression": "MIT AND CC-BY-4.0"}]


def test_it_names_what_the_wheel_requires_and_the_site_holds_with_licences(dist):
    parts = json.loads((dist / SBOM).read_text(encoding="utf-8"))["components"]
    by_name = {"/".join(filter(None, (p.get("group"), p["name"]))): p for p in parts}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    vendored = json.loads((ROOT / "scripts/vendor/package.json").read_text(encoding="utf-8"))
    bundled = {name for name, part in by_name.items() if part["description"].startswith("bundled")}
    required = {name for name, part in by_name.items() if part["scope"] == "required"} - bundled
    assert required == {"duckdb", THEME, *vendored["dependencies"]}
    extras = [words for extra in project["optional-dependencies"].values() for words in extra]
    assert all(any(words.lower().startswith(name) for name in by_name) for words in extras)
    for name, part in by_name.items():
        (licence,) = part["licenses"]
        assert licence.get("expression") or licence["license"]["id"], name
        assert part["purl"], name
        assert part.get("version") or name in bundled, name
        if name not in bundled and part["scope"] == "required":
            text = licence["license"].get("text", {}).get("content") or _on_the_site(licence)
            assert "permission" in text.lower() or "license" in text.lower(), name


def _on_the_site(licence):
    address = licence["license"]["url"].removeprefix(HOME)
    return (ROOT / "docs" / address).read_text(encoding="utf-8")


def test_it_names_what_the_scripts_of_the_theme_bundle(dist):
    parts = json.loads((dist / SBOM).read_text(encoding="utf-8"))["components"]
    named = {"/".join(filter(None, (p.get("group"), p["name"]))) for p in parts}
    scripts = Path(material.__file__).parent / "templates/assets/javascripts"
    bundled = set()
    for path in scripts.rglob("*.map"):
        for source in json.loads(path.read_text(encoding="utf-8"))["sources"]:
            bundled |= set(re.findall(r"node_modules/((?:@[^/]+/)?[^/]+)", source))
    assert "lunr" in bundled
    assert bundled <= named


def test_what_is_vendored_stands_beside_its_licence():
    vendored = json.loads((ROOT / "scripts/vendor/package.json").read_text(encoding="utf-8"))
    folder = ROOT / "docs/assets/vendor"
    texts = " ".join(p.read_text(encoding="utf-8") for p in sorted(folder.rglob("*.txt"))).lower()
    for name in vendored["dependencies"]:
        assert name in texts or name.replace("-", " ") in texts, name
    for place in folder.iterdir():
        assert not place.is_dir() or (place / "LICENSE.txt").is_file(), place
