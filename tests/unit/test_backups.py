"""A backup gives back what the store held, to the last sign."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given

from ecosystem.dataset import Dataset
from ecosystem.io import backups, jsonl
from ecosystem.model import Organisation, Pack
from tests.contract.records import datasets

ODD = (
    "x = 1\n",
    " blanks around ",
    "\ttab",
    "line\r\nline\r",
    "a\x00b",
    "e\u0301",
    "\u200b",
    "\ufeff",
)


def again(dataset: Dataset) -> Dataset:
    """What a backup of it holds."""
    with tempfile.TemporaryDirectory() as folder:
        file = backups.write(dataset, 1, "2026-01-01", Path(folder, "all.backup"))
        return backups.read(file).dataset


@given(datasets())
def test_whatever_a_store_can_hold_comes_back_from_a_backup(dataset):
    assert again(dataset) == dataset


def test_signs_that_a_form_or_a_file_would_not_take_come_back():
    packs = [Pack(id=f"pack:p-{n}", pack=f"p-{n}", mapping=one) for n, one in enumerate(ODD)]
    bodies = [
        Organisation(id=f"org:o-{n}", pack="p-0", name_en=one, aliases=(one,), own=(("size", one),))
        for n, one in enumerate(ODD)
    ]
    dataset = Dataset.of([*packs, *bodies])
    assert again(dataset) == dataset


def test_the_log_gives_back_what_a_record_was_to_the_last_sign():
    old = Organisation(id="org:a", pack="p", name_en="A", description_en="ends\n")
    assert jsonl.records([jsonl.line(old)]).records["org:a"] == old
