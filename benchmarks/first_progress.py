"""How long one waits for the first progress of an import of 300,000 rows: a real worker, the embedded default.

    python benchmarks/first_progress.py [--rounds 3]

A new data folder, SQLite, a worker in a process of its own. Uploads, confirms, and asks the page of the job
every 50 ms, as the page itself does less often; prints when the first share above 0 was there, and when all
was stored.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS = 300_000
COLUMNS = (
    "platform,account,post_id,published_at,format,text,permalink,paid,"
    "impressions,reach,reactions,comments,shares,saves,clicks,video_views"
)


def write(path: Path, first: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write(COLUMNS + "\n")
        for number in range(first, first + ROWS):
            day, hour = number % 28 + 1, number % 24
            file.write(
                f"instagram,alba,{17_000_000_000 + number},2026-{number % 9 + 1:02}-{day:02} {hour:02}:30:00,"
                f"photo,post {number},,no,{number % 9_000},{number % 7_000},{number % 300},{number % 40},3,2,11,\n"
            )
    return path


def prepare(folder: Path) -> None:
    os.environ |= {"TIMONE_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "smm.settings"}
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "-v0"], cwd=ROOT, check=True)
    quiet = {"cwd": ROOT, "check": True, "stdout": subprocess.DEVNULL}
    subprocess.run(
        [*manage, "add_agency", "Nord", "--owner", "ada@nord.example", "--password", "a-long-one"], **quiet
    )
    brand = ["--name", "Alba", "--time-zone", "Europe/Rome", "--currency", "EUR"]
    subprocess.run([*manage, "add_brand", "alba", "--agency", "Nord", *brand], **quiet)


def measure(client, models, path: Path) -> tuple[float, float, float]:
    """Seconds until the upload was shown; from confirming to the first progress, and until all was stored."""
    began = time.perf_counter()
    with path.open("rb") as file:
        shown = client.post("/brands/alba/imports/new/", {"files": [file]}, follow=True)
    looked = time.perf_counter() - began
    where, batch = re.search(r'action="([^"]*/imports/(\d+)/confirm/)"', shown.content.decode()).groups()
    file_id = models.ImportFile.across_brands.get(batch_id=batch).pk
    choices = {"take": "on", "channel": "told", "time_zone": "Europe/Rome"}
    began = time.perf_counter()
    answer = client.post(where, {f"file{file_id}-{name}": value for name, value in choices.items()})
    assert answer.status_code == 302, answer.content.decode()[:2_000]
    first = 0.0
    while True:
        page = client.get(answer.url, headers={"HX-Request": "true"}).content.decode()
        value = re.search(r'<progress max="1" value="([\d.]+)"', page)
        if not first and (value is None or float(value[1]) > 0):
            first = time.perf_counter() - began
        if value is None:
            break
        time.sleep(0.05)
    assert models.ImportFile.across_brands.get(pk=file_id).rows == ROWS
    return looked, first, time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder)
        sys.path.insert(0, str(ROOT))
        import django  # noqa: PLC0415 - the settings are told above

        django.setup()
        from django.conf import settings  # noqa: PLC0415
        from django.test import Client  # noqa: PLC0415

        from accounts.models import Job, User  # noqa: PLC0415
        from analytics import models  # noqa: PLC0415

        settings.ALLOWED_HOSTS = ["*"]
        worker = subprocess.Popen(
            [
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
                "--loglevel",
                "ERROR",
            ],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            client = Client()
            client.force_login(User.objects.get())
            time.sleep(8)  # until the worker listens
            for number in range(rounds):
                path = write(folder / f"posts-{number}.csv", number * ROWS)
                looked, first, whole = measure(client, models, path)
                print(
                    f"shown after {looked:.2f} s, first progress {first:.2f} s, stored {whole:.1f} s", flush=True
                )
                while Job.across_brands.filter(state__in=["queued", "running"]).exists():
                    time.sleep(0.5)  # the next round must not wait for what follows from this one
        finally:
            worker.terminate()
            worker.wait()


if __name__ == "__main__":
    main()
