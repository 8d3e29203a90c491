"""Which lines and branches of the product the tests reach; the plug-in that ``make test`` names.

Before Python 3.12 a tracer of lines doubles the time of the tests. SlipCover marks the code as it
is imported and takes a mark out once it was passed; its own plug-in does not know this pytest.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from slipcover import FileMatcher, ImportManager, Slipcover, merge_coverage, print_coverage

SOURCE = ["ecosystem", "webapp"]
LEAST = 90
"""How many percent of lines and branches must be reached."""

_marks = Slipcover(branch=True, source=SOURCE)
_of_workers: list[dict[str, Any]] = []
_REACHED = pytest.StashKey[dict[str, Any]]()

# Nothing of the product is imported yet: a plug-in that is named is loaded before any conftest.
ImportManager(_marks, FileMatcher(sources=SOURCE)).__enter__()


def pytest_testnodedown(node: Any) -> None:
    """Take in what a worker has reached."""
    if hasattr(node, "workeroutput"):
        _of_workers.append(json.loads(node.workeroutput["reached"]))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over what was reached or, where it is gathered, fail if that is too little."""
    reached = _marks.get_coverage()
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["reached"] = json.dumps(reached)
        return
    for part in _of_workers:
        reached = merge_coverage(reached, part)
    session.config.stash[_REACHED] = reached
    if reached["summary"]["percent_covered"] < LEAST and not session.exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what was not reached."""
    reached = terminalreporter.config.stash[_REACHED]
    terminalreporter.section("lines and branches that no test reaches")
    print_coverage(reached, outfile=terminalreporter, skip_covered=True, missing_width=80)
    percent = reached["summary"]["percent_covered"]
    terminalreporter.write_line(f"{percent:.2f} % are reached; {LEAST} are wanted.")
