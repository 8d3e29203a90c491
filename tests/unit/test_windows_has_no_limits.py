"""Where a system has no limits for a process, a file is read all the same."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
sys.modules["resource"] = None
sys.platform = "win32"
from ecosystem.intake import apart
apart._limit(64, 1.0)
assert apart._taken_so_far() == 0
"""


def test_without_limits_of_the_system_what_reads_files_is_loaded():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
