"""What somebody changes behind the mapper's back is noticed, told, and never written over."""

import json

import pytest

from ecosystem import changelog, upkeep
from ecosystem.changelog import Said
from ecosystem.contents import Contents
from ecosystem.dataset import EMPTY, ChangeSet, diff
from ecosystem.errors import StoreDamagedError
from ecosystem.forgetting import marked
from ecosystem.io import backups
from ecosystem.model import ENTRY_KINDS, City, Organisation
from tests.contract.test_storing import put
from tests.tiny import tiny

NEW = ChangeSet(added=(City(id="city:new", pack="p", name_en="New"),))
EDITS = {
    "a name": (
        "MATCH (n:Organisation {id: 'org:firm'}) SET n.name_en = 'x' RETURN 1",
        "Organisation",
    ),
    "a property dropped": ("MATCH (n:City {id: 'city:alpha'}) REMOVE n.name_en RETURN 1", "City"),
    "a number": ("MATCH (n:City {id: 'city:alpha'}) SET n.population = 0 RETURN 1", "City"),
    "a tie": ("MATCH ()-[t:LOCATED_IN]->() SET t.standing = 'reported' RETURN 1", "LOCATED_IN"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_read_as_it_is_and_said_and_nothing_is_stored_any_more(engine, store, edit):
    put(store, tiny())
    cypher, kind = EDITS[edit]
    engine.run(cypher)
    with engine.open() as other:
        assert other.altered == ()
        found = other.contents()
        assert len(found) == len(tiny()) and found != tiny()
        assert other.altered == (kind,)
        with pytest.raises(StoreDamagedError, match=kind) as caught:
            other.apply(NEW)
        assert "ecosystem restore" in caught.value.hint and "doctor" not in caught.value.message
        assert other.contents() == found and other.revision() == 1


LOG_EDITS = {
    "who": ("MATCH (n:Change) SET n.by = 'somebody else' RETURN 1", "Change"),
    "a change dropped": ("MATCH (n:Change {id: 'change:no-2'}) DETACH DELETE n RETURN 1", "Change"),
    "a mark dropped": ("MATCH (n:Forgotten) DETACH DELETE n RETURN 1", "Forgotten"),
}


def logged(store):
    """The contents, and with what they hold also a log of two changes and a mark."""
    contents = Contents(store)
    for number, changes in enumerate((diff(EMPTY, tiny()), NEW), 1):
        said = Said("load", by=f"author {number}")
        contents.apply(changelog.logged(contents.present(), changes, said)[0])
    contents.apply(ChangeSet(added=(marked("person:gone"),)))
    return contents


@pytest.mark.parametrize("edit", LOG_EDITS)
def test_an_edit_of_the_log_or_of_the_marks_of_the_forgotten_is_noticed(engine, store, edit):
    logged(store)
    cypher, kind = LOG_EDITS[edit]
    with engine.open() as other:
        assert other.contents(entries=True) and other.altered == ()
        ids = sorted(one for one in other.contents(log=True).nodes if one.startswith("change:"))
        engine.run(cypher.replace("change:no-2", ids[-1]))
        assert other.contents(entries=True) and other.altered == (kind,)
        assert other.contents() and other.altered == (kind,)  # which has not looked at the log
        with pytest.raises(StoreDamagedError, match=kind):
            other.apply(ChangeSet(removed=NEW.added))


def test_a_store_of_before_the_log_was_counted_is_read_and_counts_it_with_the_next_change(
    engine, store
):
    contents = logged(store)
    said = engine.run("MATCH (m:Mapper) RETURN m.digest AS said")[0]["said"]
    old = {kind: one for kind, one in json.loads(said).items() if kind not in ENTRY_KINDS}
    engine.run(f"MATCH (m:Mapper) SET m.digest = '{json.dumps(old)}' RETURN 1")
    engine.run(LOG_EDITS["who"][0])
    assert store.contents(entries=True) and store.altered == ()
    contents.apply(ChangeSet(removed=NEW.added))
    assert store.contents(entries=True) and store.altered == ()
    engine.run("MATCH (n:Change) SET n.by = 'a third' RETURN 1")
    assert store.contents(entries=True) and store.altered == ("Change",)


def test_one_record_in_the_place_of_another_is_noticed(engine, store):
    put(store, tiny())
    engine.run("MATCH (n:Organisation {id: 'org:loner'}) SET n.id = 'org:other' RETURN 1")
    assert "org:other" in store.contents().nodes
    assert store.altered == ("Organisation",)


def test_a_digest_that_was_spoilt_itself_is_noticed(engine, store):
    put(store, tiny())
    engine.run("MATCH (m:Mapper) SET m.digest = 'x' RETURN 1")
    assert store.contents() == tiny()
    assert "City" in store.altered


def test_properties_that_others_keep_for_themselves_are_no_harm(engine, store):
    put(store, tiny())
    engine.run("MATCH (n:City) SET n.pagerank = 0.5, n.same_as = 'x' RETURN 1")
    assert store.contents() == tiny() and store.altered == ()
    store.apply(NEW)
    assert store.contents() and store.altered == ()


def test_every_way_of_writing_keeps_the_digest_true(engine, store):
    contents = Contents(store)
    for dataset in (tiny(), EMPTY, tiny()):
        contents.apply(diff(contents.present().everything, dataset))
        assert store.contents() == dataset and store.altered == ()
    firm = Organisation(id="org:firm", pack="tiny", name_en="Other")
    store.apply(ChangeSet(changed=(firm,)))  # what it replaces is not said
    assert store.contents().nodes["org:firm"] == firm and store.altered == ()


def test_a_store_of_before_the_digest_gets_one_with_the_next_change(engine, store):
    put(store, tiny())
    engine.run("MATCH (m:Mapper) SET m.digest = null RETURN 1")
    engine.run("MATCH (n:City {id: 'city:alpha'}) SET n.name_en = 'x' RETURN 1")
    assert store.contents() and store.altered == ()
    store.apply(NEW)
    assert store.contents() and store.altered == ()
    engine.run("MATCH (n:City {id: 'city:alpha'}) SET n.name_en = 'y' RETURN 1")
    assert store.contents() and store.altered == ("City",)


@pytest.mark.parametrize("kept", ["as it was stored", "as it is now"])
def test_a_backup_brings_back_what_was_stored_or_keeps_what_is_there(engine, store, tmp_path, kept):
    put(store, tiny())
    good = upkeep.backup(store, tmp_path / "good")
    engine.run(EDITS["a name"][0])
    present = store.contents(log=True)
    chosen = good if kept == "as it was stored" else upkeep.backup(store, tmp_path / "now")
    with engine.open() as other:
        upkeep.restore(Contents(other), other, chosen, tmp_path, replace=True)
        assert other.altered == ()
        assert other.contents(entries=True) and other.altered == ()
        other.apply(NEW)
        wanted = tiny() if kept == "as it was stored" else present
        assert other.contents() == wanted.changed(NEW) and other.altered == ()
    (saved,) = (tmp_path / upkeep.FOLDER).iterdir()
    assert backups.read(saved).dataset == present


def test_a_change_that_came_between_reading_and_storing_is_not_taken_for_an_edit(store):
    put(store, tiny())
    put(store, EMPTY)
    assert store.contents() == EMPTY and store.altered == ()
