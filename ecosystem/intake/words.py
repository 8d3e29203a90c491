"""What the meanings of columns and the shapes of tables are called, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from ecosystem.intake import meanings
from ecosystem.model import EDGE_KINDS, ENTITY_KINDS, FORMS, KINDS
from ecosystem.values import Text

SHAPES: Mapping[str, Text] = {
    "participation": Text("по ред за всяко участие", "one row per participation"),
    "nodes": Text(
        "по ред за всеки човек, организация или друго", "one row per person, organisation or other"
    ),
    "ties": Text("по ред за всяка връзка", "one row per tie"),
    "leave-out": Text("остава извън картата", "left out"),
}
"""What the rows of a table may be, the commonest first."""
FIRST_ROW = Text("първият ред е", "the first row is")
FIRST: Mapping[str, Text] = {
    "yes": Text("заглавен", "a heading"),
    "no": Text("запис като другите", "a row like the others"),
}
"""What the first row of a sheet may be, where that is asked."""

TOO: Mapping[str, Text] = {"yes": Text("да", "yes"), "no": Text("не", "no")}
"""Whether a person's organisation takes part in what the person does."""

GROUPS: tuple[tuple[Text, Mapping[str, Text]], ...] = (
    (
        Text("Кой и какво", "Who and what"),
        {
            "person": Text("човек", "person"),
            "organisation": Text("организация", "organisation"),
            "event": Text("събитие", "event"),
            "project": Text("проект", "project"),
            "project_id": Text("номер на проекта", "number of the project"),
            "programme": Text("програма", "programme"),
            "city": Text("град, който участва", "city that takes part"),
            "name": Text("име", "name"),
            "name_bg": Text("име на български", "name in Bulgarian"),
            "name_en": Text("име на английски", "name in English"),
            "aliases": Text("други имена", "other names"),
            "type": Text("вид", "kind"),
            "id": Text("номер или код във файла", "number or code in the file"),
        },
    ),
    (
        Text("Как са свързани", "How they are tied"),
        {
            "role": Text("роля в участието", "role in taking part"),
            "position": Text("длъжност в организацията", "post in the organisation"),
            "lead": Text("водещ ли е", "whether it leads"),
            "from": Text("връзката тръгва от", "the tie leads from"),
            "to": Text("връзката води към", "the tie leads to"),
            "from_type": Text("вид на онова, от което тръгва", "kind of what it leads from"),
            "to_type": Text("вид на онова, към което води", "kind of what it leads to"),
            "tie": Text("вид на връзката", "kind of the tie"),
            "direction": Text("посока на връзката", "direction of the tie"),
            "parent": Text("част от", "part of"),
            "partners": Text("списък от партньори", "list of partners"),
            "members": Text("списък от членове", "list of members"),
            "projects": Text("списък от проекти", "list of projects"),
            "events": Text("списък от събития", "list of events"),
            "themes": Text("теми, които предлага", "themes that it offers"),
            "needs": Text("теми, които са му нужни", "themes that it needs"),
        },
    ),
    (
        Text("Къде и кога", "Where and when"),
        {
            "place": Text("седалище", "seat"),
            "venue": Text("място на събитието", "place of the event"),
            "country": Text("държава", "country"),
            "latitude": Text("географска ширина", "latitude"),
            "longitude": Text("географска дължина", "longitude"),
            "since": Text("дата или начало", "date or beginning"),
            "until": Text("край", "end"),
        },
    ),
    (
        Text("Още за тях", "More about them"),
        {
            "description": Text("описание", "description"),
            "website": Text("сайт", "website"),
            "amount": Text("сума", "amount"),
            "currency": Text("валута", "currency"),
            "source": Text("източник", "source"),
            **{name: Text(name.upper(), name.upper()) for name in ("pic", "lei", "ror", "orcid")},
            "wikidata": Text("Wikidata", "Wikidata"),
            "geonames": Text("GeoNames", "GeoNames"),
            "eik": Text("ЕИК", "EIK"),
            meanings.OWN: Text("собствено свойство", "attribute of its own"),
        },
    ),
    (
        Text("Не се пази", "Not kept"),
        {
            meanings.LEAVE: Text("остава извън картата", "left out"),
            meanings.CONTACT: Text("данни за контакт", "contact data"),
            meanings.DRAWING: Text("само за рисунъка", "of a drawing only"),
            meanings.COMPUTED: Text("изчислява се наново", "computed again"),
        },
    ),
)
"""Every meaning of a column with its words, in the groups in which it is offered."""
MEANINGS: Mapping[str, Text] = {
    name: said for _, offered in GROUPS for name, said in offered.items()
}


def kinds() -> Mapping[str, Text]:
    """What a word for a kind may be taken for, with the forms of organisations."""
    named = {name: KINDS[name].label for name in ENTITY_KINDS}
    organisation = named["Organisation"]
    forms = {
        f"Organisation/{name}": Text(
            f"{organisation.bg}: {form.bg}", f"{organisation.en}: {form.en}"
        )
        for name, form in FORMS.items()
    }
    return {**named, **forms, meanings.LEAVE: SHAPES["leave-out"]}


def ties() -> Mapping[str, Text]:
    """What a word for a tie may be taken for."""
    named = {name: kind.label for name, kind in EDGE_KINDS.items()}
    return {**named, meanings.LEAVE: SHAPES["leave-out"]}
