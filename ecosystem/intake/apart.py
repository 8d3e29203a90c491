"""A file of somebody else is read in a process of its own, with limits of memory and time.

Nothing inside one process holds: a library that asks for more memory than there is ends whoever
called it, with all that is read and written beside it. Here it ends a process that holds one file.
Bytes go in, values come out, and whatever happens is a sentence about that file.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import IO, Any, TypeVar

from ecosystem import garbage
from ecosystem.intake import refusals
from ecosystem.intake.table_graph import RefusedError
from ecosystem.settings import Settings
from ecosystem.values import Text

if sys.platform != "win32":
    import resource

MOST_AT_ONCE = 2
MOST_ANSWER = 320 * 1024 * 1024
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
    reader: Callable[..., _Read],
    source: bytes | Path,
    name: str,
    limits: Limits,
    *beside: object,
) -> _Read:
    """What ``reader``, a function of a module of ours, makes of the bytes of a file.

    Parameters
    ----------
    reader
        Takes the bytes, the name and what stands ``beside``.
    source, name
        The file; its name is for messages. Of one that is too large to be held whole its path is
        given, and the reader gets it open.
    limits
        What its reading may take; what it is read ``beside`` counts for nothing.
    beside
        Values of ours that bytes are read with, such as what the store holds.

    Raises
    ------
    RefusedError
        As the reader says, and where it takes more memory or time than it may.
    """
    told: dict[str, Any] = {"module": reader.__module__, "reader": reader.__name__, "name": name}
    told |= {"memory": limits.memory, "seconds": limits.seconds}
    told |= {"open": isinstance(source, Path), "beside": bool(beside)}
    with (
        _PLACES,
        _begun(told, source) as (other, told_of),
        _ended_after(limits.seconds, other) as late,
    ):
        if isinstance(source, bytes):
            ours = pickle.dumps(beside, pickle.HIGHEST_PROTOCOL) if beside else b""
            threading.Thread(target=_hand_over, args=(other, ours + source), daemon=True).start()
        found, broken = _taken(other.stdout)
        code = other.wait()
        if late.is_set():
            raise RefusedError(name, "", refusals.takes_long(limits.seconds), refusals.MORE_SECONDS)
        if code:
            told_of.seek(0)
            raise _ended(code, told_of.read(), name, limits)
    if broken is not None:
        raise broken
    if isinstance(found, _Refused):
        raise RefusedError(name, found.place, found.message, found.hint)
    answer: _Read = found
    return answer


@contextmanager
def _ended_after(seconds: float, other: subprocess.Popen[bytes]) -> Iterator[threading.Event]:
    """Kill the other process once it has had its time; the event says that this has happened."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        other.kill()

    clock = threading.Timer(seconds, stop)
    clock.start()
    try:
        yield late
    finally:
        clock.cancel()


@contextmanager
def _begun(
    told: Mapping[str, Any], source: bytes | Path
) -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes]]]:
    """The other process, and where it says what went wrong; it is ended in any case."""
    opened = source.open("rb") if isinstance(source, Path) else nullcontext(subprocess.PIPE)
    with opened as given, tempfile.TemporaryFile() as errors:
        other = subprocess.Popen(  # noqa: S603  # this program itself
            [sys.executable, "-P", "-m", __name__, json.dumps(told)],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
            # The same modules as here, wherever this was started.
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        try:
            yield other, errors
        finally:
            other.kill()
            other.wait()
            for pipe in filter(None, (other.stdin, other.stdout)):
                with suppress(OSError):
                    pipe.close()


def _hand_over(other: subprocess.Popen[bytes], raw: bytes) -> None:
    """Give the other process its bytes; one that has ended takes none."""
    assert other.stdin is not None
    with suppress(OSError, ValueError), other.stdin as stream:
        stream.write(raw)


def _taken(stream: IO[bytes] | None) -> tuple[Any, Exception | None]:
    """The values in an answer, or why there are none: its process has ended before its end."""
    assert stream is not None
    try:
        with garbage.no_search():
            return _Values(stream).load(), None
    except _StrangeError:
        raise
    except (EOFError, pickle.UnpicklingError) as error:
        return None, error


def _ended(code: int, said: bytes, name: str, limits: Limits) -> RefusedError | RuntimeError:
    """What to say of a file whose process has ended without an answer."""
    if code in (OUT_OF_MEMORY, *KILLED):
        message = refusals.needs_memory(limits.memory)
        return RefusedError(name, "", message, refusals.MORE_MEMORY)
    if code == OUT_OF_ROOM:
        message = refusals.too_large(MOST_ANSWER >> 20)
        return RefusedError(name, "", message, refusals.SPLIT)
    if code in OUT_OF_TIME:
        message = refusals.takes_long(limits.seconds)
        return RefusedError(name, "", message, refusals.MORE_SECONDS)
    if code < 0:
        return RefusedError(name, "", refusals.BROKE_OFF, refusals.SAVE_AGAIN)
    # A mistake of ours, which is not hidden.
    return RuntimeError(said.decode("utf-8", "replace"))


@dataclass(frozen=True)
class _Refused:
    """Why a file was not read, on its way here."""

    place: str
    message: Text
    hint: Text


class _StrangeError(pickle.UnpicklingError):
    """Something in an answer that no reader of ours says."""


class _Values(pickle.Unpickler):
    """Takes values of ours and nothing else, whatever the other process has become."""

    def find_class(self, module: str, name: str) -> Any:
        """A dataclass or named tuple of ours."""
        if module.startswith("ecosystem.") and name.isidentifier():
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, tuple)):
                return found
        raise _StrangeError(f"{module}.{name} is no value of ours")


def main() -> int:
    """Read one file from standard input and write what it holds to standard output."""
    # What a library prints is not to stand in the answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    told = json.loads(sys.argv[1])
    module = importlib.import_module(told["module"])
    # What is read is kept to the end: looking for what could go takes as long as reading.
    gc.disable()
    given = sys.stdin.buffer
    beside, megabytes = _beside(given) if told["beside"] else ((), 0)
    _limit(told["memory"] + megabytes, told["seconds"])
    out = _Bounded(answers)
    try:
        try:
            made = getattr(module, told["reader"])(
                given if told["open"] else given.read(), told["name"], *beside
            )
        except RefusedError as error:
            problem = error.problems[0]
            assert problem.said is not None
            made = _Refused(problem.column, *problem.said)
        # Written while it is made: an answer as bytes would be as large as the file once more.
        pickle.dump(made, out, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return OUT_OF_MEMORY
    except _TooLargeError:
        return OUT_OF_ROOM
    answers.close()
    return 0


class _TooLargeError(Exception):
    """An answer that is larger than what is taken."""


class _Bounded:
    """Writes an answer as long as it is not too large."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._left = stream, MOST_ANSWER

    def write(self, part: bytes) -> int:
        """Write the next part."""
        self._left -= len(part)
        if self._left < 0:
            raise _TooLargeError
        return self._stream.write(part)


def _beside(stream: IO[bytes]) -> tuple[tuple[Any, ...], int]:
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
