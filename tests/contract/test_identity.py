"""Pairs that may be one, decided and remembered by every engine."""

from pathlib import Path

from ecosystem.dataset import Dataset, diff
from ecosystem.model import Organisation
from ecosystem.questions.identity import Identity
from ecosystem.settings import Settings
from ecosystem.store.graph_store import GraphStore
from ecosystem.workspace import Workspace
from tests.tiny import tiny

PAIR = "org:loner=org:twin"
TWIN = Organisation(
    id="org:twin", name_bg="Лонър фондация", pack="tiny", standing="illustrative", eik="131468980"
)


def opened(store: GraphStore, folder: Path) -> Workspace:
    """A workspace that knows nothing but what the store tells."""
    return Workspace(store, Settings.read({"data": str(folder), "scope": "city:alpha"}))


def waiting(workspace: Workspace) -> list[str]:
    ground = workspace.ground()
    return [one.subject for one in ground.ask(Identity.read({}, ground))]


def test_what_was_decided_of_a_pair_is_there_for_whoever_opens_the_store(store, tmp_path):
    store.apply(diff(Dataset.of([]), tiny().merged(Dataset.of([TWIN]))))
    workspace = opened(store, tmp_path)
    assert waiting(workspace) == [PAIR]
    assert workspace.ground().find("131468980") == workspace.ground().find("lonar foundation АД")

    workspace.decide("same", PAIR, {"state": "different"})
    assert waiting(opened(store, tmp_path)) == []
    workspace.decide("same", PAIR, {"state": "same", "value": "org:loner"})
    again = opened(store, tmp_path)
    assert waiting(again) == [] and again.ground().find("131468980") == "org:loner"
    again.decide("same", PAIR, {})
    assert waiting(opened(store, tmp_path)) == [PAIR]
