"""Who may ask: the program that was started for it, and over HTTP who knows the token."""

import json
import subprocess
import sys
from http.client import HTTPConnection
from urllib.parse import urlsplit

import anyio
import pytest

from ecosystem.cli import main
from tests.assistant.conftest import COMMAND, TOKEN, by_http, by_streams, http_server

ASKED = json.dumps(
    {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    }
)
USUAL = {
    "Authorization": f"Bearer {TOKEN}",
    "Content-Type": "application/json",
    "Accept": "application/json, text/event-stream",
}


def post(address, path="/mcp", method="POST", **headers):
    """The status of a request, and what comes with it."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname, parts.port, timeout=20)
    sent = {name: value for name, value in {**USUAL, **headers}.items() if value is not None}
    connection.request(method, path, ASKED if method == "POST" else None, sent)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body


def test_with_the_token_it_answers(address):
    status, body = post(address)
    assert status == 200 and "Stakeholder-ecosystem mapper" in body


@pytest.mark.parametrize(
    "said",
    [
        None,
        "",
        TOKEN,
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        f"Basic {TOKEN}",
        f"Bearer  {TOKEN}",
        f"Bearer {TOKEN}x",
        "Bearer ключ",
    ],
)
@pytest.mark.parametrize(("path", "method"), [("/mcp", "POST"), ("/mcp", "GET"), ("/", "GET")])
def test_without_the_token_nothing_is_answered(address, said, path, method):
    if said and not said.isascii():
        said = said.encode()
    status, body = post(address, path, method, Authorization=said)
    assert status == 401 and body == "A token is needed."


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1:1", "[::1]:1"])
def test_a_forged_host_is_refused(address, host):
    status, body = post(address, Host=host.format(port=urlsplit(address).port))
    assert status == 421 and "mapper" not in body


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_a_foreign_origin_is_refused(address, origin):
    status, body = post(address, Origin=origin)
    assert status == 403 and "mapper" not in body


def test_it_listens_on_loopback_alone(address):
    assert urlsplit(address).hostname == "127.0.0.1"
    with pytest.raises(OSError):
        post(address.replace("127.0.0.1", "127.0.0.2"))


def test_a_client_with_a_wrong_token_does_not_connect(address, portal):
    with pytest.raises(BaseException) as error:  # noqa: SIM117 - the SDK groups its failures
        with portal.wrap_async_context_manager(by_http(address, "wrong")):
            pass
    assert error.value is not None


def test_a_token_is_made_up_where_none_is_set(folder):
    with http_server(folder, token="") as (address, header):
        token = header.removeprefix("Authorization: Bearer ")
        assert len(token) > 30
        assert post(address)[0] == 401
        assert post(address, Authorization=f"Bearer {token}")[0] == 200


def test_a_port_that_is_taken_is_told(address, folder, capsys, monkeypatch):
    monkeypatch.setenv("ECOSYSTEM_DATA", str(folder))
    assert main(["mcp", "--http", "--port", str(urlsplit(address).port)]) == 2
    assert "cannot be used" in capsys.readouterr().err


def test_two_clients_at_once(address, folder):
    found: dict[str, list[object]] = {}

    async def ask(name, client):
        async with client:
            for _ in range(3):
                answer = await client.call_tool("gaps", {"scope": "all", "as_of": "2023-01-01"})
                found.setdefault(name, []).append(answer.structured_content)

    async def run():
        async with anyio.create_task_group() as group:
            group.start_soon(ask, "one", by_http(address))
            group.start_soon(ask, "other", by_http(address))
            group.start_soon(ask, "third", by_streams(folder))

    anyio.run(run)
    assert found["one"] == found["other"] == found["third"] and len(found["one"]) == 3


@pytest.mark.parametrize("busy", [False, True])
def test_the_server_ends_with_its_client(folder, busy):
    command = [*COMMAND, "--data", str(folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        server.stdin.write(ASKED + "\n")
        server.stdin.flush()
        assert json.loads(server.stdout.readline())["result"]["serverInfo"]["name"] == "ecosystem"
        if busy:
            call = {"name": "timeline", "arguments": {"scope": "all"}}
            asked = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": call}
            server.stdin.write(json.dumps(asked) + "\n")
        server.stdin.close()
        assert server.wait(20) == 0


def test_only_the_protocol_is_on_the_stream(folder):
    done = subprocess.run(
        [*COMMAND, "--data", str(folder)], input=ASKED + "\n", capture_output=True, text=True
    )
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1]


def test_a_missing_extra_is_told_with_its_command(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "mcp", None)
    for name in ("ecosystem.assistant.server", "ecosystem.assistant.http"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    assert main(["mcp"]) == 2
    assert "pip install 'ecosystem-mapper[assistant]'" in capsys.readouterr().err
