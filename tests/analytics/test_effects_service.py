"""Reports of what worked: what enters, what is kept, and what a worker that dies leaves behind."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

import analytics.tasks  # noqa: F401 - registers what does the jobs
from accounts import jobs
from accounts.errors import InvalidInput
from accounts.scoping import brands_in_scope
from analytics import effects
from analytics.models import EffectsReport, Post, PostTag
from analytics.services import effects as services
from analytics.services.effects import Wanted
from strategy.models import Campaign
from tests.analytics.posts import add_channel, add_posts

START, END = date(2026, 1, 1), date(2026, 3, 31)


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


def posts(n: int, *, seed: int = 1, carousel: float = 3.0):
    """Carousels bring so many times what photos do."""
    rng = np.random.default_rng(seed)
    for place in range(n):
        kind = ("photo", "carousel")[place % 2]
        figure = rng.lognormal(5, 0.3) * (carousel if kind == "carousel" else 1)
        yield {
            "published_at": datetime(2026, 1, 2, 10, tzinfo=UTC) + timedelta(hours=20 * place),
            "format": kind,
            "text": f"Post {place} #caffè",
            "engagements": int(figure),
            "saves": int(figure) if place % 2 else None,
        }


def level(report: EffectsReport, dimension: str, slug: str) -> dict:
    levels = next(each["levels"] for each in report.results["dimensions"] if each["name"] == dimension)
    return next(each for each in levels if each["slug"] == slug)


def test_a_worker_computes_what_was_asked_for(brand, cast):
    add_posts(add_channel(brand), posts(80))
    report = services.request_report(brand, Wanted(START, END), by=cast.bea)
    assert report.state == EffectsReport.State.WAITING
    jobs.execute(report.job.pk, heartbeat=False)
    report.refresh_from_db()
    assert report.state == EffectsReport.State.DONE
    assert report.results["posts"] == 80
    carousel = level(report, "format", "carousel")
    assert carousel["found"]
    assert 0.5 < carousel["lift"] < 1.0  # 3 beside the middle of 1 and 3 is 1.73
    assert report.job.__class__.objects.get(pk=report.job.pk).state == "done"


def test_a_report_reads_the_same_when_posts_have_changed_and_a_new_one_does_not(brand):
    channel = add_channel(brand)
    add_posts(channel, posts(80))
    old = services.report_now(brand, Wanted(START, END))
    before = EffectsReport.objects.get(pk=old.pk).results
    Post.objects.filter(format="photo").update(engagements=100_000)
    fresh = services.report_now(brand, Wanted(START, END))
    assert EffectsReport.objects.get(pk=old.pk).results == before
    assert level(fresh, "format", "photo")["lift"] > 0 > level(old, "format", "photo")["lift"]
    assert (old.number, fresh.number) == (1, 2)
    stored = effects.unpack(bytes(EffectsReport.objects.get(pk=old.pk).posts))
    again = effects.as_json(effects.fit(stored))
    assert again["dimensions"][0]["name"] == before["dimensions"][0]["name"]
    assert (again["posts"], again["typical"]) == (before["posts"], pytest.approx(before["typical"]))


def test_a_figure_that_was_not_exported_is_left_out_not_taken_for_zero(brand):
    add_posts(add_channel(brand), posts(80))
    report = services.report_now(brand, Wanted(START, END, "saves"))
    assert report.results["posts"] == 40
    assert report.results["without_figure"] == 40
    assert report.results["typical"] > 100


def test_replies_posts_read_too_soon_and_other_days_are_left_out(brand):
    channel = add_channel(brand)
    add_posts(channel, posts(40))
    moment = datetime(2026, 2, 1, 12, tzinfo=UTC)
    add_posts(
        channel,
        [
            {"published_at": moment, "is_reply": True, "engagements": 1},
            {"published_at": moment, "metrics_as_of": moment + timedelta(hours=3), "engagements": 1},
            {"published_at": datetime(2026, 3, 31, 22, 30, tzinfo=UTC), "engagements": 1},  # April in Rome
        ],
    )
    report = services.report_now(brand, Wanted(START, END))
    assert report.results["posts"] == 40
    assert (report.inputs["replies"], report.inputs["immature"]) == (1, 1)


def test_posts_without_a_tag_are_not_told_and_no_level(brand):
    channel = add_channel(brand)
    rows = add_posts(channel, posts(80))
    spring = Campaign.objects.create(brand=brand, name="Spring", start=START, end=END)
    for row in rows[:30]:
        PostTag.objects.create(
            brand=brand, channel=channel, external_id=row.external_id, campaign=spring, planned=True
        )
    report = services.report_now(brand, Wanted(START, END))
    told = next(each for each in report.results["dimensions"] if each["name"] == "campaign")
    assert told["not_told"] == 50
    assert [each["slug"] for each in told["levels"]] == [str(spring.pk)]
    assert report.inputs["names"]["campaign"] == {str(spring.pk): "Spring"}


def test_too_few_posts_and_none_say_so(brand):
    assert services.report_now(brand, Wanted(START, END)).results["reason"] == "no_posts"
    add_posts(add_channel(brand), posts(29))
    assert services.report_now(brand, Wanted(START, END)).results["reason"] == "too_few_posts"
    assert services.report_now(brand, Wanted(START, END, "reach")).results["reason"] == "no_figures"


def test_posts_of_other_brands_do_not_enter(brand, cast):
    with brands_in_scope(cast.other_brand.pk):
        add_posts(add_channel(cast.other_brand, handle="other"), posts(80))
    assert services.report_now(brand, Wanted(START, END)).results["reason"] == "no_posts"


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Wanted(END, START), "period_ends_before_start"),
        (Wanted(date(2020, 1, 1), END), "effects_too_long"),
        (Wanted(START, END, "likes"), "effects_metric"),
    ],
)
def test_what_cannot_be_compared_is_refused(brand, wanted, code):
    with pytest.raises(InvalidInput) as refused:
        services.request_report(brand, wanted, by=None)
    assert refused.value.code == code
    assert not EffectsReport.objects.exists()


def test_a_worker_that_dies_leaves_the_report_waiting_and_another_one_ends_it(brand, monkeypatch):
    add_posts(add_channel(brand), posts(80))
    report = services.request_report(brand, Wanted(START, END), by=None)

    def die(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(effects, "pack", die)
        jobs.execute(report.job.pk, heartbeat=False)
    report.refresh_from_db()
    assert (report.state, report.results, report.inputs) == (EffectsReport.State.WAITING, None, None)
    jobs.Job.across_brands.filter(pk=report.job.pk).update(lease_until=datetime(2020, 1, 1, tzinfo=UTC))
    assert jobs.execute(report.job.pk, heartbeat=False)
    report.refresh_from_db()
    assert report.state == EffectsReport.State.DONE


def test_a_job_whose_report_was_deleted_says_so(brand):
    report = services.request_report(brand, Wanted(START, END), by=None)
    job = report.job
    services.remove_report(report, by=None)
    jobs.execute(job.pk, heartbeat=False)
    job.refresh_from_db()
    assert (job.state, job.error_code) == ("failed", "effects_gone")
