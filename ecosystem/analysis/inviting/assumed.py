"""How a list of guests comes about, in words."""

from __future__ import annotations

from ecosystem.analysis.gaps.laws import listed
from ecosystem.analysis.inviting.reasons import FURTHER, GAP, MOST_FURTHER, NEW, POINTS
from ecosystem.figures import both, number
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

_ORDER = Text(
    "Гостите са подредени по точки. Настрана, като „може би“, са онези, които свързва само тема, "
    "даваща възможност за търсената.",
    "The guests stand in the order of their points. Apart, as “maybe”, are those whom only a theme "
    "that enables the asked one links.",
)
_SHARES = Text(
    "Равните дялове са уговорка. Който няма сектор по четворната спирала, получава само места, "
    "останали от другите, освен ако не му дадете дял.",
    "Equal shares are a convention. Who fits no sector of the helix gets only places that the "
    "others leave, unless you give it a share.",
)


def assumptions(snapshot: Snapshot, recent: tuple[str, ...]) -> tuple[Text, ...]:
    """How the points and the places of a list come about."""
    same, narrower, enables = (
        both(number, POINTS[name]) for name in ("same", "narrower", "enables")
    )
    further, most = both(number, FURTHER), both(number, FURTHER * MOST_FURTHER)
    gap, new = both(number, GAP), both(number, NEW)
    events = listed(snapshot, recent, limit=3)
    found = [
        Text(
            f"Точки за всяка търсена тема: предлага, търси, работи по нея – по {same.bg}; по "
            f"по-тясна (или търси тема, която я обхваща) – {narrower.bg}; по тема, която дава "
            f"възможност за нея, – {enables.bg}. Всеки следващ проект: {further.bg}, най-много "
            f"{most.bg}.",
            f"Points per theme: offers it, needs it, works on it {same.en} each; a narrower "
            f"one (or needs one that includes it) {narrower.en}; one that enables it "
            f"{enables.en}. Each further project {further.en}, at most {most.en}.",
        ),
        Text(
            f"По {gap.bg} точка за пропуск, който участникът би помогнал да се затвори: G14, G10, "
            f"G02. До {new.bg} точка за дела на другите кандидати, с които няма записано общо "
            "събитие; без записано участие в събитие тези точки не се дават.",
            f"{gap.en} point for each gap it would help close: G14, G10, G02. Up to {new.en} point "
            "for the share of other candidates with whom no event in common is recorded; none "
            "where no part in an event is recorded.",
        ),
        Text(
            "Места по сектори: едно по едно по метода на Сент-Лагю (Уебстър), при "
            "равенство за сектора, чийто следващ има повече точки. По-дълъг "
            "списък запазва всички от по-късия. При равни точки: първо който е бил на по-малко от "
            "последните събития, после по идентификатор.",
            "Places by sector one by one, by the method of Webster (Sainte-Laguë), of "
            "equal ones to the sector whose next has more points. A longer list "
            "keeps everybody of a shorter one. Equal points: first whoever was at fewer of the "
            "last events, then by id.",
        ),
        _ORDER,
        _SHARES,
    ]
    if recent:
        found.append(
            Text(f"Последни събития с дата: {events.bg}.", f"The last dated events: {events.en}.")
        )
    return tuple(found)
