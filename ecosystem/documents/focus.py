"""What ``the project``, ``the event`` or ``it`` means at a place of a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from ecosystem.documents.lexicon import EVENTS, PROGRAMMES, PROJECTS
from ecosystem.documents.sentences import Sentence
from ecosystem.documents.spans import WORKS, Span, begins_at
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


@dataclass
class _Line:
    """What was named up to a place of a text, and which of it comes first in a ranking.

    It is written in the order of the text and knows at each of its places what is first there: who
    asks at every sentence never goes through all that stands before.
    """

    rank: Callable[[Thing], tuple[int, ...]]
    starts: list[int] = field(default_factory=list)
    first: list[Thing] = field(default_factory=list)

    def put(self, start: int, thing: Thing) -> None:
        """Go on with what is named next."""
        top = self.first[-1] if self.first else thing
        self.starts.append(start)
        self.first.append(thing if self.rank(thing) > self.rank(top) else top)

    def before(self, place: int) -> Thing | None:
        """What is first of all that is named before a place."""
        last = bisect_left(self.starts, place)
        return self.first[last - 1] if last else None


class Focus:
    """What ``the project`` or ``the event`` means at a place, and what a text speaks of there.

    A work is the one named last in the paragraph, lists aside, else the one that the text names
    most often; an event the only one that the sentence names, else the one named last before.
    """

    def __init__(self, found: Found) -> None:
        self._found = found
        self._events: list[Span] = []
        self._works = _Line(_spoken_of)
        works = [one for one in found.things if one.kind in WORKS]
        self._plans = [one for one in works if self._plan(one)]
        self._most = max(
            (one for one in works if not self._plan(one)),
            key=lambda one: (len(one.spans), -one.number),
            default=None,
        )
        self._near: dict[tuple[int, str], _Line] = defaultdict(lambda: _Line(_named_last))
        for span in found.placed:
            thing = found.of[span]
            if thing.kind == "Event":
                self._events.append(span)
            elif thing.kind in WORKS:
                self._works.put(span.start, thing)
        self._in_paragraphs()

    def _in_paragraphs(self) -> None:
        """Take in the works of each paragraph, lists and plans aside, by kind and of either."""
        found = self._found
        listed = {(i.span.start, i.span.end) for _, one in found.lists for i in one.items}
        plans = {one.number for one in self._plans}
        for sentence in found.shadow.sentences:
            for span in found.begun(sentence.start, sentence.end):
                thing = found.of[span]
                aside = thing.number in plans or (span.start, span.end) in listed
                if thing.kind in WORKS and not aside:
                    for kind in (thing.kind, ""):
                        self._near[sentence.paragraph, kind].put(span.start, thing)

    def of(self, word: str, place: int, sentence: Sentence) -> Thing | None:
        """The thing that a word with an article refers to."""
        if word in EVENTS or word in EVENT_WORDS:
            here = self._found.begun(sentence.start, sentence.end)
            named = [one for span in here if (one := self._found.of[span]).kind == "Event"]
            if len({one.number for one in named}) == 1:
                return named[0]
            return self.event(place)
        if word in ("стратегия", "strategy"):
            return self._plans[0] if len(self._plans) == 1 else None
        if word not in PROJECTS and word not in PROGRAMMES:
            return None
        kind = "Project" if word in PROJECTS else "Programme"
        near = (self._near[sentence.paragraph, one].before(place) for one in (kind, ""))
        return next(filter(None, near), self._most)

    def event(self, place: int) -> Thing | None:
        """The event that was named last before a place."""
        last = bisect_left(self._events, place, key=begins_at)
        return self._found.of[self._events[last - 1]] if last else None

    def work(self, place: int) -> Thing | None:
        """The work that a text is about, of those named before a place."""
        return self._works.before(place)

    def spoken_of(self, role: str, place: int) -> Thing | None:
        """What a text speaks of where it says no more than a role.

        Who leads or is a partner is so in a work, who hosts or organises in the event.
        """
        work = None if role in ("host", "organiser") else self.work(place)
        return work or self.event(place)

    def _plan(self, thing: Thing) -> bool:
        words = self._found.shadow.text[thing.first.start : thing.first.end].lower()
        return re.search(r"стратеги|strateg|\bплан", words) is not None


def _spoken_of(work: Thing) -> tuple[int, ...]:
    """A project before a programme, then the one named most."""
    return work.kind == "Project", len(work.spans), -work.number


def _named_last(work: Thing) -> tuple[int, ...]:
    return (work.spans[0].start,)
