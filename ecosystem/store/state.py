"""What the store says of itself: whose it is, its version, its revision, how much it holds."""

from __future__ import annotations

from collections.abc import Callable, Collection
from secrets import token_hex
from typing import Any, NamedTuple

from ecosystem import __version__
from ecosystem.dataset import ChangeSet, Dataset
from ecosystem.errors import ModelVersionError, StoreDamagedError, StoreError
from ecosystem.model import EDGE_KINDS, LOG_KINDS, MODEL_VERSION, NODE_KINDS, Edge, Record
from ecosystem.model.former import FORMER_VERSIONS
from ecosystem.store import digest, statements
from ecosystem.store.hints import Hints

Run = Callable[..., list[list[Any]]]
"""Runs a statement with its parameters as keywords and returns the values of every row."""


class State(NamedTuple):
    """The marker of a store.

    Counts, without the log, and digest are None in a store of before them; ``store`` is a word by
    which it is told from one that was begun anew in its place.
    """

    version: str = MODEL_VERSION
    revision: int = 0
    nodes: int | None = None
    edges: int | None = None
    store: str | None = None
    digest: str | None = None


def read(run: Run, hints: Hints, accepted: Collection[str] = (MODEL_VERSION,)) -> State:
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
                f"{hints.name}: it holds another application's data, which is left alone.",
                hints.foreign,
            )
        return State()
    return _checked(State(*marker[0]), hints, accepted)


def raised(run: Run, hints: Hints, changes: ChangeSet) -> State:
    """The state after ``changes``, of which the next revision is begun here.

    Its digest is still that of before, which ``sealed`` puts right at the end.
    """
    counted = counts(changes.added)
    gone = counts(changes.removed)
    told = {"nodes": counted[0] - gone[0], "edges": counted[1] - gone[1], "program": __version__}
    marker = run(statements.RAISE_REVISION, **told)
    if not marker:
        read(run, hints)
        marker = run(statements.FIRST_REVISION, version=MODEL_VERSION, store=token_hex(8), **told)
        return _checked(State(*marker[0]), hints, (MODEL_VERSION,))._replace(digest=digest.NOTHING)
    return _checked(State(*marker[0]), hints, (MODEL_VERSION,))


def sealed(
    run: Run, hints: Hints, before: State, changes: ChangeSet, whole: Dataset | None
) -> None:
    """Store the digest of what is there after ``changes``.

    Where ``whole`` is all that the store holds now, it is that of it. Where the store had none
    before, as one of an earlier version, everything is read once.
    """
    after = None
    if whole is None and before.digest is not None:
        after = digest.followed(digest.parsed(before.digest), changes)
    if after is None:
        kept = whole.records.values() if whole else records(run, hints, left_out=digest.UNCOUNTED)
        after = digest.of(kept)
    run(statements.SET_DIGEST, digest=digest.dumped(after))


def records(
    run: Run,
    hints: Hints,
    packs: Collection[str] | None = None,
    left_out: Collection[str] = LOG_KINDS,
) -> list[Record]:
    """What is stored of ``packs`` (all where None), without the kinds that are ``left_out``."""
    nodes = [kind for kind in NODE_KINDS if kind not in left_out]
    return [
        whole(stored, hints)
        for cypher, kinds in ((statements.NODES, nodes), (statements.EDGES, list(EDGE_KINDS)))
        for (stored,) in run(cypher, kinds=kinds, packs=packs)
    ]


def migrated(run: Run, dataset: Dataset) -> State:
    """The state of a store that is made one of the present version, and holds ``dataset``."""
    nodes, edges = counts(dataset.records.values())
    sums = digest.dumped(digest.of(dataset.records.values()))
    told = {"version": MODEL_VERSION, "nodes": nodes, "edges": edges, "program": __version__}
    return State(*run(statements.MIGRATE, store=token_hex(8), digest=sums, **told)[0])


def whole(stored: Any, hints: Hints) -> Record:
    """The record that is stored.

    Raises
    ------
    StoreDamagedError
        Where what is stored is none, as after zeroed bytes in a file of the engine.
    """
    try:
        return statements.record(stored)
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        message = f"{hints.name}: a record cannot be read ({type(error).__name__}: {error})."
        raise StoreDamagedError(message, hints.damaged) from error


def complete(state: State, hints: Hints, dataset: Dataset) -> None:
    """Refuse a store that holds another number of records than were stored.

    Raises
    ------
    StoreDamagedError
    """
    held = counts(dataset.records.values())
    if state.nodes is not None and held != (state.nodes, state.edges):
        raise StoreDamagedError(
            f"{hints.name}: {held[0]} nodes and {held[1]} ties are there, "
            f"{state.nodes} and {state.edges} had been stored.",
            hints.damaged,
        )


def altered(state: State, dataset: Dataset, left_out: Collection[str]) -> tuple[str, ...]:
    """The kinds of which ``dataset`` holds others than were stored.

    It is all that is stored, but for the kinds that were ``left_out``.
    """
    if state.digest is None:
        return ()
    stored, held = digest.parsed(state.digest), digest.of(dataset.records.values())
    return tuple(kind for kind in digest.differing(stored, held) if kind not in left_out)


def counts(records: Collection[Record]) -> tuple[int, int]:
    """How many nodes and ties there are among ``records``, without the log."""
    edges = sum(isinstance(record, Edge) for record in records)
    return sum(record.kind not in LOG_KINDS for record in records) - edges, edges


def _checked(state: State, hints: Hints, accepted: Collection[str]) -> State:
    # Every version is a number: anything else is what a damaged file makes of it.
    if not str(state.version).isdecimal() or not isinstance(state.revision, int):
        message = f"{hints.name}: what it says of itself cannot be read."
        raise StoreDamagedError(message, hints.damaged)
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
