"""Who can help: suggestions for one city, and the board of all pairs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from ecosystem.model import Edge, Node
from ecosystem.questions.catalogues import BASES, pair_subject
from ecosystem.questions.mentoring import MOST_MENTEES, Match, MatchBoard
from webapp.address import ground, link, nodes, view
from webapp.doors import Context, page
from webapp.language import named

if TYPE_CHECKING:
    from ecosystem.analysis.matching import Board, Matches
    from ecosystem.analysis.matching import Match as Suggestion

SUGGESTIONS_SHOWN = 5
OTHERS = 5


def _of_the_scope(asked: Match) -> Match:
    """The same for the city of the view where none is named."""
    scope = asked.view.scope
    return asked if asked.city or scope == "all" else replace(asked, city=scope)


@page(Match, "match.html", told_in="mentors#find-mentors-for-a-city", fill=_of_the_scope)
def match(asked: Match, found: Matches | None) -> Context:
    """Mentor candidates for one city, and the way to the plan for all cities."""
    scores = [one.score or 0.0 for one in found.suggestions] if found else []
    return {
        "city": nodes().get(asked.city),
        "asked": asked.city,
        "cities_by_need": _cities_by_need(),
        "matches": found,
        "most": max(scores, default=1.0),
        "top": asked.top,
        "theme": lambda identity: nodes()[identity].name,
        "pair_subject": pair_subject,
    }


def _cities_by_need() -> list[tuple[str, list[Node]]]:
    edges = ground().facts.counting.of_kind("NEEDS")
    needy = {edge.source for edge in edges if isinstance(edge, Edge)}
    cities = named("City")
    return [
        (gettext("With recorded needs"), [city for city in cities if city.id in needy]),
        (gettext("No needs recorded"), [city for city in cities if city.id not in needy]),
    ]


@page(MatchBoard, "board.html", told_in="mentors#plan-for-all-cities", ours=("try", "places"))
def board(asked: MatchBoard, found: Board) -> Context | BaseResponse:
    """Who is accepted, locked and declined, the plan around them, and each mentor's load."""
    if "try" in request.args:
        return _with_one_more_trial(asked)
    return {
        "board": found,
        "planned": found.plan.pairs_from(view().scope),
        "capacity": asked.capacity,
        "tried": [load for load in found.plan.loads if load.basis == "tried"],
        "bases": BASES,
        "minimum": asked.minimum,
        "other_country": asked.other_country,
        "most_mentees": MOST_MENTEES,
        "name": lambda identity: nodes()[identity].name,
        "subject": pair_subject,
        "others": {
            pair.mentee: _others(pair.mentee, pair.mentor, asked.other_country)
            for pair in found.plan.pairs
        },
        "moves": _moves(found),
    }


def _with_one_more_trial(asked: MatchBoard) -> BaseResponse:
    """To the board with the capacity of one more mentor as the form has it; none ends its trial."""
    mentor, places = request.args["try"], request.args.get("places", "").strip()
    others = tuple((one, many) for one, many in asked.capacities if one != mentor)
    words: dict[str, Any] = replace(asked, capacities=others).keeps()
    if mentor and places:
        words[f"cap.{mentor}"] = places
    return redirect(link("board", **words) + "#load", 303)


def _others(mentee: str, mentor: str, foreign: bool) -> list[Suggestion]:
    """The next best mentors of a planned mentee."""
    found = ground().ask(Match(view=view(), city=mentee, other_country=foreign))
    return [one for one in found.suggestions if one.mentor != mentor][:OTHERS]


def _moves(found: Board) -> list[dict[str, Any]]:
    """The other pairs that changed because of the decisions, with names."""
    return [
        {"mentee": nodes()[pair.mentee], "before": pair.before, "after": pair.after}
        for pair in found.plan.moved
    ]
