"""What the snapshot says about seekers and mentors, looked up once and kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log
from typing import Literal

from ecosystem import figures
from ecosystem.analysis.gaps.laws import complete
from ecosystem.analysis.themes import RELATIONS, Relation, serves, serving_statements
from ecosystem.model import City, Edge, LocatedIn, Needs, Offers, ParticipatesIn
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

How = Relation | Literal["needs itself", "not on a complete list", "unknown"]

Sign = Literal["documented", "partial", "inferred", "none", "unknown"]

SIGNS: dict[Sign, Text] = {
    "documented": Text("по източник, за самата тема", "sourced, on the theme itself"),
    "partial": Text(
        "по източник, за част от темата, за по-обща или за такава, която я подпомага",
        "sourced, on part of it, on something broader, or on what enables it",
    ),
    "inferred": Text("изведено, никой източник не го казва", "inferred, no source says so"),
    "none": Text("не се предлага", "not offered"),
    "unknown": Text("не е записано", "not recorded"),
}
"""What is known of an offer that a need asks for, in the words that stand beside its sign."""

BROADER_SHARE = 0.5
"""What an offer of a broader theme counts for."""
TOP_LEVEL = 5
_ORDER: tuple[How, ...] = RELATIONS


@dataclass(frozen=True)
class Wish:
    """A theme that is needed, how much it weighs among the needs, and who says so."""

    theme: str
    share: float
    statements: tuple[str, ...]


@dataclass(frozen=True)
class Strength:
    """How well a mentor serves one theme: 0 to 1, or None where nobody knows.

    ``themes`` are what it offers to that end, ``level`` the stated level of those offers.
    """

    value: float | None
    how: How
    themes: tuple[str, ...] = ()
    level: int | None = None
    inferred: bool = False
    statements: tuple[str, ...] = ()

    @property
    def sign(self) -> Sign:
        """What is known of the offer: the same on every page that shows it."""
        if self.value is None:
            return "unknown"
        if not self.value:
            return "none"
        if self.inferred:
            return "inferred"
        return "documented" if self.how == "same" else "partial"


@dataclass(frozen=True)
class Advising:
    """How many a mentor advises: for certain, and where nobody knows whether it has ended."""

    surely: int
    unknown_end: int

    @property
    def words(self) -> Text:
        """The number, or both where there are any of unknown end."""
        if not self.unknown_end:
            return figures.both(figures.number, self.surely)
        return Text(
            f"{self.surely} сигурно, {self.unknown_end} с неизвестен край",
            f"{self.surely} surely, {self.unknown_end} of unknown end",
        )


class Facts:
    """The needs, strengths, sizes and networks of a snapshot.

    A city speaks for itself and for the organisations located in it as its administration.
    What has ended is neither needed nor offered any more; taking part in something that has
    ended still counts as having taken part.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.wishes = lru_cache(maxsize=None)(self._wishes)
        self.strength = lru_cache(maxsize=None)(self._strength)
        self.joined = lru_cache(maxsize=None)(self._joined)
        self.covered = lru_cache(maxsize=None)(self._covered)
        self._serves = lru_cache(maxsize=None)(lambda theme: serves(snapshot, theme))

    @cached_property
    def _voices(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        # A seat whose end nobody knows says who speaks for the city, as it says who is local.
        for edge in self.snapshot.recorded("LOCATED_IN"):
            if (
                isinstance(edge, LocatedIn)
                and edge.address_role == "administration"
                and edge.id not in self.snapshot.ended
                and edge.target.startswith("city:")
            ):
                found.setdefault(edge.target, []).append(edge.source)
        return {city: (city, *sorted(offices)) for city, offices in found.items()}

    def voices(self, actor: str) -> tuple[str, ...]:
        """The actor, and where it is a city its administration."""
        return self._voices.get(actor, (actor,))

    def _ties(self, actor: str, kind: str) -> list[Edge]:
        return [
            edge
            for voice in self.voices(actor)
            for edge in self.snapshot.edges_of(voice)
            if edge.kind == kind and edge.source == voice
        ]

    def left_out(self, actor: str, *kinds: str) -> tuple[Edge, ...]:
        """The ties of these kinds that the actor has on record and the view does not count."""
        out = self.snapshot.left_out
        return tuple(
            tie
            for voice in self.voices(actor)
            for tie in out.of_end(voice, *kinds)
            if tie.source == voice
        )

    def _wishes(self, actor: str) -> tuple[Wish, ...]:
        """What the actor needs, in the order of themes; the shares add up to 1."""
        weights: dict[str, int] = {}
        statements: dict[str, list[str]] = {}
        for edge in self._ties(actor, "NEEDS"):
            if isinstance(edge, Needs) and edge.id not in self.snapshot.ended:
                weights[edge.target] = max(weights.get(edge.target, 1), edge.priority or 1)
                statements.setdefault(edge.target, []).append(edge.id)
        total = sum(weights.values())
        return tuple(
            Wish(theme, weights[theme] / total, tuple(sorted(statements[theme])))
            for theme in sorted(weights)
        )

    def offers(self, actor: str) -> list[Offers]:
        """What the actor offers at the date."""
        return [
            edge
            for edge in self._ties(actor, "OFFERS")
            if isinstance(edge, Offers) and edge.id not in self.snapshot.ended
        ]

    def _strength(self, mentor: str, theme: str) -> Strength:
        """How well ``mentor`` serves a need of ``theme``: its best offers, else why none."""
        related = self._serves(theme)
        ways: dict[tuple[float, How], list[Offers]] = {}
        for offer in self.offers(mentor):
            relation = related.get(offer.target)
            if relation:
                value = (offer.level or TOP_LEVEL) / TOP_LEVEL
                value *= BROADER_SHARE if relation == "broader" else 1
                ways.setdefault((value, relation), []).append(offer)
        if ways:
            value, how = max(ways, key=lambda way: (way[0], -_ORDER.index(way[1])))
            return self._offered(theme, value, how, ways[value, how])
        needs = [n for n in self._ties(mentor, "NEEDS") if n.target == theme and n.sources]
        needs = [need for need in needs if need.id not in self.snapshot.ended]
        if needs:
            return Strength(0.0, "needs itself", statements=tuple(n.id for n in needs))
        covered = self.covered(mentor)
        unsure = self.snapshot.left_out.may_count(self.left_out(mentor, "OFFERS"))
        if covered and not any(tie.target in related for tie in unsure):
            return Strength(0.0, "not on a complete list", statements=covered)
        return Strength(None, "unknown")

    def _offered(self, theme: str, value: float, how: How, offers: list[Offers]) -> Strength:
        themes = tuple(sorted({offer.target for offer in offers}))
        paths = {i for one in themes for i in serving_statements(self.snapshot, theme, one)}
        return Strength(
            value,
            how,
            themes,
            level=max((offer.level for offer in offers if offer.level), default=None),
            inferred=all(offer.standing in ("inferred", "illustrative") for offer in offers),
            statements=tuple(sorted({*(offer.id for offer in offers), *paths})),
        )

    def _covered(self, actor: str) -> tuple[str, ...]:
        """The Coverage records by which everything that the actor offers is recorded."""
        wider = [
            edge.target
            for voice in self.voices(actor)
            for edge in self.snapshot.edges_of(voice)
            if edge.source == voice and edge.kind in ("PARTICIPATES_IN", "LOCATED_IN")
        ]
        return complete(self.snapshot, "OFFERS", actor, *wider)

    def _joined(self, actor: str) -> Mapping[str, tuple[str, ...]]:
        """The programmes and projects the actor takes or took part in, with the statements."""
        found: dict[str, list[str]] = {}
        for edge in self._ties(actor, "PARTICIPATES_IN"):
            if edge.target.startswith(("programme:", "project:")):
                found.setdefault(edge.target, []).append(edge.id)
        return {target: tuple(sorted(ids)) for target, ids in sorted(found.items())}

    def interest(self, actor: str, theme: str) -> tuple[str, ...]:
        """The statements by which the actor takes part in work on ``theme`` or a narrower one."""
        related = self._serves(theme)
        found: set[str] = set()
        for target, statements in self.joined(actor).items():
            subjects = {
                edge.id
                for edge in self.snapshot.edges_of(target)
                if edge.kind == "ADDRESSES" and related.get(edge.target) in ("same", "narrower")
            }
            if subjects:
                found |= {*statements, *subjects}
        return tuple(sorted(found))

    def roles(self, actor: str, *roles: str) -> list[ParticipatesIn]:
        """The actor's own part in programmes in one of ``roles``, ended or not."""
        return [
            edge
            for edge in self.snapshot.edges_of(actor)
            if isinstance(edge, ParticipatesIn)
            and edge.source == actor
            and edge.role in roles
            and edge.target.startswith("programme:")
        ]

    def mentoring(self, mentor: str, mentee: str) -> list[Edge]:
        """The recorded ties by which the one advises or advised the other."""
        mentees = self.voices(mentee)
        return [edge for edge in self._ties(mentor, "MENTORS") if edge.target in mentees]

    def advising(self, mentor: str) -> Advising:
        """Whom the mentor advises at the date, for certain and perhaps."""
        surely: set[str] = set()
        perhaps: set[str] = set()
        for tie in self._ties(mentor, "MENTORS"):
            if tie.source in self.voices(mentor) and tie.id not in self.snapshot.ended:
                unsure = tie.id in self.snapshot.end_unknown
                (perhaps if unsure else surely).add(tie.target)
        return Advising(len(surely), len(perhaps - surely))

    def place(self, actor: str) -> City | None:
        """The city itself, or the one an organisation is located in."""
        node = self.snapshot.nodes.get(actor)
        if isinstance(node, City):
            return node
        for edge in self._ties(actor, "LOCATED_IN"):
            city = self.snapshot.nodes.get(edge.target)
            if isinstance(city, City) and edge.id not in self.snapshot.ended:
                return city
        return None

    @cached_property
    def covered_cities(self) -> tuple[str, ...]:
        """The cities whose offers are completely recorded."""
        return tuple(
            node.id
            for node in self.snapshot.nodes.values()
            if node.kind == "City" and self.covered(node.id)
        )

    def rarity(self, theme: str) -> float | None:
        """log((N + 1) / (n + 1)): n of the N cities with complete offers serve the theme.

        None where the offers of no city are completely recorded: counting few offers would
        reward themes that nobody has looked into.
        """
        if not self.covered_cities:
            return None
        serving = sum(bool(self.strength(city, theme).value) for city in self.covered_cities)
        return log((len(self.covered_cities) + 1) / (serving + 1))
