"""A real Neo4j Community for the tests: fetched once as jars, started, awaited and ended."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
import xml.etree.ElementTree as ET
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

START_SECONDS = 120.0
STOP_SECONDS = 30.0
PORTS = (20_000, 32_000)  # below those that systems give to outgoing connections
_HERE = Path(__file__).parent
_OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch")
# The server lives as long as the pipe to its standard input: when the process that holds the
# other end dies, by whatever death, the server is ended too, at once: its data isn't kept.
_SUPERVISOR = '"$@" & server=$!; cat > /dev/null; kill -9 $server; wait $server'


class Missing(Exception):
    """Something the machine lacks; ``command`` installs it."""

    def __init__(self, what: str, command: str) -> None:
        super().__init__(f"{what}: {command}")
        self.what, self.command = what, command


@dataclass(frozen=True)
class Release:
    """One release of Neo4j and the Java versions (first and last) that run it."""

    name: str
    java_from: int
    java_to: int
    main_class: str
    options: tuple[str, ...] = ()

    @cached_property
    def version(self) -> str:
        """The version that its ``pom.xml`` names."""
        found = ET.parse(_HERE / self.name / "pom.xml").find(".//{*}neo4j.version")
        assert found is not None and found.text
        return found.text

    @cached_property
    def java(self) -> tuple[Path, int]:
        """The oldest fitting Java of this machine and its major version.

        Raises
        ------
        Missing
            Where there is none.
        """
        fitting = [
            (major, java)
            for java, major in installed_javas().items()
            if self.java_from <= major <= self.java_to
        ]
        if not fitting:
            wanted = f"Java {self.java_from} to {self.java_to}"
            package = "openjdk-17" if self.java_from == 17 else "openjdk-21"
            raise Missing(
                f"Neo4j {self.version} ({self.name}) needs {wanted}",
                f"apt-get install {package}-jre-headless",
            )
        major, java = min(fitting)
        return java, major

    def jars(self) -> Path:
        """The folder of its jars, fetched with Maven into the cache at the first call."""
        cache = os.environ.get("ECOSYSTEM_NEO4J_CACHE")
        root = Path(cache) if cache else Path.home() / ".cache" / "ecosystem-mapper" / "neo4j"
        folder = root / self.version
        if folder.is_dir():
            return folder
        maven = shutil.which("mvn")
        if not maven:
            raise Missing(f"Neo4j {self.version} is fetched with Maven", "apt-get install maven")
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=root) as fresh:
            command = [
                maven,
                "-q",
                "-B",
                "-f",
                str(_HERE / self.name / "pom.xml"),
                "dependency:copy-dependencies",
                "-DincludeScope=runtime",
                f"-DoutputDirectory={fresh}/lib",
            ]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise Missing(
                    f"Neo4j {self.version} cannot be fetched ({done.stdout[-500:]})",
                    " ".join(command),
                )
            if not folder.is_dir():
                Path(fresh, "lib").rename(folder)
        return folder


LTS = Release("lts", 17, 21, "org.neo4j.server.CommunityEntryPoint")
CURRENT = Release(
    "current",
    21,
    99,
    "org.neo4j.server.Neo4jCommunity",
    ("--enable-native-access=ALL-UNNAMED", "--add-modules", "jdk.incubator.vector"),
)


def installed_javas() -> dict[Path, int]:
    """The Javas of this machine with their major versions."""
    named = [os.environ.get("JAVA_HOME", ""), *map(str, Path("/usr/lib/jvm").glob("*"))]
    homes = [Path(name) for name in named if name] + list(Path("/opt").glob("*"))
    found = [home / "bin" / "java" for home in homes]
    if on_path := shutil.which("java"):
        found.append(Path(on_path))
    versions: dict[Path, int] = {}
    for java in {path.resolve() for path in found if path.is_file()}:
        said = subprocess.run([str(java), "-version"], capture_output=True, text=True, check=False)
        if match := re.search(r'version "(\d+)', said.stderr):
            versions[java] = int(match[1])
    return versions


class Neo4jServer:
    """One running server on a free port of loopback; a context manager that ends it."""

    user = "neo4j"

    def __init__(self, release: Release, home: Path, settings: tuple[str, ...] = ()) -> None:
        self.release, self.home = release, home
        self.password = secrets.token_hex(12)
        self.port = _free_port()
        self.uri = f"bolt://127.0.0.1:{self.port}"
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def environment(self) -> dict[str, str]:
        """The settings under which the mapper uses this server."""
        return {
            "NEO4J_URI": self.uri,
            "NEO4J_USERNAME": self.user,
            "NEO4J_PASSWORD": self.password,
        }

    def start(self, *, detached: bool = False) -> int:
        """Start the server, wait until Bolt answers and return its process id."""
        command = self._prepare()
        if not detached:
            command = ["sh", "-c", _SUPERVISOR, "sh", *command]
        log = self.home / "console.log"
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL if detached else subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self._environment(),
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while not _answers(self.port):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"Neo4j doesn't start:\n{log.read_text()[-3000:]}")
            time.sleep(0.1)
        return self._process.pid

    def stop(self) -> None:
        """End the server; nothing happens where none runs."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin:
            process.stdin.close()
        else:
            process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait()

    def _environment(self) -> dict[str, str]:
        conf = str(self.home / "conf")
        return {**os.environ, "NEO4J_HOME": str(self.home), "NEO4J_CONF": conf}

    def _prepare(self) -> list[str]:
        java, classes = str(self.release.java[0]), f"{self.release.jars()}/*"
        conf = self.home / "conf"
        for folder in (conf, self.home / "import"):
            folder.mkdir(parents=True, exist_ok=True)
        (conf / "neo4j.conf").write_text(
            "\n".join(
                (
                    "server.bolt.enabled=true",
                    f"server.bolt.listen_address=127.0.0.1:{self.port}",
                    f"server.bolt.advertised_address=127.0.0.1:{self.port}",
                    "server.default_listen_address=127.0.0.1",
                    "server.http.enabled=false",
                    "server.https.enabled=false",
                    "dbms.usage_report.enabled=false",
                    "server.memory.pagecache.size=128m",
                    f"server.directories.import={self.home / 'import'}",
                    "db.transaction.timeout=60s",
                    "dbms.security.auth_enabled=true",
                    *self._settings,
                )
            )
        )
        admin = [java, "-cp", classes, "org.neo4j.server.startup.Neo4jAdminCommand"]
        subprocess.run(
            [*admin, "dbms", "set-initial-password", self.password],
            env=self._environment(),
            check=True,
            capture_output=True,
        )
        return [
            java,
            "-Xmx768m",
            "-XX:TieredStopAtLevel=1",
            *(f"--add-opens={name}=ALL-UNNAMED" for name in _OPENED),
            *self.release.options,
            "-cp",
            classes,
            self.release.main_class,
            f"--home-dir={self.home}",
            f"--config-dir={conf}",
        ]


def _free_port() -> int:
    """A free port that no connection is given by chance while the server starts."""
    while True:
        port = PORTS[0] + secrets.randbelow(PORTS[1] - PORTS[0])
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port


def _answers(port: int) -> bool:
    """Whether a server on ``port`` agrees on a version of Bolt."""
    offer = b"\x60\x60\xb0\x17" + b"\x00\x04\x04\x05" + b"\x00" * 12
    try:
        with socket.create_connection(("127.0.0.1", port), 1.0) as connection:
            connection.sendall(offer)
            return any(connection.recv(4))
    except OSError:
        return False
