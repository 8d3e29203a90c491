"""Measures and structure of a lens, and how surely its rankings hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ecosystem.model import ENTITY_KINDS
from ecosystem.questions import fields
from ecosystem.questions.question import Ground, Question
from ecosystem.tables import Answer
from ecosystem.values import Text
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.analysis.gaps.stability import Stability
    from ecosystem.analysis.metrics import Measure
    from ecosystem.analysis.structure import Structure


def _lenses() -> Collection[str]:
    from ecosystem.lenses import LENSES

    return tuple(LENSES)


def measure_names() -> Collection[str]:
    from ecosystem.analysis.metrics import MEASURES

    return MEASURES


def own_numbers(ground: Ground) -> Collection[str]:
    from ecosystem.analysis.facets import own_numbers

    return own_numbers(ground.facts)


def lens_field(*, default: str, **rest: Any) -> Any:
    """The field of a question that is asked through a lens."""
    about = {
        "help": Text("Кои връзки се броят.", "Which ties count."),
        "what": "lens" if rest.get("required") else "",
        **rest,
    }
    return fields.word(Text("Проекция", "Lens"), _lenses, default=default, **about)


class MeasuredBy(Question["Measure"]):
    """One measure of a lens; the only one that is computed."""

    name = "measure"

    view: View = fields.viewed()
    lens: str = lens_field(default="work")
    measure: str = fields.word(
        Text("Мярка", "Measure"),
        measure_names,
        among=own_numbers,
        default="degree",
        what="measure",
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


class HowSurely(Question["Stability"]):
    """How surely the ranking of a kind by a measure holds without some of its sources."""

    name = "stability"
    title = Text("Колко сигурни са местата?", "How surely do the ranks hold?")
    path = "stability/<lens>/<measure>"
    forms = ()
    keys = ("state", "place", "stability")
    lacks = {
        "page": "a badge beside every rank",
        "command": "analyse --stability",
        "tool": "analyse with stability",
    }

    view: View = fields.viewed()
    lens: str = lens_field(default="", required=True)
    measure: str = fields.word(
        Text("Мярка", "Measure"), measure_names, required=True, what="measure"
    )
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
                HowSurely(view=self.view, lens=self.lens, measure=measure.name)
            )
        return Analysis(measures, ground.ask(Structured(view=self.view, lens=self.lens)), tested)

    def tables(self, found: Analysis, ground: Ground) -> Answer:
        from ecosystem.questions.tables.looking import analysis

        return analysis(ground.snapshot(self.view), found, self.top)
