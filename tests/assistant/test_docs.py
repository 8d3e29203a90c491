"""The page about the assistant tells the truth."""

import json
import re
from pathlib import Path

from ecosystem.assistant import answers, tools
from ecosystem.assistant.prompts import PROMPTS
from ecosystem.cli import assisting
from ecosystem.settings import Settings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "assistant.md").read_text(encoding="utf-8")


def test_every_configuration_is_json_and_names_the_command():
    blocks = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.S)]
    assert len(blocks) == 3
    for block in blocks:
        ((server,),) = (found.values() for found in block.values())
        assert server.get("args") == ["mcp"] or f":{assisting.PORT}/mcp" in server["url"]


def test_the_numbers_are_those_of_the_code():
    assert f"{Settings().answer_limit:,} bytes" in PAGE
    assert f"at most {answers.MOST_CITED} statements" in PAGE
    assert f"pages of {tools.PAGE} items, at most {tools.MOST_AT_ONCE:,}" in PAGE
    assert all(f"`{name}`" in PAGE for name in PROMPTS)


def test_the_readme_leads_here():
    assert "(docs/assistant.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
