"""README and docs tell the truth."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from ecosystem import __version__
from ecosystem.analysis.gaps import RULES
from ecosystem.cli import group
from tests import reference
from tests.test_architecture import DOORS, ROWS

ROOT = Path(__file__).parent.parent
GUIDES = [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *GUIDES[1:], *sorted(ROOT.glob("seeds/*/README.md"))]


@pytest.mark.parametrize("name", reference.MADE)
def test_what_is_made_from_the_code_is_as_the_code_says(name):
    stands = (reference.DOCS / name).read_text(encoding="utf-8")
    assert stands == reference.written(name), "write it anew: python -m tests.reference"


def test_the_rows_and_doors_of_the_house_are_those_that_are_tested():
    told = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = told.partition("<!-- rows -->")[2].split("```")[1].strip().splitlines()
    assert [tuple(row.split(" . ")) for row in rows] == list(reversed(ROWS))
    doors = re.findall(r"^\| `(\w+)` \| (.+) \|$", told.partition("<!-- doors -->")[2], re.M)
    assert {name: tuple(re.findall(r"`(.+?)`", where)) for name, where in doors} == DOORS


def test_the_newest_release_is_this_one_and_the_readme_counts_the_rules():
    releases = re.findall(
        r"^## (\d+\.\d+\.\d+) — \d{4}-\d\d-\d\d$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M
    )
    assert releases[0] == __version__
    assert f"{len(RULES)} rules" in GUIDES[0].read_text(encoding="utf-8")


def commands() -> list[str]:
    """Every line of a guide that is a command to type."""
    return [
        line
        for guide in GUIDES
        for line in re.findall(
            r"^ecosystem (\S.*?)(?:\s+#.*)?$", guide.read_text(encoding="utf-8"), re.M
        )
    ]


@pytest.mark.parametrize("line", commands())
def test_every_command_of_the_guides_parses(line):
    words = shlex.split(line)
    command = group().commands[words[0]]
    # What is left over would be refused; whether names are recorded is asked of a store.
    assert isinstance(command.make_context(words[0], words[1:]), click.Context)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_local_link_leads_somewhere(path):
    told = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)
    for target, _, part in re.findall(r"\]\((?!https?://)([^)#\s]*)(#([^)\s]+))?\)", told):
        there = path.parent / target if target else path
        assert there.exists(), target
        if part:
            assert part in anchors(there), f"{target}#{part}"


def anchors(path: Path) -> set[str]:
    """The places of a document that a link can name."""
    told = path.read_text(encoding="utf-8")
    headings = (
        re.sub(r"[^\w\- ]", "", one.lower()) for one in re.findall(r"^#+ (.+)$", told, re.M)
    )
    return {*re.findall(r'<a id="([^"]+)">', told), *(one.replace(" ", "-") for one in headings)}


def test_python_m_ecosystem_says_its_version():
    done = subprocess.run(
        [sys.executable, "-m", "ecosystem", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("ecosystem ")
