"""What `bin/up` does about the demo: once, whole, and never beside somebody's own data."""

import json

import _prepare
import pytest


class Loading:
    """Stands for the command `load_demo`, which takes a minute; fails where it is told to."""

    def __init__(self) -> None:
        self.times = 0
        self.breaks = False

    def __call__(self, name: str, *, stdout) -> None:
        assert name == "load_demo"
        self.times += 1
        if self.breaks:
            raise KeyboardInterrupt
        stdout.write("ada@demo.example   secret\n")


@pytest.fixture
def loading(monkeypatch, settings, tmp_path, db) -> Loading:
    settings.DATA_DIR = tmp_path
    loading = Loading()
    monkeypatch.setattr(_prepare, "get_commands", lambda: {"load_demo": "smm"})
    monkeypatch.setattr(_prepare, "call_command", loading)
    return loading


@pytest.fixture
def note(loading, tmp_path):
    return lambda: json.loads((tmp_path / "demo.json").read_text())


def test_a_new_installation_gets_the_demo_once(loading, note):
    _prepare._load_demo(wanted=True)
    _prepare._load_demo(wanted=True)
    assert loading.times == 1
    assert note() == {"state": "loaded", "logins": "ada@demo.example   secret"}


def test_a_demo_that_was_broken_off_is_loaded_again(loading, note):
    loading.breaks = True
    with pytest.raises(KeyboardInterrupt):
        _prepare._load_demo(wanted=True)
    assert note()["state"] == "loading"
    loading.breaks = False
    _prepare._load_demo(wanted=True)
    assert note()["state"] == "loaded"


def test_who_began_without_the_demo_is_not_given_it_later(loading, note):
    _prepare._load_demo(wanted=False)
    _prepare._load_demo(wanted=True)
    assert loading.times == 0
    assert note()["state"] == "not wanted"


def test_an_installation_with_data_of_its_own_is_left_alone(loading, note, cast):
    _prepare._load_demo(wanted=True)
    assert loading.times == 0
    assert note()["state"] == "not wanted"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("database or disk is full", "The disk is full"),
        ("attempt to write a readonly database", "No permission to write the database"),
        ("unable to open database file", "No permission to write the database"),
        ("file is not a database", "is no whole database"),
        ("database is locked", "in use by another program"),
        ("something else", "cannot be used (something else)"),
    ],
)
def test_database_faults_are_told_by_their_cause(words, told):
    assert told in _prepare._explain(_prepare.DatabaseError(words))
