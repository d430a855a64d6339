"""Schemas: fields as a whole, keys, references, and the document itself."""

from __future__ import annotations

import json
import random
from typing import Any

from ..original import Original, json_text
from .schemas import Document, put, schema


# Fields as a whole
@schema("a field lost")
def _(d: Document, rng: random.Random, original: Original) -> Any:
    one = d["fields"].pop(rng.randrange(len(d["fields"])))
    return d, one["name"]


@schema("a field twice")
def _(d: Document, rng: random.Random, original: Original) -> Any:
    at = rng.randrange(len(d["fields"]))
    d["fields"].insert(at, d["fields"][at])
    return d, d["fields"][at]["name"]


@schema("a field that no file has")
def _(d: Document, rng: random.Random, original: Original) -> Any:
    new = {
        "name": "remarks",
        "title": "Remarks",
        "title_vi": "Nhận xét",
        "description": "More.",
        "type": "string",
    }
    d["fields"].append(new)
    return d, "remarks"


@schema("two fields exchanged")
def _(d: Document, rng: random.Random, original: Original) -> Any:
    at = rng.randrange(len(d["fields"]) - 1)
    d["fields"][at : at + 2] = d["fields"][at : at + 2][::-1]
    return d, d["fields"][at]["name"]


@schema("the words about two fields exchanged")
def _(d: Document, rng: random.Random, original: Original) -> Any:
    left, right = rng.sample(d["fields"], 2)
    for name in ("title", "title_vi", "description"):
        left[name], right[name] = right[name], left[name]
    return d, left["name"]


@schema("fields of no list")
def _(d: Document, rng: random.Random, original: Original) -> Any:
    d["fields"] = {f["name"]: f for f in d["fields"]}
    return d, "fields"


@schema("no fields")
def _(d: Document, rng: random.Random, original: Original) -> Any:
    d["fields"] = []
    return d, "fields"


# Keys
@schema("the key lost")
def _(d: Document, rng: random.Random, original: Original) -> Any:
    del d["primaryKey"]
    return d, "primaryKey"


@schema("another key")
def _(d: Document, rng: random.Random, original: Original) -> Any:
    names = [f["name"] for f in d["fields"] if f["name"] not in d["primaryKey"]]
    d["primaryKey"] = [rng.choice(names)]
    return d, "primaryKey"


@schema("a key of a field more")
def _(d: Document, rng: random.Random, original: Original) -> Any:
    names = [f["name"] for f in d["fields"] if f["name"] not in d["primaryKey"]]
    d["primaryKey"].append(rng.choice(names))
    return d, "primaryKey"


@schema("a key of no field")
def _(d: Document, rng: random.Random, original: Original) -> Any:
    d["primaryKey"] = ["id"]
    return d, "primaryKey"


@schema("a key as text")
def _(d: Document, rng: random.Random, original: Original) -> Any:
    d["primaryKey"] = d["primaryKey"][0]
    return d, "primaryKey"


@schema("unique keys lost")
def _(d: Document, rng: random.Random, original: Original) -> Any:
    return (d, "uniqueKeys") if d.pop("uniqueKeys", None) else None


@schema("a unique key of a field less")
def _(d: Document, rng: random.Random, original: Original) -> Any:
    if not d.get("uniqueKeys"):
        return None
    d["uniqueKeys"][0].pop()
    return d, "uniqueKeys"


def _reference(d: Document, rng: random.Random) -> Document | None:
    return rng.choice(d["foreignKeys"]) if d.get("foreignKeys") else None


@schema("a reference lost")
def _(d: Document, rng: random.Random, original: Original) -> Any:
    one = _reference(d, rng)
    if one is None:
        return None
    d["foreignKeys"].remove(one)
    return d, one["fields"][0], "foreignKeys"


@schema("all references lost")
def _(d: Document, rng: random.Random, original: Original) -> Any:
    return (d, "foreignKeys") if d.pop("foreignKeys", None) else None


@schema("a reference to another table")
def _(d: Document, rng: random.Random, original: Original) -> Any:
    one = _reference(d, rng)
    if one is None:
        return None
    one["reference"]["resource"] = rng.choice(
        [n for n in original.tables if n != one["reference"]["resource"]]
    )
    return d, one["fields"][0], "foreignKeys"


@schema("a reference to no table")
def _(d: Document, rng: random.Random, original: Original) -> Any:
    one = _reference(d, rng)
    if one is None:
        return None
    one["reference"]["resource"] = "nowhere"
    return d, one["fields"][0], "foreignKeys"


@schema("a reference to another column")
def _(d: Document, rng: random.Random, original: Original) -> Any:
    one = _reference(d, rng)
    if one is None:
        return None
    one["reference"]["fields"] = ["note"]
    return d, one["fields"][0], "foreignKeys"


@schema("a reference from another column")
def _(d: Document, rng: random.Random, original: Original) -> Any:
    one = _reference(d, rng)
    if one is None:
        return None
    one["fields"] = [rng.choice([f["name"] for f in d["fields"] if f["name"] not in one["fields"]])]
    return d, one["fields"][0], "foreignKeys"


# The document
for _name in ("title", "description"):
    schema(f"its {_name} lost")(lambda d, r, o, n=_name: (d, n) if d.pop(n, None) else None)
    schema(f"its {_name} blank")(lambda d, r, o, n=_name: (d, n) if put(d, n, "") is None else None)
    schema(f"its {_name} that of another table")(
        lambda d, r, o, n=_name: (
            (d, n)
            if put(d, n, o.json(f"schemas/{r.choice(list(o.tables))}.json")[n]) is None
            else None
        )
    )
schema("words for blanks")(
    lambda d, r, o: (
        (d, "missingValues") if put(d, "missingValues", ["", "NA", "-"]) is None else None
    )
)
schema("no word for blanks")(
    lambda d, r, o: (d, "missingValues") if put(d, "missingValues", []) is None else None
)
schema("the words for blanks lost")(
    lambda d, r, o: (d, "missingValues") if d.pop("missingValues", None) else None
)
schema("another profile")(
    lambda d, r, o: (
        (d, "$schema")
        if put(d, "$schema", "https://json-schema.org/draft/2020-12/schema") is None
        else None
    )
)
schema("the profile of version 1")(
    lambda d, r, o: (
        (d, "$schema")
        if put(d, "$schema", "https://specs.frictionlessdata.io/schemas/table-schema.json") is None
        else None
    )
)
schema("its profile lost")(lambda d, r, o: (d, "$schema") if d.pop("$schema", None) else None)
schema("fields in any order")(
    lambda d, r, o: (d, "fieldsMatch") if put(d, "fieldsMatch", ["partial"]) is None else None
)
schema("an unknown part")(
    lambda d, r, o: (d, "remarks") if put(d, "remarks", "x") is None else None
)
schema("a list around it")(lambda d, r, o: json_text([d]))
schema("that of another table")(lambda d, r, o: o.bytes(f"schemas/{r.choice(list(o.tables))}.json"))
schema("gone")(lambda d, r, o: ...)
schema("empty")(lambda d, r, o: b"")
schema("cut")(lambda d, r, o: json_text(d)[: len(json_text(d)) // 2])
schema("a comma too many")(lambda d, r, o: json_text(d).replace(b"]\n}", b"],\n}"))
schema("a comment")(lambda d, r, o: b"// edited by hand\n" + json_text(d))
schema("byte order mark")(lambda d, r, o: b"\xef\xbb\xbf" + json_text(d))
schema("no UTF-8")(lambda d, r, o: json.dumps(d, ensure_ascii=False).encode("utf-16"))
schema("marks of a merge conflict")(lambda d, r, o: b"<<<<<<< HEAD\n" + json_text(d))
schema("Vietnamese read as Windows-1252")(
    lambda d, r, o: json_text(d).decode().encode().decode("cp1252", "replace").encode()
)
schema("Vietnamese with question marks")(
    lambda d, r, o: json_text(d).decode().encode("cp1252", "replace").decode("cp1252").encode()
)
schema("a part said twice")(
    lambda d, r, o: json_text(d).replace(b'"title": ', b'"title": "Old title",\n  "title": ', 1)
)
