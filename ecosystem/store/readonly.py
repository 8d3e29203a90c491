"""Whether a query only reads: a look at its words beforehand, and at Neo4j's plan of it.

The look at the words is a courtesy: it gives a friendly answer early and keeps off what a
reading user of the embedded engine may still do. What holds is the engine's own lock. Functions
and procedures are those of the lists in ``callables``; whatever else an engine offers may sleep,
load files or answer otherwise elsewhere.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ecosystem.errors import QuerySyntaxError, WriteRefusedError, nearest
from ecosystem.store import naming
from ecosystem.store.callables import FUNCTIONS, NO_FUNCTIONS, PROCEDURES

DEEPEST = 50
MOST_WORDS = 5_000
MOST_PLANNED = 600

_TOKEN = re.compile(
    r"""
    (?P<blank>\s+|//[^\n\r]*|/\*.*?(?:\*/|\Z))
    |(?P<text>'(?:\\.|[^'\\])*'?|"(?:\\.|[^"\\])*"?)
    |(?P<quoted>`(?:``|[^`])*`?)
    |(?P<word>[^\W\d]\w*)
    |(?P<number>0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    |(?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")
_AFTER_RETURN = frozenset({"ORDER", "SKIP", "OFFSET", "LIMIT", "UNION"})
_WRITES = "would change the database"
_ADMINISTERS = "administers the database"
_FORBIDDEN = {
    **dict.fromkeys(
        "CREATE MERGE SET DELETE DETACH NODETACH REMOVE FOREACH INSERT DROP".split(), _WRITES
    ),
}
_TRANSACTIONS = "opens transactions of its own"
_FORBIDDEN_BEFORE_A_WORD = {
    "LOAD": "would load a file",
    **dict.fromkeys("SHOW TERMINATE".split(), _ADMINISTERS),
}
_FORBIDDEN_AT_THE_START = {
    **dict.fromkeys(
        "ALTER GRANT REVOKE DENY RENAME ENABLE DISABLE START STOP DEALLOCATE REALLOCATE "
        "DRYRUN".split(),
        _ADMINISTERS,
    ),
    **dict.fromkeys("EXPLAIN PROFILE CYPHER USE".split(), "is not offered here"),
}


class Token(NamedTuple):
    """A word, text, number or sign of a query, and where it begins, from 1."""

    kind: str
    text: str
    line: int
    column: int


def refuse_writing(cypher: str) -> None:
    """Return if no word of ``cypher`` writes, administers, loads files or calls what isn't offered.

    Strings, comments and names are passed over, letter case doesn't matter, and escapes of the
    form ``\\u0043`` are read both ways.

    Raises
    ------
    WriteRefusedError
        Naming the word and its place.
    QuerySyntaxError
        For a function or procedure that isn't offered, with the nearest that is, and for what is
        nested so deep or is so long that a database would choke on the mere reading.
    """
    if _ESCAPE.search(cypher):
        _refuse_words(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), cypher))
    _refuse_words(cypher)


def refuse_unstoppable(cypher: str) -> None:
    """Return if nothing in ``cypher`` is known to keep a Neo4j busy beyond any time limit.

    It gives up a query between two rows, neither while it plans nor within an expression: a sum of
    2,400 terms took all of its memory and 45 s of everybody's time, one list of 20,000 squared
    as much.

    Raises
    ------
    QuerySyntaxError
        For more than 600 words and signs, for a range in a loop in a loop, and for what is added
        to itself, as a text or a list that doubles; names the place.
    """
    found = tokens_of(cypher)
    if len(found) > MOST_PLANNED:
        raise _mistake(
            found[MOST_PLANNED],
            f"it has more than {MOST_PLANNED} words and signs, which Neo4j may plan for minutes",
            "Give long lists as a parameter.",
        )
    tokens = [Token("sign", "", 0, 0), *found, *[Token("sign", "", 0, 0)] * 3]
    loops: list[bool] = []
    for position, token in enumerate(tokens[1:-3], start=1):
        before, after, then = tokens[position - 1], *tokens[position + 1 : position + 3]
        if token.text in ("[", "(", "{"):
            over = then.text.upper() == "IN" and after.kind in ("word", "quoted")
            loops.append(over or (token.text == "(" and before.text.lower() == "reduce"))
        elif token.text in ("]", ")", "}") and loops:
            loops.pop()
        elif token.text.lower() == "range" and after.text == "(" and sum(loops) > 1:
            raise _mistake(
                token,
                "a range within a loop within a loop cannot be stopped once it runs",
                "Write UNWIND range(...) AS name instead of the outer loop.",
            )
        elif after.text == "+" and token.kind == "word" and token.text == then.text:
            hint = f"For a number write 2 * {token.text}."
            raise _mistake(token, f"{token.text} is added to itself, as what fills a memory", hint)


def place_of(cypher: str, text: str, *, once: bool) -> tuple[int, int]:
    """Line and column, from 1, where ``text`` first stands as a word, text or sign; else zeros.

    ``once`` also gives zeros where it stands more than once.
    """
    found = [token for token in _tokens(cypher) if token.text.strip("`'\"") == text]
    meant = found if len(found) == 1 or not once else []
    return (meant[0].line, meant[0].column) if meant else (0, 0)


def tokens_of(cypher: str) -> tuple[Token, ...]:
    """The words, texts, numbers and signs of a query in order, without blanks and comments."""
    return tuple(_tokens(cypher))


def beginning(cypher: str) -> int:
    """How many letters of blanks and comments stand before the first word."""
    return next((m.start() for m in _TOKEN.finditer(cypher) if m.lastgroup != "blank"), 0)


def returned(cypher: str) -> tuple[str, ...]:
    """The names of the columns that the last RETURN gives; empty where it says ``*``."""
    items: list[list[re.Match[str]]] = []
    depth, inside = 0, False
    for match in _TOKEN.finditer(cypher):
        word = match[0].upper()
        depth -= word in (")", "]", "}")
        if match.lastgroup == "blank" or (word == "DISTINCT" and items == [[]]):
            continue
        if depth == 0 and word == "RETURN":
            items, inside = [[]], True
        elif depth == 0 and word in _AFTER_RETURN:
            inside = False
        elif depth == 0 and word == "," and inside:
            items.append([])
        elif inside:
            items[-1].append(match)
        depth += word in ("(", "[", "{")
    names = tuple(_name(cypher, item) for item in items if item)
    return () if "*" in names else names


def _name(cypher: str, item: list[re.Match[str]]) -> str:
    if len(item) > 1 and item[-2][0].upper() == "AS":
        return item[-1][0].strip("`")
    return cypher[item[0].start() : item[-1].end()]


def _refuse_words(cypher: str) -> None:
    tokens = [Token("sign", "", 0, 0), *_tokens(cypher), Token("sign", "", 0, 0)]
    if len(tokens) == 2:
        raise QuerySyntaxError("query: it is empty.", "Write for example MATCH (n) RETURN n.")
    _refuse_size(tokens[1:-1])
    named = naming.names(tokens)
    for position, token in enumerate(tokens[1:-1], start=1):
        before, after = tokens[position - 1], tokens[position + 1]
        if after.text == "(" and token.kind in ("word", "quoted"):
            _refuse_function(tokens[: position + 1])
        if token.text.lower() == "exists" and _asks_for_a_property(tokens[position + 1 :]):
            hint = "Write n.name IS NOT NULL."
            raise _mistake(token, "not every database knows exists() of a property", hint)
        if token.text == ";" and position < len(tokens) - 2:
            raise _mistake(token, "it holds more than one query", "Ask one at a time.")
        if token.kind == "text" and (tokens[position - 2].text, before.text) == ("=", "~"):
            _refuse_pattern(token)
        word = token.text.upper()
        if word == "TRANSACTIONS" and _of_its_own(tokens[:position]):
            raise _refusal(token, f"{word} {_TRANSACTIONS}")
        if token.kind != "word" or named[position]:
            continue
        reason = _FORBIDDEN.get(word)
        if after.kind == "word":
            reason = reason or _FORBIDDEN_BEFORE_A_WORD.get(word)
        if position == 1:
            reason = reason or _FORBIDDEN_AT_THE_START.get(word)
        if reason:
            raise _refusal(token, f"{word} {reason}")
        if word == "CALL" and after.kind in ("word", "quoted"):
            _refuse_procedure(tokens[position + 1 :])


def _asks_for_a_property(after: list[Token]) -> bool:
    """Whether what follows is a property in brackets."""
    signs = [token.text if token.kind == "sign" else "" for token in after[:5]]
    return signs == ["(", "", ".", "", ")"]


def _of_its_own(before: list[Token]) -> bool:
    """Whether transactions are what a subquery opens, and no list that is looked into."""
    words = [token.text.upper() for token in before[-2:]]
    return words[-1] == "CONCURRENT" or words == ["}", "IN"]


def _tokens(cypher: str) -> Iterator[Token]:
    line, begins = 1, 0
    for match in _TOKEN.finditer(cypher):
        kind = str(match.lastgroup)
        if kind != "blank":
            yield Token(kind, match[0], line, match.start() - begins + 1)
        if breaks := match[0].count("\n"):
            line += breaks
            begins = match.start() + match[0].rindex("\n") + 1


def _refuse_size(tokens: list[Token]) -> None:
    depth = 0
    for position, token in enumerate(tokens):
        depth += (token.text in ("(", "[", "{")) - (token.text in (")", "]", "}"))
        if depth > DEEPEST:
            raise _mistake(token, f"brackets are nested more than {DEEPEST} deep", "Nest less.")
        if position == MOST_WORDS:
            hint = "Give long lists as a parameter."
            raise _mistake(token, f"it has more than {MOST_WORDS} words and signs", hint)


def _refuse_function(tokens: list[Token]) -> None:
    """Look at the name that the last of ``tokens`` ends, which stands before a bracket."""
    parts = [tokens[-1]]
    rest = tokens[:-1]
    while rest[-1].text == "." and rest[-2].kind in ("word", "quoted"):
        parts, rest = [rest[-2], *parts], rest[:-2]
    name = ".".join(part.text.strip("`") for part in parts)
    if rest[-1].text.upper() == "CALL" or name.upper() in NO_FUNCTIONS:
        return
    if name.lower() not in _FUNCTIONS:
        near = nearest(name, FUNCTIONS)
        hint = (
            f"Did you mean {' or '.join(near)}?" if near else "The console lists those there are."
        )
        raise _mistake(parts[0], f"there is no function {name!r} here", hint)


def _refuse_procedure(tokens: list[Token]) -> None:
    """Look at the name that ``tokens`` begin with, and at what it is to yield."""
    parts = []
    for token in tokens:
        if token.kind not in ("word", "quoted") and token.text != ".":
            break
        parts.append(token.text.strip("`"))
    name = "".join(parts)
    columns = _PROCEDURES.get(name.lower())
    if columns is None:
        near = nearest(name, PROCEDURES)
        hint = f"Did you mean {' or '.join(near)}?" if near else f"It may be {_any_of(PROCEDURES)}."
        raise _mistake(tokens[0], f"there is no procedure {name!r} here", hint)
    called = [token.text for token in tokens[len(parts) : len(parts) + 3]]
    yielded = tokens[len(parts) + 3] if called[2:] and called[2].upper() == "YIELD" else None
    if yielded and yielded.kind in ("word", "quoted") and yielded.text.strip("`") not in columns:
        hint = f"It yields {_any_of(columns)}."
        raise _mistake(yielded, f"{name} does not yield {yielded.text}", hint)


def _refuse_pattern(token: Token) -> None:
    """Look at a text that is a regular expression: not every engine says that it is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(token.text[1:-1].replace("\\\\", "\\"))
    except re.error as error:
        # Python's expressions are not Java's, but these mistakes are the same in both.
        if error.msg.startswith(("unterminated character set", "missing )", "unbalanced")):
            raise _mistake(
                token, f"it is no regular expression ({error.msg})", "Close every bracket."
            ) from error


_FUNCTIONS = frozenset(name.lower() for name in FUNCTIONS)
_PROCEDURES = {name.lower(): columns for name, columns in PROCEDURES.items()}


def _any_of(names: Iterable[str]) -> str:
    return " or ".join(names)


def _mistake(token: Token, what: str, hint: str) -> QuerySyntaxError:
    where = f"query:{token.line}:{token.column}"
    return QuerySyntaxError(f"{where}: {what}.", hint, token.line, token.column)


def _refusal(token: Token | None, what: str) -> WriteRefusedError:
    line, column = (token.line, token.column) if token else (0, 0)
    return WriteRefusedError(
        f"query:{line}:{column}: {what}." if token else f"query: {what}.",
        "Queries only read: MATCH, OPTIONAL MATCH, WITH, UNWIND, CALL { ... }, UNION, "
        "RETURN. Data is changed by loading packs.",
        line,
        column,
    )


# The operators of Neo4j's plans that only read, without "Directed", "Undirected" and
# "Partitioned" in front and what stands in brackets behind. An unknown one is refused.
_OPERATORS = frozenset(
    """
    AllNodesScan AllRelationshipsScan Anti AntiConditionalApply AntiSemiApply Apply Argument
    ArgumentTracker AssertSameNode AssertSameRelationship BFSPruningVarExpand BidirectionalRepeat
    CacheProperties CartesianProduct ConditionalApply Distinct DynamicLabelNodeLookup
    DynamicRelationshipTypeLookup Eager EagerAggregation EmptyResult EmptyRow ErrorPlan
    ExhaustiveLimit Expand Filter IntersectionNodeByLabelsScan LeftOuterHashJoin
    LetAntiSemiApply LetSelectOrAntiSemiApply LetSelectOrSemiApply LetSemiApply Limit
    MultiNodeIndexSeek MultiRelationshipIndexSeek NodeByElementIdSeek NodeByIdSeek
    NodeByLabelScan NodeCountFromCountStore NodeFulltextIndexSearch NodeHashJoin
    NodeIndexContainsScan NodeIndexEndsWithScan NodeIndexScan NodeIndexSeek NodeIndexSeekByRange
    NodeUniqueIndexSeek NodeUniqueIndexSeekByRange NodeVectorIndexSearch NullifyMetadata Optional
    OptionalExpand OrderedAggregation OrderedDistinct OrderedUnion PartialSort PartialTop
    PathPropagatingBFS ProcedureCall ProduceResults ProjectEndpoints Projection PruningVarExpand
    RelationshipByElementIdSeek RelationshipByIdSeek RelationshipCountFromCountStore
    RelationshipFulltextIndexSearch RelationshipIndexContainsScan RelationshipIndexEndsWithScan
    RelationshipIndexScan RelationshipIndexSeek RelationshipIndexSeekByRange
    RelationshipTypeScan RelationshipUniqueIndexSeek RelationshipUniqueIndexSeekByRange
    RelationshipVectorIndexSearch Repeat RightOuterHashJoin RollUpApply SelectOrAntiSemiApply
    SelectOrSemiApply SemiApply ShortestPath Skip Sort StatefulShortestPath
    SubtractionNodeByLabelsScan Top Top1WithTies TriadicBuild TriadicFilter TriadicSelection
    Union UnionNodeByLabelsScan UnionRelationshipTypesScan Unwind ValueHashJoin ValueMergeJoin
    VarLengthExpand
    """.split()
)


def refuse_plan(query_type: str | None, plan: Mapping[str, Any]) -> None:
    """Return if Neo4j plans to read only, by operators and procedures known to read.

    Raises
    ------
    WriteRefusedError
        Naming the operator or procedure.
    """
    if query_type != "r":
        raise _refusal(None, "it would do more than read")
    pending = [plan]
    while pending:
        step = pending.pop()
        pending += step.get("children", ())
        name = re.sub(r"^(?:Partitioned)?(?:Directed|Undirected)?|[(@].*", "", step["operatorType"])
        if name not in _OPERATORS:
            raise _refusal(None, f"its plan holds {name!r}, which isn't known to read only")
        if name == "ProcedureCall":
            called = str(step.get("args", {}).get("Details", "")).split("(")[0].strip()
            if called.lower() not in _PROCEDURES:
                raise _refusal(None, f"the procedure {called!r} is not offered here")
