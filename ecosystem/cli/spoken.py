"""Which language the command line speaks: its help, and what click itself says."""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from ecosystem.values import LANGUAGES, Language, Text

CATALOGUES = Path(__file__).parent / "translations"
"""What click says, in the domain that it asks."""
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where a system says its language, the first that is set."""
_DOMAIN = "messages"
_SPOKEN: ContextVar[Language] = ContextVar("spoken", default="en")


def said(text: Text) -> str:
    """A text in the language in which the command line speaks."""
    return text.show(_SPOKEN.get())[0]


def language_of(words: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language of ``--lang``, else of the settings, else of the system; else English."""
    for one, other in zip(words, (*words[1:], ""), strict=False):
        if one == "--lang" or one.startswith("--lang="):
            return _spoken(one.partition("=")[2] or other)
    system = next((environment[name] for name in LOCALE if environment.get(name)), "")
    told = environment.get("ECOSYSTEM_LANG") or system
    return _spoken(told.split("_")[0].split(".")[0].lower())


def _spoken(word: str) -> Language:
    return next((one for one in LANGUAGES if one == word), "en")


@contextmanager
def speaking(lang: Language) -> Iterator[None]:
    """Help and what click says are in ``lang`` while this lasts."""
    before = gettext.bindtextdomain(_DOMAIN), os.environ.get("LANGUAGE")
    spoken = _SPOKEN.set(lang)
    gettext.bindtextdomain(_DOMAIN, str(CATALOGUES))
    os.environ["LANGUAGE"] = lang
    try:
        yield
    finally:
        _SPOKEN.reset(spoken)
        gettext.bindtextdomain(_DOMAIN, before[0])
        if before[1] is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before[1]
