"""What a release says of the licences of what it needs."""

import json

from tests.release import BESIDE, ROOT, licences


def test_every_licence_is_listed_and_none_is_made_up():
    listed = json.loads(
        """{"components": [
            {"name": "b", "version": "2", "licenses": [{"license": {"id": "MIT"}}]},
            {"name": "A", "version": "1", "licenses": [{"expression": "MIT OR ISC"}]},
            {"name": "c", "version": "3", "licenses": [
                {"license": {"id": "BSD-3-Clause"}},
                {"license": {"name": "License :: OSI Approved :: BSD License"}}]},
            {"name": "d"}
        ]}"""
    )
    rows = licences(listed).splitlines()[2:]
    assert rows[:4] == [
        "| A | 1 | MIT OR ISC |",
        "| b | 2 | MIT |",
        "| c | 3 | BSD-3-Clause; BSD License |",
        "| d |  | not said in its description |",
    ]
    assert len(rows) == 4 + len(BESIDE)


def test_what_ships_beside_our_code_has_its_licence_text_there():
    for _, where, _ in BESIDE:
        assert list((ROOT / where).glob("*LICEN*"))
