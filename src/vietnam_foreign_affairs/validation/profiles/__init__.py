"""JSON Schemas that the documents follow: the official ones, and the house's own beside them.

The house's say more: which properties there are, which are filled, which have one value only.
What JSON Schema cannot say is in `../rules/of_documents`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..documents import DESCRIPTOR, Document, Place
from ..report import Failure


def failures(document: Document) -> Iterator[Failure]:
    """What breaks the profiles; where the house's own says it, the official one is not asked."""
    profile = "datapackage" if document.file == DESCRIPTOR else "tableschema"
    schema, house, official = _profiles(profile)
    said: set[Place] = set()
    try:
        errors = list(house.iter_errors(document.content))
    except ValueError:  # "Recursion limit reached"
        yield document.fail("descriptor", (), "it is nested too deeply", "see the profile", None)
        return
    for error in errors:
        for place, message, advice, value in _words(error, schema):
            said.add(place)
            yield document.fail("descriptor", place, message, advice, value)
    for error in official.iter_errors(document.content):
        place = tuple(error.instance_path)
        if not any(one[: len(place)] == place for one in said):
            advice = "see the profile of Data Package v2"
            yield document.fail("descriptor", place, error.message[:200], advice)


def _words(error: Any, schema: Any) -> Iterator[tuple[Place, str, str, object]]:
    """Place, message, advice and value of an error; of each property that should not be there."""
    place, value, kind = tuple(error.instance_path), error.instance, error.kind
    for key in error.schema_path[:-1]:
        schema = schema[key]
    if kind.name == "required":
        name = kind.property
        yield (*place, name), f"{name} is missing", f"add {name}", None
    elif kind.name == "additionalProperties":
        known = schema.get("properties", {})
        for name in kind.unexpected:
            near = get_close_matches(name, known, 1) or [", ".join(known)]
            yield (*place, name), f"nothing is called {name} here", f"known: {near[0]}", value[name]
    else:
        expected = schema.get("description", "see the profile")
        yield place, error.message[:200], f"expected: {expected}", value


@lru_cache
def _profiles(name: str) -> tuple[Any, Any, Any]:
    """The house's schema, and the validators of that and of the official one."""
    import jsonschema_rs

    house = _house(name)
    made = (
        jsonschema_rs.Draft7Validator(s, validate_formats=False) for s in (house, _official(name))
    )
    return house, *made


def _house(profile: str) -> Any:
    path = Path(__file__).parent / f"{profile}.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    return _inlined(schema, schema.pop("definitions"))


def _inlined(schema: Any, definitions: dict[str, Any]) -> Any:
    """The schema with definitions in the place of references, which take long to follow."""
    if isinstance(schema, list):
        return [_inlined(each, definitions) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if isinstance(name := schema.get("$ref"), str):
        return _inlined(definitions[name.rpartition("/")[2]], definitions)
    return {key: _inlined(value, definitions) for key, value in schema.items()}


def _official(profile: str) -> Any:
    """Offline copies of the official profiles come with dplib."""
    # Found, not imported: dplib loads pydantic, and only its files are wanted.
    spec = find_spec("dplib")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("No module named 'dplib'", name="dplib")
    path = Path(spec.submodule_search_locations[0]) / "profiles" / "2.0" / f"{profile}.json"
    return json.loads(path.read_text(encoding="utf-8"))
