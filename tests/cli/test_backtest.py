"""The backtest on the command line; no store is started."""

import json

import pytest

from ecosystem.cli import main

PAIRS = """pair_id,network,start_year,mentor_geonameid,mentee_geonameid
a,Reuse,2013,2,1
b,Streets,2014,3,4
c,Streets,,3,2
"""
CITIES = """geonameid,city,country,lat,lon,population,language,etmun_count
1,Sofia,BG,42.7,23.3,1152556,bg,3
2,Amsterdam,NL,52.4,4.9,741636,nl,9
3,Nice,FR,43.7,7.3,338620,fr,5
4,Plovdiv,BG,42.1,24.7,340494,bg,1
"""
MEMBERS = """Network;Description;Start;geonameId;asciiName;Country;lng_GN;lat_GN
Alpha;Empty factories;2009;1;Sofia;BG;23,3;42,7
Alpha;Empty factories;2009;2;Amsterdam;NL;4,9;52,4
Beta;Cycling;2010;3;Nice;FR;7,3;43,7
Beta;Cycling;2010;4;Plovdiv;BG;24,7;42,1
"""


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run a command where a store could not be started; gives exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    monkeypatch.delenv("ECOSYSTEM_LANG", raising=False)
    for name, content in (("pairs", PAIRS), ("cities", CITIES), ("members", MEMBERS)):
        (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")

    def call(*arguments):
        code = main(list(arguments))
        return (code, *capsys.readouterr())

    return call


@pytest.fixture
def rows(run, tmp_path):
    """The attribute rows, made by the command."""
    code, out, err = run("attributes", "cities.csv", "members.csv")
    assert code == 0 and "left out as undated: etmun_count." in err
    (tmp_path / "rows.csv").write_text(out, encoding="utf-8")
    return "rows.csv"


def test_the_figures_stand_at_the_top_of_the_json(run, rows):
    code, out, err = run(
        "match", "--backtest", "pairs.csv", "--attributes", rows, "--format", "json"
    )
    found = json.loads(out)
    assert code == 0
    figures = ("mrr", "random_mrr", "gain", "gain_low", "gain_high", "n_pairs", "n_networks")
    assert {key: found[key] for key in figures} == {
        "mrr": 1.0,
        "random_mrr": 0.75,
        "gain": 0.25,
        "gain_low": 0.25,
        "gain_high": 0.25,
        "n_pairs": 2,
        "n_networks": 2,
    }
    for name in ("nearest", "similar-population", "similar-population-abroad", "shared-networks"):
        assert {*figures, "hit@1", "hit@3"} <= found["baselines"][name].keys()
    assert found["skipped"][0]["line"] == 4
    assert "Pairs skipped: 1, no start year (line 4)." in err
    assert "interest, not need" in err


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "interest, not need"), ("bg", "интерес, не нужда")]
)
def test_the_table_says_what_is_never_checked(run, rows, lang, said):
    code, out, _ = run("match", "--backtest", "pairs.csv", "--attributes", rows, "--lang", lang)
    assert code == 0 and said in " ".join(out.split())


def test_an_undated_row_is_refused_aloud(run, rows, tmp_path):
    with (tmp_path / rows).open("a", encoding="utf-8") as stream:
        stream.write("1,network,Streets,\n")
    code, out, _ = run("match", "--backtest", "pairs.csv", "--attributes", rows)
    assert code == 0 and "Rows refused: 1, undated" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ("--backtest", "pairs.csv"),
        ("--attributes", "cities.csv"),
        ("city:sofia", "--backtest", "pairs.csv", "--attributes", "cities.csv"),
    ],
)
def test_half_a_backtest_is_a_usage_error(run, arguments):
    code, out, _ = run("match", *arguments)
    assert (code, out) == (2, "")


def test_a_broken_file_is_named_with_every_problem(run, tmp_path):
    (tmp_path / "rows.csv").write_text("city,value\n1,2\n", encoding="utf-8")
    code, out, err = run("match", "--backtest", "pairs.csv", "--attributes", "rows.csv")
    assert (code, out) == (3, "")
    assert "rows.csv:1:attribute: this column is missing." in err
    assert "rows.csv:1:known_from: this column is missing." in err
