"""Which mentors could help one seeker, in order, and which facts would change that order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from ecosystem.analysis.gaps.laws import decimal, percent, shown
from ecosystem.analysis.matching.facts import TOP_LEVEL, Facts
from ecosystem.analysis.matching.pair import (
    INTEREST_WEIGHT,
    NETWORKS_WEIGHT,
    SIZE_WEIGHT,
    Match,
    Note,
    no_needs,
    score_pair,
)
from ecosystem.errors import NotFoundError
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text, plain

RESTS_ON = ("NEEDS", "OFFERS", "PARTICIPATES_IN", "MENTORS")
"""The kinds of ties by which a mentor is chosen."""
DIGITS = 9
"""Scores that agree to so many digits are equal."""


@dataclass(frozen=True)
class Matches:
    """The mentors that could help one seeker.

    Attributes
    ----------
    needs
        The themes that the mentee needs, in the order of ids, with their shares.
    suggestions
        Supported candidates: by score, then by what they could reach, then by rarity, then in
        the order of ids. Equal scores share a rank.
    unsupported
        Candidates of which nothing is known to fit, without a rank.
    excluded
        Candidates that the country rule leaves out, in the order of suggestions.
    answer
        The first place, or that there is no supported suggestion, in one sentence.
    deciding
        Facts that nobody has recorded and that would answer an open need.
    runner_up, flip
        Who comes next and by how much, and the smallest single fact that would change the
        first place; None where there is nobody to compare.
    assumptions
        The rules and weights that held.
    reason
        Why nobody could be scored, None where somebody was.
    """

    mentee: str
    name: Text
    as_of: str
    needs: Mapping[str, float]
    suggestions: tuple[Match, ...] = ()
    unsupported: tuple[Match, ...] = ()
    excluded: tuple[Match, ...] = ()
    answer: Text | None = None
    deciding: tuple[Note, ...] = ()
    runner_up: Text | None = None
    flip: Text | None = None
    assumptions: tuple[Text, ...] = field(default=())
    reason: Text | None = None

    def to_dict(self) -> dict[str, Any]:
        """The matches as plain values."""
        found: dict[str, Any] = plain(self)
        return found


def rank_mentors(
    snapshot: Snapshot,
    mentee: str,
    *,
    other_country: bool = True,
    organisations: bool = False,
    decided: Mapping[str, int] | None = None,
    facts: Facts | None = None,
) -> Matches:
    """The mentors that could help ``mentee``, best first, with the reasons.

    Candidates are the cities that take or took part in a programme as mentor or offer a theme.

    Parameters
    ----------
    other_country
        Whether a mentor must be from another country, as in mentor programmes; where a country
        is not recorded the candidate stays, and says so.
    organisations
        Whether organisations are candidates too.
    decided
        How many each mentor takes at once where a person decided that; it is told, no more.
    facts
        What is known of the snapshot, to be shared between calls.

    Raises
    ------
    NotFoundError
        For a mentee that the snapshot does not have.
    """
    if mentee not in snapshot.nodes:
        raise NotFoundError("city", mentee, [i for i in snapshot.nodes if i.startswith("city:")])
    facts = facts or Facts(snapshot)
    matches = Matches(
        mentee=mentee,
        name=shown(snapshot, mentee),
        as_of=snapshot.as_of,
        needs={wish.theme: wish.share for wish in facts.wishes(mentee)},
        assumptions=assumptions(snapshot, other_country, organisations),
    )
    if not matches.needs:
        reason = no_needs(facts, mentee)
        return replace(matches, answer=reason, reason=reason)
    scored = [
        score_pair(snapshot, mentee, mentor, facts=facts)
        for mentor in candidates(facts, organisations=organisations)
        if mentor != mentee
    ]
    scored = [replace(match, capacity=(decided or {}).get(match.mentor)) for match in scored]
    scored.sort(key=_order)
    able = [match for match in scored if not (other_country and match.same_country)]
    suggestions = ranked(match for match in able if match.supported)
    return replace(
        matches,
        suggestions=suggestions,
        unsupported=tuple(match for match in able if not match.supported),
        excluded=tuple(match for match in scored if other_country and match.same_country),
        answer=_answer(suggestions),
        deciding=_deciding(facts, matches.needs, able),
        runner_up=_runner_up(suggestions),
        flip=_flip(snapshot, matches.needs, suggestions, able),
    )


def candidates(facts: Facts, *, organisations: bool = False) -> tuple[str, ...]:
    """The cities that are or were mentors in a programme or offer a theme, in the order of ids.

    With ``organisations`` those that offer a theme or mentor in a programme too.
    """
    kinds = ("City", "Organisation") if organisations else ("City",)
    return tuple(
        node.id
        for node in facts.snapshot.nodes.values()
        if node.kind in kinds and (facts.roles(node.id, "mentor") or facts.offers(node.id))
    )


def assumptions(snapshot: Snapshot, other_country: bool, organisations: bool) -> tuple[Text, ...]:
    """The rules and weights of a ranking, and what the view leaves out, to be printed with it."""
    country = Text(
        "Менторът може да е от същата държава.", "A mentor may be from the same country."
    )
    if other_country:
        country = Text(
            "Менторът трябва да е от друга държава.", "A mentor must be from another country."
        )
    who = Text(
        "Кандидати са градовете, които са ментори в програма или предлагат тема.",
        "Candidates are cities that are mentors in a programme or offer a theme.",
    )
    if organisations:
        who = Text(
            "Кандидати са градовете и организациите, които са ментори в програма или предлагат "
            "тема.",
            "Candidates are cities and organisations that are mentors in a programme or offer a "
            "theme.",
        )
    size, networks, interest = (
        decimal(weight) for weight in (SIZE_WEIGHT, NETWORKS_WEIGHT, INTEREST_WEIGHT)
    )
    weights = Text(
        "Оценката е делът на нуждите, на които менторът отговаря (от 0 до 1), и отгоре най-много "
        f"{size.bg} за близка големина, {networks.bg} за общи програми и проекти и {interest.bg} "
        "за проявен интерес.",
        "The score is the share of the needs that the mentor serves (0 to 1), and on top at most "
        f"{size.en} for similar size, {networks.en} for shared programmes and projects and "
        f"{interest.en} for interest shown.",
    )
    # What begins later changes nothing of a ranking, and no word of it either.
    left_out = snapshot.left_out
    out = left_out.note(left_out.may_count(left_out.of_kind(*RESTS_ON)))
    return (who, country, weights, *((out,) if out else ()))


def equal(one: float | None, other: float | None) -> bool:
    """Whether two scores are the same but for rounding."""
    return round((one or 0) - (other or 0), DIGITS) == 0


def _order(match: Match) -> tuple[float, float, float, float, str]:
    parts = (match.score, match.comp_documented, match.comp_high, match.rarity)
    score, documented, high, rarity = (-round(part or 0.0, DIGITS) for part in parts)
    return score, documented, high, rarity, match.mentor


def ranked(matches: Iterable[Match]) -> tuple[Match, ...]:
    """The matches with their ranks; equal scores share one, and the next rank is left out."""
    found: list[Match] = []
    for place, match in enumerate(sorted(matches, key=_order), start=1):
        shared = found and equal(found[-1].score, match.score)
        found.append(replace(match, rank=found[-1].rank if shared else place))
    return tuple(found)


def _names(matches: Sequence[Match], limit: int = 4) -> Text:
    rest = len(matches) - limit if len(matches) > limit + 1 else 0
    names = [match.name for match in matches[: limit if rest else None]]
    bg, en = ", ".join(name.bg for name in names), ", ".join(name.en for name in names)
    return Text(f"{bg} и още {rest}", f"{en} and {rest} more") if rest else Text(bg, en)


def _first(suggestions: Sequence[Match]) -> tuple[Match, ...]:
    return tuple(match for match in suggestions if match.rank == 1)


def _answer(suggestions: Sequence[Match]) -> Text:
    first = _first(suggestions)
    if not first:
        return Text(
            "Няма обосновано предложение: за никой кандидат не е записано, че предлага нещо от "
            "търсеното.",
            "No supported suggestion: no candidate is recorded to offer anything that is needed.",
        )
    names, score, served = _names(first), decimal(first[0].score or 0), first[0].headline
    if len(first) > 1:
        return Text(
            f"Първото място си делят {names.bg} (оценка {score.bg}).",
            f"First place is shared by {names.en} (score {score.en}).",
        )
    why = _why_first(first[0], suggestions[1:])
    place = Text(
        f"Първо място: {names.bg} (оценка {score.bg}).",
        f"First place: {names.en} (score {score.en}).",
    )
    said = [one for one in (place, served, why) if one]
    return Text(" ".join(one.bg for one in said), " ".join(one.en for one in said))


def _why_first(first: Match, others: Sequence[Match]) -> Text:
    """From what the score is made, and why it may be above one."""
    needs = percent(first.comp_low or 0.0)
    extra = [one for one in first.reasons if one.theme is None and one.contribution > 0]
    more = Text("", "")
    if extra:
        names = [Text(one.name.bg.lower(), one.name.en.lower()) for one in extra]
        added = decimal(first.context or 0.0)
        more = Text(
            f" и получава още {added.bg} за: {', '.join(one.bg for one in names)}",
            f" and gains {added.en} more for {', '.join(one.en for one in names)}",
        )
    above = Text("", "")
    if (first.score or 0) > 1:
        above = Text("; затова оценката е над 1", "; that is why the score is above 1")
    next_ = Text("", "")
    if others:
        share = percent(others[0].comp_low or 0.0)
        next_ = Text(
            f" Следващият отговаря на {share.bg}.", f" The next serves {share.en} of them."
        )
    return Text(
        f"Първи е, защото отговаря на {needs.bg} от търсеното{more.bg}{above.bg}.{next_.bg}",
        f"It is first because it serves {needs.en} of the needs{more.en}{above.en}.{next_.en}",
    )


def _deciding(facts: Facts, needs: Mapping[str, float], able: Sequence[Match]) -> tuple[Note, ...]:
    """For each need that no candidate is known to serve, whom to ask."""
    found = []
    for theme in sorted(needs, key=lambda one: (-needs[one], one)):
        if any(facts.strength(match.mentor, theme).value for match in able):
            continue
        open_ = [m for m in able if facts.strength(m.mentor, theme).value is None]
        open_.sort(key=lambda m: (not facts.roles(m.mentor, "mentor"), *_order(m)))
        name, names = shown(facts.snapshot, theme), _names(open_)
        text = Text(
            f"Кой град предлага „{name.bg}“: не е записан нито един подходящ кандидат.",
            f"Which city offers “{name.en}”: no eligible candidate is recorded.",
        )
        if open_:
            text = Text(
                f"Дали някой от тези градове предлага „{name.bg}“: {names.bg}.",
                f"Whether one of these offers “{name.en}”: {names.en}.",
            )
        found.append(Note(name, text, theme))
    return tuple(found)


def _runner_up(suggestions: Sequence[Match]) -> Text | None:
    first = _first(suggestions)
    later = suggestions[len(first) :]
    if len(first) != 1 or not later:
        return None
    second = [match for match in later if match.rank == later[0].rank]
    names = _names(second)
    gap = decimal((first[0].score or 0) - (second[0].score or 0), 3)
    return Text(f"Следват: {names.bg}, с {gap.bg} по-малко.", f"Next: {names.en}, {gap.en} behind.")


class _Change(NamedTuple):
    """One fact that would change the first place, ordered by how little it moves a score."""

    size: float
    order: int
    mentor: str
    theme: str
    level: int


def _flip(
    snapshot: Snapshot,
    needs: Mapping[str, float],
    suggestions: Sequence[Match],
    able: Sequence[Match],
) -> Text | None:
    """The single fact that would change the first place by moving a score least, in words.

    Either another candidate turns out to offer a theme, at the lowest level that is enough, or
    one offer of the first falls away. The context is left as it is.
    """
    first = _first(suggestions)
    if len(able) < 2 or not first:
        return None
    changes = [*_gains(first, able, needs), *_losses(first, suggestions)]
    if not changes:
        return Text(
            "Никой единичен факт не би променил първото място.",
            "No single fact would change the first place.",
        )
    least = min(changes)
    alike = (one for one in changes if one[:3] == least[:3] and one.level == least.level)
    name = shown(snapshot, least.mentor)
    themes = [shown(snapshot, one.theme) for one in sorted(alike)]
    bg = " или ".join(f"„{theme.bg}“" for theme in themes)
    en = " or ".join(f"“{theme.en}”" for theme in themes)
    if least.level:
        return Text(
            f"Най-малката промяна, която би извела напред {name.bg}: източник, според който "
            f"предлага {bg} (стига степен {least.level} от {TOP_LEVEL}).",
            f"The smallest change that would put {name.en} ahead: a source that it offers {en} "
            f"(level {least.level} of {TOP_LEVEL} is enough).",
        )
    return Text(
        f"Най-малката промяна, която би изместила {name.bg} от първото място: да отпадне "
        f"предлагането по {bg}.",
        f"The smallest change that would move {name.en} from the first place: its offer on {en} "
        "falling away.",
    )


def _gains(
    first: Sequence[Match], able: Sequence[Match], needs: Mapping[str, float]
) -> Iterable[_Change]:
    best = first[0].score or 0.0
    for order, match in enumerate(able):
        if len(first) == 1 and match.mentor == first[0].mentor:
            continue
        for theme in (note.theme for note in match.unknowns if note.theme):
            for level in range(1, TOP_LEVEL + 1):
                size = needs[theme] * level / TOP_LEVEL
                if round((match.score or 0) + size - best, DIGITS) > 0:
                    yield _Change(round(size, DIGITS), order, match.mentor, theme, level)
                    break


def _losses(first: Sequence[Match], suggestions: Sequence[Match]) -> Iterable[_Change]:
    if len(first) != 1 or len(suggestions) < 2:
        return
    next_score = suggestions[1].score or 0.0
    for reason in first[0].reasons:
        if reason.theme and reason.contribution:
            left = (first[0].score or 0) - reason.contribution
            if round(next_score - left, DIGITS) > 0:
                size = round(reason.contribution, DIGITS)
                yield _Change(size, 0, first[0].mentor, reason.theme, 0)
