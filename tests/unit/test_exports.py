"""Exports lose nothing, hold nobody who was to be left out, and are whole or not there."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem import report
from ecosystem.analysis.gaps import find_gaps
from ecosystem.analysis.layout import layout
from ecosystem.analysis.matching import allocate, rank_mentors
from ecosystem.analysis.metrics import measure
from ecosystem.analysis.overview import overview
from ecosystem.checks import check
from ecosystem.dataset import EMPTY, Dataset
from ecosystem.errors import ExportError
from ecosystem.io import exports, jsonl, seeds, template
from ecosystem.io.packs import read_pack
from ecosystem.io.people import without_people
from ecosystem.model import (
    Coverage,
    Decision,
    Evidence,
    Funds,
    MemberOf,
    Mentors,
    Offers,
    Organisation,
    Person,
)
from ecosystem.snapshot import Snapshot
from tests.tiny import tiny

SAID = {"pack": "more", "standing": "illustrative"}
JOB = "MEMBER_OF|person:ann|org:firm|"


def claim(slug, subject, **said):
    row = {"pack": "more", "stance": "supports", "source": "source:page"}
    return Evidence(id=f"evidence:{slug}", subject=subject, **{**row, **said})


ABOUT_PEOPLE = [
    Person(id="person:zed", name_en="Zed Zedson", **SAID),
    MemberOf(source="person:zed", target="org:uni", **SAID),
    MemberOf(source="person:ann", target="org:uni", **SAID),
    Mentors(source="person:zed", target="person:ann", themes=("theme:ict",), **SAID),
    Funds(source="person:zed", target="org:firm", key="1", **SAID),
    Offers(source="person:zed", target="theme:ict", **SAID),
    claim("job", JOB),
    claim("payer", "FUNDS|person:zed|org:firm|1"),
    claim("zed", "person:zed", property="name_en", value="Zed Zedson"),
    claim("claim", "evidence:zed", stance="contradicts"),
    Coverage(
        id="coverage:zed", pack="more", source="source:page", covers="FUNDS", scope="person:zed"
    ),
    Decision(id="decision:zed", pack="local", subject="person:zed", matter="gap"),
    Decision(
        id="decision:pair",
        pack="local",
        subject="MENTORS|person:zed|person:ann|",
        matter="match",
        note="Ask Zed Zedson.",
    ),
]
KEPT = [
    Organisation(id="org:person-first", name_en="Person First", **SAID),
    claim("firm", "org:firm"),
    claim("grant", "FUNDS|org:council|org:firm|"),
]


def town(*more):
    return tiny().merged(Dataset.of(more))


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


# Nothing is lost


def test_a_file_gives_the_same_dataset_back(tmp_path):
    target = tmp_path / "map.jsonl"
    assert exports.write(town(*ABOUT_PEOPLE), target) == [target]
    with target.open(encoding="utf-8") as stream:
        assert jsonl.loads(stream) == town(*ABOUT_PEOPLE)


def test_a_folder_of_packs_gives_the_same_dataset_back(tmp_path):
    target, packs = tmp_path / "map", ["local", "more", "tiny"]
    written = exports.write(town(*ABOUT_PEOPLE), target)
    assert files(target) == sorted([*packs, *(str(one.relative_to(target)) for one in written)])
    again = seeds.read([target / name for name in packs])
    assert again.without("Pack") == town(*ABOUT_PEOPLE)
    assert [pack.id for pack in again.of_kind("Pack")] == ["pack:more", "pack:tiny"]


def test_a_pack_requires_those_that_it_refers_to(tmp_path):
    exports.write(town(*ABOUT_PEOPLE), tmp_path / "map")
    assert read_pack(tmp_path / "map" / "more").requires == ("tiny",)
    assert read_pack(tmp_path / "map" / "tiny").requires == ()


def test_the_stream_and_the_file_hold_the_same_bytes(tmp_path):
    stream = io.StringIO()
    exports.write_jsonl(tiny(), stream)
    exports.write(tiny(), tmp_path / "map.jsonl")
    assert (tmp_path / "map.jsonl").read_bytes() == stream.getvalue().encode()


@given(st.permutations(list(tiny().records.values())))
def test_the_order_of_rows_changes_no_byte(records):
    assert list(jsonl.dumps(Dataset.of(records))) == list(jsonl.dumps(tiny()))


def test_nothing_at_all_can_be_exported(tmp_path):
    exports.write(EMPTY, tmp_path / "map.jsonl")
    assert (tmp_path / "map.jsonl").read_text().count("\n") == 1
    assert exports.write(EMPTY, tmp_path / "map") == []


# Nobody who was to be left out


@pytest.fixture
def without():
    return without_people(town(*ABOUT_PEOPLE, *KEPT))


def test_without_people_goes_whatever_names_one(without):
    people = {"person:ann", JOB, *(record.id for record in ABOUT_PEOPLE)}
    assert without == Dataset.of(
        record for record in town(*KEPT).records.values() if record.id not in people
    )


@pytest.mark.parametrize("name", ["map", "map.jsonl"])
def test_no_file_of_an_export_holds_a_trace_of_people(without, tmp_path, name):
    for path in exports.write(without, tmp_path / name):
        text = path.read_text(encoding="utf-8")
        assert not [word for word in ("person:", 'Person"', "Zed") if word in text]
        assert path.name != "people.csv"


def test_what_is_left_loads(without):
    assert check(without) == []


def test_people_of_another_pack_leave_no_tie_behind():
    part = town(*ABOUT_PEOPLE, *KEPT).only(["more"])
    assert "MEMBER_OF|person:ann|org:uni|" in part.edges
    left = without_people(part)
    assert left.records.keys() == {record.id for record in KEPT}


def test_where_nobody_is_named_nothing_goes():
    nobody = without_people(tiny())
    assert without_people(nobody) == nobody
    assert tiny().records.keys() - nobody.records.keys() == {"person:ann", JOB}


@pytest.mark.parametrize("scope", ["all", "city:alpha"])
@pytest.mark.parametrize("lang", ["bg", "en"])
def test_a_report_without_people_names_nobody(scope, lang):
    def text(people):
        dataset = town(*ABOUT_PEOPLE)
        snapshot, everywhere = (
            Snapshot.of(dataset, as_of="2026-01-01", scope=where, people=people)
            for where in (scope, "all")
        )
        material = report.Material(
            snapshot=snapshot,
            overview=overview(snapshot),
            gaps=find_gaps(snapshot),
            measures=[measure(snapshot, "work", "degree")],
            layout=layout(snapshot),
            matches=None if scope == "all" else rank_mentors(everywhere, scope),
            plan=allocate(everywhere),
        )
        return report.as_html(material, lang) + report.as_markdown(material, lang)

    assert "Zed" in text(people=True)
    assert not [word for word in ("Zed", "person:") if word in text(people=False)]


# Whole or not there

# No UTF-8 file can hold this name. "tiny" comes after "more", which by then is written.
UNWRITABLE = Organisation(id="org:zz", pack="tiny", name_en="\ud800", standing="illustrative")


@pytest.mark.parametrize("name", ["map", "map.jsonl"])
def test_an_export_that_fails_leaves_nothing_half_written(tmp_path, name):
    with pytest.raises(UnicodeEncodeError):
        exports.write(town(*KEPT, UNWRITABLE), tmp_path / name)
    assert files(tmp_path) in ([], ["map"])


def test_a_file_whose_export_fails_stays_as_it_was(tmp_path):
    target = tmp_path / "map.jsonl"
    target.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        exports.write(town(UNWRITABLE), target)
    assert (target.read_text(), files(tmp_path)) == ("old", ["map.jsonl"])


def test_a_file_is_replaced_whole(tmp_path):
    target = tmp_path / "report.html"
    target.write_text("a longer text")
    assert exports.write_text("Карта\n", target) == target
    assert target.read_bytes() == "Карта\n".encode()
    assert target.stat().st_mode & 0o777 == 0o644
    assert files(tmp_path) == ["report.html"]


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ExportError, match="not empty"):
        exports.write(tiny(), tmp_path)
    assert files(tmp_path) == ["notes.txt"]


def test_an_empty_folder_is_filled(tmp_path):
    exports.write(tiny(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["tiny"]


@pytest.mark.parametrize("name", ["file/map", "file/map.jsonl", "none/map.jsonl"])
def test_a_place_that_cannot_be_written_is_named(tmp_path, name):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ExportError, match="cannot be written") as caught:
        exports.write(tiny(), tmp_path / name)
    assert caught.value.hint
    assert files(tmp_path) == ["file"]


def test_a_folder_is_never_replaced_by_a_file(tmp_path):
    (tmp_path / "map.jsonl").mkdir()
    with pytest.raises(ExportError, match="no file"):
        exports.write(tiny(), tmp_path / "map.jsonl")
    with pytest.raises(ExportError, match="no file"):
        exports.write_text("text", tmp_path / "map.jsonl")


# A new pack


def test_a_new_pack_loads_as_it_is(tmp_path):
    made = template.new_pack(tmp_path / "My_Town")
    dataset = seeds.read([tmp_path / "My_Town"])
    assert dataset.packs == ("my-town",)
    assert check(dataset) == []
    assert {record.standing for record in dataset.records.values()} == {"illustrative", ""}
    assert sorted(made) == sorted((tmp_path / "My_Town").iterdir())


def test_a_new_pack_has_every_file_with_its_header_and_every_column_explained(tmp_path):
    template.new_pack(tmp_path / "town")
    text = (tmp_path / "town" / "README.md").read_text(encoding="utf-8")
    for name in template.FILLED:
        with (tmp_path / "town" / name).open(encoding="utf-8", newline="") as stream:
            header = next(csv.reader(stream))
        section = text.split(f"## {name}\n")[1].split("\n## ")[0]
        assert [column for column in header if f"- `{column}`: " not in section] == []


def test_a_name_that_no_pack_may_have_is_refused(tmp_path):
    for name in ("град", "a.b", "..."):
        with pytest.raises(ExportError, match="is not a pack name"):
            template.new_pack(tmp_path / name)
    assert files(tmp_path) == []


def test_a_new_pack_never_fills_a_folder_that_holds_something(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ExportError, match="not empty"):
        template.new_pack(tmp_path)
    assert files(tmp_path) == ["notes.txt"]
