"""Finding contact data in a text: e-mail addresses and telephone numbers, however written.

Every search takes one pass over the text. Years, sums, coordinates and numbers of registers and
grants are none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ecosystem.values import CURRENCIES

_DOMAIN = r"(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}"
_OPEN, _CLOSE = r"[\[({<]{1,2}\s?", r"\s?[\])}>]{1,2}"
_AT = (
    rf"(?:\s?@\s?|%40|&#0?64;|&commat;|\s?{_OPEN}(?:at|ат|@|маймунка|кльомба){_CLOSE}\s?)"
    rf"{_DOMAIN}"
)
_DOT = rf"(?:\s?{_OPEN}(?:dot|точка|\.){_CLOSE}\s?|\s(?:dot|точка)\s)"
_SPOKEN = (
    rf"(?:\s(?:at|ат|маймунка|кльомба)\s|\s?{_OPEN}(?:at|ат|@|маймунка|кльомба){_CLOSE}\s?|\s?@\s?)"
    rf"[\w-]{{1,63}}{_DOT}\w{{2}}"
)
_CALLED = r"\b(?:tel|sms|callto|viber|whatsapp):/{0,2}\+?\d{5}|wa\.me/\d{5}"
_ADDRESS = re.compile(rf"(?<=[\w.+-])(?:{_AT}|{_SPOKEN})|mailto:|{_CALLED}", re.IGNORECASE)

# Digits and what stands between those of one number; the two never match the same character.
_RUN = re.compile(r"\+?\(?\d(?:[ ()./-]{0,2}\d)*")
_LABEL = re.compile(
    r"(?<!\w)(?:тел|телефон|моб|мобилен|факс|джиесем|gsm|tel|telephone|phone|mobile|cell|fax|"
    r"whatsapp|viber)[.:]{0,2} ?[.:(+]{0,2} ?$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    rf" ?(?:(?:{'|'.join(CURRENCIES)})\b|лв|лева|евро|euro|[€$£%‰]|million|billion|thousand|млн|"
    r"млрд|хил|people|inhabitants|души|жители|км|km|кв)",
    re.IGNORECASE,
)
_MONEY = re.compile(rf"(?:\b(?:{'|'.join(CURRENCIES)})|[€$£]) ?$")
# A number that hangs on one of these is a part of an address or of a code.
_HANGS_ON = "/=_.-#&"
_LONGEST_NUMBER = 15


def holds_contact(text: str) -> bool:
    """Whether an e-mail address or a telephone number stands in ``text``."""
    return next(_found(_plain(text)), None) is not None


def count_contact(text: str) -> int:
    """How many e-mail addresses and telephone numbers stand in ``text``."""
    return sum(1 for _ in _found(_plain(text)))


def contact_places(text: str) -> list[tuple[int, int]]:
    """Where they stand; of a line in which letters are written in a wider form the whole line."""
    found, place = [], 0
    for line in text.splitlines(keepends=True):
        plain = _plain(line)
        inside = sorted(_found(plain))
        if inside and len(plain) != len(line):
            inside = [(0, len(line.rstrip()))]
        found += [(place + start, place + end) for start, end in inside]
        place += len(line)
    return found


def without_contact(text: str) -> str:
    """``text`` without the words that hold contact data, its spaces made single."""
    # What stood apart may make a number once something between is gone, so it is looked at again.
    while found := sorted(_found(_plain(text))):
        plain, left, end = _plain(text), [], 0
        for start, stop in found:
            left.append(plain[end:start])
            end = max(end, stop)
        text = " ".join("".join((*left, plain[end:])).split())
    return " ".join(text.split())


def _plain(text: str) -> str:
    """``text`` with wide and other forms of letters and signs as usual, invisible ones left out."""
    if text.isascii():
        return text
    usual = unicodedata.normalize("NFKC", text)
    visible = (c for c in usual if unicodedata.category(c) != "Cf")
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in visible)


def _found(text: str) -> Iterator[tuple[int, int]]:
    end = 0
    for match in _ADDRESS.finditer(text):
        start = match.start()
        if start < end:
            continue
        while start > end and not text[start - 1].isspace():
            start -= 1
        end = match.end()
        while end < len(text) and not text[end].isspace():
            end += 1
        yield start, end
    for match in _RUN.finditer(text):
        if _telephone(text, match):
            yield match.span()


def _telephone(text: str, match: re.Match[str]) -> bool:
    run = match[0]
    digits = "".join(filter(str.isdecimal, run))
    before, after = (
        text[max(0, match.start() - 14) : match.start()],
        text[match.end() : match.end() + 14],
    )
    if len(digits) < 6 or _UNIT.match(after) or _MONEY.search(before):
        return False
    if _LABEL.search(before):
        return len(digits) <= _LONGEST_NUMBER + 2
    glued = before[-1:].isalnum() or before[-1:] in tuple(_HANGS_ON) or after[:1].isalnum()
    if glued:
        return False
    if run.startswith("+"):
        return _international(digits) and not re.fullmatch(r"\+1?\d{1,2}\.\d+", run)
    if re.match("00[1-9]", digits):
        return 12 <= len(digits) <= _LONGEST_NUMBER + 2
    return _national(re.findall(r"\d+", run))


def _international(digits: str) -> bool:
    """Whether the digits after a plus can be a country's code and a number, and no round sum."""
    good = 8 <= len(digits) <= _LONGEST_NUMBER and digits[0] != "0"
    return good and not re.match("1[01]", digits) and digits[3:].strip("0") != ""


def _national(groups: list[str]) -> bool:
    """Whether some groups that follow each other are a Bulgarian number with its trunk zero."""
    for first, group in enumerate(groups):
        if not group.startswith("0"):
            continue
        said, last = group, first + 1
        while last < len(groups) and len(said) + len(groups[last]) <= 10:
            said += groups[last]
            last += 1
            if len(said) == 9 and not _mobile(group):
                break
        following = groups[first + 1] if last > first + 1 else ""
        if _mobile(group) and len(said) == 10:
            return True
        if following[:1] in tuple("123456789") and len(following) > 1:
            if group == "02" and len(said) == 9 and following[0] in "456789":
                return True
            if re.fullmatch("0[3-9][0-9]{1,2}", group) and len(said) == 9:
                return True
    return False


def _mobile(group: str) -> bool:
    return re.match("0(?:8[789]|9[89])", group) is not None
