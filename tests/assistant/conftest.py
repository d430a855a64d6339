"""A client of the SDK, speaking to the server in process; tests are plain functions."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import anyio
import pytest
from mcp import Client

from vietnam_foreign_affairs.assistant.server import make
from vietnam_foreign_affairs.package import package


@pytest.fixture(scope="package")
def server():
    return make(package(), seconds=2.0)


@pytest.fixture
def asked(server) -> Callable[..., Any]:
    """Run an async function with a client that is connected to the server."""

    def run(use: Callable[[Client], Any]) -> Any:
        async def main() -> Any:
            async with Client(server) as client:
                return await use(client)

        return anyio.run(main)

    return run


@pytest.fixture
def call(asked) -> Callable[..., Any]:
    """What a tool answers, as a dict; or the text of its error."""

    def run(tool: str, **arguments: Any) -> Any:
        result = asked(lambda client: client.call_tool(tool, arguments))
        return answer(result)

    return run


def answer(result: Any) -> Any:
    text = result.content[0].text
    if result.is_error:
        return text
    said = result.structured_content
    assert said is not None
    said = said["result"] if said.keys() == {"result"} else said
    if isinstance(said, dict):
        assert json.loads(text) == said  # clients that read text only get the same
    return said
