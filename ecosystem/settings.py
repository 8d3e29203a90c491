"""Settings: one dataclass, and for each value where it came from.

Order: flag, environment, ``ecosystem.toml`` in the working folder (or ``--config``), default.
Secrets come from the environment only. Nothing is read when the module is imported.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ecosystem import paths
from ecosystem.errors import SettingsError, nearest
from ecosystem.values import LANGUAGES, Language

CONFIG_FILE = "ecosystem.toml"
LARGEST = 1_000_000_000
LEAST_MEMORY = 64
LARGEST_FILE = 1024 * 1024
ACCEPTED: Mapping[type, tuple[type, ...]] = {
    str: (str,),
    int: (str, int),
    float: (str, int, float),
}


def _setting(doc: str, environment: str, default: Any, *, secret: bool = False) -> Any:
    metadata = {"doc": doc, "environment": environment, "secret": secret}
    return field(default=default, metadata=metadata, repr=not secret)


@dataclass(frozen=True)
class Settings:
    """Every setting, with its value; ``origin`` says where each came from."""

    data: str = _setting(
        "Folder of the embedded engine's data; empty means the user's data folder.",
        "ECOSYSTEM_DATA",
        "",
    )
    neo4j_uri: str = _setting(
        "Bolt address of a Neo4j; empty means the embedded engine.", "NEO4J_URI", ""
    )
    neo4j_username: str = _setting("User of the Neo4j.", "NEO4J_USERNAME", "neo4j")
    neo4j_password: str = _setting(
        "Password of the Neo4j; from the environment only.", "NEO4J_PASSWORD", "", secret=True
    )
    neo4j_database: str = _setting("Database of the Neo4j.", "NEO4J_DATABASE", "neo4j")
    scope: str = _setting(
        "Whose ecosystem is shown: a city's id or 'all'; empty means the city with most actors.",
        "ECOSYSTEM_SCOPE",
        "",
    )
    lang: Language = _setting(  # noqa: RUF009  # a field, as for every other
        f"Language of texts: {' or '.join(LANGUAGES)}.", "ECOSYSTEM_LANG", "en"
    )
    host: str = _setting("Address the web view listens on.", "ECOSYSTEM_HOST", "127.0.0.1")
    port: int = _setting("Port of the web view; 0 takes a free one.", "ECOSYSTEM_PORT", 8765)
    allowed_hosts: str = _setting(
        "Further host names, separated by commas, under which the web view may be called.",
        "ECOSYSTEM_ALLOWED_HOSTS",
        "",
    )
    trusted_proxies: int = _setting(
        "How many proxies before the web view are believed what they say of the address that was "
        "asked for (X-Forwarded-For, -Host, -Proto, -Prefix); 0 believes none.",
        "ECOSYSTEM_TRUSTED_PROXIES",
        0,
    )
    password: str = _setting(
        "Password of the web view, or its Argon2 hash; from the environment only, empty asks "
        "nobody.",
        "ECOSYSTEM_PASSWORD",
        "",
        secret=True,
    )
    row_limit: int = _setting("Most rows a query returns.", "ECOSYSTEM_ROW_LIMIT", 1000)
    time_limit: float = _setting(
        "Seconds after which a query is stopped.", "ECOSYSTEM_TIME_LIMIT", 10.0
    )
    size_limit: int = _setting(
        "Most bytes of a query's answer; one row has at most a fifth of them.",
        "ECOSYSTEM_SIZE_LIMIT",
        5_000_000,
    )
    query_memory: int = _setting(
        "Megabytes of memory that the database may fill for one query.",
        "ECOSYSTEM_QUERY_MEMORY",
        512,
    )
    engine_memory: int = _setting(
        "Megabytes of memory that the embedded engine may fill, loads included.",
        "ECOSYSTEM_ENGINE_MEMORY",
        2048,
    )
    file_memory: int = _setting(
        "Megabytes of memory that the reading of one file to be imported or ingested may take.",
        "ECOSYSTEM_FILE_MEMORY",
        1024,
    )
    file_seconds: float = _setting(
        "Seconds after which the reading of such a file is stopped.",
        "ECOSYSTEM_FILE_SECONDS",
        60.0,
    )
    answer_limit: int = _setting(
        "Most bytes of one answer to an assistant; a longer one is cut and says so.",
        "ECOSYSTEM_ANSWER_LIMIT",
        200_000,
    )
    assistant_token: str = _setting(
        "Token that an assistant sends over HTTP; from the environment only, empty means a new "
        "one for each start.",
        "ECOSYSTEM_ASSISTANT_TOKEN",
        "",
        secret=True,
    )
    idle_seconds: int = _setting(
        "Seconds without any client after which the embedded engine ends.",
        "ECOSYSTEM_IDLE_SECONDS",
        60,
    )
    origin: Mapping[str, str] = field(default_factory=dict, compare=False)

    @classmethod
    def read(
        cls,
        flags: Mapping[str, Any] | None = None,
        environment: Mapping[str, str] | None = None,
        config: Path | None = None,
    ) -> Settings:
        """The settings from flags, ``environment`` and the configuration file.

        Raises
        ------
        SettingsError
            For an unknown key, a value of the wrong type or a secret in the file; the message
            names the key and where its value came from.
        """
        said: dict[str, tuple[Any, str]] = {}
        known = {f.name: f for f in fields(cls) if f.metadata}
        for key, value in _config(config).items():
            where = str(config or CONFIG_FILE)
            if key not in known:
                close = nearest(key, known)
                hint = f"Did you mean {close[0]!r}?" if close else "Remove it."
                raise SettingsError(f"{where}: there is no setting {key!r}.", hint)
            if known[key].metadata["secret"]:
                hint = f"Set {known[key].metadata['environment']} in the environment."
                raise SettingsError(f"{where}: {key} is a secret and may not stand here.", hint)
            said[key] = (value, where)
        for key, one in known.items():
            name = one.metadata["environment"]
            if (environment or {}).get(name):
                said[key] = ((environment or {})[name], f"the environment ({name})")
        for key, value in (flags or {}).items():
            if value is not None and key in known:
                said[key] = (value, f"the flag --{key.replace('_', '-')}")
        values = {key: _convert(known[key], *pair) for key, pair in said.items()}
        settings = cls(**values, origin={key: where for key, (_, where) in said.items()})
        settings._check()
        return settings

    def with_scope(self, scope: str) -> Settings:
        """The same with the scope of a flag."""
        return replace(self, scope=scope, origin={**self.origin, "scope": "the flag --scope"})

    def _check(self) -> None:
        for key, allowed in (("lang", LANGUAGES),):
            if getattr(self, key) not in allowed:
                self._refuse(key, f"is not one of {', '.join(allowed)}")
        if not 0 <= self.port <= 65535:
            self._refuse("port", "is not a port (0 to 65535)")
        if not 0 <= self.trusted_proxies <= 10:
            self._refuse("trusted_proxies", "is not a number of proxies (0 to 10)")
        for key in (
            *("row_limit", "time_limit", "size_limit", "answer_limit", "idle_seconds"),
            "file_seconds",
        ):
            if not 0 < getattr(self, key) <= LARGEST:
                self._refuse(key, f"must be above 0 and at most {LARGEST}")
        for key in ("query_memory", "engine_memory", "file_memory"):
            if not LEAST_MEMORY <= getattr(self, key) <= LARGEST:
                self._refuse(key, f"must be at least {LEAST_MEMORY} and at most {LARGEST}")
        self._check_address()

    def _check_address(self) -> None:
        """Refuse an address that is none, or that holds a secret, which is not repeated."""
        if not self.neo4j_uri:
            return
        where = self.origin.get("neo4j_uri", "the default")
        try:
            parts = urlsplit(self.neo4j_uri)
            secret, port = "@" in parts.netloc, parts.port
        except ValueError:
            secret, parts, port = "@" in self.neo4j_uri, None, 0
        if secret:
            raise SettingsError(
                f"{where}: neo4j_uri holds a user name or a password.",
                "Set NEO4J_USERNAME and NEO4J_PASSWORD, and leave the address without them.",
            )
        if parts is None or port == 0 or not parts.scheme.startswith(("bolt", "neo4j")):
            self._refuse("neo4j_uri", "is not a Bolt address such as bolt://localhost:7687")

    def _refuse(self, key: str, why: str) -> None:
        where = self.origin.get(key, "the default")
        raise SettingsError(f"{where}: {key} = {getattr(self, key)!r} {why}.", "Change it there.")

    @property
    def data_folder(self) -> Path:
        """The embedded engine's data folder."""
        return Path(self.data).expanduser() if self.data else paths.data_folder()

    def rows(self) -> list[tuple[str, str, str, str, str]]:
        """One row per setting: name, environment name, value, origin, meaning.

        Secrets print as ``***``.
        """
        found = []
        for one in fields(self):
            if not one.metadata:
                continue
            value = str(getattr(self, one.name))
            shown = "***" if one.metadata["secret"] and value else value
            where = self.origin.get(one.name, "default")
            found.append((one.name, one.metadata["environment"], shown, where, one.metadata["doc"]))
        return found


def _config(path: Path | None) -> dict[str, Any]:
    file = path or Path(CONFIG_FILE)
    try:
        # A device or a pipe would never end.
        if file.exists() and (not file.is_file() or file.stat().st_size > LARGEST_FILE):
            hint = "Name a TOML file of settings."
            raise SettingsError(f"{file}: is no file of at most {LARGEST_FILE >> 10} KiB.", hint)
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if path is not None:
            raise SettingsError(f"{path}: there is no such file.", "Check --config.") from None
        return {}
    except (ValueError, OSError) as error:
        raise SettingsError(f"{file}: cannot be read: {error}.", "Mend the file.") from None


def _convert(one: Any, value: Any, where: str) -> Any:
    wanted = type(one.default)
    try:
        # Python takes yes and no for 1 and 0, and cuts 8.7 down to 8.
        if isinstance(value, bool) or not isinstance(value, ACCEPTED[wanted]):
            raise ValueError
        return wanted(value)
    except (ValueError, OverflowError):
        what = {int: "a whole number", float: "a number"}.get(wanted, "a text")
        message = f"{where}: {one.name} = {value!r} is not {what}."
        raise SettingsError(message, "Change it there.") from None
