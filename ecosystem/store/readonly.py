"""Whether a query only reads: a look at its words beforehand, and at Neo4j's plan of it.

The look at the words is a courtesy: it gives a friendly answer early and keeps off what a
reading user of the embedded engine may still do. What holds is the engine's own lock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ecosystem.errors import WriteRefusedError

PROCEDURES = frozenset(
    {
        "db.labels",
        "db.relationshiptypes",
        "db.propertykeys",
        "db.schema.visualization",
        "db.schema.nodetypeproperties",
        "db.schema.reltypeproperties",
    }
)

_TOKEN = re.compile(
    r"""
    (?P<blank>\s+|//[^\n\r]*|/\*.*?(?:\*/|\Z))
    |(?P<text>'(?:\\.|[^'\\])*'?|"(?:\\.|[^"\\])*"?)
    |(?P<quoted>`(?:``|[^`])*`?)
    |(?P<word>[^\W\d]\w*)
    |(?P<number>\d+)
    |(?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")
# After or before these a word is a name: a property, label, parameter, alias, variable or key.
_BEFORE_NAMES = frozenset({".", ":", "|", "&", "!", "$", "(", "[", ",", "AS"})
_AFTER_NAMES = frozenset({":", "."})
_AFTER_RETURN = frozenset({"ORDER", "SKIP", "OFFSET", "LIMIT", "UNION"})
_WRITES = "would change the database"
_ADMINISTERS = "administers the database"
_FORBIDDEN = {
    **dict.fromkeys(
        "CREATE MERGE SET DELETE DETACH NODETACH REMOVE FOREACH INSERT DROP".split(), _WRITES
    ),
    "TRANSACTIONS": "opens transactions of its own",
}
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


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


def refuse_writing(cypher: str) -> None:
    """Return if no word of ``cypher`` writes, administers, loads files or calls unknown procedures.

    Strings, comments and names are passed over, letter case doesn't matter, and escapes of the
    form ``\\u0043`` are read both ways.

    Raises
    ------
    WriteRefusedError
        Naming the word and its line.
    """
    _refuse_words(cypher)
    if _ESCAPE.search(cypher):
        _refuse_words(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), cypher))


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
    tokens = [_Token("sign", "", 0), *_tokens(cypher), _Token("sign", "", 0)]
    for position, token in enumerate(tokens[1:-1], start=1):
        before, after = tokens[position - 1], tokens[position + 1]
        if (
            token.kind != "word"
            or before.text.upper() in _BEFORE_NAMES
            or after.text in _AFTER_NAMES
        ):
            continue
        word = token.text.upper()
        reason = _FORBIDDEN.get(word)
        if after.kind == "word":
            reason = reason or _FORBIDDEN_BEFORE_A_WORD.get(word)
        if position == 1:
            reason = reason or _FORBIDDEN_AT_THE_START.get(word)
        if reason:
            raise _refusal(f"line {token.line}: {word} {reason}.")
        if word == "CALL" and after.text not in ("{", "("):
            _refuse_procedure(tokens[position + 1 :])


def _tokens(cypher: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(cypher):
        kind = str(match.lastgroup)
        if kind != "blank":
            yield _Token(kind, match[0], line)
        line += match[0].count("\n")


def _refuse_procedure(tokens: list[_Token]) -> None:
    parts = []
    for token in tokens:
        if token.kind not in ("word", "quoted") and token.text != ".":
            break
        parts.append(token.text.strip("`"))
    name = "".join(parts)
    if name.lower() not in PROCEDURES:
        raise _refusal(f"line {tokens[0].line}: the procedure {name!r} is not offered here.")


def _refusal(message: str) -> WriteRefusedError:
    return WriteRefusedError(
        f"query, {message}",
        "Queries only read: MATCH, OPTIONAL MATCH, WITH, UNWIND, CALL { ... }, UNION, RETURN. "
        "Data is changed by loading packs.",
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
        raise _refusal("it would do more than read.")
    pending = [plan]
    while pending:
        step = pending.pop()
        pending += step.get("children", ())
        name = re.sub(r"^(?:Partitioned)?(?:Directed|Undirected)?|[(@].*", "", step["operatorType"])
        if name not in _OPERATORS:
            raise _refusal(f"its plan holds {name!r}, which isn't known to read only.")
        if name == "ProcedureCall":
            called = str(step.get("args", {}).get("Details", "")).split("(")[0].strip()
            if called.lower() not in PROCEDURES:
                raise _refusal(f"the procedure {called!r} is not offered here.")
