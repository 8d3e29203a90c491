"""Where people are left out nobody is named: in no answer, source, error or resource."""

import json

import pytest
from mcp import MCPError

from ecosystem.assistant import tools
from tests.assistant.conftest import RARE
from tests.assistant.test_tools import example

TRACES = ("person:ann", "person:zhivka", "Neverova", "Zhivka", '"Ан"')
WITH_VIEW = tuple(name for name, question in tools.offered().items() if question.view_field())


def clean(text):
    return not any(trace in text for trace in TRACES)


def everything(found):
    return json.dumps(found.model_dump(mode="json"), ensure_ascii=False)


def test_the_person_is_there_to_be_found(assistant):
    found = assistant.call("search", {"words": "Zhivka"})
    assert not clean(everything(found))
    assert not clean(everything(assistant.call("desk")))


@pytest.mark.parametrize("name", WITH_VIEW)
def test_an_answer_without_people_names_nobody(assistant, workspace, name):
    said = {**example(name, workspace.ground()), "people": False}
    for scope in ("all", "city:alpha"):
        found = assistant.call(name, {**said, "scope": scope})
        assert not found.is_error and clean(everything(found))
        assert found.structured_content["view"]["people"] is False


@pytest.mark.parametrize("name", tuple(tools.offered(people=False)))
def test_a_server_without_people_names_nobody(without_people, workspace, name):
    found = without_people.call(name, example(name, workspace.ground()))
    assert not found.is_error and clean(everything(found))


@pytest.mark.parametrize(
    ("tool", "said"),
    [
        ("entity", {"identity": "person:zhivka-neverov"}),
        ("entity", {"identity": "MEMBER_OF|person:zhivka-neverov|org:firm|"}),
        ("entity", {"identity": "Zhivka Neverov"}),
        ("ways", {"ends": ["org:firm", "person:zhivk"]}),
        ("compare", {"select": ["org:firm", "person:zhivk"], "unknown": 1}),
        ("what_if", {"change": ["-person:zhivk"]}),
        ("search", {"words": "verova"}),
    ],
)
def test_no_error_offers_a_person(assistant, without_people, tool, said):
    for asked, people in ((assistant, {"people": False}), (without_people, {})):
        text = everything(asked.call(tool, {**said, **people}))
        assert (
            "person:zhivka-neverova" not in text and RARE not in text and "person:ann" not in text
        )


def test_a_tool_for_people_is_not_offered_where_they_are_left_out(without_people):
    offered = {tool.name: tool for tool in without_people.tools()}
    assert "console" not in offered
    assert all("people" not in tool.input_schema["properties"] for tool in offered.values())
    assert without_people.call("console", {"cypher": "MATCH (p:Person) RETURN p"}).is_error
    assert without_people.call("overview", {"people": True}).is_error


def test_resources_and_prompts_name_nobody_either(without_people):
    for uri in ("sources", "queries", "entity/org:firm", "entity/event:day"):
        assert clean(without_people.read(f"ecosystem://{uri}"))
    for uri in ("entity/person:zhivka-neverov", "entity/person:zhivka-neverova"):
        with pytest.raises(MCPError) as error:
            without_people.read(f"ecosystem://{uri}")
        assert clean(str(error.value).replace(uri.removeprefix("entity/"), ""))
        assert clean(json.dumps(error.value.data["nearest"]))
    with pytest.raises(MCPError):
        without_people.prompt("brief_on_actor", {"actor": RARE})
