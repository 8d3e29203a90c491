"""A document that was sent: its text beside what the rules propose, until a person has decided.

Like a file that is brought in, it waits in its folder and is no part of the store. What the reader
says of it is the review of the command line, kept beside it, and what is accepted is written alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from ecosystem.contact import contact_places
from ecosystem.documents import listing, reading
from ecosystem.documents import review as reviewing
from ecosystem.documents.extracting import Extraction, extract_apart
from ecosystem.documents.guests import GuestList
from ecosystem.documents.ingesting import Ingested, Wanted, accept, pack_of
from ecosystem.documents.known import KINDS
from ecosystem.documents.review import ACCEPTED, LATER, NEW, REJECTED, Answer, Review
from ecosystem.documents.rules import rule_told
from ecosystem.errors import NotFoundError, Problem, SettingsError
from ecosystem.intake import remarks
from ecosystem.intake.apart import Limits
from ecosystem.intake.imported import problem_told
from ecosystem.intake.table_graph import RefusedError
from ecosystem.model import NODE_KINDS
from ecosystem.talking import Talk
from ecosystem.workspace import Workspace
from webapp.address import ground
from webapp.language import ngettext
from webapp.pages.guests import day_of, taken
from webapp.pages.guests import page as guest_page
from webapp.uploads import Upload

if TYPE_CHECKING:
    from ecosystem.contents import Present

ENDINGS = (".html", ".htm", ".pdf", ".docx")


@dataclass(frozen=True)
class Read:
    """A document with its candidates at one revision of the store, or why it cannot be read."""

    found: Extraction | None
    present: Present | None = None
    problems: tuple[Problem, ...] = ()
    usual: Review = field(default_factory=Review)


@dataclass(frozen=True)
class Piece:
    """A piece of the text: words, a mention with the number of its candidate, or contact data."""

    text: str
    number: int = 0
    contact: bool = False


def is_document(upload: Upload) -> bool:
    """Whether what was sent is a text for reading, by its name and, of TXT, by its lines."""
    if upload.guests is not None:
        return True
    name = upload.names[0].casefold()
    if len(upload.names) != 1 or not name.endswith((*ENDINGS, ".txt")):
        return False
    return name.endswith(ENDINGS) or _prose(upload.files[0].read_bytes()[:20_000])


def _prose(head: bytes) -> bool:
    """Whether lines are no rows: another file of networks or tables may end in ``.txt`` too."""
    text = head.decode("utf-8", "replace")
    lines = [line for line in text.splitlines() if line.strip()][:30]
    begun = lines[0].strip().casefold() if lines else ""
    if begun.startswith(("*vertices", "dl ", "graph", "{", "[", "<")):
        return False
    rows = [sign for sign in "\t;|" if lines and all(sign in line for line in lines)]
    return not rows


def read(opened: Workspace, upload: Upload, talk: Talk) -> Read:
    """What a document names and states, beside what the map has."""
    talk("Reading ...")
    present = opened.contents.present()
    limits = Limits.of(opened.settings)
    try:
        document = reading.read(upload.files[0], limits)
        if upload.guests is not None:
            return _compared(opened, upload.guests, document.text, present)
        others = present.stated.only(set(present.stated.packs) - {pack_of(document)})
        talk("Finding what it names ...")
        found = extract_apart(document, others, limits)
    except RefusedError as error:
        return Read(None, None, tuple(error.problems))
    return Read(found, present, usual=reviewing.untouched(found, present.decisions))


def _compared(opened: Workspace, said: tuple[str, str], lines: str, present: Present) -> Read:
    """The guests of a list beside what the map has."""
    here, (event, day) = opened.ground(), said
    at = listing.happening(event, day, lambda word: here.find(word, ("Event",)), here.facts)
    try:
        found, usual = listing.compared(lines, present, at, chosen=True)
    except SettingsError as error:
        return Read(None, None, (Problem("", 0, "", error.message, error.hint, error.both),))
    return Read(found, present, usual=usual)


def review_of(upload: Upload, tried: Read) -> Review:
    """What was said of the candidates so far."""
    assert tried.found is not None and tried.present is not None
    usual = tried.usual
    path = upload.folder / "review.toml"
    if not path.is_file():
        return usual
    said = path.read_text(encoding="utf-8")
    try:
        return reviewing.said(said, tried.found, usual, tried.present.stated)
    except (NotFoundError, SettingsError):
        # What was meant may be gone from the map meanwhile.
        return usual


def page(upload: Upload, tried: Read) -> ResponseReturnValue:
    """The text with its marks, and the candidates with what is said of them."""
    if tried.found is None or tried.present is None:
        problems = [{**problem_told(one), "said": one.said} for one in tried.problems]
        return render_template("document.html", upload=upload, problems=problems, at=remarks.at)
    review = review_of(upload, tried)
    if isinstance(tried.found, GuestList):
        return guest_page(upload, tried.found, tried.present, review)
    ties = list(enumerate(tried.found.relations, 1))
    return render_template(
        "document.html",
        upload=upload,
        problems=(),
        found=tried.found,
        revision=tried.present.revision,
        review=review,
        pieces=list(pieces(tried.found)),
        ties=ties,
        rule_told=rule_told,
        kinds={kind: NODE_KINDS[kind].label for kind in KINDS},
        decided=decided(review),
        writes=amounts_of(review, tried.found),
        nodes=tried.present.facts.nodes,
    )


def decided(review: Review) -> int:
    """How many things are accepted or rejected."""
    return sum(answer.state != LATER for answer in review.things.values())


def amounts_of(review: Review, found: Extraction) -> str:
    """How many things and ties would be written, in words; empty for none."""
    things = sum(answer.state == ACCEPTED for answer in review.things.values())
    ties = sum(review.accepted(one, number) for number, one in enumerate(found.relations, 1))
    if not things:
        return ""
    said = [ngettext("%(num)s accepted", "%(num)s accepted", things)]
    if ties:
        said.append(ngettext("%(num)s tie", "%(num)s ties", ties))
    return gettext("%(one)s and %(other)s", one=said[0], other=said[1]) if ties else said[0]


def pieces(found: Extraction) -> Iterable[Piece]:
    """The text in its pieces; of mentions within others the outer ones are marked."""
    text, place = found.document.text, 0
    marks = [(s.start, s.end, t.number, False) for s, t in found.found.of.items()]
    marks += [(start, end, 0, True) for start, end in contact_places(text)]
    for start, end, number, contact in sorted(marks, key=lambda m: (m[0], -m[1])):
        if start < place:
            continue
        if start > place:
            yield Piece(text[place:start])
        yield Piece("" if contact else text[start:end], number, contact)
        place = end
    if place < len(text):
        yield Piece(text[place:])


# What the reader says


def said(form: Mapping[str, str], tried: Read, review: Review) -> Review:
    """The review as the form has it; what the form does not say stays."""
    assert tried.found is not None and tried.present is not None
    everything = form.get("all", "")
    things: dict[int, Answer] = {}
    for number, usual in review.things.items():
        state = form.get(f"state-{number}", usual.state)
        if everything == ACCEPTED and state == LATER:
            state = ACCEPTED
        things[number] = _answer(form, number, usual, state)
    ties = {
        number: (ACCEPTED if form.get(f"tie-{number}") else REJECTED) if form.get("ties") else state
        for number, state in review.ties.items()
    }
    taken_tie = form.get("take", "")
    if taken_tie.isdecimal() and int(taken_tie) in ties:
        return reviewing.with_tie(tried.found, Review(things, ties), int(taken_tie))
    if isinstance(tried.found, GuestList):
        things = taken(form, tried.found, things)
    return Review(things, ties)


def elsewhere(form: Mapping[str, str], upload: Upload) -> Upload | None:
    """The list as one of another event, where the form says that; remembered."""
    if upload.guests is None or "event" not in form:
        return None
    said = form["event"].strip(), day_of(form.get("day", upload.guests[1]))
    return upload.at(*said) if said != upload.guests else None


def carried(review: Review, before: Read, now: Read) -> Review:
    """What was said of the guests of a list, who are the same at another event."""
    assert isinstance(before.found, GuestList)
    event = before.found.event
    said = {n: one for n, one in review.things.items() if event is None or n != event.number}
    return Review({**now.usual.things, **said}, now.usual.ties)


def _answer(form: Mapping[str, str], number: int, usual: Answer, state: str) -> Answer:
    kind = form.get(f"kind-{number}", usual.kind)
    kind = kind if kind in KINDS else usual.kind
    meant = form.get(f"meant-{number}", usual.meant)
    if other := form.get(f"other-{number}", "").strip():
        meant = ground().find(other, (kind,))
    node = ground().facts.nodes.get(meant)
    if node is None or node.kind != kind:
        meant = NEW
    return Answer(state if state in (ACCEPTED, REJECTED) else LATER, kind, meant)


def keep(upload: Upload, tried: Read, review: Review) -> None:
    """Remember what was said, beside the document."""
    assert tried.found is not None
    text = reviewing.toml(tried.found, review)
    (upload.folder / "review.toml").write_text(text, encoding="utf-8")


def write(opened: Workspace, tried: Read, review: Review, by: str) -> Ingested:
    """Write what is accepted, where the store is still what the reader saw.

    Raises
    ------
    DataError, StoreError
        Where it cannot be stored; nothing was changed.
    """
    assert tried.found is not None and tried.present is not None
    return accept(opened.contents, tried.present, tried.found, review, Wanted(by=by))
