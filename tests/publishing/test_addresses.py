"""What the site carries of a release: complete, checkable where it lands, read from its address."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import feedparser
import pytest

from vietnam_foreign_affairs.package import Package, PackageError
from vietnam_foreign_affairs.publishing import addresses
from vietnam_foreign_affairs.publishing.build import write_sums
from vietnam_foreign_affairs.publishing.files import (
    FLAT_SUMS,
    SUMS,
    all_tables,
    offered,
    rows,
    sha256,
)
from vietnam_foreign_affairs.publishing.formats import jsonl
from vietnam_foreign_affairs.publishing.metadata import feed, versions

from ..site.server import serve


@pytest.fixture(scope="module")
def release(dist, tmp_path_factory) -> Path:
    return addresses.write(dist, tmp_path_factory.mktemp("site") / "release")


@pytest.fixture(scope="module")
def url(release):
    with serve(release.parent, "/") as address:
        yield f"{address}release/"


def check(folder: Path, sums: str, *more: str) -> subprocess.CompletedProcess:
    command = ["sha256sum", "--check", "--quiet", "--strict", *more, sums]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_every_file_of_the_release_is_there_in_its_folder(release, dist):
    for path in dist.rglob("*"):
        if path.is_file() and path.name not in (SUMS, FLAT_SUMS):
            there = release / path.relative_to(dist)
            assert there.read_bytes() == path.read_bytes()


def test_every_file_has_a_name_without_the_version(release, published):
    lasting = {path.name.replace(f"-{published.version}", "") for path in offered(release)}
    assert f"{published.name}.zip" in lasting
    assert lasting <= {path.name for path in offered(release)}


@pytest.mark.parametrize("where", ["dist", "release"])
def test_sums_can_be_checked_in_the_folders_and_where_downloads_land(
    where, request, tmp_path, published
):
    folder = request.getfixturevalue(where)
    done = check(folder, SUMS)
    assert done.returncode == 0, done.stdout
    for name in ("tables/events.csv", "parquet/events.parquet", "README.md", FLAT_SUMS):
        shutil.copy(folder / name, tmp_path)
    assert check(tmp_path, FLAT_SUMS, "--ignore-missing").returncode == 0
    with (tmp_path / "events.csv").open("a") as file:
        file.write("x\n")
    done = check(tmp_path, FLAT_SUMS, "--ignore-missing")
    assert done.returncode == 1
    assert done.stdout == "events.csv: FAILED\n"


def test_all_files_of_a_release_lie_flat_and_are_checked(dist, tmp_path):
    """As on the page of a release: all that is offered, and nothing missing."""
    for path in [*offered(dist), Path(FLAT_SUMS)]:
        shutil.copy(dist / path, tmp_path)
    assert check(tmp_path, FLAT_SUMS).returncode == 0
    assert len((tmp_path / FLAT_SUMS).read_text().splitlines()) == len(offered(dist))


def test_versions_name_each_file_with_size_sum_and_changes(release, dist, published):
    found = json.loads((release / "versions.json").read_text(encoding="utf-8"))
    latest = found["versions"][0]
    assert found["latest"] == latest["version"] == published.version
    assert latest["date"] == published.descriptor["created"][:10]
    assert latest["changes"]["Data"]
    home = published.descriptor["homepage"]
    for file in latest["files"]:
        path = release / file["path"]
        assert file["url"] == f"{home}release/{file['path']}"
        assert file["bytes"] == path.stat().st_size
        assert file["sha256"] == sha256(path)
    assert [file["path"] for file in latest["files"]] == [p.as_posix() for p in offered(dist)]


CHANGELOG = """# Changelog

Words before.

## 1.1.0 (2030-01-02)

### Data
- One & more,
  as two pages say.

### Code
- Another.

## Unreleased
- Nothing.

## 1.0.0 (2029-01-01)

### Data
- First.

## 0.9.0
"""


def changed(little, changelog: str = CHANGELOG, *corrections: tuple[str, ...]) -> Package:
    """A package of which there were versions before, with a ledger of corrections."""

    def edit(descriptor, schemas, rows):
        names = ("correction_id", "table_name", "row_id", "field", "version")
        names += ("corrected_on", "kind", "was", "reason")
        schemas["corrections"] = json.loads(json.dumps(schemas["places"]))
        field = schemas["corrections"]["fields"][0]
        schemas["corrections"]["fields"] = [{**field, "name": name} for name in names]
        schemas["corrections"]["primaryKey"] = ["correction_id"]
        rows["corrections"] = [[str(n), *row] for n, row in enumerate(corrections)]
        resource = {**descriptor["resources"][0], "role": "provenance"}
        for key in ("name", "path", "schema"):
            resource[key] = resource[key].replace("places", "corrections")
        descriptor["resources"].append(resource)
        descriptor["created"] = "2030-01-02T00:00:00Z"

    pkg = little("changed", version="1.1.0", edit=edit)
    (pkg.root / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
    return pkg


def correction(row_id: str, reason: str = "Two <pages> say so.") -> tuple[str, ...]:
    return ("places", row_id, "name", "1.1.0", "2029-12-31", "corrected", "a & b", reason)


def test_versions_are_those_of_the_changelog(little):
    found = json.loads(versions.versions(pkg := changed(little), pkg.root))
    assert [(v["version"], v["date"]) for v in found["versions"]] == [
        ("1.1.0", "2030-01-02"),
        ("1.0.0", "2029-01-01"),
        ("0.9.0", None),
    ]
    assert found["versions"][0]["changes"]["Data"] == ["One & more, as two pages say."]
    assert found["versions"][1]["sums"].endswith("/releases/download/v1.0.0/SHA256SUMS")
    assert "files" not in found["versions"][1]


def test_the_feed_has_releases_and_corrections(little):
    rows = [correction(f"a/{n:02} é") for n in range(feed.SHOWN + 3)]
    withdrawn = ("things", "x", "", "1.0.0", "2028-01-01", "withdrawn", "", "Nothing shows it.")
    pkg = changed(little, CHANGELOG, *rows, withdrawn)
    found = feedparser.parse(feed.feed(pkg, pkg.root))
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    assert found.feed.updated == "2030-01-02T00:00:00Z"
    entries = [(entry.tags[0].term, entry.title, entry.updated[:10]) for entry in found.entries]
    assert entries == [
        ("release", "Version 1.1.0", "2030-01-02"),
        ("correction", "Sources: 23 corrected", "2029-12-31"),
        ("release", "Version 1.0.0", "2029-01-01"),
        ("correction", "Sources: 1 withdrawn", "2028-01-01"),
    ]
    assert len({entry.id for entry in found.entries}) == len(entries)
    assert all(entry.link for entry in found.entries)
    assert "<li>One &amp; more, as two pages say.</li>" in found.entries[0].content[0].value
    html = found.entries[1].content[0].value
    home = pkg.descriptor["homepage"]
    assert f'<a href="{home}tables/places/#a/00%20%C3%A9">a/00 é</a>, name, corrected' in html
    assert "(was: a &amp; b): Two &lt;pages&gt; say so." in html
    assert html.count("<li>") == feed.SHOWN + 1
    assert "and 3 more" in html


def test_what_strangers_wrote_breaks_no_feed(little):
    evil = "\x02]]>&<script>\ufffe \x1b[31m"
    pkg = changed(little, CHANGELOG.replace("Another.", evil), correction(evil, evil))
    found = feedparser.parse(feed.feed(pkg, pkg.root))
    assert not found.bozo
    assert len(found.entries) == 3
    assert all("<script>" not in entry.content[0].value for entry in found.entries)


def test_the_feed_of_the_package_tells_of_every_correction(release, published):
    found = feedparser.parse((release / "feed.atom").read_text(encoding="utf-8"))
    assert not found.bozo
    assert f"Version {published.version}" in [entry.title for entry in found.entries]
    told = sum(
        int(count.replace(",", ""))
        for entry in found.entries
        if entry.tags[0].term == "correction"
        for count in re.findall(r"([\d,]+) [a-z]+(?:,|$)", entry.title.rsplit(": ")[1])
    )
    assert told == len(rows(published.table("corrections")))


def test_tables_and_countries_hold_the_rows_of_the_tables(release, published):
    for table in all_tables(published):
        found = json.loads((release / f"json/{table.name}.json").read_text(encoding="utf-8"))
        lines = (release / jsonl.FILE.format(table=table.name)).read_text(encoding="utf-8")
        assert found == [json.loads(line) for line in lines.rstrip("\n").split("\n")]
    codes = {row[0] for row in rows(published.table("countries"))}
    assert {p.name for p in (release / "countries").iterdir()} == {
        f"{code}.{kind}" for code in codes for kind in ("csv", "json")
    }
    con = duckdb.connect()
    found = json.loads((release / "countries/FRA.json").read_text(encoding="utf-8"))
    for table in all_tables(published):
        keys = [key.field for key in table.foreign_keys if key.table == "countries"]
        keys += ["iso3"] if table.name == "countries" else []
        where = " OR ".join(f"{name} = 'FRA'" for name in keys) or "false"
        source = f"read_csv('{table.path}', all_varchar=true)"
        (count,) = con.execute(f"SELECT count(*) FROM {source} WHERE {where}").fetchone()
        assert len(found.get(table.name, ())) == count, table.name
    with (release / "countries/FRA.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    assert {cell["table_name"] for cell in cells} == found.keys()
    values = [v for records in found.values() for record in records for v in record.values()]
    assert len(cells) == len([value for value in values if value is not None])


def test_a_key_that_is_no_name_is_no_file(dist, tmp_path):
    build = Path(shutil.copytree(dist, tmp_path / "dist"))
    for path in (build / "tables/countries.csv", build / "jsonl/countries.jsonl"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("AFG", "../AFG", 1), encoding="utf-8")
    write_sums(build)
    with pytest.raises(PackageError, match="cannot be the name of a file"):
        addresses.write(build, tmp_path / "deep/release")


CSP = """
import sys
import pandas as pd

url = sys.argv[1]
def table(path):
    return pd.read_csv(url + path, keep_default_na=False, na_values=[""])
spells = table("derived/partnership_spells.csv")
day = "2024-12-31"
held = spells[(spells.tier_id == "csp") & (spells.valid_from <= day)
              & (spells.valid_to.isna() | (spells.valid_to > day))]
held = held.merge(table("tables/sources.csv")[["source_id", "url"]], on="source_id")
print(*sorted(held.iso3 + " " + held.url), sep="\\n")
"""
CSP_JS = """
(async () => {
  const table = async (name) => (await fetch(`${process.argv[2]}json/${name}.json`)).json();
  const day = "2024-12-31";
  const sources = new Map((await table("sources")).map((row) => [row.source_id, row]));
  const held = (await table("partnership_spells")).filter((row) => row.tier_id === "csp"
    && row.valid_from <= day && (row.valid_to === null || row.valid_to > day));
  const lines = held.map((row) => `${row.iso3} ${sources.get(row.source_id).url}`);
  console.log(lines.sort().join("\\n"));
})();
"""


@pytest.fixture(scope="module")
def answer(dist, published) -> list[str]:
    with duckdb.connect(str(dist / f"{published.name}.duckdb"), read_only=True) as con:
        rows = con.execute(
            "SELECT iso3 || ' ' || url FROM partners_as_of('2024-12-31') "
            "JOIN sources USING (source_id) WHERE tier_id = 'csp' ORDER BY 1"
        ).fetchall()
    return [row[0] for row in rows]


def test_pandas_reads_from_the_address(url, answer):
    done = subprocess.run([sys.executable, "-c", CSP, url], capture_output=True, text=True)
    assert done.stdout.splitlines() == answer, done.stderr


def test_javascript_reads_from_the_address(url, answer, node):
    assert node(CSP_JS, url).splitlines() == answer


def test_frictionless_reads_from_the_address(url, answer):
    import frictionless

    package = frictionless.Package(f"{url}datapackage.json")
    sources = {row["source_id"]: row["url"] for row in package.get_resource("sources").read_rows()}
    spells = package.get_resource("partnership_spells").read_rows()
    held = [
        f"{row['iso3']} {sources[row['source_id']]}"
        for row in spells
        if row["tier_id"] == "csp"
        and str(row["valid_from"]) <= "2024-12-31"
        and (row["valid_to"] is None or str(row["valid_to"]) > "2024-12-31")
    ]
    assert sorted(held) == answer
