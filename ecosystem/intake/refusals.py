"""Why a file cannot be read, and what to do about it, in both languages.

What a library says of its own accord is in English and is quoted as it is.
"""

from __future__ import annotations

from ecosystem.figures import number
from ecosystem.values import Text

# What is wrong

EMPTY = Text("е празен.", "is empty.")
NO_HEADER = Text("е празен: няма заглавен ред.", "is empty: it has no header.")
NO_SHEET = Text("няма лист със заглавен ред и редове.", "has no sheet with a header and rows.")
STRANGE_XML = Text("е XML във формат, който не се чете.", "is XML of no format that is read.")
STRANGE_JSON = Text(
    "е JSON, но няма нито елементи и връзки, нито nodes и links.",
    "is JSON, and holds neither elements and connections nor nodes and links.",
)
NUL = Text("съдържа нулев байт, какъвто текст няма.", "holds a NUL byte, which no text does.")
NOTHING = Text("няма нито възли, нито връзки.", "holds no nodes and no ties.")
NO_GRAPH = Text("няма graph [ ... ].", "has no graph [ ... ].")
TOO_DEEP = Text("е вложен твърде дълбоко.", "is nested too deeply.")
NOT_CLOSED = Text("този списък не е затворен.", "this list is not closed.")
NO_RECORD = Text("не е запис.", "is no record.")
ENTITIES = Text("обявява собствени същности (entities).", "declares entities of its own.")
NO_COUNT = Text("не казва колко са възлите.", "does not say how many vertices.")
TWO_ENDS = Text("връзката има два края.", "a tie has two ends.")
NO_DATA = Text("няма ред data:.", "has no line data:.")

BROKE_OFF = Text(
    "прекъсна онова, което го четеше: повреден е или е направен така.",
    "ended what was reading it: it is damaged, or made to do so.",
)
NOTHING_NAMED = Text(
    "нищо в него няма име, затова нищо от него не може да е на картата.",
    "nothing in it has a name, so nothing of it can be on the map.",
)

# What to do

SAY_THE_NAME = Text(
    "Кажете в съответствията коя колона е името (--write-mapping записва едни за начало).",
    "Say which column is the name in a mapping (--write-mapping writes one to begin with).",
)

CLEAR = Text(
    "Изтрийте онова, което стои далеч от таблицата, или запишете само нея като CSV.",
    "Delete what stands far away from the table, or save the table alone as CSV.",
)
SHORTEN = Text(
    "Съкратете го или го преместете в документ.", "Shorten it, or move it to a document."
)
MORE_MEMORY = Text(
    "Оставете само нужните редове и колони и го запишете отново, таблицата като CSV; или вдигнете "
    "ECOSYSTEM_FILE_MEMORY.",
    "Keep the rows and columns that matter and save it again, a table as CSV; or raise "
    "ECOSYSTEM_FILE_MEMORY.",
)
MORE_SECONDS = Text(
    "Разделете го на части или вдигнете ECOSYSTEM_FILE_SECONDS.",
    "Split it, or raise ECOSYSTEM_FILE_SECONDS.",
)
SPLIT = Text("Разделете го.", "Split it.")
MAY_READ = Text("Вижте кой може да го чете.", "See who may read it.")
AGAIN = Text("Изнесете го отново.", "Export it again.")
AGAIN_AS_GML = Text("Изнесете го отново като GML.", "Export it again as GML.")
AGAIN_AS_DL = Text("Изнесете го отново като DL.", "Export it again as DL.")
AS_CSV = Text("Запишете го отново като CSV UTF-8.", "Save it again as CSV UTF-8.")
AS_UTF_8 = Text("Запишете го като UTF-8.", "Save it as UTF-8.")
WRITE_ROWS = Text("Напишете заглавен ред и редове.", "Write a header and rows.")
FILL = Text("Попълнете един.", "Fill one.")
KEEP_COLUMNS = Text("Оставете нужните колони.", "Keep the columns that matter.")
KEEP = Text("Оставете нужното.", "Keep what matters.")
QUOTE = Text(
    "Потърсете незатворена кавичка; кавичка в текст се пише два пъти.",
    "Look for a quote that is not closed; a quote inside a text is written twice.",
)
COMMA = Text(
    "Вижте края на предния ред: излишна или липсваща запетая.",
    "Look at the end of the line before it: a comma too many or too few.",
)
CUT_OFF = Text("Файлът е отрязан; вземете го отново.", "The file was cut off; get it again.")
DAMAGED = Text(
    "Отрязан е или се е повредил по пътя; вземете го отново.",
    "It was cut off or damaged on its way; get it again.",
)
SAVE_AGAIN = Text(
    "Отворете го в програмата за таблици и го запишете отново.",
    "Open it in the spreadsheet program and save it again.",
)
SHEET_AS_CSV = Text("Запишете нужния лист като CSV.", "Save the sheet that matters as CSV.")
WITHOUT_DTD = Text(
    "С такива файлове може да се препълни паметта; изнесете го отново без DTD.",
    "Such files can be made to fill a memory; export it again without a DTD.",
)
JSON_READ = Text(
    "Четат се JSON на Kumu и node-link JSON.", "Kumu's JSON and node-link JSON are read."
)
DL_READ = Text(
    "Четат се edgelist1, nodelist1 и fullmatrix; изнесете го като един от тях.",
    "edgelist1, nodelist1 and fullmatrix are read; export it as one of them.",
)


def write(example: str) -> Text:
    """How it is written."""
    return Text(f"Пише се така: {example}.", f"Write: {example}.")


def read_are(formats: str) -> Text:
    """Which formats are read."""
    return Text(
        f"Четат се: {formats}. Запишете или изнесете го като един от тях.",
        f"These are read: {formats}. Save or export it as one of them.",
    )


def meant(word: str) -> Text:
    """The word that may have been meant."""
    return Text(
        f"Може би „{word}“? Поправете реда и внесете файла отново.",
        f"Did you mean “{word}”? Correct the line and import the file again.",
    )


# What is wrong, with what stands there


def too_large(megabytes: int) -> Text:
    """A file that is larger than is read."""
    return Text(f"е над {megabytes} MiB.", f"is larger than {megabytes} MiB.")


def needs_memory(megabytes: int) -> Text:
    """A file whose reading would fill the memory."""
    return Text(
        f"иска повече памет за прочитане от позволените {megabytes} MB.",
        f"needs more memory to read than the {megabytes} MB that it may have.",
    )


def takes_long(seconds: float) -> Text:
    """A file whose reading takes longer than it may."""
    return Text(
        f"не се прочете за позволените {number(seconds, 'bg')} секунди.",
        f"was not read in the {number(seconds, 'en')} seconds that it may take.",
    )


def unreadable(why: object) -> Text:
    """A file that cannot be read, by what the system or a library says."""
    return Text(f"не може да се прочете: {why}.", f"cannot be read: {why}.")


def encoding(name: str, why: str) -> Text:
    """Bytes that are no text in an encoding."""
    return Text(f"не може да се прочете като {name}: {why}.", f"cannot be read as {name}: {why}.")


def other(what: Text) -> Text:
    """A file of another sort."""
    return Text(f"е {what.bg}.", f"is {what.en}.")


def damaged(what: Text, why: object) -> Text:
    """A workbook or an archive that is damaged."""
    return Text(f"е {what.bg}: {why}.", f"is {what.en}: {why}.")


def too_many(count: int, what: Text) -> Text:
    """More rows or records than are read."""
    return Text(f"има над {count} {what.bg}.", f"has more than {count} {what.en}.")


def columns(count: int, most: int) -> Text:
    """More columns than are read."""
    return Text(f"има {count} колони, повече от {most}.", f"has {count} columns, more than {most}.")


def area(rows: int, width: int) -> Text:
    """A sheet that is larger than is read."""
    return Text(f"има {rows} реда и {width} колони.", f"has {rows} rows and {width} columns.")


def far(rows: int, width: int) -> Text:
    """A cell that makes the area of a sheet larger than is read."""
    return Text(
        f"тази клетка стои толкова далеч, че листът става {rows} реда по {width} колони.",
        f"this cell stands so far away that the sheet has {rows} rows of {width} columns.",
    )


def long_cell(signs: int, most: int) -> Text:
    """A text of a workbook that no cell can hold."""
    return Text(
        f"има текст от {signs} знака, а клетка побира {most}.",
        f"has a text of {signs} characters; a cell holds {most}.",
    )


def too_much_text(signs: int) -> Text:
    """Cells that hold more together than is read."""
    return Text(
        f"клетките му побират общо над {signs} знака.",
        f"has more than {signs} characters in its cells.",
    )


def unpacked(megabytes: int) -> Text:
    """An archive that would fill the memory."""
    return Text(
        f"се разархивира до {megabytes} MiB, а таблица с такъв размер не може да е толкова.",
        f"unpacks to {megabytes} MiB, which no workbook of this size does.",
    )


def syntax(form: str, why: str) -> Text:
    """A text that breaks the rules of its format."""
    return Text(f"не е {form}: {why}.", f"is not {form}: {why}.")


def broken_csv(why: object) -> Text:
    """A text that is no CSV from some line on."""
    return Text(f"оттук нататък не е CSV: {why}.", f"is not CSV from here on: {why}.")


def no_word(word: str) -> Text:
    """A word that GML has not."""
    return Text(f"„{word}“ не е дума на GML.", f"“{word}” is no word of GML.")


def no_token(text: str) -> Text:
    """A text that is nothing in GML."""
    return Text(f"„{text}“ не е нищо в GML.", f"{text!r} is nothing that GML has.")


def misplaced(text: str) -> Text:
    """Something where a word is expected."""
    return Text(
        f"„{text}“ стои там, където се чака дума.", f"{text!r} stands where a word is expected."
    )


def no_value(word: str) -> Text:
    """A word without its value."""
    return Text(f"„{word}“ няма стойност.", f"{word!r} has no value.")


def no_vertex(word: str) -> Text:
    """What is no number of a vertex."""
    return Text(f"„{word}“ не е номер на възел.", f"{word!r} is no number of a vertex.")


def form(name: str) -> Text:
    """A form of DL that is not read."""
    return Text(f"е във формат „{name}“.", f"has the format {name!r}.")


def width(numbers: int, wanted: int) -> Text:
    """A row of a matrix that is too long or too short."""
    return Text(
        f"има {numbers} числа, а колоните са {wanted}.",
        f"has {numbers} numbers, there are {wanted} columns.",
    )


ROWS, RECORDS = Text("реда", "rows"), Text("записа", "records")
WORKBOOK = Text("повредена таблица", "a damaged workbook")
ARCHIVE = Text("повреден архив", "a damaged archive")
