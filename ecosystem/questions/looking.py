"""What is recorded: the overview, one thing, all things and ties, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ecosystem.model import ENTITY_KINDS, NODE_KINDS, RARE, STANDINGS, Edge, Entity, Node, Record
from ecosystem.questions import fields
from ecosystem.questions.question import Ground, Question
from ecosystem.questions.wording import view_note
from ecosystem.tables import Answer, Cell, Named, Table, struck
from ecosystem.values import Text, plain
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.analysis.claims import Claim
    from ecosystem.analysis.overview import Overview, SourceUse
    from ecosystem.analysis.profile import Profile, Statement
    from ecosystem.contradictions import Contradiction
    from ecosystem.snapshot import Snapshot


class Overall(Question["Overview"]):
    """Counts of the scope, and what the map does not know."""

    name = "overview"
    title = Text("Какво знае картата?", "What does the map know?")
    path = "overview"
    page = "/"
    command = "overview"
    keys = ("view", "scope", "members", "unknowns", "left_out")

    view: View = fields.viewed()

    def answer(self, ground: Ground) -> Overview:
        from ecosystem.analysis.overview import overview

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


def _stated(record: Record) -> dict[str, Any]:
    """A record as plain values; what is seldom filled stands there only where it is."""
    values = plain(record)
    values.pop("stated", None)
    own = dict(record.own) if isinstance(record, (Entity, Edge)) else {}
    rare = {name: values.pop(name) for name in (*RARE, "own") if name in values}
    kept = {name: value for name, value in {**rare, "own": own}.items() if value}
    return {"kind": record.kind, **values, **kept}


def _own_columns(records: Iterable[Record], ground: Ground) -> Mapping[str, Text]:
    """The own attributes that any of these records has, each with what it is called."""
    from ecosystem.own import titles

    return titles(ground.facts, records)


def _own_cells(record: Record, own: Mapping[str, Text], ground: Ground) -> Iterator[Cell]:
    from ecosystem.own import of_record
    from ecosystem.questions.tables.looking import own_cell

    values = {one.name: own_cell(one.value, one.said) for one in of_record(ground.facts, record)}
    return (values.get(name) for name in own)


def of_nodes(nodes: Iterable[Node], snapshot: Snapshot, ground: Ground) -> Table:
    """Nodes as a table, with the number of their ties in the view and their own attributes."""
    listed = list(nodes)
    own = _own_columns(listed, ground)
    headers = (
        Text("Име", "Name"),
        Text("Вид", "Kind"),
        Text("Начало", "Since"),
        Text("Край", "Until"),
        Text("Достоверност", "Standing"),
        Text("Връзки", "Ties"),
        *own.values(),
    )
    rows = [
        (
            Named(node.id, node.name),
            node.label,
            node.period.since,
            node.period.until,
            STANDINGS.get(node.standing, Text("", "")),
            len(snapshot.edges_of(node.id)),
            *_own_cells(node, own, ground),
        )
        for node in listed
    ]
    return Table(headers, rows)


def of_ties(ties: Iterable[Edge], snapshot: Snapshot, ground: Ground) -> Table:
    """Ties as a table, with their own attributes."""
    listed = list(ties)
    own = _own_columns(listed, ground)
    headers = (
        Text("Връзка", "Tie"),
        Text("От", "From"),
        Text("До", "To"),
        Text("Начало", "Since"),
        Text("Край", "Until"),
        Text("Достоверност", "Standing"),
        *own.values(),
    )
    rows = [
        (
            edge.label,
            Named(edge.source, snapshot.name(edge.source)),
            Named(edge.target, snapshot.name(edge.target)),
            edge.since,
            edge.until,
            STANDINGS.get(edge.standing, Text("", "")),
            *_own_cells(edge, own, ground),
        )
        for edge in listed
    ]
    return Table(headers, rows)


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
        return _stated(one)

    def tables(self, found: tuple[Node, ...], ground: Ground) -> Answer:
        snapshot = ground.snapshot(self.view)
        table = of_nodes(found, snapshot, ground)
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
        return {"id": one.id, **_stated(one)}

    def tables(self, found: tuple[Edge, ...], ground: Ground) -> Answer:
        snapshot = ground.snapshot(self.view)
        table = of_ties(found, snapshot, ground)
        return Answer(self.values(found), (table,), (view_note(snapshot),))


class Sources(Question["tuple[SourceUse, ...]"]):
    """Every document and how much of the map rests on it, most used first."""

    name = "sources"
    title = Text("На какво се крепи картата?", "What does the map rest on?")
    path = "sources"
    command = "sources"
    paged = True

    def answer(self, ground: Ground) -> tuple[SourceUse, ...]:
        from ecosystem.analysis.overview import source_uses

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
        whys = [use.deprecated.told if use.deprecated else None for use in found]
        return Answer(self.values(found), (struck(table, whys),))


class Contradictions(Question["tuple[Contradiction, ...]"]):
    """Records that cannot all be right: in time, or against a list that is said to be complete."""

    name = "contradictions"
    title = Text("Кои записи си противоречат?", "Which records contradict each other?")
    path = "contradictions"
    command = "contradictions"
    paged = True
    lacks = {"page": "they stand below the sources"}

    def answer(self, ground: Ground) -> tuple[Contradiction, ...]:
        from ecosystem.contradictions import contradictions

        return contradictions(ground.facts)

    def tables(self, found: tuple[Contradiction, ...], ground: Ground) -> Answer:
        table = Table(
            (Text("Запис", "Record"), Text("Против", "Against"), Text("Защо", "Why")),
            [(one.record, one.other, one.text) for one in found],
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
        from ecosystem.analysis.claims import all_conflicts

        return all_conflicts(ground.facts.counting)

    def tables(self, found: tuple[tuple[Claim, ...], ...], ground: Ground) -> Answer:
        from ecosystem.questions.tables import looking

        return Answer(self.values(found), (looking.conflicts(found, ground.facts.nodes),))
