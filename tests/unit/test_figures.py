"""One writer of numbers, shares, amounts, days and ranks, in either language."""

from __future__ import annotations

import ast
import io
import math
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem import figures, tables, terminal
from ecosystem.labels import written
from ecosystem.snapshot import Snapshot
from ecosystem.values import CURRENCIES, Text

ROOT = Path(__file__).parent.parent.parent
LANGUAGES = st.sampled_from(["bg", "en"])
GROUP = {"bg": "\u00a0", "en": ","}
POINT = {"bg": ",", "en": "."}
FINITE = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15)


def read(words: str, lang: str) -> Decimal:
    """The number that is written."""
    bare = words.replace(GROUP[lang], "").replace(POINT[lang], ".").replace("\u2212", "-")
    return Decimal(bare)


# Rounding


@pytest.mark.parametrize(
    ("value", "places", "said"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (0.125, 2, "0.13"),
        (0.285, 2, "0.29"),
        (1.005, 2, "1.01"),
        (0.45, 1, "0.5"),
        (7, 2, "7"),
        (1e300, 0, "1e300"),
    ],
)
def test_halves_are_rounded_up(value, places, said):
    assert figures.rounded(value, places) == Decimal(said)


@given(FINITE, st.integers(0, 6))
def test_rounding_is_that_of_the_shortest_decimal(value, places):
    exact = Decimal(repr(value))
    assert figures.rounded(value, places) == exact.quantize(
        Decimal(1).scaleb(-places), ROUND_HALF_UP
    )


# Numbers


@pytest.mark.parametrize(
    ("value", "bg", "en"),
    [
        (0, "0", "0"),
        (0.0, "0", "0"),
        (-0.0, "0", "0"),
        (9999, "9999", "9999"),
        (10_000, "10\u00a0000", "10,000"),
        (9999.5, "10\u00a0000", "10,000"),
        (-1234567, "−1\u00a0234\u00a0567", "−1,234,567"),
        (-0.25, "−0,25", "−0.25"),
        (0.1 + 0.2, "0,3", "0.3"),
        (1 / 3, "0,333", "0.333"),
        (0.0125, "0,0125", "0.0125"),
        (12.25, "12,3", "12.3"),
        (9.996, "10", "10"),
        (1152.5, "1153", "1153"),
        (-1e-9, "0", "0"),
        (None, "–", "–"),
        (math.nan, "–", "–"),
        (-math.inf, "–", "–"),
    ],
)
def test_a_number(value, bg, en):
    assert figures.both(figures.number, value) == Text(bg, en)


@given(st.integers(-(10**24), 10**24), LANGUAGES)
def test_a_whole_number_is_written_in_full_and_grouped_from_five_digits_on(value, lang):
    words = figures.number(value, lang)
    assert read(words, lang) == value
    assert (GROUP[lang] in words) == (abs(value) >= 10_000)
    assert POINT[lang] not in words.replace(GROUP[lang], "")


@given(FINITE, LANGUAGES, st.integers(1, 6))
def test_a_measured_number_is_read_back_within_its_digits(value, lang, digits):
    words = figures.number(value, lang, digits)
    exact, back = Decimal(repr(value)), read(words, lang)
    places = max(0, min(6, digits - 1 - exact.adjusted())) if value else 0
    assert back == exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert "-" not in words and words not in ("−0", "")
    assert not re.search(r"[.,]\d*0\Z", words.replace(GROUP[lang], ""))


@given(FINITE, LANGUAGES, st.integers(1, 4))
def test_fixed_places_are_all_written(value, lang, places):
    words = figures.decimal(value, lang, places)
    assert len(words.rpartition(POINT[lang])[2]) == places
    assert read(words, lang) == figures.rounded(value, places)


def test_the_values_of_numpy_are_numbers_too():
    numpy = pytest.importorskip("numpy")
    assert figures.number(numpy.float64(0.125), "en", 2) == "0.13"
    assert figures.number(numpy.int64(12345), "en") == "12,345"
    assert figures.percent(numpy.float32(0.5), "en") == "50\u00a0%"


# Shares


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0"),
        (0.001, "<1"),
        (0.0049, "<1"),
        (0.005, "1"),
        (0.125, "13"),
        (0.285, "29"),
        (0.994, "99"),
        (0.995, ">99"),
        (0.9999, ">99"),
        (1, "100"),
        (1.001, "100"),
        (2.5, "250"),
        (-0.3, "−30"),
        (-0.001, ">−1"),
    ],
)
def test_a_share_is_written_alike_in_both_languages(share, said):
    assert figures.both(figures.percent, share) == Text(*[f"{said}\u00a0%"] * 2)


def test_a_share_that_is_not_known_is_a_dash():
    assert figures.both(figures.percent, None) == Text("–", "–")


@given(st.floats(0, 1), LANGUAGES)
def test_only_none_is_none_and_only_all_is_all(share, lang):
    words = figures.percent(share, lang)
    assert words.endswith("\u00a0%")
    assert (words == "0\u00a0%") == (share == 0)
    assert (words == "100\u00a0%") == (share == 1)


# Money


@pytest.mark.parametrize(
    ("minor", "currency", "bg", "en"),
    [
        (1_200_000_000, "EUR", "12\u00a0000\u00a0000\u00a0EUR", "12,000,000\u00a0EUR"),
        (1050, "EUR", "10,50\u00a0EUR", "10.50\u00a0EUR"),
        (5, "BGN", "0,05\u00a0BGN", "0.05\u00a0BGN"),
        (1050, "JPY", "1050\u00a0JPY", "1050\u00a0JPY"),
        (1_000_000, "ISK", "1\u00a0000\u00a0000\u00a0ISK", "1,000,000\u00a0ISK"),
        (1050, "KWD", "1,050\u00a0KWD", "1.050\u00a0KWD"),
        (5000, "KWD", "5\u00a0KWD", "5\u00a0KWD"),
        (150, "MGA", "1,50\u00a0MGA", "1.50\u00a0MGA"),
        (-2_000_050, "EUR", "−20\u00a0000,50\u00a0EUR", "−20,000.50\u00a0EUR"),
        (0, "EUR", "0\u00a0EUR", "0\u00a0EUR"),
        (500, "", "5", "5"),
        (None, "EUR", "–", "–"),
    ],
)
def test_an_amount(minor, currency, bg, en):
    assert figures.both(figures.money, minor, currency) == Text(bg, en)


@given(st.integers(-(10**18), 10**18), st.sampled_from(sorted(CURRENCIES)), LANGUAGES)
def test_an_amount_of_every_currency_is_read_back_exactly(minor, currency, lang):
    words = figures.money(minor, currency, lang)
    amount, space, code = words.rpartition("\u00a0")
    assert (space, code) == ("\u00a0", currency)
    assert read(amount, lang) * 10 ** CURRENCIES[currency] == minor
    assert (POINT[lang] in amount.replace(GROUP[lang], "")) == bool(
        minor % 10 ** CURRENCIES[currency]
    )


def test_the_table_of_currencies_is_that_of_iso_4217():
    none = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
    assert {code for code, digits in CURRENCIES.items() if digits == 0} == set(none.split())
    thousandths = {code for code, digits in CURRENCIES.items() if digits == 3}
    assert thousandths == set("BHD IQD JOD KWD LYD OMR TND".split())
    assert set(CURRENCIES.values()) == {0, 2, 3}
    assert {"EUR", "BGN", "MRU", "MGA", "HUF", "RSD", "CZK"} <= CURRENCIES.keys()
    assert {"EEK", "HRK", "LTL", "LVL", "SIT", "SKK"} <= CURRENCIES.keys()  # withdrawn


# Days, places, tests


@pytest.mark.parametrize(
    ("partial", "bg", "en"),
    [
        ("2018", "2018\u00a0г.", "2018"),
        ("2018-09", "септември 2018\u00a0г.", "September 2018"),
        ("2018-09-05", "5 септември 2018\u00a0г.", "5 September 2018"),
        ("0987-01-31", "31 януари 0987\u00a0г.", "31 January 0987"),
        ("ongoing", "продължава", "ongoing"),
        ("", "", ""),
    ],
)
def test_a_day_is_written_as_precisely_as_it_is_known(partial, bg, en):
    assert figures.both(figures.day, partial) == Text(bg, en)


@pytest.mark.parametrize(
    ("since", "until", "bg", "en"),
    [
        ("2018", "2018", "2018\u00a0г.", "2018"),
        ("2018", "2019-05", "2018\u00a0г. – май 2019\u00a0г.", "2018 – May 2019"),
        ("2018", "ongoing", "от 2018\u00a0г., продължава", "since 2018, ongoing"),
        ("2018", "", "от 2018\u00a0г., краят не е известен", "since 2018, end unknown"),
        ("", "2019", "до 2019\u00a0г.", "until 2019"),
        ("", "ongoing", "продължава", "ongoing"),
        ("", "", "", ""),
    ],
)
def test_a_span(since, until, bg, en):
    assert figures.both(figures.span, since, until) == Text(bg, en)


@pytest.mark.parametrize(
    ("place", "rank", "bg", "en"),
    [
        (1, "1", "1-во", "1st"),
        (2, "2", "2-ро", "2nd"),
        (3.0, "3", "3-то", "3rd"),
        (7, "7", "7-мо", "7th"),
        (11, "11", "11-то", "11th"),
        (12, "12", "12-то", "12th"),
        (21, "21", "21-во", "21st"),
        (118, "118", "118-то", "118th"),
    ],
)
def test_a_place(place, rank, bg, en):
    assert figures.both(figures.ordinal, place) == Text(bg, en)
    assert figures.both(figures.rank, place) == Text(rank, rank)


def test_a_shared_place_stands_between_two_however_far_down():
    for write in (figures.rank, figures.ordinal):
        assert figures.both(write, 123.5) == Text("123,5", "123.5")
    assert figures.rank(None, "bg") == "–"


def test_an_interval():
    assert figures.both(figures.interval, 0.1, 0.25) == Text("0,1–0,25", "0.1–0.25")
    assert figures.both(figures.interval, -0.5, 0.25) == Text("−0,5 – 0,25", "−0.5 – 0.25")
    assert figures.interval(1, 3.5, "en", figures.rank) == "1–3.5"
    assert figures.interval(2, 2, "en") == "2"
    assert figures.interval(0.2, 0.4, "bg", figures.percent) == "20\u00a0%–40\u00a0%"
    assert figures.interval(None, 1, "en") == figures.interval(1, None, "en") == "–"


def test_a_p_value():
    assert figures.both(figures.probability, 0.035) == Text("p = 0,04", "p = 0.04")
    assert figures.both(figures.probability, 0.0099) == Text("p < 0,01", "p < 0.01")
    assert figures.probability(1.0, "en") == "p = 1.00"


@pytest.mark.parametrize(
    ("name", "value", "bg", "en"),
    [
        ("budget_minor", "1200050", "12\u00a0000,50\u00a0EUR", "12,000.50\u00a0EUR"),
        ("budget_minor", "1200050 JPY", "1\u00a0200\u00a0050\u00a0JPY", "1,200,050\u00a0JPY"),
        ("budget_minor", "about a million", "about a million", "about a million"),
        ("since", "2018-09", "септември 2018\u00a0г.", "September 2018"),
        ("population", "1200000", "1\u00a0200\u00a0000", "1,200,000"),
        ("eik", "000696327", "000696327", "000696327"),
        ("status", "planned", "планиран", "planned"),
    ],
)
def test_a_value_that_a_source_gives_is_written_as_its_property_is(name, value, bg, en):
    assert written(name, value, "EUR") == Text(bg, en)


# A terminal


def test_people_read_figures_and_programs_bare_values(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    row = (
        1 / 3,
        12345,
        None,
        True,
        tables.share(0.996),
        tables.amount(1234550, "EUR"),
        tables.amount(5, "JPY"),
        tables.date("2018-09-10"),
        tables.period("2018", "ongoing"),
        tables.rank(4.5),
        tables.measured(42.69771, 6),
    )
    answer = tables.Answer(None, (tables.Table(("",) * len(row), [row]),))
    said = {}
    for form in ("table", "csv"):
        for lang in ("bg", "en"):
            out = io.StringIO()
            terminal.write(out, answer, form, lang)
            said[form, lang] = out.getvalue()
    assert re.split(r" {2,}", said["table", "bg"].strip()) == [
        "0,333",
        "12\u00a0345",
        "–",
        "да",
        ">99\u00a0%",
        "12\u00a0345,50\u00a0EUR",
        "5\u00a0JPY",
        "10 септември 2018\u00a0г.",
        "от 2018\u00a0г., продължава",
        "4,5",
        "42,6977",
    ]
    assert "0.333" in said["table", "en"] and "12,345.50\u00a0EUR" in said["table", "en"]
    bare = ["12345.50 EUR", "5 JPY", "2018-09-10", "2018/ongoing", "4.5", "42.69771"]
    assert said["csv", "en"].splitlines()[1].split(",") == [
        repr(1 / 3),
        "12345",
        "",
        "yes",
        "0.996",
        *bare,
    ]
    assert said["csv", "bg"] == said["csv", "en"].replace("yes", "да")


# Nobody else writes figures

# Coordinates of pictures, cells of a seed file, and the bounds of one as they are typed.
MACHINES = {
    "ecosystem/charts.py",
    "ecosystem/columns.py",
    "ecosystem/checks.py",
    "ecosystem/drawing.py",
    "ecosystem/figures.py",
    "ecosystem/io/pairs.py",
    "ecosystem/io/seeds.py",
    "ecosystem/io/template.py",
    "ecosystem/look.py",
    "ecosystem/questions/parameters.py",
    "ecosystem/values.py",
    "webapp/stills.py",
}
SOURCES = sorted([*ROOT.glob("ecosystem/**/*.py"), *ROOT.glob("webapp/**/*.py")])


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nobody_else_formats_numbers(path):
    where = str(path.relative_to(ROOT))
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FormattedValue) and node.format_spec and where not in MACHINES:
            assert isinstance(node.format_spec, ast.JoinedStr)
            spec = "".join(str(getattr(one, "value", "")) for one in node.format_spec.values)
            assert not re.search(r"[,_]|[efgn%]\Z", spec, re.I), f"{where}:{node.lineno} {spec}"
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            tight = re.search(r"\d% ", node.value)
            assert not tight, f"{where}:{node.lineno}: a share has its space in English too"
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "round":
            people = where.startswith(("ecosystem/questions", "ecosystem/report", "ecosystem/cli"))
            assert not people and where not in ("ecosystem/terminal.py", "webapp/language.py"), (
                f"{where}:{node.lineno} rounds halves to the even neighbour"
            )


def test_templates_leave_rounding_to_the_filters():
    for path in ROOT.glob("webapp/templates/*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*(round|format)\b|toFixed|toLocale", text), path.name


def test_no_sentence_of_the_shipped_map_ends_twice():
    from ecosystem.analysis.gaps import find_gaps
    from ecosystem.io import seeds
    from ecosystem.paths import shipped_packs

    snapshot = Snapshot.of(seeds.read(shipped_packs()), as_of="2026-01-01", scope="city:sofia")
    told = [text for gap in walked(find_gaps(snapshot)) for text in gap]
    assert told and not [text for text in told if re.search(r"\.\.(?!\.)(?<!\.\.\.)", text)]


def walked(results):
    """Every text of every gap in both languages."""
    for result in results:
        yield [*result.reason, *result.coverage]
        for gap in result.findings:
            yield [*gap.headline, *gap.closing]
