"""One document from its file to the log: read, proposed, reviewed, written at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ecosystem import desk
from ecosystem.changelog import Said
from ecosystem.contents import Contents, Present
from ecosystem.dataset import ChangeSet, Dataset
from ecosystem.documents import review as reviewing
from ecosystem.documents.extracting import Extraction, extract_apart
from ecosystem.documents.reading import Document, read
from ecosystem.documents.records import POSITION, Records
from ecosystem.documents.review import ACCEPTED, REJECTED, Review
from ecosystem.errors import NotFoundError, SettingsError, StoreChangedError
from ecosystem.intake.apart import USUAL, Limits
from ecosystem.intake.naming import may_be_replaced
from ecosystem.intake.spelled import slug
from ecosystem.io import exports, seeds
from ecosystem.loading import LoadReport, take_in
from ecosystem.model import LOCAL_PACK, Decision, Pack, ParticipatesIn, Record, Source
from ecosystem.talking import Talk, quiet
from ecosystem.values import present_moment

LONGEST_STEM = 40


@dataclass(frozen=True)
class Ingested:
    """The candidates of a document and, where something was accepted, what that changed."""

    extraction: Extraction
    review: Review
    report: LoadReport | None = None
    rejected: int = 0

    def to_dict(self) -> dict[str, Any]:
        """It as plain values."""
        document = self.extraction.document
        found = self.extraction.to_dict()
        found["document"] = {
            "name": document.name,
            "format": document.format,
            "sha256": document.sha256,
            "text_sha256": document.text_sha256,
        }
        if self.report is not None:
            found["changes"] = self.report.changes.to_dict()
            found["pack"] = self.report.packs[0]
            found["change"] = self.report.change
            found["dry_run"] = self.report.dry_run
            found["rejected"] = self.rejected
        return found


@dataclass(frozen=True)
class Wanted:
    """What is wanted of a document: only looked at where nothing is accepted or reviewed."""

    accept: str = ""
    review: Path | None = None
    write_review: Path | None = None
    dry_run: bool = False
    by: str = ""
    note: str = ""
    limits: Limits = USUAL


def ingest(contents: Contents, file: Path, wanted: Wanted, *, talk: Talk = quiet) -> Ingested:
    """Propose what a document says, and write what is accepted of it in one transaction.

    Raises
    ------
    NotFoundError, RefusedError
        For a file that is not there, or cannot be read.
    SettingsError
        For a review or list that does not fit; nothing was changed.
    DataError
        Where what is accepted cannot be stored; nothing was changed.
    """
    talk(f"Reading {file.name} ...")
    document = read(file, wanted.limits)
    return ingested(contents, document, wanted, talk=talk)


def ingested(
    contents: Contents, document: Document, wanted: Wanted, *, talk: Talk = quiet
) -> Ingested:
    """The same with a document that was read."""
    present = contents.present()
    name = pack_of(document)
    others = present.stated.only(set(present.stated.packs) - {name})
    talk(f"Finding what {document.name} names ...")
    found = extract_apart(document, others, wanted.limits)
    review = reviewing.untouched(found, present.decisions)
    if wanted.review is not None:
        review = reviewing.said(text_of(wanted.review), found, review, others)
    if wanted.accept:
        review = reviewing.with_accepted(found, review, wanted.accept)
    if wanted.write_review is not None:
        exports.write_text(reviewing.toml(found, review), wanted.write_review)
    if not wanted.accept and wanted.review is None:
        return Ingested(found, review)
    return accept(contents, present, found, review, wanted, talk=talk)


def pack_of(document: Document) -> str:
    """The pack of a document: by its name, and by its content, so that no two share one."""
    stem = document.name.rpartition(".")[0] or document.name
    return f"{slug(stem)[:LONGEST_STEM].strip('-')}-{document.sha256[:8]}"


def text_of(path: Path) -> str:
    """The text of a review.

    Raises
    ------
    NotFoundError, SettingsError
        Where it is not there, or cannot be read.
    """
    if not path.is_file():
        raise NotFoundError("file", str(path))
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"--review: {path.name} cannot be read: {error}."
        raise SettingsError(message, "Write TOML in UTF-8.") from None


def accept(
    contents: Contents,
    present: Present,
    found: Extraction,
    review: Review,
    wanted: Wanted,
    *,
    talk: Talk = quiet,
    before_removing: Callable[[], object] = lambda: None,
) -> Ingested:
    """Write what a review accepts, and remember what it rejects."""
    made, pack = records_of(found, review, present.stated)
    name = pack.pack
    read_in = seeds.Packs(made, (pack,) if len(made) else (), {})
    said = Said("import", wanted.by, wanted.note)
    report = take_in(
        contents,
        present,
        read_in,
        said,
        dry_run=wanted.dry_run,
        talk=talk,
        before_removing=before_removing,
    )
    decided = 0 if wanted.dry_run else _remember(contents, found, review, wanted.by)
    return Ingested(found, review, replace(report, packs=(name,)), decided)


def records_of(found: Extraction, review: Review, stored: Dataset) -> tuple[Dataset, Pack]:
    """What a review accepts as the records of one pack, with what was accepted before.

    Raises
    ------
    PackRefusedError
        Where a pack of that name is no document's.
    """
    name = pack_of(found.document)
    may_be_replaced(name, stored.nodes.get(f"{Pack.prefix}:{name}"), stored)
    source = _source(found.document, name, stored)
    others = stored.only(set(stored.packs) - {name})
    records = Records(found, review, name, source.id, others)
    records.make()
    made = {**stored.only([name]).records, **records.made}
    pack = _pack(found.document, name, made.values())
    if made:
        made |= {source.id: source, pack.id: pack}
    return Dataset.of(made.values()), pack


def _source(document: Document, name: str, stored: Dataset) -> Source:
    """The document as a source; read on the day on which it was first read."""
    identity = f"{Source.prefix}:document-{name}"
    former = stored.nodes.get(identity)
    today = datetime.now(UTC).date().isoformat()
    return Source(
        id=identity,
        pack=name,
        name_en=document.name,
        source_type="document",
        publisher=document.name,
        retrieved_on=former.retrieved_on if isinstance(former, Source) else today,
        sha256=document.text_sha256,
    )


def _pack(document: Document, name: str, made: Iterable[Record]) -> Pack:
    posts = any(isinstance(one, ParticipatesIn) and one.own for one in made)
    return Pack(
        id=f"{Pack.prefix}:{name}",
        pack=name,
        name_en=document.name,
        origin=document.name,
        sha256=document.sha256,
        attributes=(POSITION.line(),) if posts else (),
    )


def _remember(contents: Contents, found: Extraction, review: Review, by: str) -> int:
    """Keep what was rejected as decisions, and what was rejected before and is accepted now.

    They say where a candidate stands, and nothing of what stands there. What is accepted is
    written by then: somebody else's change meanwhile must not lose what was rejected.
    """
    for _ in range(desk.TRIES - 1):
        with suppress(StoreChangedError):
            return _remember_once(contents, found, review, by)
    return _remember_once(contents, found, review, by)


def _remember_once(contents: Contents, found: Extraction, review: Review, by: str) -> int:
    present = contents.present()
    table = desk.Desk.of(present.decisions)
    standing = table.standing(reviewing.MATTER)
    states = [
        (reviewing.subject(found, one), review.things[one.number].state) for one in found.things
    ]
    states += [
        (reviewing.subject(found, one), review.ties[number])
        for number, one in enumerate(found.relations, 1)
    ]
    number = int(table.next_id().rpartition("-")[2])
    made: list[Decision] = []
    for about, state in states:
        former = standing[about].state if about in standing else ""
        again = state == ACCEPTED and former == REJECTED
        if state == former or not (state == REJECTED or again):
            continue
        decision = Decision(
            id=f"decision:no-{number + len(made):06d}",
            pack=LOCAL_PACK,
            subject=about,
            matter=reviewing.MATTER,
            state=state,
            by=by,
            at=present_moment(),
        )
        desk.checked(decision)
        made.append(decision)
    if made:
        contents.apply(ChangeSet(added=tuple(made)), expected=present.revision)
    return sum(state == REJECTED for _, state in states)
