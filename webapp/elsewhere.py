"""Where a request comes from: this application, its reader, or a page of somebody else."""

from __future__ import annotations

from typing import Any

from flask import request

from ecosystem.questions.asking import Console
from ecosystem.questions.question import Question
from ecosystem.values import address_parts

OURS = frozenset({"same-origin", "none"})
FREE: tuple[type[Question[Any]], ...] = (Console,)
"""Questions that run whatever their address says."""


def followed() -> bool:
    """Whether a reader followed a link, which then shows in a window of its own.

    A frame, an object or an embedded document is none, and neither is what a browser fetches in
    case somebody might follow.
    """
    ahead = request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    shown = request.headers.get("Sec-Fetch-Dest", "document") == "document"
    return request.headers.get("Sec-Fetch-Mode") == "navigate" and shown and "pre" not in ahead


def led_here() -> bool:
    """Whether a page of somebody else led here, or it cannot be told that none did.

    A browser says where a request comes from, but over plain HTTP only to its own machine; else
    what page it was on counts. Programs are no browsers, and nobody leads them anywhere.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in OURS
    if not request.headers.get("User-Agent", "").startswith("Mozilla/"):
        return False
    parts = address_parts(request.headers.get("Referer", ""))
    return parts is None or parts.netloc != request.host


def unasked(question: type[Question[Any]]) -> bool:
    """Whether the address would run a query that its reader has perhaps never seen."""
    return question in FREE and led_here()
