"""The map as an instrument: steps back, what hands do, gaps as things, cards, chips, labels."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import axe

SIZES = {"desk": (1440, 900), "laptop": (1280, 800), "phone": (390, 844)}
PARK, TOWN, SEMINAR = "org:sofia-tech-park", "org:sofia-municipality", "event:dcc-sofia-seminar-3"
each_size = pytest.mark.parametrize("size", SIZES)
each_language = pytest.mark.parametrize("lang", ["bg", "en"])
MENU = {
    "bg": ["На фокус", "Само тези", "Пътища до …", "Какво ще стане, ако отпадне?"],
    "en": ["Focus", "Only these", "Ways to …", "What if it left?"],
}


def at(size):
    width, height = SIZES[size]
    return {"viewport": {"width": width, "height": height}, "reduced_motion": "reduce"}


def opened(open_page, lang, size, more=""):
    page = open_page(f"/{lang}/map?show=map{more}", **at(size))
    page.wait_for_function("() => window.scene && document.querySelector('.chips')")
    page.evaluate("window.stayed = true")
    return page


def said(page, name):
    return parse_qs(urlsplit(page.url).query).get(name, [None])[0]


def place(page, identity):
    return page.evaluate(
        """(id) => { const box = document.getElementById('canvas').getBoundingClientRect();
          const node = scene.nodes.get(id);
          const at = scene.network.canvasToDOM({ x: node.x, y: node.y });
          return [box.x + at.x, box.y + at.y]; }""",
        identity,
    )


def badge(page, name):
    """Where the badge with these words stands on the screen."""
    page.wait_for_function(
        "(name) => scene.badges.boxes.some((one) => one.marks.some((m) => m.name === name))",
        arg=name,
    )
    return page.evaluate(
        """(name) => { const box = document.getElementById('canvas').getBoundingClientRect();
          const found = scene.badges.boxes.find((b) => b.marks.some((m) => m.name === name)).box;
          return [box.x + (found[0] + found[2]) / 2, box.y + (found[1] + found[3]) / 2]; }""",
        name,
    )


def choose(page, identity):
    page.evaluate(
        """(id) => dispatchEvent(
          new CustomEvent("entitychosen", { detail: { id }, cancelable: true }))""",
        identity,
    )
    page.wait_for_function("(id) => scene.selected === id", arg=identity)
    page.locator("#inspector .panel").wait_for()


def ring(page, identity):
    """The ids one step away, on the map."""
    return set(page.evaluate("(id) => [...scene.around(id, 1).near]", identity))


@each_language
@pytest.mark.parametrize("identity", [PARK, "org:world-bank", "city:sofia"])
def test_all_that_the_panel_lists_is_in_the_light(open_page, lang, identity):
    page = opened(open_page, lang, "desk")
    choose(page, identity)
    unlit = """() => {
      const listed = document.querySelectorAll("#inspector .ties a.go[data-id]");
      const ids = [...listed].map((one) => one.dataset.id);
      return [ids.length, ids.filter((id) => scene.nodes.has(id) && !scene.near.has(id))]; }"""
    listed, left = page.evaluate(unlit)
    assert listed and left == []
    page.locator("#inspector [data-only]").click()
    page.wait_for_function("() => scene.alone !== null")
    assert page.evaluate(unlit)[1] == []
    assert page.evaluate(
        """() => [...document.querySelectorAll("#inspector .ties a.go[data-id]")].every(
          (one) => !scene.nodes.has(one.dataset.id) || scene.shown(one.dataset.id))"""
    )


# Steps back


@each_language
@each_size
def test_each_choice_is_one_step_back_and_nothing_is_loaded_anew(open_page, lang, size):
    page = opened(open_page, lang, size)
    choose(page, PARK)
    choose(page, TOWN)
    page.go_back()
    page.wait_for_function(f"() => scene.selected === '{PARK}'")
    page.go_back()
    page.wait_for_function("() => scene.selected === null")
    expect(page.locator("#inspector")).to_be_hidden()
    page.go_forward()
    page.wait_for_function(f"() => scene.selected === '{PARK}'")
    assert page.evaluate("window.stayed")


def test_a_filter_is_one_step_back(open_page):
    page = opened(open_page, "bg", "desk")
    box = page.get_by_role("checkbox", name=re.compile("Хора"))
    box.uncheck()
    assert said(page, "hide") == "Person"
    page.go_back()
    expect(box).to_be_checked()
    assert said(page, "hide") is None
    assert page.evaluate("scene.shown(scene.picture.nodes.find((n) => n.group === 'Person').id)")
    assert page.evaluate("window.stayed")


@each_language
def test_a_colour_changes_in_place_and_is_one_step_back(open_page, lang):
    page = opened(open_page, lang, "laptop")
    choose(page, PARK)
    before = page.evaluate("scene.camera")
    page.locator("#colour").select_option("sector")
    page.wait_for_function("() => scene.picture.nodes.some((node) => node.tone !== undefined)")
    page.wait_for_function(f"() => scene.selected === '{PARK}'")
    page.wait_for_timeout(200)
    after = page.evaluate("scene.camera")
    assert after["scale"] == pytest.approx(before["scale"])
    assert after["position"]["x"] == pytest.approx(before["position"]["x"], abs=1)
    assert page.locator("input[name=value]").count() > 3
    page.go_back()
    page.wait_for_function("() => scene.picture.nodes.every((node) => node.tone === undefined)")
    expect(page.locator("#colour")).to_have_value("")
    assert page.evaluate("window.stayed")


@each_size
def test_zoom_and_place_are_kept_when_the_page_is_loaded_again(open_page, size):
    page = opened(open_page, "en", size)
    page.evaluate("scene.zoom(2.2)")
    page.evaluate("scene.move({ position: { x: 120, y: -90 }, scale: scene.camera.scale }, false)")
    was = page.evaluate("scene.camera")
    page.wait_for_timeout(300)
    page.reload()
    page.wait_for_function("() => window.scene && document.querySelector('.chips')")
    page.wait_for_timeout(200)
    now = page.evaluate("scene.camera")
    assert now["scale"] == pytest.approx(was["scale"])
    assert now["position"]["x"] == pytest.approx(120, abs=1)
    assert now["position"]["y"] == pytest.approx(-90, abs=1)


def test_the_other_language_shows_what_was_chosen_meanwhile(open_page):
    page = opened(open_page, "bg", "desk")
    choose(page, PARK)
    page.get_by_role("link", name="English").click()
    page.wait_for_url(re.compile("/en/map.*select="))


# Hands


@each_language
@pytest.mark.parametrize("size", ["desk", "laptop"])
def test_what_is_dragged_stays_until_it_is_tidied_up(open_page, lang, size):
    page = opened(open_page, lang, size)
    home = page.evaluate(f"[scene.nodes.get('{PARK}').x, scene.nodes.get('{PARK}').y]")
    x, y = place(page, PARK)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 70, y + 50, steps=5)
    page.mouse.up()
    page.wait_for_url("**pins=**")
    assert said(page, "pins").startswith(f"{PARK}@")
    page.reload()
    page.wait_for_function("() => window.scene && scene.pins.size === 1")
    moved = page.evaluate(f"[scene.nodes.get('{PARK}').x, scene.nodes.get('{PARK}').y]")
    assert moved != home
    tidy = page.get_by_role("button", name={"bg": "Подреждане", "en": "Tidy up"}[lang])
    tidy.click()
    expect(tidy).to_be_hidden()
    assert said(page, "pins") is None
    now = page.evaluate(f"[scene.nodes.get('{PARK}').x, scene.nodes.get('{PARK}').y]")
    assert now == pytest.approx(home, abs=1)
    page.go_back()
    page.wait_for_function("() => scene.pins.size === 1")


def test_no_more_than_so_many_are_moved(open_page):
    page = opened(open_page, "en", "desk")
    ids = page.evaluate(
        """(park) => scene.picture.nodes.filter((n) => !n.chip && n.id !== park)
          .slice(0, 200).map((n) => `${n.id}@${Math.round(n.x)}:${Math.round(n.y)}`)""",
        PARK,
    )
    assert len(ids) == 200
    page.goto(f"{page.url}&pins={','.join(ids)}")
    page.wait_for_function("() => window.scene && document.querySelector('.chips')")
    page.wait_for_function("() => scene.pins.size === 200")
    x, y = place(page, PARK)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 70, y + 50, steps=5)
    page.mouse.up()
    expect(page.locator("#live")).to_contain_text("More than 200 cannot be moved")
    assert place(page, PARK) == pytest.approx([x, y], abs=2)
    assert page.evaluate("scene.pins.size") == 200


@each_language
def test_a_pin_outside_the_canvas_is_said_and_left_aside(open_page, lang):
    page = opened(open_page, lang, "desk", f"&pins={PARK}@9000000:0")
    words = {"bg": "извън картата", "en": "outside the map"}[lang]
    assert words in page.locator(".left-aside").inner_text()
    assert page.evaluate("scene.pins.size") == 0


@each_language
@each_size
def test_a_menu_opens_by_pointer_and_by_key_and_is_walked_by_keys(open_page, keep, lang, size):
    page = opened(open_page, lang, size)
    x, y = place(page, PARK)
    page.mouse.click(x, y, button="right")
    menu = page.get_by_role("menu")
    items = menu.get_by_role("menuitem").all_inner_texts()
    assert items[:4] == MENU[lang] and len(items) == 6
    assert axe(page) == []
    keep(page, f"menu-{lang}-{size}")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    page.evaluate(f"scene.point('{PARK}')")
    page.locator("#canvas").focus()
    page.keyboard.press("Shift+F10")
    expect(menu.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("() => scene.alone !== null")
    assert said(page, "only") == "1"
    drawn = page.evaluate("scene.picture.nodes.filter((n) => scene.shown(n.id)).map((n) => n.id)")
    assert set(drawn) == ring(page, PARK)
    page.go_back()
    page.wait_for_function("() => scene.alone === null")


def test_a_long_press_opens_the_menu(open_page):
    page = open_page("/bg/map?show=map", **at("phone"), has_touch=True, is_mobile=True)
    page.wait_for_function("() => window.scene && document.querySelector('.chips')")
    x, y = place(page, TOWN)
    touch = page.context.new_cdp_session(page)
    points = [{"x": x, "y": y}]
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points})
    page.get_by_role("menu").wait_for()
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@each_language
def test_ways_are_asked_for_on_the_map(open_page, lang):
    page = opened(open_page, lang, "desk")
    page.mouse.click(*place(page, PARK), button="right")
    page.get_by_role("menuitem", name=MENU[lang][2]).click()
    page.mouse.click(*place(page, TOWN))
    page.wait_for_function("() => scene.several && scene.several.size === 2")
    assert said(page, "path") == f"{PARK},{TOWN}"


def test_what_if_it_left_leads_to_that_scenario(open_page):
    page = opened(open_page, "en", "desk")
    page.mouse.click(*place(page, PARK), button="right")
    page.get_by_role("menuitem", name="What if it left?").click()
    page.wait_for_url("**/what-if**")
    assert PARK in page.url.replace("%3A", ":")


def test_a_double_click_brings_who_it_is_into_focus(open_page):
    page = opened(open_page, "en", "desk")
    before = page.evaluate("scene.camera.scale")
    page.mouse.dblclick(*place(page, PARK))
    page.wait_for_function(f"() => scene.selected === '{PARK}'")
    page.wait_for_function("(was) => scene.camera.scale > was", arg=before)


@pytest.mark.parametrize("pause", [0, 400])
def test_a_double_click_means_what_its_first_click_met(open_page, pause):
    """However long the page is busy after the first, and wherever the picture is by the second."""
    page = opened(open_page, "en", "desk")
    page.evaluate(
        """(pause) => scene.network.once("click", () => {
          const until = performance.now() + pause;
          while (performance.now() < until);
          if (!pause) scene.network.moveTo({ position: { x: 5000, y: 5000 } });
        })""",
        pause,
    )
    page.mouse.dblclick(*place(page, PARK))
    page.wait_for_function(f"() => scene.selected === '{PARK}'")
    meant = """(id) => [...scene.atWork(id)].every((one) => {
      const node = scene.nodes.get(one);
      if (node.chip) return true;
      const { x, y } = scene.network.canvasToDOM(node);
      return x > 0 && y > 0 && x < innerWidth && y < innerHeight; })"""
    page.locator("#inspector .panel").wait_for()
    assert page.evaluate(meant, PARK)
    here = page.evaluate("scene.camera.scale")
    page.wait_for_timeout(300)
    assert page.evaluate("scene.camera.scale") == here
    assert page.evaluate("scene.selected") == PARK


@each_size
def test_shift_and_drag_frames_several(open_page, size):
    page = opened(open_page, "bg", size)
    (x, y), wide = place(page, TOWN), 40 if size == "phone" else 60
    page.mouse.move(x - wide, y - wide)
    page.keyboard.down("Shift")
    page.mouse.down()
    page.mouse.move(x + wide, y + wide, steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    page.wait_for_function("() => scene.several && scene.several.size > 1")
    page.locator("#inspector .panel").wait_for()
    assert "Избрани" in page.locator("#inspector").inner_text()
    assert TOWN in said(page, "select").split(",")


def test_ctrl_z_is_the_history_of_the_view_and_never_leaves_it(open_page):
    page = opened(open_page, "bg", "laptop")
    choose(page, PARK)
    page.locator("#canvas").focus()
    page.keyboard.press("Control+z")
    page.wait_for_function("() => scene.selected === null")
    page.keyboard.press("Control+Shift+Z")
    page.wait_for_function(f"() => scene.selected === '{PARK}'")
    for _ in range(4):
        page.keyboard.press("Control+z")
    page.wait_for_timeout(300)
    assert page.evaluate("window.stayed")


# Gaps


@each_language
@each_size
def test_a_badge_is_hit_first_and_opens_that_gap(open_page, keep, lang, size):
    page = opened(open_page, lang, size, "&gaps=1")
    name = page.evaluate("scene.picture.marks.find((m) => m.look === 'band').name")
    page.mouse.click(*badge(page, name))
    panel = page.locator("#inspector .gap-panel")
    panel.wait_for()
    mark = said(page, "mark")
    sentence = page.evaluate("(id) => scene.picture.marks.find((m) => m.id === id).title", mark)
    assert panel.get_by_role("heading").first.inner_text() == sentence
    assert page.evaluate("scene.selected") is None
    lit = set(page.evaluate("[...scene.near]"))
    assert {"event:tech-associations-meet-mayor", TOWN} <= lit
    assert not re.search(
        r"\bG\d\d\b", " ".join(page.evaluate("scene.picture.marks.map((m) => m.name)"))
    )
    assert axe(page) == []
    keep(page, f"gap-{lang}-{size}")
    panel.get_by_role("link", name={"bg": "Следващ пропуск", "en": "Next gap"}[lang]).click()
    page.wait_for_function("(was) => !location.search.includes(encodeURIComponent(was))", arg=mark)


def test_gaps_of_one_place_are_one_badge_with_a_count(open_page):
    page = opened(open_page, "en", "desk", "&gaps=1")
    places = page.evaluate("scene.picture.marks.map((m) => m.place)")
    shared = next(one for one in places if places.count(one) > 1)
    page.wait_for_function("() => scene.badges.boxes.length > 3")
    found = page.evaluate(
        "(place) => scene.badges.boxes.filter((b) => b.marks[0].place === place)", shared
    )
    assert len(found) == 1 and len(found[0]["marks"]) == places.count(shared)


def test_what_would_lose_touch_is_in_the_light(open_page):
    page = opened(open_page, "en", "desk", f"&gaps=1&mark=G08|{TOWN}")
    page.locator(".gap-panel").wait_for()
    sentence = page.locator(".gap-panel h2").inner_text()
    number = int(re.search(r"\b(\d+) organisations", sentence)[1])
    lit = set(page.evaluate("scene.opened.reach"))
    assert TOWN in lit and len(lit - {TOWN}) >= number


@each_language
def test_a_gap_on_something_hidden_says_so_and_shows_it(open_page, lang):
    page = opened(open_page, lang, "laptop", f"&gaps=1&mark=G08|{TOWN}&hide=Organisation")
    notice = page.locator(".hidden-gap")
    notice.wait_for()
    assert not page.evaluate(f"scene.shown('{TOWN}')")
    notice.get_by_role("button").click()
    page.wait_for_function(f"() => scene.shown('{TOWN}')")
    assert said(page, "hide") is None
    expect(notice).to_be_hidden()


# Cards, focus, labels, chips, phone


@each_language
@pytest.mark.parametrize("size", ["desk", "laptop"])
def test_a_card_tells_and_is_gone_at_once(open_page, keep, lang, size):
    page = opened(open_page, lang, size)
    x, y = place(page, TOWN)
    page.mouse.move(x, y, steps=3)
    card = page.locator(".hover-card")
    card.wait_for()
    words = card.inner_text()
    assert re.search(r"\d+ (organisations|организации)", words) and card.locator("li").count() == 3
    assert page.evaluate("[...scene.near].length") == len(ring(page, TOWN))
    keep(page, f"card-{lang}-{size}")
    page.mouse.move(20, 300)
    assert not page.locator(".hover-holder").is_visible()
    assert page.evaluate("scene.near") is None


@each_size
def test_beyond_its_neighbours_a_focus_goes_over_work_money_and_advice_alone(open_page, size):
    page = opened(open_page, "en", size)
    choose(page, PARK)
    kinds = set(
        page.evaluate(
            """[...scene.walked].filter(([, far]) => far > 1)
              .map(([id]) => scene.edges.get(id).group)"""
        )
    )
    assert kinds and not kinds & {"LOCATED_IN", "ADDRESSES", "OFFERS", "NEEDS", "PART_OF"}
    second = page.evaluate(
        "scene.strengthOf(scene.nodes.get([...scene.depth].find(([, far]) => far === 2)[0]))"
    )
    assert second == 0.6
    through = page.evaluate(
        """() => [...scene.walked].map(([id]) => scene.edges.get(id)).every((tie) =>
          scene.depth.get(tie.from) !== 1 || scene.depth.get(tie.to) !== 2
          || !["City", "Theme", "Group"].includes(scene.nodes.get(tie.from).group))"""
    )
    assert through


@each_language
@pytest.mark.parametrize("size", ["desk", "laptop"])
def test_the_first_have_their_names_and_no_name_covers_another(open_page, lang, size):
    page = opened(open_page, lang, size)
    page.wait_for_timeout(300)
    without = page.evaluate(
        """() => { const named = new Set(scene.drawn.map((one) => one.id));
          return scene.order.filter((n) => !n.chip && scene.shown(n.id)).slice(0, 25)
            .filter((n) => !named.has(n.id)).map((n) => n.label); }"""
    )
    assert without == []
    boxes = page.evaluate("scene.drawn.map((one) => one.box)")
    for place_, (a, b, c, d) in enumerate(boxes):
        for x, y, z, w in boxes[place_ + 1 :]:
            assert a >= z or c <= x or b >= w or d <= y


@each_language
@each_size
def test_groups_from_elsewhere_are_chips_without_rays(open_page, keep, lang, size):
    page = opened(open_page, lang, size)
    chips = page.locator(".chips button")
    assert chips.count() >= 5 and re.search(r"\d+$", chips.first.inner_text())
    nodes = page.evaluate("scene.picture.nodes.filter((n) => n.chip).map((n) => n.id)")
    assert page.evaluate("(ids) => ids.every((id) => !scene.nodeData.get(id))", nodes)
    before = page.evaluate("scene.picture.nodes.length")
    keep(page, f"rest-{lang}-{size}")
    chips.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("(was) => scene.picture.nodes.length > was", arg=before)
    assert page.evaluate("window.stayed") and said(page, "open")


@each_language
def test_on_a_phone_half_is_map_and_the_head_is_small(open_page, keep, lang):
    page = open_page(
        f"/{lang}/map?show=map&select={TOWN}", **at("phone"), has_touch=True, is_mobile=True
    )
    page.locator("#inspector .panel").wait_for()
    assert page.locator("header.top").bounding_box()["height"] <= 0.12 * 844
    assert page.evaluate("document.documentElement.scrollHeight") == 844
    panel = page.locator("#inspector").bounding_box()
    assert 360 <= panel["height"] <= 440 and panel["width"] == 390
    x, y = place(page, TOWN)
    assert 0 < x < 390 and 100 < y < panel["y"]
    keep(page, f"phone-half-{lang}")


# Drawn once


def test_what_changes_together_is_drawn_once(open_page):
    """vis-network draws after each change of its data; ours come in twos and threes."""
    page = opened(open_page, "en", "desk")
    drawn = page.evaluate(
        """async (id) => {
          const frame = () => new Promise(requestAnimationFrame);
          const frames = async () => { for (let i = 0; i < 3; i += 1) await frame(); };
          const fifty = new Map([...scene.nodes.keys()].slice(0, 50).map((one) => [one, [0, 0]]));
          await frames();
          let count = 0;
          scene.holder.addEventListener("drawn", () => { count += 1; });
          const said = [];
          for (const change of [
            () => scene.select(id),
            () => scene.filter(["Person"], ["funding"]),
            () => scene.filter([], []),
            () => scene.pinOnly(fifty),
            () => scene.only(id),
            () => scene.mark(scene.picture.marks.slice(0, 3)),
          ]) { count = 0; change(); await frames(); said.push(count); }
          return said;
        }""",
        PARK,
    )
    assert drawn == [1] * 6


def test_an_opened_gap_stands_beside_whom_it_speaks_of(open_page):
    """Its own thing, a theme, is in a folded group at the foot of the map."""
    page = opened(open_page, "en", "laptop", "&gaps=1&mark=G12|theme:citizen-participation")
    x, y = badge(page, "Needed, offered by nobody")
    there = place(page, "city:sofia")
    assert abs(x - there[0]) < 120 and abs(y - there[1]) < 80


# What is drawn says how sure it is, and covers nothing

EDGE = """() => { const { edges } = scene;
  return [...scene.nearTies].map((id) => edges.get(id)).filter((tie) => tie.undated)
    .map((tie) => [tie.id, scene.tieStrength(tie)]); }"""
DEPUTY = "person:vladimir-danailov"


@each_language
def test_on_another_day_what_has_no_date_is_told_apart(open_page, lang):
    word = {"en": "undated", "bg": "без дата"}[lang]
    page = opened(open_page, lang, "desk", f"&as_of=2018-06-01&select={DEPUTY}")
    page.wait_for_function("() => scene.near && scene.undated > 0")
    undated = page.evaluate(EDGE)
    assert len(undated) == 2 and all(strength < 0.5 for _, strength in undated)
    panel = page.locator("#inspector")
    assert panel.locator(".chip.undated").all_inner_texts() == [word, word]
    assert "2018" in panel.locator(".notice").inner_text()
    assert word in page.locator("#side .signs").last.inner_text()
    assert axe(page) == []
    there = open_page(f"/{lang}/entity/{DEPUTY}?as_of=2018-06-01")
    assert there.locator(".chip.undated").count() == 2
    assert "2018" in there.locator(".card .notice").first.inner_text()
    today = opened(open_page, lang, "desk", f"&select={DEPUTY}")
    assert today.evaluate(EDGE) == [] and today.locator(".chip.undated").count() == 0


@each_size
def test_the_whole_map_lies_beside_the_buttons(open_page, size):
    page = opened(open_page, "en", size)
    page.locator("#canvas").focus()
    covered = """() => {
      const frame = scene.holder.getBoundingClientRect();
      const boxes = [...document.querySelectorAll(".zoom > *, .keys")]
        .map((one) => one.getBoundingClientRect()).filter((box) => box.width);
      return scene.picture.nodes.filter((node) => !node.chip && boxes.some((box) => {
        const at = scene.network.canvasToDOM({ x: node.x, y: node.y });
        const [x, y] = [at.x + frame.left, at.y + frame.top];
        return x > box.left && x < box.right && y > box.top && y < box.bottom;
      })).map((node) => node.id); }"""
    page.evaluate("scene.fit(false)")
    assert page.evaluate(covered) == []


@each_language
def test_while_something_is_selected_the_legend_says_what_the_strengths_mean(open_page, lang):
    page = opened(open_page, lang, "desk")
    legend = page.locator("#strengths")
    assert not legend.is_visible()
    choose(page, PARK)
    expect(legend).to_be_visible()
    assert legend.locator("svg").count() == 3 and axe(page) == []
    page.keyboard.press("Escape")
    page.locator("#canvas").focus()
    page.keyboard.press("Escape")
    expect(legend).to_be_hidden()


def test_what_is_framed_fills_the_window_and_its_names_cover_no_mark(open_page):
    page = opened(open_page, "en", "desk")
    before = page.evaluate("scene.camera.scale")
    x, y = place(page, TOWN)
    page.mouse.move(x - 150, y - 110)
    page.keyboard.down("Shift")
    page.mouse.down()
    page.mouse.move(x + 90, y + 70, steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    page.wait_for_function("() => scene.several && scene.several.size > 12")
    page.wait_for_function("(was) => scene.camera.scale > 1.5 * was", arg=before)
    page.locator("#inspector .taking li").first.wait_for()
    page.wait_for_function("() => scene.drawn.length > 0")
    outside, covered = page.evaluate(
        """() => {
      const { left, width, height } = scene.free();
      const at = (id) => scene.screen(scene.nodes.get(id).x, scene.nodes.get(id).y);
      const chosen = [...scene.several];
      const out = chosen.filter((id) => at(id).x < left || at(id).x > left + width
        || at(id).y < 0 || at(id).y > height);
      const names = scene.drawn.filter((one) => scene.several.has(one.id));
      const over = names.flatMap(({ id, box: [a, b, c, d] }) => chosen.filter((one) => one !== id
        && at(one).x > a && at(one).x < c && at(one).y > b && at(one).y < d)
        .map((one) => [id, one]));
      return [out, over]; }"""
    )
    assert outside == [] and covered == []
    # The buttons stand one below the other.
    lefts = page.evaluate(
        """() => [...document.querySelectorAll("#inspector .taking button")]
          .map((one) => Math.round(one.getBoundingClientRect().right))"""
    )
    assert len(set(lefts)) == 1
