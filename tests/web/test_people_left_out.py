"""People left out leave no trace: every address, file, command and tool is read to the byte."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from urllib.parse import quote, unquote

import pypdf
import pytest

from ecosystem.assistant.door import Door
from ecosystem.cli import main
from ecosystem.dataset import Dataset
from ecosystem.errors import EcosystemError
from ecosystem.io import exports, jsonl
from ecosystem.model import (
    Candidate,
    Decision,
    Evidence,
    MemberOf,
    Organisation,
    ParticipatesIn,
    Person,
    Record,
    Source,
)
from ecosystem.questions import QUESTIONS
from ecosystem.questions.asking import Console, RunQuery
from tests.tiny import PAGE, tiny
from tests.web.conftest import PAGES, store_of
from tests.web.test_every_question import address, beside, place
from webapp import create_app

ID = "person:zvezdomira"
TRACES = ("zvezdomira", "unikalova", "звездомира", "уникалова")
NAME = "Zvezdomira Unikalova"


def town() -> Dataset:
    """The tiny town with somebody who stands wherever a person can."""
    said = {"pack": "tiny", "standing": "documented", "sources": PAGE}
    local = {"pack": "local", "at": "2026-01-01T10:00:00Z"}
    about = "source:about-her"
    records: list[Record] = [
        Person(id=ID, name_en=NAME, name_bg="Звездомира Уникалова", **said),
        MemberOf(source=ID, target="org:firm", role="director", **said),
        MemberOf(
            source=ID, target="org:uni", role="dean", **{**said, "sources": (f"{about}#page 1",)}
        ),
        ParticipatesIn(source=ID, target="project:bus", role="partner", **said),
        ParticipatesIn(source=ID, target="event:day", role="speaker", **said),
        Source(id=about, pack="tiny", name_en=f"Talk with {NAME}", publisher="P"),
        Organisation(
            id="org:lab",
            name_en="Lab",
            description_en=f"Founded by {NAME} in 2001.",
            **{**said, "sources": (f"source:page#words of {NAME}",)},
        ),
        Evidence(
            id="evidence:said",
            pack="tiny",
            subject="project:bus",
            property="since",
            value="2019",
            stance="supports",
            source="source:page",
            quote=f"{NAME.upper()} said so.",
        ),
        Decision(
            id="decision:no-000001",
            matter="priority",
            subject="project:bus",
            state="A",
            owner=NAME,
            note=f"Asked {NAME}.",
            by=NAME,
            **local,
        ),
        Decision(
            id="decision:no-000002",
            matter="correction",
            subject=f"MEMBER_OF|{ID}|org:firm|",
            state="wrong",
            **local,
        ),
        Decision(
            id="decision:no-000003",
            matter="view",
            subject=f"/search?q={quote(NAME)}",
            state="kept",
            heading="A search",
            rank=1,
            **local,
        ),
        Decision(
            id="decision:no-000004",
            matter="view",
            subject="/gaps",
            state="kept",
            heading=f"For {NAME}",
            rank=2,
            **local,
        ),
        Candidate(
            id="candidate:1",
            payload=f'{{"kind": "Person", "id": "{ID}-2", "name_en": "{NAME}"}}',
            origin="text",
            state="waiting",
            **local,
        ),
    ]
    return Dataset.of([*tiny().records.values(), *records])


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    yield from store_of(tmp_path_factory, town())


@pytest.fixture(scope="module")
def client(workspace):
    return create_app(workspace).test_client()


def traces(raw: bytes) -> list[str]:
    """What of the person stands in the bytes, also of a packed file, in any spelling."""
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            raw = b"".join(packed.read(name) for name in packed.namelist())
    if raw.startswith(b"%PDF"):
        made = pypdf.PdfReader(io.BytesIO(raw))
        pages = [page.extract_text() for page in made.pages]
        links = [repr(page.get("/Annots", "")) for page in made.pages]
        raw += "\n".join([*pages, *links, repr(made.metadata), repr(made.outline)]).encode()
    text = raw.decode("utf-8", "replace")
    read = unescape(unquote(text)) + text
    read += re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)
    return [trace for trace in TRACES if trace in read.casefold()]


def addresses(workspace) -> list[tuple[str, dict[str, list[str]]]]:
    """Every page, twin and file of the examples, and the pages of the tests."""
    ground = workspace.ground(people=False)
    found: list[tuple[str, dict[str, list[str]]]] = []
    for question in QUESTIONS:
        if not question.stored:
            continue
        words = question.example(ground)
        path = place(question.page or question.path, words)
        if "page" not in question.lacks:
            said = address(beside(path, question, words))
            found += [(f"/{lang}/{path}", said) for lang in ("bg", "en")]
            found += [(f"/en/{path}", {**said, "format": [form]}) for form in question.forms]
        if "twin" not in question.lacks and question.view_field():
            twin = place(question.path, words)
            found.append((f"/api/{twin}", address(beside(twin, question, words))))
    return [*found, *((f"/en{page}", {}) for page in PAGES)]


def test_no_address_names_who_is_left_out(client, workspace):
    seen: set[str] = set()
    links: list[str] = []
    for path, said in addresses(workspace):
        if said:
            answer = client.get(path, query_string={**said, "people": "0"})
        else:
            answer = client.get(f"{path}{'&' if '?' in path else '?'}people=0")
        assert answer.status_code < 500, path
        assert traces(answer.get_data()) == [], (path, said)
        if answer.mimetype == "text/html":
            links += re.findall(r'(?:href|action|src)="(/[^"#]*)', answer.text)
    for link in sorted({unescape(one) for one in links}):
        if "people=0" in link and link not in seen and len(seen) < 400:
            seen.add(link)
            answer = client.get(link)
            assert answer.status_code < 500, link
            assert traces(answer.get_data()) == [], link
    assert len(seen) > 50


@pytest.mark.parametrize(
    "said", ["people=0", "people=NO", "people=False", "people=0&people=", "people=1&people=0"]
)
def test_they_are_left_out_in_whatever_words(client, said):
    for path in ("/en/entity/org:firm", "/api/entity/org:firm", "/en/search?q=firm"):
        answer = client.get(f"{path}{'&' if '?' in path else '?'}{said}")
        assert (answer.status_code, traces(answer.get_data())) == (200, []), path


def test_nobody_is_named_where_it_cannot_be_told_whether_to(client):
    answer = client.get("/en/entity/zvezdomir?people=perhaps")
    assert answer.status_code == 400
    assert "Unikalova" not in answer.text


@pytest.mark.parametrize("path", [f"/en/entity/{ID}", f"/en/entity/MEMBER_OF|{ID}|org:firm|"])
def test_who_is_left_out_has_no_page_and_is_there_otherwise(client, path):
    assert client.get(path).status_code == 200
    assert client.get(f"{path}?people=0").status_code == 404


@pytest.mark.parametrize(
    "path", ["/en/console?cypher=MATCH (n:Person) RETURN n.name_en", "/en/queries/who-bridges"]
)
def test_a_query_says_that_it_cannot_leave_people_out(client, path):
    answer = client.get(path + ("&" if "?" in path else "?") + "people=0")
    assert traces(answer.get_data()) == []
    if "console" in path:
        assert "people cannot be left out" in answer.text


def test_no_command_names_who_is_left_out(workspace, capsys, monkeypatch):
    monkeypatch.setenv("ECOSYSTEM_DATA", workspace.settings.data)
    monkeypatch.setenv("ECOSYSTEM_SCOPE", "city:alpha")
    ground, asked = workspace.ground(people=False), 0
    for question in QUESTIONS:
        if not (question.stored and question.command and question.view_field()):
            continue
        words = [question.command]
        example = question.example(ground)
        if question.from_file:
            continue
        for name, parameter in question.parameters().items():
            for said in example.get(parameter.address or name, ()):
                option = parameter.option or f"--{name.replace('_', '-')}"
                parts = said.split(",") if parameter.joined else [said]
                words += parts if parameter.positional else [f"{option}={part}" for part in parts]
        for form in ("json", "table", "csv"):
            main([*words, "--format", form, "--without-people"])
            printed = capsys.readouterr()
            assert traces((printed.out + printed.err).encode()) == [], words
            asked += bool(printed.out)
    assert asked > 40


def test_no_tool_names_who_is_left_out(workspace):
    door, ground = Door(workspace, people=False), workspace.ground(people=False)
    for name, question in door.tools.items():
        said = {key: list(value) for key, value in question.example(ground).items()}
        try:
            text = repr(door.ask(name, {k: v[0] if len(v) == 1 else v for k, v in said.items()}))
        except EcosystemError as error:
            text = str(error)
        assert traces(text.encode()) == [], name


def test_no_export_names_who_is_left_out(workspace, tmp_path):
    dataset = workspace.export(people=False)
    assert traces("".join(jsonl.dumps(dataset)).encode()) == []
    written = exports.write(dataset, tmp_path / "out")
    assert all(traces(path.read_bytes()) == [] for path in written)
    decision = dataset.nodes["decision:no-000001"]
    assert isinstance(decision, Decision)
    assert (decision.owner, decision.note, decision.by) == ("", "", "")
    lab = dataset.nodes["org:lab"]
    assert isinstance(lab, Organisation)
    assert lab.description_en == "Founded by … in 2001."


OTHERS = (
    "/en/ways?path=org:firm,org:uni&through=work",
    "/en/ways?path=org:firm,person:zvezdomir",
    "/en/compare?select=org:firm,org:uni",
    "/en/compare?select=org:firm,person:zvezdomira",
    "/en/desk",
    "/en/corrections",
    "/en/story",
    "/en/sources",
    "/en/entity/source:about-her",
    "/en/entity/source:page",
    "/en/entity/org:lab",
    "/en/contradictions",
    "/en/what-if?change=-person:zvezdomira",
    "/en/what-if?change=-org:uni",
    "/en/queries/who-bridges?person=person:zvezdomira",
    "/en/search?q=unikalov",
    "/api/entity/person:zvezdomir",
    "/api/path?path=person:zvezdomir,org:firm",
    "/en/report?format=pdf",
    "/en/report?format=md",
    "/en/map?show=table&format=xlsx",
)
"""Places at which somebody could be named by a fault, a near name or a file."""


@pytest.mark.parametrize("path", OTHERS)
def test_no_place_names_who_is_left_out(client, path):
    answer = client.get(f"{path}{'&' if '?' in path else '?'}people=0")
    assert answer.status_code < 500
    own = [trace for trace in TRACES if trace in unquote(path).casefold()]
    assert set(traces(answer.get_data())) <= set(own), path
    assert b"Unikalova" not in answer.get_data()


@pytest.mark.parametrize(
    "sent",
    [
        {
            "matter": "correction",
            "subject": "MEMBER_OF|person:zvezdomir|org:firm|",
            "state": "wrong",
        },
        {"matter": "priority", "subject": "project:bu", "state": "A"},
        {"matter": "same", "subject": "person:zvezdomi=org:firm", "state": "same"},
        {"matter": "note", "subject": "person:zvezdomi", "state": "noted"},
    ],
)
def test_no_form_names_who_is_left_out(workspace, sent):
    app = create_app(workspace, {"WTF_CSRF_ENABLED": False})
    own = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    answer = app.test_client().post("/en/decide?people=0", data=sent, headers=own)
    assert 400 <= answer.status_code < 500
    assert traces(answer.get_data()) == []


def test_a_trace_in_a_file_would_be_found(client):
    for form in ("pdf", "md", "html"):
        answer = client.get(f"/en/report?scope=all&format={form}")
        assert answer.status_code == 200
        assert "zvezdomira" in traces(answer.get_data()), form


def test_the_trace_would_be_found(client):
    """With people the same reading finds her, so that the tests above can fail."""
    assert traces(client.get("/en/entity/org:firm").get_data()) == ["zvezdomira", "unikalova"]
    assert {Console, RunQuery} <= set(QUESTIONS)
