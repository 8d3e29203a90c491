"""Names as ids and as what is compared: the official transliteration, any other script as it is."""

from __future__ import annotations

import hashlib
import re
import unicodedata

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
LONGEST = 80


def folded(name: str) -> str:
    """What two spellings of a name have in common: no case, accents, signs; Latin letters.

    The official Bulgarian transliteration (Transliteration Act, State Gazette 19/2009), ``-ия`` at
    the end of a word as ``-ia``. Letters of other scripts stay.
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    plain = re.sub(r"ия\b", "иa", plain)
    plain = plain.translate(_LETTERS)
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c)
    ).translate(_LETTERS)
    return " ".join(re.findall(r"[^\W_]+", bare))


def slug(name: str) -> str:
    """The part of an id that a name gives, ASCII; a hash where its letters have no Latin ones."""
    said = folded(name)
    plain = "-".join(re.findall(r"[a-z0-9]+", said))
    rest = "".join(c for c in said if not c.isascii())
    if rest or not plain or len(plain) > LONGEST:
        digest = hashlib.sha256(unicodedata.normalize("NFC", name).encode()).hexdigest()[:10]
        plain = f"{plain[:LONGEST].strip('-')}-{digest}".strip("-")
    return plain


def column_name(header: str) -> str:
    """The name of an own attribute for a column."""
    plain = re.sub(r"[^a-z0-9]+", "_", folded(header)).strip("_")
    if not plain or not plain[0].isalpha():
        plain = f"c_{plain}".rstrip("_") if plain else f"c_{slug(header)[-10:]}".replace("-", "_")
    return plain[:50].rstrip("_")


def words_of(header: str) -> str:
    """A header as it is looked up: words in small letters, ``NameCity`` as two of them."""
    parted = re.sub(r"(?<=[a-zа-я])(?=[A-ZА-Я])", " ", header)
    return " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", parted).casefold()))
