"""Names of a saved picture break, are shortened and stand as on the map in the browser."""

import json
from functools import partial
from pathlib import Path

import pytest

from webapp.lettering import USUAL, Boxes, Taken, place, versions, width_of

CASES = json.loads((Path(__file__).parents[1] / "js" / "labels.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["names"], ids=lambda one: one["name"])
def test_names_break_and_are_as_wide_as_in_the_browser(case):
    assert [list(form) for form in versions(case["name"])] == case["forms"]
    for weight, width in case["widths"].items():
        assert width_of(case["name"], 13, int(weight)) == pytest.approx(width)


@pytest.mark.parametrize("desk", CASES["desks"])
def test_names_stand_where_they_do_in_the_browser(desk):
    taken = Taken(Boxes(), Boxes(), Boxes())
    for mark in desk["marks"]:
        x, y, r = mark["x"], mark["y"], mark["r"]
        taken.shapes.add((x - r, y - r, x + r, y + r))
    for mark, there in zip(desk["marks"], desk["places"], strict=True):
        found = place(
            versions(mark["name"]),
            (mark["x"], mark["y"], mark["r"] + 4),
            partial(width_of, size=13, weight=USUAL),
            tuple(desk["bounds"]),
            taken,
            **mark["standing"],
        )
        assert (found is None) == (there is None)
        if found:
            taken.texts.add(found.box)
            assert (list(found.lines), found.away) == (there["lines"], there["away"])
            assert found.box == pytest.approx(there["box"])
