"""Loading, exporting, serving, stopping and examining."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ecosystem.answers import keeping as answers
from ecosystem.cli.options import Commands, show
from ecosystem.cli.progress import Progress
from ecosystem.settings import Settings
from ecosystem.workspace import Workspace


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    load = commands.add(
        "load", _load, commands.shown, "load packs; without arguments the shipped ones"
    )
    load.add_argument("packs", nargs="*", type=Path, metavar="FOLDER")
    load.add_argument("--prune", action="store_true", help="remove what the packs no longer hold")
    load.add_argument(
        "--dry-run", action="store_true", help="say what would change, change nothing"
    )

    new = commands.add(
        "new-pack", _new_pack, commands.shown, "make a folder of empty seed files with an example"
    )
    new.add_argument("folder", type=Path)

    export = commands.add("export", _export, commands.shown, "write the store out without loss")
    export.add_argument("target", type=Path, help="a .jsonl file, '-' for stdout, or a folder")
    export.add_argument("--pack", action="append", default=[], help="only this pack (repeatable)")
    export.add_argument("--without-people", action="store_true", help="leave persons out")

    serve = commands.add("serve", _serve, commands.common, "open the web view")
    serve.add_argument("--port", type=int, help="port (default 8765; 0 takes a free one)")
    serve.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    serve.add_argument("--scope", help="a city's id, or 'all'")
    serve.add_argument(
        "--load-if-empty", action="store_true", help="load the shipped packs into an empty store"
    )
    serve.add_argument("--open", action="store_true", help="open a browser")

    commands.add("stop", _stop, commands.shown, "end the embedded engine")
    commands.add("doctor", _doctor, commands.shown, "check the installation and the store")


def _load(options: argparse.Namespace, settings: Settings) -> None:
    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        report = workspace.load(
            options.packs, prune=options.prune, dry_run=options.dry_run, talk=talk
        )
    show(options, settings, answers.load_report(report))


def _new_pack(options: argparse.Namespace, settings: Settings) -> None:
    from ecosystem.io.template import new_pack

    show(options, settings, answers.files(new_pack(options.folder)))


def _export(options: argparse.Namespace, settings: Settings) -> None:
    from ecosystem.io import exports

    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        dataset = workspace.export(options.pack, people=not options.without_people)
        talk("Writing ...")
        if str(options.target) == "-":
            exports.write_jsonl(dataset, sys.stdout)
        else:
            show(options, settings, answers.files(exports.write(dataset, options.target)))


def _serve(options: argparse.Namespace, settings: Settings) -> None:
    from webapp.server import serve

    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        if options.load_if_empty and workspace.store.is_empty():
            workspace.load(talk=talk)
        workspace.view()  # an unknown scope is told now, not by every page
        serve(workspace, open_browser=options.open)


def _stop(options: argparse.Namespace, settings: Settings) -> None:
    from ecosystem.store import embedded

    show(options, settings, answers.stopped(embedded.stop(settings.data_folder)))


def _doctor(options: argparse.Namespace, settings: Settings) -> int:
    from ecosystem.doctor import examine

    findings = examine(settings)
    show(options, settings, answers.doctor(findings))
    return 4 if any(finding.state == "wrong" for finding in findings) else 0
