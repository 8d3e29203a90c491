"""Which sector is missing or thin."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import ceil, sqrt
from statistics import NormalDist
from typing import Any

from ecosystem.analysis.gaps.laws import complete, coverage_note, organisations, percent
from ecosystem.analysis.gaps.results import (
    CONVENTION,
    Gap,
    Rule,
    RuleResult,
    answer,
    status_of,
)
from ecosystem.analysis.gaps.tables import (
    Column,
    Table,
    column,
)
from ecosystem.labels import word
from ecosystem.model import HELIX, Organisation
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

FEWEST_FOR_SHARES = 10
STAKEHOLDERS = ("corporate", "entrepreneur", "risk-capital", "university", "government")

G01 = Rule(
    id="G01",
    title=Text("Кой сектор липсва", "Which sector is missing"),
    question=Text("Кой сектор липсва или е слабо застъпен?", "Which sector is missing or thin?"),
    formula="(n_s / n) / q_s with a 95 % Wilson interval; q_s = 1/4 for each sector of the "
    "quadruple helix, 1/5 for each stakeholder of MIT REAP; flagged when the upper bound is "
    "below 1/2, or n_s = 0",
    explanation=Text(
        "Делът на сектора сред организациите с известен сектор, спрямо равен дял. Равните дялове "
        "(четвъртина по четворната спирала, пета по MIT REAP) са уговорка, а не норма.",
        "The sector's share of the organisations with a known sector, against an equal share. "
        "Equal shares (a quarter by the quadruple helix, a fifth by MIT REAP) are a convention, "
        "not a norm.",
    ),
    expected=Text("около 1; под 1/2 е слабо", "about 1; below 1/2 is thin"),
    maturity=CONVENTION,
    remedy=Text(
        "Проверете кои организации от този сектор не са на картата, и поканете липсващите.",
        "Check which organisations of the sector are not on the map, and invite the missing ones.",
    ),
    literature=(
        "Wilson, E. B. (1927). Probable inference, the law of succession, and statistical "
        "inference. Journal of the American Statistical Association 22(158), 209-212.",
        "Carayannis, E. G., Campbell, D. F. J. (2009). 'Mode 3' and 'Quadruple Helix'. "
        "International Journal of Technology Management 46(3/4), 201-234.",
        "Budden, P., Murray, F. (2019). MIT's stakeholder framework for building and accelerating "
        "innovation ecosystems. MIT Innovation Initiative.",
    ),
)


def which_sector_is_missing(snapshot: Snapshot) -> RuleResult:
    """Sectors and stakeholders that are absent or thin, absent ones first."""
    coverage = coverage_note(snapshot, "LOCATED_IN")
    actors = snapshot.actors()
    tables = {
        "sector": _shares(actors, lambda actor: actor.sector, HELIX),
        "stakeholder": _shares(actors, lambda actor: actor.stakeholder, STAKEHOLDERS),
    }
    known = sum(row["count"] for row in tables["sector"])
    details = {
        "sectors": tables["sector"],
        "stakeholders": tables["stakeholder"],
        "known": known,
        "unknown": len(actors) - known,
    }
    if known < FEWEST_FOR_SHARES:
        reason = Text(
            f"С известен сектор: {organisations(known).bg}; за дялове трябват поне "
            f"{FEWEST_FOR_SHARES}. Показан е само броят.",
            f"With a known sector: {organisations(known).en}; shares need at least "
            f"{FEWEST_FOR_SHARES}. Only counts are shown.",
        )
        return answer(
            snapshot,
            G01,
            status="too few to tell",
            coverage=coverage,
            reason=reason,
            details=details,
        )
    flagged = [
        (table, row)
        for table, rows in tables.items()
        for row in rows
        # Academia and government stand in both tables and are told once.
        if row["flag"] and not (table == "stakeholder" and row["name"] in STAKEHOLDERS[3:])
    ]
    flagged.sort(key=lambda pair: pair[1]["count"] > 0)
    findings = [_sector_gap(snapshot, table, row) for table, row in flagged]
    reason = Text(
        f"Измерено върху {organisations(known).bg} с известен сектор; {len(actors) - known} "
        "с друга или неизвестна форма се броят отделно. Равният дял е уговорка.",
        f"Measured on {organisations(known).en} with a known sector; {len(actors) - known} of "
        "another or unknown form are counted apart. The equal share is a convention.",
    )
    return answer(
        snapshot,
        G01,
        status=status_of(findings),
        coverage=coverage,
        reason=reason,
        findings=findings,
        details=details,
    )


def _shares(
    actors: Iterable[Organisation], group: Callable[[Organisation], str], names: tuple[str, ...]
) -> list[dict[str, Any]]:
    members = {name: [actor.id for actor in actors if group(actor) == name] for name in names}
    n = sum(len(ids) for ids in members.values())
    reference = 1 / len(names)
    rows = []
    for name, ids in members.items():
        row: dict[str, Any] = {
            "name": name,
            "label": word(name),
            "count": len(ids),
            "n": n,
            "reference": reference,
            "members": ids,
            "share": None,
            "ratio": None,
            "low": None,
            "high": None,
            "flag": False,
        }
        if n >= FEWEST_FOR_SHARES:
            low, high = wilson(len(ids), n)
            row |= {
                "share": len(ids) / n,
                "ratio": len(ids) / n / reference,
                "low": low / reference,
                "high": high / reference,
                "flag": not ids or high / reference < 0.5,
            }
        rows.append(row)
    return rows


def wilson(successes: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval of a share, without continuity correction; ``n`` is at least 1.

    References
    ----------
    E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22 (1927).
    """
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def _sector_gap(snapshot: Snapshot, table: str, row: dict[str, Any]) -> Gap:
    label: Text = row["label"]
    covered = complete(snapshot, "LOCATED_IN")
    share, reference, lacking = (
        percent(row["share"]),
        percent(row["reference"]),
        _lacking(row["count"], row["n"], row["reference"]),
    )
    if row["count"]:
        status = "thin"
        headline = Text(
            f"{_capital(label.bg)}: {row['count']} от {row['n']} ({share.bg}) при равен дял "
            f"{reference.bg}.",
            f"{_capital(label.en)}: {row['count']} of {row['n']} ({share.en}) against an equal "
            f"share of {reference.en}.",
        )
    else:
        status = "absent" if covered else "not recorded"
        missing = Text("няма", "none") if covered else Text("не е записана", "none recorded")
        headline = Text(
            f"{_capital(label.bg)}: {missing.bg} нито една организация от {row['n']}.",
            f"{_capital(label.en)}: {missing.en} among {row['n']} organisations.",
        )
    return Gap(
        rule="G01",
        subjects=(f"{table}:{row['name']}",),
        status=status,
        headline=headline,
        closing=Text(
            f"Съставете списък на местните организации от групата „{label.bg}“ по регистър и "
            f"сравнете с картата. До половин равен дял не достигат {lacking}.",
            f"List the local organisations of “{label.en}” from a register and compare with the "
            f"map. {lacking} more would make half of an equal share.",
        ),
        n=row["n"],
        value=row["ratio"],
        unit=Text("дял спрямо равен дял", "share against an equal share"),
        expected=1.0,
        interval=(row["low"], row["high"]),
        statements=tuple(row["members"]),
        details={"count": row["count"], "share": row["share"], "reference": row["reference"]},
    )


def _lacking(count: int, n: int, reference: float) -> int:
    """How many more organisations would make half of an equal share, the others unchanged."""
    return ceil((n * reference / 2 - count) / (1 - reference / 2))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def tables(result: RuleResult) -> Iterable[Table]:
    columns = (
        column("Сектор", "Sector"),
        Column(Text("дял", "share"), "share", bar=True, tick=2),
        column("еталон (уговорка)", "reference (convention)", "share"),
        column("организации", "organisations", "count"),
        column("дял към еталона", "share to reference", "number"),
        column("95 % от", "95 % from", "number"),
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
