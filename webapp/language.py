"""Which language an answer speaks, and how it writes names, dates and numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, cast

from flask import Flask, current_app, g, request
from flask_babel import Babel, get_translations
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from ecosystem import figures
from ecosystem.labels import property_label, word
from ecosystem.model import Node
from ecosystem.values import LANGUAGES, Language, Text
from webapp.address import ground, workspace
from webapp.bulgarian import collation_key

SIGNS: dict[Language, str] = {"bg": "БГ"}
"""The signs of languages that do not write their code in Latin letters."""


def speak(app: Flask) -> None:
    """Give ``app`` its message catalogues and its templates the filters of this module."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "en")
    Babel(app, locale_selector=current_language)
    filters: dict[str, Callable[..., Any]] = {
        "show": show,
        "plain": plain,
        "day": day,
        "number": number,
        "money": money,
        "percent": percent,
        "rank": rank,
        "word": lambda value: show(word(value)),
        "property": lambda name: show(property_label(name)),
    }
    app.jinja_env.filters.update({name: _when_asked(spoken) for name, spoken in filters.items()})
    app.jinja_env.filters.update(strong_number=strong_number, anchor=anchor)
    app.jinja_env.globals.update(span=span, ordinal=ordinal, interval=interval, ngettext=ngettext)
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_add_language)


def _when_asked(spoken: Callable[..., Any]) -> Callable[..., Any]:
    """``spoken`` as a filter that Jinja does not work out once and for all for constants."""

    @pass_context
    def filtered(_context: Context, *values: Any) -> Any:
        return spoken(*values)

    return filtered


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values:
        values.pop("lang", None)


def _add_language(endpoint: str, values: dict[str, Any]) -> None:
    expects = current_app.url_map.is_endpoint_expecting(endpoint, "lang")
    if expects and "lang" not in values:
        values["lang"] = current_language()


def languages() -> list[tuple[str, str, str]]:
    """The languages to choose from: code, short sign, and what each calls itself."""
    return [(one, SIGNS.get(one, one.upper()), figures.own_name(one)) for one in LANGUAGES]


def current_language() -> Language:
    """The language of the page's address, else of ``?lang=``, else the one the browser prefers."""
    if "lang" not in g:
        named = request.path.split("/")[1]
        said = named if named in LANGUAGES else request.args.get("lang")
        g.lang = said if said in LANGUAGES else preferred_language()
    return cast(Language, g.lang)


def preferred_language() -> Language:
    """The language that the browser likes best of those spoken here, else that of the settings."""
    usual = workspace().settings.lang
    ours = sorted(LANGUAGES, key=lambda one: one != usual)
    liked = [(tag.split("-")[0].lower(), quality) for tag, quality in request.accept_languages]
    refused = {tag for tag, quality in liked if not quality}
    wanted = [one for tag, _ in liked for one in (ours if tag == "*" else [tag])]
    spoken = (one for one in wanted if one in ours and one not in refused)
    return next(spoken, usual)


def plain(text: Text | str) -> str:
    """The text in the reader's language, else in the other, without any markup."""
    return text.show(current_language())[0] if isinstance(text, Text) else text


def show(text: Text | str) -> Markup:
    """The text as HTML; where only the other language has it, an element says which it is."""
    if not isinstance(text, Text):
        return escape(text)
    words, really = text.show(current_language())
    if really == current_language():
        return escape(words)
    return Markup('<span lang="{}">{}</span>').format(really, words)


def by_name(text: Text | str) -> tuple[tuple[int, str], ...]:
    """A sort key: alphabetical for the reader's language."""
    return collation_key(plain(text), current_language())


def named(kind: str) -> Sequence[Node]:
    """The recorded nodes of a kind that count, by name, for the list of a form."""
    here = ground()

    def sorted_() -> Sequence[Node]:
        found = (node for node in here.facts.counting.nodes.values() if node.kind == kind)
        return tuple(sorted(found, key=lambda node: by_name(node.name)))

    # Every page offers every city, and to sort them took a tenth of its time.
    key, stamp = ("named", kind, current_language()), here.present.stamp("facts")
    return here.kept.ask(key, stamp, lambda _tell: sorted_())


def day(partial: str) -> str:
    """A date as precisely as it is known: *10 септември 2018 г.*, *September 2018*, *2018*."""
    return figures.day(partial, current_language())


def span(since: str, until: str) -> str:
    """When something holds: *2018 г. – 2020 г.*, *since 2018, ongoing*, or nothing."""
    return figures.span(since, until, current_language())


def number(value: float | int | None, digits: int = 3) -> str:
    """A number with so many significant digits; a dash stands for "not known"."""
    return figures.number(value, current_language(), digits)


def percent(share: float | None) -> str:
    """A share of one in whole per cent: *6 %*."""
    return figures.percent(share, current_language())


def interval(low: float | None, high: float | None) -> str:
    """From the lowest to the highest value."""
    return figures.interval(low, high, current_language())


def money(minor: int | None, currency: str) -> str:
    """An amount of minor units in whole ones with the code the source names."""
    return figures.money(minor, currency, current_language())


def rank(place: float | None) -> str:
    """A place in a ranking; a shared one stands between two: *4.5*."""
    return figures.rank(place, current_language())


def ordinal(place: float) -> str:
    """A place in words: *4-то* and *4th*."""
    return figures.ordinal(place, current_language())


def ngettext(singular: str, plural: str, num: int, **values: Any) -> str:
    """The form of a text that its number asks for, with the number written: *12,345 ties*."""
    said = str(get_translations().ungettext(singular, plural, num))
    return said % {"num": number(num), **values}


def strong_number(words: str) -> Markup:
    """``words`` with the number they begin with set off: *<b>3</b> cities*."""
    first, space, rest = words.partition(" ")
    return Markup("<span><b>{}</b>{}{}</span>").format(first, space, rest)


def anchor(identity: str) -> str:
    """``identity`` as the id of an element."""
    return re.sub(r"[^a-zA-Z0-9-]+", "-", identity)
