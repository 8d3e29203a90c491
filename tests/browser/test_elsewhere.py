"""A page of somebody else runs no query unseen and shows nothing of this application in itself."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import patch
from urllib.parse import quote

import pytest

from ecosystem.questions import asking

CYPHER = "RETURN 40 + 2 AS found"


@contextmanager
def elsewhere(body):
    """The address of a page of another origin with this body."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>Elsewhere</title>{body}".encode())

        def log_message(self, *_args):
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def run():
    """The queries that were run."""
    found, real = [], asking._run

    def told(ground, name, cypher, values):
        found.append(cypher)
        return real(ground, name, cypher, values)

    with patch.object(asking, "_run", told):
        yield found


@pytest.mark.parametrize("path", ["/en/console?cypher=", "/api/console?cypher="])
def test_hidden_frames_run_nothing(browser, address, run, path):
    there = address + path + quote(CYPHER)
    body = "".join(
        (
            f'<iframe src="{there}" hidden></iframe><embed src="{there}">',
            f'<object data="{there}"></object><img src="{there}"><script src="{there}"></script>',
            f'<link rel="prefetch" href="{there}"><link rel="stylesheet" href="{there}">',
        )
    )
    context = browser.new_context()
    page, answers = context.new_page(), []
    page.on("response", lambda one: answers.append(one.status) if address in one.url else None)
    with elsewhere(body) as where:
        page.goto(where)
        page.wait_for_load_state("networkidle")
    context.close()
    assert run == [] and len(answers) >= 3 and set(answers) == {403}


def test_a_link_from_elsewhere_asks_before_it_runs(browser, address, run):
    link = f'<a href="{address}/en/console?cypher={quote(CYPHER)}">look</a>'
    context = browser.new_context()
    page = context.new_page()
    with elsewhere(link) as where:
        page.goto(where)
        page.get_by_role("link", name="look").click()
        page.get_by_text("it has not been run").wait_for()
        assert run == []
        page.get_by_role("button", name="Run").click()
        page.get_by_role("cell", name="42").wait_for()
    context.close()
    assert run == [CYPHER]
