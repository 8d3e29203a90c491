"""The map of a view: where everything stands, on which days it changes, how it can be coloured."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ecosystem.model import EDGE_KINDS, ENTITY_KINDS
from ecosystem.questions import fields
from ecosystem.questions.measuring import lens_field, measure_names, own_numbers
from ecosystem.questions.parameters import Unreadable, not_among, quoted, shortened
from ecosystem.questions.question import Ground, Question
from ecosystem.tables import Answer
from ecosystem.values import OPEN_END, Text
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.analysis.facets import Facet
    from ecosystem.analysis.layout import Layout
    from ecosystem.snapshot import Snapshot


PARTS = ("map", "table")
MOST_SAID = 1000
"""How many things an address may select, open or hide."""
MOST_PINS = 200
"""How many things a reader may have moved."""


def _groupings() -> Collection[str]:
    from ecosystem.analysis.layout import GROUPINGS

    return GROUPINGS


class Placed(Question["Layout"]):
    """Where everything of the view stands on the map, grouped into islands."""

    name = "layout"
    title = Text("Къде стои всяко нещо?", "Where does everything stand?")
    path = "layout"
    forms = ()
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
        return tuple(sorted({*found, self.view.as_of}))

    def narrowed(self, found: tuple[str, ...]) -> tuple[str, ...]:
        # An answer is kept past midnight, and then today is another day.
        return tuple(sorted({*found, date.today().isoformat()}))


class LastDay(Question[str]):
    """The last day on which something begins in the view's place; today where nothing does."""

    name = "last day"

    view: View = fields.viewed()

    def answer(self, ground: Ground) -> str:
        from ecosystem.analysis.days import begun

        return (begun(ground.snapshot(self.view)) or (date.today().isoformat(),))[-1]


def _whole(view: View, ground: Ground) -> View:
    """The view at the last day on which something begins, with all that is known by then."""
    today = replace(view, as_of=date.today().isoformat(), reading="known", undated=True)
    if not ground.snapshot(today).goes_on:
        return today
    last = ground.ask(LastDay(view=replace(today, as_of=OPEN_END)))
    return replace(today, as_of=max(today.as_of, last))


class Facets(Question["tuple[Facet, ...]"]):
    """The properties by which the map can be coloured and filtered, with counts."""

    name = "facets"

    view: View = fields.viewed()

    def answer(self, ground: Ground) -> tuple[Facet, ...]:
        from ecosystem.analysis.facets import facets

        return facets(ground.snapshot(self.view))


def _colours(ground: Ground) -> Collection[str]:
    from ecosystem.analysis.facets import names

    return names(ground.facts)


def _own_columns(ground: Ground) -> Collection[str]:
    from ecosystem.own import of_nodes

    return tuple(one.name for one in of_nodes(ground.facts))


def _gap(word: str, _ground: Ground) -> str:
    """The id of a gap, ``G07|...``; whether there is such a gap today, the page says."""
    from ecosystem.analysis.gaps import RULES

    rule = word.partition("|")[0]
    known = [one.id for one in RULES]
    if rule not in known:
        raise not_among(rule, known)
    return word


def _territory(word: str, ground: Ground) -> str:
    """An island, or what stands on it."""
    from ecosystem.analysis.territories import is_territory, territories

    if is_territory(word):
        return word
    if ":" not in word:
        raise not_among(word, territories())
    return ground.find(word)


PIN = re.compile(r"(.+)@(-?\d{1,7}):(-?\d{1,7})")


def pinned(word: str) -> tuple[str, float, float]:
    """Who stands where, of ``id@x:y`` as a field of pins has proven it."""
    said = PIN.fullmatch(word)
    if said is None:
        raise ValueError(word)
    return said[1], float(said[2]), float(said[3])


def _pin(word: str, ground: Ground) -> str:
    """Something recorded and its place on the map, in whole numbers; the page knows its canvas."""
    said = PIN.fullmatch(word)
    if said is None:
        why = Text(
            f"{quoted(word)} не е място; пише се org:sofia-tech-park@120:-45",
            f"{shortened(word)} is not a place; write it org:sofia-tech-park@120:-45",
        )
        raise Unreadable(why)
    return f"{ground.find(said[1])}@{int(said[2])}:{int(said[3])}"


def _value(word: str, ground: Ground) -> str:
    """A value of a property, ``property.value``; one that nothing has today stays hidden."""
    name, dot, value = word.partition(".")
    if not dot or name not in _colours(ground):
        raise not_among(name, _colours(ground))
    return f"{name}.{ground.find(value, ('Theme',))}" if value.startswith("theme:") else word


def _listed(bg: str, en: str, proven: Any) -> Any:
    return fields.checked(
        Text(bg, en), proven, many=True, joined=True, looks=True, default=(), most=MOST_SAID
    )


def _kinds(bg: str, en: str, known: Collection[str]) -> Any:
    return fields.words(Text(bg, en), tuple(known), joined=True, looks=True, default=())


class Map(Question["Snapshot"]):
    """The network map of the view; how it is coloured, filtered and selected stands beside it."""

    name = "map"
    title = Text("Как изглежда екосистемата?", "What does the ecosystem look like?")
    path = ""
    page = "map"
    rests = ()
    lacks = {
        "twin": "entities, ties and layout are what it is drawn from",
        "command": "a picture; entities, ties and analyse say the same on a terminal",
        "tool": "a picture; entities, ties and analyse say the same in words",
    }

    view: View = fields.viewed()
    lens: str = lens_field(default="all", looks=True)
    size: str = fields.word(
        Text("Размер по", "Size by"), measure_names, among=own_numbers, default="degree", looks=True
    )
    group: str = fields.word(
        Text("Острови по", "Islands by"), _groupings, default="sector", looks=True
    )
    show: str = fields.word(Text("Изглед", "Shown as"), PARTS, default=PARTS[0], looks=True)
    colour: str = fields.word(
        Text("Цвят по", "Colour by"), (), among=_colours, default="", looks=True
    )
    gaps: bool = fields.switch(Text("Пропуски", "Gaps"), looks=True, default=False)
    mark: str = fields.checked(
        Text("Отбелязан пропуск", "Marked gap"), _gap, default="", looks=True
    )
    came: str = fields.line(Text("Внесено с промяна", "Came in with"), default="", looks=True)
    open: tuple[str, ...] = _listed("Отворени острови", "Opened islands", _territory)
    select: tuple[str, ...] = fields.entities(
        Text("Избрано", "Selected"), ties=True, joined=True, looks=True, default=(), most=MOST_SAID
    )
    path_: tuple[str, ...] = fields.entities(
        Text("Път между", "Way between"),
        address="path",
        joined=True,
        looks=True,
        default=(),
        least=2,
        most=2,
    )
    through: str = lens_field(default="work", looks=True)
    steps: int = fields.count(Text("Стъпки", "Steps"), default=1, low=1, high=9, looks=True)
    only: bool = fields.switch(
        Text("Само избраното и около него", "Only what is selected and around it"),
        looks=True,
        default=False,
    )
    pins: tuple[str, ...] = fields.checked(
        Text("Преместени", "Moved"),
        _pin,
        many=True,
        joined=True,
        looks=True,
        default=(),
        most=MOST_PINS,
    )
    columns: tuple[str, ...] = fields.words(
        Text("Колони", "Columns"), (), among=_own_columns, joined=True, looks=True, default=()
    )
    hide: tuple[str, ...] = _kinds("Скрити видове", "Hidden kinds", ENTITY_KINDS)
    hide_ties: tuple[str, ...] = _kinds("Скрити връзки", "Hidden ties", EDGE_KINDS)
    hide_values: tuple[str, ...] = _listed("Скрити стойности", "Hidden values", _value)

    def answer(self, ground: Ground) -> Snapshot:
        return ground.snapshot(self.view)

    def tables(self, found: Snapshot, ground: Ground) -> Answer:
        """Who and what the filters leave, and the ties between them."""
        from ecosystem.questions.looking import of_nodes, of_ties

        hidden = self._hidden(ground)
        nodes = {
            identity: node
            for identity, node in found.nodes.items()
            if node.kind not in self.hide and identity not in hidden
        }
        ties = (
            edge
            for edge in found.edges.values()
            if edge.kind not in self.hide_ties and {edge.source, edge.target} <= nodes.keys()
        )
        tied = replace(of_ties(ties, found, ground), title=Text("Връзки", "Ties"))
        return Answer({}, (of_nodes(nodes.values(), found, ground), tied))

    def _hidden(self, ground: Ground) -> frozenset[str]:
        """What has values of the property that colours, all of them hidden."""
        found = ground.ask(Facets(view=self.view)) if self.hide_values else ()
        colour = next((facet for facet in found if facet.name == self.colour), None)
        if colour is None:
            return frozenset()
        gone = {
            place
            for place, one in enumerate(colour.values)
            if f"{colour.name}.{one.id}" in self.hide_values
        }
        return frozenset(one for one, values in colour.of.items() if values and gone >= {*values})
