"""Whatever is selected is seen with its neighbours, beside the panel that tells of it."""

import pytest

SIZES = {"desk": (1440, 900), "laptop": (1280, 800), "phone": (390, 844)}
LARGEST = "scene.order.filter((node) => node.group !== 'Group' && scene.shown(node.id))"
SEEN = """(id) => {
  const scene = window.scene, canvas = document.getElementById("canvas").getBoundingClientRect();
  const panel = document.getElementById("inspector").getBoundingClientRect();
  const right = panel.width && panel.left > canvas.left && panel.top < canvas.bottom - 1
    ? Math.min(canvas.width, panel.left - canvas.left) : canvas.width;
  const inside = (one) => {
    const node = scene.nodes.get(one);
    const at = scene.network.canvasToDOM({ x: node.x, y: node.y });
    return at.x >= 0 && at.x <= right && at.y >= 0 && at.y <= canvas.height;
  };
  // Groups from elsewhere are no marks of the canvas: they stand as chips at its foot.
  const ring = [...scene.near].filter((one) => scene.nodes.has(one) && !scene.nodes.get(one).chip);
  return [inside(id), ring.filter(inside).length / ring.length];
}"""


CHOOSE = """(id) => dispatchEvent(
  new CustomEvent("entitychosen", { detail: { id }, cancelable: true }))"""


@pytest.mark.parametrize("size", SIZES)
def test_the_largest_are_framed_with_their_neighbours(open_page, size):
    width, height = SIZES[size]
    page = open_page(
        "/en/map?show=map",
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
    )
    page.wait_for_function("() => window.scene")
    ids = page.evaluate(f"{LARGEST}.slice(0, 20).map((node) => node.id)")
    assert len(ids) == 20
    for identity in ids:
        with page.expect_response(lambda answer: "part=panel" in answer.url):
            page.evaluate(CHOOSE, identity)
        page.wait_for_function(
            "(id) => window.scene.selected === id && !document.getElementById('inspector').hidden",
            arg=identity,
        )
        page.wait_for_timeout(100)
        whole, ring = page.evaluate(SEEN, identity)
        assert whole and ring >= 0.9, (identity, whole, ring)


@pytest.mark.parametrize("more", ["", "&gaps=1", "&select=org:sofia-municipality"])
@pytest.mark.parametrize("width", [1440, 1280, 900, 700])
def test_the_map_is_as_high_as_the_window(open_page, more, width):
    page = open_page(f"/bg/map?show=map{more}", viewport={"width": width, "height": 800})
    page.wait_for_function("() => window.scene")
    if "select" in more:
        page.wait_for_function("() => !document.getElementById('inspector').hidden")
    assert page.evaluate("document.documentElement.scrollHeight") == 800


@pytest.mark.parametrize(
    ("width", "height", "text"), [(720, 450, "100%"), (1280, 800, "200%"), (900, 700, "150%")]
)
@pytest.mark.parametrize("lang", ["bg", "en"])
def test_half_of_the_canvas_is_left_however_large_the_text(open_page, lang, width, height, text):
    page = open_page(f"/{lang}/map?show=map", viewport={"width": width, "height": height})
    page.evaluate("(text) => { document.documentElement.style.fontSize = text; }", text)
    page.wait_for_function("() => window.scene")
    page.evaluate(CHOOSE, "org:sofia-municipality")
    page.wait_for_function(
        "() => window.scene.selected && !document.getElementById('inspector').hidden"
    )
    left, broken = page.evaluate(
        """() => {
      const canvas = document.getElementById("canvas").getBoundingClientRect();
      const panel = document.getElementById("inspector").getBoundingClientRect();
      const line = 2 * parseFloat(getComputedStyle(document.documentElement).fontSize);
      const shown = [...document.querySelectorAll(".stage-tools > *")];
      const high = shown.filter((one) => one.getBoundingClientRect().height > 2.6 * line);
      return [(panel.left - canvas.left) / canvas.width, high.map((one) => one.outerHTML)];
    }"""
    )
    assert left >= 0.48 and broken == []
    assert page.evaluate("document.documentElement.scrollHeight") == height
    # The legend opens as a sheet over the map, and closes again.
    page.keyboard.press("Escape")
    page.locator("#open-filters").click()
    assert page.locator("#side").is_visible()
    page.locator("#side [data-close-sheet]").click()
    assert not page.locator("#side").is_visible()


@pytest.mark.parametrize("lang", ["bg", "en"])
@pytest.mark.parametrize("width", [1100, 1200, 1280])
def test_the_header_is_one_row(open_page, lang, width):
    page = open_page(f"/{lang}/gaps", viewport={"width": width, "height": 700})
    tops = page.evaluate(
        """() => [...document.querySelectorAll(".top > *")]
          .map((one) => one.getBoundingClientRect())
          .map((box) => Math.round((box.top + box.bottom) / 2))"""
    )
    assert max(tops) - min(tops) <= 3
    assert page.evaluate("document.documentElement.scrollWidth") == width
