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


def sheets_of(page):
    """The sheets of a printed page: their text, without spaces."""
    found = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    return [squeezed(sheet.extract_text()) for sheet in found]


@pytest.mark.parametrize(
    ("lang", "said", "never"),
    [
        (
            "bg",
            ("Карта на иновационната екосистема: София", "Избрано: Столична община", "към"),
            ("Инструменти", "Показване на пропуските"),
        ),
        (
            "en",
            (
                "Innovation ecosystem map: Sofia",
                "Selected: Sofia Municipality",
                "as of",
                "sources;",
            ),
            ("Tools", "Show the gaps"),
        ),
    ],
)
def test_of_the_map_its_picture_is_printed_on_one_sheet(open_page, lang, said, never):
    page = open_page(f"/{lang}/map?show=map", color_scheme="dark")
    page.wait_for_function("() => window.scene")
    # What is chosen by hand is on the paper too.
    page.evaluate(
        """() => dispatchEvent(new CustomEvent("entitychosen",
          { detail: { id: "org:sofia-municipality" }, cancelable: true }))"""
    )
    page.wait_for_function("() => new URL(location.href).searchParams.has('select')")
    (sheet,) = sheets_of(page)
    assert [words for words in said if squeezed(words) not in sheet] == []
    assert [words for words in never if squeezed(words) in sheet] == []


def test_a_printed_table_says_whose_it_is_and_holds_what_the_filters_leave(open_page):
    page = open_page("/en/map?show=table")
    whole = sheets_of(page)
    page.locator("input[name=kind][value=City]").uncheck()
    sheets = sheets_of(page)
    head = squeezed("Innovation ecosystem map: Sofia as of")
    assert sheets[0].startswith(head) and squeezed("known up to the day") in sheets[0]
    assert squeezed("Left out: Cities") in sheets[0] and "Leftout" not in whole[0]
    assert "Chooseaheading" not in "".join(sheets)
    # 62 sheets before.
    assert len(whole) <= 42 and len(sheets) < len(whole)
    places = page.evaluate(
        """() => [...document.querySelectorAll("#actors tbody tr:not([hidden])")]
          .map((row) => Number(row.cells[7].dataset.order))"""
    )
    assert places == sorted(places) and places[0] == 0
