"""The tiny town with attributes that its pack declares of its own."""

from dataclasses import replace

from ecosystem.dataset import Dataset
from ecosystem.model import Attribute, Entity, Pack
from ecosystem.values import Text
from tests.tiny import tiny

GRANT = "FUNDS|org:council|org:firm|"
ATTRIBUTES = (
    Attribute("Organisation", "staff", "number", Text("Служители", "Staff")),
    Attribute("Organisation", "stage", "choice", Text("", "Stage"), ("seed", "growth, late")),
    Attribute("Organisation", "open", "yes-no", Text("Отворена", "Open")),
    Attribute("Organisation", "founded", "date", Text("", "Founded")),
    Attribute("FUNDS", "call", "text", Text("Покана", "Call")),
)


def entity(dataset: Dataset, identity: str) -> Entity:
    """A node that a reader meets on the map."""
    found = dataset.nodes[identity]
    assert isinstance(found, Entity)
    return found


def owned() -> Dataset:
    """A firm with all of them, a university with some, one from elsewhere with a zero."""
    town = tiny()
    own = {
        "org:firm": (
            ("founded", "2019-03"),
            ("open", True),
            ("staff", 12.5),
            ("stage", "seed"),
        ),
        "org:uni": (("staff", 300.0), ("stage", "growth, late")),
        "org:abroad": (("open", False), ("staff", 0.0)),
    }
    records = [replace(entity(town, identity), own=values) for identity, values in own.items()]
    lines = tuple(one.line() for one in ATTRIBUTES)
    return town.merged(
        Dataset.of(
            [
                *records,
                replace(town.edges[GRANT], own=(("call", "second"),)),
                Pack(id="pack:tiny", pack="tiny", attributes=lines),
            ]
        )
    )
