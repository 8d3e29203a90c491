"""The pages; what they show is what the workspace answers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from ecosystem.analysis.metrics import MEASURES
from ecosystem.model import EDGE_KINDS, ENTITY_KINDS, Node
from ecosystem.snapshot import LENSES
from webapp import address, facts, graphview, wording
from webapp.address import here, link, view, workspace
from webapp.language import by_name, current_language, in_place, plain, preferred_language

blueprint = Blueprint("pages", __name__)
LANGUAGE = "/<any(bg, en):lang>"
GROUPINGS = ("sector", "theme", "community")
LENS_NAMES = tuple(LENSES)


@blueprint.url_value_preprocessor
def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.lang = (values or {}).pop("lang", None) or preferred_language()


@blueprint.app_context_processor
def _everywhere() -> dict[str, Any]:
    return {
        "lang": current_language(),
        "link": link,
        "here": here,
        "cities": _cities,
        "in_language": in_language,
        "navigation": wording.navigation,
        "client_texts": wording.client_texts,
        "counted": wording.counted,
        "plural": wording.plural,
        "entity_kinds": ENTITY_KINDS,
        "edge_kinds": EDGE_KINDS,
    }


def in_language() -> str:
    """This page's address in another language."""
    if request.endpoint and request.endpoint.startswith("pages."):
        return here(lang=lang)
    return url_for("pages.first", lang=lang)


def _cities() -> list[Node]:
    """The cities that can be a scope, by name."""
    return sorted(workspace().dataset().of_kind("City"), key=lambda city: by_name(city.name))


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
    seen = view()
    space = workspace()
    return render_template(
        "first.html",
        view=seen,
        place=_place(seen.scope),
        overview=space.overview(seen),
        picture=_picture(),
    )


def _place(scope: str) -> str:
    if scope == "all":
        return gettext("everything recorded")
    name = plain(workspace().dataset().nodes[scope].name)
    return in_place(name) if current_language() == "bg" else name


def _picture() -> dict[str, Any]:
    seen, space = view(), workspace()
    snapshot = space.snapshot(seen)
    lens = address.one_of("lens", ("all", *(name for name in LENS_NAMES if name != "all")))
    size = address.one_of("size", MEASURES)
    layout = space.layout(seen, address.one_of("group", GROUPINGS))
    measures = {one.name: one for one in space.measures(seen, lens)}
    return graphview.picture(snapshot, layout, measures[size], current_language())


@blueprint.get(LANGUAGE + "/map")
def map() -> str:
    """The map of the view, or with ``show=table`` the same as tables."""
    seen, space = view(), workspace()
    snapshot = space.snapshot(seen)
    layout = space.layout(seen, address.one_of("group", GROUPINGS))
    lens = address.one_of("lens", ("all", *(name for name in LENS_NAMES if name != "all")))
    measures = space.measures(seen, lens)
    chosen = next(one for one in measures if one.name == address.one_of("size", MEASURES))
    kinds, ties = graphview.legend(snapshot, layout)
    table = address.one_of("show", ("map", "table")) == "table"
    return render_template(
        "map.html",
        view=seen,
        place=_place(seen.scope),
        snapshot=snapshot,
        kinds=kinds,
        ties=ties,
        looks=graphview.LOOKS,
        lenses=LENSES,
        lens=LENSES[lens],
        measures=measures,
        measure=chosen,
        group=address.one_of("group", GROUPINGS),
        groupings=GROUPINGS,
        hidden=_listed("hide"),
        hidden_ties=_listed("hide_ties"),
        gaps_shown=address.switch("gaps", False),
        table=_table(snapshot, chosen) if table else None,
        picture=None if table else _picture(),
    )


def _listed(name: str) -> set[str]:
    return set(request.args.get(name, "").split(",")) - {""}


def _table(snapshot: Any, measure: Any) -> dict[str, Any]:
    nodes = sorted(snapshot.nodes.values(), key=lambda node: by_name(node.name))
    cities = {
        edge.source: snapshot.nodes[edge.target].name
        for edge in snapshot.edges_of_kind("LOCATED_IN")
        if edge.target.startswith("city:")
    }
    order = {node.id: place for place, node in enumerate(nodes)}
    ties = sorted(
        snapshot.edges.values(),
        key=lambda edge: (list(EDGE_KINDS).index(edge.kind), order[edge.source], order[edge.target]),
    )
    degree = {node.id: len(snapshot.edges_of(node.id)) for node in nodes}
    return {
        "nodes": nodes, "cities": cities, "order": order, "ties": ties, "degree": degree,
        "measure": measure,
    }  # fmt: skip


@blueprint.get(LANGUAGE + "/entity/<path:identity>")
def entity(identity: str) -> str:
    """One node or, by its id with bars, one tie; ``part=panel`` gives the inspector alone."""
    seen, space = view(), workspace()
    panel = address.one_of("part", ("page", "panel")) == "panel"
    nodes = space.dataset().nodes
    if "|" in identity:
        tie = space.tie(identity, seen)
        return render_template(
            "tie_panel.html" if panel else "tie.html",
            view=seen, tie=tie, rows=facts.property_rows(tie.properties), facts=facts,
            ends=[nodes[tie.source], nodes[tie.target]],
        )  # fmt: skip
    profile = space.entity(identity, seen)
    return render_template(
        "entity_panel.html" if panel else "entity.html",
        view=seen,
        profile=profile,
        facts=facts,
        groups=facts.tie_groups(profile),
        measures=[] if panel else _measured(identity),
        place=_place(seen.scope),
    )


def _measured(identity: str) -> list[tuple[Any, Any]]:
    """The lens and measures in which the node has a value or could have one."""
    seen, space = view(), workspace()
    found = []
    for lens in LENSES.values():
        rows = [one for one in space.measures(seen, lens.name) if identity in one.values]
        if rows:
            found.append((lens, rows))
    return found


@blueprint.get(LANGUAGE + "/search")
def search() -> str:
    """Names that hold the words."""
    words = request.args.get("q", "")[:200]
    return render_template("search.html", words=words, found=workspace().search(words, 50))


@blueprint.get(LANGUAGE + "/sources")
def sources() -> str:
    """Which documents carry the map, and where they contradict each other."""
    space = workspace()
    return render_template(
        "sources.html",
        sources=space.sources(),
        conflicts=space.conflicts(),
        nodes=space.dataset().nodes,
        facts=facts,
    )


@blueprint.get(LANGUAGE + "/about")
def about() -> str:
    """How to read the map: the model, standing, dates, lenses and measures."""
    return render_template("about.html", lenses=LENSES, engine=workspace().store.engine())
