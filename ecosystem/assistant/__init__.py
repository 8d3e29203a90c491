"""The door for assistants: every question as a read-only tool of the Model Context Protocol.

``door`` answers without knowing the protocol; ``server`` and ``http`` speak it.
"""
