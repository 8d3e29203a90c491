"""What would change and what has changed: scenarios by forms, and the timeline of gaps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, g, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from ecosystem.analysis.comparison import HOWS, YearOfGaps
from ecosystem.analysis.gaps import RULES
from ecosystem.columns import SEPARATOR
from ecosystem.errors import DataError, ParameterError, Problem
from ecosystem.io import scenarios
from ecosystem.labels import property_label, word
from ecosystem.model import EDGE_KINDS, KINDS, NODE_KINDS, SECTORS, columns
from ecosystem.scenario import MOST_CHANGES, Change, Scenario
from ecosystem.values import Text
from webapp import address
from webapp.address import link, nodes, view, workspace
from webapp.bulgarian import latin
from webapp.language import by_name, current_language
from webapp.pages import LANGUAGE

blueprint = Blueprint("comparing", __name__)
ADDABLE = ("Organisation", "Person", "Project", "Event", "City", "Programme")
TIES = tuple(kind for kind in EDGE_KINDS if kind not in ("BROADER", "ENABLES"))
LONGEST_CHANGE = 2000


def scenario_asked_for() -> Scenario:
    """The scenario that the address holds: ``change`` for each change, ``name`` and ``note``.

    Raises
    ------
    ParameterError
        For a change that cannot be read.
    """
    changes = tuple(_change(text) for text in request.args.getlist("change"))
    return Scenario(
        request.args.get("name", "")[:120], request.args.get("note", "")[:2000], changes
    )


def _change(text: str) -> Change:
    sign, rest = text[:1], text[1:]
    if len(text) <= LONGEST_CHANGE and sign == "-" and rest:
        return Change(remove=rest)
    if len(text) <= LONGEST_CHANGE and sign == "+":
        return Change(add=dict(parse_qsl(rest)))
    message = f"change: {text[:60]!r} is no change."
    raise ParameterError(message, "It begins with + and fields, or with - and an id.")


def _written(change: Change) -> str:
    if change.add is None:
        return f"-{change.remove}"
    return "+" + urlencode({name: text for name, text in change.add.items() if text})


def _to(scenario: Scenario, anchor: str = "") -> str:
    said: dict[str, Any] = {"change": [_written(one) for one in scenario.changes]}
    for name in ("name", "note"):
        if text := getattr(scenario, name):
            said[name] = text
    return link("comparing.what_if", **said) + anchor


@blueprint.get(LANGUAGE + "/what-if", endpoint="what_if")
def what_if() -> tuple[str, int]:
    """The scenario of the address, the forms that change it, and what it would do."""
    scenario = scenario_asked_for()
    found, problems = None, tuple[Problem, ...]()
    if scenario.changes:
        try:
            found = workspace().what_if(scenario, view())
            g.nodes = {**nodes(), **found.applied.dataset.nodes}
        except DataError as error:
            problems = tuple(error.problems)
    page = render_template(
        "what_if.html",
        view=view(),
        scenario=scenario,
        found=found,
        problems=problems,
        imagined=_imagined(scenario),
        without=[_to(_without(scenario, place)) for place in range(len(scenario.changes))],
        summary=_summary,
        hows=HOWS,
        kind_label=_kind_label,
        rules={rule.id: rule for rule in RULES},
        addable=[(kind, NODE_KINDS[kind].label) for kind in ADDABLE],
        forms=list(SECTORS),
        ties=[(kind, EDGE_KINDS[kind].label) for kind in TIES],
        roles=columns(EDGE_KINDS["PARTICIPATES_IN"])["role"].choices,
        everyone=_everyone(scenario),
        most=MOST_CHANGES,
    )
    return page, 422 if problems else 200


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


def _without(scenario: Scenario, place: int) -> Scenario:
    left = tuple(one for at, one in enumerate(scenario.changes) if at != place)
    return Scenario(scenario.name, scenario.note, left)


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
    seen = workspace().snapshot(view())
    lang = current_language()
    known = sorted(seen.nodes.values(), key=lambda node: by_name(node.name))
    return own + [(node.id, node.name.show(lang)[0]) for node in known]


@blueprint.get(LANGUAGE + "/what-if/change", endpoint="change")
def change() -> BaseResponse:
    """To the scenario with one more change, that of the form."""
    scenario = scenario_asked_for()
    sort = address.one_of("sort", ("actor", "tie", "remove"))
    more = {"actor": _actor, "tie": _tie, "remove": _remove}[sort](request.args)
    changes = (*scenario.changes, *more)
    return redirect(_to(Scenario(scenario.name, scenario.note, changes), "#scenario"), 303)


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


@blueprint.get(LANGUAGE + "/what-if.toml", endpoint="file")
def file() -> Response:
    """The scenario as a file that the command line and this page read."""
    answer = Response(scenarios.dumps(scenario_asked_for()), content_type="application/toml")
    answer.headers["Content-Disposition"] = 'attachment; filename="scenario.toml"'
    return answer


@blueprint.post(LANGUAGE + "/what-if/open", endpoint="open_file")
def open_file() -> BaseResponse:
    """To the scenario of a file; nothing of it is stored."""
    sent = request.files.get("scenario")
    raw = sent.read() if sent else b""
    try:
        scenario = scenarios.loads(raw.decode("utf-8-sig"), (sent.filename if sent else "") or "")
    except UnicodeDecodeError:
        raise ParameterError("scenario: the file is not UTF-8 text.", "Save it again.") from None
    if len(scenario.changes) > MOST_CHANGES:
        message = f"scenario: it has {len(scenario.changes)} changes, more than {MOST_CHANGES}."
        raise ParameterError(message, "Make two scenarios of it.")
    return redirect(_to(scenario), 303)


@blueprint.get(LANGUAGE + "/timeline", endpoint="timeline")
def timeline() -> str:
    """How many gaps there were each year, and what changed between two days."""
    seen, space = view(), workspace()
    years = space.years(seen)
    earlier = request.args.get("from") or _a_year_ago(seen.as_of)
    found = space.between(seen, earlier)
    return render_template(
        "timeline.html",
        view=seen,
        earlier=earlier,
        found=found,
        years=years,
        lines=[(rule, _line(years, rule.id)) for rule in RULES],
        hows=HOWS,
        rules={rule.id: rule for rule in RULES},
        imagined=set(),
    )


def _a_year_ago(day: str) -> str:
    return f"{int(day[:4]) - 1:04d}-12-31" if day[:4] > "0001" else day


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
