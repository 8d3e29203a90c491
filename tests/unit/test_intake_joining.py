"""What several sheets, rows and cells of one file say of one thing is one thing, tied as they say.

The sheets are small and made here; what people bring is of these shapes.
"""

from __future__ import annotations

import pytest

from ecosystem.analysis.profile import profile
from ecosystem.checks import check
from ecosystem.dataset import EMPTY, Dataset
from ecosystem.intake import cells
from ecosystem.intake.bringing import Prepared, Wanted, prepare
from ecosystem.intake.mapping import guessed, said, toml
from ecosystem.intake.participating import ORGANISATION_TOO
from ecosystem.intake.table_graph import Row, Table, TableGraph
from ecosystem.lenses import LENSES
from ecosystem.model import MemberOf, Organisation, ParticipatesIn, Theme
from ecosystem.questions.tables.looking import profile as profile_tables
from ecosystem.snapshot import Snapshot, project

ORGANISATIONS = """Organisation|City|Themes|Joint projects
Hub|Plovdiv|transport; energy|Smart; Green
Lab|Varna|energy|Smart"""
PEOPLE = """Name|Organisation|Role|Event|Date
Ana Petrova|Hub|Director|Forum|12.03.2026
Boris Kolev|Lab|guest|Forum|12.03.2026"""
GUESTS = """Name|Organisation|City|Role|Theme|Joint project|Event
Ana Petrova|Hub|Plovdiv|Director|transport; energy|Smart; Green|Forum
Boris Kolev|Lab|Varna|guest|energy|Smart|Forum"""


def graph(**sheets: str) -> TableGraph:
    """A workbook of sheets, whose cells stand between bars."""
    tables = []
    for name, text in sheets.items():
        header, *lines = (line.split("|") for line in text.splitlines())
        rows = [Row(f"{name}!{number}", line) for number, line in enumerate(lines, 2)]
        tables.append(Table(name, header, rows, letters=True))
    return TableGraph("xlsx", ("book.xlsx",), tables, sha256="0" * 64)


def prepared(told=None, stored=EMPTY, **sheets: str) -> Prepared:
    found = prepare(graph(**sheets), stored, Wanted(), told or {})
    assert isinstance(found, Prepared)
    assert check(found.dataset.merged(stored)) == []
    return found


def named(found: Prepared, kind: str) -> list[str]:
    nodes = found.dataset.of_kind(kind)
    return sorted(one.name_en or one.name_bg for one in nodes)


def ties(found: Prepared, kind: str) -> set[tuple[str, str]]:
    return {(one.source, one.target) for one in found.dataset.of_kind(kind)}


def remarks(found: Prepared) -> str:
    return "\n".join(one.message.en for one in found.draft.warnings())


# One thing in several sheets


def test_an_organisation_of_two_sheets_is_one_with_the_properties_of_one_and_the_ties_of_other():
    found = prepared(Organisations=ORGANISATIONS, People=PEOPLE)
    assert named(found, "Organisation") == ["Hub", "Lab"] and found.similar == []
    assert {one for one, _ in ties(found, "LOCATED_IN")} == {"org:hub", "org:lab"}
    assert ("person:ana-petrova", "org:hub") in ties(found, "MEMBER_OF")
    assert ("org:hub", "theme:energy") in ties(found, "OFFERS")
    # In whatever order the sheets stand.
    other = prepared(People=PEOPLE, Organisations=ORGANISATIONS)
    assert other.dataset.nodes.keys() == found.dataset.nodes.keys()


def test_another_spelling_is_one_thing_and_is_said():
    people = PEOPLE.replace("|Hub|", "|HUB|").replace("|Lab|", "|Лаб|")
    found = prepared(Organisations=ORGANISATIONS, People=people)
    hub, lab = found.dataset.nodes["org:hub"], found.dataset.nodes["org:lab"]
    assert named(found, "Organisation") == ["Hub", "Lab"] and isinstance(hub, Organisation)
    assert lab.name == ("Лаб", "Lab")
    assert "'Hub' and 'HUB' are one." in remarks(found)


@pytest.mark.parametrize(
    ("column", "one", "other"),
    [("City", "Varna", "Plovdiv"), ("Country", "BG", "RO"), ("PIC", "999812345", "999812346")],
)
def test_what_contradicts_stays_two_and_is_said(column, one, other):
    first = f"Organisation|{column}\nHub|{one}\nLab|{one}"
    second = f"Name|Organisation|{column}|Event\nAna Petrova|hub|{other}|Forum\nBoris|Lab||Forum"
    found = prepared(Organisations=first, People=second)
    assert len(named(found, "Organisation")) == 3
    assert "stays two" in remarks(found) and one in remarks(found) and other in remarks(found)


def test_a_place_that_is_written_otherwise_is_no_contradiction():
    first = "Organisation|City\nHub|Plovdiv\nLab|Varna"
    second = "Name|Organisation|City|Event\nAna|Hub|Пловдив|Forum\nBoris|Lab|Varna, Bulgaria|Forum"
    assert named(prepared(A=first, B=second), "Organisation") == ["Hub", "Lab"]


def test_who_may_be_either_of_two_stays_apart():
    first = "Organisation|City\nHub|Plovdiv\nHub |Varna"
    second = "Name|Organisation|Event\nAna|hub|Forum\nBoris|Lab|Forum"
    found = prepared(A=first.replace("Hub ", "HUB"), B=second)
    assert named(found, "Organisation") == ["HUB", "Hub", "Lab", "hub"]
    assert "may be any of those" in remarks(found)


def test_ids_of_the_file_go_before_its_names():
    found = prepared(A="Id|Name\n1|Hub\n2|Hub", B="Name|Organisation|Event\nAna|Hub|Forum")
    assert len(named(found, "Organisation")) == 3


def test_ties_find_what_another_sheet_names():
    links = "From|To|Type\nAna Petrova|Hub|works at\nHub|Lab|partner"
    found = prepared(People=PEOPLE, Links=links)
    assert named(found, "Organisation") == ["Hub", "Lab"] and found.draft.dangling == 0
    assert ties(found, "PARTNERS_WITH") == {("org:hub", "org:lab")}


# Rows of participation


def test_organisations_whose_people_are_in_one_project_are_joined_by_it():
    rows = "Person|Organisation|Role|Project\nAna|Hub|leads|Smart\nBoris|Lab|partner|Smart"
    found = prepared(Rows=rows)
    assert ties(found, "PARTICIPATES_IN") == {
        ("person:ana", "project:smart"),
        ("person:boris", "project:smart"),
        ("org:hub", "project:smart"),
        ("org:lab", "project:smart"),
    }
    tie = found.dataset.edges["PARTICIPATES_IN|org:hub|project:smart|"]
    assert isinstance(tie, ParticipatesIn)
    assert (tie.role, tie.standing, tie.rule) == ("leads", "inferred", ORGANISATION_TOO)
    assert tie.sources == found.dataset.edges["PARTICIPATES_IN|person:ana|project:smart|"].sources
    work = project(Snapshot.of(found.dataset, scope="all"), LENSES["work"])
    assert work.has_edge("org:hub", "org:lab")
    # What follows is no tie that the rows state.
    assert found.draft.counted_ties == 4
    assert "inferred from those of their people: 2." in remarks(found)


def test_what_is_inferred_stands_once_and_never_beside_what_is_stated():
    rows = """Person|Organisation|Role|Event
Ana|Hub|organiser|Forum
Vera|Hub|guest|Forum
|Lab|host|Forum
Boris|Lab|guest|Forum"""
    found = prepared(Rows=rows)
    of_hub = [one for one in found.dataset.of_kind("PARTICIPATES_IN") if one.source == "org:hub"]
    of_lab = [one for one in found.dataset.of_kind("PARTICIPATES_IN") if one.source == "org:lab"]
    # Of two people with two roles no role of the organisation follows.
    assert [(one.role, one.standing) for one in of_hub] == [("", "inferred")]
    assert [(one.role, one.standing) for one in of_lab] == [("host", "reported")]


def test_the_mapping_says_that_an_organisation_does_not_take_part_for_its_people():
    rows = "Person|Organisation|Project\nAna|Hub|Smart\nBoris|Lab|Smart"
    text = toml(guessed(graph(Rows=rows)).to_dict())
    assert "organisation_too = true" in text
    told = said(text.replace("organisation_too = true", "organisation_too = false"), "m.toml")
    found = prepared(told, Rows=rows)
    assert {one for one, _ in ties(found, "PARTICIPATES_IN")} == {"person:ana", "person:boris"}


@pytest.mark.parametrize("sign", ["; ", ";", " | "])
def test_a_cell_that_names_several_is_taken_apart(sign):
    rows = [
        ("Person", "Organisation", "Project", "Event"),
        ("Ana", "Hub", f"Smart{sign}Green", f"Forum{sign}Fair"),
        ("Boris", f"Lab{sign}Hub", "Smart", "Forum"),
    ]
    table = Table("Rows", list(rows[0]), [Row(f"Rows!{n}", one) for n, one in enumerate(rows[1:])])
    found = prepare(TableGraph("xlsx", ("a.xlsx",), [table], sha256="0" * 64), EMPTY, Wanted())
    assert isinstance(found, Prepared)
    assert named(found, "Project") == ["Green", "Smart"] and named(found, "Event") == [
        "Fair",
        "Forum",
    ]
    assert {one for _, one in ties(found, "MEMBER_OF") if _ == "person:boris"} == {
        "org:lab",
        "org:hub",
    }


def test_a_comma_in_a_name_a_sign_of_a_page_and_a_numbered_title_are_not_taken_apart():
    assert cells.apart("Smart, Green") == ["Smart, Green"]
    assert cells.apart("R&amp;D Centre; Lab") == ["R&amp;D Centre", "Lab"]
    rows = "Project|Project id|Partner\nSmart; or not|7|Hub\nGreen|8|Lab"
    assert named(prepared(Rows=rows), "Project") == ["Green", "Smart; or not"]


def test_who_belongs_where_is_not_guessed():
    rows = "Person|Organisation|Event\nAna; Vera|Hub; Lab|Forum\nBoris|Hub|Forum"
    found = prepared(Rows=rows)
    assert ties(found, "MEMBER_OF") == {("person:boris", "org:hub")}
    assert {"memberships"} == {one.loss.what.en for one in found.draft.left_out()}


# What columns mean


def test_themes_and_joint_projects_in_rows_of_participation_are_the_organisation_s():
    found = prepared(Rows=GUESTS)
    meant = found.mapping.tables["Rows"].columns
    assert (meant["Theme"], meant["Joint project"]) == ("themes", "projects")
    assert ties(found, "OFFERS") == {
        ("org:hub", "theme:transport"),
        ("org:hub", "theme:energy"),
        ("org:lab", "theme:energy"),
    }
    assert ("org:hub", "project:green") in ties(found, "PARTICIPATES_IN")
    tie = found.dataset.edges["PARTICIPATES_IN|org:lab|project:smart|"]
    assert tie.standing == "reported" and not tie.own
    # As the same read from two sheets.
    two = prepared(Organisations=ORGANISATIONS, People=PEOPLE)
    assert ties(two, "OFFERS") == ties(found, "OFFERS")
    assert ties(two, "PARTICIPATES_IN") == ties(found, "PARTICIPATES_IN")


def test_a_theme_that_is_the_same_for_a_project_is_the_project_s():
    rows = "Project|Theme|Partner\nSmart|energy|Hub\nSmart|energy|Lab\nGreen|water|Hub"
    found = prepared(Rows=rows)
    assert ties(found, "ADDRESSES") == {
        ("project:smart", "theme:energy"),
        ("project:green", "theme:water"),
    }


@pytest.mark.parametrize("other", ["Name|Organisation|Event|", "Име|Организация|Събитие|"])
@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("Joint projects", "projects"),
        ("Joint project", "projects"),
        ("Съвместни проекти", "projects"),
        ("Съвместен проект", "projects"),
        ("Common projects", "projects"),
        ("Projects in common", "projects"),
        ("Partner projects", "projects"),
        ("Общи проекти", "projects"),
        ("Theme", "themes"),
        ("Тема", "themes"),
        ("Темите", "themes"),
    ],
)
def test_headers_say_what_they_mean_in_either_reading(header, meaning, other):
    rows = f"{other}{header}\nAna|Hub|Forum|A; B"
    found = guessed(graph(Rows=rows)).tables["Rows"]
    assert (found.shape, found.columns[header]) == ("participation", meaning)
    alone = guessed(graph(Rows=f"Organisation|{header}\nHub|A; B")).tables["Rows"]
    assert (alone.shape, alone.columns[header]) == ("nodes", meaning)


@pytest.mark.parametrize(
    ("rows", "shape", "column", "meaning"),
    [
        (GUESTS, "participation", "City", "latitude"),
        (ORGANISATIONS, "nodes", "City", "role"),
        ("From|To|Place\nA|B|Varna\nB|C|Varna", "ties", "Place", "venue"),
    ],
)
def test_a_meaning_that_says_nothing_in_such_rows_is_said(rows, shape, column, meaning):
    told = {"tables": {"Rows": {"shape": shape, "columns": {column: meaning}}}}
    assert f"the column {column!r} cannot be" in remarks(prepared(told, Rows=rows))
    assert "cannot be" not in remarks(prepared(Rows=rows))


# Words for ties


def linked(word: str, *kinds: str) -> Prepared:
    one, other = kinds
    nodes = f"Label|Type\nA|{one}\nB|{other}"
    return prepared(Elements=nodes, Connections=f"From|To|Type\nA|B|{word}")


@pytest.mark.parametrize(
    ("word", "ends", "kind"),
    [
        ("Employee/Founder", ("Person", "Company"), "MEMBER_OF"),
        ("Co-founder", ("Person", "Company"), "MEMBER_OF"),
        ("съосновател", ("Човек", "Фирма"), "MEMBER_OF"),
        ("Изпълнителен директор", ("Person", "Company"), "MEMBER_OF"),
        ("Chair and member", ("Person", "Company"), "MEMBER_OF"),
        ("Investor", ("Person", "Company"), "FUNDS"),
        ("инвеститор", ("Company", "Company"), "FUNDS"),
        ("partner of", ("Company", "Company"), "PARTNERS_WITH"),
        # A company that founded another is no member of it, and a rival is nothing of ours.
        ("Founder", ("Company", "Company"), "RELATED_TO"),
        ("rival", ("Person", "Company"), "RELATED_TO"),
    ],
)
def test_a_word_says_what_a_tie_is_by_what_it_stands_between(word, ends, kind):
    found = linked(word, *ends)
    assert found.mapping.ties == {word: kind} and len(ties(found, kind)) == 1


def test_a_membership_that_leads_from_the_organisation_is_turned():
    nodes = "Label|Type\nA|Company\nB|Person"
    found = prepared(Elements=nodes, Ties="From|To|Type|Directed\nA|B|Founder|yes")
    assert ties(found, "MEMBER_OF") == {("person:b", "org:a")}


def test_how_many_ties_stay_of_no_kind_is_said_with_what_to_do():
    nodes = "Label|Type\nA|Person\nB|Company"
    loops = "\n".join(["A|A|rival"] * 30)
    found = prepared(Elements=nodes, Connections=f"From|To|Type\n{loops}\nA|B|rival")
    # What is of the whole file stands before what is of a row.
    first = found.draft.warnings()[0].message.en
    assert "Other tie': 1 ('rival')" in first and "[ties]" in first
    assert "Other tie" not in remarks(linked("Investor", "Person", "Company"))


@pytest.mark.parametrize(
    ("word", "shown"), [("Founder", "Founder"), ("Investor", "Investor"), ("rival", "rival")]
)
def test_the_word_of_a_tie_stands_beside_it(word, shown):
    found = linked(word, "Person", "Company")
    table = profile_tables(profile(Snapshot.of(found.dataset, scope="all"), "org:b")).tables[1]
    assert table.rows[0][3].en == shown


def test_a_role_that_is_not_of_the_model_stands_beside_its_tie():
    found = prepared(People=PEOPLE)
    asked = Snapshot.of(found.dataset, scope="all")
    table = profile_tables(profile(asked, "person:ana-petrova")).tables[1]
    assert "Director" in [row[3].en for row in table.rows]


# Themes


THEMES = Dataset.of(
    [
        Theme(
            id="theme:transport",
            pack="themes",
            name_en="Transport and mobility",
            name_bg="Транспорт и мобилност",
            definition_en="d",
            definition_bg="д",
            aliases=("mobility",),
            standing="illustrative",
        ),
        Theme(
            id="theme:e-government",
            pack="themes",
            name_en="E-government",
            name_bg="Електронно управление",
            definition_en="d",
            definition_bg="д",
            standing="illustrative",
        ),
    ]
)


@pytest.mark.parametrize(
    ("word", "theme"),
    [
        # By the list of the vocabulary, by an alias, by another spelling of a name.
        ("transport", "theme:transport"),
        ("Mobility", "theme:transport"),
        ("e-government", "theme:e-government"),
        ("електронно управление", "theme:e-government"),
        # What nothing says is a theme of its own.
        ("transport of cheese", "theme:transport-of-cheese"),
    ],
)
def test_a_word_for_a_theme_meets_the_theme_that_the_vocabulary_says(word, theme):
    found = prepared(stored=THEMES, Rows=f"Organisation|City|Themes\nHub|Varna|{word}\nLab|Varna|")
    assert ties(found, "OFFERS") == {("org:hub", theme)}
    assert ("is read as the theme" in remarks(found)) is (theme in THEMES.nodes)


def test_a_post_in_the_column_of_roles_is_held_in_the_organisation():
    made = prepared(people=PEOPLE).dataset
    posts = {one.role for one in made.of_kind("MEMBER_OF") if isinstance(one, MemberOf)}
    assert posts == {"Director", ""}
    (part,) = (
        one
        for one in made.of_kind("PARTICIPATES_IN")
        if isinstance(one, ParticipatesIn) and one.source == "person:ana-petrova"
    )
    assert ("role", "Director") in part.own, "the row says it of the event, too"
