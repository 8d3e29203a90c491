"""Whom to invite to a workshop on a theme, and how two rooms compare."""

from ecosystem.analysis.inviting.comparing import Comparison, Guests, compare, guests_of
from ecosystem.analysis.inviting.invitation import Candidate, Invitation
from ecosystem.analysis.inviting.lists import invite, invited_guests
from ecosystem.analysis.inviting.places import EQUAL_SHARES, SECTORS_INVITED

__all__ = [
    "EQUAL_SHARES",
    "SECTORS_INVITED",
    "Candidate",
    "Comparison",
    "Guests",
    "Invitation",
    "compare",
    "guests_of",
    "invite",
    "invited_guests",
]
