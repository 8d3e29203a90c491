"""Bringing files in through the pages: looked at, corrected, written, taken back."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from flask.testing import FlaskClient

from ecosystem.dataset import ChangeSet, Dataset
from ecosystem.io import seeds
from ecosystem.model import Organisation, Pack
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.talking import Share
from ecosystem.workspace import Workspace
from tests.unit.test_intake_apart import far
from tests.web.conftest import HARM, OWN, Page
from webapp import create_app, uploads
from webapp.beginning import steps
from webapp.pages import bringing, trying
from webapp.server import tidy
from webapp.underway import CancelledError

HEADER = ("Име", "Организация", "Роля", "Събитие", "Дата", "Град", "E-mail")
ROWS = (
    ("Ива Димова", "Технопарк", "организатор", "Първа среща", "12.05.2026", "Пловдив", "i@x.bg"),
    ("Петър Ангелов", "Хъб", "участник", "Първа среща", "12.05.2026", "Springfield", "p@x.bg"),
    ("Ann Miller", "Технопарк", "участник", "Първа среща", "", "онлайн", ""),
)


def sheet(rows=ROWS, header=HEADER) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows((header, *rows))
    return out.getvalue().encode()


@pytest.fixture(autouse=True)
def patient(monkeypatch) -> None:
    """However busy the machine is, a page waits for what it shows."""
    monkeypatch.setattr(bringing, "PATIENCE", 120.0)


@pytest.fixture
def store(tmp_path) -> Iterator[Workspace]:
    """A store of nothing."""
    folder = tmp_path / "data"
    with Workspace.open(Settings.read({"data": str(folder)})) as workspace:
        yield workspace
    embedded.stop(folder)


@pytest.fixture
def client(store) -> FlaskClient:
    return create_app(store, {"TESTING": True}).test_client()


def token_of(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def send(client, *files: tuple[str, bytes], lang="bg"):
    """Send files as the form does; the answer."""
    token = token_of(client.get(f"/{lang}/import").text)
    data = {"csrf_token": token, "files": [(io.BytesIO(raw), name) for name, raw in files]}
    return client.post(f"/{lang}/import", data=data, headers=OWN)


def fields_of(html: str) -> dict[str, str]:
    """What the form of a preview would send as it stands."""
    said: dict[str, str] = {}
    chosen = ""
    for tag, found in Page.of(html.partition('<form class="bringing"')[2]).elements:
        kind, name = found.get("type"), str(found.get("name") or "")
        if tag == "select":
            chosen = name
        elif tag == "option" and "selected" in found:
            said[chosen] = str(found["value"])
        elif tag == "input" and (kind != "radio" or "checked" in found):
            said[name] = str(found.get("value") or "")
    return said


def looked_at(client, *files, lang="bg") -> tuple[str, str]:
    """The address of the preview of what is sent, and the page."""
    answer = send(client, *files, lang=lang)
    assert answer.status_code == 303, answer.text
    return answer.location, client.get(answer.location).text


def say(client, where, page, do="mean", **changes):
    return client.post(where, data={**fields_of(page), "do": do, **changes}, headers=OWN)


def stored(workspace) -> dict[str, int]:
    kinds: dict[str, int] = {}
    for one in workspace.contents.present().stated.records.values():
        kinds[one.kind] = kinds.get(one.kind, 0) + 1
    return kinds


def waiting(workspace) -> list[Path]:
    folder = workspace.settings.data_folder / uploads.OURS
    return sorted(folder.iterdir()) if folder.is_dir() else []


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("bg", ("по ред за всяко участие", "данни за контакт", "Коe място", "онлайн")),
        ("en", ("one row per participation", "contact data", "Which place", "онлайн")),
    ],
)
def test_what_a_sheet_means_is_shown_before_anything_is_written(client, store, lang, told):
    _, page = looked_at(client, ("гости.csv", sheet()), lang=lang)
    text = Page.of(page).text()
    for words in told:
        assert words.replace("Коe", "Кое") in text
    assert "i@x.bg" not in page and "Springfield" in text and stored(store) == {}
    said = fields_of(page)
    assert said["shape-0"] == "participation" and said["column-0-6"] == "contact"
    # Springfield is asked and nothing is chosen beforehand.
    assert "place-0" not in said and 'name="place-0"' in page


def test_a_sheet_is_written_in_one_change_shown_on_the_map_and_taken_back(client, store):
    where, page = looked_at(client, ("гости.csv", sheet()))
    answer = say(client, where, page, "write")
    assert answer.status_code == 303 and "/bg/map?" in answer.location
    assert stored(store)["Person"] == 3 and waiting(store) == []
    (change,) = store.contents.present().changes
    assert change.what == "import" and change.packs == ("gosti",)
    assert "Върни назад" in client.get("/bg/import").text
    shown = client.get(answer.location).text
    assert "Вече е на картата." in shown and "гости.csv" in shown and 'id="came"' in shown
    undo = {"csrf_token": token_of(shown), "change": change.id, "seen": change.id}
    assert client.post("/bg/undo", data=undo, headers=OWN).status_code == 303
    assert stored(store) == {}
    # The saved address says that it is gone, and what was taken back can be put back.
    assert "нищо на картата" in client.get(answer.location).text
    assert "върнато" in client.get("/bg/import").text


def test_the_same_file_again_changes_nothing_and_says_so(client, store):
    where, page = looked_at(client, ("гости.csv", sheet()))
    say(client, where, page, "write")
    where, page = looked_at(client, ("гости.csv", sheet()))
    assert "целият файл вече е на картата" in page and 'value="write"' not in page
    assert say(client, where, page, "write").status_code == 303
    assert len(store.contents.present().changes) == 1


@pytest.mark.parametrize(("answer", "left"), [("keep", 3), ("remove", 2)])
def test_a_newer_version_is_a_difference_and_removing_is_asked(client, store, answer, left):
    where, page = looked_at(client, ("гости.csv", sheet()))
    say(client, where, page, "write")
    where, page = looked_at(client, ("гости.csv", sheet(ROWS[:2])))
    assert "вече не са във файла" in page or "вече не е във файла" in page
    assert say(client, where, page, "write").location.endswith("#check")
    assert "Кажете какво става" in client.get(where).text
    assert "/map?" in say(client, where, client.get(where).text, "write", gone=answer).location
    assert stored(store)["Person"] == left


def test_meanings_are_corrected_and_what_they_make_is_looked_at_first(client, store):
    rows = [("Технопарк", "Университет", "договор"), ("Хъб", "Технопарк", "среща")]
    where, page = looked_at(client, ("x.csv", sheet(rows, ("Кой", "С кого", "Как"))))
    changed = {"shape-0": "ties", "column-0-0": "from", "column-0-1": "to", "column-0-2": "tie"}
    # A key to write does not write what nobody has seen.
    assert say(client, where, page, "write", **changed).location.endswith("#check")
    page = client.get(where).text
    assert stored(store) == {} and "Променихте значение" in page
    assert fields_of(page)["shape-0"] == "ties" and 'name="ties-0"' in page
    say(client, where, page, "mean", **{"ties-0": "PARTNERS_WITH"})
    assert "/map?" in say(client, where, client.get(where).text, "write").location
    assert stored(store)["PARTNERS_WITH"] == 1 and stored(store)["RELATED_TO"] == 1


def test_an_ambiguous_place_is_chosen_among_candidates(client, store):
    where, page = looked_at(client, ("гости.csv", sheet()))
    found = re.search(r'name="place-0" value="(geonames:\d+)"', page)
    assert found
    say(client, where, page, "mean", **{"place-0": found[1]})
    page = client.get(where).text
    assert fields_of(page)["place-0"] == found[1]
    say(client, where, page, "mean", **{"place-0": "none"})
    page = client.get(where).text
    assert fields_of(page)["place-0"] == "none"
    say(client, where, page, "mean", **{"place-0": found[1]})
    say(client, where, client.get(where).text, "write")
    cities = store.ground().facts.of_kind("City")
    assert {getattr(one, "geonames", "") for one in cities} >= {found[1].removeprefix("geonames:")}


@pytest.mark.parametrize(
    ("name", "raw", "place"),
    [
        ("a.gml", b"graph [\n node [ id 1 ]\n ntde [ id 2 ]\n]", "ред 3"),
        ("a.json", b'{"elements": [', "ред 1"),
        ("a.xlsx", b"PK\x03\x04 broken", "байт 0"),
        ("a.pdf", b"%PDF-1.7", "байт 0"),
        ("a.csv", b"", "байт 0"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_place(client, store, name, raw, place):
    where, page = looked_at(client, (name, raw))
    text = Page.of(page).text()
    alert = Page.of(page.partition('role="alert"')[2].partition("</section>")[0]).text()
    assert re.search("[а-я]{4}", alert.partition(place)[2].partition("Поправете го")[0])
    assert "не може да се прочете" in text and place in text and 'value="write"' not in page
    assert say(client, where, page, "write").status_code == 303 and stored(store) == {}
    assert say(client, where, page, "drop").status_code == 303 and waiting(store) == []


def test_a_sheet_of_which_nothing_is_named_asks_for_the_column(client):
    where, page = looked_at(client, ("x.csv", b"a;b\n1;2\n3;4\n"), lang="en")
    assert "Nothing can be written yet" in page and 'name="column-0-0"' in page
    say(client, where, page, "mean", **{"column-0-0": "name", "shape-0": "nodes"})
    assert 'value="write"' in client.get(where).text


def test_two_files_that_belong_together_are_one_import(client):
    nodes = b"Label,Type\nA,Person\nB,Organization\n"
    ties = b"From,To,Type\nA,B,works at\n"
    _, page = looked_at(client, ("nodes.csv", nodes), ("ties.csv", ties), lang="en")
    assert "nodes.csv, ties.csv" in page and "kumu-csv" in page


def test_two_that_do_not_are_two(client, store):
    answer = send(client, ("гости.csv", sheet()), ("a.gml", b"graph [ node [ id 1 ] ]"))
    assert answer.location.endswith("/bg/import") and len(waiting(store)) == 2
    page = client.get(answer.location).text
    assert "не вървят заедно" in page and page.count('value="drop"') == 2


def test_a_pack_that_was_not_imported_is_never_replaced(client, store, tmp_path):
    one = Organisation(id="org:a", pack="gosti", name_en="A", standing="illustrative")
    seeds.write(Pack(id="pack:gosti", pack="gosti", name_en="G"), Dataset.of([one]), tmp_path / "p")
    store.load([tmp_path / "p"])
    where, page = looked_at(client, ("гости.csv", sheet()))
    assert "пакет, който не е внесен" in page and 'name="pack"' in page
    say(client, where, page, "mean", pack="guests")
    assert "/map?" in say(client, where, client.get(where).text, "write").location
    assert {"gosti", "guests"} <= set(store.contents.present().stated.packs)


def test_nobody_sees_what_another_sent(client, store):
    where, _ = looked_at(client, ("гости.csv", sheet()))
    stranger = create_app(store, {"TESTING": True}).test_client()
    assert stranger.get(where).location == "/bg/import"
    assert "гости.csv" not in stranger.get("/bg/import").text
    token = token_of(stranger.get("/bg/import").text)
    sent = stranger.post(where, data={"csrf_token": token, "do": "drop"}, headers=OWN)
    assert sent.location == "/bg/import" and len(waiting(store)) == 1
    assert "не чака" in stranger.get("/bg/import").text
    for odd in ("..", "%2e%2e", "x" * 32, "../" * 3):
        assert client.get(f"/bg/import/{odd}").status_code in (303, 404, 308)


def test_what_waits_with_its_meanings_survives_a_server_that_is_killed(client, store):
    where, page = looked_at(client, ("гости.csv", sheet()))
    say(client, where, page, "mean", **{"column-0-2": "position"})
    cookie = client.get_cookie(uploads.OWNER)
    assert cookie.http_only and cookie.same_site == "Strict" and cookie.max_age == uploads.LASTS
    # Another process knows nothing of the sessions of the first.
    again = create_app(store, {"TESTING": True}).test_client()
    again.set_cookie(uploads.OWNER, cookie.value)
    assert "гости.csv" in again.get("/bg/import").text
    page = again.get(where).text
    assert fields_of(page)["column-0-2"] == "position"
    # What is kept does not say the cookie, and nobody else on the machine may look into it.
    (folder,) = waiting(store)
    kept = (folder / "said.json").read_text(encoding="utf-8")
    assert cookie.value not in kept and folder.stat().st_mode & 0o077 == 0
    assert "/map?" in say(again, where, page, "write").location and waiting(store) == []


def test_a_note_that_is_no_note_is_of_nothing_that_waits(client, store):
    where, _ = looked_at(client, ("гости.csv", sheet()))
    (folder,) = waiting(store)
    for broken in ("", "[]", "{}", '{"owner": 1}'):
        (folder / "said.json").write_text(broken, encoding="utf-8")
        assert client.get(where).location == "/bg/import"
    assert client.get("/bg/import").status_code == 200


@pytest.mark.parametrize("lang", ["bg", "en"])
def test_page_log_and_map_count_what_an_import_makes_alike(client, store, lang):
    where, page = looked_at(client, ("гости.csv", sheet()), lang=lang)
    (said,) = re.findall(r'data-working="[^"]*">[^<]*?(\d+)', page)
    answer = say(client, where, page, "write")
    (change,) = store.contents.present().changes
    assert int(said) == change.added
    new = {"bg": f"{said} нови", "en": f"{said} new"}[lang]
    assert new in client.get(answer.location).text
    assert f"+{said}</span>" in client.get(f"/{lang}/import").text


def test_whether_an_organisation_took_part_too_is_chosen(client, store):
    where, page = looked_at(client, ("гости.csv", sheet()))
    assert fields_of(page)["too-0"] == "yes" and "изведени от участията" in page
    say(client, where, page, "mean", **{"too-0": "no"})
    page = client.get(where).text
    assert fields_of(page)["too-0"] == "no" and "изведени от участията" not in page
    say(client, where, page, "write")
    assert stored(store)["PARTICIPATES_IN"] == 3


@pytest.mark.parametrize(
    ("lang", "told"), [("bg", "1 от тях е „Друга връзка“"), ("en", "1 of them is an “Other tie”")]
)
def test_ties_that_hardly_anything_counts_are_counted_where_they_came_in(client, lang, told):
    odd = KUMU.replace(b"works at", b"rival")
    where, page = looked_at(client, ("kumu.json", odd), lang=lang)
    assert "rival" in page
    assert told in client.get(say(client, where, page, "write").location).text
    where, page = looked_at(client, ("other.json", KUMU.replace(b'"A"', b'"C"')), lang=lang)
    assert told not in client.get(say(client, where, page, "write").location).text


def test_a_file_goes_after_a_while_and_of_many_the_first(client, store, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_OF_ONE", 2)
    monkeypatch.setattr(uploads, "MOST_WAITING", 3)
    where, _ = looked_at(client, ("1.csv", sheet()))
    for number in (2, 3):
        send(client, (f"{number}.csv", sheet()))
    assert len(waiting(store)) == 2 and client.get(where).status_code == 303
    other = create_app(store, {"TESTING": True}).test_client()
    send(other, ("4.csv", sheet()))
    assert send(other, ("5.csv", sheet())).status_code == 503
    for folder in waiting(store):
        os.utime(folder, (0, time.time() - uploads.LASTS - 1))
    assert send(other, ("6.csv", sheet())).status_code == 303 and len(waiting(store)) == 1


def test_what_was_sent_goes_after_its_time_though_nobody_sends_another_file(
    client, store, monkeypatch
):
    where, _ = looked_at(client, ("old.csv", sheet()))
    send(client, ("new.csv", sheet()))
    app = client.application
    (old, _) = sorted(waiting(store), key=lambda one: one.name not in where)
    os.utime(old, (0, time.time() - uploads.LASTS - 1))
    works = app.extensions["underway"]._works
    assert len(works) == 1
    tidy(app, store.settings.data_folder)
    assert len(waiting(store)) == 1 and old not in waiting(store) and len(works) == 1
    monkeypatch.setattr("webapp.underway.LASTS", 0)
    tidy(app, store.settings.data_folder)
    assert not works


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\x.csv", "/tmp/x.csv", "…", "a" * 400 + ".csv", "<>.csv"]
)
def test_a_file_is_kept_under_a_name_that_leads_nowhere(client, store, name):
    answer = send(client, (name, sheet()))
    assert answer.status_code == 303
    (folder,) = waiting(store)
    (kept,) = (folder / "files").iterdir()
    assert kept.parent == folder / "files" and folder.stat().st_mode & 0o077 == 0


def test_names_that_mean_harm_stay_text(client):
    rows = [(HARM[:200], HARM[:200], HARM[:50], HARM[:60], "", HARM[:60], "")]
    header = (*HEADER[:6], "<script>alert(1)</script>")
    where, page = looked_at(client, ("<img src=x>.csv", sheet(rows, header)))
    tags = [tag for tag, found in Page.of(page).elements if tag == "img" or "onerror" in found]
    assert tags == [] and "<script>alert" not in page
    shown = say(client, where, page, "write").location
    assert "<script>alert" not in client.get(shown).text.replace("<script type", "")


def test_nothing_is_taken_without_the_token_or_from_elsewhere(client, store):
    data = {"files": [(io.BytesIO(sheet()), "x.csv")]}
    assert client.post("/bg/import", data=data, headers=OWN).status_code == 400
    where, page = looked_at(client, ("x.csv", sheet()))
    said = {**fields_of(page), "do": "write"}
    assert client.post(where, data=said, headers={"Origin": "http://evil"}).status_code == 403
    assert client.post(where, data={**said, "csrf_token": "x"}, headers=OWN).status_code == 400
    assert stored(store) == {}


def test_what_was_not_seen_is_not_written(client, store):
    where, page = looked_at(client, ("гости.csv", sheet()))
    other, second = looked_at(client, ("други.csv", sheet(ROWS[:1])))
    say(client, other, second, "write")
    assert say(client, where, page, "write").location.endswith("#check")
    assert "Междувременно" in client.get(where).text and len(store.contents.present().changes) == 1


def test_a_meaning_that_there_is_not_is_refused(client):
    where, page = looked_at(client, ("гости.csv", sheet()))
    for odd in ({"column-0-0": "bogus"}, {"shape-0": "bogus"}, {"kind-0": "Bogus"}):
        assert say(client, where, page, "mean", **odd).status_code >= 400
    assert "по ред за всяко участие" in client.get(where).text


def test_long_work_says_how_far_it_is(client, monkeypatch):
    monkeypatch.setattr(bringing, "PATIENCE", 0.0)
    answer = send(client, ("гости.csv", sheet()), lang="en")
    page = client.get(answer.location)
    seen = {page.headers.get("Refresh")}
    for _ in range(100):
        if "Refresh" not in page.headers:
            break
        assert "looks again by itself" in page.text
        time.sleep(0.05)
        page = client.get(answer.location)
    assert seen == {"2"} and "one row per participation" in page.text


def test_an_empty_form_says_what_is_missing(client):
    token = token_of(client.get("/bg/import").text)
    sent = client.post("/bg/import", data={"csrf_token": token}, headers=OWN)
    assert sent.status_code == 400 and "Първо изберете файл." in sent.text


KUMU = json.dumps(
    {
        "elements": [{"label": "A", "type": "Person"}, {"label": "B"}],
        "connections": [{"from": "A", "to": "B", "type": "works at"}, {"from": "A", "to": "?"}],
    }
).encode()


@pytest.mark.parametrize("lang", ["bg", "en"])
def test_what_nobody_corrected_is_written_at_once(client, store, lang):
    where, page = looked_at(client, ("kumu.json", KUMU), lang=lang)
    assert "/map?" in say(client, where, page, "write").location
    assert stored(store)["MEMBER_OF"] == 1 and stored(store)["Organisation"] == 1


@pytest.mark.parametrize("lang", ["bg", "en"])
def test_an_empty_store_says_what_to_bring_first_and_its_examples_are_read(client, store, lang):
    page = client.get(f"/{lang}/").text
    assert {"bg": "Картата още е празна", "en": "Nothing is on the map yet"}[lang] in page
    assert f"/{lang}/import" in Page.of(page).links()
    with client.application.test_request_context(f"/{lang}/"):
        first = steps()
    for number, step in enumerate(first):
        assert step.title in page and not step.there
        raw = sheet([step.row], step.header)
        where, shown = looked_at(client, (f"step{number}.csv", raw), lang=lang)
        assert "/map?" in say(client, where, shown, "write").location
    kinds = stored(store)
    assert kinds["Organisation"] and kinds["PARTICIPATES_IN"] and kinds["NEEDS"] == 2
    with client.application.test_request_context(f"/{lang}/"):
        assert all(step.there for step in steps())


@pytest.mark.parametrize("path", ["/gaps", "/map", "/places"])
def test_pages_of_an_empty_store_lead_to_what_would_fill_them(client, path):
    assert "/bg/import" in Page.of(client.get(f"/bg{path}").text.partition("<main")[0]).links()
    page = client.get(f"/bg{path}").text
    assert page.count('href="/bg/import"') >= 2


@pytest.mark.parametrize(("lang", "asked"), [("bg", "първият ред е"), ("en", "the first row is")])
def test_a_sheet_without_a_heading_is_asked_about_and_loses_no_row(client, store, lang, asked):
    where, page = looked_at(client, ("без.csv", b"Acme,Sofia\nBeta,Plovdiv\n"), lang=lang)
    assert asked in Page.of(page).text() and fields_of(page)["header-0"] == "no"
    answer = say(client, where, page, **{"header-0": "yes"})
    again = client.get(answer.location).text
    assert fields_of(again)["header-0"] == "yes"
    back = client.get(say(client, where, again, **{"header-0": "no"}).location).text
    assert fields_of(back)["header-0"] == "no"
    say(client, where, back, do="write")
    names = {one.name.en for one in store.contents.present().stated.of_kind("Organisation")}
    assert names == {"Acme", "Beta"}


@pytest.mark.parametrize("lang", ["bg", "en"])
def test_a_file_that_would_fill_the_memory_is_refused_on_its_page(client, lang):
    _, page = looked_at(client, ("far.xlsx", far()), lang=lang)
    said = "XFD1048576" in page and ("стои толкова далеч" if lang == "bg" else "stands so far away")
    assert said and said in page


def test_how_far_it_is_is_shown_and_it_can_be_given_up(client, store, monkeypatch):
    begun, go_on, ended = Event(), Event(), Event()

    def slow(_opened, _upload, talk):
        talk(Share.of("Reading what it means ...", 40, 100))
        begun.set()
        go_on.wait(60)
        try:
            talk("Checking ...")
        except CancelledError:
            ended.set()
            raise

    monkeypatch.setattr(bringing, "PATIENCE", 0.0)
    monkeypatch.setattr(trying, "tried", slow)
    before = store.contents.present().revision
    where = send(client, ("гости.csv", sheet())).headers["Location"]
    client.get(where)
    assert begun.wait(60)
    page = client.get(where).text
    assert 'value="40"' in page and "40" in page and "Откажи" in page
    data = {"csrf_token": token_of(page), "do": "drop"}
    assert client.post(where, data=data, headers=OWN).status_code == 303
    go_on.set()
    assert ended.wait(60), "it ends where it says the next time how far it is"
    assert store.contents.present().revision == before and not list(uploads_of(store))


def test_a_change_that_is_given_up_on_its_way_leaves_nothing(store):
    before = store.contents.present()
    pack = Pack(id="pack:town", pack="town", name_en="town")
    body = Organisation(id="org:hall", pack="town", name_en="Hall", standing="illustrative")

    def stop(done: int, _total: int) -> None:
        if done:
            raise CancelledError

    changes = ChangeSet(added=(pack, body))
    with pytest.raises(CancelledError):
        store.contents.apply(changes, expected=before.revision, tell=stop)
    assert store.contents.present() is before
    assert store.contents.apply(changes, expected=before.revision) == before.revision + 1


def uploads_of(store: Workspace) -> Iterator[Path]:
    return (store.settings.data_folder / uploads.OURS).glob("*")
