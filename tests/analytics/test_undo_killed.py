"""A worker killed in the middle of an undo: nothing is half undone, and the next worker does it as a whole."""

import pytest

from tests.analytics.faults_kit import Installation
from tests.analytics.import_kit import line, write

ROWS = 60_000
# Two imports of the same posts: the second raises every figure and adds as many posts again; it is to be undone.
IMPORTED = """
from pathlib import Path
from django.utils import timezone
from accounts import services
from accounts.models import Agency
from accounts.scoping import brands_in_scope
from analytics.models import ImportFile
from analytics.services import undo
from analytics.services.import_files import FileImport, store_together
from analytics.services.previews import inspect
services.add_agency(name="Nord", owner_email="ada@nord.example", password="correct horse battery")
brand = services.add_brand(agency=Agency.objects.get(), slug="alba", name="Alba", time_zone="UTC", currency="EUR")
with brands_in_scope(brand.pk):
    for path, day in {paths!r}:
        file = ImportFile(brand=brand, name=Path(path).name, options={{"exported_on": day}})
        inspect(file, Path(path))
        work = FileImport(file, Path(path), progress=lambda share: None, now=timezone.now())
        batch = store_together([work], brand=brand, by=None)
    undo.undo(batch, by=None)
"""


def job(installation: Installation) -> tuple:
    return installation.ask("SELECT state, progress FROM accounts_job WHERE kind = 'analytics.undo_import'")[0]


def posts(installation: Installation) -> list[tuple]:
    return installation.ask("SELECT count(*), sum(reactions), max(id) FROM analytics_post")


def check_that_a_killed_undo_is_done_again(installation: Installation, tmp_path) -> None:
    first = write(tmp_path / "first.csv", (line(number) for number in range(ROWS)))
    second = write(tmp_path / "second.csv", (line(number, reactions=50 + number) for number in range(2 * ROWS)))
    paths = [(str(first), "2026-06-01"), (str(second), "2026-07-01")]
    installation.shell(IMPORTED.format(paths=paths))
    before = posts(installation)
    assert before[0][0] == 2 * ROWS
    killed = installation.start_worker()
    installation.wait(lambda: job(installation)[0] == "running" and job(installation)[1] > 0.2, "it has begun")
    installation.kill(killed)
    assert job(installation)[0] == "running"  # it died over the work, not after it
    assert posts(installation) == before
    installation.expire_leases()
    installation.start_worker()
    installation.wait(lambda: job(installation)[0] == "done", "the second worker undoes it")
    assert posts(installation)[0][:2] == (ROWS, sum(10 + number for number in range(ROWS)))
    assert installation.ask("SELECT count(*) FROM analytics_postmetrics") == [(0,)]
    assert installation.ask("SELECT state FROM analytics_importbatch ORDER BY id") == [("done",), ("undone",)]
    assert installation.ask("SELECT count(*) FROM accounts_auditevent WHERE action = 'import.undone'") == [(1,)]


def test_on_sqlite_and_files(on_files, tmp_path):
    check_that_a_killed_undo_is_done_again(on_files, tmp_path)


@pytest.mark.postgres
@pytest.mark.redis
def test_on_postgresql_and_redis(on_servers, tmp_path):
    check_that_a_killed_undo_is_done_again(on_servers, tmp_path)
