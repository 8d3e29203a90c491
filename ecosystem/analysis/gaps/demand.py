"""What is needed in the scope, and who could serve it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ecosystem.analysis.claims import Claim, claims
from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import (
    complete,
    coverage_note,
    first_named,
    listed,
    not_ended,
    sentences,
)
from ecosystem.analysis.gaps.results import (
    Rule,
    RuleResult,
    answer,
)
from ecosystem.analysis.gaps.tables import (
    Table,
    column,
)
from ecosystem.analysis.themes import SERVING, Relation, serves, serving_statements
from ecosystem.model import Edge, columns
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

CLOSED_WORLD = (
    "Reiter, R. (1978). On closed world data bases. In: Gallaire, H., Minker, J. (eds.), Logic "
    "and Data Bases, 55-76."
)


@dataclass(frozen=True)
class Offer:
    """An offer that serves a need, and how."""

    tie: Edge
    relation: Relation


@dataclass(frozen=True)
class Need:
    """A theme that is needed in the scope, with who needs it and who could serve it.

    ``offers`` serve it directly; ``broader`` only perhaps; ``outside`` are direct offers of
    actors that do not belong to the scope. What has ended is in none of them.
    """

    theme: str
    needs: tuple[Edge, ...]
    offers: tuple[Offer, ...]
    broader: tuple[Offer, ...]
    outside: tuple[Offer, ...]

    @property
    def seekers(self) -> tuple[str, ...]:
        """Who needs it, in the order of ids."""
        return tuple(sorted({tie.source for tie in self.needs}))

    @property
    def providers(self) -> tuple[str, ...]:
        """Who in the scope serves it, in the order of ids."""
        return tuple(sorted({offer.tie.source for offer in self.offers}))

    @property
    def itself(self) -> tuple[str, ...]:
        """Who in the scope offers the theme or a narrower one, in the order of ids."""
        return tuple(sorted({one.tie.source for one in self.offers if one.relation != "enables"}))

    @property
    def supporters(self) -> tuple[str, ...]:
        """Who in the scope offers only what ENABLES it, in the order of ids."""
        return tuple(sorted(set(self.providers) - set(self.itself)))

    @property
    def support(self) -> tuple[str, ...]:
        """What its supporters offer: the themes that ENABLE it, in the order of the offers."""
        return self.support_by(*self.supporters)

    def support_by(self, *actors: str) -> tuple[str, ...]:
        """The themes that these offer for it, in the order of the offers."""
        those = (one.tie.target for one in self.offers if one.tie.source in actors)
        return tuple(dict.fromkeys(those))

    def statements(self, snapshot: Snapshot, offers: Iterable[Offer]) -> tuple[str, ...]:
        """The needs, ``offers`` and the ties between themes that join them, sorted."""
        ids = {tie.id for tie in self.needs}
        for offer in offers:
            ids |= {offer.tie.id, *serving_statements(snapshot, self.theme, offer.tie.target)}
        return tuple(sorted(ids))


@dataclass(frozen=True, kw_only=True)
class OfferOfTheme:
    """Who offers what, how that serves the need, and the statement that says so."""

    actor: str
    theme: str
    relation: Relation
    statement: str


@dataclass(frozen=True, kw_only=True)
class NeedDetails(Details):
    """Of a theme that is needed: who needs it, who could serve it, and whom to ask.

    Attributes
    ----------
    offers, broader, outside
        As in ``Need``.
    candidates
        Ids of organisations that work on the theme and do not offer it.
    """

    seekers: tuple[str, ...]
    offers: tuple[OfferOfTheme, ...]
    broader: tuple[OfferOfTheme, ...]
    outside: tuple[OfferOfTheme, ...]
    candidates: tuple[str, ...]

    @property
    def spoken(self) -> tuple[str, ...]:
        """Those who need it, and those who offer it."""
        return (*self.seekers, *(one.actor for one in self.offers))

    @property
    def band(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Those who need it; few or none offer it, so that no band leads anywhere."""
        return self.seekers, ()


def needs_of(snapshot: Snapshot) -> tuple[Need, ...]:
    """Every theme that a member of the scope needs, in the order of ids."""
    wanted: dict[str, list[Edge]] = {}
    for tie in not_ended(snapshot, "NEEDS"):
        if tie.source in snapshot.members:
            wanted.setdefault(tie.target, []).append(tie)
    inside: dict[str, list[Edge]] = {}
    for tie in not_ended(snapshot, "OFFERS"):
        if tie.source in snapshot.members:
            inside.setdefault(tie.target, []).append(tie)
    outside: dict[str, list[Edge]] = {}
    for record in snapshot.dataset.of_kind("OFFERS") if wanted else ():
        if isinstance(record, Edge) and _offered_outside(snapshot, record):
            outside.setdefault(record.target, []).append(record)
    return tuple(_need(snapshot, theme, wanted[theme], inside, outside) for theme in sorted(wanted))


def _offered_outside(snapshot: Snapshot, tie: Edge) -> bool:
    begun = tie.period.started_by(snapshot.as_of) and not tie.period.ended_by(snapshot.as_of)
    person = tie.source.startswith("person:") and not snapshot.people
    return begun and not person and tie.source not in snapshot.members


def _need(
    snapshot: Snapshot,
    theme: str,
    needs: list[Edge],
    inside: dict[str, list[Edge]],
    outside: dict[str, list[Edge]],
) -> Need:
    relations = serves(snapshot, theme)

    def among(offers: dict[str, list[Edge]], wanted: Iterable[Relation]) -> tuple[Offer, ...]:
        kinds = tuple(wanted)
        serving = [
            Offer(tie, relation)
            for other, relation in relations.items()
            if relation in kinds
            for tie in offers.get(other, ())
        ]
        return tuple(sorted(serving, key=lambda offer: (kinds.index(offer.relation), offer.tie.id)))

    return Need(
        theme,
        tuple(needs),
        among(inside, SERVING),
        among(inside, ("broader",)),
        among(outside, SERVING),
    )


def without_needs(snapshot: Snapshot, rule: Rule) -> RuleResult:
    """The answer of a rule about needs where none is recorded."""
    covered = bool(complete(snapshot, "NEEDS"))
    reason = snapshot.left_out.none_of(
        [tie for tie in snapshot.left_out.of_kind("NEEDS") if tie.source in snapshot.members],
        Text("В обхвата не е записана нито една нужда.", "No need is recorded in the scope."),
    )
    return answer(
        snapshot,
        rule,
        status="none found" if covered else "not recorded",
        reason=reason,
        coverage=coverage_note(snapshot, "NEEDS", "OFFERS"),
    )


def candidates(snapshot: Snapshot, need: Need) -> tuple[str, ...]:
    """Organisations of the scope that work on the theme in a project and do not offer it.

    A project counts where it addresses a theme whose offer would serve the need; in the order of
    ids, without those who need the theme themselves.
    """
    serving = {
        theme for theme, relation in serves(snapshot, need.theme).items() if relation in SERVING
    }
    projects = {tie.source for tie in snapshot.edges_of_kind("ADDRESSES") if tie.target in serving}
    actors = {actor.id for actor in snapshot.actors()}
    working = {
        tie.source
        for tie in snapshot.edges_of_kind("PARTICIPATES_IN")
        if tie.target in projects and tie.source in actors
    }
    return tuple(sorted(working - set(need.providers) - set(need.seekers)))


def whom_to_ask(snapshot: Snapshot, need: Need) -> Text:
    """The step towards an offer: those at work on the theme first, then those elsewhere."""
    near = candidates(snapshot, need)
    if near:
        who = listed(snapshot, near, limit=2)
        return Text(
            f"Попитайте {who.bg} дали го предлагат.", f"Ask {who.en} whether they offer it."
        )
    outside = sorted({offer.tie.source for offer in need.outside})
    if outside:
        who = listed(snapshot, outside, limit=2)
        return Text(f"Потърсете съвет от {who.bg}.", f"Seek the advice of {who.en}.")
    return Text("Обявете какво се търси.", "Announce what is needed.")


def those_to_ask(snapshot: Snapshot, need: Need) -> tuple[str, ...]:
    """Ids of those whom ``whom_to_ask`` names."""
    outside = sorted({offer.tie.source for offer in need.outside})
    return first_named(candidates(snapshot, need) or outside, 2)


def where_to_look(snapshot: Snapshot, need: Need) -> Text:
    """Whom to ask whether they offer it, and who offers it elsewhere."""
    near = listed(snapshot, candidates(snapshot, need))
    outside = listed(snapshot, sorted({offer.tie.source for offer in need.outside}))
    parts = []
    if near.en:
        parts.append(
            Text(
                f"Попитайте участници в проекти по темата дали я предлагат: {near.bg}",
                f"Ask those in projects on the theme whether they offer it: {near.en}",
            )
        )
    if outside.en:
        parts.append(
            Text(
                f"Извън обхвата я предлагат: {outside.bg}",
                f"Outside the scope it is offered by {outside.en}",
            )
        )
    announce = Text(
        "Намерете източник, който казва кой предлага това, или обявете търсенето",
        "Find a source that says who offers this, or announce the need",
    )
    return sentences(*(parts or [announce]))


def offered(offers: Iterable[Offer]) -> tuple[OfferOfTheme, ...]:
    """The offers as readers see them, in their order."""
    return tuple(
        OfferOfTheme(
            actor=offer.tie.source,
            theme=offer.tie.target,
            relation=offer.relation,
            statement=offer.tie.id,
        )
        for offer in offers
    )


def words_about(snapshot: Snapshot, need: Need) -> tuple[Claim, ...]:
    """What sources say in words about the need: claims on what is no property of the model.

    They are Evidence rows on the theme or one that serves it, on those who need it, on the
    needs, offers and ties of themes, and on the programmes and projects of the view that address
    such a theme; by subject, property and value.
    """
    themes = {theme for theme, how in serves(snapshot, need.theme).items() if how in SERVING}
    on_theme = [tie for tie in snapshot.edges_of_kind("ADDRESSES") if tie.target in themes]
    subjects = {*themes, *need.seekers, *need.statements(snapshot, need.offers)}
    subjects |= {tie.id for tie in on_theme} | {tie.source for tie in on_theme}
    records = snapshot.dataset.records
    return tuple(
        claim
        for subject in sorted(subjects & records.keys())
        for claim in claims(snapshot.dataset, subject)
        if claim.property and claim.value
        if claim.property not in columns(type(records[subject]))
    )


def needs_table(result: RuleResult) -> Table:
    """Each theme with who needs it and who could serve it."""
    headings = (
        column("Тема", "Theme", "nodes"),
        column("търси се от", "needed by", "nodes"),
        column("предлага се от", "offered by", "nodes"),
        column("по-широко от", "more broadly by", "nodes"),
        column("отвън от", "from outside by", "nodes"),
    )
    rows = tuple(
        (
            gap.subjects[:1],
            details.seekers,
            *(_actors(offers) for offers in (details.offers, details.broader, details.outside)),
        )
        for gap, details in result.findings_with(NeedDetails)
    )
    return Table(Text("Нужди и предлагане", "Needs and offers"), headings, rows)


def _actors(offers: Iterable[OfferOfTheme]) -> tuple[str, ...]:
    return tuple(sorted({offer.actor for offer in offers}))
