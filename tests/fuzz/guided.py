"""``python -m tests.fuzz.guided READER FOLDER [flags]``: one reader, led by what inputs reach."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["ecosystem", "webapp"], enable_loader_override=False):
    from tests.fuzz.asking import APPLICATIONS, REQUESTS
    from tests.fuzz.chance import ODD
    from tests.fuzz.readers import READERS, told


def main() -> None:
    """Give bytes until the time is up; what fails is written into the folder."""
    name, folder, *flags = sys.argv[1:]
    reader = next(one for one in (*READERS, REQUESTS) if one.name == name)
    with tempfile.TemporaryDirectory() as corpus:
        for number, example in enumerate(reader.examples):
            Path(corpus, str(number)).write_bytes(example)
        words = Path(corpus).with_suffix(".dict")
        words.write_text("".join(f'"{_escaped(word)}"\n' for word in (reader.words or ODD) if word))
        arguments = [
            sys.argv[0],
            corpus,
            f"-dict={words}",
            f"-artifact_prefix={folder}/{name}-",
            *flags,
        ]
        atheris.Setup(arguments, lambda data: told(reader, data))
        if reader is REQUESTS:
            with APPLICATIONS.opened():
                atheris.Fuzz()
        else:
            atheris.Fuzz()


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02X}" for byte in word)


if __name__ == "__main__":
    main()
