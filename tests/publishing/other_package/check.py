"""Check the references of this package to the tables of another one, with DuckDB alone.

    python check.py vietnam-foreign-affairs-1.0.0.zip

A foreign key names the package that it refers to, as the recipe for external foreign keys of the
Data Package standard has it. The argument is a copy of that package: its zip, or its folder.
"""

import json
import sys
import tempfile
import zipfile
from pathlib import Path

import duckdb


def orphans(here: Path, other: Path) -> list[str]:
    """Values of this package that have no row in the other one."""
    theirs = {r["name"]: other / r["path"] for r in _descriptor(other)["resources"]}
    found = []
    for resource in _descriptor(here)["resources"]:
        for key in resource["schema"].get("foreignKeys", ()):
            ours, reference = key["fields"][0], key["reference"]
            if "package" not in reference:
                continue
            their = reference["fields"][0]
            values = duckdb.execute(
                f"SELECT DISTINCT {ours} FROM {_csv(here / resource['path'])} WHERE {ours} "
                f"NOT IN (SELECT {their} FROM {_csv(theirs[reference['resource']])}) ORDER BY 1"
            ).fetchall()
            found += [f"{resource['name']}.{ours}: {value}" for (value,) in values]
    return found


def _csv(path: Path) -> str:
    name = str(path).replace("'", "''")
    return f"read_csv('{name}', all_varchar = true)"


def _descriptor(folder: Path) -> dict:
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def main() -> int:
    here, other = Path(__file__).parent, Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        if other.is_file():
            zipfile.ZipFile(other).extractall(folder)
            other = Path(folder)
        found = orphans(here, other)
    print("\n".join(found) or "every reference has its row")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
