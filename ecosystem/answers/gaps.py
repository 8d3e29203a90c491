"""Each rule with what it found."""

from __future__ import annotations

from collections.abc import Sequence

from ecosystem.analysis.gaps import RULES, STATUSES, RuleResult
from ecosystem.answers.wording import view_note
from ecosystem.snapshot import Snapshot
from ecosystem.terminal import Answer, Table
from ecosystem.values import Text


def gaps(snapshot: Snapshot, results: Sequence[RuleResult], top: int) -> Answer:
    """Each rule with its question, status and findings; JSON carries every detail."""
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
    return Answer(values, tuple(tables), (view_note(snapshot),))


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
