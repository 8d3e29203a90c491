"""Why an organisation belongs in a room on a theme: points that add up, each with its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ecosystem.analysis.gaps.introductions import IntroductionDetails
from ecosystem.analysis.gaps.laws import administrations, listed, not_ended, shown
from ecosystem.analysis.gaps.reach import ReachDetails
from ecosystem.analysis.gaps.results import Gap, RuleResult
from ecosystem.analysis.themes import SERVING, Relation, serves
from ecosystem.figures import rounded
from ecosystem.model import Edge
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

POINTS: dict[Relation, float] = {"same": 3.0, "narrower": 2.0, "enables": 1.0}
FURTHER, MOST_FURTHER = 0.25, 4
GAP = 1.0
NEW = 1.0
LINKS = ("offers", "needs", "works")
"""The reasons of which at least one is needed for an invitation."""

REASONS: dict[str, Text] = {
    "offers": Text("предлага", "offers"),
    "needs": Text("търси", "needs"),
    "works": Text("работи по темата", "works on it"),
    "further": Text("още проекти", "further projects"),
    "G14": Text("предлагане без търсещ", "supply that does not reach demand"),
    "G10": Text("запознанство", "introduction"),
    "G02": Text("сектор извън проектите", "sector absent from projects"),
    "new": Text("нови познанства", "new contacts"),
}


@dataclass(frozen=True)
class Part:
    """One part of a score.

    ``points`` is None where nothing is recorded to give points for; ``partners`` are the
    organisations with which it would come together. ``enables`` says of a link that it is not to
    an asked theme, but to one that only enables it (or that it enables).
    """

    name: str
    text: Text
    points: float | None
    statements: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    enables: bool = False


@dataclass(frozen=True)
class Link:
    """A theme that serves an asked one, or needs it, and how."""

    asked: str
    theme: str
    relation: Relation
    includes: bool = False

    @property
    def points(self) -> float:
        """What an actor gets for it."""
        return POINTS[self.relation]


@dataclass
class Ground:
    """What is recorded about the asked themes, worked out once for all candidates."""

    snapshot: Snapshot
    themes: tuple[str, ...]
    gaps: Sequence[RuleResult]
    supply: dict[str, list[Link]] = field(init=False)
    demand: dict[str, list[Link]] = field(init=False)
    offered: dict[str, list[Edge]] = field(init=False)
    needed: dict[str, list[tuple[Edge, str]]] = field(init=False)
    work: dict[str, dict[str, set[str]]] = field(init=False)
    events: dict[str, dict[str, str]] = field(init=False)
    offices: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict)
    above: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.supply, self.demand = _supply(self.snapshot, self.themes), {}
        self.offered, self.needed = {}, {}
        for tie in not_ended(self.snapshot, "OFFERS"):
            if tie.target in self.supply:
                self.offered.setdefault(tie.source, []).append(tie)
        needs = not_ended(self.snapshot, "NEEDS")
        self.demand = _demand(self.snapshot, self.themes, self.supply, needs)
        for tie in needs:
            if tie.target in self.demand:
                # A city needs through its administration.
                for office in self._offices(tie.source):
                    self.needed.setdefault(office, []).append((tie, tie.source))
                self.needed.setdefault(tie.source, []).append((tie, ""))
        self.work = self._worked_on()
        self.above = frozenset(
            other
            for theme in self.themes
            for other, relation in serves(self.snapshot, theme).items()
            if relation == "broader"
        )
        self.events = {}
        for tie in self.snapshot.edges_of_kind("PARTICIPATES_IN"):
            if tie.target.startswith("event:"):
                self.events.setdefault(tie.source, {})[tie.target] = tie.id

    def _offices(self, identity: str) -> tuple[str, ...]:
        if identity not in self.offices:
            self.offices[identity] = administrations(self.snapshot, identity)
        return self.offices[identity]

    def _worked_on(self) -> dict[str, dict[str, set[str]]]:
        """Per actor the projects and programmes on the themes, each with its statements."""
        on: dict[str, list[Edge]] = {}
        for tie in self.snapshot.edges_of_kind("ADDRESSES"):
            if tie.target in self.supply:
                on.setdefault(tie.source, []).append(tie)
        found: dict[str, dict[str, set[str]]] = {}
        for tie in self.snapshot.edges_of_kind("PARTICIPATES_IN", "FUNDS"):
            for subject in on.get(tie.target, ()):
                places = found.setdefault(tie.source, {}).setdefault(tie.target, set())
                places |= {tie.id, subject.id}
        return found

    def links_left_out(self, actor: str) -> list[Edge]:
        """The offers and needs of the themes that the actor has and the view does not count."""
        left = self.snapshot.left_out.of_end(actor, "OFFERS", "NEEDS")
        return [tie for tie in left if tie.target in self.supply]

    def links(self, actor: str) -> list[Part]:
        """What the actor offers, needs and works on of the themes."""
        found: list[Part] = []
        for theme in self.themes:
            found += self._offer(actor, theme)
            found += self._need(actor, theme)
            found += self._project(actor, theme)
        further = len(self.work.get(actor, ())) - 1
        if further > 0:
            number = min(further, MOST_FURTHER)
            found.append(
                Part(
                    "further",
                    Text(
                        f"още проекти и програми по темата: {further}",
                        f"further projects and programmes on it: {further}",
                    ),
                    number * FURTHER,
                    tuple(sorted(set().union(*self.work[actor].values()))),
                )
            )
        return found

    def _best(self, links: dict[str, list[Link]], theme: str, themes: Iterable[str]) -> list[Link]:
        """The closest links of ``themes`` to the asked one, in the order of ids."""
        near = sorted(
            (link for one in set(themes) for link in links.get(one, ()) if link.asked == theme),
            key=lambda link: (-link.points, link.theme),
        )
        return [link for link in near if link.points == near[0].points]

    def _offer(self, actor: str, theme: str) -> list[Part]:
        ties = self.offered.get(actor, [])
        best = self._best(self.supply, theme, (tie.target for tie in ties))
        if not best:
            return []
        what = _how(self.snapshot, best[0])
        ids = tuple(tie.id for tie in ties if tie.target in {link.theme for link in best})
        return [
            Part(
                "offers",
                Text(f"предлага {what.bg}", f"offers {what.en}"),
                best[0].points,
                ids,
                enables=best[0].relation == "enables",
            )
        ]

    def _need(self, actor: str, theme: str) -> list[Part]:
        ties = self.needed.get(actor, [])
        best = self._best(self.demand, theme, (tie.target for tie, _ in ties))
        if not best:
            return []
        what = _how(self.snapshot, best[0])
        rows = [(tie, city) for tie, city in ties if tie.target == best[0].theme]
        ids = tuple(sorted({tie.id for tie, _ in rows}))
        text = Text(f"търси {what.bg}", f"needs {what.en}")
        city = rows[0][1]
        if city:
            name = shown(self.snapshot, city)
            text = Text(
                f"администрация е на град, който търси {what.bg}: {name.bg}",
                f"is the administration of {name.en}, which needs {what.en}",
            )
        enables = best[0].relation == "enables"
        return [Part("needs", text, best[0].points, ids, enables=enables)]

    def _project(self, actor: str, theme: str) -> list[Part]:
        projects = self.work.get(actor, {})
        near: dict[str, Link] = {}
        for project, statements in projects.items():
            themes = (i.split("|")[2] for i in statements if i.startswith("ADDRESSES|"))
            best = self._best(self.supply, theme, themes)
            if best:
                near[project] = best[0]
        if not near:
            return []
        most = max(link.points for link in near.values())
        named = sorted(project for project, link in near.items() if link.points == most)
        first = min(
            (link for link in near.values() if link.points == most), key=lambda link: link.theme
        )
        what, where = _how(self.snapshot, first), listed(self.snapshot, named, limit=2)
        ids = tuple(sorted(set().union(*(projects[project] for project in named))))
        text = Text(f"участва в проект по {what.bg}: {where.bg}", f"works on {what.en}: {where.en}")
        return [Part("works", text, most, ids, enables=first.relation == "enables")]

    def only_broader(self, actor: str) -> tuple[str, ...]:
        """Themes broader than the asked ones that the actor offers or works on."""
        own = [tie for tie in self.snapshot.edges_of(actor) if tie.source == actor]
        themes = {tie.target for tie in own if tie.kind == "OFFERS"}
        for joined in (tie.target for tie in own if tie.kind == "PARTICIPATES_IN"):
            themes |= {
                tie.target for tie in self.snapshot.edges_of(joined) if tie.kind == "ADDRESSES"
            }
        return tuple(sorted(self.above & themes))

    def of_gaps(self, actor: str, sector: str, candidates: frozenset[str]) -> list[Part]:
        """The gaps on the themes that the actor would help close together with other candidates."""
        found: list[Part] = []
        for result in self.gaps:
            for gap in result.findings:
                part = self._gap(actor, sector, candidates, gap)
                if part and all(one.name != part.name for one in found):
                    found.append(part)
        return found

    def _gap(self, actor: str, sector: str, candidates: frozenset[str], gap: Gap) -> Part | None:
        if gap.rule == "G14" and gap.subjects[0] in self.demand:
            partners = self._unreached(actor, gap) & candidates
            if partners:
                return self._together(
                    gap,
                    partners,
                    Text(
                        f"G14: още не работи по „{shown(self.snapshot, gap.subjects[0]).bg}“ с",
                        f"G14: does not work on “{shown(self.snapshot, gap.subjects[0]).en}” yet "
                        f"with",
                    ),
                )
        if gap.rule == "G10" and actor in gap.subjects:
            partners = set(gap.subjects) & candidates - {actor}
            if partners and set(_themes(gap)) & (self.supply | self.demand).keys():
                return self._together(
                    gap,
                    partners,
                    Text(
                        "G10: запознанство, което скъсява най-много пътища:",
                        "G10: an introduction that shortens most ways:",
                    ),
                )
        if gap.rule == "G02" and gap.subjects[0] == f"sector:{sector}":
            text = Text(
                "G02: сектор, който почти не участва в проекти",
                "G02: a sector that hardly takes part in projects",
            )
            return Part("G02", text, GAP, gap.statements)
        return None

    def _unreached(self, actor: str, gap: Gap) -> set[str]:
        """The other side of the pairs of G14 that do not reach each other in work."""
        found: set[str] = set()
        pairs = gap.details.pairs if isinstance(gap.details, ReachDetails) else ()
        for pair in pairs:
            if pair.work is None:
                seeker, provider = (
                    {end, *self._offices(end)} for end in (pair.seeker, pair.provider)
                )
                if actor in seeker:
                    found |= provider
                if actor in provider:
                    found |= seeker
        return found - {actor}

    def _together(self, gap: Gap, partners: set[str], words: Text) -> Part:
        names = listed(self.snapshot, sorted(partners), limit=2)
        text = Text(f"{words.bg} {names.bg}", f"{words.en} {names.en}")
        return Part(gap.rule, text, GAP, gap.statements, tuple(sorted(partners)))

    def newness(self, actor: str, candidates: frozenset[str]) -> Part | None:
        """The share of the other candidates whom it met at no recorded event."""
        others = candidates - {actor}
        mine = self.events.get(actor)
        if not others:
            return None
        if not mine:
            left = self.snapshot.left_out
            came = left.of_end(actor, "PARTICIPATES_IN")
            text = left.none_of(
                [tie for tie in came if tie.target.startswith("event:")],
                Text("не е записано участие в събитие", "no part in an event is recorded"),
            )
            return Part("new", text, None)
        strangers = sum(1 for other in others if not self.events.get(other, {}).keys() & mine)
        text = Text(
            f"няма записано общо събитие с {strangers} от {len(others)} други възможни гости",
            f"no event in common is recorded with {strangers} of {len(others)} other candidates",
        )
        return Part(
            "new",
            text,
            float(rounded(NEW * strangers / len(others), 2)),
            tuple(sorted(mine.values())),
        )


def _supply(snapshot: Snapshot, themes: Iterable[str]) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = {}
    for asked in themes:
        for theme, relation in serves(snapshot, asked).items():
            if relation in SERVING:
                found.setdefault(theme, []).append(Link(asked, theme, relation))
    return found


def _demand(
    snapshot: Snapshot,
    themes: Sequence[str],
    supply: dict[str, list[Link]],
    needs: Iterable[Edge],
) -> dict[str, list[Link]]:
    """The needed themes that an asked one serves, or that are narrower than it."""
    found: dict[str, list[Link]] = {}
    for theme in sorted({tie.target for tie in needs}):
        served_by = serves(snapshot, theme)
        for asked in themes:
            relation = served_by.get(asked)
            if relation in SERVING:
                found.setdefault(theme, []).append(Link(asked, theme, relation, includes=True))
            else:
                found.setdefault(theme, []).extend(
                    link
                    for link in supply.get(theme, ())
                    if link.asked == asked and link.relation == "narrower"
                )
    return {theme: links for theme, links in found.items() if links}


def _how(snapshot: Snapshot, link: Link) -> Text:
    """The theme of a link in quotation marks, with how it stands to the asked one."""
    theme, asked = shown(snapshot, link.theme), shown(snapshot, link.asked)
    words = {
        ("narrower", False): Text(f"по-тясна от „{asked.bg}“", f"narrower than “{asked.en}”"),
        ("enables", False): Text(f"дава възможност за „{asked.bg}“", f"which enables “{asked.en}”"),
        ("narrower", True): Text(f"обхваща „{asked.bg}“", f"which includes “{asked.en}”"),
        ("enables", True): Text(
            f"„{asked.bg}“ дава възможност за нея", f"which “{asked.en}” enables"
        ),
    }.get((link.relation, link.includes))
    if words is None:
        return Text(f"„{theme.bg}“", f"“{theme.en}”")
    return Text(f"„{theme.bg}“ ({words.bg})", f"“{theme.en}” ({words.en})")


def _themes(gap: Gap) -> tuple[str, ...]:
    """The themes that an introduction of G10 rests on."""
    return gap.details.themes if isinstance(gap.details, IntroductionDetails) else ()
