"""The weekly sums of the KPIs: what they hold, and that summing what changed equals summing everything."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import analytics.tasks  # noqa: F401 - registers what does the jobs
from accounts import jobs
from accounts.models import Job
from accounts.scoping import brands_in_scope
from analytics import kpi_sums
from analytics.models import ChannelDay, Conversion, CurrencyRate, ImportFile, KpiChange, Post, Spend
from analytics.services import costs, kpi_changes, kpis
from strategy.models import KpiWeek
from tests.analytics.import_kit import bring_in, line, write
from tests.analytics.posts import add_channel, add_posts, random_posts
from tests.analytics.series import add_days
from tests.analytics.undo_kit import import_all, random_files, take_back

ROME = ZoneInfo("Europe/Rome")
MAY = date(2026, 5, 4)  # a Monday
COLUMNS = ("n", "numerator", "denominator", "squares", "cross", "denominator_squares")


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


def stored(*names: str) -> set[tuple]:
    return set(KpiWeek.objects.values_list("channel", "platform", "kpi", "week", *(names or COLUMNS)))


def of(kpi: str, week: date = MAY) -> tuple:
    return KpiWeek.objects.filter(kpi=kpi, week=week).values_list(*COLUMNS).get()


def post(day: int, **figures) -> dict:
    return {"published_at": datetime(2026, 5, day, 10, tzinfo=UTC), **figures}


def slow_twin(posts, zone: ZoneInfo) -> dict[tuple[int, str, date], list[float]]:
    """Post by post: per channel, KPI and week n, top, bottom, top², top·bottom, bottom²."""
    found: dict[tuple[int, str, date], list[float]] = {}
    for row in posts:
        if row.is_reply or row.paid:
            continue
        day = row.published_at.astimezone(zone).date()
        week = day - timedelta(days=day.weekday())
        clicks = row.clicks if row.link_clicks is None else row.link_clicks
        values = {**vars(row), "one": 1, kpi_sums.CLICKS: clicks}
        for kpi, (top, bottom) in kpi_sums.POSTS.items():
            t, b = values[top], values[bottom] if bottom else None
            if t is None or (bottom and not b):
                continue
            sums = found.setdefault((row.channel_id, kpi, week), [0] * 6)
            for place, part in enumerate([1, t, *([b, t * t, t * b, b * b] if bottom else [0] * 4)]):
                sums[place] += part
    return found


def test_sums_of_posts_equal_the_sums_made_post_by_post(brand):
    """Two channels, replies, paid posts, missing figures, posts at the border of weeks."""
    for handle, seed in (("one", 3), ("two", 4)):
        channel = add_channel(brand, handle=handle)
        add_posts(channel, random_posts(400, seed=seed, start=datetime(2026, 3, 2, tzinfo=UTC), weeks=10))
        edge = datetime(2026, 3, 15, 23, 30, tzinfo=UTC)  # Monday 00:30 in Rome
        add_posts(channel, [{"published_at": edge, "engagements": 7, "reach": 70}])
    kpis.refresh(brand)
    last = date(2026, 5, 4)  # of the week after it, which only Rome has begun, the posts are too young
    expected = {place: sums for place, sums in slow_twin(Post.objects.all(), ROME).items() if place[2] <= last}
    told = {
        (row.channel_id, row.kpi, row.week): [getattr(row, name) or 0 for name in COLUMNS]
        for row in KpiWeek.objects.filter(week__lte=last)
    }
    assert len(told) > 100
    assert told == expected


def test_summing_what_changed_equals_summing_everything(brand, tmp_path):
    for step, rows in enumerate(
        (
            [line(n) for n in range(30)],
            [line(n, reactions=50 + n) for n in range(10, 40)],
            [line(n, account="second", platform="facebook") for n in range(60, 90)],
        )
    ):
        path = write(tmp_path / f"{step}.csv", rows)
        bring_in(brand, path, exported_on=f"2026-06-{10 + step}")
        kpis.refresh(brand)
        incremental = stored()
        assert kpis.refresh(brand, everything=True) == set()
        assert stored() == incremental
    KpiWeek.objects.all().delete()
    kpis.refresh(brand)
    assert stored() == incremental


@pytest.mark.parametrize("seed", range(4))
def test_it_also_equals_it_when_imports_of_any_order_are_taken_back(brand, tmp_path, seed):
    """Posts, ads and visits, each import summed at once, then one after the other taken back."""
    batches = []
    for path, options in random_files(tmp_path, seed=seed, count=6):
        batches += import_all(brand, [(path, options)])
        kpis.refresh(brand)
    assert KpiWeek.objects.exists()
    for batch in random.Random(seed).sample(batches, len(batches)):
        take_back(batch)
        kpis.refresh(brand)
        incremental = stored()
        kpis.refresh(brand, everything=True)
        assert stored() == incremental
    assert not KpiWeek.objects.exists()


def test_a_series_by_day_is_summed_after_its_import(brand, tmp_path):
    channel = add_channel(brand, platform="instagram", handle="alba")
    add_days(channel, "followers", [100 + n for n in range(14)], first=MAY)
    file = ImportFile(brand=brand, kind="days", coverage=[_covered(channel, 14)])
    kpi_changes.note_file(file)
    kpis.refresh(brand)
    assert [row.numerator for row in KpiWeek.objects.order_by("week")] == [106, 113]
    ChannelDay.objects.filter(day__gt=MAY + timedelta(days=9)).delete()
    kpi_changes.note_file(file)
    kpis.refresh(brand)
    assert [row.numerator for row in KpiWeek.objects.order_by("week")] == [106]


def _covered(channel, days: int) -> dict:
    last = MAY + timedelta(days=days - 1)
    return {"channel": channel.pk, "figures": ["followers"], "first": str(MAY), "last": str(last)}


def test_only_the_weeks_that_an_import_touched_are_written_again(brand):
    channel = add_channel(brand)
    add_posts(channel, [post(5, engagements=10), post(19, engagements=30)])
    kpis.refresh(brand)
    before = dict(KpiWeek.objects.values_list("pk", "week"))
    add_posts(channel, [post(20, engagements=5)])
    assert "engagements" in kpis.refresh(brand)
    kept = set(KpiWeek.objects.values_list("pk", flat=True)) & before.keys()
    assert {before[pk] for pk in kept} == {MAY}
    assert of("engagements", MAY + timedelta(weeks=2)) == (2, 35.0, None, None, None, None)


def test_nothing_changed_means_nothing_is_written(brand):
    add_posts(add_channel(brand), random_posts(50, seed=1))
    kpis.refresh(brand)
    rows = set(KpiWeek.objects.values_list("pk", flat=True))
    assert kpis.refresh(brand) == set()
    assert set(KpiWeek.objects.values_list("pk", flat=True)) == rows


def test_a_week_counts_once_its_posts_were_read_two_days_after_its_end(brand):
    channel = add_channel(brand)
    sunday = datetime(2026, 5, 10, 12, tzinfo=UTC)
    young = {"metrics_as_of": sunday + timedelta(hours=30), "engagements": 3}
    add_posts(channel, [{"published_at": sunday, **young}])
    kpis.refresh(brand)
    assert not KpiWeek.objects.exists()
    assert KpiChange.objects.count() == 1
    Post.objects.update(metrics_as_of=sunday + timedelta(hours=70), engagements=8)
    kpis.refresh(brand)
    assert of("engagements") == (1, 8.0, None, None, None, None)
    assert not KpiChange.objects.exists()


def test_posts_that_are_gone_leave_no_sums(brand):
    add_posts(add_channel(brand), [post(5, engagements=10)])
    kpis.refresh(brand)
    gone = Post.objects.get()
    kpi_changes.note_posts(gone.channel_id, [MAY])
    gone.delete()
    assert "engagements" in kpis.refresh(brand)
    assert not KpiWeek.objects.exists()


def test_followers_stand_at_the_weeks_last_day_and_losses_are_divided_by_them(brand):
    channel = add_channel(brand)
    for n in range(14):
        for figure, value in (("followers", 100 + n), ("unfollows", 2), ("reach", 1000)):
            ChannelDay.objects.create(
                brand=brand,
                channel=channel,
                figure=figure,
                day=MAY + timedelta(days=n),
                value=value,
                as_of=datetime(2026, 6, 1, tzinfo=UTC),
            )
    kpi_changes.note_days(channel.pk, MAY, MAY + timedelta(days=13))
    kpis.refresh(brand)
    assert of("followers") == (7, 106.0, None, None, None, None)
    assert of("unfollow_rate")[:3] == (7, 14.0, 106.0)
    assert set(KpiWeek.objects.values_list("kpi", flat=True)) == {"followers", "unfollow_rate"}


def spend(brand, start: date, end: date, amount: str, **values) -> None:
    values = {"currency": "EUR", "platform": "meta", "row_key": f"{start}{amount}", **values}
    Spend.objects.create(brand=brand, kind="ads", start=start, end=end, amount=Decimal(amount), **values)


def test_ads_are_shared_out_over_the_days_of_their_span_in_the_brands_currency(brand):
    CurrencyRate.objects.create(brand=brand, currency="USD", to_currency="EUR", day=MAY, rate=Decimal("0.5"))
    spend(brand, MAY, MAY + timedelta(days=13), "140", clicks=70)
    spend(brand, MAY, MAY + timedelta(days=6), "40", clicks=15, currency="USD", conversion_value=Decimal(80))
    spend(brand, MAY, MAY + timedelta(days=6), "99", clicks=1, currency="JPY")
    kpi_changes.note_money(brand.pk, "ads", MAY, MAY + timedelta(days=13))
    kpis.refresh(brand)
    assert of("cpc")[:3] == (2, 70 + 20, 35 + 15)
    assert of("roas")[:3] == (1, 40, 20)
    assert of("cpc", MAY + timedelta(weeks=1))[:3] == (1, 70, 35)


def test_a_rate_stated_later_converts_what_was_left_out(brand):
    spend(brand, MAY, MAY + timedelta(days=6), "40", clicks=10, currency="USD")
    kpi_changes.note_money(brand.pk, "ads", MAY, MAY + timedelta(days=6))
    kpis.refresh(brand)
    assert not KpiWeek.objects.exists()
    costs.state_rate(brand, by=None, values={"currency": "USD", "day": MAY, "rate": Decimal("0.5"), "note": ""})
    jobs.execute(Job.objects.get(kind=kpis.KIND).pk, heartbeat=False)
    assert of("cpc")[:3] == (1, 20, 10)


def visit(brand, day: date, source: str, **values) -> None:
    told = {"dimensions": "source,medium", "source": source, "medium": "social", "sessions": 10, **values}
    key = f"{day}{source}{values}"[:64]
    Conversion.objects.create(brand=brand, source_kind="ga4", start=day, end=day, row_key=key, **told)


def test_visits_count_where_they_came_from_social_media_and_each_day_once(brand):
    for n in range(7):
        day = MAY + timedelta(days=n)
        visit(brand, day, "instagram.com", engaged_sessions=6, count=Decimal(2), value=Decimal(30), currency="EUR")
        visit(brand, day, "newsletter", medium="email", engaged_sessions=9)
        group = {"channel_group": "Organic Social", "dimensions": "channel_group"}
        visit(brand, day, "", medium="", count=Decimal(9), **group)
    kpi_changes.note_money(brand.pk, "visits", MAY, MAY)
    kpis.refresh(brand)
    assert set(KpiWeek.objects.values_list("platform", flat=True)) == {"instagram"}
    assert of("sessions")[:3] == (70, 70, None)
    assert of("engaged_rate")[:3] == (70, 42, 70)
    assert of("cvr")[:3] == (70, 14, 70)
    assert of("revenue")[1] == 210


def test_orders_count_one_each_unless_more_are_told(brand):
    for n, source in enumerate(("instagram", "google", "facebook")):
        Conversion.objects.create(
            brand=brand,
            source_kind="shop",
            source=source,
            start=MAY + timedelta(days=n),
            end=MAY + timedelta(days=n),
            row_key=source,
        )
    last = MAY + timedelta(days=6)
    Conversion.objects.create(brand=brand, source_kind="shop", start=last, end=last, row_key="last")
    kpi_changes.note_money(brand.pk, "orders", MAY, last)
    kpis.refresh(brand)
    found = dict(KpiWeek.objects.filter(kpi="orders").values_list("platform", "numerator"))
    assert found == {"instagram": 1, "facebook": 1}


def test_money_of_a_week_that_is_not_over_waits(brand):
    spend(brand, MAY, MAY + timedelta(days=2), "30", clicks=3)
    kpi_changes.note_money(brand.pk, "ads", MAY, MAY + timedelta(days=2))
    kpis.refresh(brand)
    assert not KpiWeek.objects.exists()
    spend(brand, MAY + timedelta(days=3), MAY + timedelta(days=6), "40", clicks=4)
    kpis.refresh(brand)
    assert of("cpc")[:3] == (2, 70, 7)


def test_an_import_asks_for_the_sums_once_and_the_job_ends_with_them(brand, tmp_path):
    bring_in(brand, write(tmp_path / "a.csv", [line(n) for n in range(20)]), exported_on="2026-06-10")
    bring_in(brand, write(tmp_path / "b.csv", [line(n) for n in range(30)]), exported_on="2026-06-11")
    job = Job.objects.get(kind=kpis.KIND)
    jobs.execute(job.pk, heartbeat=False)
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert KpiWeek.objects.filter(kpi="engagements").exists()


def test_a_worker_killed_in_the_middle_leaves_nothing_half_done(brand, monkeypatch):
    add_posts(add_channel(brand), random_posts(80, seed=2))
    noted = KpiChange.objects.count()

    def die(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(kpis.readings, "take", die)
    with pytest.raises(KeyboardInterrupt):
        kpis.refresh(brand)
    assert not KpiWeek.objects.exists()
    assert KpiChange.objects.count() == noted
    monkeypatch.undo()
    assert kpis.refresh(brand)


def test_the_statements_do_not_grow_with_the_posts(brand):
    counts = []
    channel = add_channel(brand)
    for n in (60, 3_000):
        add_posts(channel, random_posts(n, seed=n, weeks=4))
        KpiWeek.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            kpis.refresh(brand)
        counts.append(len(queries))
    assert counts[1] <= counts[0] < 30
