"""Checks of the installation: what is here, what is missing, what to do about it."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from importlib import metadata
from typing import Any, Literal

from ecosystem import __version__, paths
from ecosystem.checks import check
from ecosystem.contradictions import contradictions
from ecosystem.dataset import counts
from ecosystem.doubts import warnings
from ecosystem.errors import DataError, EcosystemError, StoreError, told
from ecosystem.io import seeds
from ecosystem.questions.identity import Identity
from ecosystem.settings import Settings
from ecosystem.values import Text, plain
from ecosystem.workspace import Workspace

PACKAGES = ("arcadedb", "flask", "neo4j", "neo4j-rust-ext", "networkx", "pyvis", "scipy")


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its state, what was seen and what to do."""

    name: Text
    state: Literal["good", "note", "wrong"]
    seen: str
    advice: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The finding as plain values."""
        found: dict[str, Any] = plain(self)
        return found


def examine(settings: Settings) -> tuple[Finding, ...]:
    """Every finding, in the order in which a person would look."""
    return (*_program(), *_settings(settings), *_shipped(), *_store(settings))


def _program() -> list[Finding]:
    version = platform.python_version()
    python = Finding(Text("Python", "Python"), "good", f"{version} ({sys.executable})")
    found = [
        Finding(Text("Програма", "Program"), "good", f"ecosystem-mapper {__version__}"),
        python,
    ]
    for name in PACKAGES:
        label = Text(f"Пакет {name}", f"Package {name}")
        try:
            found.append(Finding(label, "good", metadata.version(name)))
        except metadata.PackageNotFoundError:
            advice = "Install the mapper again: make setup, or pip install ecosystem-mapper."
            found.append(Finding(label, "wrong", "missing", advice))
    return found


def _settings(settings: Settings) -> list[Finding]:
    said = [
        f"{environment}={value} ({where})"
        for _, environment, value, where, _ in settings.rows()
        if where != "default"
    ]
    return [Finding(Text("Настройки", "Settings"), "good", "; ".join(said) or "all default")]


def _shipped() -> list[Finding]:
    label = Text("Приложени данни", "Shipped seeds")
    folders = paths.shipped_packs()
    if not folders:
        return [Finding(label, "wrong", "none found", "Install the mapper again.")]
    try:
        dataset = seeds.read(folders)
        problems = check(dataset)
    except DataError as error:
        problems = list(error.problems)
    if problems:
        return [Finding(label, "wrong", f"{len(problems)} problems, first: {problems[0]}")]
    nodes, edges = len(dataset.nodes), len(dataset.edges)
    names = ", ".join(folder.name for folder in folders)
    return [Finding(label, "good", f"{names}: {nodes} nodes, {edges} edges")]


def _store(settings: Settings) -> list[Finding]:
    label = Text("База данни", "Store")
    where = settings.neo4j_uri or str(settings.data_folder)
    try:
        with Workspace.open(settings) as workspace:
            engine = workspace.store.engine()
            everything = workspace.contents.present().everything
            found, clashes = counts(everything), len(contradictions(everything))
            doubts = warnings(workspace.contents.present().facts)
            revision = workspace.store.revision()
            harm = workspace.store.damage() if workspace.store.altered else None
            view = workspace.ground().usual_view()
            waiting = workspace.ask(Identity(view=view)) if found else ()
    except StoreError as error:
        return [Finding(label, "wrong", f"{where}: {error.message}", error.hint)]
    except EcosystemError as error:
        return [Finding(label, "wrong", error.message, error.hint)]
    store = Finding(label, "good", f"{engine} at {where}, revision {revision}")
    if harm:
        return [store, Finding(Text("Съдържание", "Contents"), "wrong", harm.message, harm.hint)]
    contents = Text("Съдържание", "Contents")
    if not found:
        return [store, Finding(contents, "note", "empty", "Load something: ecosystem load")]
    holds = Finding(contents, "good", ", ".join(f"{k} {n}" for k, n in found.items()))
    label = Text("Съмнения", "Doubts")
    said = [Finding(label, "note", line) for line in told(doubts)]
    if clashes:
        said.append(
            Finding(
                Text("Противоречия", "Contradictions"),
                "note",
                f"records that contradict others: {clashes}",
                "See them: ecosystem contradictions",
            )
        )
    if touching := sum(bool(pair.gaps) for pair in waiting):
        label = Text("Двойници", "Look-alikes")
        seen = f"undecided pairs that touch a shown gap: {touching} of {len(waiting)}"
        said.append(Finding(label, "note", seen, "Decide them: ecosystem identity"))
    return [store, holds, *said]
