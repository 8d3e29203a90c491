"""What was loaded, written, stopped or examined."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ecosystem.doctor import Finding
from ecosystem.loading import LoadReport
from ecosystem.tables import Answer, Table
from ecosystem.values import Text

WARNINGS_SHOWN = 5


def load_report(report: LoadReport) -> Answer:
    """What was loaded."""
    changes = report.changes.to_dict()
    packs = ", ".join(report.packs)
    would = Text("Проверка без запис: ", "Dry run: ") if report.dry_run else Text("", "")
    notes: list[Text | str] = [
        Text(
            f"{would.bg}{packs}: добавени {changes['added']}, променени {changes['changed']}, "
            f"премахнати {changes['removed']} (редакция {report.revision}).",
            f"{would.en}{packs}: {changes['added']} added, {changes['changed']} changed, "
            f"{changes['removed']} removed (revision {report.revision}).",
        )
    ]
    if report.kept:
        notes.append(
            Text(
                f"{report.kept} записа вече не са в пакета и остават; --prune ги премахва.",
                f"{report.kept} records are no longer in the packs and stay; --prune removes them.",
            )
        )
    notes += _warnings(report)
    rows = [(kind, number) for kind, number in report.counts.items()]
    table = Table((Text("Вид", "Kind"), Text("В пакетите", "In the packs")), rows)
    return Answer(report.to_dict(), (table,), tuple(notes))


def _warnings(report: LoadReport) -> list[Text | str]:
    """What was loaded and cannot all be right: the first of it, and how much there is."""
    found = report.warnings
    if not found:
        return []
    head = Text(
        f"Внимание: записи, които си противоречат с други: {len(found)}. Вижте ги с 'ecosystem "
        "contradictions'.",
        f"Warning: records that contradict others: {len(found)}. See them with 'ecosystem "
        "contradictions'.",
    )
    return [head, *(str(one) for one in found[:WARNINGS_SHOWN])]


def files(paths: Sequence[Path]) -> Answer:
    """The files that were written."""
    names = [str(path) for path in paths]
    return Answer({"files": names}, (Table(("",), [(name,) for name in names]),))


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
