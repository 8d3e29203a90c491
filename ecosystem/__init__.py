"""Stakeholder-ecosystem mapper: a graph of sourced statements, its gaps and mentor matches."""

__version__ = "0.2.0"
