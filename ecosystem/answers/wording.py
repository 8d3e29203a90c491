"""What several answers say: amounts, and which view they are of."""

from __future__ import annotations

from ecosystem.snapshot import Snapshot
from ecosystem.values import Language, Text


def money(minor: int, currency: str, lang: Language = "en") -> str:
    """An amount in major units: ``12 000 000 EUR``; minor digits only where there are some."""
    whole, part = divmod(minor, 100)
    grouped = f"{whole:,}".replace(",", "\u00a0") if whole >= 10_000 else str(whole)
    point = "," if lang == "bg" else "."
    return f"{grouped}{point}{part:02d} {currency}" if part else f"{grouped} {currency}"


def view_note(snapshot: Snapshot) -> Text:
    """Whose ecosystem, on which day, and how many are in it."""
    name = Text("всичко", "everything")
    if snapshot.scope != "all":
        name = snapshot.name(snapshot.scope)
    members, external = len(snapshot.members), len(snapshot.external)
    return Text(
        f"{name.show('bg')[0]}, към {snapshot.as_of}: {members} в обхвата, {external} външни.",
        f"{name.show('en')[0]}, as of {snapshot.as_of}: {members} in scope, {external} external.",
    )
