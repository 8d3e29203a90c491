"""How well documents are read: strict F1 of spans with their kinds, and of ties between things.

A text of the corpus marks its mentions as ``[[Kind:words]]``, one within another where a name holds
a name; below a line ``---`` stand its ties, ``source | KIND | role | target`` with the words of
mentions. A role that is left empty is not looked at.
``python -m tests.documents.scoring`` prints all.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ecosystem.dataset import EMPTY
from ecosystem.documents.extracting import Extraction, extract
from ecosystem.documents.reading import Document

HERE = Path(__file__).parent
Mention = tuple[int, int, str]
_SIGN = re.compile(r"\[\[(\w+):|\]\]")


@dataclass(frozen=True)
class Expected:
    """A text with the mentions and the ties that a careful reader finds in it."""

    text: str
    mentions: frozenset[Mention]
    ties: tuple[tuple[str, str, str, str], ...]


@dataclass
class Score:
    """What was found of what is there, and what was found beside it."""

    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where nothing is there and nothing found."""
        whole = 2 * self.right + len(self.missed) + len(self.wrong)
        return 2 * self.right / whole if whole else 1.0

    def add(self, other: Score) -> None:
        """Take in the score of another text."""
        self.right += other.right
        self.missed += other.missed
        self.wrong += other.wrong


def expected(path: Path) -> Expected:
    """A text of the corpus."""
    marked, _, said = path.read_text(encoding="utf-8").partition("\n---\n")
    text, opened, mentions, place = "", [], set(), 0
    for sign in _SIGN.finditer(marked):
        text += marked[place : sign.start()]
        place = sign.end()
        if sign[1]:
            opened.append((len(text), sign[1]))
        else:
            start, kind = opened.pop()
            mentions.add((start, len(text), kind))
    text += marked[place:]
    rows = (tuple(map(str.strip, line.split("|"))) for line in said.splitlines() if line.strip())
    return Expected(text, frozenset(mentions), tuple(rows))


def of_mentions(wanted: Expected, found: Extraction) -> Score:
    """Strict: the same first and last sign, the same kind."""
    said = {(row["start"], row["end"], row["kind"]) for row in found.rows()}
    return Score(
        len(said & wanted.mentions),
        [f"{kind} {wanted.text[a:b]!r}" for a, b, kind in sorted(wanted.mentions - said)],
        [f"{kind} {wanted.text[a:b]!r}" for a, b, kind in sorted(said - wanted.mentions)],
    )


def of_ties(wanted: Expected, found: Extraction) -> Score:
    """The same ends, by any of their mentions, the same kind, and the role where one is said."""
    names: dict[int, set[str]] = {}
    for row in found.rows():
        names.setdefault(row["entity"], set()).add(row["text"])
    left = list(found.relations)
    score = Score()
    for source, kind, role, target in wanted.ties:
        hit = next(
            (
                one
                for one in left
                if one.kind == kind
                and {source, target} <= names[one.source.number] | names[one.target.number]
                and source in names[one.source.number]
                and (not role or one.role == role)
            ),
            None,
        )
        if hit is None:
            score.missed.append(f"{source} {kind} {role} {target}")
        else:
            left.remove(hit)
            score.right += 1
    score.wrong = [f"{found.name(r.source)} {r.kind} {r.role} {found.name(r.target)}" for r in left]
    return score


def scores(folder: str, told: bool = False) -> tuple[Score, Score]:
    """Of the mentions and of the ties of all texts of a folder."""
    mentions, ties = Score(), Score()
    for path in sorted((HERE / folder).glob("*.txt")):
        wanted = expected(path)
        found = extract(Document(path.name, "txt", wanted.text, ""), EMPTY)
        one, two = of_mentions(wanted, found), of_ties(wanted, found)
        if told:
            _tell(path.name, one, two)
        mentions.add(one)
        ties.add(two)
    return mentions, ties


def _tell(name: str, mentions: Score, ties: Score) -> None:
    print(f"== {name}: mentions {mentions.f1:.2f}, ties {ties.f1:.2f}")
    for score in (mentions, ties):
        for word, lines in (("missed", score.missed), ("wrong", score.wrong)):
            for line in lines:
                print(f"   {word}: {line}")


def main(folders: Iterable[str] = ("seen", "unseen")) -> None:
    """Print the scores of each text, and of each folder."""
    for folder in folders:
        mentions, ties = scores(folder, told=True)
        print(f"{folder}: mentions {mentions.f1:.3f}, ties {ties.f1:.3f}\n")


if __name__ == "__main__":
    main(sys.argv[1:] or ("seen", "unseen"))
