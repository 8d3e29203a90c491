"""Pairs of names judged on the command line."""

import json

import pytest

from ecosystem.cli import main
from ecosystem.store import embedded

HEAD = "name_a,name_b,same,kind,category\n"


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A data folder whose engine is ended at the end."""
    folder = tmp_path_factory.mktemp("data")
    yield folder
    embedded.stop(folder)


@pytest.fixture
def judged(data, capsys, monkeypatch, tmp_path):
    """Judges the pairs of a CSV with these lines; gives exit code, stdout, stderr."""
    for name in ("NEO4J_URI", "ECOSYSTEM_SCOPE", "ECOSYSTEM_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ECOSYSTEM_DATA", str(data))
    monkeypatch.setenv("COLUMNS", "140")

    def asked(text, *more):
        (tmp_path / "pairs.csv").write_text(text, encoding="utf-8")
        code = main(["identity", "--pairs", "pairs.csv", *more])
        return (code, *capsys.readouterr())

    return asked


def test_pairs_are_scored_overall_and_by_category(judged):
    code, out, _ = judged(
        HEAD
        + "Воден музей,Water Museum,1,org,translation\n"
        + "Резонатор ООД,Rezonator Ltd.,1,org,translation\n"
        + "Абвг,Zyxw,1,org,alias\n"
        + "Water Museum,Wind Museum,0,org,other\n",
        "--format",
        "json",
    )
    found = json.loads(out)
    assert code == 0 and found["threshold"] == 0.9
    overall = found["overall"]
    assert (overall["precision"], overall["recall"], overall["f1"]) == (1.0, 0.6667, 0.8)
    assert found["by_category"]["translation"]["f1"] == 1.0
    assert found["by_category"]["alias"]["recall"] == 0.0
    none = found["by_category"]["other"]
    assert none["precision"] is none["recall"] is none["f1"] is None
    first = found["pairs"][0]
    assert (first["name_a"], first["same"], first["expected"]) == ("Воден музей", True, True)
    assert first["why"][0]["sign"] == "+"


def test_a_file_without_the_answers_is_judged_and_not_scored(judged):
    code, out, _ = judged("name_a,name_b\nWater Museum,Воден музей\n", "--format", "json")
    found = json.loads(out)
    assert code == 0 and found["overall"] is None and found["by_category"] is None
    assert [one["same"] for one in found["pairs"]] == [True]
    assert found["pairs"][0]["expected"] is None


def test_a_city_is_known_by_all_its_names_in_the_gazetteer(judged):
    lines = "Солун,Thessaloniki,1,city,\nБургас,Burgos,0,city,\nРусе,Ruse,1,град,\n"
    _, out, _ = judged(HEAD + lines, "--format", "json")
    assert [one["same"] for one in json.loads(out)["pairs"]] == [True, False, True]


def test_people_read_a_table_in_their_language(judged):
    code, out, _ = judged(HEAD + "Абвг,Zyxw,1,org,alias\n", "--lang", "bg")
    assert code == 0
    assert "Пълнота" in out and "Преценени другояче" in out and "Zyxw" in out


def test_what_a_file_lacks_or_says_wrongly_is_named_with_its_place(judged):
    code, _, err = judged("name_a,name_c\nA,B\n")
    assert code == 3 and "name_b" in err
    code, _, err = judged(HEAD + "A,B,perhaps,org,\n")
    assert code == 3 and "pairs.csv:2:same" in err
