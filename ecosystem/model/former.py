"""What earlier versions of the model called otherwise or kept where it never applied."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FORMER_VERSIONS = ("1",)
"""Versions whose records, packs and exports are still read."""

FORMER: Mapping[str, Mapping[str, str]] = {
    "Decision": {"decided_on": "at"},
    "Source": dict.fromkeys(("aliases", "since", "until", "standing", "rule", "sources"), ""),
}
"""By kind the former fields, each with the field that holds its value now; empty for none."""


def present(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a record of any version as the present model calls them.

    Fields that it has no more are left out; a field that is there already stays as it is.
    """
    former = FORMER.get(kind, {})
    found = {name: value for name, value in values.items() if name not in former}
    for name, now in former.items():
        if now and name in values:
            found.setdefault(now, values[name])
    return found
