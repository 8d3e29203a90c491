"""What was written, stopped or examined."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ecosystem import figures
from ecosystem.tables import Answer, Table
from ecosystem.values import Language, Text

if TYPE_CHECKING:
    from ecosystem.doctor import Finding
    from ecosystem.export import Written


def files(paths: Sequence[Path]) -> Answer:
    """The files that were written."""
    names = [str(path) for path in paths]
    return Answer({"files": names}, (Table(("",), [(name,) for name in names]),))


def exported(target: Path, made: Written) -> Answer:
    """A file in a format of others: how many entities and ties it holds, what it does not."""
    values = {
        "files": [str(target)],
        "nodes": made.nodes,
        "ties": made.ties,
        "left_out": [{"what": one.what.en, "count": one.count} for one in made.left_out],
    }
    return Answer(values, (Table(("",), [(str(target),)]),))


def left_out(made: Written, lang: Language) -> str:
    """What did not come along, in a line."""
    listed = ", ".join(
        f"{one.what.show(lang)[0]} {figures.number(one.count, lang)}" for one in made.left_out
    )
    nodes, ties = (figures.number(count, lang) for count in (made.nodes, made.ties))
    said = Text(
        f"Обекти: {nodes}, връзки: {ties}. Не влизат: {listed or 'нищо не е пропуснато'}. "
        "Без загуба е само .jsonl или папка.",
        f"Entities: {nodes}, ties: {ties}. Not in it: {listed or 'nothing was left out'}. "
        "Only .jsonl or a folder is without loss.",
    )
    return said.show(lang)[0]


def migrated(backup: Path | None) -> Answer:
    """The backup that was made before a store was brought to this version; None for no need."""
    said = Text("Хранилището е от тази версия.", "The store is of this version.")
    if backup:
        said = Text(
            f"Хранилището вече е от тази версия; преди това е записано копие: {backup}",
            f"The store is of this version now; a backup of it was made before: {backup}",
        )
    return Answer({"backup": str(backup) if backup else None}, (), (said,))


def stopped(ended: bool) -> Answer:
    """Whether an engine was running and has ended."""
    said = Text("Не работеше вградена база данни.", "No embedded engine was running.")
    if ended:
        said = Text("Вградената база данни е спряна.", "The embedded engine has ended.")
    return Answer({"ended": ended}, (), (said,))


def doctor(findings: Sequence[Finding]) -> Answer:
    """What the doctor saw."""
    signs = {"good": "✓", "note": "·", "wrong": "✗"}
    cells = [(signs[one.state], one.name, f"{one.seen} {one.advice}".strip()) for one in findings]
    return Answer([one.to_dict() for one in findings], (Table(("", "", ""), cells),))
