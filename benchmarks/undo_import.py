#!/usr/bin/env python3
"""How long undoing an import takes beside the imports themselves, on PostgreSQL and on SQLite.

    python benchmarks/undo_import.py [--rows 100000]

Two exports of the same posts are imported, the later one with higher figures, then the later one is undone and
brought back. PostgreSQL is that of TIMONE_TEST_POSTGRES or one of its own. Prints seconds and, for the work of
undoing, the ratio to importing both files in the same run.
"""

import argparse
import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

_import = importlib.import_module("import")  # a name that no import statement can say
COLUMNS, ROOT, fresh_database, server = _import.COLUMNS, _import.ROOT, _import.fresh_database, _import.server

STEPS = ("first import", "second import", "undo the second", "bring it back")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.folder:
        print(json.dumps(measure(asked.folder)))
        return
    with tempfile.TemporaryDirectory(prefix="timone-benchmark-") as name, server(Path(name)) as address:
        folder = Path(name) / "files"
        folder.mkdir()
        write_files(folder, asked.rows)
        print(f"{asked.rows:,} posts in each of two files")
        with fresh_database(address) as url:
            show("PostgreSQL", run(folder, url))
        show("SQLite", run(folder, ""))


def write_files(folder: Path, rows: int) -> None:
    for place, name in enumerate(("first", "second")):
        lines = [",".join(COLUMNS)]
        for number in range(rows):
            day, seen = number % 28 + 1, 1_000 + number % 977 + 40 * place
            head = f"facebook,acme,{10**14 + number},2026-05-{day:02} 10:30,photo,Caption of post {number},,"
            lines.append(f"{head},{seen},{seen // 2},{seen // 50},{seen // 300},{seen // 500},{seen // 700},9,")
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n")


def run(folder: Path, url: str) -> dict[str, float]:
    """Every step in a process of its own, on an empty database."""
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "DATABASE_URL": url, "SECRET_KEY": "benchmark", "TIMONE_DATA_DIR": data}
        environment.pop("REDIS_URL", None)
        options = {"check": True, "env": environment, "cwd": ROOT}
        subprocess.run([sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"], **options)
        command = [sys.executable, __file__, "--folder", str(folder)]
        told = subprocess.run(command, stdout=subprocess.PIPE, text=True, **options)
    return json.loads(told.stdout.splitlines()[-1])


def measure(folder: Path) -> dict[str, float]:
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "smm.settings"
    import django  # noqa: PLC0415 - the settings want the environment of this process

    django.setup()
    from django.utils import timezone  # noqa: PLC0415

    from accounts import jobs, services  # noqa: PLC0415
    from accounts.models import Agency  # noqa: PLC0415
    from accounts.scoping import brands_in_scope  # noqa: PLC0415
    from analytics.models import ImportBatch, ImportFile  # noqa: PLC0415
    from analytics.services import undo  # noqa: PLC0415
    from analytics.services.import_files import FileImport, store_together  # noqa: PLC0415
    from analytics.services.previews import inspect  # noqa: PLC0415
    from smm.celery import app  # noqa: PLC0415

    app.loader.import_default_modules()
    jobs.send = lambda number: None  # nobody else is to work meanwhile
    services.add_agency(name="Bench", owner_email="bench@bench.example", password="correct horse battery")
    agency = Agency.objects.get()
    brand = services.add_brand(agency=agency, slug="bench", name="Bench", time_zone="UTC", currency="EUR")

    def bring_in(name: str, day: str) -> "ImportBatch":
        path = folder / f"{name}.csv"
        file = ImportFile(brand=brand, name=path.name, options={"exported_on": day})
        inspect(file, path)
        work = FileImport(file, path, progress=lambda share: None, now=timezone.now())
        return store_together([work], brand=brand, by=None)

    with brands_in_scope(brand.pk):
        found = {}
        found[STEPS[0]], _first = timed(lambda: bring_in("first", "2026-06-01"))
        found[STEPS[1]], second = timed(lambda: bring_in("second", "2026-07-01"))
        for step, verb in ((STEPS[2], undo.undo), (STEPS[3], undo.redo)):
            job = verb(second, by=None)
            found[step], _none = timed(lambda job=job: jobs.execute(job.pk, heartbeat=False))
            job.refresh_from_db()
            assert job.state == "done", job.error_code
    return found


def timed(work: Callable[[], object]) -> tuple[float, object]:
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result


def show(name: str, told: dict[str, float]) -> None:
    imports = told[STEPS[0]] + told[STEPS[1]]
    print(name)
    for step in STEPS:
        ratio = f"   {told[step] / imports:.1f}× both imports" if step in STEPS[2:] else ""
        print(f"  {step:<16} {told[step]:6.2f} s{ratio}")


if __name__ == "__main__":
    main()
