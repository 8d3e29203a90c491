"""One thing and one tie, the measures of a lens, claims that contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ecosystem.figures import percent
from ecosystem.labels import WRITTEN_AS_THEY_ARE, property_label, word, written
from ecosystem.questions.wording import flat, view_note
from ecosystem.tables import (
    STRUCK,
    Answer,
    Cell,
    Figure,
    Named,
    Table,
    amount,
    measured,
    period,
    rank,
    struck,
)
from ecosystem.tables import share as share_of_one
from ecosystem.values import WRITTEN, Text

if TYPE_CHECKING:
    from ecosystem.analysis.claims import Citation, Claim
    from ecosystem.analysis.gaps.stability import Stability
    from ecosystem.analysis.metrics import Measure
    from ecosystem.analysis.profile import Profile, Statement
    from ecosystem.analysis.structure import Structure
    from ecosystem.model import Deprecation, Node
    from ecosystem.own import OwnValue, Value
    from ecosystem.questions.measuring import Analysis
    from ecosystem.snapshot import Snapshot

NOT_TESTED: Mapping[str, Stability] = MappingProxyType({})
CITED = (
    Text("Издател", "Publisher"),
    Text("Документ", "Document"),
    Text("Място", "Where"),
    Text("Адрес", "Address"),
)


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
    values += [*_properties(found.properties), *_own(found.own)]
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
        _ties(found),
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
    tables.append(_cited(found.citations))
    notes = _headed(head, found.deprecated)
    if found.elsewhere:
        more = Text(
            f"Още {found.elsewhere} връзки са извън това място: --scope all ги показва.",
            f"{found.elsewhere} more ties lie outside this place: --scope all shows them.",
        )
        notes = (*notes, more)
    return Answer(found.to_dict(), tuple(tables), notes)


def _ties(found: Profile) -> Table:
    """The ties of a node, and below them those that count no longer."""
    ties = (*found.ties, *found.no_longer)
    rows = [
        (
            tie.label,
            tie.target_name if tie.source == found.id else tie.source_name,
            "→" if tie.source == found.id else "←",
            tie.called,
            period(tie.since, tie.until),
            word(tie.standing),
        )
        for tie in ties
    ]
    table = Table(
        (
            Text("Връзка", "Tie"),
            Text("С кого", "With"),
            "",
            Text("Роля", "Role"),
            Text("Кога", "When"),
            Text("Достоверност", "Standing"),
        ),
        rows,
        Text(f"Връзки: {len(found.ties)}", f"Ties: {len(found.ties)}"),
        (found.left_out,) if found.left_out else (),
    )
    return struck(table, [_why(tie.deprecated) for tie in ties])


def _why(ended: Deprecation | None) -> Text | None:
    return ended.told if ended else None


def _headed(head: Text, ended: Deprecation | None) -> tuple[Text, ...]:
    """What stands above an answer about one record, and whether it counts no longer."""
    if ended is None:
        return (head,)
    told = Text(*(f"{STRUCK}{words[:1].upper()}{words[1:]}." for words in ended.told))
    return head, told


def _cited(citations: Iterable[Citation]) -> Table:
    cited = tuple(citations)
    rows = [(cite.publisher, cite.title, cite.locator, cite.url) for cite in cited]
    table = Table(CITED, rows, Text("Източници", "Sources"))
    return struck(table, [_why(cite.deprecated) for cite in cited])


def statement(found: Statement) -> Answer:
    """One tie: its ends, dates, properties, sources."""
    (one_bg, other_bg), (one_en, other_en) = (
        [end.show(lang)[0] for end in (found.source_name, found.target_name)] for lang in WRITTEN
    )
    head = Text(
        f"{one_bg} → {other_bg} · {found.label.bg} · {found.id}",
        f"{one_en} → {other_en} · {found.label.en} · {found.id}",
    )
    values: list[tuple[Cell, ...]] = [
        (Text("Кога", "When"), period(found.since, found.until)),
        (property_label("standing"), word(found.standing)),
        *_properties(found.properties),
        *_own(found.own),
    ]
    headers = (Text("Свойство", "Property"), Text("Стойност", "Value"))
    tables = (Table(headers, values), _cited(found.citations))
    return Answer(found.to_dict(), tables, _headed(head, found.deprecated))


def _properties(properties: Mapping[str, Any]) -> list[tuple[Cell, ...]]:
    """The known properties with their labels, an amount with its currency."""
    rows: list[tuple[Cell, ...]] = []
    for name, value in properties.items():
        if name.endswith("_minor"):
            currency = properties.get(name.removesuffix("_minor") + "_currency", "")
            rows.append((property_label(name), amount(value, currency)))
        elif not name.endswith("_currency"):
            rows.append((property_label(name), _property(name, value)))
    return rows


def _own(own: Iterable[OwnValue]) -> list[tuple[Cell, ...]]:
    """The attributes that packs declare of their own, with their labels."""
    return [(one.label, own_cell(one.value, one.said)) for one in own]


def own_cell(value: Value, said: Text) -> Cell:
    """The value of an own attribute; programs read a truth value as ``yes`` or ``no``."""
    if isinstance(value, bool):
        return Figure("yes" if value else "no", said)
    return Figure(value, said)


def conflicts(found: Iterable[tuple[Claim, ...]], nodes: Mapping[str, Node]) -> Table:
    """Each claim of each contradiction, those about one thing side by side."""
    rows: list[tuple[Cell, ...]] = [
        (
            Named(claim.subject, nodes[claim.subject].name)
            if claim.subject in nodes
            else claim.subject,
            property_label(claim.property),
            _as_read(claim.property, claim.value),
            claim.citation.publisher,
            claim.citation.locator,
            claim.citation.url,
        )
        for group in found
        for claim in group
    ]
    headers = (
        Text("За какво", "About"),
        Text("Свойство", "Property"),
        Text("Стойност", "Value"),
        Text("Според", "Says"),
        Text("Място", "Where"),
        Text("Адрес", "Address"),
    )
    return Table(headers, rows, Text("Източниците си противоречат", "Sources disagree"))


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


def analysis(snapshot: Snapshot, found: Analysis, top: int) -> Answer:
    """The leading members by each measure, and how the lens hangs together.

    Where a ranking was tested, each organisation says how its place holds.
    """
    tables = (
        *measures(snapshot, found.measures, top, found.stability),
        structure(snapshot, found.structure),
    )
    return Answer(found.to_dict(), tables, (view_note(snapshot),))


def measures(
    snapshot: Snapshot,
    found: Iterable[Measure],
    top: int,
    tested: Mapping[str, Stability] = NOT_TESTED,
) -> list[Table]:
    """The ``top`` members by each measure, or why there are none."""
    tables = []
    for measure in found:
        title = Text(
            f"{measure.definition.title.bg} ({measure.lens}, n = {measure.n}): "
            f"{measure.definition.meaning.bg}",
            f"{measure.definition.title.en} ({measure.lens}, n = {measure.n}): "
            f"{measure.definition.meaning.en}",
        )
        if measure.reason is not None:
            tables.append(Table(("",), [(measure.reason,)], title))
        else:
            tables.append(_ranking(snapshot, measure, title, top, tested.get(measure.name)))
    return tables


def _ranking(
    snapshot: Snapshot, measure: Measure, title: Text, top: int, stability: Stability | None
) -> Table:
    best = sorted(measure.ranks, key=lambda member: (measure.ranks[member], member))[:top]
    rows = [
        (
            rank(measure.ranks[member]),
            measure.ranked[snapshot.nodes[member].kind],
            snapshot.nodes[member].label,
            snapshot.name(member),
            measure.values[member],
            member,
            *((_surely(snapshot.nodes[member], stability),) if stability else ()),
        )
        for member in best
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
    return Table(headers, rows, title, (measure.definition.formula, *notes))


def _surely(node: Node, stability: Stability) -> Cell:
    counted = node.kind == stability.kind and stability.reason is None
    return stability.told(node.id) if counted else ""


def structure(snapshot: Snapshot, found: Structure) -> Table:
    """How a lens hangs together, in numbers, with its first cut points."""
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
