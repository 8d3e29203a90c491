"""The web view over the tiny town, and over one whose names mean harm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ecosystem.dataset import ChangeSet, Dataset, diff
from ecosystem.model import City, Organisation, Record
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.tiny import tiny
from webapp import create_app

HARM = "<img src=x onerror=alert(1)></script><script>alert(2)</script>\"'` 🙂 " + "я" * 3000
PAGES: tuple[str, ...] = (
    "/",
    "/map",
    "/map?show=table",
    "/map?gaps=1&select=org:council",
    "/map?only=1&select=org:council&pins=org:council@10:-20",
    "/gaps",
    "/match",
    "/match?city=city:alpha",
    "/match/board",
    "/desk",
    "/queries",
    "/report",
    "/invite",
    "/invite?theme=theme:mobility&size=1&compare=event:day&without=org:uni",
    "/invite/compare?one=event:day&other=event:day",
    "/roadmap",
    "/queries/mentors-of-city?city=city:alpha",
    "/console",
    "/console?cypher=RETURN 1 AS one",
    "/sources",
    "/about",
    "/search?q=alpha",
    "/entity/city:alpha",
    "/entity/org:council",
    "/entity/project:bus",
    "/entity/theme:ict",
    "/entity/FUNDS|org:council|org:firm|",
    "/entity/org:council?part=panel",
    "/entity/org:council?part=card",
    "/entity/city:alpha?part=card&size=betweenness&lens=work",
    "/entity/FUNDS|org:council|org:firm|?part=panel",
    "/entity/org:nobody",
    "/nowhere",
)


def harm() -> list[Record]:
    """Records of the tiny town whose texts try to run."""
    said = {"pack": "tiny", "standing": "illustrative"}
    return [
        City(id="city:alpha", name_bg=HARM, name_en=HARM, **said),
        Organisation(
            id="org:firm",
            name_bg=HARM,
            website="javascript:alert(3)",
            description_bg=HARM,
            aliases=(HARM,),
            **said,
        ),
    ]


def store_of(tmp_path_factory: pytest.TempPathFactory, dataset: Dataset) -> Iterator[Workspace]:
    """A dataset in a store of its own."""
    folder = tmp_path_factory.mktemp("web")
    settings = Settings.read({"data": str(folder), "scope": "city:alpha"})
    with Workspace.open(settings) as opened:
        opened.store.apply(diff(opened.contents.present().everything, dataset))
        yield opened
    embedded.stop(folder)


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The tiny town in a store of its own."""
    yield from store_of(tmp_path_factory, tiny())


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The tiny town with names that try to run."""
    yield from store_of(tmp_path_factory, tiny().merged(Dataset.of(harm())))


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A city, themes and sources: nobody is recorded yet."""
    kinds = ("City", "Theme", "Source")
    records = [record for record in tiny().nodes.values() if record.kind in kinds]
    yield from store_of(tmp_path_factory, Dataset.of(records))


@pytest.fixture(scope="session")
def app(workspace: Workspace) -> Flask:
    """The application over the tiny town."""
    return create_app(workspace, {"TESTING": True})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts."""
    return app.test_client()


OWN = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
"""The headers of a form that a page of ours sends."""


def withdraw(workspace: Workspace) -> None:
    """Take back every decision of a store."""
    records = workspace.contents.present().everything.records.values()
    own = tuple(record for record in records if record.pack == "local")
    workspace.store.apply(ChangeSet(removed=own))


@pytest.fixture
def deciding(app: Flask, workspace: Workspace) -> Iterator[FlaskClient]:
    """A browser without scripts, after which nothing is decided any more."""
    yield app.test_client()
    withdraw(workspace)


@dataclass
class Page(HTMLParser):
    """What a browser would make of a page: elements with attributes, and text by language."""

    lang: str = ""
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    _open: list[tuple[str, str]] = field(default_factory=list)

    VOID = frozenset("area br col hr img input link meta source track wbr".split())

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @classmethod
    def of(cls, html: str) -> Page:
        """The page in ``html``."""
        page = cls()
        page.feed(html)
        page.close()
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.elements.append((tag, found))
        lang = found.get("lang") or (self._open[-1][1] if self._open else "")
        if tag not in self.VOID:
            self._open.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, lang = self._open[-1] if self._open else ("", "")
        if tag == "script":
            self.scripts.append(data)
        elif data.strip():
            self.texts.append((lang, " ".join(data.split())))

    def text(self, lang: str = "") -> str:
        """All visible text, or that of one language."""
        return " ".join(words for said, words in self.texts if lang in ("", said))

    def links(self) -> list[str]:
        """Where the anchors lead."""
        return [found.get("href") or "" for tag, found in self.elements if tag == "a"]
