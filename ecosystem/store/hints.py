"""What to do about a database that fails: a Neo4j, or the engine that the mapper runs itself."""

from __future__ import annotations

from typing import NamedTuple


class Hints(NamedTuple):
    """What a database is called, and what to do where it fails.

    Attributes
    ----------
    name
        What stands before *what is wrong*.
    lost
        It does not answer.
    password
        It refuses the password.
    database
        It has no such database, or not now.
    foreign
        It holds what is not the mapper's.
    damaged
        It holds less than was stored, or what cannot be read.
    altered
        What it holds was changed by somebody else.
    """

    name: str
    lost: str
    password: str
    database: str
    foreign: str
    damaged: str
    altered: str


_ALTERED = (
    "Bring back a backup with 'ecosystem restore FILE --replace'{}. To keep what is there now: "
    "'ecosystem backup FILE' and restore that. Reading goes on; nothing is stored until then."
)
NEO4J = Hints(
    name="database",
    lost="Start it and check NEO4J_URI; without NEO4J_URI the embedded engine is used.",
    password="Set NEO4J_USERNAME and NEO4J_PASSWORD to those of the database.",  # noqa: S106
    database="Check NEO4J_DATABASE.",
    foreign="Name an empty database in NEO4J_DATABASE or another server in NEO4J_URI.",
    damaged="Bring it back with 'ecosystem restore FILE' into an empty database. "
    "Nothing was changed.",
    altered=_ALTERED.format(""),
)
EMBEDDED = Hints(
    name="embedded engine",
    lost="It is started again when it is next needed, and what was stored is there. Where that "
    "doesn't help: 'ecosystem stop', then its log in the folder 'log' of the data folder.",
    password="End it with 'ecosystem stop'; the next command starts it anew.",  # noqa: S106
    database="Its log is in the folder 'log' of the data folder.",
    foreign="Name another data folder in ECOSYSTEM_DATA.",
    damaged="Bring it back with 'ecosystem restore FILE' into a new data folder; backups stand "
    "in the folder 'saved' inside it. Nothing was changed.",
    altered=_ALTERED.format(" (some stand in the folder 'saved' of the data folder)"),
)
