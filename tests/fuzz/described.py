"""The JSON interface of a served application, asked whatever its description allows and forbids."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from ecosystem.store import embedded
from tests.drill.readers import load, server

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
)
"""No schema says what is recorded, so that fitting questions may well be refused; and a stranger is
refused before anybody asks whether an address has such a method."""

PATIENCE = 60.0
"""Seconds that an answer may take where other programs run beside it."""


def described(seed: int, seconds: int) -> bool:
    """Whether every answer was as described; what was not is printed with a command for each.

    The packs that are shipped are loaded into a store of its own, and the command serves them.
    """
    if find_spec("schemathesis") is None:
        print("schemathesis is not installed: pip install -e '.[fuzz]'", file=sys.stderr)
        return False
    with tempfile.TemporaryDirectory(prefix="ecosystem-fuzz-") as name:
        # Queries of one's own end soon, so that there is time for others.
        told = {"ECOSYSTEM_DATA": str(Path(name, "store")), "ECOSYSTEM_TIME_LIMIT": "3"}
        environment = {**os.environ, **told}
        try:
            load(environment, [])
            with server(environment) as (_, address):
                return _asked(f"{address}api/openapi.json", seed, seconds, Path(name))
        finally:
            embedded.stop(Path(name, "store"))


def _asked(address: str, seed: int, seconds: int, folder: Path) -> bool:
    command = [sys.executable, "-m", "schemathesis.cli", "run", address]
    command += ["--checks", ",".join(CHECKS), "--phases", "examples,coverage,fuzzing"]
    command += ["--seed", str(seed), "--max-time", str(seconds), "--continue-on-failure"]
    command += ["--request-timeout", str(PATIENCE), "--warnings", "off", "--no-color"]
    return subprocess.run(command, cwd=folder).returncode == 0
