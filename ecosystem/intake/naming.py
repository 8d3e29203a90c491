"""Into which pack an import goes: by what its file is called, and never in the place of another."""

from __future__ import annotations

from ecosystem.dataset import Dataset
from ecosystem.errors import SettingsError
from ecosystem.intake.spelled import slug
from ecosystem.intake.table_graph import TableGraph
from ecosystem.model import LOCAL_PACK, Pack, Record
from ecosystem.values import Text

LONGEST_PACK = 60


class PackRefusedError(SettingsError):
    """A pack into which this file may not go; ``told`` says why in both languages."""

    def __init__(self, told: Text, advice: Text) -> None:
        self.told, self.advice = told, advice
        super().__init__(Text(f"--pack: {told.bg}", f"--pack: {told.en}"), advice)


def pack_name(graph: TableGraph, said: str) -> str:
    """The name that was said, else that of the file.

    Raises
    ------
    PackRefusedError
        Where that is no name of a pack.
    """
    stem = graph.files[0].rpartition(".")[0] or graph.files[0]
    name = said or slug(stem)[:LONGEST_PACK].strip("-")
    if name == LOCAL_PACK or not (name.isascii() and name.replace("-", "").isalnum()):
        raise PackRefusedError(
            Text(f"„{name}“ не може да е име на пакет.", f"{name!r} is not a pack name."),
            Text("Може с a до z, 0 до 9 и тирета.", "Use a to z, 0 to 9, hyphens."),
        )
    return name


def may_be_replaced(name: str, former: Record | None, stored: Dataset) -> None:
    """An import takes the place of an earlier import alone, never of another pack."""
    imported = isinstance(former, Pack) and former.origin
    if name in stored.packs and not imported:
        raise PackRefusedError(
            Text(
                f"„{name}“ е пакет, който не е внесен от файл.",
                f"{name!r} is a pack that was not imported.",
            ),
            Text("Дайте на пакета друго име.", "Say another name with --pack."),
        )


def not_another(old: Dataset, made: Dataset, name: str) -> None:
    """A file that has hardly anything of the earlier one is another that is called the same."""
    gone = sum(one not in made.records for one in old.records)
    if gone * 2 > len(old.records):
        raise PackRefusedError(
            Text(
                f"„{name}“ вече е внесен, а {gone} негови записа липсват в този файл.",
                f"{name!r} is an earlier import, of which this file lacks {gone} records.",
            ),
            Text(
                "Ако това е следващата му версия, потвърдете името; ако не е, дайте друго.",
                f"Say --pack {name} if it is its next version, else another name.",
            ),
        )
