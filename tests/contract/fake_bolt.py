"""A server that speaks just enough Bolt to say which product and version it is."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


def _text(value: str) -> bytes:
    return bytes([0xD0, len(value)]) + value.encode()


def _message(body: bytes) -> bytes:
    return len(body).to_bytes(2, "big") + body + b"\x00\x00"


def _serve(listener: socket.socket, agent: str) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection, connection.makefile("rb") as incoming:
            incoming.read(20)
            connection.sendall(b"\x00\x00\x04\x05")
            fields = {"server": agent, "connection_id": "bolt-1"}
            answer = b"\xb1\x70" + bytes([0xA0 + len(fields)])
            answer += b"".join(_text(key) + _text(value) for key, value in fields.items())
            while size := int.from_bytes(incoming.read(2), "big"):
                incoming.read(size + 2)
                connection.sendall(_message(answer))
                answer = b"\xb1\x70\xa0"


@contextmanager
def fake_bolt(agent: str) -> Iterator[str]:
    """The address of a server that calls itself ``agent``."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_serve, args=(listener, agent), daemon=True)
        thread.start()
        yield f"bolt://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)
