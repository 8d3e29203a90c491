"""Contact data is found however it is written, and numbers of other sorts are left alone."""

import sys
import threading

import pytest

from ecosystem.contact import holds_contact, without_contact


@pytest.mark.parametrize(
    "text",
    [
        "0888 123 456",
        "0888123456",
        "088 812 3456",
        "(02) 981 12 34",
        "02 981 12 34",
        "02/9811234",
        "032 656 565",
        "room 5 0888 123 456",
        "тел. 981 12 34",
        "phone: 9811234",
        "00359 2 981 12 34",
        "00359888123456",
        "+359 888 123 456",
        "(+359) 888123456",
        "+359.29811234",
        "+1 415 555 2671",
        "٠٨٨٨ ١٢٣ ٤٥٦",
        "tel:+35929811234",
        "ivan@x.bg",
        "ivan [at] x.bg",
        "ivan(at)x.bg",
        "ivan[at]x[dot]bg",
        "ivan at x dot bg",
        "иван(ат)пример.бг",
        "ivan＠x.bg",
        "i\u200bvan@\u200bx.bg",
        "ivan @ x.bg",
        "ivan%40x.bg",
        "ivan&#64;x.bg",
        "mailto:ivan",
        "https://ivan@x.bg/",
        "page 3: joe@example.org",
    ],
)
def test_contact_data_is_found(text):
    assert holds_contact(text)
    assert holds_contact(f"Ask for it: {text}; or come by.")


@pytest.mark.parametrize(
    "text",
    [
        "+100 000 000 BGN",
        "+200 000 000",
        "+5 123 456 лв.",
        "€ +200 123 456",
        "1 000 000",
        "2018-2020",
        "2018-09-10",
        "2020-05-01 08:00",
        "02.09.2018 9:00",
        "02.9.2018 15:00",
        "10.08.2018 - 02.09.2018",
        "000696327",
        "131234567",
        "101070000",
        "42.6977, 23.3219",
        "+42.697708, +23.321900",
        "BG16RFOP002-1.005-0123-C01",
        "2014BG05M2OP001-1.002-0012",
        "LIFE17 IPE/BG/000012",
        "0000-0002-1825-0097",
        "ISBN 978-954-07-1234-5",
        "rows 12, 15, 2018",
        "https://medium.com/@user/post",
        "https://www.google.com/maps/@42.69,23.32,15z",
        "https://x.bg/news/0888123456",
        "package@1.2.3",
        "meeting @ Sofia",
        "look at x.bg",
    ],
)
def test_other_numbers_and_signs_are_none(text):
    assert not holds_contact(text)
    assert without_contact(text) == text


def test_only_the_contact_data_is_taken_out():
    assert without_contact("Ann Lee, ann@x.bg 0888 123 456 director") == "Ann Lee, director"


def steps(text: str) -> int:
    """How many lines of the module run for a text: its work without a clock."""
    counted = 0

    def tracer(frame, event, _arg):
        nonlocal counted
        if not frame.f_code.co_filename.endswith("contact.py"):
            return None
        counted += event == "line"
        return tracer

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        without_contact(text)
    finally:
        sys.settrace(before)
    return counted


PIECES = ("a@a.bg", "a@a.bg ", "+1 ", "0 ", "0888 ", "02 ", "тел. 1 ", "mailto:", "a@b.", "(at)")


@pytest.mark.parametrize("piece", PIECES)
def test_the_work_grows_no_faster_than_the_text(piece):
    assert steps(piece * 400) < 3 * steps(piece * 200)


@pytest.mark.parametrize(
    "piece", ["a", "@", "a@", "0", "a.", "a@a.a1.", "[", "a [", "a\u200b", *PIECES]
)
def test_a_long_text_ends_soon(piece):
    worker = threading.Thread(target=holds_contact, args=(piece * 100_000,), daemon=True)
    worker.start()
    worker.join(60)  # hours where a search starts again at each letter
    assert not worker.is_alive()


def test_what_comes_together_when_a_number_is_taken_out_goes_too():
    text = "tel. 0888 123 456tel. 0888 123 456Алфа"
    assert not holds_contact(without_contact(text))
