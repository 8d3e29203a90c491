"""Rules of Bulgarian that a message catalogue cannot hold."""

from __future__ import annotations

import unicodedata


def in_place(name: str) -> str:
    """``name`` after *в*, which is *във* before the sounds v and f: „във Варна“, „в София“.

    Latin names go by their first letter too: W is read as V in the names of European cities.
    """
    return f"{'във' if _first(name) in set('вфvwf') else 'в'} {name}"


def together_with(name: str) -> str:
    """``name`` after *с*, which is *със* before the sounds s and z: „със София“, „с Русе“."""
    return f"{'със' if _first(name) in set('сзsz') else 'с'} {name}"


def _first(name: str) -> str:
    letters = (c for c in unicodedata.normalize("NFKD", name).casefold() if c.isalpha())
    return next(letters, "")


def collation_key(text: str, lang: str) -> tuple[tuple[int, str], ...]:
    """The place of ``text`` in an alphabetical list read in ``lang``.

    Digits come first, then the reader's own script, then the other: in a Bulgarian list names
    in Latin letters follow all Cyrillic ones, in an English list they precede them. Case,
    accents and punctuation do not count; й counts as a letter of its own.
    """
    own, other = ("CYRILLIC", "LATIN") if lang == "bg" else ("LATIN", "CYRILLIC")
    key = []
    for character in unicodedata.normalize("NFC", text).casefold():
        name = unicodedata.name(character, "")
        if character.isdigit():
            key.append((0, character))
        elif name.startswith(own):
            key.append((1, _base(character)))
        elif name.startswith(other):
            key.append((2, _base(character)))
        elif character.isspace() and key:
            key.append((-1, ""))
    return tuple(key)


def _base(character: str) -> str:
    return character if character == "й" else unicodedata.normalize("NFD", character)[0]
