"""What would change and what has changed: scenarios by forms, and the timeline of gaps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, g, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from ecosystem.columns import SEPARATOR
from ecosystem.errors import DataError, ParameterError, Problem
from ecosystem.io import scenarios
from ecosystem.labels import property_label, word
from ecosystem.model import EDGE_KINDS, KINDS, NODE_KINDS, SECTORS, columns
from ecosystem.questions.catalogues import HOWS, RULES
from ecosystem.questions.imagining import Timeline, WhatIf, written
from ecosystem.scenario import MOST_CHANGES, Change, Scenario
from ecosystem.values import Text
from webapp import address
from webapp.address import OURS, ground, link, nodes, view
from webapp.bulgarian import latin
from webapp.doors import LANGUAGE, Context, page
from webapp.language import by_name, current_language

if TYPE_CHECKING:
    from ecosystem.analysis.comparison import YearOfGaps
    from ecosystem.questions.imagining import TimelineOfGaps

blueprint = Blueprint("imagining", __name__)
ADDABLE = ("Organisation", "Person", "Project", "Event", "City", "Programme")
TIES = tuple(kind for kind in EDGE_KINDS if kind not in ("BROADER", "ENABLES"))
FORM = ("sort", "kind", "called", "form", "here", "source", "target", "key", "role", "themes", "id")
"""The fields of the forms that add a change."""


def _to(asked: WhatIf, anchor: str = "") -> str:
    return link("what_if", **asked.keeps()) + anchor


@page(WhatIf, "what_if.html", asks=False)
def what_if(asked: WhatIf, _found: None) -> Context:
    """The scenario of the address, the forms that change it, and what it would do."""
    scenario = asked.scenario
    found, problems = None, tuple[Problem, ...]()
    if scenario.changes:
        try:
            found = ground().ask(asked)
            g.nodes = {**nodes(), **found.applied.dataset.nodes}
        except DataError as error:
            problems = tuple(error.problems)
    return {
        "status": 422 if problems else 200,
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
        "roles": columns(EDGE_KINDS["PARTICIPATES_IN"])["role"].choices,
        "everyone": _everyone(scenario),
        "most": MOST_CHANGES,
    }


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


def _everyone(scenario: Scenario) -> list[tuple[str, str]]:
    """Ids with names for the lists of the forms: the scenario's own first, then by name."""
    own = [
        (said["id"], said.get("name_en") or said.get("name_bg") or said["id"])
        for said in (change.add or {} for change in scenario.changes)
        if "id" in said
    ]
    seen = ground().snapshot(view())
    lang = current_language()
    known = sorted(seen.nodes.values(), key=lambda node: by_name(node.name))
    return own + [(node.id, node.name.show(lang)[0]) for node in known]


@blueprint.get(LANGUAGE + "/what-if/change")
def change() -> BaseResponse:
    """To the scenario with one more change, that of the form."""
    said = {name: values for name, values in address.words().items() if name not in FORM}
    asked = WhatIf.read(said, ground(), OURS, partly=True)
    sort = address.one_of("sort", ("actor", "tie", "remove"))
    more = {"actor": _actor, "tie": _tie, "remove": _remove}[sort](request.args)
    changes = (*asked.change, *map(written, more))
    return redirect(_to(replace(asked, change=changes), "#scenario"), 303)


def _actor(said: Mapping[str, str]) -> Iterable[Change]:
    kind = said.get("kind", "")
    name = said.get("called", "").strip()[:200]
    prefix = NODE_KINDS[kind].prefix if kind in ADDABLE else "org"
    identity = f"{prefix}:{_slug(name)}"
    added = {"kind": kind, "id": identity}
    if kind == "City":
        added |= {"name_bg": name, "name_en": name}
    else:
        added["name_bg" if re.search("[а-яА-Я]", name) else "name_en"] = name
    if kind == "Organisation":
        added["form"] = said.get("form", "")
    yield Change(add=added)
    here = view().scope
    if said.get("here") == "1" and here != "all" and kind not in ("City", "Programme"):
        yield Change(add={"kind": "LOCATED_IN", "source": identity, "target": here})


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", latin(name)).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain))[:80].strip("-")


def _tie(said: Mapping[str, str]) -> Iterable[Change]:
    added = {name: said.get(name, "").strip() for name in ("kind", "source", "target", "key")}
    if added["kind"] == "PARTICIPATES_IN":
        added["role"] = said.get("role", "")
    if added["kind"] == "MENTORS":
        added["themes"] = SEPARATOR.join(said.get("themes", "").replace(",", " ").split())
    yield Change(add={name: text for name, text in added.items() if text})


def _remove(said: Mapping[str, str]) -> Iterable[Change]:
    yield Change(remove=said.get("id", "").strip())


@blueprint.post(LANGUAGE + "/what-if/open")
def open_file() -> BaseResponse:
    """To the scenario of a file; nothing of it is stored."""
    sent = request.files.get("scenario")
    raw = sent.read() if sent else b""
    try:
        scenario = scenarios.loads(raw.decode("utf-8-sig"), (sent.filename if sent else "") or "")
    except UnicodeDecodeError:
        raise ParameterError("scenario: the file is not UTF-8 text.", "Save it again.") from None
    return redirect(_to(WhatIf.of(scenario, view())), 303)


@page(Timeline, "timeline.html")
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
