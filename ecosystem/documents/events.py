"""Events: counted ones, named ones, and what is in a heading with its project and place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ecosystem.documents.lexicon import (
    EVENTS,
    NAMING_EVENTS,
    NUMBERS,
    OCCASIONS,
    ORDINALS,
    OWN,
    PREVIOUS,
    PROGRAMMES,
    PROJECTS,
    base,
)
from ecosystem.documents.organisations import head, without_role
from ecosystem.documents.phrases import (
    adjective,
    capital_run,
    capitals,
    noun_phrase,
    quoted,
)
from ecosystem.documents.sentences import Sentence, Token
from ecosystem.documents.spans import Span

KIND = "Event"
_ORDINAL = re.compile(f"(?:{ORDINALS}|{OCCASIONS})$", re.IGNORECASE)
_PREVIOUS = re.compile(f"(?:{PREVIOUS})$", re.IGNORECASE)
_NO_PART = frozenset("the a an of in at on for and this that our their by with to its from".split())
_WORKS = PROJECTS | PROGRAMMES


def events(sentence: Sentence) -> Iterator[Span]:
    """The events of a sentence."""
    tokens = sentence.tokens
    for place, token in enumerate(tokens):
        if token.word and base(token.low) in EVENTS and _said(tokens, place):
            yield from _by_word(tokens, place, sentence.heading)
    for first, end in capitals(tokens):
        first = without_role(tokens, first, end)
        kind, _ = head(tokens, first, end)
        after = tokens[end].low if end < len(tokens) else ""
        if kind == KIND and (end - first > 1):
            counted = first and _ORDINAL.match(tokens[first - 1].text)
            end = _with_year(tokens, end)
            yield _span(tokens, first - bool(counted), end, "name with the word in it", 6)
        elif not kind and after in NAMING_EVENTS and tokens[first].latin and first:
            yield _span(tokens, first, end + 1, "name before the word", 4)


def _said(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word means an event: a table is one only where it is round."""
    if base(tokens[place].low) not in ("маса", "table"):
        return True
    return place > 0 and tokens[place - 1].low.startswith(("кръгл", "round"))


def _span(tokens: Sequence[Token], first: int, end: int, rule: str, sure: int) -> Span:
    return Span(tokens[first].start, tokens[end - 1].end, KIND, rule, sure)


def _by_word(tokens: Sequence[Token], place: int, heading: bool) -> Iterator[Span]:
    """What stands before and behind a word for an event."""
    first, counted, named = _before(tokens, place)
    end = place + 1
    if close := quoted(tokens, end):
        end, named = close, True
    elif work := _of_a_work(tokens, end):
        end, named = work, named or counted or heading
    elif (run := capital_run(tokens, end)) and not tokens[place].capital:
        begin, end = end, next((b for a, b in capitals(tokens) if a == end), run)
        named = True
        if head(tokens, begin, end)[0] == KIND:
            first = begin  # the name says itself what it is
    elif named and end < len(tokens) and tokens[end].low in ("за", "по"):
        end = noun_phrase(tokens, end + 1) or end
    if not (counted or named):
        return
    if heading and end + 1 < len(tokens) and tokens[end].low in ("в", "във", "in"):
        end = capital_run(tokens, end + 1) or end
    rule = "counted event" if counted else "named event"
    yield _span(tokens, first, _with_year(tokens, end), rule, 7)


def _before(tokens: Sequence[Token], place: int) -> tuple[int, bool, bool]:
    """Where an event begins, whether it is counted, and whether a capital names it."""
    here, named, first = place - 1, False, place
    if here >= 0 and tokens[here].low.startswith(("кръгл", "round")):
        first, here = here, here - 1
    while here >= 0 and place - here <= 4:
        token = tokens[here]
        if _ORDINAL.match(token.text) or _PREVIOUS.match(token.text):
            count = here + 1 < place and tokens[here + 1].low in NUMBERS
            if _ORDINAL.match(token.text) or count:
                return here, True, named
            break
        if token.low in OWN or token.low in NUMBERS:
            here -= 1
            continue
        if not adjective(token) and not (token.latin and not token.capital):
            break
        if token.low in _NO_PART:
            break
        # At the beginning of a sentence every word has a capital.
        if token.capital and here > 0 and tokens[here - 1].word:
            named, first = True, here
        here -= 1
    return first, False, named


def _of_a_work(tokens: Sequence[Token], place: int) -> int:
    """The end of ``по проекта X``, ``of the X project``; 0 where that does not follow."""
    if place + 2 >= len(tokens):
        return 0
    if tokens[place].low in ("по", "на", "от") and base(tokens[place + 1].low) in _WORKS:
        if close := quoted(tokens, place + 2):
            return close
        runs = dict(capitals(tokens))
        return runs.get(place + 2, 0)
    if tokens[place].low in ("of", "in", "under", "within") and tokens[place + 1].low == "the":
        for first, end in capitals(tokens):
            after = base(tokens[end].low) if end < len(tokens) and tokens[end].word else ""
            if first == place + 2 and after in _WORKS:
                return end + 1
            if first == place + 2 and head(tokens, first, end)[0] in ("Project", "Programme"):
                return end
    return 0


def _with_year(tokens: Sequence[Token], end: int) -> int:
    if end < len(tokens) and re.fullmatch(r"20\d\d", tokens[end].text):
        follows = tokens[end + 1].low if end + 1 < len(tokens) else ""
        return end if follows == "г" else end + 1
    return end
