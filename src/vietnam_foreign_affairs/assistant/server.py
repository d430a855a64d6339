"""The server: tools, resources and prompts over one record."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from .. import explaining, precision, questions
from ..citation import cite
from ..package import Package, PackageError, Table
from ..sharing import tables
from ..values import plain
from .answers import Answer, answer
from .prompts import PROMPTS
from .record import SECONDS, Record

MOST_ROWS = 1000
INSTRUCTIONS = """\
Viet Nam's foreign relations as a data package: every row cites its source.
Say what a source says, as it says it: keep qualifiers ("nearly 800" is not 800), and name no day \
where only the month or the year is known. Name the publisher and give the address of the source. \
Where `contradictions` or `discrepancies` are not empty, say so. Where a table is not complete, do \
not conclude from a row that is missing that something did not happen.
Ask a named question (list_questions, ask) before writing SQL; describe_table says what columns \
mean; explain_row gives all that is known about one row."""
_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
Limit = Annotated[int, Field(ge=1, le=MOST_ROWS, description="the most rows to return")]


def serve(pkg: Package, http: tuple[str, int] | None = None) -> None:
    """Answer on standard input and output, or over HTTP (path `/mcp`) at a host and port."""
    server = make(pkg)
    if http is None:
        server.run("stdio")
    else:
        server.run("streamable-http", host=http[0], port=http[1], stateless_http=True)


def make(pkg: Package, seconds: float = SECONDS) -> MCPServer[Any]:
    """The server, with its database; `seconds` is what one SQL statement may take."""
    record = Record(pkg, seconds)
    server: MCPServer[Any] = MCPServer(
        name=pkg.name,
        title=pkg.descriptor["title"],
        description=pkg.descriptor["description"],
        website_url=pkg.descriptor["homepage"],
        version=pkg.version,
        instructions=INSTRUCTIONS,
        log_level="WARNING",
    )
    for tool in _tools(record):
        server.add_tool(_told(tool), annotations=_READS)
    _add_resources(server, record)
    for prompt in PROMPTS:
        server.prompt()(prompt)
    return server


def _tools(record: Record) -> list[Callable[..., Any]]:
    pkg = record.pkg

    def list_questions() -> list[dict[str, Any]]:
        """The named questions, with the parameters that `ask` takes for each."""
        return [
            {
                "name": q.name,
                "question": q.question,
                "parameters": [p._asdict() for p in q.parameters],
            }
            for q in questions.queries(pkg)
        ]

    def ask(
        question: str, parameters: dict[str, str | int] | None = None, limit: Limit = 200
    ) -> Answer:
        """Answer a named question, for example comprehensive_strategic_partners with
        {"day": "2024-12-31"}: rows, their sources, and how exactly they are known."""
        found = questions.find(pkg, question)
        return answer(record, questions.sql(record.connection(), found, parameters or {}), limit)

    def sql(query: str, limit: Limit = 200) -> Answer:
        """Run one SELECT (DuckDB's dialect) on the tables and views. Select key columns, source_id,
        and the qualifier or precision beside a figure or date: then the answer can cite."""
        return answer(record, query, limit)

    def list_tables() -> list[dict[str, Any]]:
        """The tables: what a row is, what is covered until when, and whether it is complete."""
        return [
            {
                "name": t.name,
                "role": t.role,
                "description": t.description,
                "key": list(t.primary_key),
                "coverage": t.coverage._asdict(),
            }
            for t in tables()
        ]

    def describe_table(name: str) -> dict[str, Any]:
        """The columns of a table or derived table: types, units, constraints, what they mean."""
        return _schema(_table(name))

    def explain_row(table: str, row_id: str) -> dict[str, Any]:
        """One row with every source, what contradicts it, discrepancies and corrections. `row_id`
        is the key; the parts of a composite key are joined by a slash."""
        found = explaining.explain(record.connection(), pkg, _table(table), row_id)
        row = {k: _known(found.row, k) for k in found.row}
        return {
            **plain(found.as_dict()),
            "row": plain(row),
            "cite": cite(pkg, table=_table(table)),
            "license": pkg.descriptor["licenses"][0]["name"],
        }

    return [list_questions, ask, sql, list_tables, describe_table, explain_row]


def _known(row: dict[str, Any], column: str) -> Any:
    """A cell of a row as exactly as it is known."""
    value, known = row[column], row.get(f"{column}_precision")
    if known and value is not None:
        return precision.day(value, known)
    is_figure = isinstance(value, float) or column in ("people", "value", "stated")
    return precision.figure(value, row["qualifier"]) if is_figure and "qualifier" in row else value


def _table(name: str) -> Table:
    for table in tables():
        if table.name == name:
            return table
    raise PackageError(
        f"there is no table {name!r}; the tables are {', '.join(t.name for t in tables())}"
    )


def _schema(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "role": table.role,
        "key": list(table.primary_key),
        "references": [key._asdict() for key in table.foreign_keys],
        "coverage": table.coverage._asdict(),
        "columns": [field._asdict() for field in table.fields],
    }


def _told(tool: Callable[..., Any]) -> Callable[..., Any]:
    """The tool with the package's own errors as errors that the assistant reads."""
    from functools import wraps

    @wraps(tool)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return tool(*args, **kwargs)
        except PackageError as error:
            raise ToolError(str(error)) from None

    return run


def _add_resources(server: MCPServer[Any], record: Record) -> None:
    pkg = record.pkg
    scheme = pkg.name

    def add(uri: str, title: str, description: str, make: Callable[[], Any]) -> None:
        def read() -> str:
            return json.dumps(make(), ensure_ascii=False, indent=1)

        server.resource(
            f"{scheme}://{uri}",
            name=uri,
            title=title,
            description=description,
            mime_type="application/json",
        )(read)

    add(
        "dictionary",
        "Data dictionary",
        "Every table with its columns: types, units and what they mean.",
        lambda: [_schema(table) for table in tables()],
    )
    add(
        "discrepancies",
        "Discrepancies",
        "Every place where the record does not add up, with the account of it.",
        lambda: vars(
            answer(record, questions.find(pkg, "documented_discrepancies").sql, MOST_ROWS)
        ),
    )
    for table in tables():
        add(
            f"tables/{table.name}",
            table.title,
            table.description,
            lambda table=table: _schema(table),  # type: ignore[misc]
        )
