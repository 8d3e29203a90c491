"""Everything that changes what is kept, declared once each.

A command and a form follow from the class of an act; a new act is one class and one line in
``ACTS``. No act is a tool of the assistant door: it only reads.
"""

from __future__ import annotations

from typing import Any

from ecosystem.acts.act import Act
from ecosystem.acts.deciding import Decide, MoveProject, MoveView
from ecosystem.acts.forgetting import Forget
from ecosystem.acts.importing import Import
from ecosystem.acts.ingesting import Ingest
from ecosystem.acts.keeping import Load, Restore
from ecosystem.acts.listing import TakeGuests
from ecosystem.acts.undoing import Undo

ACTS: tuple[type[Act[Any]], ...] = (
    Load,
    Import,
    Ingest,
    TakeGuests,
    Restore,
    Undo,
    Forget,
    Decide,
    MoveProject,
    MoveView,
)
"""In the order in which they are listed."""

__all__ = ["ACTS", "Act"]
