"""Whatever bytes come in, each reader takes them or says in words why not.

``make fuzz`` runs it (``make fuzz SECONDS=3600`` for an hour): schemathesis asks a served
application whatever its OpenAPI description allows and forbids; hypothesis and, where it is
installed, atheris give bytes to every reader of bytes. What is found is printed with the command
that repeats it.
"""
