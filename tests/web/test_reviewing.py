"""A document through the pages: its text with marks, what is said of candidates, one act."""

from __future__ import annotations

import io
import re

import pytest

from ecosystem.documents import extracting
from ecosystem.intake import apart
from ecosystem.intake.apart import Limits
from ecosystem.model import Evidence
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.web.conftest import HARM, OWN
from webapp import create_app
from webapp.pages import bringing

TEXT = (
    "На 3 май 2022 г. в Русе се проведе Първи форум „Мостове“, организиран от Община Русе.\n\n"
    "Участваха: Дунав Софт ООД, Клуб „Кейс“ (Ана Петрова) и Библиотека „Пристан“.\n"
    "Въпроси: ana@example.org.\n"
)


@pytest.fixture(autouse=True)
def patient(monkeypatch) -> None:
    """However busy the machine is, a page waits for what it shows."""
    monkeypatch.setattr(bringing, "PATIENCE", 120.0)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store of nothing."""
    folder = tmp_path_factory.mktemp("store") / "data"
    with Workspace.open(Settings.read({"data": str(folder)})) as workspace:
        yield workspace
    embedded.stop(folder)


@pytest.fixture
def client(store):
    return create_app(store, {"TESTING": True}).test_client()


def token_of(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def sent(client, *files: tuple[str, bytes], lang="bg"):
    """Where one is led by sending files."""
    data = {
        "csrf_token": token_of(client.get(f"/{lang}/import").text),
        "files": [(io.BytesIO(raw), name) for name, raw in files],
    }
    return client.post(f"/{lang}/import", data=data, headers=OWN).headers["Location"]


def numbers(page: str) -> dict[str, int]:
    """The number of each candidate by its name."""
    found = re.findall(r'id="c-(\d+)".*?<b>(.*?)</b>', page, re.DOTALL)
    return {name: int(number) for number, name in found}


def say(client, where: str, **said: str):
    """Send the form with these answers."""
    page = client.get(where).text
    seen = re.search(r'name="seen" value="(\d+)"', page)
    ties = dict.fromkeys(re.findall(r'name="(tie-\d+)"[^>]* checked', page), "1")
    data = {"csrf_token": token_of(page), "seen": seen[1] if seen else "", "ties": "1", **ties}
    return client.post(where, data={**data, **said}, headers=OWN)


def test_the_text_stands_beside_its_candidates_and_nothing_is_written(client, store):
    before = store.contents.present().revision
    page = client.get(sent(client, ("форум.txt", TEXT.encode()))).text
    assert "Община Русе" in numbers(page) and "Още нищо не е записано" in page
    assert "данни за контакт, не се пазят" in page and "ana@example.org" not in page
    marked = re.findall(r'class="mention kind-(\w+) later"[^>]*>(.*?)<sup>', page)
    assert ("Organisation", "Дунав Софт ООД") in marked and ("City", "Русе") in marked
    assert store.contents.present().revision == before
    english = client.get(sent(client, ("note.txt", TEXT.encode()), lang="en")).text
    assert "contact data, not kept" in english and "Accept all that waits" in english


def test_what_is_accepted_is_written_at_once_and_shown_on_the_map(client, store):
    where = sent(client, ("форум.txt", TEXT.encode()))
    number = numbers(client.get(where).text)
    club = number["Клуб „Кейс“"]
    kept = say(
        client,
        where,
        **{f"state-{club}": "accepted", f"kind-{club}": "Project"},
        **{f"state-{number['Библиотека „Пристан“']}": "rejected"},
    )
    assert kept.headers["Location"] == where
    page = client.get(where).text
    assert "Запиши: 1 прието" in page and "решени 2 от" in page
    assert say(client, where, all="accepted").headers["Location"] == where
    done = say(client, where, do="write")
    assert "/map" in done.headers["Location"] and "came=change" in done.headers["Location"]
    present = store.contents.present()
    names = {
        one.name_bg: one.kind for one in present.stated.nodes.values() if hasattr(one, "name_bg")
    }
    assert names["Клуб „Кейс“"] == "Project" and names["Ана Петрова"] == "Person"
    assert "Библиотека „Пристан“" not in names
    quotes = {one.quote for one in present.stated.of_kind("Evidence") if isinstance(one, Evidence)}
    assert "Община Русе" in quotes
    assert [one.state for one in present.decisions.of_kind("Decision")] == ["rejected"]
    assert client.get(where).status_code == 303, "it waits no longer"


def test_a_candidate_may_be_something_on_the_map(client, store):
    where = sent(client, ("друго.txt", "Домакин е Кметство Русе. Община Русе помага.".encode()))
    number = numbers(client.get(where).text)["Кметство Русе"]
    wrong = say(
        client, where, **{f"other-{number}": "nowhere at all", f"state-{number}": "accepted"}
    )
    assert wrong.headers["Location"] == where
    assert "nowhere at all" in client.get(where).text
    say(client, where, **{f"other-{number}": "Община Русе", f"state-{number}": "accepted"})
    page = client.get(where).text
    identity = re.search(rf'name="meant-{number}">.*?value="(org:[^"]+)" selected', page, re.DOTALL)
    assert identity is not None and "Община Русе" in page


def test_where_the_map_has_changed_it_is_looked_at_again(client):
    where = sent(client, ("трето.txt", "Работи Община Враца.".encode()))
    number = numbers(client.get(where).text)["Община Враца"]
    answer = say(client, where, do="write", seen="0", **{f"state-{number}": "accepted"})
    assert answer.headers["Location"] == where
    assert "картата се е променила" in client.get(where).text


def test_what_cannot_be_read_is_said_on_the_page(client):
    page = client.get(sent(client, ("a.pdf", b"%PDF-1.4 nothing"))).text
    assert "повреден PDF" in page and "Запиши" not in page


def test_tables_and_documents_that_come_together_are_imports_of_their_own(client):
    table = "Име;Организация\nАна;Хъб\n".encode()
    where = sent(client, ("гости.csv", table), ("статия.txt", TEXT.encode()))
    assert where.endswith("/import")
    page = client.get(where).text
    assert page.count("/import/") >= 4 and "гости.csv" in page and "статия.txt" in page


@pytest.mark.parametrize(
    "raw", [b'*Vertices 1\n1 "A"\n*Edges\n1 1\n', "Име\tГрад\nАна\tРусе\n".encode(), b"a;b\n1;2\n"]
)
def test_a_table_that_is_called_txt_stays_a_table(client, raw):
    page = client.get(sent(client, ("data.txt", raw))).text
    assert "candidate" not in page


def test_what_stands_in_a_text_stays_a_text(client):
    text = f"Участваха: {HARM} ООД, „{HARM}“ и Клуб „Кейс“."
    page = client.get(sent(client, (f"{HARM}.txt", text.encode()))).text
    assert HARM not in page


def test_rejections_alone_are_remembered_and_no_answer_is_told(client, store):
    text = TEXT.replace("Мостове", "Кейове").encode()  # another document
    where = sent(client, ("друг.txt", text))
    say(client, where, do="write")
    assert "Още нищо не е прието или отхвърлено" in client.get(where).text
    number = numbers(client.get(where).text)["Библиотека „Пристан“"]
    there = say(client, where, do="write", **{f"state-{number}": "rejected"})
    assert "отхвърленото се помни" in client.get(there.headers["Location"]).text
    again = sent(client, ("друг.txt", text))
    page = client.get(again).text
    assert re.search(rf'name="state-{number}" value="rejected"[^>]* checked', page)


def test_a_text_that_takes_too_long_is_refused_on_the_page(client, monkeypatch):
    whole = apart.read

    def impatient(reader, raw, name, limits, *beside):
        limits = Limits(seconds=0.01) if reader is extracting.extracted else limits
        return whole(reader, raw, name, limits, *beside)

    monkeypatch.setattr(apart, "read", impatient)
    raw = TEXT.encode()
    page = client.get(sent(client, ("f.txt", raw)), follow_redirects=True).text
    assert "не се прочете за позволените 0,01 секунди" in page
    page = client.get(sent(client, ("f.txt", raw), lang="en"), follow_redirects=True).text
    assert "was not read in the 0.01 seconds" in page
