"""Given names of Bulgaria and of Europe, by which somebody's full name is known.

Names that cities or months have as well are left out.
"""

from __future__ import annotations

from pathlib import Path

FILE = Path(__file__).with_suffix(".txt")
GIVEN = frozenset(FILE.read_text(encoding="utf-8").split())
