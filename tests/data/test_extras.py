"""Without its extras the package says which one brings what is asked for."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

WITHOUT = ("pandas", "polars", "pyarrow", "pandera", "frictionless", "ibis", "mcp")
ASK = f"""
import json, sys
sys.modules |= dict.fromkeys({WITHOUT!r})
import vietnam_foreign_affairs as vfa

said = {{}}
for extra, ask in {{
    "pandas": lambda: vfa.read("countries", format="pandas"),
    "polars": lambda: vfa.query("partners_as_of", format="polars"),
    "arrow": lambda: vfa.read("partners", format="arrow"),
    "validate": lambda: vfa.validate(),
    "validate too": lambda: vfa.schema("countries"),
}}.items():
    try:
        ask()
    except vfa.PackageError as error:
        said[extra] = str(error)
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def said():
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("asked", ["pandas", "polars", "arrow", "validate", "validate too"])
def test_the_extra_is_named(said, asked):
    extra = asked.split()[0]
    assert f'pip install "vietnam-foreign-affairs[{extra}]"' in said[asked]


def test_the_import_brings_the_standard_library_only():
    script = (
        "import sys; before = set(sys.modules); import vietnam_foreign_affairs\n"
        "print({m.split('.')[0] for m in set(sys.modules) - before} - set(sys.stdlib_module_names))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout.strip() == "{'vietnam_foreign_affairs'}"
