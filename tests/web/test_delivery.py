"""How answers travel: kept by the right ones, in fewer bytes, behind a proxy; and health."""

import gzip
import re
from dataclasses import replace
from unittest.mock import Mock
from urllib.parse import urljoin, urlsplit

import pytest

from ecosystem.errors import StoreUnavailableError
from ecosystem.store.graph_store import GraphStore
from tests.web.conftest import OWN, PAGES, Page
from tests.web.test_decisions import form_of
from webapp import create_app
from webapp.delivery import FILES

GZIP = {"Accept-Encoding": "gzip, deflate, br, zstd"}
PREFIX = "/maps/sofia"


@pytest.fixture
def proxied(workspace, monkeypatch):
    """A browser behind a proxy that put the application under a path of its own."""
    settings = replace(workspace.settings, trusted_proxies=1, allowed_hosts="maps.example")
    monkeypatch.setattr(workspace, "settings", settings)
    client = create_app(workspace).test_client()
    client.environ_base.update(
        HTTP_X_FORWARDED_PREFIX=PREFIX,
        HTTP_X_FORWARDED_HOST="maps.example",
        HTTP_X_FORWARDED_PROTO="https",
        HTTP_X_FORWARDED_FOR="192.0.2.7",
    )
    return client


def through(client, path, **given):
    """What the proxy gives for an address of its own: it cuts its path off."""
    assert path.startswith(PREFIX + "/"), path
    return client.get(path.removeprefix(PREFIX), **given)


@pytest.mark.parametrize(
    ("path", "kept", "vary"),
    [
        ("/en/sources", "private, no-cache", {"accept-encoding"}),
        ("/bg/gaps?rule=G06", "no-store", {"accept-encoding", "cookie"}),
        ("/", "private, no-cache", {"accept-encoding", "accept-language"}),
        ("/api/overview", "private, no-cache", {"accept-encoding", "accept-language"}),
        ("/en/sources.csv", "private, no-cache", {"accept-encoding"}),
        ("/en/sources.xlsx", "private, no-cache", set()),
        ("/static/css/base.css", "public, no-cache", {"accept-encoding"}),
        ("/static/vendor/sofia-sans-latin-wght-normal.woff2", "public, no-cache", set()),
        ("/en/nowhere", "no-store", {"accept-encoding"}),
        ("/en/entity/org:nobody", "no-store", {"accept-encoding"}),
        ("/api/entities/org:nobody", "no-store", {"accept-encoding", "accept-language"}),
        ("/health", "no-store", {"accept-encoding", "accept-language"}),
    ],
)
def test_every_sort_of_answer_says_who_may_keep_it(client, path, kept, vary):
    answer = client.get(path)
    assert answer.headers["Cache-Control"] == kept
    assert vary <= {one.lower() for one in answer.vary} <= vary | {"cookie"}


@pytest.mark.parametrize(
    "path", ["/en/sources", "/api/overview", "/static/js/app.js", "/static/icon.svg", "/en/map.svg"]
)
def test_texts_travel_in_fewer_bytes_and_arrive_the_same(client, path):
    plain, pressed = client.get(path), client.get(path, headers=GZIP)
    assert "Content-Encoding" not in plain.headers
    if len(plain.data) < 1000:
        assert pressed.data == plain.data
        return
    assert pressed.headers["Content-Encoding"] == "gzip"
    assert int(pressed.headers["Content-Length"]) == len(pressed.data) < len(plain.data) * 0.7
    assert gzip.decompress(pressed.data) == plain.data


@pytest.mark.parametrize("asked", ["", "gzip;q=0", "identity", "br"])
def test_who_does_not_take_gzip_gets_none(client, asked):
    answer = client.get("/en/sources", headers={"Accept-Encoding": asked})
    assert "Content-Encoding" not in answer.headers and "accept-encoding" in answer.vary


@pytest.mark.parametrize("path", ["/static/css/base.css", "/api/overview", "/static/icon.svg"])
@pytest.mark.parametrize("form", [{}, GZIP])
def test_what_has_not_changed_is_not_sent_again(client, path, form):
    first = client.get(path, headers=form)
    again = client.get(path, headers={**form, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    other = client.get(path, headers={**form, "If-None-Match": 'W/"another"'})
    assert (other.status_code, other.data) == (200, first.data)


@pytest.mark.parametrize("path", ["../__init__.py", "%2e%2e/security.py", "/etc/passwd", "css", ""])
def test_no_other_file_is_served(client, path):
    assert client.get(f"/static/{path}").status_code in (308, 404)


def test_every_file_has_its_kind(client):
    for file in FILES.rglob("*"):
        if file.is_file():
            answer = client.get(f"/static/{file.relative_to(FILES).as_posix()}")
            assert answer.status_code == 200 and answer.data == file.read_bytes()
            kinds = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
            assert kinds.get(file.suffix, answer.mimetype) == answer.mimetype


@pytest.mark.parametrize("lang", ["bg", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_behind_a_proxy_every_address_stays_under_its_path(proxied, lang, path):
    answer = proxied.get(f"/{lang}{path}")
    page = Page.of(answer.text)
    leading = {"href", "src", "action", "formaction"}
    for _tag, found in page.elements:
        for name, value in found.items():
            inside = (
                value and value.startswith("/") and (name in leading or name.startswith("data-"))
            )
            assert not inside or value.startswith(f"{PREFIX}/"), f"{path}: {name}={value}"
    assert re.findall(r'"(/(?:bg|en|api|static)/[^"]*)"', answer.text) == []


def test_behind_a_proxy_links_lead_and_files_come(proxied):
    answer = proxied.get("/", headers={"Accept-Language": "en"})
    assert answer.location == f"{PREFIX}/en/"
    page = Page.of(through(proxied, answer.location).text)
    files = [
        found.get("src") or found.get("href")
        for tag, found in page.elements
        if tag in ("script", "link")
    ]
    for file in filter(None, files):
        assert through(proxied, file).status_code == 200
    for link in page.links():
        if link.startswith("/"):
            assert (
                through(proxied, urlsplit(link)._replace(fragment="").geturl()).status_code == 200
            )
    twin = through(proxied, f"{PREFIX}/api/entities?limit=1").get_json()
    assert twin["next"].startswith(f"{PREFIX}/api/entities?")
    described = through(proxied, f"{PREFIX}/api/openapi.json").get_json()
    assert described["servers"][0]["url"] == PREFIX
    assert urljoin("https://maps.example", twin["next"]).startswith("https://maps.example/maps/")


def test_behind_a_proxy_one_decides_and_comes_back(proxied, workspace):
    fields = form_of(proxied, "/bg/gaps?rule=G06")
    assert fields["back"].startswith(f"{PREFIX}/bg/gaps")
    own = {"Origin": "https://maps.example", "Sec-Fetch-Site": "same-origin"}
    answer = proxied.post("/bg/decide", data={**fields, "state": "open"}, headers=own)
    contents = workspace.contents.present().everything
    made = tuple(one for one in contents.records.values() if one.pack == "local")
    from ecosystem.dataset import ChangeSet

    workspace.store.apply(ChangeSet(removed=made))
    assert (answer.status_code, answer.location) == (303, fields["back"]) and made
    assert "Secure" in answer.headers["Set-Cookie"]


def test_what_a_proxy_says_is_believed_only_where_it_is_trusted(client):
    said = {"X-Forwarded-Prefix": "/evil", "X-Forwarded-Host": "evil.example"}
    answer = client.get("/en/about", headers=said)
    assert answer.status_code == 200 and "/evil" not in answer.text


def test_a_forged_host_gains_nothing_behind_a_proxy(proxied):
    answer = proxied.get("/en/about", headers={"X-Forwarded-Host": "evil.example"})
    assert answer.status_code == 421
    own = {**OWN, "Origin": "https://evil.example", "X-Forwarded-Host": "evil.example"}
    assert proxied.post("/bg/decide", headers=own).status_code == 421


def test_health_says_whether_the_store_answers_and_nothing_of_it(client, workspace, monkeypatch):
    answer = client.get("/health")
    revision = workspace.store.revision()
    assert (answer.status_code, answer.get_json()) == (
        200,
        {"status": "well", "revision": revision},
    )

    def gone(_self):
        raise StoreUnavailableError("bolt://secret:7687 does not answer.", "Look at secret.log.")

    monkeypatch.setattr(GraphStore, "revision", gone)
    answer = client.get("/health")
    assert answer.status_code == 503 and "secret" not in answer.text
    assert answer.get_json()["wrong"] == "The database: StoreUnavailable."


@pytest.mark.parametrize("path", ["/en/", "/en/map?show=map", "/en/places", "/en/console"])
def test_a_page_asks_for_all_that_its_scripts_import_at_once(client, path):
    """Each module is otherwise learnt of from the one before: seven turns for the map."""
    page = client.get(path).get_data(as_text=True)
    scripts = set(re.findall(r'<script type="module" src="/static/([^"]+)"', page))
    named = scripts | set(re.findall(r'<link rel="modulepreload" href="/static/([^"]+)"', page))
    needed = {
        urljoin(name, said)
        for name in named
        for said in re.findall(r'from "(\.[^"]+)"', (FILES / name).read_text(encoding="utf-8"))
    }
    assert scripts and needed <= named


def test_a_file_is_pressed_once(client, monkeypatch):
    press = Mock(side_effect=gzip.compress)
    monkeypatch.setattr(gzip, "compress", press)
    for _ in range(3):
        client.get("/static/js/bringing.js", headers={"Accept-Encoding": "gzip"})
    assert press.call_count <= 1
