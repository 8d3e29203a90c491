"""A guest list: in each line who came, of which organisation and in which post.

It is a document like others, whose last line names the event, so that what it proposes is
reviewed, written with its evidence and taken back as what any document says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from ecosystem.contact import contact_places, count_contact
from ecosystem.dataset import Dataset
from ecosystem.documents.alike import name_key
from ecosystem.documents.extracting import Extraction
from ecosystem.documents.known import Known, Match
from ecosystem.documents.lexicon import FORMS, LEGAL, base
from ecosystem.documents.people import TITLES, looks_like_one
from ecosystem.documents.phrases import CLOSING, OPENING, ROLES
from ecosystem.documents.reading import Document
from ecosystem.documents.relations import Relation
from ecosystem.documents.review import least
from ecosystem.documents.sentences import Shadow, Token, tokens
from ecosystem.documents.spans import Span
from ecosystem.documents.things import Found, Thing
from ecosystem.intake.places import largest
from ecosystem.model import MemberOf
from ecosystem.values import Text

RULE = "guest list"
KNOWN, MAYBE, NEW = "known", "maybe", "new"
ALONG = "an organisation takes part in what its person takes part in"
MOST_LINES = 2_000
NO_LINES = Text("В списъка няма имена.", "The list names nobody.")
TOO_LONG = Text(
    f"Списъкът може да има най-много {MOST_LINES} реда.", f"A list has {MOST_LINES} lines at most."
)
ELSEWHERE = Text(
    "същото име, но на картата е от друга организация",
    "the same name, on the map of another organisation",
)
_MARK = re.compile(r"\s*(?:[-–—•*·]+|\(?\d{1,4}[.)]|\d{1,4}\t)\s*")
_APART = re.compile(r"\s*(?:[,;|\t()\[\]/]|:\s|\s[-–—]+\s|\s(?:от|from|at)\s)\s*")
_POST_OF = re.compile(r"\s(?:на|в|във|of|at|in|за|for)\s(?:the\s)?", re.IGNORECASE)
_LEGAL = re.compile(rf"(?:^|\s)[\"“„]?{LEGAL}")
_LABEL = re.compile(
    r"\b(?:тел|телефон|моб|gsm|tel|phone|mobile|e-?mail|имейл)\b[.:]*", re.IGNORECASE
)
_LONGEST_NAME = 4


@dataclass(frozen=True)
class Guest:
    """What one line names: its place in the text, who, of what, in which post.

    ``unused`` is what of the line was taken for nothing.
    """

    number: int
    start: int
    end: int
    person: Thing | None = None
    organisation: Thing | None = None
    post: str = ""
    unused: tuple[str, ...] = ()
    contact: bool = False

    @property
    def things(self) -> tuple[Thing, ...]:
        """Whom it names."""
        return tuple(one for one in (self.person, self.organisation) if one is not None)


@dataclass(frozen=True, kw_only=True)
class GuestList(Extraction):
    """What a guest list proposes; without an ``event`` it is only compared with the map."""

    guests: Sequence[Guest] = ()
    event: Thing | None = None

    def standing(self, thing: Thing) -> str:
        """Whether it is ``known`` on the map, ``maybe`` something there, or ``new``."""
        best = next(iter(self.matches.get(thing.number, ())), None)
        if best is None:
            return NEW
        return KNOWN if best.score >= least(thing) else MAYBE

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values; contact data stand in none of them."""
        lines = [self._line(one) for one in self.guests]
        return {**super().to_dict(), "text": without_contact(self.document.text), "lines": lines}

    def _line(self, one: Guest) -> dict[str, Any]:
        named = {"person": one.person, "organisation": one.organisation}
        return {
            "line": one.number,
            "text": self.shown(one),
            **{name: thing and self._named(thing) for name, thing in named.items()},
            "post": one.post,
            "unused": list(one.unused),
            "contact_dropped": one.contact,
        }

    def _named(self, thing: Thing) -> dict[str, Any]:
        near = self.matches.get(thing.number, ())
        return {
            "entity": thing.number,
            "name": self.name(thing),
            "standing": self.standing(thing),
            "may_be": [{"id": m.id, "score": m.score, "reason": m.reason.en} for m in near],
        }

    def shown(self, one: Guest) -> str:
        """A line as it was written, without contact data."""
        said = without_contact(self.document.text[one.start : one.end])
        return " ".join(said.split()).strip(" ,;|")


@dataclass
class _Named:
    """The things that the lines name, each once."""

    text: str
    things: list[Thing] = field(default_factory=list)
    of: dict[Span, Thing] = field(default_factory=dict)
    _known: dict[tuple[str, ...], Thing] = field(default_factory=dict)

    def thing(self, kind: str, place: tuple[int, int], apart: str = "") -> Thing:
        """The thing of this name; of people those of two organisations are two."""
        span = Span(*place, kind, RULE, 9)
        key = (kind, *name_key(self.text[place[0] : place[1]]), "|", *name_key(apart))
        if key not in self._known:
            self._known[key] = Thing(len(self.things) + 1, kind)
            self.things.append(self._known[key])
        thing = self._known[key]
        thing.spans.append(span)
        self.of[span] = thing
        return thing


def document(lines: str, event: str = "") -> Document:
    """A list as a document, its event in the last line: whoever corrects it moves no guest."""
    event = _plain(event)
    text = f"{lines}\n\n{event}" if event else lines
    called = f"{event}: гости" if event else "guests"
    return Document(called, "txt", text, sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def _plain(text: str) -> str:
    return " ".join(text.split())


def listed(document: Document, stored: Dataset, event: str = "", day: str = "") -> GuestList:
    """What the lines of a list name, beside what is ``stored``."""
    known, text = Known(stored), document.text
    named, shadow = _Named(text), Shadow.of(text)
    last = len(text) - len(_plain(event))
    guests = [
        _guest(shadow.text, number, place, named, known)
        for number, place in enumerate(_lines(text[:last]), 1)
    ]
    happening = named.thing("Event", (last, len(text))) if event else None
    if happening is not None:
        happening.since = happening.until = day
    matches = {
        one.number: known.nearest(one.kind, [text[one.first.start : one.first.end]])
        for one in named.things
    }
    found = GuestList(
        document,
        Found(shadow, named.things, named.of),
        tuple(_relations(guests, happening, day)),
        matches,
        contact_dropped=sum(count_contact(line) for line in text[:last].splitlines()),
        guests=tuple(guests),
        event=happening,
    )
    return replace(found, matches=_told_apart(found, stored))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """The places of the lines that hold something, without their mark or number."""
    for match in re.finditer(r"[^\r\n]+", text):
        mark = _MARK.match(match[0])
        start = match.start() + (mark.end() if mark else 0)
        if any(sign.isalpha() for sign in text[start : match.end()]):
            yield start, match.end()


def without_contact(line: str) -> str:
    """A text in which contact data are spaces, so that every place of it holds."""
    for start, end in contact_places(line):
        line = line[:start] + " " * (end - start) + line[end:]
    return _LABEL.sub(lambda found: " " * len(found[0]), line)


def _guest(text: str, number: int, place: tuple[int, int], named: _Named, known: Known) -> Guest:
    start, end = place
    line = without_contact(text[start:end])
    parts = [(start + a, start + b) for a, b in _parts(line)]
    sorts = [_sort(text[a:b], known) for a, b in parts]
    if "person" not in sorts and sorts[:1] == ["organisation"] and len(parts) > 1:
        # Who stands beside an organisation is a person, though the name is not known as one.
        said = text[slice(*parts[0])]
        if _may_be_one(tokens(said)) and not _on_map(said, known):
            sorts[0] = "person"
    person: tuple[int, int] | None = None
    organisation: tuple[int, int] | None = None
    post = ""
    unused: list[str] = []
    for sort, (a, b) in zip(sorts, parts, strict=True):
        said = text[a:b]
        if sort == "person" and person is None:
            person = _without_title(text, a, b)
        elif sort == "post":
            held, of = _held(said, a)
            post = post or held
            organisation = organisation or of
        elif sort == "organisation" and organisation is None:
            organisation = a, b
        elif sort != "nothing":
            unused.append(said)
    company = named.text[slice(*organisation)] if organisation else ""
    who = named.thing("Person", person, company) if person else None
    where = named.thing("Organisation", organisation) if organisation else None
    if where is not None and not where.form:
        where.form = _form(company)
    contact = bool(contact_places(text[start:end]))
    return Guest(number, start, end, who, where, post, tuple(unused), contact)


def _parts(line: str) -> Iterator[tuple[int, int]]:
    """The places between commas, dashes and brackets; quotes are whole."""
    begun, deep = 0, ""
    quoted = [False] * (len(line) + 1)
    for at, sign in enumerate(line):
        if deep and sign in CLOSING:
            deep = ""
        elif not deep and sign in OPENING and sign not in "'" and not line[at - 1 : at].isalnum():
            deep = sign
        quoted[at] = bool(deep)
    for match in _APART.finditer(line):
        if not quoted[match.start()]:
            yield from _stripped(line, begun, match.start())
            begun = match.end()
    yield from _stripped(line, begun, len(line))


def _stripped(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    part = line[start:end]
    left = len(part) - len(part.lstrip(" .:-–—\t"))
    right = len(part.rstrip(" :-–—\t"))
    if right > left:
        yield start + left, start + right


def _sort(part: str, known: Known) -> str:
    """Whether a part names somebody, an organisation or a post."""
    words = tokens(part)
    if not any(one.word and any(map(str.isalpha, one.text)) for one in words):
        return "nothing"
    titled = [one for one in words if one.low not in TITLES and one.text != "."]
    of_a_title = len(titled) < len([one for one in words if one.text != "."])
    if looks_like_one(titled) or (of_a_title and _may_be_one(titled)):
        return "person"
    if _on_map(part, known):
        return "organisation"
    bodies = any(base(one.low) in FORMS for one in words) or bool(_LEGAL.search(part))
    if any(ROLES.match(one.text) for one in words) and not (bodies and not _POST_OF.search(part)):
        return "post"
    if largest(part) is not None and not bodies:
        return "place"
    return "organisation" if any(one.capital or one.text.isdigit() for one in words) else "post"


def _may_be_one(words: Sequence[Token]) -> bool:
    """Whether words may be a name of somebody: two to four with capitals, none of a body."""
    plain = [one for one in words if one.text != "." and one.low not in TITLES]
    return (
        2 <= len(plain) <= _LONGEST_NAME
        and all(one.word and one.capital and not one.text[0].isdigit() for one in plain)
        and not any(one.all_capitals and len(one.text) > 2 for one in plain)
        and not any(base(one.low) for one in plain)
    )


def _on_map(part: str, known: Known) -> bool:
    return any(one.score >= 0.94 for one in known.nearest("Organisation", [part]))


def _without_title(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the name begins behind titles such as *д-р* or *Ms*."""
    for one in tokens(text[start:end]):
        if one.low not in TITLES and one.text != ".":
            return start + one.start, end
    return start, end


def _held(part: str, start: int) -> tuple[str, tuple[int, int] | None]:
    """The post and, behind *of*, whose it is: ``директор на Столична община``."""
    for match in _POST_OF.finditer(part):
        behind = part[match.end() :]
        if behind[:1].isupper() or behind[:1] in tuple(OPENING):
            return part[: match.start()], (start + match.end(), start + len(part))
    return part, None


def _form(name: str) -> str:
    """The form of an organisation by its words, as far as one of them says it."""
    forms = (FORMS[said] for one in tokens(name) if (said := base(one.low)) in FORMS)
    found = next(forms, "")
    return found or ("company" if _LEGAL.search(name) else "")


def _relations(guests: Sequence[Guest], event: Thing | None, day: str) -> Iterator[Relation]:
    """Who belongs where and, of an event, who took part in it."""
    seen: set[tuple[int, str, int, str]] = set()
    for guest in guests:
        for one in _of(guest, event, day):
            if one.key not in seen:
                seen.add(one.key)
                yield one


def _of(guest: Guest, event: Thing | None, day: str) -> Iterator[Relation]:
    person, organisation, place = guest.person, guest.organisation, (guest.start, guest.end)
    if person and organisation:
        yield Relation(person, "MEMBER_OF", organisation, *place, RULE, guest.post)
    for actor in guest.things if event else ():
        assert event is not None
        along = actor is organisation and person is not None
        yield Relation(
            actor,
            "PARTICIPATES_IN",
            event,
            *place,
            ALONG if along else RULE,
            "participant",
            since=day,
            until=day,
            post=guest.post if not organisation else "",
            inferred=along,
            dated=bool(day),
        )


def _told_apart(found: GuestList, stored: Dataset) -> Mapping[int, Sequence[Match]]:
    """The matches; somebody of the same name in another organisation only may be the same."""
    belongs: dict[str, set[str]] = {}
    for tie in stored.of_kind("MEMBER_OF"):
        if isinstance(tie, MemberOf):
            belongs.setdefault(tie.source, set()).add(tie.target)
    matches = dict(found.matches)
    for guest in found.guests:
        if guest.person is None or guest.organisation is None:
            continue
        likely = {one.id for one in matches[guest.organisation.number]}
        matches[guest.person.number] = [
            one
            if not (of := belongs.get(one.id)) or of & likely
            else replace(one, score=min(one.score, 0.9), reason=ELSEWHERE)
            for one in matches[guest.person.number]
        ]
    return matches
