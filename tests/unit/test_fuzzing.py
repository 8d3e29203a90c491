"""What gives bytes to readers finds what is wrong with one, and says how to see it again."""

import time

import pytest

from tests.fuzz import driving
from tests.fuzz.__main__ import INTERFACE, main, shares
from tests.fuzz.asking import REQUESTS
from tests.fuzz.chance import mutated
from tests.fuzz.readers import READERS, Reader

each = pytest.mark.parametrize("reader", READERS, ids=lambda one: one.name)


@each
def test_what_a_reader_is_shown_first_is_what_it_takes(reader):
    for example in reader.examples:
        reader.read(example)


@each
def test_a_reader_takes_what_is_odd_or_says_why_not(reader):
    for data in (b"", b"\0", b"\xff\xfe\xff", b"\xef\xbb\xbf", b"[" * 3000, b"\n" * 50, b'"'):
        assert driving.repeated(reader, data) is None


def test_the_smallest_failing_input_is_kept_and_told(tmp_path, monkeypatch):
    monkeypatch.setattr(driving, "KEPT", tmp_path)

    def read(data):
        assert b"|" not in data, "a bar"

    reader = Reader("bars", read, (b"abc",), (b"|",))
    found = driving.by_chance(reader, mutated(reader), 1, time.monotonic() + 60)
    assert found is not None and b"|" in found.data
    assert "a bar" in str(found) and f"--repeat bars {found.kept()}" in str(found)
    assert found.kept().read_bytes() == found.data


def test_what_never_ends_is_found():
    def read(data):
        while True:
            time.sleep(0.01)

    with pytest.raises(driving.Endless), driving.within(1):
        read(b"")


def test_an_input_that_was_kept_is_tried_again(tmp_path, capsys):
    path = tmp_path / "input"
    path.write_bytes(b"2018-02-30")
    assert main(["--repeat", "values", str(path)]) == 0
    assert "says why not" in capsys.readouterr().out


def test_the_time_is_shared():
    names = [INTERFACE, REQUESTS.name, *(reader.name for reader in READERS)]
    found = shares(names, 60)
    assert sum(found.values()) <= 62 and found[INTERFACE] >= 20
    assert shares(["values"], 60) == {"values": 60}
