"""Times `analytics.effects.fit` and a whole report over 100,000 posts, beside one pandas groupby per dimension.

    python benchmarks/effects.py [--posts 100000] [--runs 5] [--core]

Uses SQLite below a temporary folder, or a scratch database on the server that DATABASE_URL names. `--core` times
the fit alone and needs no database. Median of the runs, and the slowest.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smm.settings")
FOLDER = tempfile.TemporaryDirectory(prefix="timone-benchmark-")
os.environ["TIMONE_DATA_DIR"] = FOLDER.name
os.environ.setdefault("LOG_LEVEL", "WARNING")
os.environ.setdefault("SECRET_KEY", "only for this run")

import django  # noqa: E402

django.setup()

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from accounts import services as accounts  # noqa: E402
from accounts.scoping import brands_in_scope  # noqa: E402
from analytics import effects  # noqa: E402
from analytics.models import Post  # noqa: E402
from analytics.services import effects as services  # noqa: E402
from strategy.models import Channel  # noqa: E402
from tests.analytics.effects_truth import DAYS, World, simulate  # noqa: E402

START = date(2025, 1, 1)
FORMATS = ("photo", "carousel", "video", "text", "link", "poll")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--core", action="store_true")
    asked = parser.parse_args()
    posts = simulate(World(posts=asked.posts), np.random.default_rng(1)).posts
    print(f"{asked.posts:,} posts, {asked.runs} runs, median (slowest)")
    _time("groupby, each dimension", asked.runs, lambda: _groupby(posts))
    _time("fit", asked.runs, lambda: effects.fit(posts))
    stored = effects.pack(posts)
    print(f"  {'packed':<26} {len(stored) / 1e6:6.2f} MB")
    if not asked.core:
        _whole(posts, asked.runs)


def _groupby(posts: pd.DataFrame) -> list[pd.DataFrame]:
    y = np.log1p(posts["value"])
    names = [name for name in effects.DIMENSIONS if name in posts.columns]
    return [y.groupby(posts[name]).agg(["count", "mean", "std"]) for name in names]


def _whole(posts: pd.DataFrame, runs: int) -> None:
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        agency, *_ = accounts.add_agency(name="Measured", owner_email="m@measured.example")
        brand = accounts.add_brand(
            agency=agency, slug="measured", name="Measured", time_zone="Europe/Rome", currency="EUR"
        )
        with brands_in_scope(brand.pk):
            names = ("facebook", "instagram", "x", "linkedin")
            channels = [Channel.objects.create(brand=brand, platform=name, handle="m") for name in names]
            _store(channels, posts)
            wanted = services.Wanted(START, START + timedelta(days=DAYS + 1))
            what = f"report, {connection.vendor}"
            report = _time(what, runs, lambda: services.report_now(brand, wanted))
            assert report.results["posts"] == len(posts)
    finally:
        teardown_databases(databases, verbosity=0)


def _store(channels: list[Channel], posts: pd.DataFrame) -> None:
    first = datetime(START.year, 1, 1, 12, tzinfo=UTC)
    rows = [
        Post(
            brand_id=channels[0].brand_id, channel=channels[int(row.channel)], external_id=str(row.post),
            published_at=first + timedelta(days=row.day), format=FORMATS[int(row.format)],
            text=f"A text of usual length about coffee {'#caffè ' * int(row.hashtags)}",
            engagements=int(row.value),
            metrics_as_of=first + timedelta(days=900),
        )
        for row in posts.itertuples()
    ]  # fmt: skip
    Post.objects.bulk_create(rows, batch_size=2_000)


def _time(what: str, runs: int, work: Callable[[], Any]) -> Any:
    seconds = []
    for _run in range(runs):
        began = time.perf_counter()
        answer = work()
        seconds.append(time.perf_counter() - began)
    print(f"  {what:<26} {statistics.median(seconds):6.2f} s ({max(seconds):.2f} s)")
    return answer


if __name__ == "__main__":
    main()
