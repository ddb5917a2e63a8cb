"""Best times from posts to stored rows: right, up to date, all or nothing, and nobody else's."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

import analytics.tasks  # noqa: F401 — registers the work
from accounts import jobs
from accounts.models import Job
from accounts.scoping import brands_in_scope
from analytics.best_times import fit_sums
from analytics.models import BestTimes, EngagementHour, Post, PostMetrics, StaleWeek
from analytics.selectors.engagement import channel_sums
from analytics.services import best_times
from analytics.services.freshness import mark_stale, request_best_times
from tests.analytics.posts import add_channel, add_posts, monday_of, random_posts


@pytest.fixture
def channel(cast):
    with brands_in_scope(cast.brand.pk):
        yield add_channel(cast.brand)


def cells_of(channel, metric="engagements"):
    return BestTimes.objects.get(channel=channel, metric=metric).cells


def test_a_channel_gets_a_result_for_every_figure_that_its_exports_hold(channel):
    posts = [fields | {"reach": None} for fields in random_posts(400, seed=1)]
    add_posts(channel, posts)
    stored = best_times.compute(channel)
    assert set(stored) == {"engagements", "clicks", "views"}
    row = stored["engagements"]
    assert len(row.cells) == 168
    assert [(cell["day"], cell["hour"]) for cell in row.cells[:2]] == [(0, 0), (0, 1)]
    assert sum(cell["posts"] for cell in row.cells) == row.posts
    assert (row.time_zone, row.settings["maturity_hours"]) == ("Europe/Rome", 48)
    assert all(cell["low"] <= cell["lift"] <= cell["high"] for cell in row.cells)


def test_a_strong_evening_is_found_in_the_channels_own_clock(channel):
    """The posts of 17 to 19 UTC do better: 18 to 20 o'clock in winter Rome, and 2 to 5 in winter Tokyo."""
    add_posts(channel, random_posts(3000, seed=2, weeks=10))
    rome = best_times.compute(channel)["engagements"]
    assert rome.evidence == "strong"
    assert rome.recommended[0]["hour"] in (18, 19, 20)
    channel.time_zone = "Asia/Tokyo"
    channel.save()
    tokyo = best_times.compute(channel)["engagements"]
    assert tokyo.time_zone == "Asia/Tokyo"
    assert tokyo.recommended[0]["hour"] in (2, 3, 4)


def test_a_change_of_the_brands_time_zone_moves_every_hour(channel):
    add_posts(channel, random_posts(300, seed=3))
    best_times.compute(channel)
    before = [cell["posts"] for cell in cells_of(channel)]
    channel.brand.time_zone = "UTC"
    channel.brand.save()
    best_times.compute(channel)
    after = [cell["posts"] for cell in cells_of(channel)]
    winter = Post.objects.filter(channel=channel, published_at__lt="2026-03-29T01:00Z").exists()
    assert winter
    assert sum(after) == sum(before)
    assert after != before
    assert set(EngagementHour.objects.values_list("time_zone", flat=True)) == {"UTC"}


def test_results_after_imports_in_parts_equal_the_result_of_one_import(channel):
    posts = list(random_posts(500, seed=4))
    for part in (posts[::2], posts[1::2]):
        add_posts(channel, part)
        best_times.compute(channel)
    in_parts = BestTimes.objects.get(channel=channel, metric="engagements")
    BestTimes.objects.all().delete()  # or it would be a prior for the next
    at_once = add_channel(channel.brand, handle="at once")
    add_posts(at_once, posts)
    row = best_times.compute(at_once)["engagements"]
    for name in ("cells", "recommended", "posts", "evidence", "notes"):
        assert getattr(row, name) == getattr(in_parts, name)


def test_replies_and_posts_without_the_figure_are_not_counted(channel):
    posts = list(random_posts(300, seed=5))
    add_posts(channel, posts)
    row = best_times.compute(channel)["engagements"]
    mature = [p for p in posts if p["metrics_as_of"] - p["published_at"] >= timedelta(hours=48)]
    counted = [p for p in mature if p["is_exact"] and not p["is_reply"]]
    assert row.posts == sum(p["engagements"] is not None for p in counted)
    assert row.settings["left_out"] == {
        "replies": sum(p["is_reply"] for p in posts),
        "day_only": sum(not p["is_exact"] and not p["is_reply"] for p in posts),
        "immature": sum(p["is_exact"] and not p["is_reply"] for p in posts) - len(counted),
        "no_figure": len(counted) - row.posts,
    }


def test_too_few_posts_say_how_many_more_are_wanted(channel):
    add_posts(channel, random_posts(15, seed=6, weeks=4))
    row = best_times.compute(channel)["engagements"]
    assert row.evidence == "prior"
    assert "too_few_posts" in row.notes
    assert row.settings["needed"] > 0


def test_a_channel_whose_hours_are_unknown_gets_no_hours(channel):
    add_posts(channel, [fields | {"is_exact": False} for fields in random_posts(200, seed=7)])
    assert best_times.compute(channel) == {}
    assert not BestTimes.objects.exists()


def test_a_result_goes_when_its_posts_have_gone(channel):
    rows = add_posts(channel, random_posts(100, seed=8))
    best_times.compute(channel)
    Post.objects.filter(channel=channel).delete()
    mark_stale(channel.pk, {monday_of(row.published_at) for row in rows})
    best_times.compute(channel)
    assert not BestTimes.objects.exists()


def test_the_agencys_other_channels_of_the_platform_are_the_prior(cast, channel):
    """Another brand of the agency lends the shape of its week; another agency's does not."""
    for brand in (cast.other_brand, cast.foreign_brand):
        with brands_in_scope(brand.pk):
            sister = add_channel(brand, handle=brand.slug)
            add_posts(sister, random_posts(3000, seed=9))
            best_times.compute(sister)
    add_posts(channel, random_posts(15, seed=10))
    row = best_times.compute(channel)["engagements"]
    assert row.settings["prior"]["source"] == "agency"
    assert row.settings["prior"]["channels"] == 1
    assert 0 < row.settings["prior"]["weight"] <= 1
    assert row.recommended[0]["hour"] in (18, 19, 20, 21)


def test_channels_of_other_platforms_and_agencies_are_no_prior(cast, channel):
    with brands_in_scope(cast.foreign_brand.pk):
        stranger = add_channel(cast.foreign_brand)
        add_posts(stranger, random_posts(500, seed=9))
        best_times.compute(stranger)
    with brands_in_scope(cast.other_brand.pk):
        elsewhere = add_channel(cast.other_brand, platform="x")
        add_posts(elsewhere, random_posts(500, seed=9))
        best_times.compute(elsewhere)
    add_posts(channel, random_posts(15, seed=10))
    assert best_times.compute(channel)["engagements"].settings["prior"]["source"] != "agency"


def test_brands_of_another_sector_are_no_prior(cast, channel):
    """Weeks of different trades cancel each other out, so only alike brands lend theirs."""
    cast.other_brand.sector = "sport"
    cast.other_brand.save()
    with brands_in_scope(cast.other_brand.pk):
        sister = add_channel(cast.other_brand, handle="sister")
        add_posts(sister, random_posts(3000, seed=9))
        best_times.compute(sister)
    add_posts(channel, random_posts(15, seed=10))
    assert best_times.compute(channel)["engagements"].settings["prior"]["source"] != "agency"
    channel.brand.sector = "sport"
    channel.brand.save()
    assert best_times.compute(channel)["engagements"].settings["prior"]["source"] == "agency"


def test_the_hour_to_try_is_none_of_the_recommended(channel):
    add_posts(channel, random_posts(600, seed=11))
    row = best_times.compute(channel)["engagements"]
    tried = row.settings["explore"]
    assert tried is not None
    assert (tried["day"], tried["hour"]) not in {(slot["day"], slot["hour"]) for slot in row.recommended}


def test_stored_sums_give_the_fit_that_is_stored(channel):
    add_posts(channel, random_posts(400, seed=12))
    row = best_times.compute(channel)["engagements"]
    fit = fit_sums(channel_sums(channel.pk).of("engagements"))
    if not row.settings["prior"]["source"]:
        assert [cell["lift"] for cell in row.cells] == pytest.approx(fit.cells["lift"].tolist(), abs=1e-6)
    assert row.posts == fit.posts


# --- the job -------------------------------------------------------------------------------------------------


def run_all_jobs() -> None:
    while (job := Job.across_brands.filter(state="queued").first()) is not None:
        jobs.execute(job.pk, heartbeat=False)


def test_the_job_computes_the_first_figure_at_once_and_the_others_after_it(cast, channel):
    add_posts(channel, random_posts(300, seed=13))
    job = request_best_times(channel, by=cast.bea)
    jobs.execute(job.pk, heartbeat=False)
    job.refresh_from_db()
    assert job.state == "done"
    assert list(BestTimes.objects.values_list("metric", flat=True)) == ["engagements"]
    run_all_jobs()
    assert set(BestTimes.objects.values_list("metric", flat=True)) == {"engagements", "reach", "clicks", "views"}
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


def test_two_requests_share_one_waiting_job(cast, channel):
    assert request_best_times(channel, by=cast.bea) == request_best_times(channel, by=None)


def test_the_job_of_a_channel_that_is_gone_ends_with_a_sentence(cast, channel):
    job = request_best_times(channel, by=cast.bea)
    channel.delete()
    jobs.execute(job.pk, heartbeat=False)
    job.refresh_from_db()
    assert (job.state, job.error_code) == ("failed", "channel_gone")


def test_a_worker_that_lost_its_lease_leaves_nothing(cast, channel):
    add_posts(channel, random_posts(100, seed=14))
    noted = set(StaleWeek.objects.values_list("week", flat=True))
    run = jobs.claim(request_best_times(channel, by=cast.bea).pk)
    Job.objects.filter(pk=run.job.pk).update(lease="somebody else", lease_until=timezone.now())
    with pytest.raises(jobs.LeaseLost):
        best_times.compute_in_turns(channel, run=run)
    assert not BestTimes.objects.exists()
    assert not EngagementHour.objects.exists()
    assert set(StaleWeek.objects.values_list("week", flat=True)) == noted
    assert not Job.objects.filter(state="queued").exists()


class Killed(BaseException):
    """Stands for a worker that dies at this point."""


def test_a_worker_killed_before_the_end_leaves_nothing_and_the_next_one_finishes(cast, channel, monkeypatch):
    add_posts(channel, random_posts(100, seed=15))
    run = jobs.claim(request_best_times(channel, by=cast.bea).pk)
    with monkeypatch.context() as patch, pytest.raises(Killed), transaction.atomic():
        patch.setattr(run, "finish", _die)
        best_times.compute_in_turns(channel, run=run)
    assert not BestTimes.objects.exists()
    assert StaleWeek.objects.exists()
    Job.objects.filter(pk=run.job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    jobs.execute(run.job.pk, heartbeat=False)
    assert BestTimes.objects.filter(metric="engagements").exists()
    assert not StaleWeek.objects.exists()


def _die(result):
    raise Killed


# --- maturity ------------------------------------------------------------------------------------------------


def read_again(channel, hours_to_90: float) -> None:
    """Posts read at 10, 20, … hours, whose engagement grows to 90 % of its end within the hours given."""
    start = timezone.now() - timedelta(days=90)
    posts = [
        {
            "published_at": start + timedelta(hours=n),
            "metrics_as_of": start + timedelta(hours=n + 900),
            "engagements": 1000,
        }
        for n in range(12)
    ]
    for post in add_posts(channel, posts):
        for hours in range(10, 300, 10):
            value = min(900, int(900 * hours / hours_to_90)) if hours <= hours_to_90 else 1000
            as_of = post.published_at + timedelta(hours=hours)
            PostMetrics.objects.create(post=post, as_of=as_of, engagements=value)


@pytest.mark.parametrize(("hours", "told"), [(20, 24), (60, 72), (100, 120)])
def test_repeated_exports_tell_when_figures_can_be_compared(channel, hours, told):
    read_again(channel, hours)
    assert best_times.maturity_hours(channel) == told
    best_times.compute(channel)
    assert set(EngagementHour.objects.values_list("maturity_hours", flat=True)) == {told}


def test_without_repeated_exports_two_days_are_assumed(channel):
    add_posts(channel, random_posts(30, seed=16))
    assert best_times.maturity_hours(channel) == 48
