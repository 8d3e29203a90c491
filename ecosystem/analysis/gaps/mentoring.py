"""Which need of a city has no mentor, and who carries how much."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ecosystem.analysis.gaps.laws import (
    administrations,
    complete,
    counted,
    coverage_note,
    listed,
    not_ended,
    sentences,
    shown,
)
from ecosystem.analysis.gaps.results import (
    OWN_RULE,
    Gap,
    Rule,
    RuleResult,
    answer,
    status_of,
)
from ecosystem.analysis.gaps.tables import (
    Table,
    column,
)
from ecosystem.analysis.themes import SERVING, serves
from ecosystem.model import Edge, Mentors, ParticipatesIn
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

G18 = Rule(
    id="G18",
    title=Text("Коя нужда няма ментор", "Which need has no mentor"),
    question=Text(
        "По коя нужда на града никой не го съветва?",
        "On which of its needs does nobody advise the city?",
    ),
    formula="{(city, k): the city NEEDS k, and no MENTORS tie with k among its themes leads to the "
    "city or its administration by the date}; load Gini = sum |x_i - x_j| / (2 m^2 mean), x_i "
    "distinct mentees of mentor i, idle mentors included",
    explanation=Text(
        "Нужди на град без менторство точно по тази тема, известно към датата. Приключило "
        "менторство и менторство с неизвестен край се назовават. Връзка без тема се чете „има "
        "ментор, темата не е записана“ и не закрива нужда. Неравномерността на натоварването брои "
        "и менторите без подопечни.",
        "Needs of a city without mentoring on that very theme known by the date. Mentoring that "
        "has ended or whose end is unknown is named. A tie without themes reads “mentored, theme "
        "not recorded” and closes nothing. The inequality of load counts idle mentors too.",
    ),
    expected=Text("ментор за всяка нужда", "a mentor for every need"),
    maturity=OWN_RULE,
    remedy=Text(
        "Вижте предложенията за ментори на града и поканете първото, което има доказателства.",
        "See the mentor suggestions for the city and invite the first that has evidence.",
    ),
    literature=(
        "Dorfman, R. (1979). A formula for the Gini coefficient. Review of Economics and "
        "Statistics 61(1), 146-149.",
    ),
)


def which_need_has_no_mentor(snapshot: Snapshot) -> RuleResult:
    """Needs of the scope's cities without a mentor on the theme, by city, then theme."""
    coverage = coverage_note(snapshot, "MENTORS")
    needs = [
        tie
        for tie in not_ended(snapshot, "NEEDS")
        if tie.source.startswith("city:") and tie.source in snapshot.members
    ]
    load = mentor_load(snapshot)
    if not needs:
        sure = complete(snapshot, "NEEDS")
        return answer(
            snapshot,
            G18,
            status="none found" if sure else "not recorded",
            coverage=coverage_note(snapshot, "NEEDS", "MENTORS"),
            details={"load": load},
            reason=Text(
                "За нито един град от обхвата не са записани нужди.",
                "No needs are recorded for any city of the scope.",
            ),
        )
    ties = {city: _mentoring_of(snapshot, city) for city in {need.source for need in needs}}
    open_needs: list[Edge] = []
    closed: list[dict[str, Any]] = []
    for need in sorted(needs, key=lambda need: need.id):
        on_theme = [tie for tie in ties[need.source] if need.target in tie.themes]
        if on_theme:
            closed.append(
                {"city": need.source, "theme": need.target, "mentoring": _rows(snapshot, on_theme)}
            )
        else:
            open_needs.append(need)
    findings = [_unmentored(snapshot, need, ties[need.source]) for need in open_needs]
    over = snapshot.ended | snapshot.end_unknown
    number = counted(
        len(needs), ("нужда на град", "нужди на градове"), ("need of a city", "needs of cities")
    )
    lapsed = sum(all(row["statement"] in over for row in one["mentoring"]) for one in closed)
    note = Text("", "")
    if lapsed:
        note = Text(
            f" (при {lapsed} менторството е приключило или краят му не е известен)",
            f" ({lapsed} of them by mentoring that has ended or whose end is unknown)",
        )
    reason = Text(
        f"{number.bg}: с ментор по темата – {len(closed)}{note.bg}, без – {len(findings)}.",
        f"{number.en}: with a mentor on the theme – {len(closed)}{note.en}, without – "
        f"{len(findings)}.",
    )
    return answer(
        snapshot,
        G18,
        status=status_of(findings),
        coverage=coverage,
        reason=reason,
        findings=findings,
        details={"mentored": closed, "load": load},
    )


def _mentoring_of(snapshot: Snapshot, city: str) -> tuple[Mentors, ...]:
    mentees = {city, *administrations(snapshot, city)}
    return tuple(
        tie
        for tie in snapshot.edges_of_kind("MENTORS")
        if isinstance(tie, Mentors) and tie.target in mentees and tie.source not in mentees
    )


def _unmentored(snapshot: Snapshot, need: Edge, ties: Iterable[Mentors]) -> Gap:
    covered = bool(complete(snapshot, "MENTORS", need.source))
    serving = {i for i, how in serves(snapshot, need.target).items() if how in SERVING}
    near = [tie for tie in ties if serving & set(tie.themes)]
    unnamed = [tie for tie in ties if not tie.themes]
    city, theme = shown(snapshot, need.source), shown(snapshot, need.target)
    status = "possible" if near else "absent" if covered and not unnamed else "not recorded"
    said = Text("няма записан ментор", "no mentor is recorded")
    if status == "absent":
        said = Text("няма ментор", "there is no mentor")
    notes = [_near_note(snapshot, near)] if near else []
    notes += [_unnamed_note(snapshot, unnamed)] if unnamed else []
    return Gap(
        rule="G18",
        subjects=(need.source, need.target),
        status=status,
        headline=Text(
            "; ".join((f"{city.bg}, „{theme.bg}“: {said.bg}", *(note.bg for note in notes))) + ".",
            "; ".join((f"{city.en}, “{theme.en}”: {said.en}", *(note.en for note in notes))) + ".",
        ),
        closing=_whom_to_ask(snapshot, need, serving, unnamed),
        n=1,
        value=0.0 if status == "absent" else None,
        unit=Text("ментори по темата", "mentors on the theme"),
        expected=1.0,
        reason=None
        if status == "absent"
        else Text(
            "Никой източник не обхваща менторството на града изцяло, или темата му не е записана.",
            "No source covers the city's mentoring completely, or its theme is not recorded.",
        ),
        statements=tuple(sorted({need.id, *(tie.id for tie in (*near, *unnamed))})),
        details={"near": _rows(snapshot, near), "theme_not_recorded": _rows(snapshot, unnamed)},
    )


def _near_note(snapshot: Snapshot, ties: Iterable[Mentors]) -> Text:
    names = _with_state(snapshot, ties)
    return Text(
        f"ментор по близка тема: {names.bg}", f"mentored on a theme close to it: {names.en}"
    )


def _unnamed_note(snapshot: Snapshot, ties: Iterable[Mentors]) -> Text:
    names = _with_state(snapshot, ties)
    return Text(
        f"има ментор, темата не е записана: {names.bg}",
        f"mentored, theme not recorded: {names.en}",
    )


def _with_state(snapshot: Snapshot, ties: Iterable[Mentors]) -> Text:
    found = [(shown(snapshot, tie.source), _state(snapshot, tie)) for tie in ties]
    return Text(
        ", ".join(f"{name.bg} ({state.bg})" for name, state in found),
        ", ".join(f"{name.en} ({state.en})" for name, state in found),
    )


def _state(snapshot: Snapshot, tie: Edge) -> Text:
    if tie.id in snapshot.ended:
        return Text(f"приключило, до {tie.until}", f"ended, until {tie.until}")
    if tie.id in snapshot.end_unknown:
        return Text("краят не е известен", "end unknown")
    return Text("в сила", "holds")


def _rows(snapshot: Snapshot, ties: Iterable[Mentors]) -> list[dict[str, Any]]:
    return [
        {
            "mentor": tie.source,
            "mentee": tie.target,
            "statement": tie.id,
            "since": tie.since,
            "until": tie.until,
            "state": _state(snapshot, tie),
        }
        for tie in ties
    ]


def _whom_to_ask(snapshot: Snapshot, need: Edge, serving: set[str], unnamed: list[Mentors]) -> Text:
    able = sorted(
        {
            record.source
            for record in snapshot.dataset.of_kind("OFFERS")
            if isinstance(record, Edge)
            and record.target in serving
            and record.source.startswith("city:")
            and record.source != need.source
            and record.period.started_by(snapshot.as_of)
            and not record.period.ended_by(snapshot.as_of)
        }
    )
    parts = []
    if unnamed:
        names = listed(snapshot, sorted({tie.source for tie in unnamed}))
        parts.append(
            Text(
                f"Запишете по каква тема е съветът на: {names.bg}",
                f"Record the theme on which the city is advised by {names.en}",
            )
        )
    if able:
        names = listed(snapshot, able)
        parts += [
            Text(
                f"Градове, които предлагат темата: {names.bg}", f"Cities that offer it: {names.en}"
            ),
            Text("Вижте предложенията за ментори", "See the mentor suggestions"),
        ]
    nobody = Text(
        "Няма записан град, който предлага темата; потърсете ментор отвън",
        "No city is recorded as offering it; look for a mentor beyond the map",
    )
    return sentences(*(parts or [nobody]))


def mentor_load(snapshot: Snapshot) -> dict[str, Any]:
    """How mentees spread over mentors: Gini from 0 (evenly) to 1 - 1/m, or why there is none.

    Mentors are those who mentor someone, or take part as a mentor, in the view; their mentees
    count wherever they are, by the date. ``unused`` is capacity less the mentees of ties known to
    be in force, and None where no capacity is recorded.
    """
    capacity: dict[str, int] = {}
    mentors = {tie.source for tie in snapshot.edges_of_kind("MENTORS")}
    for tie in snapshot.edges_of_kind("PARTICIPATES_IN"):
        if isinstance(tie, ParticipatesIn) and tie.role == "mentor":
            mentors.add(tie.source)
            if tie.capacity is not None and tie.id not in snapshot.ended:
                capacity[tie.source] = capacity.get(tie.source, 0) + tie.capacity
    mentees: dict[str, set[str]] = {mentor: set() for mentor in sorted(mentors)}
    current: dict[str, set[str]] = {mentor: set() for mentor in mentees}
    for record in snapshot.dataset.of_kind("MENTORS"):
        if (
            isinstance(record, Mentors)
            and record.source in mentees
            and record.period.started_by(snapshot.as_of)
        ):
            mentees[record.source].add(record.target)
            if not record.period.end_unknown and not record.period.ended_by(snapshot.as_of):
                current[record.source].add(record.target)
    gini = _gini([len(found) for found in mentees.values()])
    return {
        "mentors": [
            {
                "mentor": mentor,
                "mentees": len(found),
                "in_force": len(current[mentor]),
                "capacity": capacity.get(mentor),
                "unused": max(0, capacity[mentor] - len(current[mentor]))
                if mentor in capacity
                else None,
            }
            for mentor, found in mentees.items()
        ],
        "idle": sum(1 for found in mentees.values() if not found),
        "gini": gini,
        "reason": None
        if gini is not None
        else Text(
            "Нужни са поне двама ментори и поне един подопечен.",
            "At least two mentors and one mentee are needed.",
        ),
    }


def _gini(values: list[int]) -> float | None:
    total, m = sum(values), len(values)
    if m < 2 or not total:
        return None
    weighted = sum(place * value for place, value in enumerate(sorted(values), start=1))
    return 2 * weighted / (m * total) - (m + 1) / m


def tables(result: RuleResult) -> Iterable[Table]:
    details = result.details
    rows = tuple(
        ((one["city"],), (one["theme"],), tuple(tie["mentor"] for tie in one["mentoring"]))
        for one in details.get("mentored", ())
    )
    columns = (
        column("Град", "City", "nodes"),
        column("нужда", "need", "nodes"),
        column("ментори", "mentors", "nodes"),
    )
    yield Table(Text("Нужди с ментор", "Needs with a mentor"), columns, rows)
    load = details.get("load", {}).get("mentors", ())
    busy = sorted(load, key=lambda one: (-one["mentees"], one["mentor"]))
    loads = (
        column("Ментор", "Mentor", "nodes"),
        column("съветвани", "mentees", "count", bar=True),
        column("от тях сега", "of these now", "count"),
        column("капацитет", "capacity", "count"),
    )
    yield Table(
        Text("Натоварване на менторите", "Load of the mentors"),
        loads,
        tuple(((one["mentor"],), one["mentees"], one["in_force"], one["capacity"]) for one in busy),
    )
