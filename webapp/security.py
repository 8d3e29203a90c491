"""Who may ask, and what a page may do in the browser."""

from __future__ import annotations

import re
from http import HTTPStatus

from flask import Flask, Response, current_app, json, request

from ecosystem.values import Text
from webapp.elsewhere import OURS, followed

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
# Leaflet sets styles and makes elements in ways that trusted types forbid.
WITHOUT_TRUSTED_TYPES = CONTENT_SECURITY_POLICY.partition("; require-trusted-types-for")[0]
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
WRONG_HOST = Text(
    "Този адрес не е на приложението.", "This address does not belong to the application."
)
OTHER_SITE = Text(
    "Страници на други сайтове не могат да ползват приложението.",
    "Pages of other sites may not use the application.",
)
_HOST = re.compile(
    r"(?P<name>\[[0-9a-f:.]{2,45}\]|[^\s\[\]:/?#@\\]{1,253})(?::(?P<port>[0-9]{1,5}))?"
)
"""A name or an address and a port: no user, no path, nothing else that an address may have."""
READING = frozenset({"GET", "HEAD", "OPTIONS"})
FRAMES = frozenset({"frame", "iframe", "fencedframe", "embed", "object"})
"""Where no page of this application is ever shown, whosever the page around it is."""


def protect(app: Flask) -> None:
    """Check every request before it is answered, and add the headers to every answer."""
    app.before_request(refuse_strangers)
    app.after_request(add_headers)


def refuse_strangers() -> Response | None:
    """A refusal for a foreign Host header or a request that another site's page makes.

    A server on loopback can be reached by every page the user has open: a name that somebody
    else resolves to 127.0.0.1 gives itself away by its Host header, a request from another
    origin by Sec-Fetch-Site and Origin. Following a link from elsewhere is allowed, being shown
    inside another page is not.
    """
    if not known_host(request.headers.get("Host", "")):
        return _refusal(421, WRONG_HOST)
    if not _same_site():
        return _refusal(403, OTHER_SITE)
    return None


def _refusal(status: int, sentence: Text) -> Response:
    if request.path.startswith("/api/"):
        title = HTTPStatus(status).phrase
        document = {"type": "about:blank", "title": title, "status": status, "detail": sentence.en}
        return Response(json.dumps(document), status, content_type="application/problem+json")
    words = f"{sentence.bg}\n{sentence.en}\n"
    return Response(words, status, content_type="text/plain; charset=utf-8")


def known_host(host: str) -> bool:
    """Whether ``host`` (with its port) is this machine at the server's port, or allowed."""
    parts = _HOST.fullmatch(host.lower())
    if parts is None:
        return False
    name, port = parts["name"].strip("[]"), int(parts["port"] or 0)
    allowed = {item.strip().lower() for item in current_app.config["ALLOWED_HOSTS"].split(",")}
    if {name, parts["name"], host.lower()} & (allowed - {""}):
        return True
    served = int(request.environ.get("SERVER_PORT") or 0)
    return name in LOOPBACK and (port or _default_port()) == served


def _default_port() -> int:
    return 443 if request.scheme == "https" else 80


def _same_site() -> bool:
    site = request.headers.get("Sec-Fetch-Site", "none")
    origin = request.headers.get("Origin")
    if request.headers.get("Sec-Fetch-Dest") in FRAMES:
        return False
    if request.method not in READING:
        return site in OURS and origin == f"{request.scheme}://{request.host}"
    return site in OURS or followed()


def add_headers(response: Response) -> Response:
    """``response`` with the security headers; what it says about itself already stays."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
