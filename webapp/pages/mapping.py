"""The map: the picture of the view, its legend and filters, the same as a table, and as a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, g
from flask_babel import gettext

from ecosystem.errors import WrongField
from ecosystem.kept import Ready
from ecosystem.model import EDGE_KINDS, ENTITY_KINDS, NODE_KINDS, Record, RelatedTo
from ecosystem.model.attributes import OWN
from ecosystem.own import Declared, of_nodes
from ecosystem.questions.catalogues import DEFINITIONS, LENSES, NO_SUCH, NOT_RECORDED
from ecosystem.questions.comparing import Ways
from ecosystem.questions.gaps import Gaps
from ecosystem.questions.keeping import Brought, CameIn
from ecosystem.questions.mapping import MOST_SAID, Days, Facets, Map, SteadilyPlaced, pinned
from ecosystem.questions.measuring import MeasuredBy
from ecosystem.questions.question import Question
from ecosystem.questions.wording import how_many
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text
from ecosystem.view import View
from webapp import address, facts, graphview, printed, stills, twin, wording
from webapp.address import OURS, ground, nodes, view
from webapp.doors import LANGUAGE, Context, page
from webapp.folding import canvas_of
from webapp.gapmarks import gap_marks
from webapp.language import current_language, day, ngettext, plain
from webapp.pages.identity import waiting_among
from webapp.seen import Wanted

if TYPE_CHECKING:
    from ecosystem.analysis.facets import Facet
    from ecosystem.analysis.gaps import Gap, RuleResult
    from ecosystem.analysis.layout import Layout
    from ecosystem.analysis.metrics import Measure

blueprint = Blueprint("mapping", __name__)
MOST_NAMED = 5
GREY, SILENT, RAMP = 8, 9, range(10, 15)
"""Numbers of colours: of what has none of its own, of what is not recorded, and of a ramp."""


def picture_of(asked: Map) -> graphview.Picture:
    """The view laid out, with what the address opens or points at unfolded."""
    layout = ground().ask(_steadily_placed(asked))
    opened = {*asked.open, *asked.select, *asked.path_}
    if brought := came_in(asked):
        opened.update([*brought.added, *brought.changed][:MOST_SAID])
    snapshot = ground().snapshot(asked.view)
    return graphview.Picture.of(snapshot, layout, opened, pins=_pins(asked, layout))


def _pins(asked: Map, layout: Layout) -> dict[str, tuple[float, float]]:
    """Where a reader has moved what is drawn; what lies beyond the canvas is said and left out."""
    left, top, right, bottom = canvas_of(layout)
    found = {}
    for word in asked.pins:
        identity, x, y = pinned(word)
        if left <= x <= right and top <= y <= bottom:
            found[identity] = (x, y)
            continue
        why = Text(
            f"извън картата, която стига от {left}:{top} до {right}:{bottom}",
            f"outside the map, which reaches from {left}:{top} to {right}:{bottom}",
        )
        address.leave_out(WrongField("pins", asked.parameters()["pins"].label, word, why))
    return found


def came_in(asked: Map) -> Brought | None:
    """What came in with the change that the address names."""
    return ground().ask(CameIn(change=asked.came)) if asked.came else None


def _came(asked: Map) -> Mapping[str, Any] | None:
    """The same for the page: the change, and what of it is shown by number and by id."""
    brought = came_in(asked)
    if brought is None or not (brought.added or brought.changed):
        if asked.came:
            label = asked.parameters()["came"].label
            why = Text("от нея няма нищо на картата", "nothing of it is on the map")
            address.leave_out(WrongField("came", label, asked.came, why))
        return None
    done = brought.change
    kinds = Counter(nodes()[one].kind for one in brought.added if one in nodes())
    ties = sum("|" in one for one in brought.added)
    ids = {"new": brought.added[:MOST_SAID], "other": brought.changed[:MOST_SAID]}
    packs = {one.pack: one for one in nodes().values() if one.kind == "Pack"}
    return {
        "change": done,
        "last": next(one.id for one in reversed(ground().present.changes)),
        "amounts": wording.amounts(done.added, done.changed, done.removed),
        "kinds": {kind: kinds[kind] for kind in ENTITY_KINDS if kinds[kind]},
        "ties": ties,
        "other_ties": sum(one.startswith(f"{RelatedTo.kind}|") for one in brought.added),
        "ids": ids,
        "alike": waiting_among(brought.added),
        "files": [packs[one].name for one in done.packs if one in packs],
    }


def _marked(asked: Map) -> list[Gap]:
    if not asked.mark:
        return []
    results = ground().ask(Gaps(view=asked.view))
    return [gap for result in results for gap in result.findings if gap.id == asked.mark]


def _tell_no_mark(asked: Map) -> None:
    """Say that the marked gap is not here; another day or place may have it again."""
    label = asked.parameters()["mark"].label
    why = Text(f"тук няма пропуск „{asked.mark}“", f"there is no gap “{asked.mark}” here")
    address.leave_out(WrongField("mark", label, asked.mark, why))


def measure_of(asked: Map) -> Measure:
    """The measure that sizes the nodes."""
    return ground().ask(_measured_by(asked))


def measure_at_hand(asked: Map) -> Measure | None:
    """The same where it costs no waiting; None while it is worked out."""
    return measure_of(asked) if at_hand(asked, _measured_by(asked)) else None


def _measured_by(asked: Map) -> MeasuredBy:
    return MeasuredBy(view=asked.view, lens=asked.lens, measure=asked.size)


def _steadily_placed(asked: Map) -> SteadilyPlaced:
    return SteadilyPlaced(view=asked.view, group=asked.group)


def _colour_of(asked: Map) -> Facet | None:
    found = ground().ask(Facets(view=asked.view))
    return next((facet for facet in found if facet.name == asked.colour), None)


def crowded(view: View) -> bool:
    """Whether there is so much that what is said of it takes longer than a page may."""
    return len(ground().snapshot(view).nodes) > graphview.MOST_DRAWN


def at_hand(asked: Map, *questions: Question[Any]) -> bool:
    """Whether the answers cost no waiting; where they do, they are worked out meanwhile."""
    if not crowded(asked.view):
        return True
    peeked = [printed.peek(one) for one in questions]
    return all(isinstance(one, Ready) for one in peeked)


def drawn_at_once(asked: Map) -> bool:
    """Whether the picture costs no waiting."""
    return at_hand(asked, _steadily_placed(asked), _measured_by(asked))


def gaps_at_hand(asked: Map) -> bool:
    """Whether the gaps cost no waiting."""
    return at_hand(asked, Gaps(view=asked.view))


@page(Map, "map.html", told_in="map#look-around-the-map")
def network_map(asked: Map, _found: Snapshot) -> Context:
    """The map of the view, or with ``show=table`` the same as tables."""
    lang = current_language()
    picture, measure, colour = picture_of(asked), measure_of(asked), _colour_of(asked)
    kinds, ties = picture.counts()
    as_table = asked.show == "table"
    results: tuple[RuleResult, ...] = ()
    if asked.gaps or gaps_at_hand(asked):
        results = ground().ask(Gaps(view=asked.view))
        if asked.mark and not _marked(asked):
            _tell_no_mark(asked)
    marks = gap_marks(results, picture, lang, asked.mark)
    drawn = (
        None if as_table else _dated(_coloured(picture.draw(measure, lang, marks), colour, measure))
    )
    return {
        "came": _came(asked),
        "crowded": crowded(asked.view),
        "days": ground().ask(Days(view=asked.view)),
        "facets": ground().ask(Facets(view=asked.view)),
        "colour": colour,
        "tones": _tones(colour) if colour else [],
        "snapshot": picture.snapshot,
        "how_many": how_many(len(picture.snapshot.members), len(picture.snapshot.external)),
        "kinds": kinds,
        "ties": ties,
        "looks": graphview.LOOKS,
        "lenses": LENSES,
        "lens": LENSES[measure.lens],
        "definitions": DEFINITIONS,
        "measure": measure,
        "group": picture.layout.group_by,
        "groupings": wording.groupings(),
        "outside": picture.foldable,
        "folded": {fold.opens for fold in picture.folds},
        "opened": asked.open,
        "hidden_kinds": asked.hide,
        "hidden_ties": asked.hide_ties,
        "hidden_values": asked.hide_values,
        "gaps_shown": asked.gaps,
        "gap_marks": marks,
        "offered_columns": of_nodes(ground().facts) if as_table else (),
        "chosen_columns": asked.columns,
        "own_sizes": of_nodes(ground().facts, ("number",)),
        "table": twin.table(picture.snapshot, measure, _columns(asked)) if as_table else None,
        "file_name": _file_name(asked),
        "narrowed": _narrowed(asked),
        "picture": drawn and _faded(drawn, results if marks else ()),
    }


def _columns(asked: Map) -> list[Declared]:
    return [one for one in of_nodes(ground().facts) if one.name in asked.columns]


@blueprint.get(LANGUAGE + "/map.svg")
def still() -> Response:
    """The map as its address shows it, as a picture with legend, date, scope and sources."""
    asked = g.question = Map.read(address.words(), ground(), OURS)
    lang = current_language()
    picture, measure, colour = picture_of(asked), measure_of(asked), _colour_of(asked)
    marks = []
    if asked.gaps:
        results = ground().ask(Gaps(view=asked.view))
        marks = gap_marks(results, picture, lang, asked.mark)
        marks = [mark for mark in marks if asked.mark in ("", mark["id"])]
    text = stills.still(
        _dated(_coloured(picture.draw(measure, lang, marks), colour, measure)),
        _legend(picture.snapshot, measure, colour, _narrowed(asked)),
        _wanted(asked, colour, marks),
    )
    answer = Response(text, content_type="image/svg+xml; charset=utf-8")
    if address.one_of("download", ("0", "1")) == "1":
        answer.headers["Content-Disposition"] = f'attachment; filename="{_file_name(asked)}.svg"'
    return answer


def _file_name(asked: Map) -> str:
    return f"{asked.view.scope.rpartition(':')[2]}-{asked.view.as_of}"


def _wanted(asked: Map, colour: Facet | None, marks: Iterable[Mapping[str, Any]]) -> Wanted:
    """What the address hides, and what it puts into the light."""
    values = [f"{colour.name}.{one.id}" for one in colour.values] if colour else []
    way = None
    if len(asked.path_) == 2:
        found = ground().ask(Ways(view=asked.view, ends=asked.path_, lens=asked.through))
        way = (found.nodes, found.statements)
    reach = next((mark["reach"] for mark in marks if mark["id"] == asked.mark), ())
    return Wanted(
        asked.hide,
        asked.hide_ties,
        {place for place, one in enumerate(values) if one in asked.hide_values},
        asked.select,
        asked.steps,
        asked.only,
        way,
        reach,
    )


def _narrowed(asked: Map) -> str:
    """What filters leave out and what is selected, in words; empty where everything is shown."""
    known = nodes()
    chosen = [known[one] for one in (*asked.path_, *asked.select) if one in known]
    labels = [
        *(NODE_KINDS[one].label for one in asked.hide),
        *(EDGE_KINDS[one].label for one in asked.hide_ties),
    ]
    parts = []
    if labels or asked.hide_values:
        hidden = [plain(one) for one in labels]
        hidden += [gettext("some values of the colour")] if asked.hide_values else []
        parts.append(gettext("Left out: %(what)s", what=", ".join(hidden)))
    if chosen:
        named = [plain(one.name) for one in chosen[:MOST_NAMED]]
        more = [f"+ {len(chosen) - len(named)}"] if len(chosen) > len(named) else []
        parts.append(gettext("Selected: %(names)s", names=", ".join((*named, *more))))
    return " · ".join(parts)


def _legend(
    snapshot: Snapshot, measure: Measure, colour: Facet | None, narrowed: str
) -> stills.Legend:
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
        tuple(filter(None, (" · ".join((as_of, readings[seen.reading], size)), narrowed))),
        (
            ngettext(
                "%(num)s source; among the publishers: %(named)s",
                "%(num)s sources; among the publishers: %(named)s",
                len(used),
                named=named,
            ),
            gettext("Hollow: inferred or illustrative. Dashed: a gap. Grey name: from outside."),
            *(
                [gettext("Pale ties are undated: whether they held on that day is not recorded.")]
                if facts.undated_then()
                else []
            ),
        ),
        tuple(
            (plain(one.label), tone)
            for one, tone in zip(colour.values, _tones(colour), strict=True)
        )
        if colour
        else (),
    )


def _coloured(drawn: dict[str, Any], colour: Facet | None, measure: Measure) -> dict[str, Any]:
    """The picture whose nodes know their values of the property that colours them.

    ``silent`` are those of which that is not recorded, or the number that gives their size.
    """
    tones = _tones(colour) if colour else []
    unsized = {
        identity
        for identity, value in measure.values.items()
        if value is None and measure.name.startswith(OWN)
    }
    for node in drawn["nodes"]:
        if colour is not None:
            node["values"] = list(colour.of.get(node["id"], ()))
            node["tone"] = tones[node["values"][0]] if node["values"] else SILENT
        if node["id"] in unsized or node.get("tone") == SILENT:
            node["silent"] = True
    return drawn


def _dated(drawn: dict[str, Any]) -> dict[str, Any]:
    """The picture whose ties know that it is not recorded whether they held on its day."""
    undated = facts.undated_then()
    for edge in drawn["edges"]:
        if edge["id"] in undated:
            edge["undated"] = True
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
    """The number of each value's colour; what is not recorded has one of its own."""
    known = [
        place for place, one in enumerate(colour.values) if one.id not in (NOT_RECORDED, NO_SUCH)
    ]
    if colour.ramp:
        # Few classes take the ends of the ramp, so that they can be told apart.
        last = max(1, len(known) - 1)
        steps = {place: RAMP[round(place * (len(RAMP) - 1) / last)] for place in known}
    else:
        steps = {place: min(place, GREY) for place in known}
    return [steps.get(place, SILENT) for place in range(len(colour.values))]
