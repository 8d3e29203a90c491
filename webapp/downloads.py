"""Tables that a reader takes along: workbooks and CSV files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import Response

from ecosystem.io.sheets import Sheet, as_csv, as_xlsx

FORMATS = ("page", "csv", "xlsx", "json")
_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file(sheets: Sequence[Sheet], ending: str, name: str, as_of: str) -> Response:
    """All sheets as ``xlsx``, or the first as ``csv``; ``name`` is of ASCII letters."""
    made = date.fromisoformat(as_of)
    body = as_xlsx(sheets, made) if ending == "xlsx" else as_csv(sheets[0])
    answer = Response(body, content_type=_KINDS[ending])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{as_of}.{ending}"'
    return answer
