"""`bin/up` while it runs, and what is left when it ends."""

import os
import signal
import urllib.request
from pathlib import Path

import pytest

from .conftest import ROOT, Running, processes_of, run_up, sentence, wait_for


@pytest.fixture(scope="module")
def running(prepared):
    running = Running(prepared)
    yield running
    running.end()


def test_it_prints_an_address_that_answers(running):
    assert f"http://localhost:{running.port}/" in running.said
    with urllib.request.urlopen(f"http://localhost:{running.port}/healthz", timeout=10) as answer:
        assert answer.status == 200


def test_web_server_and_worker_are_processes_of_their_own(running):
    assert wait_for(lambda: " ready." in (running.folder / "logs" / "worker.log").read_text(), 20)
    numbers = {running.process.pid, running.number_of("waitress"), running.number_of("celery")}
    assert len(numbers) == 3
    assert 0 not in numbers


def test_a_second_one_on_the_same_port_is_refused(running):
    words = sentence(run_up("--port", running.port, folder=running.folder))
    assert f"Port {running.port} is taken" in words
    assert "--port" in words


@pytest.mark.parametrize(("word", "name"), [("celery", "worker"), ("waitress", "web server")])
def test_a_killed_process_is_started_again_and_this_is_said(running, word, name):
    first = running.number_of(word)
    os.kill(first, signal.SIGKILL)
    assert wait_for(lambda: running.number_of(word) not in (0, first), 15)
    assert f"The {name} ended (signal 9)" in running.said
    assert wait_for(lambda: f"The {name} is started again." in running.said, 5)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_second_start_takes_seconds_and_a_stop_leaves_no_process(prepared, tmp_path, how):
    folder = _copy(prepared, tmp_path)
    running = Running(folder)
    assert running.started, running.said
    assert running.seconds < 20
    assert "Preparing the database" not in running.said
    assert len(processes_of(folder)) == 3
    assert running.end(how) == 0
    assert processes_of(folder) == {}


def test_nothing_outlives_a_killed_supervisor(prepared, tmp_path):
    folder = _copy(prepared, tmp_path)
    running = Running(folder)
    assert len(processes_of(folder)) == 3
    running.end(signal.SIGKILL)
    assert wait_for(lambda: not processes_of(folder), 15), processes_of(folder)


def test_the_broker_folder_survives_a_table_spoilt_by_a_crash(prepared, tmp_path):
    folder = _copy(prepared, tmp_path)
    table = folder / "broker" / "control" / "celery.exchange"
    table.write_text('[["cel')
    assert run_up("--prepare", folder=folder).returncode == 0
    assert table.read_text().startswith("[[")
    assert table.read_text().endswith("]]")


def _copy(prepared: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    for path in sorted(prepared.rglob("*")):
        if path.is_file() and "logs" not in path.parts:
            target = folder / path.relative_to(prepared)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    assert not folder.is_relative_to(ROOT)
    return folder
