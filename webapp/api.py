"""The JSON twins of the pages, for programs: the results' own ``to_dict``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request

from ecosystem import __version__
from ecosystem.analysis.cities import CityProfile
from ecosystem.analysis.connecting import Connection
from ecosystem.analysis.gaps import RuleResult
from ecosystem.analysis.geography import Geography
from ecosystem.analysis.layout import GROUPINGS, Layout
from ecosystem.analysis.matching import Matches
from ecosystem.analysis.profile import Claim, SourceUse
from ecosystem.analysis.side_by_side import SideBySide
from ecosystem.analysis.structure import Structure
from ecosystem.dataset import counts
from ecosystem.desk import to_dict
from ecosystem.errors import ParameterError
from ecosystem.model import ENTITY_KINDS
from ecosystem.snapshot import LENSES
from ecosystem.values import plain
from webapp import comparing
from webapp.address import here, ids_of, lens, link, one_of, through, view, whole, workspace
from webapp.language import current_language
from webapp.openapi import KIND, Parameter, described, specification
from webapp.places import FILTERS

blueprint = Blueprint("api", __name__, url_prefix="/api")
PAGE, LARGEST_PAGE = 100, 1000
LENS_NAMES = tuple(LENSES)
ROWS = ("name", "cypher", "parameters", "columns", "rows", "truncated", "row_limit")


@blueprint.before_request
def not_modified() -> Response | None:
    """An empty answer where the caller has the present one already."""
    tag = _tag()
    if tag in request.if_none_match:
        answer = Response(status=304)
        answer.set_etag(tag)
        return answer
    return None


@blueprint.after_request
def tagged(answer: Response) -> Response:
    """``answer`` with a tag that changes with the store, the address and the day."""
    if answer.status_code == 200:
        answer.set_etag(_tag())
        answer.headers["Cache-Control"] = "private, no-cache"
        answer.headers["Vary"] = "Accept-Language"
    return answer


def _tag() -> str:
    parts = (
        __version__,
        workspace().revision(),
        request.full_path,
        date.today(),
        current_language(),
    )
    return sha256(repr(parts).encode()).hexdigest()[:24]


def page_of(rows: Sequence[Any], show: Callable[[Any], Any]) -> Response:
    """One page of ``rows``, how many there are and where the next page is."""
    offset = whole("offset", 0, 0, 10**9)
    limit = whole("limit", PAGE, 1, LARGEST_PAGE)
    end = offset + limit
    answer = jsonify(
        items=[show(row) for row in rows[offset:end]],
        total=len(rows),
        offset=offset,
        limit=limit,
        next=here(offset=end) if end < len(rows) else None,
    )
    if end < len(rows):
        answer.headers["Link"] = f'<{here(offset=end)}>; rel="next"'
    return answer


@blueprint.get("/overview")
@described(("view", "scope", "members", "unknowns"))
def overview() -> Response:
    """Counts of the scope, and what the map does not know."""
    return jsonify(view=view().to_dict(), **workspace().overview(view()).to_dict())


@blueprint.get("/search")
@described(
    ("id", "kind", "kind_name", "name", "shown", "lang", "href"),
    Parameter("q", "Words that names hold.", required=True),
    paged=True,
)
def search() -> Response:
    """Nodes whose names hold the words ``q``."""
    lang = current_language()

    def show(node: Any) -> dict[str, Any]:
        shown, really = node.name.show(lang)
        return {
            "id": node.id,
            "kind": node.kind,
            "kind_name": node.label.show(lang)[0],
            "name": plain(node.name),
            "shown": shown,
            "lang": really,
            "href": link("pages.entity", identity=node.id),
        }

    return page_of(
        workspace().search(request.args.get("q", "")[:200], LARGEST_PAGE, view().people), show
    )


@blueprint.get("/entities")
@described(("id", "kind", "name_bg", "name_en", "standing", "sources"), KIND, paged=True)
def entities() -> Response:
    """The nodes of the view, of one ``kind`` or of all."""
    kind = one_of("kind", ("", *ENTITY_KINDS))
    nodes = [n for n in workspace().snapshot(view()).nodes.values() if kind in ("", n.kind)]
    return page_of(nodes, lambda node: {"kind": node.kind, **plain(node)})


@blueprint.get("/ties")
@described(("id", "kind", "source", "target", "standing", "sources"), paged=True)
def ties() -> Response:
    """The ties of the view."""
    edges = list(workspace().snapshot(view()).edges.values())
    return page_of(edges, lambda edge: {"id": edge.id, "kind": edge.kind, **plain(edge)})


@blueprint.get("/entity/<path:identity>")
@described(("id", "kind", "label", "since", "until", "standing", "citations", "claims"))
def entity(identity: str) -> Response:
    """Everything recorded about one node, or one tie by its id with bars."""
    if "|" in identity:
        return jsonify(workspace().tie(identity, view()).to_dict())
    return jsonify(workspace().entity(identity, view()).to_dict())


@blueprint.get("/measures/<lens>")
@described(("items",))
def measures(lens: str) -> Response:
    """Every measure of a lens: values, or a reason why there are none."""
    return jsonify(items=[one.to_dict() for one in workspace().measures(view(), lens)])


@blueprint.get("/structure/<lens>")
@described(Structure)
def structure(lens: str) -> Response:
    """How a lens hangs together."""
    return jsonify(workspace().structure(view(), lens).to_dict())


@blueprint.get("/path")
@described(
    Connection,
    Parameter("path", "Two ids, joined by a comma.", required=True),
    Parameter("through", "The lens of the ties.", choices=LENS_NAMES),
)
def path() -> Response:
    """The shortest ways between the two ids of ``path`` (joined by a comma) ``through`` a lens."""
    ends = ids_of("path")
    if len(ends) != 2:
        raise ParameterError("path: two ids are needed.", "Write path=org:one,org:other.")
    source, target = ends
    return jsonify(workspace().connecting(view(), source, target, through()).to_dict())


@blueprint.get("/compare")
@described(
    SideBySide,
    Parameter("select", "Ids, joined by commas."),
    Parameter("lens", "The lens of the measures.", choices=LENS_NAMES),
)
def compare() -> Response:
    """The things of ``select`` (ids joined by commas) side by side, measured by ``lens``."""
    found = workspace().side_by_side(view(), ids_of("select"), lens())
    return jsonify(found.to_dict())


@blueprint.get("/sources")
@described(SourceUse, paged=True, viewed=False)
def sources() -> Response:
    """Every document and how much of the map rests on it."""
    return page_of(workspace().sources(), lambda use: use.to_dict())


@blueprint.get("/conflicts")
@described(list[Claim], paged=True, viewed=False)
def conflicts() -> Response:
    """Claims of different sources that contradict each other."""
    return page_of(workspace().conflicts(), plain)


@blueprint.get("/gaps")
@described(RuleResult, Parameter("rule", "Ids of rules.", many=True), paged=True)
def gaps() -> Response:
    """The gaps of the view, rule by rule; ``rule`` may name some of them."""
    rules = request.args.getlist("rule") or None
    return page_of(workspace().gaps(view(), rules), lambda result: result.to_dict())


@blueprint.get("/desk")
@described(("gaps", "decisions"))
def desk() -> Response:
    """Every decision in the order in which it was made, and what became of the gaps taken up."""
    space = workspace()
    return jsonify(
        gaps=[one.to_dict() for one in space.follow_up(view())],
        decisions=[to_dict(one) for one in space.desk().decisions],
    )


@blueprint.get("/what-if", endpoint="what_if")
@described(
    ("view", "scenario", "rules", "measures"),
    Parameter("change", "A change: + and fields, or - and an id.", many=True),
)
def imagined() -> Response:
    """What the changes in the address would do, ``change`` by ``change``."""
    return jsonify(workspace().what_if(comparing.scenario_asked_for(), view()).to_dict())


@blueprint.get("/timeline")
@described(("earlier", "view", "comparison", "years"), Parameter("from", "The earlier day."))
def timeline() -> Response:
    """Which gaps opened and closed between ``from`` and the day of the view; counts by year."""
    seen, space = view(), workspace()
    earlier = request.args.get("from") or seen.as_of
    return jsonify(
        earlier=earlier,
        view=seen.to_dict(),
        comparison=space.between(seen, earlier).to_dict(),
        years=[plain(one) for one in space.years(seen)],
    )


@blueprint.get("/places")
@described(Geography, *(Parameter(name, "Only cities with it.") for name in FILTERS))
def places() -> Response:
    """Cities where they are and the advice between them; the filters of the page."""
    chosen = {name: request.args.get(name, "") for name in FILTERS}
    return jsonify(workspace().geography(view(), **chosen).to_dict())


@blueprint.get("/city/<identity>")
@described(CityProfile, Parameter("peer", "Ids of cities to compare with.", many=True))
def city(identity: str) -> Response:
    """Needs and strengths of a city by theme, beside its mentors and peers."""
    return jsonify(
        workspace().city(identity, view(), request.args.getlist("peer") or None).to_dict()
    )


@blueprint.get("/match/<city>")
@described(Matches)
def match(city: str) -> Response:
    """Mentor candidates for one city."""
    return jsonify(workspace().match(city, view()).to_dict())


@blueprint.get("/allocation")
@described(("accepted", "locked", "declined", "plan"))
def allocation() -> Response:
    """Mentors for all cities that can be matched, around what people decided about pairs."""
    return jsonify(workspace().board(view()).to_dict())


@blueprint.get("/queries")
@described(("name", "title", "tags", "parameters", "returns", "cypher"), paged=True, viewed=False)
def queries() -> Response:
    """The query library."""
    return page_of(list(workspace().queries().values()), lambda query: query.to_dict())


@blueprint.get("/queries/<name>")
@described(ROWS, viewed=False)
def query(name: str) -> Response:
    """The rows of a query of the library; its parameters are those of the address."""
    return jsonify(workspace().run_query(name, request.args.to_dict()).to_dict())


@blueprint.get("/console")
@described(ROWS, Parameter("cypher", "A reading query.", required=True), viewed=False)
def console() -> Response:
    """The rows of the caller's own reading query ``cypher``."""
    return jsonify(workspace().console(request.args.get("cypher", "")).to_dict())


@blueprint.get("/layout")
@described(Layout, Parameter("group", "What the islands are.", choices=GROUPINGS))
def layout() -> Response:
    """Where everything of the view stands on the map."""
    return jsonify(workspace().layout(view(), one_of("group", GROUPINGS)).to_dict())


@blueprint.get("/doctor")
@described(("version", "engine", "revision", "counts"), viewed=False)
def doctor() -> Response:
    """What the database is and whether it answers."""
    space = workspace()
    return jsonify(
        version=__version__,
        engine=space.store.engine(),
        revision=space.revision(),
        counts=counts(space.dataset()),
    )


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """This interface, described by OpenAPI 3.1."""
    return jsonify(specification(current_app))
