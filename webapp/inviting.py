"""Whom to invite to a workshop, and two rooms side by side."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from ecosystem.analysis.inviting import EQUAL_SHARES, SECTORS_INVITED, Comparison
from ecosystem.analysis.inviting.lists import MOST_GUESTS
from ecosystem.analysis.inviting.places import MOST_PARTS
from ecosystem.answers import planning as answers
from ecosystem.model import Node
from webapp import downloads
from webapp.address import here, nodes, one_of, view, whole, workspace
from webapp.language import by_name, current_language
from webapp.pages import LANGUAGE, in_own_language

blueprint = Blueprint("inviting", __name__)
blueprint.add_url_rule("/invite", view_func=in_own_language, endpoint="invite_in_own_language")
THEMES = ("theme", "theme_2", "theme_3")
USUAL_SIZE = 30


@blueprint.get(LANGUAGE + "/invite")
def invite() -> BaseResponse | str:
    """A list of guests for a workshop, as a page or a file."""
    for name, list_ in (("add", "must"), ("drop", "without")):
        if request.args.get(name):
            return redirect(here(**_put(request.args[name], list_), **{name: None}))
    seen, space = view(), workspace()
    themes = list(dict.fromkeys(filter(None, (request.args.get(name) for name in THEMES))))
    form = one_of("format", downloads.FORMATS)
    choices = _choices()
    found = space.invite(seen, themes, **choices) if themes else None
    if found and form == "json":
        return jsonify(found.to_dict())
    if found and form != "page":
        sheets = answers.invitation_sheets(space.snapshot(seen), seen, found, current_language())
        return downloads.file(sheets, form, "invitations", seen.as_of)
    other = request.args.get("compare", "")
    compared = None
    if found and other:
        rooms = (space.room(seen, what, **choices) for what in (",".join(themes), other))
        compared = space.compare(seen, *rooms)
    return render_template(
        "invite.html",
        view=seen,
        found=found,
        compared=compared,
        other=other,
        fields=list(zip(THEMES, [*themes, "", "", ""], strict=False)),
        themes=_themes(),
        events=_events(),
        organisations=_by_name("Organisation"),
        choices=choices,
        sectors=SECTORS_INVITED,
        quota_parts={**EQUAL_SHARES, **choices["parts"]},
        most=(MOST_GUESTS, MOST_PARTS),
        why_left=answers.WHY,
        needed=[] if found else _needed(),
        put=_put,
    )


def _choices() -> dict[str, Any]:
    parts = {
        sector: whole(f"q_{sector.replace(' ', '_')}", EQUAL_SHARES[sector], 0, MOST_PARTS)
        for sector in SECTORS_INVITED
    }
    return {
        "size": whole("size", USUAL_SIZE, 1, MOST_GUESTS),
        "parts": {sector: n for sector, n in parts.items() if n != EQUAL_SHARES[sector]},
        "must": _listed("must"),
        "without": _listed("without"),
    }


def _listed(name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, request.args.get(name, "").split(","))))


def _put(identity: str, where: str) -> dict[str, str | None]:
    """What the address says of both lists once ``identity`` is in ``where``, or in neither."""
    lists = {name: [i for i in _listed(name) if i != identity] for name in ("must", "without")}
    if where:
        lists[where].append(identity)
    return {name: ",".join(ids) or None for name, ids in lists.items()}


def _by_name(kind: str) -> list[Node]:
    return sorted((n for n in nodes().values() if n.kind == kind), key=lambda n: by_name(n.name))


def _themes() -> list[tuple[str, list[Node]]]:
    """Themes by whether anybody of the scope offers, needs or works on them."""
    snapshot = workspace().snapshot(view())
    linked = {tie.target for tie in snapshot.edges_of_kind("OFFERS", "NEEDS", "ADDRESSES")}
    every = _by_name("Theme")
    return [
        (gettext("With recorded links"), [one for one in every if one.id in linked]),
        (gettext("Nothing recorded"), [one for one in every if one.id not in linked]),
    ]


def _needed() -> list[Node]:
    """The themes that the scope is recorded to need."""
    snapshot = workspace().snapshot(view())
    ids = {tie.target for tie in snapshot.edges_of_kind("NEEDS") if tie.source in snapshot.members}
    return [one for one in _by_name("Theme") if one.id in ids]


def _events() -> list[Node]:
    """Events with a recorded guest, the latest first, those without a date last."""
    ties = workspace().dataset().of_kind("PARTICIPATES_IN")
    attended = {getattr(tie, "target", "") for tie in ties}
    found = [node for node in _by_name("Event") if node.id in attended]
    return sorted(found, key=lambda node: node.since, reverse=True)


@blueprint.get(LANGUAGE + "/invite/compare")
def compare() -> BaseResponse | str:
    """The recorded guests of two events side by side, as a page or a file."""
    seen, space = view(), workspace()
    asked = request.args.get("one", ""), request.args.get("other", "")
    compared: Comparison | None = None
    if all(asked):
        everywhere = (space.room(seen, what, size=USUAL_SIZE) for what in asked)
        compared = space.compare(seen, *everywhere)
    form = one_of("format", downloads.FORMATS)
    if compared and form == "json":
        return jsonify(compared.to_dict())
    if compared and form != "page":
        return downloads.file(
            answers.comparison_sheets(compared, current_language()), form, "comparison", seen.as_of
        )
    return render_template(
        "invite_compare.html", view=seen, compared=compared, asked=asked, events=_events()
    )
