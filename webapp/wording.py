"""The interface's own words: kinds in the plural, directions of ties, texts for the browser."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext

from webapp.language import ngettext

Links = list[tuple[str, str]]


def navigation() -> list[tuple[str, Links]]:
    """The groups of the header, each with its endpoints and their names; one alone is a link."""
    return [
        (
            gettext("Map"),
            [
                ("map", gettext("Network")),
                ("places", gettext("Cities on the map")),
                ("ways", gettext("Ways between two")),
                ("take_along", gettext("Take along")),
            ],
        ),
        (gettext("Gaps"), [("gaps", gettext("Gaps"))]),
        (
            gettext("Mentors"),
            [("match", gettext("Suggestions")), ("board", gettext("Match board"))],
        ),
        (
            gettext("Plan"),
            [
                ("roadmap", gettext("Roadmap")),
                ("invite", gettext("Whom to invite")),
                ("desk", gettext("Decisions")),
                ("what_if", gettext("What if?")),
                ("timeline", gettext("Timeline of gaps")),
                ("story", gettext("Story")),
                ("report", gettext("Report")),
            ],
        ),
        (
            gettext("Bring in"),
            [
                ("bringing.files", gettext("Files")),
                ("identity", gettext("Same or not?")),
                ("changes", gettext("Changes")),
            ],
        ),
        (
            gettext("Ask and check"),
            [
                ("queries", gettext("Questions")),
                ("console", gettext("Console")),
                ("reading.programs", gettext("For programs")),
                ("sources", gettext("Sources")),
                ("reading.about", gettext("How to read this")),
            ],
        ),
    ]


def plural(kind: str) -> str:
    """What several things of a kind are called: *Organisations*."""
    names: dict[str, str] = {
        "Organisation": gettext("Organisations"),
        "Person": gettext("People"),
        "City": gettext("Cities"),
        "Project": gettext("Projects"),
        "Programme": gettext("Programmes"),
        "Event": gettext("Events"),
        "Theme": gettext("Themes"),
    }
    return names.get(kind, kind)


def counted(kind: str, n: int) -> str:
    """So many things of a kind, in the form that the number asks for: *3 cities*."""
    words: dict[str, str] = {
        "Organisation": ngettext("%(num)s organisation", "%(num)s organisations", n),
        "Person": ngettext("%(num)s person", "%(num)s people", n),
        "City": ngettext("%(num)s city", "%(num)s cities", n),
        "Project": ngettext("%(num)s project", "%(num)s projects", n),
        "Programme": ngettext("%(num)s programme", "%(num)s programmes", n),
        "Event": ngettext("%(num)s event", "%(num)s events", n),
        "Theme": ngettext("%(num)s theme", "%(num)s themes", n),
    }
    return words.get(kind, str(n))


def heading(tie_kind: str, outgoing: bool) -> str:
    """What ties of a kind mean seen from one of their ends."""
    pairs: Mapping[str, tuple[str, str]] = {
        "PARTICIPATES_IN": (gettext("Takes part in"), gettext("Participants")),
        "FUNDS": (gettext("Funds"), gettext("Funded by")),
        "MENTORS": (gettext("Advises"), gettext("Advised by")),
        "MEMBER_OF": (gettext("Member of"), gettext("Members")),
        "PART_OF": (gettext("Part of"), gettext("Includes")),
        "OWNS": (gettext("Owns"), gettext("Owned by")),
        "PARTNERS_WITH": (gettext("Partners"), gettext("Partners")),
        "LOCATED_IN": (gettext("Located in"), gettext("Located here")),
        "OFFERS": (gettext("Offers"), gettext("Offered by")),
        "NEEDS": (gettext("Needs"), gettext("Needed by")),
        "ADDRESSES": (gettext("Works on"), gettext("Worked on by")),
        "RELATED_TO": (gettext("Related to"), gettext("Related to it")),
        "BROADER": (gettext("Broader theme"), gettext("Narrower themes")),
        "ENABLES": (gettext("Can serve a need of"), gettext("Can be served by")),
    }
    return pairs[tie_kind][0 if outgoing else 1]


def tag(name: str) -> str:
    """A subject of the query library; its own name where it is new."""
    words: dict[str, str] = {
        "brokerage": gettext("brokerage"),
        "cities": gettext("cities"),
        "events": gettext("events"),
        "introductions": gettext("introductions"),
        "matchmaking": gettext("matchmaking"),
        "money": gettext("money"),
        "organisations": gettext("organisations"),
        "participation": gettext("participation"),
        "partners": gettext("partners"),
        "paths": gettext("paths"),
        "people": gettext("people"),
        "projects": gettext("projects"),
        "sources": gettext("sources"),
        "themes": gettext("themes"),
        "time": gettext("time"),
        "what is missing": gettext("what is missing"),
    }
    return words.get(name, name)


def groupings() -> list[tuple[str, str]]:
    """What the islands of the map can be, with their names."""
    return [
        ("sector", gettext("Sector")),
        ("theme", gettext("Theme")),
        ("community", gettext("Community of ties")),
    ]


def amounts(new: int, changed: int, gone: int) -> str:
    """How many records a change brings, alters and takes, in words; no zeros."""
    said = (
        ngettext("%(num)s new", "%(num)s new", new) if new else "",
        ngettext("%(num)s changed", "%(num)s changed", changed) if changed else "",
        ngettext("%(num)s gone", "%(num)s gone", gone) if gone else "",
    )
    return ", ".join(filter(None, said))


def client_texts() -> dict[str, str]:
    """What the scripts say; ``{name}`` stands for a value."""
    return {
        "suggestions": gettext("Suggestions"),
        "nothing_found": gettext("Nothing found"),
        "found": gettext("Found: {n}"),
        "sorted": gettext("Sorted by {column}"),
        "shown_count": gettext("Shown: {n}"),
        "focus": gettext("In focus: {name}. Neighbours: {n}."),
        "pointed": gettext("{name}, {kind}. Ties: {n}."),
        "gaps_on": gettext("Gaps are shown: {n} marks."),
        "gaps_off": gettext("Gaps are hidden."),
        "came": gettext("New on the map: {n}"),
        "sending": gettext("Sending {name} …"),
        "too_large": gettext("Together these files have more than {n} MB."),
        "elsewhere": gettext("Groups from elsewhere"),
        "hidden_gap": gettext("A filter hides of whom this speaks ({n}): {names}."),
        "show_hidden": gettext("Show them"),
        "left_out": gettext("Left out: {what}"),
        "undated": gettext("undated"),
        "close": gettext("Close"),
        "take_out": gettext("Take out"),
        "chosen": gettext("Selected: {n}"),
        "most_beside": gettext("At most {n} can stand side by side; all are in the light."),
        "too_many_chosen": gettext("{n} are framed; at most {most} can be selected."),
        "menu_focus": gettext("Focus"),
        "menu_only": gettext("Only these"),
        "menu_ways": gettext("Ways to …"),
        "menu_without": gettext("What if it left?"),
        "menu_correct": gettext("Suggest a correction"),
        "menu_copy": gettext("Copy the link"),
        "copied": gettext("The link to {name} is copied."),
        "choose_end": gettext("Ways from {name}: choose the other end. Esc: leave it."),
        "pinned": gettext("{name} stays where you put it."),
        "too_many_pins": gettext("More than {n} cannot be moved. Tidy up first."),
        "tidied": gettext("Everything stands where it stood."),
        "no_answer": gettext("The application does not answer. Is it still running?"),
    }
