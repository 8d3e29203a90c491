"""Resources and prompts."""

import json

import pytest
from mcp import MCPError

from ecosystem.assistant.prompts import PROMPTS
from ecosystem.model import EDGE_KINDS, NODE_KINDS

GIVEN = {
    "brief_on_actor": {"actor": "Alpha Council"},
    "prepare_workshop": {"theme": "Mobility"},
    "why_this_mentor": {"city": "Alpha", "mentor": "city:beta"},
}


def test_what_can_be_read_is_listed(assistant):
    resources = assistant.portal.call(assistant.client.list_resources).resources
    templates = assistant.portal.call(assistant.client.list_resource_templates).resource_templates
    assert {one.uri for one in resources} == {
        f"ecosystem://{place}" for place in ("model", "sources", "queries")
    }
    assert {one.uri_template for one in templates} == {
        "ecosystem://entity/{id}",
        "ecosystem://queries/{name}",
    }
    for one in resources:
        assert json.loads(assistant.read(one.uri))


@pytest.mark.parametrize(
    "identity", ["org:council", "FUNDS|org:council|org:firm|", "FUNDS%7Corg:council%7Corg:firm%7C"]
)
def test_an_entity_with_what_carries_it(assistant, identity):
    found = json.loads(assistant.read(f"ecosystem://entity/{identity}"))
    assert found["answer"]["citations"][0]["publisher"] == "Alpha Council"


def test_the_model_names_every_kind_with_its_properties(assistant):
    found = json.loads(assistant.read("ecosystem://model"))
    assert [one["kind"] for one in found["nodes"]] == list(NODE_KINDS)
    assert [one["kind"] for one in found["ties"]] == list(EDGE_KINDS)
    assert all(one["about"] and one["properties"] for one in (*found["nodes"], *found["ties"]))


def test_every_query_comes_with_its_cypher(assistant):
    found = json.loads(assistant.read("ecosystem://queries"))["answer"]["items"]
    for one in found:
        query = json.loads(assistant.read(f"ecosystem://queries/{one['name']}"))
        assert query["cypher"] == one["cypher"]


@pytest.mark.parametrize("place", ["nowhere", "entity/org:nobody", "queries/none", "", "entity/"])
def test_what_is_not_there_is_refused(assistant, place):
    with pytest.raises(MCPError) as error:
        assistant.read(f"ecosystem://{place}")
    assert "there is no" in str(error.value)


@pytest.mark.parametrize("name", tuple(PROMPTS))
@pytest.mark.parametrize("lang", ["bg", "en"])
def test_every_prompt_is_there_in_both_languages(assistant, name, lang):
    text = assistant.prompt(name, {**GIVEN[name], "lang": lang})
    cyrillic = sum("а" <= letter <= "я" for letter in text)
    assert (cyrillic > 100) == (lang == "bg")
    ids = {"brief_on_actor": "org:council", "prepare_workshop": "theme:mobility"}
    assert ids.get(name, "city:beta") in text


def test_a_prompt_says_everything_that_is_wrong(assistant):
    with pytest.raises(MCPError) as error:
        assistant.prompt("why_this_mentor", {"city": "Nowhere", "lang": "fr", "tone": "glad"})
    wrong = {one["name"] for one in error.value.data["arguments"]}
    assert wrong == {"city", "mentor", "lang", "tone"}
    with pytest.raises(MCPError):
        assistant.prompt("write_a_poem", {})


def test_the_instructions_say_how_to_read(assistant):
    told = assistant.client.instructions
    for word in ("null", "not recorded", "standing", "inferred", "illustrative", "truncated"):
        assert word in told
