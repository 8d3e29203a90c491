"""The README tells the truth."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from ecosystem.cli import group
from ecosystem.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("seeds/*/README.md")]


def settings_table() -> str:
    """The settings as the README shows them."""
    lines = ["| Setting | Environment | Default | Meaning |", "|---|---|---|---|"]
    for name, environment, value, _, doc in Settings().rows():
        shown = f"`{value}`" if value else "(empty)"
        lines.append(f"| `{name}` | `{environment}` | {shown} | {doc} |")
    return "\n".join(lines)


def test_the_settings_table_is_that_of_the_code():
    found = re.search(r"<!-- settings -->\n(.*?)\n<!-- /settings -->", README, re.S)
    assert found and found[1].strip() == settings_table()


def commands() -> list[str]:
    return re.findall(r"^ecosystem (\S.*?)(?:\s+#.*)?$", README, re.M)


@pytest.mark.parametrize("line", commands())
def test_every_command_of_the_readme_parses(line):
    import shlex

    words = shlex.split(line)
    command = group().commands[words[0]]
    # What is left over would be refused; whether names are recorded is asked of a store.
    assert isinstance(command.make_context(words[0], words[1:]), click.Context)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_local_link_leads_somewhere(path):
    for target in re.findall(r"\]\((?!https?://|#)([^)#\s]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_python_m_ecosystem_says_its_version():
    done = subprocess.run(
        [sys.executable, "-m", "ecosystem", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("ecosystem ")
