"""Texts onto the map: a document is read, what it names is proposed, a person decides."""
