"""Signing in with a real browser, in both languages."""

from dataclasses import replace

import pytest

from tests.browser.conftest import axe
from tests.serving import serving

PASSWORD = "a long password"


@pytest.fixture
def guarded(seeds):
    """Where the seeds are served behind a password."""
    before = seeds.settings
    seeds.settings = replace(before, password=PASSWORD)
    with serving(seeds) as found:
        yield found.rstrip("/")
    seeds.settings = before


@pytest.mark.parametrize(
    ("locale", "field", "button", "wrong", "out"),
    [
        ("bg-BG", "Парола", "Вход", "Това не е паролата.", "Изход"),
        ("en-GB", "Password", "Sign in", "That is not the password.", "Sign out"),
    ],
)
def test_the_way_in_and_out(browser, guarded, locale, field, button, wrong, out):
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto(f"{guarded}/entity/org:sofia-tech-park")
    assert axe(page) == []
    page.get_by_label(field).fill("wrong")
    page.get_by_role("button", name=button).click()
    page.get_by_text(wrong).wait_for()
    assert axe(page) == []
    page.get_by_label(field).fill(PASSWORD)
    page.get_by_role("button", name=button).click()
    page.wait_for_url("**/entity/org:sofia-tech-park")
    page.get_by_role("button", name=out).click()
    page.get_by_label(field).wait_for()
    context.close()
