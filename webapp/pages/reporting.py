"""The cited report in the frame of the site; as a file it is one of the question's forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from ecosystem.questions.reporting import Report
from webapp.doors import Context, page
from webapp.language import current_language

if TYPE_CHECKING:
    from ecosystem.report import Material


@page(Report, "report.html", told_in="report#take-the-report")
def report(asked: Report, found: Material) -> Context:
    """The report of the view, to read here or to take along."""
    made = asked.inside_a_page(found, current_language())
    # Every name in it is escaped where it is written.
    return {"report": Markup(made)}  # noqa: S704
