"""Which of the findings shown hang on one source, and where sources disagree."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ecosystem.analysis.gaps.laws import NO_ABSENCE_RULE, counted, sentences, shown
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
from ecosystem.analysis.profile import Claim, all_conflicts, publisher_names
from ecosystem.labels import property_label
from ecosystem.model import EDGE_KINDS, Source
from ecosystem.snapshot import LENSES, Snapshot
from ecosystem.values import Text

_MINOR = re.compile(r"(\d+)(?: ([A-Z]{3}))?\Z", re.ASCII)
TOP_KINDS = frozenset(("PARTICIPATES_IN", *LENSES["all"].edges))

G24 = Rule(
    id="G24",
    title=Text("Какво се крепи на един източник", "What hangs on one source"),
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
    gaps = [gap for result in others for gap in result.findings]
    carried = _carried(snapshot, gaps, top)
    publishers = {
        identity: publisher_names(snapshot.dataset, snapshot.dataset.records[identity])
        for identity in carried
    }
    unsourced = [identity for identity, names in publishers.items() if not names]
    alone: dict[str, list[str]] = {}
    for identity, names in publishers.items():
        if len(names) == 1:
            alone.setdefault(next(iter(names)), []).append(identity)
    singles = [
        _single(snapshot, publisher, identities, carried, publishers)
        for publisher, identities in alone.items()
    ]
    singles.sort(key=lambda gap: (-len(gap.details["wholly"]), -len(gap.statements), gap.key))
    conflicts = [
        _conflict(snapshot, group)
        for group in all_conflicts(snapshot.dataset)
        if group[0].subject in snapshot.nodes or group[0].subject in snapshot.edges
    ]
    findings = [_unsourced(unsourced, carried)] if unsourced else []
    findings += [gap for gap in singles if gap.details["wholly"]]
    findings += conflicts
    findings += [gap for gap in singles if not gap.details["wholly"]]
    single = sum(map(len, alone.values()))
    several = len(carried) - len(unsourced) - single
    details = {
        "statements": len(carried),
        "publishers": {"0": len(unsourced), "1": single, "2+": several},
        "conflicts": len(conflicts),
    }
    reason = Text(
        f"Изводите стъпват на {_statements(len(carried)).bg}: без издател – {len(unsourced)}, с "
        f"един – {single}, с двама и повече – {several}. Противоречия: "
        f"{len(conflicts)}.",
        f"The findings rest on {_statements(len(carried)).en}: {len(unsourced)} without a "
        f"publisher, {single} with one, {several} with two or more. "
        f"Conflicts: {len(conflicts)}.",
    )
    return answer(
        snapshot,
        G24,
        status=status_of(findings),
        coverage=NO_ABSENCE_RULE,
        reason=reason,
        findings=findings,
        details=details,
    )


def _carried(
    snapshot: Snapshot, gaps: Iterable[Gap], top: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Each statement with the ids of the findings and ranks that rest on it, by id."""
    found: dict[str, list[str]] = {}
    for gap in gaps:
        for identity in gap.statements:
            found.setdefault(identity, []).append(gap.id)
    for actor in top:
        for edge in snapshot.edges_of(actor):
            if edge.kind in TOP_KINDS:
                found.setdefault(edge.id, []).append(f"rank|{actor}")
    known = snapshot.dataset.records
    return {identity: tuple(found[identity]) for identity in sorted(found) if identity in known}


def _statements(number: int) -> Text:
    return counted(number, ("твърдение", "твърдения"), ("statement", "statements"))


def _rows(
    identities: list[str], carried: dict[str, tuple[str, ...]]
) -> list[dict[str, str | list[str]]]:
    order = sorted(identities, key=lambda identity: (-len(carried[identity]), identity))
    return [{"statement": identity, "carries": list(carried[identity])} for identity in order]


def _unsourced(identities: list[str], carried: dict[str, tuple[str, ...]]) -> Gap:
    number = _statements(len(identities))
    return Gap(
        rule="G24",
        subjects=tuple(identities),
        key="unsourced",
        status="unsourced",
        headline=Text(
            f"Изводи стъпват на {number.bg} без нито един източник (изведени или примерни).",
            f"Findings rest on {number.en} without any source (inferred or illustrative).",
        ),
        closing=Text(
            "Намерете източник за всяко от тях или не действайте по изводите, които носят.",
            "Find a source for each of them, or do not act on the findings they carry.",
        ),
        n=len(carried),
        value=len(identities) / len(carried),
        unit=Text("дял на твърденията под изводите", "share of the statements under the findings"),
        expected=0.0,
        statements=tuple(identities),
        details={"rows": _rows(identities, carried)},
    )


def _single(
    snapshot: Snapshot,
    publisher: str,
    identities: list[str],
    carried: dict[str, tuple[str, ...]],
    publishers: dict[str, frozenset[str]],
) -> Gap:
    by_finding: dict[str, set[frozenset[str]]] = {}
    for identity, findings in carried.items():
        for finding in findings:
            by_finding.setdefault(finding, set()).add(publishers[identity])
    wholly = sorted(f for f, names in by_finding.items() if names == {frozenset({publisher})})
    partly = sorted({f for identity in identities for f in carried[identity]} - set(wholly))
    number = _statements(len(carried))
    rest = Text("нито един извод не стъпва само на него", "no finding rests on it alone")
    if wholly:
        found = counted(
            len(wholly), ("извод стъпва", "извода стъпват"), ("finding rests", "findings rest")
        )
        rest = Text(f"{found.bg} само на него", f"{found.en} on it alone")
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
        headline=Text(
            f"{publisher} е единственият издател на {len(identities)} от общо {number.bg}, на "
            f"които стъпват изводите; {rest.bg}.",
            f"{publisher} is the only publisher of {len(identities)} of the {number.en} under the "
            f"findings; {rest.en}.",
        ),
        closing=_confirm(snapshot, identities, carried),
        n=len(carried),
        value=len(identities) / len(carried),
        unit=Text("дял на твърденията под изводите", "share of the statements under the findings"),
        expected=0.0,
        statements=tuple(identities),
        details={"rows": _rows(identities, carried), "wholly": wholly, "partly": partly},
    )


def _confirm(
    snapshot: Snapshot, identities: list[str], carried: dict[str, tuple[str, ...]]
) -> Text:
    first = _rows(identities, carried)[0]
    name = _statement_name(snapshot, str(first["statement"]))
    return Text(
        f"Потърсете втори издател, като започнете от най-носещото: {name.bg} "
        f"(изводи: {len(first['carries'])}).",
        f"Look for a second publisher, beginning with what carries most: {name.en} "
        f"(findings: {len(first['carries'])}).",
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


def _conflict(snapshot: Snapshot, group: tuple[Claim, ...]) -> Gap:
    subject, name = group[0].subject, group[0].property
    what, label = _statement_name(snapshot, subject), property_label(name)
    values = list(dict.fromkeys(claim.value for claim in group))
    said = " / ".join(_value(snapshot, subject, name, value) for value in values)
    publishers = list(dict.fromkeys(claim.citation.publisher for claim in group))
    return Gap(
        rule="G24",
        subjects=(subject,),
        key=f"{subject}|{name}",
        status="conflict",
        headline=Text(
            f"{what.bg}, {label.bg}: източниците си противоречат – {said}.",
            f"{what.en}, {label.en}: the sources disagree – {said}.",
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
        details={"claims": list(group)},
    )


def _value(snapshot: Snapshot, subject: str, name: str, value: str) -> str:
    """The value as it is written; money in whole units, with the record's currency if need be."""
    money = _MINOR.match(value) if name.endswith("_minor") else None
    if not money:
        return value
    record = snapshot.dataset.records.get(subject)
    unit = money[2] or getattr(record, name.removesuffix("_minor") + "_currency", "")
    return f"{int(money[1]) // 100:,}".replace(",", "\u00a0") + f"\u00a0{unit}".rstrip()


def tables(result: RuleResult) -> Iterable[Table]:
    found = result.details.get("publishers", {})
    counts = found if any(found.values()) else {}
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
        tuple((words[name], number) for name, number in counts.items()),
    )
