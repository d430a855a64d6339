"""The server as assistants start it: over standard input and output, and over HTTP."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import anyio
from mcp import Client, StdioServerParameters, stdio_client

import vietnam_foreign_affairs as vfa

from .conftest import answer

COMMAND = ["-m", "vietnam_foreign_affairs", "mcp"]
QUESTION, PARAMETERS = "comprehensive_strategic_partners", {"day": "2024-12-31"}
SCHEME = "vietnam-foreign-affairs"


def test_tools_resources_and_prompts_are_listed(asked):
    async def use(client):
        return (
            await client.list_tools(),
            await client.list_resources(),
            await client.list_prompts(),
        )

    tools, resources, prompts = asked(use)
    assert {tool.name for tool in tools.tools} == {
        "list_questions", "ask", "sql", "list_tables", "describe_table", "explain_row",
    }  # fmt: skip
    assert all(t.description and t.annotations.read_only_hint for t in tools.tools)
    uris = {str(resource.uri) for resource in resources.resources}
    assert uris == {f"{SCHEME}://dictionary", f"{SCHEME}://discrepancies"} | {
        f"{SCHEME}://tables/{table.name}" for table in vfa.tables()
    }
    assert {p.name for p in prompts.prompts} == {
        "who_says_so", "country_profile", "stated_and_derived",
    }  # fmt: skip


def test_resources_say_what_the_tables_are(asked):
    async def use(client):
        names = ("dictionary", "discrepancies", "tables/observations")
        return [await client.read_resource(f"{SCHEME}://{name}") for name in names]

    texts = [json.loads(result.contents[0].text) for result in asked(use)]
    dictionary, discrepancies, observations = texts
    assert [table["name"] for table in dictionary] == [t.name for t in vfa.tables()]
    assert len(discrepancies["rows"]) == len(vfa.read("discrepancies").fetchall())
    assert observations in dictionary
    assert "qualifier" in {column["name"] for column in observations["columns"]}


def test_a_prompt_asks_for_sources(asked):
    result = asked(lambda c: c.get_prompt("who_says_so", {"claim": "44 partners"}))
    assert "44 partners" in result.messages[0].content.text


def test_tools_list_questions_and_tables(call):
    questions = call("list_questions")
    assert [q["name"] for q in questions] == [q.name for q in vfa.queries()]
    ladder = next(q for q in questions if q["name"] == "country_ladder")
    assert ladder["parameters"][0]["key"] == "countries.iso3"
    assert [t["name"] for t in call("list_tables")] == [t.name for t in vfa.tables()]
    assert call("describe_table", name="partners")["role"] == "derived"


def test_the_command_answers_on_standard_input_and_output():
    async def main():
        parameters = StdioServerParameters(command=sys.executable, args=COMMAND, env={**os.environ})
        async with Client(stdio_client(parameters)) as client:
            return await _who(client)

    assert anyio.run(main) == len(vfa.query(QUESTION, **PARAMETERS).fetchall())


def test_the_command_answers_over_http():
    async def main(url):
        async with Client(url) as client:
            return await _who(client)

    with _served() as url:
        assert anyio.run(main, url) == len(vfa.query(QUESTION, **PARAMETERS).fetchall())


async def _who(client):
    asked = {"question": QUESTION, "parameters": PARAMETERS}
    said = answer(await client.call_tool("ask", asked))
    assert said["sources"]
    return len(said["rows"])


@contextmanager
def _served():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, *COMMAND, "--http", f"127.0.0.1:{port}"])
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/mcp"
    finally:
        server.terminate()
        server.wait(timeout=20)


def test_a_wrong_address_is_wrong_use(vfa):
    for address in ("8000", "localhost:http", "localhost:99999"):
        done = vfa("mcp", "--http", address)
        assert done.returncode == 2
        assert "HOST:PORT" in done.stderr
