"""What pages list beside answers: rules, lenses, measures, states, each with its words."""

from ecosystem.analysis.cities import MOST_PEERS
from ecosystem.analysis.cities import STATES as CITY_STATES
from ecosystem.analysis.comparison import HOWS
from ecosystem.analysis.facets import NO_SUCH, NOT_RECORDED
from ecosystem.analysis.followup import OUTCOMES
from ecosystem.analysis.followup import subject as gap_subject
from ecosystem.analysis.gaps import GROUPS, OF_ECOSYSTEM, RULES, tables_of, told_first
from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.projects import CHECKS
from ecosystem.analysis.gaps.results import STATUSES
from ecosystem.analysis.inviting import EQUAL_SHARES, SECTORS_INVITED
from ecosystem.analysis.matching.allocation import BASES
from ecosystem.analysis.matching.board import subject as pair_subject
from ecosystem.analysis.matching.facts import SIGNS
from ecosystem.analysis.metrics import DEFINITIONS
from ecosystem.analysis.profile import COMMON, Profile, history
from ecosystem.analysis.roadmap import PRIORITIES
from ecosystem.lenses import LENSES

__all__ = [
    "BASES",
    "CHECKS",
    "CITY_STATES",
    "COMMON",
    "DEFINITIONS",
    "EQUAL_SHARES",
    "GROUPS",
    "HOWS",
    "LENSES",
    "MOST_PEERS",
    "NOT_RECORDED",
    "NO_SUCH",
    "OF_ECOSYSTEM",
    "OUTCOMES",
    "PRIORITIES",
    "RULES",
    "SECTORS_INVITED",
    "SIGNS",
    "STATUSES",
    "Details",
    "Profile",
    "gap_subject",
    "history",
    "pair_subject",
    "tables_of",
    "told_first",
]
