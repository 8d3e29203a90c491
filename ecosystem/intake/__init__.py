"""What comes in: a file of a format that people have, onto the map with its source.

A reader makes a table graph of a file, a mapping says what each table and column means, and what is
made of both goes through the one way of loading.
"""
