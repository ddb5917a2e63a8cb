"""Times a ROI report over 100,000 posts and 20 campaigns beside the same figures by hand-written SQL.

    python benchmarks/roi.py [--posts 100000] [--campaigns 20] [--days 730] [--runs 5]

Uses SQLite below a temporary folder, or a scratch database on the server that DATABASE_URL names. Times a report
from its request to the stored result, and three SQL statements that yield cost, return and engagement by campaign,
platform and month; then checks that both say the same.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smm.settings")
FOLDER = tempfile.TemporaryDirectory(prefix="timone-benchmark-")
os.environ["TIMONE_DATA_DIR"] = FOLDER.name
os.environ.setdefault("LOG_LEVEL", "WARNING")
os.environ.setdefault("SECRET_KEY", "only for this run")

import django  # noqa: E402

django.setup()

import numpy as np  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from accounts import services as accounts  # noqa: E402
from accounts.models import Brand  # noqa: E402
from accounts.scoping import brands_in_scope  # noqa: E402
from analytics.models import Conversion, Post, Spend  # noqa: E402
from analytics.services import roi  # noqa: E402
from strategy.models import Channel  # noqa: E402

START = date(2024, 1, 1)


def main() -> None:
    asked = _arguments()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        _measure(asked)
    finally:
        teardown_databases(databases, verbosity=0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--campaigns", type=int, default=20)
    parser.add_argument("--days", type=int, default=730)
    parser.add_argument("--runs", type=int, default=5)
    return parser.parse_args()


def _measure(asked: argparse.Namespace) -> None:
    agency, _owner, _new = accounts.add_agency(name="Measured", owner_email="m@measured.example")
    brand = accounts.add_brand(
        agency=agency, slug="measured", name="Measured", time_zone="Europe/Rome", currency="EUR"
    )
    end = START + timedelta(days=asked.days - 1)
    with brands_in_scope(brand.pk):
        rows = _fill(brand, asked)
        wanted = roi.Wanted(START, end)
        print(f"{connection.vendor}: {rows}, {asked.runs} runs, median (slowest)")
        report = _time("report, read to stored", asked.runs, lambda: roi.report_now(brand, wanted))
        by_hand = _time("the same figures by SQL", asked.runs, lambda: _by_sql(brand.pk, end))
        cost, returned, posts = by_hand
        total = report.results["totals"]
        assert abs(Decimal(total["cost"]) - cost) < Decimal("0.01"), (total["cost"], cost)
        assert abs(Decimal(total["returned"]) - returned) < Decimal("0.01"), (total["returned"], returned)
        assert report.results["engagement"][0]["posts"] == posts


def _fill(brand: Brand, asked: argparse.Namespace) -> str:
    rng = np.random.default_rng(1)
    days = [START + timedelta(days=number) for number in range(asked.days)]
    costs = [
        Spend(
            brand=brand, kind="ads", platform="meta", account="a", campaign=f"Campaign {c}", start=day, end=day,
            amount=Decimal(int(cents)) / 100, currency="EUR", impressions=1000, clicks=9, row_key=f"{c} {day}",
        )
        for c in range(asked.campaigns)
        for day, cents in zip(days, rng.integers(100, 9_999, len(days)), strict=True)
    ]  # fmt: skip
    visits = [
        Conversion(
            brand=brand, source_kind="ga4", channel_group="Paid Social", source="facebook", medium="cpc",
            campaign=f"campaign_{c}", start=day, end=day, sessions=40, count=2,
            value=Decimal(int(cents)) / 100, currency="EUR", row_key=f"{c} {day}",
        )
        for c in range(asked.campaigns)
        for day, cents in zip(days, rng.integers(100, 20_000, len(days)), strict=True)
    ]  # fmt: skip
    platforms = ("facebook", "instagram", "x")
    channels = [Channel.objects.create(brand=brand, platform=name, handle="m") for name in platforms]
    first, step = datetime(START.year, 1, 2, tzinfo=UTC), timedelta(days=asked.days - 2) / asked.posts
    reach = rng.lognormal(7, 1, asked.posts).astype(int) + 1
    posts = [
        Post(
            brand=brand, channel=channels[n % 3], external_id=str(n), published_at=first + n * step,
            impressions=int(reach[n]) * 2, reach=int(reach[n]), engagements=int(reach[n]) // 20,
            metrics_as_of=first,
        )
        for n in range(asked.posts)
    ]  # fmt: skip
    for model, found in ((Spend, costs), (Conversion, visits), (Post, posts)):
        model.objects.bulk_create(found, batch_size=2_000)
    numbers = f"{len(posts):,} posts, {len(costs):,} costs, {len(visits):,} conversions"
    return f"{numbers} of {asked.campaigns} campaigns"


def _by_sql(brand: int, end: date) -> tuple[Decimal, Decimal, int]:
    """Cost and return by campaign and month, engagement by platform and month, as one would write it by hand."""
    month = {"sqlite": "strftime('%%Y-%%m', {})", "postgresql": "date_trunc('month', {})"}[connection.vendor]
    period = [brand, START, end]
    moments = [brand, datetime(START.year, 1, 1, tzinfo=UTC), datetime.combine(end, datetime.max.time(), UTC)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT campaign, platform, {month.format('start')}, currency, sum(amount) FROM analytics_spend"
            ' WHERE brand_id = %s AND start >= %s AND "end" <= %s GROUP BY 1, 2, 3, 4',
            period,
        )
        costs = sum(Decimal(str(row[-1])) for row in cursor.fetchall())
        cursor.execute(
            f"SELECT campaign, source, {month.format('start')}, currency, sum(value), sum(count), sum(sessions)"
            ' FROM analytics_conversion WHERE brand_id = %s AND start >= %s AND "end" <= %s GROUP BY 1, 2, 3, 4',
            period,
        )
        returned = sum(Decimal(str(row[4])) for row in cursor.fetchall())
        cursor.execute(
            f"SELECT c.platform, {month.format('p.published_at')}, count(*), sum(engagements), sum(impressions),"
            " avg(1.0 * engagements / nullif(reach, 0)) FROM analytics_post p"
            " JOIN strategy_channel c ON c.id = p.channel_id"
            " WHERE p.brand_id = %s AND p.published_at BETWEEN %s AND %s AND NOT p.is_reply GROUP BY 1, 2",
            moments,
        )
        posts = sum(row[2] for row in cursor.fetchall())
    return costs, returned, posts


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
