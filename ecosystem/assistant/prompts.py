"""Prompts: what a person can have an assistant do, with the tools to do it by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ecosystem.questions import fields
from ecosystem.questions.question import Ground, Question
from ecosystem.values import LANGUAGES, Text

MANNERS = Text(
    "Пиши на български. При всяко твърдение посочи документа от „sources“ (издател, заглавие, "
    "място). Каквото няма, е „не е записано“, никога „няма“. Изведеното (inferred) и примерното "
    "(illustrative) назови така. Не добавяй нищо, което инструментите не са казали.",
    "Write in English. Beside every statement name its document from 'sources' (publisher, title, "
    "place in it). What is absent is 'not recorded', never 'none'. Call what is inferred or "
    "illustrative by that name. Add nothing that the tools did not say.",
)


def _lang() -> Any:
    return fields.word(
        Text("Език", "Language"),
        LANGUAGES,
        help=Text("Езикът: bg или en.", "The language: bg or en."),
        default="",
    )


class BriefOnActor(Question[Text]):
    """Brief me on an actor before I meet them: who they are, their ties, what is not known."""

    name = "brief_on_actor"
    title = Text("Разкажи ми за участник", "Brief me on an actor")
    rests = ()

    actor: str = fields.entity(
        Text("Участник", "Actor"),
        "Organisation",
        "Person",
        "City",
        "Project",
        "Programme",
        help=Text("Номер или име.", "An id or a name."),
        required=True,
    )
    lang: str = _lang()

    def answer(self, ground: Ground) -> Text:
        name = _named(ground, self.actor)
        return Text(
            f"Подготви ме за среща с {name.bg}. Извикай entity с identity {self.actor}, после "
            f"search и ways, където помагат, и gaps за онова, което липсва около тях. На една "
            f"страница: кои са, с кого са свързани и откога, къде източниците си противоречат, "
            f"какво не е записано, три въпроса към тях. {MANNERS.bg}",
            f"Brief me for a meeting with {name.en}. Call entity with identity {self.actor}, then "
            f"search and ways where they help, and gaps for what is missing around them. On one "
            f"page: who they are, to whom they are tied and since when, where sources disagree, "
            f"what is not recorded, three questions to ask them. {MANNERS.en}",
        )


class PrepareWorkshop(Question[Text]):
    """Prepare a workshop on a theme: whom to invite and why, what to talk about."""

    name = "prepare_workshop"
    title = Text("Подготви срещата", "Prepare the workshop")
    rests = ()

    theme: str = fields.entity(
        Text("Тема", "Theme"),
        "Theme",
        help=Text("Номер или име на тема.", "The id or name of a theme."),
        required=True,
    )
    lang: str = _lang()

    def answer(self, ground: Ground) -> Text:
        name = _named(ground, self.theme)
        return Text(
            f"Подготви среща на тема {name.bg}. Извикай invite с themes [{self.theme}] за списъка "
            f"с причините, gaps за пропуските по темата и entity с identity {self.theme} за "
            f"онова, което вече става. Дай: списъка по сектори с по една причина, кой не бива да "
            f"липсва, кой е оставен настрана и защо, дневен ред от четири точки. {MANNERS.bg}",
            f"Prepare a workshop on {name.en}. Call invite with themes [{self.theme}] for the list "
            f"with its reasons, gaps for what is missing on the theme, and entity with identity "
            f"{self.theme} for what happens already. Give: the list by sector with one reason "
            f"each, who must not be missing, who was left aside and why, an agenda of four points. "
            f"{MANNERS.en}",
        )


class WhyThisMentor(Question[Text]):
    """Say why a mentor city fits a city, by stated reasons, and what speaks against it."""

    name = "why_this_mentor"
    title = Text("Защо точно този ментор?", "Why this mentor?")
    rests = ()

    city: str = fields.entity(
        Text("Град", "City"),
        "City",
        help=Text("Градът, който търси ментор.", "The city that looks for a mentor."),
        required=True,
    )
    mentor: str = fields.entity(
        Text("Ментор", "Mentor"),
        "City",
        help=Text("Градът ментор.", "The mentor city."),
        required=True,
    )
    lang: str = _lang()

    def answer(self, ground: Ground) -> Text:
        city, mentor = _named(ground, self.city), _named(ground, self.mentor)
        return Text(
            f"Обясни защо {mentor.bg} е (или не е) подходящ ментор за {city.bg}. Извикай match с "
            f"city {self.city}, city с identity {self.city} и peers [{self.mentor}], и board за "
            f"плана. Дай: мястото и оценката му със събираемите ѝ, нуждите, на които отговаря и "
            f"на които не, кой е по-напред и защо, какво не е записано. {MANNERS.bg}",
            f"Explain why {mentor.en} is (or is not) a fitting mentor for {city.en}. Call match "
            f"with city {self.city}, city with identity {self.city} and peers [{self.mentor}], "
            f"and board for the plan. Give: its rank and score with the parts that add up to it, "
            f"which needs it serves and which not, who ranks higher and why, what is not recorded. "
            f"{MANNERS.en}",
        )


PROMPTS: Mapping[str, type[Question[Text]]] = {
    one.name: one for one in (BriefOnActor, PrepareWorkshop, WhyThisMentor)
}


def _named(ground: Ground, identity: str) -> Text:
    """The name in each language, with the id."""
    name = ground.facts.nodes[identity].name
    return Text(f"{name.show('bg')[0]} ({identity})", f"{name.show('en')[0]} ({identity})")
