"""Gaps as marks on the map: which look, on what, at most a dozen at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any

from ecosystem.questions.catalogues import OF_ECOSYSTEM, RULES
from ecosystem.values import Language
from webapp.graphview import Picture

if TYPE_CHECKING:
    from ecosystem.analysis.gaps import Gap, RuleResult

MOST = 12
NAMES = {rule.id: rule.title for rule in RULES}


def gap_marks(
    results: Iterable[RuleResult], picture: Picture, lang: Language, opened: str = ""
) -> list[dict[str, Any]]:
    """The marks of the gaps that can be drawn: the first of each rule, then the second ...

    What tells only how sure the map is, and figures without a norm, are no gaps to be marked.
    The finding ``opened`` is among them, whatever it is.
    """
    of_ecosystem = {rule.id for rule in RULES if rule.group in OF_ECOSYSTEM}
    told = list(results)
    rows = [
        [mark for gap in result.findings if (mark := _mark(gap, picture, lang))]
        for result in told
        if result.rule in of_ecosystem
    ]
    marks = list(islice(_in_turn(rows), MOST))
    if opened and not any(mark["id"] == opened for mark in marks):
        found = (gap for result in told for gap in result.findings if gap.id == opened)
        wanted = [mark for gap in found if (mark := _mark(gap, picture, lang))]
        marks = [*marks[: MOST - len(wanted)], *wanted]
    return marks


def _in_turn(rows: Sequence[Sequence[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    for turn in zip_longest(*rows):
        yield from (mark for mark in turn if mark is not None)


def _mark(gap: Gap, picture: Picture, lang: Language) -> dict[str, Any] | None:
    nodes = [picture.seen_at(one) for one in gap.subjects if one in picture.snapshot.nodes]
    edges = [picture.snapshot.edges[one] for one in gap.subjects if one in picture.snapshot.edges]
    pairs = [[picture.seen_at(edge.source), picture.seen_at(edge.target)] for edge in edges]
    look: str = gap.details.look or ("tie" if pairs and not nodes else "ring")
    territories: list[str] = []
    if look == "tint":
        known = {one.id for one in picture.layout.territories}
        sectors = [one.removeprefix("sector:") for one in gap.subjects]
        territories = [sector for sector in sectors if sector in known]
    if look == "tie" and not pairs and len(nodes) == 2:
        pairs = [nodes]
    introduce = [picture.seen_at(one) for pair in gap.ties[:1] for one in pair]
    if look == "ring" and len(introduce) == 2 and introduce[0] != introduce[1]:
        pairs = [introduce]
    if look == "ghost" and any(one in picture.stands_for for one in gap.subjects):
        look = "ring"
    band = [sorted({picture.seen_at(one) for one in side}) for side in gap.details.band]
    subjects = nodes
    if look == "band":
        nodes = []
    if not (nodes or pairs or territories or (look == "band" and all(band))):
        return None
    reach = [*subjects, *(end for pair in pairs for end in pair)]
    reach.extend(map(picture.seen_at, gap.named))
    for one in picture.layout.territories:
        if one.id in territories:
            reach.extend(one.nodes)
    return {
        "id": gap.id,
        "rule": gap.rule,
        "name": NAMES[gap.rule].show(lang)[0],
        "title": gap.sentence.show(lang)[0],
        "place": _place(look, nodes, pairs, territories, band),
        "look": look,
        "nodes": nodes,
        "pairs": pairs,
        "territories": territories,
        "band": band,
        "reach": [one for one in dict.fromkeys(reach) if picture.holds(one)],
    }


def _place(
    look: str,
    nodes: Sequence[str],
    pairs: Sequence[Sequence[str]],
    territories: Sequence[str],
    band: Sequence[Sequence[str]],
) -> str:
    """What a mark stands at; marks of one place have one badge."""
    if look == "band":
        return " ".join(("band", *band[0], "to", *band[1]))
    if look == "tint":
        return " ".join(("island", *territories))
    return nodes[0] if nodes else " ".join(sorted(pairs[0]))
