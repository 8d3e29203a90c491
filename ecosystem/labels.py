"""The words of the model in both languages: properties, closed lists, lenses of reading."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ecosystem.figures import both, day, money, number
from ecosystem.values import Text

WRITTEN_AS_THEY_ARE = frozenset({"latitude", "longitude", "geonames", "pic", "eik"})
"""Properties whose digits are no quantity or whose places all count."""

PROPERTIES: dict[str, Text] = {
    "address_role": Text("вид адрес", "kind of address"),
    "aliases": Text("други имена", "other names"),
    "amount_minor": Text("сума", "amount"),
    "budget_minor": Text("бюджет", "budget"),
    "capacity": Text("капацитет", "capacity"),
    "challenge_count": Text("брой градове участници", "number of challenge cities"),
    "cities_count": Text("брой градове", "number of cities"),
    "contribution_minor": Text("принос", "contribution"),
    "country": Text("държава", "country"),
    "definition_bg": Text("определение (български)", "definition (Bulgarian)"),
    "definition_en": Text("определение (английски)", "definition (English)"),
    "description_bg": Text("описание (български)", "description (Bulgarian)"),
    "description_en": Text("описание (английски)", "description (English)"),
    "eik": Text("ЕИК", "EIK"),
    "fellow_count": Text("брой съюзни градове", "number of fellow cities"),
    "first_cohort_count": Text("градове в първата група", "cities in the first cohort"),
    "form": Text("форма", "form"),
    "format": Text("формат", "format"),
    "fund_size_minor": Text("размер на фонда", "size of the fund"),
    "geonames": Text("номер в GeoNames", "GeoNames number"),
    "grant_id": Text("номер на договора", "grant number"),
    "indicators": Text("показатели", "indicators"),
    "instrument": Text("инструмент", "instrument"),
    "latitude": Text("географска ширина", "latitude"),
    "lei": Text("LEI", "LEI"),
    "level": Text("степен", "level"),
    "longitude": Text("географска дължина", "longitude"),
    "mentor_count": Text("брой градове ментори", "number of mentor cities"),
    "name_bg": Text("име на български", "Bulgarian name"),
    "name_en": Text("име на английски", "English name"),
    "orcid": Text("ORCID", "ORCID"),
    "pic": Text("PIC", "PIC"),
    "population": Text("население", "population"),
    "priority": Text("приоритет", "priority"),
    "resources_bg": Text("ресурси (български)", "resources (Bulgarian)"),
    "resources_en": Text("ресурси (английски)", "resources (English)"),
    "role": Text("роля", "role"),
    "ror": Text("ROR", "ROR"),
    "sector": Text("сектор", "sector"),
    "share": Text("дял", "share"),
    "since": Text("от", "since"),
    "stakeholder": Text("заинтересована страна (MIT REAP)", "stakeholder (MIT REAP)"),
    "standing": Text("достоверност", "standing"),
    "statement": Text("твърдение", "statement"),
    "status": Text("състояние", "status"),
    "themes": Text("теми", "themes"),
    "until": Text("до", "until"),
    "website": Text("уебсайт", "website"),
    "wikidata": Text("Wikidata", "Wikidata"),
}

WORDS: dict[str, Text] = {
    # standing
    "documented": Text("документирано", "documented"),
    "reported": Text("по сведения на друг", "reported"),
    "inferred": Text("изведено", "inferred"),
    "illustrative": Text("примерно", "illustrative"),
    # roles
    "leads": Text("водещ", "lead"),
    "partner": Text("партньор", "partner"),
    "participant": Text("участник", "participant"),
    "organiser": Text("организатор", "organiser"),
    "host": Text("домакин", "host"),
    "advisor": Text("съветник", "advisor"),
    "challenge": Text("град участник", "challenge city"),
    "fellow": Text("съюзен град", "fellow city"),
    "mentor": Text("ментор", "mentor"),
    # sectors
    "industry": Text("бизнес", "industry"),
    "academia": Text("наука и образование", "academia"),
    "government": Text("власт", "government"),
    "civil society": Text("гражданско общество", "civil society"),
    "other": Text("друго", "other"),
    # stakeholders of MIT REAP
    "corporate": Text("корпорации", "corporate"),
    "entrepreneur": Text("предприемачи", "entrepreneurs"),
    "risk-capital": Text("рисков капитал", "risk capital"),
    # forms
    "company": Text("дружество", "company"),
    "startup": Text("стартъп", "start-up"),
    "business-association": Text("браншова организация", "business association"),
    "cluster": Text("клъстер", "cluster"),
    "accelerator": Text("акселератор", "accelerator"),
    "investor": Text("инвеститор", "investor"),
    "bank": Text("банка", "bank"),
    "university": Text("университет", "university"),
    "research-institute": Text("научен институт", "research institute"),
    "public-authority": Text("орган на властта", "public authority"),
    "public-agency": Text("публична агенция", "public agency"),
    "public-company": Text("публично дружество", "public company"),
    "public-fund": Text("публичен фонд", "public fund"),
    "international-body": Text("международна институция", "international body"),
    "foundation": Text("фондация", "foundation"),
    "association": Text("сдружение", "association"),
    "media": Text("медия", "media"),
    "school": Text("училище", "school"),
    "innovation-centre": Text("иновационен център", "innovation centre"),
    "venue": Text("място за събития", "venue"),
    "consortium": Text("консорциум", "consortium"),
    # status of a project
    "planned": Text("планиран", "planned"),
    "running": Text("в изпълнение", "running"),
    "finished": Text("приключил", "finished"),
    "cancelled": Text("прекратен", "cancelled"),
    # addresses
    "seat": Text("седалище", "seat"),
    "office": Text("офис", "office"),
    "site": Text("обект", "site"),
    "administration": Text("администрация на града", "city administration"),
    # instruments
    "grant": Text("безвъзмездно", "grant"),
    "equity": Text("дялово участие", "equity"),
    "loan": Text("заем", "loan"),
    "in-kind": Text("в натура", "in kind"),
    # state of a statement at a date
    "holds": Text("в сила", "holds"),
    "ended": Text("приключило", "ended"),
    "end unknown": Text("краят не е известен", "end unknown"),
    "ongoing": Text("продължава", "ongoing"),
    # place in the scope
    "member": Text("в обхвата", "in the scope"),
    "external": Text("външен", "external"),
    "outside": Text("извън обхвата", "outside the scope"),
}


_ANY_TIE = (Text("връзка", "tie"), Text("връзки", "ties"))
_TIES: dict[str, tuple[Text, Text]] = {
    "ADDRESSES": (
        Text("тема на проект", "theme of a project"),
        Text("теми на проекти", "themes of projects"),
    ),
    "FUNDS": (Text("финансиране", "award of money"), Text("финансирания", "awards of money")),
    "LOCATED_IN": (Text("седалище", "seat"), Text("седалища", "seats")),
    "MEMBER_OF": (Text("членство", "membership"), Text("членства", "memberships")),
    "MENTORS": (Text("менторство", "mentoring"), Text("менторства", "mentorings")),
    "NEEDS": (Text("нужда", "need"), Text("нужди", "needs")),
    "OFFERS": (Text("предлагане", "offer"), Text("предлагания", "offers")),
    "PARTICIPATES_IN": (Text("участие", "participation"), Text("участия", "participations")),
    "PARTNERS_WITH": (Text("партньорство", "partnership"), Text("партньорства", "partnerships")),
}


def counted_ties(kinds: Iterable[str]) -> Text:
    """How many ties there are, by the name of their kind where all are of one: ``4 needs``."""
    found = list(kinds)
    one, many = _TIES.get(found[0], _ANY_TIE) if len(set(found)) == 1 else _ANY_TIE
    how_many, noun = both(number, len(found)), one if len(found) == 1 else many
    return Text(f"{how_many.bg} {noun.bg}", f"{how_many.en} {noun.en}")


def property_label(name: str) -> Text:
    """The label of a property; its own name where the model gives none."""
    return PROPERTIES.get(name, Text(name.replace("_", " "), name.replace("_", " ")))


def word(value: str) -> Text:
    """A word of a closed list in both languages; the word itself where it is free text."""
    return WORDS.get(value, Text(value, value))


def written(name: str, value: str, currency: str = "") -> Text:
    """A property's value as a seed cell or a source gives it, as it is read in each language.

    An amount may name its own currency (``5000000 EUR``); else it is in ``currency``.
    """
    amount = re.fullmatch(r"(-?\d+) ?([A-Z]{3})?", value, re.ASCII)
    if name.endswith("_minor") and amount:
        return both(money, int(amount[1]), amount[2] or currency)
    days = name in ("since", "until") or name.endswith("_on")
    if days and re.fullmatch(r"\d{4}(-\d\d){0,2}", value, re.ASCII):
        return both(day, value)
    whole = re.fullmatch(r"\d{1,15}", value, re.ASCII)
    if whole and name not in WRITTEN_AS_THEY_ARE:
        return both(number, int(value))
    return word(value)
