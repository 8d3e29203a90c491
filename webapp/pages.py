"""The pages; what they show is what the workspace answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as BaseResponse

from ecosystem.analysis.facets import NO_SUCH, NOT_RECORDED, Facet
from ecosystem.analysis.gaps import RULES, Gap, RuleResult, tables_of, told_first
from ecosystem.analysis.gaps.results import STATUSES
from ecosystem.analysis.layout import GROUPINGS
from ecosystem.analysis.metrics import DEFINITIONS, MEASURES, Measure
from ecosystem.analysis.profile import history
from ecosystem.model import EDGE_KINDS, ENTITY_KINDS, NODE_KINDS, Node, Record
from ecosystem.snapshot import LENSES, Snapshot
from webapp import address, facts, graphview, neighbourhood, stills, tables, twin, wording
from webapp.address import entity_link, here, link, nodes, view, workspace
from webapp.bulgarian import in_place
from webapp.gapmarks import gap_marks
from webapp.language import by_name, current_language, day, plain, preferred_language

blueprint = Blueprint("pages", __name__)
LANGUAGE = "/<any(bg, en):lang>"
GAPS_SHOWN = 3
GREY = 8


@blueprint.app_context_processor
def _everywhere() -> dict[str, Any]:
    return {
        "lang": current_language(),
        "link": link,
        "entity_link": entity_link,
        "here": here,
        "cities": _cities,
        "in_language": in_language,
        "navigation": wording.navigation,
        "client_texts": wording.client_texts,
        "counted": wording.counted,
        "plural": wording.plural,
        "tag": wording.tag,
        "entity_kinds": ENTITY_KINDS,
        "statuses": STATUSES,
        "statement_name": facts.statement_name,
        "claim_value": facts.claim_value,
        "by_value": facts.by_value,
        "cell": tables.cell,
        "drawn": tables,
        "tables_of": tables_of,
        "edge_kinds": EDGE_KINDS,
    }


def in_language(lang: str) -> str:
    """This page's address in another language."""
    if request.endpoint and current_app.url_map.is_endpoint_expecting(request.endpoint, "lang"):
        return here(lang=lang)
    return url_for("pages.first", lang=lang)


def _cities() -> list[Node]:
    """The cities that can be a scope, by name."""
    found = [node for node in nodes().values() if node.kind == "City"]
    return sorted(found, key=lambda city: by_name(city.name))


@blueprint.get("/")
@blueprint.get("/<any(map, gaps, match, queries, console, sources, about):page>")
@blueprint.get("/entity/<path:identity>")
def in_own_language(**_rest: str) -> BaseResponse:
    """To the same page in the language that the browser prefers."""
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    return redirect(f"/{preferred_language()}{request.path}{query}")


@blueprint.get(LANGUAGE + "/")
def first() -> str:
    """What is this, what does it not know, what is missing, what can I do."""
    seen, space = view(), workspace()
    picture = _picture()
    # In a crowd the gaps take longer than a first screen may: the server works them out by itself.
    known = space.gaps_ready(seen) or len(picture.snapshot.nodes) <= graphview.MOST_DRAWN
    return render_template(
        "first.html",
        view=seen,
        place=_place(seen.scope),
        overview=space.overview(seen),
        gaps=told_first(space.gaps(seen)) if known else None,
        picture=picture.draw(_measure(), current_language()),
    )


def _place(scope: str) -> str:
    if scope == "all":
        return str(gettext("everything recorded"))
    name = plain(nodes()[scope].name)
    return in_place(name) if current_language() == "bg" else name


def _picture() -> graphview.Picture:
    seen, space = view(), workspace()
    layout = space.steady_layout(seen, address.one_of("group", GROUPINGS))
    opened = _listed("open") | _listed("select") | _listed("path")
    for gap in _gap_asked_for():
        opened.update(gap.subjects)
    return graphview.Picture.of(space.snapshot(seen), layout, opened)


def _gap_asked_for() -> list[Gap]:
    wanted = request.args.get("mark", "")
    if not wanted:
        return []
    return [g for r in workspace().gaps(view()) for g in r.findings if g.id == wanted]


def _measure() -> Measure:
    """The measure that sizes the nodes."""
    return workspace().measure(view(), address.lens(), address.one_of("size", MEASURES))


@blueprint.get(LANGUAGE + "/map", endpoint="map")
def network_map() -> str:
    """The map of the view, or with ``show=table`` the same as tables."""
    seen, space = view(), workspace()
    lang = current_language()
    picture = _picture()
    kinds, ties = picture.counts()
    measure = _measure()
    as_table = address.one_of("show", ("map", "table")) == "table"
    colour = next(
        (one for one in space.facets(seen) if one.name == request.args.get("colour")), None
    )
    crowded = len(picture.snapshot.nodes) > graphview.MOST_DRAWN
    marks = []
    if not crowded or address.switch("gaps", False) or space.gaps_ready(seen):
        marks = gap_marks(space.gaps(seen), picture, lang, request.args.get("mark", ""))
    return render_template(
        "map.html",
        crowded=crowded,
        days=space.days(seen),
        facets=space.facets(seen),
        colour=colour,
        tones=_tones(colour) if colour else [],
        view=seen,
        snapshot=picture.snapshot,
        kinds=kinds,
        ties=ties,
        looks=graphview.LOOKS,
        lenses=LENSES,
        lens=LENSES[measure.lens],
        definitions=DEFINITIONS,
        measure=measure,
        group=picture.layout.group_by,
        groupings=wording.groupings(),
        outside=picture.foldable,
        folded={fold.opens for fold in picture.folds},
        opened=_listed("open"),
        hidden=_listed("hide"),
        hidden_ties=_listed("hide_ties"),
        hidden_values=_listed("hide_values"),
        gaps_shown=address.switch("gaps", False),
        gap_marks=marks,
        table=twin.table(picture.snapshot, measure) if as_table else None,
        picture=None
        if as_table
        else _faded(
            _coloured(picture.draw(measure, lang, marks), colour), space.gaps(seen) if marks else ()
        ),
    )


@blueprint.get(LANGUAGE + "/map.svg")
def map_file() -> Response:
    """The map as its address shows it, as a picture with legend, date, scope and sources."""
    seen, space, lang = view(), workspace(), current_language()
    picture, measure = _picture(), _measure()
    colour = next(
        (one for one in space.facets(seen) if one.name == request.args.get("colour")), None
    )
    marks = []
    if address.switch("gaps", False):
        marks = gap_marks(space.gaps(seen), picture, lang, request.args.get("mark", ""))
    text = stills.still(
        _coloured(picture.draw(measure, lang, marks), colour),
        _legend(picture.snapshot, measure, colour),
        _listed("hide"),
        _listed("hide_ties"),
        _listed("select"),
    )
    answer = Response(text, content_type="image/svg+xml; charset=utf-8")
    name = f"{seen.scope.partition(':')[2] or seen.scope}-{seen.as_of}.svg"
    if address.switch("download", False):
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _legend(snapshot: Snapshot, measure: Measure, colour: Facet | None) -> stills.Legend:
    """Whose map on which day, what sizes the nodes, and whose statements it rests on."""
    seen = view()
    place = (
        gettext("Everything recorded") if seen.scope == "all" else plain(nodes()[seen.scope].name)
    )
    readings = {"known": gettext("known up to the day"), "in-force": gettext("in force on the day")}
    lens = plain(LENSES[measure.lens].title)
    size = gettext(
        "Size: %(measure)s (%(lens)s), n = %(n)s",
        n=measure.n,
        lens=lens,
        measure=plain(measure.definition.title),
    )
    records: tuple[Record, ...] = (*snapshot.nodes.values(), *snapshot.edges.values())
    used = {entry.partition("#")[0] for record in records for entry in record.sources}
    publishers: Counter[str] = Counter()
    for one in used:
        source = nodes().get(one)
        publishers[getattr(source, "publisher", "") or one] += 1
    named = ", ".join(name for name, _ in publishers.most_common(4))
    as_of = gettext("as of %(day)s", day=day(seen.as_of))
    return stills.Legend(
        gettext("Innovation ecosystem map: %(place)s", place=place),
        (" · ".join((as_of, readings[seen.reading], size)),),
        (
            ngettext(
                "%(num)s source; among the publishers: %(named)s",
                "%(num)s sources; among the publishers: %(named)s",
                len(used),
                named=named,
            ),
            gettext("Hollow: inferred or illustrative. Dashed: a gap. Grey name: from outside."),
        ),
        tuple(
            (plain(one.label), tone)
            for one, tone in zip(colour.values, _tones(colour), strict=True)
        )
        if colour
        else (),
    )


def _coloured(drawn: dict[str, Any], colour: Facet | None) -> dict[str, Any]:
    """The picture whose nodes know their values of the property that colours them."""
    if colour is not None:
        tones = _tones(colour)
        for node in drawn["nodes"]:
            node["values"] = list(colour.of.get(node["id"], ()))
            node["tone"] = tones[node["values"][0]] if node["values"] else GREY
    return drawn


def _faded(drawn: dict[str, Any], results: Iterable[RuleResult]) -> dict[str, Any]:
    """The picture whose ties know whether nobody has confirmed them for long (rule G21)."""
    stale = {
        one
        for result in results
        if result.rule == "G21"
        for gap in result.findings
        if gap.status == "faded"
        for one in gap.statements
    }
    for edge in drawn["edges"]:
        edge["faded"] = edge["id"] in stale
    return drawn


def _tones(colour: Facet) -> list[int]:
    """The number of each value's colour; the last, a grey, is that of all that have none."""
    silent = (NOT_RECORDED, NO_SUCH)
    return [
        GREY if one.id in silent else min(place, GREY) for place, one in enumerate(colour.values)
    ]


def _listed(name: str) -> set[str]:
    return set(request.args.get(name, "").split(",")) - {""}


@blueprint.get(LANGUAGE + "/entity/<path:identity>")
def entity(identity: str) -> str:
    """One node or, by its id with bars, one tie; ``part=panel`` gives the inspector alone."""
    seen, space = view(), workspace()
    panel = address.one_of("part", ("page", "panel")) == "panel"
    if "|" in identity:
        tie = space.tie(identity, seen)
        return render_template(
            "tie_panel.html" if panel else "tie.html",
            view=seen,
            tie=tie,
            rows=facts.property_rows(tie.properties),
            facts=facts,
            ends=[nodes()[tie.source], nodes()[tie.target]],
        )
    profile = space.entity(identity, seen)
    return render_template(
        "entity_panel.html" if panel else "entity.html",
        view=seen,
        profile=profile,
        facts=facts,
        groups=facts.tie_groups(profile),
        gaps=[] if panel else _gaps_about(identity),
        measures=[] if panel else _measured(identity),
        small=None if panel else neighbourhood.around(space.snapshot(seen), identity),
        past=() if panel else history(profile),
    )


def _gaps_about(identity: str) -> list[Gap]:
    found = (gap for result in workspace().gaps(view()) for gap in result.findings)
    return [gap for gap in found if identity in gap.subjects or identity in gap.statements]


def _measured(identity: str) -> list[tuple[Any, Any]]:
    """The lenses of one kind of tie in which the node stands, each with its measures."""
    seen, space = view(), workspace()
    found = []
    for lens in LENSES.values():
        if lens.name != "all" and identity in space.measure(seen, lens.name, "degree").values:
            rows = [one for one in space.measures(seen, lens.name) if identity in one.values]
            found.append((lens, rows))
    return found


@blueprint.get(LANGUAGE + "/gaps")
def gaps() -> str:
    """What is missing, rule by rule, those about the map first; one rule alone shows it all."""
    asked = request.args.get("rule", "")
    return render_template(
        "gaps.html",
        view=view(),
        results=workspace().gaps(view(), [asked] if asked else None),
        rules={rule.id: rule for rule in RULES},
        asked=asked,
        shown=None if asked else GAPS_SHOWN,
    )


@blueprint.get(LANGUAGE + "/search")
def search() -> str:
    """Names that hold the words."""
    words = request.args.get("q", "")[:200]
    return render_template(
        "search.html", words=words, found=workspace().search(words, 50, view().people)
    )


@blueprint.get(LANGUAGE + "/sources")
def sources() -> str:
    """Which documents carry the map, and where they contradict each other."""
    space = workspace()
    return render_template(
        "sources.html",
        sources=space.sources(),
        conflicts=space.conflicts(),
    )


@blueprint.get(LANGUAGE + "/about")
def about() -> str:
    """How to read the map: the model, standing, dates, lenses and measures."""
    return render_template(
        "about.html",
        lenses=LENSES,
        definitions=DEFINITIONS,
        node_kinds=NODE_KINDS,
        own_columns=facts.own_columns,
        engine=workspace().store.engine(),
    )
