"""Damage to the files of the data folder: it is refused with what to do, or healed, never silent.

Each file is cut in half, spoilt in the middle or taken away while the engine is down. Then somebody
opens the store: either it is refused, or what is damaged is named, or all is there, can be found by
its id and can be changed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from ecosystem import paths, upkeep
from ecosystem.contents import Contents
from ecosystem.dataset import EMPTY, ChangeSet, Dataset, diff
from ecosystem.errors import EcosystemError, StoreError
from ecosystem.io import seeds
from ecosystem.model import City, Decision
from ecosystem.store import embedded
from ecosystem.store.graph_store import GraphStore

DECIDED = Decision(id="decision:no-000001", pack="local", matter="note", subject="city:sofia")
NEW = ChangeSet(added=(City(id="city:drill", pack="drill", name_en="Drill", name_bg="Учение"),))


def cut(file: Path) -> None:
    """Lose the second half."""
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def spoil(file: Path) -> None:
    """Turn all bits of 512 bytes in every eighth of the file."""
    raw = bytearray(file.read_bytes())
    for begin in range(len(raw) // 16, len(raw), max(1, len(raw) // 8)):
        part = raw[begin : begin + 512]
        raw[begin : begin + 512] = bytes(byte ^ 0xFF for byte in part)
    file.write_bytes(bytes(raw))


def remove(file: Path) -> None:
    """Take the file away."""
    file.unlink()


HARMS: dict[str, Callable[[Path], None]] = {"cut": cut, "spoilt": spoil, "removed": remove}


def main(words: Sequence[str]) -> int:
    """Damage one file after the other; how many were neither refused nor healed."""
    parser = argparse.ArgumentParser(prog="damage", description=__doc__)
    parser.add_argument("--short", action="store_true", help="a few")
    parser.add_argument("--only", default="", help="files whose name holds this")
    given = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="ecosystem-drill-") as name:
        whole = Path(name, "whole")
        dataset = seeds.read(paths.shipped_packs()).merged(Dataset.of([DECIDED]))
        try:
            with GraphStore.embedded(whole) as store:
                store.apply(diff(EMPTY, dataset))
                saved = upkeep.backup(store, Path(name, "good.backup"))
        finally:
            embedded.stop(whole)
        files = sorted(
            file.relative_to(whole)
            for file in whole.rglob("*")
            if file.is_file() and file.stat().st_size and given.only in str(file)
        )
        cases = [(file, harm) for file in files for harm in HARMS]
        missed = 0
        for file, harm in cases[:: 64 if given.short else 1]:
            begun = time.monotonic()
            said = damaged(whole, Path(name, "damaged"), file, harm, dataset)
            held = not said.startswith("MISSED")
            missed += not held
            seconds = time.monotonic() - begun
            print(f"{'held  ' if held else ''}{file.name[:44]:44} {harm:8} {seconds:4.1f} s {said}")
            sys.stdout.flush()
        return missed + restored(saved, Path(name, "new"), dataset)


def damaged(whole: Path, folder: Path, file: Path, harm: str, dataset: Dataset) -> str:
    """What somebody hears who opens a copy of the store with one file damaged."""
    shutil.copytree(whole, folder)
    try:
        HARMS[harm](folder / file)
        return opened(folder, dataset)
    finally:
        embedded.stop(folder)
        shutil.rmtree(folder)


def opened(folder: Path, dataset: Dataset) -> str:
    """What is heard at the store in ``folder``; begins with MISSED where it is silence."""
    try:
        with GraphStore.embedded(folder) as store:
            found = store.contents()
            if store.altered:
                return f"told: {store.damage().message}"
            if found != dataset:
                return "MISSED: other contents without a word"
            store.apply(NEW)
            store.apply(ChangeSet(removed=NEW.added))
            for kind, identity in (("City", "city:sofia"), ("Decision", DECIDED.id)):
                asked = f"MATCH (n:{kind} {{id: $id}}) RETURN count(n)"
                if store.read(asked, {"id": identity}).rows != ((1,),):
                    return f"MISSED: {identity} is not found by its id"
            return "all is there"
    except StoreError as error:
        plain = error.hint and "NEO4J" not in f"{error}" and "Exception" not in error.message
        return f"{'refused' if plain else 'MISSED, unclear'}: {error}"
    except EcosystemError as error:
        return f"MISSED: {type(error).__name__}: {error}"


def restored(saved: Path, folder: Path, dataset: Dataset) -> int:
    """Whether a backup brings everything back into a new folder: 0, else 1."""
    try:
        with GraphStore.embedded(folder) as store:
            upkeep.restore(Contents(store), store, saved, folder, replace=False)
        embedded.stop(folder)
        with GraphStore.embedded(folder) as store:
            whole = store.contents() == dataset and not store.altered
    finally:
        embedded.stop(folder)
    print("held   a backup brings everything back" if whole else "MISSED a backup lost something")
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
