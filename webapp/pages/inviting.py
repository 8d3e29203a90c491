"""Whom to invite to a workshop, and two rooms side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, request
from flask_babel import gettext

from ecosystem.model import Node
from ecosystem.questions.catalogues import EQUAL_SHARES, SECTORS_INVITED
from ecosystem.questions.planning import MOST_GUESTS, MOST_PARTS, Invite, Rooms
from ecosystem.questions.tables.inviting import WHY
from webapp.address import ground, here, view
from webapp.doors import Context, page
from webapp.language import named

if TYPE_CHECKING:
    from ecosystem.analysis.inviting import Comparison, Invitation

FIELDS = 3


@page(Invite, "invite.html", told_in="report#invite-to-a-workshop", ours=("add", "drop"))
def invite(asked: Invite, found: Invitation | None) -> Context:
    """A list of guests for a workshop, with its form."""
    for name, where in (("add", "must"), ("drop", "without")):
        if request.args.get(name):
            return redirect(here(**_put(asked, request.args[name], where), **{name: None}))
    compared = None
    if found and asked.beside:
        compared = ground().ask(
            Rooms(
                view=asked.view,
                one=asked.themes,
                other=(asked.beside,),
                size=asked.size,
                quotas=asked.quotas,
                must=asked.must,
                without=asked.without,
            )
        )
    return {
        "compared": compared,
        "other": asked.beside,
        "chosen": [*asked.themes, "", "", ""][: max(FIELDS, len(asked.themes))],
        "themes": _themes(),
        "events": _events(),
        "choices": {"size": asked.size, "must": asked.must, "without": asked.without},
        "sectors": SECTORS_INVITED,
        "quota_parts": {**EQUAL_SHARES, **dict(asked.quotas)},
        "most": (MOST_GUESTS, MOST_PARTS),
        "why_left": WHY,
        "needed": [] if found else _needed(),
        "put": lambda identity, where: _put(asked, identity, where),
    }


def _put(asked: Invite, identity: str, where: str) -> dict[str, str | None]:
    """What the address says of both lists once ``identity`` is in ``where``, or in neither."""
    lists = {
        name: [one for one in getattr(asked, name) if one != identity]
        for name in ("must", "without")
    }
    if where:
        lists[where].append(identity)
    return {name: ",".join(ids) or None for name, ids in lists.items()}


def _themes() -> list[tuple[str, list[Node]]]:
    """Themes by whether anybody of the scope offers, needs or works on them."""
    snapshot = ground().snapshot(view())
    linked = {tie.target for tie in snapshot.edges_of_kind("OFFERS", "NEEDS", "ADDRESSES")}
    every = named("Theme")
    return [
        (gettext("With recorded links"), [theme for theme in every if theme.id in linked]),
        (gettext("Nothing recorded"), [theme for theme in every if theme.id not in linked]),
    ]


def _needed() -> list[Node]:
    """The themes that the scope is recorded to need."""
    snapshot = ground().snapshot(view())
    ids = {tie.target for tie in snapshot.edges_of_kind("NEEDS") if tie.source in snapshot.members}
    return [theme for theme in named("Theme") if theme.id in ids]


def _events() -> list[Node]:
    """Events with a recorded guest, the latest first, those without a date last."""
    ties = ground().facts.counting.of_kind("PARTICIPATES_IN")
    attended = {getattr(tie, "target", "") for tie in ties}
    found = [node for node in named("Event") if node.id in attended]
    return sorted(found, key=lambda node: node.period.since, reverse=True)


@page(Rooms, "invite_compare.html", told_in="report#invite-to-a-workshop")
def rooms(asked: Rooms, found: Comparison | None) -> Context:
    """The recorded guests of two events side by side, with the form that chooses them."""
    chosen = ",".join(asked.one), ",".join(asked.other)
    return {"compared": found, "asked": chosen, "events": _events()}
