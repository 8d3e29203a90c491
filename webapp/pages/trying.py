"""What an import would do, tried before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ecosystem.acts.importing import Import
from ecosystem.errors import SettingsError
from ecosystem.intake.imported import ImportedFile, NotImportedError
from ecosystem.intake.naming import PackRefusedError
from ecosystem.talking import Talk
from ecosystem.values import Text
from ecosystem.workspace import Workspace
from webapp.uploads import Upload

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ecosystem.dataset import ChangeSet


@dataclass(frozen=True)
class Tried:
    """What an import would do, at one revision of the store."""

    part: ImportedFile
    revision: int
    refused: Text | None = None
    advice: Text | None = None

    @property
    def changes(self) -> Sequence[int]:
        """How many records would be new, changed and gone, as the command and the log count."""
        changes = self.part.changes or {}
        return [changes.get(one, 0) for one in ("added", "changed", "removed")]

    @property
    def compared(self) -> ChangeSet | None:
        """The first of them."""
        return self.part.compared

    @property
    def writable(self) -> bool:
        """Whether there is anything that can be written."""
        return not self.refused and not self.part.problems and any(self.changes)


def act(upload: Upload, **said: Any) -> Import:
    return Import(files=upload.files, pack=upload.pack, mapping=upload.mapping, **said)


def tried(opened: Workspace, upload: Upload, talk: Talk) -> Tried:
    revision = opened.contents.present().revision
    try:
        found = act(upload, dry_run=True).bring(opened, talk)
    except NotImportedError as error:
        found = error.imported
    except PackRefusedError as error:
        return Tried(ImportedFile(upload.names), revision, error.told, error.advice)
    except SettingsError as error:
        told = Text("", error.message)
        return Tried(ImportedFile(upload.names), revision, told, Text("", error.hint))
    return Tried(found.parts[0], revision)


def said(form: Mapping[str, str], part: ImportedFile, pack: str) -> tuple[dict[str, Any], str]:
    """The mapping and the pack as the form has them; what it does not show stays."""
    mapping = part.mapping
    pack = form.get("pack", pack).strip()
    if not mapping:
        return {}, pack
    tables: dict[str, Any] = {}
    for number, (name, table) in enumerate(mapping["tables"].items()):
        columns = {
            column: form.get(f"column-{number}-{place}", meaning)
            for place, (column, meaning) in enumerate(table["columns"].items())
        }
        tables[name] = {
            "shape": form.get(f"shape-{number}", table["shape"]),
            "kind": form.get(f"kind-{number}", table["kind"]),
            "columns": columns,
        }
        if "organisation_too" in table:
            usual = "yes" if table["organisation_too"] else "no"
            tables[name]["organisation_too"] = form.get(f"too-{number}", usual) == "yes"
        if "header" in table:
            said = form.get(f"header-{number}", "yes" if table["header"] else "no")
            tables[name]["header"] = said == "yes"
            if tables[name]["header"] != table["header"]:
                # The columns are called otherwise then, and are guessed anew.
                tables[name]["columns"] = {}
    found: dict[str, Any] = {"tables": tables}
    for what in ("kinds", "ties"):
        found[what] = {
            word: form.get(f"{what}-{number}", meaning)
            for number, (word, meaning) in enumerate(mapping[what].items())
        }
    places = dict(mapping["places"])
    for number, text in enumerate(part.candidates):
        if answer := form.get(f"place-{number}"):
            places[text] = "" if answer == "none" else answer
    return {**found, "places": places}, pack
