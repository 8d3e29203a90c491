"""Exporting, serving, stopping, examining, and what a shell needs to complete words."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
from click.shell_completion import get_completion_class

from ecosystem.cli import results
from ecosystem.cli.common import Talk, common_options, opened
from ecosystem.cli.progress import Progress
from ecosystem.cli.spoken import said
from ecosystem.errors import ParameterError
from ecosystem.export import FORMS, OURS
from ecosystem.values import Text

COMPLETES = Text(
    "Отпечатва каквото трябва на обвивката, за да допълва команди, опции и имена.",
    "Print what a shell needs to complete commands, options and names.",
)
PATH = click.Path(path_type=Path)


def commands() -> Iterable[click.Command]:
    """The commands of this module."""
    yield _command(
        "new-pack",
        _new_pack,
        said(
            Text(
                "Прави папка с празни файлове за данни и пример.",
                "Make a folder of empty seed files with an example.",
            )
        ),
        click.Argument(["folder"], type=PATH),
    )
    yield _command(
        "export",
        _export,
        said(
            Text(
                "Записва цялото хранилище без загуба: файл .jsonl, „-“ за стандартния изход "
                "или папка; или във формат на друга програма според края на името.",
                "Write the store out without loss: a .jsonl file, '-' for stdout, or a folder; "
                "or in the format of another program, by the ending of the name.",
            )
        ),
        click.Argument(["target"], type=PATH),
        click.Option(
            ["--pack"],
            multiple=True,
            help=said(
                Text("Само този пакет (може да се повтаря).", "Only this pack (repeatable).")
            ),
        ),
        _flag("--without-people", said(Text("Без хората.", "Leave persons out."))),
        click.Option(
            ["--as", "form"],
            type=click.Choice([*OURS, *FORMS]),
            help=said(
                Text(
                    "Форматът, ако краят на името не го казва.",
                    "The format, where the ending of the name does not say it.",
                )
            ),
        ),
    )
    yield _command(
        "backup",
        _backup,
        said(
            Text(
                "Записва всичко от хранилището в един файл; „restore“ го връща.",
                "Write everything in the store into one file; 'restore' brings it back.",
            )
        ),
        click.Argument(["target"], type=PATH, metavar="FILE"),
    )
    yield _command(
        "migrate",
        _migrate,
        said(
            Text(
                "Привежда хранилище от предишна версия към тази, след резервно копие.",
                "Bring a store of an earlier version to this one, after a backup.",
            )
        ),
    )
    yield _command(
        "serve",
        _serve,
        said(Text("Отваря уеб изгледа.", "Open the web view.")),
        click.Option(
            ["--port"],
            type=int,
            help=said(
                Text(
                    "Порт (по подразбиране 8765; 0 взема свободен).",
                    "Port (default 8765; 0 takes a free one).",
                )
            ),
        ),
        click.Option(
            ["--host"],
            help=said(
                Text(
                    "Адрес, на който се слуша (по подразбиране 127.0.0.1).",
                    "Address to listen on (default 127.0.0.1).",
                )
            ),
        ),
        _flag(
            "--allow-network",
            said(
                Text(
                    "Пуска други машини с паролата от ECOSYSTEM_PASSWORD.",
                    "Let other machines in, by the password of ECOSYSTEM_PASSWORD.",
                )
            ),
        ),
        click.Option(
            ["--scope"], help=said(Text("Номер на град или „all“.", "A city's id, or 'all'."))
        ),
        _flag(
            "--load-if-empty",
            said(
                Text(
                    "Зарежда включените пакети в празно хранилище.",
                    "Load the shipped packs into an empty store.",
                )
            ),
        ),
        click.Option(
            ["--open", "open_browser"],
            is_flag=True,
            help=said(Text("Отваря браузър.", "Open a browser.")),
        ),
        formats=False,
    )
    yield _command("stop", _stop, said(Text("Спира вградената база.", "End the embedded engine.")))
    yield _command(
        "doctor",
        _doctor,
        said(
            Text("Проверява инсталацията и хранилището.", "Check the installation and the store.")
        ),
    )
    yield _command(
        "attributes",
        _attributes,
        said(
            Text(
                "Редове с дати за --backtest на стандартния изход – от таблица с градове и "
                "таблица с членства.",
                "Dated rows for --backtest, on stdout, from a table of cities and one of "
                "memberships.",
            )
        ),
        click.Argument(["cities"], type=PATH),
        click.Argument(["membership"], type=PATH),
        formats=False,
    )
    yield click.Command(
        "completion",
        callback=_completion,
        params=[click.Argument(["shell"], type=click.Choice(["bash", "zsh", "fish"]))],
        help=said(COMPLETES)
        + "\n\n"
        + said(
            Text(
                'За bash: eval "$(ecosystem completion bash)"; за fish: '
                "ecosystem completion fish | source.",
                'For bash: eval "$(ecosystem completion bash)"; for fish: '
                "ecosystem completion fish | source.",
            )
        ),
        short_help=said(COMPLETES),
    )


def _command(
    name: str,
    run: Callable[..., int | None],
    help_: str,
    *params: click.Parameter,
    formats: bool = True,
) -> click.Command:
    def called(**given: Any) -> int | None:
        return run(Talk.of(given), **given)

    return click.Command(
        name, callback=called, params=[*params, *common_options(formats)], help=help_
    )


def _flag(name: str, help_: str) -> click.Option:
    return click.Option([name], is_flag=True, help=help_)


def _new_pack(talk: Talk, folder: Path) -> None:
    from ecosystem.io.template import new_pack

    talk.show(results.files(new_pack(folder)))


def _export(
    talk: Talk, target: Path, pack: Sequence[str], without_people: bool, form: str | None
) -> None:
    from ecosystem.export import form_of, written
    from ecosystem.io import exports

    aloud = str(target) == "-"
    form = form or ("jsonl" if aloud else form_of(target))
    if aloud and form == "packs":
        raise ParameterError("Packs are a folder.", "Name one, or another format with --as.")
    with opened(talk.settings) as (workspace, progress):
        dataset = workspace.export(pack, people=not without_people)
        progress("Writing ...")
        if form in OURS and aloud:
            exports.write_jsonl(dataset, sys.stdout)
        elif form in OURS:
            talk.show(results.files(exports.write(dataset, target, lines=form == "jsonl")))
        else:
            made = written(dataset, FORMS[form], talk.lang, date.today())
            if aloud:
                sys.stdout.buffer.write(made.content)
            else:
                talk.show(results.exported(exports.write_bytes(made.content, target), made))
            print(results.left_out(made, talk.lang), file=sys.stderr)


def _backup(talk: Talk, target: Path) -> None:
    from ecosystem import upkeep

    with opened(talk.settings) as (workspace, progress):
        progress("Writing ...")
        talk.show(results.files([upkeep.backup(workspace.store, target)]))


def _migrate(talk: Talk) -> None:
    from ecosystem import upkeep
    from ecosystem.workspace import store_of

    with Progress() as progress, store_of(talk.settings, former=True) as store:
        progress("Bringing the store to this version ...")
        talk.show(results.migrated(upkeep.migrate(store, talk.settings.data_folder)))


def _serve(
    talk: Talk, scope: str | None, allow_network: bool, load_if_empty: bool, open_browser: bool
) -> None:
    from webapp.network import refuse_carelessness
    from webapp.server import serve

    settings = talk.settings.with_scope(scope) if scope else talk.settings
    refuse_carelessness(settings, allow_network)
    with opened(settings) as (workspace, _):
        if load_if_empty and workspace.store.is_empty():
            workspace.load()
        workspace.ground().usual_view()  # an unknown scope is told now, not by every page
        serve(workspace, open_browser=open_browser)


def _stop(talk: Talk) -> None:
    from ecosystem.store import embedded

    talk.show(results.stopped(embedded.stop(talk.settings.data_folder)))


def _doctor(talk: Talk) -> int:
    from ecosystem.doctor import examine

    findings = examine(talk.settings)
    talk.show(results.doctor(findings))
    return 4 if any(finding.state == "wrong" for finding in findings) else 0


def _attributes(_talk: Talk, cities: Path, membership: Path) -> None:
    from ecosystem.io.pairs import dated_rows, undated_columns, write_facts

    facts = dated_rows(cities, membership)
    dropped = ", ".join(undated_columns(cities)) or "none"
    print(f"{len(facts)} rows; left out as undated: {dropped}.", file=sys.stderr)
    write_facts(facts, sys.stdout)


def _completion(shell: str) -> None:
    made = get_completion_class(shell)
    everything = click.get_current_context().find_root().command
    assert made is not None  # the choices are the shells that click knows
    if shell == "bash":
        # An id holds a colon, at which bash would cut it in two.
        print("COMP_WORDBREAKS=${COMP_WORDBREAKS//:}")
    print(made(everything, {}, "ecosystem", "_ECOSYSTEM_COMPLETE").source())
