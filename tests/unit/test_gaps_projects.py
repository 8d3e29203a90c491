"""Projects by their checks."""

from ecosystem.analysis.gaps.projects import ProjectDetails, ProjectsSummary
from ecosystem.model import Addresses, Funds, Organisation, Project
from ecosystem.snapshot import Snapshot
from tests.tiny import tiny
from tests.unit.gap_town import (
    SAID,
    by_subject,
    covers,
    details_of,
    local,
    one_rule,
    takes_part,
    theme,
    view,
)

TOWN = "city:town"


def project(**own):
    return Project(id="project:p", name_en="P", **{**SAID, **own})


FULL = [
    project(since="2020", until="2022", indicators=("riders",)),
    *local("a"),
    *local("u", "university"),
    *local("g", "public-agency"),
    takes_part("org:a", "project:p", "leads"),
    takes_part("org:u", "project:p", "partner"),
    takes_part("org:g", "project:p", "partner"),
    Funds(source="org:g", target="project:p", **SAID),
    theme("t"),
    Addresses(source="project:p", target="theme:t", **SAID),
]


def checks(*records):
    (gap,) = one_rule(view(*records), "G17").findings
    return details_of(gap, ProjectDetails).checks


def test_a_complete_project_is_no_gap():
    result = one_rule(view(*FULL), "G17")
    assert (result.status, result.findings) == ("none found", ())
    assert details_of(result, ProjectsSummary).checks["sectors"] == {
        "yes": 1,
        "no": 0,
        "unknown": 0,
    }


def test_two_leaders_are_fine():
    second = takes_part("org:u", "project:p", "leads", key="2")
    assert one_rule(view(*FULL, second), "G17").findings == ()


def test_without_coverage_nothing_is_missing_only_unknown():
    found = checks(*local("a"), project(), takes_part("org:a", "project:p", "partner"))
    assert set(found.values()) == {"unknown"}
    result = one_rule(view(*local("a"), project(), takes_part("org:a", "project:p")), "G17")
    assert result.status == "not recorded"
    assert result.findings[0].value == 0.0


def test_coverage_of_the_project_turns_unknown_into_no():
    records = [*local("a"), project(), takes_part("org:a", "project:p", "partner")]
    kinds = ("PARTICIPATES_IN", "FUNDS", "ADDRESSES", "Project")
    sure = checks(*records, *(covers(kind, "project:p") for kind in kinds))
    assert set(sure.values()) == {"no"}
    scope = checks(*records, covers("FUNDS"))
    assert {name for name, state in scope.items() if state == "no"} == {"funding"}


def test_a_participant_of_unknown_sector_could_be_the_third():
    records = [r for r in FULL if r.id not in ("org:u", "LOCATED_IN|org:u|city:town|")]
    unknown = Organisation(id="org:u", name_en="u", **SAID)
    found = checks(*records, unknown, covers("PARTICIPATES_IN", "project:p"))
    assert found["sectors"] == "unknown"
    company = Organisation(id="org:u", name_en="u", form="company", **SAID)
    found = checks(*records, company, covers("PARTICIPATES_IN", "project:p"))
    assert found["sectors"] == "no"


def test_a_budget_without_a_funder_is_not_funding_and_a_contribution_is():
    records = [r for r in FULL if r.kind not in ("FUNDS", "Project")]
    poor = project(
        since="2020", until="2022", indicators=("x",), budget_minor=100, budget_currency="EUR"
    )
    assert checks(*records, poor)["funding"] == "unknown"
    paid = takes_part(
        "org:u", "project:p", "partner", contribution_minor=100, contribution_currency="EUR"
    )
    assert one_rule(view(*records, poor, paid), "G17").findings == ()


def test_no_project_is_not_recorded():
    assert one_rule(view(*local("a")), "G17").status == "not recorded"


def test_in_tiny_the_bus_lacks_records_and_the_need_is_mentored():
    snapshot = Snapshot.of(tiny(), as_of="2024-01-01", scope="city:alpha")
    gap = by_subject(one_rule(snapshot, "G17"))["bus"]
    assert gap.value == 4.0
    assert {c for c, s in details_of(gap, ProjectDetails).checks.items() if s == "unknown"} == {
        "funding",
        "theme",
        "indicator",
    }
    assert one_rule(snapshot, "G18").status == "none found"
