"""Plans for all cities at once, checked against all plans."""

from itertools import permutations
from math import fsum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.analysis.matching import allocate, rank_mentors
from ecosystem.analysis.matching.allocation import gini
from ecosystem.dataset import Dataset
from ecosystem.errors import NotFoundError, ParameterError
from ecosystem.model import (
    Mentors,
)
from ecosystem.snapshot import Snapshot
from tests.unit.mentor_town import (
    DAY,
    NEEDLESS,
    SAID,
    city,
    joins,
    needs,
    offers,
    plain_view,
    theme,
    town,
    view,
)

MENTORS = ("m-one", "m-two", "m-three")


def test_the_plan_is_best_for_all_and_not_for_whoever_comes_first():
    # all could go to x; b and c have nobody else
    snapshot = plain_view(
        *town("a", "b", "c"),
        city("x"),
        city("y"),
        needs("a", "buses"),
        needs("b", "water"),
        needs("c", "water", key="2"),
        offers("x", "buses"),
        offers("x", "water"),
        offers("y", "buses", level=4),
    )
    plan = allocate(snapshot, capacity=1)
    assert [(p.mentee, p.mentor) for p in plan.pairs] == [
        ("city:a", "city:y"),
        ("city:b", "city:x"),
    ]
    assert plan.total == pytest.approx(1.8)
    assert plan.first_come_total == pytest.approx(1.0)
    assert [u.mentee for u in plan.unmatched] == ["city:c"]
    assert plan.unmatched[0].reason.en == "The suitable mentors have no capacity left."
    assert plan.coverage == pytest.approx(2 / 3)
    assert {x.mentor: x.assigned for x in plan.loads} == {"city:x": 1, "city:y": 1}
    assert plan.gini == 0
    assert "The capacity of 2 of 2 mentors is not recorded" in plan.assumptions[3].en


def test_cities_without_needs_are_listed_and_those_that_seek_a_mentor_come_first():
    snapshot = view(
        *town("idle", "later"),
        city("x"),
        offers("x", "water"),
        joins("later", "programme:net", "challenge"),
    )
    assert allocate(snapshot).unmatchable == ("city:later", "city:idle")
    assert "city:x" not in allocate(snapshot).unmatchable


def test_a_mentee_that_nobody_suits_is_left_alone_with_a_reason():
    snapshot = view(*town("a"), needs("a", "ict"), city("x"), offers("x", "water"))
    plan = allocate(snapshot, capacity=5)
    assert [(u.mentee, u.reason.en) for u in plan.unmatched] == [
        ("city:a", "Nobody is recorded to offer anything that it needs.")
    ]


def test_recorded_capacity_counts_and_only_mentoring_in_force_uses_it_up():
    snapshot = view(
        *town("a"),
        needs("a", "water"),
        city("x"),
        offers("x", "water"),
        joins("x", "programme:net", "mentor", capacity=2, since="2023", until="ongoing"),
        Mentors(source="city:x", target="city:seeker", since="2024", until="2025", **SAID),
    )
    plan = allocate(snapshot, capacity=0)
    assert [(p.mentee, p.mentor) for p in plan.pairs] == [("city:a", "city:x")]
    (load,) = plan.loads
    assert (load.capacity, load.basis, load.busy, load.assigned) == (2, "recorded", 1, 1)
    unknown = view(
        *town("a"),
        needs("a", "water"),
        city("x"),
        offers("x", "water"),
        Mentors(source="city:x", target="city:seeker", since="2019", **SAID),
    )
    assert allocate(unknown, capacity=2).loads[0].busy == 0


def test_locks_and_exclusions_hold_and_the_pairs_that_moved_are_told():
    snapshot = plain_view(
        *town("a", "b"),
        city("x"),
        city("y"),
        needs("a", "buses"),
        needs("b", "buses"),
        needs("b", "water"),
        offers("x", "buses"),
        offers("y", "buses", level=3),
    )
    free = allocate(snapshot, capacity=1)
    assert free.moved == () and free.total_before is None
    first = {p.mentee: p.mentor for p in free.pairs}
    assert first["city:a"] == "city:x"
    plan = allocate(snapshot, capacity=1, locks=[("city:b", "city:x")])
    assert [(p.mentee, p.mentor, p.locked) for p in plan.pairs] == [
        ("city:a", "city:y", False),
        ("city:b", "city:x", True),
    ]
    assert [(m.mentee, m.before, m.after) for m in plan.moved] == [("city:a", "city:x", "city:y")]
    assert plan.total_before == pytest.approx(free.total)
    barred = allocate(snapshot, capacity=1, exclusions=[("city:a", "city:x")])
    assert ("city:a", "city:x") not in [(p.mentee, p.mentor) for p in barred.pairs]


def test_what_need_not_move_stays():
    # four mentees and two equal mentors: any split is best, and a lock moves as few as it can
    slugs = ("a", "b", "c", "d")
    snapshot = plain_view(
        *town(*slugs),
        city("x"),
        city("y"),
        *(needs(slug, "water") for slug in slugs),
        offers("x", "water"),
        offers("y", "water"),
    )
    free = {p.mentee: p.mentor for p in allocate(snapshot, capacity=3).pairs}
    other = {"city:x": "city:y", "city:y": "city:x"}[free["city:a"]]
    plan = allocate(snapshot, capacity=3, locks=[("city:a", other)])
    assert len(plan.moved) <= 1


def test_the_minimum_is_printed_and_holds():
    snapshot = view(*town("a"), needs("a", "water"), city("x"), offers("x", "water", level=2))
    assert len(allocate(snapshot).pairs) == 2
    plan = allocate(snapshot, minimum=0.4)
    assert [p.mentee for p in plan.pairs] == ["city:a"]
    assert "Lowest score admitted: 0.40." in [text.en for text in plan.assumptions]


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"capacity": -1}, "capacity"),
        ({"minimum": -0.5}, "minimum"),
        ({"locks": [("city:a", "city:x"), ("city:a", "city:y")]}, "locked twice"),
        ({"locks": [("city:a", "city:x")], "exclusions": [("city:a", "city:x")]}, "excluded"),
    ],
)
def test_contradictions_are_refused(choices, message):
    snapshot = view(*town("a", "b"), city("x"), city("y"), offers("x", "water"))
    with pytest.raises(ParameterError, match=message):
        allocate(snapshot, **choices)


def test_a_lock_on_something_unknown_is_refused():
    with pytest.raises(NotFoundError):
        allocate(view(), locks=[("city:seeker", "city:nowhere")])


def test_a_lock_holds_without_a_score():
    plan = allocate(view(*town("idle"), city("x")), locks=[("city:idle", "city:x")])
    assert [(p.mentee, p.mentor, p.match.score) for p in plan.pairs] == [
        ("city:idle", "city:x", None)
    ]
    assert plan.total == 0 and plan.coverage == 0


def test_gini_of_loads():
    assert gini([1, 1, 1]) == 0
    assert gini([3, 0, 0]) == pytest.approx(2 / 3)
    assert gini([0, 0]) is None
    assert gini([4]) is None


levels = st.lists(
    st.lists(st.sampled_from([0, 1, 2, 3, 4, 5]), min_size=3, max_size=3), min_size=1, max_size=4
)


def best_total(scores: list[list[float]], capacity: int) -> float:
    """The greatest total over every plan, one by one."""
    columns = [c for c in range(len(scores[0])) for _ in range(capacity)] + [None] * len(scores)
    return max(
        fsum(row[c] for row, c in zip(scores, plan, strict=True) if c is not None)
        for plan in set(permutations(columns, len(scores)))
    )


@settings(max_examples=40, deadline=None)
@given(levels, st.integers(0, 2), st.randoms(use_true_random=False))
def test_no_plan_beats_the_allocation(table, capacity, random):
    mentees = [f"t-{n}" for n in range(len(table))]
    rows = [*map(city, MENTORS), *town(*mentees)]
    for number, (mentee, values) in enumerate(zip(mentees, table, strict=True)):
        rows += [theme(f"k-{number}"), needs(mentee, f"k-{number}")]
        rows += [
            offers(mentor, f"k-{number}", level=level)
            for mentor, level in zip(MENTORS, values, strict=True)
            if level
        ]
    shuffled = [*NEEDLESS, *rows]
    random.shuffle(shuffled)
    plan = allocate(Snapshot.of(Dataset.of(shuffled), as_of=DAY), capacity=capacity)
    scores = [[level / 5 for level in values] for values in table]
    assert plan.total == pytest.approx(best_total(scores, capacity))
    assert plan.first_come_total <= plan.total + 1e-9
    given_to = [p.mentor for p in plan.pairs]
    assert all(given_to.count(mentor) <= capacity for mentor in given_to)
    assert len(plan.pairs) + len(plan.unmatched) == len(mentees)


def helped(*more):
    """A city that needs t, and three cities abroad that offer it, one of them nearby."""
    return plain_view(
        *(city(name, land) for name, land in LANDS.items()),
        theme("t"),
        needs("home", "t"),
        *(offers(name, "t") for name in LANDS if name != "home"),
        *more,
    )


LANDS = {"home": "BG", "near": "BG", "far": "IT", "away": "FR"}


def advises(mentor, mentee, **own):
    return Mentors(source=f"city:{mentor}", target=f"city:{mentee}", **{**SAID, **own})


def test_who_stays_without_is_told_which_condition_rules_out_whom():
    out = [("city:home", "city:far"), ("city:home", "city:away")]
    plan = allocate(helped(), exclusions=out)
    (one,) = plan.unmatched
    assert one.reason.en == (
        "Those who could help are ruled out: declined – Away and Far; of the same country – Near."
    )
    dear = allocate(helped(), minimum=9)
    assert dear.unmatched[0].reason.en.endswith("; with a score below 9.00 – Away and Far.")
    nobody = allocate(plain_view(city("home"), theme("t"), needs("home", "t")))
    assert nobody.unmatched[0].reason.en == "Nobody is recorded to offer anything that it needs."


def test_advice_of_unknown_end_is_told_beside_what_is_sure():
    more = [city("one"), city("two"), advises("far", "one", since="2018"), advises("far", "two")]
    snapshot = helped(*more)
    (load,) = [one for one in allocate(snapshot).loads if one.mentor == "city:far"]
    assert load.busy + load.perhaps == 2
    assert load.perhaps and "of unknown end" in load.advises.en
    first = rank_mentors(snapshot, "city:home").suggestions
    notes = {m.mentor: [n.text.en for n in m.history] for m in first}
    assert any("of unknown end" in text for text in notes["city:far"])
    assert not any("of unknown end" in text for text in notes["city:away"])


def test_how_many_carry_the_plan_is_said_in_words():
    assert allocate(helped()).carried_by.en == "1 of 3 mentors carries the whole plan."
    assert allocate(plain_view(city("home"))).carried_by is None


def test_the_first_is_first_for_a_reason_in_plain_words():
    answer = rank_mentors(helped(), "city:home", other_country=False).answer
    assert answer.en.startswith("First place is shared by")
    alone = plain_view(
        city("home"),
        city("far"),
        theme("t"),
        needs("home", "t"),
        offers("far", "t"),
    )
    said = rank_mentors(alone, "city:home", other_country=False).answer.en
    assert "It is first because it serves 100\u00a0% of the needs" in said
