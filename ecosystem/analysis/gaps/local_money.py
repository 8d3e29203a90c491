"""Which money surely reached the scope, and which was given to all partners of a consortium."""

from __future__ import annotations

from dataclasses import dataclass

from ecosystem.analysis.gaps.laws import complete
from ecosystem.lenses import ACTOR_KINDS
from ecosystem.model import Funds, ParticipatesIn
from ecosystem.snapshot import Snapshot
from ecosystem.values import ONGOING, Money, Text

Period = tuple[int, int]
PERIODS = ((2000, 2006), (2007, 2013), (2014, 2020), (2021, 2027), (2028, 2034))


@dataclass(frozen=True)
class Amount:
    """Money that reached somebody of the scope: who gave it, and the statements that say so.

    ``money`` is in euro where it can be; None where no amount is recorded. ``period`` are the
    first and last year, None where they are not recorded.
    """

    funder: str
    money: Money | None
    period: Period | None
    statements: tuple[str, ...]


def final_hops(snapshot: Snapshot) -> tuple[Funds, ...]:
    """Funding of members of the scope who pass no money on, in the order of ids."""
    ties = [tie for tie in snapshot.edges_of_kind("FUNDS") if isinstance(tie, Funds)]
    givers = {tie.source for tie in ties}
    return tuple(tie for tie in ties if tie.target in snapshot.members and tie.target not in givers)


def money_here(snapshot: Snapshot) -> tuple[tuple[Amount, ...], tuple[Funds, ...]]:
    """What reached the scope for certain, and the awards for all partners of a consortium.

    In the order of the awards, then of the participations that carry a member's share.
    """
    here: list[Amount] = []
    shared: list[Funds] = []
    hops = final_hops(snapshot)
    funders: dict[str, set[str]] = {}
    for tie in hops:
        funders.setdefault(tie.target, set()).add(tie.source)
    counted_once: set[str] = set()
    for tie in hops:
        when = _period(snapshot, tie)
        if _received_here(snapshot, tie.target):
            money = in_euro(tie.amount_minor, tie.amount_currency)
            here.append(Amount(tie.source, money, when, (tie.id,)))
        elif parts := _shares(snapshot, tie.target) if len(funders[tie.target]) == 1 else ():
            # Several awards of one funder to one project share its members' contributions.
            here += [
                Amount(tie.source, in_euro(*_given(part)), when, (tie.id, part.id))
                for part in parts
                if part.id not in counted_once
            ]
            counted_once |= {part.id for part in parts}
        else:
            shared.append(tie)
    return tuple(here), tuple(shared)


def _received_here(snapshot: Snapshot, receiver: str) -> bool:
    """Whether whoever receives money belongs to the scope whole."""
    if snapshot.nodes[receiver].kind in ACTOR_KINDS:
        return True
    ties = (*snapshot.edges_of(receiver), *snapshot.left_out.of_end(receiver))
    parts = [tie for tie in ties if tie.kind == "PARTICIPATES_IN" and tie.target == receiver]
    known = complete(snapshot, "PARTICIPATES_IN", receiver)
    return bool(known and parts) and all(tie.source in snapshot.members for tie in parts)


def _shares(snapshot: Snapshot, receiver: str) -> tuple[ParticipatesIn, ...]:
    """The participations of members for which a contribution is recorded."""
    return tuple(
        tie
        for tie in snapshot.edges_of(receiver)
        if isinstance(tie, ParticipatesIn)
        and tie.source in snapshot.members
        and tie.contribution_minor
    )


def _given(part: ParticipatesIn) -> tuple[int | None, str]:
    return part.contribution_minor, part.contribution_currency


def _period(snapshot: Snapshot, tie: Funds) -> Period | None:
    """The programme's own years; of a funder that is none the EU budget period of the award."""
    funder = snapshot.nodes[tie.source]
    if funder.kind == "Programme":
        ends = (funder.since, funder.until)
        if not all(ends) or funder.until == ONGOING:
            return None
        return int(funder.since[:4]), int(funder.until[:4])
    year = int(tie.since[:4]) if tie.since else 0
    return next(((first, last) for first, last in PERIODS if first <= year <= last), None)


def in_euro(minor: int | None, currency: str) -> Money | None:
    """The amount, in euro where it can be; None where none is recorded."""
    if not minor or not currency:
        return None
    money = Money(minor, currency)
    return money.to_eur() or money


def no_funding(snapshot: Snapshot) -> Text:
    """Why no funding is counted, in one sentence or two."""
    return snapshot.left_out.none_of(
        snapshot.left_out.of_kind("FUNDS"),
        Text("В обхвата не е записано финансиране.", "No funding is recorded in the scope."),
    )
