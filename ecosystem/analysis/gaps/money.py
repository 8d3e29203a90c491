"""How concentrated money is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ecosystem import figures
from ecosystem.analysis.gaps.apart import Apart
from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import (
    brief,
    complete,
    counted,
    coverage_note,
    decimal,
    listed,
    percent,
    sentences,
    shown,
)
from ecosystem.analysis.gaps.local_money import Amount, Period, in_euro, money_here, no_funding
from ecosystem.analysis.gaps.results import ESTABLISHED, Gap, Rule, RuleResult, answer
from ecosystem.analysis.gaps.tables import (
    Table,
    column,
)
from ecosystem.model import Funds
from ecosystem.snapshot import Snapshot
from ecosystem.values import Money, Text

EURO = Text("евро", "euro")
FEWEST_AMOUNTS = 3
FEWEST_FOR_GINI = 10
DEPENDENT = 0.5

G15 = Rule(
    id="G15",
    title=Text("Зависимост от един финансиращ", "Dependent on one funder"),
    group="hanging",
    question=Text(
        "От колко финансиращи зависят на практика местните организации и проекти?",
        "On how many funders do the local organisations and projects in effect depend?",
    ),
    formula="1 / sum_i s_i^2 against the number of funders; s_i share of funder i in the amounts "
    "of FUNDS ties that end at an organisation, city or person of the scope which passes nothing "
    "on (final hop), or at a project, programme or event whose participants are completely "
    "recorded and all of the scope, and in the contributions recorded for members of a project "
    "with one funder; one currency (BGN at 1.95583 to the euro) and one period: the programme's "
    "own, of other funders the EU budget period of the award; top share; Gini of the funders x "
    "m/(m-1), m >= 10; apart: a currency with fewer than half as many recorded amounts as the one "
    "with most",
    explanation=Text(
        "Броят еднакво големи финансиращи, които биха дали същата съсредоточеност. Много под "
        "броя на записаните значи зависимост от един-двама. Брои се само последната стъпка на "
        "парите, и то само когато получателят е от обхвата или делът на негов участник е записан. "
        "Сумите за цели консорциуми стоят отделно, като суми за всички партньори, и от тях не се "
        "прави извод. Периодът е на програмата, а не на договора. Връзките без сума се броят "
        "отделно и не се приемат за нула.",
        "The number of equally large funders that would give the same concentration. Far below "
        "the number recorded means dependence on one or two. Only the last step of the money "
        "counts, and only where who receives it belongs to the scope, or the share of a member is "
        "recorded. Sums for whole consortia stand apart, as sums for all partners, and nothing is "
        "concluded from them. The period is that of the programme, not of the award. Ties without "
        "an amount are counted apart and are not taken as zero.",
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
    reads=("PARTICIPATES_IN",),
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
    """The last steps of money that reach the scope.

    Attributes
    ----------
    ties
        How many there are, those for all partners among them.
    without_amount, undated
        How many lack an amount; how many, with one, a period.
    for_all_partners
        By funder what was given to whole consortia, in minor units by currency: the share that
        reached the scope is not recorded.
    """

    ties: int
    without_amount: int
    undated: int
    for_all_partners: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Pot:
    """The money of one currency and one period."""

    currency: str
    first: int
    last: int
    amounts: tuple[Amount, ...]

    @property
    def by_funder(self) -> dict[str, int]:
        """The sum of each funder in minor units, the largest first."""
        sums: Counter[str] = Counter()
        for amount in self.amounts:
            sums[amount.funder] += amount.money.minor if amount.money else 0
        return dict(sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def total(self) -> Decimal:
        """The sum of all funders in whole units."""
        return Money(sum(self.by_funder.values()), self.currency).major


def how_concentrated_is_money(snapshot: Snapshot) -> RuleResult:
    """One gap per currency and period with three amounts, the largest sum first."""
    coverage = coverage_note(snapshot, "FUNDS")
    here, shared = money_here(snapshot)
    if not here and not shared:
        sure = complete(snapshot, "FUNDS")
        return answer(
            snapshot,
            G15,
            status="none found" if sure else "not recorded",
            coverage=coverage,
            reason=no_funding(snapshot),
        )
    pots = _pots(here)
    full = [pot for pot in pots if len(pot.amounts) >= FEWEST_AMOUNTS]
    rare = _rare(here, shared)
    findings = [_concentrated(snapshot, pot, here) for pot in full if pot.currency not in rare]
    dependent = any(gap.status == "concentrated" for gap in findings)
    return answer(
        snapshot,
        G15,
        coverage=coverage,
        reason=_reason(here, shared, full, len(pots)),
        findings=findings,
        aside=[_apart(snapshot, pot, here) for pot in full if pot.currency in rare],
        status="found" if dependent else "none found" if findings else "too few to tell",
        details=MoneySummary(
            ties=len(here) + len(shared),
            without_amount=sum(amount.money is None for amount in here),
            undated=sum(bool(amount.money) and not amount.period for amount in here),
            for_all_partners=_by_funder(shared),
        ),
    )


def _reason(
    here: Sequence[Amount], shared: Sequence[Funds], full: Sequence[Pot], pots: int
) -> Text:
    silent = sum(amount.money is None for amount in here)
    undated = sum(bool(amount.money) and not amount.period for amount in here)
    part = percent(silent / len(here)) if here else Text(figures.NONE, figures.NONE)
    return Text(
        f"Пари със сигурен получател от обхвата: {len(here)}; без сума – {silent} ({part.bg}), със "
        f"сума, но без записан период – {undated}. Валути и периоди с поне {FEWEST_AMOUNTS} суми: "
        f"{len(full)} от {pots}. За всички партньори, без записан дял тук: {len(shared)}; от тях "
        "не се прави извод.",
        f"Money surely received in the scope: {len(here)}; without an amount {silent} ({part.en}), "
        f"with an amount but no recorded period {undated}. Currencies and periods with at least "
        f"{FEWEST_AMOUNTS} amounts: {len(full)} of {pots}. For all partners, the share here not "
        f"recorded: {len(shared)}; nothing is concluded from them.",
    )


def _rare(here: Iterable[Amount], shared: Iterable[Funds]) -> set[str]:
    """The currencies with fewer than half as many amounts on record as the one with most.

    They say little of the money of the place, most of which is in another currency.
    """
    given = [amount.money for amount in here]
    given += [in_euro(tie.amount_minor, tie.amount_currency) for tie in shared]
    many = Counter(money.currency for money in given if money)
    return {currency for currency, number in many.items() if 2 * number < max(many.values())}


def _apart(snapshot: Snapshot, pot: Pot, here: Iterable[Amount]) -> Apart:
    """What is on record in a rare currency, of which nothing is concluded."""
    gap = _concentrated(snapshot, pot, here)
    return Apart(
        gap=gap.id,
        subjects=gap.subjects,
        headline=gap.headline,
        statements=gap.statements,
        doubtful=False,
    )


def _by_funder(shared: Iterable[Funds]) -> dict[str, dict[str, int]]:
    """The sums for all partners by funder and currency; an award without an amount adds none."""
    sums: dict[str, Counter[str]] = {}
    for tie in shared:
        money = in_euro(tie.amount_minor, tie.amount_currency)
        if money:
            sums.setdefault(tie.source, Counter())[money.currency] += money.minor
    return {funder: dict(sorted(parts.items())) for funder, parts in sorted(sums.items())}


def _pots(amounts: Iterable[Amount]) -> list[Pot]:
    parts: dict[tuple[str, Period], list[Amount]] = {}
    for amount in amounts:
        if amount.money and amount.period:
            parts.setdefault((amount.money.currency, amount.period), []).append(amount)
    pots = [Pot(currency, *when, tuple(rows)) for (currency, when), rows in parts.items()]
    return sorted(pots, key=lambda pot: (-pot.total, pot.currency, pot.first, pot.last))


def _depends(snapshot: Snapshot, pot: Pot, funder: str, part: Text) -> Text:
    name, years = brief(snapshot, funder), f"{pot.first}–{pot.last}"
    unit = EURO if pot.currency == "EUR" else Text(pot.currency, pot.currency)
    return Text(
        f"{part.bg} от записаните пари в {unit.bg} за {years} идват от {name.bg}.",
        f"{part.en} of the money in {unit.en} recorded for {years} comes from {name.en}.",
    )


def _next_funder(snapshot: Snapshot, funder: str) -> Text:
    name = shown(snapshot, funder)
    return Text(
        f"Потърсете още финансиращи, освен {name.bg}.",
        f"Look for further funders beside {name.en}.",
    )


_A_SECOND = Text(
    "Намерете втори финансиращ: записан е само един", "Find a second funder: only one is recorded"
)


def _size(funders: int, amounts: int) -> Text:
    who = counted(funders, ("финансиращ", "финансиращи"), ("funder", "funders"))
    sums = counted(amounts, ("сума", "суми"), ("amount", "amounts"))
    return Text(f"{who.bg}, {sums.bg}", f"{who.en}, {sums.en}")


def _concentrated(snapshot: Snapshot, pot: Pot, everything: Iterable[Amount]) -> Gap:
    sums = pot.by_funder
    total = sum(sums.values())
    value = effective_number(list(sums.values()))
    top, most = next(iter(sums.items()))
    part, name = percent(most / total), shown(snapshot, top)
    same = [amount for amount in everything if amount.period == (pot.first, pot.last)]
    silent = sum(1 for amount in same if amount.money is None)
    alike, years = decimal(value, 1), f"{pot.first}–{pot.last}"
    seconds = listed(snapshot, list(sums)[1:3])
    without = Text(f" (още {silent} без сума)", f" ({silent} more without an amount)")
    note = without if silent else Text("", "")
    size = _size(len(sums), len(pot.amounts))
    return Gap(
        rule="G15",
        subjects=(top,),
        key=f"{pot.currency}|{pot.first}-{pot.last}",
        status="concentrated" if most / total >= DEPENDENT else "measured",
        sentence=_depends(snapshot, pot, top, part),
        step=_next_funder(snapshot, top),
        headline=Text(
            f"{years}, {pot.currency}: {size.bg}{note.bg} – "
            f"тежат колкото {alike.bg} еднакви; {part.bg} идват от „{name.bg}“.",
            f"{years}, {pot.currency}: {size.en}{note.en} – "
            f"they weigh as {alike.en} equal ones; {part.en} comes from “{name.en}”.",
        ),
        closing=sentences(
            Text(
                f"Укрепете следващите по големина: {seconds.bg}",
                f"Strengthen the next largest: {seconds.en}",
            )
            if seconds.en
            else _A_SECOND
        ),
        n=len(pot.amounts),
        value=value,
        unit=Text("еднакви по тежест финансиращи", "funders of equal weight"),
        expected=float(len(sums)),
        statements=tuple(sorted({one for amount in pot.amounts for one in amount.statements})),
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
    """One table per currency and period with its funders; then what is for all partners."""
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
    summary = result.details
    if isinstance(summary, MoneySummary):
        given = [
            (minor, funder, currency)
            for funder, sums in summary.for_all_partners.items()
            for currency, minor in sums.items()
        ]
        yield Table(
            Text(
                "За всички партньори; делът тук не е записан",
                "For all partners; the share here is not recorded",
            ),
            columns[:2],
            tuple(
                ((funder,), Money(minor, currency))
                for minor, funder, currency in sorted(given, key=lambda row: (-row[0], row[1:]))
            ),
        )
