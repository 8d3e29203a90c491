"""The map of a view: where everything stands, on which days it changes, how it can be coloured."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ecosystem.questions import fields
from ecosystem.questions.measuring import lens_field, measure_names
from ecosystem.questions.question import Ground, Question
from ecosystem.values import OPEN_END, Text
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.analysis.facets import Facet
    from ecosystem.analysis.layout import Layout
    from ecosystem.snapshot import Snapshot


PARTS = ("map", "table")


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
    size: str = fields.word(
        Text("Размер по", "Size by"), measure_names, default="degree", looks=True
    )
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
