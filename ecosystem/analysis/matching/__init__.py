"""Which mentor could advise whom, on what, and why: pairs, rankings, plans."""

from ecosystem.analysis.matching.allocation import CAPACITY, Allocation, allocate
from ecosystem.analysis.matching.board import Board, review
from ecosystem.analysis.matching.pair import Match, Note, Reason, score_pair
from ecosystem.analysis.matching.ranking import Matches, rank_mentors

__all__ = [
    "CAPACITY",
    "Allocation",
    "Board",
    "Match",
    "Matches",
    "Note",
    "Reason",
    "allocate",
    "rank_mentors",
    "review",
    "score_pair",
]
