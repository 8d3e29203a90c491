"""What a text names: mentions found by all rules, those of one thing together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ecosystem.documents.alike import name_key, word_key
from ecosystem.documents.cities import Gazetteer, cities
from ecosystem.documents.events import events
from ecosystem.documents.known import Known
from ecosystem.documents.lexicon import EVENTS, FORMS, ORDINALS, PREVIOUS, base, definite
from ecosystem.documents.lists import Listed, below, listed
from ecosystem.documents.organisations import organisations
from ecosystem.documents.people import family_name, people
from ecosystem.documents.sentences import Sentence, Shadow
from ecosystem.documents.spans import WORKS, Span, chosen
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

    @property
    def first(self) -> Span:
        """The mention by which it is called: the first that is no short form."""
        whole = [one for one in self.spans if one.rule not in (SHORT, BESIDE)]
        return (whole or self.spans)[0]


@dataclass
class Found:
    """The things of a text, who is mentioned where, and the lists of who took part."""

    shadow: Shadow
    things: list[Thing] = field(default_factory=list)
    of: dict[Span, Thing] = field(default_factory=dict)
    lists: list[tuple[Sentence, Listed]] = field(default_factory=list)

    def within(self, start: int, end: int) -> list[Span]:
        """The mentions in a part of the text."""
        return sorted(
            (one for one in self.of if start <= one.start and one.end <= end),
            key=lambda one: (one.start, -one.end),
        )

    def at(self, span: Span) -> Thing | None:
        """What is mentioned exactly there, or in what stands around it."""
        for one, thing in self.of.items():
            if (one.start, one.end) == (span.start, span.end):
                return thing
        return next((thing for one, thing in self.of.items() if one.around(span)), None)


def things(text: str, known: Known, places: Gazetteer) -> Found:
    """Everything that the rules find in a text."""
    shadow = Shadow.of(text)
    found = Found(shadow)
    spans: list[Span] = []
    beside: dict[tuple[int, int], Span] = {}
    lined = [below(shadow.text, shadow.sentences, n) for n in range(len(shadow.sentences))]
    in_lines = [item for one in lined if one for item in one.items]
    found.lists += [
        (sentence, one)
        for sentence, one in zip(shadow.sentences, lined, strict=True)
        if one is not None
    ]
    for sentence in shadow.sentences:
        proposed = list(_proposed(sentence, known, places))
        for item in in_lines:
            if sentence.start <= item.span.start < sentence.end:
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
    names: dict[tuple[str, ...], Span] = {}
    for one in spans:
        if one.kind != "Event":
            names.setdefault(name_key(text[one.start : one.end]), one)
    names.pop((), None)
    longest = max(map(len, names), default=0)
    found = list(spans)
    for sentence in shadow.sentences:
        here = [one for one in spans if one.start >= sentence.start and one.end <= sentence.end]
        words = [one for one in sentence.tokens if one.word]
        more: list[Span] = []
        for place, first in enumerate(words):
            if not first.capital:
                continue
            key: tuple[str, ...] = ()
            for end in range(place, min(len(words), place + longest)):
                key = (*key, word_key(words[end].text))
                old = names.get(key)
                exact = old and (len(key) > 1 or text[old.start : old.end] == first.text)
                if old is not None and exact:
                    more.append(replace(old, start=first.start, end=words[end].end, rule=AGAIN))
        kept = chosen(more)
        found += [one for one in kept if not any(one.over(other) for other in here)]
    return sorted(found, key=lambda one: (one.start, -one.end))


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
        thing.spans.append(one)
        thing.form = thing.form or one.form
        found.of[one] = thing


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
    for sentence in found.shadow.sentences:
        here = found.within(sentence.start, sentence.end)
        for place, token in enumerate(sentence.tokens):
            if (
                place == 0
                or not token.capital
                or any(one.start <= token.start < one.end for one in here)
            ):
                continue
            before = sentence.tokens[place - 1]
            thing: Thing | None = None
            if family_name(token):
                thing = _called(found, token.text)
            elif base(token.low) in FORMS and (definite(token.text) or before.low == "the"):
                thing = _last_of(found, base(token.low), token.start)
            if thing is not None:
                span = Span(token.start, token.end, thing.kind, SHORT, 3)
                thing.spans = sorted([*thing.spans, span], key=lambda one: one.start)
                found.of[span] = thing


def _called(found: Found, name: str) -> Thing | None:
    text = found.shadow.text
    ones = [
        thing
        for thing in found.things
        if thing.kind == "Person" and text[thing.first.start : thing.first.end].endswith(f" {name}")
    ]
    return ones[0] if len(ones) == 1 else None


def _last_of(found: Found, word: str, before: int) -> Thing | None:
    """The organisation of this sort that was named last."""
    text = found.shadow.text
    ones = [
        (span.start, thing)
        for span, thing in found.of.items()
        if thing.kind == "Organisation" and span.start < before and span.rule != SHORT
        and word in {base(one) for one in re.findall(r"[^\W\d_]+", text[span.start : span.end])}
    ]  # fmt: skip
    return max(ones, key=lambda one: one[0])[1] if ones else None
