"""What a client may cost, on real sockets: none keeps others from being answered."""

import http.client
import re
import socket
import threading
import time
from contextlib import ExitStack, suppress

import pytest
from flask import Flask, request

from ecosystem import turns
from tests.serving import ask, connect, serving_app, wait_until

pytestmark = pytest.mark.drill
MUCH = 30_000_000
GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = "POST / HTTP/1.1\r\nHost: localhost\r\n{}\r\n\r\n"


def app():
    """Says how much was sent to it; at one address says much itself."""
    made = Flask(__name__)
    made.add_url_rule("/much", "much", lambda: b"x" * MUCH)

    @made.route("/", methods=["GET", "POST"])
    def here():
        return f"{len(request.data)} bytes"

    return made


def heard(client):
    """Everything that still comes, until the server closes; status and text of it."""
    raw = client.makefile("rb").read()
    head, _, body = raw.partition(b"\r\n\r\n")
    return int(head.split()[1]) if head else 0, head.decode(), body.decode()


def trickle(client, first, byte):
    """Send ``first``, then a byte now and then until the server has had enough."""

    def send():
        try:
            client.sendall(first)
            while True:
                client.sendall(byte)
                time.sleep(0.1)
        except OSError:
            return

    threading.Thread(target=send, daemon=True).start()


@pytest.mark.parametrize(
    ("first", "byte"),
    [
        (b"GET / HTTP/1.1\r\nX: ", b"x"),
        (POST.format("Content-Length: 1000").encode(), b"x"),
        (POST.format("Transfer-Encoding: chunked").encode(), b"1\r\nx\r\n"),
        (b"G", b""),
    ],
)
def test_a_request_that_takes_for_ever_is_ended(first, byte):
    with serving_app(app(), receiving=1) as where, connect(where) as client:
        trickle(client, first, byte)
        status, head, text = heard(client)
    assert status == 408 and "Connection: close" in head
    assert text == "Заявката не пристигна навреме.\nThe request did not arrive in time.\n"


def test_who_asks_again_and_again_has_time_for_each_request():
    with serving_app(app(), receiving=1, idle=1) as where:
        connection = http.client.HTTPConnection(where.hostname, where.port, timeout=20)
        for _ in range(5):
            connection.request("POST", "/", b"x" * 100)
            assert connection.getresponse().read() == b"100 bytes"
            time.sleep(0.5)
        connection.close()


def test_who_asks_nothing_is_let_go():
    with serving_app(app(), idle=1) as where, connect(where) as silent, connect(where) as once:
        once.sendall(GET)
        assert heard(silent) == (0, "", "")
        assert heard(once)[0] == 200


def test_who_takes_nothing_is_let_go():
    with serving_app(app(), sending=1, threads=1) as where:
        takers = [connect(where) for _ in range(2)]
        for taker in takers:
            taker.sendall(GET.replace(b"/", b"/much", 1) * 2)
        assert ask(where)[2] == b"0 bytes"
        for taker in takers:
            with taker:
                assert len(taker.makefile("rb").read()) < MUCH


def test_slow_clients_hold_no_worker():
    with serving_app(app(), threads=1) as where:
        slow = [connect(where) for _ in range(20)]
        for client in slow:
            client.sendall(b"GET / HTTP/1.1\r\nX: ")
        assert ask(where)[2] == b"0 bytes"
        for client in slow:
            client.close()


@pytest.mark.parametrize("path", ["/?" + "x" * 20_000, "/"])
def test_a_header_that_is_too_long_is_refused(path):
    headers = {} if path != "/" else {"X": "x" * 20_000}
    with serving_app(app(), header=10_000) as where:
        status, said, text = ask(where, path, **headers)
        assert ask(where, path[:5_000])[0] == 200
    assert status == 431 and said["Connection"] == "close"
    assert b"The address or the header of the request is too long." in text


@pytest.mark.parametrize("sent", ["length", "chunked", "100-continue"])
def test_a_body_that_is_too_large_is_refused_and_the_client_hears_it(sent):
    said = "Transfer-Encoding: chunked" if sent == "chunked" else "Content-Length: 20000000"
    if sent == "100-continue":
        said += "\r\nExpect: 100-continue"
    with serving_app(app(), body=10_000) as where, connect(where) as client:
        client.sendall(POST.format(said).encode())
        for _ in range(20):
            client.sendall(b"f4240\r\n" + b"x" * 1_000_000 + b"\r\n")
        answer = client.makefile("rb").read().decode()
    assert re.search("^HTTP/1.. 413 ", answer, re.MULTILINE)
    assert "What was sent is more than the application takes." in answer


def test_a_body_within_the_limit_arrives():
    with serving_app(app(), body=10_000) as where:
        connection = http.client.HTTPConnection(where.hostname, where.port, timeout=20)
        connection.request("POST", "/", b"x" * 9_000, {"Expect": "100-continue"})
        assert connection.getresponse().read() == b"9000 bytes"
        connection.close()


def test_one_connection_too_many_is_told_so():
    busy, done, made = threading.Semaphore(0), threading.Event(), app()

    @made.route("/work")
    def work():
        busy.release()
        with turns.away():
            done.wait(20)
        return "done"

    with serving_app(made, connections=3) as where:
        others = [connect(where) for _ in range(3)]
        for client in others:
            client.sendall(GET.replace(b"/", b"/work", 1))
            assert busy.acquire(timeout=20)
        for _ in range(5):
            status, headers, text = ask(where)
            assert status == 503 and headers["Retry-After"]
            assert b"There are too many connections or requests at the moment." in text
        done.set()
        assert wait_until(lambda: ask(where)[0] == 200)
        for client in others:
            client.close()


SLOWLY = {
    "a header that never ends": b"GET / HTTP/1.1\r\nX: ",
    "a body that never comes": POST.format("Content-Length: 1000").encode(),
    "half a line": b"G",
    "nothing": b"",
}


def hoard(where, first, number, source, ended):
    """Hold so many connections of one address, beginning anew whenever one is ended."""
    with ExitStack() as stack:
        held: list[socket.socket] = []
        while not ended.wait(0.1):
            for _ in range(number - len(held)):
                with suppress(OSError):
                    if ended.is_set():
                        break
                    one = stack.enter_context(socket.socket())
                    one.settimeout(1)
                    one.bind((source, 0))
                    one.connect((where.hostname, where.port))
                    one.setblocking(False)
                    held.append(one)
                    one.send(first)
            held = [one for one in held if goes_on(one, first)]


def goes_on(one, first):
    """Whether the server still holds a connection, on which a byte more is sent."""
    try:
        if first.endswith(b": "):
            one.send(b"x")
        return one.recv(100) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


@pytest.mark.parametrize("first", SLOWLY.values(), ids=SLOWLY)
@pytest.mark.parametrize("source", ["127.0.0.1", "127.0.0.2"])
def test_an_honest_reader_is_answered_while_one_address_hoards_connections(first, source):
    """From the reader's own address, too: what arrives at once is never the slowest."""
    ended = threading.Event()
    with serving_app(app()) as where:
        hoarder = threading.Thread(target=hoard, args=(where, first, 300, source, ended))
        hoarder.start()
        try:
            time.sleep(1)
            for _ in range(20):
                assert ask(where)[2] == b"0 bytes"
                time.sleep(0.05)
        finally:
            ended.set()
            hoarder.join()


def test_who_takes_nothing_makes_room():
    with serving_app(app(), connections=4) as where:
        takers = [connect(where) for _ in range(4)]
        for taker in takers:
            taker.sendall(GET.replace(b"/", b"/much", 1))
            assert taker.recv(1) == b"H"
        assert wait_until(lambda: ask(where)[0] == 200)
        for taker in takers:
            taker.close()


def test_who_holds_few_connections_keeps_them():
    with serving_app(app(), connections=5) as where:
        connection = http.client.HTTPConnection(where.hostname, where.port, timeout=20)
        connection.request("GET", "/")
        assert connection.getresponse().read() == b"0 bytes"
        kept = connection.sock
        time.sleep(1.5)
        others = [
            socket.create_connection((where.hostname, where.port), 20, ("127.0.0.2", 0))
            for _ in range(12)
        ]
        for one in others:
            with suppress(OSError):
                one.sendall(b"GET / HTTP/1.1\r\nX: ")
        connection.request("GET", "/")
        assert connection.getresponse().read() == b"0 bytes"
        assert connection.sock is kept
        connection.close()
        for one in others:
            one.close()


def test_who_is_idle_makes_room():
    with serving_app(app(), connections=3) as where:
        idle = [connect(where) for _ in range(3)]
        for client in idle:
            client.sendall(GET)
            assert whole(client).startswith(b"HTTP/1.1 200 ")
        time.sleep(1.5)
        assert ask(where)[0] == 200
        gone = [client.recv(1) == b"" for client in idle if closed(client)]
        assert gone == [True]
        for client in idle:
            client.close()


def whole(client):
    """Header and body of an answer, which may come in several pieces."""
    heard = b""
    while not heard.endswith(b"0 bytes"):
        heard += client.recv(1000)
    return heard


def closed(client):
    """Whether the server has closed this connection."""
    client.setblocking(False)
    try:
        return client.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False


def test_nothing_is_worked_out_for_who_has_gone():
    asked, free = [], threading.Event()
    slow = Flask(__name__)

    @slow.route("/<name>")
    def answer(name):
        asked.append(name)
        free.wait(20)
        return name

    with serving_app(slow, threads=1, waiting=0.5) as where:
        first, gone, waiting = (connect(where) for _ in range(3))
        for client, name in ((first, b"first"), (gone, b"gone"), (waiting, b"waiting")):
            client.sendall(GET.replace(b" / ", b" /" + name + b" "))
            assert wait_until(lambda: asked)
            time.sleep(0.2)
        gone.close()
        time.sleep(3)
        free.set()
        for client in (first, waiting):
            with client:
                assert client.recv(1000).startswith(b"HTTP/1.1 200 ")
        assert asked == ["first", "waiting"]


def sent(where, path, size, chunked=False):
    """The status that a form of so many bytes gets at an address."""
    connection = http.client.HTTPConnection(where.hostname, where.port, timeout=20)
    body = iter([b"x" * 1000] * (size // 1000)) if chunked else b"x" * size
    headers = {} if chunked else {"Content-Length": str(size)}
    connection.request("POST", path, body, headers, encode_chunked=chunked)
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize("chunked", [False, True])
def test_the_form_that_brings_files_may_be_larger_than_others(chunked):
    made = app()
    made.add_url_rule("/bg/import", "import", lambda: str(len(request.data)), methods=["POST"])
    with serving_app(made, body=10_000, files=100_000) as where:
        assert sent(where, "/", 50_000, chunked) == 413
        assert sent(where, "/bg/import", 50_000, chunked) == 200
        assert sent(where, "/bg/import", 200_000, chunked) == 413


def test_so_many_files_arrive_at_once_and_no_more():
    head = b"POST /en/import HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90000\r\n\r\n"
    with serving_app(app(), body=10_000, files=100_000, uploads=2) as where, ExitStack() as open_:
        clients = [open_.enter_context(connect(where)) for _ in range(3)]
        for client in clients[:2]:
            client.sendall(head + b"x" * 20_000)
        time.sleep(0.3)
        clients[2].sendall(head + b"x" * 100)
        assert heard(clients[2])[0] == 503
        assert ask(where)[0] == 200


def test_files_that_never_arrive_whole_are_given_up():
    head = b"POST /en/import HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90000\r\n\r\n"
    limits = {"body": 10_000, "files": 100_000, "uploading": 1}
    with serving_app(app(), **limits) as where, connect(where) as client:
        trickle(client, head, b"x")
        assert heard(client)[0] == 408


def from_address(where, source, path="/", **headers):
    """Status of an answer to a client at an address, and seconds until it was there."""
    began = time.monotonic()
    connection = http.client.HTTPConnection(
        where.hostname, where.port, timeout=20, source_address=(source, 0)
    )
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, time.monotonic() - began


def busy_app(free):
    """Works without end at one address, until ``free``; at the others as ``app``."""
    made = app()

    @made.route("/heavy")
    def heavy():
        while not free.is_set():
            for _ in range(10_000):
                pass
            turns.make_way()
        return "done"

    return made


@pytest.mark.parametrize("proxies", [0, 1])
def test_one_address_that_asks_much_at_once_keeps_nobody_else_waiting(proxies):
    """Behind a proxy that is believed, the address is the one that it says."""
    free, heard, threads = threading.Event(), [], []
    sources = ("127.0.0.1", "127.0.0.2") if not proxies else ("127.0.0.1",) * 2

    def headers(number):
        return {"X-Forwarded-For": f"192.0.2.{number}"} if proxies else {}

    def flood(where):
        heard.append(from_address(where, sources[0], "/heavy", **headers(1))[0])

    with serving_app(busy_app(free), share=4, queued=30, threads=8, proxies=proxies) as where:
        for _ in range(70):
            threads.append(threading.Thread(target=flood, args=(where,), daemon=True))
            threads[-1].start()
        # What is above the share and the queue is told so at once.
        assert wait_until(lambda: heard.count(503) == 36)
        for _ in range(10):
            status, seconds = from_address(where, sources[1], **headers(2))
            assert status == 200 and seconds < 3
        status, seconds = from_address(where, sources[0], **headers(1))
        assert status == 503 and seconds < 3
        free.set()
        for thread in threads:
            thread.join(20)
        assert heard.count(200) == 34
        assert from_address(where, sources[0], **headers(1))[0] == 200


def test_one_who_asks_something_light_beside_heavy_things_of_his_own_is_answered():
    free, threads = threading.Event(), []
    with serving_app(busy_app(free)) as where:
        for _ in range(6):
            threads.append(
                threading.Thread(target=from_address, args=(where, "127.0.0.1", "/heavy"))
            )
            threads[-1].start()
        time.sleep(1)
        waited = from_address(where, "127.0.0.1")[1]
        free.set()
        for thread in threads:
            thread.join(20)
    assert waited < 10


def test_a_client_that_takes_no_answers_has_one_waiting_and_holds_no_thread():
    asked, made = [], Flask(__name__)

    @made.route("/large")
    def large():
        asked.append(1)
        return b"x" * 10_000_000

    @made.route("/")
    def here():
        return "0 bytes"

    line = GET.replace(b" / ", b" /large ")
    with serving_app(made, threads=2) as where, connect(where) as client:
        client.sendall(line * 5)
        assert wait_until(lambda: asked)
        time.sleep(1)
        assert len(asked) == 1
        assert ask(where)[2] == b"0 bytes"
        # Who takes them gets them all.
        taken = 0
        while taken < 50_000_000:
            taken += len(client.recv(1_000_000))
        assert len(asked) == 5


def test_few_requests_are_read_ahead_and_the_client_learns_which_were_answered():
    with serving_app(app(), ahead=8) as where, connect(where) as client:
        client.sendall(GET * 60)
        said = client.makefile("rb").read().decode()
    assert said.count("HTTP/1.1 200 OK") == 8
    assert said.count("Connection: close") == 1
    assert said.rpartition("HTTP/1.1 200 OK")[2].count("Connection: close") == 1


def test_as_many_requests_as_are_read_ahead_are_answered_and_more_follow():
    with serving_app(app(), ahead=8) as where, connect(where) as client:
        for _ in range(3):
            client.sendall(GET * 8)
            heard = b""
            while heard.count(b"0 bytes") < 8:
                heard += client.recv(10_000)
