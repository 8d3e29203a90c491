"""What imagined changes would do, and what two days or two exports differ in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from ecosystem.dataset import Dataset
from ecosystem.errors import ParameterError
from ecosystem.questions import fields, parameters
from ecosystem.questions.gaps import Gaps, most_tied
from ecosystem.questions.question import Ground, Question
from ecosystem.scenario import MOST_CHANGES, Applied, Change, Scenario
from ecosystem.tables import Answer
from ecosystem.values import Text, plain
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.analysis.comparison import SnapshotComparison, YearOfGaps
    from ecosystem.analysis.leaving import Losses
    from ecosystem.snapshot import Snapshot


LONGEST_CHANGE = 2000
ENDS = ("source", "target")


@dataclass(frozen=True)
class Imagined:
    """What a scenario would change in a view."""

    scenario: Scenario
    view: View
    applied: Applied
    comparison: SnapshotComparison
    lost: Losses

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values."""
        return {
            "view": self.view.to_dict(),
            "scenario": self.scenario.to_dict(),
            "ids": list(self.applied.ids),
            "carried_off": list(self.applied.carried_off),
            "lost": self.lost.to_dict(),
            **self.comparison.to_dict(),
        }


@dataclass(frozen=True, kw_only=True)
class ChangeParameter(parameters.Parameter):
    """One imagined change: ``+`` and the fields of a record, or ``-`` and an id."""

    def parse(self, word: str, ground: Ground) -> str:
        """The change with ids in the place of names; ``change_of`` takes it apart."""
        sign, rest = word[:1], word[1:]
        if len(word) > LONGEST_CHANGE or sign not in "+-" or not rest:
            raise parameters.Unreadable(
                Text(
                    f"{parameters.quoted(word)} не е промяна; започва с + и полета или с - и номер",
                    f"{parameters.shortened(word)} is no change; it begins with + and fields, "
                    "or with - and an id",
                )
            )
        if sign == "-":
            return sign + _found(rest, ground)
        given = parse_qsl(rest)
        said = [(name, _found(value, ground) if name in ENDS else value) for name, value in given]
        return word if said == given else sign + urlencode(said)

    def item(self) -> dict[str, Any]:
        """A text in the manner of an address, with examples."""
        examples = [
            "+kind=Organisation&id=org:new-hub&name_en=New%20hub&form=innovation-centre",
            "+kind=LOCATED_IN&source=org:new-hub&target=city:sofia",
            "-org:some-actor",
            "-FUNDS|org:one|org:other|",
        ]
        return {"type": "string", "examples": examples}


def _found(word: str, ground: Ground) -> str:
    """The id of what is named; ids are let through, for they may be those of imagined things."""
    return word if not word or ":" in word or "|" in word else ground.find(word)


def change_of(written: str) -> Change:
    """The change that an address writes with ``+`` or ``-``."""
    if written.startswith("-"):
        return Change(remove=written[1:])
    return Change(add=dict(parse_qsl(written[1:])))


def written(change: Change) -> str:
    """A change as an address writes it; ``change_of`` reads it back."""
    if change.add is None:
        return f"-{change.remove}"
    return "+" + urlencode({name: text for name, text in change.add.items() if text})


class WhatIf(Question[Imagined]):
    """Which gaps imagined changes would open and close, which measures move; stores nothing."""

    name = "what_if"
    title = Text("Какво ще стане, ако …?", "What if?")
    path = "what-if"
    keys = ("view", "scenario", "rules", "measures")
    command = "what-if"
    forms = ("csv", "xlsx", "toml")
    from_file = True

    view: View = fields.viewed()
    change: tuple[str, ...] = fields.declared(
        ChangeParameter(
            label=Text("Промени", "Changes"),
            help=Text(
                "Промяна: + и полета, или - и номер.",
                "A change: + and fields, or - and an id.",
            ),
            many=True,
            required=True,
            metavar="CHANGE",
            default=(),
        ),
        default=(),
    )
    called: str = fields.line(
        Text("Име на сценария", "Name of the scenario"), address="name", longest=120, default=""
    )
    note: str = fields.line(Text("Бележка", "Note"), longest=2000, default="")

    @property
    def scenario(self) -> Scenario:
        """The changes with their name and note."""
        return Scenario(self.called, self.note, tuple(map(change_of, self.change)))

    @classmethod
    def of(cls, scenario: Scenario, view: View) -> WhatIf:
        """The question about a scenario.

        Raises
        ------
        ParameterError
            For more changes than a scenario may have.
        """
        if len(scenario.changes) > MOST_CHANGES:
            message = f"scenario: it has {len(scenario.changes)} changes, more than {MOST_CHANGES}."
            raise ParameterError(message, "Make two scenarios of it.")
        changes = tuple(map(written, scenario.changes))
        return cls(view=view, change=changes, called=scenario.name, note=scenario.note)

    @classmethod
    def joining(cls, pairs: Iterable[tuple[str, str]], view: View) -> WhatIf:
        """The question about joint work of these pairs, as a gap names them."""
        ties = (dict(zip(ENDS, sorted(pair), strict=True)) for pair in pairs)
        changes = (Change(add={"kind": "PARTNERS_WITH", **ends}) for ends in ties)
        return cls(view=view, change=tuple(map(written, changes)))

    @classmethod
    def words_of(cls, file: Path) -> fields.Words:
        """The words of the address that ask about the scenario in a file.

        Raises
        ------
        DataError
            With every problem of the file.
        """
        from ecosystem.io import scenarios

        return _words(scenarios.read(file))

    @classmethod
    def words_in(cls, text: str, file: str) -> fields.Words:
        from ecosystem.io import scenarios

        return _words(scenarios.loads(text, file))

    def answer(self, ground: Ground) -> Imagined:
        from ecosystem.analysis.comparison import compare
        from ecosystem.analysis.gaps import find_gaps
        from ecosystem.analysis.leaving import losses
        from ecosystem.scenario import apply

        applied = apply(ground.facts, self.scenario, "scenario")
        before, after = ground.snapshot(self.view), snapshot_of(applied.dataset, self.view)
        gaps = find_gaps(after, top=most_tied(self.view, ground))
        now = ground.ask(Gaps(view=self.view))
        compared = compare(before, after, now, gaps)
        return Imagined(self.scenario, self.view, applied, compared, losses(before, after))

    def tables(self, found: Imagined, ground: Ground) -> Answer:
        from ecosystem.questions.tables.comparing import what_if

        return what_if(found, ground.snapshot(self.view))

    def made(self, found: Imagined, form: str, ground: Ground, lang: Any) -> str | bytes:
        from ecosystem.io import scenarios

        if form == "toml":
            return scenarios.dumps(self.scenario)
        return super().made(found, form, ground, lang)

    @classmethod
    def example(cls, ground: Ground) -> fields.Words:
        first = min(record.id for record in ground.facts.counting.of_kind("Organisation"))
        return {"change": [f"-{first}"]}


def _words(scenario: Scenario) -> fields.Words:
    return {
        "change": list(map(written, scenario.changes)),
        "name": [scenario.name],
        "note": [scenario.note],
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


@dataclass(frozen=True)
class TimelineOfGaps:
    """What differs between two days, and how many gaps there were at the end of each year."""

    earlier: str
    view: View
    comparison: SnapshotComparison
    years: tuple[YearOfGaps, ...]

    def to_dict(self) -> dict[str, Any]:
        """The timeline as plain values."""
        return {
            "earlier": self.earlier,
            "view": self.view.to_dict(),
            "comparison": self.comparison.to_dict(),
            "years": [plain(year) for year in self.years],
        }


class Years(Question["tuple[YearOfGaps, ...]"]):
    """How many gaps of each rule there were at the end of each year with a dated statement."""

    name = "years"

    view: View = fields.viewed()

    def answer(self, ground: Ground) -> tuple[YearOfGaps, ...]:
        from ecosystem.analysis.comparison import year_of_gaps, years
        from ecosystem.analysis.gaps import find_gaps

        counted = []
        known = years(ground.snapshot(self.view))
        for number, year in enumerate(known):
            ground.tell(number, len(known))
            day = min(f"{year}-12-31", self.view.as_of)
            then = snapshot_of(ground.facts, replace(self.view, as_of=day))
            counted.append(year_of_gaps(day, then, find_gaps(then)))
        return tuple(counted)


class Between(Question["SnapshotComparison"]):
    """What differs between the view and the same view at an earlier day."""

    name = "between"

    view: View = fields.viewed()
    earlier: str = fields.day(Text("От", "From"), default="")

    def answer(self, ground: Ground) -> SnapshotComparison:
        from ecosystem.analysis.comparison import compare

        was = replace(self.view, as_of=self.earlier)
        before, after = ground.ask(Gaps(view=was)), ground.ask(Gaps(view=self.view))
        return compare(ground.snapshot(was), ground.snapshot(self.view), before, after)


class BetweenFiles(Question["SnapshotComparison"]):
    """Which gaps opened and closed between two exports; needs no store."""

    name = "between_files"
    title = Text("Какво различава два износа?", "Where do two exports differ?")
    command = "timeline"
    rests = ()
    stored = False
    lacks = {
        "page": "it reads files of the reader's own machine",
        "twin": "it reads files of the reader's own machine",
        "tool": "it reads files of the reader's own machine",
    }

    view: View = fields.viewed()
    files: tuple[Path, ...] = fields.declared(
        fields.File(
            label=Text("Два износа", "Two exports"),
            help=Text(
                "Сравнява два износа (.jsonl или папки с пакети); без база данни.",
                "Compare two exports (.jsonl files or folders of packs) instead; needs no store.",
            ),
            option="--between",
            metavar="OLD NEW",
            many=True,
            required=True,
            default=(),
        ),
        default=(),
    )

    def answer(self, ground: Ground) -> SnapshotComparison:
        from ecosystem.analysis.comparison import compare
        from ecosystem.analysis.gaps import find_gaps
        from ecosystem.io.exports import read

        before, after = (snapshot_of(read([path]).dataset, self.view) for path in self.files)
        return compare(before, after, find_gaps(before), find_gaps(after))

    def tables(self, found: SnapshotComparison, ground: Ground) -> Answer:
        from ecosystem.questions.tables.comparing import comparison

        return comparison(found, self.view, self.view)


class Timeline(Question[TimelineOfGaps]):
    """Which gaps opened and closed between two days, and by which statements; counts by year."""

    name = "timeline"
    title = Text("Какво се промени?", "What has changed?")
    path = "timeline"
    keys = ("earlier", "view", "comparison", "years")
    command = "timeline"

    view: View = fields.viewed()
    earlier: str = fields.day(
        Text("От", "From"),
        address="from",
        option="--from",
        metavar="DAY",
        help=Text(
            "По-ранният ден; по-късният е --as-of. Краят на предната година.",
            "The earlier day; the later is --as-of. The end of the year before.",
        ),
        default="",
    )

    @property
    def since(self) -> str:
        """The earlier day that was asked for, else the end of the year before the view's."""
        year = int(self.view.as_of[:4])
        return self.earlier or (f"{year - 1:04d}-12-31" if year > 1 else self.view.as_of)

    def answer(self, ground: Ground) -> TimelineOfGaps:
        found = ground.ask(Between(view=self.view, earlier=self.since))
        return TimelineOfGaps(self.since, self.view, found, ground.ask(Years(view=self.view)))

    def tables(self, found: TimelineOfGaps, ground: Ground) -> Answer:
        from ecosystem.questions.tables.comparing import comparison, years

        if not self.earlier:
            return years(found.years)
        return comparison(found.comparison, replace(self.view, as_of=self.earlier), self.view)
