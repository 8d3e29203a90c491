"""The cited report: what the map knows, who matters, what is missing, what to do, who can help.

The content is built once as blocks and rendered as HTML that prints well, or as Markdown. Every
finding carries numbers that lead to the sources at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from ecosystem.analysis.gaps import RULES
from ecosystem.analysis.gaps.results import STATUSES
from ecosystem.analysis.profile import cite
from ecosystem.drawing import drawing
from ecosystem.model import NODE_KINDS
from ecosystem.snapshot import Snapshot
from ecosystem.values import Language, Text

if TYPE_CHECKING:
    from ecosystem.analysis.gaps.results import Gap, RuleResult
    from ecosystem.analysis.layout import Layout
    from ecosystem.analysis.matching import Allocation, Matches
    from ecosystem.analysis.metrics import Measure
    from ecosystem.analysis.profile import Overview

SHOWN_GAPS = 5
SHOWN_SOURCES = 6


@dataclass(frozen=True)
class Material:
    """Everything the report is made from, computed by the workspace for one view."""

    snapshot: Snapshot
    overview: Overview
    gaps: Sequence[RuleResult]
    measures: Sequence[Measure]
    layout: Layout
    matches: Matches | None
    plan: Allocation


@dataclass(frozen=True)
class Block:
    """A piece of the report: ``h2``, ``h3``, ``p``, ``ul``, ``table``, ``svg`` or ``refs``."""

    kind: str
    text: str = ""
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass
class References:
    """Numbers for sources in the order of their first use."""

    snapshot: Snapshot
    numbers: dict[str, int] = field(default_factory=dict)

    def of(self, statements: Iterable[str]) -> str:
        """``[1, 4]`` for the sources of these nodes and ties; empty where they name none."""
        records = self.snapshot.dataset.records
        cited = dict.fromkeys(
            entry.partition("#")[0]
            for one in statements
            if one in records
            for entry in records[one].sources
        )
        if not cited:
            return ""
        shown = sorted(
            self.numbers.setdefault(one, len(self.numbers) + 1)
            for one in list(cited)[:SHOWN_SOURCES]
        )
        more = ", …" if len(cited) > SHOWN_SOURCES else ""
        return f" [{', '.join(map(str, shown))}{more}]"


class _Writer:
    def __init__(self, material: Material, lang: Language) -> None:
        self.material, self.lang = material, lang
        self.references = References(material.snapshot)

    def say(self, bg: str, en: str) -> str:
        return bg if self.lang == "bg" else en

    def text(self, text: Text) -> str:
        return text.show(self.lang)[0]

    def name(self, identity: str) -> str:
        return self.text(self.material.snapshot.name(identity))

    def blocks(self) -> list[Block]:
        return [
            *self._knows(),
            *self._matters(),
            *self._missing(),
            *self._mentors(),
            *self._sources(),
        ]

    def title(self) -> str:
        scope = self.material.snapshot.scope
        if scope == "all":
            return self.say("Иновационната екосистема", "The innovation ecosystem")
        return self.say("Иновационната екосистема: ", "The innovation ecosystem: ") + self.name(
            scope
        )

    def _knows(self) -> list[Block]:
        snapshot, overview = self.material.snapshot, self.material.overview
        counted = ", ".join(
            f"{self.text(NODE_KINDS[kind].label).lower()}: {count}"
            for kind, count in overview.members.items()
        )
        facts = self.say(
            f"Към {snapshot.as_of}, редакция {snapshot.revision}. В обхвата – {counted}. Външни, "
            f"показани, но неброени: {overview.external}. Връзки: {overview.ties}. "
            f"Източници: {overview.sources}.",
            f"As of {snapshot.as_of}, revision {snapshot.revision}. In scope – {counted}. "
            f"External, shown but not counted: {overview.external}. Ties: {overview.ties}. "
            f"Sources: {overview.sources}.",
        )
        return [
            Block("h2", self.say("Какво знае картата", "What the map knows")),
            Block("p", facts),
            Block("svg", drawing(snapshot, self.material.layout, self.lang)),
            Block("h2", self.say("Какво картата не знае", "What the map does not know")),
            Block("ul", items=tuple(map(self.text, overview.unknowns))),
        ]

    def _matters(self) -> list[Block]:
        found = [
            Block("h2", self.say("Кой свързва", "Who connects")),
            Block(
                "p",
                self.say(
                    "Местата са сред участниците от един и същи вид в обхвата; равните си делят "
                    "място. Те описват записаното, не влиянието.",
                    "Ranks are among members of one kind; equal values share a rank. They "
                    "describe what is recorded, not influence.",
                ),
            ),
        ]
        for measure in self.material.measures:
            title = f"{self.text(measure.definition.title)} ({measure.lens}, n = {measure.n})"
            found.append(Block("h3", title))
            if measure.reason is not None:
                found.append(Block("p", self.text(measure.reason)))
                continue
            snapshot = self.material.snapshot
            best = sorted(measure.ranks, key=lambda one: (measure.ranks[one], one))
            rows = [
                (
                    f"{measure.ranks[one]:g} / {measure.ranked['Organisation']}",
                    self.name(one) + self.references.of([one]),
                    f"{measure.values[one]:.3g}",
                )
                for one in best
                if snapshot.nodes[one].kind == "Organisation"
            ][:8]
            headers = (self.say("Място", "Rank"), self.say("Организация", "Organisation"))
            value = self.say("Стойност", "Value")
            found.append(Block("p", self.text(measure.definition.meaning)))
            found.append(Block("table", rows=((*headers, value), *rows)))
        return found

    def _missing(self) -> list[Block]:
        catalogue = {rule.id: rule for rule in RULES}
        found = [
            Block(
                "h2",
                self.say("Какво липсва и какво да се направи", "What is missing, and what to do"),
            )
        ]
        for result in self.material.gaps:
            rule = catalogue[result.rule]
            found += [
                Block("h3", f"{rule.id} · {self.text(rule.title)}"),
                Block(
                    "p",
                    f"{self.text(rule.question)} {self.text(STATUSES[result.status])} "
                    f"({result.total}). {self.text(result.reason)} {self.text(result.coverage)}",
                ),
            ]
            if result.findings:
                items = tuple(self._gap(gap) for gap in result.findings[:SHOWN_GAPS])
                found.append(Block("ul", items=items))
        return found

    def _gap(self, gap: Gap) -> str:
        headline = self.text(gap.headline) + self.references.of(gap.statements)
        return f"{headline} → {self.text(gap.closing)}"

    def _mentors(self) -> list[Block]:
        found = [Block("h2", self.say("Кой може да помогне", "Who can help"))]
        matches = self.material.matches
        if matches is not None:
            found += [Block("p", self.text(matches.answer))] if matches.answer else []
            for match in matches.suggestions[:3]:
                title = f"{match.rank}. {self.text(match.name)} – {match.score or 0:.2f}"
                parts = tuple(
                    f"{self.text(reason.text)} (+{reason.contribution:.2f})"
                    f"{self.references.of(reason.statements)}"
                    for reason in match.reasons
                )
                found += [Block("h3", title), Block("ul", items=parts)]
        plan = self.material.plan
        header = (
            self.say("Град", "City"),
            self.say("Ментор", "Mentor"),
            self.say("Оценка", "Score"),
        )
        rows = tuple(
            (self.name(pair.mentee), self.name(pair.mentor), f"{pair.match.score or 0:.2f}")
            for pair in plan.pairs
        )
        if rows:
            found += [
                Block(
                    "h3",
                    self.say("План за всички градове с нужди", "Plan for all cities with needs"),
                ),
                Block("table", rows=(header, *rows)),
            ]
        found.append(Block("ul", items=tuple(map(self.text, plan.assumptions))))
        return found

    def _sources(self) -> list[Block]:
        dataset = self.material.snapshot.dataset
        entries = []
        for identity in self.references.numbers:
            cited = cite(dataset, identity, "")
            parts = (cited.publisher, self.text(cited.title), cited.published_on, cited.url)
            entries.append(". ".join(part for part in parts if part))
        return [
            Block("h2", self.say("Източници", "Sources")),
            Block("refs", items=tuple(entries)),
        ]


def as_html(material: Material, lang: Language) -> str:
    """The report as one HTML page that needs nothing else and prints well."""
    writer = _Writer(material, lang)
    body = "\n".join(map(_html, writer.blocks()))
    title = escape(writer.title())
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )


def as_markdown(material: Material, lang: Language) -> str:
    """The report as Markdown; the drawing is left out."""
    writer = _Writer(material, lang)
    parts = [_markdown(block) for block in writer.blocks()]
    return f"# {_plain(writer.title())}\n\n" + "\n\n".join(part for part in parts if part) + "\n"


def _html(block: Block) -> str:
    if block.kind == "svg":
        return f"<figure>{block.text}</figure>"
    if block.kind in ("ul", "refs"):
        tag = "ul" if block.kind == "ul" else "ol"
        return (
            f"<{tag}>" + "".join(f"<li>{escape(item)}</li>" for item in block.items) + f"</{tag}>"
        )
    if block.kind == "table":
        head, *rows = block.rows
        lines = ["<tr>" + "".join(f'<th scope="col">{escape(c)}</th>' for c in head) + "</tr>"]
        lines += ["<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows]
        return "<table>" + "".join(lines) + "</table>"
    return f"<{block.kind}>{escape(block.text)}</{block.kind}>"


def _markdown(block: Block) -> str:
    if block.kind == "svg":
        return ""
    if block.kind in ("h2", "h3"):
        return f"{'#' * int(block.kind[1])} {_plain(block.text)}"
    if block.kind == "ul":
        return "\n".join(f"- {_plain(item)}" for item in block.items)
    if block.kind == "refs":
        return "\n".join(f"{n}. {_plain(item)}" for n, item in enumerate(block.items, 1))
    if block.kind == "table":
        rows = [
            "| " + " | ".join(_plain(c).replace("|", "\\|") for c in row) + " |"
            for row in block.rows
        ]
        return "\n".join([rows[0], "|---" * len(block.rows[0]) + "|", *rows[1:]])
    return _plain(block.text)


def _plain(text: str) -> str:
    """Text that Markdown shows as it is: no HTML, no emphasis by accident, one line."""
    flat = " ".join(text.split())
    return "".join(f"\\{c}" if c in "\\`*_<>#[]" else c for c in flat)


_STYLE = """
body{font:16px/1.5 "Sofia Sans",system-ui,sans-serif;color:#16202b;background:#fff;margin:0}
main{max-width:46rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1{font-size:2rem;line-height:1.15;margin:0 0 1rem}h2{margin:2.5rem 0 .5rem;font-size:1.4rem}
h3{margin:1.5rem 0 .25rem;font-size:1.05rem}li{margin:.3rem 0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;margin:.5rem 0}
th,td{text-align:left;padding:.35rem .6rem .35rem 0;border-bottom:1px solid #d3dce4}
td:last-child,th:last-child{text-align:right}figure{margin:1rem 0}svg{width:100%;height:auto}
@media print{main{max-width:none;padding:0}h2{break-after:avoid}h3{break-after:avoid}
li,tr,figure{break-inside:avoid}@page{size:A4;margin:18mm}}
"""
