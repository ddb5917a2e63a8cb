"""Reports are asked for, computed once by a worker, stored with their inputs, and survive a killed worker."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal as D

import pandas as pd
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import analytics.tasks  # noqa: F401 - registers what does the jobs
from accounts import jobs
from accounts.errors import InvalidInput
from accounts.models import AuditEvent, Job
from accounts.scoping import brands_in_scope
from analytics import roi, roi_words
from analytics.models import Conversion, CurrencyRate, Post, RoiReport, Spend, StatedValue
from analytics.selectors import roi as selectors
from analytics.services import roi as services
from tests.analytics.posts import add_channel, add_posts, random_posts

MAY = {"start": date(2026, 5, 1), "end": date(2026, 5, 31)}
WANTED = services.Wanted(**MAY)


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


def spend(brand, **fields) -> Spend:
    values = {"brand": brand, "kind": "ads", "platform": "meta", **MAY, "amount": D(100), "currency": "EUR"}
    return Spend.objects.create(**values | fields)


def conversion(brand, **fields) -> Conversion:
    values = {"brand": brand, "source_kind": "ga4", "channel_group": "Paid Social", **MAY, "currency": "EUR"}
    values |= {"count": D(4), "value": D(250), "sessions": 80, "row_key": str(Conversion.objects.count())}
    return Conversion.objects.create(**values | fields)


def fresh(report: RoiReport) -> RoiReport:
    return RoiReport.objects.get(pk=report.pk)


def test_a_report_waits_until_a_worker_computes_it(brand, cast):
    spend(brand)
    conversion(brand)
    report = services.request_report(brand, WANTED, by=cast.bea)
    assert (report.state, report.job.payload) == ("waiting", {"report": report.pk})
    jobs.execute(report.job.pk, heartbeat=False)
    done = fresh(report)
    assert (done.state, done.results["totals"]["roi"]) == ("done", 1.5)
    assert Job.objects.get(pk=report.job.pk).result == {"report": report.pk}
    assert AuditEvent.objects.filter(action="roi_report.requested", actor=cast.bea).count() == 1


def test_a_job_that_runs_twice_stores_one_report_once(brand, cast):
    spend(brand)
    report = services.request_report(brand, WANTED, by=cast.bea)
    jobs.execute(report.job.pk, heartbeat=False)
    first = fresh(report)
    spend(brand)
    # A worker that was thought dead comes back: the job is put up again.
    Job.objects.filter(pk=report.job.pk).update(state="queued", lease="")
    jobs.execute(report.job.pk, heartbeat=False)
    assert RoiReport.objects.count() == 1
    assert fresh(report).computed_at == first.computed_at
    assert fresh(report).results == first.results


def test_a_worker_killed_half_way_leaves_nothing_and_the_next_one_finishes(brand, cast, monkeypatch):
    spend(brand)
    report = services.request_report(brand, WANTED, by=cast.bea)
    with monkeypatch.context() as patched:
        patched.setattr(services.roi, "as_json", _die)
        with pytest.raises(KeyboardInterrupt):
            jobs.execute(report.job.pk, heartbeat=False)
    assert (fresh(report).state, fresh(report).results) == ("waiting", None)
    Job.objects.filter(pk=report.job.pk).update(lease_until=timezone.now() - jobs.LEASE)
    jobs.execute(report.job.pk, heartbeat=False)
    assert fresh(report).state == "done"
    assert Job.objects.get(pk=report.job.pk).attempts == 2


def _die(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_worker_that_lost_its_lease_stores_nothing(brand, cast):
    report = services.request_report(brand, WANTED, by=cast.bea)
    run = jobs.claim(report.job.pk)
    Job.objects.filter(pk=report.job.pk).update(lease="somebody else's")
    with pytest.raises(jobs.LeaseLost):
        services.compute_report(report.pk, run=run)
    assert fresh(report).state == "waiting"


def test_a_report_deleted_meanwhile_ends_its_job(brand, cast):
    report = services.request_report(brand, WANTED, by=cast.bea)
    services.remove_report(report, by=cast.bea)
    jobs.execute(report.job.pk, heartbeat=False)
    job = Job.objects.get(pk=report.job.pk)
    assert (job.state, job.error_code) == ("failed", "report_gone")


def test_the_stored_inputs_give_the_same_results_again(brand):
    spend(brand, campaign="Spring", hours=D("2.5"), hourly_rate=D(40), kind="labour", row_key="")
    spend(brand, currency="USD", row_key="a", ad="x", impressions=900, results=D(3), result_kind="leads")
    conversion(brand, campaign="spring", value=D("10.123456"), as_of=datetime(2026, 6, 1, tzinfo=UTC))
    CurrencyRate.objects.create(
        brand=brand, currency="USD", to_currency="EUR", day=date(2026, 5, 2), rate=D("0.9")
    )
    StatedValue.objects.create(
        brand=brand, name="lead", source_kind="ads", value=D(3), currency="EUR", valid_from=date(2026, 1, 1)
    )
    channel = add_channel(brand)
    add_posts(channel, random_posts(80, seed=3))
    report = services.report_now(brand, WANTED)
    stored = fresh(report)
    inputs = services.thaw(json.loads(json.dumps(stored.inputs)))
    assert services.compute_from(inputs, stored, stored.inputs["options"]) == stored.results


def test_a_report_keeps_its_figures_when_costs_change(brand, cast):
    spend(brand)
    report = services.report_now(brand, WANTED)
    spend(brand)
    assert fresh(report).results["totals"]["cost"] == "100"
    again = services.again(report, by=cast.bea)
    jobs.execute(again.job.pk, heartbeat=False)
    assert fresh(again).results["totals"]["cost"] == "200"


def test_a_currency_said_later_makes_a_new_report(brand, cast):
    spend(brand)
    conversion(brand, currency="")
    report = services.report_now(brand, WANTED)
    assert report.results["totals"]["roi"] is None
    again = services.again(report, by=cast.bea, revenue_currency="EUR")
    jobs.execute(again.job.pk, heartbeat=False)
    assert fresh(again).results["totals"]["roi"] == 1.5


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (services.Wanted(date(2026, 5, 2), date(2026, 5, 1)), "period_ends_before_start"),
        (services.Wanted(date(2020, 1, 1), date(2026, 5, 1)), "period_too_long"),
        (services.Wanted(**MAY, source="radio"), "unknown_source"),
        (services.Wanted(**MAY, revenue_currency="euro"), "report_currency_unknown"),
    ],
)
def test_a_report_that_cannot_be_is_refused(brand, wanted, code):
    with pytest.raises(InvalidInput) as refused:
        services.request_report(brand, wanted, by=None)
    assert refused.value.code == code
    assert not RoiReport.objects.exists()


def test_imported_rows_are_summed_exactly(brand):
    for number in range(300):
        spend(brand, amount=D("0.10"), campaign="Spring", ad=f"ad {number}", row_key=f"k{number}", impressions=7)
    sums = selectors.cost_sums(**MAY)
    assert len(sums) == 1
    assert (sums["amount"][0], sums["impressions"][0]) == (D(30), 2100)
    assert sums["clicks"][0] is None


def test_ads_of_one_campaign_that_ran_on_different_days_all_count(brand):
    spend(brand, campaign="Spring", ad="a", row_key="a")
    spend(brand, campaign="Spring", ad="b", row_key="b", start=date(2026, 5, 28), amount=D(40))
    results = services.report_now(brand, WANTED).results
    assert (results["totals"]["cost"], results["totals"]["cost_rows"]) == ("140", 2)


def test_another_brands_rows_are_not_read(brand, cast):
    with brands_in_scope(cast.other_brand.pk):
        spend(cast.other_brand)
        conversion(cast.other_brand)
        add_posts(add_channel(cast.other_brand), random_posts(5, seed=1))
    results = services.report_now(brand, services.Wanted(date(2026, 1, 1), date(2026, 12, 31))).results
    assert results["totals"]["cost"] is None
    assert results["engagement"] == []


def test_sql_sums_of_posts_equal_those_of_the_pure_function(brand):
    brand.time_zone = "Pacific/Auckland"
    for platform in ("facebook", "x"):
        add_posts(add_channel(brand, platform), random_posts(150, seed=11, weeks=30))
    Post.objects.filter(pk__in=Post.objects.values_list("pk", flat=True)[:40]).update(impressions=500, views=0)
    start, end = date(2026, 2, 3), date(2026, 6, 20)
    by_sql, replies = selectors.post_sums(brand, start, end, step=lambda share, phase: None)
    expected, expected_replies = _by_pandas(brand, start, end)
    pd.testing.assert_frame_equal(
        _ordered(by_sql), _ordered(expected), check_dtype=False, rtol=1e-9, check_column_type=False
    )
    assert replies == expected_replies > 0


def _by_pandas(brand, start, end) -> tuple[pd.DataFrame, int]:
    names = ["engagements", "impressions", "views", "reach"]
    rows = pd.DataFrame(Post.objects.values("channel__platform", "published_at", "is_reply", *names))
    local = rows["published_at"].dt.tz_convert(brand.time_zone)
    rows = rows[(local.dt.date >= start) & (local.dt.date <= end)].rename(
        columns={"channel__platform": "platform"}
    )
    rows["month"] = [day.date().replace(day=1) for day in local[rows.index]]
    replies = int(rows["is_reply"].sum())
    return roi.post_sums(rows[~rows["is_reply"]]), replies


def _ordered(sums: pd.DataFrame) -> pd.DataFrame:
    return sums.sort_values(["platform", "month"], ignore_index=True)[["platform", "month", *roi.SUMS]]


def test_the_number_of_queries_does_not_grow_with_the_rows(brand):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            services.report_now(brand, WANTED)
        return len(seen)

    spend(brand, row_key="0")
    few = queries()
    for number in range(1, 60):
        spend(brand, row_key=str(number), campaign=f"c{number}")
        conversion(brand, campaign=f"c{number}")
    assert queries() == few <= 20


def test_the_orders_of_a_shop_are_summed_by_day_and_origin_and_web_analytics_is_not_added(brand):
    conversion(brand, channel_group="", source="instagram", value=D(180), count=D(3))
    for number, amount in enumerate(("20.10", "30.20", "0")):
        conversion(
            brand,
            source_kind="shop",
            dimensions="shopify",
            channel_group="",
            source="instagram",
            campaign="Spring" if number < 2 else "Autumn",
            start=date(2026, 5, 3),
            end=date(2026, 5, 3),
            sessions=None,
            count=D(1) if number < 2 else D(0),
            value=D(amount),
            external_id=f"#{number}",
        )
    told = selectors.conversions(**MAY)
    assert len(told[told["source_kind"] == "shop"]) == 2, "orders of one day and origin are one row"
    results = services.report_now(brand, WANTED).results
    assert (results["source"], results["totals"]["measured"]) == ("shop", "50.30")
    campaigns = {group["key"]: (group["conversions"], group["measured"]) for group in results["campaigns"]}
    assert campaigns == {"spring": ("2", "50.30"), "autumn": ("0", "0")}
    (note,) = [note for note in results["notes"] if note["code"] == "source_not_added"]
    assert note["facts"] == {"source": "ga4", "counted": "shop", "amounts": {"EUR": "180"}}
    text = roi_words.assumption(note, "EUR")
    assert "Google Analytics measured €180.00" in text and "not added" in text
