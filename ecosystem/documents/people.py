"""People: a given name with a family name, or a title or role beside two names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ecosystem.documents.given_names import GIVEN
from ecosystem.documents.lexicon import FORMS, base
from ecosystem.documents.phrases import CLOSING, OPENING, ROLES
from ecosystem.documents.sentences import Sentence, Token
from ecosystem.documents.spans import Span

KIND = "Person"
TITLES = frozenset("д-р проф доц инж арх акад гл ас dr prof mr mrs ms eng г-н г-жа".split())
_FAMILY = re.compile(
    r"(?:ов|ова|ев|ева|ски|ска|чки|чка|цки|цка|ин|ина|ов|ян|янц)$|(?:ov|ova|ev|eva|ski|ska|sky|"
    r"in|ina)$"
)
_PLACES = frozenset("ул бул пл жк площад улица булевард стадион street boulevard square".split())


def people(sentence: Sentence) -> Iterator[Span]:
    """The people of a sentence by their full names, titles left out."""
    tokens = sentence.tokens
    place = 0
    while place < len(tokens):
        end = _name(tokens, place)
        if end and not _of_a_place(tokens, place):
            rule = "given name" if tokens[place].low in GIVEN else "title or role"
            yield Span(tokens[place].start, tokens[end - 1].end, KIND, rule, 8)
            place = end
        else:
            place += 1


def family_name(token: Token) -> bool:
    """Whether a word ends as Bulgarian family names do."""
    return token.capital and _FAMILY.search(token.low) is not None and len(token.text) > 3


def looks_like_one(tokens: Sequence[Token]) -> bool:
    """Whether words that stand alone are somebody's name."""
    words = [one for one in tokens if one.word]
    return (
        2 <= len(words) <= 3
        and len(words) == len(tokens)
        and all(one.capital and not one.all_capitals for one in words)
        and (words[0].low in GIVEN or family_name(words[-1]))
        and not any(base(one.low) for one in words)
    )


def _name(tokens: Sequence[Token], place: int) -> int:
    """The end of a full name that begins here; 0 where none does."""
    first = tokens[place]
    if not _may_be_named(first):
        return 0
    end = place + 1
    while end < len(tokens) and end - place < 4:
        here = tokens[end]
        initial = here.text == "." and len(tokens[end - 1].text) == 1
        apart = here.start > tokens[end - 1].end + 1
        if apart or not (_may_be_named(here) or initial):
            break
        end += 1
    words = [one for one in tokens[place:end] if one.word]
    if len(words) < 2:
        return 0
    if first.low in GIVEN:
        # The third name is a family name too; another word with a capital is something else.
        while len(words) > 2 and not family_name(words[-1]) and first.text[0] > "z":
            words.pop()
        return _place_of(tokens, words[-1])
    beside = _before(tokens, place) and _fits(words)
    if len(words) == 2 and (beside or _with_role(tokens, _place_of(tokens, words[-1]))):
        return _place_of(tokens, words[-1])
    return 0


def _place_of(tokens: Sequence[Token], token: Token) -> int:
    return next(n for n, one in enumerate(tokens) if one is token) + 1


def _with_role(tokens: Sequence[Token], end: int) -> bool:
    """Whether ``, a role`` follows a name."""
    if end >= len(tokens) or tokens[end].text != ",":
        return False
    for token in tokens[end + 1 : end + 5]:
        if not token.word:
            return False
        if ROLES.match(token.text):
            return True
    return False


def _fits(words: Sequence[Token]) -> bool:
    return family_name(words[-1]) or words[-1].latin


def _may_be_named(token: Token) -> bool:
    return (
        token.word
        and token.capital
        and not token.all_capitals
        and not base(token.low)
        and token.low not in TITLES
        and not token.text[0].isdigit()
        and not ROLES.match(token.text)
    )


def _before(tokens: Sequence[Token], place: int) -> bool:
    """Whether a title or a role stands right before a name."""
    here = place - 1
    if here >= 0 and tokens[here].text == ".":
        here -= 1
    return here >= 0 and (tokens[here].low in TITLES or ROLES.match(tokens[here].text) is not None)


def _of_a_place(tokens: Sequence[Token], place: int) -> bool:
    """Whether a name is that of a street or of something in quotes."""
    before = [one.low for one in tokens[max(0, place - 3) : place]]
    return bool(before) and (
        base(before[-1]) in FORMS
        or (before[-1] in OPENING and before[-1] not in CLOSING)
        or bool(set(before) & _PLACES)
    )
