"""The data package as plain frozen objects, and where its files lie.

`datapackage.json` and `schemas/*.json` are the one truth about structure: everything
else (DDL, pandera schemas, docs, exports) is derived from the objects made here.
Only the standard library is imported, so that reading the data costs what DuckDB costs.
"""

from __future__ import annotations

import json
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple


class PackageError(Exception):
    """A data package that cannot be read, or a name that it does not hold."""


class Field(NamedTuple):
    """One column: a field of a Table Schema."""

    name: str
    type: str
    title: str
    title_vi: str
    description: str
    unit: str | None
    constraints: dict[str, Any]

    @property
    def required(self) -> bool:
        return bool(self.constraints.get("required"))


class ForeignKey(NamedTuple):
    """`field` of a table refers to `references` of `table`."""

    field: str
    table: str
    references: str


class Coverage(NamedTuple):
    """What a table claims to hold: a period, whether all of it, and when that was last checked."""

    starts_on: str
    ends_on: str
    complete: bool
    last_checked: str
    description: str


class Table(NamedTuple):
    """One resource of the package with its Table Schema.

    `role` is `facts`, `links`, `vocabulary`, `provenance` or `derived`.
    """

    name: str
    path: Path
    title: str
    title_vi: str
    description: str
    role: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    unique_keys: tuple[tuple[str, ...], ...]
    foreign_keys: tuple[ForeignKey, ...]
    coverage: Coverage
    license: str

    @property
    def field_names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    @property
    def cites_sources(self) -> bool:
        """Whether each row has a best source of its own."""
        return "source_id" in self.field_names and self.role in ("facts", "links", "vocabulary")


class Package:
    """A data package folder: its descriptor, its tables, its SQL.

    Raises `PackageError` where the descriptor or a schema is missing or is not JSON.
    """

    def __init__(self, root: Path):
        self.root = Path(root)
        self.descriptor: dict[str, Any] = _read_json(self.root / "datapackage.json")

    @property
    def name(self) -> str:
        return self.descriptor["name"]

    @property
    def version(self) -> str:
        return self.descriptor["version"]

    @property
    def sql(self) -> Path:
        """The folder of views, macros, checks and queries."""
        return self.root / "scripts" / "sql"

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        return tuple(
            self._table(r) for r in self.descriptor["resources"] if r.get("role") != "derived"
        )

    def table(self, name: str) -> Table:
        # One schema is read where one is asked for: `read("x")` must stay fast.
        for resource in self.descriptor["resources"]:
            if resource["name"] == name:
                return self._table(resource)
        names = ", ".join(r["name"] for r in self.descriptor["resources"])
        raise PackageError(f"there is no table {name!r}; the tables are {names}")

    def _table(self, resource: dict[str, Any]) -> Table:
        try:
            return self._make_table(resource)
        except (KeyError, IndexError, TypeError) as error:
            name = resource.get("name", "without a name")
            raise PackageError(
                f"datapackage.json: resource {name}, or its schema, lacks {error}"
            ) from None

    def _make_table(self, resource: dict[str, Any]) -> Table:
        schema = _read_json(self.root / resource["schema"])
        coverage = resource["coverage"]
        return Table(
            name=resource["name"],
            path=self.root / resource["path"],
            title=resource["title"],
            title_vi=resource["title_vi"],
            description=resource["description"],
            role=resource["role"],
            fields=tuple(
                Field(
                    name=field["name"],
                    type=field["type"],
                    title=field["title"],
                    title_vi=field["title_vi"],
                    description=field["description"],
                    unit=field.get("unit"),
                    constraints=field.get("constraints", {}),
                )
                for field in schema["fields"]
            ),
            primary_key=tuple(schema["primaryKey"]),
            unique_keys=tuple(tuple(key) for key in schema.get("uniqueKeys", ())),
            foreign_keys=tuple(
                ForeignKey(
                    field=key["fields"][0],
                    table=key["reference"]["resource"] or resource["name"],
                    references=key["reference"]["fields"][0],
                )
                for key in schema.get("foreignKeys", ())
            ),
            coverage=Coverage(
                starts_on=coverage["from"],
                ends_on=coverage["to"],
                complete=coverage["complete"],
                last_checked=coverage["last_checked"],
                description=coverage["description"],
            ),
            license=resource["licenses"][0]["name"],
        )


@lru_cache
def package() -> Package:
    """The package that this installation carries: in the wheel (`_data/`) or in the checkout."""
    here = Path(__file__).resolve().parent
    for root in (here / "_data", here.parents[1]):
        if (root / "datapackage.json").is_file():
            return Package(root)
    raise PackageError("datapackage.json was found neither in the installation nor in a checkout")


def _read_json(path: Path) -> dict[str, Any]:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PackageError(f"{path} does not exist") from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise PackageError(f"{path} is not JSON: {error}") from None
