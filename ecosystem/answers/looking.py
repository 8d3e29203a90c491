"""One node, and the measures of a lens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from ecosystem.answers.asking import flat
from ecosystem.answers.wording import view_note
from ecosystem.figures import money
from ecosystem.labels import property_label, word
from ecosystem.terminal import Answer, Cell, Table
from ecosystem.values import Text

if TYPE_CHECKING:
    from ecosystem.analysis.gaps.stability import Stability
    from ecosystem.analysis.metrics import Measure
    from ecosystem.analysis.profile import Profile
    from ecosystem.analysis.structure import Structure
    from ecosystem.model import Node
    from ecosystem.snapshot import Snapshot

NOT_TESTED: Mapping[str, Stability] = MappingProxyType({})


def profile(found: Profile) -> Answer:
    """One node: properties, ties, conflicting claims, sources."""
    head = Text(
        f"{found.name.show('bg')[0]} · {found.label.bg} · {word(found.place).bg} · {found.id}",
        f"{found.name.show('en')[0]} · {found.label.en} · {word(found.place).en} · {found.id}",
    )
    values: list[tuple[Cell, ...]] = [
        (property_label("name_bg"), found.name.bg or None),
        (property_label("name_en"), found.name.en or None),
        (property_label("standing"), word(found.standing)),
    ]
    if found.sector:
        values.append((property_label("sector"), word(found.sector)))
    for name, value in found.properties.items():
        if name.endswith("_minor"):
            currency = found.properties.get(name.removesuffix("_minor") + "_currency", "")
            values.append((property_label(name), money(value, currency)))
        elif not name.endswith("_currency"):
            shown = word(value) if isinstance(value, str) else flat(value)
            values.append((property_label(name), shown))
    ties = [
        (
            tie.label,
            tie.target_name if tie.source == found.id else tie.source_name,
            "→" if tie.source == found.id else "←",
            word(tie.properties.get("role", "")) if "role" in tie.properties else "",
            "–".join(filter(None, (tie.since, tie.until))),
            word(tie.standing),
        )
        for tie in found.ties
    ]
    claims = [
        (property_label(claim.property), claim.value, claim.citation.publisher, claim.citation.url)
        for group in found.conflicts
        for claim in group
    ]
    tables = [
        Table((Text("Свойство", "Property"), Text("Стойност", "Value")), values),
        Table(
            (
                Text("Връзка", "Tie"),
                Text("С кого", "With"),
                "",
                Text("Роля", "Role"),
                Text("Кога", "When"),
                Text("Достоверност", "Standing"),
            ),
            ties,
            Text(f"Връзки: {len(ties)}", f"Ties: {len(ties)}"),
        ),
    ]
    if claims:
        claim_headers = (
            "",
            Text("Стойност", "Value"),
            Text("Според", "Says"),
            Text("Адрес", "Address"),
        )
        tables.append(
            Table(claim_headers, claims, Text("Източниците си противоречат", "Sources disagree"))
        )
    cited = [(c.publisher, c.title, c.locator, c.url) for c in found.citations]
    headers = (
        Text("Издател", "Publisher"),
        Text("Документ", "Document"),
        Text("Място", "Where"),
        Text("Адрес", "Address"),
    )
    tables.append(Table(headers, cited, Text("Източници", "Sources")))
    return Answer(found.to_dict(), tuple(tables), (head,))


def analysis(
    snapshot: Snapshot,
    measures: Sequence[Measure],
    found: Structure,
    top: int,
    tested: Mapping[str, Stability] = NOT_TESTED,
) -> Answer:
    """The leading members by each measure, and how the lens hangs together.

    Where a ranking was tested, each organisation says how its place holds.
    """
    tables = []
    for measure in measures:
        title = Text(
            f"{measure.definition.title.bg} ({measure.lens}, n = {measure.n}): "
            f"{measure.definition.meaning.bg}",
            f"{measure.definition.title.en} ({measure.lens}, n = {measure.n}): "
            f"{measure.definition.meaning.en}",
        )
        if measure.reason is not None:
            tables.append(Table(("",), [(measure.reason,)], title))
            continue
        best = sorted(measure.ranks, key=lambda i: (measure.ranks[i], i))[:top]
        stability = tested.get(measure.name)
        rows = [
            (
                _rank(measure.ranks[i]),
                measure.ranked[snapshot.nodes[i].kind],
                snapshot.nodes[i].label,
                snapshot.name(i),
                measure.values[i],
                i,
                *((_surely(snapshot.nodes[i], stability),) if stability else ()),
            )
            for i in best
        ]
        headers = (
            Text("Място", "Rank"),
            Text("от", "of"),
            Text("вид", "kind"),
            Text("Име", "Name"),
            Text("Стойност", "Value"),
            Text("Номер", "Id"),
            *((Text("Колко сигурно", "How surely"),) if stability else ()),
        )
        notes = (stability.summary,) if stability else ()
        tables.append(Table(headers, rows, title, (measure.definition.formula, *notes)))
    tables.append(_structure(snapshot, found))
    values = {
        "measures": [measure.to_dict() for measure in measures],
        "structure": found.to_dict(),
        **({"stability": [one.to_dict() for one in tested.values()]} if tested else {}),
    }
    return Answer(values, tuple(tables), (view_note(snapshot),))


def _surely(node: Node, stability: Stability) -> Cell:
    counted = node.kind == stability.kind and stability.reason is None
    return stability.told(node.id) if counted else ""


def _rank(rank: float) -> str:
    return f"{rank:g}"


def _structure(snapshot: Snapshot, found: Structure) -> Table:
    biggest = found.components[0] if found.components else ()
    rows: list[tuple[Cell, ...]] = [
        (Text("Участници", "Actors"), str(found.n)),
        (Text("Връзки", "Ties"), str(found.ties)),
        (Text("Свързани части", "Connected parts"), str(len(found.components))),
        (Text("Най-голяма част", "Largest part"), str(len(biggest))),
        (Text("Без връзка", "Without a tie"), str(len(found.isolates))),
        (Text("Общности", "Communities"), str(len(found.communities))),
        (Text("Модулност", "Modularity"), found.modularity),
    ]
    rows += [
        (
            Text("Точка на разпадане", "Cut point"),
            Text(
                f"{snapshot.name(point.id).show('bg')[0]} (дял {point.impact:.2f})",
                f"{snapshot.name(point.id).show('en')[0]} (impact {point.impact:.2f})",
            ),
        )
        for point in found.cut_points[:5]
    ]
    return Table(("", ""), rows, Text("Строеж", "Structure"))
