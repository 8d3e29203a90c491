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
    _, ties = CalamineWorkbook.from_filelike(io.BytesIO(book)).sheet_names
    listed = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name(ties).to_python()
    kinds = {row[0] for row in listed[1:]}
    assert kinds and kinds.isdisjoint({"Funding", "Offer", "Need", "Subject"})


def test_what_has_a_name_stands_with_it_and_its_id(client, workspace):
    town = workspace.ground().facts.nodes
    for row in rows(client, "/bg/map?scope=all&format=csv"):
        node = town[row["Име (id)"]]
        assert row["Име"].lstrip("'") == node.name.show("bg")[0]
