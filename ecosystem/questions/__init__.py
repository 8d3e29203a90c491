"""Every question that the mapper answers, declared once each.

A page, its JSON twin, a command and an assistant's tool follow from the class of a question; a new
question is one class and one line in ``QUESTIONS``.
"""

from __future__ import annotations

from typing import Any

from ecosystem.questions.asking import Console, Library, RunQuery, Search, Store
from ecosystem.questions.comparing import City, Compare, Places, Ways
from ecosystem.questions.deciding import Corrections, DeskOf, Saving, Story
from ecosystem.questions.gaps import Gaps
from ecosystem.questions.identity import Identity, JudgedPairs
from ecosystem.questions.imagining import BetweenFiles, Timeline, WhatIf
from ecosystem.questions.keeping import Changes
from ecosystem.questions.looking import (
    Conflicts,
    Contradictions,
    Entities,
    Overall,
    Show,
    Sources,
    Ties,
)
from ecosystem.questions.mapping import Map, Placed
from ecosystem.questions.measuring import Analyse, HowSurely, Measured, Structured
from ecosystem.questions.mentoring import CheckedOnThePast, Match, MatchBoard
from ecosystem.questions.planning import Invite, RoadmapOf, Rooms
from ecosystem.questions.question import Ground, Question
from ecosystem.questions.reporting import Report
from ecosystem.questions.taking import TakeAlong

QUESTIONS: tuple[type[Question[Any]], ...] = (
    Overall,
    Search,
    Map,
    Show,
    Entities,
    Ties,
    Ways,
    Compare,
    Analyse,
    Measured,
    Structured,
    HowSurely,
    Placed,
    Gaps,
    CheckedOnThePast,
    Match,
    MatchBoard,
    City,
    Places,
    Rooms,
    Invite,
    RoadmapOf,
    DeskOf,
    Corrections,
    JudgedPairs,
    Identity,
    Story,
    Saving,
    Changes,
    WhatIf,
    BetweenFiles,
    Timeline,
    Report,
    TakeAlong,
    Console,
    RunQuery,
    Library,
    Sources,
    Conflicts,
    Contradictions,
    Store,
)
"""In the order in which they are listed; where a command can ask several of them, the first whose
required fields are all given."""

__all__ = ["QUESTIONS", "Ground", "Question"]
