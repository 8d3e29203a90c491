"""Which language an answer speaks, and how it writes names, dates and numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any, cast

from babel.dates import get_month_names
from flask import Flask, current_app, g, request
from flask_babel import Babel, gettext
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from ecosystem.labels import property_label, word
from ecosystem.model import Node
from ecosystem.values import LANGUAGES, ONGOING, Language, Text
from webapp.address import nodes
from webapp.bulgarian import NO_BREAK_SPACE, collation_key


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
        "word": lambda value: show(word(value)),
        "property": lambda name: show(property_label(name)),
    }
    app.jinja_env.filters.update({name: _when_asked(spoken) for name, spoken in filters.items()})
    app.jinja_env.filters.update(strong_number=strong_number, anchor=anchor)
    app.jinja_env.globals.update(span=span, ordinal=ordinal)
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


def current_language() -> Language:
    """The language of the page's address, else of ``?lang=``, else the one the browser prefers."""
    if "lang" not in g:
        named = request.path.split("/")[1]
        said = named if named in LANGUAGES else request.args.get("lang")
        g.lang = said if said in LANGUAGES else preferred_language()
    return cast(Language, g.lang)


def preferred_language() -> Language:
    """The first language of ``Accept-Language`` that the application speaks, else Bulgarian."""
    return cast(Language, request.accept_languages.best_match(LANGUAGES, default="bg"))


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


def named(kind: str) -> list[Node]:
    """The recorded nodes of a kind, by name, for the list of a form."""
    found = (node for node in nodes().values() if node.kind == kind)
    return sorted(found, key=lambda node: by_name(node.name))


def day(partial: str) -> str:
    """A date as precisely as it is known: *10 септември 2018 г.*, *September 2018*, *2018*."""
    if not partial or partial == ONGOING:
        return str(gettext("ongoing")) if partial else ""
    lang = current_language()
    parts = partial.split("-")
    words = [str(int(parts[2]))] if len(parts) > 2 else []
    if len(parts) > 1:
        words.append(get_month_names("wide", locale=lang)[int(parts[1])])
    words.append(parts[0])
    if lang == "bg":
        words[-1] += NO_BREAK_SPACE + "г."
    return " ".join(words)


def span(since: str, until: str) -> str:
    """When something holds: *2018 г. – 2020 г.*, *since 2018*, *until 2020*, or nothing."""
    if since and since == until:
        return day(since)
    if since and until == ONGOING:
        return str(gettext("since %(day)s, ongoing", day=day(since)))
    if since and until:
        return f"{day(since)} – {day(until)}"
    if since:
        return str(gettext("since %(day)s, end unknown", day=day(since)))
    return str(gettext("until %(day)s", day=day(until))) if until else ""


def number(value: float | int | None, digits: int = 3) -> str:
    """A number for reading: grouped from five digits on, ``digits`` significant ones.

    A dash stands for "not known", which is never zero.
    """
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return "–"
    if isinstance(value, float) and value != 0 and abs(value) < 10 ** (digits - 1):
        places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
        words = f"{value:.{min(places, 6)}f}"
        if "." in words:
            words = words.rstrip("0").rstrip(".")
    else:
        words = f"{value:.0f}" if isinstance(value, float) else str(value)
    return _local(words)


def _local(words: str) -> str:
    sign, digits = ("−", words[1:]) if words.startswith("-") else ("", words)
    whole, point, rest = digits.partition(".")
    group, comma = (NO_BREAK_SPACE, ",") if current_language() == "bg" else (",", ".")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", group)
    return sign + whole + (comma if point else "") + rest


def percent(share: float | None) -> str:
    """A share of one in per cent: *6 %* in both languages, with a no-break space."""
    return "–" if share is None else number(round(100 * share, 1)) + NO_BREAK_SPACE + "%"


def money(minor: int | None, currency: str) -> str:
    """An amount in whole or hundredth units with the code the source names."""
    if minor is None:
        return "–"
    whole, cents = divmod(abs(minor), 100)
    words = f"{'-' if minor < 0 else ''}{whole}" + (f".{cents:02d}" if cents else "")
    return _local(words) + NO_BREAK_SPACE + currency


def ordinal(place: float) -> str:
    """A place in a ranking: *4-то* and *4th*; a shared one stands between two: *4.5*."""
    if place != int(place):
        return number(place)
    n = int(place)
    if current_language() == "bg":
        endings = {1: "во", 2: "ро", 7: "мо", 8: "мо"}
        teens = n % 100 in range(11, 20)
        return f"{n}-{'то' if teens else endings.get(n % 10, 'то')}"
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{n}{'th' if n % 100 in (11, 12, 13) else endings.get(n % 10, 'th')}"


def strong_number(words: str) -> Markup:
    """``words`` with the number they begin with set off: *<b>3</b> cities*."""
    first, space, rest = words.partition(" ")
    return Markup("<span><b>{}</b>{}{}</span>").format(first, space, rest)


def anchor(identity: str) -> str:
    """``identity`` as the id of an element."""
    return re.sub(r"[^a-zA-Z0-9-]+", "-", identity)
