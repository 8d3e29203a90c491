"""Lists of guests from the command line, on the tiny town and on the shipped seeds."""

import csv
import io
import json

import pytest

from tests.cli.test_cli import data, loaded, pack, run  # noqa: F401  # fixtures
from tests.unit.test_sheets import cells


@pytest.fixture
def town(loaded):  # noqa: F811
    """The tiny town; its council is the administration of the city that needs mobility."""
    return lambda *words: loaded(*words, "--scope", "city:alpha")


def test_a_list_is_printed_with_reasons_quotas_and_who_is_left_out(town, monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")
    code, out, err = town("invite", "theme:mobility", "--size", "5")
    assert code == 0, err
    for words in (
        "Invitations (1)",
        "Maybe: they only support the theme (1)",
        "Alpha Council (org:council)",
        "needs “Mobility”",
        "offers “ICT” (which enables “Mobility”)",
        "10 September 2018: Innovation Day",
        "only 2 have a recorded link",
        "no recorded link to the theme: 2",
    ):
        assert words in " ".join(out.split()), words


def test_json_holds_every_part_and_its_statements(town):
    found = json.loads(town("invite", "theme:mobility", "--size", "1", "--format", "json")[1])
    (council,) = found["guests"]
    assert council["id"] == "org:council"
    assert council["score"] == sum(part["points"] or 0 for part in council["parts"])
    assert council["parts"][0]["statements"] == ["NEEDS|city:alpha|theme:mobility|"]
    assert [one["id"] for one in found["runners_up"]] == ["org:firm"]


def test_a_file_may_stand_before_or_after_the_options(town, tmp_path):
    for words in (
        ("theme:mobility", "a.csv", "--size", "5"),
        ("theme:mobility", "--size", "5", "a.csv"),
    ):
        (tmp_path / "a.csv").unlink(missing_ok=True)
        assert town("invite", *words)[1] == "a.csv\n"
        rows = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"))))
        assert [row["Id"] for row in rows] == ["org:council", "org:firm"]
        assert rows[1]["Contact persons"] == "Ан, director"


def test_a_workbook_has_assumptions_and_sources_on_its_second_sheet(town, tmp_path):
    assert town("invite", "theme:mobility", "list.xlsx", "--lang", "bg")[0] == 0
    book = (tmp_path / "list.xlsx").read_bytes()
    first, second = cells(book), cells(book, 2)
    assert first["C2"] == ("s", "org:council")
    said = [value for _, value in second.values()]
    assert "Към дата" in said and "https://alpha.example.org/page" in said
    assert any("Сент-Лагю" in words for words in said)


def test_a_list_is_compared_with_an_event_and_events_with_each_other(town):
    found = json.loads(
        town("invite", "theme:mobility", "--compare", "event:day", "--format", "json")[1]
    )
    assert [one["id"] for one in found["both"]] == ["org:council", "org:firm"]
    assert [one["id"] for one in found["only_other"]] == ["org:uni"]
    same = json.loads(town("invite", "event:day", "--compare", "event:day", "--format", "json")[1])
    assert (same["only_one"], same["only_other"]) == ([], [])
    assert "In both (3)" in town("invite", "event:day", "--compare", "event:day")[1]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("theme:mobilty",), 6, "'theme:mobility'"),
        (("theme:mobility", "--must", "org:frim"), 6, "'org:firm'"),
        (("theme:mobility", "--size", "0"), 2, "from 1 to 500"),
        (("theme:mobility", "--quota", "farming=2"), 2, "industry, academia"),
        (("theme:mobility", "--quota", "industry=many"), 2, "whole number"),
        (("theme:mobility", "list.pdf"), 2, ".csv or .xlsx"),
        (("event:day",), 6, "another kind: event"),
        (("theme:mobility", "--compare", "event:dya"), 6, "'event:day'"),
        (("list.csv",), 2, "THEME: has to be said"),
    ],
)
def test_what_cannot_be_answered_says_why(town, words, code, said):
    answer = town("invite", *words)
    assert answer[0] == code and said in answer[2]


def test_the_roadmap_is_printed_and_written(town, tmp_path):
    code, out, err = town("roadmap")
    assert code == 0, err
    assert "Bus Project" in out and "2019 – 2021" in out and "4/7" in out
    assert town("roadmap", "--lang", "bg", "map.xlsx")[1] == "map.xlsx\n"
    first = cells((tmp_path / "map.xlsx").read_bytes())
    assert first["C2"] == ("s", "project:bus") and first["Q2"] == ("n", "10000")
    found = json.loads(town("roadmap", "--format", "json")[1])
    assert found["steps"][0]["leaders"][0]["id"] == "org:council"


def test_a_decided_priority_orders_the_roadmap(town):
    assert town("decide", "priority", "project:bus", "high", "--note", "It runs daily")[0] == 0
    step = json.loads(town("roadmap", "--format", "json")[1])["steps"][0]
    assert (step["priority"], step["why"]) == ("high", "It runs daily")
    assert town("decide", "priority", "project:bus")[0] == 0


def test_a_roadmap_of_nothing_is_not_found(town):
    assert town("roadmap", "programme:nothing")[0] == 6
    assert town("roadmap", "programme:a", "programme:b")[0] == 2
