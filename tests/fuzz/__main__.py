"""``python -m tests.fuzz --seconds 3600``: every reader in turn until the time is up."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.fuzz.asking import APPLICATIONS, REQUESTS, requests
from tests.fuzz.chance import mutated
from tests.fuzz.described import described
from tests.fuzz.driving import Finding, by_chance, guided, repeated
from tests.fuzz.readers import READERS, Reader

LEAST_GUIDED = 20
"""Seconds that atheris needs to be worth its start."""
MOST_SECONDS = 120
"""How long the rounds of one reader may take where they are counted."""
INTERFACE = "interface"


def main(words: list[str]) -> int:
    """Run until the time is up or say again what was found; 1 where something was."""
    names = [INTERFACE, REQUESTS.name, *(reader.name for reader in READERS)]
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--rounds", type=int, help="as many of each reader, whatever the time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=names, action="append")
    parser.add_argument("--repeat", nargs=2, metavar=("READER", "FILE"))
    given = parser.parse_args(words)
    if given.repeat:
        return _repeated(given.repeat[0], Path(given.repeat[1]).read_bytes())
    chosen = given.only or names
    whole = INTERFACE not in chosen or described(
        given.seed, shares(chosen, given.seconds)[INTERFACE]
    )
    readers = [reader for reader in (REQUESTS, *READERS) if reader.name in chosen]
    found = []
    for reader in readers:
        finding = _tried(
            reader, given.seed, shares(chosen, given.seconds)[reader.name], given.rounds
        )
        if finding:
            print(finding, flush=True)
            found.append(finding)
    failed = len(found) + (not whole)
    print(f"{len(chosen) - failed} passed, {failed} failed")
    return 0 if whole and not found else 1


def shares(names: Sequence[str], seconds: int) -> dict[str, int]:
    """The seconds of each: the interface and requests, whose answers are real, have the most."""
    weights = {name: {INTERFACE: 12, REQUESTS.name: 6}.get(name, 1) for name in names}
    return {name: max(1, seconds * one // sum(weights.values())) for name, one in weights.items()}


def _tried(reader: Reader, seed: int, seconds: float, rounds: int | None) -> Finding | None:
    """What is found wrong with one reader within its time, or in so many rounds."""
    if reader is REQUESTS:
        with APPLICATIONS.opened():
            return _by_turns(reader, seed, seconds, rounds)
    return _by_turns(reader, seed, seconds, rounds)


def _by_turns(reader: Reader, seed: int, seconds: float, rounds: int | None) -> Finding | None:
    inputs = requests() | mutated(reader) if reader is REQUESTS else mutated(reader)
    led = round(seconds / 2) if seconds / 2 >= LEAST_GUIDED and rounds is None else 0
    end, tried = time.monotonic() + (seconds - led if rounds is None else MOST_SECONDS), 0
    while time.monotonic() < end and tried != rounds:
        if finding := by_chance(reader, inputs, seed + tried, end):
            return finding
        tried += 1
    print(f"{reader.name}: nothing in {tried} rounds", flush=True)
    return guided(reader, seed, led, print) if led else None


def _repeated(name: str, data: bytes) -> int:
    reader = next(one for one in (REQUESTS, *READERS) if one.name == name)
    if reader is REQUESTS:
        with APPLICATIONS.opened():
            finding = repeated(reader, data)
    else:
        finding = repeated(reader, data)
    print(finding or f"{name}: takes it, or says why not")
    return 1 if finding else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
