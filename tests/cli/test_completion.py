"""A shell is offered ids with names from the data folder; no engine is started for that."""

import os
import subprocess
import sys

import pytest
from click.shell_completion import ShellComplete

from ecosystem.cli import group, main
from ecosystem.dataset import diff
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.deprecated import ended


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A data folder that a workspace wrote, with no engine running any more."""
    made = tmp_path_factory.mktemp("completion")
    with Workspace.open(Settings.read({"data": str(made)})) as workspace:
        workspace.contents.present()
        workspace.contents.apply(diff(workspace.contents.present().everything, ended()))
        workspace.ground(people=False)
    embedded.stop(made)
    return made


@pytest.fixture(autouse=True)
def settings(monkeypatch, folder):
    monkeypatch.setenv("ECOSYSTEM_DATA", str(folder))
    for name in ("ECOSYSTEM_NEO4J_URI", "NEO4J_URI", "ECOSYSTEM_LANG", "LC_ALL", "LANG"):
        monkeypatch.delenv(name, raising=False)


def offered(*words):
    complete = ShellComplete(group(), {}, "ecosystem", "_ECOSYSTEM_COMPLETE")
    return {one.value: one.help for one in complete.get_completions(list(words[:-1]), words[-1])}


def test_ids_are_offered_with_names_by_id_slug_or_word_of_a_name(monkeypatch):
    assert offered("show", "coun") == {"org:council": "Alpha Council"}
    assert offered("show", "org:cou") == {"org:council": "Alpha Council"}
    assert offered("show", "Univ") == {"org:uni": "Alpha University"}
    assert offered("show", "Алф") == {"city:alpha": "Alpha"}
    monkeypatch.setenv("LANG", "bg_BG.UTF-8")
    assert offered("show", "city:al") == {"city:alpha": "Алфа"}


def test_only_what_a_field_takes_is_offered():
    assert set(offered("match", "")) >= {"city:alpha", "city:beta"}
    assert all(one.startswith("city:") for one in offered("match", "") if ":" in one)
    assert set(offered("city", "city:alpha", "--peer", "")) == {"city:alpha", "city:beta"}


def test_what_counts_no_longer_is_not_offered():
    assert set(offered("show", "loner")) == {"org:loner-2"}


def test_people_are_not_offered_where_they_are_left_out():
    assert offered("show", "person:") == {"person:ann": "Ан"}
    assert offered("show", "--without-people", "person:") == {}


def test_people_are_not_offered_where_the_list_may_be_out_of_date(folder):
    (folder / "names.revision").write_text("0", encoding="ascii")
    assert offered("show", "person:") == {}
    assert offered("show", "org:cou") == {"org:council": "Alpha Council"}


def test_a_folder_that_nobody_wrote_offers_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("ECOSYSTEM_DATA", str(tmp_path / "none"))
    assert offered("show", "org:") == {}
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_program_itself_answers_the_shell(folder, shell):
    line = "ecosystem show coun"
    asked = {
        "_ECOSYSTEM_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": "coun" if shell == "fish" else line,
        "COMP_CWORD": "coun" if shell == "fish" else "2",
    }
    if shell == "fish":
        asked["COMP_WORDS"] = line
    code = "import sys; from ecosystem.cli import main; sys.argv[0] = 'ecosystem'; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=False,
    )
    told = done.stdout.replace("\\:", ":")
    assert "org:council" in told
    if shell != "bash":
        assert "Alpha Council" in told


def test_bash_is_told_not_to_cut_ids_at_their_colon(capsys):
    assert main(["completion", "bash"]) == 0
    assert "COMP_WORDBREAKS=${COMP_WORDBREAKS//:}" in capsys.readouterr().out


def test_help_and_completion_load_neither_the_driver_nor_the_analysis():
    heavy = ("neo4j", "networkx", "numpy", "flask", "typst", "mcp")
    loaded = f"print([one for one in {heavy} if one in sys.modules])"
    code = f"import sys, ecosystem.cli as cli; cli.group(); {loaded}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
