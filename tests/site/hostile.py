"""A checkout whose data were written by somebody who wants code to run, here or at the reader's."""

from __future__ import annotations

import csv
import itertools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from vietnam_foreign_affairs.package import Package, Table

ROOT = Path(__file__).resolve().parents[2]
PARTS = (
    *("datapackage.json", "CHANGELOG.md", "CITATION.cff", "mkdocs.yml", "tables", "schemas"),
    *("README.md", "LICENSE", "LICENSE-DATA", "pyproject.toml"),
)

# What runs at the reader's says so: `ran` is looked for, and dialogs are.
_RUN = "(window.ran=1,alert(1))"
PAYLOADS = (
    "{{ cycler.__init__.__globals__.os.system('touch MARK') }}",
    "{% set x = cycler.__init__.__globals__.os.system('touch MARK') %}{{ 7 * 191 }}",
    "{{ m.con.execute(\"COPY (SELECT 1) TO 'MARK'\") }} <%# x #%>",
    f"<script>{_RUN}</script>",
    f"<img src=x onerror={_RUN}>",
    f"<svg/onload={_RUN}><style>*{{{{color:red}}}}</style>",
    f'[x](javascript:{_RUN}) ![x](x"onerror={_RUN}) <javascript:{_RUN}>',
    f'" onmouseover="{_RUN}" autofocus onfocus="{_RUN}" x="',
    f"' onclick='{_RUN}' `</code><script>{_RUN}</script>` ``` ~~~",
    f"]]></script><!--<script>{_RUN}</script>--> --> <!-- vfa: chart map -->",
    f"| a | <b>b</b> | &lt;script&gt;{_RUN}&lt;/script&gt; &#60;img src=x onerror={_RUN}&#62;",
    f"\n\n<script>{_RUN}</script>\n\n# h {{: onclick={_RUN} }}\n\n```sql\nSELECT 1\n```\n---\n",
    f"≮img/src=x/onerror={_RUN}≯ \u2028 \x02wzxhzdk:0\x03 \\ \x85",
    f"[ref]: javascript:{_RUN}\n\n[ref] [x][ref] *[VFA]: <b> {{.x onclick={_RUN}}}",
    "${7*191} #{7*191} <%= 7*191 %> </textarea></option></select></title></style></noscript>",
)
URLS = (
    f"javascript:{_RUN}",
    f" JavaScript:{_RUN}//https://example.org/",
    f"data:text/html,<script>{_RUN}</script>",
    f'https://example.org/"onmouseover="{_RUN}',
    f"https://example.org/x')<script>{_RUN}</script>",
    f"java\tscript:{_RUN}",
    "vbscript:msgbox(1)",
    "//example.org/x",
)


def checkout(to: Path, mark: Path) -> Path:
    """A copy of this checkout with every payload in every column of words, title and text."""
    to.mkdir(parents=True)
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, to / part)
    for part in ("docs", "src", "scripts/sql", "scripts/vendor", "tests/mutation"):
        shutil.copytree(ROOT / part, to / part, ignore=shutil.ignore_patterns("__pycache__"))
    payloads = [p.replace("MARK", str(mark)) for p in PAYLOADS]
    tables = Package(to).tables
    words = itertools.cycle([*payloads, " ".join(payloads)])
    _tables(to, tables, payloads)
    _descriptor(to, words)
    for table in tables:
        _schema(to / "schemas" / f"{table.name}.json", words)
    changelog = "\n\n".join(f"## {p}\n\n- {p}\n\n{p}\n\n    {p}" for p in payloads)
    (to / "CHANGELOG.md").write_text(f"# Changelog\n\n{changelog}\n", encoding="utf-8")
    for kind, key in (("queries", "title"), ("queries", "title_vi"), ("queries", "question")):
        for path in (to / "scripts" / "sql" / kind).glob("*.sql"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(f"-- {key}: ", f"-- {key}: {_line(next(words))} "))
    for kind in ("views", "macros", "checks"):
        for path in (to / "scripts" / "sql" / kind).glob("*.sql"):
            text = path.read_text(encoding="utf-8")
            first, rest = text.split("\n", 1)
            if kind == "checks" and not first.startswith("-- title: "):
                continue
            path.write_text(f"{first} {_line(next(words))}\n{rest}", encoding="utf-8")
    return to


def vfa_docs_build(root: Path, **options) -> subprocess.Popen:
    """`vfa docs build` of that checkout, with that checkout's own code."""
    return subprocess.Popen(
        [sys.executable, "-m", "vietnam_foreign_affairs.cli", "docs", "build"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **options,
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _tables(root: Path, tables: tuple[Table, ...], payloads: list[str]) -> None:
    rows = {t.name: _read(root, t) for t in tables}
    _rename_keys(tables, rows, payloads)
    for table in tables:
        keys = {*table.primary_key, *(k.field for k in table.foreign_keys)}
        columns = [
            f.name
            for f in table.fields
            if f.type == "string"
            and "enum" not in f.constraints
            and f.name not in keys
            and not f.name.endswith(("_id", "_name", "_precision", "_vi_id"))
            and f.name not in ("row_id", "subject", "field", "derivation", "m49", "iso2")
        ]
        for i, row in enumerate(rows[table.name]):
            for j, column in enumerate(columns):
                if column == "url":
                    if i < len(URLS) * 4:
                        row[column] = URLS[i % len(URLS)]
                elif i == 0:
                    row[column] = " ".join([row[column], *payloads])
                elif row[column] or i < 3 * len(payloads):
                    row[column] = f"{row[column]} {payloads[(i + j) % len(payloads)]}"
        with (root / "tables" / f"{table.name}.csv").open(
            "w", encoding="utf-8", newline=""
        ) as file:
            writer = csv.DictWriter(file, table.field_names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows[table.name])


def _rename_keys(tables, rows, payloads) -> None:
    """Some rows of each table with an id of its own get a payload into it, wherever it stands."""
    renamed: dict[tuple[str, str], str] = {}
    for table in tables:
        (key, *others) = table.primary_key
        if others or table.role == "vocabulary" or key in ("iso3", "event_id"):
            continue
        found = rows[table.name][:: max(1, len(rows[table.name]) // len(payloads))]
        for row, payload in zip(found, itertools.cycle(payloads), strict=False):
            renamed[table.name, row[key]] = f"{row[key]} {payload}"
    for table in tables:
        keys = {table.primary_key[0]: table.name} | {k.field: k.table for k in table.foreign_keys}
        for row in rows[table.name]:
            for field, target in keys.items():
                row[field] = renamed.get((target, row[field]), row[field])
            if table.name == "evidence":
                row["row_id"] = renamed.get((row["table_name"], row["row_id"]), row["row_id"])
            if table.name == "discrepancies":
                row["subject"] = renamed.get(("observations", row["subject"]), row["subject"])


def _read(root: Path, table: Table) -> list[dict[str, str]]:
    with (root / "tables" / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _descriptor(root: Path, words) -> None:
    path = root / "datapackage.json"
    d = json.loads(path.read_text(encoding="utf-8"))
    for item in (d, *d["resources"], *d["contributors"], *d["sources"], *d["licenses"]):
        for key in ("title", "title_vi", "subtitle", "description", "last_checked_by"):
            if key in item:
                item[key] = f"{item[key]} {next(words)}"
    for resource in d["resources"]:
        resource["coverage"]["description"] += f" {next(words)}"
        resource["licenses"][0]["name"] += f" {next(words)}"
    d["keywords"].append(next(words))
    path.write_text(json.dumps(d, ensure_ascii=False), encoding="utf-8")


def _schema(path: Path, words) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    for field in schema["fields"]:
        for key in ("title", "title_vi", "description", "unit"):
            if key in field:
                field[key] = f"{field[key]} {next(words)}"
        constraints = field.get("constraints", {})
        if field["type"] == "string":
            for name in ("pattern", "maxLength", "unique"):
                constraints.pop(name, None)
            if "enum" in constraints:
                constraints["enum"].append(next(words))
    path.write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")
