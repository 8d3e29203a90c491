"""The match board: the plan for all cities, and what people decide about its pairs."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from ecosystem.analysis.matching import CAPACITY, Board, Match
from ecosystem.analysis.matching.board import subject
from ecosystem.errors import ParameterError
from webapp import address
from webapp.address import nodes, view, workspace
from webapp.pages import LANGUAGE

blueprint = Blueprint("board", __name__)
MOST_MENTEES = 99
OTHERS = 5


@blueprint.get(LANGUAGE + "/match/board", endpoint="board")
def board() -> str:
    """Who is accepted, locked and declined, the plan around them, and each mentor's load.

    ``capacity`` is what an unrecorded mentor can take, ``cap.city:x`` what the mentor ``x`` can.
    """
    capacity = address.whole("capacity", CAPACITY, 0, MOST_MENTEES)
    minimum = _share("minimum")
    foreign = address.switch("other_country", True)
    found = workspace().board(
        view(),
        capacity=capacity,
        capacities=_capacities(),
        minimum=minimum,
        other_country=foreign,
    )
    return render_template(
        "board.html",
        view=view(),
        board=found,
        capacity=capacity,
        minimum=minimum,
        other_country=foreign,
        most_mentees=MOST_MENTEES,
        name=lambda identity: nodes()[identity].name,
        subject=subject,
        others={one.mentee: _others(one.mentee, one.mentor, foreign) for one in found.plan.pairs},
        moves=_moves(found),
    )


def _capacities() -> dict[str, int]:
    """The capacities of single mentors in the address; empty fields are left out."""
    asked = [name for name, text in request.args.items() if name.startswith("cap.") and text]
    return {name[4:]: address.whole(name, 0, 0, MOST_MENTEES) for name in asked}


def _share(name: str) -> float:
    said = request.args.get(name) or "0"
    try:
        number = float(said.replace(",", "."))
    except ValueError:
        number = -1.0
    if not 0 <= number <= 10:
        message = f"{name}: {said[:40]!r} is not a number from 0 to 10."
        raise ParameterError(message, "Change it in the address.")
    return number


def _others(mentee: str, mentor: str, foreign: bool) -> list[Match]:
    """The next best mentors of a planned mentee."""
    matches = workspace().match(mentee, view(), other_country=foreign)
    return [one for one in matches.suggestions if one.mentor != mentor][:OTHERS]


def _moves(found: Board) -> list[dict[str, Any]]:
    """The other pairs that changed because of the decisions, with names."""
    known = nodes()
    return [
        {"mentee": known[one.mentee], "before": one.before, "after": one.after}
        for one in found.plan.moved
    ]
