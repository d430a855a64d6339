"""A shell completes commands, and the names that are in the package."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("vfa qu", {"query"}),
        ("vfa show partner_", {"partner_totals_by_day"}),
        ("vfa show prov", {"provenance"}),
        ("vfa query country_", {"country_file", "country_ladder"}),
        ("vfa cite --style a", {"apa"}),
        ("vfa cite --table trip", {"trips"}),
    ],
)
def test_tab_completes(vfa, tmp_path, line, words):
    out = tmp_path / "completions"
    vfa(
        _ARGCOMPLETE="1",
        _ARGCOMPLETE_STDOUT_FILENAME=str(out),
        _ARGCOMPLETE_IFS="\n",
        COMP_LINE=line,
        COMP_POINT=str(len(line)),
    )
    assert {word.strip() for word in out.read_text().split("\n")} == words
