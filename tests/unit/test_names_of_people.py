"""The names of people in texts about others: found however they are put, never in keys."""

import pytest

from ecosystem.dataset import Dataset
from ecosystem.io.people import Names, without_people
from ecosystem.model import Organisation, Person, Source

SAID = {"pack": "p", "standing": "illustrative"}
SHE = Person(id="person:ana-vrana", name_en="Ana Vrana", name_bg="Ана Врана", **SAID)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Founded by Ana Vrana in 2001", "Founded by … in 2001"),
        ("Vrana, Ana (chair)", "… (chair)"),
        ("ВРАНА АНА", "…"),
        ("https://en.wikipedia.org/wiki/Ana_Vrana", "https://en.wikipedia.org/wiki/…"),
        ("https://x.example/?q=Ana%20Vrana", "https://x.example/?q=…"),
        ("person:ana-vrana", "person:…"),
        ("source:letter-of-ana-vrana", "source:letter-of-ana-vrana"),
        ("org:ana-vrana-library, by Ana Vrana", "org:ana-vrana-library, by …"),
        ("Ana and Vrana", "Ana and Vrana"),
    ],
)
def test_a_name_is_taken_from_a_text_and_a_key_stays(text, left):
    assert Names([SHE]).taken_from(text) == left


def test_whatever_is_called_after_somebody_keeps_its_id_and_is_still_referred_to():
    letter = Source(id="source:letter-ana-vrana", pack="p", name_en="A letter", publisher="P")
    library = Organisation(
        id="org:library-ana-vrana",
        name_en="Library",
        form="company",
        **{**SAID, "standing": "reported", "sources": (f"{letter.id}#words of Ana Vrana",)},
    )
    kept = without_people(Dataset.of([SHE, letter, library]))
    assert set(kept.records) == {letter.id, library.id}
    found = kept.nodes[library.id]
    assert isinstance(found, Organisation)
    assert found.sources == (f"{letter.id}#words of …",)
