"""Badges of ranks in a real browser: they count up and end as words."""

import re

from ecosystem.questions import measuring
from tests.browser.conftest import axe

READY = re.compile(r"сред първите 5 в .*% от пробите; място \d")


def test_a_badge_ends_as_words_without_a_reload(open_page):
    page = open_page("/bg/entity/org:sofia-tech-park")
    badges = page.locator(".chip.sure")
    badges.first.wait_for()
    page.wait_for_function(
        """() => [...document.querySelectorAll('.chip.sure[data-sure*="/work/"]')]
          .every((one) => !['waiting', 'running'].includes(one.dataset.state))""",
        timeout=90_000,
    )
    assert READY.match(badges.first.text_content())
    assert axe(page) == []


def test_without_scripts_the_badge_is_there_after_a_reload(open_page, seeds):
    seeds.ask(measuring.HowSurely(view=seeds.ground().usual_view(), lens="work", measure="degree"))
    page = open_page("/bg/map?show=table&lens=work&size=degree", java_script_enabled=False)
    row = page.locator("tr", has=page.get_by_role("link", name="Столична община", exact=True))
    assert READY.match(row.locator(".chip.sure").first.text_content())
