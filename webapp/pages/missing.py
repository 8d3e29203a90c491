"""What is missing, rule by rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecosystem.questions.catalogues import RULES
from ecosystem.questions.gaps import Gaps
from webapp.doors import Context, page

if TYPE_CHECKING:
    from ecosystem.analysis.gaps import RuleResult

GAPS_SHOWN = 3


@page(Gaps, "gaps.html")
def gaps(asked: Gaps, found: tuple[RuleResult, ...]) -> Context:
    """The rules about the map first; one rule alone shows all that it found."""
    return {
        "results": found,
        "rules": {rule.id: rule for rule in RULES},
        "asked": ",".join(asked.rules),
        "shown": None if asked.rules else GAPS_SHOWN,
    }
