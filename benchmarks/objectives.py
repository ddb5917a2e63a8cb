"""Objectives of a brand with a million posts: the weekly sums, what an import adds to them, and every page.

    DATABASE_URL=postgres://… python benchmarks/objectives.py [--posts 1000000] [--rounds 30] [--json]

Makes a scratch database on that server with one brand: four channels, five years of posts, 200 audiences, 100
objectives with five years of readings. Times are of the server's side; this process's own processor time tells
work from waiting for others on a busy machine.
"""

import argparse
import importlib
import json
import os
import statistics
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
from accounts.models import Brand, User  # noqa: E402
from accounts.scoping import brands_in_scope  # noqa: E402
from analytics.kpi_sums import POSTS  # noqa: E402
from analytics.models import Post  # noqa: E402
from analytics.services import kpi_changes, kpis  # noqa: E402
from strategy.kpis import KPIS  # noqa: E402
from strategy.models import Audience, Channel, KpiWeek, Objective, ObjectiveReading  # noqa: E402
from strategy.services import objectives  # noqa: E402

WEEK = timedelta(weeks=1)
WEEKS, CHANNELS, AUDIENCES, OBJECTIVES = 260, 4, 200, 100
NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
MONDAY = (NOW - timedelta(days=NOW.weekday())).date()
FILL = """
INSERT INTO analytics_post (brand_id, channel_id, created_at, updated_at, external_id, permalink, published_at,
    is_exact, format, text, language, paid, is_reply, metrics_as_of,
    impressions, reach, views, reactions, comments, shares, saves, clicks, engagements)
SELECT %(brand)s, (%(channels)s::bigint[])[1 + i %% %(n)s], now(), now(), 'p' || i, '',
    %(start)s::timestamptz + (i::float8 / %(posts)s) * interval '1813 days', true,
    (array['photo','video','text','link'])[1 + (i / 7) %% 4], 'caption ' || i %% 997, '', false, false, now(),
    900 + 9 * (i %% 1009), 700 + 7 * (i %% 1009), 950 + 9 * (i %% 1009), i %% 211, i %% 17, i %% 13, i %% 11,
    i %% 101, i %% 211 + i %% 17 + i %% 13 + i %% 11
FROM generate_series(1, %(posts)s) AS i
"""


def timed(work: Callable[[], object]) -> tuple[float, int]:
    """Seconds and queries of a piece of work."""
    with CaptureQueriesContext(connection) as queries:
        begun = time.perf_counter()
        work()
        took = time.perf_counter() - begun
    return took, len(queries)


def filled(posts: int) -> tuple[Brand, list[int]]:
    brand = Brand.objects.get()
    channels = [
        Channel.objects.create(brand=brand, platform="instagram", handle=f"account{i}").pk for i in range(CHANNELS)
    ]
    values = {
        "brand": brand.pk,
        "channels": channels,
        "n": CHANNELS,
        "posts": posts,
        "start": datetime.combine(MONDAY - WEEKS * WEEK, datetime.min.time(), UTC),
    }
    with connection.cursor() as cursor:
        cursor.execute(FILL, values)
        cursor.execute("ANALYZE")
    return brand, channels


def set_objectives(brand: Brand, owner: User) -> None:
    audiences = Audience.objects.bulk_create(Audience(brand=brand, name=f"Audience {i}") for i in range(AUDIENCES))
    goals = [objectives.add_goal(brand, by=owner, values={"name": f"Goal {i}", "why": ""}) for i in range(5)]
    slugs = list(POSTS)
    for i in range(OBJECTIVES):
        kpi = KPIS[slugs[i % len(slugs)]]
        row = objectives.add(
            brand,
            by=owner,
            values={
                "statement": f"Objective number {i} that says what is to change",
                "goal": goals[i % 5],
                "kpi": kpi.slug,
                "start": MONDAY - (WEEKS - 2) * WEEK,
                "deadline": MONDAY + 30 * WEEK,
                "baseline": 0.01 if kpi.direction == "up" else 9.0,
                "target": 1e9 if kpi.direction == "up" and i % 3 else 0.02,
                "audience": audiences[i],
                "owner": owner,
                "weight": 1,
            },
        )
    assert row.outlook["readings"] > WEEKS - 10


def pages(brand: Brand) -> dict[str, Callable[[Client], object]]:
    one = Objective.objects.order_by("pk").first()
    slug = brand.slug
    form = {"statement": "x", "kpi": "er_reach", "start": str(MONDAY), "deadline": str(MONDAY + 20 * WEEK)}

    def get(name: str, *numbers: int, **query: str) -> Callable[[Client], object]:
        return lambda client: client.get(reverse(name, args=[slug, *numbers]), query)

    return {
        "overview": get("brand_overview"),
        "objectives": get("objectives"),
        "objectives, at risk": get("objectives", status="at_risk"),
        "objectives, words": get("objectives", q="number 7"),
        "objectives, last page": get("objectives", page="4"),
        "tree": get("objectives_tree"),
        "an objective": get("objective_detail", one.pk),
        "new objective": get("objective_new"),
        "edit objective": get("objective_edit", one.pk),
        "check while typing": lambda client: client.post(
            reverse("objective_new", args=[slug]), form, headers={"HX-Request": "true"}
        ),
        "export": get("objectives_export"),
    }


def measured(client: Client, ask: Callable[[Client], object], rounds: int) -> dict[str, object]:
    ask(client)
    times, worked = [], []
    for _ in range(rounds):
        begun, spent = time.perf_counter(), time.process_time()
        response = ask(client)
        times.append(1000 * (time.perf_counter() - begun))
        worked.append(1000 * (time.process_time() - spent))
        assert response.status_code == 200
    queries = timed(lambda: ask(client))[1]
    return {
        "queries": queries,
        "cpu": round(statistics.median(worked), 1),
        "p50": round(statistics.median(times), 1),
        "p95": round(statistics.quantiles(times, n=20)[-1], 1),
    }


def sums(brand: Brand, channels: list[int]) -> dict[str, object]:
    """The first sums, those after an import of a thousand posts of one channel, and readings alone."""
    first = timed(lambda: kpis.refresh(brand))
    newest = Post.objects.filter(channel=channels[0]).order_by("-published_at").values("pk")[3_000:4_000]
    Post.objects.filter(pk__in=newest).update(engagements=77)
    touched = [MONDAY - n * WEEK for n in range(2, 6)]
    kpi_changes.note_posts(channels[0], touched)
    later = timed(lambda: kpis.refresh(brand))
    return {"all weeks": first, "four weeks of one channel": later}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if connection.vendor != "postgresql":
        raise SystemExit("Give the address of a PostgreSQL server as DATABASE_URL.")
    setup_test_environment()
    settings.STATIC_ROOT = Path(FOLDER.name) / "static"
    call_command("collectstatic", interactive=False, verbosity=0)
    connection.settings_dict["TEST"]["NAME"] = "timone_benchmark_objectives"
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        found = run(options)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    if options.json:
        print(json.dumps(found, indent=2))
        return
    for what, (seconds, queries) in found["sums"].items():
        print(f"sums, {what:<34} {seconds:>8.3f} s {queries:>5} queries")
    for page, row in found["pages"].items():
        times = f"p50 {row['p50']:>6} ms  p95 {row['p95']:>6} ms  (own processor time {row['cpu']:>6} ms)"
        print(f"{page:<26} {row['queries']:>3} queries  {times}")


def run(options: argparse.Namespace) -> dict[str, dict]:
    agency, owner, _new = services.add_agency(name="Bench", owner_email="owner@bench.example")
    services.add_brand(agency=agency, slug="many", name="Many", time_zone="Europe/Rome", currency="EUR")
    brand = Brand.objects.get()
    with brands_in_scope(brand.pk):
        brand, channels = filled(options.posts)
        told = sums(brand, channels)
        set_objectives(brand, owner)
        kpi_changes.note_posts(channels[0], [MONDAY - 3 * WEEK])
        Post.objects.filter(channel=channels[0], published_at__gte=NOW - 6 * WEEK).update(engagements=78)
        told["one week, 100 objectives read again"] = timed(lambda: kpis.refresh(brand))
        rows = {"weeks": KpiWeek.objects.count(), "readings": ObjectiveReading.objects.count()}
        client = Client()
        client.force_login(owner)
        importlib.import_module("smm.wsgi")  # as a server's process begins
        asked = {page: measured(client, ask, options.rounds) for page, ask in pages(brand).items()}
    return {"sums": told, "pages": asked, "rows": rows}


if __name__ == "__main__":
    main()
