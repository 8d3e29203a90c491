"""What is worth knowing about a place of a file, in both languages.

What is called ``name``, ``key`` or ``column`` stands in the file and is quoted as it is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from ecosystem.intake.meanings import REGISTERS
from ecosystem.values import Text

if TYPE_CHECKING:
    from ecosystem.intake.places import Place

MOST_CANDIDATES = 5

NAMELESS = Text(
    "няма име, което може да се пази, и остава извън картата.",
    "has no name that may be kept; it is left out.",
)
NOBODY = Text(
    "не назовава никого и нищо и остава извън картата.",
    "names nobody and nothing; it is left out.",
)
WHO_BELONGS = Text(
    "назовава няколко души и няколко организации; кой към коя е, не се казва.",
    "names several people and several organisations; who belongs to which is not said.",
)
APART: Mapping[str, Text] = {
    "country": Text("държава", "country"),
    "place": Text("седалище", "seat"),
    "programme": Text("програма", "programme"),
    **{one: Text(one.upper(), one.upper()) for one in REGISTERS},
}
"""What tells two of one name apart, in words."""
BACKWARDS = Text(
    "свършва, преди да започне; дните са изпуснати.",
    "ends before it begins; the days are left out.",
)
DAY_FIRST = Text(
    "дни като 01/05/2006 са прочетени с деня отпред.",
    "days such as 01/05/2006 are read with the day first.",
)
DATE = Text("дата", "date")
MONTH_FIRST = Text(
    "дните са прочетени с месеца отпред, като 12/31/2006.",
    "days are read with the month first, as 12/31/2006.",
)
_PLACE = re.compile(r"^(.* )?(line|byte|page|character) (\d+)$")
_UNITS = {"line": "ред", "byte": "байт", "page": "страница", "character": "знак"}


def at(place: str) -> Text:
    """A place of a file in words: *line 12*, *ред 12*; cells and paths stay as they are."""
    found = _PLACE.match(place)
    if found is None:
        return Text(place, place)
    before, unit, number = found.groups(default="")
    return Text(f"{before}{_UNITS[unit]} {number}", place)


# What readers notice


def encoding(name: str) -> Text:
    """A text in another encoding than UTF-8."""
    return Text(f"прочетен е като {name}.", f"is read as {name}.")


def more_cells(cells: int, width: int) -> Text:
    """A row that is longer than the header."""
    return Text(
        f"има {cells} клетки, а заглавният ред {width}; останалото е изпуснато.",
        f"has {cells} cells, the header {width}; what is beyond is left out.",
    )


HEADING = Text(
    "никоя дума тук не се познава като име на колона. Заглавен ред ли е първият? Взет е за такъв; "
    "ако е запис, кажете header = false в съответствията.",
    "no word here is known as the name of a column. Is the first row a heading? It was taken for "
    "one; where it is a row, say header = false in the mapping.",
)
NO_HEADING = Text(
    "първият ред изглежда като останалите. Заглавен ред ли е? Взет е за запис; ако е заглавен, "
    "кажете header = true в съответствията.",
    "the first row looks like those below it. Is it a heading? It was taken for a row; where it is "
    "a heading, say header = true in the mapping.",
)


def cut_cell(column: str, signs: int, longest: int) -> Text:
    """A cell that is longer than any text of the map."""
    return Text(
        f"„{column}“ има {signs} знака; запазени са първите {longest}.",
        f"{column!r} has {signs} characters; the first {longest} are kept.",
    )


def cut_rows(rows: int, longest: int) -> Text:
    """How many further rows have such a cell."""
    return Text(
        f"… и още {rows} реда с клетки над {longest} знака.",
        f"... and {rows} more rows with cells of more than {longest} characters.",
    )


def cut_text(field: Text, longest: int) -> Text:
    """A text of a thing that is longer than the model keeps."""
    return Text(
        f"{field.bg}: по-дълго от {longest} знака; запазено е началото.",
        f"{field.en}: longer than {longest} characters; its beginning is kept.",
    )


def hidden(sheet: str) -> Text:
    """A sheet that is hidden in its workbook."""
    return Text(
        f"листът „{sheet}“ е скрит; прочетен е въпреки това.",
        f"the sheet {sheet!r} is hidden; it is read all the same.",
    )


def title(text: str) -> Text:
    """A line above the header."""
    return Text(f"заглавието „{text}“ е изпуснато.", f"a title is left out: {text!r}.")


def before_sections(text: str) -> Text:
    """A line of a Pajek file before its first section."""
    return Text(
        f"„{text}“ стои преди първия раздел и е изпуснато.",
        f"{text!r} before the first section is left out.",
    )


def section(name: str) -> Text:
    """A section of a Pajek file that is not read."""
    return Text(f"разделът *{name} е изпуснат.", f"the section *{name} is left out.")


def doubled(count: int, keys: Iterable[str]) -> Text:
    """Keys that stand twice in one record of JSON."""
    names = ", ".join(keys)
    return Text(
        f"{count} ключа стоят по два пъти в един запис ({names}); пазят се и двете стойности.",
        f"{count} keys stand twice in one record ({names}); both are kept.",
    )


def undeclared(key: str) -> Text:
    """A key of GraphML without a declaration."""
    return Text(
        f"ключът „{key}“ не е обявен; прочетен е като текст.",
        f"the key {key!r} is not declared; it is read as a text.",
    )


# What is noticed while the tables are given their meaning


def repeated(name: str) -> Text:
    """A second row of what is there."""
    return Text(
        f"„{name}“ вече е записано; редовете се четат като един.",
        f"{name!r} stands there already; the rows are read as one.",
    )


def another(name: str, column: str) -> Text:
    """A value that differs from that of an earlier row."""
    return Text(
        f"„{name}“ има друга стойност на „{column}“ в по-горен ред; брои се тя.",
        f"{name!r} has another {column!r} in an earlier row; that counts.",
    )


def one_thing(first: str, other: str) -> Text:
    """Two spellings of a name in one file."""
    return Text(f"„{first}“ и „{other}“ се четат като едно.", f"{first!r} and {other!r} are one.")


def theme_met(name: str, theme: Text) -> Text:
    """A word that the vocabulary of themes knows."""
    bg, en = theme.show("bg")[0], theme.show("en")[0]
    return Text(f"„{name}“ се чете като темата „{bg}“.", f"{name!r} is read as the theme {en!r}.")


def told_apart(name: str, what: Text, one: str, other: str) -> Text:
    """Two of one name that contradict each other."""
    return Text(
        f"„{name}“ остава две неща: {what.bg} „{one}“ и „{other}“.",
        f"{name!r} stays two: {what.en} {one!r} and {other!r}.",
    )


def may_be_either(name: str) -> Text:
    """A name that several things of the file have, of which this may be any."""
    return Text(
        f"„{name}“ може да е кое да е от нещата с това име и остава отделно.",
        f"{name!r} may be any of those of this name; it stays apart.",
    )


def took_part_too(count: int) -> Text:
    """Participations of organisations that follow from those of their people."""
    return Text(
        f"Участия на организации, изведени от участията на хората им: {count}.",
        f"Participations of organisations that are inferred from those of their people: {count}.",
    )


def not_used(column: str, meaning: Text, shape: Text) -> Text:
    """A column whose meaning says nothing where the rows are what they are."""
    return Text(
        f"колоната „{column}“ не може да е „{meaning.bg}“ при „{shape.bg}“; пази се като "
        "собствено свойство.",
        f"the column {column!r} cannot be {meaning.en!r} in {shape.en!r}; it is kept as an "
        "attribute of its own.",
    )


def other_ties(count: int, words: Sequence[str]) -> Text:
    """Ties whose words say no kind of ours."""
    bg, en = ", ".join(f"„{one}“" for one in words), ", ".join(map(repr, words))
    return Text(
        f"Остават „Друга връзка“: {count} ({bg}). Не се броят при работа, финансиране и срещи. Под "
        "[ties] в съответствията, или до думата в прегледа, се казва какви са.",
        f"Ties that stay 'Other tie': {count} ({en}). They count in no lens of work, funding or "
        "meetings. Say what they are under [ties] in a mapping, or beside the word in the preview.",
    )


def self_loop(name: str) -> Text:
    """A tie of a thing to itself."""
    return Text(
        f"„{name}“ е свързано със самото себе си; връзката е изпусната.",
        f"{name!r} is tied to itself; the tie is left out.",
    )


def dangling(names: Iterable[str]) -> Text:
    """A tie to what the file does not hold, or holds more than once."""
    named = tuple(names)
    bg, en = ", ".join(f"„{one}“" for one in named), ", ".join(map(repr, named))
    return Text(
        f"води към {bg}, а във файла го няма точно веднъж; връзката е изпусната.",
        f"leads to {en}, which is not there once; the tie is left out.",
    )


def no_number(why: str) -> Text:
    """A number of a register whose check digits are wrong; ``why`` is what the register says."""
    return Text(f"номерът е изпуснат: {why}.", f"{why}; it is left out.")


def no_value(raw: str, field: Text) -> Text:
    """A cell that is no value of its field."""
    return Text(
        f"„{raw}“ не е стойност на „{field.bg}“ и е изпуснато.",
        f"{raw!r} is no {field.en}; it is left out.",
    )


def other_ends(tie: str, source: str, target: str) -> Text:
    """A tie of a kind that does not lead between such ends."""
    return Text(
        f"{tie} не води от {source} към {target}; пази се като RELATED_TO.",
        f"{tie} does not lead from {source} to {target}; it is kept as RELATED_TO.",
    )


def more_like(count: int, sort: Text) -> Text:
    """How many further remarks of one sort there are."""
    return Text(f"… и още {count} като: {sort.bg}", f"... and {count} more like: {sort.en}")


# What is noticed beside what is on the map


def needed(count: int) -> Text:
    """Records that the new version of a file lacks and that others refer to."""
    return Text(
        f"{count} записа липсват във файла, но остават, защото други се опират на тях.",
        f"{count} records that the file lacks stay, for others need them.",
    )


def recognised(name: str) -> Text:
    """A file of a publisher's own format, which is read without asking what columns mean."""
    return Text(
        f"Разпознат като {name}: значението на колоните е известно.",
        f"Recognised as {name}: what its columns mean is known.",
    )


def moved(count: int) -> Text:
    """Records whose row has another number now."""
    return Text(
        f"{count} записа само стоят на друго място във файла; дневникът брои и тях за променени.",
        f"{count} records only stand elsewhere in the file now; the log counts them as changed.",
    )


def taken_for(text: str, place: str, others: str) -> Text:
    """A place that was chosen because it is much larger than the others of its name."""
    return Text(
        f"„{text}“ се чете като {place}; има и {others}.",
        f"{text!r} is taken for {place}; there is also {others}.",
    )


def may_be(text: str, candidates: Sequence[Place]) -> Text:
    """A name that several places have, the first of which are said."""
    first = candidates[:MOST_CANDIDATES]
    places = ", ".join(f"{one.name} {one.country} (geonames:{one.geonames})" for one in first)
    return Text(
        f"„{text}“ може да е {places}; в съответствията под [places] се казва кое.",
        f"{text!r} may be {places}; say which in a mapping, under [places].",
    )
