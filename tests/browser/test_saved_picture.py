"""The picture that is saved is the one that is seen: the same things, in the same light."""

import re
from html import unescape

import pytest

PARK, TOWN = "org:sofia-tech-park", "org:sofia-municipality"
STATES = {
    "all": "",
    "kinds": "&hide=Person,Event",
    "ties": "&hide_ties=FUNDS,PART_OF",
    "values": "&colour=sector&hide_values=sector.industry,sector.other",
    "one": f"&select={PARK}",
    "two steps": f"&select={PARK}&steps=2",
    "alone": f"&select={PARK}&only=1",
    "a city": "&select=city:sofia",
    "several": f"&select={PARK},{TOWN}",
    "a tie": "&select=FUNDS|org:sofia-municipality|programme:sofia-chooses|2022",
    "a tie alone": "&select=FUNDS|org:sofia-municipality|programme:sofia-chooses|2022&only=1",
    "ways": "&path=org:sofia-tech-park,org:bulpros",
    "moved": f"&pins={PARK}@100:-50",
    "filtered and selected": f"&hide=Project&select={TOWN}&colour=sector",
}

FEWER = ("values", "alone", "a tie alone")


def drawn(text):
    """Ids in an SVG with their strengths, nodes and ties apart, and the ids that have a name."""
    found = re.findall(r'<(g|path) data-id="([^"]+)"([^>]*)>', text)
    nodes, ties = dict[str, float](), dict[str, float]()
    for tag, identity, rest in found:
        strength = re.search(r'opacity="([\d.]+)"', rest)
        into = nodes if tag == "g" else ties
        into[unescape(identity)] = float(strength[1]) if strength else 1.0
    return nodes, ties, set(map(unescape, re.findall(r'<text data-of="([^"]+)"', text)))


@pytest.mark.parametrize("state", STATES)
def test_what_is_saved_is_what_is_seen(open_page, address, state):
    page = open_page(f"/en/map?show=map{STATES[state]}", reduced_motion="reduce")
    page.wait_for_function("() => window.scene && scene.drawn.length > 0")
    page.locator("summary", has_text="Tools").click()
    link = page.get_by_role("link", name="SVG").get_attribute("href")
    answer = page.request.get(address + link if link.startswith("/") else link)
    nodes, ties, named = drawn(answer.text())
    seen = page.evaluate(
        """() => {
          const on = scene.picture.nodes.filter((one) => !one.chip && scene.shown(one.id));
          const ids = new Set(on.map((one) => one.id));
          const ties = scene.picture.edges
            .filter((one) => scene.graph.tieShown(one) && ids.has(one.from) && ids.has(one.to));
          return {
            lit: Boolean(scene.near),
            all: scene.picture.nodes.filter((one) => !one.chip).length,
            nodes: Object.fromEntries(on.map((one) => [one.id, scene.strengthOf(one)])),
            ties: Object.fromEntries(ties.map((one) => [one.id, scene.tieStrength(one)])),
            first: scene.lettering.first.map((one) => one.id),
          };
        }"""
    )
    assert seen["lit"] == ("select=" in STATES[state] or "path=" in STATES[state])
    assert (len(seen["nodes"]) < seen["all"]) == ("hide=" in STATES[state] or state in FEWER)
    assert nodes == pytest.approx(seen["nodes"])
    assert ties.keys() == seen["ties"].keys()
    if seen["lit"]:
        assert ties == pytest.approx(seen["ties"])
    assert set(seen["first"]) <= named


def test_a_picture_says_what_is_left_out_and_selected(open_page, address):
    page = open_page(f"/en/map?show=map&select={PARK}&hide=Project,Event", reduced_motion="reduce")
    page.locator("summary", has_text="Tools").click()
    link = page.get_by_role("link", name="SVG").get_attribute("href")
    text = page.request.get(address + link if link.startswith("/") else link).text()
    assert "Left out: Project, Event · Selected: Sofia Tech Park" in text
    panel, inspector = (page.locator(one).bounding_box() for one in (".tools-sheet", ".inspector"))
    assert panel["x"] >= 0 and panel["x"] + panel["width"] <= inspector["x"] + 1


def lettered(text):
    """The names of an SVG by id: their lines, each with its width."""
    found = re.findall(r'<text data-of="([^"]+)"[^>]*>(.*?)</text>', text)
    rows = r'<tspan [^>]*textLength="([\d.]+)"[^>]*>([^<]*)</tspan>'
    return {
        unescape(identity): [
            (unescape(line), float(width)) for width, line in re.findall(rows, inner)
        ]
        for identity, inner in found
    }


@pytest.mark.parametrize("lang", ["bg", "en"])
@pytest.mark.parametrize("state", ["all", "one", "several", "a city"])
def test_names_are_saved_as_they_are_shown(open_page, address, lang, state):
    page = open_page(f"/{lang}/map?show=map{STATES[state]}", reduced_motion="reduce")
    page.wait_for_function("() => window.scene && scene.drawn.length > 0")
    link = page.locator("#as-svg").get_attribute("href")
    saved = lettered(page.request.get(address + link).text())
    shown = page.evaluate(
        "() => scene.drawn.map(({ id, box, lines }) => [id, box[2] - box[0], lines])"
    )
    alike = 0
    for identity, width, lines in shown:
        if [line for line, _ in saved.get(identity, ())] == lines:
            assert max(wide for _, wide in saved[identity]) == pytest.approx(width, abs=0.1)
            alike += 1
    assert alike >= 0.6 * len(shown)


def test_the_table_of_widths_is_that_of_the_font(open_page):
    page = open_page("/bg/map?show=map", reduced_motion="reduce")
    page.wait_for_function("() => window.scene && scene.drawn.length > 0")
    found = page.evaluate(
        """async () => {
          const src = document.querySelector('script[type=module][src*="map.js"]').src;
          const { widthOf } = await import(new URL("map/letters.js", src).href);
          const ctx = document.createElement("canvas").getContext("2d");
          const names = scene.picture.nodes.map((one) => one.label);
          return [500, 700].flatMap((weight) => names.map((name) => {
            ctx.font = `${weight} 13px "Sofia Sans"`;
            return [name, widthOf(name, 13, weight) / ctx.measureText(name).width];
          }));
        }"""
    )
    assert [one for one in found if not 0.96 < one[1] < 1.04] == []
