"""The facade: what the command line, the web view and the JSON interface call."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from ecosystem import paths
from ecosystem.contents import FACTS, Contents
from ecosystem.dataset import Dataset
from ecosystem.errors import NotFoundError
from ecosystem.io import exports
from ecosystem.kept import Failed, Kept, Ready, Stale, Tell, Working, unheard
from ecosystem.loading import LoadReport, Talk, load, quiet
from ecosystem.model import ENTITY_KINDS, Edge, Node
from ecosystem.settings import Settings
from ecosystem.store.graph_store import GraphStore
from ecosystem.values import OPEN_END, Language
from ecosystem.view import View, checked

if TYPE_CHECKING:
    from ecosystem.analysis.cities import CityProfile
    from ecosystem.analysis.comparison import SnapshotComparison, YearOfGaps
    from ecosystem.analysis.connecting import Connection
    from ecosystem.analysis.facets import Facet
    from ecosystem.analysis.followup import FollowUp
    from ecosystem.analysis.gaps import RuleResult
    from ecosystem.analysis.gaps.stability import Stability
    from ecosystem.analysis.geography import Geography
    from ecosystem.analysis.inviting import Comparison, Guests, Invitation
    from ecosystem.analysis.layout import Layout
    from ecosystem.analysis.matching import Board, Matches
    from ecosystem.analysis.matching.backtest import Backtest
    from ecosystem.analysis.metrics import Measure
    from ecosystem.analysis.profile import Claim, Overview, Profile, SourceUse, Statement
    from ecosystem.analysis.roadmap import Choice, Roadmap
    from ecosystem.analysis.side_by_side import SideBySide
    from ecosystem.analysis.structure import Structure
    from ecosystem.desk import Desk
    from ecosystem.model import Decision
    from ecosystem.queries import Query
    from ecosystem.report import Material
    from ecosystem.scenario import Applied, Scenario
    from ecosystem.snapshot import Snapshot

Answer = TypeVar("Answer")
Peeked = Ready[Answer] | Stale[Answer] | Working | Failed

REPORTED = ("degree", "betweenness")


@dataclass(frozen=True)
class QueryResult:
    """The rows of a query, the Cypher that gave them and the limits that held."""

    name: str
    cypher: str
    parameters: Mapping[str, Any]
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool
    seconds: float
    row_limit: int

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values; each row is an object by column."""
        return {
            "name": self.name,
            "cypher": self.cypher,
            "parameters": dict(self.parameters),
            "columns": list(self.columns),
            "rows": [dict(zip(self.columns, row, strict=True)) for row in self.rows],
            "truncated": self.truncated,
            "row_limit": self.row_limit,
        }


def backtest(pairs: Path, attributes: Path) -> Backtest:
    """How well the context finds the mentors of past pairs; needs no store.

    Raises
    ------
    DataError
        With every problem of either file.
    """
    from ecosystem.analysis.matching.backtest import backtest
    from ecosystem.io.pairs import read_facts, read_pairs

    return backtest(read_pairs(pairs), read_facts(attributes))


@dataclass(frozen=True)
class WhatIf:
    """What a scenario would change in a view."""

    scenario: Scenario
    view: View
    applied: Applied
    comparison: SnapshotComparison

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values."""
        return {
            "view": self.view.to_dict(),
            "scenario": self.scenario.to_dict(),
            "ids": list(self.applied.ids),
            "carried_off": list(self.applied.carried_off),
            **self.comparison.to_dict(),
        }


def snapshot_of(dataset: Dataset, view: View, revision: int = 0) -> Snapshot:
    """The frozen graph of ``dataset`` in a view."""
    from ecosystem.snapshot import Snapshot

    return Snapshot.of(
        dataset,
        revision=revision,
        as_of=view.as_of,
        scope=view.scope,
        reading=view.reading,
        undated=view.undated,
        people=view.people,
    )


def compare_datasets(earlier: Dataset, later: Dataset, view: View) -> SnapshotComparison:
    """What differs between two datasets in a view; needs no store."""
    from ecosystem.analysis.comparison import compare
    from ecosystem.analysis.gaps import find_gaps

    before, after = snapshot_of(earlier, view), snapshot_of(later, view)
    return compare(before, after, find_gaps(before), find_gaps(after))


class Workspace:
    """One store and everything that can be asked of it; safe to share between threads.

    Answers are kept by the view they were computed for, until what they rest on changes.
    """

    def __init__(self, store: GraphStore, settings: Settings | None = None) -> None:
        self.store = store
        self.settings = settings or Settings()
        self._lock = threading.RLock()
        self.contents = Contents(store)
        self.answers = Kept(current=self.contents.current, shared=self._shared)
        self._queries: Mapping[str, Query] | None = None

    @classmethod
    def open(cls, settings: Settings, talk: Talk = quiet) -> Self:
        """A workspace on the Neo4j that ``settings`` name, else on the embedded engine.

        Raises
        ------
        StoreUnavailableError, StoreLockedError, StoreError, ModelVersionError
            Where no usable store answers; the hint says what to do.
        """
        if settings.neo4j_uri:
            store = GraphStore.connect(
                settings.neo4j_uri,
                settings.neo4j_username,
                settings.neo4j_password,
                settings.neo4j_database,
            )
        else:
            talk("Starting the embedded engine ...")
            store = GraphStore.embedded(settings.data_folder, settings.idle_seconds)
        return cls(store, settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the connection; the embedded engine ends by itself when nobody uses it."""
        self.answers.stop()
        self.store.close()

    # What is in the store

    def revision(self) -> int:
        """A number that rises with every change of the store."""
        return self.store.revision()

    def dataset(self) -> Dataset:
        """Everything in the store, at its present revision."""
        return self.contents.present().everything

    def facts(self) -> Dataset:
        """Everything in the store but what users decided: what every analysis rests on."""
        return self.contents.present().facts

    def _shared(self, part: object) -> bool:
        """Whether a part of an answer is there anyway: the records, and the facts as they are."""
        return isinstance(part, (Node, Edge)) or self.contents.holds(part)

    def _kept(
        self,
        key: tuple[Any, ...],
        compute: Callable[[], Answer],
        rests_on: Sequence[str] = (FACTS,),
        forget: bool = False,
    ) -> Answer:
        stamp = self.contents.present().stamp(*rests_on)
        return self.answers.ask(key, stamp, lambda _tell: compute(), forget=forget)

    def load(
        self,
        packs: Sequence[Path] = (),
        *,
        prune: bool = False,
        dry_run: bool = False,
        talk: Talk = quiet,
    ) -> LoadReport:
        """Load packs (the shipped ones where none is named) in one transaction.

        Records that the store has and the packs no longer do are kept unless ``prune``.

        Raises
        ------
        DataError
            With every problem of every file; nothing was changed.
        """
        folders = list(packs) or paths.shipped_packs()
        return load(self.contents, folders, prune=prune, dry_run=dry_run, talk=talk)

    # The view

    def view(
        self,
        scope: str | None = None,
        as_of: str | None = None,
        reading: str | None = None,
        undated: bool = True,
        people: bool = True,
    ) -> View:
        """A checked view; today, the default scope and *known up to* unless said otherwise.

        Raises
        ------
        NotFoundError
            For a scope that is neither ``all`` nor a city of the store.
        ParameterError
            For a date that is no full day, or an unknown reading.
        """
        day, chosen_reading = checked(as_of, reading)
        chosen = scope or self.settings.scope or self.default_scope()
        if chosen != "all":
            self._city(chosen)
        return View(chosen, day, chosen_reading, undated, people)

    def _city(self, identity: str) -> None:
        cities = [record.id for record in self.facts().of_kind("City")]
        if identity not in cities:
            raise NotFoundError("city", identity, cities)

    def default_scope(self) -> str:
        """The city in which most organisations are recorded, ``all`` where there is none."""

        def most() -> str:
            seats: dict[str, int] = {}
            for edge in self.facts().edges.values():
                if edge.kind == "LOCATED_IN" and edge.target.startswith("city:"):
                    seats[edge.target] = seats.get(edge.target, 0) + 1
            return max(sorted(seats), key=lambda city: seats[city], default="all")

        return self._kept(("default scope",), most)

    def snapshot(self, view: View) -> Snapshot:
        """The frozen graph of the view."""
        return self._kept(
            ("snapshot", view),
            lambda: snapshot_of(self.facts(), view, self.revision()),
            forget=True,
        )

    # Answers

    def days(self, view: View) -> tuple[str, ...]:
        """The days from first to last on which something changes in the view's place.

        The day of the view and today are among them.
        """
        from ecosystem.analysis.days import changing

        everything = self.snapshot(self._whole(view))
        found = self._kept(("days", self._whole(view)), lambda: changing(everything))
        return tuple(sorted({*found, view.as_of, date.today().isoformat()}))

    def _whole(self, view: View) -> View:
        """The view at the last day on which something begins, with all that is known by then."""
        from ecosystem.analysis.days import begun

        ever = replace(view, as_of=OPEN_END, reading="known", undated=True)
        today = date.today().isoformat()
        last = self._kept(("last day", ever), lambda: (begun(self.snapshot(ever)) or [today])[-1])
        return replace(ever, as_of=max(today, last))

    def steady_layout(self, view: View, group_by: str = "sector") -> Layout:
        """Where the view stands on the map, so that another day moves nothing.

        Raises
        ------
        NotFoundError
            For an unknown grouping.
        """
        from ecosystem.analysis.days import within

        known = self.layout(self._whole(view), group_by)
        return self._kept(
            ("steady layout", view, group_by), lambda: within(known, self.snapshot(view))
        )

    def facets(self, view: View) -> tuple[Facet, ...]:
        """The properties by which the map can be coloured and filtered, with counts."""
        from ecosystem.analysis.facets import facets

        return self._kept(("facets", view), lambda: facets(self.snapshot(view)))

    def overview(self, view: View) -> Overview:
        """Counts of the scope, and what the map does not know."""
        from ecosystem.analysis.profile import overview

        return self._kept(("overview", view), lambda: overview(self.snapshot(view)))

    def entity(self, identity: str, view: View) -> Profile:
        """Everything recorded about one node."""
        from ecosystem.analysis.profile import profile

        return self._kept(
            ("entity", identity, view), lambda: profile(self.snapshot(view), identity)
        )

    def geography(self, view: View, **filters: str) -> Geography:
        """The cities everywhere that pass the filters, and the advice between them."""
        from ecosystem.analysis.geography import geography

        everywhere = replace(view, scope="all")
        key = ("geography", everywhere, tuple(sorted(filters.items())))
        return self._kept(key, lambda: geography(self.snapshot(everywhere), **filters))

    def city(self, identity: str, view: View, peers: Sequence[str] | None = None) -> CityProfile:
        """Needs and strengths of a city by theme, beside its mentors and peers."""
        from ecosystem.analysis.cities import city_profile

        everywhere = replace(view, scope="all")
        key = ("city", identity, everywhere, None if peers is None else tuple(peers))
        return self._kept(key, lambda: city_profile(self.snapshot(everywhere), identity, peers))

    def tie(self, identity: str, view: View) -> Statement:
        """One tie with its dates, amounts, sources and claims."""
        from ecosystem.analysis.profile import statement

        return statement(self.snapshot(view), identity)

    def sources(self) -> tuple[SourceUse, ...]:
        """Every document and how much of the map rests on it, most used first."""
        from ecosystem.analysis.profile import source_uses

        return self._kept(("sources",), lambda: source_uses(self.facts()))

    def conflicts(self) -> tuple[tuple[Claim, ...], ...]:
        """Claims of different sources that contradict each other, grouped."""
        from ecosystem.analysis.profile import all_conflicts

        return self._kept(("conflicts",), lambda: all_conflicts(self.facts()))

    def measures(self, view: View, lens: str) -> tuple[Measure, ...]:
        """Every measure of the lens: a value for each node, or a stated reason why not."""
        from ecosystem.analysis.metrics import measures

        return self._kept(("measures", view, lens), lambda: measures(self.snapshot(view), lens))

    def measure(self, view: View, lens: str, name: str) -> Measure:
        """One measure of the lens; the only one that is computed.

        Raises
        ------
        NotFoundError
            For an unknown lens or measure.
        """
        from ecosystem.analysis.metrics import measure

        return self._kept(
            ("measure", view, lens, name), lambda: measure(self.snapshot(view), lens, name)
        )

    def structure(self, view: View, lens: str) -> Structure:
        """Components, communities, articulation points and bridges of the lens."""
        from ecosystem.analysis.structure import structure

        return self._kept(("structure", view, lens), lambda: structure(self.snapshot(view), lens))

    def connecting(self, view: View, source: str, target: str, lens: str = "work") -> Connection:
        """The shortest ways between two actors through a lens, or why there is none.

        Raises
        ------
        NotFoundError
        """
        from ecosystem.analysis.connecting import connecting

        return self._kept(
            ("connecting", view, source, target, lens),
            lambda: connecting(self.snapshot(view), source, target, lens),
        )

    def side_by_side(self, view: View, ids: Iterable[str], lens: str = "work") -> SideBySide:
        """What several things share, and their properties, measures and themes side by side.

        Raises
        ------
        NotFoundError, ParameterError
        """
        from ecosystem.analysis.side_by_side import side_by_side

        return side_by_side(self.snapshot(view), ids, lens, self.measures(view, lens))

    def layout(self, view: View, group_by: str = "sector") -> Layout:
        """Where everything of the view stands on the map."""
        from ecosystem.analysis.layout import layout

        return self._kept(
            ("layout", view, group_by), lambda: layout(self.snapshot(view), group_by=group_by)
        )

    def gaps(self, view: View, rules: Iterable[str] | None = None) -> tuple[RuleResult, ...]:
        """The gaps of the view, those of the map before those of the ecosystem.

        Raises
        ------
        NotFoundError
            For a rule that the catalogue does not have.
        """
        from ecosystem.analysis.gaps import RULES

        results = self._kept(("gaps", view), lambda: self._find_gaps(view))
        if rules is None:
            return results
        wanted = list(rules)
        known = [rule.id for rule in RULES]
        for name in wanted:
            if name not in known:
                raise NotFoundError("gap rule", name, known)
        return tuple(result for result in results if result.rule in wanted)

    def gaps_ready(self, view: View) -> bool:
        """Whether the gaps of the view are worked out already, so that asking costs nothing."""
        return self.answers.ready(("gaps", view), self.contents.present().stamp(FACTS))

    def peek_gaps(self, view: View) -> Peeked[tuple[RuleResult, ...]]:
        """What there is of the gaps of the view at this moment; never waits for them.

        Where they are not worked out, that is begun in the background.
        """
        stamp = self.contents.present().stamp(FACTS)
        return self.answers.peek(("gaps", view), stamp, lambda _tell: self._find_gaps(view))

    def _find_gaps(self, view: View) -> tuple[RuleResult, ...]:
        from ecosystem.analysis.gaps import find_gaps

        return find_gaps(self.snapshot(view), top=self._most_tied(view))

    def _most_tied(self, view: View, count: int = 5) -> list[str]:
        """Who stands at the top of the ranking that the map shows first."""
        degree = self.measure(view, "work", "degree")
        return sorted(degree.ranks, key=lambda one: (degree.ranks[one], one))[:count]

    def search(self, words: str, limit: int = 20, people: bool = True) -> list[Node]:
        """Nodes whose names or aliases hold all ``words``, in either script.

        Without ``people`` no person is found. Exact and leading matches come first, then
        shorter names, then ids.
        """
        wanted = words.casefold().split()
        found: list[tuple[int, int, str, Node]] = []
        if not wanted:
            return []
        for node in self.facts().nodes.values():
            if node.kind not in ENTITY_KINDS or (node.kind == "Person" and not people):
                continue
            names = [name.casefold() for name in (*node.name, *node.aliases) if name]
            text = " ".join((*names, node.id))
            if all(one in text for one in wanted):
                whole = " ".join(wanted)
                rank = 0 if whole in names else 1 if text.startswith(whole) else 2
                found.append((rank, min(map(len, names), default=0), node.id, node))
        return [node for *_, node in sorted(found, key=lambda row: row[:3])[:limit]]

    # Mentoring

    def match(self, city: str, view: View, **choices: Any) -> Matches:
        """Mentor candidates for one city, ranked for stated reasons."""
        from ecosystem.analysis.matching import rank_mentors

        if city not in self.facts().nodes:
            raise NotFoundError("city", city, [r.id for r in self.facts().of_kind("City")])
        everywhere = replace(view, scope="all")
        key = ("match", city, everywhere, tuple(sorted(choices.items())))
        return self._kept(key, lambda: rank_mentors(self.snapshot(everywhere), city, **choices))

    def board(self, view: View, **choices: Any) -> Board:
        """The mentor plan, solved around the pairs that people accepted, locked and declined."""
        from ecosystem.analysis.matching import review

        everywhere = replace(view, scope="all")
        standing = self.desk().standing("match")
        key = ("board", everywhere, repr(sorted(choices.items())))
        return self._kept(
            key, lambda: review(self.snapshot(everywhere), standing, **choices), (FACTS, "match")
        )

    # Planning

    def invite(self, view: View, themes: Iterable[str], **choices: Any) -> Invitation:
        """Whom to invite to a workshop on ``themes``; ``choices`` are those of ``invite``.

        Raises
        ------
        ParameterError, NotFoundError
        """
        from ecosystem.analysis.gaps import find_gaps
        from ecosystem.analysis.inviting import invite

        asked = tuple(themes)
        key = ("invite", view, asked, repr(sorted(choices.items())))

        def answer() -> Invitation:
            gaps = self._kept(
                ("gaps of a list", view),
                lambda: find_gaps(self.snapshot(view), ("G02", "G10", "G14")),
            )
            return invite(self.snapshot(view), asked, gaps=gaps, **choices)

        return self._kept(key, answer)

    def room(self, view: View, what: str, **choices: Any) -> Guests:
        """The recorded guests of an event, or those of a list on themes joined by commas.

        Raises
        ------
        ParameterError, NotFoundError
        """
        from ecosystem.analysis.inviting import guests_of, invited_guests

        if what.startswith("event:"):
            return guests_of(self.snapshot(replace(view, scope="all")), what)
        return invited_guests(self.invite(view, what.split(","), **choices))

    def compare(self, view: View, one: Guests, other: Guests) -> Comparison:
        """Who is in both of two rooms and who in one only, with the sectors of each."""
        from ecosystem.analysis.inviting import compare

        return compare(self.snapshot(view), one, other)

    def programmes(self, view: View) -> tuple[Choice, ...]:
        """The programmes of which a roadmap can be shown, those of the scope first."""
        from ecosystem.analysis.roadmap import programmes

        everything = self.snapshot(replace(view, scope="all"))
        return self._kept(("programmes", view), lambda: programmes(everything, self.snapshot(view)))

    def roadmap(self, view: View, programme: str = "") -> Roadmap:
        """The projects of a programme, or of the scope, in the order that people decided.

        Raises
        ------
        NotFoundError
            For a programme of which no project is recorded.
        """
        from ecosystem.analysis.roadmap import roadmap

        everything = self.snapshot(replace(view, scope="all"))
        decided = self.desk().standing("priority")
        return roadmap(everything, self.snapshot(view), programme, decided)

    def move(self, view: View, programme: str, project: str, by: int, seen: str) -> bool:
        """Put a project one place up (``by`` -1) or down (1) among those of its priority.

        Each changed rank is a decision that keeps the priority and the reason. Returns whether
        anything moved; at the end of the order, and without a priority, nothing does.

        Raises
        ------
        StoreChangedError
            Where somebody else decided about the project after ``seen``.
        NotFoundError
        """
        from ecosystem import desk
        from ecosystem.analysis.roadmap import moved

        ranks = moved(self.roadmap(view, programme).steps, project, by)
        standing = self.desk().standing("priority")
        # The project itself comes first: it is the one that may have been overtaken.
        for one in sorted(ranks, key=lambda one: one != project):
            kept = {name: getattr(standing[one], name) for name in desk.KEPT}
            given = {**kept, "rank": ranks[one]}
            seen_here = seen if one == project else None
            desk.decide(self.contents, "priority", one, given, seen=seen_here)
        return bool(ranks)

    def report(self, view: View, lang: Language, form: str = "html") -> str | bytes:
        """The cited report of the view in one of ``ecosystem.report.FORMS``; ``pdf`` is bytes."""
        from ecosystem.report import FORMS

        return self._kept(
            ("report", view, lang, form),
            lambda: FORMS[form](self._material(view), lang),
            (FACTS, "gap", "match"),
        )

    def checking(
        self, view: View, lens: str, name: str, kind: str = "Organisation"
    ) -> Peeked[Stability]:
        """How the ranking of one kind by a measure holds without some of its sources.

        It is worked out in the background, and never waited for.

        Raises
        ------
        NotFoundError
            For an unknown lens or measure.
        """
        key, work = self._check(view, lens, name, kind)
        return self.answers.peek(key, self.contents.present().stamp(FACTS), work)

    def stability(
        self,
        view: View,
        lens: str,
        name: str,
        kind: str = "Organisation",
        tell: Tell = unheard,
    ) -> Stability:
        """As ``checking``, but waits for the answer; ``tell`` hears how many draws are done."""
        key, work = self._check(view, lens, name, kind)
        return self.answers.ask(key, self.contents.present().stamp(FACTS), work, tell)

    def _check(
        self, view: View, lens: str, name: str, kind: str
    ) -> tuple[tuple[Any, ...], Callable[[Tell], Stability]]:
        from ecosystem.analysis.gaps.stability import rank_stability

        self.measure(view, lens, name)
        snapshot = self.snapshot(view)
        return ("stability", view, lens, name, kind), lambda tell: rank_stability(
            snapshot, lens, name, kind=kind, tell=tell
        )

    def _material(self, view: View) -> Material:
        from ecosystem.report import Material

        return Material(
            snapshot=self.snapshot(view),
            overview=self.overview(view),
            gaps=self.gaps(view),
            measures=[self.measure(view, "work", name) for name in REPORTED],
            layout=self.layout(view),
            matches=None if view.scope == "all" else self.match(view.scope, view),
            plan=self.board(view).plan,
            stability={name: self.stability(view, "work", name) for name in REPORTED},
            followed=[
                # Who looks after a gap is a person, and a note may name one.
                one
                if view.people
                else replace(one, decision=replace(one.decision, owner="", note=""))
                for one in self.follow_up(view)
            ],
        )

    # What users decide

    def desk(self) -> Desk:
        """Every decision that users made, in the order in which they made them."""
        from ecosystem.desk import Desk

        return Desk.of(self.contents.present().decisions)

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
        from ecosystem import desk

        given = desk.parsed(values)
        if matter == "match" and given.get("state") == "accepted":
            given["themes"] = self._served(*desk.pair(subject))
        return desk.decide(self.contents, matter, subject, given, seen=seen)

    def _served(self, mentee: str, mentor: str) -> tuple[str, ...]:
        """The themes that ``mentee`` needs and ``mentor`` is recorded to serve."""
        found = self.match(mentee, self.view("all"), other_country=False)
        return tuple(
            sorted(
                reason.theme
                for match in found.suggestions
                if match.mentor == mentor
                for reason in match.reasons
                if reason.theme
            )
        )

    def gap_subject(self, view: View, identity: str) -> str:
        """What a decision about a gap of the view is about.

        Raises
        ------
        NotFoundError
            For a gap that is neither found in the view nor was taken up before.
        """
        from ecosystem.analysis.followup import subject

        about = subject(view.scope, identity)
        known = [gap.id for result in self.gaps(view) for gap in result.findings]
        if identity not in known and self.desk().last("gap", about) is None:
            raise NotFoundError("gap", identity, known)
        return about

    def follow_up(self, view: View) -> tuple[FollowUp, ...]:
        """The gaps that were taken up in the view's scope, and what has become of them."""
        from ecosystem.analysis.followup import follow_up

        return follow_up(self.gaps(view), self.desk().standing("gap"), view.scope)

    # Comparing

    def what_if(self, scenario: Scenario, view: View, file: str = "scenario") -> WhatIf:
        """What would differ if the scenario's changes were made; nothing is stored.

        Raises
        ------
        DataError
            With every change that cannot be made.
        """
        from ecosystem.analysis.comparison import compare
        from ecosystem.analysis.gaps import find_gaps
        from ecosystem.scenario import apply

        def answer() -> WhatIf:
            applied = apply(self.facts(), scenario, file)
            after = snapshot_of(applied.dataset, view)
            before = self.snapshot(view)
            gaps = find_gaps(after, top=self._most_tied(view))
            return WhatIf(scenario, view, applied, compare(before, after, self.gaps(view), gaps))

        return self._kept(("what-if", view, repr(scenario)), answer)

    def between(self, view: View, earlier: str) -> SnapshotComparison:
        """What differs between the view and the same view at an ``earlier`` day."""
        from ecosystem.analysis.comparison import compare

        was = replace(view, as_of=checked(earlier, None)[0])
        key = ("between", view, earlier)
        return self._kept(
            key,
            lambda: compare(
                self.snapshot(was), self.snapshot(view), self.gaps(was), self.gaps(view)
            ),
        )

    def years(self, view: View) -> tuple[YearOfGaps, ...]:
        """How many gaps of each rule there were at the end of each year with a dated statement."""
        from ecosystem.analysis.comparison import year_of_gaps, years
        from ecosystem.analysis.gaps import find_gaps

        def count() -> tuple[YearOfGaps, ...]:
            found = []
            for year in years(self.snapshot(view)):
                day = min(f"{year}-12-31", view.as_of)
                then = snapshot_of(self.facts(), replace(view, as_of=day))
                found.append(year_of_gaps(day, then, find_gaps(then)))
            return tuple(found)

        return self._kept(("years", view), count)

    # Queries

    def queries(self) -> Mapping[str, Query]:
        """The query library by name."""
        from ecosystem.queries import load_queries

        with self._lock:
            if self._queries is None:
                self._queries = load_queries(paths.cypher_folder())
            return self._queries

    def run_query(self, name: str, values: Mapping[str, str] | None = None) -> QueryResult:
        """The rows of a query of the library.

        Raises
        ------
        NotFoundError, ParameterError, QueryTimeoutError
        """
        known = self.queries()
        if name not in known:
            raise NotFoundError("query", name, known)
        query = known[name]
        parameters = query.bind(dict(values or {}))
        return self._result(name, query.cypher, parameters)

    def console(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> QueryResult:
        """The rows of a query that the reader wrote; reading only.

        Raises
        ------
        WriteRefusedError, QuerySyntaxError, QueryTimeoutError, ParameterError
        """
        return self._result("", cypher, dict(parameters or {}))

    def _result(self, name: str, cypher: str, parameters: dict[str, Any]) -> QueryResult:
        limit = self.settings.row_limit
        rows = self.store.read(cypher, parameters, limit=limit, seconds=self.settings.time_limit)
        return QueryResult(
            name, cypher, parameters, rows.columns, rows.rows, rows.truncated, rows.seconds, limit
        )

    # Exports

    def export(self, packs: Iterable[str] = (), people: bool = True) -> Dataset:
        """What an export holds: the named packs (everything where none is), with or without people.

        Without people, every Person goes, with every tie, claim and decision about one; text
        that a source wrote about them is not searched.

        Raises
        ------
        NotFoundError
            For a pack that the store does not have.
        """
        dataset = self.dataset()
        wanted = list(packs)
        for name in wanted:
            if name not in dataset.packs:
                raise NotFoundError("pack", name, dataset.packs)
        chosen = dataset.only(wanted) if wanted else dataset
        return chosen if people else exports.without_people(chosen)
