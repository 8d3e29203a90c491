"""Past mentor pairs and what was known of their cities when: what the backtest is made of."""

from __future__ import annotations

from dataclasses import dataclass

ALWAYS = 0
"""The year from which a timeless fact is known."""

TIMELESS = ("name", "country", "latitude", "longitude", "population", "language")
"""Attributes that may be known ``always`` (for the population an approximation)."""

REPEATED = ("network", "keyword")
"""Attributes of which a city has several; each needs the year from which it was known."""

ATTRIBUTES = (*TIMELESS, *REPEATED)


@dataclass(frozen=True)
class Pair:
    """One mentor that advised one mentee in one network.

    ``line`` is its place in the file. ``year`` is None where no start is stated; an identity
    (a GeoNames number) or a network is empty where none is stated.
    """

    line: int
    name: str
    network: str
    mentor: str
    mentee: str
    year: int | None


@dataclass(frozen=True)
class Fact:
    """One value of one attribute of one city.

    ``known_from`` is a year, ``ALWAYS``, or None where nobody says since when it was known.
    """

    city: str
    attribute: str
    value: str
    known_from: int | None
    line: int = 0
