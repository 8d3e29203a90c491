"""Is the ecosystem renewing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import (
    NO_ACTORS,
    WORK_KINDS,
    as_a_whole,
    complete,
    coverage_note,
    percent,
)
from ecosystem.analysis.gaps.results import (
    OWN_RULE,
    Gap,
    Rule,
    RuleResult,
    Status,
    answer,
)
from ecosystem.analysis.gaps.tables import (
    Table,
    column,
)
from ecosystem.snapshot import Snapshot, period
from ecosystem.values import OPEN_END, Text

SPAN = 3


G20 = Rule(
    id="G20",
    title=Text("Малко нови организации", "Few newcomers"),
    group="missing",
    question=Text(
        "Идват ли нови организации, или работят все същите?",
        "Do new organisations come, or is it always the same ones?",
    ),
    formula="organisations whose first dated tie falls in the last three full years / all with a "
    "dated tie by then, against the three years before; a participation without a date has "
    "that of its event or the beginning of its project, ties of persons do not count; "
    "organisations without a dated tie are left out and counted; too few to tell where fewer than "
    "five have one by the end of the years before",
    explanation=Text(
        "Организация е нова в годината на първата си датирана връзка: проект, събитие, "
        "финансиране, партньорство, членство. Спад значи затваряне, но само ако източниците "
        "обхващат и последните години; иначе значи, че никой не ги е записал.",
        "An organisation is new in the year of its first dated tie: a project, event, funding, "
        "partnership, membership. A fall means closure, but only where the sources cover the last "
        "years too; otherwise it means that nobody recorded them.",
    ),
    expected=Text("колкото през предишните три години", "as in the three years before"),
    maturity=OWN_RULE,
    remedy=Text(
        "Отворете следващата покана за организации, които още не са участвали.",
        "Open the next call to organisations that have not taken part yet.",
    ),
    literature=(
        "Guimera, R., Uzzi, B., Spiro, J., Amaral, L. A. N. (2005). Team assembly mechanisms "
        "determine collaboration network structure and team performance. Science 308, 697-702.",
    ),
    judges=WORK_KINDS,
    occurrences=True,
    whole=True,
)


@dataclass(frozen=True, kw_only=True)
class YearsSummary(Details):
    """New organisations by year, in the last span and in the one before; and who has no date."""

    years: Mapping[str, int]
    undated: int
    new: int
    before: int


class Span(NamedTuple):
    """Some years, how many organisations were new in them, and how many there were by then."""

    first: int
    last: int
    new: int
    all: int

    @classmethod
    def ending(cls, last: int, years: Counter[int]) -> Span:
        """The span of ``SPAN`` years that ends with ``last``."""
        first = last - SPAN + 1
        new = sum(years[year] for year in range(first, last + 1))
        return cls(first, last, new, sum(n for year, n in years.items() if year <= last))

    @property
    def share(self) -> float:
        """The share of the new ones; there must be somebody."""
        return self.new / self.all


FEWEST = 5
"""Of fewer organisations by the end of the earlier years a share says nothing."""


def is_it_renewing(snapshot: Snapshot) -> RuleResult:
    """One gap where fewer new organisations came in the last three full years than before."""
    coverage = coverage_note(snapshot, *WORK_KINDS)
    if not snapshot.actors():
        return answer(snapshot, G20, status="undefined", coverage=coverage, reason=NO_ACTORS)
    first = first_years(snapshot)
    if not first or snapshot.as_of == OPEN_END:
        return _nothing_to_count(snapshot, bool(first))
    last = int(snapshot.as_of[:4]) - (snapshot.as_of[5:] != "12-31")
    years = Counter(year for year, _ in first.values())
    now, before = Span.ending(last, years), Span.ending(last - SPAN, years)
    undated = len(snapshot.actors()) - len(first)
    note = Text(f"{undated} без датирана връзка", f"{undated} without a dated tie")
    reason = Text(
        f"Нови през {now.first}–{now.last}: {now.new} от {now.all}; през "
        f"{before.first}–{before.last}: {before.new} от {before.all}. Извън сметката: {note.bg}.",
        f"New in {now.first}–{now.last}: {now.new} of {now.all}; in {before.first}–{before.last}: "
        f"{before.new} of {before.all}. Left out: {note.en}.",
    )
    status: Status = "none found"
    findings = []
    if before.all < FEWEST:
        status = "too few to tell"
    elif now.share < before.share:
        findings = [_falling(snapshot, first, now, before)]
        status = "found" if findings[0].status == "falling" else "not recorded"
    return answer(
        snapshot,
        G20,
        status=status,
        coverage=coverage,
        reason=reason,
        findings=findings,
        details=YearsSummary(
            years={str(year): number for year, number in sorted(years.items())},
            undated=undated,
            new=now.new,
            before=before.new,
        ),
    )


def _nothing_to_count(snapshot: Snapshot, dated: bool) -> RuleResult:
    reason = snapshot.left_out.none_of(
        snapshot.left_out.of_kind(*WORK_KINDS),
        Text("Нито една организация няма датирана връзка.", "No organisation has a dated tie."),
    )
    if dated:
        reason = Text(
            "Не е избрана дата, до която да се броят годините.",
            "No date is chosen up to which to count the years.",
        )
    return answer(
        snapshot,
        G20,
        status="undefined" if dated else "not recorded",
        coverage=coverage_note(snapshot, *WORK_KINDS),
        reason=reason,
    )


def first_years(snapshot: Snapshot) -> dict[str, tuple[int, str]]:
    """Per organisation of the scope the year and id of its first dated tie of work or meeting."""
    actors = {actor.id for actor in snapshot.actors()}
    first: dict[str, tuple[int, str]] = {}
    for tie in snapshot.edges_of_kind(*WORK_KINDS):
        since = period(snapshot.dataset, tie).since
        if tie.target.startswith("project:"):
            since = since or snapshot.nodes[tie.target].period.since
        if not since or tie.source.startswith("person:"):
            continue
        for end in (tie.source, tie.target):
            if end in actors:
                first[end] = min(first.get(end, (9999, "")), (int(since[:4]), tie.id))
    return dict(sorted(first.items()))


def _falling(snapshot: Snapshot, first: dict[str, tuple[int, str]], now: Span, before: Span) -> Gap:
    sure = all(complete(snapshot, kind) for kind in WORK_KINDS)
    subjects, key = as_a_whole(snapshot)
    share, past = percent(now.share), percent(before.share)
    closing = Text(
        "Поканете в следващия проект организации, които още не са участвали (вж. G06).",
        "Invite organisations into the next project that have not taken part yet (see G06).",
    )
    if not sure:
        closing = Text(
            f"Първо запишете проектите и събитията от {now.first} г. насам; ако спадът остане, "
            "поканете нови организации.",
            f"First record the projects and events since {now.first}; if the fall remains, "
            "invite new organisations.",
        )
    not_sure = Text(
        "Никой източник не обхваща изцяло последните години, затова спадът може да е липса на "
        "записи.",
        "No source covers the last years completely, so the fall may be a lack of records.",
    )
    return Gap(
        rule="G20",
        subjects=subjects,
        key=key,
        status="falling" if sure else "not recorded",
        sentence=_fewer(share, past, sure=sure),
        step=_invite(now.first, sure=sure),
        headline=Text(
            f"Новите през {now.first}–{now.last} са {share.bg} от всички, през "
            f"{before.first}–{before.last} – {past.bg}.",
            f"New ones are {share.en} of all in {now.first}–{now.last}, and {past.en} in "
            f"{before.first}–{before.last}.",
        ),
        closing=closing,
        n=len(first),
        value=now.share,
        unit=Text("дял на новите за три години", "share of new ones in three years"),
        expected=before.share,
        reason=None if sure else not_sure,
        statements=tuple(sorted({statement for _, statement in first.values()})),
    )


def _fewer(share: Text, past: Text, *, sure: bool) -> Text:
    bg, en = ("Идват", "come") if sure else ("Записани са", "are recorded")
    return Text(
        f"{bg} по-малко нови организации, отколкото преди: {share.bg} срещу {past.bg}.",
        f"Fewer new organisations {en} than before: {share.en} against {past.en}.",
    )


def _invite(first: int, *, sure: bool) -> Text:
    if sure:
        return Text(
            "Поканете в следващия проект някого, който още не е участвал.",
            "Invite somebody into the next project who has not taken part yet.",
        )
    return Text(
        f"Първо запишете проектите и събитията от {first} г. насам.",
        f"First record the projects and events since {first}.",
    )


def tables(result: RuleResult) -> Iterable[Table]:
    """The new organisations year by year."""
    summary = result.details
    if not isinstance(summary, YearsSummary):
        return
    years, undated = summary.years, summary.undated
    span = range(min(map(int, years)), max(map(int, years)) + 1)
    columns = (
        column("Година", "Year"),
        column("нови организации", "new organisations", "count", bar=True),
    )
    yield Table(
        Text("Нови организации по години", "New organisations by year"),
        columns,
        tuple((str(year), years.get(str(year), 0)) for year in span),
        Text(f"Без дата: {undated}.", f"Undated: {undated}.") if undated else None,
        series=True,
    )
