"""How well one mentor suits one seeker: a sum of named parts that lead to their statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum, log
from typing import Any

from ecosystem import figures
from ecosystem.analysis.claims import publisher_names
from ecosystem.analysis.gaps.laws import listed, sentences, shown
from ecosystem.analysis.matching.facts import TOP_LEVEL, Facts, Sign, Strength, Wish
from ecosystem.errors import NotFoundError
from ecosystem.labels import word
from ecosystem.model import Edge, Source
from ecosystem.snapshot import TIMELESS, Snapshot, period
from ecosystem.values import ONGOING, Period, Text, first_day, plain

SIZE_WEIGHT = 0.05
NETWORKS_WEIGHT = 0.03
INTEREST_WEIGHT = 0.02
SIZE_SCALE = log(100)
"""Cities that differ a hundredfold in size are not close at all."""

SAID_OF_SERVED: dict[Sign, Text] = {
    "documented": Text("по източник:", "sourced:"),
    "partial": Text("по източник, отчасти:", "sourced, in part:"),
    "inferred": Text("само изведено:", "only inferred:"),
    "unknown": Text("не е записано:", "not recorded:"),
}

SIZE = Text("Близка големина", "Similar size")
NETWORKS = Text("Общи програми и проекти", "Shared programmes and projects")
INTEREST = Text("Проявен интерес", "Interest shown")
COUNTRY = Text("Държава", "Country")


ADVISES = Text("Вече съветва", "Advises already")


@dataclass(frozen=True)
class Reason:
    """One part of a score: ``contribution`` = ``value`` times ``weight``.

    ``theme`` is the need that it serves, None for a part of the context. ``statements`` are the
    ids of the nodes and ties it rests on.
    """

    name: Text
    value: float
    weight: float
    contribution: float
    statements: tuple[str, ...]
    theme: str | None
    text: Text


@dataclass(frozen=True)
class Note:
    """Something to know about a pair that adds nothing to its score."""

    name: Text
    text: Text
    theme: str | None = None
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Served:
    """What is known of a mentor's offer on one need, which is ``share`` of all that is needed."""

    theme: str
    share: float
    sign: Sign


@dataclass(frozen=True)
class Support:
    """What the needs and offers rest on; shown beside the score and never multiplied in.

    ``standings`` counts the statements by standing, ``newest`` is the date of the newest source
    or observation, empty where none is dated.
    """

    statements: int
    standings: Mapping[str, int]
    publishers: tuple[str, ...]
    newest: str


@dataclass(frozen=True)
class Match:
    """How well ``mentor`` suits ``mentee``.

    Attributes
    ----------
    score
        The exact sum of the contributions of ``reasons``, order and rounding apart: 0 where
        nothing is known to fit, None where ``reason`` says that no score is possible.
    comp_low, comp_high
        The share of the needs that something recorded says the mentor serves, and what it would
        be if everything that is not recorded were true.
    comp_documented
        The part of ``comp_low`` that sources say of the needed themes themselves: what is certain.
    served
        What is known of each need, those that weigh most first.
    context
        The sum of the parts that are not about a need; 0 wherever ``comp_low`` is 0.
    rarity
        How rare what it serves is among cities with complete offers; breaks ties alone.
    reasons
        Needs first, the strongest first, then the context.
    unknowns, history
        What is not recorded; roles as a mentor and earlier advice between the two.
    same_country
        None where a country is not recorded.
    rank
        1 is best, equal scores share one; None where the pair was not ranked.
    capacity
        How many cities the mentor takes at once by somebody's decision; None without one.
    """

    mentee: str
    mentor: str
    name: Text
    score: float | None
    comp_low: float | None = None
    comp_high: float | None = None
    comp_documented: float | None = None
    served: tuple[Served, ...] = ()
    context: float = 0.0
    rarity: float | None = None
    reasons: tuple[Reason, ...] = ()
    unknowns: tuple[Note, ...] = ()
    history: tuple[Note, ...] = ()
    same_country: bool | None = None
    support: Support | None = None
    headline: Text | None = None
    reason: Text | None = None
    rank: int | None = None
    capacity: int | None = None

    @property
    def supported(self) -> bool:
        """Whether anything is known to fit."""
        return bool(self.comp_low)

    def to_dict(self) -> dict[str, Any]:
        """The match as plain values."""
        found: dict[str, Any] = plain(self)
        return found


def score_pair(
    snapshot: Snapshot, mentee: str, mentor: str, *, facts: Facts | None = None
) -> Match:
    """The score of ``mentor`` for ``mentee``: the needs it serves, then the context.

    A need weighs by its priority (1 unless stated) among all needs. The mentor serves it by 1
    where it offers the theme, a narrower one or one that enables it, by level / 5 where a level
    is stated, by half of that where it only offers a broader theme; by 0 where it needs the
    theme itself or a complete list of its offers does not hold it; otherwise nobody knows.
    A need of the mentor that no source states decides nothing. The context counts only where
    something fits: 1 - min(1, abs(ln(p / q)) / ln 100) for populations p and q, s / (s + 1) for
    s shared programmes and projects, and the part of what fits that the mentee already works on.

    Parameters
    ----------
    facts
        What is known of the snapshot, to be shared between calls.

    Raises
    ------
    NotFoundError
        For a mentee or mentor that the snapshot does not have.
    """
    for identity in (mentee, mentor):
        if identity not in snapshot.nodes:
            actors = [i for i, node in snapshot.nodes.items() if node.kind == "City"]
            raise NotFoundError("city", identity, actors)
    facts = facts or Facts(snapshot)
    wishes = facts.wishes(mentee)
    if not wishes:
        return Match(mentee, mentor, shown(snapshot, mentor), None, reason=no_needs(facts, mentee))
    pair = _Pair(facts, mentee, mentor)
    strengths = {wish: facts.strength(mentor, wish.theme) for wish in wishes}
    needs = [pair.need(wish, has) for wish, has in strengths.items() if has.value is not None]
    needs.sort(key=lambda one: (-one.contribution, one.theme))
    low = fsum(one.contribution for one in needs)
    served = {
        wish.theme: Served(wish.theme, wish.share, has.sign) for wish, has in strengths.items()
    }
    certain = {theme for theme, one in served.items() if one.sign == "documented"}
    missing = {wish: has for wish, has in strengths.items() if has.value is None}
    context, unknowns = pair.context(strengths) if low > 0 else ((), ())
    reasons = (*needs, *context)
    rarities = [facts.rarity(wish.theme) for wish in wishes]
    return Match(
        mentee=mentee,
        mentor=mentor,
        name=shown(snapshot, mentor),
        score=fsum(one.contribution for one in reasons),
        comp_low=low,
        comp_high=fsum((low, *(wish.share for wish in missing))),
        comp_documented=fsum(one.contribution for one in needs if one.theme in certain),
        served=tuple(sorted(served.values(), key=lambda one: (-one.share, one.theme))),
        context=fsum(one.contribution for one in context),
        rarity=None
        if None in rarities
        else fsum(
            wish.share * (has.value or 0) * (rarity or 0)
            for (wish, has), rarity in zip(strengths.items(), rarities, strict=True)
        ),
        reasons=reasons,
        unknowns=(*(pair.unknown(wish) for wish in missing), *unknowns),
        history=pair.history(),
        same_country=pair.same_country(),
        support=support(snapshot, (i for one in needs if one.contribution for i in one.statements)),
        headline=_headline(strengths.values()),
    )


def no_needs(facts: Facts, mentee: str) -> Text:
    """Why nobody can be matched with ``mentee``."""
    name, out = shown(facts.snapshot, mentee), facts.left_out(mentee, "NEEDS")
    if out:
        why = facts.snapshot.left_out.none_of(out, Text("", ""))
        return Text(
            f"Не може да се подбере ментор за {name.bg}. {why.bg}",
            f"No mentor can be chosen for {name.en}. {why.en}",
        )
    return Text(
        f"Не може да се подбере ментор: за {name.bg} не са записани нужди.",
        f"No mentor can be chosen: no needs of {name.en} are recorded.",
    )


def _headline(strengths: Iterable[Strength]) -> Text:
    signs = [strength.sign for strength in strengths]
    served = sum(sign in ("documented", "partial", "inferred") for sign in signs)
    bg = f"Отговаря на {served} от {len(signs)} нужди"
    en = f"Serves {served} of {len(signs)} needs"
    if len(signs) == 1 and served:
        bg, en = "Отговаря на единствената записана нужда", "Serves the only recorded need"
    for sign, words in SAID_OF_SERVED.items():
        if number := signs.count(sign):
            bg, en = f"{bg}; {words.bg} {number}", f"{en}; {words.en} {number}"
    return Text(f"{bg}.", f"{en}.")


def support(snapshot: Snapshot, statements: Iterable[str]) -> Support:
    """What carries ``statements``: their standings, publishers and newest date."""
    # The order of themes is the vocabulary's own and says nothing about this pair.
    found = [snapshot.edges[i] for i in sorted(set(statements)) if i in snapshot.edges]
    sourced = [edge for edge in found if edge.kind not in TIMELESS]
    dates = {row.observed_on for one in sourced for row in snapshot.dataset.evidence_of(one.id)}
    for one in sourced:
        for entry in one.sources:
            source = snapshot.dataset.nodes.get(entry.partition("#")[0])
            dates.add(source.published_on if isinstance(source, Source) else "")
    return Support(
        statements=len(sourced),
        standings=dict(sorted(Counter(one.standing for one in sourced).items())),
        publishers=tuple(
            sorted({name for one in sourced for name in publisher_names(snapshot.dataset, one)})
        ),
        newest=max(filter(None, dates), key=first_day, default=""),
    )


class _Pair:
    """The parts of one pair's score, in words."""

    def __init__(self, facts: Facts, mentee: str, mentor: str) -> None:
        self.facts, self.snapshot = facts, facts.snapshot
        self.mentee, self.mentor = mentee, mentor
        self.seeker, self.helper = shown(self.snapshot, mentee), shown(self.snapshot, mentor)

    def need(self, wish: Wish, strength: Strength) -> Reason:
        """What is known about one need."""
        value = strength.value or 0.0
        return Reason(
            shown(self.snapshot, wish.theme),
            value,
            wish.share,
            value * wish.share,
            (*wish.statements, *strength.statements),
            wish.theme,
            self._offer(wish.theme, strength),
        )

    def _offer(self, theme: str, strength: Strength) -> Text:
        wanted, name = shown(self.snapshot, theme), self.helper
        if strength.how == "needs itself":
            return Text(
                f"{name.bg} също търси помощ за „{wanted.bg}“.",
                f"{name.en} looks for help with “{wanted.en}” too.",
            )
        if strength.how == "not on a complete list":
            return Text(
                f"Източник изброява всичко, което предлага {name.bg}; „{wanted.bg}“ не е там.",
                f"A source lists all that {name.en} offers; “{wanted.en}” is not there.",
            )
        themes = [shown(self.snapshot, one) for one in strength.themes]
        bg = " и ".join(f"„{one.bg}“" for one in themes)
        en = " and ".join(f"“{one.en}”" for one in themes)
        tail = {
            "same": Text("", ""),
            "narrower": Text(f", част от „{wanted.bg}“", f", part of “{wanted.en}”"),
            "enables": Text(
                f", което дава възможност за „{wanted.bg}“", f", which enables “{wanted.en}”"
            ),
            "broader": Text(
                f", по-широко от „{wanted.bg}“, и затова се брои наполовина",
                f", broader than “{wanted.en}” and so counted as half",
            ),
        }[strength.how]
        remarks_bg, remarks_en = [], []
        if strength.level:
            remarks_bg.append(f"степен {strength.level} от {TOP_LEVEL}")
            remarks_en.append(f"level {strength.level} of {TOP_LEVEL}")
        if strength.inferred:
            remarks_bg.append(word("inferred").bg)
            remarks_en.append(word("inferred").en)
        said_bg = f" ({', '.join(remarks_bg)})" if remarks_bg else ""
        said_en = f" ({', '.join(remarks_en)})" if remarks_en else ""
        return Text(
            f"{name.bg} предлага {bg}{tail.bg}{said_bg}.",
            f"{name.en} offers {en}{tail.en}{said_en}.",
        )

    def unknown(self, wish: Wish) -> Note:
        """A need of which nobody knows whether the mentor serves it."""
        theme = shown(self.snapshot, wish.theme)
        return Note(
            theme,
            Text(
                f"Не е записано дали {self.helper.bg} предлага „{theme.bg}“.",
                f"Whether {self.helper.en} offers “{theme.en}” is not recorded.",
            ),
            wish.theme,
            wish.statements,
        )

    def context(
        self, strengths: Mapping[Wish, Strength]
    ) -> tuple[tuple[Reason, ...], tuple[Note, ...]]:
        """The parts that are not about a need, and what is not known of them."""
        size = self._size()
        parts = (size, self._networks(), self._interest(strengths))
        return (
            tuple(part for part in parts if isinstance(part, Reason)),
            tuple(part for part in (*parts, self._country()) if isinstance(part, Note)),
        )

    def _size(self) -> Reason | Note:
        here, there = self.facts.place(self.mentee), self.facts.place(self.mentor)
        for place, asked in ((here, self.seeker), (there, self.helper)):
            if place is None or not place.population:
                text = Text(
                    f"Не е записано населението: {asked.bg}.",
                    f"The population is not recorded: {asked.en}.",
                )
                return Note(SIZE, text)
        assert here and there and here.population and there.population
        value = 1 - min(1.0, abs(log(here.population / there.population)) / SIZE_SCALE)
        one, other = (figures.both(figures.number, place.population) for place in (here, there))
        return Reason(
            SIZE,
            value,
            SIZE_WEIGHT,
            value * SIZE_WEIGHT,
            (here.id, there.id),
            None,
            Text(
                f"Население: {here.name.bg} – {one.bg}, {there.name.bg} – {other.bg}.",
                f"Population: {here.name.en} {one.en}, {there.name.en} {other.en}.",
            ),
        )

    def _networks(self) -> Reason:
        one, other = self.facts.joined(self.mentee), self.facts.joined(self.mentor)
        shared = sorted(one.keys() & other.keys())
        value = len(shared) / (len(shared) + 1)
        names = listed(self.snapshot, shared)
        text = Text(
            "Не е записана програма или проект с участието и на двете страни.",
            "No programme or project in which both take part is recorded.",
        )
        if shared:
            text = Text(
                f"Общи за двете страни: {names.bg}.", f"Both take or took part in {names.en}."
            )
        statements = [i for target in shared for i in (*one[target], *other[target])]
        return Reason(
            NETWORKS,
            value,
            NETWORKS_WEIGHT,
            value * NETWORKS_WEIGHT,
            tuple(sorted(statements)),
            None,
            text,
        )

    def _interest(self, strengths: Mapping[Wish, Strength]) -> Reason:
        found = {
            wish: self.facts.interest(self.mentee, wish.theme)
            for wish, strength in strengths.items()
            if strength.value
        }
        shares = [wish.share * (strengths[wish].value or 0) for wish, ties in found.items() if ties]
        value = fsum(shares)
        themes = listed(self.snapshot, [wish.theme for wish, ties in found.items() if ties])
        text = Text(
            f"Не е записано участие на {self.seeker.bg} в програма или проект по тези теми.",
            f"{self.seeker.en} is not recorded in a programme or project on these themes.",
        )
        if shares:
            text = Text(
                f"Записано е участие на {self.seeker.bg} в програма или проект по: {themes.bg}.",
                f"{self.seeker.en} takes or took part in a programme or project on: {themes.en}.",
            )
        statements = {identity for ties in found.values() for identity in ties}
        return Reason(
            INTEREST,
            value,
            INTEREST_WEIGHT,
            value * INTEREST_WEIGHT,
            tuple(sorted(statements)),
            None,
            text,
        )

    def _country(self) -> Note | None:
        if self.same_country() is not None:
            return None
        text = Text(
            "Не е записано дали са от една и съща държава.",
            "Whether they are in the same country is not recorded.",
        )
        return Note(COUNTRY, text)

    def same_country(self) -> bool | None:
        """Whether both are in one country; None where one is not recorded."""
        places = (self.facts.place(self.mentee), self.facts.place(self.mentor))
        here, there = (place.country if place else "" for place in places)
        return here == there if here and there else None

    def history(self) -> tuple[Note, ...]:
        """The mentor's roles as a mentor, and what it has advised this mentee on."""
        found = []
        for role in self.facts.roles(self.mentor, "mentor"):
            programme = shown(self.snapshot, role.target)
            bg, en = ("беше", "was") if role.id in self.snapshot.ended else ("е", "is")
            found.append(
                self._past(
                    role,
                    Text(
                        f"{self.helper.bg} {bg} ментор в „{programme.bg}“",
                        f"{self.helper.en} {en} a mentor in “{programme.en}”",
                    ),
                )
            )
        for tie in self.facts.mentoring(self.mentor, self.mentee):
            themes = listed(self.snapshot, getattr(tie, "themes", ()))
            bg = f"Записано е менторство на {self.helper.bg} за {self.seeker.bg}"
            en = f"{self.helper.en} has advised {self.seeker.en} before"
            if themes.bg:
                bg, en = f"{bg} по: {themes.bg}", f"{en} on {themes.en}"
            found.append(self._past(tie, Text(bg, en)))
        advises = self.facts.advising(self.mentor)
        if advises.surely or advises.unknown_end:
            found.append(Note(ADVISES, sentences(advises.words)))
        return tuple(found)

    def _past(self, tie: Edge, text: Text) -> Note:
        when = _dates(period(self.snapshot.dataset, tie))
        return Note(
            type(tie).label, Text(f"{text.bg}{when.bg}.", f"{text.en}{when.en}."), None, (tie.id,)
        )


def _dates(when: Period) -> Text:
    """Both ends in brackets as far as they are stated; nothing where none is."""
    until = when.until.replace(ONGOING, "")
    if until:
        ends = figures.both(figures.span, when.since, until)
        return Text(f" ({ends.bg})", f" ({ends.en})")
    since = figures.both(figures.day, when.since)
    return Text(f" (от {since.bg})", f" (since {since.en})") if when.since else Text("", "")
