"""How alike two cities were before a year, from dated facts alone: the scores of a backtest."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import asin, cos, fsum, log, radians, sin, sqrt

from ecosystem.analysis.matching.pair import NETWORKS_WEIGHT, SIZE_SCALE, SIZE_WEIGHT
from ecosystem.figures import both, number
from ecosystem.pairs import Fact
from ecosystem.values import Text

CLOSE_SIZE_WEIGHT = 0.2
"""What similar size weighs beside the similarity of texts (1)."""

ABROAD_WEIGHT = 0.2
"""What another country weighs beside the similarity of texts (1)."""

_WORD = re.compile(r"[^\W\d_]{4,}")
# The first letters stand for the word: "renewal" and "renewable" meet, "urban" stays itself.
_BEGINNING = 6


@dataclass
class City:
    """What was known of a city before a year."""

    population: float | None = None
    country: str = ""
    language: str = ""
    place: tuple[float, float] | None = None
    networks: frozenset[str] = frozenset()
    words: Mapping[str, float] = field(default_factory=dict)


class Known:
    """Everything known of every city before ``year``; facts of that year or later do not enter.

    Words of a city's keywords weigh (1 + ln n) ln((N + 1) / (m + 1)): n keywords of the city
    hold the word, m of the N cities with keywords do; each city's weights have length 1
    (tf-idf: Salton and Buckley, 1988, doi:10.1016/0306-4573(88)90021-0).
    """

    def __init__(self, facts: Iterable[Fact], year: int) -> None:
        self.year = year
        cities: dict[str, list[Fact]] = {}
        for fact in facts:
            if fact.known_from is not None and fact.known_from < year:
                cities.setdefault(fact.city, []).append(fact)
        self._cities = {city: _city(rows) for city, rows in cities.items()}
        counts = {city: _words(rows) for city, rows in cities.items()}
        for city, words in weighted({c: w for c, w in counts.items() if w}).items():
            self._cities[city].words = words

    def __getitem__(self, city: str) -> City:
        return self._cities.get(city, City())

    def __contains__(self, city: str) -> bool:
        return city in self._cities


def _city(rows: Iterable[Fact]) -> City:
    newest: dict[str, str] = {}
    for fact in sorted(rows, key=lambda one: one.known_from or 0):
        newest[fact.attribute] = fact.value
    population = float(newest.get("population", 0))
    place = None
    if "latitude" in newest and "longitude" in newest:
        place = float(newest["latitude"]), float(newest["longitude"])
    return City(
        population=population or None,
        country=newest.get("country", "").casefold(),
        language=newest.get("language", "").casefold(),
        place=place,
        networks=frozenset(same(f.value) for f in rows if f.attribute == "network"),
    )


def same(name: str) -> str:
    """A network's name without case, blanks and signs, to be compared."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", name).casefold()))


def _words(rows: Iterable[Fact]) -> Counter[str]:
    found: Counter[str] = Counter()
    for keyword in {fact.value for fact in rows if fact.attribute == "keyword"}:
        plain = unicodedata.normalize("NFKC", keyword).casefold()
        found.update({word[:_BEGINNING] for word in _WORD.findall(plain)})
    return found


def weighted(counts: Mapping[str, Counter[str]]) -> dict[str, dict[str, float]]:
    """For each city the weights of its words, of length 1; nothing where no word tells apart."""
    held = Counter(word for words in counts.values() for word in words)
    rarity = {word: log((len(counts) + 1) / (count + 1)) for word, count in held.items()}
    found = {}
    for city, words in counts.items():
        raw = {word: (1 + log(words[word])) * rarity[word] for word in sorted(words)}
        length = sqrt(fsum(value * value for value in raw.values()))
        found[city] = {word: value / length for word, value in raw.items()} if length else {}
    return found


def text(one: City, other: City) -> float:
    """The cosine between the words of past networks, 0 (also where there are none) to 1."""
    return fsum(value * other.words.get(word, 0.0) for word, value in one.words.items())


def size(one: City, other: City) -> float:
    """1 - min(1, abs(ln(p / q)) / ln 100) for populations p and q, 0 where one is unknown."""
    if not one.population or not other.population:
        return 0.0
    return 1 - min(1.0, abs(log(one.population / other.population)) / SIZE_SCALE)


def abroad(one: City, other: City) -> float:
    """1 for cities of two countries, 0 for one country or where it is unknown."""
    return float(bool(one.country and other.country) and one.country != other.country)


def nearness(one: City, other: City) -> float:
    """1 less the distance over half the Earth's girth, 0 where a place is unknown."""
    if one.place is None or other.place is None:
        return 0.0
    (here, west), (there, east) = (tuple(map(radians, c.place or ())) for c in (one, other))
    half = sin((here - there) / 2) ** 2 + cos(here) * cos(there) * sin((west - east) / 2) ** 2
    return 1 - asin(min(1.0, sqrt(half))) / asin(1.0)


def networks(one: City, other: City, own: str) -> float:
    """s / (s + 1) for s past networks in common; the pair's own network never counts."""
    shared = len((one.networks & other.networks) - {own})
    return shared / (shared + 1)


def language(one: City, other: City) -> float:
    """1 for the same language, 0 for two or where it is unknown."""
    return float(bool(one.language) and one.language == other.language)


PARTS: Mapping[str, tuple[Text, Callable[[City, City, str], float]]] = {
    "text": (
        Text("прилика на текстовете за предишните мрежи", "similarity of texts on past networks"),
        lambda one, other, _own: text(one, other),
    ),
    "size": (
        Text("близка големина", "similar size"),
        lambda one, other, _own: size(one, other),
    ),
    "abroad": (
        Text("друга държава", "another country"),
        lambda one, other, _own: abroad(one, other),
    ),
    "nearness": (
        Text("близост по място", "nearness"),
        lambda one, other, _own: nearness(one, other),
    ),
    "networks": (Text("общи предишни мрежи", "shared past networks"), networks),
    "language": (
        Text("същият език", "same language"),
        lambda one, other, _own: language(one, other),
    ),
}
"""What a score can weigh; each takes the mentee, the mentor and the pair's own network."""


@dataclass(frozen=True)
class Score:
    """A way to rank mentors for a mentee: the weights of its parts."""

    id: str
    name: Text
    weights: Mapping[str, float]

    @property
    def formula(self) -> Text:
        """The weighted sum in words."""
        named = [(both(number, weight), PARTS[part][0]) for part, weight in self.weights.items()]
        return Text(
            " + ".join(f"{weight.bg} × {name.bg}" for weight, name in named),
            " + ".join(f"{weight.en} × {name.en}" for weight, name in named),
        )

    def value(self, mentee: City, mentor: City, own: str) -> float:
        """The weighted sum; a part of which something is unknown adds nothing."""
        return fsum(w * PARTS[part][1](mentee, mentor, own) for part, w in self.weights.items())


CONTEXT = Score(
    "context",
    Text("Контекст", "Context"),
    {"text": 1, "size": CLOSE_SIZE_WEIGHT, "abroad": ABROAD_WEIGHT},
)

# A weight of 2 is more than all the rest together: another country always comes first.
BASELINES = (
    Score("nearest", Text("Най-близък по място", "Nearest"), {"nearness": 1}),
    Score("same-language", Text("Същият език", "Same language"), {"language": 1}),
    Score("shared-networks", Text("Общи предишни мрежи", "Shared past networks"), {"networks": 1}),
    Score("similar-population", Text("Подобно население", "Similar population"), {"size": 1}),
    Score(
        "similar-population-abroad",
        Text("Подобно население в друга държава", "Similar population in another country"),
        {"abroad": 2, "size": 1},
    ),
    Score("text", Text("Прилика на текстовете", "Similarity of texts"), {"text": 1}),
    Score(
        "match-context",
        Text("Контекстът на „match“", "The context of 'match'"),
        {"abroad": 2, "size": SIZE_WEIGHT, "networks": NETWORKS_WEIGHT},
    ),
    Score(
        "context-and-near",
        Text("Контекст и близост по място", "Context and nearness"),
        {**CONTEXT.weights, "nearness": 0.2},
    ),
    Score(
        "context-and-networks",
        Text("Контекст и общи мрежи", "Context and shared networks"),
        {**CONTEXT.weights, "networks": 0.2},
    ),
    Score(
        "context-without-size",
        Text("Контекст без големината", "Context without size"),
        {"text": 1, "abroad": ABROAD_WEIGHT},
    ),
)
