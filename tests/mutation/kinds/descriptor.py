"""The descriptor, datapackage.json: of the package, and of each resource."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from ..original import Original, json_text
from . import document_kind
from .writing import without_marks

Document = dict[str, Any]


def descriptor(name: str):
    return document_kind("descriptor", f"descriptor: {name}")


def package(name: str, part: str, value: Any) -> None:
    """A property of the package becomes another value, or what a function makes of it."""

    def change(d: Document, rng: random.Random, original: Original) -> Any:
        new = value(d[part]) if callable(value) else value
        if part not in d or new == d[part]:
            return None
        d[part] = new
        return d, part

    descriptor(name)(change)


def resource(name: str, column: str):
    """A kind that changes one resource: `(resource, rng, document) -> None | ...`."""

    def register(change: Callable[..., Any]) -> Callable:
        def on_document(d: Document, rng: random.Random, original: Original) -> Any:
            one = rng.choice(d["resources"])
            token = one["name"]
            return None if change(one, rng, d) is ... else (d, token, column)

        descriptor(name)(on_document)
        return change

    return register


def part(name: str, column: str, value: Any, within: str = "") -> None:
    """A property of a resource, or of a part of it, becomes another value."""

    def change(r: Document, rng: random.Random, d: Document) -> Any:
        place = r[within] if within else r
        new = value(place.get(column)) if callable(value) else value
        if new == place.get(column):
            return ...
        place[column] = new
        return None

    resource(name, column)(change)


def without(name: str, column: str, within: str = "") -> None:
    def change(r: Document, rng: random.Random, d: Document) -> Any:
        return None if (r[within] if within else r).pop(column, None) is not None else ...

    resource(name, column)(change)


# The package
for _part in (
    "title",
    "title_vi",
    "description",
    "subtitle",
    "name",
    "version",
    "homepage",
    "id",
    "keywords",
    "licenses",
    "contributors",
    "created",
    "sources",
    "$schema",
    "resources",
):
    descriptor(f"{_part} lost")(
        lambda d, r, o, p=_part: (d, p) if d.pop(p, None) is not None else None
    )
for _part in ("title", "title_vi", "description", "name", "version", "homepage"):
    package(f"{_part} blank", _part, "")
package("a version of two numbers", "version", "0.2")
package("a version with a v", "version", lambda v: "v" + v)
package("a version as number", "version", 0.1)
package("an older version", "version", "0.0.9")
package("a later version", "version", "0.9.0")
package("a name with capitals", "name", "Vietnam-Foreign-Affairs")
package("a name with a blank", "name", "vietnam foreign affairs")
package("another name", "name", "vietnam-foreign-trade")
package("a title in Vietnamese", "title", "Đối ngoại Việt Nam")
package("a Vietnamese title without marks", "title_vi", without_marks)
package(
    "another licence",
    "licenses",
    [
        {
            "name": "CC-BY-NC-4.0",
            "title": "Creative Commons Attribution Non Commercial 4.0",
            "path": "https://creativecommons.org/licenses/by-nc/4.0/",
        }
    ],
)
package("a licence by name only", "licenses", [{"name": "CC-BY-4.0"}])
package("a licence misspelt", "licenses", lambda v: [{**v[0], "name": "CC BY 4"}])
package(
    "a licence at another address",
    "licenses",
    lambda v: [{**v[0], "path": "https://creativecommons.org/licenses/by/3.0/"}],
)
package("licences as text", "licenses", "CC-BY-4.0")
package("another profile", "$schema", "https://datapackage.org/profiles/1.0/datapackage.json")
package("keywords as text", "keywords", ", ".join)
package("a keyword twice", "keywords", lambda v: [*v, v[0]])
package("created tomorrow", "created", "2031-01-01T00:00:00Z")
package("created on no day", "created", "2026-02-30T00:00:00Z")
package("a homepage without scheme", "homepage", lambda v: v.split("://")[1])
package("another homepage", "homepage", "https://example.org/")
package("another id", "id", "https://github.com/someone/vietnam-foreign-affairs")
package("a contributor without title", "contributors", [{"roles": ["creator"]}])
package("a description to be written", "description", "TODO")
package("a description cut", "description", lambda v: v[:40])
package("no resources", "resources", [])
package("resources of no list", "resources", lambda v: {r["name"]: r for r in v})
descriptor("an unknown property")(lambda d, r, o: (d.update(remark="x"), (d, "remark"))[1])
descriptor("a list around it")(lambda d, r, o: json_text([d]))
descriptor("gone")(lambda d, r, o: ...)
descriptor("empty")(lambda d, r, o: b"")
descriptor("cut")(lambda d, r, o: json_text(d)[: len(json_text(d)) // 2])
descriptor("a comma too many")(lambda d, r, o: json_text(d).replace(b"]\n}", b"],\n}"))
descriptor("byte order mark")(lambda d, r, o: b"\xef\xbb\xbf" + json_text(d))
descriptor("no UTF-8")(lambda d, r, o: json_text(d).decode().encode("utf-16"))
descriptor("marks of a merge conflict")(lambda d, r, o: b"<<<<<<< HEAD\n" + json_text(d))
descriptor("Vietnamese read as Windows-1252")(
    lambda d, r, o: json_text(d).decode("cp1252", "replace").encode()
)
descriptor("Vietnamese with question marks")(
    lambda d, r, o: json_text(d).decode().encode("cp1252", "replace").decode("cp1252").encode()
)

# A resource
for _part in (
    "name",
    "path",
    "type",
    "title",
    "title_vi",
    "description",
    "role",
    "format",
    "mediatype",
    "encoding",
    "dialect",
    "schema",
    "licenses",
    "coverage",
):
    without(f"a resource's {_part} lost", _part)
for _part in ("title", "title_vi", "description", "name", "path", "schema"):
    part(f"a resource's {_part} blank", _part, "")
part("a resource's name in capitals", "name", lambda v: v.upper())
part("a resource's name with hyphens", "name", lambda v: v.replace("_", "-"))
part("a resource's name misspelt", "name", lambda v: v[:-1] + "z")
part("a resource's path absolute", "path", "/etc/passwd")
part("a resource's path upwards", "path", "../../secret.csv")
part("a resource's path on the web", "path", "https://example.org/data.csv")
part("a resource's path to no file", "path", lambda v: v.replace(".csv", "-2.csv"))
part("a resource's path with backslashes", "path", lambda v: v.replace("/", "\\"))
part("a resource's path in capitals", "path", lambda v: v.upper())
part("a resource's path to a list", "path", lambda v: [v])
part("a resource's path with a dot", "path", lambda v: "./" + v)
part("a resource's schema absolute", "schema", "/etc/hostname")
part("a resource's schema upwards", "schema", "../secret.json")
part("a resource's schema to no file", "schema", lambda v: v.replace(".json", "-2.json"))
part("a resource's title in Vietnamese", "title", "Nguồn dữ liệu đối ngoại")
part("a resource's Vietnamese title without marks", "title_vi", without_marks)
part("a resource's description cut", "description", lambda v: v[: len(v) // 2])
part("a resource's description to be written", "description", "TODO")
part("another role", "role", lambda v: "links" if v != "links" else "facts")
part("a role for derived tables", "role", "derived")
part("a role that is none", "role", "data")
part("another format", "format", "xlsx")
part("another media type", "mediatype", "application/json")
part("another encoding", "encoding", "windows-1258")
part("an encoding in capitals", "encoding", "UTF8-BOM")
part("another type of resource", "type", "json")
part("a delimiter of semicolons", "delimiter", ";", "dialect")
part("line ends of Windows", "lineTerminator", "\r\n", "dialect")
part("single quotes", "quoteChar", "'", "dialect")
part("no header", "header", False, "dialect")
part("quotes not doubled", "doubleQuote", False, "dialect")
part("comments allowed", "commentChar", "#", "dialect")
part("blanks behind commas", "skipInitialSpace", True, "dialect")
part("a dialect by the wrong profile", "$schema", "https://example.org/dialect.json", "dialect")
part(
    "a licence of its own",
    "licenses",
    [
        {
            "name": "CC0-1.0",
            "title": "CC0",
            "path": "https://creativecommons.org/publicdomain/zero/1.0/",
        }
    ],
)
part("a wrong size", "bytes", 1)
part("a wrong digest", "hash", "sha256:" + "0" * 64)
part("coverage from a day after its end", "from", "2027-01-01", "coverage")
part("coverage from a year later", "from", lambda v: f"{int(v[:4]) + 1}{v[4:]}", "coverage")
part("coverage from a century before", "from", lambda v: f"{int(v[:4]) - 100}{v[4:]}", "coverage")
part("coverage from no day", "from", "1950", "coverage")
part("coverage to a later year", "to", lambda v: f"{int(v[:4]) + 2}{v[4:]}", "coverage")
part("coverage to an earlier year", "to", lambda v: f"{int(v[:4]) - 3}{v[4:]}", "coverage")
part("coverage with days exchanged", "from", "21/11/2026", "coverage")
part("coverage complete or not", "complete", lambda v: not v, "coverage")
part("coverage complete as text", "complete", lambda v: str(v).lower(), "coverage")
part("coverage last checked in the future", "last_checked", "2030-01-01", "coverage")
part("coverage last checked before its end", "last_checked", "2001-01-01", "coverage")
part("coverage without words", "description", "", "coverage")
part("coverage in words of one letter", "description", "x", "coverage")
for _part in ("from", "to", "complete", "last_checked", "description"):
    without(f"coverage without {_part}", _part, "coverage")


@resource("a resource lost", "resources")
def _(one: Document, rng: random.Random, d: Document) -> Any:
    d["resources"].remove(one)


@resource("a resource twice", "resources")
def _(one: Document, rng: random.Random, d: Document) -> Any:
    d["resources"].append(one)


def _exchanged(name: str, *parts: str) -> None:
    @resource(name, parts[0])
    def _(one: Document, rng: random.Random, d: Document) -> Any:
        other = rng.choice(d["resources"])
        if all(one[p] == other[p] for p in parts):
            return ...
        for p in parts:
            one[p], other[p] = other[p], one[p]
        return None


_exchanged("the titles of two resources exchanged", "title", "title_vi")
_exchanged("the descriptions of two resources exchanged", "description")
_exchanged("the files of two resources exchanged", "path")
_exchanged("the schemas of two resources exchanged", "schema")
_exchanged("the names of two resources exchanged", "name")
_exchanged("the coverage of two resources exchanged", "coverage")


@resource("the file of another resource", "path")
def _(one: Document, rng: random.Random, d: Document) -> Any:
    other = rng.choice(d["resources"])
    return ... if other is one else one.update(path=other["path"])


@resource("the schema of another resource", "schema")
def _(one: Document, rng: random.Random, d: Document) -> Any:
    other = rng.choice(d["resources"])
    return ... if other is one else one.update(schema=other["schema"])


@resource("a resource that has no file", "name")
def _(one: Document, rng: random.Random, d: Document) -> Any:
    new = {**one, "name": "treaties", "path": "tables/treaties.csv"}
    d["resources"].append(new)


@resource("a schema in place of its address", "schema")
def _(one: Document, rng: random.Random, d: Document) -> Any:
    one["schema"] = {"fields": [{"name": "id", "type": "string"}]}
