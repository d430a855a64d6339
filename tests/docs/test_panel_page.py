"""The merges of docs/panel.md run on a release and give what the panel says."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys

import pytest

from ..conftest import ROOT

PAGE = (ROOT / "docs/panel.md").read_text(encoding="utf-8")
RUNNERS = {"python": (sys.executable, "-c"), "r": ("Rscript", "-e")}
# R where it is installed; Stata runs nowhere in this suite, its file is read in tests/publishing.
HERE = [language for language, (program, _) in RUNNERS.items() if shutil.which(program)]


@pytest.mark.xdist_group("dist")
@pytest.mark.parametrize("language", HERE)
def test_the_merge_finds_each_country_by_its_code(language, dist, tmp_path):
    (tmp_path / "derived").symlink_to(dist / "derived")
    (tmp_path / "mine.csv").write_text("ccode,year,mine\n850,2013,1\n2,2023,2\n999,2013,3\n")
    snippet = re.search(rf"^```{language}\n(.*?)^```", PAGE, re.M | re.S)[1]
    done = subprocess.run(
        [*RUNNERS[language], snippet], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    rows = [row for row in csv.DictReader(io.StringIO(done.stdout)) if row["year"]]
    found = {row["ccode"]: (row["tier_id"], row["relations"].lower()) for row in rows}
    assert found == {"850": ("sp", "true"), "2": ("csp", "true"), "999": ("", "")}


def test_the_stata_snippet_names_files_and_columns_of_a_release(dist):
    import pyreadstat

    snippet = re.search(r"^```stata\n(.*?)^```", PAGE, re.M | re.S)[1]
    file = dist / f"{re.search(r'use (stata/.+?),', snippet)[1]}.dta"
    _, words = pyreadstat.read_dta(file, metadataonly=True)
    listed = set(re.search(r"^list (.+)$", snippet, re.M)[1].split()) - {"ccode"}
    assert listed | {"cow_code"} <= set(words.column_names)
