"""A new pack: every file of the model with its header, an example that loads, and help."""

from __future__ import annotations

from pathlib import Path

from ecosystem.errors import ExportError
from ecosystem.io.exports import cannot_write, taken
from ecosystem.io.packs import pack_toml
from ecosystem.io.seeds import FILES, csv_lines
from ecosystem.model import (
    LOCAL_KINDS,
    Edge,
    Event,
    Node,
    Organisation,
    Pack,
    ParticipatesIn,
    Record,
    Source,
    columns,
    seed_columns,
)
from ecosystem.values import Text

FILLED = {file: kind for file, kind in FILES.items() if kind.kind not in LOCAL_KINDS}
"""The files that people fill: not what is decided and noted in the application."""


def new_pack(folder: Path) -> list[Path]:
    """The files made in ``folder``, which must not exist or be empty.

    The pack loads as it is: its example rows are marked illustrative.

    Raises
    ------
    ExportError
        Where the folder holds something, cannot be written, or its name is no pack name.
    """
    name = folder.resolve().name.lower().replace("_", "-").replace(" ", "-")
    if not name.replace("-", "").isalnum() or not name.isascii():
        raise ExportError(
            Text(
                f"{folder}: {name!r} не може да е име на пакет.",
                f"{folder}: {name!r} is not a pack name.",
            ),
            Text("Може с a до z, 0 до 9 и тирета.", "Use a to z, 0 to 9, hyphens."),
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportError(taken(folder), Text("Посочете нова папка.", "Name a new folder."))
    examples = _examples(name)
    pack = Pack(id=f"pack:{name}", pack=name, name_bg="Нов пакет", name_en="New pack")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = [folder / "pack.toml", folder / "README.md"]
        made[0].write_text(pack_toml(pack), encoding="utf-8")
        made[1].write_text(_help(name), encoding="utf-8")
        for file, kind in FILLED.items():
            rows = [record for record in examples if type(record) is kind]
            made.append(folder / file)
            made[-1].write_text("".join(csv_lines(kind, rows)), encoding="utf-8")
    except OSError as error:
        raise cannot_write(folder, error) from None
    return made


def _examples(pack: str) -> list[Record]:
    organisation, event = f"org:{pack}-example", f"event:{pack}-example"
    return [
        Organisation(
            id=organisation,
            pack=pack,
            name_bg="Примерна организация",
            name_en="Example organisation",
            form="company",
            standing="illustrative",
        ),
        Event(
            id=event,
            pack=pack,
            name_bg="Примерна среща",
            name_en="Example meeting",
            since="2026-05-14",
            until="2026-05-14",
            standing="illustrative",
        ),
        Source(
            id=f"source:{pack}-example",
            pack=pack,
            name_en="Guest list of the example meeting",
            publisher="Example publisher",
            published_on="2026-05-20",
        ),
        ParticipatesIn(
            pack=pack,
            source=organisation,
            target=event,
            role="participant",
            standing="illustrative",
            sources=(f"source:{pack}-example#line 1",),
        ),
    ]


def _help(pack: str) -> str:
    lines = [
        f"# Pack {pack}",
        "",
        "One CSV file per kind of node or tie, UTF-8 with commas. Delete the example rows, fill in",
        "yours, delete the files that you do not need, then `ecosystem load` this folder.",
        "",
        "- An id is `prefix:name-in-ascii`, chosen once and never changed; ties need none.",
        "- Several values in one cell are separated by `|`. An empty cell means *unknown*.",
        "- Dates are 2026, 2026-05 or 2026-05-14; `until` may be `ongoing`.",
        "- Money is in whole minor units (cents, stotinki) with its currency code; in whole units",
        "  where a currency has no minor ones, as JPY.",
        "- `standing` is documented, reported, inferred (then name the `rule`) or illustrative;",
        "  the first two need `sources`: `source:id#where-in-it`.",
        "- Two ties of one kind between the same ends differ in `key`.",
        "- No e-mail addresses and no phone numbers.",
        "",
    ]
    for file, kind in FILLED.items():
        lines += [f"## {file}", "", (kind.__doc__ or "").splitlines()[0], ""]
        if issubclass(kind, Edge):
            pairs = ", ".join(f"{a} → {b}" for a, b in kind.ends)
            lines += [f"Leads {pairs}.", ""]
        else:
            lines += [f"Ids begin with `{kind.prefix}:`.", ""]
        lines += [_column_help(kind, name) for name in seed_columns(kind)] + [""]
    return "\n".join(lines)


def _column_help(kind: type[Node] | type[Edge], name: str) -> str:
    column = columns(kind).get(name)
    if column is None:
        return f"- `{name}`: an id, always needed"
    what = f"one of {', '.join(column.choices)}" if column.choices else column.what
    if column.refers_to and column.refers_to != ("*",):
        what = f"id of a {' or '.join(column.refers_to)}"
    if column.low is not None:
        what += f", from {column.low:g}" + (f" to {column.high:g}" if column.high else "")
    return f"- `{name}`: {what}{', several' if column.many else ''}" + (
        ", always needed" if column.required else ""
    )
