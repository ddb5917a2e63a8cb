"""An import taken back: everything is as if it had never come, and it can be brought back as it was."""

import random

import pytest
from django.apps import apps

from accounts import jobs
from accounts.errors import AppError, Stale
from accounts.models import AuditEvent, Job
from accounts.scoping import brands_in_scope
from analytics.models import ImportFile, Post, PostMetrics, RejectedRow, Spend, StaleWeek
from analytics.services import undo
from analytics.services.replays.shadow import WRITTEN
from smm.celery import app
from tests.analytics.formats.files import write as write_table
from tests.analytics.import_kit import EARLY, LATE, bring_in, line, stored, write
from tests.analytics.undo_kit import bring_back, import_all, picture, random_files, take_back

app.loader.import_default_modules()


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


@pytest.fixture
def twin(cast):
    """A brand into which the import in question never came."""
    return cast.other_brand


def pictured(brand) -> dict:
    with brands_in_scope(brand.pk):
        return picture(brand)


@pytest.mark.parametrize("seed", range(12))
def test_without_any_import_the_database_is_as_if_it_had_never_come(brand, twin, tmp_path, seed):
    files = random_files(tmp_path, seed=seed, count=6)
    gone = random.Random(seed).randrange(len(files))
    batches = import_all(brand, files)
    before = pictured(brand)
    with brands_in_scope(twin.pk):
        import_all(twin, [file for number, file in enumerate(files) if number != gone])
    take_back(batches[gone])
    after, wanted = pictured(brand), pictured(twin)
    for name in wanted:
        assert after[name] == wanted[name], name
    bring_back(batches[gone])
    again = pictured(brand)
    for name in before:
        assert again[name] == before[name], name


def test_every_table_that_imports_write_is_replayed():
    written = {
        model
        for model in apps.get_models()
        if any(field.related_model is ImportFile for field in model._meta.concrete_fields)
    }
    assert written <= set(WRITTEN)


def batch_of(file: ImportFile):
    return ImportFile.objects.select_related("batch").get(pk=file.pk).batch


def test_figures_return_to_what_they_were_though_later_imports_touched_the_same_posts(brand, tmp_path):
    bring_in(brand, write(tmp_path / "a.csv", [line(1), line(2)]), exported_on=EARLY)
    second = write(tmp_path / "b.csv", [line(1, reactions=50), line(3)])
    [middle] = bring_in(brand, second, exported_on="2026-06-15")
    bring_in(brand, write(tmp_path / "c.csv", [line(1, reactions="", comments=9)]), exported_on=LATE)
    numbers = {post.external_id: post.pk for post in Post.objects.all()}
    assert (stored(1).reactions, stored(1).comments) == (50, 9)
    take_back(batch_of(middle))
    post = stored(1)
    assert (post.reactions, post.comments, post.engagements) == (11, 9, 20)  # 11 of the first, 9 of the third
    assert not Post.objects.filter(external_id="17000003").exists()
    assert {p.external_id: p.pk for p in Post.objects.all()} == {
        number: pk for number, pk in numbers.items() if number != "17000003"
    }
    assert [row.reactions for row in PostMetrics.objects.filter(post=post)] == [11]
    bring_back(batch_of(middle))
    assert (stored(1).reactions, stored(1).pk, stored(3).reactions) == (50, numbers["17000001"], 13)


def test_rows_that_gave_way_return_and_rows_that_were_rejected_come_in(brand, tmp_path):
    def ads(name: str, *rows: tuple[str, str, str]):
        head = ["Reporting starts", "Reporting ends", "Campaign name", "Amount spent (EUR)", "Impressions"]
        table = [head, *([start, end, "spring", amount, "9"] for start, end, amount in rows)]
        return write_table(tmp_path, table, name=name)

    daily = [(f"2026-06-0{day}", f"2026-06-0{day}", "1.00") for day in range(1, 6)]
    bring_in(brand, ads("daily.csv", *daily), exported_on="2026-06-10")
    [whole] = bring_in(brand, ads("whole.csv", ("2026-06-01", "2026-06-05", "6.00")), exported_on="2026-06-20")
    [late] = bring_in(brand, ads("late.csv", ("2026-06-03", "2026-06-08", "9.00")), exported_on="2026-06-25")
    assert sorted(Spend.objects.values_list("amount", flat=True)) == [6]
    assert RejectedRow.objects.filter(file=late).count() == 1
    take_back(batch_of(whole))
    # The days are back, and the late export, which was rejected for the sake of the whole, covers three of them.
    assert sorted(Spend.objects.values_list("amount", flat=True)) == [1, 1, 9]
    late.refresh_from_db()
    assert (late.created, late.rejected, RejectedRow.objects.filter(file=late).count()) == (1, 0, 0)
    bring_back(batch_of(whole))
    late.refresh_from_db()
    assert (late.created, late.rejected, RejectedRow.objects.filter(file=late).count()) == (0, 1, 1)


def test_what_was_computed_from_the_posts_is_computed_anew(brand, tmp_path):
    [file] = bring_in(brand, write(tmp_path / "a.csv", [line(1), line(9)]), exported_on=EARLY)
    Job.objects.all().delete()
    StaleWeek.objects.all().delete()
    take_back(batch_of(file))
    assert {week.week.isoformat() for week in StaleWeek.objects.all()} == {"2026-04-27", "2026-05-04"}
    kinds = set(Job.objects.filter(state="queued").values_list("kind", flat=True))
    assert {"analytics.best_times", "analytics.kpis"} <= kinds


def test_it_is_on_record_who_took_it_back_and_what_changed(cast, brand, tmp_path):
    [file] = bring_in(brand, write(tmp_path / "a.csv", [line(1), line(2)]), exported_on=EARLY)
    jobs.execute(undo.undo(batch_of(file), by=cast.bea).pk, heartbeat=False)
    batch = batch_of(file)
    assert (batch.state, batch.undone_by) == ("undone", cast.bea)
    assert batch.undone_at is not None
    event = AuditEvent.objects.get(action="import.undone")
    assert (event.actor, event.after["posts"]) == (cast.bea, {"added": 0, "removed": 2, "changed": 0})
    bring_back(batch)
    assert (batch.undone_at, batch.undone_by) == (None, None)
    assert AuditEvent.objects.filter(action="import.redone").exists()


def test_nothing_is_undone_when_an_upload_is_gone(brand, tmp_path):
    [first] = bring_in(brand, write(tmp_path / "a.csv", [line(1)]), exported_on=EARLY)
    [second] = bring_in(brand, write(tmp_path / "b.csv", [line(1, reactions=99)]), exported_on=LATE)
    before = picture(brand)
    first.file.storage.delete(first.file.name)
    with pytest.raises(AppError, match=r"a\.csv"):
        undo.undo(batch_of(first), by=None)
    job = undo.undo(batch_of(second), by=None)  # its own upload is there, but not that of the other
    jobs.execute(job.pk, heartbeat=False)
    job.refresh_from_db()
    assert (job.state, job.error_code) == ("failed", "uploads_gone")
    assert "a.csv" in job.error_facts["names"]
    assert picture(brand) == before
    assert batch_of(second).state == "done"


def test_an_import_is_undone_once_and_brought_back_once(brand, tmp_path):
    [file] = bring_in(brand, write(tmp_path / "a.csv", [line(1)]), exported_on=EARLY)
    with pytest.raises(Stale):
        undo.redo(batch_of(file), by=None)
    job = undo.undo(batch_of(file), by=None)
    with pytest.raises(Stale):
        undo.undo(batch_of(file), by=None)
    jobs.execute(job.pk, heartbeat=False)
    with pytest.raises(Stale):
        undo.undo(batch_of(file), by=None)


def test_posts_of_other_channels_and_costs_entered_by_hand_are_left_alone(brand, tmp_path):
    other = write(tmp_path / "other.csv", [line(5, account="beta")])
    bring_in(brand, other, exported_on=EARLY)
    cost = Spend.objects.create(
        brand=brand, kind="other", start="2026-06-01", end="2026-06-02", amount=7, currency="EUR"
    )
    before = Post.objects.filter(external_id="17000005").values().get()
    [file] = bring_in(brand, write(tmp_path / "a.csv", [line(1)]), exported_on=EARLY)
    take_back(batch_of(file))
    assert Post.objects.filter(external_id="17000005").values().get() == before
    assert Spend.objects.filter(pk=cost.pk).exists()
