"""Every answer that is a table can be taken along from its page, as the page shows it."""

import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from ecosystem.questions import QUESTIONS
from tests.web.conftest import Page

PAGES = [
    one
    for one in QUESTIONS
    if "page" not in one.lacks and {"csv", "xlsx"} <= set(one.forms) and "<" not in one.path
]


def rows(client, address):
    return list(csv.DictReader(io.StringIO(client.get(address).data.decode("utf-8-sig"))))


@pytest.mark.parametrize("question", PAGES, ids=lambda one: one.name)
def test_a_page_leads_to_its_tables(client, workspace, question):
    words = question.example(workspace.ground())
    asked = question.read(words, workspace.ground())
    at = f"/en/{(question.page or question.path).lstrip('/')}"
    said = {name: ",".join(values) for name, values in words.items()}
    found = [
        link
        for link in Page.of(client.get(at, query_string=said or asked.keeps()).text).links()
        if "format=xlsx" in link or "format=csv" in link
    ]
    assert {"xlsx", "csv"} == {link.partition("format=")[2].partition("&")[0] for link in found}
    for link in found:
        answer = client.get(link)
        assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]


def test_the_file_of_the_map_holds_what_its_filters_leave(client):
    everything = rows(client, "/en/map?scope=all&format=csv")
    fewer = rows(client, "/en/map?scope=all&format=csv&hide=Organisation,Theme")
    left = [row for row in everything if row["Kind"] not in ("Organisation", "Theme")]
    assert fewer == left and 0 < len(left) < len(everything)
    coloured = rows(
        client, "/en/map?scope=all&format=csv&colour=sector&hide_values=sector.industry"
    )
    assert 0 < len(coloured) < len(everything)
    book = client.get("/en/map?scope=all&format=xlsx&hide_ties=FUNDS&hide=Theme").data
    _, ties, _ = CalamineWorkbook.from_filelike(io.BytesIO(book)).sheet_names
    listed = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name(ties).to_python()
    kinds = {row[0] for row in listed[1:]}
    assert kinds and kinds.isdisjoint({"Funding", "Offer", "Need", "Subject"})


def test_what_has_a_name_stands_with_it_and_its_id(client, workspace):
    town = workspace.ground().facts.nodes
    for row in rows(client, "/bg/map?scope=all&format=csv"):
        node = town[row["Име (id)"]]
        assert row["Име"].lstrip("'") == node.name.show("bg")[0]


def about(book):
    """The last sheet of a workbook: what it says of itself, by label."""
    found = CalamineWorkbook.from_filelike(io.BytesIO(book))
    last = found.get_sheet_by_name(found.sheet_names[-1]).to_python()
    return found.sheet_names[-1], {row[0]: row[1] for row in last if row[0]}


def test_a_workbook_says_what_it_is(client, workspace):
    name, said = about(client.get("/en/gaps?format=xlsx&as_of=2025-06-30&undated=0").data)
    ground = workspace.ground()
    assert (
        name == "About" and said["Place"] == ground.facts.nodes[ground.usual_view().scope].name.en
    )
    assert str(said["As of"]) == "2025-06-30" and said["Sources of the map of this scope"] >= 1
    assert said["Made with"].startswith("ecosystem-mapper ")
    assert said["Page"].startswith("/en/gaps?") and "as_of=2025-06-30" in said["Page"]
    assert client.get(said["Page"]).status_code == 200
    assert "no" in said.values()
    name, said = about(client.get("/bg/city/city:alpha?format=xlsx").data)
    assert name == "За файла" and said["Страница"].startswith("/bg/city/city:alpha")


@pytest.mark.parametrize("question", PAGES, ids=lambda one: one.name)
def test_the_page_that_a_workbook_names_is_there(client, workspace, question):
    asked = question.read(question.example(workspace.ground()), workspace.ground())
    _, said = about(asked.made(workspace.ground().ask(asked), "xlsx", workspace.ground(), "en"))
    assert client.get(said["Page"]).status_code == 200
