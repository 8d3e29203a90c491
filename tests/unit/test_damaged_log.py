"""A piece of the log that cannot be read any more is as if it were not kept."""

import pytest

from ecosystem import changelog
from ecosystem.dataset import Dataset
from ecosystem.errors import StoreChangedError
from ecosystem.model import Change, ChangePart

ENTRY = Change(
    id="change:no-000001", pack="local", at="2026-01-01T10:00:00Z", what="load", changed=1, parts=1
)


@pytest.mark.parametrize("content", ["AAAA", "not base 64!", "", "я"])
@pytest.mark.parametrize("holds", ["ids", "records"])
def test_a_damaged_piece_is_told_as_one_that_is_gone(content, holds):
    piece = ChangePart(
        id="part:no-000001-0000",
        pack="local",
        change=ENTRY.id,
        number=0,
        holds=holds,
        content=content,
    )
    held = changelog.Held(Dataset.of([piece]))
    assert changelog.touched(held, [ENTRY]) == {}
    with pytest.raises(StoreChangedError):
        changelog.former(held, ENTRY)
