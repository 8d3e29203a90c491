"""Nobody else reaches the server, and nothing in the data runs in a page."""

import json
import re

import pytest

from tests.web.conftest import PAGES, Page
from webapp import create_app
from webapp.security import CONTENT_SECURITY_POLICY


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["bg", "en"])
def test_every_page_lets_only_its_own_files_run(client, lang, path):
    answer = client.get(f"/{lang}{path}")
    policy = answer.headers["Content-Security-Policy"]
    if path.startswith("/console"):
        # The editor may write one style element, by a word that no other page or answer has.
        nonce = re.search(r" 'nonce-([\w-]{16,})'", policy)
        assert nonce and nonce[1] not in client.get(f"/{lang}{path}").headers.get(
            "Content-Security-Policy", ""
        )
        policy = policy.replace(nonce[0], "")
    assert policy == CONTENT_SECURITY_POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    page = Page.of(answer.text)
    for tag, attributes in page.elements:
        assert tag != "style"
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        if tag == "script":
            data = attributes.get("type") == "application/json"
            assert data or (attributes.get("src") or "").startswith("/static/")
        for name in ("src", "action", "srcset"):
            assert (attributes.get(name) or "/").startswith("/")
        if tag == "link":
            assert (attributes.get("href") or "").startswith("/static/")


def test_the_policy_forbids_what_it_does_not_name():
    parts = CONTENT_SECURITY_POLICY.split("; ")
    assert parts[0] == "default-src 'none'"
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "require-trusted-types-for 'script'" in parts


@pytest.mark.parametrize("lang", ["bg", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_names_that_mean_harm_stay_text(hostile, lang, path):
    client = create_app(hostile).test_client()
    page = Page.of(client.get(f"/{lang}{path}").text)
    assert "img" not in [tag for tag, _ in page.elements]
    assert not [href for href in page.links() if href.startswith("javascript:")]
    for text in page.scripts:
        json.loads(text)
        assert "<" not in text


def test_names_that_mean_harm_are_shown_as_they_are(hostile):
    client = create_app(hostile).test_client()
    page = Page.of(client.get("/bg/entity/org:firm").text)
    assert "<img src=x onerror=alert(1)></script>" in page.text()


@pytest.mark.parametrize("name", ["endpoint", "lang", "_method", "_scheme", "_external", "_anchor"])
def test_no_parameter_steers_the_links_of_a_page(client, name):
    answer = client.get(f"/en/map?{name}=evil")
    assert answer.status_code == (200 if name == "lang" else 400)
    assert not [href for href in Page.of(answer.text).links() if "evil" in href or "//" in href]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("127.0.0.1", 200),
        ("[::1]", 200),
        ("LOCALHOST", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost:81", 421),
        ("localhost@evil.example", 421),
        ("127.0.0.1:80:80", 421),
        ("", 421),
        ("localhost:x", 421),
        ("evil@127.0.0.1", 421),
        ("evil:word@localhost:80", 421),
        ("@localhost", 421),
        ("localhost/evil", 421),
        ("localhost?evil", 421),
        ("localhost#evil", 421),
        ("localhost\\evil", 421),
        ("local host", 421),
        ("[::1]evil", 421),
    ],
)
def test_only_this_machine_is_answered(client, host, status):
    assert client.get("/bg/about", headers={"Host": host}).status_code == status


def test_a_configured_name_is_answered_too(workspace):
    client = create_app(workspace, {"ALLOWED_HOSTS": "map.sofia.example, other"}).test_client()
    for host, status in (("map.sofia.example", 200), ("other:8080", 200), ("evil.example", 421)):
        assert client.get("/bg/about", headers={"Host": host}).status_code == status


def test_pages_of_other_sites_may_link_here_and_nothing_else(client):
    def ask(path, **headers):
        named = {f"Sec-Fetch-{name.title()}": value for name, value in headers.items()}
        return client.get(path, headers=named).status_code

    assert ask("/bg/map", site="cross-site", mode="navigate") == 200
    assert ask("/bg/map", site="none", mode="navigate") == 200
    assert ask("/api/overview", site="same-origin", mode="cors") == 200
    assert ask("/api/console?cypher=RETURN 1", site="cross-site", mode="no-cors") == 403
    assert ask("/api/overview", site="same-site", mode="cors") == 403


QUERY = {"cypher": "RETURN 'was' + ' run' AS said"}
ENGLISH = {"Accept-Language": "en"}
ELSEWHERE = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64)"}


@pytest.mark.parametrize("site", ["cross-site", "same-site", "same-origin", "none"])
@pytest.mark.parametrize("inside", ["frame", "iframe", "fencedframe", "embed", "object"])
@pytest.mark.parametrize("path", ["/bg/map", "/en/console", "/api/console", "/static/icon.svg"])
def test_nothing_is_shown_inside_another_page(client, path, inside, site):
    headers = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": inside, "Sec-Fetch-Site": site}
    answer = client.get(path, query_string=QUERY, headers=headers)
    assert answer.status_code == 403 and "was run" not in answer.text


def test_what_a_browser_fetches_ahead_is_refused_to_other_sites(client):
    ahead = {**ELSEWHERE, "Sec-Purpose": "prefetch;prerender"}
    for site, status in (("cross-site", 403), ("same-origin", 200)):
        headers = {**ahead, "Sec-Fetch-Site": site}
        assert client.get("/en/about", headers=headers).status_code == status


@pytest.mark.parametrize(
    "path", ["/en/console", "/console", "/en/console.csv", "/en/console?format=xlsx"]
)
@pytest.mark.parametrize(
    "from_",
    [
        {**ELSEWHERE, "Sec-Fetch-Site": "cross-site"},
        {**ELSEWHERE, "Sec-Fetch-Site": "same-site"},
        {**BROWSER, "Referer": "http://evil.example/localhost"},
        BROWSER,
    ],
)
def test_a_query_that_a_page_elsewhere_wrote_waits_for_its_reader(client, path, from_):
    path, _, form = path.partition("?")
    said = QUERY | dict([form.split("=")] if form else [])
    headers = {**ENGLISH, **from_}
    answer = client.get(path, query_string=said, headers=headers, follow_redirects=True)
    page = Page.of(answer.text)
    assert answer.status_code == 200 and "was run" not in page.text()
    assert "it has not been run" in page.text() and QUERY["cypher"] in page.text()


@pytest.mark.parametrize(
    "from_",
    [
        {**ELSEWHERE, "Sec-Fetch-Site": "same-origin"},
        {**ELSEWHERE, "Sec-Fetch-Site": "none"},
        {**BROWSER, "Referer": "http://localhost/en/console"},
        {},
    ],
)
def test_a_query_of_ones_own_runs(client, from_):
    assert "was run" in client.get("/en/console", query_string=QUERY, headers=from_).text
    assert "was run" in client.get("/en/console.csv", query_string=QUERY, headers=from_).text
    assert "was run" in client.get("/api/console", query_string=QUERY, headers=from_).text


def test_the_twin_of_the_console_is_not_run_by_a_link_from_elsewhere(client):
    headers = {**ELSEWHERE, "Sec-Fetch-Site": "cross-site"}
    answer = client.get("/api/console", query_string=QUERY, headers=headers)
    assert answer.status_code == 403 and "in the console" in answer.get_json()["detail"]
    assert client.get("/api/overview", headers=headers).status_code == 200


def test_nothing_is_written_from_elsewhere(client):
    assert client.post("/bg/map").status_code == 403
    assert client.post("/bg/map", headers={"Origin": "http://evil.example"}).status_code == 403
    own = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/bg/map", headers=own).status_code == 405


def test_a_csv_file_runs_nothing_in_a_spreadsheet(client):
    cypher = "RETURN '=1+1' AS formula, '@x' AS at, -5 AS number, '-x' AS dash"
    answer = client.get("/bg/console", query_string={"cypher": cypher, "format": "csv"})
    assert answer.data.decode("utf-8-sig").splitlines()[1] == "'=1+1,'@x,-5,'-x"
    cypher = "RETURN 1 AS `=1+1`"
    answer = client.get("/bg/console", query_string={"cypher": cypher, "format": "csv"})
    assert answer.data.decode("utf-8-sig").splitlines()[0] == "'=1+1"
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("odd", ["//[", "http://[::1", "//\u2100", "http://[x]/", "//%5B"])
def test_an_address_that_cannot_be_told_apart_breaks_nothing(client, odd):
    browser = {"User-Agent": "Mozilla/5.0", "Referer": odd}
    cypher = "/en/console?cypher=RETURN 1 AS one"
    assert client.get(cypher, headers=browser if odd.isascii() else {}).status_code == 200
    assert client.post("/bg/decide", data={"back": odd}).status_code in (400, 403)
    assert client.get("/en/story/save", query_string={"view": odd}).status_code in (200, 400, 422)
    assert client.get("/en/sign-in", query_string={"next": odd}).status_code in (200, 303, 404)
