"""The engines under test: started once for a run, named in its header, ended whatever happens."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any, NoReturn

import hypothesis
import neo4j
import pytest
from xdist.scheduler import LoadScopeScheduling

from ecosystem.store import embedded
from ecosystem.store.graph_store import GraphStore
from tests.engines.chromium import chromium
from tests.engines.engine import Engine
from tests.engines.neo4j_server import CURRENT, LTS, Missing, Neo4jServer, Release

REQUIRED = frozenset(filter(None, os.environ.get("ECOSYSTEM_REQUIRE", "").split(",")))
LEFT_OUT = pytest.StashKey[dict[str, Missing]]()


def _current_runs() -> bool:
    try:
        return bool(CURRENT.java)
    except Missing:
        return False


RELEASES = {f"neo4j-{one.name}": one for one in (LTS, *((CURRENT,) if _current_runs() else ()))}


# How long an example takes says nothing about the code where other programs run beside it.
hypothesis.settings.register_profile("without a clock", deadline=None)
hypothesis.settings.load_profile("without a clock")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a requirement that nobody knows: it would require nothing."""
    config.stash[LEFT_OUT] = {}
    if unknown := REQUIRED - {"neo4j", "browser"}:
        raise pytest.UsageError(f"ECOSYSTEM_REQUIRE: unknown {', '.join(sorted(unknown))}")


class Sharing(LoadScopeScheduling):
    """Keeps together what shares an engine, or else the fixtures of a module.

    Each Neo4j then runs in one worker alone, and no module's store is filled twice.
    """

    def _split_scope(self, nodeid: str) -> str:
        engine = re.search(rf"\[({'|'.join(('embedded', *RELEASES))})[]-]", nodeid)
        return engine[1] if engine else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing:
    """How a run is shared between workers."""
    return Sharing(config, log)


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def pytest_report_header() -> list[str]:
    """Each engine and the browser, with versions."""
    lines = [f"engine: {_embedded_build()}, embedded"]
    lines += [_header_line(release) for release in (LTS, CURRENT)]
    try:
        lines.append("browser: {1} ({0})".format(*chromium()))
    except Missing as missing:
        lines.append(f"browser: none ({missing})")
    return lines


def _embedded_build() -> str:
    """The native build, or the one on Java: whichever is installed."""
    # The build for Java is there only where it stands before the other.
    for name in ("arcadedb-embedded", "arcadedb"):
        with suppress(metadata.PackageNotFoundError):
            return f"{name} {metadata.version(name)}"
    return "none"


def _header_line(release: Release) -> str:
    try:
        return f"engine: Neo4j {release.version} ({release.name}) on Java {release.java[1]}"
    except Missing as missing:
        return f"engine: none ({missing})"


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Name what was left out, each with the command that installs it."""
    left_out = config.stash[LEFT_OUT]
    if left_out:
        terminalreporter.section("left out")
    for missing in left_out.values():
        terminalreporter.line(f"{missing.what}. Install it with: {missing.command}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands over what it left out; its own summary is shown to nobody."""
    if _is_worker(session.config):
        found = [(one.what, one.command) for one in session.config.stash[LEFT_OUT].values()]
        session.config.workeroutput["left_out"] = found  # type: ignore[attr-defined]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a worker has left out."""
    for what, command in getattr(node, "workeroutput", {}).get("left_out", ()):
        node.config.stash[LEFT_OUT][what] = Missing(what, command)


def leave_out(config: pytest.Config, requirement: str, missing: Missing) -> NoReturn:
    """Skip the test and name what it lacks at the end; fail where it is required."""
    config.stash[LEFT_OUT][missing.what] = missing
    if requirement in REQUIRED:
        pytest.fail(str(missing), pytrace=False)
    pytest.skip(str(missing))


class Servers(Mapping[str, "Future[Neo4jServer]"]):
    """Every release that runs here; each starts in the background when it is first asked for."""

    def __init__(self, pool: ThreadPoolExecutor, folders: pytest.TempPathFactory) -> None:
        self._pool, self._folders = pool, folders
        self._starting: dict[str, Future[Neo4jServer]] = {}
        self._servers: list[Neo4jServer] = []

    def __getitem__(self, name: str) -> Future[Neo4jServer]:
        if name not in self._starting:
            server = Neo4jServer(RELEASES[name], self._folders.mktemp(name))
            self._servers.append(server)
            self._starting[name] = self._pool.submit(server.__enter__)
        return self._starting[name]

    def __iter__(self) -> Iterator[str]:
        return iter(RELEASES)

    def __len__(self) -> int:
        return len(RELEASES)

    def stop(self) -> None:
        """End those that were asked for."""
        self._pool.shutdown(wait=True)
        for server in self._servers:
            server.stop()


@pytest.fixture(scope="session")
def neo4j_servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """The releases of Neo4j, started once where and when they are needed."""
    servers = Servers(ThreadPoolExecutor(), tmp_path_factory)
    try:
        yield servers
    finally:
        servers.stop()


@pytest.fixture(scope="session", params=["neo4j-lts"])
def neo4j_server(request: pytest.FixtureRequest, neo4j_servers: Servers) -> Neo4jServer:
    """A running Neo4j of the long-term release."""
    try:
        return neo4j_servers[request.param].result()
    except Missing as missing:
        leave_out(request.config, "neo4j", missing)


@pytest.fixture(scope="session")
def embedded_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with an engine that is ended with the run."""
    folder = tmp_path_factory.mktemp("embedded")
    lease = embedded.connect(folder)
    try:
        yield folder
    finally:
        lease.close()
        embedded.stop(folder)


@pytest.fixture(
    scope="session",
    params=["embedded", *(pytest.param(name, marks=pytest.mark.neo4j) for name in RELEASES)],
)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn: the embedded one and every Neo4j that runs here."""
    if request.param == "embedded":
        if not _is_worker(request.config) and any(
            item.get_closest_marker("neo4j") for item in request.session.items
        ):
            # They take a while to start: let them, while the embedded engine is tested.
            list(request.getfixturevalue("neo4j_servers").values())
        return _embedded_engine(request.getfixturevalue("embedded_folder"))
    try:
        server = request.getfixturevalue("neo4j_servers")[request.param].result()
    except Missing as missing:
        leave_out(request.config, "neo4j", missing)
    return Engine(
        request.param,
        lambda: GraphStore.connect(server.uri, server.user, server.password),
        lambda: neo4j.GraphDatabase.driver(
            server.uri, auth=(server.user, server.password), notifications_min_severity="OFF"
        ),
    )


def _embedded_engine(folder: Path) -> Engine:
    def driver() -> neo4j.Driver:
        found = embedded.connect(folder)
        found.close()
        return neo4j.GraphDatabase.driver(found.uri, auth=(found.user, found.password))

    return Engine(
        "embedded", lambda: GraphStore.embedded(folder), driver, embedded.DATABASE, folder
    )


@pytest.fixture
def store(engine: Engine) -> Iterator[GraphStore]:
    """An empty store on each engine in turn."""
    engine.empty()
    with engine.open() as opened:
        yield opened


@pytest.fixture(scope="session")
def chromium_path(request: pytest.FixtureRequest) -> Path:
    """This machine's Chromium."""
    try:
        return chromium()[0]
    except Missing as missing:
        leave_out(request.config, "browser", missing)
