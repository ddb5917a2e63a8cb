"""Posts in the database: added once, updated by the newer export, never erased by a silent one."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from accounts.models import Job
from accounts.scoping import brands_in_scope
from analytics.models import METRICS, ImportFile, Post, PostMetrics, StaleWeek
from analytics.services.storage import PostgresPosts, SqlitePosts, posts_writer
from strategy.models import Channel
from tests.analytics.import_kit import COLUMNS, EARLY, LATE, bring_in, codes, counts, line, stored, write


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


def picture() -> list[tuple]:
    """Every post as it is stored, without the stamps of the import."""
    names = ("external_id", "published_at", "is_exact", "format", "text", "metrics_as_of", "channel_id", *METRICS)
    return list(Post.objects.order_by("channel", "external_id").values_list(*names))


def test_the_writer_is_that_of_the_database(brand):
    wanted = PostgresPosts if connection.vendor == "postgresql" else SqlitePosts
    assert isinstance(posts_writer(), wanted)


def test_posts_are_added_with_their_channel_their_time_and_their_figures(brand, tmp_path):
    [file] = bring_in(brand, write(tmp_path / "a.csv", [line(1), line(2)]), exported_on=EARLY)
    assert counts(file) == (2, 0, 0, 0, 0)
    post = stored(1)
    assert (post.channel.platform, post.channel.handle) == ("instagram", "acme")
    assert post.published_at == datetime(2026, 5, 2, 8, 30, tzinfo=UTC)  # the brand is in Rome
    assert (post.reactions, post.comments, post.engagements, post.shares) == (11, 2, 13, None)
    assert post.metrics_as_of == datetime(2026, 6, 1, 21, 59, 59, tzinfo=UTC)
    assert post.file == file


def test_the_same_file_twice_changes_nothing(brand, tmp_path):
    path = write(tmp_path / "a.csv", [line(n) for n in range(50)])
    bring_in(brand, path)
    before = picture()
    [again] = bring_in(brand, path)
    assert counts(again) == (0, 0, 50, 0, 0)
    assert picture() == before
    assert not PostMetrics.objects.exists()


def test_overlapping_exports_update_what_they_share_and_add_the_rest(brand, tmp_path):
    bring_in(brand, write(tmp_path / "a.csv", [line(n) for n in range(10)]), exported_on=EARLY)
    later = write(tmp_path / "b.csv", [line(n, reactions=100 + n) for n in range(5, 15)])
    [file] = bring_in(brand, later, exported_on=LATE)
    assert counts(file) == (5, 5, 0, 0, 0)
    assert (stored(4).reactions, stored(5).reactions, stored(14).reactions) == (14, 105, 114)
    assert stored(5).engagements == 107


def test_superseded_figures_become_history(brand, tmp_path):
    bring_in(brand, write(tmp_path / "a.csv", [line(1)]), exported_on=EARLY)
    bring_in(brand, write(tmp_path / "b.csv", [line(1, reactions=99)]), exported_on=LATE)
    earlier = PostMetrics.objects.get(post=stored(1))
    assert (earlier.reactions, earlier.engagements, earlier.as_of.date()) == (11, 13, date(2026, 6, 1))


def test_a_column_that_is_gone_erases_nothing(brand, tmp_path):
    bring_in(brand, write(tmp_path / "a.csv", [line(1, saves=7)]), exported_on=EARLY)
    narrow = [name for name in COLUMNS if name not in ("saves", "comments")]
    [file] = bring_in(brand, write(tmp_path / "b.csv", [line(1, reactions=30)], narrow), exported_on=LATE)
    post = stored(1)
    assert counts(file) == (0, 1, 0, 0, 0)
    assert (post.saves, post.comments, post.reactions) == (7, 2, 30)
    assert post.engagements == 39  # of all that is known, not of what this export happened to hold


def test_an_empty_cell_erases_nothing_and_an_empty_text_neither(brand, tmp_path):
    bring_in(brand, write(tmp_path / "a.csv", [line(1)]), exported_on=EARLY)
    [file] = bring_in(brand, write(tmp_path / "b.csv", [line(1, reach="", text="")]), exported_on=LATE)
    assert counts(file) == (0, 0, 1, 0, 0)
    assert (stored(1).reach, stored(1).text) == (1001, "post 1")


def test_zero_is_a_figure_and_not_a_gap(brand, tmp_path):
    [file] = bring_in(brand, write(tmp_path / "a.csv", [line(1, shares=0)]), exported_on=EARLY)
    assert file.created == 1
    assert (stored(1).shares, stored(1).saves) == (0, None)


def test_an_older_export_fills_gaps_and_adds_posts_but_overwrites_nothing(brand, tmp_path):
    bring_in(brand, write(tmp_path / "new.csv", [line(1, reactions=50)]), exported_on=LATE)
    older = write(tmp_path / "old.csv", [line(1, reactions=20, saves=3), line(2)])
    [file] = bring_in(brand, older, exported_on=EARLY)
    post = stored(1)
    assert counts(file) == (1, 1, 0, 0, 0)
    assert (post.reactions, post.saves) == (50, 3)
    assert post.metrics_as_of.date() == date(2026, 7, 1)
    assert "older_kept" in codes(file)
    assert not PostMetrics.objects.exists()


def test_a_file_whose_age_nobody_told_is_older_when_its_figures_fell(brand, tmp_path):
    rows = [line(n, reactions=100) for n in range(5)]
    bring_in(brand, write(tmp_path / "a.csv", rows), exported_on=EARLY)
    fallen = write(tmp_path / "b.csv", [line(n, reactions=60) for n in range(5)] + [line(9)])
    [file] = bring_in(brand, fallen)
    assert counts(file) == (1, 0, 5, 0, 0)
    assert stored(3).reactions == 100
    assert "taken_as_older" in codes(file)
    # What it added must give way to any newer reading.
    [newer] = bring_in(brand, write(tmp_path / "c.csv", [line(9, reactions=70)]), exported_on="2026-05-30")
    assert (newer.updated, stored(9).reactions) == (1, 70)


def test_a_stated_day_is_believed_even_if_figures_fell(brand, tmp_path):
    bring_in(brand, write(tmp_path / "a.csv", [line(n, reactions=100) for n in range(5)]), exported_on=EARLY)
    fallen = write(tmp_path / "b.csv", [line(n, reactions=60) for n in range(5)])
    [file] = bring_in(brand, fallen, exported_on=LATE)
    assert (file.updated, stored(3).reactions) == (5, 60)


def test_of_a_post_that_occurs_twice_the_last_row_wins(brand, tmp_path):
    path = write(tmp_path / "a.csv", [line(1), line(2), line(1, reactions=77)])
    for expected in ((2, 0, 0, 1, 0), (0, 0, 2, 1, 0)):
        [file] = bring_in(brand, path, exported_on=EARLY)
        assert counts(file) == expected
        assert "repeated_posts" in codes(file)
    assert stored(1).reactions == 77


def test_a_post_that_occurs_twice_far_apart_is_found_too(brand, tmp_path):
    rows = [line(n) for n in range(1500)]
    path = write(tmp_path / "a.csv", [line(7, reactions=1), *rows, line(3, reactions=5000)])
    [file] = bring_in(brand, path, exported_on=EARLY)
    assert counts(file) == (1500, 0, 0, 2, 0)
    assert (stored(7).reactions, stored(3).reactions) == (17, 5000)


def test_accounts_are_the_same_in_any_capitals(brand, tmp_path):
    path = write(tmp_path / "a.csv", [line(1), line(2, account="ACME"), line(1, account="@Acme", reactions=40)])
    [file] = bring_in(brand, path, exported_on=EARLY)
    assert Channel.objects.get().handle == "acme"
    assert counts(file)[:2] == (2, 0)
    assert stored(1).reactions == 40


def test_the_weeks_of_changed_posts_are_noted_and_best_times_asked_for_once(brand, tmp_path):
    rows = [line(1, published_at="2026-05-04 01:00:00"), line(2, published_at="2026-05-04 03:00:00")]
    bring_in(brand, write(tmp_path / "a.csv", rows), exported_on=EARLY)
    # 1:00 in Rome is still Sunday in UTC, where weeks begin.
    assert set(StaleWeek.objects.values_list("week", flat=True)) == {date(2026, 4, 27), date(2026, 5, 4)}
    bring_in(brand, write(tmp_path / "b.csv", [line(3)]), exported_on=EARLY)
    channel = Channel.objects.get()
    waiting = Job.objects.filter(kind="analytics.best_times", same_as=f"channel:{channel.pk}")
    assert [job.payload["channel"] for job in waiting] == [channel.pk]


def test_a_post_that_moved_leaves_a_mark_on_both_weeks(brand, tmp_path):
    bring_in(brand, write(tmp_path / "a.csv", [line(1)]), exported_on=EARLY)
    StaleWeek.objects.all().delete()
    moved = write(tmp_path / "b.csv", [line(1, published_at="2026-05-20 10:30:00")])
    bring_in(brand, moved, exported_on=LATE)
    assert set(StaleWeek.objects.values_list("week", flat=True)) == {date(2026, 4, 27), date(2026, 5, 18)}


def test_a_day_never_takes_the_place_of_an_hour(brand, tmp_path):
    bring_in(brand, write(tmp_path / "a.csv", [line(1)]), exported_on=EARLY)
    day = write(tmp_path / "b.csv", [line(1, published_at="2026-05-02", reactions=90)])
    bring_in(brand, day, exported_on=LATE)
    assert stored(1).published_at == datetime(2026, 5, 2, 8, 30, tzinfo=UTC)
    assert (stored(1).is_exact, stored(1).reactions) == (True, 90)


def test_what_no_database_takes_is_rejected_and_the_rest_stored(brand, tmp_path):
    rows = [line(1), line(2, post_id="9" * 130), line(3, reach="9" * 25), line(4)]
    [file] = bring_in(brand, write(tmp_path / "a.csv", rows), exported_on=EARLY)
    assert counts(file) == (2, 0, 0, 0, 2)
    assert {row.code for row in file.rejected_rows.all()} == {"id_too_long", "count_too_large"}


@pytest.mark.parametrize(
    "text", ['a "quoted" word', "two\nlines", "comma, and ;", "tab\tand \\ slash", "\x01\x02", "None", "emoji 🌊"]
)
def test_captions_are_stored_letter_for_letter(brand, tmp_path, text):
    bring_in(brand, write(tmp_path / "a.csv", [line(1, text=text), line(2)]), exported_on=EARLY)
    assert stored(1).text == text.replace("\x01", "")[: len(text)] or stored(1).text == text


def test_clock_changes_are_read_as_the_zone_had_them(brand, tmp_path):
    rows = [
        line(1, published_at="2026-03-29 01:59:00"),
        line(2, published_at="2026-03-29 03:00:00"),
        line(3, published_at="2026-10-25 02:30:00"),
        line(4, published_at="2026-10-25T03:30:00+01:00"),
    ]
    bring_in(brand, write(tmp_path / "a.csv", rows), exported_on="2026-11-01")
    told = [stored(n).published_at.strftime("%d %H:%M") for n in (1, 2, 3, 4)]
    assert told == ["29 00:59", "29 01:00", "25 00:30", "25 02:30"]


def test_another_brands_posts_are_never_touched(cast, tmp_path):
    path = write(tmp_path / "a.csv", [line(1)])
    for brand in (cast.brand, cast.foreign_brand):
        with brands_in_scope(brand.pk):
            bring_in(brand, path, exported_on=EARLY)
    assert Post.across_brands.count() == 2
    with brands_in_scope(cast.foreign_brand.pk):
        bring_in(cast.foreign_brand, write(tmp_path / "b.csv", [line(1, reactions=500)]), exported_on=LATE)
    assert set(Post.across_brands.values_list("brand", "reactions")) == {
        (cast.brand.pk, 11),
        (cast.foreign_brand.pk, 500),
    }


def test_every_row_of_a_file_is_accounted_for(brand, tmp_path):
    rows = [line(1), line(2, reach="many"), line(1), line(3)]
    [file] = bring_in(brand, write(tmp_path / "a.csv", rows), exported_on=EARLY)
    assert file.rows == sum(counts(file)) == 4
    assert ImportFile.objects.get(pk=file.pk).done_at
