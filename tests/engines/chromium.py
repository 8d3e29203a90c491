"""Where this machine's Chromium is; the build without windows first, which needs the least."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

from tests.engines.neo4j_server import Missing

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")


@cache
def chromium() -> tuple[Path, str]:
    """The executable and what it says of its version.

    Raises
    ------
    Missing
        Where there is none.
    """
    cached = Path.home() / ".cache" / "ms-playwright"
    candidates = [
        os.environ.get("ECOSYSTEM_CHROMIUM"),
        *(shutil.which(name) for name in NAMES),
        *map(str, sorted(cached.glob("chromium_headless_shell-*/*/*headless?shell"), reverse=True)),
        *map(str, sorted(cached.glob("chromium-*/chrome-linux*/chrome"), reverse=True)),
    ]
    for found in candidates:
        if found:
            said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
            if not said.returncode:
                return Path(found), said.stdout.strip()
    raise Missing("the browser tests need Chromium", "apt-get install chromium-headless-shell")
