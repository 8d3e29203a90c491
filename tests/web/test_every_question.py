"""Every question of the catalogue at every door: page, twin, command; what a door lacks is said."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from ecosystem.cli import group, main
from ecosystem.errors import AmbiguousNameError, FieldsError, NotFoundError, OtherKindError
from ecosystem.ground import StoreGround
from ecosystem.questions import QUESTIONS
from ecosystem.questions.comparing import Ways
from ecosystem.questions.fields import VIEW
from ecosystem.questions.gaps import Gaps
from ecosystem.questions.imagining import WhatIf
from ecosystem.questions.looking import Show
from ecosystem.questions.mapping import Map
from ecosystem.questions.measuring import HowSurely
from ecosystem.questions.mentoring import Match, MatchBoard
from ecosystem.questions.parameters import Count, File, Number, Pairs, Switch
from ecosystem.questions.question import DOORS
from ecosystem.view import View
from webapp.doors import PAGES

STORED = [question for question in QUESTIONS if question.stored]
each = pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.name)
each_stored = pytest.mark.parametrize("question", STORED, ids=lambda one: one.name)


def having(door):
    found = [question for question in STORED if door not in question.lacks]
    return pytest.mark.parametrize("question", found, ids=lambda one: one.name)


def address(words):
    """The words as a query string, without those of the path."""
    return {name: list(values) for name, values in words.items()}


def test_names_are_given_once():
    names = [question.name for question in QUESTIONS]
    assert len(set(names)) == len(names)
    twins = [question.path for question in QUESTIONS if "twin" not in question.lacks]
    assert len(set(twins)) == len(twins)


@each
def test_it_is_described_in_both_languages(question):
    assert question.title.bg and question.title.en and question.about().endswith(".")
    for name, parameter in question.parameters().items():
        assert parameter.label.bg and parameter.label.en, name
        assert bool(parameter.help.bg) == bool(parameter.help.en), name
        assert len(parameter.help.en) <= 100, name


@each
def test_what_a_door_lacks_has_a_reason(question):
    assert set(question.lacks) <= set(DOORS)
    assert all(len(reason) > 10 for reason in question.lacks.values())
    assert ("command" in question.lacks) != bool(question.command)
    assert ("page" in question.lacks) != (question in PAGES)
    assert bool(question.path) or "twin" in question.lacks


@each_stored
def test_its_example_is_answered(question, workspace):
    ground = workspace.ground()
    asked = question.read(question.example(ground), ground)
    assert asked.complete
    found = ground.ask(asked)
    if "twin" not in question.lacks:
        json.dumps(asked.values(found), allow_nan=False)
    for form in question.forms:
        for lang in ("bg", "en"):
            assert asked.made(found, form, ground, lang)


@having("page")
@pytest.mark.parametrize("lang", ["bg", "en"])
def test_it_has_a_page_in_both_languages(question, lang, app, workspace, client):
    words = question.example(workspace.ground())
    path = place(question.page or question.path, words)
    answer = client.get(f"/{lang}/{path}", query_string=address(beside(path, question, words)))
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in answer.text
    unspoken = client.get(f"/{path}", query_string=address(beside(path, question, words)))
    assert unspoken.status_code == 302


@having("twin")
def test_it_has_a_twin(question, workspace, client):
    words = question.example(workspace.ground())
    path = place(question.path, words)
    answer = client.get(f"/api/{path}", query_string=address(beside(path, question, words)))
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    ground = workspace.ground()
    asked = question.read(words, ground)
    if question is not HowSurely:
        told = json.loads(json.dumps(asked.values(ground.ask(asked))))
        given = answer.get_json()
        assert kept_of(given["items"], told) == told if question.paged else given == told


def a_file(question, folder):
    """A file that asks the question: a scenario."""
    assert question is WhatIf
    file = folder / "scenario.toml"
    file.write_text('scenario = 1\n[[remove]]\nid = "org:firm"\n', encoding="utf-8")
    return file


def kept_of(items, told):
    """The items less what the pages of the application are told besides."""
    return [
        {name: item[name] for name in one} if isinstance(one, dict) else item
        for item, one in zip(items, told, strict=True)
    ]


@having("command")
def test_it_has_a_command(question, workspace, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("ECOSYSTEM_DATA", workspace.settings.data)
    monkeypatch.setenv("ECOSYSTEM_SCOPE", "city:alpha")
    words = [question.command]
    example = question.example(workspace.ground())
    for name, parameter in question.parameters().items():
        for said in example.get(parameter.address or name, ()):
            option = parameter.option or f"--{name.replace('_', '-')}"
            parts = said.split(",") if parameter.joined else [said]
            words += parts if parameter.positional else [f"{option}={part}" for part in parts]
    if question.from_file:
        words = [question.command, str(a_file(question, tmp_path))]
    assert main([*words, "--format", "json"]) == 0
    json.loads(capsys.readouterr().out)


def place(path, words):
    """The path with the words of the example in its places."""
    for name in words:
        for sort in ("", "path:"):
            path = path.replace(f"<{sort}{name}>", words[name][0])
    return path.lstrip("/")


def beside(path, question, words):
    """The words that do not stand in the path."""
    inside = question.page or question.path
    return {
        name: said
        for name, said in words.items()
        if f"{name}>" not in inside or said[0] not in path
    }


def unusual(question, ground):
    """The example with every other field set to what it is not by itself."""
    asked = question.read(question.example(ground), ground)
    changed: dict[str, object] = {}
    for name, parameter in question.parameters().items():
        if name in VIEW or isinstance(parameter, (Pairs, File)):
            continue
        if isinstance(parameter, Switch):
            changed[name] = not parameter.default
        elif isinstance(parameter, Count):
            changed[name] = parameter.low + 2
        elif isinstance(parameter, Number):
            changed[name] = parameter.high / 2
        elif parameter.choices():
            last = parameter.choices()[-1]
            changed[name] = (last,) if parameter.many else last
    return replace(asked, **changed)


@each_stored
def test_an_address_keeps_every_field(question, workspace):
    ground = workspace.ground()
    asked = unusual(question, ground)
    if question.view_field():
        view = getattr(asked, question.view_field())
        other = replace(
            view, scope="all", as_of="2019-03-02", reading="in-force", undated=False, people=False
        )
        asked = replace(asked, **{question.view_field(): other})
    said = asked.keeps(ground.usual_view())
    words = {name: [value] if isinstance(value, str) else value for name, value in said.items()}
    assert question.read(words, ground) == asked
    assert question.read(words, ground).core() == asked.core()


def test_pairs_are_kept_too(workspace):
    ground = workspace.ground()
    asked = MatchBoard(
        view=ground.usual_view(),
        capacities=(("city:alpha", 2),),
        locks=(("city:alpha", "city:beta"),),
        exclusions=(("city:alpha", "city:beta"), ("city:beta", "city:alpha")),
    )
    words = {k: [v] if isinstance(v, str) else v for k, v in asked.keeps().items()}
    assert MatchBoard.read(words, ground) == asked


@each_stored
def test_an_answer_rests_on_what_its_parts_rest_on(question, workspace, monkeypatch):
    ground = workspace.ground()
    asked = question.read(question.example(ground), ground)
    rested = set()
    ask = StoreGround.ask

    def noting(self, part):
        rested.update(part.rests)
        return ask(self, part)

    monkeypatch.setattr(StoreGround, "ask", noting)
    asked.core().answer(ground)
    assert rested <= set(question.rests) or not question.rests


def test_how_it_looks_is_no_other_answer(workspace):
    view = workspace.ground().usual_view()
    assert Gaps(view=view, top=1).core() == Gaps(view=view, rules=("G08",)).core()
    assert Map(view=view, select="org:firm").core() == Map(view=view).core()
    elsewhere = replace(view, scope="all")
    assert Match(view=view, city="city:alpha").core() == (
        Match(view=elsewhere, city="city:alpha").core()
    )


def test_everything_wrong_is_said_at_once(workspace):
    words = {"as_of": ["2018"], "top": ["x"], "rule": ["G99"], "tpo": ["3"], "scope": ["city:bta"]}
    with pytest.raises(FieldsError) as caught:
        Gaps.read(words, workspace.ground())
    assert {wrong.name for wrong in caught.value.wrong} == {"as_of", "top", "rules", "tpo", "scope"}
    said = {wrong.name: wrong for wrong in caught.value.wrong}
    assert said["tpo"].nearest == ("top",) and said["scope"].nearest[0] == "city:beta"
    assert all(wrong.why.bg and wrong.why.en for wrong in caught.value.wrong)


@pytest.mark.parametrize("lang", ["bg", "en"])
def test_a_page_shows_each_wrong_field_with_its_error(client, lang):
    answer = client.get(f"/{lang}/gaps?as_of=2018&reading=never&rose=1")
    assert answer.status_code == 400
    for name in ("as_of", "reading"):
        assert f'aria-describedby="e-w-{name.replace("_", "-")}"' in answer.text
    assert "rose" in answer.text and "2018" in answer.text


def test_a_problem_document_names_every_field(client):
    problem = client.get("/api/gaps?as_of=2018&top=x").get_json()
    assert [error["parameter"] for error in problem["errors"]] == ["as_of", "top"]


def test_a_name_does_as_well_as_an_id(workspace):
    ground = workspace.ground()
    assert Show.read({"identity": ["alpha university"]}, ground).identity == "org:uni"
    assert Ways.read({"path": ["Alpha University,org:firm"]}, ground).ends == (
        "org:uni",
        "org:firm",
    )
    with pytest.raises(NotFoundError):
        Show.read({"identity": ["Nobody at all"]}, ground)


def test_a_name_that_several_bear_is_answered_with_the_list(workspace, monkeypatch):
    ground = workspace.ground()
    names = {"twin": ("org:firm", "org:uni")}
    monkeypatch.setattr(StoreGround, "_names", lambda self: names)
    with pytest.raises(AmbiguousNameError) as caught:
        Show.read({"identity": ["Twin"]}, ground)
    assert caught.value.nearest == ("org:firm", "org:uni")


def test_a_required_field_that_is_empty_is_said():
    assert not WhatIf(view=View("all", "2026-01-01"), change=()).complete


def test_the_shell_completes_commands_and_words():
    from click.shell_completion import ShellComplete

    complete = ShellComplete(group(), {}, "ecosystem", "_ECOSYSTEM_COMPLETE")
    assert "gaps" in [item.value for item in complete.get_completions([], "ga")]
    words = [item.value for item in complete.get_completions(["analyse", "--lens"], "me")]
    assert words == ["met", "mentoring"]
    assert "--as-of" in [item.value for item in complete.get_completions(["gaps"], "--a")]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_its_script(shell, capsys, monkeypatch):
    assert main(["completion", shell]) == 0
    assert "_ECOSYSTEM_COMPLETE" in capsys.readouterr().out


def test_every_part_of_a_list_that_is_wrong_is_said(workspace):
    with pytest.raises(FieldsError) as caught:
        Ways.read({"path": ["Foo,Bar"]}, workspace.ground())
    assert [wrong.said for wrong in caught.value.wrong] == ["Foo", "Bar"]
    for words in ({"one": ["org:firm"]}, {"path": ["org:firm,org:firm"]}):
        with pytest.raises(FieldsError, match="2 are needed"):
            Ways.read(words, workspace.ground())


def test_a_thing_of_another_kind_is_named_as_such(workspace):
    with pytest.raises(OtherKindError) as caught:
        Match.read({"city": ["Alpha University"]}, workspace.ground())
    assert "организация" in caught.value.told.bg and "city" in caught.value.told.en


def test_a_misspelt_name_finds_what_was_meant(workspace):
    ground = workspace.ground()
    # What sounds the same or is a letter away is the name; what is further away is only offered.
    for word in ("Alpha Univercity", "алфа университет", "Alpha Universty"):
        assert Show.read({"identity": [word]}, ground).identity == "org:uni"
    for word in ("Alpha Unversitty", "Universty", "org:unni"):
        with pytest.raises(NotFoundError) as caught:
            Show.read({"identity": [word]}, ground)
        assert caught.value.nearest[0] == "org:uni", word


@pytest.mark.parametrize("word", ["1", "yes", "true"])
def test_yes_is_understood_in_words(workspace, word):
    assert Map.read({"gaps": [word]}, workspace.ground()).gaps
