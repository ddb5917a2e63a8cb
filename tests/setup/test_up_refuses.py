"""What keeps `bin/up` from starting is told in one sentence, with exit code 1 and no traceback."""

import ast
import importlib.util
import shutil
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import _setup
import pytest

from .conftest import ROOT, run_up, sentence

OLD = ("python2.7", "python3.6", "python3.7", "python3.8", "python3.9", "python3.10")
SCRIPTS = ("up", "test", "services")


def test_a_taken_port_is_named_with_a_free_one(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        words = sentence(run_up("--port", other.getsockname()[1], folder=tmp_path))
    assert "is taken by another program" in words


@pytest.mark.parametrize("port", ["0", "70000"])
def test_a_number_that_is_no_port_is_refused(tmp_path, port):
    assert "is no port" in sentence(run_up("--port", port, folder=tmp_path))


@pytest.mark.parametrize("host", ["192.0.2.7", "no.such.host.invalid"])
def test_an_address_of_another_machine_is_refused(tmp_path, host):
    assert "no address of this machine" in sentence(run_up("--host", host, folder=tmp_path))


def test_a_file_where_the_data_folder_should_be_is_named(tmp_path):
    file = tmp_path / "data"
    file.write_text("")
    words = sentence(run_up("--prepare", folder=file))
    assert "A file stands where a folder is needed" in words
    assert str(file) in words


def test_a_read_only_disk_is_named(small_disk):
    place = small_disk("ro")
    assert f"The disk is read-only ({place}" in sentence(run_up("--prepare", folder=place / "data"))


def test_a_full_disk_is_named(small_disk):
    place = small_disk("size=128k")
    words = sentence(run_up("--prepare", folder=place / "data"))
    assert words.startswith("timone: The disk is full")
    assert str(place) in words


def test_a_folder_of_another_user_is_named(tmp_path):
    error = PermissionError(13, "Permission denied", str(tmp_path))
    assert _setup.explain(error) == (
        f"No permission to write ({tmp_path}): change its owner or mode, or start as another user."
    )


def test_a_database_from_a_newer_version_is_refused(prepared, tmp_path):
    shutil.copy(prepared / "timone.sqlite3", tmp_path)
    with sqlite3.connect(tmp_path / "timone.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('accounts', '9999_tomorrow', '2099-01-01')"
        )
    database.close()
    words = sentence(run_up("--prepare", folder=tmp_path))
    assert "a newer version of Timone (it has accounts.9999_tomorrow)" in words


def test_a_spoilt_database_is_refused(tmp_path):
    (tmp_path / "timone.sqlite3").write_bytes(b"not a database" * 1000)
    assert "is no whole database" in sentence(run_up("--prepare", folder=tmp_path))


def test_a_setting_that_is_wrong_is_named(tmp_path):
    words = sentence(run_up("--prepare", folder=tmp_path, SITE_URL="localhost:8000"))
    assert "SITE_URL must start with http:// or https://" in words


def test_a_database_server_that_does_not_answer_is_named(tmp_path):
    url = "postgres://timone@127.0.0.1:9/timone"
    words = sentence(run_up("--prepare", folder=tmp_path, DATABASE_URL=url, SECRET_KEY="x"))
    assert "Connection refused" in words


def test_a_broker_that_does_not_answer_is_named(tmp_path):
    words = sentence(run_up("--prepare", folder=tmp_path, REDIS_URL="redis://127.0.0.1:9/0"))
    assert "The broker that REDIS_URL names cannot be reached" in words


def test_an_environment_without_a_python_is_named(tmp_path):
    words = sentence(run_up("--prepare", folder=tmp_path, TIMONE_VENV=str(tmp_path)))
    assert f"TIMONE_VENV names {tmp_path}" in words


# --- Python ------------------------------------------------------------------------------------------------
def _old_python() -> str:
    pyenv = sorted(Path.home().glob(".pyenv/versions/*/bin"))
    found = (shutil.which(name, path=str(folder)) for folder in pyenv for name in OLD)
    return next(filter(None, [*found, *map(shutil.which, OLD)]), "")


@pytest.mark.parametrize("script", ["up", "test", "services"])
def test_an_old_python_is_told_which_one_is_needed(script):
    python = _old_python()
    if not python:
        pytest.skip("no Python older than 3.11 here")
    result = subprocess.run([python, ROOT / "bin" / script], capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith("Timone needs Python 3.11 or newer, this is ")
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_are_readable_by_old_pythons(script):
    assert ast.parse((ROOT / "bin" / script).read_text(), feature_version=(3, 6))


def test_the_scripts_import_nothing_that_has_to_be_installed():
    own = {path.stem for path in (ROOT / "bin").glob("*.py")}
    everything = [*(ROOT / "bin" / name for name in (*SCRIPTS, "healthcheck")), *(ROOT / "bin").glob("*.py")]
    foreign = set()
    for path in everything:
        if path.stem != "_prepare":  # runs inside the environment
            foreign |= _imported(path) - own - set(sys.stdlib_module_names)
    assert foreign == set()


def _imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names


# --- Libraries ---------------------------------------------------------------------------------------------
def test_a_python_without_venv_names_the_package(monkeypatch, tmp_path):
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else find(name))
    monkeypatch.setattr(_setup, "INSTALL_MB", 1)
    with pytest.raises(_setup.SetupError, match=r"lacks the module ensurepip: install it .*apt install python3"):
        _setup._make_venv(tmp_path / "venv", tmp_path / "venv/bin/python", usable=False)


def test_a_package_index_out_of_reach_is_told(monkeypatch, tmp_path):
    lock = tmp_path / "requirements.txt"
    lock.write_text(f"amqp==0.0.1 --hash=sha256:{'0' * 64}\n")
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "1")
    with pytest.raises(_setup.SetupError, match="the package index cannot be reached"):
        _setup.install(Path(sys.executable), lock)


@pytest.mark.parametrize(
    ("output", "cause"),
    [
        (
            "ERROR: OSError: [Errno 28] No space left on device",
            "disk is full",
        ),
        (
            "ERROR: OSError: [Errno 13] Permission denied: '/x'",
            "no permission",
        ),
        (
            "Retrying: NewConnectionError('...')\nERROR: No matching distribution found",
            "cannot be reached",
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the one in the lock"),
        ("ERROR: No matching distribution found for numpy==2.4.6", "no ready-made build"),
        ("ERROR: something else", "ERROR: something else"),
        ("", "without a word"),
    ],
)
def test_pip_failures_are_told_by_their_cause(output, cause):
    assert cause in _setup._failure(output, "The libraries could not be installed")


def test_an_environment_file_adds_only_what_is_not_set(monkeypatch, tmp_path):
    file = tmp_path / ".env"
    file.write_text(
        "# a note\nTIMONE_PORT=9001\nexport EMAIL_URL='smtp://a'\n\nLOG_LEVEL = \"INFO\"\nbroken line\n"
    )
    monkeypatch.setenv("TIMONE_PORT", "8000")
    for name in ("EMAIL_URL", "LOG_LEVEL"):
        monkeypatch.setenv(name, "x")
        monkeypatch.delenv(name)
    _setup.load_env_file(file)
    assert [_setup.os.environ[name] for name in ("TIMONE_PORT", "EMAIL_URL", "LOG_LEVEL")] == [
        "8000",
        "smtp://a",
        "INFO",
    ]


def test_an_installed_lock_is_not_installed_again_and_a_changed_one_is(monkeypatch, tmp_path):
    monkeypatch.delenv("TIMONE_VENV", raising=False)
    monkeypatch.setattr(_setup, "ROOT", tmp_path)
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.touch()
    (tmp_path / "requirements.in").touch()
    installed = []
    monkeypatch.setattr(_setup, "install", lambda _python, lock: installed.append(lock.read_text()))
    monkeypatch.setattr(_setup, "_make_venv", lambda *_, **__: None)
    for text in ("one", "one", "two"):
        (tmp_path / "requirements.txt").write_text(text)
        _setup.ensure_venv()
    assert installed == ["one", "two"]


def test_the_test_lock_holds_every_library_of_the_running_lock():
    pins = [_pins(name) for name in ("requirements.txt", "requirements-test.txt")]
    assert len(pins[0]) > 30
    assert pins[0] <= pins[1]


def _pins(name: str) -> set[str]:
    lines = (ROOT / name).read_text().splitlines()
    return {line.split(";")[0].strip(" \\") for line in lines if line[:1].isalpha()}
