"""Reading CSV packs: every problem with its place, and no loss on the way back."""

import gzip
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.checks import check
from ecosystem.columns import parted
from ecosystem.dataset import EMPTY, Dataset, counts, diff
from ecosystem.errors import MOST_GUESSES, BackupError, DataError, EcosystemError, told
from ecosystem.io import backups, exports, jsonl, pairs, scenarios, seeds
from ecosystem.io.template import new_pack
from ecosystem.model import (
    KINDS,
    LOCAL_KINDS,
    LOG_KINDS,
    MODEL_VERSION,
    City,
    Evidence,
    Funds,
    Node,
    Organisation,
    Pack,
    PartnersWith,
    Source,
    seed_columns,
    seed_file,
)
from ecosystem.values import LONGEST_CELL, LONGEST_NAME, LONGEST_TEXT, parse_text


def pack(folder: Path, name: str = "probe", **files: str) -> Path:
    """A pack with the given CSV texts, written into ``folder``."""
    target = folder / name
    target.mkdir()
    (target / "pack.toml").write_text(f'name = "{name}"\nmodel_version = "{MODEL_VERSION}"\n')
    for file, content in files.items():
        (target / f"{file}.csv").write_text(content, encoding="utf-8")
    return target


def csv(kind: str, *rows: dict[str, str]) -> str:
    """CSV text with the full header of a kind and the given cells."""
    header = seed_columns(KINDS[kind])
    lines = [",".join(header)]
    lines += [",".join(row.get(name, "") for name in header) for row in rows]
    return "\n".join(lines) + "\n"


def said(folder: Path, context: Dataset = EMPTY) -> list[str]:
    """Every problem of the pack, in words."""
    found = seeds.read_packs([folder])
    problems = [*found.problems, *check(found.dataset, context, found.unread)]
    return [str(problem) for problem in sorted(problems)]


ORG = {"id": "org:a", "name_en": "A", "standing": "illustrative"}
CITY = {"id": "city:x", "name_bg": "Х", "name_en": "X", "standing": "illustrative"}


def test_a_new_pack_loads_as_it_is(tmp_path):
    new_pack(tmp_path / "my-pack")
    dataset = seeds.read([tmp_path / "my-pack"])
    assert check(dataset) == []
    assert counts(dataset) == {
        "Organisation": 1,
        "Event": 1,
        "Source": 1,
        "Pack": 1,
        "PARTICIPATES_IN": 1,
    }
    for kind in KINDS.values():
        filled = kind.kind not in (*LOCAL_KINDS, *LOG_KINDS, "Pack")
        assert (tmp_path / "my-pack" / seed_file(kind)).exists() == filled


def test_an_unknown_id_offers_the_nearest_one_and_says_where(tmp_path):
    folder = pack(
        tmp_path,
        organisations=csv("Organisation", {**ORG, "id": "org:sofia-tech-park"}),
        cities=csv("City", CITY),
        located_in=csv(
            "LOCATED_IN",
            {"source": "org:sofia-tehc-park", "target": "city:x", "standing": "illustrative"},
        ),
    )
    assert said(folder) == [
        f"{tmp_path.name}/probe/located_in.csv:2:source: 'org:sofia-tehc-park' isn't a known node. "
        "Did you mean 'org:sofia-tech-park'?"
    ]


def test_a_missing_pack_is_told_without_a_guess_for_each_of_its_ids(tmp_path):
    rows = [
        {"source": f"org:missing-{n}", "target": "city:x", "standing": "illustrative"}
        for n in range(1000)
    ]
    folder = pack(
        tmp_path,
        cities=csv("City", CITY),
        located_in=csv("LOCATED_IN", *rows),
        organisations=csv("Organisation", {**ORG, "id": "org:missing-x"}),
    )
    found = said(folder)
    assert len(found) == 1000
    assert sum("Did you mean 'org:missing-x'?" in problem for problem in found) == MOST_GUESSES
    assert sum("load the pack that has it" in problem for problem in found) == 1000 - MOST_GUESSES


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"id": "org:софия"}, "id", "cyrillic"),
        ({"id": "city:a"}, "id", "begins with 'org'"),
        ({"id": f"org:{'a' * 200}"}, "id", "has 204 letters"),
        ({"since": "2018-02-30"}, "since", "calendar"),
        ({"since": "2019", "until": "2018"}, "until", "before it begins"),
        ({"since": "0018"}, "since", "not plausible"),
        ({"fund_size_minor": "-5", "fund_size_currency": "EUR"}, "fund_size_minor", "below 0"),
        ({"fund_size_minor": "5", "fund_size_currency": "LEV"}, "fund_size_currency", "ISO 4217"),
        ({"fund_size_minor": "5"}, "fund_size_currency", "together"),
        ({"form": "firm"}, "form", "not one of"),
        ({"standing": "documented"}, "sources", "needs a source"),
        ({"standing": ""}, "standing", "must not be empty"),
        ({"standing": "inferred"}, "rule", "names its rule"),
        ({"sources": "source:none#1"}, "sources", "isn't a known Source"),
        ({"sources": "org:a#1"}, "sources", "isn't a known Source"),
        ({"name_en": ""}, "name_bg", "a name in one language"),
        ({"name_en": "a\u202eb"}, "name_en", "direction override"),
        ({"description_en": "write to joe@example.org"}, "description_en", "e-mail"),
        ({"description_en": "call +359 2 123 4567"}, "description_en", "phone"),
        ({"description_en": "ivan (at) x.bg"}, "description_en", "e-mail"),
        ({"aliases": "A|0888 123 456"}, "aliases", "phone"),
        ({"rule": "by 02 981 12 34"}, "rule", "phone"),
        ({"website": "https://ivan@x.bg/"}, "website", "e-mail"),
        ({"eik": "205457881"}, "eik", "check digit is wrong"),
        ({"eik": "696327"}, "eik", "has lost zeros"),
        ({"lei": "1.23E+12"}, "lei", "what a spreadsheet makes"),
        ({"website": "javascript:alert(1)"}, "website", "address"),
    ],
)
def test_a_bad_cell_is_reported_with_its_column(tmp_path, cells, column, words):
    folder = pack(tmp_path, organisations=csv("Organisation", {**ORG, **cells}))
    found = said(folder)
    assert len(found) == 1
    assert f"organisations.csv:2:{column}: " in found[0]
    assert words in found[0]


def test_all_problems_of_all_files_come_at_once(tmp_path):
    folder = pack(
        tmp_path,
        organisations=csv(
            "Organisation",
            {**ORG, "form": "universty", "name_en": "", "since": "yesterday"},
            {**ORG, "id": "org:б", "eik": "1"},
        ),
        cities=csv("City", {**CITY, "latitude": "north", "standing": ""}),
        located_in=csv("LOCATED_IN", {"source": "org:б", "target": "city:y", "standing": "x"}),
        events="name_en,wen\nParty,2018\n",
    )
    places = [one.partition("probe/")[2].split(": ")[0] for one in said(folder)]
    assert places == [
        "cities.csv:2:latitude",
        "cities.csv:2:standing",
        "events.csv:1:id",
        "events.csv:1:wen",
        "located_in.csv:2:source",
        "located_in.csv:2:standing",
        "located_in.csv:2:target",
        "organisations.csv:2:form",
        "organisations.csv:2:name_bg",
        "organisations.csv:2:since",
        "organisations.csv:3:eik",
        "organisations.csv:3:id",
    ]
    assert any("Did you mean 'university'?" in one for one in said(folder))


def test_what_could_not_be_read_is_not_missed_elsewhere(tmp_path):
    tie = {"source": "org:b", "target": "city:x", "standing": "illustrative"}
    folder = pack(
        tmp_path,
        organisations=csv("Organisation") + "org:b,too,short\n",
        located_in=csv("LOCATED_IN", tie),
    )
    (folder / "cities.csv").write_bytes(b"id,name_en\ncity:x,\xff\n")
    assert [one.partition("probe/")[2].split(": ")[0] for one in said(folder)] == [
        "cities.csv:2",
        "organisations.csv:2",
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "sep=,\n" + text,
        lambda text: '"sep=,"\n' + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: " , ,\n\n" + text + ",,,\n \n",
        lambda text: text.replace("name_en", " Name en "),
        lambda text: text.replace("id,", "ID,", 1),
        lambda text: "\n".join(line + ",," for line in text.splitlines()),
        lambda text: "\ufeff" + text,
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_file_may_be_as_a_spreadsheet_leaves_it(tmp_path, change, encoding):
    text = "id,name_en,standing\norg:a,A,illustrative\norg:b,Б,illustrative\n"
    if encoding == "utf-16" and change(text).startswith("\ufeff"):
        return
    folder = pack(tmp_path)
    (folder / "organisations.csv").write_bytes(change(text).encode(encoding))
    assert said(folder) == []
    found = seeds.read([folder]).of_kind("Organisation")
    assert [(one.id, one.name_en) for one in found] == [("org:a", "A"), ("org:b", "Б")]


def test_what_an_open_spreadsheet_leaves_beside_a_file_is_passed_over(tmp_path):
    folder = pack(tmp_path, organisations=csv("Organisation", ORG))
    for name in ("~$organisations.csv", ".~lock.organisations.csv#", "._organisations.csv"):
        (folder / name).write_bytes(b"\x05\x00lock")
    assert said(folder) == []


def test_one_problem_on_many_lines_is_told_once_and_of_a_kind_fifty(tmp_path):
    rows = [{**ORG, "id": f"org:{n}", "form": "x" if n < 20 else f"y{n}"} for n in range(300)]
    folder = pack(tmp_path, organisations=csv("Organisation", *rows))
    found = seeds.read_packs([folder])
    problems = check(found.dataset)
    lines = list(told(problems))
    assert len(problems) == 300
    assert len(lines) == 51
    shared = [line for line in lines if "'x' is not one of" in line]
    assert len(shared) == 1 and "organisations.csv:2, 3, 4, " in shared[0]
    assert "(and 8 more lines):form: " in shared[0]
    assert lines[-1].endswith("organisations.csv: ... and 231 more of this kind.")


def test_a_hundred_thousand_bad_rows_ask_for_few_guesses(tmp_path, monkeypatch):
    asked: list[object] = []

    def guessed(word: str, *_words: object, **_how: object) -> list[str]:
        asked.append(word)
        return []

    monkeypatch.setattr("ecosystem.errors.get_close_matches", guessed)
    rows = [{**CITY, "id": f"city:{n}", "country": f"Nowhere {n}"} for n in range(5000)]
    ties = [
        {"source": f"org:{n}", "target": f"city:{n}", "address_role": f"r{n}"} for n in range(5000)
    ]
    folder = pack(tmp_path, cities=csv("City", *rows), located_in=csv("LOCATED_IN", *ties))
    assert len(said(folder)) == 20_000
    assert len(asked) <= 4 * MOST_GUESSES


@pytest.mark.parametrize(
    ("kind", "source", "target", "words"),
    [
        ("MENTORS", "project:p", "city:x", "does not lead from Project to City"),
        ("PARTNERS_WITH", "org:a", "org:a", "from a node to itself"),
    ],
)
def test_wrong_ends_of_a_tie_are_reported(tmp_path, kind, source, target, words):
    tie = {"source": source, "target": target, "standing": "illustrative"}
    folder = pack(
        tmp_path,
        organisations=csv("Organisation", ORG, {**ORG, "id": "org:b"}),
        projects=csv("Project", {**ORG, "id": "project:p"}),
        cities=csv("City", CITY),
        **{kind.lower(): csv(kind, tie)},
    )
    assert any(words in problem for problem in said(folder))


def test_a_tie_that_is_read_both_ways_may_be_written_either_way(tmp_path):
    tie = {"source": "org:b", "target": "org:a", "standing": "illustrative"}
    folder = pack(
        tmp_path,
        organisations=csv("Organisation", ORG, {**ORG, "id": "org:b"}),
        partners_with=csv("PARTNERS_WITH", tie),
    )
    assert said(folder) == []
    assert list(seeds.read([folder]).edges) == ["PARTNERS_WITH|org:a|org:b|"]
    other = {**tie, "source": "org:a", "target": "org:b"}
    (folder / "partners_with.csv").write_text(csv("PARTNERS_WITH", tie, other))
    assert "stands already" in said(folder)[0]


@pytest.mark.parametrize(
    ("locator", "wrong"), [("paragraph 2, 2018-2020", False), ("tel. 02 981 12 34", True)]
)
def test_contact_data_is_found_in_the_place_of_a_source_too(tmp_path, locator, wrong):
    page = {"id": "source:s", "name_en": "S", "publisher": "P"}
    row = {**ORG, "sources": f'"source:s#{locator}"'}
    folder = pack(tmp_path, organisations=csv("Organisation", row), sources=csv("Source", page))
    assert any("organisations.csv:2:sources: looks like" in one for one in said(folder)) == wrong
    assert len(said(folder)) == wrong


def test_contact_data_in_an_attribute_of_one_s_own_is_refused(tmp_path):
    folder = pack(tmp_path)
    toml = folder / "pack.toml"
    toml.write_text(
        toml.read_text() + '[[attributes]]\nkind = "Organisation"\nname = "remark"\ntype = "text"\n'
        'label_en = "Remark"\n'
    )
    text = "id,name_en,standing,own:remark\norg:a,A,illustrative,ivan [at] x.bg\n"
    (folder / "organisations.csv").write_text(text)
    assert [one.partition("organisations.csv")[2][:13] for one in said(folder)] == [":2:own:remark"]


def test_characters_of_no_width_make_no_second_name(tmp_path):
    row = {**ORG, "name_en": "So\u200bfia\u00ad \ufeffTech\u200d", "name_bg": "👩\u200d🔬"}
    folder = pack(tmp_path, organisations=csv("Organisation", row))
    (found,) = seeds.read([folder]).of_kind("Organisation")
    assert (found.name_en, found.name_bg) == ("Sofia Tech", "👩\u200d🔬")


def test_duplicate_ids_name_both_places(tmp_path):
    folder = pack(tmp_path, organisations=csv("Organisation", ORG, ORG))
    (problem,) = said(folder)
    assert "organisations.csv:3:id: 'org:a' stands already in" in problem
    assert problem.count("organisations.csv") == 2


def test_a_second_tie_between_the_same_ends_asks_for_a_key(tmp_path):
    tie = {"source": "org:a", "target": "city:x", "standing": "illustrative"}
    files = {
        "organisations": csv("Organisation", ORG),
        "cities": csv("City", CITY),
    }
    folder = pack(tmp_path, **files, located_in=csv("LOCATED_IN", tie, tie))
    assert "Give the row a key" in said(folder)[0]
    folder = pack(
        tmp_path, "keyed", **files, located_in=csv("LOCATED_IN", tie, {**tie, "key": "2"})
    )
    assert said(folder) == []


@pytest.mark.parametrize("key", ["a|b", '"a\nb"', "a\tb"])
def test_a_key_that_no_address_could_hold_is_refused(tmp_path, key):
    tie = {"source": "org:a", "target": "city:x", "standing": "illustrative", "key": key}
    folder = pack(
        tmp_path,
        organisations=csv("Organisation", ORG),
        cities=csv("City", CITY),
        located_in=csv("LOCATED_IN", tie),
    )
    assert "located_in.csv:2:key: must be one line without '|'" in said(folder)[0]


def test_an_id_of_another_pack_is_refused(tmp_path):
    other = Dataset.of([Organisation(id="org:a", pack="other", name_en="A")])
    folder = pack(tmp_path, organisations=csv("Organisation", ORG))
    assert "belongs to the pack 'other'" in said(folder, other)[0]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"id,name\xff\n", "not UTF-8"),
        (b"id\tname_bg\tname_en\n", "is separated by tabs. Save it with commas"),
        (b"sep=;\nid;name_bg\n", "is separated by semicolons"),
        (b" \n,,\n", "is empty: it has no header"),
        (b"id,name_en,\norg:a,A,lost\n", "column 3 has cells and no name"),
        (csv("Organisation", ORG).encode() + b"\0", "NUL byte"),
        (b"id;name_bg;name_en\n", "semicolons"),
        (b"ids,name_bg\norg:a,x\n", "this column is missing"),
        (
            csv("Organisation").replace("form", "from").encode(),
            "no such column. Did you mean 'form'",
        ),
        (csv("Organisation").replace("form", "eik").encode(), "stands there twice"),
        (csv("Organisation").encode() + b"org:a,b\n", "the row has 2 cells"),
        (csv("Organisation").encode() + b'org:a,"b\n', "not CSV"),
        (b"", "is empty: it has no header. Write the header and rows, or remove"),
        (csv("Organisation").encode(), "its files have no rows"),
    ],
)
def test_a_broken_file_is_reported_and_nothing_crashes(tmp_path, raw, words):
    folder = pack(tmp_path)
    (folder / "organisations.csv").write_bytes(raw)
    assert words in " ".join(said(folder))


def test_a_byte_order_mark_is_taken_in_stride(tmp_path):
    folder = pack(tmp_path, organisations=csv("Organisation", ORG))
    for file in folder.iterdir():
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert said(folder) == []


def test_what_only_has_the_name_of_a_file_is_reported(tmp_path):
    folder = pack(tmp_path, events="")
    (folder / "events.csv").unlink()
    (folder / "organisations.csv").mkdir()
    (folder / "cities.csv").symlink_to("/nowhere")
    (folder / "themes.csv").symlink_to("/dev/zero")
    os.mkfifo(folder / "sources.csv")
    place = f"{tmp_path.name}/probe"
    hint = "is not a file. Put a CSV file there, or remove it."
    names = ("cities", "organisations", "sources", "themes")
    assert said(folder) == [f"{place}/{name}.csv: {hint}" for name in names]


def test_looking_for_contact_data_takes_one_pass_over_long_texts(tmp_path):
    long = "a" * LONGEST_TEXT
    folder = pack(tmp_path, organisations=csv("Organisation", {**ORG, "description_en": long}))
    began = time.process_time()
    assert said(folder) == []
    assert time.process_time() - began < 5  # minutes where the search starts again at each letter


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('name = "p"\nmodel_version = "0"\n', "model version 0"),
        ('name = "p"\n', "must be a text"),
        ("name = [\n", "cannot be read"),
        ('name = "p/../q"\nmodel_version = "1"\n', "not a pack name"),
        ('name = "p"\nmodel_version = "1"\nrequires = 5\n', "must be a list of texts"),
        ('name = "p"\nmodel_version = "1"\nrequires = "themes"\n', "must be a list of texts"),
    ],
)
def test_a_bad_declaration_is_reported(tmp_path, toml, words):
    folder = pack(tmp_path)
    (folder / "pack.toml").write_text(toml)
    assert words in said(folder)[0]


DEEP = "a = " + "[" * 10_000 + "]" * 10_000


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda path: os.mkfifo(path), "there is no pack here"),
        (lambda path: path.symlink_to("/dev/zero"), "there is no pack here"),
        (lambda path: path.mkdir(), "there is no pack here"),
        (lambda path: path.write_text(DEEP), "is nested too deeply"),
        (lambda path: path.write_bytes(b"#" * (10 << 20)), "is larger than 1 MiB"),
        (lambda path: path.write_bytes(b"\xff"), "cannot be read"),
    ],
)
def test_a_declaration_that_would_not_end_is_refused_with_its_place(tmp_path, made, words):
    folder = pack(tmp_path, organisations=csv("Organisation", ORG))
    (folder / "pack.toml").unlink()
    made(folder / "pack.toml")
    (problem,) = said(folder)
    assert problem.startswith(f"{tmp_path.name}/probe/pack.toml: {words}")


LINE = '{"kind": "City", "id": "city:x", "pack": "p", "name_en": "X", "population": 5}'


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("[" * 100_000 + "]" * 100_000, "is nested too deeply"),
        (LINE.replace("5", "NaN"), "NaN is no number"),
        (LINE.replace("5", "-Infinity"), "is no number"),
        (LINE.replace("5", "1e999"), "population: must be a whole number"),
        (LINE.replace("5", "9" * 30), "population: must be a whole number"),
        (LINE.replace("5", "9" * 10_000), "is no record"),
        (LINE.replace("5", "true"), "population: must be a whole number"),
        (LINE.replace("5", '"many"'), "population: 'many' is not a whole number"),
        (LINE.replace("population", "populaton"), "no such field; did you mean 'population'?"),
        (LINE.replace('"X"', '["X"]'), "name_en: must be a text"),
        (LINE.replace("population", "own:size").replace("5", "1e999"), "own:size: must be"),
        (LINE.replace("city:x", "city:\u0445"), "cyrillic"),
        (LINE.replace('"p"', "7"), "pack: must be a text"),
        ("[]", "holds no object"),
        ("", "is no record"),
        (LINE, "'city:x' stands already in line 2. Remove one."),
    ],
)
def test_a_line_that_is_no_record_is_refused_with_its_place(line, words):
    header = f'{{"format": "ecosystem-mapper", "model_version": "{MODEL_VERSION}"}}'
    with pytest.raises(DataError) as caught:
        jsonl.loads([header, LINE, line], "town.jsonl")
    (problem,) = caught.value.problems
    assert str(problem).startswith("town.jsonl:3:")
    assert words in str(problem)


def test_every_wrong_field_of_a_line_is_told():
    line = '{"kind": "City", "id": "city:x", "pack": "p", "since": "x", "latitude": "y", "z": 1}'
    with pytest.raises(DataError) as caught:
        jsonl.records([line])
    assert [one.column for one in caught.value.problems] == ["latitude", "since", "z"]


def test_a_folder_without_pack_and_an_empty_pack_are_reported(tmp_path):
    assert "there is no pack here" in said(tmp_path / "nowhere")[0]
    assert "the pack is empty" in said(pack(tmp_path))[0]


def test_a_hint_that_is_not_near_in_sense_is_not_given(tmp_path):
    folder = pack(
        tmp_path,
        organisations=csv("Organisation", ORG),
        cities=csv("City", {**CITY, "id": "city:ostrava"}),
        located_in=csv(
            "LOCATED_IN",
            {"source": "org:a", "target": "city:stara-zagora", "standing": "illustrative"},
        ),
    )
    (problem,) = said(folder)
    assert problem.endswith("Add it, or load the pack that has it.")


def test_a_file_that_is_none_of_a_pack_is_named_with_the_way_to_bring_it_in(tmp_path):
    folder = pack(tmp_path, cities=csv("City", CITY))
    for name in (
        "list.xlsx",
        "net.gexf",
        "README.md",
        "notes.txt",
        "LICENSE",
        ".git",
        "~$list.xlsx",
    ):
        (folder / name).write_bytes(b"x")
    read = seeds.read_packs([folder])
    assert read.problems == ()
    assert [str(one).rpartition("probe/")[2] for one in read.warnings] == [
        f"{name}: is no file of a pack and was left out. "
        "'ecosystem import FILE' brings a spreadsheet or a network onto the map."
        for name in ("list.xlsx", "net.gexf")
    ]


def test_an_unknown_file_is_reported_with_the_nearest_name(tmp_path):
    folder = pack(tmp_path, organizations="x\n", cities=csv("City", CITY))
    assert "Did you mean 'organisations.csv'?" in said(folder)[0]


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf"]), max_size=30)
names = words.map(str.strip).filter(bool)
amounts = st.integers(0, 10**15)


@st.composite
def datasets(draw):
    """A small pack with awkward but legal values."""
    slugs = draw(st.lists(st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True), min_size=2, unique=True))
    import unicodedata

    def clean(text):
        return unicodedata.normalize("NFC", text).strip()

    records = [
        Organisation(
            id=f"org:{slug}",
            pack="probe",
            name_bg=clean(draw(names)) or "x",
            aliases=tuple(a for a in (clean(draw(words).replace("|", "")) for _ in "ab") if a),
            fund_size_minor=draw(st.none() | amounts),
            standing="illustrative",
        )
        for slug in slugs
    ]
    records.append(
        City(
            id="city:x",
            pack="probe",
            name_bg="Х",
            name_en="X",
            standing="illustrative",
            latitude=draw(st.none() | st.floats(-90, 90).map(lambda f: round(f, 6))),
        )
    )
    records.append(
        Funds(
            pack="probe",
            source=f"org:{slugs[0]}",
            target=f"org:{slugs[1]}",
            amount_minor=draw(amounts),
            amount_currency="BGN",
            standing="illustrative",
        )
    )
    return Dataset.of(records)


@given(datasets())
def test_writing_and_reading_a_pack_loses_nothing(tmp_path_factory, dataset):
    folder = tmp_path_factory.mktemp("pack") / "probe"
    seeds.write(
        Pack(id="pack:probe", pack="probe", name_bg="п", name_en='a "quoted"\ttitle'),
        dataset,
        folder,
    )
    again = seeds.read([folder])
    assert {r.id: _tidy(r) for r in again.without("Pack").records.values()} == {
        r.id: _tidy(r) for r in dataset.records.values()
    }


def _tidy(record):
    from dataclasses import replace

    return (
        replace(record, aliases=tuple(a.strip() for a in record.aliases))
        if isinstance(record, Organisation)
        else record
    )


@given(datasets())
def test_json_lines_lose_nothing_and_are_stable(dataset):
    lines = list(jsonl.dumps(dataset))
    again = jsonl.loads(lines)
    assert again == dataset
    assert list(jsonl.dumps(again)) == lines


def test_the_difference_of_two_datasets_is_added_changed_removed():
    old = Dataset.of([_organisation("a", "A"), _organisation("b", "B")])
    new = Dataset.of([_organisation("b", "Б"), _organisation("c", "C")])
    changes = diff(old, new)
    assert [r.id for r in changes.added] == ["org:c"]
    assert [r.name_en for r in changes.changed] == ["Б"]
    assert [r.id for r in changes.removed] == ["org:a"]
    assert not diff(new, new)
    assert not changes.without_removals().removed


def _organisation(slug: str, name: str) -> Node:
    return Organisation(id=f"org:{slug}", pack="p", name_en=name, standing="illustrative")


def test_evidence_may_speak_of_an_edge():
    a, b = _organisation("a", "A"), _organisation("b", "B")
    edge = PartnersWith(pack="p", source="org:a", target="org:b", standing="illustrative")
    source = Source(id="source:s", pack="p", name_en="S", publisher="P")
    row = Evidence(id="evidence:1", pack="p", subject=edge.id, stance="supports", source="source:s")
    dataset = Dataset.of([a, b, edge, source, row])
    assert check(dataset) == []
    assert dataset.evidence_of(edge.id) == [row]
    assert check(Dataset.of([a, b, source, row])) != []


@pytest.mark.parametrize("texts", [("a|b",), ("a\\", "b"), ("\\|", "\\\\", "a|b|"), ("C:\\x",)])
def test_lists_of_texts_with_bars_and_backslashes_are_given_back(tmp_path, texts):
    pack = Pack(id="pack:town", pack="town", name_en="Town", name_bg="Град")
    record = Organisation(id="org:x", pack="town", name_en="X", aliases=texts)
    seeds.write(pack, Dataset.of([record]), tmp_path / "town")
    assert seeds.read([tmp_path / "town"]).records["org:x"] == record


def test_a_backslash_before_another_sign_is_one_of_the_text():
    assert parted(r"C:\x | a\|b | \\") == [r"C:\x", "a|b", "\\"]


def _refused(target):
    with pytest.raises(DataError) as caught:
        seeds.read([target])
    return [str(one) for one in caught.value.problems]


def test_a_cell_beyond_reason_is_refused_with_its_line(tmp_path):
    rows = "id,name_en,form\norg:a,A,company\norg:b," + "я" * (LONGEST_CELL + 1) + ",company\n"
    (line,) = _refused(pack(tmp_path, organisations=rows))
    assert "organisations.csv:3: a cell has more than 1000000 letters." in line


def test_a_quote_that_is_never_closed_is_found_before_the_end(tmp_path):
    rows = 'id,name_en,form\norg:a,"A,company\n' + "org:b,B,company\n" * 100_000
    (line,) = _refused(pack(tmp_path, organisations=rows))
    assert "Look for a quote that is not closed" in line


def test_a_header_beyond_reason_is_one_problem(tmp_path):
    header = ",".join(["id", "name_en", *(f"column{n}" for n in range(50_000))])
    (line,) = _refused(pack(tmp_path, organisations=f"{header}\norg:a,A\n"))
    assert "organisations.csv:1: has 50002 columns, more than 1000." in line


def test_any_number_of_empty_rows_is_passed_over(tmp_path):
    rows = "id,name_en,form,standing\norg:a,A,company,illustrative\n" + ",,,\n" * 300_000
    assert len(seeds.read([pack(tmp_path, organisations=rows)]).nodes) == 2


def test_a_text_beyond_reason_is_refused_wherever_it_comes_from():
    with pytest.raises(ValueError, match="more than 20000"):
        parse_text("a" * (LONGEST_TEXT + 1))


def test_a_name_beyond_reason_is_refused_with_its_row_and_column(tmp_path):
    long, fits = "я" * (LONGEST_NAME + 1), "я" * LONGEST_NAME
    for folder in ("names", "texts"):
        (tmp_path / folder).mkdir()
    rows = f"id,name_bg,aliases,form\norg:a,{fits},{fits}|{fits},company\norg:b,{long},,company\n"
    (line,) = _refused(pack(tmp_path / "names", organisations=rows))
    assert "organisations.csv:3:name_bg: the text has 501 letters, more than 500." in line
    rows = f"id,name_bg,description_bg,form\norg:a,А,{fits * 41},company\n"
    (line,) = _refused(pack(tmp_path / "texts", organisations=rows))
    assert "organisations.csv:2:description_bg: the text has 20500 letters, more than 20000" in line


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_never_ends_is_no_file(tmp_path, kind):
    path = tmp_path / "endless.csv"
    os.mkfifo(path) if kind == "pipe" else path.symlink_to("/dev/zero")
    readers = (scenarios.read, pairs.read_pairs, pairs.read_facts, backups.read)
    for read in (*readers, lambda one: exports.read([one]).dataset):
        try:
            found = read(path)
        except EcosystemError as error:
            assert "endless.csv" in str(getattr(error, "problems", error))
        else:
            assert not len(found)


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a = " + "{b = " * 20_000])
def test_a_scenario_that_is_nested_beyond_reason_is_refused(text):
    with pytest.raises(DataError) as caught:
        scenarios.loads(text)
    assert "nested too deeply" in str(caught.value.problems[0])


def test_a_backup_that_unpacks_beyond_reason_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(backups, "MOST_BYTES", 1000)
    made = backups.write(Dataset.of([]), 1, "2026-01-01", tmp_path / "small.backup")
    assert backups.read(made).revision == 1
    (tmp_path / "large.backup").write_bytes(gzip.compress(b"0" * 100_000))
    with pytest.raises(BackupError, match="is no backup"):
        backups.read(tmp_path / "large.backup")
