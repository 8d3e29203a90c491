"""Asking the store itself: names, the query library, queries of one's own, what it is."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ecosystem import __version__, figures
from ecosystem.errors import NotFoundError, ParameterError
from ecosystem.model import ENTITY_KINDS, Entity, Node, deprecation
from ecosystem.questions import fields
from ecosystem.questions.fields import VIEW
from ecosystem.questions.question import Ground, Question
from ecosystem.questions.wording import flat
from ecosystem.tables import Answer, Cell, Named, Table, measured, struck
from ecosystem.values import Text, plain
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.dataset import Dataset
    from ecosystem.queries import Query, QueryResult

MOST_FOUND = 1000
ROWS = (
    *("name", "cypher", "parameters", "columns", "rows", "truncated", "row_limit", "size_limit"),
    *("notes", "things"),
)
CYPHER = Text("Въпрос на Cypher", "Cypher")


class Search(Question[tuple[Node, ...]]):
    """Nodes whose names or aliases hold all the words, however written, or with a number.

    The initials of a name find it too. Words are found in either script and language, by their
    sound, in parts and with a typing mistake; a number is that of a register. Exact and leading
    matches come first, then surer ones, then shorter names, then ids, and what counts no longer
    last; without people no person is found.
    """

    name = "search"
    title = Text("Къде е записано?", "Where is it recorded?")
    path = "search"
    keys = ("id", "kind", "name")
    command = "search"
    paged = True

    view: View = fields.viewed(scope=False)
    words: str = fields.line(
        Text("Думи", "Words"),
        help=Text(
            "Думи от имена или номер от регистър.", "Words that names hold, or a register number."
        ),
        address="q",
        positional=True,
        required=True,
    )
    kinds: tuple[str, ...] = fields.words(
        Text("Видове", "Kinds"),
        ENTITY_KINDS,
        address="kind",
        option="--kind",
        help=Text("Само тези видове.", "These kinds alone."),
        default=(),
    )

    def answer(self, ground: Ground) -> tuple[Node, ...]:
        from ecosystem.identity.letters import folded

        names, begun = ground.names, folded(self.words)
        called = names.called(self.words)
        short = names.abbreviated(self.words)
        meant = {*short, *names.meant(self.words, ENTITY_KINDS)}

        def place(node: Entity, way: int) -> tuple[bool, int, int, int, str]:
            """Its place: what counts, what is called or meant so, beginnings, what is surer."""
            plain = [folded(name) for name in (*node.name, *node.aliases) if name]
            begins = any(name.startswith(begun) for name in plain)
            near = 0 if node.id in called else 1 if node.id in meant else 2 if begins else 3
            return bool(node.deprecated), near, way, min(map(len, plain), default=0), node.id

        found = [
            (place(node, way), node)
            for identity, way in {
                **names.holding(self.words),
                **dict.fromkeys((*called, *short), 0),
            }.items()
            if (node := names.nodes[identity]).kind in (self.kinds or ENTITY_KINDS)
            and (node.kind != "Person" or self.view.people)
        ]
        return tuple(node for _, node in sorted(found, key=lambda one: one[0])[:MOST_FOUND])

    def item(self, one: Node) -> Any:
        ended = deprecation(one)
        more = {"deprecated": plain(ended)} if ended else {}
        return {"id": one.id, "kind": one.kind, "name": plain(one.name), **more}

    def tables(self, found: tuple[Node, ...], ground: Ground) -> Answer:
        table = Table(
            (Text("Име", "Name"), Text("Вид", "Kind")),
            [(Named(node.id, node.name), node.label) for node in found],
        )
        ended = [deprecation(node) for node in found]
        table = struck(table, [one.told if one else None for one in ended])
        nothing = Text("Няма такова име.", "No name holds that.")
        return Answer(self.values(found), (table,) if found else (), () if found else (nothing,))

    @classmethod
    def example(cls, ground: Ground) -> fields.Words:
        city = min(ground.facts.counting.of_kind("City"), key=lambda record: record.id)
        return {"q": [getattr(city, "name", Text("a", "a")).en[:4]]}


def _tags(ground: Ground) -> Collection[str]:
    return sorted({tag for query in ground.queries.values() for tag in query.tags})


class Library(Question["tuple[Query, ...]"]):
    """The query library: what strategists ask, with names, parameters and Cypher."""

    name = "queries"
    title = Text("Какви въпроси има готови?", "Which questions stand ready?")
    path = "queries"
    keys = ("name", "title", "tags", "parameters", "returns", "cypher")
    command = "query"
    rests = ()
    paged = True

    words: str = fields.line(
        Text("Думи", "Words"),
        help=Text("Думи от въпроса.", "Words of the question."),
        address="q",
        default="",
    )
    tag: str = fields.word(
        Text("Предмет", "Subject"),
        (),
        among=_tags,
        help=Text("Предмет.", "A subject."),
        default="",
    )

    def answer(self, ground: Ground) -> tuple[Query, ...]:
        wanted = self.words.casefold().split()
        return tuple(
            query
            for query in ground.queries.values()
            if (not self.tag or self.tag in query.tags)
            and all(word in _text(query) for word in wanted)
        )

    def tables(self, found: tuple[Query, ...], ground: Ground) -> Answer:
        headers = (Text("Име", "Name"), Text("Въпрос", "Question"), Text("Параметри", "Parameters"))
        rows = [
            (query.name, query.title, ", ".join(one.name for one in query.parameters))
            for query in found
        ]
        return Answer(self.values(found), (Table(headers, rows),))


def _text(query: Query) -> str:
    texts = (query.name, *query.title, *(query.description or ()), query.cypher)
    return " ".join(texts).casefold()


class RunQuery(Question["QueryResult"]):
    """The rows of a query of the library."""

    name = "query"
    title = Text("Какво отговаря въпросът?", "What does the query answer?")
    path = "queries/<query>"
    keys = ROWS
    command = "query"
    rests = ()
    lacks = {"tool": "each query of the library is read by the tool console, and listed by queries"}

    query: str = fields.line(
        Text("Въпрос", "Query"),
        help=Text("Име от библиотеката.", "A name of the library."),
        metavar="NAME",
        positional=True,
        required=True,
    )
    given: tuple[tuple[str, str], ...] = fields.pairs(
        Text("Параметри", "Parameters"),
        help=Text("Параметрите на въпроса.", "The parameters of the query."),
        key=fields.Line(label=Text("Име", "Name")),
        value=fields.Line(label=Text("Стойност", "Value"), longest=2000),
        positional=True,
        default=(),
    )

    def answer(self, ground: Ground) -> QueryResult:
        query = self.named(ground)
        return _run(ground, self.query, query.cypher, query.bind(self.said(query)))

    def named(self, ground: Ground) -> Query:
        """The query of the library.

        Raises
        ------
        NotFoundError
            For a name that the library does not have.
        """
        if self.query not in ground.queries:
            raise NotFoundError("query", self.query, ground.queries)
        return ground.queries[self.query]

    def said(self, query: Query) -> dict[str, str]:
        """The parameters that are said; the view that an address carries along is none."""
        names = {parameter.name for parameter in query.parameters}
        return {name: text for name, text in self.given if name in names or name not in VIEW}

    def tables(self, found: QueryResult, ground: Ground) -> Answer:
        return rows(found, ground.facts)

    @classmethod
    def example(cls, ground: Ground) -> fields.Words:
        ready = (name for name, query in ground.queries.items() if not query.parameters)
        return {"query": [next(ready)]}


class Console(Question["QueryResult"]):
    """The rows of the reader's own Cypher query; reading only, with limits on rows and seconds."""

    name = "console"
    title = Text("Какво отговаря моят въпрос?", "What does my own query answer?")
    path = "console"
    keys = ROWS
    command = "query"
    rests = ()

    cypher: str = fields.line(
        CYPHER,
        help=Text("Ваш въпрос, който само чете.", "Your own reading query."),
        metavar="TEXT",
        required=True,
        longest=20_000,
    )
    given: tuple[tuple[str, str], ...] = fields.pairs(
        Text("Параметри", "Parameters"),
        help=Text("Параметрите на въпроса.", "The parameters of the query."),
        key=fields.Line(label=Text("Име", "Name")),
        value=fields.Line(label=Text("Стойност", "Value"), longest=2000),
        prefix="p.",
        positional=True,
        default=(),
    )

    def answer(self, ground: Ground) -> QueryResult:
        values = {name: typed(text) for name, text in self.given}
        return _run(ground, "", self.cypher, values)

    def tables(self, found: QueryResult, ground: Ground) -> Answer:
        return rows(found, ground.facts)

    @classmethod
    def example(cls, ground: Ground) -> fields.Words:
        return {"cypher": ["MATCH (n:City) RETURN n.id AS id ORDER BY id LIMIT 3"]}


def typed(text: str) -> Any:
    """A parameter as typed: a number, list or truth value in JSON, anything else as text.

    Raises
    ------
    ParameterError
        For what is nested too deep.
    """
    try:
        return json.loads(text)
    except ValueError:
        return text
    except RecursionError:
        raise ParameterError(
            f"parameter {text[:20]} ...: it is nested too deep.", "Nest less."
        ) from None


def _run(ground: Ground, name: str, cypher: str, parameters: dict[str, Any]) -> QueryResult:
    from ecosystem.queries import QueryResult
    from ecosystem.spelling import remarks

    if not ground.people:
        raise ParameterError(
            "people: a query reads the database itself, where people cannot be left out.",
            "Ask it with people, or ask a page instead.",
        )
    settings = ground.settings
    read = ground.store.read(
        cypher,
        parameters,
        limit=settings.row_limit,
        seconds=settings.time_limit,
        most_bytes=settings.size_limit,
    )
    return QueryResult(
        name,
        cypher,
        parameters,
        read.columns,
        read.rows,
        read.truncated,
        read.seconds,
        settings.row_limit,
        settings.size_limit,
        # The queries of the library are held to the model, and say themselves what a day means.
        () if name else remarks(cypher, read.rows),
        tuple(dict.fromkeys(_named_in(read.rows, ground.facts))),
    )


def _named_in(value: Any, facts: Dataset) -> Iterator[str]:
    """The ids of what is recorded and a value of a row holds, however deep: also twice."""
    if isinstance(value, str):
        if value in facts.nodes or value in facts.edges:
            yield value
    elif isinstance(value, Mapping):
        identity = recorded(value, facts)
        # What else a record holds, its sources among it, is said of it and not found.
        inside: Iterable[Any] = (identity,) if identity else value.values()
        for one in inside:
            yield from _named_in(one, facts)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _named_in(one, facts)


def recorded(value: Mapping[str, Any], facts: Dataset) -> str:
    """The id of the node or tie whose properties a value is; empty for any other map."""
    identity = value.get("id")
    known = isinstance(identity, str) and (identity in facts.nodes or identity in facts.edges)
    return str(identity) if known and "kind" in value else ""


class Store(Question[Mapping[str, Any]]):
    """What the database is, at which revision, and how much it holds."""

    name = "doctor"
    title = Text("Отговаря ли базата данни?", "Does the database answer?")
    path = "doctor"
    keys = ("version", "engine", "revision", "counts")
    rests = ("revision",)
    lacks = {
        "page": "the page How to read this names the engine",
        "command": "the command doctor examines the installation too, with no store that answers",
    }

    def answer(self, ground: Ground) -> Mapping[str, Any]:
        from ecosystem.dataset import counts

        return {
            "version": __version__,
            "engine": ground.store.engine(),
            "revision": ground.revision,
            "counts": counts(ground.contents),
        }

    def tables(self, found: Mapping[str, Any], ground: Ground) -> Answer:
        kinds = Table(
            (Text("Вид", "Kind"), Text("Записи", "Records")), list(found["counts"].items())
        )
        return Answer(self.values(found), (kinds,), (found["engine"],))


def rows(result: QueryResult, facts: Dataset) -> Answer:
    """The rows of a query, with the names of the nodes whose ids they hold."""
    cells = [[_cell(value, facts) for value in row] for row in result.rows]
    notes = result.notes
    if result.truncated:
        notes += (cut_short(result),)
    elif not cells:
        notes += (Text("Няма редове.", "No rows."),)
    return Answer(result.to_dict(), (Table(result.columns, cells),), notes)


def cut_short(result: QueryResult) -> Text:
    """What is said where not all of an answer is shown."""
    shown = len(result.rows)
    if shown == result.row_limit:
        return Text(
            f"Показани са първите {figures.number(shown, 'bg')} реда; има още.",
            f"Only the first {figures.number(shown, 'en')} rows are shown; there are more.",
        )
    megabytes = result.size_limit / 1_000_000
    return Text(
        f"Показани са първите {figures.number(shown, 'bg')} реда: отговорът може да е най-много "
        f"{figures.number(megabytes, 'bg')} MB, а един ред – една пета от това.",
        f"Only the first {figures.number(shown, 'en')} rows are shown: an answer may take at most "
        f"{figures.number(megabytes, 'en')} MB, and one row a fifth of that.",
    )


def _cell(value: Any, facts: Dataset) -> Cell:
    if isinstance(value, Mapping) and (identity := recorded(value, facts)):
        value = identity
    node = facts.nodes.get(value) if isinstance(value, str) else None
    if node and any(node.name):
        return Named(node.id, node.name)
    return measured(value, 6) if isinstance(value, float) else flat(value)
