"""What ``the project``, ``the event`` or ``it`` means at a place of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ecosystem.documents.lexicon import EVENTS, PROGRAMMES, PROJECTS
from ecosystem.documents.sentences import Sentence
from ecosystem.documents.spans import WORKS
from ecosystem.documents.things import Found, Thing

EVENT_WORDS = ("събитието", "event", "it", "то", "тя", "той")
MENTIONED = re.compile(
    r"\b(?:the |this )?(проект(?:ът|а)|програмата|инициативата|събитието|семинар(?:ът|а)|"
    r"форум(?:ът|а)|"
    r"конференцията|срещата|(?<=собствена )стратегия|(?<=своя )стратегия|(?<=its own )strategy|"
    r"It(?= (?:was held|took place|will be held|will take place|(?:was|is|"
    r"will be) (?:organi[sz]ed|hosted)))|"
    r"(?:То|Тя|Той)(?= (?:(?:е|беше|бе) организиран|се проведе|ще се проведе|се състоя|"
    r"ще се състои))|"
    r"мрежата|(?<=the )network|"
    r"(?<=the )(?:project|programme|program|initiative|event|workshop|seminar|forum|conference|"
    r"summit|"
    r"meeting|hackathon)|хакатон(?:ът|а)|обучението|изложението|фестивал(?:ът|а))\b",
    re.IGNORECASE,
)
"""Words with an article, or a pronoun, that mean something which the text has named."""


class Focus:
    """What ``the project`` or ``the event`` means at a place.

    A work is the one named last in the paragraph, lists aside, else the one that the text names
    most often; an event the only one that the sentence names, else the one named last before.
    """

    def __init__(self, found: Found) -> None:
        self._found = found
        self._named = sorted(
            ((span.start, thing) for span, thing in found.of.items()), key=lambda one: one[0]
        )
        self._listed = {(i.span.start, i.span.end) for _, one in found.lists for i in one.items}

    def of(self, word: str, place: int, sentence: Sentence) -> Thing | None:
        """The thing that a word with an article refers to."""
        if word in EVENTS or word in EVENT_WORDS:
            here = {
                thing.number: thing
                for start, thing in self._named
                if sentence.start <= start < sentence.end and thing.kind == "Event"
            }
            if len(here) == 1:
                return next(iter(here.values()))
            before = [one for start, one in self._named if start < place and one.kind == "Event"]
            return before[-1] if before else None
        plans = [one for one in self._found.things if self._plan(one)]
        if word in ("стратегия", "strategy"):
            return plans[0] if len(plans) == 1 else None
        if word not in PROJECTS and word not in PROGRAMMES:
            return None
        return self._work(word, place, sentence, plans)

    def _plan(self, thing: Thing) -> bool:
        words = self._found.shadow.text[thing.first.start : thing.first.end].lower()
        return thing.kind in WORKS and re.search(r"стратеги|strateg|\bплан", words) is not None

    def _work(self, word: str, place: int, sentence: Sentence, plans: list[Thing]) -> Thing | None:
        kind = "Project" if word in PROJECTS else "Programme"
        works = [one for one in self._found.things if one.kind in WORKS and one not in plans]
        first = min(
            one.start for one in self._found.shadow.sentences if one.paragraph == sentence.paragraph
        )
        near = [
            thing
            for span, thing in self._found.of.items()
            if first <= span.start < place and thing in works
            and (span.start, span.end) not in self._listed
        ]  # fmt: skip
        if near:
            exact = [one for one in near if one.kind == kind]
            return max(exact or near, key=lambda one: one.spans[0].start)
        return max(works, key=lambda one: (len(one.spans), -one.number), default=None)


def spoken_of(found: Found, role: str, place: int) -> Thing | None:
    """What a text speaks of where it says no more than a role.

    Who leads or is a partner is so in the work named last, who hosts or organises in the event.
    """
    kinds = ("Event",) if role in ("host", "organiser") else WORKS
    before = [
        (span.start, thing)
        for span, thing in found.of.items()
        if span.start < place and thing.kind in kinds
    ]
    if not before and kinds == WORKS:
        return spoken_of(found, "host", place)
    works = [one for _, one in before]
    if not works:
        return None
    if kinds == WORKS:
        return most_spoken_of(works)
    return max(before, key=lambda one: one[0])[1]


def most_spoken_of(works: Sequence[Thing]) -> Thing:
    """The work that a text is about: a project before a programme, then the one named most."""
    return max(works, key=lambda one: (one.kind == "Project", len(one.spans), -one.number))
