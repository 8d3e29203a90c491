"""Names as ids and as the names of columns, and headers as they are looked up."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from ecosystem.identity.letters import folded

LONGEST = 80


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
