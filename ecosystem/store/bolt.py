"""What both ends of a connection need of the driver, and its failures in the mapper's words."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import neo4j
from neo4j.exceptions import (
    ConfigurationError,
    ConnectionPoolError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from ecosystem import __version__
from ecosystem.errors import EcosystemError, StoreError, StoreUnavailableError
from ecosystem.store import failures
from ecosystem.store.hints import NEO4J, Hints

# Every failure is told by the error that it becomes; the driver would print it as well.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


def driver(uri: str, user: str, password: str) -> neo4j.Driver:
    """A driver for a Bolt address; it connects when it is used.

    Raises
    ------
    StoreUnavailableError
        Where the address is none.
    """
    with door():
        return neo4j.GraphDatabase.driver(
            uri,
            auth=(user, password),
            user_agent=f"ecosystem-mapper/{__version__}",
            notifications_min_severity="OFF",
            telemetry_disabled=True,
            connection_timeout=5.0,
            connection_acquisition_timeout=20.0,
        )


@contextmanager
def door(origin: failures.Origin | None = None, hints: Hints = NEO4J) -> Iterator[None]:
    """Turns every exception of the driver into the mapper's own."""
    try:
        yield
    except (Neo4jError, DriverError) as error:
        raise failure(error, origin, hints) from error


def failure(
    error: Neo4jError | DriverError,
    origin: failures.Origin | None = None,
    hints: Hints = NEO4J,
) -> EcosystemError:
    """The mapper's error for one of the driver's; the rest as for ``failures.of_code``."""
    if isinstance(error, Neo4jError) and error.code:
        return failures.of_code(error.code, error.message or "", origin, hints)
    said = (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(" .")
    if isinstance(error, ConfigurationError):
        return StoreUnavailableError(
            f"database: its address or driver settings are wrong ({said}).",
            "Set NEO4J_URI to an address such as bolt://localhost:7687.",
        )
    lost = isinstance(error, (ServiceUnavailable, SessionExpired, ConnectionPoolError))
    if lost or type(error) is DriverError:
        return StoreUnavailableError(f"{hints.name}: it doesn't answer ({said}).", hints.lost)
    return StoreError(f"{hints.name}: {said} ({type(error).__name__}).", "See its log.")
