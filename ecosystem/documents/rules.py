"""What the rules by which something is found in a text are called, for people."""

from __future__ import annotations

from collections.abc import Mapping

from ecosystem.values import Text

_BULGARIAN: Mapping[str, str] = {
    "gazetteer": "населено място от GeoNames",
    "name with the word in it": "име, в което е думата",
    "name before the word": "име пред думата",
    "name behind the word": "име след думата",
    "in quotes behind the word": "в кавички след думата",
    "strategy or plan": "стратегия или план",
    "counted event": "събитие с пореден номер",
    "named event": "събитие с име",
    "known name": "име от картата",
    "list of participants": "списък на участници",
    "in brackets": "в скоби",
    "adjective and type word": "прилагателно и дума за вид",
    "type word and name": "дума за вид и име",
    "type word and purpose": "дума за вид и предназначение",
    "legal form": "правна форма",
    "called a company": "наречено фирма",
    "somebody's post is there": "някой има длъжност там",
    "name with a type word": "име с дума за вид",
    "name and type word": "име и дума за вид",
    "given name": "лично име",
    "title or role": "титла или длъжност",
    "short form": "съкратено име",
    "named again": "споменато отново",
    "another name in brackets": "друго име в скоби",
    "the one named last": "споменатото последно",
    "guest list": "списък на гости",
}
RULES: Mapping[str, Text] = {rule: Text(bg, rule) for rule, bg in _BULGARIAN.items()}


def rule_told(rule: str) -> Text:
    """A rule in words."""
    return RULES.get(rule, Text("", rule))
