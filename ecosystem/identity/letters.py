"""The writing of a name: letters that look alike, transliteration, and how a word sounds."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BULGARIAN = (
    "а a б b в v г g д d е e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х h ц ts "
    "ч ch ш sh щ sht ъ a ь y ю yu я ya"
)
_OTHERS = (
    "ы y э e ё yo і i ї yi є ye ґ g ј j љ lj њ nj ћ c ђ dj џ dz ѓ gj ќ kj ѕ dz ѝ i "
    "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch "
    "ψ ps ω o đ d ł l ø o ß ss æ ae œ oe þ th ð d ı i ħ h"
)
_LETTERS = {
    ord(letter): said
    for table in (_BULGARIAN, _OTHERS)
    for letter, said in zip(table.split()[::2], table.split()[1::2], strict=True)
}
_ALIKE = (
    ("ABCEHIJKMOPSTXYaceijopsxy", "АВСЕНІЈКМОРЅТХУасеіјорѕху"),
    ("ABEHIKMNOPTXYZo", "ΑΒΕΗΙΚΜΝΟΡΤΧΥΖο"),
)
"""Latin letters and those of Cyrillic and of Greek that are drawn as they are."""
_TO_LATIN = {
    ord(other): one for latin, others in _ALIKE for one, other in zip(latin, others, strict=True)
}
_TO_CYRILLIC = {ord(one): other for one, other in zip(*_ALIKE[0], strict=True)}
_CYRILLIC_ALIKE = frozenset(_ALIKE[0][1])
_CYRILLIC = re.compile("[\u0400-\u052f]")
_GREEK = re.compile("[\u0370-\u03ff]")
_LATIN = re.compile("[A-Za-z]")
_WORD = re.compile(r"[^\W_]+")


def mended(name: str) -> str:
    """``name`` in NFKC with each word in the letters of one script, where one only looks right.

    A word that has letters of its own of both scripts stays as it is.
    """
    plain = unicodedata.normalize("NFKC", name)
    return plain if plain.isascii() else _WORD.sub(lambda found: _one_script(found[0]), plain)


def _one_script(word: str) -> str:
    cyrillic, latin = _CYRILLIC.findall(word), _LATIN.findall(word)
    if not latin or not (cyrillic or _GREEK.search(word)):
        return word
    tells_cyrillic = any(letter not in _CYRILLIC_ALIKE for letter in cyrillic)
    tells_latin = any(ord(letter) not in _TO_CYRILLIC for letter in latin)
    if tells_cyrillic and tells_latin:
        return word
    if tells_cyrillic or (not tells_latin and len(cyrillic) > len(latin)):
        return word.translate(_TO_CYRILLIC)
    return word.translate(_TO_LATIN)


@lru_cache(65_536)
def drawn(word: str) -> str:
    """A word of capitals that are all drawn alike in both scripts, in small Latin letters; else ''.

    ``СОР`` in Cyrillic may be ``COP`` in Latin: nobody who reads it can tell.
    """
    latin = word.translate(_TO_LATIN)
    return latin.casefold() if latin != word and latin.isascii() and latin.isupper() else ""


@lru_cache(65_536)
def folded(name: str) -> str:
    """What two spellings of a name have in common: no case, accents, signs; Latin letters.

    The official Bulgarian transliteration (Transliteration Act, State Gazette 19/2009), ``-ия`` at
    the end of a word as ``-ia``. Letters of other scripts stay.
    """
    plain = mended(name).casefold()
    plain = re.sub(r"ия\b", "иa", plain)
    plain = plain.translate(_LETTERS)
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c)
    ).translate(_LETTERS)
    return " ".join(_WORD.findall(bare))


_HEARD = {
    # Bulgarian letters, in Latin ones that each stand for one sound
    **dict(zip("абвгдезиклмнопрстуфхц", "abvgdeziklmnoprstufhc", strict=True)),
    **{"ж": "J", "дж": "J", "й": "i", "ч": "C", "ш": "S", "щ": "St", "ь": "i", "ю": "iu u"},
    **{"я": "ia", "ъ": "a u", "ѝ": "i", "тс": "c", "ьо": "io o", "ър": "ar ur er"},
    # spellings of Latin letters, each with how it may sound
    **{"sht": "St", "shch": "St", "sch": "S", "sh": "S", "tch": "C", "ch": "C h k", "zh": "J"},
    **{"dzh": "J", "dj": "J", "dg": "J", "ph": "f", "kh": "h", "ck": "k", "qu": "kv", "q": "k"},
    **{"x": "ks", "tz": "c", "ts": "c", "w": "v u", "ew": "iu ev", "oh": "oh o", "ah": "ah a"},
    **{"ou": "u", "oo": "u", "ee": "i", "y": "i", "th": "t", "j": "J i", "c": "k c"},
    **{"ce": "se ce ke", "ci": "si ci ki", "cy": "si ci", "ge": "ge Je", "gi": "gi Ji"},
    **{"gy": "gi Ji", "ae": "ae a", "oe": "oe o", "ue": "ue u"},
}
_LONGEST_HEARD = 4
MOST_SOUNDS = 8


@lru_cache(65_536)
def sounds(word: str) -> frozenset[str]:
    """How one word in small letters may sound; words that share a sound are heard as one.

    Coarse on purpose: Bulgarian names are written in Latin letters in many ways, and foreign ones
    in Cyrillic by ear. Doubled letters count once; a silent ``e`` at the end may be missing.
    """
    heard, at = [""], 0
    plain = "".join(
        c
        for c in unicodedata.normalize("NFD", word.replace("й", "\0"))
        if not unicodedata.combining(c)
    ).replace("\0", "й")
    while at < len(plain):
        for length in range(_LONGEST_HEARD, 0, -1):
            said = _HEARD.get(plain[at : at + length])
            if said:
                break
        else:
            length, said = 1, plain[at].translate(_LETTERS)
        heard = [before + one for one in said.split() or [""] for before in heard][:MOST_SOUNDS]
        at += length
    found = {single(one) for one in heard}
    if word.isascii() and len(word) > 3:
        found |= {one[:-1] for one in found if one.endswith("e")}
    return frozenset(found)


def single(word: str) -> str:
    """``word`` with each letter that is doubled once."""
    return re.sub(r"(.)\1+", r"\1", word)


@lru_cache(65_536)
def frames(word: str) -> frozenset[str]:
    """The consonants that are heard: each language writes the vowels in its own way."""
    return frozenset(re.sub("[aeiou]", "", one) for one in sounds(word))
