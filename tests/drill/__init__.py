"""Drills: what the mapper withstands, tried on real engines for minutes."""
