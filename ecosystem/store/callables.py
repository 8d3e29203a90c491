"""What a query may call: the functions and procedures that read and that every engine has."""

from __future__ import annotations

FUNCTIONS = tuple(
    """
    avg collect count max min percentileCont percentileDisc stDev stDevP sum
    all any exists isEmpty none single
    char_length character_length coalesce elementId endNode head id last length nullIf properties
    size startNode timestamp toBoolean toBooleanOrNull toFloat toFloatOrNull toInteger
    toIntegerOrNull type valueType
    keys labels nodes range reduce relationships reverse tail toBooleanList toFloatList
    toIntegerList toStringList
    abs ceil floor isNaN rand round sign e exp log log10 sqrt
    acos asin atan atan2 cos cot degrees haversin pi radians sin tan
    btrim left lower ltrim normalize replace right rtrim split substring toLower toString
    toStringOrNull toUpper trim upper
    date date.truncate datetime datetime.fromEpoch datetime.fromEpochMillis datetime.truncate
    duration duration.between duration.inDays duration.inMonths duration.inSeconds
    localdatetime localdatetime.truncate localtime localtime.truncate time time.truncate
    point point.distance point.withinBBox
    shortestPath allShortestPaths
    """.split()
)
"""In the order of the Cypher manual; letter case doesn't matter."""

PROCEDURES = {"db.labels": ("label",), "db.relationshipTypes": ("relationshipType",)}
"""With the columns of each. Those of ``db.propertyKeys`` and ``db.schema`` differ by engine."""

NO_FUNCTIONS = frozenset(
    """
    ACYCLIC ALL AND ANY AS ASC ASCENDING BY CALL CASE CONTAINS COUNT DESC DESCENDING DISTINCT
    ELSE END EXISTS FILTER GROUP GROUPS IN IS LIMIT MATCH NOT OFFSET ON OPTIONAL OR PATH PATHS
    RETURN SHORTEST SKIP THEN TRAIL UNION UNWIND WALK WHEN WHERE WITH XOR
    CREATE DELETE DETACH FOREACH INSERT MERGE REMOVE REPEATABLE SET
    """.split()
)
"""The words of Cypher that a bracket may follow and that call nothing."""
