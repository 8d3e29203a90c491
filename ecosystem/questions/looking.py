"""What is recorded: the overview, one thing, ties, the map, measures and structure of a lens."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ecosystem.model import ENTITY_KINDS, NODE_KINDS, Edge, Node
from ecosystem.questions import fields
from ecosystem.questions.question import Ground, Question
from ecosystem.questions.wording import view_note
from ecosystem.tables import Answer, Named, Table
from ecosystem.values import OPEN_END, Text, plain
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.analysis.facets import Facet
    from ecosystem.analysis.gaps.stability import Stability
    from ecosystem.analysis.layout import Layout
    from ecosystem.analysis.metrics import Measure
    from ecosystem.analysis.profile import Claim, Overview, Profile, SourceUse, Statement
    from ecosystem.analysis.structure import Structure
    from ecosystem.snapshot import Snapshot

PARTS = ("map", "table")


# The lists live with what they are lists of, whose import would slow every command down.


def _lenses() -> Collection[str]:
    from ecosystem.snapshot import LENSES

    return tuple(LENSES)


def _groupings() -> Collection[str]:
    from ecosystem.analysis.layout import GROUPINGS

    return GROUPINGS


def _measures() -> Collection[str]:
    from ecosystem.analysis.metrics import MEASURES

    return MEASURES


def lens_field(*, default: str, **rest: Any) -> Any:
    """The field of a question that is asked through a lens."""
    about = {
        "help": Text("Кои връзки се броят.", "Which ties count."),
        "what": "lens",
        **rest,
    }
    return fields.word(Text("Проекция", "Lens"), _lenses, default=default, **about)


class Overall(Question["Overview"]):
    """Counts of the scope, and what the map does not know."""

    name = "overview"
    title = Text("Какво знае картата?", "What does the map know?")
    path = "overview"
    page = "/"
    command = "overview"
    keys = ("view", "scope", "members", "unknowns")

    view: View = fields.viewed()

    def answer(self, ground: Ground) -> Overview:
        from ecosystem.analysis.profile import overview

        return overview(ground.snapshot(self.view))

    def values(self, found: Overview) -> Any:
        return {"view": self.view.to_dict(), **found.to_dict()}

    def tables(self, found: Overview, ground: Ground) -> Answer:
        kinds = Table(
            (Text("Вид", "Kind"), Text("В обхвата", "In the scope")),
            [(NODE_KINDS[kind].label, number) for kind, number in found.members.items()],
        )
        unknown = Table(
            (Text("Какво картата не знае", "What the map does not know"),),
            [(text,) for text in found.unknowns],
        )
        note = view_note(ground.snapshot(self.view))
        return Answer(self.values(found), (kinds, unknown), (note,))


class Show(Question["Profile | Statement"]):
    """Everything recorded about one thing: properties, ties, sources that disagree, sources."""

    name = "entity"
    title = Text("Какво е записано за това?", "What is recorded about this?")
    path = "entity/<path:identity>"
    keys = ("id", "kind", "label", "since", "until", "standing", "citations", "claims")
    command = "show"

    view: View = fields.viewed()
    identity: str = fields.entity(
        Text("Кой или какво", "Who or what"),
        help=Text(
            "Номер или име; номер на връзка.", "An id or a name; the id of a tie, with bars."
        ),
        metavar="ID",
        positional=True,
        required=True,
        ties=True,
    )

    def answer(self, ground: Ground) -> Profile | Statement:
        from ecosystem.analysis.profile import profile, statement

        snapshot = ground.snapshot(self.view)
        return (
            statement(snapshot, self.identity)
            if "|" in self.identity
            else profile(snapshot, self.identity)
        )

    def tables(self, found: Profile | Statement, ground: Ground) -> Answer:
        from ecosystem.analysis.profile import Statement
        from ecosystem.questions.tables import looking

        return looking.statement(found) if isinstance(found, Statement) else looking.profile(found)


class Entities(Question[tuple[Node, ...]]):
    """The nodes of the view, of one kind or of all, in the order of ids."""

    name = "entities"
    title = Text("Кой и какво е записано?", "Who and what is recorded?")
    path = "entities"
    keys = ("id", "kind", "name_bg", "name_en", "standing", "sources")
    command = "entities"
    paged = True
    lacks = {"page": "the table beside the map shows them"}

    view: View = fields.viewed()
    kind: str = fields.word(
        Text("Вид", "Kind"),
        ENTITY_KINDS,
        help=Text("Само този вид.", "One kind of node."),
        default="",
    )

    def answer(self, ground: Ground) -> tuple[Node, ...]:
        nodes = ground.snapshot(self.view).nodes.values()
        return tuple(node for node in nodes if self.kind in ("", node.kind))

    def item(self, one: Node) -> Any:
        return {"kind": one.kind, **plain(one)}

    def tables(self, found: tuple[Node, ...], ground: Ground) -> Answer:
        snapshot = ground.snapshot(self.view)
        table = Table(
            (Text("Име", "Name"), Text("Вид", "Kind"), Text("Връзки", "Ties")),
            [
                (Named(node.id, node.name), node.label, len(snapshot.edges_of(node.id)))
                for node in found
            ],
        )
        return Answer(self.values(found), (table,), (view_note(snapshot),))


class Ties(Question[tuple[Edge, ...]]):
    """The ties of the view, in the order of ids."""

    name = "ties"
    title = Text("Кое с кое е свързано?", "What is tied to what?")
    path = "ties"
    keys = ("id", "kind", "source", "target", "standing", "sources")
    command = "ties"
    paged = True
    lacks = {"page": "the table beside the map shows them"}

    view: View = fields.viewed()

    def answer(self, ground: Ground) -> tuple[Edge, ...]:
        return tuple(ground.snapshot(self.view).edges.values())

    def item(self, one: Edge) -> Any:
        return {"id": one.id, "kind": one.kind, **plain(one)}

    def tables(self, found: tuple[Edge, ...], ground: Ground) -> Answer:
        snapshot = ground.snapshot(self.view)
        table = Table(
            (
                Text("Връзка", "Tie"),
                Text("От", "From"),
                Text("До", "To"),
                Text("Начало", "Since"),
                Text("Край", "Until"),
            ),
            [
                (
                    edge.label,
                    Named(edge.source, snapshot.name(edge.source)),
                    Named(edge.target, snapshot.name(edge.target)),
                    edge.since,
                    edge.until,
                )
                for edge in found
            ],
        )
        return Answer(self.values(found), (table,), (view_note(snapshot),))


# The map and what stands beside it


class Placed(Question["Layout"]):
    """Where everything of the view stands on the map, grouped into islands."""

    name = "layout"
    title = Text("Къде стои всяко нещо?", "Where does everything stand?")
    path = "layout"
    lacks = {
        "page": "the map is the page",
        "command": "places on a canvas say nothing on a terminal",
        "tool": "places on a canvas say nothing in words",
    }

    view: View = fields.viewed()
    group: str = fields.word(
        Text("Острови по", "Islands by"),
        _groupings,
        default="sector",
        help=Text("Какво са островите.", "What the islands are."),
    )

    def answer(self, ground: Ground) -> Layout:
        from ecosystem.analysis.layout import layout

        return layout(ground.snapshot(self.view), group_by=self.group)


class SteadilyPlaced(Question["Layout"]):
    """Where the view stands on the map, so that another day moves nothing."""

    name = "steady layout"

    view: View = fields.viewed()
    group: str = fields.word(Text("Острови по", "Islands by"), _groupings, default="sector")

    def answer(self, ground: Ground) -> Layout:
        from ecosystem.analysis.days import within

        everything = ground.ask(Placed(view=_whole(self.view, ground), group=self.group))
        return within(everything, ground.snapshot(self.view))


class Days(Question[tuple[str, ...]]):
    """The days from first to last on which something changes in the view's place.

    The day of the view and today are among them.
    """

    name = "days"

    view: View = fields.viewed()

    def answer(self, ground: Ground) -> tuple[str, ...]:
        from ecosystem.analysis.days import changing

        found = changing(ground.snapshot(_whole(self.view, ground)))
        return tuple(sorted({*found, self.view.as_of, date.today().isoformat()}))


class LastDay(Question[str]):
    """The last day on which something begins in the view's place; today where nothing does."""

    name = "last day"

    view: View = fields.viewed()

    def answer(self, ground: Ground) -> str:
        from ecosystem.analysis.days import begun

        return (begun(ground.snapshot(self.view)) or (date.today().isoformat(),))[-1]


def _whole(view: View, ground: Ground) -> View:
    """The view at the last day on which something begins, with all that is known by then."""
    ever = replace(view, as_of=OPEN_END, reading="known", undated=True)
    return replace(ever, as_of=max(date.today().isoformat(), ground.ask(LastDay(view=ever))))


class Facets(Question["tuple[Facet, ...]"]):
    """The properties by which the map can be coloured and filtered, with counts."""

    name = "facets"

    view: View = fields.viewed()

    def answer(self, ground: Ground) -> tuple[Facet, ...]:
        from ecosystem.analysis.facets import facets

        return facets(ground.snapshot(self.view))


def _looks(bg: str, en: str, **rest: Any) -> Any:
    return fields.line(Text(bg, en), looks=True, longest=20_000, default="", **rest)


class Map(Question["Snapshot"]):
    """The network map of the view; how it is coloured, filtered and selected stands beside it."""

    name = "map"
    title = Text("Как изглежда екосистемата?", "What does the ecosystem look like?")
    path = ""
    page = "map"
    rests = ()
    forms = ()
    lacks = {
        "twin": "entities, ties and layout are what it is drawn from",
        "command": "a picture; entities, ties and analyse say the same on a terminal",
        "tool": "a picture; entities, ties and analyse say the same in words",
    }

    view: View = fields.viewed()
    lens: str = lens_field(default="all", looks=True)
    size: str = fields.word(Text("Размер по", "Size by"), _measures, default="degree", looks=True)
    group: str = fields.word(
        Text("Острови по", "Islands by"), _groupings, default="sector", looks=True
    )
    show: str = fields.word(Text("Изглед", "Shown as"), PARTS, default=PARTS[0], looks=True)
    colour: str = _looks("Цвят по", "Colour by")
    gaps: bool = fields.switch(Text("Пропуски", "Gaps"), looks=True, default=False)
    mark: str = _looks("Отбелязан пропуск", "Marked gap")
    open: str = _looks("Отворени острови", "Opened islands")
    select: str = _looks("Избрано", "Selected")
    path_: str = _looks("Път между", "Way between", address="path")
    through: str = lens_field(default="work", looks=True)
    steps: int = fields.count(Text("Стъпки", "Steps"), default=1, low=1, high=9, looks=True)
    hide: str = _looks("Скрити видове", "Hidden kinds")
    hide_ties: str = _looks("Скрити връзки", "Hidden ties")
    hide_values: str = _looks("Скрити стойности", "Hidden values")

    def answer(self, ground: Ground) -> Snapshot:
        return ground.snapshot(self.view)


# Measures


class MeasuredBy(Question["Measure"]):
    """One measure of a lens; the only one that is computed."""

    name = "measure"

    view: View = fields.viewed()
    lens: str = lens_field(default="work")
    measure: str = fields.word(
        Text("Мярка", "Measure"), _measures, default="degree", what="measure"
    )

    def answer(self, ground: Ground) -> Measure:
        from ecosystem.analysis.metrics import measure

        return measure(ground.snapshot(self.view), self.lens, self.measure)


class Measured(Question["tuple[Measure, ...]"]):
    """Every measure of a lens: a value for each node, or a stated reason why not."""

    name = "measures"
    title = Text("Кой колко е свързан?", "Who is how well connected?")
    path = "measures/<lens>"
    keys = ("items",)
    lacks = {
        "page": "the map sizes by them, an actor's page and the map's table name the ranks",
        "command": "analyse says them together with the structure",
    }

    view: View = fields.viewed()
    lens: str = lens_field(default="", required=True)

    def answer(self, ground: Ground) -> tuple[Measure, ...]:
        from ecosystem.analysis.metrics import measures

        return measures(ground.snapshot(self.view), self.lens)

    def values(self, found: tuple[Measure, ...]) -> Any:
        return {"items": [measure.to_dict() for measure in found]}

    def tables(self, found: tuple[Measure, ...], ground: Ground) -> Answer:
        from ecosystem.questions.tables import looking

        rows = looking.measures(ground.snapshot(self.view), found, len(ENTITY_KINDS) + 3)
        return Answer(self.values(found), tuple(rows))


class Structured(Question["Structure"]):
    """Components, communities, cut points and bridges of a lens."""

    name = "structure"
    title = Text("Как се държи мрежата?", "How does the network hang together?")
    path = "structure/<lens>"
    lacks = {
        "page": "the gaps about the network name them",
        "command": "analyse says it together with the measures",
    }

    view: View = fields.viewed()
    lens: str = lens_field(default="", required=True)

    def answer(self, ground: Ground) -> Structure:
        from ecosystem.analysis.structure import structure

        return structure(ground.snapshot(self.view), self.lens)

    def tables(self, found: Structure, ground: Ground) -> Answer:
        from ecosystem.questions.tables import looking

        return Answer(self.values(found), (looking.structure(ground.snapshot(self.view), found),))


class Tested(Question["Stability"]):
    """How surely the ranking of a kind by a measure holds without some of its sources."""

    name = "stability"
    title = Text("Колко сигурни са местата?", "How surely do the ranks hold?")
    path = "stability/<lens>/<measure>"
    keys = ("state", "place", "stability")
    lacks = {
        "page": "a badge beside every rank",
        "command": "analyse --stability",
        "tool": "analyse with stability",
    }

    view: View = fields.viewed()
    lens: str = lens_field(default="", required=True)
    measure: str = fields.word(Text("Мярка", "Measure"), _measures, required=True, what="measure")
    kind: str = fields.word(
        Text("Вид", "Kind"),
        ENTITY_KINDS,
        default="Organisation",
        help=Text("Местата на този вид.", "The ranks of this kind."),
    )

    def answer(self, ground: Ground) -> Stability:
        from ecosystem.analysis.gaps.stability import rank_stability

        ground.ask(MeasuredBy(view=self.view, lens=self.lens, measure=self.measure))
        return rank_stability(
            ground.snapshot(self.view), self.lens, self.measure, kind=self.kind, tell=ground.tell
        )


@dataclass(frozen=True)
class Analysis:
    """The measures of a lens, how it hangs together, and how surely its rankings hold."""

    measures: tuple[Measure, ...]
    structure: Structure
    stability: Mapping[str, Stability]

    def to_dict(self) -> dict[str, Any]:
        """The analysis as plain values; ``stability`` only where it was asked for."""
        tested = [one.to_dict() for one in self.stability.values()]
        return {
            "measures": [measure.to_dict() for measure in self.measures],
            "structure": self.structure.to_dict(),
            **({"stability": tested} if tested else {}),
        }


class Analyse(Question[Analysis]):
    """Centralities and structure of a lens."""

    name = "analyse"
    title = Text("Кой е в центъра и какво се крепи на един?", "Who is central, what hangs on one?")
    path = "analyse"
    keys = ("measures", "structure")
    command = "analyse"
    lacks = {"page": "the map and its table, the pages of actors and gaps show it where it matters"}

    view: View = fields.viewed()
    lens: str = lens_field(default="work")
    stability: bool = fields.switch(
        Text("Сигурност на местата", "How surely ranks hold"),
        help=Text(
            "Проверява местата на организациите без част от източниците (по-бавно).",
            "Test each ranking of organisations without some of its sources (takes longer).",
        ),
        default=False,
    )
    top: int = fields.count(
        Text("Редове", "Rows"),
        default=10,
        help=Text("Редове за всяка мярка.", "Rows per measure."),
        looks=True,
        doors=fields.SHOWN,
    )

    def answer(self, ground: Ground) -> Analysis:
        measures = ground.ask(Measured(view=self.view, lens=self.lens))
        tested = {}
        for number, measure in enumerate(measures if self.stability else ()):
            ground.tell(number, len(measures))
            tested[measure.name] = ground.ask(
                Tested(view=self.view, lens=self.lens, measure=measure.name)
            )
        return Analysis(measures, ground.ask(Structured(view=self.view, lens=self.lens)), tested)

    def tables(self, found: Analysis, ground: Ground) -> Answer:
        from ecosystem.questions.tables.looking import analysis

        return analysis(ground.snapshot(self.view), found, self.top)


# Sources


class Sources(Question["tuple[SourceUse, ...]"]):
    """Every document and how much of the map rests on it, most used first."""

    name = "sources"
    title = Text("На какво се крепи картата?", "What does the map rest on?")
    path = "sources"
    command = "sources"
    paged = True

    def answer(self, ground: Ground) -> tuple[SourceUse, ...]:
        from ecosystem.analysis.profile import source_uses

        return source_uses(ground.facts)

    def tables(self, found: tuple[SourceUse, ...], ground: Ground) -> Answer:
        table = Table(
            (
                Text("Документ", "Document"),
                Text("Издател", "Publisher"),
                Text("Публикуван", "Published"),
                Text("Твърдения", "Statements"),
                Text("Само от него", "From it alone"),
                Text("Адрес", "Address"),
            ),
            [
                (
                    Named(use.id, use.title),
                    use.publisher,
                    use.published_on,
                    use.statements,
                    use.alone,
                    use.url,
                )
                for use in found
            ],
        )
        return Answer(self.values(found), (table,))


class Conflicts(Question["tuple[tuple[Claim, ...], ...]"]):
    """Claims of different sources that contradict each other, grouped."""

    name = "conflicts"
    title = Text("Къде източниците си противоречат?", "Where do sources disagree?")
    path = "conflicts"
    command = "conflicts"
    paged = True
    lacks = {"page": "they stand below the sources"}

    def answer(self, ground: Ground) -> tuple[tuple[Claim, ...], ...]:
        from ecosystem.analysis.profile import all_conflicts

        return all_conflicts(ground.facts)

    def tables(self, found: tuple[tuple[Claim, ...], ...], ground: Ground) -> Answer:
        from ecosystem.questions.tables import looking

        return Answer(self.values(found), (looking.conflicts(found, ground.facts.nodes),))
