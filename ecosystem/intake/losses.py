"""What of a file does not come onto the map, and why, as an answer counts and says it."""

from __future__ import annotations

from typing import NamedTuple

from ecosystem.values import Text


class Loss(NamedTuple):
    """A sort of thing that is left out, with the reason."""

    what: Text
    why: Text


_DRAWING = Text("рисунък", "drawing")
_SAID_SO = Text("така казват съответствията", "the mapping says so")
_STAYS = Text("остават, каквито са", "they stay as they are")
_BACKWARDS = Text("свършват, преди да започнат", "they end before they begin")
_TO_THEMSELVES = Text("връзки към самите себе си", "ties to themselves")
_TWO_ENDS = Text("връзката има два края", "a tie has two ends")

CONTACT = Loss(
    Text("данни за контакт", "contact data"),
    Text("имейли и телефони не се пазят", "e-mails and telephones are never kept"),
)
COLOURS = Loss(_DRAWING, Text("цветове и места не са факти", "colours and positions are no facts"))
STYLES = Loss(_DRAWING, Text("стилове и места не са факти", "styles and positions are no facts"))
POSITIONS = Loss(_DRAWING, Text("местата не са факти", "positions are no facts"))
ADDRESSES = Loss(
    Text("адреси", "addresses"),
    Text("те са мястото на този, който ги назовава", "they are the place of whoever names them"),
)
VALUES = Loss(
    Text("вложени стойности", "nested values"),
    Text("не са нито текст, нито нещо на картата", "they are neither a text nor a thing"),
)
LOOPS = Loss(Text("примки", "loops"), Text("примката не е твърдение", "a loop is no statement"))
HYPEREDGES = Loss(Text("хипервръзки", "hyperedges"), _TWO_ENDS)
SELF_LOOPS = Loss(_TO_THEMSELVES, _TWO_ENDS)
ONE_THING = Loss(
    _TO_THEMSELVES,
    Text("двата края са едно нещо на картата", "both ends are one thing on the map"),
)
DANGLING = Loss(
    Text("връзки без край", "ties without an end"),
    Text("файлът няма възел с такъв номер или име", "the file has no node of that id or name"),
)
REPEATED_TIES = Loss(
    Text("повторени връзки", "repeated ties"),
    Text("едно са с първата", "they are one with the first"),
)
REPEATED_NODES = Loss(
    Text("повторени редове на възли", "repeated rows of nodes"),
    Text("едно са с първия", "they are one with the first"),
)
NODES_THERE = Loss(
    Text("възли, които вече са на картата", "nodes on the map already"),
    Text(
        "остават, каквито са; връзките водят до тях",
        "they stay as they are; ties lead to them",
    ),
)
TIES_THERE = Loss(Text("връзки, които вече са на картата", "ties on the map already"), _STAYS)
DAYS_OF_TIES = Loss(Text("дни на връзки", "days of ties"), _BACKWARDS)
DAYS_OF_NODES = Loss(Text("дни на възли", "days of nodes"), _BACKWARDS)
NAMELESS = Loss(
    Text("възли", "nodes"),
    Text("нямат име, което може да се пази", "it has no name that may be kept"),
)
WHO_BELONGS = Loss(
    Text("членства", "memberships"),
    Text(
        "редът назовава няколко души и няколко организации",
        "a row names several people and several organisations",
    ),
)
NODES_SAID = Loss(Text("възли", "nodes"), _SAID_SO)
EMPTY_ROWS = Loss(
    Text("редове", "rows"),
    Text("не назовават никого и нищо", "they name nobody and nothing"),
)


def table(name: str) -> Loss:
    """A table that the mapping leaves out."""
    return Loss(Text(f"таблица {name}", f"table {name}"), _SAID_SO)


def ties(word: str) -> Loss:
    """Ties of a word that the mapping leaves out."""
    return Loss(Text(f"връзки {word!r}", f"ties {word!r}"), _SAID_SO)


def column_said(name: str) -> Loss:
    """A column that the mapping leaves out."""
    return Loss(_column(name), _SAID_SO)


def column_unused(name: str) -> Loss:
    """A column whose meaning says nothing in such rows."""
    return Loss(_column(name), Text("не казва нищо за връзка", "it says nothing of a tie"))


def column_drawn(name: str) -> Loss:
    """A column that says how something is drawn."""
    return Loss(_column(name), COLOURS.why)


def column_computed(name: str) -> Loss:
    """A column of what the mapper computes by itself."""
    why = Text("изчислимото се изчислява наново", "what is computed is computed again")
    return Loss(_column(name), why)


def unreadable(field: Text) -> Loss:
    """Values of a field that are none."""
    why = Text("не могат да се прочетат като такива", "they cannot be read as one")
    return Loss(Text(f"стойности на {field.bg}", f"values of {field.en}"), why)


def unknown(name: str) -> Loss:
    """Values by which a file says that it does not know any."""
    return Loss(_values(name), Text("казват, че не е известно", "they say that none is known"))


def second(name: str) -> Loss:
    """Further values of what has one."""
    what = Text(f"втори стойности на {name}", f"second values of {name}")
    return Loss(what, Text("брои се първата", "the first counts"))


def numbers(register: str) -> Loss:
    """Numbers of a register whose check digits are wrong."""
    what = Text(f"номера в {register}", f"numbers of {register}")
    return Loss(what, Text("не са такива", "they are none"))


def _column(name: str) -> Text:
    return Text(f"колона {name}", f"column {name}")


def _values(name: str) -> Text:
    return Text(f"стойности на {name}", f"values of {name}")
