"""The descriptor and the files: the official JSON profiles, and frictionless."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from .report import Failure


def profile_failures(root: Path) -> Iterator[Failure]:
    """What the JSON profiles of Data Package v2 (offline copies in dplib) find."""
    import dplib
    import jsonschema

    profiles = Path(dplib.__file__).parent / "profiles" / "2.0"

    def check(path: Path, profile: str) -> Iterator[Failure]:
        file = str(path.relative_to(root))
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            yield Failure("descriptor", "structure", f"cannot be read: {error}", "", file)
            return
        rules = json.loads((profiles / f"{profile}.json").read_text(encoding="utf-8"))
        for error in jsonschema.Draft7Validator(rules).iter_errors(document):
            place = "/".join(map(str, error.absolute_path))
            yield Failure(
                "descriptor", "structure", error.message[:200], "see the profile", file, row=place
            )

    yield from check(root / "datapackage.json", "datapackage")
    for path in sorted((root / "schemas").glob("*.json")):
        yield from check(path, "tableschema")


def frictionless_failures(root: Path) -> list[Failure]:
    """What frictionless finds in the descriptor and the files.

    Foreign keys are left to `structure`: frictionless names no advice and reads each table again.
    """
    import frictionless

    package = frictionless.Package(str(root / "datapackage.json"))
    for resource in package.resources:
        resource.schema.foreign_keys = []
    report = package.validate()
    found = [
        Failure("frictionless", "structure", e.message, "", "datapackage.json")
        for e in report.errors
    ]
    for task in report.tasks:
        for error in task.errors:
            found.append(
                Failure(
                    "frictionless",
                    "structure",
                    error.message,
                    "",
                    task.place or "",
                    getattr(error, "row_number", None),
                    column=getattr(error, "field_name", "") or "",
                    value=getattr(error, "cell", None),
                )
            )
    return found


def main() -> None:
    """Run as a process of its own beside the other checks: prints failures as JSON lines."""
    import sys
    from dataclasses import asdict

    for failure in frictionless_failures(Path(sys.argv[1])):
        print(json.dumps(asdict(failure), ensure_ascii=False))


if __name__ == "__main__":
    main()
