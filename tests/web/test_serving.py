"""The server on real sockets: what clients do to it, and how it ends."""

import gc
import http.client
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import warnings
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask, Response

from ecosystem.errors import SettingsError
from tests.serving import ask, connect, running, serving, serving_app, wait_until
from webapp.server import Server, bind

RESET = struct.pack("ii", 1, 0)


@pytest.fixture(scope="module")
def address(workspace):
    """Where the tiny town is served."""
    with serving(workspace) as found:
        yield urlsplit(found)


def open_files(part):
    """What this process has open whose path holds ``part``."""
    found = []
    for one in Path("/proc/self/fd").iterdir():
        try:
            found.append(str(one.readlink()))
        except FileNotFoundError:
            continue
    return [path for path in found if part in path]


@pytest.mark.skipif(sys.platform != "linux", reason="open files are listed under /proc")
@pytest.mark.parametrize("size", [100, 50_000_000])
@pytest.mark.parametrize("read", [0, 20_000])
def test_a_client_that_vanishes_leaves_no_file_open(tmp_path, read, size):
    with (tmp_path / "sent.bin").open("wb") as file:
        file.truncate(size)  # the larger one does not fit into the buffers of a connection
    app = Flask(__name__, static_folder=tmp_path, static_url_path="/")
    with serving_app(app) as where, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ResourceWarning)
        for _ in range(10):
            client = connect(where)
            client.sendall(b"GET /sent.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
            if read:
                assert client.recv(read)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            client.close()
        assert ask(where, "/sent.bin")[0] == 200
        assert wait_until(lambda: not open_files("sent.bin"))
        gc.collect()
    assert [str(one.message) for one in told] == []


@pytest.mark.parametrize("path", ["/en/", "/en/nowhere", "/static/icon.svg", "/api/overview"])
def test_no_answer_names_what_serves_it(address, path):
    status, headers, body = ask(address, path)
    assert status in (200, 404) and "Server" not in headers
    assert not re.search("waitress|werkzeug|python/", f"{headers}{body!r}", re.IGNORECASE)


@pytest.mark.parametrize("line", [b"nonsense", b"GET / HTTP/1.1\r\nno header"])
def test_nonsense_is_refused_without_a_name(address, line):
    with connect(address) as client:
        client.sendall(line + b"\r\n\r\n")
        answer = client.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.0 400 ") and b"waitress" not in answer.lower()


def test_many_answers_come_over_one_connection(address):
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=20)
    for path in ("/en/about", "/static/icon.svg", "/api/overview", "/en/about"):
        connection.request("GET", path)
        answer = connection.getresponse()
        assert answer.read() and answer.status == 200 and not answer.will_close
    connection.close()


def test_a_port_that_is_taken_is_told(address, workspace, monkeypatch):
    taken = replace(workspace.settings, port=address.port)
    monkeypatch.setattr(workspace, "settings", taken)
    with pytest.raises(SettingsError, match=f"port {address.port} on 127.0.0.1 cannot be used"):
        bind(workspace)


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_it_serves_over_ipv6():
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: "here")
    with serving_app(app, "::1") as where:
        assert ask(where)[2] == b"here"


def test_failures_alone_are_told(capfd):
    app = Flask(__name__)
    app.add_url_rule("/well", "well", view_func=lambda: "well")
    app.add_url_rule("/unavailable/<_rest>", "u", view_func=lambda _rest: Response("later", 503))
    with serving_app(app) as where:
        assert ask(where, "/well")[0] == 200
        assert ask(where, "/nowhere")[0] == 404
        assert capfd.readouterr() == ("", "")
        assert ask(where, "/unavailable/%1b[31m?cypher=secret")[0] == 503
    out, err = capfd.readouterr()
    assert out == ""
    assert re.fullmatch(r"[\d-]+ [\d:]+ GET '/unavailable/%1b\[31m' 503 .*\n", err)


def test_a_bug_is_told_with_its_traceback_and_not_to_the_client(caplog):
    app = Flask(__name__)

    @app.route("/")
    def wrong():
        raise ZeroDivisionError("of the test")

    with serving_app(app) as where:
        status, _, body = ask(where)
    assert status == 500 and b"of the test" not in body
    assert "ZeroDivisionError: of the test" in caplog.text


def test_an_answer_under_way_is_finished_when_the_server_ends():
    begun, free = threading.Event(), threading.Event()
    app = Flask(__name__)

    @app.route("/")
    def slow():
        begun.set()
        free.wait(20)
        return "whole"

    server = Server(app, socket.create_server(("127.0.0.1", 0)))
    where = urlsplit(f"http://127.0.0.1:{server.port}")
    found = []
    with running(server):
        asking = threading.Thread(target=lambda: found.append(ask(where)))
        asking.start()
        assert begun.wait(20)
        server.shutdown()
        assert wait_until(lambda: refused(where))
        free.set()
        asking.join()
    assert found[0][2] == b"whole"


def refused(where):
    """Whether nobody listens there any more."""
    try:
        connect(where).close()
    except ConnectionRefusedError:
        return True
    except ConnectionResetError:
        pass  # it was still listening when it was asked, and ended before it answered
    return False


@pytest.fixture
def heard():
    """Lets a command hear SIGINT: what a shell starts behind itself would pass on to ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_the_command_prints_its_address_and_ends_when_told(workspace, sent, code):
    command = [sys.executable, "-m", "ecosystem", "serve", "--port", "0"]
    environment = {**os.environ, "ECOSYSTEM_DATA": str(workspace.settings.data_folder)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        printed = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", printed)
        assert ask(urlsplit(printed), "/en/about")[0] == 200
        idle = connect(urlsplit(printed))
        process.send_signal(sent)
        try:
            rest, told = process.communicate(timeout=30)
        finally:
            process.kill()  # else a command that did not hear is waited for without end
        idle.close()
    assert (process.returncode, rest) == (code, "") and "Traceback" not in told
