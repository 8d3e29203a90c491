"""The roadmap: what each project holds, the bars by hand, the order that people decide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.analysis.gaps import find_gaps
from ecosystem.analysis.gaps.projects import ProjectDetails
from ecosystem.analysis.roadmap import NO_PROJECT, moved, programmes, roadmap
from ecosystem.dataset import Dataset
from ecosystem.errors import NotFoundError
from ecosystem.model import Addresses, Decision, Funds, Needs, PartOf, Programme, Project, Record
from ecosystem.snapshot import Snapshot
from ecosystem.values import ONGOING
from tests.unit.gap_town import (
    DAY,
    PAGE,
    PAPER,
    SAID,
    city,
    details_of,
    local,
    needs,
    takes_part,
    theme,
)


def project(slug, **own):
    return Project(id=f"project:{slug}", name_en=slug, **{**SAID, **own})


def part_of(slug):
    return PartOf(source=f"project:{slug}", target="programme:plan", **SAID)


PLAN = [
    Programme(id="programme:plan", name_en="plan", **SAID),
    Programme(id="programme:empty", name_en="empty", **SAID),
    theme("transport"),
    theme("data"),
    *local("council", "public-authority", "administration"),
    *local("uni", "university"),
    needs("city:town", "transport"),
    project(
        "bus",
        since="2020",
        until="2021",
        status="finished",
        budget_minor=100_000,
        budget_currency="EUR",
        indicators=("10 buses",),
        resources_en="a depot",
    ),
    project("tram", since="2022-07", until=ONGOING, status="running"),
    project("bike", since="2021"),
    project("walk", until="2020-06-30"),
    project("dream"),
    project("own", since="2023", until="2023"),
    *map(part_of, ("bus", "tram", "bike", "walk", "dream")),
    takes_part("org:council", "project:bus", "leads"),
    takes_part(
        "org:uni", "project:bus", "partner", contribution_minor=5, contribution_currency="EUR"
    ),
    takes_part("org:uni", "project:own"),
    Funds(
        source="org:council",
        target="project:bus",
        amount_minor=7,
        amount_currency="EUR",
        instrument="grant",
        **SAID,
    ),
    Addresses(source="project:bus", target="theme:transport", **SAID),
    Needs(source="project:bus", target="theme:data", **SAID),
]


def views(*records: Record, scope: str = "city:town") -> tuple[Snapshot, Snapshot]:
    everything = Dataset.of([city(), PAGE, PAPER, *records])
    seen = Snapshot.of(everything, as_of=DAY, scope=scope)
    return Snapshot.of(everything, as_of=DAY, scope="all"), seen


def decided(slug, state, rank=None, note=""):
    return Decision(
        id=f"decision:no-{len(slug)}",
        pack="local",
        subject=f"project:{slug}",
        matter="priority",
        state=state,
        rank=rank,
        note=note,
    )


def standing(*made):
    return {one.subject: one for one in made}


def ids(found):
    return [step.id.partition(":")[2] for step in found.steps]


@pytest.fixture(scope="module")
def plan():
    return roadmap(*views(*PLAN), "programme:plan")


def test_a_project_holds_everything_that_is_recorded(plan):
    bus = next(step for step in plan.steps if step.id == "project:bus")
    assert [party.id for party in bus.leaders] == ["org:council"]
    assert [(one.id, one.role, one.contribution_minor) for one in bus.participants] == [
        ("org:uni", "partner", 5)
    ]
    assert (bus.themes, bus.needs, bus.answers) == (
        ("theme:transport",),
        ("theme:data",),
        ("theme:transport",),
    )
    assert [(one.id, one.amount_minor) for one in bus.funding] == [("org:council", 7)]
    assert (bus.resources.en, bus.indicators, bus.status) == ("a depot", ("10 buses",), "finished")
    assert bus.programmes == ("programme:plan",)
    assert "PART_OF|project:bus|programme:plan|" in bus.statements


def test_completeness_is_that_of_the_rule():
    everything, seen = views(*PLAN)
    gaps = {gap.subjects[0]: gap for gap in find_gaps(seen, ["G17"])[0].findings}
    for step in roadmap(everything, seen).steps:
        assert step.checks == details_of(gaps[step.id], ProjectDetails).checks
        assert step.passed == gaps[step.id].value


def test_a_programme_has_all_its_projects_and_a_scope_its_own(plan):
    assert {step.id: step.place for step in plan.steps} == {
        "project:bus": "member",
        "project:tram": "outside",
        "project:bike": "outside",
        "project:walk": "outside",
        "project:dream": "outside",
    }
    everything, seen = views(*PLAN)
    assert set(ids(roadmap(everything, seen))) == {"bus", "own"}
    assert "5" in plan.notes[1].en and "4 of 5" in plan.notes[1].en


def test_bars_by_hand(plan):
    # From 1 January 2020 to the end of 2024 (the day looked at is 1 January 2024): 1827 days.
    bars = {bar.id.partition(":")[2]: bar for bar in plan.strip.bars}
    assert [year for year, _ in plan.strip.years] == [2020, 2021, 2022, 2023, 2024]
    bus = bars["bus"]
    assert (bus.start, bus.end, bus.start_known, bus.ends) == (
        0,
        round(731 / 1827, 4),
        True,
        "known",
    )
    tram = bars["tram"]
    assert (tram.start, tram.ends) == (round(912 / 1827, 4), "ongoing")
    assert tram.end == round(1462 / 1827, 4)
    bike = bars["bike"]
    assert (bike.start, bike.end, bike.ends) == (round(366 / 1827, 4), 1, "unknown")
    walk = bars["walk"]
    assert (walk.start, walk.end, walk.start_known) == (0, round(182 / 1827, 4), False)
    assert plan.undated == ("project:dream",)


def test_fewer_than_three_dates_make_no_strip():
    found = roadmap(*views(*PLAN))
    assert found.strip is None and "Only 2" in found.reason.en


def test_odd_dates_still_make_a_strip():
    dates = {
        "old": ("0001", "0001"),
        "far": ("9999", "9999-12-31"),
        "later": ("2050", ONGOING),
        "day": ("2020-02-29", "2020-02-29"),
    }
    records = local("a")
    for slug, (since, until) in dates.items():
        records += [project(slug, since=since, until=until)]
        records += [takes_part("org:a", f"project:{slug}")]
    everything, seen = (
        Snapshot.of(Dataset.of([city(), PAGE, *records]), as_of="9999-12-31", scope=scope)
        for scope in ("all", "city:town")
    )
    strip = roadmap(everything, seen).strip
    assert len(strip.years) <= 12
    assert all(0 <= bar.start <= bar.end <= 1 for bar in strip.bars)


def test_people_decide_the_order():
    made = standing(
        decided("dream", "high", note="first of all"),
        decided("bike", "medium", 2),
        decided("walk", "medium", 1),
        decided("bus", "low"),
    )
    found = roadmap(*views(*PLAN), "programme:plan", made)
    assert ids(found) == ["dream", "walk", "bike", "bus", "tram"]
    assert (found.steps[0].priority, found.steps[0].why) == ("high", "first of all")
    assert ids(roadmap(*views(*PLAN), "programme:plan")) == ["bus", "bike", "tram", "dream", "walk"]


def steps_of(*made):
    return roadmap(*views(*PLAN), "programme:plan", standing(*made)).steps


def test_moving_numbers_the_order_once_and_then_exchanges_two():
    fresh = [decided(slug, "high") for slug in ("bus", "tram", "bike")]
    assert [s.id for s in steps_of(*fresh)[:3]] == ["project:bus", "project:bike", "project:tram"]
    assert moved(steps_of(*fresh), "project:tram", -1) == {
        "project:bus": 1,
        "project:tram": 2,
        "project:bike": 3,
    }
    ranked = [decided("bus", "high", 4), decided("tram", "high", 6), decided("bike", "high", 9)]
    assert moved(steps_of(*ranked), "project:tram", 1) == {"project:tram": 9, "project:bike": 6}


@pytest.mark.parametrize(
    ("project", "by"),
    [("project:bus", -1), ("project:tram", 1), ("project:dream", -1), ("project:nobody", 1)],
)
def test_nothing_moves_beyond_its_priority(project, by):
    steps = steps_of(decided("bus", "high", 1), decided("tram", "high", 2))
    assert moved(steps, project, by) == {}


levels = st.lists(
    st.tuples(st.sampled_from(["high", "low", ""]), st.none() | st.integers(1, 9)),
    min_size=5,
    max_size=5,
)


@given(levels, st.sampled_from(["bus", "tram", "bike", "walk", "dream"]), st.sampled_from([-1, 1]))
def test_a_move_exchanges_two_neighbours_and_back_again(given_, slug, by):
    made = {
        name: decided(name, state, rank)
        for name, (state, rank) in zip(
            ("bus", "tram", "bike", "walk", "dream"), given_, strict=True
        )
        if state
    }
    before = [step.id for step in steps_of(*made.values())]
    ranks = moved(steps_of(*made.values()), f"project:{slug}", by)
    after = dict(made)
    for about, rank in ranks.items():
        name = about.partition(":")[2]
        after[name] = decided(name, made[name].state, rank)
    now = [step.id for step in steps_of(*after.values())]
    if not ranks:
        assert now == before
        return
    place = before.index(f"project:{slug}")
    before[place], before[place + by] = before[place + by], before[place]
    assert now == before
    assert moved(steps_of(*after.values()), f"project:{slug}", -by)


@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(chance):
    shuffled = list(PLAN)
    chance.shuffle(shuffled)
    one, other = (roadmap(*views(*rows), "programme:plan") for rows in (PLAN, shuffled))
    assert one.to_dict() == other.to_dict()


def test_programmes_with_projects_those_of_the_scope_first():
    more = [
        takes_part("org:council", "programme:plan"),
        Programme(id="programme:a", name_en="a", **SAID),
        PartOf(source="project:bus", target="programme:a", **SAID),
    ]
    everything, seen = views(*PLAN, *more)
    found = [(one.id, one.projects, one.local) for one in programmes(everything, seen)]
    assert found == [("programme:plan", 5, True), ("programme:a", 1, False)]


def test_a_programme_that_is_not_recorded_is_not_found():
    with pytest.raises(NotFoundError):
        roadmap(*views(*PLAN), "programme:nothing")


def test_a_programme_without_a_project_in_the_view_has_an_empty_roadmap_that_says_so():
    everything, seen = views(*PLAN)
    found = roadmap(everything, seen, "programme:empty")
    assert found.steps == () and found.notes == (NO_PROJECT,)


def test_an_empty_scope_has_an_empty_roadmap():
    found = roadmap(*views())
    assert (found.steps, found.strip, found.undated) == ((), None, ())
