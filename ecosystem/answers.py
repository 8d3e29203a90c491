"""The workspace's results as answers for the terminal: what is shown, in which order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecosystem.labels import property_label, word
from ecosystem.model import Node
from ecosystem.terminal import Answer, Cell, Named, Table
from ecosystem.values import Language, Text

NOBODY: Mapping[str, Node] = {}

if TYPE_CHECKING:
    from ecosystem.analysis.gaps import RuleResult
    from ecosystem.analysis.matching import Allocation, Matches
    from ecosystem.analysis.matching.backtest import Backtest, LeftOut
    from ecosystem.analysis.metrics import Measure
    from ecosystem.analysis.profile import Profile
    from ecosystem.analysis.structure import Structure
    from ecosystem.doctor import Finding
    from ecosystem.loading import LoadReport
    from ecosystem.queries import Query
    from ecosystem.snapshot import Snapshot
    from ecosystem.workspace import QueryResult


def money(minor: int, currency: str, lang: Language = "en") -> str:
    """An amount in major units: ``12 000 000 EUR``; minor digits only where there are some."""
    whole, part = divmod(minor, 100)
    grouped = f"{whole:,}".replace(",", "\u00a0") if whole >= 10_000 else str(whole)
    point = "," if lang == "bg" else "."
    return f"{grouped}{point}{part:02d} {currency}" if part else f"{grouped} {currency}"


def _view_note(snapshot: Snapshot) -> Text:
    name = Text("всичко", "everything")
    if snapshot.scope != "all":
        name = snapshot.name(snapshot.scope)
    members, external = len(snapshot.members), len(snapshot.external)
    return Text(
        f"{name.show('bg')[0]}, към {snapshot.as_of}: {members} в обхвата, {external} външни.",
        f"{name.show('en')[0]}, as of {snapshot.as_of}: {members} in scope, {external} external.",
    )


def load_report(report: LoadReport) -> Answer:
    """What was loaded."""
    changes = report.changes.to_dict()
    packs = ", ".join(report.packs)
    would = Text("Проверка без запис: ", "Dry run: ") if report.dry_run else Text("", "")
    notes: list[Text | str] = [
        Text(
            f"{would.bg}{packs}: добавени {changes['added']}, променени {changes['changed']}, "
            f"премахнати {changes['removed']} (редакция {report.revision}).",
            f"{would.en}{packs}: {changes['added']} added, {changes['changed']} changed, "
            f"{changes['removed']} removed (revision {report.revision}).",
        )
    ]
    if report.kept:
        notes.append(
            Text(
                f"{report.kept} записа вече не са в пакета и остават; --prune ги премахва.",
                f"{report.kept} records are no longer in the packs and stay; --prune removes them.",
            )
        )
    rows = [(kind, number) for kind, number in report.counts.items()]
    table = Table((Text("Вид", "Kind"), Text("В пакетите", "In the packs")), rows)
    return Answer(report.to_dict(), (table,), tuple(notes))


def files(paths: Sequence[Path]) -> Answer:
    """The files that were written."""
    names = [str(path) for path in paths]
    return Answer({"files": names}, (Table(("",), [(name,) for name in names]),))


def stopped(ended: bool) -> Answer:
    """Whether an engine was running and has ended."""
    said = Text("Не работеше вградена база данни.", "No embedded engine was running.")
    if ended:
        said = Text("Вградената база данни е спряна.", "The embedded engine has ended.")
    return Answer({"ended": ended}, (), (said,))


def rows(result: QueryResult, nodes: Mapping[str, Node] = NOBODY) -> Answer:
    """The rows of a query, with the names of the nodes whose ids they hold."""
    cells = [[_cell(value, nodes) for value in row] for row in result.rows]
    notes: tuple[Text, ...] = ()
    if result.truncated:
        notes = (
            Text(
                f"Показани са първите {result.row_limit} реда; има още.",
                f"Only the first {result.row_limit} rows are shown; there are more.",
            ),
        )
    if not cells:
        notes = (Text("Няма редове.", "No rows."),)
    return Answer(result.to_dict(), (Table(result.columns, cells),), notes)


def _cell(value: Any, nodes: Mapping[str, Node]) -> Cell:
    node = nodes.get(value) if isinstance(value, str) else None
    return Named(node.id, node.name) if node and any(node.name) else _flat(value)


def _flat(value: Any) -> Cell:
    if isinstance(value, (str, int, float)):
        return value
    if value is None:
        return ""
    if isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False)


def library(queries: Iterable[Query]) -> Answer:
    """The query library: name, title, parameters."""
    found = list(queries)
    headers = (Text("Име", "Name"), Text("Въпрос", "Question"), Text("Параметри", "Parameters"))
    table = Table(
        headers,
        [(query.name, query.title, ", ".join(p.name for p in query.parameters)) for query in found],
    )
    return Answer([query.to_dict() for query in found], (table,))


def doctor(findings: Sequence[Finding]) -> Answer:
    """What the doctor saw."""
    signs = {"good": "✓", "note": "·", "wrong": "✗"}
    cells = [(signs[one.state], one.name, f"{one.seen} {one.advice}".strip()) for one in findings]
    return Answer([one.to_dict() for one in findings], (Table(("", "", ""), cells),))


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
            shown = word(value) if isinstance(value, str) else _flat(value)
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
            (Text("Връзка", "Tie"), Text("С кого", "With"), "", Text("Роля", "Role"),
             Text("Кога", "When"), Text("Достоверност", "Standing")),
            ties,
            Text(f"Връзки: {len(ties)}", f"Ties: {len(ties)}"),
        ),
    ]  # fmt: skip
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
    headers = (Text("Издател", "Publisher"), Text("Документ", "Document"),
               Text("Място", "Where"), Text("Адрес", "Address"))  # fmt: skip
    tables.append(Table(headers, cited, Text("Източници", "Sources")))
    return Answer(found.to_dict(), tuple(tables), (head,))


def analysis(snapshot: Snapshot, measures: Sequence[Measure], found: Structure, top: int) -> Answer:
    """The leading members by each measure, and how the lens hangs together."""
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
        rows = [
            (
                _rank(measure.ranks[i]),
                measure.ranked[snapshot.nodes[i].kind],
                snapshot.nodes[i].label,
                snapshot.name(i),
                measure.values[i],
                i,
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
        )
        tables.append(Table(headers, rows, title, (measure.definition.formula,)))
    tables.append(_structure(snapshot, found))
    values = {
        "measures": [measure.to_dict() for measure in measures],
        "structure": found.to_dict(),
    }
    return Answer(values, tuple(tables), (_view_note(snapshot),))


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


def gaps(snapshot: Snapshot, results: Sequence[RuleResult], top: int) -> Answer:
    """Each rule with its question, status and findings; JSON carries every detail."""
    from ecosystem.analysis.gaps import RULES
    from ecosystem.analysis.gaps.results import STATUSES

    catalogue = {rule.id: rule for rule in RULES}
    tables = []
    for result in results:
        rule = catalogue[result.rule]
        title = Text(
            f"{rule.id} · {rule.title.bg} · {STATUSES[result.status].bg} ({result.total})",
            f"{rule.id} · {rule.title.en} · {STATUSES[result.status].en} ({result.total})",
        )
        rows = [
            (STATUSES[gap.status], gap.headline, gap.value if gap.value is not None else "",
             gap.n, gap.closing)
            for gap in result.findings[:top]
        ]  # fmt: skip
        headers = (
            Text("Състояние", "Status"),
            Text("Пропуск", "Gap"),
            Text("Стойност", "Value"),
            "n",
            Text("Какво би го затворило", "What would close it"),
        )
        more = result.total - len(rows)
        rest = Text(f"И още {more} (--top).", f"And {more} more (--top).")
        notes = (*((rest,) if more else ()), result.reason, result.coverage)
        tables.append(Table(headers, rows, title, notes))
        tables += _words(result)
    values = {
        "scope": snapshot.scope,
        "as_of": snapshot.as_of,
        "revision": snapshot.revision,
        "rules": [{**catalogue[result.rule].to_dict(), **result.to_dict()} for result in results],
    }
    return Answer(values, tuple(tables), (_view_note(snapshot),))


def _words(result: RuleResult) -> list[Table]:
    """What the sources themselves say on the subject of a rule, each statement once."""
    said = {
        (claim.value, claim.citation.publisher, claim.citation.locator, claim.citation.url)
        for gap in result.findings
        for claim in gap.details.get("words", ())
    }
    headers = (
        Text("Какво казват източниците", "What the sources say"),
        Text("Издател", "Publisher"),
        Text("Място", "Where"),
        Text("Адрес", "Address"),
    )
    return [Table(headers, sorted(said))] if said else []


def matches(found: Matches, top: int) -> Answer:
    """Ranked suggestions for one city, each with the parts of its score."""
    tables = []
    headers = (
        Text("Част", "Part"),
        Text("Стойност", "Value"),
        Text("Тежест", "Weight"),
        Text("Принос", "Contribution"),
        Text("Защо", "Why"),
    )
    for match in found.suggestions[:top]:
        title = Text(
            f"{match.rank}. {match.name.bg} · {match.score or 0:.3f} "
            f"(нужди {match.comp_low or 0:.2f}–{match.comp_high or 0:.2f})",
            f"{match.rank}. {match.name.en} · {match.score or 0:.3f} "
            f"(needs {match.comp_low or 0:.2f}–{match.comp_high or 0:.2f})",
        )
        rows = [(r.name, r.value, r.weight, r.contribution, r.text) for r in match.reasons]
        below: tuple[Text | str, ...] = (
            *((match.headline,) if match.headline else ()),
            *(note.text for note in (*match.unknowns, *match.history)),
        )
        tables.append(Table(headers, rows, title, below))
    more = len(found.suggestions) - top
    if more > 0:
        rest = Text(
            f"Още {more} с по-ниска оценка (--top).", f"{more} more with lower scores (--top)."
        )
        tables.append(Table((), (), rest))
    said = [found.answer, found.runner_up, found.flip, *(note.text for note in found.deciding)]
    return Answer(
        found.to_dict(),
        tuple(tables),
        (found.name, *(note for note in said if note), *found.assumptions),
    )


def allocation(snapshot: Snapshot, plan: Allocation) -> Answer:
    """The mentor plan, who stays without, and how the load is spread."""

    def name(identity: str) -> Text:
        return snapshot.name(identity)

    pairs = Table(
        (
            Text("Град", "City"),
            Text("Ментор", "Mentor"),
            Text("Оценка", "Score"),
            Text("Защо", "Why"),
        ),
        [
            (name(pair.mentee), name(pair.mentor), pair.match.score, pair.match.headline)
            for pair in plan.pairs
        ],
        Text("План", "Plan"),
        (
            Text(
                f"Сбор от оценките {plan.total:.2f}; при раздаване по ред "
                f"{plan.first_come_total:.2f}.",
                f"Sum of scores {plan.total:.2f}; first come, first served "
                f"{plan.first_come_total:.2f}.",
            ),
        ),
    )
    without = Table(
        (Text("Град", "City"), Text("Защо", "Why")),
        [(one.name, one.reason) for one in plan.unmatched],
        Text("Без ментор в този план", "Without a mentor in this plan"),
    )
    loads = Table(
        (Text("Ментор", "Mentor"), Text("Капацитет", "Capacity"), Text("Записан", "Recorded"),
         Text("Зает", "Busy"), Text("Нови", "New")),
        [(one.name, one.capacity, one.recorded, one.busy, one.assigned) for one in plan.loads
         if one.busy or one.assigned],
        Text("Натоварване", "Load"),
    )  # fmt: skip
    moved = Table(
        (Text("Град", "City"), Text("Преди", "Before"), Text("Сега", "Now")),
        [
            (name(one.mentee), *(name(m) if m else "–" for m in (one.before, one.after)))
            for one in plan.moved
        ],
        Text("Кои други двойки се промениха", "Which other pairs moved"),
    )
    missing = Text(
        f"Без записани нужди и затова без предложение: {len(plan.unmatchable)} града.",
        f"Without recorded needs, and so without a suggestion: {len(plan.unmatchable)} cities.",
    )
    tables = [
        pairs,
        *([without] if plan.unmatched else []),
        *([moved] if plan.moved else []),
        loads,
    ]
    return Answer(plan.to_dict(), tuple(tables), (*plan.assumptions, missing))


def backtest(found: Backtest) -> Answer:
    """How well each score found the mentors of past pairs, the context first."""
    headers = (
        Text("Подредба", "Ranking"),
        "MRR",
        Text("при случаен ред", "by chance"),
        Text("разлика", "gain"),
        Text("от", "from"),
        Text("до", "to"),
        "hit@1",
        "hit@3",
        Text("Как", "How"),
    )
    rows = [
        (
            r.name,
            *(
                None if value is None else round(value, 3)
                for value in (
                    r.mrr,
                    r.random_mrr,
                    r.gain,
                    r.gain_low,
                    r.gain_high,
                    r.hit_1,
                    r.hit_3,
                )
            ),
            r.formula,
        )
        for r in (found.context, *found.baselines, found.blind)
    ]
    n_pairs, n_networks = found.context.n_pairs, found.context.n_networks
    head = Text(
        f"Оценени двойки: {n_pairs}, мрежи: {n_networks}. Интервалът е 95 %, по мрежи.",
        f"{n_pairs} pairs of {n_networks} networks. The interval is 95 %, by network.",
    )
    return Answer(found.to_dict(), (Table(headers, rows),), (head, *backtest_notes(found)))


def backtest_notes(found: Backtest) -> tuple[Text, ...]:
    """What a backtest can show, what was left out and why."""
    from ecosystem.analysis.matching.backtest import CAVEAT, TOO_GOOD

    notes = [CAVEAT, TOO_GOOD, *([found.context.reason] if found.context.reason else [])]
    notes += _left_out(found.skipped, Text("Пропуснати двойки", "Pairs skipped"))
    notes += _left_out(found.refused, Text("Отказани редове", "Rows refused"))
    if found.held_back:
        notes.append(
            Text(
                f"Още {found.held_back} реда не се виждат от двойките, започнали преди тях.",
                f"{found.held_back} further rows are kept from the pairs that began before them.",
            )
        )
    if found.unknown_cities:
        names = ", ".join(found.unknown_cities)
        notes.append(
            Text(f"Градове без използваем ред: {names}.", f"Cities without a usable row: {names}.")
        )
    return tuple(notes)


def _left_out(items: Sequence[LeftOut], name: Text) -> list[Text]:
    """One sentence per reason: how many, and the lines of the first ones."""
    lines: dict[Text, list[str]] = {}
    for item in items:
        lines.setdefault(item.reason, []).append(str(item.line))
    found = []
    for why, where in lines.items():
        few = ", ".join(where[:5]) + (" ..." if len(where) > 5 else "")
        bg = f"{name.bg}: {len(where)}, {why.bg} (ред {few})."
        found.append(Text(bg, f"{name.en}: {len(where)}, {why.en} (line {few})."))
    return found
