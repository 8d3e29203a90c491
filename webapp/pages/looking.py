"""What is recorded: the first screen, one thing, names, sources, how to read the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import request
from flask_babel import gettext

from ecosystem.kept import Failed, Ready, Stale, Working
from ecosystem.model import Node
from ecosystem.questions.asking import Search
from ecosystem.questions.catalogues import LENSES, Profile, history, told_first
from ecosystem.questions.gaps import Gaps
from ecosystem.questions.keeping import last_done
from ecosystem.questions.looking import Conflicts, Contradictions, Overall, Show, Sources
from ecosystem.questions.mapping import Map
from ecosystem.questions.measuring import Measured, MeasuredBy
from ecosystem.questions.wording import how_many
from webapp import address, facts, neighbourhood, printed
from webapp.address import ground, nodes, view
from webapp.beginning import steps
from webapp.bulgarian import in_place
from webapp.doors import Context, page
from webapp.graphview import STEPS
from webapp.language import current_language, plain
from webapp.pages.mapping import (
    crowded,
    drawn_at_once,
    gaps_at_hand,
    measure_at_hand,
    measure_of,
    picture_of,
)

if TYPE_CHECKING:
    from ecosystem.analysis.gaps import Gap
    from ecosystem.analysis.overview import Overview, SourceUse
    from ecosystem.analysis.profile import Statement

MOST_ON_A_CARD = 3


@page(Overall, "first.html", told_in="map#what-you-see")
def first(asked: Overall, found: Overview) -> Context:
    """What is this, what does it not know, what is missing, what can I do."""
    if not found.members.keys() - {"City", "Theme"}:
        return {
            "template": "first_empty.html",
            "place": _place(asked.view.scope),
            "whole": not any(one.kind in ("Organisation", "Person") for one in nodes().values()),
            "steps": steps(),
        }
    # In a crowd map and gaps take longer than a first screen may: they come when they are
    # there, the map first.
    map_ = Map(view=asked.view)
    picture = picture_of(map_) if drawn_at_once(map_) else None
    gaps = ground().ask(Gaps(view=asked.view)) if picture and gaps_at_hand(map_) else None
    return {
        "place": _place(asked.view.scope),
        "overview": found,
        "how_many": how_many(sum(found.members.values()), found.external),
        "last_change": last_done(ground()),
        "gaps": None if gaps is None else told_first(gaps),
        "picture": picture and picture.draw(measure_of(map_), current_language()),
    }


def _place(scope: str) -> str:
    if scope == "all":
        return str(gettext("everything recorded"))
    name = plain(nodes()[scope].name)
    return in_place(name) if current_language() == "bg" else name


@page(Show, "entity.html", told_in="map#open-somebody", ours=("size", "lens"))
def entity(asked: Show, found: Profile | Statement) -> Context:
    """One node or, by its id with bars, one tie; ``part=panel`` gives the inspector alone."""
    part = address.one_of("part", ("page", "panel", "card"))
    panel = part == "panel"
    if not isinstance(found, Profile):
        return _tie(found, panel)
    if part == "card":
        return _card(found, asked)
    identity = asked.identity
    snapshot = ground().snapshot(asked.view)
    shown = {"template": "entity_panel.html"} if panel else {}
    return {
        **shown,
        "profile": found,
        "facts": facts,
        "groups": facts.tie_groups(found),
        "ended": facts.ended_groups(found),
        "gaps": [] if panel else _gaps_about(identity),
        "measures": [] if panel else _measured(identity),
        "small": None if panel else neighbourhood.around(snapshot, identity),
        "past": () if panel else history(found),
    }


def _card(found: Profile, asked: Show) -> Context:
    """What the pointer tells of a thing of the map: the ties first that say most, and its rank."""
    said = {name: request.args.getlist(name) for name in ("size", "lens") if request.args.get(name)}
    map_ = Map.read(said, ground(), partly=True, gone=[])
    measure = measure_at_hand(replace(map_, view=asked.view))
    snapshot = ground().snapshot(asked.view)
    groups = [group for group in facts.tie_groups(found) if group.kind in STEPS] or list(
        facts.tie_groups(found)
    )
    ties = [(group, tie) for group in groups for tie in group.ties]
    ties.sort(key=lambda one: (-len(snapshot.edges_of(one[1].other)), one[1].statement.id))
    return {
        "template": "entity_card.html",
        "profile": found,
        "measure": measure,
        "ties": ties[:MOST_ON_A_CARD],
        "rank": measure and measure.ranks.get(found.id),
        "ranked": measure and measure.ranked.get(found.kind),
    }


def _tie(tie: Statement, panel: bool) -> Context:
    return {
        "template": "tie_panel.html" if panel else "tie.html",
        "tie": tie,
        "rows": facts.property_rows(tie.properties) + facts.own_rows(tie.own),
        "facts": facts,
        "ends": [nodes()[tie.source], nodes()[tie.target]],
    }


def _gaps_about(identity: str) -> list[Gap] | None:
    """The gaps that concern a thing; None while they are still worked out."""
    peeked = printed.peek(Gaps(view=view()))
    if isinstance(peeked, (Working, Failed)):
        return None
    found = (gap for result in peeked.answer for gap in result.findings)
    return [gap for gap in found if identity in gap.subjects or identity in gap.statements]


def _measured(identity: str) -> list[tuple[Any, Any]]:
    """The lenses of one kind of tie in which the node stands, each with its measures.

    On a large map those that are there already: some measures of it take hours, and nobody who
    looks at one actor waits for them.
    """
    large = crowded(view())
    found = []
    for lens in (lens for lens in LENSES.values() if lens.name != "all"):
        question = Measured(view=view(), lens=lens.name)
        if not large or printed.ready(question):
            measures = ground().ask(question)
        else:
            peeked = printed.peek(MeasuredBy(view=view(), lens=lens.name))
            measures = (peeked.answer,) if isinstance(peeked, (Ready, Stale)) else ()
        held = [measure for measure in measures if identity in measure.values]
        if held:
            found.append((lens, held))
    return found


@page(Search, "search.html", told_in="map#find-somebody")
def search(asked: Search, found: Sequence[Node] | None) -> Context:
    """Names that hold the words."""
    return {"words": asked.words, "found": (found or ())[:50]}


@page(Sources, "sources.html", told_in="sureness#follow-a-source")
def sources(_asked: Sources, found: Sequence[SourceUse]) -> Context:
    """Which documents carry the map, and where they contradict each other."""
    return {
        "sources": found,
        "conflicts": ground().ask(Conflicts()),
        "contradictions": [
            one
            for one in ground().ask(Contradictions())
            if view().people or "person:" not in one.record
        ],
    }
