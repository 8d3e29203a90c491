"""Formats of publishers: known by their columns, mapped without a question, counted by hand."""

from __future__ import annotations

import csv
import gzip
import json
import shutil
from pathlib import Path

import pytest

from ecosystem.dataset import Dataset, counts
from ecosystem.intake import bringing, published
from ecosystem.intake.apart import USUAL
from ecosystem.intake.bringing import Prepared
from ecosystem.intake.gathering import graphs_of
from ecosystem.intake.meanings import MEANINGS
from ecosystem.intake.table_graph import FORMATS, TableGraph
from ecosystem.talking import quiet

SHARED = Path(__file__).parents[3] / "shared" / "data" / "city_networks"
ORGANIZATION = (
    "projectID;projectAcronym;organisationID;vatNumber;name;shortName;SME;activityType;street;"
    "postCode;city;country;organizationURL;contactForm;contentUpdateDate;rcn;order;role;"
    "ecContribution\n"
    "101;LIGHT;999882000;BG1;University | East;UE;false;HES;;;Sofia;BG;https://ue.example;"
    "https://ask.example;2024;555;1;coordinator;100\n"
    "101;LIGHT;998616262;;Acme; A;true;PRC;;;Graz;AT;;;;555;2;participant;50\n"
    "102;DARK;999882000;BG1;University | East;UE;false;HES;;;Sofia;BG;;;;556;1;participant;10\n"
)
PROJECT = (
    "id;acronym;status;title;startDate;endDate;totalCost;ecMaxContribution;legalBasis;objective;rcn\n"
    "101;LIGHT;SIGNED;Light for all;2023-01-01;2025-12-31;180;150;H;To light.;555\n"
    "102;DARK;CLOSED;Dark;2022-01-01;2023-12-31;10;10;H;To dark.;556\n"
)
SLIM = (
    "rcn,role,pic,type,contribution,country,start_date,end_date,nunique\n"
    "555,coordinator,999882000,HES,100,BG,2023-01-01,2025-12-31,2\n"
    "555,participant,998616262,PRC,50,AT,2023-01-01,2025-12-31,2\n"
)
PARTNERS = (
    "Programme,Acronym,Project Partner,Lead Partner,Town,Country,Website\n"
    "North,CO;OP,Town A,Yes,Sofia,Bulgaria,http://north.example\n"
    "South,CO;OP,Town A,No,Sofia,Bulgaria,http://south.example\n"
    "North,CO;OP,Town B,No,Graz,Austria,http://north.example\n"
)
PROJECTS = (
    "Programme,Acronym,Project Name,Lead Partner,Period,Project start,Project end\n"
    "North,CO;OP,Working together,Town A,2014-2020,2015/10/27,2019/09/30\n"
    "South,CO;OP,Another,Town C,2014-2020,2016/01/01,2018/12/31\n"
)
EDGES = (
    "From Type,From Name,Edge,To Type,To Name,Weight\n"
    "Person,Ann,works at,Company,Acme,1\nCompany,Acme,funds,Project,Light,2\n"
)
NODES = "Type,Name,Description,Image,Reference\nPerson,Ann,Somebody,,\nCompany,Acme,,i.png,\n"


def prepared(*files: Path) -> Prepared:
    (graph,) = graphs_of(files, quiet, USUAL)
    assert isinstance(graph, TableGraph), graph
    made = bringing.prepare(graph, Dataset.of([]), bringing.Wanted())
    assert isinstance(made, Prepared)
    return made


@pytest.fixture
def write(tmp_path):
    def file(name: str, text: str) -> Path:
        path: Path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return file


def test_the_mappings_say_only_what_a_mapping_can():
    for one in published.formats():
        assert one.format in FORMATS and one.tables
        for table in one.tables:
            assert set(table.columns.values()) <= set(MEANINGS), one.name
            assert {"shape", "columns", "has"} <= table.said.keys()


def test_cordis_as_published_is_one_import_of_its_two_files(write):
    made = prepared(write("organization.csv", ORGANIZATION), write("project.csv", PROJECT))
    assert made.draft.graph.format == "cordis"
    assert "Recognised as CORDIS" in made.draft.warnings()[0].message.en
    assert (made.draft.counted_nodes, made.draft.counted_ties) == (4, 3)
    found = counts(made.dataset)
    assert {k: found[k] for k in ("Organisation", "Project", "PARTICIPATES_IN")} == {
        "Organisation": 2,
        "Project": 2,
        "PARTICIPATES_IN": 3,
    }
    names = {getattr(one, "name_en", "") for one in made.dataset.of_kind("Organisation")}
    assert "University | East" in names, "a name is one, whatever signs stand in it"
    assert {getattr(one, "pic", "") for one in made.dataset.of_kind("Organisation")} == {
        "999882000",
        "998616262",
    }
    assert {getattr(one, "since", "") for one in made.dataset.of_kind("Project")} == {
        "2023-01-01",
        "2022-01-01",
    }
    assert "ask.example" not in str(made.dataset.records)


def test_what_has_a_number_alone_is_called_by_it(write):
    made = prepared(write("slim.csv", SLIM))
    assert (made.draft.graph.format, made.draft.counted_nodes, made.draft.counted_ties) == (
        "cordis",
        3,
        2,
    )
    assert {getattr(one, "name_en", "") for one in made.dataset.of_kind("Organisation")} == {
        "PIC 999882000",
        "PIC 998616262",
    }


def test_an_acronym_of_keep_is_one_project_within_its_programme(write):
    made = prepared(write("partners.csv", PARTNERS), write("projects.csv", PROJECTS))
    assert made.draft.graph.format == "keep.eu"
    assert (made.draft.counted_nodes, made.draft.counted_ties) == (6, 5)
    projects = made.dataset.of_kind("Project")
    assert sorted(getattr(one, "since", "") for one in projects) == ["2015-10-27", "2016-01-01"]
    assert all(not getattr(one, "website", "") for one in made.dataset.of_kind("Organisation"))


def test_graph_commons_is_read_from_its_sheets_and_its_json(write):
    alone = prepared(write("edges.csv", EDGES))
    assert (alone.draft.graph.format, alone.draft.counted_nodes, alone.draft.counted_ties) == (
        "graphcommons-csv",
        3,
        2,
    )
    assert counts(alone.dataset)["Person"] == counts(alone.dataset)["Project"] == 1
    both = prepared(write("nodes.csv", NODES + "Project,Light,,,\n"), write("edges.csv", EDGES))
    assert (both.draft.counted_nodes, both.draft.counted_ties) == (3, 2)
    said = {
        "graph": {
            "name": "g",
            "nodes": [
                {"id": "a", "type": "Person", "type_id": "t", "name": "Ann"},
                {"id": "b", "type": "Company", "type_id": "u", "name": "Acme", "properties": {}},
            ],
            "edges": [{"id": "e", "from": "a", "to": "b", "name": "WORKS AT", "properties": {}}],
        }
    }  # fmt: skip
    whole = prepared(write("graph.json", json.dumps(said)))
    assert (whole.draft.graph.format, whole.draft.counted_nodes, whole.draft.counted_ties) == (
        "graphcommons-json",
        2,
        1,
    )
    assert counts(whole.dataset)["MEMBER_OF"] == 1


def test_a_mapping_still_says_more_than_the_format(write):
    graph = next(iter(graphs_of([write("partners.csv", PARTNERS)], quiet, USUAL)))
    assert isinstance(graph, TableGraph)
    told = {"tables": {"partners": {"columns": {"Website": "leave-out"}}}}
    made = bringing.prepare(graph, Dataset.of([]), bringing.Wanted(), told)
    assert isinstance(made, Prepared)
    assert made.mapping.tables["partners"].columns["Website"] == "leave-out"
    assert made.mapping.tables["partners"].columns["Town"] == "place"


def test_keep_whole_has_the_counts_of_its_own_rows(tmp_path):
    if not SHARED.is_dir():
        pytest.skip("the sheets of keep.eu are not beside the repository")
    files = []
    for name in ("keep_1420_partners.csv", "keep_1420_projects.csv"):
        files.append(tmp_path / name)
        with gzip.open(SHARED / f"{name}.gz") as source, files[-1].open("wb") as to:
            shutil.copyfileobj(source, to)
    made = prepared(*files)
    with files[0].open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    # 8,621 rows, 1,852 projects (44 acronyms stand for two), 66 programmes.
    assert made.draft.counted_ties == len(rows) + 1852
    found = counts(made.dataset)
    assert (found["Project"], found["Programme"]) == (1852, 66)
