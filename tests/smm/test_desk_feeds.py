"""The desk away from the desk: the calendar feed, the day's e-mail, the month, and versions side by side."""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.contrib.staticfiles import finders
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts import feeds, mails
from accounts.models import Brand, BrandRole, Notification
from accounts.scoping import brands_in_scope
from calendar_app.models import Entry
from smm import digest
from strategy.models import Campaign, Task
from tests.calendar_app import calendar_kit
from tests.smm import desk_kit

AT = datetime(2026, 10, 1, 8, tzinfo=UTC)


@pytest.fixture
def handed(cast):
    """Tasks on both sides of the end of summer time (25 October 2026), one without an hour."""
    campaign = desk_kit.add_campaign(cast.brand)
    version = desk_kit.add_version(campaign, at=AT)
    tasks = [desk_kit.add_task(campaign, date(2026, 10, day)) for day in (24, 26)]
    tasks.append(desk_kit.add_task(campaign, date(2026, 10, 30), clock=None))
    return [desk_kit.hand(version, task) for task in tasks]


def feed_of(client, user) -> Calendar:
    feeds.renew(user)
    answer = client.get(reverse("feed", args=[feeds.token_of(user)]))
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(answer.content)


@pytest.fixture
def october(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: AT)


# --- feed ------------------------------------------------------------------------------------------------------


def test_the_feed_tells_tasks_on_the_brands_clock_with_its_time_zone(client, cast, handed, october):
    found = feed_of(client, cast.carlo)
    events = list(found.walk("VEVENT"))
    assert [zone["TZID"] for zone in found.walk("VTIMEZONE")] == ["Europe/Rome"]
    summer, winter, whole = events
    assert summer["DTSTART"].dt == datetime(2026, 10, 24, 9, tzinfo=ZoneInfo("Europe/Rome"))
    assert winter["DTSTART"].dt.astimezone(UTC).hour - summer["DTSTART"].dt.astimezone(UTC).hour == 1
    assert whole["DTSTART"].dt == date(2026, 10, 30) and whole["DTEND"].dt == date(2026, 10, 31)
    assert summer["SUMMARY"] == "Caffè Alba: Publish"
    assert desk_kit.CONTENT["copy"] in summer["DESCRIPTION"]
    assert summer["URL"].endswith(reverse("desk_task", args=["caffe-alba", handed[0].pk]))


def test_a_newer_version_replaces_the_same_event(client, cast, handed, october):
    before = next(iter(feed_of(client, cast.carlo).walk("VEVENT")))
    version = desk_kit.add_version(handed[0].campaign_version.campaign, 2, at=AT)
    desk_kit.hand(version, handed[0].task)
    (after,) = feed_of(client, cast.carlo).walk("VEVENT")
    assert (after["UID"], before["SEQUENCE"], after["SEQUENCE"]) == (before["UID"], 1, 2)


def test_the_feed_shows_what_is_done_and_only_what_he_may_see(client, cast, handed, october):
    Task.across_brands.filter(pk=handed[0].task_id).update(state="done")
    assert next(iter(feed_of(client, cast.carlo).walk("VEVENT")))["SUMMARY"] == "✓ Caffè Alba: Publish"
    assert list(feed_of(client, cast.dario).walk("VEVENT")) == []
    BrandRole.objects.filter(membership__user=cast.carlo).delete()
    assert list(feed_of(client, cast.carlo).walk("VEVENT")) == []


def test_a_wrong_address_or_a_person_who_left_gets_nothing(client, cast, handed):
    feeds.renew(cast.carlo)
    token = feeds.token_of(cast.carlo)
    assert client.get(reverse("feed", args=[token[:-2] + "xx"])).status_code == 404
    assert client.get(reverse("feed", args=["1:2:3"])).status_code == 404
    cast.carlo.is_active = False
    cast.carlo.save()
    assert client.get(reverse("feed", args=[token])).status_code == 404


def test_the_feed_asks_as_often_whatever_it_tells(client, cast, handed, october, django_assert_max_num_queries):
    campaign = handed[0].campaign_version.campaign
    for day in range(1, 20):
        desk_kit.hand(handed[0].campaign_version, desk_kit.add_task(campaign, date(2026, 11, day)))
    feeds.renew(cast.carlo)
    with django_assert_max_num_queries(5):
        client.get(reverse("feed", args=[feeds.token_of(cast.carlo)]))


# --- feeds of one brand or campaign ------------------------------------------------------------------------------


@pytest.fixture
def planned(cast, october):
    """Entries on each side of both changes of the clock, one without an hour, one of another brand."""
    found = {}
    with brands_in_scope(cast.brand.pk, cast.other_brand.pk):
        told = {"start": date(2026, 10, 1), "end": date(2027, 4, 30)}
        campaign = Campaign.objects.create(brand=cast.brand, name="Autumn", **told)
        channel = calendar_kit.add_channel(cast.brand)
        for day in (date(2026, 10, 24), date(2026, 10, 26), date(2027, 3, 27), date(2027, 3, 29)):
            when = {"day": day, "clock": time(18), "campaign": campaign, "title": str(day)}
            calendar_kit.add(cast.brand, channel, by=cast.bea, today=AT.date(), status="approved", **when)
        rest = {"by": cast.bea, "today": AT.date(), "status": "approved", "day": date(2026, 10, 30)}
        calendar_kit.add(cast.brand, channel, clock=None, title="No campaign", **rest)
        other = calendar_kit.add_channel(cast.other_brand)
        calendar_kit.add(cast.other_brand, other, title="Other brand", **rest)
        found["campaign"] = campaign
    return found


def limited(client, user, **limits):
    if not user.feed_serial:
        feeds.renew(user)
    return client.get(reverse("feed", args=[feeds.token_of(user, **limits)]))


def titles(answer) -> list[str]:
    return [str(event["SUMMARY"]).split(": ")[1] for event in Calendar.from_ical(answer.content).walk("VEVENT")]


def test_a_feed_of_a_brand_and_one_of_a_campaign_tell_these_alone(client, cast, planned):
    assert "Other brand" in titles(limited(client, cast.ada))
    of_brand = limited(client, cast.ada, brand=cast.brand.pk)
    assert len(titles(of_brand)) == 5 and "Other brand" not in titles(of_brand)
    of_campaign = limited(client, cast.ada, brand=cast.brand.pk, campaign=planned["campaign"].pk)
    assert titles(of_campaign) == ["2026-10-24", "2026-10-26", "2027-03-27", "2027-03-29"]
    names = [str(Calendar.from_ical(each.content)["X-WR-CALNAME"]) for each in (of_brand, of_campaign)]
    assert names == ["Timone: Caffè Alba", "Timone: Caffè Alba, Autumn"]


def test_the_hours_of_such_a_feed_are_right_on_both_sides_of_both_changes_of_the_clock(client, cast, planned):
    found = Calendar.from_ical(limited(client, cast.bea, brand=cast.brand.pk).content)
    (zone,) = found.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Rome" and zone.walk("DAYLIGHT") and zone.walk("STANDARD")
    hours, whole = {}, []
    for event in found.walk("VEVENT"):
        start = event["DTSTART"]
        if isinstance(start.dt, datetime):
            assert start.params["TZID"] == "Europe/Rome" and start.dt.hour == 18
            hours[start.dt.date()] = start.dt.astimezone(UTC).hour
        else:
            whole.append((start.dt, event["DTEND"].dt))
    assert list(hours.values()) == [16, 17, 17, 16]
    assert whole == [(date(2026, 10, 30), date(2026, 10, 31))]


def test_a_limited_feed_asks_each_time_what_the_person_may_see(client, cast, planned):
    told = {"brand": cast.brand.pk, "campaign": planned["campaign"].pk}
    assert limited(client, cast.carlo, **told).status_code == 200
    assert limited(client, cast.dario, **told).status_code == 404
    assert limited(client, cast.carlo, brand=cast.other_brand.pk).status_code == 404
    assert limited(client, cast.ada, brand=cast.other_brand.pk, campaign=told["campaign"]).status_code == 404
    BrandRole.objects.filter(membership__user=cast.carlo).delete()
    assert limited(client, cast.carlo, **told).status_code == 404
    old = feeds.token_of(cast.ada, **told)
    feeds.renew(cast.ada)
    assert client.get(reverse("feed", args=[old])).status_code == 404
    Campaign.across_brands.all().delete()
    assert limited(client, cast.ada, **told).status_code == 404


def test_the_addresses_are_offered_on_the_calendar_the_campaign_and_ones_own_page(client, cast, planned):
    client.force_login(cast.bea)
    page = reverse("calendar_subscribe", args=["caffe-alba"])
    assert "Make an address" in client.get(page).content.decode()
    assert client.post(reverse("me_feed"), {"next": page}).url == page
    cast.bea.refresh_from_db()
    campaign = planned["campaign"]
    text = client.get(page, {"campaign": campaign.pk}).content.decode()
    for limits in ({}, {"campaign": campaign.pk}):
        assert feeds.token_of(cast.bea, brand=cast.brand.pk, **limits) in text
    assert feeds.token_of(cast.bea, brand=cast.brand.pk) in client.get(reverse("me")).content.decode()
    entries = client.get(reverse("campaign_entries", args=["caffe-alba", campaign.pk])).content.decode()
    assert f"{page}?campaign={campaign.pk}" in entries
    assert page in client.get(reverse("calendar_month", args=["caffe-alba"])).content.decode()


def test_a_phone_can_put_the_desk_among_its_applications(client):
    told = json.loads(Path(finders.find("desk.webmanifest")).read_text())
    assert (told["start_url"], told["display"]) == (reverse("desk_all"), "standalone")
    assert all(finders.find(icon["src"]) for icon in told["icons"])
    assert client.get(reverse("account_login")).content.decode().count('rel="manifest"') == 1


def test_what_is_agreed_on_in_the_calendar_is_in_feed_and_month_and_drafts_are_not(client, cast, october):
    with brands_in_scope(cast.brand.pk):
        channel = calendar_kit.add_channel(cast.brand)
        when = {"day": date(2026, 10, 26), "clock": time(18), "today": date(2026, 10, 1)}
        for status in ("draft", "approved"):
            calendar_kit.add(cast.brand, channel, by=cast.bea, title=status, status=status, **when)
        entry = Entry.objects.get(status="approved")
        draft = Entry.objects.get(status="draft")
    (event,) = feed_of(client, cast.carlo).walk("VEVENT")
    assert (event["SUMMARY"], event["UID"]) == ("Caffè Alba: approved", f"entry-{entry.pk}@localhost")
    client.force_login(cast.carlo)
    page = client.get(reverse("desk_calendar", args=["caffe-alba"]), {"month": "2026-10"}).content.decode()
    assert reverse("desk_entry", args=["caffe-alba", entry.pk]) in page and ">draft" not in page
    page = client.get(reverse("desk_entry", args=["caffe-alba", entry.pk])).content.decode()
    assert "Plums and cocoa." in page and "18:00" in page
    assert client.get(reverse("desk_entry", args=["caffe-alba", draft.pk])).status_code == 404


# --- digest ----------------------------------------------------------------------------------------------------


def morning(hour: int, minute: int = 0, day: int = 26) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=ZoneInfo("Europe/Rome"))


@pytest.fixture
def at_seven(cast):
    cast.carlo.digest_hour = 7
    cast.carlo.language = "it"
    cast.carlo.save()


def test_the_days_tasks_come_once_at_the_chosen_hour_in_his_language(cast, handed, at_seven):
    assert digest.send_digests(now=morning(6, 59)) == 0
    assert digest.send_digests(now=morning(7)) == 1
    assert digest.send_digests(now=morning(8)) == 0
    assert mails.send_due(now=morning(7)) == 1
    (sent,) = mail.outbox
    assert sent.subject == "Oggi sulla tua scrivania: 1 attività"
    assert "Ancora da fare dai giorni scorsi: 1" in sent.body and "09:00 · Caffè Alba · Publish" in sent.body
    assert reverse("desk_task", args=["caffe-alba", handed[1].pk]) in sent.body


def test_no_mail_on_a_day_without_work_or_hours_too_late(cast, handed, at_seven):
    Task.across_brands.update(state="done")
    assert digest.send_digests(now=morning(7)) == 0
    Task.across_brands.update(state="open")
    assert digest.send_digests(now=morning(12, day=27)) == 0
    assert not Notification.objects.exists()


def test_what_somebody_else_does_is_not_in_it(cast, handed, at_seven):
    with brands_in_scope(cast.brand.pk):
        type(handed[0]).objects.update(assignee=cast.bea)
    assert digest.send_digests(now=morning(7)) == 0


def test_the_hour_is_on_his_own_clock(cast, handed, at_seven):
    cast.carlo.time_zone = "America/New_York"
    cast.carlo.save()
    assert digest.send_digests(now=morning(7)) == 0
    assert digest.send_digests(now=morning(12)) == 1  # 7 in New York: only Europe has left summer time


# --- month -----------------------------------------------------------------------------------------------------


def test_the_month_shows_tasks_on_the_readers_clock(client, cast, handed):
    client.force_login(cast.carlo)
    page = client.get(reverse("desk_calendar", args=["caffe-alba"]), {"month": "2026-10"})
    days = {box["day"].day: box["lines"] for week in page.context["weeks"] for box in week if box["lines"]}
    assert sorted(days) == [24, 26, 30] and days[24][0]["own"].hour == 9
    cast.carlo.time_zone = "Pacific/Auckland"
    cast.carlo.save()
    page = client.get(reverse("desk_calendar_all"), {"month": "2026-10"})
    days = {box["day"].day: box["lines"] for week in page.context["weeks"] for box in week if box["lines"]}
    assert sorted(days) == [24, 26, 30] and days[24][0]["own"].hour == 20


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "2026-13", "x"])
def test_any_month_that_is_asked_for_has_a_page(client, cast, month):
    client.force_login(cast.carlo)
    assert client.get(reverse("desk_calendar_all"), {"month": month}).status_code == 200


def test_the_month_of_all_brands_leads_to_every_crisis_plan(client, cast):
    client.force_login(cast.carlo)
    page = client.get(reverse("desk_calendar_all")).content.decode()
    for brand in Brand.objects.for_user(cast.carlo):
        assert f'href="{reverse("desk_crisis", args=[brand.slug])}"' in page


def test_a_full_month_asks_as_often_as_an_empty_one(client, cast, handed, django_assert_max_num_queries):
    version = handed[0].campaign_version
    for day in range(1, 29):
        for hour in (9, 12, 15):
            desk_kit.hand(version, desk_kit.add_task(version.campaign, date(2026, 10, day), time(hour)))
    client.force_login(cast.carlo)
    with django_assert_max_num_queries(10):
        page = client.get(reverse("desk_calendar", args=["caffe-alba"]), {"month": "2026-10"})
    assert page.context["total"] == 87


def test_a_manager_sees_the_month_as_his_community_manager(client, cast, handed):
    client.force_login(cast.bea)
    page = client.get(reverse("desk_calendar", args=["caffe-alba"]), {"month": "2026-10", "as": cast.carlo.pk})
    text = page.content.decode()
    assert f"month=2026-11&amp;as={cast.carlo.pk}" in text and f"?as={cast.carlo.pk}" in text


# --- versions --------------------------------------------------------------------------------------------------


def test_two_versions_are_compared_word_by_word(client, cast, handed):
    campaign = handed[0].campaign_version.campaign
    version = desk_kit.add_version(campaign, 2, at=AT + timedelta(days=1), key_message="Plums in a cup.")
    Task.across_brands.filter(pk=handed[0].task_id).update(title="Publish at dawn")
    changed = Task.across_brands.get(pk=handed[0].task_id)
    desk_kit.hand(version, changed, copy="Other words.")
    desk_kit.hand(version, desk_kit.add_task(campaign, date(2026, 10, 31)))
    client.force_login(cast.bea)
    url = reverse("campaign_versions", args=["caffe-alba", campaign.pk])
    found = client.get(url, {"from": "1", "to": "2"}).context
    assert [line.label for line in found["brief"]] == ["Key message"]
    assert [(task["title"], task["state"]) for task in found["tasks"]] == [
        ("Publish at dawn", "changed"),
        ("Publish", "new"),
        ("Publish", "removed"),
        ("Publish", "removed"),
    ]
    assert client.get(url, {"from": "2", "to": "2"}).context["tasks"] == []
    assert client.get(url, {"from": "7"}).status_code == 404
    draft = client.get(url).context
    assert (draft["older"].number, draft["newer"]) == (2, None)
