"""The match board with buttons alone: decline, lock, accept, take back; the plan follows."""

import pytest

from ecosystem.dataset import ChangeSet
from tests.browser.conftest import NARROW, PHONE, axe, settle


@pytest.fixture(autouse=True)
def undecided(seeds):
    """Nothing is decided before and after."""
    yield
    contents = seeds.contents.present().everything
    own = tuple(one for one in contents.records.values() if one.pack == "local")
    seeds.store.apply(ChangeSet(removed=own))


def planned(page):
    """The pairs of the plan as they read."""
    cards = page.locator("section[aria-labelledby=plan] .pair")
    return [" ".join(text.split()) for text in cards.all_inner_texts()]


def test_the_plan_follows_what_is_decided(open_page, seeds, keep):
    page = open_page("/bg/match/board")
    before = planned(page)
    assert before and axe(page) == []
    card = page.locator("section[aria-labelledby=plan] li.card").first

    card.locator("summary", has_text="Отхвърляне").click()
    card.get_by_label("Защо не тази двойка?").fill("Вече опитахме.")
    assert axe(page) == []
    card.get_by_role("button", name="Отхвърляне").click()
    settle(page)
    assert planned(page) != before
    assert "Вече опитахме." in page.locator("section[aria-labelledby=declined]").inner_text()

    page.get_by_role("button", name="Отмяна").click()
    settle(page)
    assert planned(page) == before

    card = page.locator("section[aria-labelledby=plan] li.card").first
    card.get_by_role("button", name="Приемане").click()
    settle(page)
    assert len(planned(page)) == len(before) - 1
    ties = [one for one in seeds.ground().facts.edges.values() if one.pack == "local"]
    assert [one.kind for one in ties] == ["MENTORS"]
    assert axe(page) == []
    keep(page, "board-bg-light")

    page.locator("section[aria-labelledby=accepted]").get_by_role(
        "button", name="Отмяна на приемането"
    ).click()
    settle(page)
    assert planned(page) == before
    assert not [one for one in seeds.ground().facts.edges.values() if one.pack == "local"]


def test_a_trial_of_a_capacity_stays_in_the_address_alone(open_page):
    page = open_page("/en/match/board", viewport=PHONE, color_scheme="dark")
    mentor = page.locator("section[aria-labelledby=plan] .pair a").nth(1).inner_text()
    page.get_by_label("Mentor", exact=True).select_option(label=mentor)
    page.get_by_label("Cities at once; empty ends the trial").fill("0")
    page.get_by_role("button", name="Try it").click()
    settle(page)
    assert page.url.count("cap.city") == 1
    assert all(not one.endswith(mentor) for one in planned(page))
    assert page.get_by_text("for this trial only", exact=False).first.is_visible()
    assert axe(page) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_another_mentor_is_chosen_and_the_lock_shows(open_page):
    page = open_page("/en/match/board")
    choices = page.locator("details", has_text="Choose another mentor")
    choices.first.locator("summary").click()
    other = choices.first.locator(".others a").first.inner_text()
    choices.first.get_by_role("button").first.click()
    settle(page)
    locked = page.locator("li.card.locked")
    assert other in locked.inner_text() and "locked" in locked.inner_text()
