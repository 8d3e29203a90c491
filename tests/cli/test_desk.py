"""Decisions in a real store: added to, never lost, and followed by what they say."""

import json
import threading

import pytest

from ecosystem import desk
from ecosystem.cli import main
from ecosystem.dataset import diff
from ecosystem.errors import DataError, NotFoundError, ParameterError, StoreChangedError
from ecosystem.io.people import without_people
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.tiny import tiny

GAP = "city:alpha G06|org:loner"
PAIR = "city:alpha>city:beta"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A data folder of its own."""
    made = tmp_path_factory.mktemp("desk")
    yield made
    embedded.stop(made)


@pytest.fixture
def workspace(folder):
    """The tiny town, about which nothing is decided."""
    with Workspace.open(Settings.read({"data": str(folder)})) as opened:
        opened.store.apply(diff(opened.store.contents(), tiny()))
        yield opened


def ecosystem(folder, capsys, *words):
    """What a command prints as JSON, and its exit code."""
    code = main([*words, "--data", str(folder), "--format", "json"])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else err


def test_the_last_decision_counts_and_the_earlier_ones_are_its_history(workspace):
    workspace.decide("gap", GAP, {"state": "open", "owner": "Anna", "due_on": "2027-01-31"})
    workspace.decide("gap", GAP, {"state": "planned", "note": "A visit is agreed."})
    found = workspace.ground().desk
    assert [one.state for one in found.history("gap", GAP)] == ["open", "planned"]
    assert found.standing("gap")[GAP].note == "A visit is agreed."
    workspace.decide("gap", GAP, {})
    assert workspace.ground().desk.standing("gap") == {}
    assert len(workspace.ground().desk.history("gap", GAP)) == 3


def test_saying_the_same_again_adds_nothing(workspace):
    first = workspace.decide("gap", GAP, {"state": "open"})
    assert workspace.decide("gap", GAP, {"state": "open"}) == first
    assert len(workspace.ground().desk.decisions) == 1


def test_a_decision_costs_no_answer_and_changes_no_fact(workspace):
    view = workspace.ground().usual_view()
    before, facts = workspace.ground().snapshot(view), workspace.contents.present().facts
    workspace.decide("gap", GAP, {"state": "open"})
    assert workspace.ground().snapshot(view) is before
    assert workspace.contents.present().facts is facts
    assert len(workspace.contents.present().everything) == len(facts) + 1


def test_whoever_did_not_see_the_last_decision_is_asked_to_look(workspace):
    first = workspace.decide("gap", GAP, {"state": "open"}, seen="")
    workspace.decide("gap", GAP, {"state": "planned"}, seen=first.id)
    with pytest.raises(StoreChangedError, match="somebody else"):
        workspace.decide("gap", GAP, {"state": "closed"}, seen=first.id)
    assert workspace.ground().desk.standing("gap")[GAP].state == "planned"


def test_decisions_made_at_once_are_all_kept(workspace):
    def decide(number):
        workspace.decide("priority", f"project:p-{number}", {"state": "high"})

    threads = [threading.Thread(target=decide, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one.id for one in workspace.ground().desk.decisions}) == 4


def test_an_accepted_pair_writes_its_tie_and_a_later_decision_removes_it(workspace):
    def ties():
        return [e for e in workspace.contents.present().facts.edges.values() if e.pack == "local"]

    workspace.decide("match", PAIR, {"state": "locked"})
    assert ties() == []
    accepted = workspace.decide("match", PAIR, {"state": "accepted", "note": "Agreed by phone."})
    (tie,) = ties()
    assert (tie.kind, tie.source, tie.target) == ("MENTORS", "city:beta", "city:alpha")
    assert (tie.standing, tie.rule, tie.until) == ("inferred", accepted.id, "ongoing")
    assert tie.themes == ("theme:mobility",)
    workspace.decide("match", PAIR, {"state": "accepted", "note": "Agreed in writing."})
    assert len(ties()) == 1
    workspace.decide("match", PAIR, {"state": "declined", "note": "No time this year."})
    assert ties() == []


def test_loading_the_packs_again_leaves_decisions_alone(workspace, tmp_path):
    workspace.decide("match", PAIR, {"state": "accepted"})
    workspace.store.apply(diff(workspace.contents.present().everything.only(["tiny"]), tiny()))
    assert len(workspace.ground().desk.decisions) == 1
    assert "local" in workspace.contents.present().everything.packs


@pytest.mark.parametrize(
    ("matter", "subject", "values", "error"),
    [
        ("gap", GAP, {"state": "solved"}, NotFoundError),
        ("wish", GAP, {"state": "open"}, NotFoundError),
        ("gap", GAP, {"state": "open", "note": "x" * 2001}, ParameterError),
        ("gap", GAP, {"state": "open", "due_on": "soon"}, ParameterError),
        ("gap", GAP, {"state": "open", "due_on": "2027"}, ParameterError),
        ("gap", GAP, {"state": "open", "rank": "first"}, ParameterError),
        ("gap", GAP, {"state": "open", "owner": "anna@example.org"}, DataError),
        ("gap", GAP, {"state": "open", "note": "evil \u202e text"}, ParameterError),
        ("gap", GAP, {"state": "open", "pack": "tiny"}, ParameterError),
        ("gap", "", {"state": "open"}, DataError),
        ("match", "city:alpha>city:nowhere", {"state": "accepted"}, DataError),
        ("match", "city:alpha", {"state": "accepted"}, DataError),
        ("match", "city:alpha>city:alpha", {"state": "accepted"}, DataError),
    ],
)
def test_what_cannot_be_decided_is_refused_and_nothing_is_stored(
    workspace, matter, subject, values, error
):
    before = workspace.contents.present().everything
    with pytest.raises(error):
        workspace.decide(matter, subject, values)
    assert workspace.contents.present().everything == before


def test_exports_without_people_drop_decisions_about_them(workspace):
    for subject in ("all G24|person:ann", "map?select=org:firm%2Cperson:ann", "city:alpha G06|x"):
        workspace.decide(
            "view" if "?" in subject else "gap",
            subject,
            {"state": "kept" if "?" in subject else "open"},
        )
    left = desk.Desk.of(without_people(workspace.contents.present().everything)).decisions
    assert [one.subject for one in left] == ["city:alpha G06|x"]


def test_a_gap_is_taken_up_and_followed_on_the_command_line(workspace, folder, capsys):
    code, made = ecosystem(
        folder,
        capsys,
        "decide",
        "gap",
        "G06|org:loner",
        "planned",
        "--owner",
        "Anna",
        "--due",
        "2027-01-31",
        "--note",
        "Invite them.",
    )
    assert code == 0 and made["subject"] == GAP and made["id"] == "decision:no-000001"
    code, found = ecosystem(folder, capsys, "desk")
    assert code == 0
    assert [(one["gap"], one["outcome"]) for one in found["gaps"]] == [("G06|org:loner", "there")]
    assert found["decisions"][0]["owner"] == "Anna"
    for lang in ("bg", "en"):
        assert main(["desk", "--data", str(folder), "--lang", lang]) == 0
        assert "Invite them." in capsys.readouterr().out


def test_a_gap_that_is_not_there_cannot_be_taken_up(workspace, folder, capsys):
    code, said = ecosystem(folder, capsys, "decide", "gap", "G06|org:loneer", "open")
    assert code == 6 and "G06|org:loner" in said
