"""How numbers, shares, amounts and days are written in either language."""

from __future__ import annotations

import math

from ecosystem.values import Language, Text

NO_BREAK_SPACE = "\u00a0"
NONE = "–"
MONTHS = (
    Text("януари", "January"),
    Text("февруари", "February"),
    Text("март", "March"),
    Text("април", "April"),
    Text("май", "May"),
    Text("юни", "June"),
    Text("юли", "July"),
    Text("август", "August"),
    Text("септември", "September"),
    Text("октомври", "October"),
    Text("ноември", "November"),
    Text("декември", "December"),
)


def number(value: float | int | None, lang: Language, digits: int = 3) -> str:
    """A number with so many significant digits; grouped from five digits on; a dash for None."""
    if value is None:
        return NONE
    places = 0
    if isinstance(value, float) and value != 0:
        places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    words = f"{value:.{min(places, 6)}f}" if isinstance(value, float) else str(value)
    if "." in words:
        words = words.rstrip("0").rstrip(".")
    sign, words = ("−", words[1:]) if words.startswith("-") else ("", words)
    whole, point, rest = words.partition(".")
    group, comma = (NO_BREAK_SPACE, ",") if lang == "bg" else (",", ".")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", group)
    return sign + whole + (comma if point else "") + rest


def percent(share: float | None, lang: Language) -> str:
    """A share of one in whole per cent; what is neither none nor all is not shown as such."""
    if share is None:
        return NONE
    whole = round(100 * share)
    text = "<1" if whole == 0 and share > 0 else ">99" if whole == 100 and share < 1 else str(whole)
    return f"{text}{NO_BREAK_SPACE if lang == 'bg' else ''}%"


def money(minor: int, currency: str, lang: Language = "en") -> str:
    """An amount in major units: ``12 000 000 EUR``; minor digits only where there are some."""
    whole, part = divmod(minor, 100)
    grouped = f"{whole:,}".replace(",", NO_BREAK_SPACE) if whole >= 10_000 else str(whole)
    point = "," if lang == "bg" else "."
    return f"{grouped}{point}{part:02d} {currency}" if part else f"{grouped} {currency}"


def day(partial: str, lang: Language) -> str:
    """A date as precisely as it is known: *10 септември 2018 г.*, *September 2018*, *2018*."""
    parts = partial.split("-")
    words = [str(int(parts[2]))] if len(parts) > 2 else []
    if len(parts) > 1:
        words.append(MONTHS[int(parts[1]) - 1].show(lang)[0])
    words.append(parts[0] + (f"{NO_BREAK_SPACE}г." if lang == "bg" else ""))
    return " ".join(words)
