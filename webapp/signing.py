"""Signing in: where a password is set, nothing is shown to who has not said it."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    json,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from ecosystem.errors import SettingsError
from ecosystem.values import address_parts
from webapp.address import rooted
from webapp.doors import LANGUAGE
from webapp.elsewhere import led_here
from webapp.language import preferred_language
from webapp.uploads import OWNER

blueprint = Blueprint("signing", __name__)
TRIES, WINDOW = 5, 300.0
"""How often one address may be wrong in so many seconds."""
ADDRESSES = 10_000
LASTS = 12 * 3600.0
NEEDED = frozenset(
    {
        "css/base.css",
        "icon.svg",
        "js/theme.js",
        "vendor/sofia-sans-cyrillic-wght-normal.woff2",
        "vendor/sofia-sans-latin-wght-normal.woff2",
    }
)
"""The files without which the page that asks for the password would not look like one."""


class Gate:
    """Knows the password by its hash, and who was wrong how often.

    Raises
    ------
    SettingsError
        For a hash that is none of Argon2.
    """

    def __init__(self, password: str) -> None:
        self._hasher = PasswordHasher()
        self._hash = password if password.startswith("$argon2") else self._hasher.hash(password)
        self._key = secrets.token_bytes(32)
        self._known = b""
        self._lock = threading.Lock()
        self._wrong: dict[str, list[float]] = {}
        try:
            self._hasher.check_needs_rehash(self._hash)
        except InvalidHashError:
            message = "ECOSYSTEM_PASSWORD begins like a hash of Argon2 and is none."
            raise SettingsError(message, "Set the password itself, or its whole hash.") from None

    def wait(self, address: str) -> int:
        """Seconds after which this address may try again; 0 where it may now."""
        wrong = self._wrong.get(address, [])
        return max(0, round(wrong[0] + WINDOW - time.monotonic())) if len(wrong) >= TRIES else 0

    def right(self, password: str, address: str) -> bool:
        """Whether this is the password; a wrong one is remembered against the address."""
        # One at a time: each check takes 64 MiB on purpose.
        with self._lock:
            if self.wait(address):
                return False
            said = hmac.digest(self._key, password.encode(), sha256)
            if self._known and hmac.compare_digest(said, self._known):
                return True
            try:
                self._hasher.verify(self._hash, password)
            except VerificationError:
                self._remember(address)
                return False
            self._known = said
            self._wrong.pop(address, None)
            return True

    def _remember(self, address: str) -> None:
        now = time.monotonic()
        for other, times in list(self._wrong.items()):
            self._wrong[other] = [one for one in times if one > now - WINDOW]
            if not self._wrong[other]:
                del self._wrong[other]
        while len(self._wrong) >= ADDRESSES:
            del self._wrong[next(iter(self._wrong))]
        self._wrong.setdefault(address, []).append(now)


def protect(app: Flask, password: str) -> None:
    """Ask for ``password`` before anything of ``app`` is shown; an empty one asks for nothing."""
    app.extensions["gate"] = Gate(password) if password else None
    app.context_processor(lambda: {"asks_password": bool(password)})
    if password:
        app.before_request(_stop)
        app.register_blueprint(blueprint)


def _gate() -> Gate:
    found: Gate = current_app.extensions["gate"]
    return found


def _stop() -> BaseResponse | None:
    """The way to the page that asks, or a refusal for a program; None for who has signed in."""
    if request.endpoint in ("signing.sign_in", "health"):
        return None
    if request.endpoint == "static" and (request.view_args or {}).get("filename") in NEEDED:
        return None
    if session.get("until", 0) > time.time():
        return None
    if request.path.startswith("/api/"):
        return None if _bears_password() else _unknown()
    if request.method != "GET":
        return Response(
            "Първо влезте.\nSign in first.\n", 401, content_type="text/plain; charset=utf-8"
        )
    there = rooted(request.full_path.rstrip("?"))
    return redirect(url_for("signing.sign_in", lang=preferred_language(), next=there), 303)


def _bears_password() -> bool:
    scheme, _, said = request.headers.get("Authorization", "").partition(" ")
    # Headers come as Latin-1, whatever bytes were sent.
    password = said.encode("latin-1", "replace").decode("utf-8", "replace")
    return scheme.lower() == "bearer" and _gate().right(password, str(request.remote_addr))


def _unknown() -> Response:
    document = {
        "type": "about:blank",
        "title": "Unauthorized",
        "status": 401,
        "detail": "A password is needed.",
        "hint": "Send it: Authorization: Bearer PASSWORD.",
    }
    answer = Response(json.dumps(document), 401, content_type="application/problem+json")
    answer.headers["WWW-Authenticate"] = 'Bearer realm="ecosystem"'
    return answer


@blueprint.route(LANGUAGE + "/sign-in", methods=["GET", "POST"])
def sign_in() -> BaseResponse | tuple[str, int, dict[str, str]]:
    """Ask for the password; the right one leads on to where one wanted to go."""
    there, sentence, status = _inside(request.values.get("next", "")), "", 200
    address = str(request.remote_addr)
    if request.method == "POST":
        if not _gate().wait(address) and _gate().right(request.form.get("password", ""), address):
            session.clear()
            session["until"] = time.time() + LASTS
            return redirect(there, 303)
        sentence, status = gettext("That is not the password."), 403
    headers = {"Cache-Control": "no-store"}
    if seconds := _gate().wait(address):
        headers["Retry-After"], status = str(seconds), 429
        sentence = gettext(
            "Too many wrong passwords. Try again in %(minutes)s min.", minutes=seconds // 60 + 1
        )
    page = render_template("sign_in.html", there=there, sentence=sentence, led=led_here())
    return page, status, headers


@blueprint.post("/sign-out")
def sign_out() -> BaseResponse:
    """Forget who signed in, and ask again."""
    session.clear()
    answer = redirect(url_for("signing.sign_in", lang=preferred_language()), 303)
    # What waits was sent by whoever leaves.
    answer.delete_cookie(OWNER, path=current_app.session_interface.get_cookie_path(current_app))
    return answer


def _inside(asked: str) -> str:
    """An address of this application, whatever was asked for."""
    parts = address_parts(asked)
    ours = asked.startswith(rooted("/")) and not asked.startswith("//")
    ours = ours and parts is not None and not parts.netloc
    return asked if ours and "\\" not in asked and asked.isprintable() else url_for("overview")
