"""What would change and what has changed: scenarios by forms, and the timeline of gaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import g, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from ecosystem.errors import (
    DataError,
    EcosystemError,
    FieldsError,
    NotFoundError,
    Problem,
    WrongField,
)
from ecosystem.labels import property_label, word
from ecosystem.model import EDGE_KINDS, KINDS, NODE_KINDS, SECTORS
from ecosystem.questions.catalogues import HOWS, RULES
from ecosystem.questions.imagining import Timeline, WhatIf, written
from ecosystem.scenario import MOST_CHANGES, Change, Scenario
from ecosystem.values import Text
from webapp import address
from webapp.address import ground, link, nodes, view
from webapp.doors import Context, page
from webapp.imagined import ADDABLE, FORM, ROLES, TIES, OneMore
from webapp.language import current_language, named

if TYPE_CHECKING:
    from ecosystem.analysis.comparison import YearOfGaps
    from ecosystem.questions.imagining import TimelineOfGaps


def _to(asked: WhatIf, anchor: str = "") -> str:
    return link("what_if", **asked.keeps()) + anchor


@page(WhatIf, "what_if.html", told_in="gaps#imagine-it-closed", asks=False, ours=FORM)
def what_if(asked: WhatIf, _found: None) -> Context:
    """The scenario of the address, the forms that change it, and what it would do."""
    wrong: tuple[WrongField, ...] = ()
    if "sort" in request.args:
        try:
            return _with_one_more(asked)
        except (FieldsError, NotFoundError) as error:
            wrong = _wrong_of(error)
    scenario = asked.scenario
    found, problems = None, tuple[Problem, ...]()
    if scenario.changes:
        try:
            found = ground().ask(asked)
            g.nodes = {**nodes(), **found.applied.dataset.nodes}
        except DataError as error:
            problems = tuple(error.problems)
    return {
        "status": 422 if problems or wrong else 200,
        "said": request.args if wrong else {},
        "wrong": wrong,
        "scenario": scenario,
        "found": found,
        "problems": problems,
        "imagined": _imagined(scenario),
        "without": [_to(_without(asked, place)) for place in range(len(asked.change))],
        "summary": _summary,
        "hows": HOWS,
        "kind_label": _kind_label,
        "rules": {rule.id: rule for rule in RULES},
        "addable": [(kind, NODE_KINDS[kind].label) for kind in ADDABLE],
        "forms": list(SECTORS),
        "ties": [(kind, EDGE_KINDS[kind].label) for kind in TIES],
        "roles": ROLES,
        "themes": named("Theme"),
        "own_names": [*_own_names(scenario)],
        "most": MOST_CHANGES,
    }


def _wrong_of(error: EcosystemError) -> tuple[WrongField, ...]:
    """The fields that cannot be read; a name that nothing has is raised from them."""
    cause = error if isinstance(error, FieldsError) else error.__cause__
    if not isinstance(cause, FieldsError):
        raise error
    return cause.wrong


def _imagined(scenario: Scenario) -> set[str]:
    """The ids of what the scenario adds."""
    found = set()
    for change in scenario.changes:
        said = change.add or {}
        if "id" in said:
            found.add(said["id"])
        elif said:
            found.add("|".join(said.get(k, "") for k in ("kind", "source", "target", "key")))
    return found


def _kind_label(name: str) -> Text:
    return KINDS[name].label if name in KINDS else Text(name or "?", name or "?")


def _without(asked: WhatIf, place: int) -> WhatIf:
    """The same scenario less one change."""
    return replace(asked, change=asked.change[:place] + asked.change[place + 1 :])


def _summary(change: Change) -> list[tuple[str, str]]:
    """The fields of a change as a reader sees them, its kind apart; names stand for ids."""
    lang = current_language()
    own = {"id": gettext("id"), "source": gettext("From"), "target": gettext("To")}
    found = []
    for name, text in (change.add or {}).items():
        if name != "kind":
            node = nodes().get(text)
            value = node.name.show(lang)[0] if node and name != "id" else word(text).show(lang)[0]
            found.append((own.get(name) or property_label(name).show(lang)[0], value))
    return found


def _own_names(scenario: Scenario) -> dict[str, str]:
    """What the scenario itself adds, id by name: the map does not know it."""
    return {
        said.get("name_en") or said.get("name_bg") or said["id"]: said["id"]
        for said in (change.add or {} for change in scenario.changes)
        if "id" in said
    }


def _with_one_more(asked: WhatIf) -> BaseResponse:
    """To the scenario with one more change, that of the form."""
    own = _own_names(asked.scenario)
    said = {
        name: [own.get(word.strip(), word) for word in words]
        for name, words in address.words().items()
        if name in FORM
    }
    more = OneMore.read(said, ground())
    changes = (*asked.change, *map(written, more.changes(view().scope)))
    return redirect(_to(replace(asked, change=changes), "#scenario"), 303)


@page(Timeline, "timeline.html", told_in="gaps#see-what-opened-and-closed")
def timeline(_asked: Timeline, found: TimelineOfGaps) -> Context:
    """How many gaps there were each year, and what changed between two days."""
    return {
        "earlier": found.earlier,
        "found": found.comparison,
        "years": found.years,
        "lines": [(rule, _line(found.years, rule.id)) for rule in RULES],
        "hows": HOWS,
        "rules": {rule.id: rule for rule in RULES},
        "imagined": set(),
    }


def _line(years: Iterable[YearOfGaps], rule: str) -> dict[str, Any]:
    """The counts of a rule by year, and the points of the line that draws them."""
    counts = [one.counts[rule] for one in years]
    known = [count for count in counts if count is not None]
    most = max(known, default=0)
    step = 100 / max(1, len(counts) - 1)
    points = [
        (round(place * step, 1), round(22 - 20 * count / most, 1) if most else 22)
        for place, count in enumerate(counts)
        if count is not None
    ]
    return {"counts": counts, "points": points, "most": most}
