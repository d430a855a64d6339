"""Schemas as editors, merges and good intentions leave them."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from ..original import Original
from . import document_kind
from .writing import without_marks

Document = dict[str, Any]


def schema(name: str):
    return document_kind("schemas", f"schema: {name}")


def field(name: str, column: str = "", where: Callable[[Document], bool] = lambda f: True):
    """A kind that changes one field: `(field, rng, document) -> None`, or `...` for "not here"."""

    def register(change: Callable[..., Any]) -> Callable:
        def on_document(document: Document, rng: random.Random, original: Original) -> Any:
            fields = [f for f in document["fields"] if where(f)]
            if not fields:
                return None
            one = rng.choice(fields)
            token = one["name"]
            if change(one, rng, document) is ...:
                return None
            return document, token, column

        schema(name)(on_document)
        return change

    return register


def has(constraint: str) -> Callable[[Document], bool]:
    return lambda f: constraint in f.get("constraints", {})


def put(part: Document, name: str, value: Any) -> Any:
    if part.get(name) == value:
        return ...
    part[name] = value
    return None


def drop(part: Document, name: str) -> None:
    part.pop(name, None)


def _others(f: Document, document: Document, name: str) -> list[Any]:
    return [
        o[name] for o in document["fields"] if o is not f and o.get(name) and o[name] != f.get(name)
    ]


def _free(document: Document) -> Callable[[Document], bool]:
    used = {
        *document["primaryKey"],
        *(n for k in document.get("foreignKeys", []) for n in k["fields"]),
    }
    return lambda f: f["name"] not in used


# Words about a field
for _name in ("title", "title_vi", "description"):
    field(f"a field's {_name} lost", _name)(lambda f, r, d, n=_name: drop(f, n))
    field(f"a field's {_name} blank", _name)(lambda f, r, d, n=_name: put(f, n, ""))
    field(f"a field's {_name} that of another", _name)(
        lambda f, r, d, n=_name: put(f, n, r.choice(_others(f, d, n)))
    )
    field(f"a field's {_name} no text", _name)(lambda f, r, d, n=_name: put(f, n, 12))
field("a Vietnamese title in English", "title_vi")(lambda f, r, d: put(f, "title_vi", f["title"]))
field("a Vietnamese title without marks", "title_vi")(
    lambda f, r, d: put(f, "title_vi", without_marks(f["title_vi"]))
)
field("a title in Vietnamese", "title")(lambda f, r, d: put(f, "title", f["title_vi"]))
field("a description in Vietnamese", "description")(
    lambda f, r, d: put(f, "description", f["title_vi"])
)
field("a description that is its title", "description")(
    lambda f, r, d: put(f, "description", f["title"])
)
field("a description cut", "description")(
    lambda f, r, d: put(f, "description", f["description"][: len(f["description"]) // 2])
)
field("a description to be written", "description")(lambda f, r, d: put(f, "description", "TODO"))
field("a title to be written", "title")(lambda f, r, d: put(f, "title", f["name"]))
field("a description with markup", "description")(
    lambda f, r, d: put(f, "description", f"<p>{f['description']}</p>")
)
field("a description with a double blank", "description")(
    lambda f, r, d: put(f, "description", f["description"].replace(" ", "  ", 1))
)

# Names and types
field("a field's name in capitals", "name")(lambda f, r, d: put(f, "name", f["name"].upper()))
field("a field's name misspelt", "name")(lambda f, r, d: put(f, "name", f["name"][:-1]))
field("a field's name with a blank", "name")(lambda f, r, d: put(f, "name", f["name"] + " "))
field("a field's name lost", "name")(lambda f, r, d: drop(f, "name"))
field("a field's name twice", "name")(
    lambda f, r, d: put(f, "name", r.choice(_others(f, d, "name")))
)
field("a field's type lost", "type")(lambda f, r, d: drop(f, "type"))
field("a field's type misspelt", "type")(lambda f, r, d: put(f, "type", f["type"][:-1] + "g"))
field("a field's type any", "type")(lambda f, r, d: put(f, "type", "any"))
field("a day made text", "type", lambda f: f["type"] == "date")(
    lambda f, r, d: put(f, "type", "string")
)
field("a number made text", "type", lambda f: f["type"] in ("integer", "number"))(
    lambda f, r, d: put(f, "type", "string")
)
field("a whole number made any number", "type", lambda f: f["type"] == "integer")(
    lambda f, r, d: put(f, "type", "number")
)
field("a number made whole", "type", lambda f: f["type"] == "number")(
    lambda f, r, d: put(f, "type", "integer")
)
field("text made a number", "type", lambda f: f["type"] == "string")(
    lambda f, r, d: put(f, "type", "integer")
)
field("yes or no made text", "type", lambda f: f["type"] == "boolean")(
    lambda f, r, d: put(f, "type", "string")
)
field("a type of another standard", "type")(lambda f, r, d: put(f, "type", "varchar"))
field("a day of any form", "format", lambda f: f["type"] == "date")(
    lambda f, r, d: put(f, "format", "any")
)
field("a day of another form", "format", lambda f: f["type"] == "date")(
    lambda f, r, d: put(f, "format", "%d/%m/%Y")
)
field("a decimal comma", "decimalChar", lambda f: f["type"] == "number")(
    lambda f, r, d: put(f, "decimalChar", ",")
)
field("an unknown property", "remark")(lambda f, r, d: put(f, "remark", "look again"))
field("a unit lost", "unit", lambda f: "unit" in f)(lambda f, r, d: drop(f, "unit"))
field("another unit", "unit", lambda f: "unit" in f)(lambda f, r, d: put(f, "unit", "kilometres"))
field("a unit for words", "unit", lambda f: "unit" not in f)(
    lambda f, r, d: put(f, "unit", "percent")
)
field("its own blanks", "missingValues")(lambda f, r, d: put(f, "missingValues", ["", "NA"]))


# Constraints
def constraint(name: str, key: str, change: Callable[[Document, Any], Any], where=None) -> None:
    def on_field(f: Document, rng: random.Random, document: Document) -> Any:
        return change(f.setdefault("constraints", {}), rng)

    field(name, "constraints", where or has(key))(on_field)


def _word_lost(c: Document, rng: random.Random) -> Any:
    c["enum"].pop(rng.randrange(len(c["enum"])))


def _word_misspelt(c: Document, rng: random.Random) -> Any:
    at = rng.randrange(len(c["enum"]))
    c["enum"][at] = c["enum"][at] + "e"


constraint("required lost", "required", lambda c, r: drop(c, "required"))
constraint("required false", "required", lambda c, r: put(c, "required", False))
constraint("required as text", "required", lambda c, r: put(c, "required", "true"))
constraint(
    "required where blanks are",
    "required",
    lambda c, r: put(c, "required", True),
    lambda f: not has("required")(f),
)
constraint("unique lost", "unique", lambda c, r: drop(c, "unique"))
constraint(
    "unique where values repeat",
    "unique",
    lambda c, r: put(c, "unique", True),
    lambda f: f["name"] in ("kind", "source_id", "status", "language"),
)
constraint("a pattern lost", "pattern", lambda c, r: drop(c, "pattern"))
constraint("a pattern of anything", "pattern", lambda c, r: put(c, "pattern", ".*"))
constraint(
    "a pattern misspelt",
    "pattern",
    lambda c, r: put(c, "pattern", c["pattern"].replace("a-z", "a-y").replace("A-Z", "A-Y")),
)
constraint("a pattern that is none", "pattern", lambda c, r: put(c, "pattern", c["pattern"] + "("))
constraint("a pattern for other cells", "pattern", lambda c, r: put(c, "pattern", "[0-9]{5}"))
constraint(
    "a pattern with capitals",
    "pattern",
    lambda c, r: put(c, "pattern", c["pattern"].replace("a-z", "A-Za-z")),
)
constraint("a word of a list lost", "enum", _word_lost)
constraint("a word of a list misspelt", "enum", _word_misspelt)
constraint("a word that nothing uses", "enum", lambda c, r: c["enum"].append("miscellaneous"))
constraint("a word of a list twice", "enum", lambda c, r: c["enum"].append(c["enum"][0]))
constraint("a list lost", "enum", lambda c, r: drop(c, "enum"))
constraint("a list made one text", "enum", lambda c, r: put(c, "enum", ", ".join(c["enum"])))
constraint("a list of nothing", "enum", lambda c, r: put(c, "enum", []))
constraint("a minimum lost", "minimum", lambda c, r: drop(c, "minimum"))
constraint("a minimum raised", "minimum", lambda c, r: put(c, "minimum", 1000))
constraint("a minimum as text", "minimum", lambda c, r: put(c, "minimum", "least"))
constraint("a minimum lowered", "minimum", lambda c, r: put(c, "minimum", -1000))
constraint("a maximum lost", "maximum", lambda c, r: drop(c, "maximum"))
constraint("a maximum lowered", "maximum", lambda c, r: put(c, "maximum", 1))
constraint("a length lost", "maxLength", lambda c, r: drop(c, "maxLength"))
constraint(
    "a length too short",
    "maxLength",
    lambda c, r: put(c, "maxLength", 3),
    lambda f: f["type"] == "string" and "enum" not in f.get("constraints", {}),
)
constraint("a constraint that is none", "", lambda c, r: put(c, "lenght", 3), lambda f: True)
constraint(
    "a constraint for another type",
    "",
    lambda c, r: put(c, "maxLength", 10),
    lambda f: f["type"] in ("date", "number"),
)
field("all constraints lost", "constraints", lambda f: f.get("constraints"))(
    lambda f, r, d: drop(f, "constraints")
)
field("constraints as a list", "constraints", lambda f: f.get("constraints"))(
    lambda f, r, d: put(f, "constraints", [f["constraints"]])
)
