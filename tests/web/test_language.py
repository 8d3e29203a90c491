"""Two languages, each by its own rules, and nothing left in the other."""

import io
import re
import string
from dataclasses import replace
from html import unescape
from types import SimpleNamespace

import pytest
from babel.messages.mofile import read_mo

from ecosystem import figures, terminal
from ecosystem.analysis.gaps.tables import Column, Table
from ecosystem.snapshot import Snapshot
from ecosystem.values import Money, Text
from tests.tiny import tiny
from tests.web.conftest import PAGES, Page
from webapp import catalogue
from webapp.bulgarian import collation_key, in_place, together_with

CYRILLIC = re.compile("[а-яА-Я]")
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")


@pytest.mark.parametrize(
    ("asked", "lang"),
    [
        ("", "usual"),
        ("da", "usual"),
        ("fr,de", "usual"),
        ("*", "usual"),
        ("bg;q=0,en;q=0", "usual"),
        ("bg-BG,bg;q=0.9,en;q=0.8", "bg"),
        ("bg,en;q=0.5", "bg"),
        ("en;q=0.5,bg;q=0.9", "bg"),
        ("en;q=0,*", "bg"),
        ("bg;q=0,*", "en"),
        ("da,en;q=0.8,bg;q=0.1", "en"),
        ("da,en-US;q=0.4,bg;q=0.3", "en"),
        ("en-GB,en;q=0.9", "en"),
    ],
)
@pytest.mark.parametrize("usual", ["bg", "en"])
def test_the_root_leads_to_the_language_the_browser_prefers(
    client, workspace, monkeypatch, asked, lang, usual
):
    monkeypatch.setattr(workspace, "settings", replace(workspace.settings, lang=usual))
    answer = client.get("/", headers={"Accept-Language": asked})
    lang = usual if lang == "usual" else lang
    assert (answer.status_code, answer.location) == (302, f"/{lang}/")
    assert "Accept-Language" in answer.vary


def test_an_address_without_language_keeps_its_question(client):
    asked = "/entity/org:council?scope=city:alpha"
    answer = client.get(asked, headers={"Accept-Language": "en"})
    assert answer.location == f"/en{asked}"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["bg", "en"])
def test_every_page_says_its_language_and_offers_the_other(client, lang, path):
    page = Page.of(client.get(f"/{lang}{path}").text)
    assert page.elements[0] == ("html", {"lang": lang})
    if re.search("part=(panel|card)", path) or path == "/nowhere":
        return
    others = [found["href"] for tag, found in page.elements if found.get("hreflang")]
    assert [href[:4] for href in others] == ["/bg/", "/en/"]
    assert client.get(others[0 if lang == "en" else 1]).status_code in (200, 404)


def test_no_text_is_missing_and_none_is_left_over():
    stored = catalogue.stored()
    now = {message.id for message in catalogue.collected() if message.id}
    assert now == {message.id for message in stored if message.id}
    assert catalogue.missing(stored) == []
    assert not [message for message in stored if message.fuzzy]
    with catalogue.of_pages().with_suffix(".mo").open("rb") as stream:
        used = {str(message.id): message.string for message in read_mo(stream) if message.id}
    for message in filter(lambda message: message.id, stored):
        found = used[str(list(message.id) if isinstance(message.id, tuple) else message.id)]
        assert tuple(found) == tuple(message.string)


def test_every_translation_is_bulgarian_and_keeps_its_values():
    for message in catalogue.stored():
        if not message.id:
            continue
        asked = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        for words in said:
            assert CYRILLIC.search(words) or not set(asked[0]) & set(string.ascii_letters), asked
            assert sorted(PLACEHOLDER.findall(words)) == sorted(PLACEHOLDER.findall(asked[-1]))
            assert not set(words) & set('“”"') - ({"“"} if "„" in words else set()), words
            assert words[-1:] == asked[-1][-1:] or not asked[-1].endswith((".", ":", "?")), words


@pytest.mark.parametrize("path", PAGES)
def test_no_english_is_left_on_a_bulgarian_page(client, path):
    shown = Page.of(client.get(f"/bg{path}").text).text("bg")
    for message in catalogue.stored():
        for english in message.id if isinstance(message.id, tuple) else (message.id,):
            if english and len(english.split()) > 1:
                parts = (part for part in PLACEHOLDER.split(english) if len(part.split()) > 1)
                for part in parts:
                    assert part.strip() not in shown, english


@pytest.mark.parametrize("path", PAGES)
def test_no_bulgarian_is_left_on_an_english_page(client, path):
    page = Page.of(client.get(f"/en{path}").text)
    assert not CYRILLIC.findall(page.text("en"))


def test_a_name_attested_in_the_other_language_says_so(client):
    page = client.get("/bg/entity/org:firm").text
    assert '<h1><span lang="en">Firm</span></h1>' in page
    page = client.get("/en/entity/person:ann").text
    assert '<h1><span lang="bg">Ан</span></h1>' in page


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Варна", "във Варна"),
        ("София", "в София"),
        ("Франкфурт", "във Франкфурт"),
        ("Велико Търново", "във Велико Търново"),
        ("Wien", "във Wien"),
        ("„Фарос“", "във „Фарос“"),
        ("Русе", "в Русе"),
        ("", "в "),
    ],
)
def test_in_a_place(name, place):
    assert in_place(name) == place


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("София", "със София"),
        ("Загреб", "със Загреб"),
        ("Русе", "с Русе"),
        ("Šibenik", "със Šibenik"),
    ],
)
def test_together_with(name, words):
    assert together_with(name) == words


def test_names_stand_in_the_order_of_the_readers_alphabet():
    names = [
        "Zagreb",
        "ямбол",
        "Айтос",
        "Йонково",
        "Инд",
        "3Challenge",
        "Ábc",
        "Bosch",
        "Ан Бе",
        "Анабел",
    ]
    bulgarian = [
        "3Challenge",
        "Айтос",
        "Ан Бе",
        "Анабел",
        "Инд",
        "Йонково",
        "ямбол",
        "Ábc",
        "Bosch",
        "Zagreb",
    ]
    english = [
        "3Challenge",
        "Ábc",
        "Bosch",
        "Zagreb",
        "Айтос",
        "Ан Бе",
        "Анабел",
        "Инд",
        "Йонково",
        "ямбол",
    ]
    assert sorted(names, key=lambda name: collation_key(name, "bg")) == bulgarian
    assert sorted(names, key=lambda name: collation_key(name, "en")) == english


def test_the_first_screen_is_in_a_place(client):
    assert "Иновационната екосистема в Алфа" in Page.of(client.get("/bg/").text).text()
    assert "The innovation ecosystem of Alpha" in Page.of(client.get("/en/").text).text()


class TestNumbersAndDates:
    """Filters speak the language of the request."""

    @pytest.fixture(params=["bg", "en"])
    def lang(self, request, app):
        with app.test_request_context(f"/api/overview?lang={request.param}"):
            yield request.param

    def test_days(self, lang):
        from webapp.language import day, span

        assert day("2018") == {"bg": "2018\u00a0г.", "en": "2018"}[lang]
        assert day("2018-09") == {"bg": "септември 2018\u00a0г.", "en": "September 2018"}[lang]
        assert (
            day("2018-09-05") == {"bg": "5 септември 2018\u00a0г.", "en": "5 September 2018"}[lang]
        )
        assert day("") == ""
        assert span("", "") == ""
        assert span("2018", "2018") == day("2018")
        assert span("2018", "2019") == f"{day('2018')} – {day('2019')}"
        ongoing = {"bg": "от 2018\u00a0г., продължава", "en": "since 2018, ongoing"}
        assert span("2018", "ongoing") == ongoing[lang]
        unknown = {"bg": "от 2018\u00a0г., краят не е известен", "en": "since 2018, end unknown"}
        assert span("2018", "") == unknown[lang]
        assert span("", "2019") == {"bg": "до 2019\u00a0г.", "en": "until 2019"}[lang]

    def test_numbers(self, lang):
        from webapp.language import money, number, percent

        assert number(1234) == "1234"
        assert number(12345) == {"bg": "12\u00a0345", "en": "12,345"}[lang]
        assert number(-0.25) == {"bg": "−0,25", "en": "−0.25"}[lang]
        assert number(0.0) == number(0) == "0"
        assert number(1152.7) == "1153"
        assert number(None) == number(float("nan")) == "–"
        assert percent(0.125) == "13\u00a0%"
        assert (
            money(1200000000, "EUR")
            == {"bg": "12\u00a0000\u00a0000\u00a0EUR", "en": "12,000,000\u00a0EUR"}[lang]
        )
        assert money(150, "BGN") == {"bg": "1,50\u00a0BGN", "en": "1.50\u00a0BGN"}[lang]
        assert money(None, "EUR") == "–"

    def test_places(self, lang):
        from webapp.language import ordinal

        places = [ordinal(n) for n in (1, 2, 3, 4, 7, 11, 12, 21, 22, 108)]
        assert (
            places
            == {
                "bg": "1-во 2-ро 3-то 4-то 7-мо 11-то 12-то 21-во 22-ро 108-мо".split(),
                "en": "1st 2nd 3rd 4th 7th 11th 12th 21st 22nd 108th".split(),
            }[lang]
        )
        assert ordinal(2.5) == {"bg": "2,5", "en": "2.5"}[lang]

    def test_counts_have_the_form_their_number_asks_for(self, lang):
        from webapp.wording import counted

        said = [
            counted("City", 1),
            counted("City", 3),
            counted("Project", 12),
            counted("Person", 8),
        ]
        assert (
            said
            == {
                "bg": ["1 град", "3 града", "12 проекта", "8 души"],
                "en": ["1 city", "3 cities", "12 projects", "8 people"],
            }[lang]
        )

    def test_a_page_the_terminal_and_the_report_write_alike(self, lang):
        from ecosystem.questions.tables import gaps
        from ecosystem.report.pen import Pen
        from ecosystem.tables import Answer, date
        from webapp import tables
        from webapp.language import day

        row = (0.996, 0.0004, Money(1234550, "EUR"), Money(1050, "JPY"), 2 / 3, 12345, None)
        forms = ("share", "share", "money", "money", "number", "count", "number")
        columns = tuple(Column(Text("а", "a"), form) for form in forms)
        table = Table(Text("т", "t"), columns, (row,))
        snapshot = Snapshot.of(tiny())
        pen = Pen(SimpleNamespace(snapshot=snapshot), lang)
        page = [
            unescape(re.sub("<[^>]*>", "", tables.rule_cell(*cell)))
            for cell in zip(row, columns, strict=True)
        ]
        (grid,) = pen.grid(table)
        report = ["".join(cell.line) for cell in grid.rows[0]]
        drawn = gaps._drawn(snapshot, table, 1)
        out = io.StringIO()
        terminal.write(out, Answer(None, (drawn,)), "table", lang)
        told = re.split(" {2,}", out.getvalue().splitlines()[-1].strip())
        assert page == report == told
        assert page[:2] == [">99\u00a0%", "<1\u00a0%"] and page[-1] == "–"
        said = date("2018-09-10").text.show(lang)[0]
        assert day("2018-09-10") == said == figures.day("2018-09-10", lang)

    def test_a_large_count_is_grouped_beside_its_noun(self, lang):
        from webapp.wording import counted

        said = {"bg": "12\u00a0345 града", "en": "12,345 cities"}[lang]
        assert counted("City", 12345) == said
