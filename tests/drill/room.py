"""No room on the disk, and a folder that can only be read: it is said in words, nothing is half.

A small disk in memory is mounted for it, which takes the right to mount; without it the drill is
left out, and says so.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ecosystem.dataset import Dataset
from ecosystem.io import seeds
from ecosystem.store import embedded
from ecosystem.store.graph_store import GraphStore
from tests.drill.kills import NAME, packed, town

NOISE = ("Exception", "Traceback", "arcadedb", "NEO4J", "neo4j", " at com.", "ERROR")
SMALL, LARGE = 24, 96


@contextmanager
def disk(folder: Path, megabytes: int) -> Iterator[None]:
    """A disk of some megabytes at ``folder``.

    Raises
    ------
    PermissionError
        Where this process may not mount one.
    """
    folder.mkdir()
    if not mounted(f"size={megabytes}m", folder):
        raise PermissionError
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)


def mounted(options: str, folder: Path) -> bool:
    """Whether the disk is there with ``options``."""
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def remount(folder: Path, options: str) -> None:
    """Change the disk, once whoever has just ended has let go of its files."""
    until = time.monotonic() + 20
    while not mounted(f"remount,{options}", folder) and time.monotonic() < until:
        time.sleep(0.2)


class Room:
    """A store on the small disk, and what became of it."""

    def __init__(self, place: Path, packs: dict[str, Path]) -> None:
        self.place, self.folder, self.packs = place, place / "store", packs
        self.missed = 0

    def run(self, *words: str) -> tuple[int, str]:
        """A command on the store: its exit code, and what it says on stderr."""
        done = subprocess.run(
            [sys.executable, "-m", "ecosystem", *words],
            env={**os.environ, "ECOSYSTEM_DATA": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stderr.strip()

    def refused(self, what: str, *words: str) -> None:
        """Do what cannot be done: it is said in words that name the disk or the folder."""
        code, said = self.run(*words)
        told = [line for line in said.splitlines() if not line.endswith(" s)")]
        plain = code in (3, 4) and str(self.place) in said and len(told) == 1
        self.told(what, plain and not any(word in said for word in NOISE), said)

    def works(self, what: str, *words: str) -> None:
        """Do what can be done."""
        code, said = self.run(*words)
        self.told(what, code == 0, said)

    def holds(self, what: str, *able: Dataset) -> None:
        """Whether the store holds one of some contents, whole."""
        with GraphStore.embedded(self.folder) as store:
            found = store.contents()
            self.told(what, found in able and not store.altered, f"{len(found)} records")

    def told(self, what: str, held: bool, said: str) -> None:
        """Print what was found."""
        self.missed += not held
        print(f"{'held  ' if held else 'MISSED'} {what}: {said}", flush=True)


def fill(place: Path, leave: int = 0) -> Path:
    """Take all room on a disk but some bytes."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)) == 4096:
                pass
        except OSError:
            pass
        file.truncate(max(0, file.tell() - leave))
    return ballast


def drill(room: Room, old: Dataset) -> None:
    """Take the room away in one way after the other."""
    place, target = room.place, str(room.place / "all.backup")
    room.works("a load where there is room", "load", str(room.packs["old"]))
    # While the engine runs.
    ballast = fill(place, leave=64 * 1024)
    room.refused("a load on a full disk", "load", str(room.packs["new"]))
    room.refused("a backup on a full disk", "backup", target)
    ballast.unlink()
    room.holds("what was there is there", old)
    # While it is down.
    embedded.stop(room.folder)
    ballast = fill(place)
    room.refused("opening on a full disk", "load", str(room.packs["new"]))
    ballast.unlink()
    room.holds("what was there is there", old)
    embedded.stop(room.folder)
    remount(place, f"ro,size={SMALL}m")
    room.refused("opening a folder that can only be read", "export", "-")
    room.refused("writing a backup where only reading is", "backup", target)
    remount(place, f"rw,size={LARGE}m")
    room.works("the same load where there is room again", "load", str(room.packs["new"]))


def main(words: Sequence[str]) -> int:
    """Take the room away; how often something was missed."""
    parser = argparse.ArgumentParser(prog="room", description=__doc__)
    parser.add_argument("--short", action="store_true", help="the same")
    parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="ecosystem-drill-") as name:
        packs = {
            note: packed(town(note * 20, records), Path(name, note, NAME))
            for note, records in (("old", 50), ("new", 4000))
        }
        place = Path(name, "disk")
        try:
            with disk(place, SMALL):
                room = Room(place, packs)
                try:
                    drill(room, seeds.read([packs["old"]]))
                finally:
                    mounted(f"remount,rw,size={LARGE}m", place)
                    embedded.stop(room.folder)
                return room.missed
        except PermissionError:
            print("left out: this process may not mount a disk")
            return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
