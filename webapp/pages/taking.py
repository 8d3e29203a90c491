"""The map in the formats of others, each a file to keep."""

from __future__ import annotations

from ecosystem.export import FORMS
from ecosystem.questions.taking import TakeAlong, Taken
from webapp.doors import Context, page


@page(TakeAlong, "take_along.html", told_in="report#take-files-along")
def take_along(_asked: TakeAlong, _found: Taken) -> Context:
    """The formats, each with what it is for."""
    return {"forms": FORMS.values()}
