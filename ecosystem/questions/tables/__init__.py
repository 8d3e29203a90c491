"""Answers as tables, one module for each family: what is shown, and in which order."""
