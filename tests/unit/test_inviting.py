"""Lists of guests: a town worked out on paper, the laws of the places, hostile records."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.analysis.gaps import find_gaps
from ecosystem.analysis.inviting import compare, guests_of, invite, invited_guests
from ecosystem.analysis.inviting.places import ideal, in_turn, shares
from ecosystem.dataset import Dataset
from ecosystem.errors import NotFoundError, ParameterError
from ecosystem.model import (
    HELIX,
    Addresses,
    Broader,
    Enables,
    Event,
    Funds,
    MemberOf,
    Organisation,
    Person,
    Project,
)
from ecosystem.snapshot import Snapshot
from tests.unit.gap_town import (
    DAY,
    PAGE,
    PAPER,
    SAID,
    city,
    enables,
    local,
    locals_of,
    needs,
    offers,
    takes_part,
    theme,
    view,
)

FORMS = {
    "industry": "company",
    "academia": "university",
    "government": "public-authority",
    "civil society": "foundation",
    "other": "venue",
}


def event(slug, day):
    return Event(
        id=f"event:{slug}", name_en=slug, **({"since": day, "until": day} if day else {}), **SAID
    )


def project(slug, **own):
    return Project(id=f"project:{slug}", name_en=slug, **{**SAID, **own})


def addresses(what, slug):
    return Addresses(source=what, target=f"theme:{slug}", **SAID)


TOWN = [
    theme("transport"),
    theme("buses"),
    theme("ict"),
    theme("everything"),
    Broader(source="theme:buses", target="theme:transport", **SAID),
    Broader(source="theme:transport", target="theme:everything", **SAID),
    Enables(source="theme:ict", target="theme:transport", **SAID),
    *local("council", "public-authority", "administration"),
    *local("firm", "company"),
    *local("coder", "startup"),
    *local("uni", "university"),
    *local("vague", "association"),
    *local("idle", "foundation"),
    Organisation(id="org:abroad", name_en="abroad", form="company", **SAID),
    needs("city:town", "transport"),
    offers("org:firm", "buses"),
    offers("org:coder", "ict"),
    offers("org:vague", "everything"),
    project("bus", since="2019", until="2021"),
    addresses("project:bus", "transport"),
    takes_part("org:uni", "project:bus", since="2019", until="2022"),
    takes_part("org:abroad", "project:bus"),
    event("first", "2020-05-01"),
    event("second", "2022-05"),
    event("third", "2023"),
    event("fourth", "2021-01-01"),
    event("undated", ""),
    takes_part("org:council", "event:first"),
    takes_part("org:firm", "event:first"),
    takes_part("org:firm", "event:second"),
    takes_part("org:idle", "event:third"),
    takes_part("org:coder", "event:undated"),
    takes_part("org:uni", "event:fourth"),
    Person(id="person:ann", name_en="Ann a@b.eu", **SAID),
    MemberOf(
        source="person:ann",
        target="org:firm",
        role="Chair, +359 2 123 4567, x@y.bg",
        since="2020",
        **SAID,
    ),
    MemberOf(source="person:ann", target="org:coder", role="Founder", until="2019", **SAID),
]


@pytest.fixture
def snapshot():
    return view(*TOWN)


@pytest.fixture
def found(snapshot):
    return invite(snapshot, ["theme:transport"], 3)


def points(candidate):
    return {part.name: part.points for part in candidate.parts}


def everybody(found):
    return {one.id: one for one in (*found.guests, *found.runners_up)}


def test_points_of_each_on_paper(found):
    # Four candidates: council, firm, coder, uni; each has three others to meet.
    assert {i: points(one) for i, one in everybody(found).items()} == {
        "org:council": {"needs": 3, "new": 0.67},  # met firm of three others
        "org:firm": {"offers": 2, "new": 0.67},
        "org:coder": {"offers": 1, "new": 1},
        "org:uni": {"works": 3, "new": 1},
    }
    assert [one.score for one in found.guests] == [4, 3.67, 2.67]


def test_a_score_is_the_sum_of_its_parts(snapshot):
    gaps = find_gaps(snapshot, ["G02", "G10", "G14"])
    found = invite(snapshot, ["theme:transport", "theme:buses"], 9, gaps=gaps)
    for one in found.guests:
        assert one.score == pytest.approx(sum(part.points or 0 for part in one.parts))
        for part in one.parts:
            assert part.text.bg and part.text.en


def test_sectors_take_turns_and_the_second_of_a_sector_waits(found):
    assert [one.id for one in found.guests] == ["org:uni", "org:council", "org:firm"]
    assert [one.id for one in found.runners_up] == ["org:coder"]


def test_sectors_without_candidates_give_their_places_away_and_it_is_said(snapshot):
    quotas = {q.sector: q for q in invite(snapshot, ["theme:transport"], 4).quotas}
    assert [quotas[s].places for s in HELIX] == [1, 1, 1, 1]
    assert [quotas[s].invited for s in HELIX] == [2, 1, 1, 0]
    assert quotas["civil society"].note.en.endswith("places for other sectors: 1")
    assert quotas["industry"].note.en == "places from other sectors: 1"


def test_who_fits_no_sector_is_told_so_and_not_that_others_have_more_points():
    snapshot = view(
        theme("x"),
        *local("firm"),
        *local("hall", "venue"),
        offers("org:hall", "x"),
        offers("org:firm", "x"),
    )
    found = invite(snapshot, ["theme:x"], 1)
    (hall,) = found.left_out
    assert hall.reason.en == "“other” has no share, and the other sectors leave no place"
    given = invite(snapshot, ["theme:x"], 1, parts={"other": 2})
    assert [one.id for one in given.guests] == ["org:hall"]


def test_everybody_left_out_has_a_reason(found):
    reasons = {one.id: one.why for one in found.left_out}
    assert reasons == {
        "org:coder": "enough",
        "org:abroad": "external",
        "org:vague": "no link",
        "org:idle": "no link",
    }
    told = {one.id: one.reason.en for one in found.left_out}
    assert told["org:vague"] == "a link only to a broader theme is recorded: everything"
    assert told["org:idle"] == "no link to the theme is recorded"


def test_the_list_is_not_filled_up_without_a_reason(snapshot):
    found = invite(snapshot, ["theme:transport"], 30)
    assert len(found.guests) == 4 and not found.runners_up
    assert found.notes[0].en.startswith("30 were asked for, but only 4 have a recorded link")


def test_the_last_contact_is_the_latest_dated_part_or_not_recorded(snapshot):
    last = {i: one.last for i, one in everybody(invite(snapshot, ["theme:transport"], 9)).items()}
    assert (last["org:firm"].subject, last["org:firm"].day) == ("event:second", "2022-05")
    assert (last["org:uni"].subject, last["org:uni"].day) == ("project:bus", "2022")
    assert (last["org:coder"].subject, last["org:coder"].day) == ("event:undated", "")
    assert last["org:council"].others == 1
    nothing = view(theme("x"), *local("a"), offers("org:a", "x"))
    assert invite(nothing, ["theme:x"], 1).guests[0].last is None


def test_repeated_invitations_are_those_to_the_last_three_dated_events(found):
    assert found.last_events == ("event:third", "event:second", "event:fourth")
    repeated = {i: one.repeated for i, one in everybody(found).items()}
    assert repeated["org:firm"] == ("event:second",)
    assert repeated["org:council"] == ()


def test_who_met_whom(found):
    guests = {one.id: one for one in found.guests}
    assert guests["org:council"].met == ("org:firm",)
    assert guests["org:council"].strangers == ("org:uni",)


def test_nobody_is_called_new_whose_events_are_not_recorded():
    snapshot = view(theme("x"), *locals_of("ab"), offers("org:a", "x"), offers("org:b", "x"))
    found = invite(snapshot, ["theme:x"], 2)
    assert [points(one) for one in found.guests] == [{"offers": 3, "new": None}] * 2
    assert {one.score for one in found.guests} == {3}


def test_contacts_are_names_and_roles_of_today_without_addresses(snapshot):
    guests = everybody(invite(snapshot, ["theme:transport"], 9))
    (ann,) = guests["org:firm"].contacts
    assert (ann.name.en, ann.role, ann.since) == ("Ann", "Chair, ,", "2020")
    assert guests["org:coder"].contacts == ()
    hidden = invite(view(*TOWN, people=False), ["theme:transport"], 9)
    assert not any(one.contacts for one in hidden.guests)
    assert hidden.notes[-1].en == "No contact persons: this view leaves people out."


def test_must_and_never(snapshot):
    found = invite(
        snapshot, ["theme:transport"], 3, must=["org:idle", "org:abroad"], without=["org:uni"]
    )
    assert [one.id for one in found.guests[:2]] == ["org:abroad", "org:idle"]
    assert [one.set for one in found.guests] == [True, True, False]
    assert found.guests[0].external
    assert ("org:uni", "unwanted") in {(one.id, one.why) for one in found.left_out}
    full = invite(snapshot, ["theme:transport"], 1, must=["org:idle", "org:abroad"])
    assert len(full.guests) == 2 and "nobody was added" in full.notes[0].en


def test_who_no_longer_exists_is_not_invited():
    gone = Organisation(id="org:gone", name_en="gone", form="company", until="2020", **SAID)
    place = local("gone")[1]
    snapshot = view(theme("x"), gone, place, offers("org:gone", "x"))
    found = invite(snapshot, ["theme:x"], 3)
    assert found.guests == ()
    assert [one.why for one in found.left_out] == ["over"]


def test_gaps_give_points_to_both_sides_who_are_candidates(snapshot):
    gaps = find_gaps(snapshot, ["G14"])
    found = everybody(invite(snapshot, ["theme:transport"], 9, gaps=gaps))
    assert points(found["org:firm"])["G14"] == 1
    (part,) = [one for one in found["org:council"].parts if one.name == "G14"]
    assert part.partners == ("org:coder", "org:firm")
    alone = invite(snapshot, ["theme:transport"], 9, gaps=gaps, without=["org:firm", "org:coder"])
    assert "G14" not in points(everybody(alone)["org:council"])


def test_a_funder_of_a_project_works_on_its_theme():
    snapshot = view(
        theme("x"),
        *local("bank", "bank"),
        project("p"),
        addresses("project:p", "x"),
        takes_part("city:town", "project:p"),
        Funds(source="org:bank", target="project:p", **SAID),
    )
    (found,) = invite(snapshot, ["theme:x"], 1).guests
    assert (found.id, points(found)["works"]) == ("org:bank", 3)


def test_several_themes_add_up():
    snapshot = view(
        theme("x"),
        theme("y"),
        *local("a"),
        *local("b"),
        offers("org:a", "x"),
        offers("org:b", "x"),
        offers("org:b", "y"),
    )
    found = invite(snapshot, ["theme:x", "theme:y", "theme:x"], 2)
    assert [(one.id, one.score) for one in found.guests] == [("org:b", 6), ("org:a", 3)]


@pytest.mark.parametrize(
    ("themes", "size", "choices", "error"),
    [
        ([], 3, {}, ParameterError),
        (["theme:nothing"], 3, {}, NotFoundError),
        (["theme:transport"], 0, {}, ParameterError),
        (["theme:transport"], 501, {}, ParameterError),
        (["theme:transport"], 3, {"must": ["org:nobody"]}, NotFoundError),
        (["theme:transport"], 3, {"without": ["person:ann"]}, NotFoundError),
        (["theme:transport"], 3, {"must": ["org:uni"], "without": ["org:uni"]}, ParameterError),
        (["theme:transport"], 3, {"parts": dict.fromkeys(HELIX, 0)}, ParameterError),
        (["theme:transport"], 3, {"parts": {"industry": -1}}, ParameterError),
        (["theme:transport"], 3, {"parts": {"farming": 1}}, ParameterError),
    ],
)
def test_what_cannot_be_answered_is_refused(snapshot, themes, size, choices, error):
    with pytest.raises(error):
        invite(snapshot, themes, size, **choices)


def test_an_empty_town_has_an_empty_list():
    found = invite(view(theme("x")), ["theme:x"], 5)
    assert (found.guests, found.left_out) == ((), ())
    assert "only 0 have" in found.notes[0].en


def test_places_by_webster_on_paper():
    # 6 : 3 : 1 of ten, by largest quotient: 6 3 1.
    share = shares({"industry": 6, "academia": 3, "government": 1, "civil society": 0})
    assert dict(ideal(share, 10)) == {"industry": 6, "academia": 3, "government": 1}
    order = in_turn(share, {"industry": [1], "civil society": [2, 1], "academia": [9]}, {})
    assert list(order) == ["industry", "academia", "civil society", "civil society"]


sectors = st.sampled_from([*HELIX, "other"])
town = st.lists(st.tuples(sectors, st.sampled_from("xyz"), st.booleans()), max_size=14)
weights = st.dictionaries(sectors, st.integers(0, 5)).filter(
    lambda w: any({**dict.fromkeys(HELIX, 1), **w}.values())
)


def drawn_town(rows):
    """Organisations with a sector, a link to one of three themes, and perhaps an event."""
    records = [
        theme("x"),
        theme("y"),
        theme("z"),
        event("day", "2023-01-01"),
        Enables(source="theme:y", target="theme:x", **SAID),
    ]
    for number, (sector, slug, came) in enumerate(rows):
        who = f"a{number}"
        records += [*local(who, FORMS[sector]), offers(f"org:{who}", slug)]
        records += [takes_part(f"org:{who}", "event:day")] if came else []
    return records


@given(town, st.integers(1, 12), weights)
def test_a_longer_list_keeps_whoever_stood_on_a_shorter_one(rows, size, parts):
    snapshot = view(*drawn_town(rows))
    short, long = (invite(snapshot, ["theme:x"], n, parts=parts) for n in (size, size + 1))
    ids = [one.id for one in short.guests]
    assert [one.id for one in long.guests][: len(ids)] == ids
    assert len(long.guests) == min(size + 1, len(everybody(long)))
    assert sum(quota.places for quota in short.quotas) == size
    for quota in short.quotas:
        # Nobody is set here: a sector stays below its places only where nobody is left in it.
        assert quota.invited >= min(quota.places, quota.candidates)
        assert bool(quota.note.en) == (quota.invited != quota.places)
        assert "set on the list" not in quota.note.en


@given(town, st.randoms(use_true_random=False), st.integers(1, 12))
def test_the_order_of_rows_does_not_matter(rows, chance, size):
    records = [city(), PAGE, PAPER, *drawn_town(rows)]
    shuffled = list(records)
    chance.shuffle(shuffled)
    one, other = (
        invite(Snapshot.of(Dataset.of(some), scope="city:town", as_of=DAY), ["theme:x"], size)
        for some in (records, shuffled)
    )
    assert one.to_dict() == other.to_dict()


@given(town, st.integers(1, 12))
def test_everybody_is_on_the_list_or_left_out(rows, size):
    snapshot = view(*drawn_town(rows))
    found = invite(snapshot, ["theme:x"], size)
    chosen, left = {g.id for g in found.guests}, {g.id for g in found.left_out}
    assert chosen | left == {actor.id for actor in snapshot.actors()} and not chosen & left
    assert {one.id for one in found.runners_up} == {
        o.id for o in found.left_out if o.why == "enough"
    }


class TestComparing:
    def test_a_list_with_an_event(self, snapshot, found):
        room = guests_of(snapshot, "event:first")
        both = compare(snapshot, invited_guests(found), room)
        assert [one.id for one in both.both] == ["org:council", "org:firm"]
        assert [one.id for one in both.only_one] == ["org:uni"]
        assert both.only_other == ()
        industry = next(row for row in both.balance if row.sector == "industry")
        assert (industry.one, industry.one_share) == (1, pytest.approx(1 / 3))
        assert (industry.other, industry.other_share) == (1, 0.5)

    def test_an_empty_room_has_no_shares(self, snapshot, found):
        empty = view(*TOWN, event("empty", "2023"), scope="all")
        result = compare(empty, guests_of(empty, "event:empty"), invited_guests(found))
        assert {row.one_share for row in result.balance} == {None}

    def test_other_guests_are_counted_beside(self):
        snapshot = view(
            event("day", "2020"),
            takes_part("city:town", "event:day"),
            *local("a"),
            takes_part("org:a", "event:day"),
        )
        assert guests_of(snapshot, "event:day").beside == (("City", 1),)

    def test_an_unknown_event_offers_the_nearest(self, snapshot):
        with pytest.raises(NotFoundError) as caught:
            guests_of(snapshot, "event:frist")
        assert caught.value.nearest[0] == "event:first"

    @given(st.sets(st.integers(0, 8)), st.sets(st.integers(0, 8)))
    def test_the_two_sides_change_places(self, one, other):
        from ecosystem.analysis.inviting import Guests
        from ecosystem.values import Text

        snapshot = view(*locals_of(str(n) for n in range(9)))
        rooms = [Guests(Text("", ""), tuple(f"org:{n}" for n in ids)) for ids in (one, other)]
        there, back = compare(snapshot, *rooms), compare(snapshot, *reversed(rooms))
        assert (there.both, there.only_one) == (back.both, back.only_other)
        assert len(there.both) + len(there.only_one) == len(one)


def test_who_comes_only_by_what_enables_the_theme_stands_apart_and_points_give_the_order():
    # a offers x, b both, and c and d only e, which enables x; all are firms.
    snapshot = view(
        *locals_of("abcd"),
        theme("x"),
        theme("e"),
        enables("e", "x"),
        offers("org:a", "x"),
        offers("org:b", "e"),
        needs("org:b", "x"),
        offers("org:c", "e"),
        offers("org:d", "e"),
    )
    found = invite(snapshot, ["theme:x"], 4, must=["org:d"])
    assert [one.id for one in found.sure] == ["org:d", "org:b", "org:a"]
    assert [one.id for one in found.perhaps] == ["org:c"]
    scores = [one.score for one in found.sure if not one.set]
    assert scores == sorted(scores, reverse=True)
    assert {one.id for one in (*found.sure, *found.perhaps)} == {one.id for one in found.guests}
    assert any("Apart, as “maybe”" in line.en for line in found.assumptions)
