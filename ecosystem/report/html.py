"""The report as HTML: alone, or inside a page of the web view."""

from __future__ import annotations

from functools import singledispatch
from html import escape

from ecosystem import charts
from ecosystem.report.blocks import (
    Block,
    Bullets,
    Cell,
    Cite,
    Foreign,
    Grid,
    Heading,
    Line,
    Paragraph,
    Picture,
    References,
    Report,
    Run,
)


def document(report: Report) -> str:
    """One page that needs nothing else."""
    title = escape(report.title)
    return (
        f'<!doctype html>\n<html lang="{report.lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n<p>{escape(report.subtitle)}</p>\n{body(report)}\n"
        "</main>\n</body>\n</html>\n"
    )


def body(report: Report) -> str:
    """Contents and sections."""
    links = "".join(
        f'<li><a href="#{block.id}">{escape(block.text)}</a></li>'
        for block in report.blocks
        if isinstance(block, Heading) and block.level == 2
    )
    contents = escape(report.contents)
    nav = f'<nav class="contents" aria-label="{contents}"><ol>{links}</ol></nav>'
    return "\n".join((nav, *map(_html, report.blocks)))


@singledispatch
def _html(block: Block) -> str:
    raise TypeError(block)


@_html.register
def _(block: Heading) -> str:
    return f'<h{block.level} id="{escape(block.id)}">{escape(block.text)}</h{block.level}>'


@_html.register
def _(block: Paragraph) -> str:
    kind = ' class="quiet"' if block.quiet else ""
    return f"<p{kind}>{_line(block.line)}</p>"


@_html.register
def _(block: Bullets) -> str:
    tag = "ol" if block.numbered else "ul"
    return f"<{tag}>{''.join(f'<li>{_line(line)}</li>' for line in block.lines)}</{tag}>"


@_html.register
def _(block: Grid) -> str:
    classes = [' class="number"' if numeric else "" for numeric in block.numeric]
    head = "".join(
        f'<th scope="col"{kind}>{escape(words)}</th>'
        for words, kind in zip(block.headings, classes, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(f"<td{kind}>{_cell(c)}</td>" for c, kind in zip(row, classes, strict=True))
        + "</tr>"
        for row in block.rows
    )
    return (
        f'<div class="table-wrap" role="group" tabindex="0" aria-label="{escape(block.caption)}">'
        f"<table><caption>{escape(block.caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


@_html.register
def _(block: Picture) -> str:
    caption = f"<figcaption>{escape(block.caption)}</figcaption>" if block.caption else ""
    return f"<figure>{block.svg}{caption}</figure>"


@_html.register
def _(block: References) -> str:
    items = []
    for entry in block.entries:
        text = _line(entry.line)
        if entry.url.startswith(("http://", "https://")):
            url = escape(entry.url)
            text += f' <a href="{url}" rel="noreferrer noopener external">{url}</a>'
        items.append(f'<li id="source-{entry.number}">{text}</li>')
    return f'<ol class="sources">{"".join(items)}</ol>'


def _cell(cell: Cell) -> str:
    return _line(cell.line) + (charts.bar(*cell.bar) if cell.bar else "")


def _line(line: Line) -> str:
    return "".join(map(_run, line))


def _run(run: Run) -> str:
    if isinstance(run, Cite):
        return _cite(run)
    if isinstance(run, Foreign):
        return f'<span lang="{run.lang}">{escape(run.text)}</span>'
    return escape(run)


def _cite(cite: Cite) -> str:
    links = ", ".join(f'<a href="#source-{one}">{one}</a>' for one in cite.numbers)
    return f'<span class="cite">[{links}{", …" if cite.more else ""}]</span>'


_STYLE = """
body{font:16px/1.5 "Sofia Sans",system-ui,sans-serif;color:#16202b;background:#fff;margin:0}
main{max-width:48rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1{font-size:2rem;line-height:1.15;margin:0 0 .5rem}h2{margin:2.5rem 0 .5rem;font-size:1.4rem}
h3{margin:1.75rem 0 .25rem;font-size:1.05rem}li{margin:.3rem 0;overflow-wrap:anywhere}
a{color:#0b5cad}.quiet,caption,figcaption{color:#4b5b69;font-size:.9rem}
.table-wrap{overflow-x:auto;margin:.75rem 0}caption{text-align:left;padding:.25rem 0}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.35rem .7rem .35rem 0}
thead th{border-bottom:2px solid #8795a3}td{border-bottom:1px solid #d3dce4}
.number{text-align:right;font-variant-numeric:tabular-nums}
.share-bar{display:block;width:100%;min-width:4rem;height:8px;margin-top:2px}
figure{margin:1rem 0}figure svg{display:block;width:100%;height:auto}
figure .columns{max-width:36rem}
@media print{main{max-width:none;padding:0}h2,h3{break-after:avoid}
li,tr,figure{break-inside:avoid}thead{display:table-header-group}.table-wrap{overflow:visible}
@page{size:A4;margin:18mm}}
"""
