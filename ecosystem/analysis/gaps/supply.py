"""How those who need a theme stand to those who offer it, in words to be read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ecosystem.analysis.gaps.demand import Need
from ecosystem.analysis.gaps.laws import brief, few, quoted
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text


@dataclass(frozen=True, kw_only=True)
class PairDistance:
    """One who needs and one who offers, and their distances; None where out of reach."""

    seeker: str
    provider: str
    met: int | None
    work: int | None


def how_they_stand(
    snapshot: Snapshot, need: Need, pairs: Iterable[PairDistance], *, recorded: bool
) -> Text:
    """Who needs the theme, whether anybody offers just that, and what joins the two.

    It speaks of those who offer the theme itself, unless all of them are reached or there are
    none; then of those who only offer what enables it.

    Parameters
    ----------
    recorded
        Whether anything can be told of joint work at all.
    """
    rows = list(pairs)
    of_it = [row for row in rows if row.provider in need.itself]
    itself = any(row.work is None for row in of_it)
    spoken = of_it if itself else [row for row in rows if row.provider not in need.itself]
    lead = _in_need(snapshot, need, nobody=not need.itself)
    who = _those(snapshot, need, itself=itself)
    one = len(need.seekers) == 1
    if not recorded:
        return Text(
            f"{lead.bg}; не е записано дали има обща работа с {who.bg}.",
            f"{lead.en}; whether there is joint work with {who.en} is not recorded.",
        )
    if any(row.work is not None for row in spoken):
        return Text(
            f"{lead.bg}; обща работа, пряка или през друг, е записана само с част от {who.bg}.",
            f"{lead.en}; joint work, direct or through another, is recorded with only some of "
            f"{who.en}.",
        )
    met = sum(row.met == 1 for row in spoken)
    if not met:
        return Text(
            f"{lead.bg}; не са записани нито срещи, нито обща работа с {who.bg}.",
            f"{lead.en}; neither meetings nor joint work with {who.en} are recorded.",
        )
    some = Text("част от ", "some of ") if met < len(spoken) else Text("", "")
    return Text(
        f"{lead.bg}. {'Среща' if one else 'Срещат'} се с {some.bg}{who.bg}, но обща работа не е "
        "записана.",
        f"{lead.en}. {'It has' if one else 'They have'} met {some.en}{who.en}, but no joint work "
        "is recorded.",
    )


def _in_need(snapshot: Snapshot, need: Need, *, nobody: bool) -> Text:
    who, theme = few(snapshot, need.seekers), brief(snapshot, need.theme)
    one = len(need.seekers) == 1
    alone = Text("", "")
    if nobody:
        alone = Text(
            "; не е записано кой предлага точно това", ", which nobody here is known to offer"
        )
    return Text(
        f"{who.bg} {'търси' if one else 'търсят'} „{theme.bg}“{alone.bg}",
        f"{who.en} {'needs' if one else 'need'} “{theme.en}”{alone.en}",
    )


def _those(snapshot: Snapshot, need: Need, *, itself: bool) -> Text:
    if itself:
        return Text("онези, които предлагат това", "those who offer it")
    support = quoted(snapshot, need.support)
    return Text(f"онези, които помагат с {support.bg}", f"those who support it with {support.en}")


def why_these(snapshot: Snapshot, need: Need, provider: str) -> Text:
    """What one of the two needs and the other offers."""
    if provider in need.itself:
        return Text("едната го търси, другата го предлага", "one needs it, the other offers it")
    with_ = quoted(snapshot, need.support_by(provider))
    return Text(
        f"едната го търси, другата може да помогне с {with_.bg}",
        f"one needs it, the other can support it with {with_.en}",
    )


def needed_and_offered(need: Need) -> Text:
    """By how many it is needed, offered and supported; the words of a measured headline."""
    sought, offered, support = len(need.seekers), len(need.itself), len(need.supporters)
    more = Text("", "")
    if support:
        more = Text(f", подкрепя се от {support}", f", supported by {support}")
    return Text(
        f"търси се от {sought}, предлага се от {offered}{more.bg}",
        f"needed by {sought}, offered by {offered}{more.en}",
    )


def on_how_many(needs: Sequence[Need], valued: int) -> Text:
    """How many themes have somebody who offers or supports them, and for how many reach is told."""
    many, itself = len(needs), sum(bool(need.itself) for need in needs)
    return Text(
        f"Търсени теми, които тук някой предлага или подкрепя: {many}; предлага се самата тема при "
        f"{itself}. За {valued} може да се каже доколко се достигат в работата.",
        f"Themes needed and offered or supported here: {many}; the theme itself is offered for "
        f"{itself}. For {valued} it can be said how far they reach each other in work.",
    )
