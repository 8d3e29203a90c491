"""The command line, against the embedded engine, as a person would use it."""

import csv
import io
import json
import os
import re
import subprocess
import sys

import pytest

from ecosystem.cli import main
from ecosystem.cli.progress import Progress
from ecosystem.dataset import Dataset
from ecosystem.io import seeds
from ecosystem.model import Organisation, Pack, ParticipatesIn, Programme
from ecosystem.store import embedded
from ecosystem.talking import Share
from tests.tiny import tiny


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    """The tiny town as a pack on disk."""
    folder = tmp_path_factory.mktemp("packs") / "tiny"
    declared = Pack(id="pack:tiny", pack="tiny", name_bg="Градче", name_en="Tiny town")
    seeds.write(declared, tiny(), folder)
    return folder


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A data folder whose engine is ended at the end."""
    folder = tmp_path_factory.mktemp("data")
    yield folder
    embedded.stop(folder)


@pytest.fixture
def run(data, capsys, monkeypatch, tmp_path):
    """Run a command; gives exit code, stdout, stderr."""
    for name in ("NEO4J_URI", "ECOSYSTEM_SCOPE", "ECOSYSTEM_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "110")
    monkeypatch.setenv("ECOSYSTEM_DATA", str(data))
    monkeypatch.setenv("COLUMNS", "110")

    def call(*arguments):
        code = main(list(arguments))
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def loaded(run, pack):
    """The same, with the tiny town loaded."""
    code, _, err = run("load", str(pack))
    assert code == 0, err
    return run


def test_loading_twice_changes_nothing(loaded, pack):
    code, out, _ = loaded("load", str(pack), "--format", "json")
    report = json.loads(out)
    assert code == 0
    assert (report["added"], report["changed"], report["removed"]) == (0, 0, 0)


def test_a_broken_row_changes_nothing_and_every_problem_is_said(loaded, pack, tmp_path):
    before = loaded("export", "-")[1]
    broken = tmp_path / "tiny"
    broken.mkdir()
    for file in pack.iterdir():
        (broken / file.name).write_bytes(file.read_bytes())
    with (broken / "located_in.csv").open("a", encoding="utf-8") as stream:
        stream.write("org:frim,city:alpha,,,,,illustrative,,\n")
        stream.write("org:firm,city:alhpa,,,2019,2018,illustrative,,\n")
    code, out, err = loaded("load", str(broken))
    assert (code, out) == (3, "")
    assert "located_in.csv:7:source: 'org:frim' isn't a known node. Did you mean 'org:firm'?" in err
    assert "located_in.csv:8:target: 'city:alhpa' isn't a known node." in err
    assert "located_in.csv:8:until: ends (2018) before it begins (2019)." in err
    assert "3 problems in the data; nothing was changed." in err
    assert loaded("export", "-")[1] == before


def test_pruning_is_asked_for_and_stays_inside_the_pack(run, tmp_path):
    folder = tmp_path / "pruned"
    assert run("new-pack", str(folder))[0] == 0
    assert run("load", str(folder))[0] == 0
    (folder / "participates_in.csv").unlink()
    kept = json.loads(run("load", str(folder), "--format", "json")[1])
    assert (kept["removed"], kept["kept"]) == (0, 1)
    would = json.loads(run("load", str(folder), "--prune", "--dry-run", "--format", "json")[1])
    assert (would["removed"], would["dry_run"]) == (1, True)
    done = json.loads(run("load", str(folder), "--prune", "--format", "json")[1])
    assert (done["removed"], done["revision"]) == (1, would["revision"] + 1)


def test_problems_come_as_json_too_and_warnings_refuse_nothing(run, tmp_path):
    folder = tmp_path / "doubtful"
    folder.mkdir()
    (folder / "pack.toml").write_text('name = "doubtful"\nmodel_version = "2"\n')
    rows = "id,name_en,standing\norg:one,Same,illustrative\norg:two,SAME,illustrative\n"
    (folder / "organisations.csv").write_text(rows + "org:bad,,x\n")
    code, out, err = run("load", str(folder), "--dry-run", "--format", "json")
    found = json.loads(out)
    assert (code, found["count"]) == (3, 2)
    assert {one["column"] for one in found["problems"]} == {"name_bg", "standing"}
    assert all(one["line"] == 4 for one in found["problems"])
    (folder / "organisations.csv").write_text(rows)
    code, out, err = run("load", str(folder), "--dry-run", "--format", "json")
    (warning,) = json.loads(out)["warnings"]
    assert code == 0 and "'org:one' and 'org:two' have the name 'Same'" in warning
    assert f"Warning: {warning}" in err
    code, out, err = run("load", str(folder), "--dry-run", "--lang", "bg")
    assert code == 0 and f"Внимание: {warning}" in err


def test_gaps_as_a_file_are_all_of_them_in_one_table(loaded, tmp_path):
    target = tmp_path / "gaps.csv"
    assert loaded("gaps", str(target), "--scope", "city:alpha")[0] == 0
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
    told = json.loads(loaded("gaps", "--scope", "city:alpha", "--format", "json")[1])
    found = [
        (rule["rule"], gap["sentence"]["en"]) for rule in told["rules"] for gap in rule["findings"]
    ]
    assert [(row["Rule"], row["Gap"]) for row in rows] == found and len(found) > 5


def test_gaps_speak_of_the_default_scope_in_both_languages(loaded):
    code, out, _ = loaded("gaps", "G06", "--scope", "city:alpha")
    assert code == 0
    assert "Loner Foundation" in out
    code, out, _ = loaded("gaps", "G06", "--scope", "city:alpha", "--lang", "bg")
    assert "Какво би помогнало" in out


def test_an_unknown_rule_and_an_unknown_city_offer_the_nearest(loaded):
    code, _, err = loaded("gaps", "G61", "--scope", "city:alpha")
    assert code == 6 and "Did you mean" in err
    code, _, err = loaded("gaps", "--scope", "city:alhpa")
    assert code == 6 and "'city:alpha'" in err


def test_match_names_reasons_that_add_up(loaded):
    code, out, _ = loaded("match", "city:alpha", "--format", "json")
    assert code == 0
    best = json.loads(out)["suggestions"][0]
    assert best["mentor"] == "city:beta"
    assert sum(r["contribution"] for r in best["reasons"]) == pytest.approx(best["score"])


def test_analyse_prints_every_measure_or_why_not(loaded):
    code, out, _ = loaded("analyse", "--scope", "city:alpha", "--format", "json")
    assert code == 0
    for measure in json.loads(out)["measures"]:
        assert measure["values"] or measure["reason"]["bg"]


def test_show_prints_conflicting_claims_side_by_side(loaded):
    code, out, _ = loaded("show", "project:bus", "--scope", "city:alpha")
    assert code == 0
    assert "Sources disagree" in out
    assert "12,000\u00a0EUR" in out and "10,000\u00a0EUR" in out


def test_a_query_of_ones_own_reads_and_never_writes(loaded):
    text = "MATCH (n:City) RETURN n.id AS id ORDER BY id"
    code, out, _ = loaded("query", "--cypher", text, "--format", "csv")
    assert (code, out) == (0, "id\ncity:alpha\ncity:beta\n")
    code, _, err = loaded("query", "--cypher", "MATCH (n) DETACH DELETE n")
    assert code == 5 and "DETACH would change the database" in err
    code, _, err = loaded("query", "--cypher", "MATCH (n RETURN n")
    assert code == 5


def test_a_parameter_that_is_no_pair_is_refused(loaded):
    code, _, err = loaded("query", "mentors-of-city", "sofia")
    assert code == 2 and "NAME=VALUE" in err


def test_the_library_is_listed(loaded):
    code, out, _ = loaded("query", "--format", "json")
    assert code == 0
    assert len(json.loads(out)) >= 15


def test_an_export_without_people_has_no_trace_of_them(loaded, tmp_path):
    target = tmp_path / "all.jsonl"
    assert loaded("export", str(target))[0] == 0
    assert "person:ann" in target.read_text(encoding="utf-8")
    code, out, _ = loaded("export", "-", "--without-people")
    assert code == 0 and "person:" not in out


def test_the_ending_of_an_export_says_its_format_and_what_is_not_in_it(loaded, tmp_path):
    target = tmp_path / "map.gexf"
    code, out, err = loaded("export", str(target), "--format", "json")
    said = json.loads(out)
    assert code == 0 and said["files"] == [str(target)] and said["nodes"] > 0
    left = {one["what"]: one["count"] for one in said["left_out"]}
    assert left["Source"] >= 2 and f"Source {left['Source']}" in err
    code, out, _ = loaded("import", str(target), "--dry-run", "--format", "json")
    found = json.loads(out)
    assert (found["format"], found["nodes"], found["ties"]) == ("gexf", said["nodes"], said["ties"])


def test_an_export_on_stdout_is_what_as_says(loaded):
    code, out, err = loaded("export", "-", "--as", "graphml", "--lang", "bg")
    assert code == 0 and out.startswith("<?xml") and "Не влизат" in err
    assert loaded("export", "-", "--as", "packs")[0] != 0


def test_an_export_as_nothing_known_writes_nothing(loaded, tmp_path):
    code, _, err = loaded("export", str(tmp_path / "map.exe"))
    assert code == 5 and ".gexf" in err and not any(tmp_path.glob("map*"))
    assert loaded("export", str(tmp_path / "ALL.JSONL"))[0] == 0
    assert (tmp_path / "ALL.JSONL").is_file()


def test_an_exported_folder_loads_again(loaded, tmp_path):
    folder = tmp_path / "out"
    assert loaded("export", str(folder), "--pack", "tiny")[0] == 0
    assert seeds.read([folder / "tiny"]).without("Pack") == tiny()
    code, _, err = loaded("export", str(folder))
    assert code == 3 and "not empty" in err


def test_equal_input_gives_equal_bytes(loaded):
    first = loaded("gaps", "--scope", "city:alpha", "--as-of", "2026-01-01", "--format", "json")[1]
    again = loaded("gaps", "--scope", "city:alpha", "--as-of", "2026-01-01", "--format", "json")[1]
    assert first == again


@pytest.mark.parametrize("day", ["2026", "yesterday", "2026-02-30", "20260101"])
def test_a_day_that_is_none_is_refused(loaded, day):
    code, _, err = loaded("gaps", "--as-of", day)
    assert code == 2 and "is not a day" in err


def test_a_neo4j_that_is_down_says_what_to_do(run, monkeypatch):
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    code, out, err = run("gaps")
    assert (code, out) == (4, "")
    assert "127.0.0.1:1" in err


def test_a_data_folder_that_cannot_be_written_is_said(run, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("ECOSYSTEM_DATA", str(tmp_path / "file" / "inside"))
    code, _, err = run("gaps")
    assert code == 4 and "inside" in err


def test_a_secret_in_the_configuration_file_is_refused(run, tmp_path):
    (tmp_path / "ecosystem.toml").write_text('neo4j_password = "x"\n')
    code, _, err = run("gaps")
    assert code == 2 and "secret" in err


@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "1e300"])
def test_a_time_limit_that_no_clock_can_keep_is_refused(run, monkeypatch, value):
    monkeypatch.setenv("ECOSYSTEM_TIME_LIMIT", value)
    code, _, err = run("gaps")
    assert code == 2 and "ECOSYSTEM_TIME_LIMIT" in err and "must be above 0" in err


def test_numbers_that_mean_nothing_are_refused(loaded):
    for command in (("gaps",), ("analyse",), ("match", "city:alpha")):
        code, _, err = loaded(*command, "--top", "-1")
        assert code == 2 and "from 0 up" in err
    for flag in ("--minimum", "--capacity"):
        code, _, err = loaded("match", f"{flag}=-1")
        assert code == 2 and "from 0 to" in err
    code, _, err = loaded("match", "--minimum", "nan")
    assert code == 2 and "from 0 to" in err


def test_nothing_but_a_file_is_replaced_by_a_report(loaded, tmp_path):
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    code, _, err = loaded("report", str(pipe))
    assert code == 3 and "is there already and no file" in err
    assert pipe.is_fifo()
    for target in (tmp_path, tmp_path / "report.exe"):
        assert loaded("report", str(target))[0] == 2


def test_a_query_of_ones_own_is_told_what_it_misspells(loaded):
    code, _, err = loaded("query", "--cypher", "MATCH (o:Organization) RETURN o", "--format", "csv")
    assert code == 0 and "Did you mean Organisation?" in err
    code, _, err = loaded("query", "--cypher", "RETURN apoc.util.sleep(60000)")
    assert code == 5 and "query:1:8: there is no function 'apoc.util.sleep' here" in err
    code, _, err = loaded("query", "--cypher", "RETURN $x", "x=" + "[" * 1900)
    assert code == 5 and "nested too deep" in err


def test_a_query_that_is_no_text_is_refused(loaded):
    code, _, err = loaded("query", "--cypher", 'RETURN "\udcff"')
    assert code == 5 and "cannot be sent" in err


def test_answers_are_utf8_whatever_the_locale(pack, data):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "ECOSYSTEM_DATA": str(data)}
    command = [sys.executable, "-m", "ecosystem", "query", "--lang", "bg"]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Въпрос" in done.stdout.decode()


def test_csv_cells_cannot_become_formulas(loaded):
    code, out, _ = loaded("query", "--cypher", "RETURN '=1+1' AS a, -2 AS b", "--format", "csv")
    assert code == 0
    assert list(csv.reader(io.StringIO(out))) == [["a", "b"], ["'=1+1", "-2"]]
    code, out, _ = loaded("query", "--cypher", "RETURN 1 AS `=1+1`", "--format", "csv")
    assert (code, out) == (0, "'=1+1\n1\n")


def test_csv_for_a_spreadsheet_begins_with_the_mark_by_which_it_knows_utf8(loaded):
    words = ("query", "--cypher", "RETURN 'Ж' AS a", "--format")
    plain, marked = loaded(*words, "csv")[1], loaded(*words, "csv-bom")[1]
    assert plain == "a\nЖ\n" and marked == "\ufeff" + plain


def test_progress_speaks_only_of_what_takes_longer_than_a_second():
    import time

    stream = io.StringIO()
    with Progress(stream) as talk:
        talk("quick")
    assert stream.getvalue() == ""
    with Progress(stream) as talk:
        talk("slow")
        time.sleep(1.2)
    assert stream.getvalue().startswith("slow (1 s)")


def test_a_terminal_shows_how_far_it_is_and_a_file_does_not():
    import time

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream in (Terminal(), io.StringIO()):
        with Progress(stream) as talk:
            talk(Share.of("Reading ...", 1, 4))
            time.sleep(1.2)
            talk(Share.of("Reading ...", 3, 4))
            time.sleep(1.2)
        drawn = stream.getvalue()
        if stream.isatty():
            assert "\rReading ... 25 %" in drawn and "\rReading ... 75 %" in drawn
        else:
            assert drawn.count("Reading ...") == 1 and "%" not in drawn


def test_doctor_finds_everything_in_order(loaded):
    code, out, _ = loaded("doctor", "--format", "json")
    assert code == 0
    assert {finding["state"] for finding in json.loads(out)} <= {"good", "note"}


def test_a_lock_and_an_exclusion_shape_the_plan(loaded):
    code, out, _ = loaded("match", "--exclude", "city:alpha=city:beta", "--format", "json")
    assert code == 0
    plan = json.loads(out)["plan"]
    assert plan["pairs"] == []
    assert [one["mentee"] for one in plan["unmatched"]] == ["city:alpha"]
    code, out, _ = loaded("match", "--lock", "city:alpha=city:beta", "--format", "json")
    assert json.loads(out)["plan"]["pairs"][0]["locked"] is True
    code, _, err = loaded("match", "--lock", "city:alpha")
    assert code == 2 and "CITY=MENTOR" in err


def test_a_query_shows_people_names_and_programs_ids(loaded):
    words = ("query", "funders-and-funded")
    assert "Alpha Council" in loaded(*words)[1]
    assert "\norg:council,org:firm," in loaded(*words, "--format", "csv")[1]


@pytest.mark.parametrize("lang", ["bg", "en"])
def test_the_report_cites_every_finding_with_a_source_at_its_end(loaded, tmp_path, lang):
    words = ("report", "--scope", "city:alpha", "--as-of", "2026-01-01", "--lang", lang)
    code, text, _ = loaded(*words)
    assert code == 0
    numbers = {
        int(n) for found in re.findall(r"\[([\d, ]+)", text) for n in found.split(",") if n.strip()
    }
    listed = text.split("## Sources" if lang == "en" else "## Източници")[1]
    assert numbers == {int(n) for n in re.findall(r"^(\d+)\. ", listed, re.M)} != set()
    assert loaded(*words)[1] == text
    target = tmp_path / "report.html"
    assert loaded(*words[:-2], str(target), "--lang", lang)[0] == 0
    page = target.read_text(encoding="utf-8")
    assert f'<html lang="{lang}">' in page and "<svg" in page and "<script" not in page


@pytest.mark.parametrize("ending", ["pdf", "PDF"])
def test_the_report_is_a_pdf_by_its_ending(loaded, tmp_path, ending):
    target = tmp_path / f"report.{ending}"
    words = ("report", str(target), "--scope", "city:alpha", "--as-of", "2026-01-01")
    assert loaded(*words)[0] == 0
    first = target.read_bytes()
    assert first.startswith(b"%PDF-")
    assert loaded(*words)[0] == 0 and target.read_bytes() == first


def test_a_ranking_can_be_tested(loaded):
    code, text, _ = loaded("analyse", "--stability", "--scope", "city:alpha", "--format", "json")
    assert code == 0
    tested = json.loads(text)["stability"]
    assert {one["measure"] for one in tested} >= {"degree", "betweenness"}
    assert all(one["reason"] for one in tested)


def test_names_in_a_report_are_text_and_never_markup(run, data, tmp_path):
    folder = tmp_path / "hostile"
    run("new-pack", str(folder))
    file = folder / "organisations.csv"
    hostile = "<img src=x onerror=alert(1)> [a](javascript:b) | *c*"
    file.write_text(file.read_text().replace("Example organisation", hostile), encoding="utf-8")
    assert run("load", str(folder))[0] == 0
    target = tmp_path / "report.html"
    run("report", str(target), "--scope", "all")
    assert "<img" not in target.read_text(encoding="utf-8")
    text = run("report", "--scope", "all")[1]
    assert re.search(r"(?<!\\)<img|(?<!\\)\[a\]", text) is None


def test_a_report_that_cannot_be_written_says_so(loaded, tmp_path):
    code, _, err = loaded("report", str(tmp_path / "no" / "where.html"), "--scope", "city:alpha")
    assert code == 3 and "cannot be written" in err


def test_the_ways_between_two_are_told_step_by_step(loaded, monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    town = ("--scope", "city:alpha")
    code, out, err = loaded("path", "person:ann", "org:uni", *town)
    assert code == 0, err
    for words in ("Way 1, distance 4", "Bus Project", "Funding, ", "according to Alpha Council"):
        assert words in out
    found = json.loads(loaded("path", "org:uni", "org:loner", *town, "--format", "json")[1])
    assert [part["size"] for part in found["parts"]] == [4, 1]
    bulgarian = loaded("path", "org:uni", "org:loner", *town, "--lang", "bg")[1]
    assert "Няма път" in bulgarian and "Участници в неговата част" in bulgarian
    assert loaded("path", "org:uni", "org:nobody", *town)[0] == 6


def test_serving_a_scope_that_is_not_there_is_refused_at_once(loaded):
    code, _, err = loaded("serve", "--port", "0", "--scope", "city:alhpa")
    assert code == 6 and "city:alpha" in err


def test_what_is_not_recorded_is_said_in_the_readers_language(loaded):
    code, _, err = loaded("show", "org:nobody", "--lang", "bg")
    assert code == 6 and "„org:nobody“ не е записано" in err


def test_a_pair_is_decided_about_by_names(loaded):
    words = ("decide", "match", "Alpha>Beta", "declined", "--note", "Not now", "--format", "json")
    code, out, err = loaded(*words)
    assert code == 0, err
    assert json.loads(out)["subject"] == "city:alpha>city:beta"
    assert loaded("decide", "match", "city:alpha>city:beta")[0] == 0


def test_a_load_warns_of_ties_that_begin_before_their_end_exists(run, tmp_path):
    folder = tmp_path / "clash"
    declared = Pack(id="pack:clash", pack="clash", name_bg="Сблъсък", name_en="Clash")
    said = {"pack": "clash", "standing": "illustrative"}
    late = Programme(id="programme:late", name_en="Late", since="2020", **said)
    org = Organisation(id="org:early", name_en="Early", **said)
    tie = ParticipatesIn(source="org:early", target="programme:late", since="2018", **said)
    seeds.write(declared, Dataset.of([late, org, tie]), folder)
    code, _, err = run("load", "--dry-run", "--lang", "en", str(folder))
    assert code == 0
    where = "participates_in.csv:2:since: The tie begins (2018) before “Late” exists"
    assert "Warning: " in err and where in err
    code, out, _ = run("load", "--dry-run", "--format", "json", str(folder))
    assert len(json.loads(out)["warnings"]) == 1
