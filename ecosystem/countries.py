"""Countries by ISO 3166-1 alpha-2: understood by code and by name, written in two languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import cast

from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers

from ecosystem.errors import UnknownWordError, nearest
from ecosystem.values import WRITTEN, Text

_OTHER_CODES = {"EL": "GR", "UK": "GB"}
"""Codes that the European Union writes, and the standard's own."""
_RESERVED = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())
"""Codes with a name that are no country of the standard."""


def parse_country(text: str) -> str:
    """The alpha-2 code of a country that is named by a code or in any language of the CLDR.

    Raises
    ------
    ValueError
        For anything else, with the nearest names.
    """
    code = text.upper()
    code = _OTHER_CODES.get(code, code)
    code = _alpha_3().get(code, code)
    if code in _codes():
        return code
    folded = _folded(text)
    for languages in (WRITTEN, ()):
        # All the others take two seconds to read, and are seldom needed.
        if folded in (names := _names(*languages)):
            return names[folded]

    def meant() -> str:
        near = nearest(folded, _names(*WRITTEN))
        found = [f"{_names(*WRITTEN)[name]} ({name})" for name in near]
        return f"; is it {' or '.join(found)}" if found else ""

    raise UnknownWordError(f"{text!r} is no country; write its two letters, as BG", meant)


def near_countries(text: str) -> tuple[str, ...]:
    """The codes of up to three countries whose Bulgarian or English names are most like it."""
    known = _names(*WRITTEN)
    return tuple(dict.fromkeys(known[name] for name in nearest(_folded(text), known)))


def country_name(code: str) -> Text:
    """The name of a country in both languages; the code itself where it has none."""
    return Text(*(_territories(lang).get(code, code) for lang in WRITTEN))


@cache
def _codes() -> frozenset[str]:
    """The codes of the standard, and Kosovo's, which everybody uses."""
    named = {code for code in _territories("en") if re.fullmatch("[A-Z]{2}", code)}
    return frozenset(named - _RESERVED)


@cache
def _alpha_3() -> dict[str, str]:
    return {
        code: replaced[0]
        for code, replaced in get_global("territory_aliases").items()
        if re.fullmatch("[A-Z]{3}", code) and len(replaced) == 1
    }


@cache
def _names(*languages: str) -> dict[str, str]:
    """Folded names of countries in some languages, in all that are known where none is named."""
    found: dict[str, str] = {}
    for identifier in languages or [one for one in locale_identifiers() if "_" not in one]:
        for code, name in _territories(identifier).items():
            if code in _codes():
                found.setdefault(_folded(name), code)
    return found


def _territories(language: str) -> Mapping[str, str]:
    return cast("Mapping[str, str]", Locale.parse(language).territories)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]+", " ", "".join(c for c in plain if not unicodedata.combining(c))).strip()
