"""Where a password is set nothing is shown without it, and no network is opened by accident."""

import re
import subprocess
import sys
import time
from dataclasses import replace
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from argon2 import PasswordHasher

from ecosystem.cli import main
from ecosystem.errors import SettingsError
from ecosystem.settings import Settings
from tests.serving import ask
from tests.web.conftest import OWN, PAGES, Page
from webapp import create_app, signing
from webapp.network import beyond_this_machine, refuse_carelessness
from webapp.uploads import OWNER

PASSWORD = "a=long пароль"


@pytest.fixture
def guarded(workspace, monkeypatch):
    """The application behind a password."""
    monkeypatch.setattr(workspace, "settings", replace(workspace.settings, password=PASSWORD))
    return create_app(workspace)


def sign_in(client, password=PASSWORD, there="/en/about", **headers):
    """Send the form of the page that asks."""
    page = Page.of(client.get("/en/sign-in", query_string={"next": there}).text)
    fields = {
        found["name"]: found.get("value") or ""
        for tag, found in page.elements
        if tag == "input" and found.get("type") == "hidden"
    }
    form = {**fields, "password": password}
    return client.post("/en/sign-in", data=form, headers={**OWN, **headers})


def bearing(password):
    """The header with which a program says the password, as its bytes arrive."""
    return {"Authorization": f"Bearer {password}".encode().decode("latin-1")}


def test_without_signing_in_every_address_leads_to_the_page_that_asks(guarded, workspace):
    client, names = guarded.test_client(), workspace.contents.present().facts.nodes
    shown = {*signing.NEEDED}
    for rule in guarded.url_map.iter_rules():
        words = {name: min(getattr(one, "items", ["x"])) for name, one in rule._converters.items()}
        if rule.endpoint == "signing.sign_in" or rule.endpoint == "health":
            continue
        with guarded.test_request_context():
            path = guarded.url_for(rule.endpoint, **words)
        for method in sorted({"GET", "POST", "HEAD", "OPTIONS"} & rule.methods | {"GET"}):
            answer = client.open(path, method=method, headers=OWN)
            assert answer.status_code in (303, 401), f"{method} {path}: {answer.status_code}"
            assert not [one for one in names if one in answer.text]
    for path in PAGES:
        for where in (f"/bg{path}", path):
            answer = client.get(where)
            assert answer.status_code == 303 and "/sign-in?next=" in answer.location
    for file in shown:
        with client.get(f"/static/{file}") as answer:
            assert answer.status_code == 200


@pytest.mark.parametrize("lang", ["bg", "en"])
def test_the_page_that_asks_speaks_both_languages_and_tells_nothing(guarded, workspace, lang):
    page = Page.of(guarded.test_client().get(f"/{lang}/sign-in").text)
    assert {"bg": "Парола", "en": "Password"}[lang] in page.text()
    assert not [
        one for one in workspace.contents.present().facts.nodes.values() if one.id in page.text()
    ]
    used = {found.get("href") or found.get("src") for tag, found in page.elements}
    files = {one.removeprefix("/static/") for one in used if one and one.startswith("/static/")}
    assert files <= signing.NEEDED


def test_the_password_opens_everything_until_one_signs_out(guarded):
    client = guarded.test_client()
    answer = sign_in(client)
    assert (answer.status_code, answer.location) == (303, "/en/about")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    assert client.get("/en/about").status_code == client.get("/api/overview").status_code == 200
    page = Page.of(client.get("/en/about").text)
    token = next(f["value"] for t, f in page.elements if f.get("name") == "csrf_token")
    left = client.post("/sign-out", data={"csrf_token": token}, headers=OWN)
    assert left.status_code == 303
    # What was sent and waits is no longer found by whoever comes next.
    assert any(one.startswith(f"{OWNER}=;") for one in left.headers.getlist("Set-Cookie"))
    assert client.get("/en/about").status_code == 303


def test_who_signed_in_long_ago_is_asked_again(guarded):
    client = guarded.test_client()
    sign_in(client)
    with patch("webapp.signing.time.time", lambda real=time.time: real() + signing.LASTS + 1):
        assert client.get("/en/about").status_code == 303


@pytest.mark.parametrize("password", ["", "wrong", PASSWORD + " ", PASSWORD.upper()])
def test_a_wrong_password_opens_nothing(guarded, password):
    client = guarded.test_client()
    answer = sign_in(client, password)
    assert answer.status_code == 403 and "That is not the password." in answer.text
    assert client.get("/en/about").status_code == 303


def test_after_some_wrong_passwords_the_right_one_waits_too_but_only_from_there(guarded):
    client = guarded.test_client()
    for _ in range(signing.TRIES):
        assert sign_in(client, "wrong").status_code in (403, 429)
    answer = sign_in(client)
    assert answer.status_code == 429 and 0 < int(answer.headers["Retry-After"]) <= signing.WINDOW
    bearer = bearing(PASSWORD)
    assert client.get("/api/overview", headers=bearer).status_code == 401
    other = guarded.test_client()
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    answer = other.get("/api/overview", headers=bearer, environ_overrides=elsewhere)
    assert answer.status_code == 200
    later = time.monotonic() + signing.WINDOW + 1
    with patch("webapp.signing.time.monotonic", lambda: later):
        assert sign_in(client).status_code == 303


def test_a_program_sends_the_password(guarded):
    client = guarded.test_client()
    answer = client.get("/api/overview")
    assert answer.status_code == 401 and answer.headers["WWW-Authenticate"].startswith("Bearer")
    for said in ("Bearer wrong", "Bearer ", "Basic eDp5", f"Basic {PASSWORD}"):
        headers = {"Authorization": said.encode().decode("latin-1")}
        assert client.get("/api/overview", headers=headers).status_code == 401
    bearer = bearing(PASSWORD)
    assert client.get("/api/overview", headers=bearer).status_code == 200
    assert client.get("/en/about", headers=bearer).status_code == 303


def test_a_form_of_another_page_signs_nobody_in(guarded):
    client = guarded.test_client()
    form = {"password": PASSWORD, "next": "/en/about"}
    assert client.post("/en/sign-in", data=form, headers=OWN).status_code == 400
    elsewhere = {"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert sign_in(client, **elsewhere).status_code == 403
    assert client.get("/en/about").status_code == 303


@pytest.mark.parametrize(
    "there",
    [
        "https://evil.example/",
        "//evil.example",
        "//[",
        "//%5B",
        "/\\evil.example",
        "javascript:x",
        "",
        "/a\r\nX: y",
    ],
)
def test_signing_in_leads_nowhere_else(guarded, there):
    answer = sign_in(guarded.test_client(), there=there)
    assert answer.status_code == 303 and answer.location == "/en/"


@pytest.mark.parametrize("forged", ["ecosystem=eyJ1bnRpbCI6OTk5OTk5OTk5OX0", "ecosystem=x.y.z"])
def test_a_forged_cookie_opens_nothing(guarded, forged):
    answer = guarded.test_client(use_cookies=False).get("/en/about", headers={"Cookie": forged})
    assert answer.status_code == 303


def test_a_hash_does_for_the_password(workspace, monkeypatch):
    hashed = PasswordHasher().hash(PASSWORD)
    monkeypatch.setattr(workspace, "settings", replace(workspace.settings, password=hashed))
    client = create_app(workspace).test_client()
    assert sign_in(client, hashed).status_code == 403
    assert sign_in(client).status_code == 303
    monkeypatch.setattr(workspace, "settings", replace(workspace.settings, password="$argon2x"))
    with pytest.raises(SettingsError, match="is none"):
        create_app(workspace)


@pytest.mark.parametrize(
    ("host", "beyond"),
    [
        ("127.0.0.1", False),
        ("127.8.8.8", False),
        ("::1", False),
        ("localhost", False),
        ("0.0.0.0", True),
        ("::", True),
        ("192.0.2.1", True),
        ("map.example", True),
    ],
)
def test_which_addresses_are_beyond_this_machine(host, beyond):
    assert beyond_this_machine(host) is beyond
    settings = Settings(host=host, password=PASSWORD)
    refuse_carelessness(settings, allowed=True)
    if beyond:
        with pytest.raises(SettingsError, match="everybody who reaches this machine"):
            refuse_carelessness(settings, allowed=False)
        with pytest.raises(SettingsError, match="at least 10 characters"):
            refuse_carelessness(replace(settings, password="short"), allowed=True)
    else:
        refuse_carelessness(replace(settings, password=""), allowed=False)


@pytest.mark.parametrize(("lang", "words"), [("bg", "за всички"), ("en", "everybody")])
def test_the_command_refuses_to_open_a_network_by_accident(capsys, lang, words, monkeypatch):
    monkeypatch.delenv("ECOSYSTEM_PASSWORD", raising=False)
    assert main(["serve", "--host", "0.0.0.0", "--lang", lang]) == 2
    told = capsys.readouterr().err
    assert words in told and "--allow-network" in told and "ECOSYSTEM_PASSWORD" in told
    assert main(["serve", "--host", "0.0.0.0", "--allow-network", "--lang", lang]) == 2
    assert "ECOSYSTEM_PASSWORD" in capsys.readouterr().err


def test_in_a_network_it_asks_at_the_address_that_it_prints(workspace):
    import os

    command = [sys.executable, "-m", "ecosystem", "serve", "--port", "0", "--host", "0.0.0.0"]
    environment = {
        **os.environ,
        "ECOSYSTEM_DATA": str(workspace.settings.data_folder),
        "ECOSYSTEM_PASSWORD": PASSWORD,
    }
    with subprocess.Popen(
        [*command, "--allow-network"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        where = urlsplit(process.stdout.readline().strip())
        status, headers, _ = ask(where, "/en/about")
        assert status == 303 and "/sign-in" in headers["Location"]
        for forged in ("evil.example", f"evil.example:{where.port}", "0.0.0.0"):
            assert ask(where, "/en/about", Host=forged)[0] == 421
        process.terminate()
        told = process.communicate(timeout=30)[1]
    assert re.search("whoever knows the password", told) and PASSWORD not in told
