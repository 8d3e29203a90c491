"""The map in the formats of others: what each holds, and what it cannot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ecosystem.dataset import Dataset
from ecosystem.errors import ParameterError
from ecosystem.export import cypher, followthemoney, graphs, linked, workbooks
from ecosystem.export.flat import Flat, LeftOut, flat
from ecosystem.values import Language, Text


class Written(NamedTuple):
    """The bytes of a file, how many entities and ties it holds, and what does not come along."""

    content: bytes
    nodes: int
    ties: int
    left_out: tuple[LeftOut, ...]


Write = Callable[[Flat, date], tuple[bytes, tuple[LeftOut, ...]]]


@dataclass(frozen=True)
class Form:
    """A format: the ending of its files, what they are, what they are for, and what writes them."""

    name: str
    ending: str
    media_type: str
    title: Text
    write: Write


def _whole(write: Callable[[Flat], bytes]) -> Write:
    return lambda found, _made: (write(found), ())


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS: Mapping[str, Form] = {
    form.name: form
    for form in (
        Form(
            "xlsx",
            ".xlsx",
            XLSX,
            Text("Работна книга: лист за всеки вид", "Workbook: a sheet for each kind"),
            lambda found, made: (workbooks.workbook(found, made), ()),
        ),
        Form(
            "gexf",
            ".gexf",
            "application/gexf+xml",
            Text("GEXF 1.3 за Gephi", "GEXF 1.3 for Gephi"),
            _whole(graphs.gexf),
        ),
        Form(
            "graphml",
            ".graphml",
            "application/graphml+xml",
            Text("GraphML за yEd, igraph, Cytoscape", "GraphML for yEd, igraph, Cytoscape"),
            _whole(graphs.graphml),
        ),
        Form(
            "kumu-json",
            ".kumu.json",
            "application/json",
            Text("Kumu, като JSON", "Kumu, as JSON"),
            _whole(graphs.kumu),
        ),
        Form(
            "kumu-xlsx",
            ".kumu.xlsx",
            XLSX,
            Text("Kumu, като таблица", "Kumu, as a workbook"),
            lambda found, made: (workbooks.kumu(found, made), ()),
        ),
        Form(
            "node-link",
            ".json",
            "application/json",
            Text("node-link JSON за NetworkX и D3", "Node-link JSON for NetworkX and D3"),
            _whole(graphs.node_link),
        ),
        Form(
            "jsonld",
            ".jsonld",
            "application/ld+json",
            Text("JSON-LD по schema.org", "JSON-LD in the words of schema.org"),
            _whole(linked.document),
        ),
        Form(
            "ftm",
            ".ftm.json",
            "application/x-ndjson",
            Text("FollowTheMoney за Aleph, без теми", "FollowTheMoney for Aleph, without themes"),
            lambda found, _made: followthemoney.lines(found),
        ),
        Form(
            "cypher",
            ".cypher",
            "text/plain; charset=utf-8",
            Text("Скрипт на Cypher за празна Neo4j", "Cypher script for an empty Neo4j"),
            _whole(cypher.script),
        ),
    )
}
"""The formats of others that are written, by name."""


OURS = {"jsonl": ".jsonl", "packs": ""}
"""What is written without loss, and its ending: a file of lines, a folder of packs."""


def form_of(target: Path) -> str:
    """The name of the format that the ending of ``target`` means; of two that fit the longer.

    What has no ending, or is a folder already, is a folder of packs.

    Raises
    ------
    ParameterError
        For an ending that is not known, with those that are.
    """
    name = target.name.lower()
    endings = {form.name: form.ending for form in FORMS.values()} | {"jsonl": OURS["jsonl"]}
    fits = [form for form, ending in endings.items() if name.endswith(ending)]
    if fits:
        return max(fits, key=lambda form: len(endings[form]))
    if target.suffix and not target.is_dir():
        listed = ", ".join(sorted(endings.values()))
        hint = f"Name a folder, or a file that ends in {listed}; --as says which another one is."
        raise ParameterError(f"{target}: nothing is written as {target.suffix}.", hint)
    return "packs"


def written(dataset: Dataset, form: Form, lang: Language, made: date) -> Written:
    """The entities and ties of a dataset that count in a format of others.

    Names are in ``lang`` where there are such; dates, amounts, own attributes, standing and
    sources stand where the format has a place for them. ``made`` is the day that a workbook says
    it was made on.
    """
    found = flat(dataset, lang)
    content, lost = form.write(found, made)
    return Written(content, len(found.nodes), len(found.ties), (*found.left_out, *lost))
