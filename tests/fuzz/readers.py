"""Every reader of files: bytes go in, and a value or a failure in words comes out.

A reader that takes something gives it back as it was: what was read, written and read again is
equal. Anything but an ``EcosystemError`` that escapes is a finding, and so is what never ends.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecosystem import contact, contradictions, doubts, figures, paths, queries, registers, values
from ecosystem.checks import check
from ecosystem.countries import parse_country
from ecosystem.dataset import Dataset
from ecosystem.documents import ingesting, reading
from ecosystem.documents import review as reviewing
from ecosystem.documents.extracting import extract
from ecosystem.errors import EcosystemError
from ecosystem.intake import bringing
from ecosystem.intake import readers as intake
from ecosystem.io import backups, exports, jsonl, pairs, scenarios, seeds
from ecosystem.io.packs import read_pack
from ecosystem.io.people import without_people
from ecosystem.model import Organisation, columns
from ecosystem.portable import lint
from ecosystem.spelling import remarks
from ecosystem.store import readonly
from tests.tiny import tiny

PACK = b'name = "town"\nmodel_version = "2"\ntitle_en = "Town"\ntitle_bg = "T"\nlicence = "CC0"\n'
OWN = PACK + b'[[attributes]]\nkind = "City"\nname = "river"\ntype = "text"\nlabel_en = "River"\n'


@dataclass(frozen=True)
class Reader:
    """What takes bytes, bytes that it takes, and words that such bytes are made of."""

    name: str
    read: Callable[[bytes], object]
    examples: tuple[bytes, ...]
    words: tuple[bytes, ...] = ()


def told(reader: Reader, data: bytes) -> None:
    """Give ``data`` to a reader, which may refuse it in words."""
    with suppress(EcosystemError):
        reader.read(data)


@contextmanager
def file_of(data: bytes, name: str) -> Iterator[Path]:
    """A file that holds ``data``, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        yield path


def examined(dataset: Dataset) -> None:
    """Everything that a load looks for in records, and everything that gives them back."""
    check(dataset)
    doubts.warnings(dataset)
    contradictions.warnings(dataset)
    without_people(dataset)
    lines = list(jsonl.dumps(dataset))
    assert jsonl.loads(lines) == dataset, "JSON Lines give back something else"
    with tempfile.TemporaryDirectory() as name:
        kept = Path(name, "kept.backup")
        backups.write(dataset, 1, "2026-01-01", kept)
        assert backups.read(kept).dataset == dataset, "a backup gives back something else"


def _packs(dataset: Dataset) -> None:
    """Packs that were written read as what was written."""
    with tempfile.TemporaryDirectory() as name:
        exports.write(dataset, Path(name, "out"))
        again = exports.read([Path(name, "out")])
        assert not again.problems, f"a written pack is not read: {again.problems[0]}"
        theirs = [one for one in dataset.records.values() if one.kind != "Pack"]
        ours = [one for one in again.dataset.records.values() if one.kind != "Pack"]
        assert ours == theirs, "packs give back something else"


def _csv(file: str) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        with file_of(data, file) as path:
            (path.parent / "pack.toml").write_bytes(OWN)
            found = exports.read([path.parent])
        list(map(str, found.problems))
        examined(found.dataset)
        if not found.problems:
            _packs(found.dataset)

    return read


def _pack(data: bytes) -> None:
    with file_of(data, "pack.toml") as path:
        pack = read_pack(path.parent)
        folder = path.parent / "again"
        seeds.write(pack, Dataset.of(()), folder)
        assert read_pack(folder) == pack, "a pack.toml gives back something else"


def _texts(data: bytes) -> None:
    """Records that hold any text wherever one may stand."""
    said, values_of = data.decode("utf-8", "surrogateescape"), {}
    for name, column in columns(Organisation).items():
        with suppress(ValueError):
            values_of[name] = (column.parse(said),) if column.many else column.parse(said)
    if values_of.get("name_en"):
        kept = {name: values_of[name] for name in TEXTS if name in values_of}
        dataset = Dataset.of([Organisation(id="org:x", pack="town", **kept)])
        examined(dataset)
        _packs(dataset)


TEXTS = ("name_bg", "name_en", "description_bg", "description_en", "aliases", "eik", "since")


def _jsonl(data: bytes) -> None:
    with file_of(data, "town.jsonl") as path:
        found = exports.read([path])
    list(map(str, found.problems))
    examined(found.dataset)


def _backup(data: bytes) -> None:
    with file_of(data, "town.backup") as path:
        backups.read(path)


def _sealed(data: bytes) -> None:
    """A backup whose checksum is right, whatever stands in it."""
    lines = data.splitlines(keepends=True)
    sealed = data + json.dumps({"sha256": hashlib.sha256(data).hexdigest()}).encode() + b"\n"
    if lines and b"records" in lines[0]:
        _backup(gzip.compress(sealed, compresslevel=1, mtime=0))


def _scenario(data: bytes) -> None:
    with file_of(data, "scenario.toml") as path:
        found = scenarios.read(path)
    assert scenarios.loads(scenarios.dumps(found)) == found, "a scenario gives back something else"


def _facts(data: bytes) -> None:
    with file_of(data, "facts.csv") as path:
        facts = pairs.read_facts(path)
    out = io.StringIO(newline="")
    pairs.write_facts(facts, out)


def _cities(data: bytes) -> None:
    cities, _, membership = data.partition(b"\n\n")
    with file_of(cities, "cities.csv") as path:
        (path.parent / "membership.csv").write_bytes(membership)
        pairs.dated_rows(path, path.parent / "membership.csv")
        pairs.undated_columns(path)


def _pairs(data: bytes) -> None:
    with file_of(data, "pairs.csv") as path:
        pairs.read_pairs(path)


def _intake(data: bytes) -> None:
    """A file of whatever format becomes records with which nothing is wrong."""
    found = bringing.prepare(intake.read_bytes(data, "file"), Dataset.of(()), bringing.Wanted())
    if isinstance(found, bringing.Prepared):
        problems = check(found.dataset)
        assert not problems, f"an import makes what is refused: {problems[0]}"


def _document(data: bytes) -> None:
    """A document of whatever format becomes records with which nothing is wrong."""
    document, nothing = reading.read_bytes(data, "file"), Dataset.of(())
    found = extract(document, nothing)
    assert all(document.text[row["start"] : row["end"]] == row["text"] for row in found.rows())
    review = reviewing.with_accepted(found, reviewing.untouched(found, nothing), reviewing.ALL)
    reviewing.said(reviewing.toml(found, review), found, review, nothing)
    problems = check(ingesting.records_of(found, review, nothing)[0])
    assert not problems, f"a document makes what is refused: {problems[0]}"


def _query(data: bytes) -> None:
    named = re.search(rb"^// ?name: *([a-z0-9-]{1,40})\s*$", data, re.MULTILINE)
    with file_of(data, f"{named[1].decode() if named else 'one'}.cypher") as path:
        found = queries.parse(path)
    lint(found)
    found.to_dict()
    found.bind(found.examples())


def _cypher(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    readonly.returned(text)
    readonly.beginning(text)
    remarks(text, [["0001-01-01", {"a": None}]])
    readonly.refuse_unstoppable(text)
    readonly.refuse_writing(text)


def _values(data: bytes) -> None:
    """One text through everything that reads a value."""
    text = data.decode("utf-8", "surrogateescape")
    assert not contact.holds_contact(contact.without_contact(text)), "contact data is left in"
    for parse in PARSERS:
        try:
            value = parse(text)
        except ValueError as error:
            str(error).encode("utf-8", "surrogatepass")
            continue
        _shown(parse, value)


def _shown(parse: Callable[[str], Any], value: Any) -> None:
    """What was read reads the same again, and can be written for people."""
    if isinstance(value, str):
        assert parse(value) == value, f"{parse.__name__} reads what it gave otherwise"
    for lang in values.LANGUAGES:
        if parse is values.parse_date:
            figures.day(value, lang)
            figures.span(value, value, lang)
            assert values.first_day(value) <= values.last_day(value)
        elif parse is values.parse_integer:
            figures.number(value, lang)
            figures.money(value, "EUR", lang)
            figures.money(value, "JPY", lang)
        elif parse is values.parse_decimal:
            figures.number(value, lang)
            figures.percent(value, lang)


PARSERS: tuple[Callable[[str], Any], ...] = (
    values.parse_id,
    values.parse_text,
    values.parse_date,
    values.parse_end,
    values.parse_moment,
    values.parse_integer,
    values.parse_decimal,
    values.parse_yes_no,
    values.parse_currency,
    values.parse_url,
    parse_country,
    *vars(registers).get("PROOFS", ()),
)


def _town(kind: str) -> bytes:
    rows = tuple(tiny().of_kind(kind))
    return "".join(seeds.csv_lines(type(rows[0]), rows)).encode()


def _export() -> bytes:
    return "".join(jsonl.dumps(tiny())).encode()


def _kept() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        return backups.write(tiny(), 3, "2026-01-01", Path(name, "b")).read_bytes()


def _opened() -> bytes:
    """What a backup holds before its last line."""
    return b"".join(gzip.decompress(_kept()).splitlines(keepends=True)[:-1])


CSV_WORDS = (
    b",",
    b'"',
    b'""',
    b"\r",
    b"\n",
    b"sep=;\n",
    b"city:alpha",
    b"|",
    b"#page",
    b"own:river",
)
JSON_WORDS = (
    b'"kind"',
    b'"City"',
    b"null",
    b"1e999",
    b"[[[[",
    b"{}",
    b"true",
    b'"\\ud800"',
    b"-0.0",
)
TOML_WORDS = (
    b"[[add]]",
    b"[[attributes]]",
    b"1979-05-27",
    b"inf",
    b"nan",
    b"'''",
    b"{a.b=1}",
    b"[[[[",
)
CYPHER_WORDS = tuple(
    word.encode()
    for word in (
        *(
            "MATCH (n) RETURN n AS",
            "SET",
            "`a``b`",
            "'\\'",
            "/*",
            "//",
            "\\u0027",
            "CALL {",
            "FOREACH (",
        ),
        *(
            "LOAD CSV",
            "[*1..3]",
            "{a: 1}",
            "=~ '\\\\b(",
            "// param: a int required =1 example=2 A|Б\n",
        ),
    )
)

INTAKE = (
    "Име;Организация;Роля;Събитие;Дата;Град;Имейл\nАна;Б;водещ;Среща;12.05.2026;Варна;a@b.bg\n".encode(),
    b"From,To,Type,Since\nA,B,funds,2019\nB,A,part of,x\n",
    b'{"elements": [{"label": "A", "type": "Topic"}], "connections": [{"from": "A", "to": "A"}]}',
    b'<gexf><graph><nodes><node id="a" label="A"/></nodes></graph></gexf>',
    b'graph [ node [ id 1 label "A" ] edge [ source 1 target 1 ] ]',
    b'*Vertices 2\n1 "A"\n2 "B"\n*Arcslist\n1 2\n',
    b"DL n=2 format=fullmatrix\nlabels:\na b\ndata:\n0 1\n0 0\n",
)
DOCUMENTS = (
    "На 3 май 2022 г. в Русе се проведе Първи форум „Мостове“, организиран от Община Русе.\n"
    "Участваха: Дунав Софт ООД, Клуб „Кейс“ (Ана Петрова), ana@example.org\n".encode(),
    b"<html><body><p>The Agency for Roads hosted the Danube Forum in Vienna.</p></body></html>",
)
READERS: tuple[Reader, ...] = (
    Reader("csv-cities", _csv("cities.csv"), (_town("City"),), CSV_WORDS),
    Reader("csv-organisations", _csv("organisations.csv"), (_town("Organisation"),), CSV_WORDS),
    Reader("csv-ties", _csv("participates_in.csv"), (_town("PARTICIPATES_IN"),), CSV_WORDS),
    Reader("csv-sources", _csv("sources.csv"), (_town("Source"),), CSV_WORDS),
    Reader("intake", _intake, INTAKE),
    Reader("document", _document, DOCUMENTS),
    Reader("pack", _pack, (PACK, OWN), TOML_WORDS),
    Reader("jsonl", _jsonl, (_export(),), JSON_WORDS),
    Reader("backup", _backup, (_kept(),)),
    Reader("backup-sealed", _sealed, (_opened(),), JSON_WORDS),
    Reader("scenario", _scenario, (scenarios.EXAMPLE.encode(),), TOML_WORDS),
    Reader(
        "pairs",
        _pairs,
        (b"network,start_year,mentor_geonameid,mentee_geonameid\nN,2018,1,2\nM,2019.0,3,\n",),
        CSV_WORDS,
    ),
    Reader(
        "facts",
        _facts,
        (b"city,attribute,value,known_from\n1,population,5,2001\n2,network,N,always\n",),
        CSV_WORDS,
    ),
    Reader(
        "cities",
        _cities,
        (
            b"geonameid,city,country,lat,lon,population,language,a_keywords_before_2019\n"
            b"1,A,BG,1,2,3,bg,x;y\n\n"
            b"geonameId;Network;Start;Description;asciiName;Country;lat_GN;lng_GN\n"
            b"1;N;2018.0;D;A;BG;1,5;2\n",
        ),
        CSV_WORDS,
    ),
    Reader(
        "query",
        _query,
        tuple(path.read_bytes() for path in sorted(paths.cypher_folder().glob("*.cypher"))[:6]),
        CYPHER_WORDS,
    ),
    Reader(
        "cypher",
        _cypher,
        (
            b"MATCH (n:City {id: $x})-[r:FUNDS*1..3]->(m) WHERE n.name_en =~ '.*' RETURN n.id",
            b"CALL { MATCH (n) RETURN n } WITH n AS set UNWIND [1, 2] AS x RETURN set.x ORDER BY x",
        ),
        CYPHER_WORDS,
    ),
    Reader("texts", _texts, ("Алфа".encode(), b"a|b", b'a, "b"', b"a\nb"), CSV_WORDS),
    Reader(
        "values",
        _values,
        (b"2018-09-10", b"city:alpha", b"12.50", b"https://a.bg/x", b"2026-01-01T10:00:00Z"),
        ("Алфа".encode(), b"ongoing", b"EUR", "България".encode(), b"tel. 0888 123 456", b"a@b.bg"),
    ),
)
