"""The page of best times, the desk and the command: what people and programs read."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from python_calamine import load_workbook

import analytics.tasks  # noqa: F401 — registers the work
from accounts import jobs
from accounts.models import Job
from accounts.scoping import brands_in_scope
from analytics.models import BestTimes
from analytics.selectors.best_times import next_start
from analytics.services import best_times
from analytics.services.freshness import mark_stale
from tests.analytics.posts import add_channel, add_posts, random_posts


@pytest.fixture
def channel(cast):
    return add_channel(cast.brand)


@pytest.fixture
def computed(cast, channel):
    with brands_in_scope(cast.brand.pk):
        add_posts(channel, random_posts(600, seed=1))
        best_times.compute(channel)
    return channel


def page(client, cast, person="bea", brand=None, **query) -> str:
    client.force_login(getattr(cast, person))
    response = client.get(reverse("best_times", args=[(brand or cast.brand).slug]), query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_page_tells_grade_slots_basis_and_limits(client, cast, computed):
    text = page(client, cast)
    for told in (
        "evidence",
        "Recommended hours",
        "On the clock of Europe/Rome",
        "with 90 % probability",
        "One hour to try",
        "What this rests on",
        "Left out",
        "These are associations, not causes",
        "no similar channel",
    ):
        assert told in text
    assert text.count("Next on") >= 2


def test_channel_and_figure_are_in_the_address(client, cast, computed):
    text = page(client, cast, channel=computed.pk, metric="reach")
    assert f'<option value="{computed.pk}" selected>' in text
    assert 'metric=reach" title="People who saw the post." aria-current="page"' in text
    client.force_login(cast.bea)
    url = reverse("best_times", args=[cast.brand.slug])
    assert client.get(url, {"metric": "likes"}).status_code == 404
    assert client.get(url, {"channel": computed.pk + 99}).status_code == 404


def test_the_part_alone_is_sent_to_htmx(client, cast, computed):
    client.force_login(cast.bea)
    response = client.get(reverse("best_times", args=[cast.brand.slug]), headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize(("person", "status"), [("ada", 200), ("bea", 200), ("carlo", 404), ("dario", 404)])
def test_managers_alone_see_the_page(client, cast, computed, person, status):
    client.force_login(getattr(cast, person))
    assert client.get(reverse("best_times", args=[cast.brand.slug])).status_code == status
    compute = reverse("best_times_compute", args=[cast.brand.slug, computed.pk])
    assert client.post(compute).status_code == (302 if status == 200 else 404)


def test_another_brands_channel_is_not_there(client, cast, computed):
    client.force_login(cast.ada)
    for name in ("best_times_compute", "best_times_export"):
        assert client.post(reverse(name, args=[cast.other_brand.slug, computed.pk])).status_code in (404, 405)
    url = reverse("best_times", args=[cast.other_brand.slug])
    assert client.get(url, {"channel": computed.pk}).status_code == 404
    assert client.get(reverse("best_times_export", args=[cast.other_brand.slug, computed.pk])).status_code == 404


def test_computing_again_makes_a_job_and_shows_its_progress(client, cast, computed):
    client.force_login(cast.bea)
    response = client.post(
        reverse("best_times_compute", args=[cast.brand.slug, computed.pk]), {"metric": "reach"}, follow=True
    )
    assert response.redirect_chain[0][0].endswith(f"?channel={computed.pk}&metric=reach")
    text = response.content.decode()
    assert "<progress" in text
    assert 'hx-trigger="every 1s"' in text
    job = Job.across_brands.get()
    assert job.created_by == cast.bea
    while job:
        jobs.execute(job.pk, heartbeat=False)
        job = Job.across_brands.filter(state="queued").first()
    assert "<progress" not in page(client, cast)


def test_a_finished_job_leads_to_the_page_of_its_channel(client, cast, computed):
    client.force_login(cast.bea)
    client.post(reverse("best_times_compute", args=[cast.brand.slug, computed.pk]))
    job = Job.across_brands.get()
    jobs.execute(job.pk, heartbeat=False)
    response = client.get(reverse("job", args=[cast.brand.slug, job.pk]))
    assert response["Location"] == f"{reverse('best_times', args=[cast.brand.slug])}?channel={computed.pk}"


def test_a_failed_computation_is_told(client, cast, computed):
    Job.across_brands.create(
        brand=cast.brand,
        kind="analytics.best_times",
        state="errored",
        error_code="job_broke",
        payload={"channel": computed.pk},
    )
    assert "Something went wrong on our side" in page(client, cast)


def test_changed_posts_and_a_changed_zone_are_told(client, cast, computed):
    mark_stale(computed.pk, [datetime(2026, 1, 5).date()])
    assert "Posts of 1 week changed since this was computed" in page(client, cast)
    cast.brand.time_zone = "UTC"
    cast.brand.save()
    assert "The time zone was changed from Europe/Rome to UTC" in page(client, cast)


def test_a_brand_without_channels_is_told_the_next_step(client, cast):
    assert "No channel yet" in page(client, cast)


def test_a_channel_without_posts_is_told_the_next_step(client, cast, channel):
    assert "No posts of this channel yet" in page(client, cast)


def test_a_channel_that_tells_days_only_is_told_why_and_what_to_do(client, cast):
    youtube = add_channel(cast.brand, platform="youtube", handle="tube")
    with brands_in_scope(cast.brand.pk):
        add_posts(
            youtube, [fields | {"is_exact": False, "is_reply": False} for fields in random_posts(50, seed=2)]
        )
        best_times.compute(youtube)
    text = page(client, cast)
    assert "The hours of these posts are not known" in text
    assert "generic template" in text
    assert "heat-table" not in text


def test_too_few_posts_say_how_many_more_and_what_is_shown_instead(client, cast, channel):
    with brands_in_scope(cast.brand.pk):
        add_posts(channel, random_posts(12, seed=3))
        best_times.compute(channel)
    text = page(client, cast)
    assert "No evidence of its own yet" in text
    assert "more posts are needed" in text


def test_a_figure_that_no_export_held_is_told(client, cast, channel):
    with brands_in_scope(cast.brand.pk):
        add_posts(channel, [fields | {"reach": None} for fields in random_posts(60, seed=4)])
        best_times.compute(channel)
    assert "This figure was not exported" in page(client, cast, metric="reach")


def test_the_number_of_queries_does_not_grow(client, cast, computed, django_assert_max_num_queries):
    client.force_login(cast.bea)
    url = reverse("best_times", args=[cast.brand.slug])

    def queries() -> int:
        with django_assert_max_num_queries(15) as captured:
            client.get(url)
        return len(captured)

    queries()
    few = queries()
    with brands_in_scope(cast.brand.pk):
        for n in range(6):
            more = add_channel(cast.brand, handle=f"more {n}")
            add_posts(more, random_posts(100, seed=n))
            best_times.compute(more)
    assert queries() == few


def test_the_table_is_sorted_and_exported_as_shown(client, cast, computed):
    client.force_login(cast.bea)
    url = reverse("best_times_export", args=[cast.brand.slug, computed.pk])
    response = client.get(url, {"sort": "-lift"})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Day", "Hour", "Lift"]
    lifts = [float(row[2]) for row in rows[1:]]
    assert len(lifts) == 168
    assert lifts == sorted(lifts, reverse=True)
    book = load_workbook(io.BytesIO(client.get(url, {"file": "xlsx"}).content))
    assert len(book.get_sheet_by_index(0).to_python()) == 169


# --- dates ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "hour", "now", "expected"),
    [
        (0, 9, datetime(2026, 3, 23, 7, tzinfo=UTC), datetime(2026, 3, 23, 8, tzinfo=UTC)),  # today, winter
        (0, 9, datetime(2026, 3, 23, 9, tzinfo=UTC), datetime(2026, 3, 30, 7, tzinfo=UTC)),  # next week, summer
        (
            6,
            2,
            datetime(2026, 3, 24, tzinfo=UTC),
            datetime(2026, 4, 5, 0, tzinfo=UTC),
        ),  # 29 March has no 2 o'clock
        (6, 2, datetime(2026, 10, 24, tzinfo=UTC), datetime(2026, 10, 25, 0, tzinfo=UTC)),  # the first of two
    ],
)
def test_the_next_date_of_an_hour_heeds_the_clock_change(day, hour, now, expected):
    assert next_start(day, hour, "Europe/Rome", now) == expected


# --- the desk ------------------------------------------------------------------------------------------------


def test_the_desk_lists_the_coming_hours_for_the_community_manager(client, cast, computed):
    client.force_login(cast.carlo)
    text = client.get(reverse("desk", args=[cast.brand.slug])).content.decode()
    assert "Facebook · page" in text
    assert text.count("desk-line") == len(BestTimes.across_brands.get(metric="engagements").recommended)
    assert "evidence" in text
    assert 'method="post"' not in text.split("<main", 1)[1]


def test_the_desk_tells_a_channels_hours_on_the_brands_clock(client, cast):
    tokyo = add_channel(cast.brand, time_zone="Asia/Tokyo")
    with brands_in_scope(cast.brand.pk):
        add_posts(tokyo, random_posts(400, seed=5))
        slot = best_times.compute(tokyo)["engagements"].recommended[0]
    client.force_login(cast.carlo)
    text = client.get(reverse("desk", args=[cast.brand.slug])).content.decode()
    hours = {(slot["hour"] - offset) % 24 for offset in (7, 8)}
    assert any(f"{hour:02}:00</time>" in text for hour in hours)


def test_the_desk_of_a_brand_without_advice_says_so(client, cast):
    client.force_login(cast.carlo)
    assert "No recommended hours yet" in client.get(reverse("desk", args=[cast.brand.slug])).content.decode()


# --- the command ---------------------------------------------------------------------------------------------


def command(*arguments: str) -> dict:
    out = io.StringIO()
    call_command("best_times", *arguments, "--json", stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue())


def test_the_command_computes_what_is_waiting_and_prints_the_contract(cast, channel):
    with brands_in_scope(cast.brand.pk):
        add_posts(channel, random_posts(500, seed=6))
    told = command("--brand", cast.brand.slug)
    assert set(told) >= {"time_zone", "metric", "posts", "evidence", "cells", "recommended", "notes"}
    assert (told["time_zone"], told["metric"]) == ("Europe/Rome", "engagements")
    assert told["evidence"] in ("strong", "moderate", "weak", "prior")
    assert len(told["cells"]) == 168
    assert set(told["cells"][0]) == {"day", "hour", "lift", "low", "high", "posts"}
    assert set(told["recommended"][0]) == {"day", "hour", "lift", "low", "high"}


def test_the_command_takes_the_channel_with_most_posts_and_names_the_others(cast, channel):
    with brands_in_scope(cast.brand.pk):
        add_posts(channel, random_posts(60, seed=7))
        large = add_channel(cast.brand, platform="x", handle="Large")
        add_posts(large, random_posts(200, seed=8))
    told = command("--brand", cast.brand.slug)
    assert told["channel"] == "x:Large"
    assert "facebook:page" in told["notes"][0]
    assert command("--brand", cast.brand.slug, "--channel", "x:large", "--metric", "views")["metric"] == "views"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--brand", "nobody"], "There is no brand"),
        (["--brand", "caffe-alba", "--channel", "x:nobody"], "Known channels: facebook:page"),
        (["--brand", "caffe-alba"], "No posts of facebook:page"),
    ],
)
def test_the_command_says_what_is_wrong_and_ends_with_2(cast, channel, arguments, sentence):
    with pytest.raises(CommandError, match=sentence) as refused:
        command(*arguments)
    assert refused.value.returncode == 2


def test_a_table_is_printed_for_people(cast, channel):
    with brands_in_scope(cast.brand.pk):
        add_posts(channel, random_posts(500, seed=9))
    out = io.StringIO()
    call_command("best_times", "--brand", cast.brand.slug, stdout=out, stderr=io.StringIO())
    assert "more than a typical post" in out.getvalue()
    assert "associations" in out.getvalue()
