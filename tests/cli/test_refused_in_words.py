"""What is refused is said in the language of whoever asked: what is wrong, and what to do."""

import re

import pytest

from ecosystem.cli import main

ENGLISH = re.compile(r"\b(the|is|are|and|was|cannot|nothing|there|file)\b", re.IGNORECASE)


@pytest.fixture
def refused(tmp_path, monkeypatch, capsys):
    """What a command that is refused says, in the language."""
    monkeypatch.setenv("ECOSYSTEM_DATA", str(tmp_path / "store"))

    def ask(lang, *words):
        assert main(["--lang", lang, *words]) in (2, 3)
        said = capsys.readouterr().err.replace(str(tmp_path), "")
        # How far it is, and what a library says of it in brackets, are in no language of ours.
        lines = [line for line in said.splitlines() if not re.search(r" \.\.\. \(", line)]
        return re.sub(r"\(.*\)", "", "\n".join(lines))

    return ask


def empty(folder):
    path = folder / "empty.csv"
    path.write_text("")
    return "import", str(path), "--dry-run"


def no_document(folder):
    path = folder / "press.pdf"
    path.write_bytes(b"%PDF-1.4 broken")
    return "ingest", str(path)


def no_backup(folder):
    path = folder / "old.gz"
    path.write_bytes(b"no backup")
    return "restore", str(path)


def absent_backup(folder):
    return "restore", str(folder / "none.gz")


def folder_with_something(folder):
    (folder / "full").mkdir()
    (folder / "full" / "kept.txt").write_text("kept")
    return "new-pack", str(folder / "full")


def nobody(folder):
    path = folder / "guests.txt"
    path.write_text("12:30")
    return "guests", str(path)


def name_that_is_none(folder):
    return "new-pack", str(folder / "пакет")


@pytest.mark.parametrize(
    "make",
    [
        *(empty, no_document, nobody),
        *(no_backup, absent_backup),
        *(folder_with_something, name_that_is_none),
    ],
)
def test_a_refusal_speaks_the_language_of_who_asks(refused, tmp_path, make):
    words = make(tmp_path)
    english, bulgarian = refused("en", *words), refused("bg", *words)
    assert ENGLISH.search(english)
    assert re.search("[а-я]{3}", bulgarian) and not ENGLISH.search(bulgarian), bulgarian
    assert len(english.splitlines()) == len(bulgarian.splitlines())
