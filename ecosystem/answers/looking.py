"""One node, and the measures of a lens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ecosystem.answers.asking import flat
from ecosystem.answers.wording import view_note
from ecosystem.figures import percent
from ecosystem.labels import WRITTEN_AS_THEY_ARE, property_label, word, written
from ecosystem.terminal import Answer, Cell, Figure, Table, amount, measured, period, rank
from ecosystem.terminal import share as share_of_one
from ecosystem.values import Text

if TYPE_CHECKING:
    from ecosystem.analysis.gaps.stability import Stability
    from ecosystem.analysis.metrics import Measure
    from ecosystem.analysis.profile import Claim, Profile
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
            values.append((property_label(name), amount(value, currency)))
        elif not name.endswith("_currency"):
            values.append((property_label(name), _property(name, value)))
    ties = [
        (
            tie.label,
            tie.target_name if tie.source == found.id else tie.source_name,
            "→" if tie.source == found.id else "←",
            word(tie.properties.get("role", "")) if "role" in tie.properties else "",
            period(tie.since, tie.until),
            word(tie.standing),
        )
        for tie in found.ties
    ]
    claims = [
        (
            property_label(claim.property),
            _claimed(claim, found.properties),
            claim.citation.publisher,
            claim.citation.url,
        )
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


def _property(name: str, value: Any) -> Cell:
    if isinstance(value, str):
        return _as_read(name, value)
    if not isinstance(value, (int, float)):
        return flat(value)
    if name in WRITTEN_AS_THEY_ARE:
        return str(value)
    return share_of_one(value) if name == "share" else measured(value, 6)


def _claimed(claim: Claim, properties: Mapping[str, Any]) -> Cell:
    currency = properties.get(claim.property.removesuffix("_minor") + "_currency", "")
    return _as_read(claim.property, claim.value, currency)


def _as_read(name: str, value: str, currency: str = "") -> Cell:
    said = written(name, value, currency)
    return value if said.bg == said.en == value else Figure(value, said)


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
                rank(measure.ranks[i]),
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


def _structure(snapshot: Snapshot, found: Structure) -> Table:
    biggest = found.components[0] if found.components else ()
    rows: list[tuple[Cell, ...]] = [
        (Text("Участници", "Actors"), found.n),
        (Text("Връзки", "Ties"), found.ties),
        (Text("Свързани части", "Connected parts"), len(found.components)),
        (Text("Най-голяма част", "Largest part"), len(biggest)),
        (Text("Без връзка", "Without a tie"), len(found.isolates)),
        (Text("Общности", "Communities"), len(found.communities)),
        (Text("Модулност", "Modularity"), found.modularity),
    ]
    rows += [
        (
            Text("Точка на разпадане", "Cut point"),
            Text(
                f"{snapshot.name(point.id).show('bg')[0]} (дял {percent(point.impact, 'bg')})",
                f"{snapshot.name(point.id).show('en')[0]} (share {percent(point.impact, 'en')})",
            ),
        )
        for point in found.cut_points[:5]
    ]
    return Table(("", ""), rows, Text("Строеж", "Structure"))
