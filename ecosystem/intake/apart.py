"""A file of somebody else is read in a process of its own, with limits of memory and time.

Nothing inside one process holds: a library that asks for more memory than there is ends whoever
called it, with all that is read and written beside it. Here it ends a process that holds one file.
Bytes go in, values come out, and whatever happens is a sentence about that file.
"""

from __future__ import annotations

import gc
import importlib
import io
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, is_dataclass
from typing import Any, BinaryIO, TypeVar

from ecosystem.intake import refusals
from ecosystem.intake.table_graph import RefusedError
from ecosystem.settings import Settings
from ecosystem.values import Text

if sys.platform != "win32":
    import resource

MOST_AT_ONCE = 2
MOST_ANSWER = 256 * 1024 * 1024
"""Bytes of what a file holds, as texts; who takes them has several times as much in memory."""
OWN_MEGABYTES = 256
"""What Python and the libraries take of addresses before a file is looked at."""
OUT_OF_MEMORY, OUT_OF_ROOM = 71, 72
KILLED = tuple(-one for one in signal.Signals if one.name in ("SIGABRT", "SIGKILL"))
OUT_OF_TIME = tuple(-one for one in signal.Signals if one.name == "SIGXCPU")
"""How a process has ended; Windows has no such signals."""
_PLACES = threading.BoundedSemaphore(MOST_AT_ONCE)
_Read = TypeVar("_Read")


@dataclass(frozen=True)
class Limits:
    """Megabytes of memory and seconds that the reading of one file may take."""

    memory: int = Settings.file_memory
    seconds: float = Settings.file_seconds

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """Those of an installation."""
        return cls(settings.file_memory, settings.file_seconds)


USUAL = Limits()


def read(
    reader: Callable[..., _Read], raw: bytes, name: str, limits: Limits, *beside: object
) -> _Read:
    """What ``reader``, a function of a module of ours, makes of the bytes of a file.

    Parameters
    ----------
    reader
        Takes the bytes, the name and what stands ``beside``.
    raw, name
        The file; its name is for messages.
    limits
        What its reading may take; what it is read ``beside`` counts for nothing.
    beside
        Values of ours that the file is read with, such as what the store holds.

    Raises
    ------
    RefusedError
        As the reader says, and where it takes more memory or time than it may.
    """
    told = {"module": reader.__module__, "reader": reader.__name__, "name": name}
    ours = pickle.dumps(beside, pickle.HIGHEST_PROTOCOL)
    said = json.dumps({**told, "memory": limits.memory, "seconds": limits.seconds})
    try:
        with _PLACES:
            done = subprocess.run(  # noqa: S603  # this program itself
                [sys.executable, "-P", "-m", __name__],
                input=said.encode() + b"\n" + ours + raw,
                capture_output=True,
                timeout=limits.seconds,
                check=False,
                start_new_session=True,
                # The same modules as here, wherever this was started.
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
    except subprocess.TimeoutExpired:
        message = refusals.takes_long(limits.seconds)
        raise RefusedError(name, "", message, refusals.MORE_SECONDS) from None
    if done.returncode:
        raise _ended(done, name, limits)
    found = _taken(done.stdout)
    if isinstance(found, _Refused):
        raise RefusedError(name, found.place, found.message, found.hint)
    answer: _Read = found
    return answer


def _taken(answer: bytes) -> Any:
    """The values in an answer."""
    collecting = gc.isenabled()
    # All of them are kept: looking for what could go takes three times as long as taking them.
    gc.disable()
    try:
        return _Values(io.BytesIO(answer)).load()
    finally:
        if collecting:
            gc.enable()


def _ended(
    done: subprocess.CompletedProcess[bytes], name: str, limits: Limits
) -> RefusedError | RuntimeError:
    """What to say of a file whose process has ended without an answer."""
    if done.returncode in (OUT_OF_MEMORY, *KILLED):
        message = refusals.needs_memory(limits.memory)
        return RefusedError(name, "", message, refusals.MORE_MEMORY)
    if done.returncode == OUT_OF_ROOM:
        message = refusals.too_large(MOST_ANSWER >> 20)
        return RefusedError(name, "", message, refusals.SPLIT)
    if done.returncode in OUT_OF_TIME:
        message = refusals.takes_long(limits.seconds)
        return RefusedError(name, "", message, refusals.MORE_SECONDS)
    if done.returncode < 0:
        return RefusedError(name, "", refusals.BROKE_OFF, refusals.SAVE_AGAIN)
    # A mistake of ours, which is not hidden.
    return RuntimeError(done.stderr.decode("utf-8", "replace"))


@dataclass(frozen=True)
class _Refused:
    """Why a file was not read, on its way here."""

    place: str
    message: Text
    hint: Text


class _Values(pickle.Unpickler):
    """Takes values of ours and nothing else, whatever the other process has become."""

    def find_class(self, module: str, name: str) -> Any:
        """A dataclass or named tuple of ours."""
        if module.startswith("ecosystem.") and name.isidentifier():
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, tuple)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value of ours")


def main() -> int:
    """Read one file from standard input and write what it holds to standard output."""
    # What a library prints is not to stand in the answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    told = json.loads(sys.stdin.buffer.readline())
    module = importlib.import_module(told["module"])
    # What is read is kept to the end: looking for what could go takes as long as reading.
    gc.disable()
    beside, megabytes = _beside(sys.stdin.buffer)
    _limit(told["memory"] + megabytes, told["seconds"])
    try:
        found = getattr(module, told["reader"])(sys.stdin.buffer.read(), told["name"], *beside)
        answer = pickle.dumps(found, pickle.HIGHEST_PROTOCOL)
    except RefusedError as error:
        problem = error.problems[0]
        assert problem.said is not None
        answer = pickle.dumps(_Refused(problem.column, *problem.said))
    except MemoryError:
        return OUT_OF_MEMORY
    if len(answer) > MOST_ANSWER:
        return OUT_OF_ROOM
    with answers:
        answers.write(answer)
    return 0


def _beside(stream: BinaryIO) -> tuple[tuple[Any, ...], int]:
    """Values of ours that the file is read with, and how many megabytes they take."""
    before = _taken_so_far()
    beside = pickle.load(stream)  # noqa: S301  # written by the process that started this one
    return beside, (_taken_so_far() - before) >> 20


def _taken_so_far() -> int:
    """Bytes of memory of this process; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most << 10


def _limit(megabytes: int, seconds: float) -> None:
    """Hold this process to its limits; Windows has none but the seconds that its parent counts."""
    if sys.platform == "win32":
        return
    most = (megabytes + OWN_MEGABYTES) << 20
    time = int(seconds) + 1
    for what, limit in (
        (resource.RLIMIT_AS, most),
        (resource.RLIMIT_CPU, time),
        (resource.RLIMIT_CORE, 0),
    ):
        # Not every system knows each; a limit that is there already may be lower.
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (limit, resource.getrlimit(what)[1]))


if __name__ == "__main__":
    # Not as __main__, whose classes are none that the other side knows.
    sys.exit(importlib.import_module("ecosystem.intake.apart").main())
