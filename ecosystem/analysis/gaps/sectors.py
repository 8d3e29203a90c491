"""Which sector is missing or thin."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from math import ceil, sqrt
from statistics import NormalDist
from typing import ClassVar

from ecosystem.analysis.gaps.details import Details, Look
from ecosystem.analysis.gaps.laws import capital, complete, coverage_note, organisations, percent
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
    title=Text("Липсващ сектор", "A missing sector"),
    group="missing",
    question=Text("Кой сектор липсва или е слабо застъпен?", "Which sector is missing or thin?"),
    formula="(n_s / n) / q_s with a 95\u00a0% Wilson interval; q_s = 1/4 for each sector of the "
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


@dataclass(frozen=True, kw_only=True)
class GroupShare:
    """The share of a sector or stakeholder; None where too few are known for shares.

    Attributes
    ----------
    count, n
        How many organisations it has, of how many with a known group.
    members
        Their ids.
    ratio, low, high
        The share to the equal share, and the 95 % interval of that.
    flag
        Whether it is absent or thin.
    """

    name: str
    label: Text
    count: int
    n: int
    reference: float
    members: tuple[str, ...]
    share: float | None = None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    flag: bool = False

    @property
    def interval(self) -> tuple[float, float] | None:
        """``low`` and ``high``, where there are shares."""
        return None if self.low is None or self.high is None else (self.low, self.high)


@dataclass(frozen=True, kw_only=True)
class ShareDetails(Details):
    """Of a group that is absent or thin: its number, its share and an equal share."""

    look: ClassVar[Look | None] = "tint"

    count: int
    share: float
    reference: float


@dataclass(frozen=True, kw_only=True)
class SharesSummary(Details):
    """The shares of sectors and of stakeholders; how many have a known sector and how many none."""

    sectors: tuple[GroupShare, ...]
    stakeholders: tuple[GroupShare, ...]
    known: int
    unknown: int


def which_sector_is_missing(snapshot: Snapshot) -> RuleResult:
    """Sectors and stakeholders that are absent or thin, absent ones first."""
    coverage = coverage_note(snapshot, "LOCATED_IN")
    actors = snapshot.actors()
    sectors = _shares(actors, lambda actor: actor.sector, HELIX)
    stakeholders = _shares(actors, lambda actor: actor.stakeholder, STAKEHOLDERS)
    known = sum(group.count for group in sectors)
    details = SharesSummary(
        sectors=sectors, stakeholders=stakeholders, known=known, unknown=len(actors) - known
    )
    many = organisations(known)
    if known < FEWEST_FOR_SHARES:
        reason = Text(
            f"С известен сектор: {many.bg}; за дялове трябват поне "
            f"{FEWEST_FOR_SHARES}. Показан е само броят.",
            f"With a known sector: {many.en}; shares need at least "
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
    lacking = [("sector", group) for group in sectors if group.flag]
    # Academia and government stand in both tables and are told once.
    lacking += [
        ("stakeholder", group)
        for group in stakeholders
        if group.flag and group.name not in STAKEHOLDERS[3:]
    ]
    lacking.sort(key=lambda pair: pair[1].count > 0)
    findings = [_lacking_group(snapshot, prefix, group) for prefix, group in lacking]
    reason = Text(
        f"Измерено върху {many.bg} с известен сектор; {len(actors) - known} "
        "с друга или неизвестна форма се броят отделно. Равният дял е уговорка.",
        f"Measured on {many.en} with a known sector; {len(actors) - known} of "
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
    actors: Iterable[Organisation], group_of: Callable[[Organisation], str], names: tuple[str, ...]
) -> tuple[GroupShare, ...]:
    members = {name: [actor.id for actor in actors if group_of(actor) == name] for name in names}
    n = sum(len(ids) for ids in members.values())
    reference = 1 / len(names)
    groups = []
    for name, ids in members.items():
        group = GroupShare(
            name=name,
            label=word(name),
            count=len(ids),
            n=n,
            reference=reference,
            members=tuple(ids),
        )
        if n >= FEWEST_FOR_SHARES:
            low, high = wilson(len(ids), n)
            group = replace(
                group,
                share=len(ids) / n,
                ratio=len(ids) / n / reference,
                low=low / reference,
                high=high / reference,
                flag=not ids or high / reference < 0.5,
            )
        groups.append(group)
    return tuple(groups)


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


def _lacking_group(snapshot: Snapshot, prefix: str, group: GroupShare) -> Gap:
    covered = bool(complete(snapshot, "LOCATED_IN"))
    label = group.label
    more = _lacking(group.count, group.n, group.reference)
    status = "thin"
    if not group.count:
        status = "absent" if covered else "not recorded"
    return Gap(
        rule="G01",
        subjects=(f"{prefix}:{group.name}",),
        status=status,
        sentence=_thin(group, covered),
        step=Text(
            f"Сравнете картата с регистър на групата „{label.bg}“.",
            f"Compare the map with a register of the group “{label.en}”.",
        ),
        headline=_headline(group, covered),
        closing=Text(
            f"Съставете списък на местните организации от групата „{label.bg}“ по регистър и "
            f"сравнете с картата. До половин равен дял не достигат {more}.",
            f"List the local organisations of “{label.en}” from a register and compare with the "
            f"map. {more} more would make half of an equal share.",
        ),
        n=group.n,
        value=group.ratio,
        unit=Text("дял спрямо равен дял", "share against an equal share"),
        expected=1.0,
        interval=group.interval,
        statements=group.members,
        details=ShareDetails(
            count=group.count, share=group.count / group.n, reference=group.reference
        ),
    )


def _thin(group: GroupShare, covered: bool) -> Text:
    name = group.label
    if group.count:
        few_ = organisations(group.count)
        return Text(
            f"Групата „{name.bg}“ е слабо застъпена: {few_.bg} от {group.n}.",
            f"The group “{name.en}” is thin: {few_.en} of {group.n}.",
        )
    if covered:
        return Text(
            f"Тук няма нито една организация от групата „{name.bg}“.",
            f"There is no organisation of the group “{name.en}” here.",
        )
    return Text(
        f"Групата „{name.bg}“ липсва от картата.",
        f"The group “{name.en}” is missing from the map.",
    )


def _headline(group: GroupShare, covered: bool) -> Text:
    name = Text(capital(group.label.bg), capital(group.label.en))
    if group.count:
        share, reference = percent(group.count / group.n), percent(group.reference)
        return Text(
            f"{name.bg}: {group.count} от {group.n} ({share.bg}) при равен дял {reference.bg}.",
            f"{name.en}: {group.count} of {group.n} ({share.en}) against an equal share of "
            f"{reference.en}.",
        )
    missing = Text("няма", "none") if covered else Text("не е записана", "none recorded")
    return Text(
        f"{name.bg}: {missing.bg} нито една организация от {group.n}.",
        f"{name.en}: {missing.en} among {group.n} organisations.",
    )


def _lacking(count: int, n: int, reference: float) -> int:
    """How many more organisations would make half of an equal share, the others unchanged."""
    return ceil((n * reference / 2 - count) / (1 - reference / 2))


def tables(result: RuleResult) -> Iterable[Table]:
    """The shares of the sectors, then those of the stakeholders."""
    summary = result.details
    if not isinstance(summary, SharesSummary):
        return
    columns = (
        column("Сектор", "Sector"),
        Column(Text("дял", "share"), "share", bar=True, tick=2),
        column("еталон (уговорка)", "reference (convention)", "share"),
        column("организации", "organisations", "count"),
        column("дял към еталона", "share to reference", "number"),
        column("95\u00a0% от", "95\u00a0% from", "number"),
        column("до", "to", "number"),
    )
    drawn = (
        (Text("Сектори на четворната спирала", "Sectors of the quadruple helix"), summary.sectors),
        (
            Text("Заинтересовани страни по MIT REAP", "Stakeholders of MIT REAP"),
            summary.stakeholders,
        ),
    )
    for title, groups in drawn:
        rows = tuple(
            (
                group.label,
                group.share,
                group.reference,
                group.count,
                group.ratio,
                group.low,
                group.high,
            )
            for group in groups
        )
        yield Table(title, columns, rows)
