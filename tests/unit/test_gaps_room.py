"""Who is in the room only, worked by hand."""

import pytest

from ecosystem.analysis.gaps.room import HardlyInWorkDetails, ParticipationsSummary
from ecosystem.model import Event, Project
from tests.unit.gap_town import (
    SAID,
    covers,
    details_of,
    locals_of,
    one_rule,
    takes_part,
    view,
)


def in_projects(*parts):
    projects = {target for _, target in parts}
    return [
        *(Project(id=f"project:{one}", name_en=one, **SAID) for one in sorted(projects)),
        *(takes_part(f"org:{who}", f"project:{target}") for who, target in parts),
    ]


FIRMS, HALLS = [f"f{i:02d}" for i in range(12)], [f"u{i:02d}" for i in range(12)]


EACH_ITS_OWN = [(firm, f"p{i}") for firm in FIRMS for i in range(3)]


def test_a_sector_that_meets_and_never_works_is_named():
    event = Event(id="event:e", name_en="E", **SAID)
    ties = [takes_part(f"org:{hall}", "event:e") for hall in HALLS[:4]]
    rest = [(HALLS[0], "p0"), (HALLS[1], "p1")]
    snapshot = view(
        *locals_of(FIRMS),
        *locals_of(HALLS, "university"),
        event,
        *ties,
        *in_projects(*EACH_ITS_OWN, *rest),
    )
    (gap,) = one_rule(snapshot, "G02").findings
    assert gap.subjects == ("sector:academia",)
    assert gap.value == pytest.approx((2 / 38) / (12 / 24))
    assert details_of(gap, HardlyInWorkDetails).events == 4
    assert "org:u02" in details_of(gap, HardlyInWorkDetails).idle[:2]
    assert details_of(one_rule(snapshot, "G02"), ParticipationsSummary).roles == {
        "participant": {"industry": 36, "academia": 2}
    }


def test_no_participation_at_all_is_no_ratio():
    records = [*locals_of(FIRMS), *locals_of(HALLS, "university"), *in_projects(*EACH_ITS_OWN)]
    (gap,) = one_rule(view(*records), "G02").findings
    assert (gap.status, gap.value) == ("not recorded", None)
    (gap,) = one_rule(view(*records, covers("PARTICIPATES_IN")), "G02").findings
    assert (gap.status, gap.value) == ("absent", None)
    assert gap.reason.en.startswith("There is no participation")


def test_as_many_participations_as_its_size_is_no_gap():
    parts = [(one, f"p{i}") for i, one in enumerate((*FIRMS, *HALLS))]
    snapshot = view(*locals_of(FIRMS), *locals_of(HALLS, "university"), *in_projects(*parts))
    assert one_rule(snapshot, "G02").findings == ()
    assert [
        row.ratio for row in details_of(one_rule(snapshot, "G02"), ParticipationsSummary).by_sector
    ] == [1, 1]
