"""How answers travel: what may be kept by whom, in which form; the files beside the pages."""

from __future__ import annotations

import gzip
import mimetypes
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from posixpath import dirname, join, normpath

from flask import Flask, Response, abort, jsonify, request
from flask.sessions import SecureCookieSessionInterface
from werkzeug.middleware.proxy_fix import ProxyFix

from ecosystem.errors import StoreError
from ecosystem.values import LANGUAGES
from webapp.address import workspace

FILES = Path(__file__).parent / "static"
WORTH_PRESSING = 1_000
"""Bytes from which on an answer is sent in fewer."""
TEXTS = frozenset(
    {
        "application/json",
        "application/problem+json",
        "application/javascript",
        "application/xml",
        "application/graphml+xml",
        "application/toml",
        "image/svg+xml",
    }
)
IMPORTED = re.compile(rb"""^import\s+(?:[\w*{},\s]+\sfrom\s+)?["'](\.[^"']+)["']""", re.MULTILINE)
"""A module of our own as another one names it; the vendored libraries name none."""
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")


def deliver(app: Flask) -> None:
    """Serve files and health of ``app``, and have its answers say how they may be kept.

    Called before everything else that looks at answers, so that it sees them last.
    """
    app.after_request(_sent)
    app.add_url_rule("/static/<path:filename>", "static", _file)
    app.add_url_rule("/health", "health", _health)


def behind_proxies(app: Flask, number: int) -> None:
    """Believe what so many proxies before ``app`` say of the address that was asked for."""
    if number:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # as Flask's documentation has it
            app.wsgi_app, x_for=number, x_proto=number, x_host=number, x_prefix=number
        )
    app.session_interface = _Session()


class _Session(SecureCookieSessionInterface):
    """A cookie that came over TLS goes over nothing else."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 - Flask's own signature
        """Whether this request came over TLS."""
        return request.is_secure


@dataclass(frozen=True)
class _File:
    content: bytes
    kind: str
    tag: str


@cache
def _files() -> dict[str, _File]:
    """Every file that the pages need: read once, so that none is open while it is sent."""
    found = {}
    for path in sorted(one for one in FILES.rglob("*") if one.is_file()):
        content = path.read_bytes()
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        name = path.relative_to(FILES).as_posix()
        found[name] = _File(content, kind, sha256(content).hexdigest()[:24])
    return found


@cache
def imported(module: str) -> tuple[str, ...]:
    """The files that a script needs, through others too, in the order of their first mention.

    A page names them all, so that a browser asks for them at once: it would otherwise learn of
    each only from the one before.
    """
    found: dict[str, None] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop(0)
        for said in IMPORTED.findall(_files()[name].content):
            one = normpath(join(dirname(name), said.decode()))
            if one != module and one not in found:
                found[one] = None
                waiting.append(one)
    return tuple(found)


def _file(filename: str) -> Response:
    """One of the files, which a browser asks about again by what is in it."""
    file = _files().get(filename)
    if file is None:
        abort(404)
    answer = Response(file.content, mimetype=file.kind)
    answer.set_etag(file.tag, weak=True)  # travels in more than one form
    answer.headers["Cache-Control"] = "public, no-cache"
    return answer


def _health() -> tuple[Response, int]:
    """Whether the store answers, for who watches the server; says nothing of what is in it."""
    try:
        revision = workspace().store.revision()
    except StoreError as error:
        wrong = type(error).__name__.removesuffix("Error")
        return jsonify(status="unavailable", wrong=f"The database: {wrong}."), 503
    return jsonify(status="well", revision=revision), 200


def _sent(answer: Response) -> Response:
    """``answer`` with what caches have to know, unchanged ones left out, large texts pressed."""
    answer.headers.setdefault("Cache-Control", _kept_by(answer))
    if request.endpoint != "static" and request.path.split("/")[1] not in LANGUAGES:
        answer.vary.add("Accept-Language")
    if answer.get_etag()[0]:
        answer.make_conditional(request)
    return _pressed(answer)


def _kept_by(answer: Response) -> str:
    """Nobody may keep what went wrong or is about the moment; the rest only who asked, asking."""
    passing = answer.status_code >= 400 or request.endpoint == "health"
    return "no-store" if passing else "private, no-cache"


def _pressed(answer: Response) -> Response:
    """``answer`` as gzip where it is a text and the browser takes it.

    An answer that mirrors its address beside a secret tells the secret by its length to who can
    have it asked for and listen. Here nobody can: pages of other sites are refused everything but
    a followed link, and with that the cookie, without which there is no token, is not sent.
    """
    kind = answer.mimetype or ""
    text = kind.startswith("text/") or kind in TEXTS
    if not text or answer.is_streamed or "Content-Encoding" in answer.headers:
        return answer
    answer.vary.add("Accept-Encoding")
    if answer.status_code == 304 or len(answer.get_data()) < WORTH_PRESSING:
        return answer
    if request.accept_encodings["gzip"] <= 0:
        return answer
    press = _gzip_of_a_file if request.endpoint == "static" else _gzip
    answer.set_data(press(answer.get_data()))
    answer.headers["Content-Encoding"] = "gzip"
    return answer


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=5, mtime=0)


_gzip_of_a_file = cache(_gzip)
"""A file is the same as long as the server runs: it is pressed once."""
