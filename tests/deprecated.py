"""The tiny town in which a firm, a grant, a passage and a document count no longer."""

from dataclasses import replace

from ecosystem.dataset import Dataset
from ecosystem.model import Organisation
from tests.tiny import tiny

GRANT = "FUNDS|org:council|org:firm|"
JOINED = "PARTICIPATES_IN|org:uni|project:bus|"
NEED = "NEEDS|city:alpha|theme:mobility|"
SAID = {"deprecated_on": "2024-03-05", "deprecated_by": "Ann"}


def ended() -> Dataset:
    """Twins of a firm, of which one is deprecated, and one of each sort of record besides."""
    town = tiny()
    gone = [
        replace(town.nodes["org:loner"], deprecated="entered twice", **SAID),
        Organisation(
            id="org:loner-2",
            pack="tiny",
            name_en="Loner Foundation",
            form="foundation",
            standing="illustrative",
        ),
        replace(town.edges[GRANT], deprecated="it was a loan", **SAID),
        replace(town.nodes["evidence:budget-page"], deprecated="misread", **SAID),
        replace(town.nodes["source:list"], deprecated="withdrawn by its publisher", **SAID),
    ]
    return town.merged(Dataset.of(gone))
