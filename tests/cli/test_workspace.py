"""The facade over a real store: what another process changes is seen, what is wrong is refused."""

from dataclasses import replace

import pytest

from ecosystem.dataset import Dataset, diff
from ecosystem.errors import DataError, FieldsError, NotFoundError, StoreError
from ecosystem.io import seeds
from ecosystem.model import Evidence, Organisation, Pack, PartnersWith, Source
from ecosystem.questions.asking import RunQuery, Search
from ecosystem.questions.gaps import Gaps
from ecosystem.questions.looking import Overall, Show
from ecosystem.questions.mapping import Placed
from ecosystem.questions.measuring import Measured, Structured
from ecosystem.questions.mentoring import Match, MatchBoard
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.tiny import tiny


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """A data folder of its own."""
    folder = tmp_path_factory.mktemp("workspace")
    yield Settings.read({"data": str(folder)})
    embedded.stop(folder)


@pytest.fixture
def workspace(settings):
    """A workspace that holds the tiny town and nothing else."""
    with Workspace.open(settings) as opened:
        opened.store.apply(diff(opened.store.contents(), tiny()))
        yield opened


def pack(tmp_path, name, *records, requires=()):
    """A folder with a pack of these records."""
    declared = Pack(id=f"pack:{name}", pack=name, name_en=name, requires=tuple(requires))
    seeds.write(declared, Dataset.of(records), tmp_path / name)
    return tmp_path / name


def firm(slug, pack_name):
    return Organisation(id=f"org:{slug}", pack=pack_name, name_en=slug, standing="illustrative")


def test_the_default_scope_is_the_city_with_most_organisations(workspace):
    assert workspace.ground().usual_view().scope == "city:alpha"
    chosen = Workspace(workspace.store, replace(workspace.settings, scope="all"))
    assert chosen.ground().usual_view().scope == "all"


def test_who_began_before_a_change_works_nothing_out_twice(workspace, monkeypatch):
    before = workspace.ground()
    view, worked, answer = before.usual_view(), [], Structured.answer

    def counted(self, ground):
        worked.append(self)
        return answer(self, ground)

    monkeypatch.setattr(Structured, "answer", counted)
    workspace.store.apply(diff(tiny(), tiny().merged(Dataset.of([firm("later", "tiny")]))))
    assert "org:later" in workspace.ground().facts.nodes
    asked = Structured(view=view, lens="all")
    assert before.ask(asked) is before.ask(asked) and len(worked) == 1
    assert before.snapshot(view) is before.snapshot(view)
    assert workspace.ask(asked) is workspace.ask(asked) and len(worked) == 2


def test_answers_are_kept_until_somebody_changes_the_store(workspace, settings, tmp_path):
    view = workspace.ground().usual_view()
    first = workspace.ground().snapshot(view)
    assert workspace.ground().snapshot(view) is first
    with Workspace.open(settings) as other:
        other.load([pack(tmp_path, "second", firm("newcomer", "second"))])
    assert "org:newcomer" in workspace.contents.present().everything.nodes
    assert workspace.ground().snapshot(view) is not first


def test_search_finds_names_in_both_scripts_and_ids(workspace):
    view = workspace.ground().usual_view()

    def search(words):
        return [node.id for node in workspace.ask(Search(view=view, words=words))]

    # The city is called so; the others in the other script.
    assert search("алфа") == ["city:alpha", "org:council", "org:uni"]
    assert search("alpha")[0] == "city:alpha"
    assert search("ALPHA univ") == ["org:uni"]
    assert search("loner") == ["org:loner"]
    assert search("<img onerror=x>") == []


def test_a_pack_that_needs_another_is_refused_until_it_is_there(workspace, tmp_path):
    folder = pack(tmp_path, "needy", firm("needy", "needy"), requires=("nowhere",))
    with pytest.raises(DataError) as caught:
        workspace.load([folder])
    assert "the pack 'nowhere' is not loaded" in str(caught.value.problems[0])


def test_the_packs_name_local_is_the_applications_own(workspace, tmp_path):
    with pytest.raises(DataError) as caught:
        workspace.load([pack(tmp_path, "local", firm("mine", "local"))])
    assert "the application's own pack" in str(caught.value.problems[0])


def test_a_load_never_overwrites_what_another_writer_changed_meanwhile(
    workspace, settings, tmp_path
):
    first = pack(tmp_path, "race", firm("a", "race"), firm("b", "race"))
    second = tmp_path / "later"
    second.mkdir()
    rival = pack(second, "rival", firm("c", "rival"))

    def meanwhile(message):
        if message.startswith("Writing"):
            with Workspace.open(settings) as other:
                other.load([rival])

    with pytest.raises(StoreError, match="Load again"):
        Workspace(workspace.store, settings, talk=meanwhile).load([first])
    held = workspace.contents.present().everything.nodes
    assert "org:c" in held and "org:a" not in held
    workspace.load([first])
    assert {"org:a", "org:b", "org:c"} <= set(workspace.contents.present().everything.nodes)


def test_pruning_never_cuts_a_tie_of_another_pack(workspace, tmp_path):
    workspace.load([pack(tmp_path, "base", firm("a", "base"), firm("b", "base"))])
    tie = PartnersWith(pack="over", source="org:b", target="org:firm", standing="illustrative")
    workspace.load([pack(tmp_path, "over", tie, requires=("base",))])
    smaller = tmp_path / "smaller"
    smaller.mkdir()
    before = workspace.contents.present().everything
    with pytest.raises(DataError) as caught:
        workspace.load([pack(smaller, "base", firm("a", "base"))], prune=True)
    assert "needs 'org:b'" in str(caught.value.problems[0])
    assert workspace.contents.present().everything == before


def test_pruning_never_takes_a_source_away_from_another_pack(workspace, tmp_path):
    page = Source(id="source:daily", pack="papers", name_en="Page", publisher="Press")
    workspace.load([pack(tmp_path, "papers", page, firm("paper", "papers"))])
    cited = replace(firm("cited", "citing"), standing="reported", sources=("source:daily#p. 1",))
    proof = Evidence(
        id="evidence:proof",
        pack="citing",
        subject="org:paper",
        property="name_en",
        value="Paper",
        stance="supports",
        source="source:daily",
        locator="p. 1",
    )
    workspace.load([pack(tmp_path, "citing", cited, proof, requires=("papers",))])
    smaller = tmp_path / "fewer"
    smaller.mkdir()
    before = workspace.contents.present().everything
    with pytest.raises(DataError) as caught:
        workspace.load([pack(smaller, "papers", firm("other", "papers"))], prune=True)
    assert sorted(problem.column for problem in caught.value.problems) == [
        "source",
        "sources",
        "subject",
    ]
    assert workspace.contents.present().everything == before


@pytest.mark.parametrize("day", ["2026", "2026-13-01", "01.01.2026", "20260101", "٢٠٢٦-٠١-٠١"])
def test_a_view_wants_a_full_day(workspace, day):
    with pytest.raises(FieldsError, match="is not a day"):
        Overall.read({"as_of": [day]}, workspace.ground())


def test_a_view_of_nowhere_offers_the_nearest_city(workspace):
    with pytest.raises(NotFoundError, match="Did you mean 'city:beta'"):
        Overall.read({"scope": ["city:bta"]}, workspace.ground())
    with pytest.raises(NotFoundError):
        Overall.read({"scope": ["org:firm"]}, workspace.ground())


def test_unknown_names_are_not_found(workspace):
    for question, words in (
        (Show, {"identity": ["org:nobody"]}),
        (Show, {"identity": ["FUNDS|a|b|"]}),
        (Measured, {"lens": ["wrok"]}),
        (Gaps, {"rule": ["G99"]}),
        (Match, {"city": ["city:nowhere"]}),
        (RunQuery, {"query": ["nothing"]}),
    ):
        with pytest.raises(NotFoundError):
            workspace.ask(question.read(words, workspace.ground()))
    with pytest.raises(NotFoundError):
        workspace.export(["nopack"])


def test_every_lens_and_grouping_answers(workspace):
    view = workspace.ground().usual_view()
    for lens in ("work", "met", "funding", "mentoring", "capability", "all"):
        for measure in workspace.ask(Measured(view=view, lens=lens)):
            assert measure.values or measure.reason
        assert workspace.ask(Structured(view=view, lens=lens)).n >= 1
    for group_by in ("sector", "theme", "community"):
        placed = workspace.ask(Placed(view=view, group=group_by))
        assert set(placed.positions) == set(workspace.ground().snapshot(view).nodes)


def test_the_plan_pairs_need_with_offer_within_capacity(workspace):
    plan = workspace.ask(MatchBoard(view=workspace.ground().usual_view(), capacity=1)).plan
    assert [(pair.mentee, pair.mentor) for pair in plan.pairs] == [("city:alpha", "city:beta")]
    assert [(load.mentor, load.capacity, load.assigned) for load in plan.loads] == [
        ("city:beta", 1, 1)
    ]


def test_a_load_says_which_files_beside_a_pack_were_left_out(workspace, tmp_path):
    folder = pack(tmp_path, "beside", firm("a", "beside"))
    (folder / "list.xlsx").write_bytes(b"x")
    told = workspace.load([folder]).warnings
    assert [one.message for one in told if one.file.endswith("list.xlsx")] == [
        "is no file of a pack and was left out."
    ]
