"""Graphs: GEXF, GraphML and node-link JSON as NetworkX writes them, and Kumu's blueprint."""

from __future__ import annotations

import io
import json
import re

from ecosystem.export.flat import Flat, Thing, Tie, Value

BETWEEN = "|"
"""Between the items of a list where a format has no lists; Kumu and the import read it so."""


_NEVER_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def gexf(flat: Flat) -> bytes:
    """GEXF 1.3: every tie is an edge of its own, its kind the label."""
    import networkx as nx  # a third of a second that most commands do not need

    graph = nx.MultiDiGraph()
    for one in flat.nodes:
        graph.add_node(one.id, label=_xml(one.name), kind=one.kind, **_plain(one))
    for number, tie in enumerate(flat.ties):
        said = _plain(tie)
        # NetworkX takes "type" for the direction, as the format does.
        said.pop("directed", None)
        graph.add_edge(*tie.ends, number, label=_xml(tie.word), type=direction(tie), **said)
    out = io.BytesIO()
    nx.write_gexf(graph, out, version="1.3")
    return out.getvalue()


def graphml(flat: Flat) -> bytes:
    """GraphML: every tie is an edge of its own, its kind the attribute ``type``."""
    import networkx as nx  # a third of a second that most commands do not need

    graph = nx.MultiDiGraph()
    for one in flat.nodes:
        graph.add_node(one.id, label=_xml(one.name), type=one.kind, **_plain(one))
    for number, tie in enumerate(flat.ties):
        graph.add_edge(*tie.ends, number, type=_xml(tie.word), **_plain(tie))
    out = io.BytesIO()
    # Not the writer that needs lxml, which may be there or not.
    nx.write_graphml_xml(graph, out, named_key_ids=True)
    return out.getvalue()


def node_link(flat: Flat) -> bytes:
    """Node-link JSON, as NetworkX and D3 read it; lists stay lists."""
    import networkx as nx  # a third of a second that most commands do not need

    graph = nx.MultiDiGraph()
    for one in flat.nodes:
        graph.add_node(one.id, label=one.name, type=one.kind, **one.values)
    for number, tie in enumerate(flat.ties):
        graph.add_edge(*tie.ends, number, type=tie.word, **tie.values)
    found = nx.node_link_data(graph, edges="links")
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def kumu(flat: Flat) -> bytes:
    """The JSON that Kumu imports: elements with ids, and connections between them."""
    elements = [
        {"id": one.id, "label": one.name, "type": one.kind, **one.values} for one in flat.nodes
    ]
    connections = [
        {"from": one, "to": other, "type": tie.word, **tie.values, "direction": direction(tie)}
        for tie in flat.ties
        for one, other in [tie.ends]
    ]
    found = {"elements": elements, "connections": connections}
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def direction(tie: Tie) -> str:
    """Whether a tie leads one way, in the words of Kumu and GEXF."""
    return "directed" if tie.directed else "undirected"


def joined(value: Value) -> str | int | float | bool:
    """A value where there are no lists."""
    if isinstance(value, tuple):
        return BETWEEN.join(one.replace(BETWEEN, "/") for one in value)
    return value


def _plain(item: Thing | Tie) -> dict[str, str | int | float | bool]:
    """What is recorded of it, as XML can hold it."""
    found = ((name, joined(value)) for name, value in item.values.items())
    return {name: _xml(value) if isinstance(value, str) else value for name, value in found}


def _xml(text: str) -> str:
    return _NEVER_IN_XML.sub("", text)
