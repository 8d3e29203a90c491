"""Who says what: the documents of a record, what they state of it, and where they differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ecosystem.dataset import Dataset
from ecosystem.model import Deprecation, Evidence, Record, Source, deprecation
from ecosystem.values import Text


@dataclass(frozen=True)
class Citation:
    """Where a statement stands: the document and the place in it."""

    source: str
    title: Text
    publisher: str
    url: str
    published_on: str
    locator: str
    deprecated: Deprecation | None = None


@dataclass(frozen=True)
class Claim:
    """One value that a source gives for one property."""

    subject: str
    property: str
    value: str
    stance: str
    citation: Citation
    observed_on: str
    deprecated: Deprecation | None = None


def citations(dataset: Dataset, record: Record) -> tuple[Citation, ...]:
    """The record's sources in the order in which it names them."""
    return tuple(cite(dataset, *entry.partition("#")[::2]) for entry in record.sources)


def cite(dataset: Dataset, identity: str, locator: str) -> Citation:
    """One place in one document; its bare id where the document is not in the dataset."""
    source = dataset.nodes.get(identity)
    if not isinstance(source, Source):
        return Citation(identity, Text(identity, identity), "", "", "", locator)
    return Citation(
        identity,
        source.name,
        source.publisher,
        source.url,
        source.published_on,
        locator,
        deprecation(source),
    )


def publisher_names(dataset: Dataset, record: Record) -> frozenset[str]:
    """The publishers that carry the record: those of its sources and its supporting evidence.

    Two sources are independent when their publishers differ; what is deprecated carries nothing.
    """
    cited = [
        *citations(dataset, record),
        *(
            cite(dataset, row.source, row.locator)
            for row in dataset.evidence_of(record.id)
            if row.stance == "supports" and not row.property and not row.deprecated
        ),
    ]
    return frozenset(one.publisher or one.source for one in cited if one.deprecated is None)


def publishers(dataset: Dataset, record: Record) -> int:
    """How many different publishers carry the record."""
    return len(publisher_names(dataset, record))


def claims(dataset: Dataset, subject: str) -> tuple[Claim, ...]:
    """Every Evidence row about ``subject``, by property, value and id."""
    rows = sorted(dataset.evidence_of(subject), key=lambda e: (e.property, e.value, e.id))
    return tuple(_claim(dataset, row) for row in rows)


def _claim(dataset: Dataset, row: Evidence) -> Claim:
    citation = cite(dataset, row.source, row.locator)
    return Claim(
        row.subject,
        row.property,
        row.value,
        row.stance,
        citation,
        row.observed_on,
        deprecation(row),
    )


def counts(claim: Claim) -> bool:
    """Whether neither a claim nor its document is deprecated."""
    return claim.deprecated is None and claim.citation.deprecated is None


def conflicts(rows: Iterable[Claim]) -> tuple[tuple[Claim, ...], ...]:
    """The claims that support different values of one property, grouped by property.

    Values are compared after folding case and white space; what counts no longer is left out.
    """
    groups: dict[tuple[str, str], list[Claim]] = {}
    for row in rows:
        if row.stance == "supports" and row.property and counts(row):
            groups.setdefault((row.subject, row.property), []).append(row)
    return tuple(
        tuple(group)
        for _, group in sorted(groups.items())
        if len({" ".join(row.value.casefold().split()) for row in group}) > 1
    )


def all_conflicts(dataset: Dataset) -> tuple[tuple[Claim, ...], ...]:
    """The conflicting claims of the whole dataset, by subject and property."""
    rows = [row for row in dataset.of_kind("Evidence") if isinstance(row, Evidence)]
    subjects = dict.fromkeys(row.subject for row in rows)
    return conflicts(row for subject in subjects for row in claims(dataset, subject))
