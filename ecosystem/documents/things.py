"""What a text names: mentions found by all rules, those of one thing together."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from ecosystem.documents.alike import name_key, word_key
from ecosystem.documents.cities import Gazetteer, cities
from ecosystem.documents.events import events
from ecosystem.documents.known import Known
from ecosystem.documents.lexicon import EVENTS, FORMS, ORDINALS, PREVIOUS, base, definite
from ecosystem.documents.lists import Item, Listed, below, listed
from ecosystem.documents.organisations import organisations
from ecosystem.documents.people import family_name, people
from ecosystem.documents.sentences import Sentence, Shadow, Token
from ecosystem.documents.spans import WORKS, Span, begins_at, chosen, in_order
from ecosystem.documents.works import works

SHORT, AGAIN, BESIDE = "short form", "named again", "another name in brackets"
_ORDINAL = re.compile(rf"\b(?:{ORDINALS})\b", re.IGNORECASE)
_PREVIOUS = re.compile(rf"\b(?:{PREVIOUS})\b", re.IGNORECASE)
_NUMBERS = (
    ("първ", "first"), ("втор", "second"), ("трет", "third"), ("четв", "fourth"),
    ("пет", "fifth"), ("шест", "sixth"), ("седм", "seventh"), ("осм", "eighth"),
    ("девет", "ninth"), ("десет", "tenth"),
)  # fmt: skip


@dataclass(eq=False)
class Thing:
    """Something that a text names, with its mentions in the order of the text."""

    number: int
    kind: str
    spans: list[Span] = field(default_factory=list)
    form: str = ""
    since: str = ""
    until: str = ""
    whole: Span | None = None

    @property
    def first(self) -> Span:
        """The mention by which it is called: the first that is no short form."""
        return self.whole or self.spans[0]

    def add(self, span: Span) -> None:
        """Take in one more mention."""
        insort(self.spans, span, key=begins_at)
        self.form = self.form or span.form
        earlier = self.whole is None or span.start < self.whole.start
        if earlier and span.rule not in (SHORT, BESIDE):
            self.whole = span


@dataclass
class Found:
    """The things of a text, who is mentioned where, and the lists of who took part.

    Mentions are asked for by their place: a text of thousands asks for each of them.
    """

    shadow: Shadow
    things: list[Thing] = field(default_factory=list)
    of: dict[Span, Thing] = field(default_factory=dict)
    lists: list[tuple[Sentence, Listed]] = field(default_factory=list)
    placed: list[Span] = field(default_factory=list)
    exact: dict[tuple[int, int], Thing] = field(default_factory=dict)
    longest: int = 0

    def add(self, span: Span, thing: Thing) -> None:
        """Take in that a thing is mentioned there."""
        thing.add(span)
        self.of[span] = thing
        insort(self.placed, span, key=in_order)
        self.exact.setdefault((span.start, span.end), thing)
        self.longest = max(self.longest, len(span))

    def begun(self, start: int, end: int) -> list[Span]:
        """The mentions that begin in a part of the text, in its order."""
        first = bisect_left(self.placed, start, key=begins_at)
        return self.placed[first : bisect_left(self.placed, end, first, key=begins_at)]

    def within(self, start: int, end: int) -> list[Span]:
        """The mentions in a part of the text."""
        return [one for one in self.begun(start, end) if one.end <= end]

    def around(self, span: Span) -> Iterator[Span]:
        """The mentions in which another lies, itself among them."""
        near = self.begun(span.end - self.longest, span.start + 1)
        return (one for one in near if one.around(span))

    def at(self, span: Span) -> Thing | None:
        """What is mentioned exactly there, or in what stands around it."""
        if thing := self.exact.get((span.start, span.end)):
            return thing
        return next((self.of[one] for one in self.around(span)), None)


def _item_start(item: Item) -> int:
    return item.span.start


def things(text: str, known: Known, places: Gazetteer) -> Found:
    """Everything that the rules find in a text."""
    shadow = Shadow.of(text)
    found = Found(shadow)
    spans: list[Span] = []
    beside: dict[tuple[int, int], Span] = {}
    lined = [below(shadow.text, shadow.sentences, n) for n in range(len(shadow.sentences))]
    in_lines = sorted((item for one in lined if one for item in one.items), key=_item_start)
    found.lists += [
        (sentence, one)
        for sentence, one in zip(shadow.sentences, lined, strict=True)
        if one is not None
    ]
    for sentence in shadow.sentences:
        proposed = list(_proposed(sentence, known, places))
        first = bisect_left(in_lines, sentence.start, key=_item_start)
        for item in in_lines[first : bisect_left(in_lines, sentence.end, first, key=_item_start)]:
            proposed.append(_better(item.span, proposed))
            if item.beside:
                proposed.append(_better(item.beside, proposed))
        for one in listed(shadow.text, sentence, list(proposed)):
            found.lists.append((sentence, one))
            for item in one.items:
                proposed.append(_better(item.span, proposed))
                if item.beside:
                    proposed += _in_brackets(shadow.text, item.beside, places)
                    if item.beside.kind != "Person" and item.span.kind != "Person":
                        beside[item.beside.start, item.beside.end] = item.span
        spans += chosen(proposed)
    spans = [*spans, *_abbreviations(shadow, spans, beside)]
    spans = _again(shadow, spans)
    _together(found, _of_one_kind(shadow.text, spans), beside)
    _short_forms(found)
    return found


def _proposed(sentence: Sentence, known: Known, places: Gazetteer) -> Iterator[Span]:
    yield from people(sentence)
    yield from organisations(sentence)
    yield from works(sentence)
    yield from events(sentence)
    yield from cities(sentence, places)
    yield from known.spans(sentence)


def _better(item: Span, proposed: Iterable[Span]) -> Span:
    """An item of a list, of the kind and form that another rule knows for the same place."""
    for one in proposed:
        if (one.start, one.end) == (item.start, item.end) and item.kind == "Organisation":
            return replace(item, kind=one.kind, form=one.form, says=one.says)
        if one.kind == item.kind and one.around(item):
            return replace(one, sure=item.sure)
    inner = [one.form for one in proposed if item.around(one) and one.form]
    return replace(item, form=inner[0] if inner else "")


def _in_brackets(text: str, span: Span, places: Gazetteer) -> list[Span]:
    if span.kind:
        return [span]
    name = text[span.start : span.end]
    kind = "City" if not name.isupper() and places.of(name)[0] else "Organisation"
    return [replace(span, kind=kind, rule=BESIDE if kind == "Organisation" else span.rule)]


def _abbreviations(
    shadow: Shadow, spans: Sequence[Span], beside: dict[tuple[int, int], Span]
) -> Iterator[Span]:
    """Short names in brackets right behind a long one: ``Name of Many Words (NMW)``."""
    ends = {one.end: one for one in spans if one.kind != "City"}
    taken = {(one.start, one.end) for one in spans}
    for match in re.finditer(
        r"(?<=[\w“”\"»]) \((?:наричан\w* |„|“|\")?([^\W\d_]{2,10})[“”\"]?\)", shadow.text
    ):
        outer = ends.get(match.start())
        place = match.span(1)
        if outer is None or place in taken or not match[1].isupper():
            continue
        beside[place] = outer
        yield Span(*place, outer.kind, BESIDE, 6, outer.form)


def _again(shadow: Shadow, spans: Sequence[Span]) -> list[Span]:
    """The spans, and further places at which the same names stand."""
    text = shadow.text
    names = _Names({})
    for one in spans:
        if one.kind != "Event":
            names.put(name_key(text[one.start : one.end]), one)
    found = sorted(spans, key=in_order)
    more: list[Span] = []
    for sentence in shadow.sentences:
        first = bisect_left(found, sentence.start, key=begins_at)
        here = found[first : bisect_left(found, sentence.end, first, key=begins_at)]
        again = chosen(_named(text, [one for one in sentence.tokens if one.word], names))
        more += [one for one in again if not any(one.over(other) for other in here)]
    return sorted([*found, *more], key=in_order)


@dataclass
class _Names:
    """Names by their words, each word a step: what begins as no name does is left at once."""

    further: dict[str, _Names]
    span: Span | None = None

    def put(self, key: Sequence[str], span: Span) -> None:
        """Keep a name by where it stands first."""
        here = self
        for word in key:
            here = here.further.setdefault(word, _Names({}))
        here.span = here.span or span


def _named(text: str, words: Sequence[Token], names: _Names) -> Iterator[Span]:
    """Every place among words at which a name stands that is known."""
    for place, first in enumerate(words):
        here: _Names | None = names if first.capital else None
        for end in range(place, len(words)):
            here = here and here.further.get(word_key(words[end].text))
            if here is None:
                break
            old = here.span
            if old and (end > place or text[old.start : old.end] == first.text):
                yield replace(old, start=first.start, end=words[end].end, rule=AGAIN)


def _of_one_kind(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans; where one name has two kinds, the surest counts, a programme before a project."""
    kinds: dict[tuple[str, ...], list[Span]] = {}
    for one in spans:
        if one.kind not in ("City", "Event"):
            kinds.setdefault(name_key(text[one.start : one.end]), []).append(one)
    best: dict[tuple[str, ...], str] = {}
    for key, ones in kinds.items():
        top = max(ones, key=lambda one: (one.sure, one.kind == "Programme"))
        said = {one.kind for one in ones}
        best[key] = "Programme" if said == set(WORKS) else top.kind
    return [
        replace(one, kind=best.get(name_key(text[one.start : one.end]), one.kind))
        if one.kind not in ("City", "Event")
        else one
        for one in spans
    ]


def _together(found: Found, spans: Sequence[Span], beside: Mapping[tuple[int, int], Span]) -> None:
    """Put the mentions of one thing together."""
    text = found.shadow.text
    known: dict[tuple[object, ...], Thing] = {}
    for one in spans:
        outer = beside.get((one.start, one.end)) if one.kind != "City" else None
        thing = found.at(outer) if outer is not None else None
        keys = _keys(text, one)
        thing = thing or next((known[key] for key in keys if key in known), None)
        if thing is None:
            thing = Thing(len(found.things) + 1, one.kind)
            found.things.append(thing)
        for key in keys:
            known.setdefault(key, thing)
        found.add(one, thing)


def _keys(text: str, span: Span) -> list[tuple[object, ...]]:
    """By what a mention finds others of the same thing."""
    name = text[span.start : span.end]
    keys: list[tuple[object, ...]] = [(span.kind, *name_key(name))]
    if span.says:
        keys.append((span.kind, "known", span.says))
    if span.kind == "Event":
        words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", name)
        word = next((base(one) for one in words if base(one) in EVENTS), "")
        if number := _ordinal(name):
            return [("Event", "counted", number, word)]
        if _PREVIOUS.search(name):
            return [("Event", "previous", word)]
    return keys


def _ordinal(name: str) -> str:
    match = _ORDINAL.search(name)
    if not match:
        return ""
    low = match[0].lower()
    for number, (bulgarian, english) in enumerate(_NUMBERS, 1):
        if low.startswith(bulgarian) or low == english:
            return str(number)
    digits = re.match(r"\d+", low)
    return digits[0] if digits else low


def _short_forms(found: Found) -> None:
    """``Агенцията``, ``the Agency`` with a capital inside a sentence, and family names alone."""
    called, sorts = _by_family_name(found), _by_sort(found)
    for sentence in found.shadow.sentences:
        here = found.within(sentence.start, sentence.end)
        ends = list(accumulate((one.end for one in here), max))
        for place, token in enumerate(sentence.tokens):
            begun = bisect_right(here, token.start, key=begins_at)
            inside = begun > 0 and token.start < ends[begun - 1]
            if place == 0 or not token.capital or inside:
                continue
            before = sentence.tokens[place - 1]
            thing: Thing | None = None
            if family_name(token):
                ones = called.get(token.text, [])
                thing = ones[0] if len(ones) == 1 else None
            elif base(token.low) in FORMS and (definite(token.text) or before.low == "the"):
                spans = sorts.get(base(token.low), [])
                last = bisect_left(spans, token.start, key=begins_at)
                thing = found.of[spans[last - 1]] if last else None
            if thing is not None:
                found.add(Span(token.start, token.end, thing.kind, SHORT, 3), thing)


def _by_family_name(found: Found) -> Mapping[str, list[Thing]]:
    """People by the last word of their names."""
    text, called = found.shadow.text, defaultdict[str, list[Thing]](list)
    for thing in found.things:
        before, _, last = text[thing.first.start : thing.first.end].rpartition(" ")
        if thing.kind == "Person" and before:
            called[last].append(thing)
    return called


def _by_sort(found: Found) -> Mapping[str, list[Span]]:
    """The mentions of organisations by each word for a sort, in the order of the text."""
    text, sorts = found.shadow.text, defaultdict[str, list[Span]](list)
    for span in found.placed:
        if found.of[span].kind == "Organisation":
            words = re.findall(r"[^\W\d_]+", text[span.start : span.end])
            for word in {base(one) for one in words}:
                sorts[word].append(span)
    return sorts
