"""An installation of its own, with servers of its own, whose parts a test can kill, restart and fill up."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2

from tests.analytics.import_kit import line

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 150.0
WORKER = (sys.executable, "-m", "celery", "-A", "smm", "worker", "-P", "threads", "-c", "2", "-l", "WARNING")
# What a person's confirmation leaves behind: an upload, its file in place, and a job that waits.
CONFIRM = """
import shutil, sys
from pathlib import Path
from django.conf import settings
from accounts import jobs, services
from accounts.models import Agency, Brand
from accounts.scoping import brands_in_scope
from analytics.models import ImportBatch, ImportFile
from analytics.services.previews import inspect
path = Path({path!r})
if not Brand.objects.exists():
    services.add_agency(name="Nord", owner_email="ada@nord.example", password="correct horse battery")
    told = dict(slug="alba", name="Alba", time_zone="UTC", currency="EUR")
    services.add_brand(agency=Agency.objects.get(), **told)
brand = Brand.objects.get()
settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
with brands_in_scope(brand.pk):
    batch = ImportBatch.objects.create(brand=brand, state="confirmed")
    for name in ("first.csv", "second.csv"):
        shutil.copy(path, settings.MEDIA_ROOT / name)
        file = ImportFile(brand=brand, batch=batch, name=name, options={{"exported_on": "2026-06-30"}})
        file.file.name = name
        inspect(file, path)
        file.save()
    batch.job = jobs.enqueue("analytics.import_files", brand=brand, payload={{"batch": batch.pk}})
    batch.save()
print(batch.job.pk)
"""
KIND = "analytics.import_files"


class Installation:
    """Database, broker and uploads of its own, and workers that can be killed."""

    def __init__(self, folder: Path, environment: dict[str, str], ask: Callable[[str], list[tuple]]) -> None:
        self.environment = {**os.environ, **environment, "TIMONE_DATA_DIR": str(folder), "LOG_LEVEL": "WARNING"}
        self.folder, self.ask = folder, ask
        self.workers: list[subprocess.Popen] = []
        self.logs = Path(tempfile.mkdtemp(prefix="timone-faults-"))  # elsewhere, for the disk may be full
        self.manage("migrate", "--verbosity", "0")

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=150, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def shell(self, program: str) -> str:
        return self.manage("shell", "--no-imports", "-c", program)

    def confirm(self, path: Path) -> None:
        """An upload of the file, twice, that a person has confirmed."""
        self.shell(CONFIRM.format(path=str(path)))

    def start_worker(self) -> subprocess.Popen:
        with (self.logs / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                WORKER, env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        self.workers.append(worker)
        return worker

    def kill(self, worker: subprocess.Popen) -> None:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(timeout=10)

    def close(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                self.kill(worker)
        shutil.rmtree(self.logs)

    def wait(self, wanted: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + DEADLINE
        while not wanted():
            assert time.monotonic() < until, f"{what}: {self.jobs()} {self.log()}"
            time.sleep(0.05)

    def wait_for(self, state: str, *, kind: str = KIND) -> None:
        self.wait(lambda: self.states(kind)[-1:] == [state], f"{kind} is {state}")

    def states(self, kind: str = KIND) -> list[str]:
        return [
            state for (state,) in self.ask(f"SELECT state FROM accounts_job WHERE kind = '{kind}' ORDER BY id")
        ]

    def jobs(self) -> list[tuple]:
        return self.ask("SELECT kind, state, attempts, progress, error_code FROM accounts_job ORDER BY id")

    def expire_leases(self) -> None:
        """As if the twenty seconds of the dead worker's lease were over."""
        self.ask("UPDATE accounts_job SET lease_until = '2020-01-01 00:00:00' WHERE state = 'running'")

    def log(self) -> str:
        return (self.logs / "worker.log").read_text(errors="replace")[-2_000:]

    # --- what is stored ----------------------------------------------------------------------------------------

    def posts(self) -> list[tuple]:
        """Every post, row for row."""
        return self.ask(
            "SELECT external_id, text, reactions, comments, reach FROM analytics_post ORDER BY external_id"
        )

    def count(self) -> int:
        return self.ask("SELECT count(*) FROM analytics_post")[0][0]

    def files(self) -> list[tuple]:
        return self.ask("SELECT name, created, updated, unchanged, rejected FROM analytics_importfile ORDER BY id")

    def files_done(self) -> int:
        return self.ask("SELECT count(*) FROM analytics_importfile WHERE done_at IS NOT NULL")[0][0]


def told_posts(rows: int) -> list[tuple]:
    """The posts that a file of so many lines tells, as an undisturbed import stores them."""
    lines = map(line, range(rows))
    return sorted((one["post_id"], one["text"], one["reactions"], one["comments"], one["reach"]) for one in lines)


def on_files(folder: Path) -> Installation:
    """SQLite and the file-system broker, as `bin/up` runs it."""

    def ask(query: str) -> list[tuple]:
        with closing(sqlite3.connect(folder / "timone.sqlite3", timeout=30)) as connection, connection:
            return connection.execute(query).fetchall()

    return Installation(folder, {"DATABASE_URL": "", "REDIS_URL": "", "SECRET_KEY": ""}, ask)


def on_servers(folder: Path, database: str, broker: str) -> Installation:
    """PostgreSQL and Redis, as in production."""

    def ask(query: str) -> list[tuple]:
        with closing(psycopg2.connect(database)) as connection, connection, connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall() if cursor.description else []

    environment = {"DATABASE_URL": database, "REDIS_URL": broker, "SECRET_KEY": "tests"}
    return Installation(folder, {**environment, "SITE_URL": "http://localhost"}, ask)


# --- Servers that may be killed ----------------------------------------------------------------------------
def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait_for_port(port: int) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < until, f"nothing listens on port {port}"
            time.sleep(0.05)
        else:
            return


class Postgres:
    """A cluster of its own, made from the installed programs."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self._folder, self._programs, self.port = folder, programs, free_port()
        self._run("initdb", "-D", str(folder / "data"), "-U", "timone", "-A", "trust", "-E", "UTF8", "-N")
        self.start()
        self.url = f"postgres://timone@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-F -p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        log = str(self._folder / "log")
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-l", log, "-w", "-o", options, "start")

    def crash(self) -> None:
        """Stop without a word to anybody; the next start recovers from the log."""
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "-w", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        who = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
        subprocess.run([str(self._programs / program), *arguments], check=True, cwd="/", **quiet, **who)


@contextmanager
def postgres() -> Iterator[Postgres | None]:
    """A server that may be crashed; None where the programs are not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    programs = found[-1] if found else Path(shutil.which("initdb") or "").parent
    if not (programs / "initdb").exists():
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="timone-faults-"))
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
    server = Postgres(folder, programs)
    try:
        yield server
    finally:
        server.crash()
        shutil.rmtree(folder)


class Redis:
    """A server of its own, that keeps nothing."""

    def __init__(self, folder: Path, program: str) -> None:
        self.port = free_port()
        place = ["--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(folder)]
        self._command = [program, *place, "--save", "", "--appendonly", "no"]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _wait_for_port(self.port)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(timeout=10)


@contextmanager
def redis(folder: Path) -> Iterator[Redis | None]:
    """A server that may be killed; None where the program is not installed."""
    program = shutil.which("redis-server")
    server = Redis(folder, program) if program else None
    try:
        yield server
    finally:
        if server:
            server.kill()


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[bool]:
    """A file system of this size at the folder; False where nobody lets us mount one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    mounted = (
        bool(shutil.which("mount")) and not subprocess.run(command, capture_output=True, check=False).returncode
    )
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)
