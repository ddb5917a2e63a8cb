"""What an import changed, what undoing it would change, how two differ; undone and read again on the page."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import jobs
from analytics.models import ImportBatch, ImportComparison, ImportDifference, ImportFile, Post
from analytics.services import comparisons
from tests.analytics.import_kit import EARLY, LATE, bring_in, line, stored, write
from tests.analytics.import_page_kit import address, confirm, do_work, text, upload


@pytest.fixture
def two(bea, cast, tmp_path) -> tuple[ImportBatch, ImportBatch]:
    """An early import of posts 1 to 3, and a late one that changes 2, tells 3 again and adds 4."""
    [first] = bring_in(cast.brand, write(tmp_path / "a.csv", [line(1), line(2), line(3)]), exported_on=EARLY)
    later = [line(2, reactions=40, comments=7), line(3), line(4)]
    [second] = bring_in(cast.brand, write(tmp_path / "b.csv", later), exported_on=LATE)
    return first.batch, second.batch


def worked_out(batch: ImportBatch, about: str, other: ImportBatch | None = None) -> ImportComparison:
    asked = comparisons.ask(batch, about, other=other, by=None)
    if not asked.done_at:
        jobs.execute(asked.job_id, heartbeat=False)
        asked.refresh_from_db()
    assert asked.done_at, asked.job.error_code
    return asked


def rows(comparison: ImportComparison) -> dict[tuple[str, str], dict]:
    return {(row.key, row.change): row.figures for row in comparison.differences.all()}


def test_what_an_import_changed(two):
    told = rows(worked_out(two[1], "before"))
    assert set(told) == {("17000002", "changed"), ("17000004", "added")}
    assert told["17000002", "changed"] == {"reactions": [12, 40], "comments": [2, 7], "engagements": [14, 47]}
    assert told["17000004", "added"]["reactions"] == [None, 14]


def test_what_it_changed_does_not_depend_on_what_came_later(two):
    told = rows(worked_out(two[0], "before"))
    assert {change for _key, change in told} == {"added"}
    assert told["17000002", "added"]["reactions"] == [None, 12]


def test_what_undoing_would_change(two):
    comparison = worked_out(two[1], "undo")
    assert comparison.counts["posts"] == {"added": 0, "removed": 1, "changed": 1}
    assert comparison.counts["figures"] == 3
    assert rows(comparison)["17000002", "changed"]["reactions"] == [40, 12]
    assert stored(2).reactions == 40  # nothing was changed yet


def test_two_imports_side_by_side(two):
    told = rows(worked_out(two[1], "other", two[0]))
    assert set(told) == {("17000001", "removed"), ("17000002", "changed"), ("17000004", "added")}


def test_an_answer_is_kept_until_other_files_are_in(two, cast, tmp_path):
    first = worked_out(two[1], "undo")
    assert comparisons.ask(two[1], "undo", by=None) == first
    bring_in(cast.brand, write(tmp_path / "c.csv", [line(9)]), exported_on=LATE)
    assert comparisons.ask(two[1], "undo", by=None) != first
    assert not ImportComparison.objects.filter(pk=first.pk).exists()


def test_the_page_tells_what_will_change_asks_and_undoes(bea, two):
    sent = bea.post(address("import_compare", two[1].pk), {"about": "undo"})
    comparison = ImportComparison.objects.get()
    assert sent.url == address("job", comparison.job_id)
    jobs.execute(comparison.job_id, heartbeat=False)
    page = bea.get(address("import_comparison", comparison.pk)).content.decode()
    for shown in (
        "Posts that vanish: 1",
        "Posts that read differently: 1",
        "40 → 12",
        "(−28)",
        "Undo this import?",
    ):
        assert shown in page, shown
    sent = bea.post(address("import_undo", two[1].pk))
    two[1].refresh_from_db()
    assert sent.url == address("job", two[1].job_id)
    jobs.execute(two[1].job_id, heartbeat=False)
    assert stored(2).reactions == 12
    page = bea.get(address("import_detail", two[1].pk)).content.decode()
    assert "This import was undone on" in page and "Bea" in page
    assert "Bring back" in page
    bea.post(address("import_redo", two[1].pk))
    two[1].refresh_from_db()
    jobs.execute(two[1].job_id, heartbeat=False)
    assert stored(2).reactions == 40


def test_a_decision_on_an_old_answer_is_asked_again(bea, two, cast, tmp_path):
    comparison = worked_out(two[1], "undo")
    bring_in(cast.brand, write(tmp_path / "c.csv", [line(2, reactions=80)]), exported_on=LATE)
    page = bea.get(address("import_comparison", comparison.pk)).content.decode()
    assert "Work it out again" in page
    assert address("import_undo", two[1].pk) not in page


def test_the_rows_are_filtered_paged_and_downloaded(bea, two):
    comparison = worked_out(two[1], "before")
    page = bea.get(address("import_comparison", comparison.pk), {"change": "added"}).content.decode()
    assert "post 4" in page and "post 2" not in page
    sent = bea.get(address("import_comparison_export", comparison.pk), {"q": "post 2"})
    lines = list(csv.DictReader(io.StringIO(sent.content.decode("utf-8-sig"))))
    assert {row["figure"]: (row["before"], row["after"], row["difference"]) for row in lines} == {
        "reactions": ("12", "40", "28"),
        "comments": ("2", "7", "5"),
        "engagements": ("14", "47", "33"),
    }
    assert bea.get(address("import_comparison_export", comparison.pk), {"file": "xlsx"}).content[:2] == b"PK"


def test_the_number_of_queries_does_not_grow_with_the_rows(bea, two):
    comparison = worked_out(two[1], "before")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert bea.get(address("import_comparison", comparison.pk)).status_code == 200
        return len(asked)

    few = queries()
    channel = Post.objects.first().channel
    ImportDifference.objects.bulk_create(
        ImportDifference(comparison=comparison, table="posts", change="added", channel=channel, key=str(n))
        for n in range(200)
    )
    assert queries() == few


def test_the_same_files_read_again_with_another_zone_take_the_place_of_the_first(bea):
    batch = upload(bea, text([line(1), line(2)]))
    confirm(bea, batch, exported_on="2026-06-01")
    do_work(batch)
    later = upload(bea, text([line(1, reactions=99)]))
    confirm(bea, later, exported_on="2026-07-01")
    do_work(later)
    number, before = stored(2).pk, stored(2).published_at
    sent = bea.post(address("import_again", batch.pk))
    again = ImportBatch.objects.latest("pk")
    assert (sent.url, again.replaces) == (address("import_detail", again.pk), batch)
    page = bea.get(sent.url).content.decode()
    assert "takes its place" in page and "in already" not in page
    confirm(bea, again, time_zone="America/New_York", exported_on="2026-06-01")
    do_work(again)
    again.refresh_from_db()
    batch.refresh_from_db()
    assert (again.state, batch.state) == ("done", "undone"), again.job.error_code
    post = stored(2)
    assert (post.pk, (post.published_at - before).total_seconds()) == (number, 6 * 3600)
    assert stored(1).reactions == 99  # the later import stays later
    files = ImportFile.objects.filter(batch__in=[batch, again]).order_by("pk")
    assert files[0].place == files[1].place
    assert "with other settings" in bea.get(address("import_detail", again.pk)).content.decode()
    assert "import_redo" not in bea.get(address("import_detail", batch.pk)).content.decode()
    # The new one undone, the old one can be brought back.
    for verb in ("import_undo", "import_redo"):
        target = again if verb == "import_undo" else batch
        bea.post(address(verb, target.pk))
        target.refresh_from_db()
        jobs.execute(target.job_id, heartbeat=False)
    assert stored(2).published_at == before
