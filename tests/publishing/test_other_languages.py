"""The clients for R and JavaScript read a local copy of a release as Python reads it.

R comes with `scripts/install-r`, Node with the machine; without them the tests fail.
"""

from __future__ import annotations

import http.server
import json
import shutil
import subprocess
import threading
from functools import partial

import pytest

import vietnam_foreign_affairs as vfa
from tests.conftest import ROOT

CLIENTS = ROOT / "docs" / "assets" / "clients"
ASK = {
    "R": """
args <- commandArgs(TRUE)
source(args[1])
tables <- vfa_tables(args[2])
rows <- lapply(setNames(tables$name, tables$name), function(name) nrow(vfa_read(name, args[2])))
one <- vfa_read("partners", args[2])
csp <- one[one$tier_id == "csp" & one$since <= as.Date("2024-12-31"), ]
said <- try(vfa_read("nothing", args[2]), silent = TRUE)
typed <- vfa_read("observations", args[2])
cat(jsonlite::toJSON(list(
  rows = rows, csp = csp$iso3, names = csp$name_vi, since = format(csp$since),
  sum = sum(typed$value), unit = attr(typed$value, "unit"), label = attr(typed$value, "label"),
  blank = sum(is.na(typed$note)), flags = sum(vfa_read("reconciliation", args[2])$is_incomplete),
  error = as.character(said)
), auto_unbox = TRUE, digits = NA))
""",
    "JavaScript": """
const [client, base] = process.argv.slice(1);
const { tables, read } = await import(client);
const rows = {};
for (const { name } of await tables({ base })) rows[name] = (await read(name, { base })).length;
const csp = (await read("partners", { base }))
  .filter((p) => p.tier_id === "csp" && p.since <= new Date("2024-12-31"));
const typed = await read("observations", { base });
const error = await read("nothing", { base }).catch(String);
console.log(JSON.stringify({
  rows, csp: csp.map((p) => p.iso3), names: csp.map((p) => p.name_vi),
  since: csp.map((p) => p.since.toISOString().slice(0, 10)),
  sum: typed.reduce((sum, row) => sum + row.value, 0),
  blank: typed.filter((row) => row.note === null).length,
  flags: (await read("reconciliation", { base })).filter((row) => row.is_incomplete).length,
  error,
}));
""",
}


@pytest.fixture(scope="module")
def address(dist):
    """The release as a site serves it."""
    handler = partial(_Quiet, directory=dist)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def said_by(language: str, base: str) -> dict:
    if language == "R":
        assert shutil.which("Rscript"), "R is missing: scripts/install-r"
        client = CLIENTS / "vietnam_foreign_affairs.R"
        command = ["Rscript", "-e", ASK["R"], client, base]
    else:
        client = CLIENTS / "vietnam_foreign_affairs.mjs"
        command = ["node", "--input-type=module", "-e", ASK["JavaScript"], client.as_uri(), base]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.xdist_group("dist")
@pytest.mark.parametrize("language", ["R", "JavaScript"])
def test_a_client_reads_and_types_every_table(language, address):
    said = said_by(language, address)
    assert said["rows"] == {t.name: len(vfa.read(t.name).fetchall()) for t in vfa.tables()}
    partners = vfa.read("partners").filter("tier_id = 'csp' AND since <= '2024-12-31'")
    expected = partners.project("iso3, name_vi, since::VARCHAR").fetchall()
    assert list(zip(said["csp"], said["names"], said["since"], strict=True)) == expected
    values = vfa.read("observations").aggregate("sum(value), count(*) FILTER (note IS NULL)")
    assert (round(said["sum"], 3), said["blank"]) == (
        round(values.fetchall()[0][0], 3),
        values.fetchall()[0][1],
    )
    assert said["flags"] == len(vfa.read("reconciliation").filter("is_incomplete").fetchall())
    assert "partnership_upgrades" in said["error"]


@pytest.mark.xdist_group("dist")
def test_r_reads_a_folder_and_labels_columns(dist):
    said = said_by("R", str(dist))
    assert (said["unit"], said["label"]) == ("see indicators.unit", "Value")
