"""The first half of the report: in short, what the map knows and does not, who matters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ecosystem.analysis.gaps import tables_of, told_first
from ecosystem.analysis.gaps.laws import WORK_KINDS
from ecosystem.analysis.gaps.tables import Column, Table
from ecosystem.drawing import drawing
from ecosystem.figures import day, interval, rank
from ecosystem.labels import counted_things
from ecosystem.lenses import LENSES
from ecosystem.model import NODE_KINDS
from ecosystem.report.blocks import Block, Bullets, Cell, Grid, Line, Paragraph, Picture
from ecosystem.report.pen import Pen
from ecosystem.values import Text

RANKED_ROWS = 8


def in_short(pen: Pen) -> Iterable[Block]:
    """Five or six sentences for those who read no further."""
    material = pen.material
    points: list[Line] = [(_counted(pen),)]
    points += [(pen.text(unknown),) for unknown in material.overview.unknowns[:1]]
    points += [line for line in [_first(pen)] if line]
    points += [
        pen.cited(pen.text(gap.sentence), gap.statements) for gap in told_first(material.gaps)
    ]
    for best in material.mentors[:1]:
        statements = [one for reason in best.reasons for one in reason.statements]
        words = pen.say("Първото предложение за ментор: ", "The first suggestion of a mentor: ")
        if material.decided.get(best.mentor) == "accepted":
            words = pen.say("Приет ментор: ", "The mentor that was accepted: ")
        why = f". {pen.text(best.headline)}" if best.headline else ""
        points.append(pen.cited(f"{words}{pen.text(best.name)}{why}", statements))
    yield pen.heading(2, pen.say("Накратко", "In short"), "short")
    yield Bullets(tuple(points))


def _counted(pen: Pen) -> str:
    overview = pen.material.overview
    counted = ", ".join(
        pen.text(counted_things(kind, count)) for kind, count in overview.members.items()
    )
    return pen.say(
        f"Към {day(overview.as_of, 'bg')} в обхвата са записани: {counted}. Връзките са "
        f"{pen.number(overview.ties)}, документите зад тях – {pen.number(overview.sources)}.",
        f"As of {day(overview.as_of, 'en')} the scope holds: {counted}. There are "
        f"{pen.number(overview.ties)} ties, and {pen.number(overview.sources)} documents behind "
        "them.",
    )


def _first(pen: Pen) -> Line:
    for measure in pen.material.measures:
        stability = pen.material.stability.get(measure.name)
        if stability and stability.places:
            place = stability.places[0]
            share = pen.percent(place.top)
            return pen.cited(
                pen.say(
                    f"Най-напред по „{pen.text(measure.definition.title)}“ е {pen.name(place.id)}; "
                    f"сред първите {stability.k} остава в {share} от пробите",
                    f"First by {pen.text(measure.definition.title)} is {pen.name(place.id)}; it "
                    f"stays in the top {stability.k} in {share} of the trials",
                ),
                [place.id],
            )
    return ()


def knows(pen: Pen) -> Iterable[Block]:
    """Counts, the map as a picture, sectors and years."""
    overview = pen.material.overview
    yield pen.heading(2, pen.say("Какво знае картата", "What the map knows"), "knows")
    yield Paragraph(
        (
            pen.say(
                f"Редакция {pen.snapshot.revision} на данните. Брои се само онова, което е в "
                f"обхвата; "
                f"други {pen.number(overview.external)} са показани като контекст.",
                f"Revision {pen.snapshot.revision} of the data. Only what is in the scope is "
                f"counted; "
                f"another {pen.number(overview.external)} are shown as context.",
            ),
        )
    )
    yield from pen.grid(_members(pen))
    svg = drawing(pen.snapshot, pen.material.layout, pen.lang)
    if svg:
        words = pen.say(f"Карта на обхвата: {_counted(pen)}", f"Map of the scope: {_counted(pen)}")
        yield Picture(
            svg,
            words,
            pen.say(
                "Картата: островите са сектори; квадрат – организация, кръг – човек, шестоъгълник "
                "– град, ромб – проект, триъгълник – събитие, правоъгълник – програма. С име са "
                "показани най-свързаните.",
                "The map: islands are sectors; a square is an organisation, a circle a person, "
                "a hexagon a city, a diamond a project, a triangle an event, a bar a programme. "
                "The most connected bear their names.",
            ),
        )
    yield from _drawn(pen, "G01", first=True)
    years = _years(pen)
    if years.rows:
        yield from pen.series(years)


def _members(pen: Pen) -> Table:
    columns = (
        Column(Text("Вид", "Kind")),
        Column(Text("в обхвата", "in scope"), "count", bar=True),
    )
    rows = tuple(
        (NODE_KINDS[kind].label, count) for kind, count in pen.material.overview.members.items()
    )
    return Table(Text("Какво е записано", "What is recorded"), columns, rows)


def _years(pen: Pen) -> Table:
    """Events and projects of the scope by the year in which they began."""
    begun = Counter(
        int(node.since[:4])
        for one in pen.snapshot.members
        if (node := pen.snapshot.nodes[one]).kind in ("Event", "Project") and node.since
    )
    columns = (
        Column(Text("Година", "Year")),
        Column(Text("събития и проекти", "events and projects"), "count", bar=True),
    )
    span = range(min(begun), max(begun) + 1) if begun else ()
    title = Text(
        "Събития и проекти по година на начало", "Events and projects by the year they began"
    )
    return Table(title, columns, tuple((str(y), begun.get(y, 0)) for y in span), series=True)


def _drawn(pen: Pen, rule: str, *, first: bool = False) -> Iterable[Block]:
    for result in pen.material.gaps:
        if result.rule == rule:
            for table in tables_of(result)[: 1 if first else None]:
                yield from pen.series(table) if table.series else pen.grid(table)


def does_not_know(pen: Pen) -> Iterable[Block]:
    """What nobody covers, what rests on one publisher, and how old it is."""
    yield pen.heading(2, pen.say("Какво картата не знае", "What the map does not know"), "unknown")
    yield Bullets(tuple((pen.text(one),) for one in pen.material.overview.unknowns))
    yield from _drawn(pen, "G24")
    yield from _drawn(pen, "G21")


def matters(pen: Pen) -> Iterable[Block]:
    """Rankings, each place with how surely it holds."""
    yield pen.heading(
        2, pen.say("Кой свързва и колко сигурно", "Who connects, and how surely"), "matters"
    )
    yield Paragraph(
        (
            pen.say(
                "Местата са сред организациите в обхвата; равните си делят място. Те описват "
                "записаното, не влиянието. Сигурността показва в каква част от 200 проби без "
                "случайни "
                "15\u00a0% от източниците организацията остава сред първите и между кои места "
                "стои в "
                "95\u00a0% "
                "от пробите.",
                "Ranks are among the organisations of the scope; equal values share a rank. They "
                "describe what is recorded, not influence. How surely they hold is the share of "
                "200 "
                "trials without a random 15\u00a0% of the sources in which the organisation stays "
                "among the "
                "first, and the ranks between which it lies in 95\u00a0% of them.",
            ),
        )
    )
    out = pen.snapshot.left_out
    if note := out.note(out.of_kind(*WORK_KINDS)):
        yield Paragraph((pen.text(note),))
    for measure in pen.material.measures:
        lens = pen.text(LENSES[measure.lens].title)
        title = f"{pen.text(measure.definition.title)} ({lens}, n = {measure.n})"
        yield pen.heading(3, title[:1].upper() + title[1:], f"by-{measure.name}")
        if measure.reason is not None:
            yield Paragraph((pen.text(measure.reason),))
            continue
        stability = pen.material.stability.get(measure.name)
        yield Paragraph((pen.text(measure.definition.meaning),))
        yield _ranking(pen, measure.name)
        if stability and stability.reason is not None:
            said = pen.say("Устойчивостта не е мерена: ", "How surely was not measured: ")
            yield Paragraph((said + pen.text(stability.reason),), quiet=True)


def _ranking(pen: Pen, name: str) -> Grid:
    (measure,) = (one for one in pen.material.measures if one.name == name)
    stability = pen.material.stability.get(name)
    places = {place.id: place for place in stability.places} if stability else {}
    best = [
        one
        for one in sorted(measure.ranks, key=lambda one: (measure.ranks[one], one))
        if pen.snapshot.nodes[one].kind == "Organisation"
    ]
    rows = []
    for one in best[:RANKED_ROWS]:
        row = [
            Cell((rank(measure.ranks[one], pen.lang),)),
            Cell(pen.cited(pen.named(one), [one])),
            Cell((pen.number(measure.values[one]),)),
        ]
        if places:
            place = places[one]
            span = interval(place.low, place.high, pen.lang, rank)
            row += [Cell((pen.percent(place.top),), (place.top, None)), Cell((span,))]
        rows.append(tuple(row))
    headings = [
        pen.say("Място", "Rank"),
        pen.say("Организация", "Organisation"),
        pen.say("Стойност", "Value"),
    ]
    if stability and places:
        headings += [
            pen.say(f"Сред първите {stability.k}", f"In the top {stability.k}"),
            pen.say("Между места", "Between ranks"),
        ]
    total = pen.number(measure.ranked.get("Organisation", 0))
    caption = pen.say(f"Първите от {total} организации", f"The first of {total} organisations")
    numeric = (True, False, True, True, True)[: len(headings)]
    return Grid(caption, tuple(headings), numeric, tuple(rows))
