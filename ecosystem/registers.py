"""Ids that registers give, proven by their own check digits.

Each function takes an id as a cell holds it and raises ``ValueError`` with a sentence for the
person who wrote it. Own code, a few lines each: the library that knows them all is under a
licence that asks more of those who pass the mapper on than its own does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# What a spreadsheet makes of a number that is wider than its column.
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]{0,15})?[Ee]\+?[0-9]{1,2}\Z")
_DECIMAL = re.compile(r"[0-9]{1,15}[.,]0{1,15}\Z")
_BASE_32 = "0123456789abcdefghjkmnpqrstvwxyz"
_AS_TEXT = "format the column as text and enter it again"


def eik(text: str) -> None:
    """A number of the Bulgarian commercial register or of BULSTAT: 9 digits, 13 for a branch.

    The check digits are those of the BULSTAT Register Act: weights of the first eight digits
    1 to 8 modulo 11, where that is 10 with weights 3 to 10; the last of 13 likewise.
    """
    _no_spreadsheet(text)
    if not re.fullmatch("[0-9]{1,13}", text):
        raise ValueError(f"{text!r} is not an EIK of 9 digits (13 for a branch)")
    if len(text) in (9, 13):
        if not _is_eik(text):
            raise ValueError(f"{text!r} is not an EIK: its check digit is wrong")
        return
    for length in (9, 13):
        if len(text) < length and _is_eik(text.zfill(length)):
            raise ValueError(
                f"{text!r} has lost zeros, as spreadsheets do: {text.zfill(length)!r} is an EIK; "
                f"{_AS_TEXT}"
            )
    raise ValueError(f"{text!r} has {len(text)} digits, an EIK has 9 (13 for a branch)")


def _is_eik(text: str) -> bool:
    good = _weighed(text, range(1, 9), range(3, 11)) == int(text[8])
    return good and (
        len(text) == 9 or _weighed(text[8:], (2, 7, 3, 5), (4, 9, 5, 7)) == int(text[12])
    )


def _weighed(digits: str, weights: Sequence[int], others: Sequence[int]) -> int:
    """The check digit after as many digits as there are weights."""
    for chosen in (weights, others):
        rest = sum(int(d) * w for d, w in zip(digits, chosen, strict=False)) % 11
        if rest < 10:
            return rest
    return 0


def lei(text: str) -> None:
    """A Legal Entity Identifier, ISO 17442: 18 signs and two check digits (ISO 7064 mod 97-10)."""
    _no_spreadsheet(text)
    if not re.fullmatch("[0-9A-Z]{18}[0-9]{2}", text):
        raise ValueError(f"{text!r} is not an LEI of 18 capitals or digits and 2 digits")
    if int("".join(str(int(sign, 36)) for sign in text)) % 97 != 1:
        raise ValueError(f"{text!r} is not an LEI: its check digits are wrong")


def orcid(text: str) -> None:
    """An ORCID, ``0000-0002-1825-0097``: the last sign is of ISO 7064 mod 11-2."""
    _no_spreadsheet(text)
    if not re.fullmatch("([0-9]{4}-){3}[0-9]{3}[0-9X]", text):
        raise ValueError(f"{text!r} is not an ORCID; write it like 0000-0002-1825-0097")
    total = 0
    for sign in text.replace("-", "")[:15]:
        total = (total + int(sign)) * 2
    if "0123456789X"[(12 - total % 11) % 11] != text[-1]:
        raise ValueError(f"{text!r} is not an ORCID: its last sign does not fit the others")


def ror(text: str) -> None:
    """A ROR id, ``03yrm5c26``: a number in Crockford's base 32, checked modulo 97."""
    _no_spreadsheet(text)
    if not re.fullmatch(f"0[{_BASE_32}]{{6}}[0-9]{{2}}", text):
        raise ValueError(f"{text!r} is not a ROR id; write it like 03yrm5c26, without address")
    number = 0
    for sign in text[:7]:
        number = number * 32 + _BASE_32.index(sign)
    if 98 - number * 100 % 97 != int(text[7:]):
        raise ValueError(f"{text!r} is not a ROR id: its check digits are wrong")


def pic(text: str) -> None:
    """A Participant Identification Code of EU programmes: 9 digits, whose check is not public."""
    _no_spreadsheet(text)
    if not re.fullmatch("[0-9]{9}", text):
        raise ValueError(f"{text!r} is not a PIC of 9 digits")


def wikidata(text: str) -> None:
    """An item of Wikidata: ``Q472``."""
    if not re.fullmatch("Q[1-9][0-9]{0,9}", text):
        raise ValueError(f"{text!r} is not an item of Wikidata; write it like Q472")


def geonames(text: str) -> None:
    """A number of GeoNames."""
    _no_spreadsheet(text)
    if not re.fullmatch("[1-9][0-9]{0,9}", text):
        raise ValueError(f"{text!r} is not a number of GeoNames")


def _no_spreadsheet(text: str) -> None:
    if _SCIENTIFIC.match(text) or _DECIMAL.match(text):
        raise ValueError(f"{text!r} is what a spreadsheet makes of a long number; {_AS_TEXT}")
