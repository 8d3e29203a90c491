"""A document onto the map: shown, reviewed, accepted in one change, taken back."""

from __future__ import annotations

import hashlib
import io
import json
import sys
import tomllib

import pytest

from ecosystem.cli import main
from ecosystem.contents import Contents
from ecosystem.documents import ingesting
from ecosystem.documents.reading import Document
from ecosystem.errors import StoreChangedError
from ecosystem.model import Decision, Evidence, Pack, Source
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace

TEXT = (
    "На 3 май 2022 г. в Русе се проведе Първи форум „Мостове“, организиран от Община Русе.\r\n\r\n"
    "Участваха: Дунав Софт ООД, Клуб „Кейс“ (Ана Петрова) и Библиотека „Пристан“.\r\n"
    "Въпроси: ana@example.org.\r\n"
)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data") / "data"
    yield folder
    embedded.stop(folder)


@pytest.fixture
def article(store, tmp_path, monkeypatch):
    """A document beside a store in which an earlier test may have left something."""
    monkeypatch.setenv("ECOSYSTEM_DATA", str(store))
    path = tmp_path / "Форум в Русе.txt"
    path.write_bytes(TEXT.encode())
    return path


@pytest.fixture
def told(capsys):
    """What a command answers as JSON, with its exit code."""

    def ask(*words, code=0):
        capsys.readouterr()
        assert main([*map(str, words), "--format", "json"]) == code
        return json.loads(capsys.readouterr().out)

    return ask


def present(store):
    with Workspace.open(Settings.read({"data": str(store)})) as workspace:
        return workspace.contents.present()


def test_candidates_are_shown_and_nothing_is_written(article, store, told):
    before = present(store).revision
    found = told("ingest", article)
    assert found["text"] == TEXT and found["contact_data_dropped"] == 1
    rows = {(one["kind"], one["text"]) for one in found["entities"]}
    assert ("Organisation", "Дунав Софт ООД") in rows and ("City", "Русе") in rows
    for one in found["entities"]:
        assert TEXT[one["start"] : one["end"]] == one["text"] and one["rule"]
        assert one.keys() == {
            *("kind", "entity", "text", "start", "end", "rule", "match"),
        }
    said = {(one["source"], one["kind"], one["role"]) for one in found["relations"]}
    assert ("Община Русе", "PARTICIPATES_IN", "organiser") in said
    assert ("Ана Петрова", "MEMBER_OF", "") in said
    for one in found["relations"]:
        assert one.keys() == {
            *("source", "kind", "target", "role", "amount", "currency", "since", "until"),
            *("planned", "evidence", "rule"),
        }
    assert present(store).revision == before


def test_what_is_accepted_is_one_change_with_evidence_and_is_taken_back(article, store, told):
    before = set(present(store).stated.records)
    done = told("ingest", article, "--accept", "all")
    assert done["change"] and done["changes"]["removed"] == 0
    facts = present(store).stated
    event = next(one for one in facts.of_kind("Event"))
    assert (event.name_bg, event.since, event.pack) == (
        "Първи форум „Мостове“",
        "2022-05-03",
        done["pack"],
    )
    (source,) = [one for one in facts.of_kind("Source") if one.pack == done["pack"]]
    assert isinstance(source, Source) and source.source_type == "document"
    assert source.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    evidence = [one for one in facts.of_kind("Evidence") if isinstance(one, Evidence)]
    assert all(TEXT[one.start : one.end] == one.quote for one in evidence)
    assert all(one.extractor.startswith("rules ") and one.source == source.id for one in evidence)
    subjects = {one.subject for one in evidence}
    mine = [one for one in facts.records.values() if one.pack == done["pack"]]
    stated = [one for one in mine if not isinstance(one, (Source, Pack, Evidence))]
    assert {one.id for one in stated} <= subjects
    assert "@" not in "".join(map(str, mine))

    again = told("ingest", article, "--accept", "all")
    assert again["change"] == "" and again["changes"] == {"added": 0, "changed": 0, "removed": 0}

    told("undo", done["change"])
    assert set(present(store).stated.records) == before


def test_a_part_is_accepted_now_and_more_later(article, store, told):
    numbers = {one["text"]: one["entity"] for one in told("ingest", article)["entities"]}
    first = told("ingest", article, "--accept", numbers["Община Русе"])
    assert first["changes"]["added"] == 4  # the organisation, its evidence, source and pack
    both = f"{numbers['Община Русе']},{numbers['Първи форум „Мостове“']}"
    second = told("ingest", article, "--accept", both)
    # The event, its tie to the organisation, and the evidence of both.
    assert second["changes"] == {"added": 4, "changed": 0, "removed": 0}
    later = told("ingest", article, "--accept", numbers["Русе"])
    assert later["changes"]["removed"] == 0
    for change in (later, second, first):
        told("undo", change["change"])


def test_a_review_says_what_becomes_of_each(article, store, told, tmp_path):
    file = tmp_path / "review.toml"
    told("ingest", article, "--write-review", file)
    text = file.read_text(encoding="utf-8")
    rows = tomllib.loads(text)["thing"]
    assert {one["state"] for one in rows} == {"later"} and rows[0]["number"] == 1
    parts = text.split("[[thing]]")
    for place, part in enumerate(parts):
        if 'name = "Библиотека „Пристан“"' in part:
            parts[place] = part.replace('"later"', '"rejected"')
        elif 'name = "Клуб „Кейс“"' in part:
            parts[place] = part.replace('"later"', '"accepted"').replace("Organisation", "Project")
    file.write_text("[[thing]]".join(parts), encoding="utf-8")
    done = told("ingest", article, "--review", file)
    assert done["rejected"] == 1
    (project,) = list(present(store).stated.of_kind("Project"))
    assert project.name_bg == "Клуб „Кейс“"

    # What was rejected stays rejected, until it is accepted by its number.
    everything = told("ingest", article, "--accept", "all")
    names = {one.name_bg for one in present(store).stated.of_kind("Organisation")}
    assert "Дунав Софт ООД" in names and "Библиотека „Пристан“" not in names
    number = next(one["entity"] for one in everything["entities"] if "Пристан" in one["text"])
    told("ingest", article, "--accept", number)
    names = {one.name_bg for one in present(store).stated.of_kind("Organisation")}
    assert "Библиотека „Пристан“" in names
    (about,) = {one.subject for one in present(store).decisions.of_kind("Decision")}
    assert about.startswith("candidate:") and "Пристан" not in about


def test_what_is_on_the_map_is_met_again_in_another_text(article, store, told, tmp_path):
    told("ingest", article, "--accept", "all")
    other = tmp_path / "other.txt"
    other.write_text("Община Русе ръководи проекта „Кораб“.", encoding="utf-8")
    found = told("ingest", other, "--accept", "all")
    match = next(one["match"] for one in found["entities"] if one["text"] == "Община Русе")
    assert match["score"] == 1.0 and match["reason"] == "the same name"
    (tie,) = [one for one in present(store).stated.edges.values() if one.pack == found["pack"]]
    assert (tie.source, tie.role) == (match["id"], "leads")


def test_a_text_is_read_from_standard_input(article, told, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert told("ingest", "-")["text"] == TEXT


def test_nothing_is_written_where_it_is_only_tried(article, store, told):
    before = present(store).revision
    done = told("ingest", article, "--accept", "all", "--dry-run")
    assert done["dry_run"] and done["change"] == "" and present(store).revision == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--accept", "no"), 2, "is no list"),
        (("--accept", "99"), 2, "no candidate 99"),
        (("--review", "nowhere.toml"), 6, "there is no file"),
    ],
)
def test_what_does_not_fit_is_refused(article, words, code, said, capsys):
    assert main(["ingest", str(article), *words]) == code
    assert said in capsys.readouterr().err


def test_a_review_of_another_text_is_refused(article, tmp_path, capsys):
    file = tmp_path / "review.toml"
    file.write_text('sha256 = "0"', encoding="utf-8")
    assert main(["ingest", str(article), "--review", str(file)]) == 2
    assert "of another text" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_says_why_as_json_too(tmp_path, article, told):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4 nothing")
    found = told("ingest", path, code=3)
    assert "damaged PDF" in found["problems"][0]["message"]


def test_two_documents_of_one_name_are_two_packs():
    one, other = (
        Document("note.txt", "txt", text, hashlib.sha256(text.encode()).hexdigest())
        for text in ("a", "b")
    )
    assert ingesting.pack_of(one) != ingesting.pack_of(other)


def test_what_is_rejected_is_kept_though_somebody_else_writes_meanwhile(
    article, store, told, tmp_path, monkeypatch
):
    file = tmp_path / "review.toml"
    told("ingest", article, "--write-review", file)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"later"', '"rejected"', 1), encoding="utf-8")
    apply, meanwhile = Contents.apply, [True]

    def applied(contents, changes, **said):
        if meanwhile and all(isinstance(one, Decision) for one in changes.added):
            meanwhile.clear()
            raise StoreChangedError("somebody else", "Look again.")
        return apply(contents, changes, **said)

    monkeypatch.setattr(Contents, "apply", applied)
    assert told("ingest", article, "--review", file)["rejected"] == 1
    assert not meanwhile
    states = {one.state for one in present(store).decisions.of_kind("Decision")}
    assert "rejected" in states


def test_one_tie_is_accepted_with_its_ends_alone(article, told):
    article.write_text(TEXT.replace("Ана Петрова", "Зоя Колева"), encoding="utf-8")
    seen = told("ingest", article)
    (number,) = (at for at, one in enumerate(seen["relations"], 1) if one["source"] == "Зоя Колева")
    done = told("ingest", article, "--accept", f"t{number}")
    assert done["changes"]["added"] >= 3, "two ends and a tie"
    told("undo")
    assert main(["ingest", str(article), "--accept", "t99"]) == 2
