"""Small immutable values: bilingual text, dates of unknown precision, money.

Each parser takes the text of a seed cell and raises ``ValueError`` with a sentence that can be
shown to the person who typed it.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from gettext import NullTranslations, translation
from math import isfinite
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, get_args
from urllib.parse import SplitResult, urlsplit

Language = Literal["bg", "en"]
"""What a reader may choose; after the first two come those of which there are catalogues."""
LANGUAGES: tuple[Language, ...] = get_args(Language)
WRITTEN = LANGUAGES[:2]
"""In which every text is written and things are named, in the order of ``Text``."""

OPEN_START = "0001-01-01"
OPEN_END = "9999-12-31"
ONGOING = "ongoing"
BGN_PER_EUR = Decimal("1.95583")

# Ids stand in addresses of pages, three of them in a row for a tie.
LONGEST_ID = 200
LONGEST_NAME, LONGEST_TEXT, LONGEST_CELL = 500, 20_000, 1_000_000
"""Signs of a name, of any other text, and of a cell with many of them or what a program wrote."""

_ID = re.compile(r"[a-z]+:[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)
_CONTROL = {"Cc", "Cs"}
# Invisible and without meaning anywhere; joiners have one only in other scripts and in emoji.
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\u180e]|(?<![\u0530-\U0010ffff])[\u200c\u200d]")
_BIDIRECTIONAL = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")

# ISO 4217: the currencies of the world without funds and metals, and the withdrawn ones of Europe.
_CURRENCIES = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
    2: "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD "
    "CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EEK EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP "
    "GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD "
    "LSL LTL LVL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD "
    "PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SIT SKK SLE SOS SRD SSP "
    "STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR "
    "ZMW ZWG",
    3: "BHD IQD JOD KWD LYD OMR TND",
}
CURRENCIES: Mapping[str, int] = MappingProxyType(
    {code: digits for digits, codes in _CURRENCIES.items() for code in codes.split()}
)
"""How many decimal digits the minor unit of each accepted currency takes: 2 for EUR, 0 for JPY."""


class Text(NamedTuple):
    """A text in Bulgarian and English; either may be empty, never both."""

    bg: str
    en: str

    def show(self, lang: Language) -> tuple[str, Language]:
        """The text for ``lang`` and the language it is really in.

        For a language beside the two it is what the catalogue has for the English text, else that.
        """
        if lang not in WRITTEN and self.en:
            found = _catalogue(lang).gettext(self.en)
            if found != self.en:
                return found, lang
        bg: tuple[str, Language] = (self.bg, "bg")
        en: tuple[str, Language] = (self.en, "en")
        wanted, other = (bg, en) if lang == "bg" else (en, bg)
        return wanted if wanted[0] else other


@cache
def _catalogue(lang: Language) -> NullTranslations:
    """The texts of a language beside the two in which they are written."""
    folder = Path(__file__).parent / "translations"
    return translation("texts", folder, [lang], fallback=True)


@dataclass(frozen=True)
class Money:
    """An amount in whole minor units of the currency the source names."""

    minor: int
    currency: str

    @property
    def major(self) -> Decimal:
        """The amount in whole units, exactly: 1050 minor units are 10.50 EUR, 1050 JPY, 1.050 KWD.

        Two digits are taken for a code that is not in the table.
        """
        return Decimal(f"{self.minor}e-{CURRENCIES.get(self.currency, 2)}")

    def to_eur(self) -> Money | None:
        """The amount in euro cents, rounded half up; None unless EUR or BGN.

        BGN converts at the irrevocable rate of 1.95583 BGN to the euro.
        """
        if self.currency == "EUR":
            return self
        if self.currency == "BGN":
            cents = (self.minor / BGN_PER_EUR).to_integral_value(ROUND_HALF_UP)
            return Money(int(cents), "EUR")
        return None


@dataclass(frozen=True)
class Period:
    """When a statement holds, as stated: each end to year, month or day.

    ``until`` is ``"ongoing"`` where a source says so and empty where nobody says.
    """

    since: str = ""
    until: str = ""

    @property
    def valid_from(self) -> str:
        """First full day, ``0001-01-01`` where unknown."""
        return first_day(self.since) if self.since else OPEN_START

    @property
    def valid_to(self) -> str:
        """Last full day, ``9999-12-31`` where ongoing or unknown."""
        return last_day(self.until) if self.until and self.until != ONGOING else OPEN_END

    @property
    def dated(self) -> bool:
        """Whether any end is stated."""
        return bool(self.since or self.until)

    @property
    def end_unknown(self) -> bool:
        """Whether nobody says if and when it ended."""
        return not self.until

    def started_by(self, day: str) -> bool:
        """Whether it had begun on or before ``day`` (an unknown start has)."""
        return self.valid_from <= day

    def ended_by(self, day: str) -> bool:
        """Whether it is known to have ended before ``day``."""
        return self.valid_to < day


def parse_id(text: str) -> str:
    """The id ``prefix:slug``; ASCII lower case, digits and single hyphens."""
    if not _ID.match(text):
        strange = [c for c in text if ord(c) > 127]
        if strange:
            name = unicodedata.name(strange[0], "unnamed character").lower()
            raise ValueError(f"{text!r} holds {strange[0]!r} ({name}), which only looks like ASCII")
        raise ValueError(f"{text!r} is not an id of the form prefix:slug-with-hyphens")
    if len(text) > LONGEST_ID:
        raise ValueError(f"the id has {len(text)} letters, more than {LONGEST_ID}")
    return text


def parse_text(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text in NFC, trimmed; control and direction-override characters are refused.

    Characters of no width, which make two names of one, are left out.
    """
    if len(text) > longest:
        raise ValueError(f"the text has {len(text)} letters, more than {longest}")
    for character in text:
        if unicodedata.category(character) in _CONTROL and character not in "\n\t":
            raise ValueError(f"the control character U+{ord(character):04X} is not allowed")
        if character in _BIDIRECTIONAL:
            raise ValueError(f"the direction override U+{ord(character):04X} is not allowed")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).strip()


def parse_date(text: str) -> str:
    """A date to year, month or day: ``2018``, ``2018-09`` or ``2018-09-10``."""
    match = _PARTIAL_DATE.match(text)
    if not match:
        raise ValueError(f"{text!r} is not a date; write 2018, 2018-09 or 2018-09-10")
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        raise ValueError(f"{text!r} is not a day of the calendar") from None
    return text


def parse_end(text: str) -> str:
    """A date, or the word ``ongoing``."""
    return text if text == ONGOING else parse_date(text)


_SECOND = "%Y-%m-%dT%H:%M:%SZ"


def parse_moment(text: str) -> str:
    """A full day, or a second in universal time: ``2026-11-27T20:15:00Z``."""
    try:
        form = _SECOND if "T" in text else "%Y-%m-%d"
        return datetime.strptime(text, form).strftime(form)
    except ValueError:
        raise ValueError(f"{text!r} is not a moment; write 2026-11-27T20:15:00Z") from None


def present_moment() -> str:
    """This second in universal time, as ``parse_moment`` reads it."""
    return datetime.now(UTC).strftime(_SECOND)


def parse_integer(text: str) -> int:
    """A whole number written with digits alone."""
    if not re.fullmatch(r"-?[0-9]{1,18}", text):
        raise ValueError(f"{text!r} is not a whole number")
    return int(text)


def parse_decimal(text: str) -> float:
    """A number with a decimal point."""
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,12})?", text):
        raise ValueError(f"{text!r} is not a number; write it like 42.5")
    return float(text)


def parse_yes_no(text: str) -> bool:
    """``yes`` or ``no``."""
    if text not in ("yes", "no"):
        raise ValueError(f"{text!r} is neither 'yes' nor 'no'")
    return text == "yes"


def parse_currency(text: str) -> str:
    """An ISO 4217 code, withdrawn ones included."""
    if text not in CURRENCIES:
        raise ValueError(f"{text!r} is not a known ISO 4217 currency code")
    return text


def in_cyrillic(text: str) -> bool:
    """Whether any letter of a text is Cyrillic."""
    return re.search("[\u0400-\u04ff]", text) is not None


def address_parts(text: str) -> SplitResult | None:
    """The parts of an address; None where none can be told, as of ``//[``."""
    try:
        return urlsplit(text)
    except ValueError:
        return None


def parse_url(text: str) -> str:
    """An absolute http or https address."""
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"the address has {len(text)} letters, more than {LONGEST_TEXT}")
    if not re.fullmatch(r"https?://[^\s/<>\"]+\.[^\s/<>\".]+[^\s<>\"]*", text):
        raise ValueError(f"{text!r} is not a full http(s) address")
    return text


def first_day(partial: str) -> str:
    """The first day of a partial date, as ``YYYY-MM-DD``."""
    return partial + "-01-01"[3 * (partial.count("-")) :]


def last_day(partial: str) -> str:
    """The last day of a partial date, as ``YYYY-MM-DD``."""
    parts = partial.split("-")
    if len(parts) == 1:
        return f"{partial}-12-31"
    if len(parts) == 2:
        return f"{partial}-{monthrange(int(parts[0]), int(parts[1]))[1]:02d}"
    return partial


def plain(value: Any) -> Any:
    """``value`` as JSON values: dataclasses and Texts become dicts, tuples lists, sets sorted.

    Raises
    ------
    ValueError
        For NaN and infinity, which no result may hold.
    """
    if isinstance(value, Text):
        return {"bg": value.bg, "en": value.en}
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return [plain(item) for item in sorted(value)]
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, float) and not isfinite(value):
        raise ValueError(f"{value} is no number that can be shown")
    return value
