"""What a rule sets apart: what it cannot judge because of ties left out, and what is no gap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ecosystem.analysis.gaps.laws import listed
from ecosystem.analysis.themes import SERVING, serves
from ecosystem.model import Edge, LocatedIn, Mentors
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text


@dataclass(frozen=True, kw_only=True)
class Apart:
    """Subjects that would be a gap, were it not for some recorded ties.

    ``gap`` is the id that it would have, ``statements`` are the ids of these ties. With
    ``doubtful`` the view leaves these out, so that nothing can be said.
    """

    gap: str
    subjects: tuple[str, ...]
    headline: Text
    statements: tuple[str, ...]
    doubtful: bool = True


def doubt(snapshot: Snapshot, kinds: Iterable[str], *, occurrences: bool) -> tuple[Edge, ...]:
    """The ties of these kinds that the view leaves out and that may count all the same.

    Parameters
    ----------
    occurrences
        Whether what happened once counts as well, as meetings and awards of money do.
    """
    out = snapshot.left_out
    return tuple(
        tie
        for tie in out.may_count(out.of_kind(*kinds))
        if occurrences or not (out.why[tie.id] == "happened" or _at_event(tie))
    )


def _at_event(tie: Edge) -> bool:
    return tie.source.startswith("event:") or tie.target.startswith("event:")


def apart(
    snapshot: Snapshot, ties: Iterable[Edge], gap: str, subjects: tuple[str, ...]
) -> Apart | None:
    """The subjects of a gap with the doubtful ``ties`` that concern them; None without any.

    A theme stands for those that serve it as well, and a city for its administration. Of a
    sector every tie is one.
    """
    found = list(ties)
    known = tuple(one for one in subjects if one in snapshot.dataset.nodes)
    if known:
        around = _around(snapshot, known)
        found = [tie for tie in found if _concerns(tie, around)]
    note = snapshot.left_out.note(found)
    if note is None:
        return None
    named = listed(snapshot, known or subjects)
    return Apart(
        gap=gap,
        subjects=subjects,
        headline=Text(f"{named.bg}: {_small(note.bg)}", f"{named.en}: {_small(note.en)}"),
        statements=tuple(sorted(tie.id for tie in found)),
    )


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _around(snapshot: Snapshot, subjects: Iterable[str]) -> set[str]:
    around = set(subjects)
    for one in subjects:
        if one.startswith("theme:"):
            around |= {theme for theme, how in serves(snapshot, one).items() if how in SERVING}
        if one.startswith("city:"):
            around |= {
                tie.source
                for tie in snapshot.recorded("LOCATED_IN")
                if isinstance(tie, LocatedIn)
                and tie.target == one
                and tie.address_role == "administration"
            }
    return around


def _concerns(tie: Edge, around: set[str]) -> bool:
    if isinstance(tie, Mentors):
        # Advice on another theme says nothing about this one.
        about = not tie.themes or any(theme in around for theme in tie.themes)
        return tie.target in around and about
    return tie.source in around or tie.target in around
