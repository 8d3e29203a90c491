"""Which need of a city has no mentor, and who carries how much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ecosystem import figures
from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import (
    administrations,
    brief,
    complete,
    counted,
    coverage_note,
    first_named,
    listed,
    not_ended,
    sentences,
    shown,
)
from ecosystem.analysis.gaps.load import LoadOfMentors, mentor_load
from ecosystem.analysis.gaps.results import (
    OWN_RULE,
    Gap,
    Rule,
    RuleResult,
    answer,
    judged,
    status_of,
)
from ecosystem.analysis.gaps.tables import (
    Table,
    column,
)
from ecosystem.analysis.themes import SERVING, serves
from ecosystem.model import Edge, Mentors
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

G18 = Rule(
    id="G18",
    title=Text("Нужда без ментор", "A need without mentor"),
    group="unmet",
    question=Text(
        "По коя нужда на града никой не го съветва?",
        "On which of its needs does nobody advise the city?",
    ),
    formula="{(city, k): the city NEEDS k and is not known to have ceased to, and no MENTORS tie "
    "of another with k among its themes leads to the city or its administration by the date}; "
    "load Gini = sum |x_i - x_j| / (2 m^2 mean), x_i distinct mentees of mentor i, idle mentors "
    "included",
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
    judges=("MENTORS",),
    reads=("NEEDS",),
)


@dataclass(frozen=True, kw_only=True)
class MentoringRow:
    """A mentoring as readers see it; ``state`` says whether it holds."""

    mentor: str
    mentee: str
    statement: str
    since: str
    until: str
    state: Text


@dataclass(frozen=True, kw_only=True)
class MentoredNeed:
    """A need of a city with the mentoring on its theme."""

    city: str
    theme: str
    mentoring: tuple[MentoringRow, ...]


@dataclass(frozen=True, kw_only=True)
class UnmentoredDetails(Details):
    """Of a need: mentoring on a theme close to it, and mentoring on a theme nobody names."""

    near: tuple[MentoringRow, ...]
    theme_not_recorded: tuple[MentoringRow, ...]


@dataclass(frozen=True, kw_only=True)
class LoadSummary(Details):
    """The load of the mentors, where no need of a city is recorded."""

    load: LoadOfMentors


@dataclass(frozen=True, kw_only=True)
class MentoringSummary(LoadSummary):
    """The needs that have a mentor, and the load of the mentors."""

    mentored: tuple[MentoredNeed, ...]


def which_need_has_no_mentor(snapshot: Snapshot) -> RuleResult:
    """Needs of the scope's cities without a mentor on the theme, by city, then theme."""
    needs = [tie for tie in not_ended(snapshot, "NEEDS") if _of_city(snapshot, tie)]
    if not needs:
        return _without_needs(snapshot)
    ties = {city: _mentoring_of(snapshot, city) for city in {need.source for need in needs}}
    open_needs: list[Edge] = []
    mentored: list[MentoredNeed] = []
    for need in sorted(needs, key=lambda need: need.id):
        on_theme = [tie for tie in ties[need.source] if need.target in tie.themes]
        if on_theme:
            rows = _rows(snapshot, on_theme)
            mentored.append(MentoredNeed(city=need.source, theme=need.target, mentoring=rows))
        else:
            open_needs.append(need)
    unmentored = [_unmentored(snapshot, need, ties[need.source]) for need in open_needs]
    findings, aside = judged(snapshot, G18, unmentored)
    return answer(
        snapshot,
        G18,
        status=status_of(findings),
        coverage=coverage_note(snapshot, "MENTORS"),
        reason=_reason(snapshot, len(needs), mentored, len(findings)),
        findings=findings,
        aside=aside,
        details=MentoringSummary(mentored=tuple(mentored), load=mentor_load(snapshot)),
    )


def _without_needs(snapshot: Snapshot) -> RuleResult:
    nothing = Text(
        "За нито един град от обхвата не са записани нужди.",
        "No needs are recorded for any city of the scope.",
    )
    left_out = [tie for tie in snapshot.left_out.of_kind("NEEDS") if _of_city(snapshot, tie)]
    return answer(
        snapshot,
        G18,
        status="none found" if complete(snapshot, "NEEDS") else "not recorded",
        coverage=coverage_note(snapshot, "NEEDS", "MENTORS"),
        details=LoadSummary(load=mentor_load(snapshot)),
        reason=snapshot.left_out.none_of(left_out, nothing),
    )


def _of_city(snapshot: Snapshot, need: Edge) -> bool:
    return need.source.startswith("city:") and need.source in snapshot.members


def _reason(snapshot: Snapshot, needs: int, mentored: Sequence[MentoredNeed], without: int) -> Text:
    over = snapshot.ended | snapshot.end_unknown
    number = counted(
        needs, ("нужда на град", "нужди на градове"), ("need of a city", "needs of cities")
    )
    lapsed = sum(all(row.statement in over for row in need.mentoring) for need in mentored)
    note = Text("", "")
    if lapsed:
        note = Text(
            f" (при {lapsed} менторството е приключило или краят му не е известен)",
            f" ({lapsed} of them by mentoring that has ended or whose end is unknown)",
        )
    return Text(
        f"{number.bg}: с ментор по темата – {len(mentored)}{note.bg}, без – {without}.",
        f"{number.en}: with a mentor on the theme – {len(mentored)}{note.en}, without – {without}.",
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
    serving = {theme for theme, how in serves(snapshot, need.target).items() if how in SERVING}
    near = [tie for tie in ties if serving & set(tie.themes)]
    unnamed = [tie for tie in ties if not tie.themes]
    status = "possible" if near else "absent" if covered and not unnamed else "not recorded"
    not_sure = Text(
        "Никой източник не обхваща менторството на града изцяло, или темата му не е записана.",
        "No source covers the city's mentoring completely, or its theme is not recorded.",
    )
    return Gap(
        rule="G18",
        subjects=(need.source, need.target),
        status=status,
        sentence=_unadvised(snapshot, need, sure=status == "absent"),
        step=_first_step(snapshot, need, serving, unnamed),
        asks=_those_to_ask(snapshot, need, serving, unnamed),
        headline=_headline(snapshot, need, near, unnamed, sure=status == "absent"),
        closing=_whom_to_ask(snapshot, need, serving, unnamed),
        n=1,
        value=0.0 if status == "absent" else None,
        unit=Text("ментори по темата", "mentors on the theme"),
        expected=1.0,
        reason=None if status == "absent" else not_sure,
        statements=tuple(sorted({need.id, *(tie.id for tie in (*near, *unnamed))})),
        details=UnmentoredDetails(
            near=_rows(snapshot, near), theme_not_recorded=_rows(snapshot, unnamed)
        ),
    )


def _unadvised(snapshot: Snapshot, need: Edge, *, sure: bool) -> Text:
    city, theme = brief(snapshot, need.source), brief(snapshot, need.target)
    if sure:
        return Text(
            f"Никой не съветва {city.bg} по „{theme.bg}“.",
            f"Nobody advises {city.en} on “{theme.en}”.",
        )
    return Text(
        f"{city.bg}: няма записан ментор по „{theme.bg}“.",
        f"{city.en}: no mentor on “{theme.en}” is recorded.",
    )


def _first_step(snapshot: Snapshot, need: Edge, serving: set[str], unnamed: list[Mentors]) -> Text:
    if unnamed:
        who = listed(snapshot, sorted({tie.source for tie in unnamed}), limit=2)
        return Text(
            f"Запишете по каква тема съветват {who.bg}.",
            f"Record the theme on which {who.en} advise.",
        )
    able = _able(snapshot, need, serving)
    if able:
        who = listed(snapshot, able, limit=2)
        return Text(f"Попитайте {who.bg} за ментор.", f"Ask {who.en} for a mentor.")
    return Text("Потърсете ментор отвън.", "Look for a mentor beyond the map.")


def _those_to_ask(
    snapshot: Snapshot, need: Edge, serving: set[str], unnamed: list[Mentors]
) -> tuple[str, ...]:
    """Ids of those whom the first step names."""
    advising = sorted({tie.source for tie in unnamed})
    return first_named(advising or _able(snapshot, need, serving), 2)


def _headline(
    snapshot: Snapshot, need: Edge, near: list[Mentors], unnamed: list[Mentors], *, sure: bool
) -> Text:
    city, theme = shown(snapshot, need.source), shown(snapshot, need.target)
    said = Text("няма записан ментор", "no mentor is recorded")
    if sure:
        said = Text("няма ментор", "there is no mentor")
    notes = [_near_note(snapshot, near)] if near else []
    notes += [_unnamed_note(snapshot, unnamed)] if unnamed else []
    return Text(
        "; ".join((f"{city.bg}, „{theme.bg}“: {said.bg}", *(note.bg for note in notes))) + ".",
        "; ".join((f"{city.en}, “{theme.en}”: {said.en}", *(note.en for note in notes))) + ".",
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
    mentors = [(shown(snapshot, tie.source), _state(snapshot, tie)) for tie in ties]
    return Text(
        ", ".join(f"{name.bg} ({state.bg})" for name, state in mentors),
        ", ".join(f"{name.en} ({state.en})" for name, state in mentors),
    )


def _state(snapshot: Snapshot, tie: Edge) -> Text:
    if tie.id in snapshot.ended:
        until = figures.both(figures.day, tie.until)
        return Text(f"приключило, до {until.bg}", f"ended, until {until.en}")
    if tie.id in snapshot.end_unknown:
        return Text("краят не е известен", "end unknown")
    return Text("в сила", "holds")


def _rows(snapshot: Snapshot, ties: Iterable[Mentors]) -> tuple[MentoringRow, ...]:
    return tuple(
        MentoringRow(
            mentor=tie.source,
            mentee=tie.target,
            statement=tie.id,
            since=tie.since,
            until=tie.until,
            state=_state(snapshot, tie),
        )
        for tie in ties
    )


def _able(snapshot: Snapshot, need: Edge, serving: set[str]) -> list[str]:
    """The cities that offer what serves the need."""
    return sorted(
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


def _whom_to_ask(snapshot: Snapshot, need: Edge, serving: set[str], unnamed: list[Mentors]) -> Text:
    able = _able(snapshot, need, serving)
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


def tables(result: RuleResult) -> Iterable[Table]:
    """The needs with a mentor, and the mentors with their load."""
    summary = result.details
    if isinstance(summary, MentoringSummary):
        columns = (
            column("Град", "City", "nodes"),
            column("нужда", "need", "nodes"),
            column("ментори", "mentors", "nodes"),
        )
        rows = tuple(
            ((need.city,), (need.theme,), tuple(tie.mentor for tie in need.mentoring))
            for need in summary.mentored
        )
        yield Table(Text("Нужди с ментор", "Needs with a mentor"), columns, rows)
    if isinstance(summary, LoadSummary):
        loads = (
            column("Ментор", "Mentor", "nodes"),
            column("съветвани", "mentees", "count", bar=True),
            column("от тях сега", "of these now", "count"),
            column("капацитет", "capacity", "count"),
        )
        busy = sorted(summary.load.mentors, key=lambda load: (-load.mentees, load.mentor))
        yield Table(
            Text("Натоварване на менторите", "Load of the mentors"),
            loads,
            tuple(((load.mentor,), load.mentees, load.in_force, load.capacity) for load in busy),
        )
