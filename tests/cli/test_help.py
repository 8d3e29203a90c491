"""Help in both languages: of every command, and what click itself says."""

import re

import click
import pytest

from ecosystem.cli import group, main
from ecosystem.cli.spoken import language_of

COMMANDS = tuple(group().commands)
ENGLISH = re.compile(r"\b[a-z]{2,}(?: [a-z]{2,}){2,}\b")
"""Three English words in a row: a sentence, and no word of a list or of a command line."""
CODE = re.compile("ecosystem completion (bash|fish [|] source)")


def shown(capsys, *words):
    code = main(words)
    told = capsys.readouterr()
    return code, told.out + told.err


@pytest.fixture(autouse=True)
def no_language(monkeypatch):
    for name in ("ECOSYSTEM_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_in_bulgarian_holds_no_english_sentence(capsys, command):
    code, text = shown(capsys, "--lang", "bg", *filter(None, [command]), "--help")
    assert code == 0
    words = CODE.sub("", " ".join(text.split()))
    assert ENGLISH.findall(words) == []
    assert "Употреба: ecosystem" in words and "Показва този текст и приключва." in words
    assert "Опции" in words and not re.search(r"\b(Usage|Options|OPTIONS|default)\b", words)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_in_english_holds_no_bulgarian(capsys, command):
    code, text = shown(capsys, *filter(None, [command]), "--help")
    assert code == 0 and not re.search("[а-яА-Я]", text)


def test_the_language_may_stand_before_the_command_and_after_it(capsys):
    before = shown(capsys, "--lang", "bg", "analyse", "--help")
    assert before == shown(capsys, "analyse", "--lang", "bg", "--help")


def test_the_language_before_the_command_is_that_of_its_answer(capsys, tmp_path):
    assert "Не работеше" in shown(capsys, "--lang", "bg", "stop", "--data", str(tmp_path))[1]


@pytest.mark.parametrize(
    ("words", "environment", "lang"),
    [
        ([], {}, "en"),
        ([], {"LANG": "bg_BG.UTF-8"}, "bg"),
        ([], {"LANG": "bg_BG.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {"LANG": "bg_BG.UTF-8", "ECOSYSTEM_LANG": "en"}, "en"),
        (["show", "--lang=bg"], {"LANG": "en_GB.UTF-8"}, "bg"),
        (["--lang", "en"], {"LANG": "bg_BG"}, "en"),
    ],
)
def test_what_was_said_counts_before_the_settings_and_these_before_the_system(
    words, environment, lang
):
    assert language_of(words, environment) == lang


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["overviev"], "Няма команда"),
        (["show", "--nothing"], "Няма опция"),
        (["stop", "--format", "film"], "Неподходяща стойност"),
        (["restore"], "Липсва аргумент"),
        (["stop", "now"], "Излишен аргумент"),
    ],
)
def test_click_speaks_bulgarian_too(capsys, monkeypatch, words, told):
    monkeypatch.setenv("LANG", "bg_BG.UTF-8")
    code, text = shown(capsys, *words)
    assert code == 2 and told in text and "Грешка" in text
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert "Грешка" not in shown(capsys, *words)[1], "it speaks English again afterwards"


def test_every_text_of_click_s_own_catalogue_is_one_that_click_says():
    from pathlib import Path

    from webapp.catalogue import of_commands, stored

    PO = of_commands()

    source = "".join(
        file.read_text(encoding="utf-8") for file in Path(click.__file__).parent.glob("*.py")
    )
    for message in stored(PO):
        for text in message.id if isinstance(message.id, tuple) else (message.id,):
            if text:
                assert text.replace("\n", "\\n").replace("\t", "\\t") in source, text
