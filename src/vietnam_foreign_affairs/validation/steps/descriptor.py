"""Step 1: the descriptor and the schemas follow the official JSON profiles of Data Package v2."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from .. import cache
from ..report import Failure
from ..state import State


def check(state: State) -> Iterator[Failure]:
    root = state.package.root
    documents = [
        (root / "datapackage.json", "datapackage"),
        *((path, "tableschema") for path in sorted((root / "schemas").glob("*.json"))),
    ]
    for path, profile in documents:
        file = path.relative_to(root).as_posix()
        try:
            text = path.read_text(encoding="utf-8")
            document = json.loads(text)
        except (OSError, ValueError) as error:
            yield Failure("descriptor", "structure", f"cannot be read: {error}", "", file)
            continue
        key = cache.key_of(cache.code(), profile, text)
        if cache.get("document", key) is not None:
            continue
        found = list(_validator(profile).iter_errors(document))
        for error in found:
            place = "/".join(map(str, error.absolute_path))
            yield Failure(
                "descriptor", "structure", error.message[:200], "see the profile", file, row=place
            )
        if not found:
            cache.put("document", key)


def _validator(profile: str) -> Any:
    """The validator of a profile; offline copies of the profiles come with dplib."""
    import jsonschema

    if profile not in _validators:
        # Found, not imported: dplib loads pydantic, and only its files are wanted.
        spec = find_spec("dplib")
        if spec is None or not spec.submodule_search_locations:
            raise ModuleNotFoundError("No module named 'dplib'", name="dplib")
        path = Path(spec.submodule_search_locations[0]) / "profiles" / "2.0" / f"{profile}.json"
        rules = json.loads(path.read_text(encoding="utf-8"))
        _validators[profile] = jsonschema.Draft7Validator(rules)
    return _validators[profile]


_validators: dict[str, Any] = {}
