"""Starting the scripts of bin/ as a user does, and looking at what they leave behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bin"))
READY = "Ctrl-C stops it."


def environment(folder: Path, **names: str) -> dict[str, str]:
    """An embedded installation in `folder` that uses the libraries of this very run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PYTEST_"))}
    for name in ("DATABASE_URL", "REDIS_URL", "SITE_URL", "ALLOWED_HOSTS", "SECRET_KEY", "DEBUG"):
        kept.pop(name, None)
    return kept | {"TIMONE_VENV": sys.prefix, "TIMONE_DATA_DIR": str(folder)} | names


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run_up(*arguments: object, folder: Path, **names: str) -> subprocess.CompletedProcess:
    """`bin/up` to its end."""
    return subprocess.run(
        [sys.executable, ROOT / "bin" / "up", "--no-demo", *map(str, arguments)],
        env=environment(folder, **names),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def processes_of(folder: Path) -> dict[int, str]:
    """Number and command of every living process that was given this data folder."""
    found = {}
    mark = f"TIMONE_DATA_DIR={folder}".encode()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (entry / "environ").read_bytes().split(b"\0"):
                found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
    return found


def wait_for(condition: Callable[[], object], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


class Running:
    """A started `bin/up`, with what it has said so far."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.said = folder, free_port(), ""
        began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, ROOT / "bin" / "up", "--no-demo", "--port", str(self.port)],
            env=environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._listen, daemon=True).start()
        self.started = wait_for(lambda: READY in self.said or self.process.poll() is not None, 60)
        self.seconds = time.monotonic() - began

    def _listen(self) -> None:
        for line in self.process.stdout:
            self.said += line

    def number_of(self, word: str) -> int:
        """The process number of the child whose command holds this word; 0 when there is none."""
        return next((pid for pid, command in processes_of(self.folder).items() if word in command), 0)

    def end(self, how: int = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        code = self.process.wait(30)
        self.process.stdout.close()
        return code


@pytest.fixture(scope="package")
def prepared(tmp_path_factory) -> Path:
    """A data folder that `bin/up --prepare` has made."""
    if not Path("/proc/self/environ").exists():
        pytest.skip("counts processes by /proc, which this system lacks")
    folder = tmp_path_factory.mktemp("prepared")
    result = run_up("--prepare", folder=folder)
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Callable[[str], Path]]:
    """Mounts a disk of its own with the options given; only root may, others skip."""
    places = []

    def mount(options: str) -> Path:
        place = tmp_path / "disk"
        place.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("mounting a disk is not allowed here")
        places.append(place)
        return place

    yield mount
    for place in places:
        subprocess.run(["umount", "-l", str(place)], check=True)


def sentence(result: subprocess.CompletedProcess) -> str:
    """The one sentence of a refusal, after checking that it is one."""
    lines = result.stderr.strip().splitlines()
    assert result.returncode == 1, result.stderr
    assert len(lines) == 1, result.stderr
    assert re.fullmatch(r"timone: .+[.]", lines[0])
    return lines[0]
