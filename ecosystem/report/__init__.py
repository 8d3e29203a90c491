"""The cited report: what the map knows, who matters, what is missing, what to do, who can help.

The content is built once as blocks and written as HTML that prints well, as Markdown or as PDF.
Every finding carries numbers that lead to the sources at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ecosystem.figures import day
from ecosystem.report import action, html, knowledge, markdown
from ecosystem.report.blocks import Heading, Report
from ecosystem.report.pen import Material, Pen
from ecosystem.values import Language

__all__ = ["FORMS", "Material", "as_html", "as_markdown", "as_page", "as_pdf", "report"]

SECTIONS = (
    knowledge.in_short,
    knowledge.knows,
    knowledge.does_not_know,
    knowledge.matters,
    action.missing,
    action.what_to_do,
    action.taken_up,
    action.mentors,
    action.annex,
)


def report(material: Material, lang: Language) -> Report:
    """The whole report as blocks; the same for equal material."""
    pen = Pen(material, lang)
    blocks = [block for section in SECTIONS for block in section(pen)]
    sources = pen.references()
    if sources.entries:
        blocks += [Heading(2, pen.say("Източници", "Sources"), "sources"), sources]
    scope = material.snapshot.scope
    title = pen.say("Иновационната екосистема", "The innovation ecosystem")
    if scope != "all":
        title += f": {pen.name(scope)}"
    as_of = material.snapshot.as_of
    return Report(
        title=title,
        subtitle=pen.say(
            f"Доклад с източници към {day(as_of, lang)}", f"A cited report as of {day(as_of, lang)}"
        ),
        lang=lang,
        as_of=as_of,
        contents=pen.say("Съдържание", "Contents"),
        blocks=tuple(blocks),
    )


def as_html(material: Material, lang: Language) -> str:
    """The report as one HTML page that needs nothing else and prints well."""
    return html.document(report(material, lang))


def as_page(material: Material, lang: Language) -> str:
    """The report as HTML to stand inside another page, from its contents on."""
    return html.body(report(material, lang))


def as_markdown(material: Material, lang: Language) -> str:
    """The report as Markdown; drawings are told in words."""
    return markdown.document(report(material, lang))


def as_pdf(material: Material, lang: Language) -> bytes:
    """The report as a tagged PDF; equal material gives equal bytes."""
    from ecosystem.report import pdf  # its library is large, and most commands need no PDF

    return pdf.document(report(material, lang))


FORMS: Mapping[str, Callable[[Material, Language], str | bytes]] = {
    "html": as_html,
    "md": as_markdown,
    "pdf": as_pdf,
}
"""What a report can be written as."""
