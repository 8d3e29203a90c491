"""Projects, programmes and strategies: by what stands before their name, or their own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ecosystem.documents.lexicon import PROGRAMMES, PROJECTS, base
from ecosystem.documents.organisations import head, without_role
from ecosystem.documents.phrases import (
    capital_run,
    capitals,
    country,
    noun_phrase,
    quoted,
)
from ecosystem.documents.sentences import Sentence, Token
from ecosystem.documents.spans import Span

PLANS = frozenset("стратегия програма план".split())
_WORDS = {**dict.fromkeys(PROJECTS, "Project"), **dict.fromkeys(PROGRAMMES, "Programme")}
_KINDS_BEFORE = frozenset("project programme program initiative challenge".split())


def works(sentence: Sentence) -> Iterator[Span]:
    """The projects and programmes of a sentence, without the word that says which of both."""
    tokens = sentence.tokens
    for place, token in enumerate(tokens):
        kind = _WORDS.get(base(token.low), "") if token.word else ""
        if kind:
            yield from _behind(tokens, place, kind)
        if token.capital and _plan(token):
            yield from _planned(tokens, place)
    for first, end in capitals(tokens):
        first = without_role(tokens, first, end)
        kind, _ = head(tokens, first, end)
        after = tokens[end].low if end < len(tokens) else ""
        before = tokens[first - 1].low if first else ""
        if after in _KINDS_BEFORE and kind in ("", "Project", "Programme"):
            said = kind or _WORDS[base(after)]
            yield _span(tokens, first, end, said, "name before the word", 6)
        elif kind in ("Project", "Programme") and (end - first > 1) and before != "и":
            yield _span(tokens, first, end, kind, "name with the word in it", 6)


def _span(tokens: Sequence[Token], first: int, end: int, kind: str, rule: str, sure: int) -> Span:
    return Span(tokens[first].start, tokens[end - 1].end, kind, rule, sure)


def _behind(tokens: Sequence[Token], place: int, kind: str) -> Iterator[Span]:
    """``the project "X"``, ``project X``."""
    first = place + 1
    if first < len(tokens) and tokens[first].low in (":", "–", "-"):
        first += 1
    if close := quoted(tokens, first):
        yield _span(tokens, first, close, kind, "in quotes behind the word", 7)
        return
    if first >= len(tokens) or not tokens[first].capital:
        return
    run = next((end for begin, end in capitals(tokens) if begin == first), 0)
    run = run or capital_run(tokens, first)
    if run and not (run - first == 1 and country(tokens[first])):
        end = _further(tokens, run)
        own, _ = head(tokens, first, run)
        said = own if own in ("Project", "Programme") else kind
        yield _span(tokens, first, end, said, "name behind the word", 7)


def _further(tokens: Sequence[Token], end: int) -> int:
    """A Bulgarian name goes on with ``за`` and another name: its parts are one."""
    if end + 1 < len(tokens) and tokens[end].low == "за" and not tokens[end - 1].latin:
        if more := capital_run(tokens, end + 1):
            return more
        if more := noun_phrase(tokens, end + 1):
            return more
    return end


def _plan(token: Token) -> bool:
    return base(token.low) in PLANS or token.low in ("план", "планът", "плана")


def _planned(tokens: Sequence[Token], place: int) -> Iterator[Span]:
    """``Стратегия за ...`` with a capital inside a sentence."""
    if place == 0:
        return
    end = place + 1
    while end + 1 < len(tokens) and tokens[end].low in ("за", "на", "по"):
        phrase = noun_phrase(tokens, end + 1)
        if not phrase:
            break
        end = phrase
    if end == place + 1:
        return
    if end + 1 < len(tokens) and tokens[end].low in ("в", "на"):
        end = capital_run(tokens, end + 1) or end
    if end + 1 < len(tokens) and tokens[end].low == "до" and tokens[end + 1].text.isdigit():
        end += 2
    yield _span(tokens, place, end, "Programme", "strategy or plan", 6)
