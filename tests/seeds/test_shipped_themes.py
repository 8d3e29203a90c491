"""What holds for the shipped vocabulary of themes and its crosswalk."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from ecosystem.checks import check
from ecosystem.dataset import Dataset
from ecosystem.io.seeds import read

PACK = Path(__file__).parents[2] / "seeds" / "themes"
CYRILLIC = re.compile(r"[а-яА-Я]")


@pytest.fixture(scope="module")
def themes() -> Dataset:
    return read([PACK])


@pytest.fixture(scope="module")
def crosswalk() -> list[dict[str, str]]:
    with (PACK / "crosswalk.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_pack_loads_without_a_problem(themes):
    assert check(themes) == []


def test_there_are_about_forty_themes_in_exactly_two_levels(themes):
    parents = Counter(edge.source for edge in themes.of_kind("BROADER"))
    broad = {edge.target for edge in themes.of_kind("BROADER")}
    known = {theme.id for theme in themes.of_kind("Theme")}
    assert 36 <= len(known) <= 48
    assert 6 <= len(broad) <= 9
    assert set(parents.values()) == {1}
    assert known == broad | set(parents)
    assert not broad & set(parents)


def test_each_theme_speaks_both_languages(themes):
    for theme in themes.of_kind("Theme"):
        assert CYRILLIC.search(theme.name_bg) and CYRILLIC.search(theme.definition_bg), theme.id
        assert not CYRILLIC.search(theme.name_en + theme.definition_en), theme.id
        scripts = {bool(CYRILLIC.search(alias)) for alias in theme.aliases}
        assert scripts == {True, False}, f"{theme.id} lacks an alias in one of the languages"


def test_no_name_or_alias_means_two_themes(themes):
    owners: dict[str, str] = {}
    for theme in themes.of_kind("Theme"):
        for name in {n.casefold() for n in (theme.name_bg, theme.name_en, *theme.aliases)}:
            assert owners.setdefault(name, theme.id) == theme.id, name


def test_the_vocabulary_says_that_it_is_our_own(themes):
    source = themes.nodes["source:mapper-theme-vocabulary"]
    assert source.publisher and source.published_on and not source.url
    assert "own vocabulary" in source.description_en
    for theme in themes.of_kind("Theme"):
        assert [entry.split("#")[0] for entry in theme.sources] == [source.id]


def test_every_string_of_the_crosswalk_leads_to_a_theme_or_says_why_not(themes, crosswalk):
    assert len({row["text"].casefold() for row in crosswalk}) >= 190
    for row in crosswalk:
        assert row["text"] == row["text"].strip() != "", row
        if row["theme"]:
            assert themes.nodes[row["theme"]].kind == "Theme", row
        else:
            assert "no theme" in row["note"], row
        assert row["language"] in ("bg", "en") and row["source"], row
        assert bool(CYRILLIC.search(row["text"])) == (row["language"] == "bg"), row


def test_case_and_source_never_make_two_themes(crosswalk):
    chosen: dict[str, tuple[str, ...]] = {}
    for row in crosswalk:
        text = " ".join(row["text"].casefold().split())
        assert chosen.setdefault(text, row["theme"]) == row["theme"], row
    rows = Counter((row["text"].casefold(), row["source"]) for row in crosswalk)
    assert max(rows.values()) == 1


def test_every_theme_is_reached_by_a_string_of_a_source(themes, crosswalk):
    reached = {row["theme"] for row in crosswalk} - {""}
    assert reached == {theme.id for theme in themes.of_kind("Theme")}


def test_what_fits_no_theme_is_named_in_the_readme_and_is_nobody_s_alias(themes, crosswalk):
    readme = (PACK / "README.md").read_text(encoding="utf-8")
    left_out = {row["text"] for row in crosswalk if not row["theme"]}
    assert left_out == {
        "Agriculture and fisheries and forestry",
        "City Branding",
        "Regional planning and development",
        "Rural and peripheral development",
    }
    assert all(f'"{text}"' in readme for text in left_out)
    aliases = {alias.casefold() for theme in themes.of_kind("Theme") for alias in theme.aliases}
    assert not aliases & {text.casefold() for text in left_out}


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Education", "theme:youth"),
        ("Education and training", "theme:society-and-culture"),
        ("Jobs and skills", "theme:innovation-economy"),
        ("biodiversity", "theme:climate-resilience"),
        ("big data", "theme:artificial-intelligence"),
        ("Construction and renovation", "theme:urban-development"),
        ("Green technologies", "theme:climate-and-environment"),
        ("FinTech", "theme:digital-technologies"),
        ("Soil and air quality", "theme:climate-and-environment"),
    ],
)
def test_a_choice_that_could_be_asked_about_gives_its_reason(crosswalk, text, theme):
    rows = [row for row in crosswalk if row["text"] == text]
    assert rows and all(row["theme"] == theme and row["note"] for row in rows)


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Abandoned Spaces", "theme:urban-regeneration"),
        ("smart lamp posts", "theme:data-platforms"),
        ("FOOD", "theme:food"),
        ("Energy and Water", "theme:energy-and-utilities"),
        ("документооборот", "theme:digital-administration"),
        ("Managing natural and man-made threats, risk management", "theme:climate-resilience"),
    ],
)
def test_known_strings_keep_their_theme(crosswalk, text, theme):
    found = {row["theme"] for row in crosswalk if row["text"].casefold() == text.casefold()}
    assert found == {theme}


def test_enabling_rests_on_a_page_and_not_on_the_vocabulary(themes):
    pairs = {(edge.source, edge.target) for edge in themes.of_kind("ENABLES")}
    demand = ("theme:e-government", "theme:energy-and-utilities", "theme:transport")
    assert pairs == {("theme:ict-services", theme) for theme in demand}
    for edge in themes.of_kind("ENABLES"):
        assert len({themes.nodes[e.split("#")[0]].publisher for e in edge.sources}) >= 2
        assert all(themes.nodes[entry.split("#")[0]].url for entry in edge.sources)
