"""Lenses: which nodes and ties a measure looks at, how they are joined and weighed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ecosystem.values import Text

ACTOR_KINDS = ("Organisation", "Person", "City")
THEME_EDGES = ("OFFERS", "NEEDS", "ADDRESSES")


@dataclass(frozen=True)
class Lens:
    """A named projection: which nodes, which edges, how they are joined and weighed.

    ``shared`` names the kind whose participants are joined with each other; with ``joint`` a tie
    in words of a source counts where they say that two work together. With ``context``
    external nodes are part of the graph, else members alone.
    """

    name: str
    title: Text
    description: Text
    nodes: tuple[str, ...]
    edges: tuple[str, ...]
    shared: str = ""
    directed: bool = False
    context: bool = False
    joint: bool = False

    @property
    def weighting(self) -> Text:
        """What the strength of a tie adds up."""
        if not self.shared:
            return Text("Всяко твърдение тежи 1.", "Each statement counts 1.")
        return Text(
            "Общ проект или събитие с d участници тежи 1/(d − 1) за всяка двойка, "
            "всяко друго твърдение 1.",
            "A shared project or event of d participants counts 1/(d − 1) for each pair, "
            "every other statement 1.",
        )


LENSES: Mapping[str, Lens] = MappingProxyType(
    {
        lens.name: lens
        for lens in (
            Lens(
                "work",
                Text("Работа", "Work"),
                Text(
                    "Участници, свързани чрез общи проекти, финансиране, менторство, членство, "
                    "партньорство, собственост и друга обща работа.",
                    "Actors joined by shared projects, funding, mentoring, membership, "
                    "partnership, ownership and other joint work.",
                ),
                ACTOR_KINDS,
                ("FUNDS", "MENTORS", "MEMBER_OF", "OWNS", "PARTNERS_WITH"),
                shared="Project",
                joint=True,
            ),
            Lens(
                "met",
                Text("Срещи", "Met"),
                Text("Участници в едно и също събитие.", "Actors who took part in one event."),
                ACTOR_KINDS,
                (),
                shared="Event",
            ),
            Lens(
                "funding",
                Text("Финансиране", "Funding"),
                Text("Кой кого финансира.", "Who funds whom."),
                (*ACTOR_KINDS, "Programme", "Project", "Event"),
                ("FUNDS",),
                directed=True,
                context=True,
            ),
            Lens(
                "mentoring",
                Text("Менторство", "Mentoring"),
                Text("Кой кого съветва.", "Who advises whom."),
                (*ACTOR_KINDS, "Project"),
                ("MENTORS",),
                directed=True,
                context=True,
            ),
            Lens(
                "capability",
                Text("Способности", "Capability"),
                Text(
                    "Участници и проекти с темите, които предлагат, търсят или разработват.",
                    "Actors and projects with the themes they offer, need or work on.",
                ),
                (*ACTOR_KINDS, "Project", "Programme", "Theme"),
                THEME_EDGES,
                context=True,
            ),
            Lens(
                "all",
                Text("Всички връзки", "All ties"),
                Text(
                    "Всяка записана връзка без местоположенията и темите.",
                    "Every recorded tie but locations and themes.",
                ),
                (*ACTOR_KINDS, "Project", "Programme", "Event"),
                (
                    "PARTICIPATES_IN",
                    "FUNDS",
                    "MENTORS",
                    "MEMBER_OF",
                    "PART_OF",
                    "OWNS",
                    "PARTNERS_WITH",
                    "RELATED_TO",
                ),
                context=True,
            ),
        )
    }
)
