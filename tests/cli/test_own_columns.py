"""Attributes of one's own are not emptied without a word, by a column or by a declaration."""

import pytest

from ecosystem.cli import main
from ecosystem.dataset import Dataset
from ecosystem.io import seeds
from ecosystem.model import Organisation, Pack
from ecosystem.model.attributes import Attribute
from ecosystem.store import embedded
from ecosystem.values import Text

STAFF = Attribute("Organisation", "staff", "number", Text("Служители", "Staff"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ECOSYSTEM_DATA", str(tmp_path / "data"))
    yield tmp_path
    embedded.stop(tmp_path / "data")


def packed(folder, attributes, own):
    firm = Organisation(
        id="org:firm",
        pack="p",
        name_en="Firm",
        form="company",
        standing="illustrative",
        own=own,
    )
    lines = tuple(one.line() for one in attributes)
    pack = Pack(id="pack:p", pack="p", name_en="p", attributes=lines)
    place = folder / f"p{len(attributes)}" / "p"
    place.parent.mkdir()
    seeds.write(pack, Dataset.of([firm]), place)
    return str(place)


def test_a_declaration_that_is_gone_is_asked_for_like_a_column(folder, capsys):
    assert main(["load", packed(folder, [STAFF], (("staff", 12),))]) == 0
    without = packed(folder, [], ())
    assert main(["load", without]) == 3
    said = capsys.readouterr().err
    assert "own:staff" in said and "the store holds 1 values of it" in said
    assert main(["load", without, "--empty", "own:staff"]) == 0
