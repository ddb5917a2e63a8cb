"""A worker killed in the middle of an import: nothing is lost, nothing is doubled, and the job finishes."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest

from tests.analytics.import_kit import line, write

ROOT = Path(__file__).resolve().parents[2]
ROWS = 150_000
DEADLINE = 90.0
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
services.add_agency(name="Nord", owner_email="ada@nord.example", password="correct horse battery")
brand = services.add_brand(agency=Agency.objects.get(), slug="alba", name="Alba", time_zone="UTC", currency="EUR")
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


class Installation:
    """An installation of its own: database, broker and uploads below a folder, workers that can be killed."""

    def __init__(self, folder: Path, environment: dict[str, str], ask: Callable[[str], list[tuple]]) -> None:
        self.environment = {**os.environ, **environment, "TIMONE_DATA_DIR": str(folder), "LOG_LEVEL": "WARNING"}
        self.folder, self.ask = folder, ask
        self.workers: list[subprocess.Popen] = []
        self.manage("migrate", "--verbosity", "0")

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        done = subprocess.run(command, env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start_worker(self) -> subprocess.Popen:
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "smm",
            "worker",
            "-P",
            "threads",
            "-c",
            "2",
            "-l",
            "WARNING",
        ]
        with (self.folder / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                command, env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
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

    def wait(self, wanted: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + DEADLINE
        while not wanted():
            assert time.monotonic() < until, f"{what}: {self.job()} {self.log()}"
            time.sleep(0.05)

    def job(self) -> tuple:
        return self.ask(
            "SELECT state, attempts, progress, error_code FROM accounts_job WHERE kind = 'analytics.import_files'"
        )[0]

    def expire_lease(self) -> None:
        """As if the twenty seconds of the dead worker's lease were over."""
        self.ask("UPDATE accounts_job SET lease_until = '2020-01-01 00:00:00' WHERE state = 'running'")

    def log(self) -> str:
        return (self.folder / "worker.log").read_text(errors="replace")[-2_000:]


@pytest.fixture
def source(tmp_path) -> Path:
    return write(tmp_path / "posts.csv", (line(number) for number in range(ROWS)))


@pytest.fixture
def on_files(tmp_path) -> Iterator[Installation]:
    """SQLite and the file-system broker, as `bin/up` runs it."""
    folder = tmp_path / "embedded"
    database = folder / "timone.sqlite3"

    def ask(query: str) -> list[tuple]:
        connection = sqlite3.connect(database, timeout=30)
        try:
            with connection:
                return connection.execute(query).fetchall()
        finally:
            connection.close()

    installation = Installation(folder, {"DATABASE_URL": "", "REDIS_URL": "", "SECRET_KEY": ""}, ask)
    yield installation
    installation.close()


@pytest.fixture
def on_servers(tmp_path) -> Iterator[Installation]:
    """PostgreSQL and Redis, as in production; both are named by the environment of the tests."""
    server, redis = os.environ.get("TIMONE_TEST_POSTGRES"), os.environ.get("TIMONE_TEST_REDIS")
    if not server or not redis:
        pytest.skip("TIMONE_TEST_POSTGRES and TIMONE_TEST_REDIS name no servers")
    name = f"timone_killed_{uuid.uuid4().hex[:8]}"
    owner = psycopg2.connect(server)
    owner.autocommit = True
    owner.cursor().execute(f"CREATE DATABASE {name}")
    url = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))

    def ask(query: str) -> list[tuple]:
        connection = psycopg2.connect(url)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(query)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    broker = urlunsplit(urlsplit(redis)._replace(path="/13"))
    environment = {"DATABASE_URL": url, "REDIS_URL": broker, "SECRET_KEY": "tests", "SITE_URL": "http://localhost"}
    installation = Installation(tmp_path / "servers", environment, ask)
    yield installation
    installation.close()
    owner.cursor().execute(f"DROP DATABASE {name} WITH (FORCE)")
    owner.close()


def check_that_a_killed_import_is_done_again(installation: Installation, source: Path) -> None:
    installation.manage("shell", "--no-imports", "-c", CONFIRM.format(path=str(source)))
    first = installation.start_worker()
    installation.wait(lambda: installation.job()[0] == "running", "the first worker takes the job")
    installation.wait(lambda: installation.job()[2] > 0.0, "the first worker has begun to read")
    installation.kill(first)
    assert installation.job()[0] == "running"  # it died over the work, not after it
    stored = installation.ask("SELECT count(*) FROM analytics_post")[0][0]
    done = installation.ask("SELECT count(*) FROM analytics_importfile WHERE done_at IS NOT NULL")[0][0]
    assert stored == (ROWS if done else 0)  # a file is in as a whole or not at all
    installation.expire_lease()
    installation.start_worker()
    installation.wait(lambda: installation.job()[0] == "done", "the second worker finishes the job")
    posts = installation.ask("SELECT count(*), count(DISTINCT external_id), sum(reactions) FROM analytics_post")
    assert posts == [(ROWS, ROWS, sum(10 + number for number in range(ROWS)))]
    files = installation.ask("SELECT name, created, unchanged FROM analytics_importfile ORDER BY id")
    assert files == [("first.csv", ROWS, 0), ("second.csv", 0, ROWS)]
    assert installation.ask("SELECT state FROM analytics_importbatch") == [("done",)]
    assert installation.ask("SELECT count(*) FROM accounts_auditevent WHERE action = 'import.done'") == [(1,)]


def test_on_sqlite_and_files(on_files, source):
    check_that_a_killed_import_is_done_again(on_files, source)


@pytest.mark.postgres
@pytest.mark.redis
def test_on_postgresql_and_redis(on_servers, source):
    check_that_a_killed_import_is_done_again(on_servers, source)
