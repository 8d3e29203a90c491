"""Pieces of sentences that are names: in quotes, in capitals, phrases that go on behind one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from string import ascii_uppercase

from ecosystem.countries import country_name
from ecosystem.documents.given_names import GIVEN
from ecosystem.documents.lexicon import (
    CONNECTORS,
    EVENTS,
    GENERIC,
    LEGAL,
    PLURALS,
    PROGRAMMES,
    PROJECTS,
    PROPER_ADJECTIVES,
    STOP,
    VERB_ENDINGS,
    base,
)
from ecosystem.documents.sentences import Token

OPENING, CLOSING = "„“\"«‘'", "“”\"»’'"
DASHES = "-–—"
MOST_QUOTED = 16
_ADJECTIVE = re.compile(
    r"(?:ск|шк|жк|чк|цк|н|в|т|ч|ш)(?:и|а|о|ата|ото|ите|ия|ият)$|(?:ен|ов|ев|ин)$", re.IGNORECASE
)
_LEGAL = re.compile(f"{LEGAL}$")
_SAID_BEFORE = PROJECTS | PROGRAMMES | GENERIC | EVENTS
"""Bulgarian words before a name that are no part of it, with a capital at the beginning."""
_BEGIN = frozenset(
    "the a an in on at this that these those it we our their its his her as for with by from to "
    "and but "
    "after before during since when while where what who how both all another other each some "
    "many more most "
    "if there here he she they i you my your last next today yesterday tomorrow among at of also "
    "mr mrs ms dr prof eng".split()
)
ROLES = re.compile(
    r"(?:вице|зам|заместник)?-?(?:директор|кмет|председател|ректор|министър|експерт|ръководител|"
    r"мениджър|"
    r"координатор|основател|съосновател|управител|президент|декан|съветник|"
    r"началник|секретар|консултант|собственик|специалист|преподавател|организатор|програмист|"
    r"учен|посланик|"
    r"професор|доцент|изследовател|говорител|водещ|шеф|инженер|архитект|заместник|член)"
    r"(?:ът|а|ят|я|ка|ката|ша|шата|ова)?$|"
    r"(?:director|mayor|chair|chairman|chairwoman|chairperson|rector|minister|expert|head|"
    r"manager|coordinator|"
    r"founder|co-founder|cofounder|ceo|cto|cfo|president|dean|adviser|advisor|secretary|"
    r"consultant|owner|"
    r"specialist|lecturer|professor|organiser|organizer|officer|lead|leader|engineer|architect|"
    r"deputy|"
    r"researcher|spokesperson|ambassador|partner|member|vice-president|vice-rector)$",
    re.IGNORECASE,
)


def quoted(tokens: Sequence[Token], place: int) -> int:
    """Where what is in quotes from ``place`` on ends, past its closing sign; 0 where nothing is."""
    if place >= len(tokens) or tokens[place].text not in OPENING:
        return 0
    for end in range(place + 1, min(len(tokens), place + MOST_QUOTED)):
        if tokens[end].text in CLOSING and end > place + 1:
            return end + 1
    return 0


def adjective(token: Token) -> bool:
    """Whether a Bulgarian word looks like an adjective."""
    return token.word and not token.latin and _ADJECTIVE.search(token.text) is not None


def proper(token: Token) -> bool:
    """Whether an adjective is one with which a name begins."""
    return token.low.startswith(tuple(PROPER_ADJECTIVES)) or token.low.endswith(
        ("ски", "ска", "ско", "ската", "ския", "ският", "ското")
    )


@cache
def _countries() -> frozenset[str]:
    """The names of countries, in both languages."""
    codes = ("".join(pair) for pair in product(ascii_uppercase, repeat=2))
    return frozenset(
        name.casefold() for code in codes for name in country_name(code) if name != code
    )


def country(token: Token) -> bool:
    """Whether a word is the name of a country."""
    return token.capital and token.low in _countries()


def _plain(token: Token) -> bool:
    """Whether a word can be a part of a phrase in small letters."""
    return (
        token.word
        and not token.capital
        and not token.latin
        and not token.text[0].isdigit()
        and token.low not in STOP
        and token.low not in PLURALS
    )


def noun_phrase(tokens: Sequence[Token], place: int) -> int:
    """The end of adjectives and one noun in small letters from ``place`` on; 0 where none are."""
    end = place
    if end < len(tokens) and tokens[end].capital and adjective(tokens[end]):
        if not (end + 1 < len(tokens) and _plain(tokens[end + 1])):
            return 0
        end += 1
    while end < len(tokens) and _plain(tokens[end]) and adjective(tokens[end]) and end - place < 4:
        end += 1
    if end < len(tokens) and _plain(tokens[end]) and not tokens[end].low.endswith(VERB_ENDINGS):
        end += 1
    if end == place:
        return 0
    # One more behind "and", where it is no other thing.
    more = end + 1
    if end < len(tokens) and tokens[end].low == "и" and more < len(tokens):
        following = noun_phrase(tokens, more) if _plain(tokens[more]) else 0
        if following and not any(base(one.low) for one in tokens[more:following]):
            return following
    return end


def tail(tokens: Sequence[Token], place: int, prepositions: Sequence[str]) -> tuple[int, bool]:
    """Where a name that has begun ends, and whether what goes on is itself a name."""
    end, named = place, False
    for _ in range(4):
        if close := quoted(tokens, end):
            return close, True
        capitals = capital_run(tokens, end) if end == place or named else 0
        if capitals:
            return capitals, True
        if end + 1 >= len(tokens):
            break
        here, after = tokens[end], tokens[end + 1]
        if here.text in DASHES and here.start > tokens[end - 1].end and after.capital:
            capitals = capital_run(tokens, end + 1)
            if capitals and capitals - end <= 3:
                return capitals, True
        if here.low == "на" and end > place and _region(tokens, end + 1):
            return _region(tokens, end + 1), True
        if here.low in prepositions and (phrase := noun_phrase(tokens, end + 1)):
            end = phrase
            continue
        if here.low == "в" and country(after):
            end += 2
        break
    return end, named


def _region(tokens: Sequence[Token], place: int) -> int:
    """The end of a country, or a part of one, that begins here; else 0."""
    end = capital_run(tokens, place)
    return end if end and end - place <= 2 and country(tokens[end - 1]) else 0


LONGEST_RUN = 40
"""Words and signs beyond which words with capitals are a list, and no name."""


def capital_run(tokens: Sequence[Token], place: int) -> int:
    """The end of words with capitals that follow each other, none of them somebody's; else 0."""
    end = place
    while end < len(tokens) and tokens[end].capital and tokens[end].low not in GIVEN:
        if end > place and tokens[end].start > tokens[end - 1].end + 1:
            break
        end += 1
    return end if end > place else 0


def capitals(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Runs of words with capitals, Latin ones with the small words between them."""
    place = 0
    ends: dict[int, int] = {}
    while place < len(tokens):
        first = tokens[place]
        begins = first.low in _BEGIN or (not first.latin and base(first.low) in _SAID_BEFORE)
        if not first.capital or (begins and not first.all_capitals):
            place += 1
            continue
        end = _run(tokens, place, ends)
        while end > place and tokens[end - 1].low in CONNECTORS:
            end -= 1
        if end > place:
            yield place, end
        place = max(end, place + 1)


def _run(tokens: Sequence[Token], place: int, ends: dict[int, int]) -> int:
    """Where a name that begins at ``place`` ends; ``ends`` are those that are known already.

    A word that joins looks at the name behind it, whose joining words look further: without what
    is known a list of thirty names would be gone through a thousand million times.
    """
    if place not in ends:
        ends[place] = _end(tokens, place, ends)
    return ends[place]


def _end(tokens: Sequence[Token], place: int, ends: dict[int, int]) -> int:
    end = place + 1
    last = min(len(tokens), place + LONGEST_RUN)
    while end < last:
        token = tokens[end]
        if "\n" in token.text or token.start > tokens[end - 1].end + 1:
            break
        if token.capital or (token.text.isdigit() and end > place):
            end += 1
        elif token.low in CONNECTORS and token.text != "&" and _joins(tokens, place, end, ends):
            end += 1 + (tokens[end + 1].low == "the")
        elif token.text == "&" and end + 1 < len(tokens) and tokens[end + 1].capital:
            end += 1
        else:
            break
    return end


def _joins(tokens: Sequence[Token], place: int, here: int, ends: dict[int, int]) -> bool:
    """Whether a small Latin word joins two parts of one name."""
    word = tokens[here].low
    after = here + 1 + (here + 1 < len(tokens) and tokens[here + 1].low == "the")
    if after >= len(tokens) or not tokens[after].capital or not tokens[after].latin:
        return False
    if word in ("at", "on"):
        return False
    if word == "in":
        return country(tokens[after])
    if word == "and":
        if after > here + 1:
            return False  # an article begins another name
        before = [one.low for one in tokens[place:here]]
        following = _run(tokens, after, ends)
        others = any(base(one.low) or legal(one) for one in tokens[after:following])
        return bool({"of", "for"} & set(before)) and not others
    return word in ("of", "for", "the", "de", "la", "du", "des")


def legal(token: Token) -> bool:
    """Whether a word is the legal form of a company."""
    return _LEGAL.match(token.text) is not None
