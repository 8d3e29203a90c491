"""Would the context have found the mentors that cities really had? Past pairs, ranked blind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import Any

import numpy as np

from ecosystem.analysis.gaps.chance import ends_of
from ecosystem.analysis.matching.context import BASELINES, CONTEXT, Known, Score, same
from ecosystem.analysis.matching.start_years import (
    Placed,
    YearOfPairs,
    by_chance,
    by_start_year,
)
from ecosystem.pairs import Fact, Pair
from ecosystem.values import Text, plain

DIGITS = 9
"""Scores that agree to so many digits are equal."""

RESAMPLES = 10_000
SEED = 20180516
"""Of the resampling of networks; any other gives the same interval to about 0.002."""

CAVEAT = Text(
    "Участието в мрежи показва интерес, не нужда: проверява се само контекстът (прилика, големина, "
    "държава), никога дали менторът предлага онова, от което градът има нужда.",
    "Network history is interest, not need: this checks only the context (likeness, size, "
    "country), never whether a mentor offers what a city needs.",
)
TOO_GOOD = Text(
    "Много висок резултат означава, че в данните е изтекъл отговорът.",
    "A very high result means that the answer leaked into the data.",
)
ONE_NETWORK = Text(
    "Само една мрежа: няма от какво да се оцени колко сигурен е резултатът.",
    "One network only: nothing to tell how sure the result is.",
)
NO_PAIRS = Text("Няма нито една двойка за оценка.", "There is no pair to score.")
NO_YEAR = Text("няма начална година", "no start year")
BLIND = Text("Избрана без мрежата, която оценява", "Chosen without the network it scores")


@dataclass(frozen=True)
class Result:
    """How well one score found the true mentors.

    Attributes
    ----------
    mrr, random_mrr, gain
        Mean over pairs of the expected reciprocal rank, of what chance gives on the same
        candidates (H_m / m for m of them), and of the difference.
    gain_low, gain_high
        95 % of the resamples of networks (with all their pairs) lie between; None with a
        ``reason`` where fewer than two networks could be scored.
    hit_1, hit_3
        Mean probability that the true mentor is first, among the first three.
    """

    id: str
    name: Text
    formula: Text
    mrr: float | None
    random_mrr: float | None
    gain: float | None
    gain_low: float | None
    gain_high: float | None
    hit_1: float | None
    hit_3: float | None
    n_pairs: int
    n_networks: int
    reason: Text | None = None

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values; the hits are called ``hit@1`` and ``hit@3``."""
        found: dict[str, Any] = plain(self)
        return {key.replace("hit_", "hit@"): value for key, value in found.items()}


@dataclass(frozen=True)
class LeftOut:
    """A pair or an attribute row that was not used: its line, what it says, and why."""

    line: int
    what: str
    reason: Text


@dataclass(frozen=True)
class Backtest:
    """The result of the context, the same per baseline, and all that was left out.

    Attributes
    ----------
    blind
        What choosing the best of all the scores on the other networks gives: how far the
        choice itself flatters.
    years
        The context by start year of the pairs, with how old the facts were by then.
    refused
        Attribute rows that no pair could use: undated ones, and those that were not known
        before the start of any scored pair.
    held_back
        How many further rows were known early enough for some pairs only.
    unknown_cities
        Mentors and mentees of scored pairs without any usable row.
    """

    context: Result
    baselines: tuple[Result, ...]
    blind: Result
    pairs: tuple[Placed, ...]
    years: tuple[YearOfPairs, ...]
    skipped: tuple[LeftOut, ...]
    refused: tuple[LeftOut, ...]
    held_back: int
    unknown_cities: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The backtest as plain values, the figures of the context at the top."""
        rest = {key: value for key, value in plain(self).items() if key != "context"}
        return {
            **self.context.to_dict(),
            "caveat": plain(CAVEAT),
            **rest,
            "baselines": {result.id: result.to_dict() for result in self.baselines},
            "blind": self.blind.to_dict(),
        }


@dataclass(frozen=True)
class _Trial:
    """One scored pair: its candidates with the true mentor first."""

    pair: Pair
    year: int
    network: str
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class _Place:
    """Where the true mentor came: how many before it, how many share its place with it."""

    before: int
    tied: int

    @property
    def reciprocal(self) -> float:
        """The mean of 1 / rank over the block of equals."""
        return fsum(1 / (self.before + i) for i in range(1, self.tied + 1)) / self.tied

    def hit(self, top: int) -> float:
        """The probability of being among the first ``top``, equals in any order."""
        return min(1.0, max(0, top - self.before) / self.tied)


def backtest(pairs: Sequence[Pair], facts: Sequence[Fact]) -> Backtest:
    """Rank the mentors of the past for each mentee with what was known before, and compare.

    Candidates are all the mentors of the pairs but the mentee itself and its other true
    mentors, of any country. A pair sees only facts known before its start year; its theme is
    the mentor's offer and never taken for the mentee's need; its own network never counts. The
    scores are fixed and learn nothing from the pairs, so no later fact can reach an earlier one.

    Parameters
    ----------
    pairs
        One per row; a pair without a year, an identity or a network, one of a city with itself
        and one that stands there before are skipped and listed.
    facts
        One per row; undated ones are refused and listed.
    """
    trials, skipped = _trials(pairs)
    known = {year: Known(facts, year) for year in sorted({trial.year for trial in trials})}
    places = {s.id: [_place(s, known[t.year], t) for t in trials] for s in (CONTEXT, *BASELINES)}
    refused, held_back = _refused(facts, set(known))
    cities = {city for trial in trials for city in (trial.pair.mentee, *trial.candidates)}
    placed = tuple(map(_placed, trials, places[CONTEXT.id]))
    results = [_result(score, trials, places[score.id]) for score in (CONTEXT, *BASELINES)]
    return Backtest(
        context=results[0],
        baselines=tuple(results[1:]),
        blind=_blind(trials, places),
        pairs=placed,
        years=by_start_year(placed, facts),
        skipped=skipped,
        refused=refused,
        held_back=held_back,
        unknown_cities=tuple(
            sorted(city for city in cities if not any(city in one for one in known.values()))
        ),
    )


def _trials(pairs: Sequence[Pair]) -> tuple[tuple[_Trial, ...], tuple[LeftOut, ...]]:
    mentors = sorted({pair.mentor for pair in pairs if pair.mentor})
    true: dict[str, set[str]] = {}
    for pair in pairs:
        true.setdefault(pair.mentee, set()).add(pair.mentor)
    trials, skipped, seen = [], [], dict[tuple[object, ...], int]()
    for pair in pairs:
        key = (same(pair.network), pair.year, pair.mentor, pair.mentee)
        reason = _unfit(pair, seen.get(key))
        if reason or pair.year is None:
            skipped.append(LeftOut(pair.line, pair.name, reason or NO_YEAR))
            continue
        seen[key] = pair.line
        others = (m for m in mentors if m != pair.mentee and m not in true[pair.mentee])
        trials.append(_Trial(pair, pair.year, same(pair.network), (pair.mentor, *others)))
    return tuple(trials), tuple(skipped)


def _unfit(pair: Pair, before: int | None) -> Text | None:
    """Why a pair cannot be scored, None where it can."""
    if not pair.mentor or not pair.mentee:
        return Text("няма номер на град", "no number of a city")
    if pair.mentor == pair.mentee:
        return Text("градът е ментор на себе си", "the city is its own mentor")
    if pair.year is None:
        return NO_YEAR
    if not same(pair.network):
        return Text("няма мрежа", "no network")
    if before is not None:
        return Text(f"същото стои вече на ред {before}", f"stands already in line {before}")
    return None


def _place(score: Score, known: Known, trial: _Trial) -> _Place:
    mentee = known[trial.pair.mentee]
    true, *others = (
        round(score.value(mentee, known[candidate], trial.network), DIGITS)
        for candidate in trial.candidates
    )
    return _Place(sum(o > true for o in others), 1 + sum(o == true for o in others))


def _placed(trial: _Trial, place: _Place) -> Placed:
    pair = trial.pair
    rank = place.before + (place.tied + 1) / 2
    return Placed(
        pair.line,
        pair.name,
        pair.network,
        trial.year,
        pair.mentor,
        pair.mentee,
        rank,
        len(trial.candidates),
        place.reciprocal,
    )


def _mean(values: Iterable[float]) -> float:
    known = list(values)
    return fsum(known) / len(known)


def _result(
    score: Score, trials: Sequence[_Trial], places: Sequence[_Place], formula: Text | None = None
) -> Result:
    chances = [by_chance(len(trial.candidates)) for trial in trials]
    gains = [place.reciprocal - chance for place, chance in zip(places, chances, strict=True)]
    names = [trial.network for trial in trials]
    empty = Result(
        score.id,
        score.name,
        formula or score.formula,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        len(trials),
        len(set(names)),
        NO_PAIRS,
    )
    if not trials:
        return empty
    interval = _interval(gains, names)
    return replace(
        empty,
        mrr=_mean(place.reciprocal for place in places),
        random_mrr=_mean(chances),
        gain=_mean(gains),
        gain_low=interval[0] if interval else None,
        gain_high=interval[1] if interval else None,
        hit_1=_mean(place.hit(1) for place in places),
        hit_3=_mean(place.hit(3) for place in places),
        reason=None if interval else ONE_NETWORK,
    )


def _interval(gains: Sequence[float], names: Sequence[str]) -> tuple[float, float] | None:
    """The 2.5th and 97.5th percentile of the mean gain over resampled networks.

    A network is drawn with all its pairs (cluster bootstrap: Field and Welsh, 2007,
    doi:10.1111/j.1467-9868.2007.00593.x). None for fewer than two networks.
    """
    counts = Counter(names)
    if len(counts) < 2:
        return None
    order = sorted(counts)
    sums = np.array([fsum(g for g, n in zip(gains, names, strict=True) if n == o) for o in order])
    sizes = np.array([counts[name] for name in order])
    drawn = np.random.default_rng(SEED).integers(0, len(order), (RESAMPLES, len(order)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    return ends_of(means)


def _blind(trials: Sequence[_Trial], places: Mapping[str, Sequence[_Place]]) -> Result:
    """For each network the score that did best on the others, on equal terms the first."""
    chosen: dict[str, str] = {}
    for network in sorted({trial.network for trial in trials}):
        others = [i for i, trial in enumerate(trials) if trial.network != network]
        sums = {one: fsum(placed[i].reciprocal for i in others) for one, placed in places.items()}
        if others:
            chosen[network] = max(sums, key=sums.__getitem__)
    counts = Counter(chosen.values())
    used = ", ".join(f"{score} ({counts[score]})" for score in sorted(counts))
    kept = [i for i, trial in enumerate(trials) if trial.network in chosen]
    result = _result(
        Score("blind", BLIND, {}),
        [trials[i] for i in kept],
        [places[chosen[trials[i].network]][i] for i in kept],
        Text(used, used),
    )
    return result if kept or not trials else replace(result, reason=ONE_NETWORK)


def _refused(facts: Sequence[Fact], years: set[int]) -> tuple[tuple[LeftOut, ...], int]:
    """The rows that no pair could use, and how many others some pair could not."""
    last, first = max(years, default=0), min(years, default=0)
    undated = Text("без година, от която е известно", "undated: nobody says since when it is known")
    late = Text(
        f"не е известно преди началото на нито една двойка ({last})",
        f"not known before the start of any pair ({last})",
    )
    refused, held_back = [], 0
    for fact in facts:
        what = f"{fact.city} {fact.attribute} {fact.value}"
        if fact.known_from is None:
            refused.append(LeftOut(fact.line, what, undated))
        elif years and fact.known_from >= last:
            refused.append(LeftOut(fact.line, what, late))
        elif fact.known_from >= first and years:
            held_back += 1
    return tuple(refused), held_back
