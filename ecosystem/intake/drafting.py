"""From tables and their mapping to drafts: nodes, ties, and rows of participation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from ecosystem.intake import cells, losses, meanings, remarks, words
from ecosystem.intake.drafts import LINKED, Draft, NodeDraft, TieDraft
from ecosystem.intake.known import Known
from ecosystem.intake.listing import listed, self_loop
from ecosystem.intake.mapping import FileMapping, TableMapping
from ecosystem.intake.meanings import KINDS, LISTS, POSTS, TIES
from ecosystem.intake.merging import derived_once, one_of_each
from ecosystem.intake.participating import participations
from ecosystem.intake.spelled import words_of
from ecosystem.intake.table_graph import Row, Table, TableGraph
from ecosystem.model import EDGE_KINDS
from ecosystem.talking import Talk, quiet
from ecosystem.values import Text

USUAL = "Organisation"
_OF_TIES = ("from", "to", "tie", "from_type", "to_type")
_PARTS = re.compile(r"\s*[/,;&+]\s*|\s+(?:and|и)\s+")
"""Between the words of a tie that is called several things at once: *Employee/Founder*."""


def drafted(graph: TableGraph, mapping: FileMapping, talk: Talk = quiet) -> Draft:
    """What the file states; every word of it and what it was taken for stands in the mapping."""
    draft = Draft(graph, talk=talk, doing=f"Reading what {', '.join(graph.files)} means ...")
    shapes = {name: one.shape for name, one in mapping.tables.items()}
    known = Known()
    for table in graph.tables:
        one = mapping.tables[table.name]
        tell_unused(draft, table, one)
        if one.shape == "nodes":
            _nodes(draft, table, one, mapping, known)
        elif one.shape == "participation":
            participations(draft, table, one)
        elif one.shape == "leave-out":
            draft.leave(losses.table(table.name), len(table.rows))
    alone = "nodes" not in shapes.values()
    known = one_of_each(draft)
    for table in graph.tables:
        if mapping.tables[table.name].shape == "ties":
            _ties(draft, table, mapping, known, alone)
    _parents(draft, known)
    if alone:
        one_of_each(draft)
    derived_once(draft)
    return draft


def tell_unused(draft: Draft, table: Table, one: TableMapping) -> None:
    """Say of each column whose meaning says nothing in such rows what becomes of it."""
    used = meanings.USED.get(one.shape)
    for number, (column, meaning) in one.by_number(table).items():
        if used is None or meaning in used:
            continue
        filled = sum(bool(row.cells[number]) for row in table.rows)
        if not filled:
            continue
        if meaning in meanings.LOST.get(one.shape, ()):
            draft.leave(losses.column_unused(column), filled)
            continue
        said = words.MEANINGS.get(meaning, Text(meaning, meaning))
        draft.warn("", remarks.not_used(column, said, words.SHAPES[one.shape]))


def kind_of(word: str, mapping: FileMapping, usual: str) -> tuple[str, str]:
    """The kind and the form for what the file calls a kind."""
    if word and word not in mapping.kinds:
        mapping.kinds[word] = KINDS.get(words_of(word), usual or USUAL)
    kind, _, form = (mapping.kinds[word] if word else usual or USUAL).partition("/")
    return kind, form


def _nodes(
    draft: Draft, table: Table, one: TableMapping, mapping: FileMapping, known: Known
) -> None:
    columns = one.by_number(table)
    lists = any(meaning in LISTS for _, meaning in columns.values())
    rows: list[tuple[NodeDraft, Row]] = []
    for row in draft.through(table.rows):
        said = {m: row.cells[n] for n, (_, m) in columns.items() if row.cells[n]}
        if not said:
            continue
        draft.counted_nodes += not lists
        if node := _node(draft, table, row, columns, said, mapping, one.kind, known):
            rows.append((node, row))
    if lists:
        draft.counted_nodes += len(
            {id(node) for node, _ in rows} | _lists(draft, rows, columns, known)
        )


def _lists(
    draft: Draft,
    rows: Sequence[tuple[NodeDraft, Row]],
    columns: Mapping[int, tuple[str, str]],
    known: Known,
) -> set[int]:
    """The ties to what the cells of all rows list; the ids of what they name, themes aside."""
    there: dict[tuple[str, str], NodeDraft] = {}
    for node, row in rows:

        def find(kind: str, name: str, place: str = row.place) -> NodeDraft:
            found = known.find(name) if kind == "Organisation" else there.get((kind, name))
            if found is None:
                found = NodeDraft(kind, name, place)
                draft.nodes.append(found)
                known.add(found)
            there[kind, name] = found
            return found

        for number, (column, meaning) in columns.items():
            if meaning in LISTS and row.cells[number]:
                listed(draft, node, (column, meaning, row.cells[number]), row.place, find)
    return {id(node) for (kind, _), node in there.items() if kind != "Theme"}


def _node(
    draft: Draft,
    table: Table,
    row: Row,
    columns: Mapping[int, tuple[str, str]],
    said: Mapping[str, str],
    mapping: FileMapping,
    usual: str,
    known: Known,
) -> NodeDraft | None:
    """The node of a row; None where it has no name, or the mapping leaves its kind out."""
    word = cells.name(cells.text(said.get("type", ""))[0])
    if word:
        draft.node_types.add(word)
    kind, form = kind_of(word, mapping, usual)
    key = said.get("id", "").strip()
    called = next((said[one] for one in ("name", "name_en", "name_bg") if said.get(one)), key)
    name, contact = cells.text(called)
    name = cells.name(name)
    if not name or kind == meanings.LEAVE:
        draft.leave(losses.NODES_SAID if name else losses.NAMELESS)
        if not name:
            draft.warn(row.place, remarks.NAMELESS)
        return None
    if contact:
        draft.leave(losses.CONTACT)
    found = (
        known.ids.get(key)
        if key
        else next((n for n in known.names.get(name, []) if n.kind == kind and not n.key), None)
    )
    if found is None or found.name != name:
        found = NodeDraft(kind, name, row.place, form, key)
        draft.nodes.append(found)
        known.add(found)
    else:
        draft.leave(losses.REPEATED_NODES)
        draft.warn(row.place, remarks.repeated(name), remarks.repeated("…"))
    _fill(draft, table, row, columns, found)
    return found


def _fill(
    draft: Draft, table: Table, row: Row, columns: Mapping[int, tuple[str, str]], node: NodeDraft
) -> None:
    """Put the cells of a row into its node."""
    for number, (column, meaning) in columns.items():
        value = row.cells[number]
        if not value or draft.drops(column, meaning) or meaning in LISTS:
            continue
        place = table.place(row, number)
        if meaning == meanings.OWN or (meaning == "type" and not node.form):
            node.own.setdefault(column, value)
        elif meaning == "id":
            if node.key and node.key != node.name:
                node.own.setdefault(column, value)
        elif meaning != "name" and not node.put(meaning, value, place):
            draft.warn(place, remarks.another(node.name, column), remarks.another("…", column))


def _ties(draft: Draft, table: Table, mapping: FileMapping, known: Known, alone: bool) -> None:
    columns = mapping.tables[table.name].by_number(table)
    found: list[tuple[Row, tuple[NodeDraft, NodeDraft], str]] = []
    for row in draft.through(table.rows):
        said = {m: row.cells[n] for n, (_, m) in columns.items() if row.cells[n]}
        if not said:
            continue
        draft.counted_ties += 1
        word = cells.name(cells.text(said.get("tie", ""))[0])
        if word:
            draft.tie_types.add(word)
        ends = [
            known.find(said[side]) or _by_the_way(draft, said, side, row, known, mapping, alone)
            if said.get(side)
            else None
            for side in ("from", "to")
        ]
        source, target = ends
        if source is None or target is None:
            draft.dangling += 1
            named = [
                said.get(side, "")
                for side, end in zip(("from", "to"), ends, strict=True)
                if end is None
            ]
            draft.leave(losses.DANGLING)
            draft.warn(row.place, remarks.dangling(named), remarks.dangling("…"))
        elif source is target:
            self_loop(draft, row.place, source.name)
        else:
            found.append((row, (source, target), word))
    _guess_ties(mapping, found)
    for row, (source, target), word in found:
        _tie(draft, table, row, columns, (source, target), word, mapping)


def _guess_ties(
    mapping: FileMapping, found: Sequence[tuple[Row, tuple[NodeDraft, NodeDraft], str]]
) -> None:
    """Take each word for a kind of ours by what it says and between what it stands."""
    ends: dict[str, set[tuple[str, str]]] = {}
    for _, (source, target), word in found:
        if word and word not in mapping.ties:
            ends.setdefault(word, set()).add((source.kind, target.kind))
    for word, pairs in ends.items():
        said = words_of(word)
        parts = [said, *(words_of(part) for part in _PARTS.split(word))]
        kinds = [TIES[one] for one in parts if one in TIES]
        if all("Person" in pair for pair in pairs) and not POSTS.isdisjoint(parts):
            kinds.append("MEMBER_OF")
        fit = (k for k in kinds if pairs & {*EDGE_KINDS[k].ends, *_turned(EDGE_KINDS[k].ends)})
        mapping.ties[word] = next(fit, TIES.get(said, "RELATED_TO"))


def _turned(ends: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    return ((target, source) for source, target in ends)


def _by_the_way(
    draft: Draft,
    said: Mapping[str, str],
    side: str,
    row: Row,
    known: Known,
    mapping: FileMapping,
    alone: bool,
) -> NodeDraft | None:
    """The end that a sheet of ties alone names by the way, of the kind that it says."""
    name = cells.name(cells.text(said[side])[0])
    if not alone or not name:
        return None
    word = cells.name(cells.text(said.get(f"{side}_type", ""))[0])
    if word:
        draft.node_types.add(word)
    kind, form = kind_of(word, mapping, USUAL)
    if kind == meanings.LEAVE:
        return None
    found = NodeDraft(kind, name, row.place, form)
    draft.nodes.append(found)
    draft.counted_nodes += 1
    known.add(found)
    return found


def _tie(
    draft: Draft,
    table: Table,
    row: Row,
    columns: Mapping[int, tuple[str, str]],
    ends: tuple[NodeDraft, NodeDraft],
    word: str,
    mapping: FileMapping,
) -> None:
    kind = mapping.ties.get(word, "RELATED_TO")
    if kind == meanings.LEAVE:
        draft.leave(losses.ties(word))
        return
    tie = TieDraft(*ends, kind, word or LINKED, row.place, table.directed)
    for number, (column, meaning) in columns.items():
        value = row.cells[number]
        if not value or meaning in _OF_TIES or draft.drops(column, meaning):
            continue
        if meaning == "direction":
            tie.directed = _directed(value, tie.directed)
        elif meaning in ("since", "until"):
            tie.said[meaning] = value
        elif meaning != "id":
            tie.own[column] = value
    draft.ties.append(tie)


def _directed(value: str, usual: bool | None) -> bool | None:
    word = value.strip().casefold()
    if word in ("directed", "yes", "true", "1", "да", "forward"):
        return True
    return False if word in ("undirected", "mutual", "no", "false", "0", "не") else usual


def _parents(draft: Draft, known: Known) -> None:
    """What a node is a part of: a tie where the file has both, else an attribute."""
    for node in list(draft.nodes):
        said = node.said.pop("parent", "")
        parent = known.find(said) if said else None
        if parent is not None and parent is not node:
            draft.ties.append(TieDraft(node, parent, "PART_OF", "part of", node.place, True))
        elif said:
            node.own["part of"] = said
