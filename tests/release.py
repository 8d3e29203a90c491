"""``make release``: what is handed out, what it needs and under which licences, and what is wrong.

Builds wheel and source into ``dist/``, installs the wheel with nothing but what it needs to run
into an environment of its own, lists that (CycloneDX) and its licences, and has pip-audit look for
known vulnerabilities. A package that could not be looked up fails it like one that is vulnerable.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

from ecosystem import __version__

ROOT = Path(__file__).parent.parent
DIST = ROOT / "dist"
BESIDE = (
    ("Sofia Sans", "ecosystem/report/fonts", "OFL-1.1"),
    ("Sofia Sans, subset", "webapp/static/vendor", "OFL-1.1"),
    ("CodeMirror", "webapp/static/vendor", "MIT"),
    ("Leaflet", "webapp/static/vendor", "BSD-2-Clause"),
    ("vis-network", "webapp/static/vendor", "Apache-2.0 OR MIT"),
    ("world-atlas, from Natural Earth", "webapp/static/vendor", "ISC; public domain"),
)
"""What ships inside the wheel beside our own code; its licence texts lie beside it."""


def run(*command: str | Path) -> None:
    """Run a command, whose output is shown; end where it fails."""
    subprocess.run([str(word) for word in command], cwd=ROOT, check=True)


def licence(component: dict[str, Any]) -> str:
    """What a component of the list says of its licence."""
    said = [one.get("license", one) for one in component.get("licenses", ())]
    found = (one.get("id") or one.get("expression") or one.get("name") or "" for one in said)
    short = (one.removeprefix("License :: OSI Approved :: ") for one in found if one)
    return "; ".join(dict.fromkeys(short)) or "not said in its description"


def licences(listed: dict[str, Any]) -> str:
    """The licences of everything that ships or is needed to run, as a table."""
    rows = [
        (one["name"], one.get("version", ""), licence(one))
        for one in sorted(listed["components"], key=lambda one: str(one["name"]).lower())
    ]
    rows += [(name, where, terms) for name, where, terms in BESIDE]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(["| What | Version or place | Licence |", "|---|---|---|", *lines, ""])


def main() -> int:
    """Make everything, and say where it is."""
    run(sys.executable, "-m", "hatchling", "build", "-d", DIST)
    (wheel,) = DIST.glob(f"*-{__version__}-*.whl")
    name = DIST / f"ecosystem-mapper-{__version__}"
    listing = name.with_name(name.name + ".cdx.json")
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        run(python, "-m", "pip", "install", "-q", "-c", ROOT / "constraints.txt", wheel)
        run(python, "-m", "pip", "uninstall", "-q", "-y", "pip", "setuptools")
        given = ["--pyproject", ROOT / "pyproject.toml", "--output-reproducible", "-o", listing]
        run(sys.executable, "-m", "cyclonedx_py", "environment", *given, python)
        terms = licences(json.loads(listing.read_text(encoding="utf-8")))
        name.with_name(name.name + ".licences.md").write_text(terms, encoding="utf-8")
        print(*sorted(DIST.glob(f"*{__version__}*")), sep="\n")
        (packages,) = Path(folder).glob("lib/python*/site-packages") or [
            Path(folder) / "Lib/site-packages"
        ]
        audit = [sys.executable, "-m", "pip_audit", "--strict", "--path", str(packages)]
        return subprocess.run([*audit, "--progress-spinner", "off"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
