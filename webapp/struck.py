"""What counts no longer, as a page shows it: struck out, in words, and with its reason."""

from __future__ import annotations

from flask_babel import gettext
from markupsafe import Markup

from ecosystem.model import Deprecation, deprecation
from webapp.address import ground
from webapp.language import show

_CROSSED = Markup('<s class="gone">{}</s>')


def no_longer(identity: str) -> Deprecation | None:
    """Why a record counts no longer; None where it counts, and where there is none."""
    return deprecation(ground().facts.records.get(identity))


def crossed(words: Markup | str, ended: Deprecation | None) -> Markup:
    """``words`` struck out where they count no longer, and said so for who does not see it."""
    if ended is None:
        return Markup("{}").format(words)
    unseen = Markup('<span class="unseen"> ({})</span>').format(gettext("counts no longer"))
    return _CROSSED.format(words) + unseen


def struck(words: Markup | str, ended: Deprecation | None) -> Markup:
    """``words`` struck out where they count no longer, with the reason beside them."""
    if ended is None:
        return Markup("{}").format(words)
    return _CROSSED.format(words) + Markup(' <span class="chip gone">{}</span>').format(
        show(ended.told)
    )


def notice(ended: Deprecation | None) -> Markup:
    """The sentence at the head of a record that counts no longer; nothing for one that counts."""
    if ended is None:
        return Markup("")
    said = show(ended.told)
    return Markup('<p class="notice gone"><strong>{}</strong></p>').format(
        said[:1].upper() + said[1:] if said[:1] != "<" else said
    )
