"""The facade: one store, and everything that the command line, the web view and programs do."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from ecosystem import desk, paths, upkeep
from ecosystem.contents import Contents
from ecosystem.dataset import Dataset
from ecosystem.errors import ModelVersionError, NotFoundError
from ecosystem.ground import StoreGround
from ecosystem.io.people import without_people
from ecosystem.kept import Kept, Tell, unheard
from ecosystem.loading import LoadReport, load
from ecosystem.model import Decision, Edge, Node
from ecosystem.model.former import FORMER_VERSIONS
from ecosystem.people import WithoutPeople
from ecosystem.questions.mentoring import Match
from ecosystem.settings import Settings
from ecosystem.store.graph_store import GraphStore
from ecosystem.talking import Talk, quiet

if TYPE_CHECKING:
    from ecosystem.queries import Query
    from ecosystem.questions.question import Question

A = TypeVar("A")


def store_of(settings: Settings, *, former: bool = False) -> GraphStore:
    """The store in the Neo4j that ``settings`` name, else on the embedded engine.

    With ``former`` it may be of an earlier version of the model.

    Raises
    ------
    StoreUnavailableError, StoreLockedError, StoreError, ModelVersionError
        Where no usable store answers; the hint says what to do.
    """
    if not settings.neo4j_uri:
        return GraphStore.embedded(
            settings.data_folder,
            settings.idle_seconds,
            memory=settings.engine_memory,
            query_memory=settings.query_memory,
            former=former,
        )
    return GraphStore.connect(
        settings.neo4j_uri,
        settings.neo4j_username,
        settings.neo4j_password,
        settings.neo4j_database,
        query_memory=settings.query_memory,
        former=former,
    )


class Workspace:
    """One store and everything that can be asked of it; safe to share between threads.

    Answers are kept until what they rest on changes. ``contents`` may hold a part of the store
    instead of everything; ``talk`` hears what is being done.
    """

    def __init__(
        self,
        store: GraphStore,
        settings: Settings | None = None,
        contents: Contents | None = None,
        talk: Talk = quiet,
    ) -> None:
        self.store = store
        self.talk = talk
        self.settings = settings or Settings()
        self.contents = contents or Contents(store)
        self.kept = Kept(current=self.contents.current, shared=self._shared)
        self._lock = threading.Lock()
        self._queries: Mapping[str, Query] | None = None
        self._nobody: Workspace | None = None

    @classmethod
    def open(cls, settings: Settings, talk: Talk = quiet) -> Self:
        """A workspace on the Neo4j that ``settings`` name, else on the embedded engine.

        Raises
        ------
        StoreUnavailableError, StoreLockedError, StoreError, ModelVersionError
            Where no usable store answers; the hint says what to do.
        """
        if not settings.neo4j_uri:
            talk("Opening the embedded engine ...")
        try:
            return cls(store_of(settings), settings, talk=talk)
        except ModelVersionError as error:
            # A database that others use too is brought up to date only when somebody says so.
            if settings.neo4j_uri or error.found not in FORMER_VERSIONS:
                raise
        talk("Bringing the store to this version ...")
        with store_of(settings, former=True) as old:
            upkeep.migrate(old, settings.data_folder)
        return cls(store_of(settings), settings, talk=talk)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the connection; the embedded engine ends by itself when nobody uses it."""
        self.kept.stop()
        if self._nobody is not None:
            self._nobody.kept.stop()
        self.store.close()

    def _shared(self, part: object) -> bool:
        """Whether a part of an answer is there anyway: the records, and the facts as they are."""
        return isinstance(part, (Node, Edge)) or self.contents.holds(part)

    # Asking

    def ground(
        self, tell: Tell = unheard, *, waits: bool = True, people: bool = True
    ) -> StoreGround:
        """What questions are asked of: the contents at the present revision.

        ``tell`` hears how far long work is; ``waits`` as in ``Contents.present``. Without
        ``people`` no person is there, nor anything that names one.
        """
        part = self if people else self._without_people()
        return StoreGround(
            part.contents.present(waits=waits),
            part.kept,
            self.store,
            self.settings,
            self._library,
            tell,
            people,
        )

    def _without_people(self) -> Workspace:
        """The same store without people: no kept answer of the one is ever given in the other."""
        with self._lock:
            if self._nobody is None:
                hidden = WithoutPeople(self.store, self.contents)
                self._nobody = Workspace(self.store, self.settings, hidden)
            return self._nobody

    def ask(self, question: Question[A], tell: Tell = unheard) -> A:
        """The answer to one question at the present revision; waits for it."""
        return self.ground(tell).ask(question)

    def _library(self) -> Mapping[str, Query]:
        from ecosystem.queries import load_queries

        with self._lock:
            if self._queries is None:
                self._queries = load_queries(paths.cypher_folder())
            return self._queries

    # Loading and exporting

    def load(
        self,
        packs: Sequence[Path] = (),
        *,
        prune: bool = False,
        dry_run: bool = False,
        empty: Collection[str] = (),
        by: str = "",
        note: str = "",
    ) -> LoadReport:
        """Load packs and exports (the shipped packs where none is named) in one transaction.

        ``empty`` names columns that files lack and that are to be emptied. Records that the
        store has and the packs no longer do are kept unless ``prune``. ``by`` and ``note`` say
        who loads and why.

        Raises
        ------
        DataError
            With every problem of every file; nothing was changed.
        """
        folders = list(packs) or paths.shipped_packs()
        return load(
            self.contents,
            folders,
            prune=prune,
            dry_run=dry_run,
            empty=empty,
            talk=self.talk,
            before_removing=lambda: upkeep.before(self.store, self.settings.data_folder, "prune"),
            by=by,
            note=note,
        )

    def export(self, packs: Iterable[str] = (), people: bool = True) -> Dataset:
        """What an export holds: the named packs (everything where none is), with or without people.

        Without people, every Person goes, with every tie, claim, source and decision about one,
        and with the full names in other texts; who decided or noted something goes too.

        Raises
        ------
        NotFoundError
            For a pack that the store does not have.
        """
        dataset = self.contents.present().everything
        wanted = list(packs)
        for name in wanted:
            if name not in dataset.packs:
                raise NotFoundError("pack", name, dataset.packs)
        chosen = dataset.only(wanted) if wanted else dataset
        return chosen if people else without_people(chosen)

    # Deciding

    def decide(
        self, matter: str, subject: str, values: Mapping[str, str], seen: str | None = None
    ) -> Decision:
        """Store one more decision; an accepted mentor pair writes its tie as well.

        ``values`` are texts as a form sends them. The themes of an accepted pair are those of
        the needs that the mentor serves.

        Raises
        ------
        StoreChangedError
            Where somebody else decided about the subject after ``seen``.
        NotFoundError, ParameterError, DataError
        """
        given = desk.parsed(values)
        if matter == "match" and given.get("state") == "accepted":
            given["themes"] = self._served(*desk.pair(subject))
        return desk.decide(self.contents, matter, subject, given, seen=seen)

    def _served(self, mentee: str, mentor: str) -> tuple[str, ...]:
        """The themes that ``mentee`` needs and ``mentor`` is recorded to serve."""
        ground = self.ground()
        city = ground.find(mentee, ("City",))
        found = ground.ask(Match(view=ground.usual_view(), city=city, other_country=False))
        return tuple(
            sorted(
                reason.theme
                for match in found.suggestions
                if match.mentor == mentor
                for reason in match.reasons
                if reason.theme
            )
        )
