"""One more change of a scenario, as the forms of its page tell it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ecosystem.columns import SEPARATOR
from ecosystem.identity.letters import folded
from ecosystem.model import EDGE_KINDS, NODE_KINDS, SECTORS, columns
from ecosystem.questions import fields, parameters
from ecosystem.questions.declared import Declared
from ecosystem.questions.imagining import WhatIf
from ecosystem.questions.question import Ground
from ecosystem.scenario import Change
from ecosystem.values import Text

ADDABLE = ("Organisation", "Person", "Project", "Event", "City", "Programme")
TIES = tuple(kind for kind in EDGE_KINDS if kind not in ("BROADER", "ENABLES"))
ROLES = columns(EDGE_KINDS["PARTICIPATES_IN"])["role"].choices


@dataclass(frozen=True, kw_only=True)
class Imaginable(parameters.Entity):
    """Something recorded, by id or name, or the id of what the scenario itself adds."""

    def parse(self, word: str, ground: Ground) -> str:
        """The id; what looks like one is let through, for only the scenario knows its own."""
        return word if ":" in word else super().parse(word, ground)


def _imaginable(bg: str, en: str) -> str:
    found: str = fields.declared(Imaginable(label=Text(bg, en), default=""), default="")
    return found


class OneMore(Declared):
    """One more change of a scenario, as the forms of its page tell it."""

    name = WhatIf.name
    title = Text("Още една промяна", "One more change")

    sort: str = fields.word(
        Text("Каква промяна", "Which change"), ("actor", "tie", "remove"), required=True
    )
    kind: str = fields.word(Text("Вид", "Kind"), (*ADDABLE, *TIES))
    called: str = fields.line(Text("Име", "Name"))
    form: str = fields.word(Text("Форма", "Form"), tuple(SECTORS))
    here: bool = fields.switch(Text("В града на обхвата", "In the city of the scope"))
    source: str = _imaginable("От", "From")
    target: str = _imaginable("До", "To")
    key: str = fields.line(Text("Ключ", "Key"))
    role: str = fields.word(Text("Роля", "Role"), tuple(ROLES))
    themes: tuple[str, ...] = fields.entities(Text("Теми", "Themes"), "Theme")
    id: str = _imaginable("Какво", "What")

    def changes(self, scope: str) -> Iterable[Change]:
        """The change, and with an actor its place where it is in the city of the scope."""
        if self.sort == "remove":
            return [Change(remove=self.id)]
        return [self._tie()] if self.sort == "tie" else self._actor(scope)

    def _actor(self, scope: str) -> Iterable[Change]:
        prefix = NODE_KINDS[self.kind].prefix if self.kind in ADDABLE else "org"
        identity = f"{prefix}:{_slug(self.called)}"
        added = {"kind": self.kind, "id": identity}
        if self.kind == "City":
            added |= {"name_bg": self.called, "name_en": self.called}
        else:
            script = "name_bg" if re.search("[а-яА-Я]", self.called) else "name_en"
            added[script] = self.called
        if self.kind == "Organisation":
            added["form"] = self.form
        yield Change(add=added)
        if self.here and scope != "all" and self.kind not in ("City", "Programme"):
            yield Change(add={"kind": "LOCATED_IN", "source": identity, "target": scope})

    def _tie(self) -> Change:
        added = {
            "kind": self.kind,
            "source": self.source,
            "target": self.target,
            "key": self.key,
            "role": self.role if self.kind == "PARTICIPATES_IN" else "",
            "themes": SEPARATOR.join(self.themes) if self.kind == "MENTORS" else "",
        }
        return Change(add={name: text for name, text in added.items() if text})


FORM = tuple(OneMore.parameters())
"""The fields of the forms that add a change, which the page reads beside those of its question."""


def _slug(name: str) -> str:
    return "-".join(re.findall("[a-z0-9]+", folded(name)))[:80].strip("-")
