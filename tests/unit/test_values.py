"""Dates, ids, money and bilingual texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values import (
    Money,
    Period,
    Text,
    first_day,
    last_day,
    parse_currency,
    parse_date,
    parse_end,
    parse_id,
    parse_integer,
    parse_text,
    parse_url,
    plain,
)


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        ("2018", "2018-01-01", "2018-12-31"),
        ("2018-09", "2018-09-01", "2018-09-30"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2018-09-10", "2018-09-10", "2018-09-10"),
    ],
)
def test_a_partial_date_spans_its_first_to_its_last_day(partial, first, last):
    assert (first_day(partial), last_day(partial)) == (first, last)


@given(st.dates())
def test_every_full_day_is_a_date_and_spans_itself(day):
    text = day.isoformat()
    assert parse_date(text) == first_day(text) == last_day(text) == text


@pytest.mark.parametrize(
    "text", ["2018-13", "2018-02-30", "18", "2018-9-1", "10.09.2018", "2018-09-10T00:00", "0000"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"date|calendar"):
        parse_date(text)


def test_only_an_end_may_be_ongoing():
    assert parse_end("ongoing") == "ongoing"
    with pytest.raises(ValueError, match="date"):
        parse_date("ongoing")


def test_an_unknown_end_is_open_and_known_to_be_unknown():
    period = Period("2018", "")
    assert (period.valid_from, period.valid_to) == ("2018-01-01", "9999-12-31")
    assert period.end_unknown and not Period("2018", "ongoing").end_unknown
    assert not period.ended_by("2300-01-01") and Period("", "2017").ended_by("2018-01-01")


@pytest.mark.parametrize(
    "text", ["sofia", "City:sofia", "city:", "city:so fia", "city:-sofia", "city:a--b", "city:x\n"]
)
def test_what_is_no_id_is_refused(text):
    with pytest.raises(ValueError, match="not an id"):
        parse_id(text)


def test_a_homoglyph_in_an_id_is_named():
    with pytest.raises(ValueError, match="cyrillic small letter o"):
        parse_id("city:s\u043efia")


@pytest.mark.parametrize("text", ["a\0b", "a\u202eb", "a\x1bb", "\u2066x"])
def test_control_and_direction_characters_are_refused_in_texts(text):
    with pytest.raises(ValueError, match="not allowed"):
        parse_text(text)


def test_texts_are_composed_and_trimmed():
    assert parse_text("  и\u0306  ") == "й"


def test_a_text_falls_back_to_the_other_language_and_says_so():
    assert Text("", "Nice").show("bg") == ("Nice", "en")
    assert Text("Ница", "Nice").show("bg") == ("Ница", "bg")


def test_lev_convert_at_the_fixed_rate_and_nothing_else_converts():
    assert Money(195583, "BGN").to_eur() == Money(100000, "EUR")
    assert Money(5, "EUR").to_eur() == Money(5, "EUR")
    assert Money(5, "USD").to_eur() is None


def test_withdrawn_currencies_are_known_and_invented_ones_not():
    assert parse_currency("BGN") == "BGN"
    with pytest.raises(ValueError, match="ISO 4217"):
        parse_currency("LEV")


@pytest.mark.parametrize("text", ["12.5", "1e3", "١٢", "--1", "9" * 19, ""])
def test_what_is_no_whole_number_is_refused(text):
    with pytest.raises(ValueError, match="whole number"):
        parse_integer(text)


@pytest.mark.parametrize("text", ["javascript:alert(1)", "ftp://a.b", "http://nodot", "a.b/c"])
def test_what_is_no_web_address_is_refused(text):
    with pytest.raises(ValueError, match="address"):
        parse_url(text)


def test_plain_values_hold_no_tuple_and_no_nan():
    assert plain({"a": (Text("б", "b"), frozenset({"y", "x"}))}) == {
        "a": [{"bg": "б", "en": "b"}, ["x", "y"]]
    }
    with pytest.raises(ValueError, match="no number"):
        plain(float("nan"))
