"""What Datasette says and offers over the SQLite file: words, facets, labels, named questions.

A named question is there if SQLite answers it as DuckDB does.
"""

from __future__ import annotations

import sqlite3
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ... import questions
from ...citation import cite
from ...database import connect, described
from ...package import Package, Table
from ..files import all_tables
from . import sqlite
from .sqlite import gives_the_same

if TYPE_CHECKING:
    import duckdb

FILE = "datasette.yaml"
LABELS = ("name_en", "title_en", "title", "theme", "definition")
MOST_FACETS = 4


def write(pkg: Package, out: Path) -> None:
    import yaml

    d = pkg.descriptor
    answered, unanswered = _questions(pkg, out / sqlite.FILE.format(name=pkg.name))
    content = {
        "title": f"{d['title']}: {d['subtitle']}",
        "description": d["description"],
        "license": d["licenses"][0]["title"],
        "license_url": d["licenses"][0]["path"],
        "source": cite(pkg),
        "source_url": d["homepage"],
        "databases": {
            pkg.name: {
                "tables": {table.name: _table(pkg, table) for table in all_tables(pkg)},
                "queries": answered,
            }
        },
    }
    head = (
        f"# datasette {sqlite.FILE.format(name=pkg.name)} --metadata {FILE}\n"
        f"# Questions that only DuckDB answers: {', '.join(unanswered) or 'none'}.\n"
    )
    text = yaml.dump(content, Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=100)
    (out / FILE).write_text(head + text, encoding="utf-8", newline="\n")


def _dumper() -> Any:
    import yaml

    class Dumper(yaml.SafeDumper):
        pass

    def represent(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
        style = "|" if "\n" in text else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    Dumper.add_representer(str, represent)
    return Dumper


def _table(pkg: Package, table: Table) -> dict[str, Any]:
    label = next((name for name in LABELS if name in table.field_names), None)
    place = "reference/views/#" if table.role == "derived" else "tables/"
    found: dict[str, Any] = {
        "title": table.title,
        "description": f"{table.description} {table.coverage.description}",
        "license": table.license,
        "source": pkg.descriptor["title"],
        "source_url": f"{pkg.descriptor['homepage']}{place}{table.name}",
        "columns": {
            field.name: field.description + (f" Unit: {field.unit}." if field.unit else "")
            for field in table.fields
        },
    }
    if label:
        found["label_column"] = label
    if facets := _facets(pkg, table):
        found["facets"] = facets
    return found


def _facets(pkg: Package, table: Table) -> list[str]:
    """Columns of few values: words to choose from, and references to a vocabulary."""
    roles = {t.name: t.role for t in pkg.tables}
    vocabulary = {k.field for k in table.foreign_keys if roles.get(k.table) == "vocabulary"}
    names = [
        field.name
        for field in table.fields
        if ("enum" in field.constraints and not field.name.endswith("_precision"))
        or field.name in vocabulary
    ]
    return names[:MOST_FACETS]


def _questions(pkg: Package, file: Path) -> tuple[dict[str, Any], list[str]]:
    """The named questions as SQLite asks them, and the names of those that it cannot ask."""
    from sqlglot.errors import SqlglotError

    from .sqlite_sql import Translator

    duck, con = connect(pkg), sqlite3.connect(file)
    translator = Translator(described(pkg).values())
    answered, unanswered = {}, []
    for query in questions.queries(pkg):
        blank = dict.fromkeys((parameter.name for parameter in query.parameters), "")
        try:
            sql = translator.select(query.sql)
        except SqlglotError:
            sql = ""
        if sql and gives_the_same(con, sql, partial(_answer, duck, query), **blank):
            answered[query.name] = {
                "title": query.title,
                "description": _described(query),
                "sql": sql,
            }
        else:
            unanswered.append(query.name)
    con.close()
    return answered, unanswered


def _answer(con: duckdb.DuckDBPyConnection, query: questions.Query) -> list[tuple[Any, ...]]:
    return questions.run(con, query).fetchall()


def _described(query: questions.Query) -> str:
    parameters = (f"{p.name}: {p.description} (blank: {p.default})" for p in query.parameters)
    return " ".join([query.question, *(f"{text}." for text in parameters)])
