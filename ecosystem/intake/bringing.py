"""One import from its files to its entry in the log: read, mapped, compared, written at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ecosystem import garbage
from ecosystem.changelog import Said
from ecosystem.contents import Contents, Present
from ecosystem.dataset import Dataset, counts, diff, references
from ecosystem.errors import DataError, NotFoundError, Problem, SettingsError
from ecosystem.intake import cells, headings, refusals, remarks, telling
from ecosystem.intake import mapping as mappings
from ecosystem.intake.alike import LookAlike, fitting, same_but_for_place
from ecosystem.intake.apart import USUAL, Limits
from ecosystem.intake.drafting import drafted
from ecosystem.intake.drafts import Draft
from ecosystem.intake.gathering import graphs_of
from ecosystem.intake.imported import Imported, ImportedFile, NotImportedError
from ecosystem.intake.mapping import FileMapping
from ecosystem.intake.naming import may_be_replaced, not_another, pack_name
from ecosystem.intake.owned import Owned
from ecosystem.intake.places import Places
from ecosystem.intake.records import Records
from ecosystem.intake.sampling import samples, shortened
from ecosystem.intake.table_graph import TableGraph, Told
from ecosystem.io import exports, seeds
from ecosystem.io.packs import attributes
from ecosystem.loading import LoadReport, take_in
from ecosystem.model import City, Pack, Record, Source
from ecosystem.talking import Talk, quiet

MOST_SIMILAR = 500
MOST_MAPPING = 1024 * 1024


@dataclass(frozen=True)
class Wanted:
    """How files are to be imported: into which pack, by which mapping, or only tried.

    Without ``prune`` what an earlier version of the file had and this one has not stays.
    """

    pack: str = ""
    mapping: Path | None = None
    write_mapping: Path | None = None
    dry_run: bool = False
    prune: bool = True
    by: str = ""
    note: str = ""
    limits: Limits = USUAL


def bring(
    contents: Contents,
    files: Sequence[Path],
    wanted: Wanted,
    *,
    talk: Talk = quiet,
    before_removing: Callable[[], object] = lambda: None,
) -> Imported:
    """Bring files onto the map, each import in one transaction.

    Raises
    ------
    NotImportedError
        Where one of them cannot be read or loaded; nothing was changed.
    NotFoundError
        For a file that is not there.
    SettingsError
        For a mapping or a name of a pack that cannot be used.
    """
    with garbage.no_search():
        return _brought(contents, files, wanted, talk, before_removing)


def _brought(
    contents: Contents,
    files: Sequence[Path],
    wanted: Wanted,
    talk: Talk,
    before_removing: Callable[[], object],
) -> Imported:
    told = _mapping_file(wanted.mapping)
    present = contents.present()
    graphs = graphs_of(files, talk, wanted.limits)
    if len(graphs) > 1 and (wanted.pack or wanted.write_mapping or wanted.mapping):
        message = "--pack, --mapping: these files do not belong together."
        raise SettingsError(message, "Import them one by one.")
    prepared = [
        one
        if isinstance(one, ImportedFile)
        else prepare(one, present.everything, wanted, told, talk)
        for one in graphs
    ]
    # All of them are compared before any is written.
    tried = [_taken(contents, present, one, wanted, True, quiet) for one in prepared]
    if wanted.write_mapping is not None and tried[0].mapping:
        exports.write_text(mappings.toml(tried[0].mapping), wanted.write_mapping)
    if any(one.problems for one in tried):
        raise NotImportedError(Imported(tuple(tried)))
    if wanted.dry_run:
        return Imported(tuple(tried))
    return Imported(
        tuple(
            _taken(contents, contents.present(), one, wanted, False, talk, before_removing)
            for one in prepared
        )
    )


def _mapping_file(path: Path | None) -> Mapping[str, Any]:
    if path is None:
        return {}
    if not path.is_file():
        raise NotFoundError("file", str(path))
    try:
        with path.open("rb") as stream:
            text = stream.read(MOST_MAPPING).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name}: cannot be read: {error}.", "Write TOML.") from None
    return mappings.said(text, path.name)


@dataclass
class Prepared:
    """An import that is ready to be compared and written."""

    draft: Draft
    mapping: FileMapping
    dataset: Dataset
    pack: Pack
    places: Places
    similar: Sequence[LookAlike]
    moved: int


def prepare(
    graph: TableGraph,
    stored: Dataset,
    wanted: Wanted,
    told: Mapping[str, Any] = MappingProxyType({}),
    talk: Talk = quiet,
) -> Prepared | ImportedFile:
    """The records that a file makes beside what is ``stored``, or why it makes none.

    ``told`` is what a mapping file says.

    Raises
    ------
    SettingsError
        Where the pack may not be replaced, or the mapping names what is not there.
    """
    name = pack_name(graph, wanted.pack)
    files = cells.text(", ".join(graph.files))[0] or "file"
    former = stored.nodes.get(f"{Pack.prefix}:{name}")
    may_be_replaced(name, former, stored)
    kept = former.mapping if isinstance(former, Pack) else ""
    before = mappings.said(kept, name) if kept else {}
    mapping = _meant(graph, before, told, (name, str(wanted.mapping or "")))
    draft = drafted(graph, mapping, talk)
    if not draft.nodes:
        return _nothing(draft, mapping)
    others = stored.only(set(stored.packs) - {name})
    cities = [one for one in others.of_kind("City") if isinstance(one, City)]
    places = Places(cities, mapping.places)
    owned = _owned(draft, others)
    source = _source(graph, name, files, stored)
    records = Records(draft, name, source.id, others, places, owned)
    records.make()
    telling.places_taken(draft, places)
    telling.other_ties(draft, records.made.values())
    said = mappings.toml(mapping.to_dict())
    pack = _pack(graph, name, files, owned, said)
    needed = _needed(stored, others, name, records.made) if former else []
    made = Dataset.of((*records.made.values(), *needed, source, pack), records.at)
    if needed:
        draft.warn("", remarks.needed(len(needed)))
    old = stored.only([name])
    if not wanted.pack:
        not_another(old, made, name)
    return Prepared(draft, mapping, made, pack, places, records.similar, _moved(old, made))


def _meant(
    graph: TableGraph,
    before: Mapping[str, Any],
    told: Mapping[str, Any],
    origins: tuple[str, str],
) -> FileMapping:
    """What a file means: guessed, as its pack has kept it ``before``, as is ``told`` now."""
    said = [one.get("tables", {}) for one in (before, told)]
    tables = {
        name: {**said[0].get(name, {}), **said[1].get(name, {})} for one in said for name in one
    }
    headings.settle(graph, tables, _plain)
    graph.clean(_plain)
    mapping = mappings.guessed(graph)
    mappings.applied(mapping, before, False, origins[0])
    mappings.applied(mapping, told, True, origins[1])
    return mapping


def _plain(text: str) -> str:
    return cells.name(cells.text(text)[0])


def _pack(graph: TableGraph, name: str, files: str, owned: Owned, mapping: str) -> Pack:
    """The pack of the import, which keeps how its file is read."""
    return Pack(
        id=f"{Pack.prefix}:{name}",
        pack=name,
        name_en=files,
        attributes=owned.lines(),
        # As any text is kept, so that an export and a backup give it back.
        mapping=mapping.strip(),
        origin=files,
        sha256=graph.sha256,
    )


def _owned(draft: Draft, others: Dataset) -> Owned:
    """The attributes of the file's own columns, whose types its values tell."""
    owned = Owned(_declared(others))
    for node in draft.nodes:
        owned.see(node.kind, node.own.items())
    for tie in draft.ties:
        owned.see(fitting(tie)[0].kind, tie.own.items())
    return owned


def _nothing(draft: Draft, mapping: FileMapping) -> ImportedFile:
    """The answer for a file of which nothing would be on the map."""
    table = draft.graph.tables[0].name if draft.graph.tables else ""
    said = (refusals.NOTHING_NAMED, refusals.SAY_THE_NAME)
    return ImportedFile(
        draft.graph.files,
        draft.graph.format,
        nodes=draft.counted_nodes,
        ties=draft.counted_ties,
        dangling=draft.dangling,
        left_out=draft.left_out(),
        mapping=mapping.to_dict(),
        told=draft.warnings(),
        problems=[Problem(draft.graph.files[0], 0, table, said[0].en, said[1].en, said)],
        samples=samples(draft.graph, mapping),
    )


def _needed(
    stored: Dataset, others: Dataset, name: str, made: Mapping[str, Record]
) -> list[Record]:
    """Records that the file has no longer and that other packs refer to."""
    gone = {i: r for i, r in stored.only([name]).records.items() if i not in made}
    wanted = [i for record in others.records.values() for _, i in references(record) if i in gone]
    found: dict[str, Record] = {}
    while wanted:
        identity = wanted.pop()
        if identity in gone and identity not in found:
            found[identity] = gone[identity]
            wanted += [i for _, i in references(gone[identity])]
    return [one for one in found.values() if not isinstance(one, (Pack, Source))]


def _declared(others: Dataset) -> dict[tuple[str, str], str]:
    """The types under which other packs declare attributes."""
    return {
        (one.kind, one.name): one.type
        for pack in others.of_kind("Pack")
        if isinstance(pack, Pack)
        for one in attributes(pack)
    }


def _source(graph: TableGraph, name: str, files: str, stored: Dataset) -> Source:
    """The file as a source; read on the day on which these bytes were first read."""
    identity = f"{Source.prefix}:import-{name}"
    former = stored.nodes.get(identity)
    same = isinstance(former, Source) and former.sha256 == graph.sha256
    day = former.retrieved_on if same and isinstance(former, Source) else _today()
    return Source(
        id=identity,
        pack=name,
        name_en=files,
        source_type="file",
        publisher=files,
        retrieved_on=day,
        sha256=graph.sha256,
    )


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _moved(old: Dataset, made: Dataset) -> int:
    """How many records only stand elsewhere in the new version of the file."""
    changed = diff(old, made)
    return sum(map(same_but_for_place, changed.changed, changed.former))


def _taken(
    contents: Contents,
    present: Present,
    one: Prepared | ImportedFile,
    wanted: Wanted,
    dry_run: bool,
    talk: Talk,
    before_removing: Callable[[], object] = lambda: None,
) -> ImportedFile:
    """What becomes of one import: compared, and written unless ``dry_run``."""
    if isinstance(one, ImportedFile):
        return one
    read = seeds.Packs(one.dataset, (one.pack,), {})
    said = Said("import", wanted.by, wanted.note)
    try:
        report = take_in(
            contents,
            present,
            read,
            said,
            prune=wanted.prune,
            dry_run=dry_run,
            talk=talk,
            before_removing=before_removing,
        )
    except DataError as error:
        return _found(one, None, error.problems)
    return _found(one, report, ())


def _found(one: Prepared, report: LoadReport | None, problems: Sequence[Problem]) -> ImportedFile:
    draft, found = one.draft, one.places.found
    file = draft.graph.files[0]
    told = [*draft.warnings()]
    changes = None
    if report is not None:
        told += map(telling.of_a_load, report.warnings)
        changes = report.changes.to_dict()
        changes["changed"] -= one.moved
        if one.moved:
            told.append(Told(file, "", remarks.moved(one.moved)))
    written = {kind: number for kind, number in counts(one.dataset).items() if kind != "Pack"}
    return ImportedFile(
        draft.graph.files,
        draft.graph.format,
        one.pack.pack,
        draft.counted_nodes,
        draft.counted_ties,
        draft.self_loops,
        draft.dangling,
        written,
        sorted(draft.node_types),
        sorted(draft.tie_types),
        draft.left_out(),
        one.mapping.to_dict(),
        {
            "found": len(found.known) + len(found.new),
            "ambiguous": sorted(found.ambiguous),
            "unknown": sorted(found.unknown),
        },
        one.similar[:MOST_SIMILAR],
        told,
        problems,
        changes,
        report.change if report else "",
        bool(report and report.dry_run),
        samples(draft.graph, one.mapping),
        {**found.ambiguous, **{t: p for t, p in found.answered.items() if len(p) > 1}},
        shortened(report.changes) if report else None,
    )
