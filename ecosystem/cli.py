"""The command line: parse, call the workspace, print. Data to stdout, talk to stderr."""

from __future__ import annotations

import argparse
import io
import os
import sys
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from ecosystem import __version__, answers, terminal
from ecosystem.errors import (
    DataError,
    EcosystemError,
    NotFoundError,
    QueryError,
    SettingsError,
    StoreError,
)
from ecosystem.settings import Settings
from ecosystem.values import Language
from ecosystem.workspace import READINGS, View, Workspace, backtest

EXIT_CODES: tuple[tuple[type[EcosystemError], int], ...] = (
    (SettingsError, 2),
    (NotFoundError, 6),
    (QueryError, 5),
    (StoreError, 4),
    (EcosystemError, 3),
)
LENSES = ("work", "met", "funding", "mentoring", "capability", "all")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0 done, 1 a bug, 2 usage, 3 data problems, 4 store, 5 query, 6 not found.
    """
    for stream in (sys.stdout, sys.stderr):
        # Answers are UTF-8 whatever the locale says; a broken file name in them is escaped.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = parser().parse_args(arguments)
    try:
        settings = Settings.read(vars(options), os.environ, options.config)
        result: int = options.run(options, settings) or 0
        sys.stdout.flush()
        return result
    except EcosystemError as error:
        return _fail(error)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _fail(error: EcosystemError) -> int:
    if isinstance(error, DataError):
        for problem in error.problems:
            print(problem, file=sys.stderr)
    print(f"ecosystem: {error}", file=sys.stderr)
    return next(code for kind, code in EXIT_CODES if isinstance(error, kind))


class Progress:
    """Says on stderr what is being done, once it takes longer than a second."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self._message = ""
        self._began = time.monotonic()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Progress:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._done.set()
        self._thread.join()

    def __call__(self, message: str) -> None:
        """Set what is being done now."""
        self._message = message

    def _watch(self) -> None:
        said = ""
        while not self._done.wait(1.0):
            if self._message and self._message != said:
                said = self._message
                seconds = time.monotonic() - self._began
                print(f"{said} ({seconds:.0f} s)", file=self.stream, flush=True)


def parser() -> argparse.ArgumentParser:
    """The parser of every command, each with its help."""
    top = argparse.ArgumentParser(
        prog="ecosystem", description="Map an innovation ecosystem from sourced statements."
    )
    top.add_argument("--version", action="version", version=f"ecosystem {__version__}")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--config", type=Path, help="configuration file (default ecosystem.toml)")
    common.add_argument("--data", help="data folder of the embedded engine")
    common.add_argument("--lang", choices=("bg", "en"), help="language of texts")
    shown = argparse.ArgumentParser(add_help=False, parents=[common])
    shown.add_argument("--format", choices=("table", "json", "csv"), default="table")
    seen = argparse.ArgumentParser(add_help=False, parents=[common])
    viewed = argparse.ArgumentParser(add_help=False, parents=[shown])
    for parent in (seen, viewed):
        parent.add_argument("--scope", help="a city's id, or 'all'")
        parent.add_argument("--as-of", metavar="DAY", help="the day looked at (default today)")
        parent.add_argument("--reading", choices=READINGS, help="which statements count that day")
        parent.add_argument("--no-undated", action="store_true", help="leave undated ties out")
        parent.add_argument("--without-people", action="store_true", help="leave persons out")

    def command(name: str, run: Any, parent: argparse.ArgumentParser, help: str) -> Any:
        added = commands.add_parser(name, parents=[parent], help=help, description=help)
        added.set_defaults(run=run)
        return added

    load = command("load", _load, shown, "load packs; without arguments the shipped ones")
    load.add_argument("packs", nargs="*", type=Path, metavar="FOLDER")
    load.add_argument("--prune", action="store_true", help="remove what the packs no longer hold")
    load.add_argument(
        "--dry-run", action="store_true", help="say what would change, change nothing"
    )

    new = command("new-pack", _new_pack, shown, "make a folder of empty seed files with an example")
    new.add_argument("folder", type=Path)

    analyse = command("analyse", _analyse, viewed, "centralities and structure of a lens")
    analyse.add_argument("--lens", choices=LENSES, default="work")
    analyse.add_argument("--top", type=_count, default=10, help="rows per measure (default 10)")

    gaps = command("gaps", _gaps, viewed, "what is missing, with formulas and evidence")
    gaps.add_argument("rules", nargs="*", metavar="RULE", help="for example G12 (default: all)")
    gaps.add_argument("--top", type=_count, default=5, help="findings shown per rule (default 5)")

    match = command("match", _match, viewed, "mentor cities for a city; without one, for all")
    match.add_argument("city", nargs="?", help="the id of the city that looks for a mentor")
    match.add_argument(
        "--capacity",
        type=int,
        default=3,
        help="mentees per mentor where none is recorded (default 3)",
    )
    match.add_argument("--top", type=_count, default=5, help="suggestions shown (default 5)")
    match.add_argument(
        "--same-country", action="store_true", help="mentors of the same country are eligible too"
    )
    match.add_argument("--minimum", type=float, default=0.0, help="lowest score of a planned pair")
    match.add_argument(
        "--backtest",
        type=Path,
        metavar="PAIRS",
        help="check the context against past pairs (CSV); needs no store",
    )
    match.add_argument(
        "--attributes", type=Path, metavar="ROWS", help="dated facts of the cities of --backtest"
    )
    for flag, help in (("--lock", "keep this pair"), ("--exclude", "never this pair")):
        match.add_argument(flag, action="append", default=[], metavar="CITY=MENTOR", help=help)

    rows = command(
        "attributes", _attributes, common, "dated rows for --backtest, on stdout, from two tables"
    )
    rows.add_argument("cities", type=Path, help="cities: place, population, language (CSV)")
    rows.add_argument("membership", type=Path, help="memberships of networks (CSV, semicolons)")

    entity = command("show", _show, viewed, "everything recorded about one node")
    entity.add_argument("id")

    query = command("query", _query, shown, "run a query of the library, or one of your own")
    query.add_argument("name", nargs="?", help="its name; without one the library is listed")
    query.add_argument("parameters", nargs="*", metavar="NAME=VALUE")
    query.add_argument("--cypher", metavar="TEXT", help="your own reading query")

    export = command("export", _export, shown, "write the store out without loss")
    export.add_argument("target", type=Path, help="a .jsonl file, '-' for stdout, or a folder")
    export.add_argument("--pack", action="append", default=[], help="only this pack (repeatable)")
    export.add_argument("--without-people", action="store_true", help="leave persons out")

    report = command("report", _report, seen, "a cited report of the scope to read or print")
    report.add_argument(
        "target",
        type=Path,
        nargs="?",
        default=Path("-"),
        help="a .html or .md file; '-' (Markdown to stdout) by default",
    )

    serve = command("serve", _serve, common, "open the web view")
    serve.add_argument("--port", type=int, help="port (default 8765; 0 takes a free one)")
    serve.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    serve.add_argument("--scope", help="a city's id, or 'all'")
    serve.add_argument(
        "--load-if-empty", action="store_true", help="load the shipped packs into an empty store"
    )
    serve.add_argument("--open", action="store_true", help="open a browser")

    command("stop", _stop, shown, "end the embedded engine")
    command("doctor", _doctor, shown, "check the installation and the store")
    return top


def _count(word: str) -> int:
    if not (word.isascii() and word.isdigit()):
        raise argparse.ArgumentTypeError(f"{word!r} is not a whole number from 0 up")
    return int(word)


def _view(workspace: Workspace, options: argparse.Namespace) -> View:
    return workspace.view(
        options.scope,
        options.as_of,
        options.reading,
        undated=not options.no_undated,
        people=not options.without_people,
    )


def _print(options: argparse.Namespace, settings: Settings, answer: Any) -> None:
    terminal.write(sys.stdout, answer, options.format, "bg" if settings.lang == "bg" else "en")


def _load(options: argparse.Namespace, settings: Settings) -> None:
    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        report = workspace.load(
            options.packs, prune=options.prune, dry_run=options.dry_run, talk=talk
        )
    _print(options, settings, answers.load_report(report))


def _new_pack(options: argparse.Namespace, settings: Settings) -> None:
    from ecosystem.io.template import new_pack

    _print(options, settings, answers.files(new_pack(options.folder)))


def _analyse(options: argparse.Namespace, settings: Settings) -> None:
    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        view = _view(workspace, options)
        talk("Measuring ...")
        answer = answers.analysis(
            workspace.snapshot(view),
            workspace.measures(view, options.lens),
            workspace.structure(view, options.lens),
            options.top,
        )
    _print(options, settings, answer)


def _gaps(options: argparse.Namespace, settings: Settings) -> None:
    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        view = _view(workspace, options)
        talk("Looking for gaps ...")
        results = workspace.gaps(view, options.rules or None)
        answer = answers.gaps(workspace.snapshot(view), results, options.top)
    _print(options, settings, answer)


def _match(options: argparse.Namespace, settings: Settings) -> None:
    if options.backtest or options.attributes:
        _backtest(options, settings)
        return
    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        view = _view(workspace, options)
        talk("Matching ...")
        if options.city:
            found = workspace.match(options.city, view, other_country=not options.same_country)
            answer = answers.matches(found, options.top)
        else:
            plan = workspace.allocate(
                view,
                capacity=options.capacity,
                other_country=not options.same_country,
                minimum=options.minimum,
                locks=tuple(_couples(options.lock)),
                exclusions=tuple(_couples(options.exclude)),
            )
            answer = answers.allocation(workspace.snapshot(view), plan)
    _print(options, settings, answer)


def _backtest(options: argparse.Namespace, settings: Settings) -> None:
    if not (options.backtest and options.attributes) or options.city:
        raise SettingsError(
            "match: --backtest and --attributes go together, without a city.",
            "Make the second file with 'ecosystem attributes'.",
        )
    with Progress() as talk:
        talk("Ranking past pairs ...")
        found = backtest(options.backtest, options.attributes)
    if options.format != "table":
        for note in answers.backtest_notes(found):
            print(note.bg if settings.lang == "bg" else note.en, file=sys.stderr)
    _print(options, settings, answers.backtest(found))


def _attributes(options: argparse.Namespace, _settings: Settings) -> None:
    from ecosystem.io.pairs import dated_rows, undated_columns, write_facts

    facts = dated_rows(options.cities, options.membership)
    dropped = ", ".join(undated_columns(options.cities)) or "none"
    print(f"{len(facts)} rows; left out as undated: {dropped}.", file=sys.stderr)
    write_facts(facts, sys.stdout)


def _show(options: argparse.Namespace, settings: Settings) -> None:
    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        answer = answers.profile(workspace.entity(options.id, _view(workspace, options)))
    _print(options, settings, answer)


def _query(options: argparse.Namespace, settings: Settings) -> None:
    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        if options.cypher is not None:
            words = ([options.name] if options.name else []) + options.parameters
            answer = answers.rows(workspace.console(options.cypher, _pairs(words)))
        elif options.name:
            result = workspace.run_query(options.name, _pairs(options.parameters))
            answer = answers.rows(result, workspace.dataset().nodes)
        else:
            answer = answers.library(workspace.queries().values())
    _print(options, settings, answer)


def _pairs(words: Iterable[str]) -> Mapping[str, str]:
    from ecosystem.errors import ParameterError

    found: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise ParameterError(
                f"{word!r} is not NAME=VALUE.", "Write for example city=city:sofia."
            )
        found[name] = value
    return found


def _couples(words: Iterable[str]) -> list[tuple[str, str]]:
    return [(one, other) for word in words for one, other in _pairs([word]).items()]


def _export(options: argparse.Namespace, settings: Settings) -> None:
    from ecosystem.io import exports

    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        dataset = workspace.export(options.pack, people=not options.without_people)
        talk("Writing ...")
        if str(options.target) == "-":
            exports.write_jsonl(dataset, sys.stdout)
        else:
            _print(options, settings, answers.files(exports.write(dataset, options.target)))


def _report(options: argparse.Namespace, settings: Settings) -> None:
    from ecosystem.io.exports import write_text

    lang: Language = "bg" if settings.lang == "bg" else "en"
    form = "html" if options.target.suffix in (".html", ".htm") else "markdown"
    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        talk("Writing the report ...")
        text = workspace.report(_view(workspace, options), lang, form)
    if str(options.target) == "-":
        sys.stdout.write(text)
    else:
        write_text(text, options.target)
        print(options.target)


def _serve(options: argparse.Namespace, settings: Settings) -> None:
    from webapp.server import serve

    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        if options.load_if_empty and workspace.store.is_empty():
            workspace.load(talk=talk)
        serve(workspace, open_browser=options.open)


def _stop(options: argparse.Namespace, settings: Settings) -> None:
    from ecosystem.store import embedded

    _print(options, settings, answers.stopped(embedded.stop(settings.data_folder)))


def _doctor(options: argparse.Namespace, settings: Settings) -> int:
    from ecosystem.doctor import examine

    findings = examine(settings)
    _print(options, settings, answers.doctor(findings))
    return 4 if any(finding.state == "wrong" for finding in findings) else 0


if __name__ == "__main__":
    sys.exit(main())
