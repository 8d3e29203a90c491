"""What every template has at hand: links, names, counts, words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import Flask, current_app, request, url_for
from markupsafe import Markup

from ecosystem.look import shape
from ecosystem.model import EDGE_KINDS, ENTITY_KINDS, Node
from ecosystem.questions.catalogues import SIGNS, STATUSES, tables_of
from ecosystem.values import Text
from ecosystem.view import View
from webapp import facts, struck, tables, wording
from webapp.address import (
    entity_link,
    files,
    gone,
    ground,
    here,
    hidden,
    link,
    nodes,
    twin,
    view_said,
    workspace,
)
from webapp.delivery import imported
from webapp.language import current_language, languages, named

MOST_IN_A_MENU = 500
"""Of more things a name is asked, with suggestions: nobody reads such a menu."""


def give(app: Flask) -> None:
    """Give the templates of ``app`` what they all use."""
    app.context_processor(_everywhere)


def _everywhere() -> dict[str, Any]:
    return {
        "lang": current_language(),
        "link": link,
        "entity_link": entity_link,
        "files": files,
        "here": here,
        "twin": twin,
        "view_said": view_said,
        "carried": carried,
        "carried_view": carried_view,
        "cities": _cities,
        "known": _known,
        "outline": _outline,
        "most_in_a_menu": MOST_IN_A_MENU,
        "left_out": _left_out,
        "nobody_yet": _nobody_yet,
        "imported": imported,
        "in_language": in_language,
        "languages": languages,
        "altered": _altered,
        "navigation": wording.navigation,
        "client_texts": wording.client_texts,
        "counted": wording.counted,
        "plural": wording.plural,
        "tag": wording.tag,
        "entity_kinds": ENTITY_KINDS,
        "signs": SIGNS,
        "statuses": STATUSES,
        "statement_name": facts.statement_name,
        "undated_then": facts.undated_then,
        "gone": gone,
        "no_longer": struck.no_longer,
        "crossed": struck.crossed,
        "struck": struck.struck,
        "notice_of_end": struck.notice,
        "claim_value": facts.claim_value,
        "by_value": facts.by_value,
        "cell": tables.cell,
        "drawn": tables,
        "tables_of": tables_of,
        "edge_kinds": EDGE_KINDS,
    }


def _altered() -> Sequence[str]:
    """The kinds of which somebody has changed records behind the mapper's back."""
    return workspace().store.altered


def carried(*shown: str) -> Markup:
    """Hidden fields of a form that keep this page's address, but for the fields that it shows."""
    return _hidden_fields(hidden(*shown))


def carried_view(*shown: str) -> Markup:
    """Hidden fields of a form that leads elsewhere, with the view as this address says it."""
    said = ((name, value) for name, value in view_said().items() if name not in shown)
    return _hidden_fields(said)


def _hidden_fields(said: Iterable[tuple[str, str]]) -> Markup:
    field = Markup('<input type="hidden" name="{}" value="{}">')
    return Markup("").join(field.format(name, value) for name, value in said)


def in_language(lang: str) -> str:
    """This page's address in another language."""
    if request.endpoint and current_app.url_map.is_endpoint_expecting(request.endpoint, "lang"):
        return here(lang=lang)
    return url_for("overview", lang=lang)


def _left_out(view: View) -> Text | None:
    """Which recorded ties a view does not count, and why; None where it counts all of them."""
    return ground().snapshot(view).left_out.note()


def _nobody_yet() -> bool:
    """Whether no organisation and no person is recorded anywhere."""
    facts = ground().facts
    return not facts.of_kind("Organisation") and not facts.of_kind("Person")


def _outline(kind: str, r: float) -> Markup:
    """The shape of a kind, as the map draws it."""
    return Markup(shape(kind, r))  # noqa: S704  # made of numbers alone


def _known(identity: str) -> Node | None:
    """What is recorded under an id."""
    return nodes().get(identity)


def _cities() -> Sequence[Node]:
    """The cities that can be a scope, by name."""
    return named("City")
