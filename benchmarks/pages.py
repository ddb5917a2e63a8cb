"""Every page of a brand with many posts beside the same page of a brand with few, in one run.

    DATABASE_URL=postgres://… python benchmarks/pages.py [--posts 1000000] [--few 10000] [--rounds 20] [--json]

Makes a scratch database on that server, fills two brands with posts, best times, costs and a report, and asks for
each page through the whole application, both brands in turns. Times are of the server's side, in milliseconds.
"""

import argparse
import importlib
import json
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as dtime
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smm.settings")
FOLDER = tempfile.TemporaryDirectory(prefix="timone-benchmark-")
os.environ["TIMONE_DATA_DIR"] = FOLDER.name
os.environ.setdefault("LOG_LEVEL", "ERROR")
os.environ.setdefault("SECRET_KEY", "only for this run")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402

from accounts import services  # noqa: E402
from accounts.models import Agency, Brand  # noqa: E402
from accounts.scoping import brands_in_scope  # noqa: E402
from analytics.models import Spend  # noqa: E402
from analytics.services import best_times, roi  # noqa: E402
from analytics.services.freshness import mark_stale  # noqa: E402
from calendar_app.models import Entry  # noqa: E402
from strategy.models import Channel  # noqa: E402

CHANNELS = 4
POSTS_PER_ENTRY = 20
WEEKS = 104
NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
PAGES: dict[str, tuple[str, dict[str, str]]] = {
    "overview": ("brand_overview", {}),
    "desk": ("desk", {}),
    "best times": ("best_times", {}),
    "posts": ("posts", {}),
    "posts, words": ("posts", {"q": "caption 7"}),
    "posts, words not there": ("posts", {"q": "not in any caption"}),
    "posts, format": ("posts", {"format": "video"}),
    "posts, best first": ("posts", {"sort": "engagements"}),
    "posts, a past period": (
        "posts",
        {"from": f"{NOW - timedelta(days=500):%Y-%m-%d}", "to": f"{NOW - timedelta(days=400):%Y-%m-%d}"},
    ),
    "calendar, month": ("calendar_month", {}),
    "calendar, week": ("calendar_week", {}),
    "calendar, list": ("calendar_list", {}),
    "calendar, board": ("calendar_board", {}),
    "calendar, mix": ("calendar_mix", {}),
    "imports": ("imports", {}),
    "ROI": ("roi", {}),
    "costs": ("costs", {}),
}
FILL = """
INSERT INTO analytics_post (brand_id, channel_id, created_at, updated_at, external_id, permalink, published_at,
    is_exact, format, text, language, paid, is_reply, metrics_as_of,
    impressions, reach, reactions, comments, shares, clicks, engagements)
SELECT %(brand)s, (%(channels)s::bigint[])[1 + i %% %(n)s], now(), now(), 'p' || i, 'https://example.com/' || i,
    %(start)s::timestamptz + (i::float8 / %(posts)s) * interval '728 days', true,
    (array['photo','video','text','link'])[1 + (i / 7) %% 4], 'caption ' || i %% 997 || ' and more', '',
    false, false, now(), 9 * (i %% 1009), 7 * (i %% 1009), i %% 211, i %% 17, i %% 13, i %% 101,
    i %% 211 + i %% 17 + i %% 13
FROM generate_series(1, %(posts)s) AS i
"""


def filled(agency: Agency, slug: str, posts: int) -> Brand:
    brand = services.add_brand(agency=agency, slug=slug, name=slug, time_zone="Europe/Rome", currency="EUR")
    with brands_in_scope(brand.pk):
        channels = [
            Channel.objects.create(brand=brand, platform="instagram", handle=f"account{i}")
            for i in range(CHANNELS)
        ]
        values = {
            "brand": brand.pk,
            "channels": [channel.pk for channel in channels],
            "n": CHANNELS,
            "posts": posts,
            "start": NOW - timedelta(days=7 * WEEKS + 7),
        }
        with connection.cursor() as cursor:
            cursor.execute(FILL, values)
        _compute(brand, channels)
        _plan(brand, channels, posts // POSTS_PER_ENTRY)
    return brand


def _plan(brand: Brand, channels: list[Channel], entries: int) -> None:
    """So many entries of the calendar, most of them in the past two years, some in the months to come."""
    statuses = ("published", "approved", "draft", "in_review", "scheduled")
    first = (NOW - timedelta(days=700)).date()
    Entry.objects.bulk_create(
        (
            Entry(
                **{
                    "brand": brand,
                    "channel": channels[n % CHANNELS],
                    "title": f"Entry {n}",
                    "copy": f"caption {n}",
                },
                **{"day": first + timedelta(days=n % 800), "clock": dtime(n % 24), "status": statuses[n % 5]},
                at=datetime.combine(first + timedelta(days=n % 800), dtime(n % 24), UTC),
            )
            for n in range(entries)
        ),
        batch_size=5_000,
    )


def _compute(brand: Brand, channels: list[Channel]) -> None:
    monday = (NOW - timedelta(days=NOW.weekday())).date()
    for channel in channels:
        mark_stale(channel.pk, [monday - timedelta(weeks=week) for week in range(WEEKS + 3)])
        best_times.compute(channel)
    Spend.objects.bulk_create(
        Spend(
            brand=brand, kind="other", start=day, end=day, amount=Decimal(i), currency="EUR", campaign=f"c{i % 20}"
        )
        for i in range(1, 2_001)
        for day in [date.today() - timedelta(days=i % 700)]
    )
    start = date.today() - timedelta(days=60)
    roi.report_now(brand, roi.Wanted(start=start, end=date.today()))


def ask(client: Client, brand: Brand, page: str) -> float:
    route, query = PAGES[page]
    begun = time.perf_counter()
    response = client.get(reverse(route, args=[brand.slug]), query)
    took = time.perf_counter() - begun
    if response.status_code != 200:
        raise SystemExit(f"{page}: {response.status_code}")
    return 1000 * took


def measured(client: Client, few: Brand, many: Brand, page: str, rounds: int) -> dict[str, object]:
    for brand in (few, many):
        ask(client, brand, page)
    times = {brand.slug: [] for brand in (few, many)}
    for _ in range(rounds):
        for brand in (few, many):
            times[brand.slug].append(ask(client, brand, page))
    with CaptureQueriesContext(connection) as queries:
        ask(client, many, page)
    low, high = (statistics.median(times[brand.slug]) for brand in (few, many))
    p95 = statistics.quantiles(times[many.slug], n=20)[-1]
    return {
        "page": page,
        "queries": len(queries),
        "p50 few": round(low, 1),
        "p50 many": round(high, 1),
        "p95 many": round(p95, 1),
        "ratio": round(high / low, 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--few", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if connection.vendor != "postgresql":
        raise SystemExit("Give the address of a PostgreSQL server as DATABASE_URL.")
    setup_test_environment()
    settings.STATIC_ROOT = Path(FOLDER.name) / "static"
    call_command("collectstatic", interactive=False, verbosity=0)
    connection.settings_dict["TEST"]["NAME"] = "timone_benchmark_pages"
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        agency, owner, _new = services.add_agency(name="Bench", owner_email="owner@bench.example")
        few, many = filled(agency, "few", options.few), filled(agency, "many", options.posts)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        client = Client()
        client.force_login(owner)
        importlib.import_module("smm.wsgi")  # as a server's process begins
        found = [measured(client, few, many, page, options.rounds) for page in PAGES]
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    if options.json:
        print(json.dumps(found, indent=2))
        return
    print(f"{'page':<24} queries  p50 at {options.few:,}  p50 at {options.posts:,}  p95  ratio")
    for row in found:
        print(
            f"{row['page']:<24} {row['queries']:>7} {row['p50 few']:>11} {row['p50 many']:>14}"
            f" {row['p95 many']:>8} {row['ratio']:>6}"
        )


if __name__ == "__main__":
    main()
