"""Best times of one channel from imported posts to the stored result, beside one pandas groupby over the posts.

    python benchmarks/best_times_channel.py [--posts 100000] [--new 1000] [--rounds 5] [--json]

Uses SQLite below a temporary folder, or a scratch database on the server that DATABASE_URL names. `first` is the
job that an import of the whole history starts; `again` the one after an import of the new posts, which fall in the
last week; `others` the jobs that follow for the three figures that a page does not open with. Best of `rounds`.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smm.settings")
FOLDER = tempfile.TemporaryDirectory(prefix="timone-benchmark-")
os.environ["TIMONE_DATA_DIR"] = FOLDER.name
os.environ.setdefault("LOG_LEVEL", "WARNING")
os.environ.setdefault("SECRET_KEY", "only for this run")

import django  # noqa: E402

django.setup()

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

import analytics.tasks  # noqa: E402, F401 — registers the work
from accounts import jobs, services  # noqa: E402
from accounts.models import Job  # noqa: E402
from accounts.scoping import brands_in_scope  # noqa: E402
from analytics.hour_sums import FIGURES  # noqa: E402
from analytics.models import BestTimes, EngagementHour, Post  # noqa: E402
from analytics.services.freshness import mark_stale, request_best_times  # noqa: E402
from analytics.services.storage.postgres import MANY  # noqa: E402
from strategy.models import Channel  # noqa: E402

START = datetime(2024, 1, 1, tzinfo=UTC)
WEEKS = 104


def invented(n: int, rng: np.random.Generator, weeks: tuple[int, int]) -> pd.DataFrame:
    """Posts at any minute of these weeks, with figures that do better in the evening."""
    minutes = rng.integers(weeks[0] * 10_080, weeks[1] * 10_080, n)
    evening = np.isin(minutes // 60 % 24, [18, 19, 20])
    engagements = rng.lognormal(3 + 0.3 * evening, 1).astype(int)
    return pd.DataFrame(
        {
            "published_at": pd.Timestamp(START) + pd.to_timedelta(minutes, unit="min"),
            "format": rng.choice(["photo", "video", "text", "link"], n),
            "paid": rng.random(n) < 0.05,
            "engagements": engagements,
            "reach": engagements * 20,
            "clicks": engagements // 3,
            "views": engagements * 30,
        }
    )


def insert(channel: Channel, posts: pd.DataFrame, first_number: int) -> None:
    """Store posts and note their weeks, as an import does."""
    as_of = START + timedelta(weeks=WEEKS + 2)
    rows = [
        Post(
            brand=channel.brand,
            channel=channel,
            external_id=str(first_number + i),
            metrics_as_of=as_of,
            **{name: value.to_pydatetime() if name == "published_at" else value for name, value in row.items()},
        )
        for i, row in enumerate(posts.to_dict("records"))
    ]
    Post.objects.bulk_create(rows, batch_size=2_000)
    days = posts["published_at"].dt.tz_localize(None).dt.normalize()
    mark_stale(channel.pk, {day.date() for day in days - pd.to_timedelta(days.dt.day_of_week, unit="D")})
    if connection.vendor == "postgresql" and len(posts) >= MANY:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE analytics_post (channel_id, external_id, published_at)")


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def job(channel: Channel) -> float:
    """Seconds from the claim of the job that an import asks for to its stored result."""
    asked = request_best_times(channel, by=None)
    return timed(lambda: jobs.execute(asked.pk))


def job_of_others() -> float:
    asked = Job.objects.get(state="queued")
    return timed(lambda: jobs.execute(asked.pk))


def groupby(posts: pd.DataFrame) -> object:
    wall = posts["published_at"].dt.tz_convert("Europe/Rome")
    keys = [wall.dt.day_of_week * 24 + wall.dt.hour, posts["format"], posts["paid"]]
    return np.log1p(posts["engagements"]).groupby(keys).agg(["count", "sum"])


def measure(channel: Channel, posts: int, new: int, rounds: int) -> dict[str, float]:
    rng = np.random.default_rng(7)
    history = invented(posts, rng, (0, WEEKS))
    insert(channel, history, 0)
    every_week = list(Post.objects.datetimes("published_at", "week"))
    taken: dict[str, list[float]] = {
        name: [] for name in ("first", "first others", "again", "again others", "groupby")
    }
    for number in range(rounds):
        BestTimes.objects.all().delete()
        EngagementHour.objects.all().delete()
        mark_stale(channel.pk, [week.date() for week in every_week])
        taken["groupby"].append(timed(lambda: groupby(history)))
        taken["first"].append(job(channel))
        taken["first others"].append(job_of_others())
        insert(channel, invented(new, rng, (WEEKS - 1, WEEKS)), posts + number * new)
        taken["again"].append(job(channel))
        taken["again others"].append(job_of_others())
        Post.objects.filter(external_id__in=[str(posts + number * new + i) for i in range(new)]).delete()
    assert BestTimes.objects.count() == len(FIGURES)
    best = {name: min(seconds) for name, seconds in taken.items()}
    return best | {
        "first, all": best["first"] + best["first others"],
        "again, all": best["again"] + best["again others"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--new", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if connection.vendor == "sqlite":
        settings.DATABASES["default"]["TEST"]["NAME"] = f"{FOLDER.name}/benchmark.sqlite3"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        agency, *_ = services.add_agency(name="A", owner_email="a@a.example", password="a long password")
        brand = services.add_brand(agency=agency, slug="b", name="B", time_zone="Europe/Rome", currency="EUR")
        with brands_in_scope(brand.pk):
            channel = Channel.objects.create(brand=brand, platform="facebook", handle="page")
            seconds = measure(channel, options.posts, options.new, options.rounds)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    report = {"database": connection.vendor, "posts": options.posts, "new": options.new, "seconds": seconds}
    if options.json:
        print(json.dumps(report, indent=2))
        return
    print(f"{connection.vendor}, {options.posts:,} posts, then {options.new:,} more")
    for name, value in seconds.items():
        print(f"  {name:<14} {value * 1000:8.1f} ms")
    print(f"  again / first  {seconds['again'] / seconds['first']:8.3f}")


if __name__ == "__main__":
    main()
