"""From tables and their mapping to drafts: nodes, ties, and rows of participation."""

from __future__ import annotations

from collections.abc import Mapping

from ecosystem.intake import cells, losses, meanings, remarks
from ecosystem.intake.drafts import Draft, NodeDraft, TieDraft
from ecosystem.intake.mapping import FileMapping, TableMapping
from ecosystem.intake.meanings import KINDS, LISTS, TIES
from ecosystem.intake.participating import participations
from ecosystem.intake.spelled import words_of
from ecosystem.intake.table_graph import Row, Table, TableGraph

USUAL = "Organisation"
LINKED = "linked"
"""The word of a tie for which the file has none."""


def drafted(graph: TableGraph, mapping: FileMapping) -> Draft:
    """What the file states; every word of it and what it was taken for stands in the mapping."""
    draft = Draft(graph)
    shapes = {name: one.shape for name, one in mapping.tables.items()}
    known = _Known()
    for table in graph.tables:
        one = mapping.tables[table.name]
        if one.shape == "nodes":
            _nodes(draft, table, one, mapping, known)
        elif one.shape == "participation":
            participations(draft, table, one)
        elif one.shape == "leave-out":
            draft.leave(losses.table(table.name), len(table.rows))
    alone = "nodes" not in shapes.values()
    for table in graph.tables:
        if mapping.tables[table.name].shape == "ties":
            _ties(draft, table, mapping, known, alone)
    _parents(draft, known)
    return draft


class _Known:
    """Nodes by their ids and by their names, as ties name them."""

    def __init__(self) -> None:
        self.ids: dict[str, NodeDraft] = {}
        self.names: dict[str, list[NodeDraft]] = {}

    def add(self, node: NodeDraft) -> None:
        """Take a node in; of two with one id the first counts."""
        if node.key:
            self.ids.setdefault(node.key, node)
        self.names.setdefault(node.name, []).append(node)

    def find(self, word: str) -> NodeDraft | None:
        """The node with this id, else the only one of this name."""
        if word in self.ids:
            return self.ids[word]
        named = self.names.get(cells.name(word), [])
        return named[0] if len(named) == 1 else None


def kind_of(word: str, mapping: FileMapping, usual: str) -> tuple[str, str]:
    """The kind and the form for what the file calls a kind."""
    if word and word not in mapping.kinds:
        mapping.kinds[word] = KINDS.get(words_of(word), usual or USUAL)
    kind, _, form = (mapping.kinds[word] if word else usual or USUAL).partition("/")
    return kind, form


def _nodes(
    draft: Draft, table: Table, one: TableMapping, mapping: FileMapping, known: _Known
) -> None:
    columns = one.by_number(table)
    lists = any(meaning in LISTS for _, meaning in columns.values())
    listed: dict[tuple[str, str], NodeDraft] = {}
    rows: list[tuple[NodeDraft, Row]] = []
    for row in table.rows:
        said = {m: row.cells[n] for n, (_, m) in columns.items() if row.cells[n]}
        if not said:
            continue
        draft.counted_nodes += not lists
        if node := _node(draft, table, row, columns, said, mapping, one.kind, known):
            rows.append((node, row))
    for node, row in rows if lists else ():
        _lists(draft, node, row, columns, known, listed)
    if lists:
        distinct = {id(node) for node, _ in rows} | {
            id(node) for (kind, _), node in listed.items() if kind != "Theme"
        }
        draft.counted_nodes += len(distinct)


def _node(
    draft: Draft,
    table: Table,
    row: Row,
    columns: Mapping[int, tuple[str, str]],
    said: Mapping[str, str],
    mapping: FileMapping,
    usual: str,
    known: _Known,
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


def _lists(
    draft: Draft,
    node: NodeDraft,
    row: Row,
    columns: Mapping[int, tuple[str, str]],
    known: _Known,
    listed: dict[tuple[str, str], NodeDraft],
) -> None:
    """The ties to what the cells of a row list."""
    for number, (column, meaning) in columns.items():
        if meaning not in LISTS or not row.cells[number]:
            continue
        kind, tie = LISTS[meaning]
        for item in cells.items(cells.text(row.cells[number])[0]):
            other = known.find(item) if kind == "Organisation" else listed.get((kind, item))
            if other is None:
                other = NodeDraft(kind, item, row.place)
                draft.nodes.append(other)
                known.add(other)
            listed[kind, item] = other
            draft.counted_ties += 1
            if other is node:
                _self_loop(draft, row.place, node.name)
                continue
            ends = (other, node) if meaning == "members" else (node, other)
            draft.ties.append(TieDraft(*ends, tie, column, row.place, True))


def _self_loop(draft: Draft, place: str, name: str) -> None:
    draft.self_loops += 1
    draft.leave(losses.SELF_LOOPS)
    draft.warn(place, remarks.self_loop(name), remarks.self_loop("…"))


def _ties(draft: Draft, table: Table, mapping: FileMapping, known: _Known, alone: bool) -> None:
    columns = mapping.tables[table.name].by_number(table)
    for row in table.rows:
        said = {m: row.cells[n] for n, (_, m) in columns.items() if row.cells[n]}
        if not said:
            continue
        draft.counted_ties += 1
        word = cells.name(cells.text(said.get("tie", ""))[0])
        if word:
            draft.tie_types.add(word)
        ends = [_end(draft, said.get(side, ""), row, known, alone) for side in ("from", "to")]
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
            _self_loop(draft, row.place, source.name)
        else:
            _tie(draft, table, row, columns, (source, target), word, mapping)


def _end(draft: Draft, word: str, row: Row, known: _Known, alone: bool) -> NodeDraft | None:
    found = known.find(word) if word else None
    if found is None and alone and (name := cells.name(cells.text(word)[0])):
        # A sheet of ties alone names its nodes by the way.
        found = NodeDraft(USUAL, name, row.place)
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
    if word and word not in mapping.ties:
        mapping.ties[word] = TIES.get(words_of(word), "RELATED_TO")
    kind = mapping.ties.get(word, "RELATED_TO")
    if kind == meanings.LEAVE:
        draft.leave(losses.ties(word))
        return
    tie = TieDraft(*ends, kind, word or LINKED, row.place, table.directed)
    for number, (column, meaning) in columns.items():
        value = row.cells[number]
        if not value or meaning in ("from", "to", "tie") or draft.drops(column, meaning):
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


def _parents(draft: Draft, known: _Known) -> None:
    """What a node is a part of: a tie where the file has both, else an attribute."""
    for node in list(draft.nodes):
        said = node.said.pop("parent", "")
        parent = known.find(said) if said else None
        if parent is not None and parent is not node:
            draft.ties.append(TieDraft(node, parent, "PART_OF", "part of", node.place, True))
        elif said:
            node.own["part of"] = said
