"""What a person says of candidates: accepted, rejected, of another kind, a thing that is known.

A review is kept as TOML, written by ``--write-review`` and read by ``--review``. Whatever it does
not answer waits.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ecosystem.dataset import Dataset
from ecosystem.desk import Desk
from ecosystem.documents.extracting import Extraction
from ecosystem.documents.known import KINDS
from ecosystem.documents.relations import Relation
from ecosystem.documents.things import Thing
from ecosystem.errors import NotFoundError, SettingsError
from ecosystem.model import Entity

ACCEPTED, REJECTED, LATER = "accepted", "rejected", "later"
STATES = (ACCEPTED, REJECTED, LATER)
NEW, ALL = "new", "all"
PRESELECTED = 0.94
"""How alike a stored thing has to be to be taken for the one that is named."""
SAME_PERSON = 1.0
MATTER = "candidate"
_MOST_TOML = 4 * 1024 * 1024


@dataclass(frozen=True)
class Answer:
    """What becomes of a thing: its state, its kind, and which stored one it is, or ``new``."""

    state: str
    kind: str
    meant: str = NEW


@dataclass(frozen=True)
class Review:
    """Answers by the number of a thing, states by the number of a tie, both counted from 1."""

    things: Mapping[int, Answer] = field(default_factory=dict)
    ties: Mapping[int, str] = field(default_factory=dict)

    def accepted(self, relation: Relation, number: int) -> bool:
        """Whether a tie is accepted, and both its ends."""
        ends = (relation.source.number, relation.target.number)
        return self.ties[number] == ACCEPTED and all(
            self.things[end].state == ACCEPTED for end in ends
        )


def subject(found: Extraction, one: Thing | Relation) -> str:
    """By what a decision about a candidate is known again: its document, place and kind."""
    document = found.document.text_sha256[:16]
    if isinstance(one, Thing):
        return f"candidate:{document}-{one.kind.lower()}-{one.first.start}-{one.first.end}"
    ends = f"{one.source.first.start}-{one.target.first.start}"
    kind = one.kind.lower().replace("_", "-")
    return f"candidate:{document}-{kind}-{one.start}-{one.end}-{ends}"


def untouched(found: Extraction, decisions: Dataset) -> Review:
    """The review before anybody said anything: all waits but what was rejected before.

    A tie is accepted once both its ends are.
    """
    standing = Desk.of(decisions).standing(MATTER)

    def rejected(one: Thing | Relation) -> bool:
        decision = standing.get(subject(found, one))
        return decision is not None and decision.state == REJECTED

    things = {
        one.number: Answer(REJECTED if rejected(one) else LATER, one.kind, _meant(found, one))
        for one in found.things
    }
    ties = {
        number: REJECTED if rejected(one) else ACCEPTED
        for number, one in enumerate(found.relations, 1)
    }
    return Review(things, ties)


def _meant(found: Extraction, thing: Thing) -> str:
    best = next(iter(found.matches.get(thing.number, ())), None)
    return best.id if best is not None and best.score >= least(thing) else NEW


def least(thing: Thing) -> float:
    """How alike a stored thing has to be to be taken for this one."""
    return SAME_PERSON if thing.kind == "Person" else PRESELECTED


def with_accepted(found: Extraction, review: Review, said: str) -> Review:
    """The review with all that is not rejected accepted, or what a list says: ``1,3,5-9,t2``.

    A number is that of a thing, behind a ``t`` that of a tie, whose ends are accepted with it.

    Raises
    ------
    SettingsError
        For what is no such list, or numbers that no thing has.
    """
    if said == ALL:
        chosen = {n for n, one in review.things.items() if one.state != REJECTED}
    else:
        said, ties = _ties_apart(said)
        for number in ties:
            if number not in review.ties:
                raise SettingsError(
                    f"--accept: there is no tie t{number}.",
                    f"They are numbered from t1 to t{len(review.ties)}.",
                )
            review = with_tie(found, review, number)
        chosen = set(numbers(said)) if said else set()
        if missing := sorted(chosen - review.things.keys()):
            raise SettingsError(
                f"--accept: there is no candidate {missing[0]}.",
                f"They are numbered from 1 to {len(review.things)}.",
            )
    things = {
        number: replace(one, state=ACCEPTED) if number in chosen else one
        for number, one in review.things.items()
    }
    return replace(review, things=things)


def _ties_apart(said: str) -> tuple[str, list[int]]:
    """The list without the ties that it names, and these."""
    parts = said.replace(" ", "").split(",")
    ties = [int(one[1:]) for one in parts if re.fullmatch(r"[tт]\d{1,6}", one)]
    return ",".join(one for one in parts if not re.fullmatch(r"[tт]\d{1,6}", one)), ties


def with_tie(found: Extraction, review: Review, number: int) -> Review:
    """The review with one tie accepted, and both its ends, of which it says something."""
    tie = found.relations[number - 1]
    ends = {
        one.number: replace(review.things[one.number], state=ACCEPTED)
        for one in (tie.source, tie.target)
    }
    return Review({**review.things, **ends}, {**review.ties, number: ACCEPTED})


def numbers(said: str) -> Iterator[int]:
    """The numbers that a list such as ``1,3,5-9`` means.

    Raises
    ------
    SettingsError
        Where it is none.
    """
    for part in said.replace(" ", "").split(","):
        match = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", part)
        if not match:
            raise SettingsError(f"--accept: {said!r} is no list.", "Write all, or as 1,3,5-9.")
        yield from range(int(match[1]), int(match[2] or match[1]) + 1)


# As a file


def toml(found: Extraction, review: Review) -> str:
    """The review as a person mends it."""
    lines = [
        "# state: accepted, rejected, later; meant: new, or the id of what it is on the map",
        f"sha256 = {_quoted(found.document.text_sha256)}",
    ]
    for thing in found.things:
        answer = review.things[thing.number]
        others = ", ".join(one.id for one in found.matches.get(thing.number, ()))
        lines += [
            "",
            "[[thing]]",
            f"number = {thing.number}",
            f"name = {_quoted(found.name(thing))}",
            f"kind = {_quoted(answer.kind)}",
            f"state = {_quoted(answer.state)}",
            f"meant = {_quoted(answer.meant)}" + (f"  # {others}" if others else ""),
        ]
    for number, one in enumerate(found.relations, 1):
        ends = f"{found.name(one.source)} > {found.name(one.target)}"
        lines += [
            "",
            "[[tie]]",
            f"number = {number}",
            f"tie = {_quoted(' '.join(filter(None, (one.kind, one.role))))}",
            f"between = {_quoted(ends)}",
            f"state = {_quoted(review.ties[number])}",
        ]
    return "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    """A basic string of TOML."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", " ", plain) + '"'


def said(text: str, found: Extraction, usual: Review, stored: Dataset) -> Review:
    """What a file says of these candidates; what it leaves out is as ``usual``.

    Raises
    ------
    SettingsError, NotFoundError
        Where it is no TOML, is of another text, or names what there is not.
    """
    try:
        read = tomllib.loads(text[:_MOST_TOML])
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"--review: {error}.", "Write TOML, as --write-review does.") from None
    if read.get("sha256") != found.document.text_sha256:
        raise SettingsError(
            "--review: it is of another text.", "Write one of this text with --write-review."
        )
    things, ties = dict(usual.things), dict(usual.ties)
    for row in _rows(read, "thing"):
        number = _number(row, things)
        things[number] = _answer(row, things[number], stored)
    for row in _rows(read, "tie"):
        number = _number(row, ties)
        ties[number] = _state(row, ties[number])
    return Review(things, ties)


def _rows(read: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = read.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SettingsError(f"--review: {name} is no list.", f"Write [[{name}]].")
    return rows


def _number(row: Mapping[str, Any], known: Mapping[int, object]) -> int:
    number = row.get("number")
    if not isinstance(number, int) or number not in known:
        raise SettingsError(
            f"--review: there is no number {number!r}.", f"They go from 1 to {len(known)}."
        )
    return number


def _state(row: Mapping[str, Any], usual: str) -> str:
    state = str(row.get("state", usual))
    if state not in STATES:
        raise NotFoundError("state", state, STATES)
    return state


def _answer(row: Mapping[str, Any], usual: Answer, stored: Dataset) -> Answer:
    kind = str(row.get("kind", usual.kind))
    if kind not in KINDS:
        raise NotFoundError("kind", kind, KINDS)
    meant = str(row.get("meant", usual.meant if kind == usual.kind else NEW))
    if meant != NEW:
        node = stored.nodes.get(meant)
        if not isinstance(node, Entity) or node.kind != kind:
            raise NotFoundError(kind, meant, [i for i in stored.nodes if i.endswith(meant[-12:])])
    return Answer(_state(row, usual.state), kind, meant)
