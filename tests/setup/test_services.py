"""`bin/services` in a checkout of its own: what it starts answers, and what it stops is gone."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import _services
import psycopg2
import pytest

from .conftest import ROOT

Run = Callable[..., subprocess.CompletedProcess]


@pytest.fixture
def checkout(tmp_path) -> Path:
    shutil.copytree(ROOT / "bin", tmp_path / "bin", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.fixture
def services(checkout) -> Iterator[Run]:
    """Runs the script there, without the servers that this run of the tests was given."""

    def run(*arguments: str, **names: str) -> subprocess.CompletedProcess:
        kept = {name: text for name, text in os.environ.items() if not name.startswith("TIMONE_TEST_")}
        command = [sys.executable, str(checkout / "bin" / "services"), *arguments]
        return subprocess.run(command, env=kept | names, capture_output=True, text=True, timeout=90, check=False)

    yield run
    run("stop")
    for note in Path("/var/tmp").glob("timone-*/checkout"):
        if note.read_text().strip() == str(checkout):
            shutil.rmtree(note.parent)


@pytest.mark.postgres
@pytest.mark.redis
def test_servers_start_once_answer_and_stop(services, checkout):
    if not all(map(_services._program, (_services.POSTGRES, _services.REDIS))):
        pytest.skip("PostgreSQL or Redis is not installed")
    first = services("start")
    assert first.returncode == 0, first.stderr
    assert services("start").stdout.splitlines() == first.stdout.splitlines()[-2:]
    urls = dict(line.split("=", 1) for line in (checkout / ".services" / "env").read_text().splitlines())
    assert set(urls) == {"TIMONE_TEST_POSTGRES", "TIMONE_TEST_REDIS"}
    assert _ask(urls["TIMONE_TEST_POSTGRES"], "SHOW fsync") == "off"
    assert _ask(urls["TIMONE_TEST_POSTGRES"], "SELECT rolcreatedb FROM pg_roles WHERE rolname = user") is True
    assert services("status").returncode == 0
    assert services("stop").returncode == 0
    assert services("status").returncode == 1
    assert not any(map(_services._listens_at, urls.values()))


def _ask(url: str, question: str) -> object:
    connection = psycopg2.connect(url)
    with connection.cursor() as cursor:
        cursor.execute(question)
        answer = cursor.fetchone()[0]
    connection.close()
    return answer


def test_servers_named_by_the_environment_are_used_and_left_alone(services, checkout):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        named = {
            "TIMONE_TEST_POSTGRES": f"postgres://me:word@127.0.0.1:{port}/mine",
            "TIMONE_TEST_REDIS": f"redis://127.0.0.1:{port}/3",
        }
        started = services("start", **named)
        stopped = services("stop", **named)
        assert _services._listens(port)
    assert (started.returncode, stopped.returncode) == (0, 0)
    assert started.stdout.splitlines() == [f"{name}={url}" for name, url in named.items()]
    assert stopped.stdout == ""
    assert {path.name for path in (checkout / ".services").iterdir()} == set()


def test_what_is_not_installed_and_cannot_be_is_named_with_the_command(monkeypatch):
    monkeypatch.setattr(_services, "_is_root", lambda: False)
    with pytest.raises(_services.SetupError, match=r"sudo apt-get install postgresql.*TIMONE_TEST_POSTGRES"):
        _services._install(["postgresql"])
