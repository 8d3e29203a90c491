"""The browser's own modules: all of them are checked, and what they expect is what is served."""

import json
import re
from pathlib import Path

import pytest

from tests.web.test_gap_marks import browser, seeds  # noqa: F401  # fixtures

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted((ROOT / "webapp" / "static" / "js").rglob("*.js"))
SERVED = (ROOT / "tests" / "js" / "served.d.ts").read_text(encoding="utf-8")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda one: one.stem)
def test_every_module_asks_to_be_checked(script):
    text = script.read_text(encoding="utf-8")
    assert text.startswith("// @ts-check\n")
    assert "@ts-ignore" not in text and "@ts-nocheck" not in text


def declared(name: str) -> tuple[set[str], set[str]]:
    """The names that an interface has in any case, and those that may be missing."""
    body = re.search(rf"^interface {name} {{\n(.*?)^}}", SERVED, re.MULTILINE | re.DOTALL)[1]
    fields = re.findall(r"^  (\w+)(\??):", body, re.MULTILINE)
    return {one for one, may in fields if not may}, {one for one, may in fields if may}


@pytest.mark.parametrize("words", ["", "&colour=sector&gaps=1&pins=org:sofia-tech-park@10:20"])
def test_types_of_the_picture_are_those_of_what_is_served(browser, words):  # noqa: F811
    page = browser.get(f"/en/map?show=map{words}").get_data(as_text=True)
    picture = json.loads(re.search(r'id="picture">(.*?)</script>', page, re.DOTALL)[1])
    always, _ = declared("Picture")
    assert set(picture) == always
    parts = {"Thing": "nodes", "Tie": "edges", "Territory": "territories", "GapMark": "marks"}
    for name, part in parts.items():
        always, may = declared(name)
        assert picture[part] or part == "marks"
        for one in picture[part]:
            assert always <= one.keys() <= always | may, name
