"""What an import says once it is known what comes of its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ecosystem.errors import Problem
from ecosystem.intake import remarks
from ecosystem.intake.drafts import Draft
from ecosystem.intake.places import Places
from ecosystem.intake.table_graph import Told
from ecosystem.model import Record, RelatedTo
from ecosystem.values import Text

MOST_WORDS = 5


def places_taken(draft: Draft, places: Places) -> None:
    """Say which of several places a name was taken for, and of which nobody can tell."""
    for text, (place, others) in places.found.chosen.items():
        rest = ", ".join(f"{one.name} {one.country}" for one in others[:3])
        draft.warn("", remarks.taken_for(text, f"{place.name}, {place.country}", rest))
    for text, found in places.found.ambiguous.items():
        draft.warn("", remarks.may_be(text, found))


def other_ties(draft: Draft, made: Iterable[Record]) -> None:
    """Say of what is of no kind of ours that hardly anything counts it, and what to do."""
    words = Counter(one.relation for one in made if isinstance(one, RelatedTo) and not one.joint)
    if words:
        most = [word for word, _ in words.most_common(MOST_WORDS)]
        draft.warn("", remarks.other_ties(words.total(), most))


def of_a_load(warning: Problem) -> Told:
    """What a load tells of a record, whose place stands behind its file."""
    file, _, place = warning.file.partition(":")
    said = " ".join(filter(None, (warning.message, warning.hint)))
    return Told(file, place, Text("", said))
