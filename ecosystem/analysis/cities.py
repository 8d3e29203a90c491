"""Needs and strengths of a city by theme, beside those of its mentors and its peers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, log
from typing import Any, Literal

from ecosystem.analysis.gaps.laws import complete, shown
from ecosystem.analysis.matching.facts import Facts, Sign
from ecosystem.errors import NotFoundError, ParameterError
from ecosystem.model import City, Mentors, Needs, Offers
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text, plain

MOST_PEERS = 5
State = Literal["both", "need", "strength", "near", "none", "aside", "unknown"]

STATES: dict[State, Text] = {
    "both": Text("нужда и силна страна", "need and strength"),
    "need": Text("нужда", "need"),
    "strength": Text("силна страна", "strength"),
    "near": Text("предлага сродна тема", "offers a related theme"),
    "none": Text("няма (пълен обхват)", "none (complete coverage)"),
    "aside": Text("записано, но не се брои тук", "recorded, but not counted here"),
    "unknown": Text("не е записано", "not recorded"),
}
"""What a city's cell of a theme says."""


@dataclass(frozen=True)
class Cell:
    """What is recorded about one city and one theme.

    ``need_level`` and ``strength_level`` are 1 to 5 where a source gives one, else None;
    ``statements`` are the ties that say so. ``none`` needs complete coverage of both;
    ``aside`` is what is on record, but not counted in the view. Where the city needs the theme,
    ``sign`` says of another one what the suggestions of mentors count of its offers; ``near`` is
    an offer that they count and that is of another theme.
    """

    state: State
    need_level: int | None = None
    strength_level: int | None = None
    statements: tuple[str, ...] = ()
    sign: Sign | None = None


@dataclass(frozen=True)
class Column:
    """One city of the table: the city itself, a mentor or a peer.

    ``why`` says how it comes here; ``statements`` are the ties that make it a mentor, and
    ``themes`` what they are about, empty where nobody recorded that.
    """

    id: str
    name: Text
    part: Literal["city", "mentor", "peer"]
    why: Text
    themes: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One theme with a cell for each column."""

    theme: str
    name: Text
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class CityProfile:
    """The table of a city: columns with the city first, rows with its needs and strengths first.

    Themes that nobody in the table needs or offers are left out. ``notes`` say what is not
    recorded and how the peers were chosen.
    """

    city: str
    as_of: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Text, ...]

    def to_dict(self) -> dict[str, Any]:
        """The profile as plain values."""
        found: dict[str, Any] = plain(self)
        return found


def city_profile(snapshot: Snapshot, city: str, peers: Sequence[str] | None = None) -> CityProfile:
    """Needs and strengths by theme of ``city``, its mentors and its peers.

    A city speaks for itself and for its administration; what has ended is left out.

    Parameters
    ----------
    peers
        Ids of cities to stand beside it, at most five. None chooses: cities that take part in a
        programme or project with it, those with recorded needs or strengths first, then the
        nearest in size on a logarithmic scale.

    Raises
    ------
    NotFoundError
        For an id that is no city of the snapshot.
    ParameterError
        For more than five peers.
    """
    known = [node.id for node in snapshot.nodes.values() if isinstance(node, City)]
    for identity in (city, *(peers or ())):
        if identity not in known:
            raise NotFoundError("city", identity, known)
    if peers is not None and len(peers) > MOST_PEERS:
        raise ParameterError(f"peers: {len(peers)} are too many.", f"Name at most {MOST_PEERS}.")
    facts = Facts(snapshot)
    mentors = _mentors(snapshot, facts, city)
    beside = _peers(snapshot, facts, city, {one.id for one in mentors}, peers)
    columns = (
        Column(city, shown(snapshot, city), "city", Text("градът", "the city")),
        *mentors,
        *beside,
    )
    tables = [_cells(snapshot, facts, one.id) for one in columns]
    own = tables[0]
    order = ("need", "both", "strength")
    themes = sorted(
        {theme for cells in tables for theme in cells}
        | {tie.target for tie in facts.left_out(city, "NEEDS", "OFFERS")},
        key=lambda one: (order.index(own[one].state) if one in own else len(order), one),
    )
    rows = tuple(
        Row(
            theme,
            shown(snapshot, theme),
            tuple(
                _counted(
                    facts,
                    one.id,
                    theme,
                    cells.get(theme) or _silence(facts, one.id, theme),
                    needed=one.id != city and theme in own and own[theme].state != "strength",
                )
                for one, cells in zip(columns, tables, strict=True)
            ),
        )
        for theme in themes
    )
    notes = _notes(facts, tables, columns, chosen=peers is not None)
    return CityProfile(city, snapshot.as_of, columns, rows, notes)


def _cells(snapshot: Snapshot, facts: Facts, city: str) -> dict[str, Cell]:
    """The cells of the themes that the city is recorded to need or to offer."""
    needs: dict[str, list[Needs]] = {}
    strengths: dict[str, list[Offers]] = {}
    for voice in facts.voices(city):
        for edge in snapshot.edges_of(voice):
            if edge.source != voice or edge.id in snapshot.ended:
                continue
            if isinstance(edge, Needs):
                needs.setdefault(edge.target, []).append(edge)
            elif isinstance(edge, Offers):
                strengths.setdefault(edge.target, []).append(edge)
    found = {}
    for theme in needs.keys() | strengths.keys():
        wanted, offered = needs.get(theme, []), strengths.get(theme, [])
        state: State = "both" if wanted and offered else "need" if wanted else "strength"
        found[theme] = Cell(
            state,
            max((one.level for one in wanted if one.level), default=None),
            max((one.level for one in offered if one.level), default=None),
            tuple(sorted(one.id for one in (*wanted, *offered))),
        )
    return found


def _counted(facts: Facts, city: str, theme: str, cell: Cell, *, needed: bool) -> Cell:
    """The cell with the sign that the suggestions of mentors give it, where the theme is needed."""
    if not needed:
        return cell
    strength = facts.strength(city, theme)
    if strength.value and cell.state in ("unknown", "aside", "none"):
        return Cell("near", statements=strength.statements, sign=strength.sign)
    return replace(cell, sign=strength.sign)


def _silence(facts: Facts, city: str, theme: str) -> Cell:
    """What a city's cell says where the view counts no need and no offer of the theme."""
    snapshot = facts.snapshot
    out = [tie.id for tie in facts.left_out(city, "NEEDS", "OFFERS") if tie.target == theme]
    if out:
        return Cell("aside", statements=tuple(sorted(out)))
    covers = [complete(snapshot, kind, city) for kind in ("NEEDS", "OFFERS")]
    if all(covers):
        return Cell("none", statements=tuple(sorted({i for ids in covers for i in ids})))
    return Cell("unknown")


def _mentors(snapshot: Snapshot, facts: Facts, city: str) -> list[Column]:
    """The cities that are recorded to advise it, by themselves or by their administration."""
    found = []
    for node in snapshot.nodes.values():
        if not isinstance(node, City) or node.id == city:
            continue
        ties = [tie for tie in facts.mentoring(node.id, city) if isinstance(tie, Mentors)]
        if ties:
            over = all(tie.id in snapshot.ended for tie in ties)
            why = Text("бил е ментор", "was a mentor") if over else Text("ментор", "mentor")
            found.append(
                Column(
                    node.id,
                    shown(snapshot, node.id),
                    "mentor",
                    why,
                    tuple(sorted({theme for tie in ties for theme in tie.themes})),
                    tuple(sorted(tie.id for tie in ties)),
                )
            )
    return found


def _peers(
    snapshot: Snapshot, facts: Facts, city: str, mentors: set[str], chosen: Sequence[str] | None
) -> list[Column]:
    own = facts.joined(city)
    if chosen is not None:
        why = Text("избран от вас", "chosen by you")
        named = dict.fromkeys(one for one in chosen if one != city)
        return [Column(one, shown(snapshot, one), "peer", why) for one in named]
    candidates = []
    for node in snapshot.nodes.values():
        if not isinstance(node, City) or node.id == city or node.id in mentors:
            continue
        shared = sorted(own.keys() & facts.joined(node.id).keys())
        if shared:
            recorded = bool(_cells(snapshot, facts, node.id))
            distance = _distance(snapshot, city, node)
            candidates.append((not recorded, distance, node.id, shared))
    return [
        Column(
            identity,
            shown(snapshot, identity),
            "peer",
            Text(
                f"общо участие: {shown(snapshot, shared[0]).bg}",
                f"takes part with it in {shown(snapshot, shared[0]).en}",
            ),
            statements=tuple(sorted({*own[shared[0]], *facts.joined(identity)[shared[0]]})),
        )
        for _, _, identity, shared in sorted(candidates)[:MOST_PEERS]
    ]


def _distance(snapshot: Snapshot, city: str, other: City) -> float:
    """|ln(p/q)| of the populations; infinite where one is not recorded."""
    own = snapshot.nodes[city]
    if not isinstance(own, City) or not own.population or not other.population:
        return inf
    return abs(log(own.population / other.population))


def _notes(
    facts: Facts, tables: Sequence[dict[str, Cell]], columns: Sequence[Column], *, chosen: bool
) -> tuple[Text, ...]:
    notes, city, out = [], columns[0].id, facts.snapshot.left_out
    if not any(cell.state in ("need", "both") for cell in tables[0].values()):
        nothing = Text("За града не са записани нужди.", "No need of the city is recorded.")
        notes.append(out.none_of(facts.left_out(city, "NEEDS"), nothing))
    if not any(cell.state in ("strength", "both") for cell in tables[0].values()):
        nothing = Text(
            "За града не са записани силни страни.", "No strength of the city is recorded."
        )
        notes.append(out.none_of(facts.left_out(city, "OFFERS"), nothing))
    if not any(one.part == "mentor" for one in columns):
        advice = [
            tie
            for voice in facts.voices(city)
            for tie in out.of_end(voice, "MENTORS")
            if tie.target == voice
        ]
        nothing = Text("Не е записан град ментор.", "No mentor city is recorded.")
        notes.append(out.none_of(advice, nothing))
    if not any(one.part == "peer" for one in columns):
        nothing = Text(
            "Не са записани градове с общо участие.", "No city is recorded to take part with it."
        )
        notes.append(out.none_of(facts.left_out(city, "PARTICIPATES_IN"), nothing))
    elif not chosen:
        notes.append(
            Text(
                "За сравнение: градове с общо участие, първо онези със записани нужди или силни "
                "страни, после най-близките по население.",
                "Peers: cities that take part with it in a programme or project, those with "
                "recorded needs or strengths first, then the nearest in population.",
            )
        )
    return tuple(notes)
