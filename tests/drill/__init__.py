"""``make drill``: the mapper under what nobody wishes it; one module for each drill.

A drill is a module with ``main(words)``, which prints what it measured and returns how many of its
requirements were missed. ``python -m tests.drill`` runs all of them, ``python -m tests.drill NAME``
one; what follows a name are words of that drill.
"""
