"""How concentrated money is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import (
    complete,
    coverage_note,
    decimal,
    listed,
    percent,
    sentences,
    shown,
)
from ecosystem.analysis.gaps.results import ESTABLISHED, Gap, Rule, RuleResult, answer
from ecosystem.analysis.gaps.tables import (
    Table,
    column,
)
from ecosystem.model import Funds
from ecosystem.snapshot import Snapshot
from ecosystem.values import Money, Text

FEWEST_AMOUNTS = 3
FEWEST_FOR_GINI = 10
PERIODS = ((2000, 2006), (2007, 2013), (2014, 2020), (2021, 2027), (2028, 2034))
DEPENDENT = 0.5

G15 = Rule(
    id="G15",
    title=Text("Колко съсредоточени са парите", "How concentrated is the money"),
    question=Text(
        "От колко финансиращи зависят на практика местните организации и проекти?",
        "On how many funders do the local organisations and projects in effect depend?",
    ),
    formula="1 / sum_i s_i^2 against the number of funders; s_i share of funder i in the amounts "
    "of FUNDS ties that end at a member which passes nothing on (final hop), one currency (BGN at "
    "1.95583 to the euro) and one EU budget period; top share; Gini of the funders x m/(m-1), "
    "m >= 10",
    explanation=Text(
        "Броят еднакво големи финансиращи, които биха дали същата съсредоточеност. Много под "
        "броя на записаните значи зависимост от един-двама. Брои се само последната стъпка на "
        "парите, всяка сума веднъж, както я дава източникът: при съвместни проекти тя често е за "
        "всички партньори. Връзките без сума се броят отделно и не се приемат за нула.",
        "The number of equally large funders that would give the same concentration. Far below "
        "the number recorded means dependence on one or two. Only the last step of the money "
        "counts, each amount once and as the source gives it: for joint projects it is often the "
        "sum for all partners. Ties without an amount are counted apart and are not taken as zero.",
    ),
    expected=Text("колкото са записаните финансиращи", "as many as the recorded funders"),
    maturity=ESTABLISHED,
    remedy=Text(
        "Потърсете втори голям източник за същия период, преди първият да свърши.",
        "Look for a second large source for the same period before the first runs out.",
    ),
    literature=(
        "Hirschman, A. O. (1964). The paternity of an index. American Economic Review 54(5), "
        "761-762.",
        "Deltas, G. (2003). The small-sample bias of the Gini coefficient. Review of Economics and "
        "Statistics 85(1), 226-234.",
    ),
    judges=("FUNDS",),
    occurrences=True,
    whole=True,
)


@dataclass(frozen=True, kw_only=True)
class PotDetails(Details):
    """Of the money of one currency and period.

    Attributes
    ----------
    period
        First and last year.
    sums
        What each funder gave, in minor units, the largest first.
    gini
        None for fewer than ten funders.
    without_amount
        How many ties of the period name no amount.
    """

    currency: str
    period: tuple[int, int]
    sums: Mapping[str, int]
    top_share: float
    gini: float | None
    without_amount: int


@dataclass(frozen=True, kw_only=True)
class MoneySummary(Details):
    """How many last steps of money there are, and how many lack an amount or, with one, a year."""

    ties: int
    without_amount: int
    undated: int


@dataclass(frozen=True)
class Pot:
    """The final-hop money of one currency and one period."""

    currency: str
    first: int
    last: int
    ties: tuple[Funds, ...]

    @property
    def by_funder(self) -> dict[str, int]:
        """The sum of each funder in minor units, the largest first."""
        sums: Counter[str] = Counter()
        for tie in self.ties:
            sums[tie.source] += _amount(tie).minor
        return dict(sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def total(self) -> Decimal:
        """The sum of all funders in whole units."""
        return Money(sum(self.by_funder.values()), self.currency).major


def _amount(tie: Funds) -> Money:
    money = Money(tie.amount_minor or 0, tie.amount_currency)
    return money.to_eur() or money


def final_hops(snapshot: Snapshot) -> tuple[Funds, ...]:
    """Funding of members of the scope who pass no money on, in the order of ids."""
    ties = [tie for tie in snapshot.edges_of_kind("FUNDS") if isinstance(tie, Funds)]
    givers = {tie.source for tie in ties}
    return tuple(tie for tie in ties if tie.target in snapshot.members and tie.target not in givers)


def how_concentrated_is_money(snapshot: Snapshot) -> RuleResult:
    """One gap per currency and budget period with three amounts, the largest sum first."""
    coverage = coverage_note(snapshot, "FUNDS")
    ties = final_hops(snapshot)
    if not ties:
        reason = snapshot.left_out.none_of(
            snapshot.left_out.of_kind("FUNDS"),
            Text("В обхвата не е записано финансиране.", "No funding is recorded in the scope."),
        )
        sure = complete(snapshot, "FUNDS")
        return answer(
            snapshot,
            G15,
            status="none found" if sure else "not recorded",
            coverage=coverage,
            reason=reason,
        )
    known = [tie for tie in ties if tie.amount_minor and tie.amount_currency]
    dated = [tie for tie in known if _period(tie)]
    pots = _pots(dated)
    full = [pot for pot in pots if len(pot.ties) >= FEWEST_AMOUNTS]
    findings = [_concentrated(snapshot, pot, ties) for pot in full]
    unknown = percent((len(ties) - len(known)) / len(ties))
    reason = Text(
        f"Последни стъпки на парите: {len(ties)}; без сума – {len(ties) - len(known)} "
        f"({unknown.bg}), със сума, но без година – {len(known) - len(dated)}. Валути и периоди с "
        f"поне {FEWEST_AMOUNTS} суми: {len(full)} от {len(pots)}.",
        f"Last steps of money: {len(ties)}; without an amount {len(ties) - len(known)} "
        f"({unknown.en}), with an amount but no year {len(known) - len(dated)}. Currencies and "
        f"periods with at least {FEWEST_AMOUNTS} amounts: {len(full)} of {len(pots)}.",
    )
    dependent = any(gap.status == "concentrated" for gap in findings)
    return answer(
        snapshot,
        G15,
        coverage=coverage,
        reason=reason,
        findings=findings,
        status="found" if dependent else "none found" if findings else "too few to tell",
        details=MoneySummary(
            ties=len(ties),
            without_amount=len(ties) - len(known),
            undated=len(known) - len(dated),
        ),
    )


def _period(tie: Funds) -> tuple[int, int] | None:
    year = int(tie.since[:4]) if tie.since else 0
    return next(((first, last) for first, last in PERIODS if first <= year <= last), None)


def _pots(ties: list[Funds]) -> list[Pot]:
    parts: dict[tuple[str, tuple[int, int]], list[Funds]] = {}
    for tie in ties:
        when = _period(tie)
        if when:
            parts.setdefault((_amount(tie).currency, when), []).append(tie)
    pots = [Pot(currency, *when, tuple(rows)) for (currency, when), rows in parts.items()]
    return sorted(pots, key=lambda pot: (-pot.total, pot.currency, pot.first))


def _concentrated(snapshot: Snapshot, pot: Pot, everything: tuple[Funds, ...]) -> Gap:
    sums = pot.by_funder
    total = sum(sums.values())
    value = effective_number(list(sums.values()))
    top, most = next(iter(sums.items()))
    part, name = percent(most / total), shown(snapshot, top)
    same = [tie for tie in everything if _period(tie) == (pot.first, pot.last)]
    silent = sum(1 for tie in same if not tie.amount_minor)
    alike, years = decimal(value, 1), f"{pot.first}–{pot.last}"
    seconds = listed(snapshot, list(sums)[1:3])
    without = Text(f" (още {silent} без сума)", f" ({silent} more without an amount)")
    note = without if silent else Text("", "")
    return Gap(
        rule="G15",
        subjects=(top,),
        key=f"{pot.currency}|{pot.first}",
        status="concentrated" if most / total >= DEPENDENT else "measured",
        headline=Text(
            f"{years}, {pot.currency}: {len(sums)} финансиращи, {len(pot.ties)} суми{note.bg} – "
            f"тежат колкото {alike.bg} еднакви; {part.bg} идват от „{name.bg}“.",
            f"{years}, {pot.currency}: {len(sums)} funders, {len(pot.ties)} amounts{note.en} – "
            f"they weigh as {alike.en} equal ones; {part.en} comes from “{name.en}”.",
        ),
        closing=sentences(
            Text(
                f"Укрепете следващите по големина: {seconds.bg}",
                f"Strengthen the next largest: {seconds.en}",
            )
            if seconds.en
            else Text(
                "Намерете втори финансиращ: записан е само един",
                "Find a second funder: only one is recorded",
            )
        ),
        n=len(pot.ties),
        value=value,
        unit=Text("еднакви по тежест финансиращи", "funders of equal weight"),
        expected=float(len(sums)),
        statements=tuple(sorted(tie.id for tie in pot.ties)),
        details=PotDetails(
            currency=pot.currency,
            period=(pot.first, pot.last),
            sums=sums,
            top_share=most / total,
            gini=gini_of(list(sums.values())),
            without_amount=silent,
        ),
    )


def effective_number(amounts: list[int]) -> float:
    """1 / HHI of positive amounts: from 1, all with one, to how many they are, all alike."""
    return float(Fraction(sum(amounts) ** 2, sum(amount * amount for amount in amounts)))


def gini_of(amounts: list[int]) -> float | None:
    """Gini of amounts that are not all 0, times m / (m - 1); None for fewer than ten.

    References
    ----------
    G. Deltas, "The small-sample bias of the Gini coefficient", Rev. Econ. Stat. 85 (2003).
    """
    m, total = len(amounts), sum(amounts)
    if m < FEWEST_FOR_GINI or not total:
        return None
    weighted = sum(place * amount for place, amount in enumerate(sorted(amounts), start=1))
    return float((Fraction(2 * weighted, m * total) - Fraction(m + 1, m)) * Fraction(m, m - 1))


def tables(result: RuleResult) -> Iterable[Table]:
    """One table per currency and period: each funder with its sum."""
    columns = (
        column("Кой финансира", "Who funds", "nodes"),
        column("сума", "amount", "money"),
        column("дял", "share", "share", bar=True),
    )
    for _, details in result.findings_with(PotDetails):
        first, last = details.period
        currency, total = details.currency, sum(details.sums.values())
        gini = Text("", "")
        if details.gini is not None:
            index = decimal(details.gini)
            gini = Text(f"Джини: {index.bg}. ", f"Gini: {index.en}. ")
        note = Text(
            f"{gini.bg}Без сума: {details.without_amount}.",
            f"{gini.en}Without an amount: {details.without_amount}.",
        )
        yield Table(
            Text(
                f"Парите за {first}–{last} в {currency}", f"Money of {first}–{last} in {currency}"
            ),
            columns,
            tuple(
                ((funder,), Money(minor, currency), minor / total)
                for funder, minor in details.sums.items()
            ),
            note,
        )
