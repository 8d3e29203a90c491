"""The three things to bring first: which of them a store has, and what each makes possible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import gettext

from ecosystem.dataset import counts
from ecosystem.questions.catalogues import LENSES
from webapp.address import ground


class Step(NamedTuple):
    """One thing to bring: what it is, how a sheet of it begins, and how much of it is there."""

    title: str
    words: str
    header: Sequence[str]
    row: Sequence[str]
    gives: str
    there: int


def steps() -> Sequence[Step]:
    """Who is here, what they do together, what the city needs."""
    found = counts(ground().facts)
    return (
        Step(
            gettext("Who is here"),
            gettext("A list of organisations or people, a row for each."),
            (gettext("Name"), gettext("Kind"), gettext("City")),
            (gettext("Technology Park"), gettext("innovation centre"), "Plovdiv"),
            gettext("The map shows them by sector and by place."),
            found.get("Organisation", 0) + found.get("Person", 0),
        ),
        Step(
            gettext("What they do together"),
            gettext("Who took part in which project or event, a row for each participation."),
            (
                gettext("Person"),
                gettext("Organisation"),
                gettext("Role"),
                gettext("Event"),
                gettext("Date"),
            ),
            (
                "Ana Dimova",
                gettext("Technology Park"),
                gettext("organiser"),
                gettext("First meeting"),
                "12.05.2026",
            ),
            gettext("Ties, brokers and gaps between those who never meet."),
            sum(found.get(kind, 0) for kind in LENSES["all"].edges),
        ),
        Step(
            gettext("What the city needs"),
            gettext("The themes that it or its organisations look for, a row for each of them."),
            (gettext("Name"), gettext("Kind"), gettext("Needs")),
            ("Plovdiv", gettext("city"), gettext("mobility; robotics")),
            gettext("Unmet needs, mentor cities and whom to invite."),
            found.get("NEEDS", 0),
        ),
    )
