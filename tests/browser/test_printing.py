"""What comes out of the printer: all of a table, whatever the screen folds, scrolls or cuts."""

import io
import re

import pypdf
import pytest


def squeezed(text):
    """Without spaces: a printed line breaks elsewhere than one on the screen."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize(
    ("path", "least"),
    [
        ("/bg/map?show=table&scope=city:burgas", 40),
        ("/bg/gaps", 20),
        ("/bg/sources", 300),
        ("/bg/roadmap", 80),
    ],
)
def test_every_row_of_a_table_is_printed(open_page, path, least):
    page = open_page(path)
    names = page.evaluate(
        """() => [...document.querySelectorAll(".table-wrap tbody tr")]
          .map((row) => row.cells[0].querySelector("a") ?? row.cells[0])
          .map((cell) => cell.textContent)"""
    )
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    printed = [squeezed(sheet.extract_text()) for sheet in sheets]
    whole = "".join(printed)
    assert len(names) >= least
    assert [name for name in names if squeezed(name) not in whole] == []


def test_the_head_of_a_table_stands_on_every_sheet(open_page):
    page = open_page("/bg/map?show=table&scope=city:burgas")
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    width, height = sheets[0].mediabox.width, sheets[0].mediabox.height
    assert width > height
    assert all("Достоверност" in sheet.extract_text() for sheet in sheets)
