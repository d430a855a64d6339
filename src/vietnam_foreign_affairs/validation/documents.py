"""The JSON documents of a package, descriptor and schemas, and places in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import PackageError
from ..inside import MOST_JSON, inside, parse_json
from .report import Failure

Place = tuple[str | int, ...]
DESCRIPTOR = "datapackage.json"


class Document(NamedTuple):
    """A file with its text and what that says. A failure names the line and the way to it."""

    file: str
    text: str
    content: dict[str, Any]

    def fail(
        self, rule: str, place: Place, message: str, advice: str, value: object = None
    ) -> Failure:
        """A failure at a place of the document, such as `fields/name_en/title_vi`."""
        return Failure(
            rule,
            "structure",
            message,
            advice,
            self.file,
            line_of(self.text, place),
            "/".join(self._way(place)),
            self._column(place),
            value if value is None or isinstance(value, str) else json.dumps(value)[:200],
        )

    def _way(self, place: Place) -> Iterator[str]:
        """The parts of a place; what stands in a list is called by its name, if it has one."""
        inside: Any = self.content
        for part in place:
            try:
                inside = inside[part]
            except (KeyError, IndexError, TypeError):
                inside = None
            name = (
                inside.get("name") if isinstance(part, int) and isinstance(inside, dict) else None
            )
            yield name if isinstance(name, str) and name else str(part)

    def _column(self, place: Place) -> str:
        """The column that a place of a schema is about."""
        if len(place) > 1 and place[0] == "fields":
            try:
                name = self.content["fields"][place[1]]["name"]
                return name if isinstance(name, str) else ""
            except (KeyError, IndexError, TypeError):
                pass
        return ""


@dataclass
class Documents:
    """Descriptor and schemas. `sound` are the files that follow their profiles: rules on what
    they say read no others. What a release derives is made from views, and follows profiles only.
    """

    root: Path
    files: dict[str, Document] = field(default_factory=dict)
    sound: set[str] = field(default_factory=set)

    @property
    def descriptor(self) -> Document | None:
        return self.files[DESCRIPTOR] if DESCRIPTOR in self.sound else None

    @property
    def resources(self) -> list[tuple[Place, dict[str, Any]]]:
        """The resources with their places; none where the descriptor is not sound."""
        found = self.descriptor.content["resources"] if self.descriptor else []
        return [(("resources", number), each) for number, each in enumerate(found)]

    @property
    def schemas(self) -> list[Document]:
        derived = {each["schema"] for _, each in self.resources if each["role"] == "derived"}
        names = sorted(self.sound - {DESCRIPTOR, *derived})
        return [self.files[name] for name in names]

    @property
    def tables(self) -> list[tuple[Place, dict[str, Any], Document]]:
        """Each resource that is not derived, with its schema, where that is sound."""
        schemas = {schema.file: schema for schema in self.schemas}
        return [
            (place, resource, schemas[resource["schema"]])
            for place, resource in self.resources
            if resource["schema"] in schemas
        ]


def read(root: Path, found: list[Failure]) -> Documents:
    """Read descriptor and schemas; what cannot be read becomes a failure in `found`."""
    made = Documents(root)
    names = [f"schemas/{path.name}" for path in sorted((root / "schemas").glob("*.json"))]
    for name in (DESCRIPTOR, *names):
        try:
            data = inside(root, name, MOST_JSON).read_bytes()
            made.files[name] = Document(name, data.decode("utf-8"), parse_json(data, "the file"))
        except (PackageError, OSError, UnicodeDecodeError) as error:
            advice = "write it as one JSON object, in UTF-8, each key once"
            found.append(
                Failure("descriptor", "structure", f"cannot be read: {error}", advice, name)
            )
    return made


_BETWEEN = re.compile(r"[\s,:]*")
_decode = json.JSONDecoder().raw_decode


def line_of(text: str, place: Place) -> int:
    """The line on which a value of a JSON text begins, or what should hold it."""

    def skip(at: int) -> int:
        return _BETWEEN.match(text, at).end()  # type: ignore[union-attr]

    at = skip(0)
    for part in place:
        inner, number = skip(at + 1), 0
        if text[at] not in "[{":
            break
        while text[inner] not in "]}":
            begin, name = inner, number
            if text[at] == "{":
                name, inner = _decode(text, inner)
                inner = skip(inner)
            if name == part:
                break
            inner, number = skip(_decode(text, inner)[1]), number + 1
        else:
            break
        at = inner if text[at] == "{" else begin
    return text.count("\n", 0, at) + 1
