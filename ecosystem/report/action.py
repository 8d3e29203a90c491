"""The second half of the report: what is missing, what to do, mentors, and the annex."""

from __future__ import annotations

from collections.abc import Iterable

from ecosystem.analysis.followup import OUTCOMES
from ecosystem.analysis.gaps import RULES, TOLD_FIRST, tables_of
from ecosystem.analysis.gaps.results import STATUSES, Gap, RuleResult
from ecosystem.analysis.gaps.tables import Column, Table
from ecosystem.desk import MATTERS
from ecosystem.figures import day
from ecosystem.report.blocks import Block, Bullets, Cell, Grid, Line, Paragraph
from ecosystem.report.pen import Pen
from ecosystem.values import Text

SHOWN_GAPS = 4
ACTIONS_A_RULE = 2
DRAWN_BEFORE = ("G24", "G21")
CATALOGUE = {rule.id: rule for rule in RULES}


def missing(pen: Pen) -> Iterable[Block]:
    """How many gaps each rule found, then the first findings of each."""
    yield pen.heading(2, pen.say("Какво липсва", "What is missing"), "missing")
    columns = (
        Column(Text("Въпрос", "Matter")),
        Column(Text("Отговор", "Answer")),
        Column(Text("Пропуски", "Gaps"), "count", bar=True),
    )
    rows = tuple(
        (CATALOGUE[one.rule].title, STATUSES[one.status], one.total) for one in pen.material.gaps
    )
    caption = Text("Пропуски по правила", "Gaps by rule")
    yield from pen.grid(Table(caption, columns, rows), rows=len(rows))
    for result in pen.material.gaps:
        if not result.findings and not result.left_out:
            continue
        rule = CATALOGUE[result.rule]
        yield pen.heading(3, pen.text(rule.title), f"rule-{rule.id}")
        yield Paragraph((f"{pen.text(rule.question)} {pen.text(result.reason)}",))
        shown = result.findings[:SHOWN_GAPS]
        part = pen.say(
            f" Показани са първите {len(shown)} от {pen.number(result.total)}.",
            f" The first {len(shown)} of {pen.number(result.total)} are shown.",
        )
        words = pen.text(result.coverage) + (part if result.total > len(shown) else "")
        yield Paragraph((words,), quiet=True)
        if result.left_out:
            yield Paragraph((_left_out(pen, result, result.left_out),), quiet=True)
        yield Bullets(tuple(pen.cited(pen.text(gap.sentence), gap.statements) for gap in shown))


def _left_out(pen: Pen, result: RuleResult, note: Text) -> str:
    """What the view leaves out of what the rule reads, and how much is listed apart."""
    aside = len(result.apart)
    if not aside:
        return pen.text(note)
    listed = pen.say(
        f"Настрана: {pen.number(aside)}.",
        f"Listed apart: {pen.number(aside)}.",
    )
    return f"{pen.text(note)} {listed}"


def what_to_do(pen: Pen) -> Iterable[Block]:
    """The first steps: what would close the gaps that one acts on first."""
    found = {result.rule: result for result in pen.material.gaps}
    order = [*TOLD_FIRST, *(rule for rule in found if rule not in TOLD_FIRST)]
    rows = [
        (Cell(_step(pen, gap)), Cell((pen.text(gap.sentence),)))
        for rule in order
        if rule in found
        for gap in found[rule].findings[: ACTIONS_A_RULE if rule in TOLD_FIRST else 1]
    ]
    yield pen.heading(2, pen.say("Какво да се направи", "What to do"), "to-do")
    if not rows:
        yield Paragraph((pen.say("Нито едно правило не даде пропуск.", "No rule found a gap."),))
        return
    yield Paragraph(
        (
            pen.say(
                "Стъпките са в реда, в който има смисъл да се действа: първо онова, което отваря "
                "път към останалото.",
                "The steps are in the order in which it makes sense to act: first what opens the "
                "way "
                "to the rest.",
            ),
        )
    )
    headings = pen.say("Стъпка|Защо", "Step|Why").split("|")
    caption = pen.say("Първи стъпки", "First steps")
    yield Grid(caption, tuple(headings), (False, False), tuple(rows))


def _step(pen: Pen, gap: Gap) -> Line:
    return pen.cited(pen.text(gap.step), gap.statements)


def taken_up(pen: Pen) -> Iterable[Block]:
    """What was decided about gaps, and what has become of them; nothing where nothing was."""
    rows = tuple(
        (
            pen.text(one.gap.sentence) if one.gap else one.gap_id,
            MATTERS["gap"].states.get(one.decision.state, Text("", one.decision.state)),
            one.decision.owner or None,
            day(one.decision.due_on, pen.lang) if one.decision.due_on else None,
            OUTCOMES[one.outcome],
            one.decision.note or None,
        )
        for one in pen.material.followed
    )
    columns = (
        Column(Text("Пропуск", "Gap")),
        Column(Text("Решено", "Decided")),
        Column(Text("Отговорник", "Owner")),
        Column(Text("Срок", "Due")),
        Column(Text("Какво стана", "What became")),
        Column(Text("Бележка", "Note")),
    )
    if rows:
        title = Text("Поети пропуски", "Gaps taken up")
        yield pen.heading(3, pen.text(title), "taken-up")
        said = pen.say("Решения и какво стана с тях", "Decisions, and what became of them")
        yield from pen.grid(Table(title, columns, rows), said, rows=len(rows))


def mentors(pen: Pen) -> Iterable[Block]:
    """Who can advise, for which reasons, and the plan for all cities."""
    yield pen.heading(2, pen.say("Кой може да помогне", "Who can help"), "mentors")
    matches = pen.material.matches
    if matches is not None:
        if matches.answer:
            yield Paragraph((pen.text(matches.answer),))
        for match in pen.material.mentors[:3]:
            title = f"{match.rank}. {pen.text(match.name)} – {pen.number(match.score)}"
            if state := pen.material.decided.get(match.mentor):
                title = f"{title} ({pen.text(MATTERS['match'].states[state])})"
            yield pen.heading(3, title, f"mentor-{match.mentor.replace(':', '-')}")
            if match.headline:
                yield Paragraph((pen.text(match.headline),))
            yield Bullets(
                tuple(
                    pen.cited(
                        f"{pen.text(reason.text)} (+{pen.number(reason.contribution)})",
                        reason.statements,
                    )
                    for reason in match.reasons
                )
            )
            unknowns = " ".join(pen.text(note.text) for note in match.unknowns)
            if unknowns:
                yield Paragraph((unknowns,), quiet=True)
    plan = pen.material.plan
    told = plan.pairs_from(pen.material.snapshot.scope)
    rows = tuple(((pair.mentee,), (pair.mentor,), pair.match.score or 0.0) for pair in told)
    if rows:
        plan_title = Text("План за всички градове с нужди", "Plan for all cities with needs")
        columns = (
            Column(Text("Град", "City"), "nodes"),
            Column(Text("Ментор", "Mentor"), "nodes"),
            Column(Text("Оценка", "Score"), "number", bar=True),
        )
        yield pen.heading(3, pen.text(plan_title), "plan")
        pairs = pen.say("Градове и ментори", "Cities and mentors")
        yield from pen.grid(Table(plan_title, columns, rows), pairs, rows=len(rows))
    left = [(f"{pen.text(one.name)}: {pen.text(one.reason)}",) for one in plan.unmatched]
    if left:
        yield Bullets(tuple(left))
    if plan.assumptions:
        yield Paragraph((" ".join(map(pen.text, plan.assumptions)),), quiet=True)


def annex(pen: Pen) -> Iterable[Block]:
    """How each rule measures, and its numbers as tables."""
    title = pen.say("Приложение: числата зад правилата", "Annex: the numbers behind the rules")
    yield pen.heading(2, title, "annex")
    for result in pen.material.gaps:
        rule = CATALOGUE[result.rule]
        tables = () if result.rule in DRAWN_BEFORE else tables_of(result)
        yield pen.heading(3, f"{rule.id} · {pen.text(rule.title)}", f"numbers-{rule.id}")
        yield Paragraph(
            (
                f"{pen.text(rule.explanation)} {pen.say('Очаквано: ', 'Expected: ')}"
                f"{pen.text(rule.expected)}.",
            ),
            quiet=True,
        )
        if not result.findings:
            status = pen.text(STATUSES[result.status])
            yield Paragraph((f"{status[:1].upper()}{status[1:]}. {pen.text(result.reason)}",))
        for table in tables:
            yield from pen.series(table) if table.series else pen.grid(table)
