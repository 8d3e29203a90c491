"""Which city should advise which: suggestions for one, the plan for all, the check on the past."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecosystem.questions import fields
from ecosystem.questions.question import Ground, Question
from ecosystem.tables import Answer
from ecosystem.values import Text
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.analysis.matching import Board, Matches
    from ecosystem.analysis.matching.backtest import Backtest

CAPACITY = 3
MOST_MENTEES = 99
CITY = fields.Entity(label=Text("Град", "City"), kinds=("City",))


def _other_country() -> Any:
    return fields.switch(
        Text("Само ментори от друга държава", "Only mentors from another country"),
        default=True,
        option="--same-country",
        help=Text("И ментори от същата държава.", "Mentors of the same country are eligible too."),
    )


class CheckedOnThePast(Question["Backtest"]):
    """How well the context finds the mentors of past pairs; needs no store."""

    name = "backtest"
    title = Text("Прав ли би бил контекстът за миналото?", "Was the context right about the past?")
    command = "match"
    rests = ()
    stored = False
    lacks = {
        "page": "it reads files of the reader's own machine",
        "twin": "it reads files of the reader's own machine",
        "tool": "it reads files of the reader's own machine",
    }

    pairs: Path = fields.file(
        Text("Двойки", "Pairs"),
        option="--backtest",
        metavar="PAIRS",
        help=Text(
            "Проверява контекста с минали двойки (CSV).",
            "Check the context against past pairs (CSV); needs no store.",
        ),
        required=True,
    )
    attributes: Path = fields.file(
        Text("Дати", "Dated facts"),
        metavar="ROWS",
        help=Text(
            "Датирани факти за градовете от --backtest.",
            "Dated facts of the cities of --backtest; made by 'ecosystem attributes'.",
        ),
        required=True,
    )

    def answer(self, ground: Ground) -> Backtest:
        from ecosystem.analysis.matching.backtest import backtest
        from ecosystem.io.pairs import read_facts, read_pairs

        return backtest(read_pairs(self.pairs), read_facts(self.attributes))

    def tables(self, found: Backtest, ground: Ground) -> Answer:
        from ecosystem.questions.tables.mentoring import backtest

        return backtest(found)


class Match(Question["Matches"]):
    """Mentor cities for a city, ranked for stated reasons that add up to the score."""

    name = "match"
    title = Text("Кой може да ни помогне?", "Who can help us?")
    path = "match/<city>"
    page = "match"
    command = "match"
    rests = ("facts", "capacity")

    view: View = fields.viewed(scope=False)
    city: str = fields.entity(
        Text("Град, който търси ментор", "City that looks for a mentor"),
        "City",
        help=Text("Градът, който търси ментор.", "The city that looks for a mentor."),
        positional=True,
        required=True,
    )
    other_country: bool = _other_country()
    top: int = fields.count(
        Text("Предложения", "Suggestions"),
        default=5,
        help=Text("Показани предложения.", "Suggestions shown."),
        looks=True,
        doors=fields.SHOWN,
    )

    def answer(self, ground: Ground) -> Matches:
        from ecosystem.analysis.matching import rank_mentors

        return rank_mentors(
            ground.snapshot(self.view),
            self.city,
            other_country=self.other_country,
            decided=ground.desk.capacities(),
        )

    def tables(self, found: Matches, ground: Ground) -> Answer:
        from ecosystem.questions.tables.mentoring import matches

        return matches(found, self.top)

    @classmethod
    def example(cls, ground: Ground) -> fields.Words:
        needs = [
            edge.source
            for edge in ground.facts.counting.of_kind("NEEDS")
            if hasattr(edge, "source")
        ]
        return {"city": [min(needs)]}


class MatchBoard(Question["Board"]):
    """The mentor plan for all cities, under capacity and around what people decided about pairs."""

    name = "board"
    title = Text("Кой град на кого да помага?", "Which city should advise which?")
    path = "allocation"
    keys = ("accepted", "locked", "declined", "plan")
    page = "match/board"
    command = "match"
    rests = ("facts", "match", "capacity")

    view: View = fields.viewed(scope=False)
    capacity: int = fields.count(
        Text("Капацитет на ментор", "Capacity of a mentor"),
        default=CAPACITY,
        high=MOST_MENTEES,
        help=Text(
            "Градове на ментор, за когото не е записано.",
            "Mentees per mentor where none is recorded.",
        ),
    )
    capacities: tuple[tuple[str, int], ...] = fields.pairs(
        Text("Проба с капацитет на отделни ментори", "Trial capacity of single mentors"),
        key=CITY,
        value=fields.Count(label=Text("Капацитет", "Capacity"), high=MOST_MENTEES),
        prefix="cap.",
        option="--mentor-capacity",
        metavar="MENTOR=N",
        help=Text(
            "Градове на един ментор наведнъж, само за тази проба; 'decide capacity' го запазва.",
            "Mentees of one mentor at once, for this trial only; 'decide capacity' keeps it.",
        ),
        default=(),
    )
    minimum: float = fields.number(
        Text("Най-ниска оценка", "Lowest score"),
        high=10,
        help=Text("Най-ниската оценка на двойка.", "Lowest score of a planned pair."),
        default=0.0,
    )
    other_country: bool = _other_country()
    locks: tuple[tuple[str, str], ...] = fields.couples(
        Text("Закрепени двойки", "Pairs to keep"),
        address="lock",
        option="--lock",
        metavar="CITY=MENTOR",
        help=Text("Тази двойка остава.", "Keep this pair."),
        default=(),
    )
    exclusions: tuple[tuple[str, str], ...] = fields.couples(
        Text("Изключени двойки", "Pairs to leave out"),
        address="exclude",
        option="--exclude",
        metavar="CITY=MENTOR",
        help=Text("Никога тази двойка.", "Never this pair."),
        default=(),
    )

    def answer(self, ground: Ground) -> Board:
        from ecosystem.analysis.matching import review

        return review(
            ground.snapshot(self.view),
            ground.desk.standing("match"),
            capacity=self.capacity,
            capacities=dict(self.capacities),
            decided=ground.desk.capacities(),
            minimum=self.minimum,
            other_country=self.other_country,
            locks=self.locks,
            exclusions=self.exclusions,
        )

    def tables(self, found: Board, ground: Ground) -> Answer:
        from ecosystem.questions.tables.mentoring import board

        return board(ground.snapshot(replace(self.view, scope="all")), found, self.view.scope)
