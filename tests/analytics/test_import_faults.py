"""Workers, databases and brokers that die in the middle, a disk that fills up: nothing is lost, nothing doubled.

Each import is compared row for row with what its file tells, which is what an undisturbed one stores.
"""

import os
import random
import time
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from tests.analytics import faults_kit
from tests.analytics.faults_kit import Installation, told_posts
from tests.analytics.import_kit import line, write

ROWS = 60_000
KILLS = 3
BEST_TIMES = "analytics.best_times"


@pytest.fixture
def source(tmp_path) -> Path:
    return write(tmp_path / "posts.csv", (line(number) for number in range(ROWS)))


def check_that_all_is_there(installation: Installation, rows: int) -> None:
    assert installation.posts() == told_posts(rows)
    assert installation.files() == [("first.csv", rows, 0, 0, 0), ("second.csv", 0, 0, rows, 0)]
    assert installation.ask("SELECT state FROM analytics_importbatch") == [("done",)]
    assert installation.ask("SELECT count(*) FROM accounts_auditevent WHERE action = 'import.done'") == [(1,)]


def check_that_a_killed_import_is_done_again(installation: Installation, source: Path) -> None:
    """The worker dies at points that a seeded die throws, then once over the best times that follow."""
    installation.confirm(source)
    die = random.Random(7)
    for _kill in range(KILLS):
        worker = installation.start_worker()
        installation.wait(lambda: installation.states() != ["queued"], "a worker takes the job")
        time.sleep(die.uniform(0.05, 1.5))
        installation.kill(worker)
        # A file is in as a whole or not at all, and the second tells nothing new.
        assert installation.count() == (ROWS if installation.files_done() else 0)
        installation.expire_leases()
    worker = installation.start_worker()
    installation.wait_for("done")
    check_that_all_is_there(installation, ROWS)
    installation.wait(lambda: installation.states(BEST_TIMES) not in ([], ["queued"]), "best times are begun")
    installation.kill(worker)
    installation.expire_leases()
    installation.start_worker()
    installation.wait_for("done", kind=BEST_TIMES)
    check_that_best_times_are_those_of_an_undisturbed_run(installation)


RECOMPUTE = """
from accounts.models import Brand
from accounts.scoping import brands_in_scope
from analytics.services.best_times import compute
from analytics.models import BestTimes
from strategy.models import Channel
with brands_in_scope(Brand.objects.get().pk):
    def told():
        skip = {"id", "computed_at", "created_at", "updated_at", "job_id"}
        rows = BestTimes.objects.order_by("metric").values()
        return [{name: value for name, value in row.items() if name not in skip} for row in rows]
    before = told()
    BestTimes.objects.all().delete()
    for channel in Channel.objects.select_related("brand"):
        compute(channel)
    assert before and told() == before, (before, told())
    print("same", len(before))
"""


def check_that_best_times_are_those_of_an_undisturbed_run(installation: Installation) -> None:
    assert "same" in installation.shell(RECOMPUTE)


def test_a_worker_killed_on_sqlite_and_files(on_files, source):
    check_that_a_killed_import_is_done_again(on_files, source)


@pytest.mark.postgres
@pytest.mark.redis
def test_a_worker_killed_on_postgresql_and_redis(on_servers, source):
    check_that_a_killed_import_is_done_again(on_servers, source)


ASK_FOR_A_REPORT = """
from datetime import date
from accounts import services
from accounts.models import Agency
from accounts.scoping import brands_in_scope
from analytics.models import Conversion, Spend
from analytics.services import roi
services.add_agency(name="Nord", owner_email="ada@nord.example", password="correct horse battery")
brand = services.add_brand(agency=Agency.objects.get(), slug="alba", name="Alba", time_zone="UTC", currency="EUR")
may = dict(brand=brand, start=date(2026, 5, 1), end=date(2026, 5, 31), currency="EUR")
with brands_in_scope(brand.pk):
    Spend.objects.create(kind="ads", platform="meta", amount=100, **may)
    told = dict(source_kind="ga4", channel_group="Paid Social", count=4, value=250, sessions=80, row_key="1")
    Conversion.objects.create(**may, **told)
    roi.request_report(brand, roi.Wanted(start=may["start"], end=may["end"]), by=None)
"""
REPORT = "analytics.roi_report"


@pytest.mark.postgres
@pytest.mark.redis
def test_a_worker_killed_over_a_report_of_costs_on_postgresql_and_redis(on_servers):
    """The costs are locked, so that the worker is held in the middle of its work until it is killed."""
    on_servers.shell(ASK_FOR_A_REPORT)
    with closing(psycopg2.connect(on_servers.environment["DATABASE_URL"])) as holder:
        with holder.cursor() as cursor:
            cursor.execute("LOCK TABLE analytics_spend IN ACCESS EXCLUSIVE MODE")
        worker = on_servers.start_worker()
        on_servers.wait_for("running", kind=REPORT)
        blocked = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'analytics_spend'::regclass"
        on_servers.wait(lambda: on_servers.ask(blocked)[0][0] > 0, "the worker reads the costs")
        on_servers.kill(worker)
        holder.rollback()
    assert on_servers.ask("SELECT state, results IS NULL FROM analytics_roireport") == [("waiting", True)]
    on_servers.expire_leases()
    on_servers.start_worker()
    on_servers.wait_for("done", kind=REPORT)
    assert on_servers.ask("SELECT state, results->'totals'->>'roi' FROM analytics_roireport") == [("done", "1.5")]
    assert on_servers.ask(f"SELECT attempts FROM accounts_job WHERE kind = '{REPORT}'") == [(2,)]


@pytest.mark.postgres
@pytest.mark.redis
def test_a_database_and_a_broker_that_die_in_the_middle(tmp_path, source):
    with faults_kit.postgres() as database, faults_kit.redis(tmp_path) as broker:
        if not database or not broker:
            pytest.skip("the programs of PostgreSQL and Redis are not installed here")
        installation = faults_kit.on_servers(tmp_path / "servers", database.url, broker.url)
        try:
            installation.confirm(source)
            installation.start_worker()
            installation.wait(lambda: installation.states() != ["queued"], "the worker takes the job")
            time.sleep(0.3)
            database.crash()
            database.start()
            assert installation.count() == (ROWS if installation.files_done() else 0)
            broker.kill()
            broker.start()
            installation.expire_leases()
            installation.wait_for("done")
            check_that_all_is_there(installation, ROWS)
        finally:
            installation.close()


def test_a_disk_that_fills_up_is_told_and_the_import_goes_on_when_there_is_room(tmp_path):
    rows, folder = 30_000, tmp_path / "disk"
    source = write(tmp_path / "posts.csv", (line(number) for number in range(rows)))
    with faults_kit.small_disk(folder, 64) as mounted:
        if not mounted:
            pytest.skip("nobody lets us mount a file system here")
        installation = faults_kit.on_files(folder)
        try:
            installation.confirm(source)
            ballast = folder / "ballast"
            free = os.statvfs(folder)
            ballast.write_bytes(bytes(free.f_bavail * free.f_frsize - 3 * 1024 * 1024))
            installation.start_worker()
            installation.wait_for("failed")
            assert installation.jobs()[0][-1] == "no_room"
            assert (installation.count(), installation.files_done()) == (0, 0)
            ballast.unlink()
            installation.shell(
                "from accounts import jobs; from accounts.models import Job; "
                "jobs.retry(Job.across_brands.get(kind='analytics.import_files'), by=None)"
            )
            installation.wait_for("done")
            check_that_all_is_there(installation, rows)
        finally:
            installation.close()
