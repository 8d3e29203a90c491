"""The report in the web view: a page, and the same as files."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.web.conftest import HARM, Page
from webapp import create_app

VIEW = "scope=city:alpha&as_of=2020-01-01"


@pytest.mark.parametrize(
    ("ending", "kind"),
    [("html", "text/html; charset=utf-8"), ("md", "text/markdown; charset=utf-8")],
)
def test_the_report_is_a_file_to_keep(client, ending, kind):
    answer = client.get(f"/bg/report.{ending}?{VIEW}")
    assert answer.content_type == kind
    assert 'filename="alpha-2020-01-01.' in answer.headers["Content-Disposition"]
    assert "Алфа" in answer.text


@pytest.mark.parametrize(("lang", "name"), [("bg", "Алфа"), ("en", "Alpha")])
def test_the_pdf_is_the_same_report(client, lang, name):
    answer = client.get(f"/{lang}/report.pdf?{VIEW}")
    assert answer.content_type == "application/pdf"
    reader = PdfReader(BytesIO(answer.data))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == lang
    assert name in reader.metadata.title
    assert client.get(f"/{lang}/report.pdf?{VIEW}").data == answer.data


@pytest.mark.parametrize("lang", ["bg", "en"])
def test_the_page_offers_the_files_and_its_own_contents(client, lang):
    page = Page.of(client.get(f"/{lang}/report?{VIEW}").text)
    links = page.links()
    for ending in ("pdf", "html", "md"):
        assert [link for link in links if link.startswith(f"/{lang}/report.{ending}?")]
    named = {found["id"] for _, found in page.elements if found.get("id")}
    inside = {link[1:] for link in links if link.startswith("#")}
    assert inside <= named and "sources" in inside and "source-1" in inside


def test_it_is_led_to_in_the_language_of_the_browser(client):
    answer = client.get(f"/report?{VIEW}", headers={"Accept-Language": "en"})
    assert answer.headers["Location"].startswith("/en/report?scope=city:alpha")


def test_names_that_mean_harm_are_only_words_of_the_pdf(hostile):
    answer = create_app(hostile).test_client().get("/bg/report.pdf?scope=all")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    assert "<img src=x" in text.replace("\u200b", "")
    assert len(HARM) > 3000
    boxes = {tuple(map(float, page.mediabox)) for page in PdfReader(BytesIO(answer.data)).pages}
    assert len(boxes) == 1
