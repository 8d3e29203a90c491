"""What every rule stands on: who counts, what is covered, who works with whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import networkx as nx

from ecosystem import figures
from ecosystem.lenses import LENSES
from ecosystem.model import Coverage, Edge, Entity
from ecosystem.snapshot import ALL, Snapshot
from ecosystem.values import Text, in_cyrillic

WORK_KINDS = ("PARTICIPATES_IN", *LENSES["work"].edges)

COVERED: dict[str, Text] = {
    "ADDRESSES": Text("темите на проектите", "the themes of projects"),
    "FUNDS": Text("финансирането", "funding"),
    "LOCATED_IN": Text("кои са местните организации", "which organisations are local"),
    "MEMBER_OF": Text("членствата", "memberships"),
    "MENTORS": Text("менторството", "mentoring"),
    "NEEDS": Text("нуждите", "needs"),
    "OFFERS": Text("предлагането", "offers"),
    "OWNS": Text("собствеността", "ownership"),
    "PARTICIPATES_IN": Text("участията", "participation"),
    "PARTNERS_WITH": Text("партньорствата", "partnerships"),
    "PART_OF": Text("принадлежността", "what is part of what"),
}

NO_ACTORS = Text(
    "В обхвата не е записана нито една организация.", "No organisation is recorded in the scope."
)
NO_ABSENCE_RULE = Text(
    "Правилото не съди по липси и не зависи от обхвата на източниците.",
    "The rule does not judge by absence and does not depend on what the sources cover.",
)


def work(snapshot: Snapshot) -> nx.Graph:
    """W: the organisations of the scope joined by work, read only."""
    return _among_actors(snapshot, "work")


def met(snapshot: Snapshot) -> nx.Graph:
    """M: the organisations of the scope joined by shared events, read only."""
    return _among_actors(snapshot, "met")


def _among_actors(snapshot: Snapshot, lens: str) -> nx.Graph:
    # A copy: networkx walks filtered views many times more slowly.
    graph = snapshot.graph(lens)
    among = nx.Graph()
    among.add_nodes_from(actor.id for actor in snapshot.actors())
    among.add_edges_from(
        (one, other, tie)
        for one, other, tie in graph.edges(data=True)
        if one in among and other in among and one != other
    )
    return nx.freeze(among)


def institutions(snapshot: Snapshot) -> nx.Graph:
    """The organisations of the scope, joined where one is PART_OF the other.

    What is known to have ended joins nothing; each tie has its ``statements``.
    """
    among = nx.Graph()
    among.add_nodes_from(actor.id for actor in snapshot.actors())
    for tie in snapshot.recorded("PART_OF"):
        if tie.source in among and tie.target in among and tie.id not in snapshot.ended:
            among.add_edge(tie.source, tie.target, statements=(tie.id,))
    return among


def of_one_institution(snapshot: Snapshot) -> dict[str, str]:
    """Per organisation of the scope the first id of its institution, itself where it is alone."""
    parts = nx.connected_components(institutions(snapshot))
    return {actor: min(part) for part in parts for actor in part}


def complete(snapshot: Snapshot, kind: str, *subjects: str) -> tuple[str, ...]:
    """Ids of the Coverage records by which ``kind`` is complete at the date.

    They hold for the scope of the snapshot, or for one of ``subjects``.
    """
    scopes = {snapshot.scope, *subjects}
    return tuple(
        record.id
        for record in snapshot.dataset.of_kind("Coverage")
        if isinstance(record, Coverage)
        and record.complete
        and record.covers == kind
        and record.scope in scopes
        and record.period.started_by(snapshot.as_of)
        and not record.period.ended_by(snapshot.as_of)
    )


def coverage_note(snapshot: Snapshot, *kinds: str) -> Text:
    """Which of ``kinds`` are covered completely, and what follows for absence."""
    place = Text("цялата карта", "the whole map")
    if snapshot.scope != ALL:
        place = shown(snapshot, snapshot.scope)
    sure = [kind for kind in kinds if complete(snapshot, kind)]
    known = [COVERED[kind] for kind in sure]
    open_ = [COVERED[kind] for kind in kinds if kind not in sure]
    if kinds == WORK_KINDS and not sure:
        open_ = [Text("работните връзки", "work ties")]
    bg, en = [], []
    if known:
        bg.append(f"Обхванати изцяло за {place.bg}: {', '.join(what.bg for what in known)}.")
        en.append(f"Completely covered for {place.en}: {', '.join(what.en for what in known)}.")
    if open_:
        bg.append(
            f"Никой източник не обхваща изцяло за {place.bg}: "
            f"{', '.join(what.bg for what in open_)}. Липсата там значи „не е записано“."
        )
        en.append(
            f"No source completely covers for {place.en}: {', '.join(what.en for what in open_)}. "
            "Absence there reads “not recorded”."
        )
    return Text(" ".join(bg), " ".join(en))


def not_ended(snapshot: Snapshot, *kinds: str) -> tuple[Edge, ...]:
    """The ties of the view of these kinds that are not known to have ended."""
    return tuple(edge for edge in snapshot.edges_of_kind(*kinds) if edge.id not in snapshot.ended)


def administrations(snapshot: Snapshot, city: str) -> tuple[str, ...]:
    """The organisations of the scope that a city stands for, in the order of ids.

    A seat whose end nobody knows is one, as it is for who belongs to the scope.
    """
    actors = {actor.id for actor in snapshot.actors()}
    offices = {
        edge.source
        for edge in snapshot.recorded("LOCATED_IN")
        if edge.id not in snapshot.ended
        and edge.target == city
        and edge.source in actors
        and getattr(edge, "address_role", "") == "administration"
    }
    return tuple(sorted(offices))


def shown(snapshot: Snapshot, identity: str) -> Text:
    """The name of a node for each language; the other one where a name is not attested."""
    name = snapshot.name(identity)
    return Text(name.show("bg")[0], name.show("en")[0])


def sentences(*parts: Text) -> Text:
    """The parts as sentences, each with one full stop, also where a name ends in one."""
    bg, en = (
        " ".join(part.rstrip(".") + "." for part in texts) for texts in zip(*parts, strict=True)
    )
    return Text(bg, en)


def listed(snapshot: Snapshot, identities: Iterable[str], limit: int = 4) -> Text:
    """The names in their order, the last joined by "and"; past ``limit`` a count."""
    names = [shown(snapshot, identity) for identity in identities]
    rest = len(names) - limit
    if rest > 1:
        return Text(
            ", ".join(name.bg for name in names[:limit]) + f" и още {rest}",
            ", ".join(name.en for name in names[:limit]) + f" and {rest} more",
        )
    return Text(
        _joined([name.bg for name in names], " и "), _joined([name.en for name in names], " and ")
    )


LEAST_TELLING = 6
"""Letters of a short name from which on it tells something: fewer are mostly an abbreviation."""


def first_named(identities: Iterable[str], limit: int) -> tuple[str, ...]:
    """Those whom ``listed`` calls by name where it is given the same limit."""
    ids = tuple(identities)
    return ids if len(ids) - limit <= 1 else ids[:limit]


def brief(snapshot: Snapshot, identity: str, most: int = 40) -> Text:
    """The name of a node for a sentence that is read aloud, without what stands in brackets.

    One that is too long gives way to a recorded name that is shorter, says something to whoever
    does not know the whole one, and is in the letters of the language. It is never cut.
    """
    said, node = shown(snapshot, identity), snapshot.dataset.nodes.get(identity)
    name = Text(without_brackets(said.bg), without_brackets(said.en))
    others = node.aliases if isinstance(node, Entity) else ()
    cyrillic = [other for other in others if in_cyrillic(other)]
    latin = [other for other in others if not in_cyrillic(other)]
    return Text(_short(name.bg, cyrillic, most), _short(name.en, latin, most))


def _short(name: str, others: Iterable[str], most: int) -> str:
    if len(name) <= most:
        return name
    telling = (other for other in others if LEAST_TELLING <= len(other) <= most)
    return next(telling, name)


def without_brackets(name: str) -> str:
    """A name without what stands in brackets, unless that is all of it."""
    return re.sub(r"\s*[(\[][^)\]]*[)\]]", "", name).strip() or name


def few(snapshot: Snapshot, identities: Sequence[str]) -> Text:
    """The first two of several names, in brief, and how many more there are."""
    names = [brief(snapshot, identity, 30) for identity in identities[:2]]
    more = len(identities) - len(names)
    if more:
        names = [Text(", ".join(n.bg for n in names), ", ".join(n.en for n in names))]
        names.append(Text(f"още {more}", f"{more} more"))
    return Text(
        _joined([name.bg for name in names], " и "), _joined([name.en for name in names], " and ")
    )


def quoted(snapshot: Snapshot, themes: Sequence[str]) -> Text:
    """The names of one or two themes in quotation marks."""
    names = [brief(snapshot, theme) for theme in themes[:2]]
    return Text(
        _joined([f"„{name.bg}“" for name in names], " и "),
        _joined([f"“{name.en}”" for name in names], " and "),
    )


def offer_joint_work(
    snapshot: Snapshot, pair: Sequence[str], why: Text | None = None, theme: str = ""
) -> Text:
    """The step that two who do not work together take, on what, and why it is these two."""
    one, other = (shown(snapshot, end) for end in pair)
    because = Text(f": {why.bg}", f": {why.en}") if why else Text("", "")
    about = Text("", "")
    if theme:
        named = quoted(snapshot, (theme,))
        about = Text(f" по {named.bg}", f" on {named.en}")
    return Text(
        f"Предложете общ проект{about.bg} на {one.bg} и на {other.bg}{because.bg}.",
        f"Propose a joint project{about.en} to {one.en} and {other.en}{because.en}.",
    )


def _joined(names: list[str], last: str) -> str:
    return last.join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def counted(number: int, bg: tuple[str, str], en: tuple[str, str]) -> Text:
    """A number with its noun: one, and the form that follows a larger number."""
    said = figures.both(figures.number, number)
    return Text(f"{said.bg} {bg[number != 1]}", f"{said.en} {en[number != 1]}")


def organisations(number: int) -> Text:
    """``3 организации``."""
    return counted(number, ("организация", "организации"), ("organisation", "organisations"))


def percent(share: float) -> Text:
    """A share of one in whole per cent; what is neither none nor all is not shown as such."""
    return figures.both(figures.percent, share)


def decimal(value: float, digits: int = 2) -> Text:
    """A number with a decimal comma or point."""
    return figures.both(figures.decimal, value, places=digits)


def as_a_whole(snapshot: Snapshot) -> tuple[tuple[str, ...], str]:
    """Subjects and key of a gap that is about the scope as a whole."""
    return ((), ALL) if snapshot.scope == ALL else ((snapshot.scope,), "")


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
