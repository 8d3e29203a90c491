"""How surely rankings hold: a badge beside every rank, worked out in the background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask, Response, g, jsonify
from flask_babel import gettext

from ecosystem.kept import Failed, Ready, Stale, Working
from ecosystem.model.attributes import OWN
from ecosystem.questions.measuring import HowSurely
from webapp import address, printed
from webapp.address import OURS, ground, link, view
from webapp.graphview import MOST_DRAWN
from webapp.language import current_language, percent, plain

if TYPE_CHECKING:
    from ecosystem.analysis.gaps.stability import Stability
    from ecosystem.analysis.metrics import Measure

    Peeked = Ready[Stability] | Stale[Stability] | Working | Failed


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

    checked: Peeked
    href: str
    ranked: frozenset[str]

    @property
    def whole(self) -> Badge:
        """The ranking as a whole."""
        return Badge(_words(self.checked), _state(self.checked), self.href)

    def of(self, identity: str) -> Badge | None:
        """One place; None where there is none."""
        if identity not in self.ranked:
            return None
        return Badge(_words(self.checked, identity), _state(self.checked), self.href, identity)


def show_sureness(app: Flask) -> None:
    """Let the templates of ``app`` put a badge beside a rank."""
    app.context_processor(lambda: {"sureness": sureness})


def sureness(measure: Measure, kind: str = "Organisation") -> Sureness | None:
    """How surely the ranking of a kind holds; None where nothing of the kind is ranked.

    On a large map, whose rankings take hours to test, only what somebody asked for is told. A
    number that a pack declares rests on no tie: there is nothing to test.
    """
    if measure.name.startswith(OWN):
        return None
    nodes = ground().snapshot(view()).nodes
    ranked = frozenset(one for one in measure.ranks if nodes[one].kind == kind)
    if not ranked:
        return None
    href = link(
        "api.stability",
        lens=measure.lens,
        measure=measure.name,
        kind=kind,
        lang=current_language(),
    )
    asked = HowSurely(view=view(), lens=measure.lens, measure=measure.name, kind=kind)
    if len(nodes) > MOST_DRAWN and not printed.ready(asked):
        return None
    return Sureness(printed.peek(asked), href, ranked)


def _state(checked: Peeked) -> str:
    if isinstance(checked, Ready):
        return "ready"
    return "failed" if isinstance(checked, Failed) else "running"


def _words(checked: Peeked, identity: str = "") -> str:
    if isinstance(checked, Failed):
        return str(gettext("could not be checked"))
    if not isinstance(checked, Ready):
        share = percent(checked.done / checked.total if checked.total else 0.0)
        return str(gettext("checking … %(share)s", share=share))
    found = checked.answer
    if identity and found.reason is not None:
        return str(gettext("not checked: too few"))
    return plain(found.told(identity) if identity else found.summary)


def stability(**_path: str) -> Response:
    """How the ranking of a kind by a measure holds, or how far the checking is; never waits."""
    asked = g.question = HowSurely.read(address.words(), ground(), OURS)
    checked = ground().peek(asked)
    places: dict[str, str] = {}
    found = checked.answer if isinstance(checked, Ready) else None
    if found is not None:
        places = {place.id: _words(checked, place.id) for place in found.places}
    under_way = checked if isinstance(checked, (Stale, Working)) else Working(0, 0)
    answer = jsonify(
        state=_state(checked),
        done=under_way.done,
        total=under_way.total,
        words=_words(checked),
        place=_words(checked, "none") if not places else "",
        places=places,
        stability=None if found is None else found.to_dict(),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
