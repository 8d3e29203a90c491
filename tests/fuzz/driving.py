"""Gives bytes to readers for a while, by hypothesis and by atheris, and keeps what they fail on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import hypothesis
from hypothesis import HealthCheck, Phase, strategies

from ecosystem.store import embedded
from tests.fuzz.readers import Reader, told

KEPT = Path("artefacts", "fuzz")
EXAMPLES = 200
"""How many inputs hypothesis makes of one seed."""
LONGEST = 30
"""Seconds after which a reader is taken not to end."""


@dataclass(frozen=True)
class Finding:
    """What went wrong, with the input in a file."""

    reader: str
    data: bytes
    what: str

    def kept(self) -> Path:
        """The file that holds the input."""
        KEPT.mkdir(parents=True, exist_ok=True)
        path = KEPT / f"{self.reader}-{sha256(self.data).hexdigest()[:12]}"
        path.write_bytes(self.data)
        return path

    def __str__(self) -> str:
        repeat = f"python -m tests.fuzz --repeat {self.reader} {self.kept()}"
        return f"{self.reader}: {self.what}\n  {self.data[:300]!r}\n  repeat: {repeat}"


class Endless(BaseException):
    """A reader that does not end; no ``Exception``, so that nobody takes it for a refusal."""


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Raise ``Endless`` where the block takes longer."""

    def ended(*_: object) -> None:
        raise Endless(f"it did not end within {seconds} s")

    before = signal.signal(signal.SIGALRM, ended)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def said(error: BaseException) -> str:
    """An error with the innermost places of its way."""
    places = traceback.extract_tb(error.__traceback__)[-4:]
    way = " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(places))
    return f"{type(error).__name__}: {str(error)[:300]} ({way})"


def repeated(reader: Reader, data: bytes) -> Finding | None:
    """What a reader fails with on ``data``."""
    try:
        with within(LONGEST):
            told(reader, data)
    except (Exception, Endless) as error:
        return Finding(reader.name, data, said(error))
    return None


def by_chance(
    reader: Reader, inputs: strategies.SearchStrategy[bytes], seed: int, end: float
) -> Finding | None:
    """The smallest failing input among those that ``seed`` makes before ``end``."""
    failed: list[tuple[bytes, str]] = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        verbosity=hypothesis.Verbosity.quiet,
    )
    @hypothesis.given(data=inputs)
    def run(data: bytes) -> None:
        if time.monotonic() > end and not failed:
            return
        found = repeated(reader, data)
        if found:
            failed.append((data, found.what))
            raise AssertionError(found.what.partition("(")[0])

    try:
        run()
    except (AssertionError, hypothesis.errors.HypothesisException):
        data, what = failed[-1]
        return Finding(reader.name, data, what)
    return None


def guided(reader: Reader, seed: int, seconds: int, note: Callable[[str], None]) -> Finding | None:
    """What atheris finds in so many seconds, led by the lines that inputs reach."""
    if find_spec("atheris") is None:
        note("atheris is not installed: hypothesis alone.")
        return None
    KEPT.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.fuzz.guided", reader.name, str(KEPT)]
    command += [
        f"-max_total_time={seconds}",
        f"-seed={seed}",
        f"-timeout={LONGEST}",
        "-max_len=20000",
    ]
    before = set(KEPT.iterdir())
    with tempfile.TemporaryDirectory(prefix="ecosystem-fuzz-") as home:
        environment = {**os.environ, "TMPDIR": home}
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        # What leads it ends its process without a word to anybody, engines that it started too.
        for folder in Path(home).glob("ecosystem-fuzz-*"):
            embedded.stop(folder)
    made = [path for path in KEPT.iterdir() if path not in before]
    if not done.returncode:
        return None
    for path in made:
        data = path.read_bytes()
        path.unlink()
        return repeated(reader, data) or Finding(reader.name, data, done.stderr[-600:])
    return Finding(reader.name, b"", f"atheris ended with {done.returncode}: {done.stderr[-600:]}")
