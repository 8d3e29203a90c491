"""Commands from questions: their arguments and options, the question that they ask, the answer.

Several questions may share a command: the first whose required fields are all given is asked.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ecosystem import terminal
from ecosystem.cli.common import Offered, OfferedNames, Talk, common_options, opened
from ecosystem.cli.progress import Progress
from ecosystem.cli.spoken import said as spoken
from ecosystem.errors import SettingsError
from ecosystem.io.exports import write_bytes
from ecosystem.questions.declared import Declared
from ecosystem.questions.imagining import WhatIf
from ecosystem.questions.parameters import Count, Entity, File, Number, Pairs, Parameter, Switch
from ecosystem.questions.question import Question
from ecosystem.values import Text

if TYPE_CHECKING:
    from ecosystem.ground import StoreGround

Asked = type[Question[Any]]
FOR_PAGES = ("page",)
NEW_HELP = Text("Вместо това записва там пример.", "Write an example there instead.")
USUALLY = Text("по подразбиране", "default")
EXTRA = Text("Излишен аргумент", "Got unexpected extra argument")
WORKING = "Working it out"
FILES = frozenset(
    "csv docx exe htm html json jsonl md ods odt pdf svg toml tsv txt xls xlsx".split()
)
"""Endings by which a word is meant as a file."""


def commands(questions: Iterable[tuple[str, Sequence[Asked]]]) -> Iterable[click.Command]:
    """The command of each name, made from the questions that it can ask."""
    for name, able in questions:
        yield command(name, able)


def command(name: str, questions: Sequence[Asked]) -> click.Command:
    """One command with the fields of its questions as argument and options."""
    params: list[click.Parameter] = [*_argument(questions), *_options(questions)]
    if WhatIf in questions:
        params += [click.Option(["--new"], is_flag=True, help=spoken(NEW_HELP))]

    def run(**given: Any) -> int:
        talk = Talk.of(given)
        words = list(given.pop("what", ()))
        if given.pop("new", False):
            return _example_scenario(talk, words)
        return _ask(talk, name, questions, words, given)

    about = "\n\n".join(spoken(about_of(question)) for question in questions)
    short = spoken(about_of(questions[-1])) if len(questions) > 1 else None
    return click.Command(
        name, callback=run, params=[*params, *common_options()], help=about, short_help=short
    )


def about_of(declared: type[Declared]) -> Text:
    """What a command asks or does: its description, in Bulgarian the title that pages give it."""
    return Text(declared.title.bg, declared.about())


def offered(question: Asked) -> Mapping[str, Parameter]:
    """The fields of a question that a command can say."""
    return {name: one for name, one in question.parameters().items() if one.doors != FOR_PAGES}


def _argument(questions: Sequence[Asked]) -> list[click.Argument]:
    """One argument for all words that stand without an option."""
    shown: list[str] = []
    words: list[str] = []
    things: list[Parameter] = []
    for question in questions:
        for name, one in offered(question).items():
            if one.positional:
                metavar = one.metavar or ("NAME=VALUE" if isinstance(one, Pairs) else name.upper())
                optional = not (len(questions) == 1 and one.required)
                shown_as = f"[{metavar}]" if optional else metavar
                shown.append(shown_as + ("..." if one.many else ""))
                words += [] if one.metavar else one.choices()
                things.append(one)
        if question.from_file:
            shown.append("SCENARIO")
    files = sorted({f"FILE.{ending}" for question in questions for ending in _endings(question)})
    if not shown and not files:
        return []
    metavar = " ".join(dict.fromkeys([*shown, *([f"[{'|'.join(files)}]"] if files else [])]))
    type_ = offered_words(things, lambda: words)
    return [click.Argument(["what"], nargs=-1, metavar=metavar, type=type_)]


def offered_words(things: Sequence[Parameter], words: Callable[[], Sequence[str]]) -> Offered:
    """What a shell offers for any of these fields: words, and ids where one names a thing."""
    named = [one for one in things if isinstance(one, Entity)]
    if not named:
        return Offered(words)
    every = any(not one.kinds for one in named)
    kinds = () if every else tuple(dict.fromkeys(kind for one in named for kind in one.kinds))
    return OfferedNames(words, kinds)


def _endings(question: Asked) -> tuple[str, ...]:
    # A scenario is read from a .toml file, not written to one.
    return tuple(form for form in question.forms if form != "toml")


def _options(questions: Sequence[Asked]) -> list[click.Option]:
    found: dict[str, click.Option] = {}
    for question in questions:
        for name, one in offered(question).items():
            if not one.positional and not (question.from_file and one.required):
                found.setdefault(name, option(name, one))
    return list(found.values())


def option(name: str, one: Parameter) -> click.Option:
    """The option by which a field is said."""
    flag = one.option or f"--{name.replace('_', '-')}"
    usual = one.default not in (None, "", (), False, True, 0.0)
    about = one.help if one.help.en else Text(f"{one.label.bg}.", f"{one.label.en}.")
    help_ = " ".join(filter(None, (spoken(about), _listed(one))))
    if isinstance(one, Switch):
        return click.Option([flag, name], is_flag=True, default=False, help=help_)
    size = len(one.metavar.split()) if isinstance(one, File) and one.many else 1
    return click.Option(
        [flag, name],
        multiple=one.many and size == 1,
        nargs=size,
        metavar=one.metavar or ("N" if isinstance(one, (Count, Number)) else None),
        type=offered_words([one], one.choices),
        help=help_ + (f" ({spoken(USUALLY)} {one.say(one.default)})" if usual else ""),
    )


def _listed(one: Parameter) -> str:
    # A list that lives elsewhere is loaded where it is wanted: for help, not for every command.
    known = getattr(one, "known", ())
    return f"[{'|'.join(known)}]" if known and not callable(known) else ""


def _ask(
    talk: Talk,
    name: str,
    questions: Sequence[Asked],
    words: Sequence[str],
    given: Mapping[str, Any],
) -> int:
    from ecosystem.ground import without_store

    said = {key: words_of(value) for key, value in given.items() if value not in (None, (), False)}
    rest, target = _target(questions, words)
    question = _chosen(questions, rest, said)
    asked = _read_words(question, rest, said)
    _no_strangers(name, question, questions, said)
    if not question.stored:
        with Progress():
            return _answer(talk, question, asked, without_store(talk.settings), target)
    with opened(talk.settings) as (workspace, progress):

        def tell(done: int, total: int) -> None:
            progress(f"{WORKING}: {done} of {total or '?'} ...")

        progress(f"{WORKING} ...")
        ground = workspace.ground(tell, people=asked.get("people") != ["0"])
        return _answer(talk, question, asked, ground, target)


def words_of(value: Any) -> list[str]:
    """The words of an address that say what an option holds."""
    if isinstance(value, bool):
        return ["1"]
    return [str(one) for one in value] if isinstance(value, tuple) else [str(value)]


def _target(questions: Sequence[Asked], words: Sequence[str]) -> tuple[list[str], Path | None]:
    """The words, and the file that the last one names."""
    endings = {ending for question in questions for ending in _endings(question)}
    rest = list(words)
    form = _form(Path(rest[-1])) if rest else ""
    if form in endings:
        return rest[:-1], Path(rest[-1])
    read = {"toml"} if any(question.from_file for question in questions) else set()
    if form in FILES - read and endings:
        listed = " or ".join(f".{ending}" for ending in sorted(endings))
        raise SettingsError(f"{rest[-1]}: the answer is written as {listed}.", "Name such a file.")
    return rest, None


def _form(target: Path) -> str:
    """The form that the ending of a file asks for."""
    ending = target.suffix.lower().removeprefix(".")
    return "html" if ending == "htm" else ending


def _chosen(questions: Sequence[Asked], words: Sequence[str], said: Mapping[str, Any]) -> Asked:
    """The first question whose required fields are all given, else the last."""
    for question in questions:
        needed = [(name, one) for name, one in offered(question).items() if one.required]
        places = sum(one.positional for _, one in needed)
        if places <= len(words) and all(name in said for name, one in needed if not one.positional):
            return question
    return questions[-1]


def _read_words(
    question: Asked, words: Sequence[str], said: Mapping[str, list[str]]
) -> dict[str, list[str]]:
    """The words of an address: those of options, and each other one given to its field."""
    fields = question.parameters()
    found: dict[str, list[str]] = {}
    for name, values in said.items():
        if name not in fields:
            continue
        one = fields[name]
        off = isinstance(one, Switch) and one.default
        found[name if isinstance(one, Pairs) else one.address or name] = ["0"] if off else values
    left = list(words)
    if question.from_file:
        if len(left) != 1:
            raise SettingsError("what-if: one scenario file is needed.", "Name a .toml file.")
        said_there = question.words_of(Path(left.pop()))
        return {**found, **{key: list(values) for key, values in said_there.items()}}
    for name, one in offered(question).items():
        if one.positional and left:
            taken, left = (left, []) if one.many else (left[:1], left[1:])
            found[name if isinstance(one, Pairs) else one.address or name] = taken
    if left:
        raise click.UsageError(f"{spoken(EXTRA)} ({' '.join(left)})")
    return found


def _no_strangers(
    name: str, question: Asked, questions: Sequence[Asked], said: Mapping[str, Any]
) -> None:
    """Refuse an option that only another question of the command has."""
    for option in said:
        if option in question.parameters():
            continue
        owner = next(one for one in questions if option in one.parameters())
        needed = [
            one.option or (f"--{field.replace('_', '-')}" if not one.positional else field.upper())
            for field, one in owner.parameters().items()
            if one.required and field not in said
        ]
        flag = owner.parameters()[option].option or f"--{option.replace('_', '-')}"
        raise SettingsError(
            f"{name}: {flag} does not go with the rest.",
            f"It needs {' and '.join(needed)}." if needed else "Leave the rest out.",
        )


def _answer(
    talk: Talk,
    question: Asked,
    words: Mapping[str, Sequence[str]],
    ground: StoreGround,
    target: Path | None,
) -> int:
    asked = question.read(words, ground)
    found = ground.ask(asked)
    if target is not None:
        made = asked.made(found, _form(target), ground, talk.lang)
        print(write_bytes(made.encode() if isinstance(made, str) else made, target))
    elif question.prose and talk.form == "table":
        sys.stdout.write(str(asked.made(found, question.prose, ground, talk.lang)))
    else:
        answer = asked.tables(found, ground)
        if talk.form == "csv" or (talk.form != "table" and not question.stored):
            # What was left out of the files has no place among the figures.
            terminal.say(sys.stderr, answer.notes, talk.lang)
        talk.show(answer)
    return 0


def _example_scenario(talk: Talk, words: Sequence[str]) -> int:
    from ecosystem.cli.results import files
    from ecosystem.io import scenarios
    from ecosystem.io.exports import write_text

    if len(words) != 1:
        raise SettingsError("what-if: one scenario file is needed.", "Name a .toml file.")
    file = Path(words[0])
    if file.exists():
        raise SettingsError(f"{file}: is there already.", "Name a new file.")
    talk.show(files([write_text(scenarios.EXAMPLE, file)]))
    return 0
