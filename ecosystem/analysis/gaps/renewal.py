"""Is the ecosystem renewing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

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
    title=Text("Обновява ли се екосистемата", "Is it renewing"),
    question=Text(
        "Идват ли нови организации, или работят все същите?",
        "Do new organisations come, or is it always the same ones?",
    ),
    formula="organisations whose first dated tie falls in the last three full years / all with a "
    "dated tie by then, against the three years before; undated ones are left out and counted",
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
)


def is_it_renewing(snapshot: Snapshot) -> RuleResult:
    """One gap where fewer new organisations came in the last three full years than before."""
    coverage = coverage_note(snapshot, *WORK_KINDS)
    if not snapshot.actors():
        return answer(snapshot, G20, status="undefined", coverage=coverage, reason=NO_ACTORS)
    first = first_years(snapshot)
    undated = len(snapshot.actors()) - len(first)
    if not first or snapshot.as_of == OPEN_END:
        reason = Text(
            "Нито една организация няма датирана връзка."
            if not first
            else "Не е избрана дата, до която да се броят годините.",
            "No organisation has a dated tie."
            if not first
            else "No date is chosen up to which to count the years.",
        )
        return answer(
            snapshot,
            G20,
            status="undefined" if first else "not recorded",
            coverage=coverage,
            reason=reason,
        )
    last = int(snapshot.as_of[:4]) - (snapshot.as_of[5:] != "12-31")
    years = Counter(year for year, _ in first.values())
    spans = [(last - SPAN + 1, last), (last - 2 * SPAN + 1, last - SPAN)]
    new, before = (sum(years[y] for y in range(low, high + 1)) for low, high in spans)
    then, earlier = (sum(n for y, n in years.items() if y <= high) for _, high in spans)
    note = Text(f"{undated} без датирана връзка", f"{undated} without a dated tie")
    reason = Text(
        f"Нови през {spans[0][0]}–{spans[0][1]}: {new} от {then}; през "
        f"{spans[1][0]}–{spans[1][1]}: {before} от {earlier}. Извън сметката: {note.bg}.",
        f"New in {spans[0][0]}–{spans[0][1]}: {new} of {then}; in {spans[1][0]}–{spans[1][1]}: "
        f"{before} of {earlier}. Left out: {note.en}.",
    )
    details = {
        "years": {str(y): n for y, n in sorted(years.items())},
        "undated": undated,
        "new": new,
        "before": before,
    }
    if not earlier:
        return answer(
            snapshot,
            G20,
            status="too few to tell",
            coverage=coverage,
            reason=reason,
            details=details,
        )
    falling = new / then < before / earlier
    findings = [_closing_in(snapshot, first, spans, (new, then, before, earlier))]
    status: Status = "found" if findings[0].status == "falling" else "not recorded"
    return answer(
        snapshot,
        G20,
        status=status if falling else "none found",
        coverage=coverage,
        reason=reason,
        findings=findings if falling else (),
        details=details,
    )


def first_years(snapshot: Snapshot) -> dict[str, tuple[int, str]]:
    """Per organisation of the scope the year and id of its first dated tie of work or meeting."""
    actors = {actor.id for actor in snapshot.actors()}
    found: dict[str, tuple[int, str]] = {}
    for tie in snapshot.edges_of_kind(*WORK_KINDS):
        since = period(snapshot.dataset, tie).since
        if tie.target.startswith("project:"):
            since = since or snapshot.nodes[tie.target].period.since
        if not since or tie.source.startswith("person:"):
            continue
        for end in (tie.source, tie.target):
            if end in actors:
                found[end] = min(found.get(end, (9999, "")), (int(since[:4]), tie.id))
    return dict(sorted(found.items()))


def _closing_in(
    snapshot: Snapshot,
    first: dict[str, tuple[int, str]],
    spans: list[tuple[int, int]],
    numbers: tuple[int, int, int, int],
) -> Gap:
    new, then, before, earlier = numbers
    sure = all(complete(snapshot, kind) for kind in WORK_KINDS)
    subjects, key = as_a_whole(snapshot)
    now, past = percent(new / then), percent(before / earlier)
    closing = Text(
        "Поканете в следващия проект организации, които още не са участвали (вж. G06).",
        "Invite organisations into the next project that have not taken part yet (see G06).",
    )
    if not sure:
        closing = Text(
            f"Първо запишете проектите и събитията от {spans[0][0]} г. насам; ако спадът остане, "
            "поканете нови организации.",
            f"First record the projects and events since {spans[0][0]}; if the fall remains, "
            "invite new organisations.",
        )
    return Gap(
        rule="G20",
        subjects=subjects,
        key=key,
        status="falling" if sure else "not recorded",
        headline=Text(
            f"Новите през {spans[0][0]}–{spans[0][1]} са {now.bg} от всички, през "
            f"{spans[1][0]}–{spans[1][1]} – {past.bg}.",
            f"New ones are {now.en} of all in {spans[0][0]}–{spans[0][1]}, and {past.en} in "
            f"{spans[1][0]}–{spans[1][1]}.",
        ),
        closing=closing,
        n=len(first),
        value=new / then,
        unit=Text("дял на новите за три години", "share of new ones in three years"),
        expected=before / earlier,
        reason=None
        if sure
        else Text(
            "Никой източник не обхваща изцяло последните години, затова спадът може да е липса на "
            "записи.",
            "No source covers the last years completely, so the fall may be a lack of records.",
        ),
        statements=tuple(sorted({identity for _, identity in first.values()})),
    )


def tables(result: RuleResult) -> Iterable[Table]:
    years = result.details.get("years", {})
    span = range(min(map(int, years)), max(map(int, years)) + 1) if years else ()
    columns = (
        column("Година", "Year"),
        column("нови организации", "new organisations", "count", bar=True),
    )
    undated = result.details.get("undated", 0)
    note = Text(f"Без дата: {undated}.", f"Undated: {undated}.") if undated else None
    yield Table(
        Text("Нови организации по години", "New organisations by year"),
        columns,
        tuple((str(year), years.get(str(year), 0)) for year in span),
        note,
        series=True,
    )
