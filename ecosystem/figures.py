"""The one writer of what people read as figures: numbers, shares, amounts, days and places.

Separators and names of months are those of Babel's locale data. How we round, group and mark is
our own, the same on a page, in a terminal and in a report: halves are rounded up, thousands are
set apart from five digits on, and a dash stands for "not known", which is never zero.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from math import isfinite

from babel import Locale

from ecosystem.values import ONGOING, Language, Money, Text

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
NONE = "–"
MOST_PLACES = 6


def both(write: Callable[..., str], /, *values: object, **how: object) -> Text:
    """What a function of this module writes in each language."""
    return Text(write(*values, lang="bg", **how), write(*values, lang="en", **how))


def rounded(value: float | Decimal, places: int = 0) -> Decimal:
    """``value`` to so many decimal places, halves up and away from zero: 2.5 is 3, -0.125 -0.13.

    A float counts as the shortest decimal that stands for it, so 0.285 is exactly 0.285.
    """
    exact = _exact(value)
    least = Decimal(1).scaleb(-places)
    # What has no more places stays as it is: rounding could only run out of digits.
    if int(exact.as_tuple().exponent) >= -places:
        return exact
    return exact.quantize(least, ROUND_HALF_UP)


def _exact(value: float | Decimal) -> Decimal:
    return Decimal(value if isinstance(value, (int, Decimal)) else repr(float(value)))


@cache
def _locale(lang: Language) -> Locale:
    return Locale(lang)


def own_name(lang: Language) -> str:
    """What a language calls itself, as on a switch: *Български*, *English*."""
    return str(_locale(lang).get_language_name()).capitalize()


def _written(value: Decimal, lang: Language, places: int = 0) -> str:
    """``value`` with just so many decimal places and the signs of the language."""
    shown = rounded(value, places)
    size = shown.copy_abs()
    words = f"{size:{',' if size >= 10_000 else ''}.{places}f}"
    signs = _locale(lang).number_symbols["latn"]
    words = words.translate({ord(","): signs["group"], ord("."): signs["decimal"]})
    return MINUS + words if shown < 0 else words


def number(value: float | int | None, lang: Language, digits: int = 3) -> str:
    """A number: whole ones in full, others with ``digits`` significant digits, six places at most.

    Zeros at the end of decimal places are left out; a dash for None and what is not finite.
    """
    if value is None or not isfinite(value):
        return NONE
    if isinstance(value, int):
        return _written(Decimal(value), lang)
    exact = _exact(value)
    places = min(max(0, digits - 1 - exact.adjusted()), MOST_PLACES) if exact else 0
    shown = rounded(exact, places).normalize()
    return _written(shown, lang, max(0, -int(shown.as_tuple().exponent)))


def decimal(value: float | None, lang: Language, places: int = 2) -> str:
    """A number with just so many decimal places, zeros too; a dash for None."""
    return NONE if value is None else _written(_exact(value), lang, places)


def percent(share: float | None, lang: Language) -> str:
    """A share of one in whole per cent: ``6 %``; a dash for None.

    What is not zero but would be rounded to it is ``<1 %``, what is not all of it ``>99 %``.
    """
    if share is None:
        return NONE
    exact = _exact(share).scaleb(2)
    whole = rounded(exact)
    words = _written(whole, lang)
    if not whole and exact:
        words = "<1" if exact > 0 else f">{MINUS}1"
    elif whole == 100 and exact < 100:
        words = ">99"
    return f"{words}{NO_BREAK_SPACE}%"


def probability(p: float, lang: Language) -> str:
    """The p-value of a test: ``p = 0.03``, or that it is below a hundredth."""
    small = p < 0.01
    return f"p {'<' if small else '='} {decimal(0.01 if small else p, lang)}"


def interval(
    low: float | None, high: float | None, lang: Language, write: Callable[..., str] = number
) -> str:
    """From the lowest to the highest value, each as ``write`` does: ``0.1–0.4``.

    One value where both read the same, a dash where one is not known.
    """
    if low is None or high is None:
        return NONE
    one, other = write(low, lang=lang), write(high, lang=lang)
    if one == other:
        return one
    return f"{one} – {other}" if low < 0 else f"{one}–{other}"


def money(minor: int | None, currency: str, lang: Language) -> str:
    """An amount of minor units in whole ones with its code: ``12,000,000 EUR``, ``10.50 EUR``.

    The decimal places are those of the currency, and are there only where they are not zero.
    A dash for None; no code where nobody names it.
    """
    if minor is None:
        return NONE
    amount = Money(minor, currency).major
    places = 0 if amount == int(amount) else -int(amount.as_tuple().exponent)
    return _written(amount, lang, places) + (f"{NO_BREAK_SPACE}{currency}" if currency else "")


def rank(place: float | None, lang: Language) -> str:
    """A place in a ranking; a shared one stands between two: ``4.5``. A dash for None."""
    return decimal(place, lang, 0 if place is None or place == int(place) else 1)


def ordinal(place: float, lang: Language) -> str:
    """A place in words: ``4-то`` and ``4th``; a shared one is written as its rank."""
    if place != int(place):
        return rank(place, lang)
    n, shown = int(place), rank(place, lang)
    teens = n % 100 in range(11, 20)
    if lang == "bg":
        endings = {1: "во", 2: "ро", 7: "мо", 8: "мо"}
        return f"{shown}-{'то' if teens else endings.get(n % 10, 'то')}"
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{shown}{'th' if teens else endings.get(n % 10, 'th')}"


def day(partial: str, lang: Language) -> str:
    """A date as precisely as it is known: *10 септември 2018 г.*, *September 2018*, *2018*.

    An end may be *ongoing*; empty where nothing is known.
    """
    if partial in ("", ONGOING):
        return Text("продължава", "ongoing").show(lang)[0] if partial else ""
    year, *rest = partial.split("-")
    words = [str(int(rest[1]))] if len(rest) > 1 else []
    words += [_locale(lang).months["format"]["wide"][int(rest[0])]] if rest else []
    return " ".join([*words, f"{year}{NO_BREAK_SPACE}г." if lang == "bg" else year])


def span(since: str, until: str, lang: Language) -> str:
    """When something holds: *2018 г. – 2020 г.*, *since 2018, ongoing*; empty where nobody says."""
    start, end = day(since, lang), day(until, lang)
    if since and until == ONGOING:
        return f"от {start}, {end}" if lang == "bg" else f"since {start}, {end}"
    if since and until:
        return start if since == until else f"{start} – {end}"
    if since:
        return f"от {start}, краят не е известен" if lang == "bg" else f"since {start}, end unknown"
    if until == ONGOING:
        return end
    return (f"до {end}" if lang == "bg" else f"until {end}") if until else ""
