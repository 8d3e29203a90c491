"""What is missing: by what it is about, or rule by rule."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from flask import request
from flask_babel import gettext

from ecosystem.kept import Ready, Stale
from ecosystem.model import Node
from ecosystem.questions.catalogues import GROUPS, OF_ECOSYSTEM, RULES, told_first
from ecosystem.questions.gaps import Gaps
from ecosystem.questions.identity import Identity
from ecosystem.questions.imagining import WhatIf
from webapp import address, printed
from webapp.address import nodes
from webapp.doors import Context, page

if TYPE_CHECKING:
    from ecosystem.analysis.gaps import Gap, RuleResult

MOST_IN_A_GROUP = 5
MOST_IN_ORDER = 1000
RULES_BY_ID = {rule.id: rule for rule in RULES}


@page(Gaps, "gaps.html", told_in="gaps#read-a-gap", ours=("gap",))
def gaps(asked: Gaps, found: tuple[RuleResult, ...]) -> Context:
    """What matters most, group by group; the rules that are asked for show all they found.

    With ``part=panel`` the one ``gap`` beside the map.
    """
    if address.one_of("part", ("page", "panel")) == "panel":
        return _panel(request.args.get("gap", ""), found)
    first = () if asked.rules else told_first(found)
    return {
        **_undecided(asked),
        "results": found,
        "rules": {rule.id: rule for rule in RULES},
        "asked": ",".join(asked.rules),
        "first": first,
        "groups": () if asked.rules else [_group(name, found, first) for name in GROUPS],
    }


def _undecided(asked: Gaps) -> Mapping[str, Any]:
    """By gap a pair that waits for a decision: if the two are one, the gap may be none."""
    waiting = printed.peek(Identity(view=asked.view))
    pairs = waiting.answer if isinstance(waiting, (Ready, Stale)) else ()
    return {
        "resting": {gap: pair.subject for pair in reversed(pairs) for gap in pair.gaps},
        "touching": sum(bool(pair.gaps) for pair in pairs),
    }


def _panel(identity: str, found: Iterable[RuleResult]) -> Context:
    results = {result.rule: result for result in found}
    result = results.get(identity.partition("|")[0])
    gap = next((one for one in result.findings if one.id == identity), None) if result else None
    if result is None or gap is None:
        return {"template": "gap_panel.html", "status": 404, "gap": None}
    rule = RULES_BY_ID[result.rule]
    order = told_first(results.values(), MOST_IN_ORDER, rule.group)
    place = next((at for at, one in enumerate(order) if one.id == gap.id), None)
    return {
        "template": "gap_panel.html",
        "gap": gap,
        "rule": rule,
        "group": GROUPS[rule.group],
        "place": place,
        "of": len(order),
        "after": order[(place + 1) % len(order)] if place is not None and len(order) > 1 else None,
        "who": _who(gap),
        "closed": _closed(gap),
    }


def _who(gap: Gap) -> list[tuple[Node, str]]:
    """Whom a gap is about, each with their part in it where the rule knows one."""
    need, offer = gap.details.band
    parts = dict.fromkeys(offer, gettext("offers it"))
    parts.update(dict.fromkeys(gap.details.supporting, gettext("offers what supports it")))
    parts.update(dict.fromkeys(need, gettext("needs it")))
    for one in (*(end for pair in gap.ties[:1] for end in pair), *gap.asks):
        parts.setdefault(one, gettext("named in the next step"))
    return [(nodes()[one], parts.get(one, "")) for one in gap.named if one in nodes()]


def _closed(gap: Gap) -> str:
    """The address that imagines the joint work of its pairs; empty where none would help."""
    if not gap.ties:
        return ""
    return address.link("what_if", **WhatIf.joining(gap.ties, address.view()).keeps())


def _group(name: str, found: Iterable[RuleResult], first: Collection[Gap]) -> dict[str, Any]:
    """A group with its rules and, where its findings are gaps of the ecosystem, the first five.

    Those that stand above all groups stand in none.
    """
    inside = {rule.id for rule in RULES if rule.group == name}
    results = [result for result in found if result.rule in inside]
    gaps_of_it = name in OF_ECOSYSTEM
    told = told_first(results, MOST_IN_A_GROUP + len(first), name) if gaps_of_it else []
    return {
        "name": name,
        "title": GROUPS[name],
        "note": "" if gaps_of_it else _apart(name),
        "gaps": [gap for gap in told if gap not in first][:MOST_IN_A_GROUP],
        "results": results,
    }


def _apart(name: str) -> str:
    words = {
        "sureness": gettext(
            "This is about the map, not about the ecosystem, and counts as no gap of it."
        ),
        "figures": gettext(
            "These figures have no norm: they serve to compare, and count as no gaps."
        ),
    }
    return str(words[name])
