"""Every question is a tool that answers, cites, refuses, and cuts what is too long."""

import json
from types import SimpleNamespace

import anyio
import jsonschema
import pytest
from mcp import Client, MCPError

from ecosystem.assistant import tools
from ecosystem.assistant.answers import size
from ecosystem.assistant.door import Door
from ecosystem.assistant.server import server_of
from ecosystem.dataset import Dataset
from ecosystem.model import Organisation
from ecosystem.questions import QUESTIONS
from ecosystem.questions.fields import Pairs, Switch
from ecosystem.settings import Settings
from ecosystem.workspace import Workspace
from tests.tiny import tiny

TOOLS = tuple(tools.offered())


def example(name, ground):
    """The example of a question as the arguments of its tool."""
    question = tools.offered()[name]
    words = question.example(ground)
    said = {}
    for field, one in question.parameters().items():
        key = field if isinstance(one, Pairs) else one.address or field
        if key in words:
            found = [
                part for word in words[key] for part in (word.split(",") if one.joined else [word])
            ]
            said[field] = found if one.many else found[0]
    return said


def names(error):
    return {one["name"] for one in error.structured_content["arguments"]}


# What is offered


def test_every_question_is_a_tool_or_says_why_not(assistant):
    offered = {tool.name for tool in assistant.tools()}
    assert offered == {one.name for one in QUESTIONS if "tool" not in one.lacks}
    assert all(one.lacks["tool"] for one in QUESTIONS if one.name not in offered)


def test_every_tool_only_reads_and_says_what_it_is_for(assistant):
    for tool in assistant.tools():
        hints = tool.annotations
        assert (hints.read_only_hint, hints.destructive_hint) == (True, False)
        assert (hints.idempotent_hint, hints.open_world_hint) == (True, False)
        assert tool.title and tool.description
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
        jsonschema.Draft202012Validator.check_schema(tool.output_schema)
        assert tool.input_schema["additionalProperties"] is False
        for schema in tool.input_schema["properties"].values():
            assert schema["description"] and schema["title"] and schema["type"]


def test_fields_of_a_page_alone_are_no_arguments():
    assert "beside" not in tools.arguments(tools.offered()["invite"])
    assert "top" not in tools.arguments(tools.offered()["gaps"])
    assert {"scope", "as_of", "reading", "undated", "people"} <= set(
        tools.arguments(tools.offered()["gaps"])
    )


def test_pairs_are_an_object_and_a_switch_a_truth_value():
    for question in tools.offered().values():
        schemas = tools.input_schema(question)["properties"]
        for name, one in tools.arguments(question).items():
            if isinstance(one, Pairs):
                assert schemas[name]["type"] == "object"
            if isinstance(one, Switch):
                assert schemas[name]["type"] == "boolean"


# What is answered


@pytest.mark.parametrize("name", TOOLS)
def test_every_tool_answers_its_example(assistant, workspace, name):
    said = example(name, workspace.ground())
    jsonschema.validate(said, tools.input_schema(tools.offered()[name]))
    found = assistant.call(name, said)
    assert not found.is_error, found.content[0].text
    assert json.loads(found.content[1].text) == found.structured_content
    jsonschema.validate(found.structured_content, tools.output_schema(tools.offered()[name]))
    if tools.offered()[name].paged:
        answer = found.structured_content["answer"]
        assert answer["total"] >= len(answer["items"])
    assert found.structured_content["truncated"] is None


def test_an_answer_says_what_it_was_asked_about(assistant):
    found = assistant.call("overview", {"as_of": "2020-05-01", "scope": "Beta"}).structured_content
    assert found["view"]["as_of"] == "2020-05-01" and found["view"]["scope"] == "city:beta"


def test_what_is_named_comes_with_its_documents(assistant):
    found = assistant.call("ways", {"ends": ["org:council", "org:firm"]}).structured_content
    cited = {one["id"]: one for one in found["sources"]}
    tie = cited["FUNDS|org:council|org:firm|"]
    assert tie["standing"] == "documented"
    (citation,) = tie["citations"]
    assert citation["publisher"] == "Alpha Council"
    assert citation["title"]["en"] == "A page"
    assert citation["locator"] == "paragraph 1"
    assert citation["url"] == "https://alpha.example.org/page"


def test_lists_come_in_pages(assistant):
    first = assistant.call("entities", {"limit": 5}).structured_content["answer"]
    assert len(first["items"]) == 5 and first["next_offset"] == 5
    rest = assistant.call("entities", {"offset": 5}).structured_content["answer"]
    assert rest["next_offset"] is None
    ids = [one["id"] for one in (*first["items"], *rest["items"])]
    assert len(set(ids)) == first["total"] == rest["total"]


@pytest.mark.parametrize("who", ["org:council", "Alpha Council", "alpha council"])
def test_a_name_will_do_as_well_as_an_id(assistant, who):
    assert (
        assistant.call("entity", {"identity": who}).structured_content["answer"]["id"]
        == "org:council"
    )


def test_pairs_and_quotas_are_heard(assistant):
    found = assistant.call("board", {"capacities": {"Beta": 0}}).structured_content["answer"]
    assumed = [one["en"] for one in found["plan"]["assumptions"]]
    assert "The capacity of 1 of the mentors is for this trial only and is not kept." in assumed
    rows = assistant.call(
        "console", {"cypher": "RETURN $n + 1 AS sum", "given": {"n": "41"}}
    ).structured_content["answer"]["rows"]
    assert rows == [{"sum": 42}]


# What is refused


def test_everything_wrong_is_told_at_once(assistant):
    found = assistant.call(
        "match", {"other_country": "perhaps", "as_of": "May", "reeding": "known", "people": [1]}
    )
    assert found.is_error
    assert names(found) == {"other_country", "as_of", "reeding", "people", "city"}
    text = found.content[0].text
    for line in ("city: has to be said", "reeding: there is no such argument", "reading?"):
        assert line in text


@pytest.mark.parametrize(
    ("tool", "said", "wrong"),
    [
        ("match", {}, {"city"}),
        ("search", {"q": "alpha"}, {"q", "words"}),
        ("invite", {"themes": ["theme:ict"], "beside": "event:day"}, {"beside"}),
        ("invite", {"themes": ["theme:ict"], "size": 0}, {"size"}),
        ("invite", {"themes": ["theme:ict"], "quotas": {"poets": 1}}, {"quotas"}),
        ("invite", {"themes": ["theme:ict"], "quotas": [1]}, {"quotas"}),
        ("entities", {"limit": 0, "offset": -1}, {"limit", "offset"}),
        ("entities", {"kind": ["City", "Event"]}, {"kind"}),
        ("entity", {"identity": {"id": "org:uni"}}, {"identity"}),
        ("entity", {"identity": "Twin", "depth": 3}, {"identity", "depth"}),
    ],
)
def test_an_argument_that_cannot_be_read_is_named(assistant, tool, said, wrong):
    found = assistant.call(tool, said)
    assert found.is_error and wrong <= names(found)


def test_a_name_of_several_answers_with_their_ids(assistant):
    found = assistant.call("entity", {"identity": "Twin"})
    assert found.is_error
    assert found.structured_content["nearest"] == ["org:twin-one", "org:twin-two"]
    assert "org:twin-one, org:twin-two" in found.content[0].text


def test_what_is_near_is_offered(assistant):
    found = assistant.call("entity", {"identity": "org:councl"})
    assert found.is_error and "org:council" in found.structured_content["nearest"]
    assert assistant.call("entitee", {}).structured_content["nearest"][0].startswith("entit")


@pytest.mark.parametrize(
    "cypher", ["CREATE (n:City {id: 'city:x'})", "MATCH (n) DETACH DELETE n", "MATCH (n RETURN n"]
)
def test_the_console_only_reads(assistant, cypher):
    found = assistant.call("console", {"cypher": cypher})
    assert found.is_error and "query" in found.content[0].text
    assert "Traceback" not in found.content[0].text
    assert assistant.call("entities").structured_content["answer"]["total"] > 10


def test_the_console_keeps_the_limit_of_rows(assistant):
    found = assistant.call("console", {"cypher": "UNWIND range(1, 5000) AS n RETURN n"})
    answer = found.structured_content["answer"]
    assert answer["truncated"] and answer["row_limit"] == 1000


def test_the_console_says_what_no_record_is_called(assistant):
    found = assistant.call("console", {"cypher": "MATCH (o:Organization) RETURN o"})
    (note,) = found.structured_content["answer"]["notes"]
    assert "Organisation" in str(note)


# What is too long


class Still:
    """A store that never changes."""

    folder = None

    def __init__(self, dataset):
        self.dataset = dataset

    def revision(self):
        return 1

    def contents(self, **_rest):
        return self.dataset


def heavy(number, letters):
    said = {"pack": "tiny", "standing": "illustrative", "form": "company"}
    return [
        Organisation(id=f"org:n{n}", name_en=f"Number {n}", description_en="x" * letters, **said)
        for n in range(number)
    ]


def over(records, limit=200_000):
    everything = tiny().merged(Dataset.of(records))
    settings = Settings.read({"answer_limit": limit, "scope": "all"})
    return Door(Workspace(Still(everything), settings))


def in_process(door, *asked):
    async def run():
        async with Client(server_of(door)) as client:
            return [await client.call_tool(name, said) for name, said in asked]

    return anyio.run(run)


def test_ten_megabytes_are_cut_at_whole_items_and_said():
    door = over(heavy(1000, 10_000))
    ((found),) = in_process(door, ("entities", {"limit": 1000, "kind": "Organisation"}))
    values = found.structured_content
    assert size(values) <= 200_000
    answer, truncated = values["answer"], values["truncated"]
    assert answer["total"] == 1005 and 5 < len(answer["items"]) < 30
    assert all(len(one["description_en"]) in (0, 10_000) for one in answer["items"])
    assert truncated["left"]["items"] == 1000 - len(answer["items"])
    assert f"offset {answer['next_offset']}" in truncated["how"]["en"]
    assert "The answer is cut" in found.content[0].text


def test_paging_on_from_where_it_was_cut_gives_everything():
    door = over(heavy(100, 5_000))
    seen, offset = [], 0
    while offset is not None:
        answer = door.ask("entities", {"offset": offset, "limit": 1000}).values["answer"]
        seen += [one["id"] for one in answer["items"]]
        offset = answer["next_offset"]
    assert len(seen) == len(set(seen)) == answer["total"]


def test_of_a_few_heavy_items_whole_ones_are_left_out():
    found = over(heavy(20, 15_000)).ask("entities", {"limit": 20, "offset": 8}).values
    items = found["answer"]["items"]
    assert {len(one["description_en"]) for one in items[-5:]} == {15_000}
    assert found["truncated"]["left"] == {"items": 20 - len(items)}


def test_of_a_few_items_with_long_lists_all_are_kept_with_shorter_lists():
    found = over(heavy(600, 0)).ask("measures", {"lens": "all"}).values
    whole = over(heavy(600, 0), limit=10**8).ask("measures", {"lens": "all"}).values
    assert len(found["answer"]["items"]) == len(whole["answer"]["items"]) > 3
    assert found["truncated"] and whole["truncated"] is None


def test_a_single_item_larger_than_all_is_made_smaller():
    found = over(heavy(1, 1_000_000)).ask("entity", {"identity": "org:n0"}).values
    assert size(found) <= 200_000
    assert found["truncated"]["left"] == {"description.en": 1}


def test_measures_of_many_are_cut_by_node():
    found = over(heavy(5_000, 0)).ask("measures", {"lens": "all"}).values
    assert size(found) <= 200_000 and found["truncated"]
    assert len(found["answer"]["items"]) > 3


def test_the_sources_of_a_long_answer_are_bounded():
    found = over(heavy(400, 0)).ask("entities", {"limit": 1000}).values
    assert len(found["sources"]) == 100 and found["sources_left"] > 300


# What takes long, and what breaks


def test_progress_is_told_and_only_rises(assistant):
    heard = []

    async def hear(progress, total, _message):
        heard.append((progress, total))

    # A new day, so that no kept answer is given.
    day = f"2024-0{1 + len(assistant.client.protocol_version) % 9}-{11 + id(assistant) % 17}"
    assistant.call("timeline", {"as_of": day}, progress_callback=hear)
    assert heard and heard == sorted(set(heard)) and all(total == 100 for _, total in heard)


def test_a_fault_is_told_on_stderr_and_to_nobody_else(door, monkeypatch, capfd):
    def broken(*_args):
        raise ValueError("a secret of the house")

    monkeypatch.setattr(Door, "ask", broken)

    async def ask():
        async with Client(server_of(door)) as client:
            with pytest.raises(MCPError) as error:
                await client.call_tool("overview")
            return str(error.value)

    said = anyio.run(ask)
    assert "secret" not in said and "fault" in said
    assert "a secret of the house" in capfd.readouterr().err


def test_a_name_with_a_comma_is_one_name():
    one = Organisation(id="org:comma", name_en="Bread, Butter", form="company", pack="tiny")
    ground = over([one]).ground()
    question = tools.offered()["compare"]
    asked, _, _ = tools.read(question, {"select": ["Bread, Butter", "Firm"]}, ground)
    assert vars(asked)["select"] == ("org:comma", "org:firm")


def test_nothing_is_asked_of_a_store_that_is_away():
    class Away(Still):
        def revision(self):
            from ecosystem.errors import StoreUnavailableError

            raise StoreUnavailableError("the database is away.", "Start it.")

    (found,) = in_process(Door(Workspace(Away(None))), ("overview", {}))
    assert found.is_error and found.content[0].text == "the database is away. Start it."


def test_names_in_descriptions_are_the_fields_of_the_class():
    asked = SimpleNamespace(**example("ways", over([]).ground()))
    assert len(asked.ends) == 2
