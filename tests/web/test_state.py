"""Whatever stands in the address of a page stays there: through its forms, links and languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ecosystem.dataset import Dataset
from ecosystem.model import Attribute, Pack, ParticipatesIn, PartOf, Programme, Project
from ecosystem.questions import QUESTIONS
from ecosystem.questions.fields import VIEW
from ecosystem.questions.imagining import Timeline
from ecosystem.questions.parameters import Couple, Day, Entity, Number, Pairs, Parameter, Switch
from ecosystem.questions.question import Ground, Question
from ecosystem.values import Text
from ecosystem.workspace import Workspace
from tests.tiny import tiny
from tests.web.conftest import store_of
from webapp import create_app
from webapp.doors import PAGES, carried

SEEN = {
    "scope": ["city:beta"],
    "as_of": ["2024-05-06"],
    "reading": ["in-force"],
    "undated": ["0"],
    "people": ["0"],
}
OTHER = {
    "scope": ["city:alpha"],
    "as_of": ["2025-06-07"],
    "reading": ["known"],
    "undated": ["1"],
    "people": ["1"],
}
# Where one value is not as good as another.
SAID: dict[tuple[str, str], dict[str, list[str]]] = {
    ("map", "select"): {"select": ["org:uni,org:council"]},
    ("map", "path_"): {"path": ["org:uni,org:firm"]},
    ("map", "steps"): {"steps": ["2"]},
    ("map", "mark"): {"mark": ["G01|org:uni"]},
    ("map", "open"): {"open": ["themes,org:uni"]},
    ("map", "hide"): {"hide": ["Event,Person"]},
    ("map", "hide_values"): {"hide_values": ["theme.theme:mobility,sector.none"]},
    ("map", "pins"): {"pins": ["org:council@10:-20"]},
    ("map", "columns"): {"columns": ["own:size"]},
    ("queries", "tag"): {"tag": ["cities"]},
    ("match", "top"): {"top": ["1"]},
    ("map", "colour"): {"colour": ["theme"]},
    ("city", "peers"): {"peer": ["city:beta"]},
    ("console", "cypher"): {"cypher": ["RETURN $one AS one"]},
    ("console", "given"): {"p.one": ["41"]},
    ("query", "query"): {"query": ["mentors-of-city"]},
    ("query", "given"): {"city": ["city:alpha"]},
    ("what_if", "change"): {
        "change": ["+kind=Organisation&id=org%3Anew&name_en=New&form=company", "-org:uni"]
    },
    ("places", "role"): {"role": ["mentor"]},
    ("places", "country"): {"country": ["NL"]},
    ("invite", "without"): {"without": ["org:firm,org:loner"]},
    ("rooms", "without"): {"without": ["org:firm,org:loner"]},
    ("invite", "quotas"): {"q_government": ["3"], "q_civil_society": ["0"]},
    ("rooms", "quotas"): {"q_government": ["3"], "q_civil_society": ["0"]},
}
SIZE = Attribute("Organisation", "size", "number", Text("Големина", "Size"))
SHOWN = [one for one in QUESTIONS if "page" not in one.lacks]
Said = dict[str, list[str]]


@dataclass
class Form:
    """A form as a browser would send it, field by field."""

    attributes: dict[str, str]
    fields: list[tuple[str, str]] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)

    def asks(self, name: str) -> bool:
        """Whether a reader can change the field."""
        return name in self.shown

    def sent(self, **instead: Sequence[str]) -> Said:
        """What sending it says, with other words in the fields that are changed."""
        found: Said = {}
        for name, value in self.fields:
            found.setdefault(name, []).append(value)
        assert instead.keys() <= found.keys()
        return {**found, **{name: list(said) for name, said in instead.items()}}


class Forms(HTMLParser):
    """The forms of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Form] = []
        self._in: Form | None = None
        self._select = ""
        self._options: list[tuple[str, bool]] = []
        self._text: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._in = Form(said)
            self.found.append(self._in)
        if self._in is None or "disabled" in said:
            return
        name = said.get("name", "")
        if name and said.get("type") not in ("hidden", "submit"):
            self._in.shown.add(name)
        if tag == "input" and name:
            box = said.get("type") in ("checkbox", "radio")
            if "checked" in said or not box:
                self._in.fields.append((name, said.get("value", "on" if box else "")))
        elif tag == "select":
            self._select, self._options = name, []
        elif tag == "option" and self._select:
            self._options.append((said.get("value", ""), "selected" in said))
        elif tag == "textarea" and name:
            self._select, self._text = name, ""

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in = None
        elif self._in is not None and tag == "select" and self._select:
            chosen = [value for value, selected in self._options if selected]
            value = (chosen or [value for value, _ in self._options[:1]])[-1]
            self._in.fields.append((self._select, value))
            self._select = ""
        elif self._in is not None and tag == "textarea" and self._text is not None:
            self._in.fields.append((self._select, self._text.removeprefix("\n")))
            self._select, self._text = "", None


def _unlike(name: str, one: Parameter, ground: Ground) -> Said:
    """Words that set a field to something else than its default."""
    key = one.address or name
    if name in VIEW:
        return {name: SEEN[name]}
    if isinstance(one, Pairs):
        inner = one.key.kinds if isinstance(one.key, Entity) else ()
        return {one.prefix + min(record.id for record in ground.facts.of_kind(inner[0])): ["1"]}
    if isinstance(one, Entity):
        kinds = one.kinds or ("Organisation",)
        ids = sorted(record.id for kind in kinds for record in ground.facts.of_kind(kind))
        return {key: [",".join(ids[:2])] if one.joined else ids[: 2 if one.many else 1]}
    if isinstance(one, Couple):
        mentor = "city:beta" if name == "locks" else "city:alpha"
        return {key: [f"{'city:alpha' if mentor == 'city:beta' else 'city:beta'}={mentor}"]}
    if isinstance(one, Switch):
        return {key: ["0" if one.default else "1"]}
    if isinstance(one, Day):
        return {key: ["2019-01-02"]}
    if isinstance(one, Number):
        return {key: ["0.5"]}
    if one.choices():
        return {key: [next(word for word in reversed(one.choices()) if word != one.default)]}
    return {key: ["7" if one.item()["type"] == "integer" else "alpha"]}


def everything(question: type[Question[Any]], ground: Ground) -> Said:
    """Words that set every field of a question to something else than its default."""
    found: Said = {name: list(said) for name, said in question.example(ground).items()}
    for name, one in question.parameters().items():
        if (question.name, name) in SAID:
            found |= SAID[question.name, name]
        elif name not in found and (one.address or name) not in found:
            found |= _unlike(name, one, ground)
    return found if question.view_field() else {**found, **seen_of(question)}


def seen_of(question: type[Question[Any]]) -> Said:
    """The view that is asked for; a query of one's own cannot leave people out, and says so."""
    return {**SEEN, "people": ["1"]} if question.name in ("console", "query") else SEEN


def address_of(question: type[Question[Any]], said: Said, lang: str = "en") -> str:
    """The page of a question with what its address says."""
    path = question.page or question.path
    rest = dict(said)
    for name in question.parameters():
        for written in (f"<{name}>", f"<path:{name}>"):
            if written in path:
                path = path.replace(written, rest.pop(name)[0])
    return f"/{lang}/{path.lstrip('/')}?{urlencode(rest, doseq=True)}"


def read(question: type[Question[Any]], address: str, ground: Ground) -> tuple[Any, Said]:
    """The question that an address asks, and the view that it says."""
    split = urlsplit(address)
    said = parse_qs(split.query, keep_blank_values=True)
    path = (question.page or question.path).lstrip("/")
    before = path.partition("<")[0]
    if before != path:
        name = path.partition("<")[2].rstrip(">").rpartition(":")[2]
        said[name] = [split.path[len("/en/" + before) :].replace("%7C", "|")]
    ours = (*carried(question), *PAGES[question].ours)
    seen = {name: [values[-1]] for name, values in said.items() if name in VIEW}
    return question.read(said, ground, ours, partly=True), seen


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The tiny town with a programme, in which a city advises and of which a project is part."""
    said = {"pack": "tiny", "standing": "illustrative"}
    ever = {"since": "2019", "until": "2030", **said}
    more = (
        Programme(id="programme:cities", name_en="Cities", **said),
        ParticipatesIn(source="city:beta", target="programme:cities", role="mentor", **said),
        Project(id="project:tram", name_en="Tram", **ever),
        PartOf(source="project:tram", target="programme:cities", **ever),
        Pack(id="pack:tiny", pack="tiny", attributes=(SIZE.line(),)),
    )
    yield from store_of(tmp_path_factory, tiny().merged(Dataset.of(more)))


@pytest.fixture(scope="module")
def app(workspace: Workspace) -> Flask:
    """The application over it."""
    return create_app(workspace, {"TESTING": True})


@pytest.fixture(params=SHOWN, ids=lambda question: question.name)
def question(request: pytest.FixtureRequest) -> type[Question[Any]]:
    """Every question that has a page."""
    found: type[Question[Any]] = request.param
    return found


def _page(client: FlaskClient, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200, where
    return answer.text


def test_every_field_is_set_to_something_of_its_own(question, workspace):
    ground = workspace.ground()
    asked, seen = read(question, address_of(question, everything(question, ground)), ground)
    assert seen == seen_of(question)
    for name, one in question.parameters().items():
        if name not in VIEW:
            assert getattr(asked, name) != one.default, name


def test_changing_place_and_day_keeps_everything_else(client, question, workspace):
    ground = workspace.ground()
    where = address_of(question, everything(question, ground))
    before, _ = read(question, where, ground)
    forms = [
        form
        for form in Forms(_page(client, where)).found
        if form.asks("as_of") and form.asks("scope")
    ]
    if not question.view_field():
        assert forms == []
        return
    for form in forms:
        target = form.attributes.get("action") or urlsplit(where).path
        after, seen = read(question, f"{target}?{urlencode(form.sent(**OTHER), True)}", ground)
        assert seen == OTHER
        view = getattr(after, question.view_field())
        assert after == replace(before, **{question.view_field(): view})


def test_sending_a_form_of_the_page_unchanged_asks_the_same(client, question, workspace):
    ground = workspace.ground()
    where = address_of(question, everything(question, ground))
    before, seen = read(question, where, ground)
    for form in Forms(_page(client, where)).found:
        if form.attributes.get("method") == "get" and not form.attributes.get("action"):
            sent = f"{urlsplit(where).path}?{urlencode(form.sent(), True)}"
            assert read(question, sent, ground) == (before, seen), form


def test_the_other_language_keeps_everything(client, question, workspace):
    ground = workspace.ground()
    where = address_of(question, everything(question, ground))
    page = HrefsByLanguage(_page(client, where))
    for lang in ("bg", "en"):
        assert page.found[lang].startswith(f"/{lang}/")
        assert read(question, page.found[lang], ground) == read(question, where, ground)


def test_a_city_that_follows_the_place_follows_the_next_one(client):
    page = _page(client, "/en/match?scope=city:alpha")
    (form,) = (one for one in Forms(page).found if one.asks("scope"))
    assert "city" not in form.sent()
    kept = _page(client, "/en/match?scope=city:alpha&city=city:beta")
    (form,) = (one for one in Forms(kept).found if one.asks("scope"))
    assert form.sent()["city"] == ["city:beta"]


def test_a_day_that_is_carried_along_asks_no_query_by_itself(client):
    page = _page(client, "/en/queries/mentors-of-city?as_of=2024-05-06")
    (form,) = (one for one in Forms(page).found if one.asks("city"))
    assert form.sent()["as_of"] == ["2024-05-06"]


def test_a_filter_is_shown_where_no_city_has_it_any_more(client):
    page = _page(client, "/en/places?role=fellow&country=FI")
    (form,) = (one for one in Forms(page).found if one.asks("role"))
    assert (form.sent()["role"], form.sent()["country"]) == (["fellow"], ["FI"])


def test_the_search_of_the_header_keeps_place_and_day(client):
    page = _page(client, address_of(Timeline, SEEN))
    (form,) = (one for one in Forms(page).found if one.attributes.get("role") == "search")
    assert form.sent() == {**SEEN, "q": [""]}


class HrefsByLanguage(HTMLParser):
    """Where a page leads in each language."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "a" and said.get("hreflang"):
            self.found[str(said["hreflang"])] = str(said["href"])
