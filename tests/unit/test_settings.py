"""Where settings come from, which win, and what is refused."""

from pathlib import Path
from typing import Any

import pytest

from ecosystem.errors import SettingsError
from ecosystem.settings import Settings

SOURCES: dict[str, dict[str, Any]] = {
    "flag": {"flags": {"port": 4}},
    "environment": {"environment": {"ECOSYSTEM_PORT": "3"}},
    "file": {"config": "port = 2"},
}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A working folder without a configuration file."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def read(folder):
    """``Settings.read`` with the text of a configuration file in place of its path."""

    def reading(flags=None, environment=None, config=None):
        path = None
        if config is not None:
            path = folder / "my.toml"
            path.write_text(config, encoding="utf-8")
        return Settings.read(flags, environment, path)

    return reading


def row(settings, name):
    return next(row for row in settings.rows() if row[0] == name)


@pytest.mark.parametrize(
    ("said", "port", "origin"),
    [
        (["flag", "environment", "file"], 4, "the flag --port"),
        (["environment", "file"], 3, "the environment (ECOSYSTEM_PORT)"),
        (["file"], 2, "my.toml"),
        ([], 8765, "default"),
    ],
)
def test_a_flag_beats_the_environment_beats_the_file_beats_the_default(read, said, port, origin):
    settings = read(**{key: value for one in said for key, value in SOURCES[one].items()})
    assert settings.port == port
    assert row(settings, "port")[3].endswith(origin)


def test_each_setting_has_its_own_origin(read):
    settings = read({"lang": "bg", "port": None}, {"ECOSYSTEM_SCOPE": "all"}, "port = 2")
    assert (settings.lang, settings.scope, settings.port) == ("bg", "all", 2)
    assert settings.origin.keys() == {"lang", "scope", "port"}


def test_an_empty_variable_says_nothing(read):
    assert read(environment={"ECOSYSTEM_PORT": ""}, config="port = 2").port == 2


def test_the_file_of_the_working_folder_is_read_unless_another_is_named(folder, read):
    (folder / "ecosystem.toml").write_text("port = 1")
    assert Settings.read().port == 1
    assert read(config="port = 2").port == 2
    assert read(config="").port == 8765


def test_flags_of_other_purpose_are_not_settings():
    assert Settings.read({"top": 5, "port": 1}) == Settings(port=1)


# Secrets


def test_a_secret_is_never_shown(read):
    settings = read(environment={"NEO4J_PASSWORD": "s3cret"})
    assert settings.neo4j_password == "s3cret"
    assert row(settings, "neo4j_password")[2] == "***"
    assert "s3cret" not in repr(settings) + repr(settings.rows())


def test_no_secret_is_not_masked():
    assert row(Settings(), "neo4j_password")[2] == ""


def test_a_secret_in_the_file_is_refused_and_not_repeated(read):
    with pytest.raises(SettingsError, match=r"my\.toml: neo4j_password is a secret") as caught:
        read(config='neo4j_password = "s3cret"')
    assert "NEO4J_PASSWORD" in caught.value.hint
    assert "s3cret" not in str(caught.value)


# Refusals


def test_an_unknown_key_names_the_nearest(read):
    with pytest.raises(SettingsError, match="no setting 'prot'") as caught:
        read(config="prot = 1")
    assert "'port'" in caught.value.hint


@pytest.mark.parametrize(
    "line",
    [
        "port = 8.7",
        "port = true",
        "port = inf",
        "port = 65536",
        "port = -1",
        'port = "many"',
        "lang = 1",
        'lang = "de"',
        'lang = ["bg"]',
        "time_limit = nan",
        "time_limit = inf",
        "time_limit = true",
        "time_limit = 1" + 400 * "0",
        "row_limit = 0",
        "row_limit = 1000000001",
        "idle_seconds = -1",
        'neo4j_uri = "http://localhost"',
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_its_key_and_origin(read, line):
    with pytest.raises(SettingsError, match=rf"my\.toml: {line.split()[0]} = "):
        read(config=line)


@pytest.mark.parametrize("port", [0, 65535])
def test_the_ends_of_a_range_are_in_it(read, port):
    assert read(config=f"port = {port}").port == port


def test_a_whole_number_of_seconds_is_a_number(read):
    settings = read(config="time_limit = 3")
    assert (settings.time_limit, type(settings.time_limit)) == (3, float)


@pytest.mark.parametrize("content", ["port", "row_limit = 1" + 5000 * "0"])
def test_a_broken_file_is_named(read, content):
    with pytest.raises(SettingsError, match=r"my\.toml: cannot be read"):
        read(config=content)


def test_a_file_in_another_encoding_is_named(folder):
    path = folder / "old.toml"
    path.write_bytes('scope = "София"'.encode("cp1251"))
    with pytest.raises(SettingsError, match=r"old\.toml: cannot be read"):
        Settings.read(config=path)


def test_a_named_file_must_be_there(folder):
    with pytest.raises(SettingsError, match="no such file"):
        Settings.read(config=folder / "none.toml")


def test_the_data_folder_may_begin_at_home(folder, monkeypatch):
    monkeypatch.setenv("HOME", str(folder))
    assert Settings(data="~/maps").data_folder == folder / "maps"


@pytest.mark.parametrize("address", ["bolt://neo4j:hush@localhost", "neo4j+s://hush@host:99999"])
def test_an_address_with_a_secret_is_refused_and_not_repeated(address):
    with pytest.raises(SettingsError) as caught:
        Settings.read({}, {"NEO4J_URI": address})
    assert "NEO4J_PASSWORD" in str(caught.value) and "hush" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "bolt://localhost:99999",
        "bolt://localhost:0",
        "bolt://h:x",
        "http://localhost",
        "localhost:7687",
    ],
)
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(SettingsError, match="Bolt address"):
        Settings.read({}, {"NEO4J_URI": address})


@pytest.mark.parametrize(
    "address", ["bolt://localhost", "neo4j+ssc://db.example.org:7687", "bolt://[::1]:7687"]
)
def test_an_address_of_a_server_is_taken(address):
    assert Settings.read({}, {"NEO4J_URI": address}).neo4j_uri == address


def test_a_device_is_no_file_of_settings():
    with pytest.raises(SettingsError, match="is no file"):
        Settings.read({}, {}, Path("/dev/zero"))
