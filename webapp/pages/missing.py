"""What is missing: by what it is about, or rule by rule."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask_babel import gettext

from ecosystem.questions.catalogues import GROUPS, OF_ECOSYSTEM, RULES, told_first
from ecosystem.questions.gaps import Gaps
from webapp.doors import Context, page

if TYPE_CHECKING:
    from ecosystem.analysis.gaps import RuleResult

MOST_IN_A_GROUP = 5


@page(Gaps, "gaps.html")
def gaps(asked: Gaps, found: tuple[RuleResult, ...]) -> Context:
    """What matters most, group by group; the rules that are asked for show all they found."""
    return {
        "results": found,
        "rules": {rule.id: rule for rule in RULES},
        "asked": ",".join(asked.rules),
        "groups": () if asked.rules else [_group(name, found) for name in GROUPS],
    }


def _group(name: str, found: Iterable[RuleResult]) -> dict[str, Any]:
    """A group with its rules and, where its findings are gaps of the ecosystem, the first five."""
    inside = {rule.id for rule in RULES if rule.group == name}
    results = [result for result in found if result.rule in inside]
    gaps_of_it = name in OF_ECOSYSTEM
    return {
        "name": name,
        "title": GROUPS[name],
        "note": "" if gaps_of_it else _apart(name),
        "gaps": told_first(results, MOST_IN_A_GROUP, name) if gaps_of_it else [],
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
