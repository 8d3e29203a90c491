"""The plan solved around what people decided; the town is that of the matching tests."""

from hypothesis import given
from hypothesis import strategies as st

from ecosystem.analysis.matching import allocate, review
from ecosystem.analysis.matching.board import subject
from ecosystem.model import Decision, Mentors, Record
from ecosystem.snapshot import Snapshot
from tests.unit.mentor_town import SAID, city, needs, offers, plain_view, town

TOWN: tuple[Record, ...] = (
    *town("a", "b"),
    city("x"),
    city("y"),
    needs("a", "water"),
    needs("b", "water"),
    offers("x", "water"),
    offers("y", "water", level=4),
)


def decided(*made: tuple[str, str, str]) -> dict[str, Decision]:
    """Decisions (mentee, mentor, state) in the order in which they were made."""
    return {
        subject(f"city:{mentee}", f"city:{mentor}"): Decision(
            id=f"decision:no-{number:06d}",
            pack="local",
            matter="match",
            subject=subject(f"city:{mentee}", f"city:{mentor}"),
            state=state,
        )
        for number, (mentee, mentor, state) in enumerate(made, 1)
    }


def pairs(board):
    return [(one.mentee[5:], one.mentor[5:]) for one in board.plan.pairs]


def load(board, mentor):
    return next(one for one in board.plan.loads if one.mentor == f"city:{mentor}")


def test_without_decisions_the_board_is_the_plan():
    snapshot = plain_view(*TOWN)
    assert review(snapshot, {}).plan == allocate(snapshot)


def test_a_declined_pair_stays_apart_and_others_move():
    snapshot = plain_view(*TOWN)
    assert pairs(review(snapshot, {}, capacity=1)) == [("a", "x"), ("b", "y")]
    board = review(snapshot, decided(("a", "x", "declined")), capacity=1)
    assert pairs(board) == [("a", "y"), ("b", "x")]
    assert [one.mentee for one in board.declined] == ["city:a"]


def test_a_lock_beyond_capacity_holds_and_the_overload_is_said():
    board = review(
        plain_view(*TOWN), decided(("a", "y", "locked"), ("b", "y", "locked")), capacity=1
    )
    assert pairs(board) == [("a", "y"), ("b", "y")]
    assert load(board, "y").overload == 1 and load(board, "x").overload == 0


def accepted_town(*more: Record) -> Snapshot:
    """The town after b was accepted for x: the tie that acceptance writes is there."""
    tie = Mentors(
        source="city:x",
        target="city:b",
        key="no-000001",
        since="2018",
        until="ongoing",
        **{**SAID, "rule": "decision:no-000001"},
    )
    return plain_view(*TOWN, tie, *more)


def test_an_accepted_pair_is_out_of_the_plan_and_uses_its_mentors_capacity():
    board = review(accepted_town(), decided(("b", "x", "accepted")), capacity=1)
    assert [(one.mentee, one.mentor) for one in board.accepted] == [("city:b", "city:x")]
    assert pairs(board) == [("a", "y")]
    assert (load(board, "x").busy, load(board, "x").assigned) == (1, 0)


def test_a_later_lock_of_a_city_overrules_the_earlier_one():
    board = review(plain_view(*TOWN), decided(("a", "x", "locked"), ("a", "y", "locked")))
    assert pairs(board)[0] == ("a", "y")
    assert [one.mentor for one in board.superseded] == ["city:x"]


def test_a_lock_of_a_city_with_an_accepted_mentor_has_no_effect():
    board = review(accepted_town(), decided(("b", "x", "accepted"), ("b", "y", "locked")))
    assert [one.mentor for one in board.superseded] == ["city:y"]
    assert pairs(board) == [("a", "x")]


def test_a_decision_about_a_city_that_is_no_more_is_said():
    board = review(plain_view(*TOWN), decided(("a", "gone", "locked")))
    assert [one.id for one in board.unknown] == ["decision:no-000001"]
    assert board.locked == ()


def test_a_capacity_set_by_hand_counts_and_is_said():
    board = review(plain_view(*TOWN), {}, capacities={"city:x": 0})
    assert pairs(board) == [("a", "y"), ("b", "y")]
    assert (load(board, "x").basis, load(board, "x").capacity) == ("tried", 0)
    assert any("for this trial only" in line.en for line in board.plan.assumptions)


def test_a_capacity_that_was_decided_is_kept_and_a_trial_goes_before_it():
    board = review(plain_view(*TOWN), {}, decided={"city:x": 0})
    assert pairs(board) == [("a", "y"), ("b", "y")]
    assert (load(board, "x").basis, load(board, "x").capacity) == ("decided", 0)
    assert any("was decided and is kept" in line.en for line in board.plan.assumptions)
    trial = review(plain_view(*TOWN), {}, decided={"city:x": 0}, capacities={"city:x": 2})
    assert (load(trial, "x").basis, load(trial, "x").capacity) == ("tried", 2)


@given(st.permutations([("a", "x", "declined"), ("b", "y", "locked"), ("a", "y", "declined")]))
def test_the_order_in_which_decisions_come_does_not_matter(made):
    snapshot = plain_view(*TOWN)
    board = review(snapshot, decided(*made))
    assert pairs(board) == [("b", "y")]
    assert [one.mentee for one in board.plan.unmatched] == ["city:a"]
