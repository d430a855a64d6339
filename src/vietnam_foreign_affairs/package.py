"""The data package as plain frozen objects, and where its files lie.

`datapackage.json` and `schemas/*.json` are the one truth about structure: everything
else (DDL, pandera schemas, docs, exports) is derived from the objects made here.
Only the standard library is imported, so that reading the data costs what DuckDB costs.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from .errors import PackageError as PackageError
from .inside import inside, read_json, read_sql
from .properties import day, first, get, no_twice, texts

TYPES = ("string", "integer", "number", "boolean", "date", "year")
# What a constraint must be, so that nothing but a value ever reaches SQL; others may be any scalar.
_CONSTRAINTS = {
    "required": bool,
    "unique": bool,
    "minLength": int,
    "maxLength": int,
    "pattern": str,
    "enum": list,
    "minimum": (str, int, float),
    "maximum": (str, int, float),
    "exclusiveMinimum": (str, int, float),
    "exclusiveMaximum": (str, int, float),
}


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
    """What a table claims to hold: a period, whether all of it, and when that was last checked.

    A table that is complete is so to `complete_until`; beyond it, as far as was seen.
    """

    starts_on: str
    ends_on: str
    complete: bool
    complete_until: str
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

    def __repr__(self) -> str:
        from .notebook import table_text

        return table_text(self)

    def _repr_html_(self) -> str:
        from .notebook import table_html

        return table_html(self)


class Package:
    """A data package folder: its descriptor, its tables, its SQL.

    Raises `PackageError`, which names the file, the resource and the property, where the
    descriptor or a schema is missing, is not what it must be, or leads out of the folder.
    """

    def __init__(self, root: Path):
        self.root = Path(root)
        path = self.root / "datapackage.json"
        self.descriptor: dict[str, Any] = read_json(self.root, path.name, shown=path)
        self._made: dict[str, Table] = {}
        try:
            get(self.descriptor, "name", str)
            get(self.descriptor, "version", str)
            names = [get(r, "name", str) for r in get(self.descriptor, "resources", list)]
            no_twice(names, "resource")
        except PackageError as error:
            raise PackageError(f"{path}: {error}") from None

    @property
    def name(self) -> str:
        return str(self.descriptor["name"])

    @property
    def version(self) -> str:
        return str(self.descriptor["version"])

    @property
    def sql(self) -> Path:
        """The folder of views, macros, checks and queries."""
        return self.root / "scripts" / "sql"

    def sql_of(self, folder: str) -> dict[str, str]:
        """The SQL of `macros`, `views`, `checks` or `queries` by the names of the files.

        Raises `PackageError` for a file that leads out of the package or is no text.
        """
        paths = sorted((self.sql / folder).glob("*.sql"))
        names = {path.stem: path.relative_to(self.root).as_posix() for path in paths}
        return {stem: read_sql(self.root, name) for stem, name in names.items()}

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        # Derived tables are made and checked too: other tools follow every path of the descriptor.
        made = (self.table(resource["name"]) for resource in self.descriptor["resources"])
        return tuple(table for table in made if table.role != "derived")

    def table(self, name: str) -> Table:
        # One schema is read where one is asked for, and once: `read("x")` must stay fast.
        if name in self._made:
            return self._made[name]
        for resource in self.descriptor["resources"]:
            if resource["name"] == name:
                self._made[name] = self.described(resource)
                return self._made[name]
        names = ", ".join(r["name"] for r in self.descriptor["resources"])
        raise PackageError(f"there is no table {name!r}; the tables are {names}")

    def described(self, resource: dict[str, Any], schema: dict[str, Any] | None = None) -> Table:
        """The table of an entry of the descriptor; its schema is read where it is not given."""
        try:
            path = inside(self.root, get(resource, "path", str))
            where = get(resource, "schema", str)
            schema = schema or read_json(self.root, where)
            coverage = get(resource, "coverage", dict)
            return Table(
                name=resource["name"],
                path=path,
                title=get(resource, "title", str),
                title_vi=get(resource, "title_vi", str),
                description=get(resource, "description", str),
                role=get(resource, "role", str),
                **_read_schema(schema, where, resource["name"]),
                coverage=Coverage(
                    starts_on=day(coverage, "from"),
                    ends_on=day(coverage, "to"),
                    complete=get(coverage, "complete", bool),
                    complete_until=day(
                        coverage, "complete_to" if "complete_to" in coverage else "to"
                    ),
                    last_checked=day(coverage, "last_checked"),
                    description=get(coverage, "description", str),
                ),
                license=get(first(get(resource, "licenses", list), "licenses"), "name", str),
            )
        except PackageError as error:
            name = resource["name"]
            raise PackageError(f"datapackage.json: resource {name}: {error}") from None


def _read_schema(schema: dict[str, Any], where: str, table: str) -> dict[str, Any]:
    """The parts of a `Table` that its schema gives."""
    try:
        fields = tuple(map(_field, get(schema, "fields", list)))
        names = [field.name for field in fields]
        no_twice(names, "field")
        primary = texts(schema, "primaryKey")
        unique = tuple(
            texts({"uniqueKeys": key}, "uniqueKeys") for key in get(schema, "uniqueKeys", list, [])
        )
        foreign = tuple(_foreign_key(key, table) for key in get(schema, "foreignKeys", list, []))
        used = [*primary, *(key.field for key in foreign), *(n for key in unique for n in key)]
        for name in used:
            if name not in names:
                raise PackageError(f"a key names {name!r}, which is no field")
        return {
            "fields": fields,
            "primary_key": primary,
            "unique_keys": unique,
            "foreign_keys": foreign,
        }
    except PackageError as error:
        raise PackageError(f"{where}: {error}") from None


def _field(field: Any) -> Field:
    made = Field(
        name=get(field, "name", str),
        type=get(field, "type", str),
        title=get(field, "title", str),
        title_vi=get(field, "title_vi", str),
        description=get(field, "description", str),
        unit=get(field, "unit", str, None),
        constraints=get(field, "constraints", dict, {}),
    )
    if made.type not in TYPES:
        raise PackageError(f"field {made.name}: the type {made.type!r} is not supported")
    for name, value in made.constraints.items():
        get({name: value}, name, _CONSTRAINTS.get(name, (str, int, float, bool, list, dict)))
    return made


def _foreign_key(key: Any, table: str) -> ForeignKey:
    fields = texts(key, "fields")
    reference = get(key, "reference", dict)
    theirs = texts(reference, "fields")
    if len(fields) != 1 or len(theirs) != 1:
        raise PackageError("a foreign key of several fields is not supported")
    return ForeignKey(fields[0], get(reference, "resource", str, "") or table, theirs[0])


@lru_cache
def package() -> Package:
    """The package that this installation carries: in the wheel (`_data/`) or in the checkout."""
    here = Path(__file__).resolve().parent
    for root in (here / "_data", here.parents[1]):
        if (root / "datapackage.json").is_file():
            return Package(root)
    raise PackageError("datapackage.json was found neither in the installation nor in a checkout")
