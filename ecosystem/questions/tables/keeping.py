"""What was loaded, changed, taken back and forgotten, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ecosystem.dataset import Dataset, counts
from ecosystem.desk import MATTERS
from ecosystem.loading import LoadReport
from ecosystem.model import Change, columns
from ecosystem.questions.tables.deciding import state
from ecosystem.questions.tables.importing import alike
from ecosystem.tables import Answer, Figure, Table, date
from ecosystem.values import Text

if TYPE_CHECKING:
    from ecosystem.questions.keeping import Done


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
    if report.change:
        notes.append(
            Text(
                f"ecosystem undo {report.change} връща промяната.",
                f"ecosystem undo {report.change} takes it back.",
            )
        )
    if report.alike:
        notes.append(alike(report.alike))
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


def called(done: Done) -> Text:
    """What was done, in a few words."""
    if done.decision:
        about, said = MATTERS[done.decision.matter].title, state(done.decision)
        return Text(f"{about.bg}: {said.bg}", f"{about.en}: {said.en}")
    words = columns(Change)["what"].choices[done.what]
    about_ = done.undoes or ", ".join(done.packs)
    return Text(f"{words.bg} {about_}".strip(), f"{words.en} {about_}".strip())


def changes(found: Sequence[Done], values: Any) -> Answer:
    """Everything that was changed, the last first."""
    headers = (
        Text("Номер", "Id"),
        Text("Кога", "When"),
        Text("Кой", "Who"),
        Text("Какво", "What"),
        Text("Защо", "Why"),
        Text("Добавени", "Added"),
        Text("Променени", "Changed"),
        Text("Премахнати", "Removed"),
        Text("Може ли да се върне", "Can it be taken back"),
    )
    rows = [
        (
            one.id,
            moment(one.at),
            one.by,
            called(one),
            one.why,
            one.added,
            one.changed,
            one.removed,
            answered(one),
        )
        for one in found
    ]
    nothing = Text("Още нищо не е променяно.", "Nothing was changed yet.")
    return Answer(values, (Table(headers, rows),) if rows else (), () if rows else (nothing,))


def moment(at: str) -> Figure:
    """A second as people read it, in universal time; programs read it as it is stored."""
    shown, clock = date(at[:10]), at[11:16]
    words = shown.text
    assert isinstance(words, Text)
    return Figure(at, Text(f"{words.bg} {clock}".strip(), f"{words.en} {clock}".strip()))


def answered(done: Done) -> Text:
    """Whether something can be taken back, and why not."""
    if done.why_not is not None:
        return Text(f"не: {done.why_not.bg}", f"no: {done.why_not.en}")
    if not done.decisions:
        return Text("да", "yes")
    number = len(done.decisions)
    return Text(
        f"да; остават решения без предмет: {number}",
        f"yes; decisions left about nothing: {number}",
    )


def undone(taken: Done, change: str, values: dict[str, Any]) -> Answer:
    """What was taken back, or with a dry run would be; which decisions are about nothing now."""
    what = called(taken)
    numbers = f"{values['added']} / {values['changed']} / {values['removed']}"
    said = Text("Върнато", "Taken back") if change else Text("Би се върнало", "Would be taken back")
    notes = [
        Text(
            f"{said.bg}: {taken.id}, {what.bg} (добавени / променени / премахнати: {numbers}).",
            f"{said.en}: {taken.id}, {what.en} (added / changed / removed: {numbers}).",
        )
    ]
    if taken.decisions:
        listed = ", ".join(taken.decisions)
        notes.append(
            Text(
                f"Решения за нещо, което вече го няма; те остават: {listed}.",
                f"Decisions about what is not there any more; they stay: {listed}.",
            )
        )
    if change:
        notes.append(
            Text(
                f"ecosystem undo {change} го връща отново.",
                f"ecosystem undo {change} puts it back.",
            )
        )
    return Answer(values, (), tuple(notes))


def forgot(values: dict[str, Any]) -> Answer:
    """What was or would be removed of a person, and where they still stand."""
    removed = Table(
        (Text("Вид", "Kind"), Text("Премахнати", "Removed")), tuple(values["removed"].items())
    )
    tables = (removed, *(table for table in _names_in_texts(values) if table.rows))
    return Answer(values, tables, (_forgotten(values), *_still_holding(values)))


def _forgotten(values: dict[str, Any]) -> Text:
    numbers = sum(values["removed"].values()), values["cleaned"], values["rewritten"]
    told = Text("Забравено. Премахнати", "Forgotten. Records removed")
    if values["dry_run"]:
        told = Text(
            "Нищо не е променено. Биха се премахнали",
            "Nothing was changed. Records that would be removed",
        )
    return Text(
        f"{told.bg} записи: {numbers[0]}, други без името: {numbers[1]}, "
        f"пренаписани промени в дневника: {numbers[2]}.",
        f"{told.en}: {numbers[0]}, others without the name: {numbers[1]}, "
        f"changes of the log written anew: {numbers[2]}.",
    )


def _still_holding(values: dict[str, Any]) -> Iterator[Text]:
    """Where the person or the name still stands, and what is done about it."""
    if values["standing"]:
        yield Text(
            "Името остава в изброените текстове: отделна дума от него може да назовава друго, а "
            "собствените имена на записите се променят само от тези, които ги водят. Прегледайте "
            "ги сами.",
            "A name is left in the texts listed: one word of it may be the name of something else, "
            "and what a record is called itself is changed by its keepers alone. Look at them.",
        )
    if not values["copies"]:
        yield Text(
            "Никое копие в папката с данни не съдържа човека.",
            "No backup in the data folder holds the person.",
        )
    for copy in values["copies"]:
        why = Text("още съдържа човека", "still holds the person")
        if not copy["readable"]:
            why = Text("не може да се прочете", "cannot be read")
        yield Text(
            f"{copy['file']} ({copy['day']}): {why.bg}; премахва се с rm.",
            f"{copy['file']} ({copy['day']}): {why.en}; remove it with rm.",
        )
    if not values["dry_run"]:
        yield Text(
            "Дневникът на самата база се изчиства, когато тя спре: ecosystem stop.",
            "The journal of the embedded engine itself is cleared when it ends: ecosystem stop.",
        )
    yield Text(
        "Копия, изнесени файлове и пакети другаде трябва да намерите и премахнете сами.",
        "Backups, exports and packs elsewhere are yours to find and remove.",
    )


def _names_in_texts(values: dict[str, Any]) -> tuple[Table, Table]:
    """The texts that lose the name, before and after, and those in which one is left."""
    where = Text("Запис", "Record"), Text("Колона", "Column")
    lost = Table(
        (*where, Text("Преди", "Before"), Text("След това", "After")),
        [(one["record"], one["column"], one["before"], one["after"]) for one in values["texts"]],
    )
    own = Text("записът се казва така", "the record is called so")
    word = Text("само една дума от името", "one word of the name alone")
    left = Table(
        (*where, Text("Остава", "Left standing"), Text("Защо", "Why")),
        [
            (one["record"], one["column"], one["text"], own if one["own"] else word)
            for one in values["standing"]
        ],
    )
    return lost, left
