"""How surely rankings hold: a badge beside every rank, worked out in the background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify
from flask_babel import gettext

from ecosystem.analysis.gaps.stability import Stability
from ecosystem.analysis.metrics import Measure
from ecosystem.jobs import Job
from ecosystem.model import ENTITY_KINDS
from webapp.address import link, one_of, view, workspace
from webapp.language import current_language, percent, plain
from webapp.openapi import KIND, described

blueprint = Blueprint("sureness", __name__, url_prefix="/api/stability")


@dataclass(frozen=True)
class Badge:
    """What is known of a place so far, in words, and where to ask again."""

    words: str
    state: str
    href: str
    place: str = ""


@dataclass(frozen=True)
class Sureness:
    """How far the checking of one ranking is, and what it found."""

    job: Job
    href: str
    ranked: frozenset[str]

    @property
    def whole(self) -> Badge:
        """The ranking as a whole."""
        return Badge(_words(self.job), self.job.state, self.href)

    def of(self, identity: str) -> Badge | None:
        """One place; None where there is none."""
        if identity not in self.ranked:
            return None
        return Badge(_words(self.job, identity), self.job.state, self.href, identity)


@blueprint.app_context_processor
def _known() -> dict[str, Any]:
    return {"sureness": sureness}


def sureness(measure: Measure, kind: str = "Organisation") -> Sureness | None:
    """How surely the ranking of a kind holds; None where nothing of the kind is ranked."""
    nodes = workspace().snapshot(view()).nodes
    ranked = frozenset(one for one in measure.ranks if nodes[one].kind == kind)
    if not ranked:
        return None
    href = link(
        "sureness.stability",
        lens=measure.lens,
        name=measure.name,
        kind=kind,
        lang=current_language(),
    )
    return Sureness(workspace().checking(view(), measure.lens, measure.name, kind), href, ranked)


def _words(job: Job, identity: str = "") -> str:
    if job.state == "failed":
        return str(gettext("could not be checked"))
    if job.state != "ready":
        share = percent(job.done / job.total if job.total else 0.0)
        return str(gettext("checking … %(share)s", share=share))
    found: Stability = job.answer
    if identity and found.reason is not None:
        return str(gettext("not checked: too few"))
    return plain(found.told(identity) if identity else found.summary)


@blueprint.get("/<lens>/<name>")
@described(("state", "place", "stability"), KIND)
def stability(lens: str, name: str) -> Response:
    """How the ranking of a ``kind`` by a measure holds, or how far the checking is."""
    kind = one_of("kind", ("Organisation", *ENTITY_KINDS))
    job = workspace().checking(view(), lens, name, kind)
    places: dict[str, str] = {}
    if job.state == "ready":
        found: Stability = job.answer
        places = {place.id: _words(job, place.id) for place in found.places}
    answer = jsonify(
        state=job.state,
        done=job.done,
        total=job.total,
        words=_words(job),
        place=_words(job, "none") if not places else "",
        places=places,
        stability=job.answer.to_dict() if job.state == "ready" else None,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
