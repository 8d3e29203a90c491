"""What stands between two, several things side by side, cities and the advice between them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ecosystem.model import ParticipatesIn, columns
from ecosystem.questions import fields
from ecosystem.questions.measuring import Measured, lens_field
from ecosystem.questions.parameters import Unreadable, quoted, shortened
from ecosystem.questions.question import Ground, Question
from ecosystem.tables import Answer
from ecosystem.values import Text
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.analysis.cities import CityProfile
    from ecosystem.analysis.connecting import Connection
    from ecosystem.analysis.geography import Geography
    from ecosystem.analysis.side_by_side import SideBySide

LONGEST_COUNTRY = 80
ACTORS = ("Organisation", "Person", "City", "Project", "Programme", "Event")


class Ways(Question["Connection"]):
    """The shortest ways between two actors through a lens, or why there is none."""

    name = "ways"
    title = Text("Как стигаме от единия до другия?", "How do we get from one to the other?")
    path = "path"
    page = "ways"
    command = "path"

    view: View = fields.viewed()
    ends: tuple[str, ...] = fields.entities(
        Text("Между кои", "Between whom"),
        address="path",
        aliases=("one", "other"),
        joined=True,
        least=2,
        most=2,
        positional=True,
        required=True,
        metavar="ACTOR",
        help=Text("Двамата участници.", "The two actors."),
    )
    lens: str = lens_field(default="work", address="through")

    def answer(self, ground: Ground) -> Connection:
        from ecosystem.analysis.connecting import connecting

        source, target = self.ends
        return connecting(ground.snapshot(self.view), source, target, self.lens)

    def tables(self, found: Connection, ground: Ground) -> Answer:
        from ecosystem.questions.tables.ways import connection

        return connection(ground.snapshot(self.view), found)

    @classmethod
    def example(cls, ground: Ground) -> fields.Words:
        return {"path": [",".join(_two(ground))]}


class Compare(Question["SideBySide"]):
    """What several things share, and their properties, measures and themes side by side."""

    name = "compare"
    title = Text("Какво ги свързва и различава?", "What do they share, where do they differ?")
    path = "compare"
    command = "compare"

    view: View = fields.viewed()
    select: tuple[str, ...] = fields.entities(
        Text("Кои", "Which"),
        joined=True,
        positional=True,
        required=True,
        ties=True,
        metavar="ID",
        help=Text("Кои да се сравнят.", "What to compare."),
    )
    lens: str = lens_field(default="all")

    def answer(self, ground: Ground) -> SideBySide:
        from ecosystem.analysis.side_by_side import side_by_side

        measures = ground.ask(Measured(view=self.view, lens=self.lens))
        return side_by_side(ground.snapshot(self.view), self.select, self.lens, measures)

    def tables(self, found: SideBySide, ground: Ground) -> Answer:
        from ecosystem.questions.tables.side_by_side import side_by_side

        return side_by_side(ground.snapshot(self.view), found)

    @classmethod
    def example(cls, ground: Ground) -> fields.Words:
        return {"select": [",".join(_two(ground))]}


def _two(ground: Ground) -> list[str]:
    return sorted(record.id for record in ground.facts.counting.of_kind("Organisation"))[:2]


class City(Question["CityProfile"]):
    """Needs and strengths of a city by theme, beside its mentors and peers."""

    name = "city"
    title = Text(
        "От какво има нужда градът, в какво е силен?", "What does the city need and offer?"
    )
    path = "city/<identity>"
    command = "city"
    rests = ("facts", "capacity")

    view: View = fields.viewed(scope=False)
    identity: str = fields.entity(
        Text("Град", "City"),
        "City",
        positional=True,
        required=True,
        metavar="CITY",
        help=Text("Градът.", "The city."),
    )
    peers: tuple[str, ...] = fields.entities(
        Text("До него", "Beside it"),
        "City",
        address="peer",
        option="--peer",
        metavar="CITY",
        help=Text("Град за сравнение (до 5).", "A city to compare with (up to 5)."),
        default=(),
    )

    def answer(self, ground: Ground) -> CityProfile:
        from ecosystem.analysis.cities import city_profile

        return city_profile(ground.snapshot(self.view), self.identity, self.peers or None)

    def tables(self, found: CityProfile, ground: Ground) -> Answer:
        from ecosystem.questions.tables.mentoring import decided_capacity
        from ecosystem.questions.tables.places import city

        said = city(found)
        capacity = decided_capacity(ground.desk.capacities().get(self.identity))
        return replace(said, notes=(*said.notes, *capacity))


def _country(word: str, _ground: Ground) -> str:
    """The code of a country."""
    from ecosystem.countries import near_countries, parse_country

    try:
        return parse_country(word[:LONGEST_COUNTRY])
    except ValueError:
        why = Text(
            f"{quoted(word)} не е държава; пише се с две букви, като BG",
            f"{shortened(word)} is no country; write its two letters, as BG",
        )
        raise Unreadable(why, near_countries(word[:LONGEST_COUNTRY])) from None


class Places(Question["Geography"]):
    """Cities where they are, and the advice between them."""

    name = "places"
    title = Text("Къде са градовете и кой кого съветва?", "Where are the cities, who advises whom?")
    path = "places"
    command = "places"

    view: View = fields.viewed(scope=False)
    programme: str = fields.entity(
        Text("Програма", "Programme"),
        "Programme",
        help=Text("Само участници в програмата.", "Only cities that take part in it."),
        default="",
    )
    role: str = fields.word(
        Text("Роля", "Role"),
        tuple(columns(ParticipatesIn)["role"].choices),
        help=Text("Само в тази роля.", "Only cities in this role."),
        default="",
    )
    theme: str = fields.entity(
        Text("Тема", "Theme"),
        "Theme",
        help=Text("Само които я търсят или предлагат.", "Only cities that need or offer it."),
        default="",
    )
    country: str = fields.checked(
        Text("Държава", "Country"),
        _country,
        help=Text("Код или име на държава.", "A country's code or name."),
        default="",
    )

    def answer(self, ground: Ground) -> Geography:
        from ecosystem.analysis.geography import geography

        return geography(
            ground.snapshot(self.view),
            programme=self.programme,
            role=self.role,
            theme=self.theme,
            country=self.country,
        )

    def tables(self, found: Geography, ground: Ground) -> Answer:
        from ecosystem.questions.tables.places import places

        return places(ground.snapshot(self.view), found)
