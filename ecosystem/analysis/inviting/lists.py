"""The list of guests for a workshop on a theme, balanced by sector, with who is left out."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from ecosystem.analysis.gaps.laws import listed, shown
from ecosystem.analysis.gaps.results import RuleResult
from ecosystem.analysis.inviting.assumed import assumptions
from ecosystem.analysis.inviting.comparing import Guests
from ecosystem.analysis.inviting.guests import (
    contacts,
    last_contact,
    last_events,
    sector_of,
)
from ecosystem.analysis.inviting.invitation import Candidate, Invitation, LeftOut, Quota
from ecosystem.analysis.inviting.places import SECTORS_INVITED, ideal, in_turn, shares
from ecosystem.analysis.inviting.reasons import LINKS, Ground, Part
from ecosystem.errors import NotFoundError, ParameterError
from ecosystem.figures import rounded
from ecosystem.labels import word
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

MOST_GUESTS = 500


def invite(
    snapshot: Snapshot,
    themes: Iterable[str],
    size: int,
    *,
    gaps: Sequence[RuleResult] = (),
    parts: Mapping[str, int] | None = None,
    must: Iterable[str] = (),
    without: Iterable[str] = (),
) -> Invitation:
    """Whom to invite to a workshop of ``size`` organisations on ``themes``.

    Organisations of the scope with a recorded link to a theme are ranked by a score that is a
    sum of named points; each sector gets places in turn by its share, a sector in which nobody
    is left gives its places to the others. Equal scores: who was at fewer of the last events
    first, then by id. A longer list keeps whoever stood on a shorter one.

    Parameters
    ----------
    gaps
        Answers of G02, G10 and G14 for the snapshot; without them no points are given for gaps.
    parts
        How many parts of the places each sector gets, as in ``places.shares``.
    must
        Organisations that are on the list before all others; they count in their sectors.
    without
        Organisations that are never on it.

    Raises
    ------
    ParameterError
        Without a theme, for a size below 1 or above ``MOST_GUESTS``, quotas that give nothing,
        or an organisation that is both in ``must`` and ``without``.
    NotFoundError
        For an unknown theme or organisation.
    """
    asked, first, never = tuple(dict.fromkeys(themes)), set(must), set(without)
    _check(snapshot, asked, size, first, never)
    share = shares(parts)
    ground = Ground(snapshot, asked, gaps)
    linked = _linked(ground, first, never)
    together = frozenset(linked)
    recent = last_events(snapshot)
    candidates = {
        actor: _candidate(ground, actor, found, together, recent, actor in first)
        for actor, found in linked.items()
    }
    order = _in_order(candidates.values(), share)
    most = max(size, len(first))
    guests = _introduced(ground, order[:most])
    chosen = {guest.id for guest in guests}
    unshared = {sector for sector, part in share.items() if not part}
    return Invitation(
        scope=snapshot.scope,
        as_of=snapshot.as_of,
        themes=asked,
        theme_names=tuple(shown(snapshot, theme) for theme in asked),
        size=size,
        quotas=_quotas(share, size, candidates.values(), chosen),
        guests=guests,
        runners_up=tuple(order[most:]),
        left_out=_left_out(ground, candidates, chosen, never, unshared),
        last_events=recent,
        notes=_notes(snapshot, size, guests, len(first)),
        assumptions=assumptions(snapshot, recent),
    )


def _check(
    snapshot: Snapshot, themes: tuple[str, ...], size: int, must: set[str], without: set[str]
) -> None:
    known = [node.id for node in snapshot.dataset.nodes.values() if node.kind == "Theme"]
    if not themes:
        raise ParameterError("invite: no theme is named.", "Name at least one, as theme:….")
    for theme in themes:
        if theme not in known:
            raise NotFoundError("theme", theme, known)
    if not 1 <= size <= MOST_GUESTS:
        message = f"size: {size} is not a number from 1 to {MOST_GUESTS}."
        raise ParameterError(message, "Write how many organisations are to come.")
    organisations = [n.id for n in snapshot.dataset.nodes.values() if n.kind == "Organisation"]
    for actor in sorted(must | without):
        if actor not in organisations:
            raise NotFoundError("organisation", actor, organisations)
    if both := sorted(must & without):
        message = f"{both[0]} is both to be invited and left out."
        raise ParameterError(message, "Name it in one of the two only.")


def _linked(ground: Ground, must: set[str], without: set[str]) -> dict[str, list[Part]]:
    """Who may be on the list, with what links each to the themes, in the order of ids."""
    snapshot = ground.snapshot
    found = {}
    for actor in sorted({one.id for one in snapshot.actors()} | must):
        links = ground.links(actor)
        linked = any(part.name in LINKS for part in links)
        if actor in must or (linked and actor not in without and not _over(snapshot, actor)):
            found[actor] = links
    return found


def _over(snapshot: Snapshot, actor: str) -> bool:
    return snapshot.dataset.nodes[actor].period.ended_by(snapshot.as_of)


def _candidate(
    ground: Ground,
    actor: str,
    links: list[Part],
    candidates: frozenset[str],
    recent: tuple[str, ...],
    set_: bool,
) -> Candidate:
    snapshot, sector = ground.snapshot, sector_of(ground.snapshot, actor)
    newness = ground.newness(actor, candidates)
    parts = [*links, *ground.of_gaps(actor, sector, candidates), *([newness] if newness else [])]
    score = sum(part.points or 0.0 for part in parts)
    events = ground.events.get(actor, {})
    return Candidate(
        id=actor,
        name=snapshot.name(actor),
        sector=sector,
        score=float(rounded(score, 2)),
        parts=tuple(parts),
        contacts=contacts(snapshot, actor),
        last=last_contact(snapshot, actor),
        repeated=tuple(event for event in recent if event in events),
        set=set_,
        maybe=not set_ and all(part.enables for part in links if part.name in LINKS),
        external=actor not in snapshot.members,
    )


def _in_order(candidates: Iterable[Candidate], share: Mapping[str, Any]) -> list[Candidate]:
    """Everybody in the order of the list: those who are set, then by sectors in turn."""
    ranked = sorted(candidates, key=lambda one: (-one.score, len(one.repeated), one.id))
    order = [one for one in ranked if one.set]
    queues: dict[str, deque[Candidate]] = {sector: deque() for sector in SECTORS_INVITED}
    for one in ranked:
        if not one.set:
            queues[one.sector].append(one)
    waiting = {sector: [one.score for one in queue] for sector, queue in queues.items()}
    turns = in_turn(share, waiting, Counter(one.sector for one in order))
    return [*order, *(queues[sector].popleft() for sector in turns)]


def _introduced(ground: Ground, guests: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The guests, each with whom of the others it met at a recorded event and whom not."""
    met: dict[str, list[str]] = {guest.id: [] for guest in guests}
    strangers: dict[str, list[str]] = {guest.id: [] for guest in guests}
    for one, other in combinations(sorted(met), 2):
        mine, theirs = ground.events.get(one, {}), ground.events.get(other, {})
        if mine and theirs:
            place = met if mine.keys() & theirs.keys() else strangers
            place[one].append(other)
            place[other].append(one)
    return tuple(
        replace(
            guest, met=tuple(sorted(met[guest.id])), strangers=tuple(sorted(strangers[guest.id]))
        )
        for guest in guests
    )


def _quotas(
    share: Mapping[str, Any], size: int, candidates: Iterable[Candidate], chosen: set[str]
) -> tuple[Quota, ...]:
    everyone = list(candidates)
    number = Counter(one.sector for one in everyone)
    came = Counter(one.sector for one in everyone if one.id in chosen)
    points = sorted(((one.score, one.sector) for one in everyone), reverse=True)
    waiting = {sector: [score for score, of in points if of == sector] for sector in share}
    places = ideal(share, size, waiting)
    rows = []
    for sector in SECTORS_INVITED:
        short = places[sector] - came[sector]
        note = Text("", "")
        if short > 0 and number[sector] == came[sector]:
            note = Text(
                f"няма повече записани кандидати; места за други сектори: {short}",
                f"no more candidates are recorded; places for other sectors: {short}",
            )
        elif short < 0:
            note = Text(f"места от други сектори: {-short}", f"places from other sectors: {-short}")
        elif short > 0:
            note = Text(
                f"места, взети от поканените по списък: {short}",
                f"places taken by those set on the list: {short}",
            )
        rows.append(
            Quota(sector, float(share[sector]), places[sector], number[sector], came[sector], note)
        )
    return tuple(rows)


def _left_out(
    ground: Ground,
    candidates: Mapping[str, Candidate],
    chosen: set[str],
    never: set[str],
    unshared: set[str],
) -> tuple[LeftOut, ...]:
    """Everybody else of the scope, and whom of outside the theme concerns, by reason and id."""
    snapshot = ground.snapshot
    outside = {
        identity
        for identity in snapshot.external - chosen
        if snapshot.nodes[identity].kind == "Organisation"
        and any(part.name in LINKS for part in ground.links(identity))
    }
    local = {actor.id for actor in snapshot.actors()}
    rows = []
    for actor in sorted((local | outside | never) - chosen):
        why, reason = _why_not(ground, actor, candidates, never, outside, unshared)
        rows.append(LeftOut(actor, snapshot.name(actor), sector_of(snapshot, actor), why, reason))
    order = ("enough", "unwanted", "external", "over", "no link")
    return tuple(sorted(rows, key=lambda row: (order.index(row.why), row.id)))


def _why_not(
    ground: Ground,
    actor: str,
    candidates: Mapping[str, Candidate],
    never: set[str],
    outside: set[str],
    unshared: set[str],
) -> tuple[str, Text]:
    snapshot = ground.snapshot
    if actor in never:
        return "unwanted", Text("поискано е да не се кани", "asked to be left out")
    if actor in candidates:
        name = word(candidates[actor].sector)
        if candidates[actor].sector in unshared:
            return "enough", Text(
                f"„{name.bg}“ няма дял, а другите сектори не оставят място",
                f"“{name.en}” has no share, and the other sectors leave no place",
            )
        return "enough", Text(
            f"местата за „{name.bg}“ са заети от участниците преди него",
            f"the places of “{name.en}” are taken by those before it",
        )
    if actor in outside:
        return "external", Text(
            "има връзка с темата, но е извън обхвата", "linked to the theme, but from outside"
        )
    if _over(snapshot, actor):
        return "over", Text("вече не съществува", "no longer exists")
    broader = ground.only_broader(actor)
    if broader:
        names = listed(snapshot, broader, limit=2)
        return "no link", Text(
            f"записана е връзка само с по-широка тема: {names.bg}",
            f"a link only to a broader theme is recorded: {names.en}",
        )
    nothing = Text("не е записана връзка с темата", "no link to the theme is recorded")
    return "no link", snapshot.left_out.none_of(ground.links_left_out(actor), nothing)


def _notes(
    snapshot: Snapshot,
    size: int,
    guests: Sequence[Candidate],
    must: int,
) -> tuple[Text, ...]:
    """What a reader must know about this list before sending it."""
    notes = []
    if must > size:
        notes.append(
            Text(
                f"Поканени по списък са {must}, повече от исканите {size}; никой не е добавен.",
                f"{must} are set on the list, more than the {size} asked for; nobody was added.",
            )
        )
    elif len(guests) < size:
        notes.append(
            Text(
                f"Искани са {size}, но записана връзка с темата имат само {len(guests)}. Списъкът "
                f"не "
                "се допълва с участници без повод.",
                f"{size} were asked for, but only {len(guests)} have a recorded link to the theme. "
                "Nobody without a reason is added.",
            )
        )
    pairs = len(guests) * (len(guests) - 1) // 2
    known = [guest for guest in guests if guest.met or guest.strangers]
    if len(known) > 1:
        apart = sum(len(guest.strangers) for guest in known) // 2
        told = len(known) * (len(known) - 1) // 2
        notes.append(
            Text(
                f"Двойки без записано общо събитие: {apart} от {told}; за още {pairs - told} "
                f"двойки "
                "на едната страна не е записано нито едно участие.",
                f"Pairs with no recorded event in common: {apart} of {told}; for {pairs - told} "
                f"more "
                "pairs no part in any event is recorded for one side.",
            )
        )
    if guests and not any(guest.contacts for guest in guests):
        why = Text("хората са извън този изглед", "this view leaves people out")
        if snapshot.people:
            why = Text("никой не е записан", "nobody is recorded")
        notes.append(Text(f"Без лица за контакт: {why.bg}.", f"No contact persons: {why.en}."))
    return tuple(notes)


def invited_guests(found: Invitation) -> Guests:
    """The guests of a list, for a comparison."""
    themes = Text(
        ", ".join(name.bg for name in found.theme_names),
        ", ".join(name.en for name in found.theme_names),
    )
    return Guests(
        Text(f"Списък: {themes.bg}", f"List: {themes.en}"),
        tuple(sorted(guest.id for guest in found.guests)),
    )
