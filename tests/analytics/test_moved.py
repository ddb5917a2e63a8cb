"""When a brand moves to another time zone, its weeks and hours are summed again by the new clock."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

import analytics.tasks  # noqa: F401 - registers the work
from accounts import jobs
from accounts.models import Job
from accounts.scoping import brands_in_scope
from analytics.services.best_times import compute
from analytics.services.kpi_changes import note_posts
from analytics.services.kpis import refresh
from strategy.models import KpiWeek
from tests.analytics.posts import add_channel, add_posts


@pytest.fixture
def ada(client, cast):
    client.force_login(cast.ada)
    return client


@pytest.fixture
def sent(monkeypatch):
    monkeypatch.setattr(jobs.current_app, "send_task", lambda name, args: None)


def weeks(cast) -> set[date]:
    with brands_in_scope(cast.brand.pk):
        return set(KpiWeek.objects.values_list("week", flat=True))


def move(client, cast, zone: str):
    brand = cast.brand
    values = {"name": brand.name, "time_zone": zone, "currency": brand.currency, "sector": "", "tone_of_voice": ""}
    values |= {"roles-TOTAL_FORMS": "0", "roles-INITIAL_FORMS": "0"}
    return client.post(reverse("admin:accounts_brand_change", args=[brand.pk]), values)


def test_its_weeks_begin_by_the_new_clock(cast, ada, sent):
    sunday_night = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # in Rome it is Monday already
    with brands_in_scope(cast.brand.pk):
        channel = add_channel(cast.brand, platform="instagram", handle="acme")
        add_posts(channel, [{"published_at": sunday_night, "engagements": 5, "reach": 90}])
        note_posts(channel.pk, [date(2026, 2, 23)])
        refresh(cast.brand)
        compute(channel)
    before = weeks(cast)
    zone = "Pacific/Honolulu" if cast.brand.time_zone != "Pacific/Honolulu" else "Asia/Tokyo"
    assert move(ada, cast, zone).status_code == 302
    (job,) = Job.across_brands.filter(kind="accounts.brand_moved")
    jobs.execute(job.pk, heartbeat=False)
    assert before and weeks(cast) and weeks(cast) != before
    asked = Job.across_brands.filter(kind="analytics.best_times", state="queued", payload__channel=channel.pk)
    assert asked.exists()


def test_another_name_asks_for_nothing(cast, ada, sent):
    move(ada, cast, cast.brand.time_zone)
    assert not Job.across_brands.filter(kind="accounts.brand_moved").exists()
