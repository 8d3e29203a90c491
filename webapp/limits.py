"""What a client may cost: how many connections, how many bytes, how many seconds of each.

waitress limits the bytes of a request and closes a connection on which nothing moves. A client that
sends or takes a byte now and then would keep it for ever, so here each thing that a connection does
has its seconds by the clock on the wall. Where all places are taken, who comes is given that of
somebody who is at work on nothing: of the address that hoards most of them, the slowest one.
Threads and the processor are given in turn to those who ask; what one of them asks beyond a share
waits, and beyond that is refused. Of one connection one answer waits to be taken, and few requests.
"""

from __future__ import annotations

import copy
import re
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from operator import itemgetter
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher

from ecosystem import turns
from webapp.queueing import Queue, Waiting, asker, whence
from webapp.refusals import refusal

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


LARGEST_FILES = 32 * 1024 * 1024
"""How many bytes of files one form may bring."""
BRINGS_FILES = re.compile(r"/[a-z]{2}/import")


@dataclass(frozen=True)
class Limits:
    """What the server grants; sizes in bytes, times in seconds.

    After ``waiting`` it is looked whether whoever waits for an answer is still there. ``files`` is
    the body of a form that brings files, which may take ``uploading``; so many ``uploads`` may
    arrive at once. Whoever asks holds at most ``share`` of the threads; of his requests as many as
    are ``queued`` wait for them. Of a connection so many requests are read ``ahead``, and none is
    answered while more than ``untaken`` bytes of the answer before wait to be taken. ``proxies``
    are believed who asks.
    """

    threads: int = 64
    share: int = 16
    queued: int = 64
    ahead: int = 8
    untaken: int = 64 * 1024
    proxies: int = 0
    connections: int = 200
    header: int = 128 * 1024
    body: int = 1024 * 1024
    files: int = LARGEST_FILES + 1024 * 1024
    uploads: int = 4
    idle: float = 60
    receiving: float = 20
    uploading: float = 600
    sending: float = 120
    draining: float = 2
    waiting: float = 5


USUAL = Limits()
SLOW = 1.0
"""Seconds after which a request that is still arriving is a slow one; others take a moment."""


class Refused(ErrorTask):  # type: ignore[misc]  # waitress has no types
    """Answers a request that waitress could not read, or would not."""

    def execute(self) -> None:
        """Send the answer, after which the connection is closed."""
        status = HTTPStatus(self.request.error.code)
        headers, body = refusal(status)
        self.status = f"{status.value} {status.phrase}"
        self.response_headers.extend(headers)
        self.set_close_on_finish()
        self.content_length = len(body)
        self.channel.refused = True
        self.write(body)


class Request(HTTPRequestParser):  # type: ignore[misc]
    """Reads a request; the form that brings files may be larger than any other."""

    adj: Any

    def parse_header(self, header_plus: bytes) -> None:
        """Read the header, after which it is known what the body may be."""
        super().parse_header(header_plus)
        if self.command == "POST" and BRINGS_FILES.fullmatch(self.path):
            self.adj = self.adj.of_files

    @property
    def large(self) -> bool:
        """Whether a body beyond that of other forms is still arriving."""
        usual = self.content_length <= self.adj.usual_body
        small = usual and self.body_bytes_received <= self.adj.usual_body
        return self.adj is self.adj.of_files and not small and not self.completed


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that has its seconds for each thing it does.

    Attributes
    ----------
    doing, since
        What it did when it was last looked at, and when that was first seen.
    whence
        Who holds it.
    refused
        Whether its last answer was a refusal: what the client goes on sending is then read for a
        while and thrown away, for a connection closed over unread bytes loses its answer too.
    cut
        Whether more requests were read ahead than are answered; the last one ends it.
    held
        Whether its next request waits until its last answer is taken.
    """

    error_task_class = Refused
    parser_class = Request
    doing = ""
    since = 0.0
    refused = cut = held = False

    def __init__(self, server: Server, *given: Any, **named: Any) -> None:
        super().__init__(server, *given, **named)
        self.since, self.whence = time.monotonic(), whence(str(self.addr[0]))
        if not server.has_room():
            self.refuse(HTTPStatus.SERVICE_UNAVAILABLE)

    def refuse(self, status: HTTPStatus) -> None:
        """Answer with ``status`` whatever the client is about to ask, and close."""
        if not self.connected:
            return
        headers, body = refusal(status)
        lines = [f"HTTP/1.1 {status.value} {status.phrase}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in headers]
        lines += [f"Content-Length: {len(body)}", "", ""]
        self.refused = self.close_when_flushed = True
        self.write_soon("\r\n".join(lines).encode() + body)

    def received(self, data: bytes) -> bool:
        """Take in bytes of the client; with a new request its clocks begin anew."""
        if self.request is None:
            self.doing, self.since = "", time.monotonic()
        found = bool(super().received(data))
        with self.requests_lock:
            if len(self.requests) > self.server.limits.ahead:
                self._drop(self.server.limits.ahead)
                self.requests[-1].headers["CONNECTION"] = "close"
                self.cut = True
        if self.uploads() and not self.server.takes_uploads():
            self.refuse(HTTPStatus.SERVICE_UNAVAILABLE)
        return found

    def uploads(self) -> bool:
        """Whether the client is sending files."""
        return self.request is not None and self.request.large and not self.refused

    def service(self) -> None:
        """Answer a request, unless whoever asked it has waited for long and is gone."""
        waited = time.monotonic() - self.since if self.doing == "answering" else 0.0
        if waited <= self.server.limits.waiting or not self._is_gone():
            with self.server.turns.taken(self.asker):
                super().service()
            return
        with self.requests_lock:
            self._drop(0)
            self.close_when_flushed = True
        self.server.pull_trigger()

    @property
    def asker(self) -> str:
        """Who asks the next request."""
        said = self.requests[0].headers.get("X_FORWARDED_FOR", "") if self.requests else ""
        return asker(str(self.addr[0]), said, self.server.limits.proxies)

    def write_soon(self, data: Any) -> int:
        """Have bytes sent; waits for the client where too many are waiting."""
        if self.total_outbufs_len <= self.adj.outbuf_high_watermark:
            return int(super().write_soon(data))
        with turns.away():
            return int(super().write_soon(data))

    def turn_away(self) -> None:
        """Refuse what was asked: as much of the same asker is waiting as may."""
        self._drop(0)
        self.refuse(HTTPStatus.SERVICE_UNAVAILABLE)

    def _drop(self, kept: int) -> None:
        for request in self.requests[kept:]:
            request.close()
        del self.requests[kept:]

    def _is_gone(self) -> bool:
        try:
            return bool(self.socket.recv(1, socket.MSG_PEEK) == b"")
        except BlockingIOError:
            return False
        except OSError:
            return True

    def look(self, now: float) -> None:
        """End what takes too long."""
        doing = self.now_doing()
        if doing != self.doing:
            self.doing, self.since = doing, now
        if now - self.since <= getattr(self.server.limits, doing, float("inf")):
            return
        if doing in ("receiving", "uploading"):
            self.refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self.end()

    def patience(self, now: float) -> tuple[int, float] | None:
        """How soon its place may be given to another, the least first; None where it is at work.

        First goes what arrives slowly, then who asks nothing, then who has just come or begun, last
        who sends files or takes an answer; of each sort the one that has been at it for longest.
        """
        doing = self.now_doing()
        since = self.since if doing == self.doing or not self.doing else now
        order = {"receiving": 0, "idle": 1, "uploading": 3, "sending": 3}
        if doing not in order:
            return None
        return (order[doing] if order[doing] > 2 or now - since > SLOW else 2, since)

    def end(self) -> None:
        """Close without another word."""
        self.doing = "over"
        self.handle_close()

    def now_doing(self) -> str:
        """What the connection does: the name of its limit, or *answering*, which has none here."""
        if self.doing == "draining":
            return self.doing
        if self.held:
            return "sending"
        # A worker with more to say than is kept waits for the client to take some of it.
        if self.requests and self.total_outbufs_len <= self.adj.outbuf_high_watermark:
            return "answering"
        if self.total_outbufs_len or self.close_when_flushed:
            return "sending"
        if self.uploads():
            return "uploading"
        return "idle" if self.request is None else "receiving"

    def writable(self) -> bool:
        """Whether there is something to send, or to go on with."""
        return self.held or bool(super().writable())

    def handle_write(self) -> None:
        """Send what the client takes; go on with its next request once it has taken enough."""
        super().handle_write()
        with self.requests_lock:
            if self.held and self.total_outbufs_len <= self.server.limits.untaken:
                self.held = False
                if self.connected and self.requests:
                    self.server.add_task(self)

    def readable(self) -> bool:
        """Whether bytes of the client are wanted."""
        return self.doing == "draining" or bool(super().readable())

    def handle_read(self) -> None:
        """Take in what the client sent, or throw it away."""
        if self.doing != "draining":
            super().handle_read()
            return
        try:
            self.recv(self.adj.recv_bytes)
        except OSError:
            self.handle_close()

    def handle_close(self) -> None:
        """Close, after a refusal only when the client has heard it."""
        if (self.refused or self.cut) and self.connected and self.doing not in ("draining", "over"):
            self.doing, self.since, self.will_close = "draining", time.monotonic(), False
            try:
                self.socket.shutdown(socket.SHUT_WR)
            except OSError:
                super().handle_close()
            return
        super().handle_close()


class Server(TcpWSGIServer):  # type: ignore[misc]
    """waitress over a socket that listens, within limits."""

    channel_class = Channel

    def __init__(
        self, app: Application, listener: socket.socket, sockets: dict[int, Any], limits: Limits
    ) -> None:
        self.limits = limits
        self.turns, self.queue = turns.Turns(), Queue(limits.share, limits.queued)
        dispatcher = ThreadedTaskDispatcher()
        dispatcher.queue = self.queue
        dispatcher.set_thread_count(limits.threads)
        adjustments = Adjustments(
            sockets=[listener],
            ident="",
            log_socket_errors=False,
            # What proxies say is read where they are trusted, and nowhere else.
            clear_untrusted_proxy_headers=False,
            max_request_header_size=limits.header,
            max_request_body_size=limits.body,
            cleanup_interval=1,
            # Those above the limit are refused in words, and some more wait unheard.
            connection_limit=2 * limits.connections,
        )
        adjustments.usual_body = limits.body
        adjustments.of_files = copy.copy(adjustments)
        adjustments.of_files.max_request_body_size = limits.files
        adjustments.of_files.of_files = adjustments.of_files
        super().__init__(
            app,
            sockets,
            _sock=listener,
            dispatcher=dispatcher,
            adj=adjustments,
            sockinfo=(listener.family, listener.type, listener.proto, listener.getsockname()),
            bind_socket=False,
        )

    def add_task(self, channel: Channel) -> None:
        """Let the next request of a connection wait for a thread; called under its lock."""
        if channel.total_outbufs_len > self.limits.untaken:
            channel.held = True
            return
        whose = channel.asker
        if self.queue.has_room(whose):
            self.task_dispatcher.add_task(Waiting(whose, channel, self._ended))
        else:
            channel.turn_away()

    def _ended(self, whose: str) -> None:
        with self.task_dispatcher.lock:
            self.queue.ended(whose)

    def maintenance(self, now: float) -> None:  # noqa: ARG002 - the clock may be set back
        """Look at every connection; called once a second."""
        for channel in list(self.active_channels.values()):
            channel.look(time.monotonic())

    def takes_uploads(self) -> bool:
        """Whether no more files are arriving than may at once."""
        arriving = sum(one.uploads() for one in self.active_channels.values())
        return bool(arriving <= self.limits.uploads)

    def has_room(self) -> bool:
        """Whether one more connection is within the limit, if need be in the place of another.

        Nobody loses a place to who holds more of them: it is taken from the address that has most.
        Behind a proxy all have one address, and the slowest goes; a proxy hands over what has
        arrived whole, so that it has no slow ones.
        """
        open_ones = [one for one in self.active_channels.values() if not one.refused]
        if len(open_ones) <= self.limits.connections:
            return True
        now, held = time.monotonic(), Counter(one.whence for one in open_ones)
        waiting = [
            ((-held[one.whence], *patience), one)
            for one in open_ones[:-1]
            if (patience := one.patience(now)) is not None
        ]
        if waiting:
            min(waiting, key=itemgetter(0))[1].end()
        return bool(waiting)
