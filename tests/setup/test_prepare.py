"""What `bin/up` does about the demo: once, whole, and never beside somebody's own data."""

import json

import _prepare
import _up
import pytest

LOGINS = [{"email": "ada@demo.example", "password": "secret", "name": "Ada", "role": "owner"}]


class Loading:
    """Stands for the command `load_demo`, which takes a minute; fails where it is told to."""

    def __init__(self) -> None:
        self.times = 0
        self.breaks = False

    def __call__(self, name: str, *, stdout, **_) -> None:
        assert name == "load_demo"
        self.times += 1
        if self.breaks:
            raise RuntimeError("the disk is full")
        stdout.write(json.dumps({"logins": LOGINS}))


@pytest.fixture
def loading(monkeypatch, settings, tmp_path, db) -> Loading:
    settings.DATA_DIR = tmp_path
    loading = Loading()
    monkeypatch.setattr(_prepare, "call_command", loading)
    return loading


@pytest.fixture
def note(loading, tmp_path):
    return lambda: json.loads((tmp_path / "demo.json").read_text())


def test_a_new_installation_gets_the_demo_once(loading, note, tmp_path):
    _prepare._load_demo(wanted=True)
    _prepare._load_demo(wanted=True)
    assert loading.times == 1
    assert note() == {"state": "loaded", "logins": LOGINS}
    assert _up._demo_logins(tmp_path / "demo.json") == ["ada@demo.example                   secret   Ada, owner"]


def test_a_demo_that_broke_is_told_and_loaded_again_at_the_next_start(loading, note, capsys, tmp_path):
    loading.breaks = True
    _prepare._load_demo(wanted=True)
    assert "The demo could not be loaded (the disk is full)" in capsys.readouterr().out
    assert "RuntimeError" in (tmp_path / "logs" / "demo.log").read_text()
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
