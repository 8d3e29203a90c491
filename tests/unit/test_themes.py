"""Which themes serve a need: narrower at any depth, enabling in one step."""

from ecosystem.analysis.themes import serves, serving_statements
from tests.unit.gap_town import (
    THEMES,
    broader,
    enables,
    theme,
    view,
)


def test_the_closure_of_a_theme_is_narrower_at_any_depth_and_enabling_in_one_step():
    snapshot = view(*THEMES)
    assert serves(snapshot, "theme:move") == {
        "theme:bus": "narrower",
        "theme:it": "enables",
        "theme:live": "broader",
        "theme:move": "same",
        "theme:tram": "narrower",
    }
    assert serving_statements(snapshot, "theme:move", "theme:tram") == (
        "BROADER|theme:bus|theme:move|",
        "BROADER|theme:tram|theme:bus|",
    )
    assert serving_statements(snapshot, "theme:move", "theme:odd") == ()


def test_a_circle_of_themes_ends():
    snapshot = view(theme("a"), theme("b"), broader("a", "b"), broader("b", "a"))
    assert serves(snapshot, "theme:a") == {"theme:a": "same", "theme:b": "narrower"}


def test_an_enabling_theme_counts_from_the_day_it_is_said():
    late = [theme("it"), theme("move"), enables("it", "move", since="2030")]
    assert serves(view(*late), "theme:move") == {"theme:move": "same"}
