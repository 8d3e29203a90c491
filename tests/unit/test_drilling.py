"""The drill says what it could not try, and calls it neither held nor missed."""

from __future__ import annotations

from tests.drill import readers


def test_where_there_is_no_second_address_the_crowd_is_left_out_and_told(monkeypatch, capsys):
    monkeypatch.setattr(readers, "answers", lambda _source: False)
    readers.told(readers.Heard(memory=[1] * 8))
    said = capsys.readouterr().out
    assert "not tried, this machine has no 127.0.0.2" in said
    assert "beside a crowd" not in said


def test_an_address_of_this_machine_is_known_from_another():
    assert readers.answers("127.0.0.1")
    assert not readers.answers("192.0.2.1")
