"""What has gone stale: open states that nobody has confirmed for long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import (
    NO_ABSENCE_RULE,
    counted,
    decimal,
    first_named,
    listed,
    sentences,
    shown,
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
    Cell,
    Table,
    column,
)
from ecosystem.model import EDGE_KINDS, Edge, Evidence, Source
from ecosystem.snapshot import TIMELESS, Snapshot, is_occurrence, period
from ecosystem.values import ONGOING, OPEN_END, Text, last_day

FADED_AFTER = 24
MOST_DOCUMENTS = 30
# What a thing is does not go stale, as what it does can.
NATURE = (*TIMELESS, "ADDRESSES", "PART_OF")
DAYS_A_MONTH = 365.2425 / 12

STATES = tuple(kind for kind in EDGE_KINDS if kind not in NATURE)

G21 = Rule(
    id="G21",
    title=Text("Остарели данни", "Stale records"),
    group="sureness",
    question=Text(
        "Кое от записаното като още в сила не е потвърждавано отдавна?",
        "What is recorded as still holding and was last confirmed long ago?",
    ),
    formula="age in months at the chosen date of the newest observed_on of the supporting "
    "Evidence of an open-ended state, else of the newest published_on of its sources, else "
    "unknown; faded above 24. A date to the year or month counts to its last day",
    explanation=Text(
        "Състояния без записан край: роли, членства, седалища, предлагане, нужди. Минало събитие и "
        "приключил проект не остаряват. Възрастта е на най-новото потвърждение; когато нито "
        "източникът, нито свидетелството има дата, тя е неизвестна, а не голяма.",
        "States without a recorded end: roles, memberships, seats, offers, needs. A past event or "
        "a finished project cannot go stale. The age is that of the newest confirmation; where "
        "neither a source nor evidence has a date it is unknown, not old.",
    ),
    expected=Text("до 24 месеца", "24 months at most"),
    maturity=OWN_RULE,
    remedy=Text(
        "Отворете документите, на които се крепи най-много, и отбележете какво още важи.",
        "Open the documents on which most depends, and note what still holds.",
    ),
    literature=(
        "Batini, C., Scannapieco, M. (2016). Data and Information Quality: Dimensions, Principles "
        "and Techniques. Springer.",
    ),
    reads=STATES,
)


@dataclass(frozen=True, kw_only=True)
class StatesSummary(Details):
    """The open states by age.

    Attributes
    ----------
    unknown
        How many are of unknown age.
    years
        How many of the others have so many full years, by that number.
    """

    states: int
    faded: int
    recent: int
    unknown: int
    years: Mapping[str, int]


def what_has_gone_stale(snapshot: Snapshot) -> RuleResult:
    """Documents that alone confirm faded states, those with most first; then unknown ages."""
    states = open_states(snapshot)
    if not states or snapshot.as_of == OPEN_END:
        return _without_ages(snapshot, bool(states))
    newest = {tie.id: confirmed(snapshot, tie) for tie in states}
    ages = {state: months(day, snapshot.as_of) for state, (day, _) in newest.items() if day}
    documents: dict[str, list[str]] = {}
    for state, age in ages.items():
        if age > FADED_AFTER:
            documents.setdefault(newest[state][1], []).append(state)
    order = sorted(documents, key=lambda document: (-len(documents[document]), document))
    findings = [
        _faded(snapshot, document, documents[document], ages) for document in order[:MOST_DOCUMENTS]
    ]
    undated = sorted(newest.keys() - ages.keys())
    if undated:
        findings.append(_undated(snapshot, undated, len(states)))
    faded = sum(map(len, documents.values()))
    many = counted(
        len(states), ("открито състояние", "открити състояния"), ("open state", "open states")
    )
    reason = Text(
        f"{many.bg}: избледнели – {faded}, скорошни – {len(ages) - faded}, с неизвестна възраст – "
        f"{len(undated)}.",
        f"{many.en}: {faded} faded, {len(ages) - faded} recent, {len(undated)} of unknown age.",
    )
    status: Status = "found" if faded else "not recorded" if undated else "none found"
    return answer(
        snapshot,
        G21,
        status=status,
        coverage=NO_ABSENCE_RULE,
        reason=reason,
        findings=findings,
        total=len(documents) + bool(undated),
        details=StatesSummary(
            states=len(states),
            faded=faded,
            recent=len(ages) - faded,
            unknown=len(undated),
            years=_by_year(ages.values()),
        ),
    )


def _by_year(ages: Iterable[float]) -> dict[str, int]:
    """How many of the ages in months have so many full years, for the years that occur."""
    counts = Counter(int(age // 12) for age in ages)
    return {str(year): number for year, number in sorted(counts.items())}


def _without_ages(snapshot: Snapshot, states: bool) -> RuleResult:
    reason = snapshot.left_out.none_of(
        snapshot.left_out.of_kind(*STATES),
        Text("Няма състояния без записан край.", "There are no states without an end."),
    )
    if states:
        reason = Text(
            "Не е избрана дата, спрямо която да се мери възрастта.",
            "No date is chosen at which to measure the age.",
        )
    status: Status = "undefined" if states else "none found"
    return answer(snapshot, G21, status=status, coverage=NO_ABSENCE_RULE, reason=reason)


def open_states(snapshot: Snapshot) -> tuple[Edge, ...]:
    """The ties of the view that last, without a stated end, and whose ends are not over."""
    over = {
        identity
        for identity, node in snapshot.nodes.items()
        if node.period.ended_by(snapshot.as_of)
    }
    return tuple(
        edge
        for edge in snapshot.edges.values()
        if edge.kind not in NATURE
        and not is_occurrence(edge)
        and period(snapshot.dataset, edge).until in ("", ONGOING)
        and edge.source not in over
        and edge.target not in over
    )


def confirmed(snapshot: Snapshot, state: Edge) -> tuple[str, str]:
    """The last day on which somebody confirmed a state, and the id of the document.

    Two empty texts where nothing is dated.
    """
    dataset = snapshot.dataset
    seen = [
        (last_day(row.observed_on), row.source)
        for row in dataset.evidence_of(state.id)
        if isinstance(row, Evidence) and row.stance == "supports" and row.observed_on
    ]
    if not seen:
        documents = [dataset.nodes.get(entry.partition("#")[0]) for entry in state.sources]
        seen = [
            (last_day(document.published_on), document.id)
            for document in documents
            if isinstance(document, Source) and document.published_on
        ]
    return max(seen, default=("", ""))


def months(day: str, as_of: str) -> float:
    """Whole and broken months from one full day to another; 0 where it is the later one."""
    days = (date.fromisoformat(as_of) - date.fromisoformat(day)).days
    return max(0.0, days / DAYS_A_MONTH)


def _faded(snapshot: Snapshot, source: str, states: list[str], ages: dict[str, float]) -> Gap:
    document = snapshot.dataset.nodes.get(source)
    publisher = document.publisher if isinstance(document, Source) else source
    name, age = shown(snapshot, source), ages[states[0]]
    years = decimal(age / 12, 1)
    number = counted(
        len(states), ("открито състояние", "открити състояния"), ("open state", "open states")
    )
    about = _subjects(snapshot, states)
    who, first = listed(snapshot, about, limit=3), listed(snapshot, about, limit=2)
    said = counted(
        len(states),
        ("твърдение не е потвърждавано", "твърдения не са потвърждавани"),
        ("statement has not been confirmed", "statements have not been confirmed"),
    )
    return Gap(
        rule="G21",
        subjects=(source,),
        status="faded",
        sentence=Text(
            f"{said.bg} от {years.bg} години.",
            f"{said.en} for {years.en} years.",
        ),
        step=Text(
            f"Проверете важи ли още записаното за {first.bg}.",
            f"Check whether what is recorded still holds for {first.en}.",
        ),
        asks=first_named(about, 2),
        headline=sentences(
            Text(
                f"{number.bg} – последно потвърдено преди {years.bg} години: „{name.bg}“ "
                f"({publisher})",
                f"{number.en}, last confirmed {years.en} years ago: “{name.en}” ({publisher})",
            )
        ),
        closing=sentences(
            Text(
                f"Проверете на място или при {publisher} важи ли още записаното за: {who.bg}",
                f"Check on the spot or with {publisher} whether what is recorded still holds for "
                f"{who.en}",
            )
        ),
        n=len(states),
        value=max(ages[state] for state in states),
        unit=Text("месеца от последното потвърждение", "months since the last confirmation"),
        expected=float(FADED_AFTER),
        statements=tuple(sorted(states)),
    )


def _undated(snapshot: Snapshot, states: list[str], n: int) -> Gap:
    number = counted(
        len(states), ("открито състояние", "открити състояния"), ("open state", "open states")
    )
    documents: dict[str, int] = {}
    for identity in states:
        for entry in snapshot.dataset.edges[identity].sources:
            source = entry.partition("#")[0]
            documents[source] = documents.get(source, 0) + 1
    order = sorted(documents, key=lambda document: (-documents[document], document))
    name = listed(snapshot, order, limit=3)
    closing = Text(
        f"Запишете датата на документите, като започнете от най-носещите: {name.bg}",
        f"Record the dates of the documents, beginning with those that carry most: {name.en}",
    )
    if not documents:
        closing = Text("Намерете за тях източник с дата", "Find a dated source for each of them")
    return Gap(
        rule="G21",
        subjects=tuple(order),
        key="unknown",
        status="not recorded",
        sentence=_ageless(len(states)),
        step=Text(
            "Запишете датата на документите, започвайки от най-носещите.",
            "Record the dates of the documents, beginning with those that carry most.",
        )
        if documents
        else sentences(closing),
        headline=Text(
            f"{number.bg} от общо {n} са с неизвестна възраст: нито един техен източник няма дата.",
            f"{number.en} of {n} are of unknown age: none of their sources is dated.",
        ),
        closing=sentences(closing),
        n=len(states),
        unit=Text("месеца от последното потвърждение", "months since the last confirmation"),
        expected=float(FADED_AFTER),
        reason=Text("Източниците нямат дата.", "The sources are undated."),
        statements=tuple(states),
    )


def _ageless(number: int) -> Text:
    said = counted(number, ("твърдение", "твърдения"), ("statement", "statements"))
    return Text(
        f"За {said.bg} не се знае от кога са.", f"Of {said.en} nobody can say how old they are."
    )


def _subjects(snapshot: Snapshot, states: list[str]) -> list[str]:
    """Whom the states are about, those with most first; members of the scope before others."""
    number: dict[str, int] = {}
    for identity in states:
        edge = snapshot.edges[identity]
        for end in (edge.source, edge.target):
            if not end.startswith(("theme:", "city:", "person:")):
                number[end] = number.get(end, 0) + 1
    if not number:
        number = {snapshot.edges[identity].source: 1 for identity in states}
    return sorted(number, key=lambda actor: (actor not in snapshot.members, -number[actor], actor))


def tables(result: RuleResult) -> Iterable[Table]:
    """The states by full years since somebody confirmed them."""
    summary = result.details
    if not isinstance(summary, StatesSummary):
        return
    rows: list[tuple[Cell, ...]] = []
    for year in range(max(map(int, summary.years), default=-1) + 1):
        name = Text("под 1 г.", "below 1") if year == 0 else Text(f"{year}", f"{year}")
        rows.append((name, summary.years.get(str(year), 0)))
    columns = (
        column("Пълни години", "Full years"),
        column("открити състояния", "open states", "count", bar=True),
    )
    unknown = summary.unknown
    note = Text(f"С неизвестна възраст: {unknown}.", f"Of unknown age: {unknown}.")
    title = Text("Години от последното потвърждение", "Years since the last confirmation")
    yield Table(title, columns, tuple(rows), note if unknown else None, series=True)
