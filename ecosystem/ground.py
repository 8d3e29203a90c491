"""What questions are asked of: one revision of the store, and the answers that are kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ecosystem.contents import Present
from ecosystem.desk import MATTERS, Desk
from ecosystem.errors import AmbiguousNameError, NotFoundError, OtherKindError, nearest
from ecosystem.kept import Failed, Kept, Ready, Stale, Tell, Working, unheard
from ecosystem.model import ENTITY_KINDS, NODE_KINDS, Entity
from ecosystem.questions.imagining import snapshot_of
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.dataset import Dataset
    from ecosystem.identity.index import NameIndex
    from ecosystem.queries import Query
    from ecosystem.questions.question import Question
    from ecosystem.settings import Settings
    from ecosystem.snapshot import Snapshot
    from ecosystem.store.graph_store import GraphStore

A = TypeVar("A")

MOST_OFFERED = 3
_PREFIXES = frozenset(kind.prefix for kind in NODE_KINDS.values())


@dataclass(frozen=True)
class StoreGround:
    """The ground of a store at one revision: every question of a request sees the same contents.

    Attributes
    ----------
    present
        The contents at the revision.
    heard
        Hears how far the work is for which this ground was made.
    had
        What was asked of this ground before: once the store has moved on, answers of its revision
        are kept nowhere else, and a request that began before would work them out at every use.
    people
        Whether persons are there.
    """

    present: Present
    kept: Kept
    store: GraphStore
    settings: Settings
    read_queries: Callable[[], Mapping[str, Query]] = field(repr=False)
    heard: Tell = unheard
    people: bool = True
    had: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def facts(self) -> Dataset:
        """Everything in the store but what users decided."""
        return self.present.facts

    @property
    def names(self) -> NameIndex:
        """The names of everything, read once for what is stated, whatever is decided about it."""

        def read() -> NameIndex:
            from ecosystem.identity.index import NameIndex

            return NameIndex(self.present.stated.nodes.values())

        if "read names" not in self.had:
            index = self._keep("index of names", self.present.stamp("stated"), read)
            self.had["read names"] = index.read_as(self.facts.nodes, self.present.same)
        return cast("NameIndex", self.had["read names"])

    @property
    def contents(self) -> Dataset:
        """Everything in the store."""
        return self.present.everything

    @property
    def desk(self) -> Desk:
        """What users decided."""
        return self._keep(
            "desk", self.present.stamp(*MATTERS), lambda: Desk.of(self.present.decisions)
        )

    @property
    def revision(self) -> int:
        """The revision of the store."""
        return self.present.revision

    @property
    def queries(self) -> Mapping[str, Query]:
        """The query library by name."""
        return self.read_queries()

    def tell(self, done: int, total: int) -> None:
        """Say how far the work is; ends it when nobody waits for it any more."""
        self.heard(done, total)

    def snapshot(self, view: View) -> Snapshot:
        """The frozen graph of a view; of no use once the facts have changed."""
        key = ("snapshot", view)
        if key not in self.had:
            self.had[key] = self.kept.ask(
                key,
                self.present.stamp("facts"),
                lambda _tell: snapshot_of(self.facts, view, self.revision),
                forget=True,
            )
        return cast("Snapshot", self.had[key])

    def ask(self, question: Question[A]) -> A:
        """The answer, kept while what it rests on stays the same; waits for it."""
        if not question.rests:
            return question.narrowed(question.answer(self))
        core = question.core()
        if core not in self.had:
            self.had[core] = self.kept.ask(core, self._stamp(core), self._work(core), self.heard)
        return question.narrowed(self.had[core])

    def peek(self, question: Question[A]) -> Ready[A] | Stale[A] | Working | Failed:
        """The answer if it is there, else how far it is; never waits."""
        core = question.core()
        found = self.kept.peek(core, self._stamp(core), self._work(core))
        if isinstance(found, (Ready, Stale)):
            return replace(found, answer=question.narrowed(found.answer))
        return found

    def ready(self, question: Question[A]) -> bool:
        """Whether the answer is there, so that asking costs nothing."""
        core = question.core()
        return self.kept.ready(core, self._stamp(core))

    def _stamp(self, question: Question[A]) -> tuple[tuple[str, int], ...]:
        return self.present.stamp(*question.rests)

    def _work(self, question: Question[A]) -> Callable[[Tell], A]:
        return lambda tell: question.answer(replace(self, heard=tell))

    def _keep(self, key: str, stamp: object, work: Callable[[], A]) -> A:
        if key not in self.had:
            self.had[key] = self.kept.ask((key,), stamp, lambda _tell: work())
        return cast(A, self.had[key])

    def usual_view(self) -> View:
        """The default scope today, *known up to*, with undated ties and people.

        Raises
        ------
        NotFoundError
            Where the settings name a city that is not recorded.
        """
        scope = self.settings.scope
        if scope and scope != "all":
            scope = self.find(scope, ("City",))
        return View(scope or self._busiest_city(), date.today().isoformat())

    def _busiest_city(self) -> str:
        """The city in which most organisations are recorded, ``all`` where there is none."""

        def busiest() -> str:
            seats: dict[str, int] = {}
            for edge in self.facts.counting.edges.values():
                if edge.kind == "LOCATED_IN" and edge.target.startswith("city:"):
                    seats[edge.target] = seats.get(edge.target, 0) + 1
            return max(sorted(seats), key=lambda city: seats[city], default="all")

        return self._keep("busiest city", self.present.stamp("facts"), busiest)

    def find(self, word: str, kinds: Sequence[str] = ()) -> str:
        """The id of what ``word`` names, by id or by a name that only one thing has.

        Raises
        ------
        NotFoundError
            Where nothing has that id or name; offers what is near.
        AmbiguousNameError
            Where several things bear the name.
        """
        nodes, wanted = self.facts.nodes, kinds or ENTITY_KINDS
        word = self.present.same.get(word, word)
        if word in nodes and (not kinds or nodes[word].kind in kinds):
            return word
        called = self._called(word)
        ids = [identity for identity in called if nodes[identity].kind in wanted]
        if not called and word not in nodes and not _is_id(word):
            ids = [*self.names.meant(word, wanted)]
        # Of what was entered twice and deprecated once the other is meant.
        ids = [identity for identity in ids if not nodes[identity].deprecated] or ids
        if len(ids) == 1:
            return ids[0]
        if ids:
            raise AmbiguousNameError(word, ids)
        if other := next(iter([word] if word in nodes else called), ""):
            labels = [NODE_KINDS[kind].label for kind in wanted]
            raise OtherKindError(word, labels, nodes[other].label)
        what = " or ".join(NODE_KINDS[kind].label.en.lower() for kind in kinds) or "record"
        error = NotFoundError(what, word, [i for i, node in nodes.items() if node.kind in wanted])
        if not error.nearest:
            error.nearest = self._called_nearly(word, wanted) or self._holding(word, wanted)
            error.hint = f"Did you mean {' or '.join(error.nearest)}?" if error.nearest else ""
        raise error

    def _called(self, word: str) -> tuple[str, ...]:
        """The ids of what bears this very name or number; however written where none does so."""
        written = self._names().get(word.casefold().strip(), ())
        return written or (() if _is_id(word) else self.names.called(word))

    def _called_nearly(self, word: str, kinds: Sequence[str]) -> tuple[str, ...]:
        """The ids of the things of these kinds whose names look most like ``word``."""
        names = {
            name: [identity for identity in ids if self.facts.nodes[identity].kind in kinds]
            for name, ids in self._names().items()
        }
        near = nearest(word.casefold(), [name for name, ids in names.items() if ids])
        return tuple(dict.fromkeys(identity for name in near for identity in names[name]))

    def _holding(self, word: str, kinds: Sequence[str]) -> tuple[str, ...]:
        """The ids of the few things of these kinds whose names hold what ``word`` says."""
        held = self.names.holding(word)
        of_kind = (identity for identity in held if self.facts.nodes[identity].kind in kinds)
        return tuple(sorted(of_kind, key=lambda one: (held[one], len(one), one))[:MOST_OFFERED])

    def _names(self) -> Mapping[str, tuple[str, ...]]:
        """The ids that bear each name or alias, folded to lower case."""

        def collected() -> Mapping[str, tuple[str, ...]]:
            names: dict[str, dict[str, None]] = {}
            for node in self.facts.nodes.values():
                if isinstance(node, Entity):
                    for name in (*node.name, *node.aliases):
                        if name:
                            names.setdefault(name.casefold(), {})[node.id] = None
            return {name: tuple(ids) for name, ids in names.items()}

        return self._keep("names", self.present.stamp("facts"), collected)


def _is_id(word: str) -> bool:
    """Whether a word is written as an id: such a one is what it says, or wrong."""
    prefix, colon, _ = word.partition(":")
    return bool(colon) and prefix in _PREFIXES


class _FilesGround(StoreGround):
    """What questions that rest on files alone are asked of: what they name is in the files."""

    def find(self, word: str, _kinds: Sequence[str] = ()) -> str:
        """The word itself."""
        return word


def without_store(settings: Settings) -> StoreGround:
    """The ground of questions that rest on files alone."""
    nowhere = cast("GraphStore", None)
    return _FilesGround(Present(), Kept(), nowhere, settings, dict)
