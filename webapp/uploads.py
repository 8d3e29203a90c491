"""Files between their preview and their way onto the map.

Each import has a folder of its own in the data folder, whose name nobody can guess and which only
the browser that sent it may open: it bears a cookie of which the folder keeps the hash, so that a
server that is started anew knows it. The folder goes when the import is written or given up, and
in any case after two hours in which a server runs. So many wait at most, and so many of one.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Protocol

from flask import Response, after_this_request, current_app

from ecosystem.errors import EcosystemError, NotFoundError
from ecosystem.values import Text

LASTS = 2 * 3600.0
MOST_WAITING, MOST_OF_ONE = 24, 8
MOST_FILES = 20
LONGEST_NAME = 100
OURS = "uploads"
OWNER = "ecosystem_files"
"""The cookie by which a browser finds what it sent."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
_ODD = re.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*\u2028\u2029\ufffe\uffff]|[\ud800-\udfff]")


class Sent(Protocol):
    """A file as a form sends it."""

    filename: str | None

    def save(self, dst: IO[bytes]) -> None:
        """Write it."""


@dataclass
class Pasted:
    """A text that was pasted into a form, as a file is sent."""

    filename: str | None
    text: str

    def save(self, dst: IO[bytes]) -> None:
        """Write it."""
        dst.write(self.text.encode("utf-8", "replace"))


class NoRoomError(EcosystemError):
    """No further file can be kept for a preview."""

    told = Text(
        "В момента твърде много файлове чакат решение. Опитайте пак след час.",
        "Too many files wait for a decision at the moment. Try again in an hour.",
    )

    def __init__(self) -> None:
        super().__init__(self.told.en, "")


@dataclass(frozen=True)
class Upload:
    """The files of one import, with what was said about them so far."""

    token: str
    folder: Path
    names: tuple[str, ...]
    pack: str = ""
    guests: tuple[str, str] | None = None
    """Of a guest list the event, by name or id, and its day."""

    @property
    def files(self) -> tuple[Path, ...]:
        """Where the files stand."""
        return tuple(self.folder / "files" / name for name in self.names)

    @property
    def mapping(self) -> Path | None:
        """What the reader said that the columns mean; None before that."""
        path = self.folder / "mapping.toml"
        return path if path.is_file() else None

    @property
    def state(self) -> tuple[str, ...]:
        """What an answer about it depends on."""
        path = self.mapping
        said = path.read_text(encoding="utf-8") if path else ""
        return self.token, self.pack, said, *(self.guests or ())

    def say(self, mapping: str, pack: str) -> None:
        """Remember what columns mean and which pack it is to be."""
        (self.folder / "mapping.toml").write_text(mapping, encoding="utf-8")
        said = _noted(self.folder)
        _note(self.folder, {**said, "pack": pack})

    def at(self, event: str, day: str) -> Upload:
        """The same as the list of who was at an event; remembered."""
        _note(self.folder, {**_noted(self.folder), "guests": [event, day]})
        return replace(self, guests=(event, day))


class Uploads:
    """The imports that wait in a data folder, for the browser of whoever asks.

    ``owner`` is what its cookie says, or a new one where it says nothing that could be one.
    """

    def __init__(self, data_folder: Path, owner: str = "") -> None:
        self._folder = data_folder / OURS
        self.owner = owner if _TOKEN.fullmatch(owner) else secrets.token_urlsafe(24)

    def take(self, sent: Iterable[Sent]) -> Upload:
        """Keep the files of a form as one import.

        Raises
        ------
        NoRoomError
            Where too many imports wait already.
        """
        sweep(self._folder.parent)
        if self._folder.is_dir() and len(list(self._folder.iterdir())) >= MOST_WAITING:
            raise NoRoomError
        folder = self._made()
        names: list[str] = []
        for one in sent:
            names.append(_name(one.filename or "", names))
            with (folder / "files" / names[-1]).open("xb") as stream:
                one.save(stream)
        return self._added(folder, names)

    def part(self, whole: Upload, names: Iterable[str]) -> Upload:
        """Some of the files of an import as one of their own."""
        folder = self._made()
        kept = list(names)
        for name in kept:
            (whole.folder / "files" / name).rename(folder / "files" / name)
        return self._added(folder, kept)

    def find(self, token: str) -> Upload:
        """The import of this name.

        Raises
        ------
        NotFoundError
            Where there is none that this browser may open.
        """
        folder = self._folder / token
        said = _noted(folder) if _TOKEN.fullmatch(token) else {}
        if said and said.get("owner") == _hashed(self.owner):
            guests = tuple(said["guests"]) if "guests" in said else None
            return Upload(token, folder, tuple(said["names"]), said["pack"], guests)
        raise NotFoundError("upload", token)

    def waiting(self) -> Iterator[Upload]:
        """The imports of this browser, the last one first."""
        for token in reversed(self._mine()):
            with suppress(NotFoundError):  # somebody else has just removed it
                yield self.find(token)

    def drop(self, upload: Upload) -> None:
        """Remove an import with its files."""
        shutil.rmtree(upload.folder, ignore_errors=True)

    def _made(self) -> Path:
        """A new folder, which nobody else on this machine may look into."""
        folder = self._folder / secrets.token_urlsafe(24)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for one in (folder, folder / "files"):
            one.mkdir(mode=0o700)
        return folder

    def _mine(self) -> list[str]:
        """The names of this browser's imports, in the order in which they were sent."""
        mine = _hashed(self.owner)
        said = {folder.name: _noted(folder) for folder in self._folder.glob("*")}
        found = [
            (one.get("sent", 0), name) for name, one in said.items() if one.get("owner") == mine
        ]
        return [name for _, name in sorted(found)]

    def _added(self, folder: Path, names: list[str]) -> Upload:
        said = {"names": names, "pack": "", "owner": _hashed(self.owner), "sent": time.time_ns()}
        _note(folder, said)
        for old in self._mine()[:-MOST_OF_ONE]:
            shutil.rmtree(self._folder / old, ignore_errors=True)
        return Upload(folder.name, folder, tuple(names))


def remember(owner: str) -> None:
    """Let the browser find what it sends, as long as that waits."""

    @after_this_request
    def known(answer: Response) -> Response:
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        answer.set_cookie(
            OWNER,
            owner,
            max_age=round(LASTS),
            path=app.session_interface.get_cookie_path(app),
            secure=app.session_interface.get_cookie_secure(app),
            httponly=True,
            samesite="Strict",
        )
        return answer


def sweep(data_folder: Path) -> None:
    """Remove what has waited in a data folder for too long."""
    for folder in (data_folder / OURS).glob("*"):
        with suppress(FileNotFoundError):  # somebody else has just removed it
            if folder.stat().st_mtime < time.time() - LASTS:
                shutil.rmtree(folder, ignore_errors=True)


def _hashed(owner: str) -> str:
    return sha256(owner.encode()).hexdigest()


def _note(folder: Path, said: Mapping[str, Any]) -> None:
    """Keep what is known of an import; whoever reads it sees all of it or what was before."""
    new = folder / "said.new"
    new.write_text(json.dumps(said), encoding="utf-8")
    new.replace(folder / "said.json")


def _noted(folder: Path) -> dict[str, Any]:
    """What is known of an import; nothing where it is gone or was never there whole."""
    try:
        found = json.loads((folder / "said.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _name(said: str, taken: Iterable[str]) -> str:
    """What a file is called here: as it was, without what could lead elsewhere."""
    last = said.replace("\\", "/").rpartition("/")[2]
    name = _ODD.sub("", last).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not stem:
        stem, dot, ending = name, "", ""
    stem, ending = stem[:LONGEST_NAME] or "file", ending[:12]
    # A name is so many bytes at most for the file system.
    while len(stem.encode()) > 200:
        stem = stem[:-1]
    found, number = f"{stem}{dot}{ending}", 1
    there = {one.casefold() for one in taken}
    while found.casefold() in there:
        number += 1
        found = f"{stem} ({number}){dot}{ending}"
    return found
