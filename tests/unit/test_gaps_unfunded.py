"""What gets no money."""

from ecosystem.analysis.gaps.unfunded import UnfundedSummary
from ecosystem.model import Addresses, Project
from tests.unit.gap_town import (
    SAID,
    by_subject,
    covers,
    details_of,
    funds,
    local,
    locals_of,
    needs,
    one_rule,
    programme,
    project_of_a,
    takes_part,
    theme,
    view,
)


def dry():
    return [
        *local("a"),
        *locals_of("xy", "university"),
        *project_of_a("p"),
        *project_of_a("q"),
        theme("t"),
        theme("v"),
        needs("city:town", "t"),
        needs("city:town", "v"),
        programme("one"),
        Addresses(source="project:p", target="theme:t", **SAID),
        Addresses(source="project:q", target="theme:v", **SAID),
        funds("programme:one", "project:p", 10),
    ]


def test_what_gets_no_money_is_absent_only_under_coverage():
    known = by_subject(one_rule(view(*dry(), covers("FUNDS")), "G16"))
    assert {name: gap.status for name, gap in known.items()} == {
        "academia": "absent",
        "v": "absent",
        "q": "absent",
    }
    unknown = by_subject(one_rule(view(*dry()), "G16"))
    assert {name: gap.status for name, gap in unknown.items()} == {
        "academia": "not recorded",
        "v": "not recorded",
    }
    assert all(gap.value is None and gap.reason for gap in unknown.values())
    assert "Record on what money these run: q" in unknown["v"].closing.en


def test_a_project_without_money_alone_is_not_a_clean_answer():
    result = one_rule(
        view(
            *local("a"),
            *project_of_a("p"),
            *project_of_a("q"),
            programme("one"),
            funds("programme:one", "project:p"),
        ),
        "G16",
    )
    assert (result.status, details_of(result, UnfundedSummary).projects) == (
        "not recorded",
        ("project:q",),
    )


def test_an_own_contribution_is_money():
    own = {"contribution_minor": 5, "contribution_currency": "EUR"}
    paid = [Project(id="project:p", name_en="p", **SAID), takes_part("org:a", "project:p", **own)]
    assert one_rule(view(*local("a"), *paid), "G16").status == "none found"


def test_nothing_to_fund_is_undefined():
    assert one_rule(view(), "G16").status == "undefined"
