"""What every section of the report writes with: names, numbers and citations in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ecosystem import charts, figures
from ecosystem.analysis.claims import cite
from ecosystem.report.blocks import (
    Block,
    Cell,
    Cite,
    Entry,
    Foreign,
    Grid,
    Heading,
    Line,
    Picture,
    References,
    Run,
)
from ecosystem.snapshot import Snapshot
from ecosystem.values import Language, Money, Text

if TYPE_CHECKING:
    from ecosystem.analysis.followup import FollowUp
    from ecosystem.analysis.gaps.results import RuleResult
    from ecosystem.analysis.gaps.stability import Stability
    from ecosystem.analysis.gaps.tables import Cell as RuleCell
    from ecosystem.analysis.gaps.tables import Column, Table
    from ecosystem.analysis.layout import Layout
    from ecosystem.analysis.matching import Allocation, Match, Matches
    from ecosystem.analysis.metrics import Measure
    from ecosystem.analysis.overview import Overview

NO_BREAK_SPACE = figures.NO_BREAK_SPACE
SHOWN_SOURCES = 6
SHOWN_NAMES = 6
ROWS = 12


@dataclass(frozen=True)
class Material:
    """Everything the report is made from, computed by the workspace for one view.

    ``decided`` is what people decided about mentors of the place: the state of each, by its id.
    """

    snapshot: Snapshot
    overview: Overview
    gaps: Sequence[RuleResult]
    measures: Sequence[Measure]
    layout: Layout
    matches: Matches | None
    plan: Allocation
    stability: Mapping[str, Stability] = field(default_factory=dict)
    followed: Sequence[FollowUp] = ()
    decided: Mapping[str, str] = field(default_factory=dict)

    @property
    def mentors(self) -> Sequence[Match]:
        """The suggestions as people left them: accepted ones first, without those declined."""
        found = self.matches.suggestions if self.matches else ()
        order = {"accepted": 0, "locked": 1}
        return sorted(
            (one for one in found if self.decided.get(one.mentor) != "declined"),
            key=lambda one: order.get(self.decided.get(one.mentor, ""), 2),
        )


@dataclass
class Pen:
    """Writes in one language and numbers the sources in the order of their first use."""

    material: Material
    lang: Language
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def snapshot(self) -> Snapshot:
        """The graph that the report is about."""
        return self.material.snapshot

    def say(self, bg: str, en: str) -> str:
        """The one of two sentences that is in the language."""
        return bg if self.lang == "bg" else en

    def text(self, text: Text) -> str:
        """A text in the language, else in the other."""
        return text.show(self.lang)[0]

    def name(self, identity: str) -> str:
        """What a node is called."""
        return self.text(self.snapshot.name(identity))

    def named(self, identity: str) -> Run:
        """What a node is called, marked where it only has a name in the other language."""
        return self.run(self.snapshot.name(identity))

    def run(self, text: Text) -> Run:
        """A text, marked where it is in the other language."""
        words, lang = text.show(self.lang)
        return words if lang == self.lang else Foreign(words, lang)

    def number(self, value: float | int | None) -> str:
        """A number as the language writes it."""
        return figures.number(value, self.lang)

    def percent(self, share: float | None) -> str:
        """A share as the language writes it."""
        return figures.percent(share, self.lang)

    def heading(self, level: int, text: str, identity: str) -> Heading:
        """A heading that links can lead to."""
        return Heading(level, text, identity)

    def cited(self, words: Run, statements: Iterable[str]) -> Line:
        """Words, and the numbers of the sources of these nodes and ties."""
        records = self.snapshot.dataset.records
        found = dict.fromkeys(
            entry.partition("#")[0]
            for one in statements
            if one in records
            for entry in records[one].sources
        )
        if not found:
            return (words,)
        shown = sorted(
            self.numbers.setdefault(one, len(self.numbers) + 1)
            for one in list(found)[:SHOWN_SOURCES]
        )
        cite = Cite(tuple(shown), len(found) > SHOWN_SOURCES)
        return (words, NO_BREAK_SPACE, cite)

    def grid(self, table: Table, caption: str = "", rows: int = ROWS) -> list[Block]:
        """A table of a rule with its first rows, and what its note says."""
        made = tuple(
            tuple(
                Cell(self._cell(cell, column), table.fill(row, place))
                for place, (cell, column) in enumerate(zip(row, table.columns, strict=True))
            )
            for row in table.rows[:rows]
        )
        said = caption or self.text(table.title)
        if len(table.rows) > len(made):
            every = self.number(len(table.rows))
            part = f"{self.number(len(made))} {self.say('от', 'of')} {every}"
            said += self.say(f" (първите {part})", f" (the first {part})")
        said += f". {self.text(table.note)}" if table.note else ""
        return [
            Grid(
                said,
                tuple(self.text(column.heading) for column in table.columns),
                tuple(column.numeric for column in table.columns),
                made,
            )
        ]

    def series(self, table: Table) -> list[Block]:
        """A series as columns side by side."""
        note = f" {self.text(table.note)}" if table.note else ""
        caption = f"{self.text(table.title)}.{note}"
        return [Picture(charts.columns(table, self.lang), charts.spoken(table, self.lang), caption)]

    def _cell(self, cell: RuleCell, column: Column) -> Line:
        if cell is None or cell == ():
            return (figures.NONE,)
        if isinstance(cell, Text):
            return (self.run(cell),)
        if isinstance(cell, tuple):
            return self._names(cell)
        if isinstance(cell, Money):
            return (figures.money(cell.minor, cell.currency, self.lang),)
        if isinstance(cell, (int, float)):
            share = column.form == "share"
            return (self.percent(cell) if share else self.number(cell),)
        return (cell,)

    def _names(self, identities: tuple[str, ...]) -> Line:
        found: list[Run] = []
        for identity in identities[:SHOWN_NAMES]:
            found += [", ", self.named(identity)] if found else [self.named(identity)]
        rest = len(identities) - SHOWN_NAMES
        if rest > 0:
            found.append(self.say(f" и още {rest}", f" and {rest} more"))
        return tuple(found)

    def references(self) -> References:
        """The sources that were cited."""
        dataset = self.snapshot.dataset
        entries = []
        for identity, number in self.numbers.items():
            source = cite(dataset, identity, "")
            published = figures.day(source.published_on, self.lang) if source.published_on else ""
            before = f"{source.publisher.rstrip('.')}. " if source.publisher else ""
            after = f". {published.rstrip('.')}." if published else "."
            entries.append(Entry(number, (before, self.run(source.title), after), source.url))
        return References(tuple(entries))
