"""The tiny town with a person of a rare name and two of one name, behind both transports."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from ecosystem.assistant.door import Door
from ecosystem.dataset import Dataset, diff
from ecosystem.model import Decision, Evidence, MemberOf, Organisation, ParticipatesIn, Person
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.tiny import PAGE, tiny

TOKEN = "a-token-for-tests"
RARE = "Zhivka Neverova"
SAID: Mapping[str, Any] = {"pack": "tiny", "standing": "documented", "sources": PAGE}
COMMAND = (sys.executable, "-m", "ecosystem", "mcp")


def town() -> Dataset:
    """The tiny town, a person whose name stands nowhere else, two organisations of one name."""
    firm, event = "org:firm", "event:day"
    return tiny().merged(
        Dataset.of(
            [
                Person(id="person:zhivka-neverova", name_en=RARE, aliases=("Zhivka",), **SAID),
                MemberOf(source="person:zhivka-neverova", target=firm, **SAID),
                ParticipatesIn(source="person:zhivka-neverova", target=event, **SAID),
                Evidence(
                    id="evidence:zhivka",
                    pack="tiny",
                    subject="person:zhivka-neverova",
                    property="name_en",
                    value=RARE,
                    stance="supports",
                    source="source:list",
                    locator="row 9",
                ),
                Decision(
                    id="decision:gap-1",
                    pack="local",
                    subject="city:alpha>G01",
                    matter="gap",
                    state="planned",
                    owner=RARE,
                    note=f"Ask {RARE}",
                    at="2026-01-01",
                ),
                Organisation(id="org:twin-one", name_en="Twin", form="company", **SAID),
                Organisation(id="org:twin-two", name_en="Twin", form="company", **SAID),
            ]
        )
    )


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data folder of a store that holds the town."""
    found = tmp_path_factory.mktemp("assistant")
    with Workspace.open(Settings.read({"data": str(found)})) as workspace:
        workspace.store.apply(diff(workspace.contents.present().everything, town()))
    yield found
    embedded.stop(found)


@pytest.fixture(scope="session")
def workspace(folder: Path) -> Iterator[Workspace]:
    """The town in this process."""
    with Workspace.open(Settings.read({"data": str(folder), "scope": "city:alpha"})) as opened:
        yield opened


@pytest.fixture(scope="session")
def door(workspace: Workspace) -> Door:
    """The door of the town in this process."""
    return Door(workspace)


@pytest.fixture(scope="session")
def portal() -> Iterator[BlockingPortal]:
    """Where the clients run."""
    with start_blocking_portal() as opened:
        yield opened


@dataclass
class Assistant:
    """A connected client, asked as if it were no coroutine."""

    portal: BlockingPortal
    client: Client

    def call(self, tool: str, said: Mapping[str, Any] | None = None, **rest: Any) -> Any:
        """What a tool answers; the client holds it to the declared schema."""
        return self.portal.call(lambda: self.client.call_tool(tool, dict(said or {}), **rest))

    def tools(self) -> list[Any]:
        """Every tool."""
        return self.portal.call(self.client.list_tools).tools

    def read(self, uri: str) -> str:
        """The text of a resource."""
        return self.portal.call(self.client.read_resource, uri).contents[0].text

    def prompt(self, name: str, said: Mapping[str, str]) -> str:
        """The text of a prompt."""
        return self.portal.call(self.client.get_prompt, name, dict(said)).messages[0].content.text


def by_streams(folder: Path, *options: str) -> Client:
    """A client that starts a server of its own."""
    arguments = [*COMMAND[1:], "--data", str(folder), *options]
    environment = {"ECOSYSTEM_SCOPE": "city:alpha"}
    return Client(StdioServerParameters(command=COMMAND[0], args=arguments, env=environment))


def by_http(address: str, token: str = TOKEN) -> Client:
    """A client of a server that runs already."""

    @asynccontextmanager
    async def transport() -> AsyncIterator[Any]:
        sent = {"Authorization": f"Bearer {token}"}
        async with (
            httpx2.AsyncClient(headers=sent, timeout=60) as http,
            streamable_http_client(address, http_client=http) as streams,
        ):
            yield streams

    return Client(transport())


@contextmanager
def http_server(folder: Path, *options: str, token: str = TOKEN) -> Iterator[list[str]]:
    """A server on loopback: the lines that it says at its start."""
    command = [*COMMAND, "--http", "--port", "0", "--data", str(folder), *options]
    environment = {"ECOSYSTEM_SCOPE": "city:alpha", "ECOSYSTEM_ASSISTANT_TOKEN": token}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        lines: list[str] = []
        while not lines or not (token or "Bearer" in lines[-1]):
            line = process.stderr.readline()
            assert line, "the server ended"
            if line.startswith(("http", "Authorization")):
                lines.append(line.strip())
        try:
            yield lines
        finally:
            process.terminate()
            process.wait(10)


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    """Where a server listens."""
    with http_server(folder) as lines:
        yield lines[0]


@pytest.fixture(scope="session", params=["streams", "http"])
def assistant(request: Any, folder: Path, portal: BlockingPortal) -> Iterator[Assistant]:
    """A client over each transport."""
    if request.param == "streams":
        client = by_streams(folder)
    else:
        client = by_http(request.getfixturevalue("address"))
    with portal.wrap_async_context_manager(client):
        yield Assistant(portal, client)


@pytest.fixture(scope="session")
def without_people(folder: Path, portal: BlockingPortal) -> Iterator[Assistant]:
    """A client of a server that names no person."""
    client = by_streams(folder, "--without-people")
    with portal.wrap_async_context_manager(client):
        yield Assistant(portal, client)
