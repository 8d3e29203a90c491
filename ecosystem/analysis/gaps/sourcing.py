"""Which of the findings shown hang on one source, and where sources disagree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ecosystem.analysis.claims import Claim, all_conflicts, publisher_names
from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import (
    NO_ABSENCE_RULE,
    brief,
    counted,
    few,
    sentences,
    shown,
    without_brackets,
)
from ecosystem.analysis.gaps.results import (
    OWN_RULE,
    Gap,
    Rule,
    RuleResult,
    answer,
    status_of,
)
from ecosystem.analysis.gaps.tables import (
    Table,
    column,
)
from ecosystem.labels import property_label, written
from ecosystem.lenses import LENSES
from ecosystem.model import EDGE_KINDS, Decision, Edge, Record, Source
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

TOP_KINDS = frozenset(("PARTICIPATES_IN", *LENSES["all"].edges))

G24 = Rule(
    id="G24",
    title=Text("Само един източник", "Only one source"),
    group="sureness",
    question=Text(
        "Кои от показаните изводи се крепят на един източник?",
        "Which of the findings shown hang on a single source?",
    ),
    formula="publishers(s) = number of different publishers of the sources and of the supporting "
    "evidence of s, for every statement s that carries a shown gap or a top rank: 0, 1, 2+; and "
    "pairs of evidence with equal subject and property and different values",
    explanation=Text(
        "За всяко твърдение, на което стъпва показан пропуск или челно място, се броят различните "
        "издатели. Два източника са независими, когато издателите им са различни. Отделно се "
        "изброяват свойствата, за които източниците дават различни стойности.",
        "For every statement that carries a shown gap or a top rank, the different publishers are "
        "counted. Two sources are independent when their publishers differ. Properties for which "
        "sources give different values are listed apart.",
    ),
    expected=Text("двама независими издатели", "two independent publishers"),
    maturity=OWN_RULE,
    remedy=Text(
        "Потърсете втори, независим източник за твърденията с най-много изводи, преди да "
        "действате по тях.",
        "Find a second, independent source for the statements that carry most findings before "
        "acting on them.",
    ),
    literature=(
        "Smith, J. A., Moody, J. (2013). Structural effects of network sampling coverage I: Nodes "
        "missing at random. Social Networks 35(4), 652-668.",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Carrying:
    """A statement with the ids of the findings and ranks that rest on it."""

    statement: str
    carries: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class UnsourcedDetails(Details):
    """The statements without a source, those that carry most first."""

    rows: tuple[Carrying, ...]


@dataclass(frozen=True, kw_only=True)
class SinglePublisherDetails(Details):
    """The statements of one publisher alone, and the findings that rest on it.

    Attributes
    ----------
    wholly, partly
        Ids of findings that rest on it alone, and of those that rest on others too.
    """

    rows: tuple[Carrying, ...]
    wholly: tuple[str, ...]
    partly: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ConflictDetails(Details):
    """The claims that disagree."""

    claims: tuple[Claim, ...]


@dataclass(frozen=True, kw_only=True)
class SourcingSummary(Details):
    """The statements under the findings: all, by number of publishers; and the conflicts."""

    statements: int
    publishers: Mapping[str, int]
    conflicts: int


@dataclass(frozen=True)
class _Ground:
    """What is shown rests on: each statement with what it carries, and with its publishers."""

    carried: dict[str, tuple[str, ...]]
    publishers: dict[str, frozenset[str]]

    def rows(self, statements: Iterable[str]) -> tuple[Carrying, ...]:
        """The statements, those that carry most first."""
        order = sorted(statements, key=lambda statement: (-len(self.carried[statement]), statement))
        return tuple(
            Carrying(statement=statement, carries=self.carried[statement]) for statement in order
        )

    def resting_on(self, publisher: str) -> tuple[str, ...]:
        """The findings that rest on one publisher alone."""
        by_finding: dict[str, set[frozenset[str]]] = {}
        for statement, findings in self.carried.items():
            for finding in findings:
                by_finding.setdefault(finding, set()).add(self.publishers[statement])
        alone = {frozenset({publisher})}
        return tuple(sorted(finding for finding, names in by_finding.items() if names == alone))


def what_hangs_on_one_source(
    snapshot: Snapshot, others: Iterable[RuleResult] = (), top: Iterable[str] = ()
) -> RuleResult:
    """Unsourced statements, publishers that alone carry findings, and conflicting claims.

    First come the publishers on which most findings rest altogether, last those on which none
    does.

    Parameters
    ----------
    others
        The answers of the other rules, as they are shown.
    top
        Ids of the actors shown at the top of a ranking; their ties carry their rank.
    """
    carried = _carried(snapshot, [gap for result in others for gap in result.findings], top)
    records = snapshot.dataset.records
    ground = _Ground(
        carried,
        {statement: publisher_names(snapshot.dataset, records[statement]) for statement in carried},
    )
    unsourced = [statement for statement, names in ground.publishers.items() if not names]
    alone: dict[str, list[str]] = {}
    for statement, names in ground.publishers.items():
        if len(names) == 1:
            alone.setdefault(next(iter(names)), []).append(statement)
    conflicts = _conflicts(snapshot)
    bearing, others_alone = _singles(snapshot, ground, alone)
    findings = [_unsourced(ground, unsourced)] if unsourced else []
    findings += [*bearing, *conflicts, *others_alone]
    single = sum(map(len, alone.values()))
    summary = SourcingSummary(
        statements=len(carried),
        publishers={
            "0": len(unsourced),
            "1": single,
            "2+": len(carried) - len(unsourced) - single,
        },
        conflicts=len(conflicts),
    )
    return answer(
        snapshot,
        G24,
        status=status_of(findings),
        coverage=NO_ABSENCE_RULE,
        reason=_reason(summary),
        findings=findings,
        details=summary,
    )


def _reason(summary: SourcingSummary) -> Text:
    number = _statements(summary.statements)
    none, single, several = summary.publishers.values()
    return Text(
        f"Изводите стъпват на {number.bg}: без издател – {none}, с един – {single}, с двама и "
        f"повече – {several}. Противоречия: {summary.conflicts}.",
        f"The findings rest on {number.en}: {none} without a publisher, {single} with one, "
        f"{several} with two or more. Conflicts: {summary.conflicts}.",
    )


def _carried(
    snapshot: Snapshot, gaps: Iterable[Gap], top: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Each statement with the ids of the findings and ranks that rest on it, by id."""
    carried: dict[str, list[str]] = {}
    for gap in gaps:
        for statement in gap.statements:
            carried.setdefault(statement, []).append(gap.id)
    for actor in top:
        for edge in snapshot.edges_of(actor):
            if edge.kind in TOP_KINDS:
                carried.setdefault(edge.id, []).append(f"rank|{actor}")
    known = snapshot.dataset.records
    return {
        statement: tuple(carried[statement])
        for statement in sorted(carried)
        if statement in known and not _decided(known[statement])
    }


def _decided(record: Record) -> bool:
    """Whether a person's decision is its source: the tie of an accepted mentor pair."""
    return isinstance(record, Edge) and record.rule.startswith(f"{Decision.prefix}:")


def _statements(number: int) -> Text:
    return counted(number, ("твърдение", "твърдения"), ("statement", "statements"))


def _unsourced(ground: _Ground, statements: list[str]) -> Gap:
    number = _statements(len(statements))
    none = counted(
        len(statements),
        ("твърдение без нито един източник стои", "твърдения без нито един източник стоят"),
        ("statement without any source stands", "statements without any source stand"),
    )
    return Gap(
        rule="G24",
        subjects=tuple(statements),
        key="unsourced",
        status="unsourced",
        sentence=Text(
            f"{none.bg} под изводите.",
            f"{none.en} under the findings.",
        ),
        step=Text(
            "Намерете им източник, преди някой да действа по изводите.",
            "Find a source for them before anybody acts on the findings.",
        ),
        headline=Text(
            f"Изводи стъпват на {number.bg} без нито един източник (изведени или примерни).",
            f"Findings rest on {number.en} without any source (inferred or illustrative).",
        ),
        closing=Text(
            "Намерете източник за всяко от тях или не действайте по изводите, които носят.",
            "Find a source for each of them, or do not act on the findings they carry.",
        ),
        n=len(ground.carried),
        value=len(statements) / len(ground.carried),
        unit=Text("дял на твърденията под изводите", "share of the statements under the findings"),
        expected=0.0,
        statements=tuple(statements),
        details=UnsourcedDetails(rows=ground.rows(statements)),
    )


def _singles(
    snapshot: Snapshot, ground: _Ground, alone: Mapping[str, list[str]]
) -> tuple[list[Gap], list[Gap]]:
    """Publishers that are alone, on which findings rest wholly, and on which none does."""
    wholly = {publisher: ground.resting_on(publisher) for publisher in alone}
    order = sorted(
        alone,
        key=lambda publisher: (-len(wholly[publisher]), -len(alone[publisher]), publisher),
    )
    gaps = {
        publisher: _single(snapshot, ground, publisher, alone[publisher], wholly[publisher])
        for publisher in order
    }
    return (
        [gap for publisher, gap in gaps.items() if wholly[publisher]],
        [gap for publisher, gap in gaps.items() if not wholly[publisher]],
    )


def _single(
    snapshot: Snapshot,
    ground: _Ground,
    publisher: str,
    statements: list[str],
    wholly: tuple[str, ...],
) -> Gap:
    carries = {finding for statement in statements for finding in ground.carried[statement]}
    rows = ground.rows(statements)
    number = _statements(len(ground.carried))
    rest = Text("нито един извод не стъпва само на него", "no finding rests on it alone")
    if wholly:
        many = counted(
            len(wholly), ("извод стъпва", "извода стъпват"), ("finding rests", "findings rest")
        )
        rest = Text(f"{many.bg} само на него", f"{many.en} on it alone")
    sources = tuple(
        node.id
        for node in snapshot.dataset.of_kind("Source")
        if isinstance(node, Source) and (node.publisher or node.id) == publisher
    )
    return Gap(
        rule="G24",
        subjects=sources,
        key=publisher,
        status="single source",
        sentence=_alone(publisher, len(wholly), len(statements)),
        step=_second_opinion(snapshot, rows),
        asks=(_first_about(snapshot, rows),),
        headline=Text(
            f"{publisher} е единственият издател на {len(statements)} от общо {number.bg}, на "
            f"които стъпват изводите; {rest.bg}.",
            f"{publisher} is the only publisher of {len(statements)} of the {number.en} under the "
            f"findings; {rest.en}.",
        ),
        closing=_confirm(snapshot, rows),
        n=len(ground.carried),
        value=len(statements) / len(ground.carried),
        unit=Text("дял на твърденията под изводите", "share of the statements under the findings"),
        expected=0.0,
        statements=tuple(statements),
        details=SinglePublisherDetails(
            rows=rows, wholly=wholly, partly=tuple(sorted(carries - set(wholly)))
        ),
    )


def _alone(named: str, findings: int, statements: int) -> Text:
    publisher = without_brackets(named)
    if findings:
        many = counted(
            findings, ("извод стъпва", "извода стъпват"), ("finding rests", "findings rest")
        )
        return Text(f"{many.bg} само на {publisher}.", f"{many.en} on {publisher} alone.")
    many = counted(
        statements,
        ("твърдение под изводите се знае", "твърдения под изводите се знаят"),
        ("statement under the findings is known", "statements under the findings are known"),
    )
    return Text(f"{many.bg} само от {publisher}.", f"{many.en} from {publisher} alone.")


def _first_about(snapshot: Snapshot, rows: Sequence[Carrying]) -> str:
    """Whom or what the statement that carries most is about."""
    edge = snapshot.dataset.edges.get(rows[0].statement)
    return edge.source if edge else rows[0].statement


def _second_opinion(snapshot: Snapshot, rows: Sequence[Carrying]) -> Text:
    name = brief(snapshot, _first_about(snapshot, rows))
    return Text(
        f"Потърсете втори източник, първо за {name.bg}.",
        f"Look for a second source, first about {name.en}.",
    )


def _confirm(snapshot: Snapshot, rows: Sequence[Carrying]) -> Text:
    first = rows[0]
    name = _statement_name(snapshot, first.statement)
    return Text(
        f"Потърсете втори издател, като започнете от най-носещото: {name.bg} "
        f"(изводи: {len(first.carries)}).",
        f"Look for a second publisher, beginning with what carries most: {name.en} "
        f"(findings: {len(first.carries)}).",
    )


def _statement_name(snapshot: Snapshot, identity: str) -> Text:
    edge = snapshot.dataset.edges.get(identity)
    if edge is None:
        return shown(snapshot, identity)
    label = EDGE_KINDS[edge.kind].label
    one, other = shown(snapshot, edge.source), shown(snapshot, edge.target)
    return Text(
        f"{one.bg} – {other.bg} ({label.bg.lower()})", f"{one.en} – {other.en} ({label.en.lower()})"
    )


def _conflicts(snapshot: Snapshot) -> list[Gap]:
    return [
        _conflict(snapshot, group)
        for group in all_conflicts(snapshot.dataset)
        if group[0].subject in snapshot.nodes or group[0].subject in snapshot.edges
    ]


def _conflict(snapshot: Snapshot, group: tuple[Claim, ...]) -> Gap:
    subject, name = group[0].subject, group[0].property
    what, label = _statement_name(snapshot, subject), property_label(name)
    values = list(dict.fromkeys(claim.value for claim in group))
    said = [_value(snapshot, subject, name, value) for value in values]
    publishers = list(dict.fromkeys(claim.citation.publisher for claim in group))
    return Gap(
        rule="G24",
        subjects=(subject,),
        key=f"{subject}|{name}",
        status="conflict",
        sentence=_disagreement(snapshot, subject, label),
        step=Text(
            "Попитайте издателите коя стойност важи и към кога.",
            "Ask the publishers which value holds, and as of when.",
        ),
        headline=sentences(
            Text(
                f"{what.bg}, {label.bg}: източниците си противоречат – "
                f"{' / '.join(one.bg for one in said)}",
                f"{what.en}, {label.en}: the sources disagree – "
                f"{' / '.join(one.en for one in said)}",
            )
        ),
        closing=sentences(
            Text(
                f"Попитайте издателите коя стойност важи и към кога: {'; '.join(publishers)}",
                f"Ask the publishers which value holds, and as of when: {'; '.join(publishers)}",
            )
        ),
        n=len(group),
        value=float(len(values)),
        unit=Text("различни стойности", "different values"),
        expected=1.0,
        statements=(subject,),
        details=ConflictDetails(claims=group),
    )


def _disagreement(snapshot: Snapshot, subject: str, label: Text) -> Text:
    edge = snapshot.dataset.edges.get(subject)
    name = few(snapshot, [edge.source, edge.target]) if edge else brief(snapshot, subject)
    return Text(
        f"Източниците си противоречат за {name.bg}: {label.bg}.",
        f"The sources disagree about {name.en}: {label.en}.",
    )


def _value(snapshot: Snapshot, subject: str, name: str, value: str) -> Text:
    """The value as it is written; money with the record's currency if need be."""
    record = snapshot.dataset.records.get(subject)
    currency = getattr(record, name.removesuffix("_minor") + "_currency", "")
    return written(name, value, currency)


def tables(result: RuleResult) -> Iterable[Table]:
    """On how many publishers the statements under the findings rest."""
    summary = result.details
    if not isinstance(summary, SourcingSummary) or not summary.statements:
        return
    words = {
        "0": Text("без източник", "without a source"),
        "1": Text("един издател", "one publisher"),
        "2+": Text("двама или повече", "two or more"),
    }
    columns = (
        column("Опора", "Support"),
        column("твърдения под показаното", "statements under what is shown", "count", bar=True),
    )
    yield Table(
        Text("На колко издатели стъпват твърденията", "On how many publishers the statements rest"),
        columns,
        tuple((words[publishers], number) for publishers, number in summary.publishers.items()),
    )
