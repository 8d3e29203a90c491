"""Organisations: by a word that says what they are, a legal form, or what stands before a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ecosystem.documents.given_names import GIVEN
from ecosystem.documents.lexicon import (
    EVENTS,
    FORMS,
    GENERIC,
    LOWER_TOO,
    MONTHS,
    PROGRAMMES,
    PROJECTS,
    base,
    definite,
)
from ecosystem.documents.phrases import (
    CLOSING,
    ROLES,
    adjective,
    capital_run,
    capitals,
    country,
    legal,
    proper,
    quoted,
    tail,
)
from ecosystem.documents.sentences import Sentence, Token
from ecosystem.documents.spans import Span

PREPOSITIONS = ("за", "по", "на", "към", "при")
KIND = "Organisation"
_PEOPLES = ("ian", "ish", "ese", "can", "rch", "nch")
_TAUGHT = frozenset("университет колеж академия гимназия съвет".split())
_BEFORE_OF = frozenset(
    "programme program agenda representatives delegation partners participants winners members "
    "team "
    "students experts list mission results".split()
)
"""Words that stand with ``of`` before a name, with a capital where they begin a sentence."""
_WHOLE = ("европейск", "министерск"), frozenset("комисия парламент съвет съюз".split())
"""Bodies whose name ends with the type word: what is behind it belongs to something else."""


def organisations(sentence: Sentence) -> Iterator[Span]:
    """The organisations of a sentence."""
    tokens = sentence.tokens
    for place, token in enumerate(tokens):
        if token.word and not token.latin and base(token.low) in FORMS:
            yield from _by_word(tokens, place)
        if legal(token):
            yield from _by_form(tokens, place)
        if token.word and base(token.low) in GENERIC:
            yield from _called(tokens, place)
        if token.word and ROLES.match(token.text):
            yield from _served(tokens, place)
    yield from _in_capitals(tokens)


def _span(tokens: Sequence[Token], first: int, end: int, rule: str, form: str, sure: int) -> Span:
    return Span(tokens[first].start, tokens[end - 1].end, KIND, rule, sure, form)


def _by_word(tokens: Sequence[Token], place: int) -> Iterator[Span]:
    """``Capital adjectives + word + what it is for``, and ``word "Name"``."""
    token, said = tokens[place], base(tokens[place].low)
    first = _adjectives(tokens, place)
    whole = first < place and tokens[first].low.startswith(_WHOLE[0]) and said in _WHOLE[1]
    end, named = (place + 1, False) if whole else tail(tokens, place + 1, PREPOSITIONS)
    if end == place + 1 and end < len(tokens) and tokens[end].low == "мениджър":
        end, named = tail(tokens, end + 1, PREPOSITIONS)
    if said in _TAUGHT and end == place + 1 and end + 1 < len(tokens) and tokens[end].low == "в":
        end = capital_run(tokens, end + 1) or end
    form = FORMS[said]
    begins = first == 0 or not tokens[first - 1].word
    if first < place and (not begins or proper(tokens[first])):
        yield _span(tokens, first, end, "adjective and type word", form, 6)
    elif named and (token.capital or said in LOWER_TOO or _in_quotes(tokens, place)):
        yield _span(tokens, place, end, "type word and name", form, 6)
    elif token.capital and end > place + 1 and _goes_with(tokens, place, end):
        yield _span(tokens, place, end, "type word and purpose", form, 6)


def _goes_with(tokens: Sequence[Token], place: int, end: int) -> bool:
    """Whether a purpose makes a name of a type word; with the article only of a sort of people."""
    if not definite(tokens[place].text):
        return True
    plural = tokens[end - 1].low.endswith(("ите", "овете"))
    placed = tokens[place + 1].low == "в" and base(tokens[place].low) in _TAUGHT
    return placed or (place > 0 and (plural or tokens[place + 1].low == "за"))


def _in_quotes(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word without an article stands before a name in quotes."""
    return bool(quoted(tokens, place + 1)) and not definite(tokens[place].text)


def _adjectives(tokens: Sequence[Token], place: int) -> int:
    """Where the adjectives before a word begin with a capital; the word itself where none does."""
    first, here = place, place - 1
    while here >= 0 and place - here <= 4 and adjective(tokens[here]):
        if tokens[here].capital:
            first = here
        elif first < place:
            break
        here -= 1
    return first


def _by_form(tokens: Sequence[Token], place: int) -> Iterator[Span]:
    """A name, in quotes or capitals, with a legal form behind it."""
    here = place - 1
    if here >= 0 and tokens[here].text == ",":
        here -= 1
    if here < 0:
        return
    if tokens[here].text in CLOSING:
        for first in range(here - 1, max(-1, here - 12), -1):
            if quoted(tokens, first) == here + 1:
                yield _span(tokens, first, place + 1, "legal form", "company", 8)
                return
    first = here
    while first >= 0 and (tokens[first].capital or tokens[first].text == "&"):
        first -= 1
    if first < here:
        yield _span(tokens, first + 1, place + 1, "legal form", "company", 8)


def _called(tokens: Sequence[Token], place: int) -> Iterator[Span]:
    """``the company X``: what is called a company is the name behind it."""
    first = place + 1
    while end := quoted(tokens, first) or capital_run(tokens, first):
        yield _span(tokens, first, end, "called a company", "company", 5)
        several = tokens[place].low.endswith(("ите", "и", "ies", "s"))
        more = end + 1 < len(tokens) and tokens[end].low in (",", "и", "and")
        if not (several and more):
            return
        first = end + 1


def _served(tokens: Sequence[Token], place: int) -> Iterator[Span]:
    """``director of X``: what has a director is an organisation, unless it is a place."""
    first = place + 1
    if first >= len(tokens) or tokens[first].low not in ("of", "at", "на", "в", "във"):
        return
    first += 1 + (first + 1 < len(tokens) and tokens[first + 1].low == "the")
    run = next((end for begin, end in capitals(tokens) if begin == first), 0)
    end = quoted(tokens, first) or run
    if end and not head(tokens, first, end)[0] and not country(tokens[end - 1]):
        yield _span(tokens, first, end, "somebody's post is there", "", 3)


def _in_capitals(tokens: Sequence[Token]) -> Iterator[Span]:
    """Names in capitals whose head says what they are, or which a small type word follows."""
    for first, end in capitals(tokens):
        first = _from_its_word(tokens, without_role(tokens, first, end), end)
        kind, form = head(tokens, first, end)
        following = base(tokens[end].low) if end < len(tokens) and tokens[end].word else ""
        close = following and tokens[end].start == tokens[end - 1].end + 1
        if kind == KIND and end - first > 1:
            yield _span(tokens, first, end, "name with a type word", form, 6)
        elif close and following in FORMS and not kind and _may_be_named(tokens, first, end):
            end, _ = tail(tokens, end + 1, ("за", "по"))
            yield _span(tokens, first, end, "name and type word", FORMS[following], 5)
        elif not kind and tokens[first].word and _apposed(tokens, first, end):
            yield _span(tokens, first, end, "called a company", "", 4)
        elif close and following in GENERIC and not kind and first and _no_people(tokens, first):
            yield _span(tokens, first, end, "called a company", "company", 4)


def _no_people(tokens: Sequence[Token], first: int) -> bool:
    """Whether a Latin word with a capital is a name, and not as in ``a Galician startup``."""
    token = tokens[first]
    return (
        token.latin
        and tokens[first - 1].low not in ("a", "an")
        and (not token.low.endswith(_PEOPLES))
    )


def _from_its_word(tokens: Sequence[Token], first: int, end: int) -> int:
    """Where a Bulgarian name begins: a word before its type word only begins the sentence."""
    if tokens[first].latin or proper(tokens[first]):
        return first
    words = range(first + 1, end - 1)
    return next((n for n in words if base(tokens[n].low) in FORMS), first)


def _apposed(tokens: Sequence[Token], first: int, end: int) -> bool:
    """``X, a young company``: a word for an organisation soon behind a comma."""
    known = tokens[first].low in GIVEN or tokens[first].low in MONTHS
    if end >= len(tokens) or tokens[end].text != "," or known:
        return False
    for token in tokens[end + 1 : end + 5]:
        if not token.word or (token.capital and not token.low.endswith(_PEOPLES)):
            return False
        if base(token.low) in GENERIC or base(token.low) in FORMS:
            return not definite(token.text) or token.latin
    return False


def _may_be_named(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Whether words before a small type word are a name and no mere beginning of a sentence."""
    alone = end - first == 1
    return tokens[first].latin and (first > 0 or tokens[first].all_capitals or not alone)


def without_role(tokens: Sequence[Token], first: int, end: int) -> int:
    """Where a name begins behind ``Director of`` or ``Jane Doe of``."""
    if first + 3 < end and tokens[first].low in GIVEN and tokens[first + 2].low in ("of", "from"):
        return first + 3 + (tokens[first + 3].low == "the")
    for place in range(first, end - 1):
        if tokens[place + 1].low in ("of", "at", "for") and _no_name(tokens[place]):
            behind = place + 2 + (tokens[place + 2].low == "the" if place + 2 < end else 0)
            return behind if behind < end else first
    return first


def _no_name(token: Token) -> bool:
    return token.low in _BEFORE_OF or ROLES.match(token.text) is not None


def head(tokens: Sequence[Token], first: int, end: int) -> tuple[str, str]:
    """The kind that a name in capitals says of itself, and the form of an organisation.

    English names end in what they are, or have it before their first ``of`` or ``for``.
    """
    words = [one for one in tokens[first:end] if one.word]
    while words and words[-1].text[0].isdigit():
        words.pop()
    if not words:
        return "", ""
    places = [n for n, one in enumerate(words) if one.low in ("of", "for")]
    heads = [words[places[0] - 1]] if places and places[0] else []
    if places == [1] and words[0].text == "City":
        return KIND, "public-authority"
    for word in (*heads, words[-1], *reversed(words[:-1])):
        said = base(word.low)
        if not said or (not word.capital and word.latin):
            continue
        if said in EVENTS:
            return "Event", ""
        if said in PROGRAMMES:
            return "Programme", ""
        if said in PROJECTS:
            return "Project", ""
        if said in FORMS:
            return KIND, FORMS[said]
    return "", ""
