"""Lists of who took part: each item is a name, whatever it looks like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from ecosystem.documents.lexicon import CONNECTORS, FORMS, GENERIC, PROGRAMMES, PROJECTS, base
from ecosystem.documents.people import looks_like_one
from ecosystem.documents.phrases import CLOSING, OPENING, ROLES
from ecosystem.documents.sentences import Sentence, Token
from ecosystem.documents.spans import Span

PARTICIPANT, PARTNER = "participant", "partner"
_CUES = (
    (
        PARTICIPANT,
        r"включи(?:ха|ли)? се|се включи(?:ха|ли)?|участва(?:ха|т|ли)?\b|взе(?:ха|ли)? участие|"
        r"присъства(?:ха|т|ли)?\b|"
        r"(?:участници|гости)(?:те)?(?: (?:в|на) [^:.,]{0,40}?)?(?: (?:са|бяха)\b|(?=:))|"
        r"took part|take part|participated|attended|were joined by|participants(?: (?:are|were|"
        r"included?)|(?=:))|"
        r"present(?=:)|присъствали(?=:)|participating cities|градове(?:те)? участници|"
        r"участващи(?:те)? градове|"
        r"attendees(?: (?:are|were|included?))?|participating organi[sz]ations",
    ),
    (
        PARTNER,
        r"партньори(?:те)?(?: (?:по|в|на) [^:.,]{0,60}?)?(?: (?:са|бяха)\b|(?=:))|"
        r"partners(?: (?:in|of) [^:.,]{0,60}?)?(?: (?:are|were|include[ds]?)\b|(?=:))|"
        r"консорциум[аът]*(?: включва)?|consortium(?: includes)?",
    ),
)
_CUE = [(role, re.compile(f"(?:{cue})", re.IGNORECASE)) for role, cue in _CUES]
LONGEST_ITEM = 10
_DESCRIBING = frozenset(
    "са бяха е are were is include included представители на от както и също самите и още and "
    "also well as representatives of the from".split()
)


@dataclass(frozen=True)
class Item:
    """One of a list: the span of its name, and what stands in brackets behind it."""

    span: Span
    beside: Span | None


@dataclass(frozen=True)
class Listed:
    """A list behind a colon: where its cue stands, the role it gives, its items."""

    start: int
    role: str
    items: Sequence[Item]


def listed(text: str, sentence: Sentence, proposed: Iterable[Span]) -> Iterator[Listed]:
    """The lists of a sentence: behind a colon after a cue, right behind the cue, or before it."""
    known = {(one.start, one.end) for one in proposed}
    tokens = sentence.tokens
    said = text[sentence.start : sentence.end]
    cues = [(m.start(), m.end(), role) for role, cue in _CUE for m in cue.finditer(said)]
    for place, token in enumerate(tokens):
        if token.text != ":":
            continue
        cued = [one for one in cues if sentence.start + one[1] <= token.start]
        if cued:
            start, _, role = max(cued)
            items = [item for part in _parts(tokens[place + 1 :]) if (item := _item(part))]
            if len(items) > 1:
                yield Listed(sentence.start + start, role, items)
            return
    for start, end, role in cues:
        behind = [one for one in tokens if one.start >= sentence.start + end]
        before = [one for one in tokens if one.end <= sentence.start + start]
        items = _names(behind, known)
        if len(items) < 2 and before:
            items = _names(before, known)
            items = items if items and items[-1].span.end == before[-1].end else []
        if len(items) > 1:
            yield Listed(sentence.start + start, role, items)
            return


def below(text: str, sentences: Sequence[Sentence], place: int) -> Listed | None:
    """The list in the lines below a cue with a colon, an item in each; None where there is none.

    It ends with a sentence, a long line, or the cue of another list: nobody stands in two.
    """
    cue = sentences[place]
    begun = _begins(text, cue)
    if begun is None:
        return None
    items: list[Item] = []
    for sentence in islice(sentences, place + 1, None):
        ended = text[sentence.end - 1] == "." or sentence.end - sentence.start > 160
        if ended or _begins(text, sentence):
            break
        if item := _line(sentence.tokens):
            items.append(item)
    start, role = begun
    return Listed(cue.start + start, role, items) if items else None


def _begins(text: str, line: Sentence) -> tuple[int, str] | None:
    """Where the last cue of a line with a colon at its end stands, and the role that it gives."""
    if text[line.end - 1] != ":":
        return None
    said = text[line.start : line.end]
    return max(((m.start(), role) for role, one in _CUE for m in one.finditer(said)), default=None)


def _line(tokens: Sequence[Token]) -> Item | None:
    """What stands in a line of its own: who, and behind a comma or dash of which organisation."""
    first = 0
    while first < len(tokens) and (not tokens[first].word or tokens[first].text.isdigit()):
        if tokens[first].text in OPENING:
            break
        first += 1
    parts = list(_parts([_comma(one) for one in tokens[first:]]))
    item = _item(parts[0]) if parts else None
    if item is None or item.span.kind != "Person" or item.beside:
        return item
    named = (_item(part) for part in parts[1:] if not ROLES.match(part[0].text))
    return replace(item, beside=next((one.span for one in named if one), None))


def _comma(token: Token) -> Token:
    """A dash between a name and what it belongs to parts them as a comma does."""
    return replace(token, text=",") if token.text in "–—" else token


def _names(tokens: Sequence[Token], known: set[tuple[int, int]]) -> list[Item]:
    """The items of a list up to the first that is no name."""
    items: list[Item] = []
    for part in _parts(tokens):
        item = _item(part)
        if item is None or not _whole(part, item, known):
            break
        items.append(item)
    return items


def _whole(part: Sequence[Token], item: Item, known: set[tuple[int, int]]) -> bool:
    """Whether an item is a name alone: behind a cue the sentence may go on with something else."""
    words = [
        one
        for one in part
        if one.word and item.span.start <= one.start and one.end <= item.span.end
    ]
    last = part[-1].end in (item.span.end, item.beside.end + 1 if item.beside else -1)
    named = all(one.capital or one.low in CONNECTORS for one in words)
    there = (item.span.start, item.span.end) in known
    return last and (named or there or any(one.text in OPENING for one in part))


def _parts(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """What stands between commas, semicolons and the last ``and``, brackets and quotes whole."""
    part: list[Token] = []
    deep = quoted = 0
    for place, token in enumerate(tokens):
        if token.text == "(":
            deep += 1
        elif token.text == ")":
            deep = max(0, deep - 1)
        elif token.text in OPENING and not quoted:
            quoted = 1
        elif token.text in CLOSING and quoted:
            quoted = 0
        last = token.low in ("и", "and") and _begins_another(tokens, place)
        if not deep and not quoted and (token.text in (",", ";", ".") or last):
            if part and not (token.text == "." and len(part[-1].text) == 1):
                yield part
                part = []
            continue
        part.append(token)
    if part:
        yield part


def _begins_another(tokens: Sequence[Token], place: int) -> bool:
    following = tokens[place + 1 : place + 4]
    return any(one.capital or one.text in OPENING for one in following[:2]) and not any(
        one.text in (",", ";") for one in following[:1]
    )


def _item(tokens: Sequence[Token]) -> Item | None:
    """The name of an item with its kind; None where it begins with no name."""
    first, kind = 0, "Organisation"
    while first < len(tokens) and _describes(tokens, first):
        said = base(tokens[first].low)
        if said in PROJECTS:
            kind = "Project"
        elif said in PROGRAMMES:
            kind = "Programme"
        elif said and said not in GENERIC:
            break  # a type word in small letters is a part of the name
        elif not said and not _describing(tokens, first):
            return None
        first += 1
    end = next((n for n, one in enumerate(tokens) if one.text == "(" and n > first), len(tokens))
    dashes = (n for n in range(first + 1, end - 1) if tokens[n].text in "–—")
    end = next((n for n in dashes if not tokens[n + 1].capital), end)
    name = tokens[first:end]
    if not name or len(name) > LONGEST_ITEM or ROLES.match(name[0].text):
        return None
    if looks_like_one(name):
        kind = "Person"
    beside = _beside(tokens[end + 1 :])
    span = Span(name[0].start, name[-1].end, kind, "list of participants", 9)
    if kind == "Organisation" and _of_somebody(name, tokens[end + 1 :]):
        span = replace(span, kind="Person")
    return Item(span, beside)


def _of_somebody(name: Sequence[Token], behind: Sequence[Token]) -> bool:
    """``Two Words (Institute of ...)``: who has an organisation in brackets is a person."""
    plain = len(name) in (2, 3) and all(one.word and one.capital for one in name)
    known = any(base(one.low) in FORMS for one in name)
    return plain and not known and any(base(one.low) in FORMS for one in behind)


def _describes(tokens: Sequence[Token], place: int) -> bool:
    token = tokens[place]
    if token.capital:
        return place == 0 and token.low in _DESCRIBING
    return token.text not in OPENING


def _describing(tokens: Sequence[Token], place: int) -> bool:
    following = tokens[place + 1].low if place + 1 < len(tokens) else ""
    return tokens[place].low in _DESCRIBING or following in ("на", "от", "of", "from")


def _beside(tokens: Sequence[Token]) -> Span | None:
    """Somebody's name or another name in brackets behind an item."""
    inside = [one for one in tokens if one.text not in "()"]
    if not inside or not inside[0].capital:
        return None
    kind = "Person" if looks_like_one(inside) else ""
    return Span(inside[0].start, inside[-1].end, kind, "in brackets", 9)
