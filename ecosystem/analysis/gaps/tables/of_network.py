"""The tables of the rules about who works with whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ecosystem.analysis.gaps.results import STATUSES, RuleResult
from ecosystem.analysis.gaps.tables.table import (
    ADJUSTED,
    EXPECTED,
    OBSERVED,
    RATIO,
    TOLD,
    Cell,
    Column,
    Table,
    Z,
    column,
    ends,
    ratio,
    verdict,
    whole,
)
from ecosystem.labels import word
from ecosystem.values import Text


def alone(result: RuleResult) -> Iterable[Table]:
    columns = (
        column("Организация", "Organisation", "nodes"),
        column("Състояние", "Status"),
        column("работи с външни", "works with outsiders", "nodes"),
        column("предлага или търси", "offers or needs", "nodes"),
    )
    rows = tuple(
        (
            gap.subjects,
            STATUSES[gap.status],
            tuple(gap.details.get("outside", ())),
            tuple(gap.details.get("themes", ())),
        )
        for gap in result.findings
    )
    yield Table(Text("Кой стои отделно", "Who stands apart"), columns, rows)


def parts(result: RuleResult) -> Iterable[Table]:
    sizes = Counter(result.details.get("sizes", ()))
    total = sum(size * number for size, number in sizes.items())
    columns = (
        column("организации в частта", "organisations in the part", "count"),
        column("такива части", "such parts", "count"),
        column("дял на организациите", "share of organisations", "share", bar=True),
    )
    rows = tuple((size, sizes[size], size * sizes[size] / total) for size in sorted(sizes)[::-1])
    yield Table(Text("Свързаните части", "The connected parts"), columns, rows)


def distance(result: RuleResult) -> Iterable[Table]:
    columns = (column("Мярка", "Measure"), column("стойност", "value", "number"))
    for gap in result.findings:
        rows: tuple[tuple[Cell, ...], ...] = (
            (Text("обща ефективност", "global efficiency"), gap.value),
            (
                Text("среден път в най-голямата част", "mean path in the largest part"),
                gap.details["mean_path"],
            ),
            (Text("организации в нея", "organisations in it"), gap.details["largest"]),
            (Text("всички организации", "all organisations"), gap.n),
        )
        yield Table(Text("Разстояния", "Distances"), columns, rows)


def cut_points(result: RuleResult) -> Iterable[Table]:
    columns = (
        column("Организация", "Organisation", "nodes"),
        column("дял на прекъснатите двойки", "share of pairs cut off", "share", bar=True),
        column("частите след това", "the parts left"),
        column("да се запознаят", "to introduce", "nodes"),
    )
    rows = tuple(
        (
            gap.subjects[:1],
            gap.value,
            ", ".join(map(str, gap.details["parts"])),
            tuple(gap.details["introduce"] or ()),
        )
        for gap in result.findings
    )
    yield Table(Text("Единствените опори", "The single points"), columns, rows)


def bridges(result: RuleResult) -> Iterable[Table]:
    columns = (
        column("Връзка между", "Tie between", "nodes"),
        column("от двете страни", "on either side"),
        column("дял на прекъснатите двойки", "share of pairs cut off", "share", bar=True),
        column("втора връзка чрез", "a second tie by", "nodes"),
    )
    rows = tuple(
        (
            gap.subjects,
            " + ".join(map(str, gap.details["sizes"])),
            gap.value,
            tuple(gap.details["introduce"] or ()),
        )
        for gap in result.findings
    )
    yield Table(Text("Единствените връзки", "The single ties"), columns, rows)


def introductions(result: RuleResult) -> Iterable[Table]:
    columns = (
        column("Кого с кого", "Whom with whom", "nodes"),
        column("общи теми", "shared themes", "nodes"),
        column("през кого", "through whom", "nodes"),
        column("ръст на ефективността", "growth of efficiency", "share"),
        column("секторите към очакваното", "sectors to expected", "number"),
    )
    rows = tuple(
        (
            gap.subjects,
            tuple(gap.details["themes"]),
            tuple(gap.details["ask"]),
            gap.details["growth"],
            gap.details["observed_to_expected"],
        )
        for gap in result.findings
    )
    yield Table(Text("Кандидати за запознанство", "Candidate introductions"), columns, rows)


def sectors(result: RuleResult) -> Iterable[Table]:
    columns = (
        column("Сектор", "Sector"),
        Column(Text("дял", "share"), "share", bar=True, tick=2),
        column("еталон (уговорка)", "reference (convention)", "share"),
        column("организации", "organisations", "count"),
        column("дял към еталона", "share to reference", "number"),
        column("95\u00a0% от", "95\u00a0% from", "number"),
        column("до", "to", "number"),
    )
    titles = {
        "sectors": Text("Сектори на четворната спирала", "Sectors of the quadruple helix"),
        "stakeholders": Text("Заинтересовани страни по MIT REAP", "Stakeholders of MIT REAP"),
    }
    for name, title in titles.items():
        rows = tuple(
            (
                row["label"],
                row["share"],
                row["reference"],
                row["count"],
                row["ratio"],
                row["low"],
                row["high"],
            )
            for row in result.details.get(name, ())
        )
        yield Table(title, columns, rows)


def room(result: RuleResult) -> Iterable[Table]:
    rows = result.details.get("by_sector", ())
    columns = (
        column("Сектор", "Sector"),
        OBSERVED,
        EXPECTED,
        column("организации", "organisations", "count"),
        column("по събития", "at events", "count"),
        column("дял към очаквания", "share to expected", "number"),
        ADJUSTED,
        TOLD,
    )
    yield Table(
        Text("Участия в проекти по сектори", "Participations in projects by sector"),
        columns,
        tuple(
            (
                row["label"],
                whole(row["observed"]),
                row["expected"],
                row["members"],
                row["events"],
                row["ratio"],
                row["q"],
                verdict(row),
            )
            for row in rows
        ),
    )
    roles = result.details.get("roles", {})
    sectors = [row["sector"] for row in rows]
    yield Table(
        Text("Участията по роли", "The participations by role"),
        (column("Роля", "Role"), *(Column(word(sector), "count") for sector in sectors)),
        tuple(
            (word(role), *(counts.get(sector, 0) for sector in sectors))
            for role, counts in roles.items()
        ),
    )


def pairs(result: RuleResult) -> Iterable[Table]:
    yield Table(
        Text("Работни връзки между секторите", "Work ties between the sectors"),
        (column("Сектори", "Sectors"), OBSERVED, EXPECTED, RATIO, Z, ADJUSTED, TOLD),
        tuple(
            (
                row["label"],
                whole(row["observed"]),
                row["expected"],
                ratio(row),
                row["z"],
                row["q"],
                verdict(row),
            )
            for row in result.details.get("pairs", ())
        ),
    )


def inward(result: RuleResult) -> Iterable[Table]:
    columns = (
        column("Сектор", "Sector"),
        column("връзки вътре", "ties inside", "count"),
        column("връзки навън", "ties outside", "count"),
        column("индекс E-I", "E-I index", "number"),
        EXPECTED,
        Z,
        ADJUSTED,
        TOLD,
    )
    yield Table(
        Text("Връзки вътре и навън", "Ties inside and outside"),
        columns,
        tuple(
            (
                row["label"],
                row["inside"],
                row["outside"],
                row["observed"],
                row["expected"],
                row["z"],
                row["q"],
                verdict(row),
            )
            for row in result.details.get("by_sector", ())
        ),
    )


def likeness(result: RuleResult) -> Iterable[Table]:
    row = result.details.get("coefficient")
    columns = (
        column("r", "r", "number"),
        EXPECTED,
        column("95\u00a0% от", "95\u00a0% from", "number"),
        column("до", "to", "number"),
        Z,
        column("p", "p", "number"),
    )
    if row:
        low, high = row["interval"] or (None, None)
        cells = (row["observed"], row["expected"], low, high, row["z"], row["p"])
        yield Table(Text("Сходство по сектор", "Likeness by sector"), columns, (cells,))


def roles(result: RuleResult) -> Iterable[Table]:
    columns = (
        column("Роля", "Role"),
        OBSERVED,
        EXPECTED,
        column("между", "between"),
        RATIO,
        Z,
        ADJUSTED,
        TOLD,
    )
    rows = tuple(
        (
            row["label"],
            whole(row["observed"]),
            row["expected"],
            ends(*row["ends"]),
            ratio(row),
            row["z"],
            row["q"],
            verdict(row),
        )
        for row in result.details.get("roles", ())
    )
    yield Table(Text("Роли на посредници", "Roles of brokers"), columns, rows)
