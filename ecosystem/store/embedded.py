"""The embedded engine: ArcadeDB in a process of its own, answering Bolt on loopback.

Three small files beside the data keep its users in step. ``engine.lock`` is held by the engine
as long as it lives, so that two never own the data. ``start.lock`` is held by whoever starts or
stops it. ``lease.lock`` is shared by every client; the engine ends once it alone has been able to
take it for a while, and a client that is killed gives up its share by dying. Port and passwords
are in ``engine.json``, readable by the owner alone and new at every start.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import secrets
import select
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ecosystem import figures
from ecosystem.errors import (
    StoreDamagedError,
    StoreError,
    StoreLockedError,
    StoreUnavailableError,
)
from ecosystem.store.hints import EMBEDDED

if sys.platform != "win32":
    import fcntl

DATABASE = "ecosystem"
IDLE_SECONDS = 60.0
COMMAND_SECONDS = 120.0
FIRST_PORT, LAST_PORT = 20_000, 32_000
START_SECONDS = 60.0
STOP_SECONDS = 20.0
BACKUP_SECONDS = 300.0
MEMORY = 2048
# A statement that ends for want of memory never gives its place back.
MOST_AT_ONCE = 200

LEAST_ROOM = 4 << 20
# The names by which Java calls an exception say nothing to whoever reads its message.
_JAVA = re.compile(r"(?:[a-z]\w*\.)+\w*(?:Exception|Error): ")

_LOG_SETTINGS = """\
handlers = java.util.logging.FileHandler
.level = WARNING
java.util.logging.FileHandler.level = WARNING
java.util.logging.FileHandler.formatter = com.arcadedb.log.LogFormatter
java.util.logging.FileHandler.pattern = log/engine.log
java.util.logging.FileHandler.limit = 1000000
java.util.logging.FileHandler.count = 3
java.util.logging.FileHandler.append = true
"""
_DESCRIBED = (
    "uri",
    "http_port",
    "user",
    "password",
    "reader_user",
    "reader_password",
    "keeper_user",
    "keeper_password",
    "version",
    "pid",
)
_WRITE = ("createRecord", "readRecord", "updateRecord", "deleteRecord")
_GROUPS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "admin": (("updateSecurity", "updateSchema", "updateDatabaseSettings"), _WRITE),
    "writer": (("updateSchema",), _WRITE),
    "reader": ((), ("readRecord",)),
    "*": ((), ()),
}


@dataclass
class EmbeddedEngine:
    """A running engine and this client's share in it, held until ``close()``."""

    folder: Path
    uri: str
    http_port: int
    user: str
    password: str
    reader_user: str
    reader_password: str
    keeper_user: str
    keeper_password: str
    version: str
    pid: int
    database: str = DATABASE
    lease: IO[bytes] | None = None

    def backup(self) -> Path:
        """A packed copy of the data as it is between two transactions, made by the engine.

        Raises
        ------
        StoreUnavailableError
            Where the engine doesn't answer.
        StoreError
            Where it cannot be written.
        """
        (made,) = self._ordered("backup database", "makes no copy of the data")
        return self.folder / "backups" / self.database / str(made["backupFile"])

    def write_indexes_anew(self) -> None:
        """Make every index again of what is there: an index keeps ids of what is gone.

        Raises
        ------
        StoreUnavailableError, StoreError
            As for ``backup()``.
        """
        self._ordered("rebuild index *", "writes its indexes not anew")

    def _ordered(self, command: str, failed: str) -> list[dict[str, Any]]:
        """What the engine answers to an order that only its keeper may give."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.http_port}/api/v1/command/{self.database}",
            json.dumps({"language": "sql", "command": command}).encode(),
            {"Content-Type": "application/json", "Authorization": self._keeper()},
        )
        try:
            with urllib.request.urlopen(request, timeout=BACKUP_SECONDS) as answer:  # noqa: S310 - loopback
                found: list[dict[str, Any]] = json.load(answer)["result"]
        except urllib.error.HTTPError as error:
            with error:
                said = error.read(500).decode(errors="replace")
            raise StoreError(
                f"database: the engine {failed} ({said}).", "See whether room is left on the disk."
            ) from error
        except OSError as error:
            raise StoreUnavailableError(
                f"database: it doesn't answer ({error}).", "Try again."
            ) from error
        return found

    def _keeper(self) -> str:
        said = b64encode(f"{self.keeper_user}:{self.keeper_password}".encode())
        return f"Basic {said.decode()}"

    def close(self) -> None:
        """Give up the share; the engine ends by itself when nobody holds one."""
        if self.lease:
            self.lease.close()
            self.lease = None


def connect(
    folder: Path,
    *,
    idle_seconds: float = IDLE_SECONDS,
    command_seconds: float = COMMAND_SECONDS,
    memory: int = MEMORY,
) -> EmbeddedEngine:
    """The engine that owns ``folder``, started if none runs.

    Parameters
    ----------
    folder
        Where the data is; made if it isn't there.
    idle_seconds
        How long an engine started here outlives its last client.
    command_seconds
        The longest that an engine started here works on one statement.
    memory
        Megabytes of heap that an engine started here may fill.

    Raises
    ------
    StoreUnavailableError
        Where the platform has no engine or it doesn't start.
    StoreLockedError
        Where another program holds the data.
    StoreError
        Where the folder cannot be written.
    """
    if sys.platform == "win32":
        raise StoreUnavailableError(
            "embedded engine: it needs a POSIX system.",
            "Use the Windows Subsystem for Linux, or set NEO4J_URI to a Neo4j server.",
        )
    folder = folder.absolute()
    with folder_errors(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lease = _take(folder / "lease.lock", fcntl.LOCK_SH, START_SECONDS)
        try:
            os.utime(lease.fileno())
            with _take(folder / "start.lock", fcntl.LOCK_EX, START_SECONDS):
                _until(lambda: not _is_running(folder) or _is_described(folder), STOP_SECONDS)
                if not _is_running(folder):
                    _start(folder, idle_seconds, command_seconds, memory)
                return _described(folder, lease)
        except BaseException:
            lease.close()
            raise


def stop(folder: Path) -> bool:
    """Whether an engine owned ``folder`` and was ended; its clients lose it at once."""
    folder = folder.absolute()
    if sys.platform == "win32" or not (folder / "engine.lock").exists():
        return False
    with folder_errors(folder), _take(folder / "start.lock", fcntl.LOCK_EX, START_SECONDS):
        _until(lambda: not _is_running(folder) or _is_described(folder), STOP_SECONDS)
        if not _is_running(folder):
            return False
        process = _said_by_engine(folder, ("pid",))["pid"]
        for number, seconds in ((signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, 5.0)):
            os.kill(process, number)
            if _until(lambda: not _is_running(folder), seconds):
                return True
    raise StoreError(f"{folder}: the engine (process {process}) doesn't end.", "End it by hand.")


def is_running(folder: Path) -> bool:
    """Whether an engine owns ``folder`` now; asking starts nothing and writes nothing."""
    return _is_described(folder) and _is_running(folder)


def _is_described(folder: Path) -> bool:
    return (folder / "engine.json").exists()


def _is_running(folder: Path) -> bool:
    try:
        _take(folder / "engine.lock", fcntl.LOCK_SH, 0).close()
    except StoreLockedError:
        return True
    return False


def _take(path: Path, kind: int, seconds: float) -> IO[bytes]:
    """The opened file, locked; closing it gives the lock back."""
    file = _open_private(path)

    def locked() -> bool:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    if _until(locked, seconds):
        return file
    file.close()
    raise StoreLockedError(
        f"{path}: another process holds it.",
        "End the program that uses this data folder ('ecosystem stop'), or choose another folder.",
    )


def _open_private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "rb+")


def _until(true: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.01)
    return True


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds a lock on a file that one process at a time can have.

    Raises
    ------
    StoreLockedError
        Where another one keeps it.
    """
    with _take(path, fcntl.LOCK_EX, START_SECONDS):
        yield


@contextmanager
def folder_errors(folder: Path) -> Iterator[None]:
    """Turns what keeps a data folder from being used into the store's error."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"{folder}: the data folder cannot be used ({error.strerror or error}).",
            "Give yourself the right to write there, or name another folder in ECOSYSTEM_DATA.",
        ) from error


def _described(folder: Path, lease: IO[bytes]) -> EmbeddedEngine:
    return EmbeddedEngine(folder=folder, lease=lease, **_description(folder))


def _description(folder: Path) -> dict[str, Any]:
    return _said_by_engine(folder, _DESCRIBED)


def _said_by_engine(folder: Path, names: Iterable[str]) -> dict[str, Any]:
    try:
        found = json.loads((folder / "engine.json").read_text(encoding="utf-8"))
        return {name: found[name] for name in names}
    except (FileNotFoundError, ValueError, TypeError, KeyError) as error:
        raise StoreLockedError(
            f"{folder}: an engine owns the data but doesn't say where it listens.",
            "Another version of the mapper may have started it: 'ecosystem stop' ends it.",
        ) from error


def _start(folder: Path, idle_seconds: float, command_seconds: float, memory: int) -> None:
    """Start an engine and wait until it answers."""
    limits = map(str, (idle_seconds, command_seconds, memory))
    command = [sys.executable, "-m", __name__, str(folder), *limits]
    with subprocess.Popen(  # noqa: S603 - the running interpreter with this very module
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stdout is not None
        answered, _, _ = select.select([process.stdout], [], [], START_SECONDS)
        line = process.stdout.readline() if answered else b""
    said = json.loads(line) if line.endswith(b"\n") else {"failed": "it ended without a word"}
    if "failed" not in said:
        return
    room_for(folder)
    raise _not_started(folder, said["failed"], bool(said.get("data")))


def _not_started(folder: Path, failed: str, data: bool) -> StoreError:
    """The error where no engine starts; ``data`` where it is the engine itself that fails."""
    said = _JAVA.sub("", failed).partition("\n")[0].partition(" (caused by")[0].rstrip(" .")
    if "lock" in failed.lower():
        return StoreLockedError(
            f"{folder}: another program holds the database ({said}).",
            "End that program, or choose another data folder.",
        )
    if data:
        return StoreDamagedError(
            f"{folder}: the embedded engine doesn't start on what lies there ({said}).",
            f"{EMBEDDED.damaged} Its log is in {folder / 'log'}.",
        )
    return StoreUnavailableError(
        f"embedded engine: it doesn't start ({said}).",
        f"Its log is in {folder / 'log'}. Where the native build doesn't fit the platform, "
        "'pip uninstall arcadedb' and 'pip install arcadedb-embedded' bring the same engine on "
        "Java; or set NEO4J_URI to a Neo4j server.",
    )


def room_for(folder: Path) -> None:
    """Refuse to go on where hardly any room is left on the disk of ``folder``.

    Asked where the engine has failed: it says itself that a transaction is gone, or nothing.

    Raises
    ------
    StoreError
    """
    with folder_errors(folder):
        free = shutil.disk_usage(folder).free
    if free < LEAST_ROOM:
        raise StoreError(
            f"{folder}: no room is left on its disk ({figures.number(free >> 10, 'en')} KB free); "
            "nothing was stored.",
            "Make room there, or move the folder and name it in ECOSYSTEM_DATA.",
        )


def main(arguments: list[str]) -> int:
    """Own a data folder until nobody needs it: ``FOLDER IDLE_SECONDS COMMAND_SECONDS MEMORY``.

    The caller gets one line of JSON on standard output and is let go; the engine lives on.
    """
    folder = Path(arguments[0])
    os.umask(0o077)
    if os.fork():
        # Leaving by os._exit keeps the parent from flushing or closing what the child now owns.
        os._exit(0)
    os.chdir(folder)
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    _redirect_output(Path("log"))
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    # The lock is given back before the last word, so that whoever hears it finds it free.
    try:
        with _take(Path("engine.lock"), fcntl.LOCK_EX, 1.0):
            Path("engine.json").unlink(missing_ok=True)
            # Nobody can tell which contents a copy from before the start is of.
            shutil.rmtree("copies", ignore_errors=True)
            server, description = serve(int(arguments[3]), float(arguments[2]))
            _describe(description)
            _answer(answer)
            lease = _wait_for_idleness(float(arguments[1]), ending)
            Path("engine.json").unlink(missing_ok=True)
            server.stop()
    except (ImportError, OSError, RuntimeError, StoreError) as error:
        _answer(answer, failed=str(error), data=isinstance(error, RuntimeError))
        raise
    lease.close()
    return 0


def _answer(to: IO[str], **said: str | bool) -> None:
    if not to.closed:
        to.write(json.dumps(said) + "\n")
        to.close()


def _redirect_output(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    with _open_private(folder / "process.log") as log, Path(os.devnull).open("rb") as nothing:
        log.truncate()
        os.dup2(nothing.fileno(), 0)
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)


def serve(
    memory: int, command_seconds: float, *, read_only: bool = False
) -> tuple[Any, dict[str, Any]]:
    """Start an engine on the data in the working folder: the server, and how it is reached.

    Raises
    ------
    RuntimeError, ImportError
        Where it doesn't start, or the platform has none.
    """
    _prepare_files()
    _set_limits(memory, command_seconds)
    engine = _engine_module()
    passwords = {user: secrets.token_hex(24) for user in ("writer", "reader", "keeper")}
    groups = {"writer": "writer", "reader": "reader", "keeper": "admin"}
    users = ",".join(f"{user}:{passwords[user]}:{groups[user]}" for user in groups)
    bolt_port, http_port = _free_ports()
    server = engine.create_server(
        ".",
        root_password=secrets.token_hex(24),
        config={
            "host": "127.0.0.1",
            "http_port": http_port,
            "bolt_port": bolt_port,
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "server_defaultDatabases": f"{DATABASE}[{users}]",
            "server_defaultDatabaseMode": "READ_ONLY" if read_only else "READ_WRITE",
            # The passwords are random, so that stretching them would only slow the logins.
            "server_saltIterations": 1000,
        },
    )
    try:
        server.start()
    except engine.ArcadeDBError as error:
        raise RuntimeError(str(error)) from error
    return server, {
        "uri": f"bolt://127.0.0.1:{bolt_port}",
        "http_port": http_port,
        "user": "writer",
        "password": passwords["writer"],
        "reader_user": "reader",
        "reader_password": passwords["reader"],
        "keeper_user": "keeper",
        "keeper_password": passwords["keeper"],
        "version": engine.__version__,
        "pid": os.getpid(),
    }


def fault(server: Any, cypher: str, parameters: dict[str, Any]) -> str:
    """What an engine of this process finds wrong with a query, in its words; empty if nothing."""
    try:
        server.get_database(DATABASE).query("opencypher", cypher, parameters)
    except _engine_module().ArcadeDBError as error:
        return str(error)
    return ""


def _set_limits(memory: int, command_seconds: float) -> None:
    # The isolate splits its arguments at blanks, so they hold paths relative to the folder only.
    limits = {
        "java.util.logging.config.file": "log/logging.properties",
        "arcadedb.command.timeout": int(command_seconds * 1000),
        "arcadedb.queryMaxConcurrent": MOST_AT_ONCE,
        "arcadedb.queryMaxRangeSize": -1,
        "arcadedb.txWalFlush": 2,
        "arcadedb.opencypher.loadCsv.allowFileUrls": "false",
        "arcadedb.opencypher.loadCsv.allowRemoteUrls": "false",
        "arcadedb.serverMetrics": "false",
    }
    arguments = " ".join([f"-Xmx{memory}m", *(f"-D{name}={limits[name]}" for name in limits)])
    os.environ.update(
        ARCADEDB_NATIVE_ISOLATE_ARGS=arguments,
        ARCADEDB_JVM_ARGS=arguments,
        ARCADEDB_LOG_DIR="log",
        ARCADEDB_LOG_CONSOLE="0",
    )


def _describe(description: dict[str, Any]) -> None:
    fresh = Path("engine.json.new")
    fresh.unlink(missing_ok=True)
    with _open_private(fresh) as file:
        file.write(json.dumps(description).encode())
    fresh.replace("engine.json")


def _prepare_files() -> None:
    for old in (*Path("log").glob("server-event-log-*"), Path("config/server-users.jsonl")):
        old.unlink(missing_ok=True)
    groups = {
        name: {
            "resultSetLimit": -1,
            "readTimeout": -1,
            "access": list(database),
            "types": {"*": {"access": list(records)}},
        }
        for name, (database, records) in _GROUPS.items()
    }
    for folder in ("config", "log"):
        Path(folder).mkdir(exist_ok=True)
    Path("config/server-groups.json").write_text(
        json.dumps({"databases": {"*": {"groups": groups}}, "version": 2}), encoding="utf-8"
    )
    Path("log/logging.properties").write_text(_LOG_SETTINGS, encoding="utf-8")


def _engine_module() -> Any:
    try:
        return importlib.import_module("arcadedb")
    except ImportError:
        return importlib.import_module("arcadedb_embedded")


def _free_ports() -> list[int]:
    """Two ports that nobody has.

    They lie below those that a system gives to connections: until the engine listens, seconds
    later on Java, any connection of another program could be given one of these.
    """
    found: list[int] = []
    while len(found) < 2:
        port = FIRST_PORT + secrets.randbelow(LAST_PORT - FIRST_PORT)
        with socket.socket() as one, suppress(OSError):
            one.bind(("127.0.0.1", port))
            found += {port} - {*found}
    return found


def _wait_for_idleness(idle_seconds: float, ending: threading.Event) -> IO[bytes]:
    """The lease, once no client has held a share for ``idle_seconds`` or the end is asked for."""
    busy_until = time.time()
    while not ending.wait(min(1.0, idle_seconds / 4)):
        try:
            lease = _take(Path("lease.lock"), fcntl.LOCK_EX, 0)
        except StoreLockedError:
            busy_until = time.time()
            continue
        # A client that came and went between two looks has left its time on the file.
        if time.time() - max(busy_until, Path("lease.lock").stat().st_mtime) >= idle_seconds:
            return lease
        lease.close()
    return _open_private(Path("lease.lock"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
