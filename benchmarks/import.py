#!/usr/bin/env python3
"""How fast posts are imported: the whole path beside the floor of the same file, on PostgreSQL and on SQLite.

    python benchmarks/import.py [--rows 1000000] [--rounds 1] [--on postgresql,sqlite]

Uses the server named by TIMONE_TEST_POSTGRES (a database of its own is made and dropped), else starts one of its
own from the installed PostgreSQL. The file is the template with 16 columns, one account, times in random order.
The whole path is what a worker does: reading, converting, storing, counting, noting weeks, asking for best times.
The floor is raw COPY into a table without index, and on SQLite `executemany` of what csv.reader yields.
Prints rows per second, the ratio to the floor, the processor's time, the process's peak memory, and where the time
goes. On PostgreSQL sending and applying run beside reading, so that the parts add up to more than the whole.
"""

import argparse
import collections
import contextlib
import csv
import functools
import json
import os
import random
import resource
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "timone_benchmark"
COLUMNS = (
    *("platform", "account", "post_id", "published_at", "format", "text", "permalink", "paid"),
    *("impressions", "reach", "reactions", "comments", "shares", "saves", "clicks", "video_views"),
)
TYPES = ("text",) * 3 + ("timestamp",) + ("text",) * 4 + ("bigint",) * 8
BUDGETS = {"first": 110_000, "again": 180_000}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--on", default="postgresql,sqlite")
    parser.add_argument("--phase", choices=["import"], help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.phase:
        print(json.dumps(import_file(asked.file)))
        return
    with tempfile.TemporaryDirectory(prefix="timone-benchmark-") as name:
        folder = Path(name)
        (folder / "uploads").mkdir()
        file = write_file(folder / "uploads" / "posts.csv", asked.rows)
        print(f"{asked.rows:,} rows, {file.stat().st_size / 1e6:.0f} MB")
        for _round in range(asked.rounds):
            if "postgresql" in asked.on:
                with server(folder) as address, fresh_database(address) as url:
                    measure("PostgreSQL", url, file, asked.rows, folder)
            if "sqlite" in asked.on:
                (folder / "timone.sqlite3").unlink(missing_ok=True)
                measure("SQLite", "", file, asked.rows, folder)


def measure(database: str, url: str, file: Path, rows: int, folder: Path) -> None:
    """The floor, the first import and the second one, each in a fresh process on a fresh database."""
    environment = {**os.environ, "DATABASE_URL": url, "SECRET_KEY": "benchmark", "TIMONE_DATA_DIR": str(folder)}
    environment.pop("REDIS_URL", None)
    manage = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"]
    subprocess.run(manage, check=True, env=environment, cwd=ROOT)
    raw = raw_copy(url, file) if url else raw_insert(folder / "raw.sqlite3", file)
    print(f"{database}:")
    show("floor, no index", rows, {"seconds": raw}, raw)
    for name in ("first", "again"):
        told = run_phase(file, environment)
        show(f"import, {name} time", rows, told, raw)
        if url:
            show_budget(name, rows, told, raw)


def show_budget(name: str, rows: int, told: dict[str, float], raw: float) -> None:
    good = rows / told["seconds"] >= BUDGETS[name] and told["peak_mb"] <= 300
    good = good and (name == "again" or told["seconds"] <= 8 * raw)
    limits = f"{BUDGETS[name]:,} rows/s, 300 MB{', 8 x' if name == 'first' else ''}"
    print(f"    budget of {limits}: {'kept' if good else 'NOT KEPT'}")


def show(name: str, rows: int, told: dict[str, float], raw: float) -> None:
    parts = [f"{name:<20}{told['seconds']:7.2f} s  {rows / told['seconds']:>9,.0f} rows/s"]
    parts.append(f"{told['seconds'] / raw:5.1f} x the floor")
    if "peak_mb" in told:
        parts.append(f"CPU {told['cpu']:.1f} s here, {told['server_cpu']:.1f} s in the server")
        parts.append(f"peak {told['peak_mb']:.0f} MB  {told['counts']}")
    print("  ".join(parts), flush=True)
    if "parts" in told:
        print("    where it goes: " + ", ".join(f"{part} {took:.2f} s" for part, took in told["parts"].items()))


def raw_copy(url: str, file: Path) -> float:
    """The floor: the same file into a logged table without any index."""
    with contextlib.closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        columns = ", ".join(f"{name} {kind}" for name, kind in zip(COLUMNS, TYPES, strict=True))
        cursor.execute(f"CREATE TABLE raw_posts ({columns})")
        begun = time.perf_counter()
        with file.open("rb") as source:
            cursor.copy_expert("COPY raw_posts FROM STDIN WITH (FORMAT csv, HEADER)", source, 1 << 20)
        connection.commit()
        seconds = time.perf_counter() - begun
        cursor.execute("DROP TABLE raw_posts")
        return seconds


def raw_insert(database: Path, file: Path) -> float:
    """The floor of SQLite: the same rows, as csv.reader yields them, into a table without any index."""
    database.unlink(missing_ok=True)
    with (
        contextlib.closing(sqlite3.connect(database)) as connection,
        file.open(encoding="utf-8", newline="") as text,
    ):
        connection.execute(f"CREATE TABLE raw_posts ({', '.join(COLUMNS)})")
        rows = csv.reader(text)
        next(rows)
        begun = time.perf_counter()
        connection.executemany(f"INSERT INTO raw_posts VALUES ({', '.join('?' * len(COLUMNS))})", rows)
        connection.commit()
        return time.perf_counter() - begun


class Clocks:
    """Seconds spent in functions of the program, without those spent in others that are watched too."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._callers = threading.local()

    def watch(self, name: str, owner: type, *functions: str) -> None:
        """Wrap the functions for as long as this process lives."""
        self.seconds[name] = 0.0
        for function in functions:
            setattr(owner, function, self._timed(name, getattr(owner, function)))

    def _timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def timed(*arguments: Any, **named: Any) -> Any:
            caller = getattr(self._callers, "name", None)
            self._callers.name, begun = name, time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                took = time.perf_counter() - begun
                self.seconds[name] += took
                if caller:
                    self.seconds[caller] -= took
                self._callers.name = caller

        return timed


def watch(vendor: str) -> Clocks:
    """Clocks on what stores the posts; what is read is measured by reading the file once more."""
    from analytics.services.storage import plan, postgres, sqlite  # noqa: PLC0415

    clocks = Clocks()
    clocks.watch("counting", plan.Keys, "add", "repeated")
    if vendor == "postgresql":
        clocks.watch("sending", postgres.Sender, "_copy")
        clocks.watch("applying", postgres.Sender, "_apply")
    else:
        clocks.watch("sending", sqlite.SqlitePosts, "_stage")
        clocks.watch("applying", sqlite.SqlitePosts, "write")
    return clocks


def parts_of(clocks: Clocks, path: Path, vendor: str) -> dict[str, float]:
    """Seconds for each part of the way."""
    from analytics.formats import FORMATS  # noqa: PLC0415
    from analytics.formats.tables import open_source  # noqa: PLC0415

    in_pieces = vendor == "postgresql"
    source = open_source(path)
    reading = spent(source.pieces(500) if in_pieces else source.records(""))
    reader = FORMATS["generic"].stream(path)
    converting = spent(reader.blocks(500) if in_pieces else reader) - reading
    return {"reading": reading, "converting": converting, **clocks.seconds}


def spent(rows: Iterable[object]) -> float:
    begun = time.perf_counter()
    collections.deque(rows, maxlen=0)
    return time.perf_counter() - begun


def run_phase(file: Path, environment: dict[str, str]) -> dict[str, float]:
    command = [sys.executable, __file__, "--phase", "import", "--file", str(file)]
    done = subprocess.run(command, check=True, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def import_file(path: Path) -> dict[str, object]:
    """Import one file as the worker does; runs in a process of its own, so that its peak memory is its own."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smm.settings")
    import django  # noqa: PLC0415 - the settings want the environment of this process

    django.setup()
    from smm.celery import app  # noqa: PLC0415

    app.loader.import_default_modules()
    from django.db import connection  # noqa: PLC0415

    clocks = watch(connection.vendor)
    job, file = _confirmed(path)
    connection.ensure_connection()
    server_before = _server_cpu(connection)
    begun, before = time.perf_counter(), time.process_time()
    from accounts import jobs  # noqa: PLC0415

    jobs.execute(job.pk)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - before
    file.refresh_from_db()
    job.refresh_from_db()
    assert job.state == "done", job.error_code
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "parts": parts_of(clocks, path, connection.vendor),
        "seconds": seconds,
        "cpu": cpu,
        "server_cpu": _server_cpu(connection) - server_before,
        "peak_mb": peak,
        "counts": f"created {file.created:,}, updated {file.updated:,}, unchanged {file.unchanged:,}",
    }


def _confirmed(path: Path):
    """The file as if uploaded and confirmed, its job waiting."""
    from accounts import jobs, services  # noqa: PLC0415
    from accounts.models import Agency, Brand  # noqa: PLC0415
    from accounts.scoping import brands_in_scope  # noqa: PLC0415
    from analytics.models import ImportBatch, ImportFile  # noqa: PLC0415
    from analytics.services.import_files import KIND  # noqa: PLC0415
    from analytics.services.previews import inspect  # noqa: PLC0415

    brand = Brand.objects.filter(slug="benchmark").first()
    if brand is None:
        services.add_agency(name="Benchmark", owner_email="owner@benchmark.example", password="benchmark 123")
        agency = Agency.objects.get()
        brand = services.add_brand(
            agency=agency, slug="benchmark", name="Benchmark", time_zone="Europe/Rome", currency="EUR"
        )
    with brands_in_scope(brand.pk):
        batch = ImportBatch.objects.create(brand=brand, state="confirmed")
        file = ImportFile(brand=brand, batch=batch, name=path.name, options={"exported_on": "2026-06-30"})
        file.file.name = path.name
        inspect(file, path)
        file.save()
    jobs.send = lambda job_id: None  # no worker listens here
    return jobs.enqueue(KIND, brand=brand, payload={"batch": batch.pk}), ImportFile.across_brands.get(pk=file.pk)


def _server_cpu(connection) -> float:
    """Seconds of processor that this connection's server process has used; 0 where there is none here."""
    if connection.vendor != "postgresql":
        return 0.0
    try:
        fields = (
            Path(f"/proc/{connection.connection.get_backend_pid()}/stat").read_text().rsplit(")", 1)[1].split()
        )
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def write_file(path: Path, rows: int) -> Path:
    rng = random.Random(2026)
    first = datetime(2016, 1, 1)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for number in range(rows):
            seen = rng.randrange(100_000)
            moment = first + timedelta(minutes=rng.randrange(5_000_000))
            texts = (f"A caption of post {number}", f"https://e.example/p/{number}", "")
            counts = (seen, seen // 2, seen // 50, seen // 300, seen // 500, seen // 700, seen // 90, "")
            head = ("facebook", "acme", 10**14 + number * 977, moment.isoformat(" "), "photo")
            writer.writerow((*head, *texts, *counts))
    return path


@contextlib.contextmanager
def fresh_database(address: str) -> Iterator[str]:
    with contextlib.closing(psycopg2.connect(address)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
            cursor.execute(f"CREATE DATABASE {DATABASE}")
            try:
                yield urlunsplit(urlsplit(address)._replace(path=f"/{DATABASE}"))
            finally:
                cursor.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


@contextlib.contextmanager
def server(folder: Path) -> Iterator[str]:
    """The server of the environment, or one of our own with default settings for as long as it is wanted."""
    if address := os.environ.get("TIMONE_TEST_POSTGRES"):
        yield address
        return
    programs = (
        max(Path("/usr/lib/postgresql").glob("*/bin"), default=None) or Path(shutil.which("initdb") or "").parent
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    as_owner: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
        as_owner = ["runuser", "-u", "postgres", "--"]
    control = [*as_owner, str(programs / "pg_ctl"), "-D", str(folder / "pg"), "-l", str(folder / "pg.log"), "-w"]
    quiet = {"check": True, "stdout": subprocess.DEVNULL}
    subprocess.run(
        [
            *as_owner,
            str(programs / "initdb"),
            "-D",
            str(folder / "pg"),
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
        ],
        **quiet,
    )
    subprocess.run([*control, "-o", f"-p {port} -k {folder} -c listen_addresses=127.0.0.1", "start"], **quiet)
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **quiet)


if __name__ == "__main__":
    main()
