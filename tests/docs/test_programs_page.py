"""The snippets of docs/programs.md run as the page has them, on a release that is served here."""

from __future__ import annotations

import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import anyio
import pytest
import yaml
from mcp import Client, StdioServerParameters, stdio_client

import vietnam_foreign_affairs as vfa

from ..conftest import ROOT

PAGE = (ROOT / "docs/programs.md").read_text(encoding="utf-8")
HOME = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))["homepage"]
ENV = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def snippet(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.M | re.S)
    return found.replace("{{ d.version }}", vfa.__version__)


def run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=ENV)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def site(dist, tmp_path_factory):
    """The release and the clients as the site has them; the folder, and the address."""
    folder = tmp_path_factory.mktemp("site")
    handler = partial(_Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_port}/"
        (folder / "release").symlink_to(dist)
        (folder / "assets/clients").mkdir(parents=True)
        for client in (ROOT / "docs/assets/clients").iterdir():
            text = client.read_text(encoding="utf-8").replace(HOME, address)
            (folder / "assets/clients" / client.name).write_text(text, encoding="utf-8")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield folder, address
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def partners() -> list[str]:
    rows = vfa.read("partners").filter("tier_id = 'csp'").project("iso3").fetchall()
    return [iso3 for (iso3,) in rows]


def test_python():
    said = run(sys.executable, "-c", snippet("python"))
    assert "partnership_spells" in said
    assert "sources:\n" in said
    assert vfa.cite("apa", table="partnership_upgrades") in said


@pytest.mark.xdist_group("dist")
def test_r(site):
    assert shutil.which("Rscript"), "R is missing: scripts/install-r"
    code = snippet("r").replace(HOME, site[1])
    assert run("Rscript", "-e", f"{code}\ncat(csp$iso3)").split() == partners()


@pytest.mark.xdist_group("dist")
def test_javascript(site):
    client = site[0] / "assets/clients/vietnam_foreign_affairs.mjs"  # Node imports a copy
    code = snippet("js").replace(f"{HOME}assets/clients/{client.name}", client.as_uri())
    shown = f"{code}\nconsole.log(csp.map((partner) => partner.iso3).join(' '));"
    assert run("node", "--input-type=module", "-e", shown).split() == partners()


def test_an_assistant_starts_the_server_and_finds_the_tools_of_the_page():
    ((name, settings),) = json.loads(snippet("json"))["mcpServers"].items()

    async def main():
        async with Client(stdio_client(StdioServerParameters(**settings, env=ENV))) as client:
            return await client.list_tools()

    assert name == "vietnam-foreign-affairs"
    table = PAGE.split("| tools | |")[1].split("\n\n")[0]
    firsts = re.findall(r"^\| (`.+?) \|", table, re.M)
    named = {tool for first in firsts for tool in re.findall(r"`(\w+)`", first)}
    assert {tool.name for tool in anyio.run(main).tools} == named


def test_the_line_for_the_shell_sets_completion_up():
    assert "vfa" in run("bash", "-c", f"{snippet('sh')}\ncomplete -p vfa")


def test_the_hooks_are_those_of_this_repository_at_a_release():
    (entry,) = yaml.safe_load(snippet("yaml"))["repos"]
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {hook["id"] for hook in entry["hooks"]} == {hook["id"] for hook in hooks}
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    assert (entry["repo"], entry["rev"]) == (descriptor["id"], f"v{descriptor['version']}")
