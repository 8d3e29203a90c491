"""Ties that a text states, from cues that proved right: who hosts, leads, takes part, works where.

A sentence is read with its mentions as signs, ``‹O3›`` for the organisation of the fourth mention,
so that a rule is a pattern over words and kinds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ecosystem.documents.cues import KIND_LETTERS, PLANNED, Cue, cues
from ecosystem.documents.dates import days, year_of
from ecosystem.documents.focus import MENTIONED, Focus
from ecosystem.documents.lexicon import EVENTS, base
from ecosystem.documents.lists import PARTICIPANT, Listed
from ecosystem.documents.sentences import Sentence
from ecosystem.documents.spans import WORKS, Span
from ecosystem.documents.things import Found, Thing
from ecosystem.model import EDGE_KINDS

LIST, BRACKETS, NAME = "list of participants", "in brackets", "name of the event"
SERIES, SELECTED = "series", "selected"
_SIGN = re.compile(r"‹[OPCGEN](\d+)›")
_BESIDE = {
    ("Organisation", "Person"): "MEMBER_OF",
    ("Person", "Organisation"): "MEMBER_OF",
    ("Organisation", "City"): "LOCATED_IN",
}
"""What the thing in brackets behind another is to it."""
_MEANT = re.compile(r"\b(?:него|нея|проект|програм|инициатив|it|its|project|programme|initiative)")
_AMOUNT = re.compile(
    r"(\d[\d ,.]*\d|\d)\s?(млн|милиона?|хил|хиляди|million|thousand|m|k)?[\s.]*"
    r"(лв|лева|BGN|евро|euros?|EUR|€)|(€)\s?(\d[\d ,.]*\d|\d)\s?(million|thousand|m|k)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Relation:
    """A tie from one thing to another, where the text says it, and the rule that fired.

    ``post`` is somebody's of which no organisation is named; what is ``inferred`` follows from
    what the text says by its rule. Where the text alone has the days of a tie it is ``dated``.
    """

    source: Thing
    kind: str
    target: Thing
    start: int
    end: int
    rule: str
    role: str = ""
    amount: int | None = None
    currency: str = ""
    since: str = ""
    until: str = ""
    planned: bool = False
    post: str = ""
    inferred: bool = False
    dated: bool = False

    @property
    def key(self) -> tuple[int, str, int, str]:
        """By what two of them say the same."""
        return self.source.number, self.kind, self.target.number, self.role


@dataclass
class _Masked:
    """A sentence with its mentions as signs."""

    text: str
    spans: list[tuple[Span, Thing]]
    origin: list[int]

    def thing(self, sign: str) -> Thing:
        return self.spans[int(sign[2:-1])][1]

    def place(self, number: int, *, end: bool = False) -> int:
        """Where a place of the masked sentence is in the text."""
        if end:
            return self.origin[number - 1] + 1 if number else self.origin[0]
        return self.origin[number]


def relations(found: Found) -> list[Relation]:
    """The ties of a text, each once, in the order in which it states them."""
    text, year = found.shadow.text, year_of(found.shadow.text)
    focus = Focus(found)
    stated = [*_in_lists(found, focus), *_in_names(found)]
    for sentence in found.shadow.sentences:
        masked = _masked(found, sentence, focus)
        planned = PLANNED.search(text[sentence.start : sentence.end]) is not None
        for cue in cues():
            for relation in _fired(cue, masked, found, focus):
                stated.append(_completed(relation, cue, masked, planned))
        _dated(masked, text, sentence, year)
    stated += list(_of_a_series(found, stated))
    return _once(_with_days(one) for one in stated)


def _in_lists(found: Found, focus: Focus) -> Iterator[Relation]:
    """Who stands in a list took part in the event or work that its sentence is about."""
    for sentence, one in found.lists:
        target = _about(found, focus, sentence, one)
        for item in one.items:
            source = found.at(item.span)
            if source is None:
                continue
            if target is not None and source is not target:
                yield Relation(
                    source,
                    "PARTICIPATES_IN",
                    target,
                    item.span.start,
                    item.span.end,
                    LIST,
                    one.role,
                )
            other = found.at(item.beside) if item.beside else None
            if other is None or item.beside is None or other is source:
                continue
            kinds = source.kind, other.kind
            kind = _BESIDE.get(kinds)
            ends = (other, source) if kinds[1] == "Person" else (source, other)
            if kind:
                yield Relation(
                    ends[0], kind, ends[1], item.span.start, item.beside.end + 1, BRACKETS
                )


def _about(found: Found, focus: Focus, sentence: Sentence, said: Listed) -> Thing | None:
    """The event or work of a sentence, the nearest to its cue; else the one named last before.

    Who takes part does so in an event rather than in a work; a partner is one of either.
    """
    cue, gathers = said.start, said.role == PARTICIPANT
    near = [
        (abs(span.start - cue), thing)
        for span in found.begun(sentence.start, min(sentence.end, cue + 80))
        if (thing := found.of[span]).kind in ("Event", *WORKS) and not _nested(found, span)
    ]
    events = [one for one in near if one[1].kind == "Event" and gathers]
    if near:
        return min(events or near, key=lambda one: one[0])[1]
    if _another_event(found, sentence):
        return None
    event, work = focus.event(cue), focus.work(cue)
    if event and (gathers or not work):
        return event
    words = found.shadow.text[sentence.start : sentence.end]
    meant = not gathers or ":" in words or _MEANT.search(words)
    return work if meant else None


def _another_event(found: Found, sentence: Sentence) -> bool:
    """Whether a sentence is about an event that has no name."""
    text = found.shadow.text
    told = [match.span(1) for match in MENTIONED.finditer(text, sentence.start, sentence.end)]
    told += [(one.start, one.end) for one in found.within(sentence.start, sentence.end)]
    return any(
        token.word and base(token.low) in EVENTS and not any(a <= token.start < b for a, b in told)
        for token in sentence.tokens
    )


def _nested(found: Found, span: Span) -> bool:
    return any(one is not span for one in found.around(span))


def _in_names(found: Found) -> Iterator[Relation]:
    """An event whose name holds a programme is a part of it; a project takes part in its event."""
    for outer, event in found.of.items():
        if event.kind != "Event":
            continue
        for inner in found.within(outer.start, outer.end):
            if (work := found.of[inner]).kind in WORKS and inner is not outer:
                part = work.kind == "Programme"
                ends = (event, "PART_OF", work) if part else (work, "PARTICIPATES_IN", event)
                role = "" if part else "organiser"
                yield Relation(*ends, outer.start, outer.end, NAME, role)


def _masked(found: Found, sentence: Sentence, focus: Focus) -> _Masked:
    """The sentence with a sign for each mention that lies in no other, and for ``the project``."""
    text = found.shadow.text
    top: list[tuple[Span, Thing]] = []
    for span in found.within(sentence.start, sentence.end):
        if not top or span.start >= top[-1][0].end:
            top.append((span, found.of[span]))
    for match in MENTIONED.finditer(text, sentence.start, sentence.end):
        word = base(match[1]) or match[1].lower()
        thing = focus.of(word, match.start(), sentence)
        span = Span(match.start(), match.end(), thing.kind if thing else "", "the one named last")
        if thing is not None and not any(one.over(span) for one, _ in top):
            top.append((span, thing))
    top.sort(key=lambda one: one[0].start)
    masked = _Masked("", top, [])
    place = sentence.start
    for number, (span, thing) in enumerate(top):
        sign = f"‹{KIND_LETTERS[thing.kind]}{number}›"
        masked.text += text[place : span.start] + sign
        masked.origin += [
            *range(place, span.start),
            *([span.start] * (len(sign) - 1)),
            span.end - 1,
        ]
        place = span.end
    masked.text += text[place : sentence.end]
    masked.origin += range(place, sentence.end)
    # Inside a sentence a point stands behind a short word alone.
    masked.text = re.sub(r"\.(?= )", " ", masked.text.replace("\n", " "))
    return masked


def _of_a_series(found: Found, stated: list[Relation]) -> Iterator[Relation]:
    """The seminars before the third one of a programme are its seminars as well."""
    text = found.shadow.text
    parts = {one.source.number for one in stated if one.kind == "PART_OF"}
    alone: dict[str, list[Thing]] = {}
    for other in found.things:
        counted = other.kind == "Event" and other.first.rule == "counted event"
        if counted and other.number not in parts:
            alone.setdefault(_word_of(text, other), []).append(other)
    for one in stated:
        if one.rule == NAME and one.kind == "PART_OF":
            for other in alone.pop(_word_of(text, one.source), ()):
                place = other.first
                yield Relation(other, "PART_OF", one.target, place.start, place.end, SERIES)


def _word_of(text: str, event: Thing) -> str:
    words = re.findall(r"[^\W\d_]+", text[event.first.start : event.first.end])
    return next((base(one) for one in words if base(one) in EVENTS), "")


def _fired(cue: Cue, masked: _Masked, found: Found, focus: Focus) -> Iterator[Relation]:
    """The ties that a cue states in a sentence."""
    for match in cue.pattern.finditer(masked.text):
        for source in _signs(match["s"]):
            for other in _targets(cue, match, masked, found, focus):
                one = masked.thing(source)
                kind = EDGE_KINDS[cue.kind]
                if one is other or (one.kind, other.kind) not in kind.ends:
                    continue
                role = cue.role
                if "role" in match.re.groupindex and match["role"]:
                    role = " ".join(match["role"].split())
                start, end = masked.place(match.start()), masked.place(match.end(), end=True)
                yield Relation(one, cue.kind, other, start, end, cue.rule, role)


def _targets(
    cue: Cue, match: re.Match[str], masked: _Masked, found: Found, focus: Focus
) -> Iterator[Thing]:
    """The targets that a match names; where its pattern has none, what the text speaks of."""
    if "t" not in match.re.groupindex:
        implied = focus.spoken_of(cue.role, masked.spans[0][0].start)
        if implied is not None:
            yield implied
        return
    for target in _signs(match["t"]):
        other = masked.thing(target)
        if cue.rule == SELECTED and other.kind == "Event":
            other = _work_in(found, masked.spans[int(target[2:-1])][0]) or other
        yield other


def _work_in(found: Found, event: Span) -> Thing | None:
    """The project or programme in the name of an event."""
    inside = (found.of[one] for one in found.within(event.start, event.end))
    return next((one for one in inside if one.kind in WORKS), None)


def _signs(said: str | None) -> list[str]:
    return [one[0] for one in _SIGN.finditer(said or "")]


def _completed(one: Relation, cue: Cue, masked: _Masked, planned: bool) -> Relation:
    """A tie with the amount that stands in its sentence, and whether it is still to come."""
    if cue.kind != "FUNDS":
        return replace(one, planned=planned)
    amount, currency = _money(masked.text)
    return replace(one, planned=planned, amount=amount, currency=currency)


def _money(text: str) -> tuple[int | None, str]:
    found = list(_AMOUNT.finditer(text))
    if len(found) != 1:
        return None, ""
    match = found[0]
    said, times = (match[1], match[2]) if match[1] else (match[5], match[6])
    number = said.replace(" ", "")
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number):
        number = re.sub("[.,]", "", number)
    number = number.replace(",", ".")
    try:
        value = float(number)
    except ValueError:
        return None, ""
    low = (times or "").lower()
    value *= 1_000_000 if low.startswith(("м", "m")) else 1000 if low else 1
    bulgarian = (match[3] or "").lower() in ("лв", "лева", "bgn")
    return round(value), "BGN" if bulgarian else "EUR"


def _dated(masked: _Masked, text: str, sentence: Sentence, year: int) -> None:
    """The days of the only event of a sentence that says when something is."""
    named = {thing.number: thing for _, thing in masked.spans if thing.kind == "Event"}
    found = days(text[sentence.start : sentence.end], year)
    if len(named) != 1 or len(found) != 1:
        return
    event = next(iter(named.values()))
    if not event.since:
        event.since, event.until = found[0][2], found[0][3]


def _with_days(one: Relation) -> Relation:
    """Where and when an event is: the tie to its place has its days."""
    if one.source.kind == "Event" and one.kind == "LOCATED_IN":
        return replace(one, since=one.source.since, until=one.source.until)
    return one


def _once(stated: Iterator[Relation]) -> list[Relation]:
    """Each tie once, in the order of the text; who hosts needs no venue, who leads no part."""
    found: dict[tuple[int, int, str], list[Relation]] = {}
    for one in sorted(stated, key=lambda one: (one.start, one.end)):
        same = found.setdefault((one.source.number, one.target.number, one.kind), [])
        if one.role in (other.role for other in same):
            continue
        if any(other.role for other in same) and one.role in ("", "participant"):
            continue
        if one.role not in ("", "participant"):
            same[:] = [other for other in same if other.role not in ("", "participant")]
        same.append(one)
    hosts = {
        (one.source.number, one.target.number)
        for ones in found.values()
        for one in ones
        if one.role == "host"
    }
    kept = [
        one
        for ones in found.values()
        for one in ones
        if not (one.kind == "LOCATED_IN" and (one.target.number, one.source.number) in hosts)
    ]
    return sorted(kept, key=lambda one: (one.start, one.end, one.key))
