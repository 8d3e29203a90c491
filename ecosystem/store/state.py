"""What the store says of itself: whose it is, its version, its revision, how much it holds."""

from __future__ import annotations

from collections.abc import Callable, Collection
from secrets import token_hex
from typing import Any, NamedTuple

from ecosystem import __version__
from ecosystem.dataset import ChangeSet, Dataset
from ecosystem.errors import ModelVersionError, StoreDamagedError, StoreError
from ecosystem.model import LOG_KINDS, MODEL_VERSION, Edge, Record
from ecosystem.model.former import FORMER_VERSIONS
from ecosystem.store import statements
from ecosystem.store.witness import MEND

Run = Callable[..., list[list[Any]]]
"""Runs a statement with its parameters as keywords and returns the values of every row."""


class State(NamedTuple):
    """The marker of a store.

    The counts, without the log, are None in a store of before them; ``store`` is a word by which
    it is told from one that was begun anew in its place.
    """

    version: str = MODEL_VERSION
    revision: int = 0
    nodes: int | None = None
    edges: int | None = None
    store: str | None = None


def read(run: Run, accepted: Collection[str] = (MODEL_VERSION,)) -> State:
    """The state of the store; an empty one is of the present version and revision 0.

    Raises
    ------
    StoreError
        Where the database holds another application's data.
    ModelVersionError
        Where it is of a version that is not ``accepted``.
    """
    marker = run(statements.STATE)
    if not marker:
        if run(statements.HOLDS_ANYTHING):
            raise StoreError(
                "database: it holds another application's data, which is left alone.",
                "Name an empty database in NEO4J_DATABASE or another server in NEO4J_URI.",
            )
        return State()
    return _checked(State(*marker[0]), accepted)


def raised(run: Run, changes: ChangeSet) -> State:
    """The state after ``changes``, of which the next revision is begun here."""
    counted = counts(changes.added)
    gone = counts(changes.removed)
    told = {"nodes": counted[0] - gone[0], "edges": counted[1] - gone[1], "program": __version__}
    marker = run(statements.RAISE_REVISION, **told)
    if not marker:
        read(run)
        marker = run(statements.FIRST_REVISION, version=MODEL_VERSION, store=token_hex(8), **told)
    return _checked(State(*marker[0]), (MODEL_VERSION,))


def migrated(run: Run, dataset: Dataset) -> State:
    """The state of a store that is made one of the present version, and holds ``dataset``."""
    nodes, edges = counts(dataset.records.values())
    told = {"version": MODEL_VERSION, "nodes": nodes, "edges": edges, "program": __version__}
    return State(*run(statements.MIGRATE, store=token_hex(8), **told)[0])


def whole(stored: Any) -> Record:
    """The record that is stored.

    Raises
    ------
    StoreDamagedError
        Where what is stored is none, as after zeroed bytes in a file of the engine.
    """
    try:
        return statements.record(stored)
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        message = f"database: a record cannot be read ({type(error).__name__}: {error})."
        raise StoreDamagedError(message, MEND) from error


def complete(state: State, dataset: Dataset) -> None:
    """Refuse a store that holds another number of records than were stored.

    Raises
    ------
    StoreDamagedError
    """
    held = counts(dataset.records.values())
    if state.nodes is not None and held != (state.nodes, state.edges):
        raise StoreDamagedError(
            f"database: {held[0]} nodes and {held[1]} ties are there, "
            f"{state.nodes} and {state.edges} had been stored.",
            MEND,
        )


def counts(records: Collection[Record]) -> tuple[int, int]:
    """How many nodes and ties there are among ``records``, without the log."""
    edges = sum(isinstance(record, Edge) for record in records)
    return sum(record.kind not in LOG_KINDS for record in records) - edges, edges


def _checked(state: State, accepted: Collection[str]) -> State:
    if state.version not in accepted:
        known = state.version in FORMER_VERSIONS
        raise ModelVersionError(
            f"database: it is of model version {state.version}, this mapper's is {MODEL_VERSION}.",
            "Bring it to this version with 'ecosystem migrate', which makes a backup first."
            if known
            else "Export it with the mapper that wrote it ('ecosystem export'), then load that "
            "into an empty database.",
            state.version,
        )
    return state
