"""What was loaded, as tables."""

from __future__ import annotations

from ecosystem.dataset import Dataset, counts
from ecosystem.loading import LoadReport
from ecosystem.tables import Answer, Table
from ecosystem.values import Text


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
    rows = [(kind, number) for kind, number in report.counts.items()]
    table = Table((Text("Вид", "Kind"), Text("В пакетите", "In the packs")), rows)
    return Answer(report.to_dict(), (table,), tuple(notes))


def restored(dataset: Dataset) -> Answer:
    """What was brought back."""
    rows = list(counts(dataset).items())
    note = Text(f"Възстановени записи: {len(dataset)}.", f"{len(dataset)} records restored.")
    table = Table((Text("Вид", "Kind"), Text("Записи", "Records")), rows)
    return Answer({"records": len(dataset), "counts": dict(rows)}, (table,), (note,))
