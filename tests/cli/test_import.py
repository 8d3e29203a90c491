"""Files of others onto the map with one command, and off it again."""

from __future__ import annotations

import json

import pytest

from ecosystem.cli import main
from ecosystem.io import seeds
from ecosystem.model import Pack
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.tiny import tiny

GUESTS = """Име;Организация;Длъжност;Имейл;Роля;Събитие;Дата;Град;Бележка
Ана Иванова;Технопарк Варна;директор;ana@example.org;организатор;Среща;12.05.2026;Варна;
Борис Петров;Община Варна;;b@example.org;участник;Среща;12.05.2026;Варна;тел. 0888 123 456
Ana Novak;Park Ljubljana;CEO;;speaker;Среща;12.05.2026;Ljubljana;=HYPERLINK("http://x.example")
"""
KUMU = {
    "elements": [
        {"label": "Shelia", "type": "Person"},
        {"label": "Kumu", "type": "Startup", "location": "Springfield"},
        {"label": "Deep Tech", "type": "Topic"},
    ],
    "connections": [
        {"from": "Shelia", "to": "Kumu", "type": "Founder"},
        {"from": "Shelia", "to": "Kumu", "type": "member"},
        {"from": "Ryan", "to": "Kumu", "type": "Founder"},
        {"from": "Kumu", "to": "Kumu"},
    ],
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data") / "data"
    yield folder
    embedded.stop(folder)


@pytest.fixture
def folder(store, tmp_path, monkeypatch):
    """A folder for files, beside a store that an earlier test may have left something in."""
    monkeypatch.setenv("ECOSYSTEM_DATA", str(store))
    return tmp_path


@pytest.fixture
def told(capsys):
    """What a command answers as JSON, with its exit code."""

    def ask(*words, code=0):
        capsys.readouterr()
        assert main([*map(str, words), "--format", "json"]) == code
        return json.loads(capsys.readouterr().out)

    return ask


def facts(store):
    with Workspace.open(Settings.read({"data": str(store)})) as workspace:
        return workspace.contents.present().everything


def written(folder, name, text, encoding="utf-8"):
    path = folder / name
    path.write_text(text if isinstance(text, str) else json.dumps(text), encoding=encoding)
    return path


def test_a_guest_list_comes_onto_the_map_with_its_source_and_off_again(folder, store, told):
    before = facts(store).records.keys()
    path = written(folder, "guests.csv", GUESTS, "cp1251")
    tried = told("import", path, "--dry-run")
    # Three persons, three organisations, one event; each row: took part, belongs to.
    assert (tried["format"], tried["nodes"], tried["ties"]) == ("csv", 7, 6)
    assert tried["by_kind"]["LOCATED_IN"] == 3 and tried["by_kind"]["City"] == 2
    assert tried["dry_run"] and facts(store).records.keys() == before
    done = told("import", path, "--by", "Ann", "--note", "Spring")
    assert done["changes"] == {"added": 23, "changed": 0, "removed": 0} == tried["changes"]
    present = facts(store)
    event = present.nodes["event:sreshta"]
    assert (event.since, event.standing) == ("2026-05-12", "reported")
    assert event.sources == ("source:import-guests#line 2",)
    source = present.nodes["source:import-guests"]
    assert (source.name_en, source.source_type) == ("guests.csv", "file")
    assert len(source.sha256) == 64 and source.retrieved_on
    # The organisations of the three take part too: it follows, and is marked so.
    too = present.edges["PARTICIPATES_IN|org:tehnopark-varna|event:sreshta|"]
    assert (too.standing, too.role) == ("inferred", "organiser")
    role = present.edges["PARTICIPATES_IN|person:ana-ivanova|event:sreshta|"].role
    assert role == "organiser"
    assert dict(present.edges["PARTICIPATES_IN|person:ana-novak|event:sreshta|"].own) == {
        "role": "speaker",
        "belezhka": '=HYPERLINK("http://x.example")',
    }
    (entry, *_) = told("changes")
    assert (entry["what"], entry["by"], entry["packs"]) == ("import", "Ann", ["guests"])
    told("undo")
    assert facts(store).records.keys() == before


def test_no_contact_data_comes_in_and_what_was_dropped_is_counted(folder, store, told):
    done = told("import", written(folder, "contacts.csv", GUESTS))
    assert {"what": "contact data", "count": 3} in [
        {name: one[name] for name in ("what", "count")} for one in done["left_out"]
    ]
    said = repr(list(facts(store).records.values()))
    assert "@example" not in said and "0888" not in said and "123 456" not in said
    told("undo")


def test_the_same_file_changes_nothing_and_its_next_version_is_a_diff(folder, store, told):
    path = written(folder, "list.csv", GUESTS)
    first = told("import", path)
    again = told("import", path)
    assert again["changes"] == {"added": 0, "changed": 0, "removed": 0} and not again["change"]
    lines = GUESTS.splitlines()
    newer = [lines[0], lines[3], lines[1].replace("директор", "председател")]
    done = told("import", written(folder, "list.csv", "\n".join(newer)))
    # The member's role and the source differ; Boris, his municipality and their ties are gone.
    assert done["changes"] == {"added": 0, "changed": 3, "removed": 6}
    assert any("stand elsewhere" in one["message"] for one in done["warnings"])
    told("undo")
    assert "person:boris-petrov" in facts(store).nodes
    told("undo", first["change"])
    assert "person:boris-petrov" not in facts(store).nodes


def test_losses_of_a_kumu_file_are_said_and_counted(folder, store, told):
    done = told("import", written(folder, "map.json", KUMU))
    assert (done["format"], done["nodes"], done["ties"]) == ("kumu-json", 3, 4)
    assert (done["self_loops"], done["dangling"]) == (1, 1)
    assert done["node_types"] == ["Person", "Startup", "Topic"]
    assert done["tie_types"] == ["Founder", "member"]
    assert done["by_kind"]["MEMBER_OF"] == 2
    assert done["mapping"]["ties"] == {"Founder": "MEMBER_OF", "member": "MEMBER_OF"}
    places = [one["place"] for one in done["warnings"]]
    assert "$.connections[2]" in places and "$.connections[3]" in places
    told("undo")


def test_a_mapping_is_written_mended_and_kept_with_the_pack(folder, store, told):
    path = written(folder, "labs.csv", "Name,Kind of thing,Town\nA,Lab,Springfield\nB,Lab,Porto\n")
    mapping = folder / "labs.toml"
    first = told("import", path, "--dry-run", "--write-mapping", mapping)
    assert first["places"]["ambiguous"] == ["Springfield"] and first["places"]["found"] == 1
    mended = mapping.read_text(encoding="utf-8").replace(
        '"Kind of thing" = "own"', '"Kind of thing" = "type"'
    )
    said = '\n[kinds]\n"Lab" = "Organisation/research-institute"\n[places]\n"Springfield" = ""\n'
    mapping.write_text(mended + said, encoding="utf-8")
    done = told("import", path, "--mapping", mapping)
    assert done["places"]["ambiguous"] == []
    present = facts(store)
    assert present.nodes["org:a"].form == "research-institute"
    assert present.edges["LOCATED_IN|org:b|city:gn-2735943|"].address_role == "seat"
    again = told("import", path)
    assert again["changes"] == {"added": 0, "changed": 0, "removed": 0}
    told("undo")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[kinds]\n"Lab" = "Organisaton"\n', 2),
        ('[tables."towns".columns]\n"Nmae" = "name"\n', 2),
        ("[tables\n", 2),
        ('[other]\na = "b"\n', 2),
    ],
)
def test_a_mapping_that_says_something_unknown_is_a_wrong_option(folder, text, code):
    path = written(folder, "towns.csv", "Name,City\nA,Porto\n")
    mapping = written(folder, "wrong.toml", text)
    assert main(["import", str(path), "--mapping", str(mapping)]) == code


def test_what_cannot_be_read_is_refused_as_json_too(folder, store, told):
    before = facts(store).records.keys()
    good = written(folder, "good.csv", "Name,City\nA,Porto\n")
    bad = written(folder, "bad.gml", "graph [\n node [ id 1 ]\n ntde [ id 2 ]\n]")
    found = told("import", bad, code=3)
    (problem,) = found["problems"]
    assert (problem["file"], problem["place"]) == ("bad.gml", "line 3") and problem["hint"]
    assert found["changes"] is None
    both = told("import", good, bad, code=3)
    assert [len(one["problems"]) for one in both["files"]] == [0, 1]
    assert facts(store).records.keys() == before
    assert main(["import", str(folder / "gone.csv")]) == 6


def test_files_that_belong_together_are_one_import(folder, store, told):
    nodes = written(folder, "nodes.csv", "Id;Name\n0.0;A\n00535;B\n")
    ties = written(folder, "ties.csv", "Source;Target;Type\n0.0;00535;knows\n00535;7;knows\n")
    done = told("import", nodes, ties, "--pack", "pair")
    assert (done["nodes"], done["ties"], done["dangling"]) == (2, 2, 1)
    assert done["files"] == ["nodes.csv", "ties.csv"]
    (warning,) = [one for one in done["warnings"] if "'7'" in one["message"]]
    assert (warning["file"], warning["place"]) == ("ties.csv", "line 3")
    told("undo")


def test_a_square_of_numbers_is_a_matrix(folder, told):
    square = ",A,B,C\nA,0,2,0\nB,2,1,1\nC,0,1,0\n"
    done = told("import", written(folder, "square.csv", square), "--dry-run")
    # A-B and B-C once each, for it is symmetric, and B with itself.
    assert (done["nodes"], done["ties"], done["self_loops"]) == (3, 3, 1)
    done = told(
        "import", written(folder, "arcs.csv", square.replace("A,0,2", "A,0,0")), "--dry-run"
    )
    assert (done["nodes"], done["ties"]) == (3, 4) and done["by_kind"]["RELATED_TO"] == 3


def test_cells_that_list_others_are_ties(folder, told):
    rows = "Организация;Партньори;Теми\nА;Б, В;Води; \nБ;;Води\n"
    done = told("import", written(folder, "lists.csv", rows), "--dry-run")
    # Two partners, each with one theme; the theme itself is no node of the count.
    assert (done["nodes"], done["ties"]) == (3, 4)
    assert done["by_kind"]["PARTNERS_WITH"] == 2 and done["by_kind"]["OFFERS"] == 2


def test_a_budget_beside_each_partner_is_the_project_s(folder, store, told):
    rows = (
        "Project,Budget,Partner,Country,Share\n"
        'P1,"1,000.50",X,BG,1.5\nP1,"1,000.50",Y,PT,2.5\nP2,20.00,X,BG,3\nP2,20.00,X,SI,4\n'
    )
    done = told("import", written(folder, "partners.csv", rows))
    present = facts(store)
    assert dict(present.nodes["project:p1"].own) == {"budget": 1000.5}
    ties = [one for one in present.edges.values() if one.pack == "partners"]
    assert sorted(dict(one.own)["share"] for one in ties) == [1.5, 2.5, 3.0, 4.0]
    # Two of one name in two countries stay two, and are told.
    assert {"org:x", "org:x-si", "org:y"} <= present.nodes.keys()
    assert done["look_alikes"][0]["a"] == "X"
    told("undo", done["change"])


def test_a_pack_that_was_not_imported_is_never_replaced(folder, store, told):
    town = Pack(id="pack:tiny", pack="tiny", name_en="Tiny")
    seeds.write(town, tiny(), folder / "tiny")
    loaded = told("load", folder / "tiny")
    path = written(folder, "tiny.csv", "Name,City\nA,Porto\n")
    assert main(["import", str(path)]) == 2
    # What is on the map already is tied to, not written again.
    city = next(iter(tiny().of_kind("City")))
    rows = f"Name,City\nNewcomer,{city.name_en or city.name_bg}\n"
    done = told("import", written(folder, "new.csv", rows))
    assert "City" not in done["by_kind"] and done["by_kind"]["LOCATED_IN"] == 1
    told("undo", done["change"])
    told("undo", loaded["change"])


def test_a_restored_store_knows_the_file_as_well_as_the_first(folder, store, told, monkeypatch):
    path = written(folder, "bom.csv", "name,city,type\nBom Org,Sofia,organisation\n", "utf-8-sig")
    told("import", path)
    assert main(["backup", str(folder / "all.backup")]) == 0
    assert main(["export", str(folder / "one.jsonl")]) == 0
    other = folder / "data"
    monkeypatch.setenv("ECOSYSTEM_DATA", str(other))
    try:
        assert main(["restore", str(folder / "all.backup")]) == 0
        assert main(["export", str(folder / "other.jsonl")]) == 0
        assert (folder / "other.jsonl").read_bytes() == (folder / "one.jsonl").read_bytes()
        assert told("import", path)["changes"] == {"added": 0, "changed": 0, "removed": 0}
    finally:
        embedded.stop(other)


def test_another_file_of_the_same_name_does_not_take_the_place_of_the_first(folder, store, told):
    told("import", written(folder, "export.csv", "Name,City\nA,Porto\nB,Porto\nC,Porto\n"))
    other = written(folder, "export.csv", "Name,City\nX,Varna\nY,Varna\nZ,Varna\n")
    assert main(["import", str(other)]) == 2
    assert "org:a" in facts(store).nodes
    told("undo")


def test_a_preview_is_read_on_a_terminal_in_both_languages(folder, capsys):
    path = written(folder, "guests.csv", GUESTS)
    capsys.readouterr()
    assert main(["--lang", "bg", "import", str(path), "--dry-run"]) == 0
    said = capsys.readouterr()
    assert "Изпуснато" in said.out and "7 възела, 6 връзки" in said.out
    assert "23 нови" in said.out + said.err


def test_who_was_forgotten_does_not_come_back_in_a_file(folder, store, told):
    path = written(folder, "again.csv", GUESTS.replace("Борис Петров", "Борис Забравен"))
    done = told("import", path)
    told("forget", "person:boris-zabraven", "--yes")
    newer = path.read_text(encoding="utf-8").replace("директор", "ръководител")
    again = told("import", written(folder, "again.csv", newer))
    assert "person:boris-zabraven" not in facts(store).nodes
    assert any("forgotten" in one["message"] for one in again["warnings"])
    assert again["changes"]["added"] == 0 and done["changes"]["added"] == 23


def test_a_header_with_contact_data_is_cleaned_too(folder, store, told):
    rows = "Name,City,Call 0888 123 456,Write to a@example.org\nA,Porto,x,y\n"
    done = told("import", written(folder, "headers.csv", rows))
    assert "0888" not in repr(facts(store).records) and "example.org" not in repr(done["mapping"])
    told("undo", done["change"])


def test_a_column_without_a_name_is_not_lost(folder, told):
    rows = "Name,,City,\nA,remark,Porto,\nB,,Porto,\n"
    done = told("import", written(folder, "nameless.csv", rows), "--dry-run")
    assert done["mapping"]["tables"]["nameless"]["columns"] == {
        "Name": "name",
        "column B": "own",
        "City": "place",
    }


def test_what_is_left_out_is_said_in_the_language_of_the_reader(folder, store, capsys):
    path = str(written(folder, "contacts.csv", GUESTS))
    capsys.readouterr()
    assert main(["import", path, "--dry-run", "--lang", "bg"]) == 0
    said = capsys.readouterr().out
    assert "имейли и телефони не се пазят" in said and "never kept" not in said
