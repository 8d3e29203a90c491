"""Requests of any shape to the application: whatever is asked, it answers, and in its own house.

A request is written as it travels: a line with the method and the address, lines of headers, an
empty line and the body. So it can be put together by chance, and mutated as bytes as well.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes, urlsplit

from flask import Flask
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder, run_wsgi_app

from ecosystem.acts import ACTS
from ecosystem.dataset import diff
from ecosystem.questions import QUESTIONS
from ecosystem.questions.declared import Declared
from ecosystem.questions.fields import VIEW
from ecosystem.questions.parameters import Pairs, Parameter
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.fuzz.chance import ODD, texts
from tests.fuzz.readers import Reader
from tests.tiny import tiny
from webapp import create_app

PASSWORD = "a password of the fuzz"
HEADERS = (
    "Accept-Language",
    "Cookie",
    "If-None-Match",
    "Referer",
    "Sec-Fetch-Site",
    "Accept-Encoding",
)
FINE = (503, 504)
"""What a query of one's own may end with: the database gives no answer, or none in time."""
KNOWN = tuple(node.encode() for node in tiny().nodes) + tuple(
    edge.encode() for edge in tiny().edges
)


class Applications:
    """The application open and behind a password, over one store that goes with the process."""

    def __init__(self) -> None:
        self._found: tuple[Flask, Flask] | None = None

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Both over the tiny town, until the block ends."""
        with tempfile.TemporaryDirectory(prefix="ecosystem-fuzz-") as folder:
            settings = Settings.read({"data": folder, "scope": "city:alpha", "time_limit": "2"})
            try:
                with Workspace.open(settings) as workspace:
                    workspace.store.apply(diff(workspace.contents.present().everything, tiny()))
                    config = {"PROPAGATE_EXCEPTIONS": True, "WTF_CSRF_ENABLED": False}
                    usual = create_app(workspace, config)
                    workspace.settings = replace(settings, password=PASSWORD)
                    guarded = create_app(workspace, config)
                    workspace.settings = settings
                    self._found = usual, guarded
                    yield
            finally:
                self._found = None
                embedded.stop(Path(folder))

    def asked(self, data: bytes) -> None:
        """Send a request to both; what an answer may not be is a finding."""
        assert self._found is not None, "the applications are not opened"
        for app in self._found:
            _answered(app, data)


APPLICATIONS = Applications()


def _answered(app: Flask, data: bytes) -> None:
    head, _, body = data.partition(b"\n\n")
    first, *lines = head.split(b"\n")
    method, _, address = first.partition(b" ")
    path, _, query = address.partition(b"?")
    builder = EnvironBuilder(method="POST" if method == b"POST" else "GET")
    environ = builder.get_environ()
    environ["PATH_INFO"] = "/" + _unquoted(path).lstrip(b"/").decode("latin-1")
    # A server lets nothing through that is no sign of an address.
    environ["QUERY_STRING"] = quote_from_bytes(query, safe="%=&+;/?:@!$'()*,~[]|\\\"<>^`{}#")
    environ["REQUEST_URI"] = environ["RAW_URI"] = "/"
    if method == b"POST":
        environ.update(
            HTTP_ORIGIN="http://localhost",
            HTTP_SEC_FETCH_SITE="same-origin",
            CONTENT_TYPE="application/x-www-form-urlencoded",
            CONTENT_LENGTH=str(len(body)),
        )
        environ["wsgi.input"] = BytesIO(body)
    for line in lines:
        name, _, value = line.partition(b":")
        if name.decode("latin-1") in HEADERS:
            environ[f"HTTP_{name.decode().upper().replace('-', '_')}"] = value.strip().decode(
                "latin-1"
            )
    pieces, status, headers = run_wsgi_app(app, environ, buffered=True)
    text = b"".join(pieces)
    assert int(status.split()[0]) < 500 or int(status.split()[0]) in FINE, (
        f"{status}: {text[:200]!r}"
    )
    if environ["PATH_INFO"].startswith("/api/") and int(status.split()[0]) >= 400:
        assert headers["Content-Type"] == "application/problem+json", headers["Content-Type"]
    _at_home(headers.get("Location", "/"))


def _unquoted(path: bytes) -> bytes:
    from urllib.parse import unquote_to_bytes

    return unquote_to_bytes(path)


def _at_home(location: str) -> None:
    """A way on leads nowhere but into the application."""
    location = location.removeprefix("http://localhost")
    parts = urlsplit(location)
    assert not parts.scheme and not parts.netloc, f"leads elsewhere: {location!r}"
    assert location.startswith("/") and not location.startswith(("//", "/\\")), location
    assert location.isprintable(), f"leads to what cannot be written: {location!r}"


def requests() -> st.SearchStrategy[bytes]:
    """Requests that say something to the fields of a question or an act."""
    asked = st.sampled_from([one for one in QUESTIONS if one.path or one.page])
    headers = st.lists(st.tuples(st.sampled_from(HEADERS), header_values()), max_size=3)
    return st.one_of(
        st.builds(_get, asked.flatmap(addresses), headers),
        st.builds(
            _post,
            st.sampled_from([one for one in ACTS if "form" not in one.lacks]).flatmap(forms),
            headers,
        ),
        st.builds(_signing, words()),
    )


def words() -> st.SearchStrategy[bytes]:
    """What somebody may write into a field."""
    return st.one_of(st.sampled_from(KNOWN), st.sampled_from(ODD), texts(), st.sampled_from(WAYS))


WAYS = tuple(
    way.encode()
    for way in (
        *(
            "//evil.example/",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example/en/",
            "javascript:1",
        ),
        *(
            "/en/../..//evil.example",
            "/en/\t/evil",
            "/en/desk\r\nX: y",
            "/en/ ",
            "/en/desk#x",
            "/bg/desk",
            "///",
        ),
        *(
            "/en/@evil.example",
            "http:/en/",
            "/en//evil",
            "/en/\u2028",
            "/en/%0d%0aX:y",
            "/[en/",
            "//[",
            "/en/[::1",
        ),
    )
)
"""Where a form or a link may ask to be led."""


def header_values() -> st.SearchStrategy[bytes]:
    """What stands in a header: one line of bytes."""
    languages = (
        b"bg",
        b"en;q=0",
        b"*;q=0.1",
        b"bg-BG, en;q=0.5",
        b"en;q=nan",
        b";;;q=q",
        b"*,*,*",
        b"bg;q=-1",
    )
    cookies = (
        b"ecosystem=x.y.z",
        b"ecosystem=",
        b"=;=;",
        b'ecosystem="\\',
        b"ecosystem=.eJ.Z.x; ecosystem=2",
    )
    kinds = (
        *languages,
        *cookies,
        b'W/"',
        b'"x", *',
        b"gzip;q=1e9",
        b"gzip;q=",
        b"cross-site",
        b"http://[",
    )
    one_line = st.one_of(st.sampled_from(kinds), texts(), st.binary(max_size=40))
    return one_line.map(lambda raw: raw.replace(b"\n", b"").replace(b"\r", b""))


def _said(parameter: Parameter) -> st.SearchStrategy[bytes]:
    """Words for one field: those that it knows, and any."""
    known = [choice.encode() for choice in parameter.choices()]
    return st.one_of(st.sampled_from(known), words()) if known else words()


@st.composite
def queries(draw: st.DrawFn, declared: type[Declared], inside: tuple[str, ...]) -> bytes:
    """A query string or a form: some fields, words of the view, now and then a stranger."""
    fields: Mapping[str, Any] = {**VIEW, **declared.parameters()}
    parts = []
    for name in draw(st.lists(st.sampled_from(sorted(fields)), max_size=6)):
        if name in inside:
            continue
        key = (fields[name].address or name).encode()
        if isinstance(fields[name], Pairs):
            key = fields[name].prefix.encode() + draw(words())
        said = _field(draw(_said(fields[name])))
        parts.append(_field(key) + b"=" + said)
    ours = (
        b"lang",
        b"format",
        b"part",
        b"story",
        b"limit",
        b"offset",
        b"show",
        b"back",
        b"download",
    )
    if draw(st.booleans()):
        parts.append(draw(st.sampled_from(ours)) + b"=" + _field(draw(words())))
    return b"&".join(parts)


def _field(raw: bytes) -> bytes:
    return quote_from_bytes(raw).encode()


@st.composite
def addresses(draw: st.DrawFn, question: type[Any]) -> bytes:
    """An address of a question's page, file or twin."""
    page = "page" not in question.lacks and draw(st.booleans())
    path = question.page or question.path if page else question.path
    root = draw(st.sampled_from([b"/bg/", b"/en/", b"/"])) if page else b"/api/"
    inside = tuple(name for name in question.parameters() if f"{name}>" in path)
    for part in [piece for piece in path.split("/") if piece.startswith("<")]:
        path = path.replace(part, draw(words()).decode("utf-8", "replace"), 1)
    return root + _field(path.strip("/").encode()) + b"?" + draw(queries(question, inside))


@st.composite
def forms(draw: st.DrawFn, act: type[Any]) -> tuple[bytes, bytes]:
    """The address of an act's form, and what is sent to it."""
    body = draw(queries(act, ())) + b"&back=" + _field(draw(words()))
    return b"/en/" + act.path.encode(), body


def _get(address: bytes, headers: list[tuple[str, bytes]]) -> bytes:
    return b"GET " + address + _lines(headers)


def _post(form: tuple[bytes, bytes], headers: list[tuple[str, bytes]]) -> bytes:
    return b"POST " + form[0] + _lines(headers) + b"\n\n" + form[1]


def _signing(way: bytes) -> bytes:
    body = b"password=" + _field(PASSWORD.encode()) + b"&next=" + _field(way)
    return b"POST /en/sign-in\n\n" + body


def _lines(headers: list[tuple[str, bytes]]) -> bytes:
    return b"".join(b"\n" + name.encode() + b": " + value for name, value in headers)


REQUESTS = Reader(
    "requests",
    APPLICATIONS.asked,
    (
        b"GET /en/map?scope=city:alpha&people=0\nAccept-Language: bg;q=0.5\nCookie: ecosystem=x",
        b"GET /api/entities?limit=5&offset=1",
        b"GET /en/console?cypher=RETURN+1+AS+x",
        b"POST /en/decide\n\nmatter=priority&subject=project:bus&state=A&back=/en/desk",
        b"POST /en/sign-in\n\npassword=x&next=/en/map",
    ),
    (b"&", b"=", b"%00", b"%F0%28", b"people=0", b"format=csv", b"\nCookie: ", *WAYS[:6]),
)
