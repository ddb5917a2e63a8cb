"""Recurring slots: kept, free or not, made of best hours, taken; and the hours that a clock skips or doubles."""

import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone

from accounts.errors import AppError, InvalidInput, Stale
from accounts.scoping import brands_in_scope
from analytics.services import best_times
from calendar_app import selectors
from calendar_app.models import CalendarSettings, Entry, Slot
from calendar_app.services import slots as services
from calendar_app.slots import Recurring, free, places
from strategy.models import Campaign, ContentPillar
from tests.analytics.posts import add_posts, random_posts
from tests.calendar_app.calendar_kit import add, add_channel
from tests.cast import make_cast

ZONE = "Europe/Rome"
MONDAY = date(2046, 9, 3)
NOW = datetime(2046, 8, 1, 10, tzinfo=UTC)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


@pytest.fixture
def channel(brand):
    return add_channel(brand)


@pytest.fixture
def bea(client, cast):
    client.force_login(cast.bea)
    return client


@pytest.fixture
def august(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def address(name, *numbers):
    return reverse(name, args=["caffe-alba", *numbers])


def slot(channel, weekday=0, clock=time(18, 30), **more) -> Slot:
    return Slot.objects.create(brand=channel.brand, channel=channel, weekday=weekday, clock=clock, **more)


def waiting(channel, by, **more) -> Entry:
    return add(channel.brand, channel, by=by, **({"day": None, "clock": None} | more))


def refused(code, work):
    with pytest.raises(InvalidInput) as raised:
        work()
    assert raised.value.code == code
    assert "%(" not in str(raised.value)


# --- pure ------------------------------------------------------------------------------------------------------


def week(*clocks: time, channel=1, first=MONDAY, days=7, zone=ZONE):
    rows = [Recurring(n, channel, 0, clock) for n, clock in enumerate(clocks, 1)]
    return places(rows, first, first + timedelta(days=days - 1), zone=zone)


def test_a_slot_makes_a_place_every_week_at_its_instant():
    found = week(time(18, 30), days=15)
    assert [place.day for place in found] == [MONDAY + timedelta(days=7 * n) for n in range(3)]
    assert found[0].at == datetime(2046, 9, 3, 16, 30, tzinfo=UTC)


def test_an_entry_occupies_the_nearest_place_within_an_hour_and_only_that():
    found = week(time(12), time(12, 30), time(18))

    def left(*moments):
        taken = [(1, datetime(2046, 9, 3, hour - 2, minute, tzinfo=UTC)) for hour, minute in moments]
        return [
            place.slot.clock.hour * 100 + place.slot.clock.minute for place in free(found, taken, after=LONG_AGO)
        ]

    assert left() == [1200, 1230, 1800]
    assert left((12, 0)) == [1230, 1800]
    assert left((12, 15)) == [1230, 1800]  # as near to both: the earlier
    assert left((12, 16)) == [1200, 1800]
    assert left((17, 1), (18, 59)) == [1200, 1230]
    assert left((17, 0), (19, 0)) == [1200, 1230, 1800]  # a whole hour away is not near
    other = [(2, datetime(2046, 9, 3, 10, tzinfo=UTC))]
    assert len(free(found, other, after=LONG_AGO)) == 3


def test_a_place_that_has_passed_is_not_free():
    found = week(time(12), time(18))
    at_noon = datetime(2046, 9, 3, 10, tzinfo=UTC)
    assert [place.slot.clock for place in free(found, [], after=at_noon)] == [time(18)]


def test_free_agrees_with_a_slow_twin():
    rows = [Recurring(n, n % 2, n % 7, time(n % 24, n * 7 % 60)) for n in range(40)]
    found = places(rows, MONDAY, MONDAY + timedelta(days=20), zone=ZONE)
    start = datetime(2046, 9, 3, tzinfo=UTC)
    taken = [(n % 2, start + timedelta(minutes=n * 97)) for n in range(200)]
    occupied = set()
    for channel, moment in taken:
        near = [p for p in found if p.slot.channel == channel and abs(p.at - moment) < timedelta(hours=1)]
        if near:
            occupied.add(min(near, key=lambda p: (abs(p.at - moment), p.at)))
    slow = [place for place in found if place not in occupied and place.at > LONG_AGO]
    assert free(found, taken, after=LONG_AGO) == slow and 0 < len(slow) < len(found)


@pytest.mark.parametrize(
    ("day", "hour"),
    [(date(2047, 3, 31), 1), (date(2046, 10, 28), 0)],  # skipped: 3:30 summer time; twice: the first 2:30
)
def test_a_slot_in_an_hour_that_is_skipped_or_comes_twice(day, hour):
    rows = [Recurring(1, 1, 6, time(2, 30))]
    (place,) = places(rows, day, day, zone=ZONE)
    assert (place.at.hour, place.at.minute, place.slot.clock) == (hour, 30, time(2, 30))
    assert free([place], [(1, place.at)], after=LONG_AGO) == []


def test_two_slots_that_fall_on_one_instant_are_one_place():
    rows = [Recurring(1, 1, 6, time(2, 30)), Recurring(2, 1, 6, time(3, 30))]
    (spring,) = places(rows, date(2047, 3, 31), date(2047, 3, 31), zone=ZONE)
    assert spring.slot.key == 2
    assert len(places(rows, date(2046, 10, 28), date(2046, 10, 28), zone=ZONE)) == 2


def test_a_place_for_a_format_or_a_pillar_fits_only_these():
    (place,) = places([Recurring(1, 1, 0, time(9), "video", 7)], MONDAY, MONDAY, zone=ZONE)
    assert place.fits("video", 7) and place.fits("video", None)
    assert not place.fits("photo", 7) and not place.fits("video", 8)


# --- keeping ---------------------------------------------------------------------------------------------------


def test_several_days_at_once_all_or_none(bea, brand, channel):
    form = {"channel": channel.pk, "weekdays": ["0", "2"], "clock": "18:30", "format": "photo", "note": "Cup"}
    assert bea.post(address("slot_new"), form).status_code == 302
    assert sorted(Slot.objects.values_list("weekday", "clock", "note")) == [
        (0, time(18, 30), "Cup"),
        (2, time(18, 30), "Cup"),
    ]
    again = bea.post(address("slot_new"), form | {"weekdays": ["1", "2"]})
    assert again.status_code == 422 and "Wednesday 18:30" in again.content.decode()
    assert Slot.objects.count() == 2
    none = bea.post(address("slot_new"), form | {"weekdays": []})
    assert none.status_code == 422
    page = bea.get(address("calendar_slots")).content.decode()
    assert "18:30" in page and "Cup" in page and "2 a week" in page


def test_a_slot_is_changed_and_deleted_and_two_who_edit_it_are_told(bea, cast, brand, channel):
    row, other = slot(channel), slot(channel, clock=time(9))
    form = {"channel": channel.pk, "weekday": "1", "clock": "07:15", "format": "", "note": "", "version": "1"}
    assert bea.post(address("slot_edit", row.pk), form).status_code == 302
    row.refresh_from_db()
    assert (row.weekday, row.clock, row.version) == (1, time(7, 15), 2)
    stale = bea.post(address("slot_edit", row.pk), form | {"note": "Mine"})
    assert stale.status_code == 422 and "Somebody else changed this" in stale.content.decode()
    clash = {"weekday": "0", "clock": "09:00", "version": "2"}
    assert bea.post(address("slot_edit", row.pk), form | clash).status_code == 422
    entry = add(brand, channel, by=cast.bea, day=MONDAY, clock=time(9))
    bea.post(address("slot_delete", other.pk))
    assert Slot.objects.get() == row and Entry.objects.get(pk=entry.pk).clock == time(9)


def test_slots_are_made_of_best_hours_one_by_one(bea, brand, channel):
    add_posts(channel, random_posts(600, seed=1))
    best_times.compute(channel)
    CalendarSettings.objects.create(brand=brand, quiet_from=20, quiet_to=8, per_day=1)
    page = bea.get(address("slots_best", channel.pk), {"n": "4"})
    rows = page.context["rows"]
    assert len(rows) == 4 and len({row["weekday"] for row in rows}) == 4
    assert all(8 <= row["clock"].hour < 20 for row in rows)
    (known,) = selectors.best_times().values()
    allowed = [cell for cell in known.cells if 8 <= cell.hour < 20]
    assert rows[0]["clock"].hour == max(allowed, key=lambda cell: cell.lift).hour
    text = page.content.decode()
    assert rows[0]["lift"] in text and rows[0]["between"] in text and str(page.context["basis"]["grade"]) in text
    first = {"weekday": str(rows[0]["weekday"]), "clock": f"{rows[0]['clock']:%H:%M}"}
    bea.post(address("slots_best", channel.pk), first)
    made = Slot.objects.get()
    assert (made.weekday, made.clock) == (rows[0]["weekday"], rows[0]["clock"])
    after = bea.get(address("slots_best", channel.pk), {"n": "4"}).context["rows"]
    assert rows[0]["weekday"] not in {row["weekday"] for row in after}  # one a day is what the rules allow
    assert (
        bea.post(address("slots_best", channel.pk), {"weekday": "9", "clock": "x"}, follow=True).status_code == 200
    )
    assert Slot.objects.count() == 1


def test_without_best_hours_the_page_tells_what_to_do(bea, brand, channel):
    assert "Nothing is known of its hours yet" in bea.get(address("slots_best", channel.pk)).content.decode()


# --- shown -----------------------------------------------------------------------------------------------------


def test_free_slots_stand_in_the_week_and_lead_to_a_filled_form(bea, cast, brand, channel):
    pillar = ContentPillar.objects.create(brand=brand, name="Roast", share=40)
    row = slot(channel, format="video", pillar=pillar)
    page = bea.get(address("calendar_week"), {"week": str(MONDAY)}).content.decode()
    query = f"?day=2046-09-03&amp;clock=18:30&amp;channel={channel.pk}&amp;format=video&amp;pillar={pillar.pk}"
    assert query in page and f'data-slot="{row.pk}"' in page
    form = bea.get(address("entry_new") + query.replace("&amp;", "&")).content.decode()
    for told in ('value="2046-09-03"', 'value="18:30"', '<option value="video" selected>'):
        assert told in form
    assert f'<option value="{pillar.pk}" selected>' in form
    add(brand, channel, by=cast.bea, day=MONDAY, clock=time(18))
    page = bea.get(address("calendar_week"), {"week": str(MONDAY)}).content.decode()
    assert "data-slot=" not in page
    month = " ".join(bea.get(address("calendar_month"), {"month": "2046-09"}).content.decode().split())
    assert month.count("1 free slot<") == 4  # of five Mondays, and that of October is outside


def test_slots_of_another_channel_or_a_closed_one_are_not_shown(bea, brand, channel):
    slot(channel)
    other = add_channel(brand, "linkedin", "caffe-alba")
    asked = {"week": str(MONDAY), "channel": str(other.pk)}
    assert "data-slot=" not in bea.get(address("calendar_week"), asked).content.decode()
    channel.active = False
    channel.save()
    assert "data-slot=" not in bea.get(address("calendar_week"), {"week": str(MONDAY)}).content.decode()


@pytest.mark.parametrize(("monday", "hour"), [(date(2047, 3, 25), 1), (date(2046, 10, 22), 0)])
def test_the_week_of_the_changed_clock_shows_the_slot_as_meant_and_an_entry_fills_it(
    bea, cast, brand, channel, monday, hour
):
    row = slot(channel, weekday=6, clock=time(2, 30))
    page = bea.get(address("calendar_week"), {"week": str(monday)}).content.decode()
    assert 'data-clock="02:30"' in page
    entry = waiting(channel, cast.bea)
    sunday = monday + timedelta(days=6)
    made, _slot = services.take(entry, row.pk, sunday, by=cast.bea, version=1, now=NOW)
    assert (made.day, made.clock, made.at.hour) == (sunday, time(2, 30), hour)
    assert "data-slot=" not in bea.get(address("calendar_week"), {"week": str(monday)}).content.decode()


# --- taking ----------------------------------------------------------------------------------------------------


def test_the_next_free_slot_is_taken_and_the_step_can_be_taken_back(august, bea, cast, brand, channel):
    slot(channel, weekday=3, note="Cup of the week")
    add(brand, channel, by=cast.bea, day=date(2046, 8, 2), clock=time(18))
    entry = waiting(channel, cast.bea)
    asked = {"what": "slot", "version": "1"}
    told = bea.post(address("entry_place", entry.pk), asked, HTTP_ACCEPT="application/json").json()
    row = Entry.objects.get(pk=entry.pk)
    assert (row.day, row.clock) == (date(2046, 8, 9), time(18, 30))
    assert "18:30" in told["text"] and "Cup of the week" in told["text"]
    bea.post(told["address"], told["undo"], HTTP_ACCEPT="application/json")
    row.refresh_from_db()
    assert (row.day, row.clock) == (None, None)


def test_a_slot_for_another_format_or_pillar_is_passed_over(cast, brand, channel):
    slot(channel, weekday=2, format="video")
    slot(channel, weekday=4)
    entry = waiting(channel, cast.bea, format="photo")
    row, taken = services.take_next(entry, by=cast.bea, version=1, now=NOW)
    assert (row.day.weekday(), taken.weekday) == (4, 4)
    video = waiting(channel, cast.bea, format="video")
    assert services.take_next(video, by=cast.bea, version=1, now=NOW)[0].day.weekday() == 2


def test_what_cannot_be_taken_is_told_with_the_remedy(cast, brand, channel):
    entry = waiting(channel, cast.bea)

    def next_slot(row=entry):
        return lambda: services.take_next(row, by=cast.bea, version=row.version, now=NOW)

    refused("slot_none", next_slot())
    row = slot(channel, format="video")
    refused("slot_unfit", next_slot())
    Slot.objects.update(format="")
    for n in range(8):
        add(brand, channel, by=cast.bea, day=date(2046, 8, 6) + timedelta(days=7 * n), clock=time(18, 30))
    refused("slot_all_taken", next_slot())
    refused("slot_taken", lambda: services.take(entry, row.pk, date(2046, 8, 6), by=cast.bea, version=1, now=NOW))
    refused("slot_gone", lambda: services.take(entry, row.pk, date(2046, 8, 7), by=cast.bea, version=1, now=NOW))
    far = Campaign.objects.create(brand=brand, name="C", start=date(2047, 1, 1), end=date(2047, 2, 1))
    refused("place_campaign_over", next_slot(waiting(channel, cast.bea, campaign=far)))
    refused("best_no_data", lambda: services.take_best(entry, by=cast.bea, version=1, now=NOW))
    Entry.objects.filter(pk=entry.pk).update(status="cancelled")
    refused("place_finished", next_slot(Entry.objects.get(pk=entry.pk)))


def test_who_takes_a_place_for_an_entry_that_changed_meanwhile_is_told(cast, brand, channel):
    slot(channel)
    entry = waiting(channel, cast.bea)
    with pytest.raises(Stale):
        services.take_next(entry, by=cast.bea, version=7, now=NOW)


def test_the_next_slot_lies_within_the_campaign(cast, brand, channel):
    slot(channel)
    campaign = Campaign.objects.create(brand=brand, name="C", start=date(2046, 8, 8), end=date(2046, 8, 30))
    row, _slot = services.take_next(waiting(channel, cast.bea, campaign=campaign), by=cast.bea, version=1, now=NOW)
    assert row.day == date(2046, 8, 13)


def test_the_best_free_hour_is_that_of_the_proposals(august, bea, cast, brand, channel):
    add_posts(channel, random_posts(600, seed=1))
    best_times.compute(channel)
    entry = waiting(channel, cast.bea)
    page = bea.get(address("calendar_propose"), {"entry": entry.pk})
    proposed = page.context["rows"][0]["found"].at
    asked = {"what": "hour", "version": "1"}
    told = bea.post(address("entry_place", entry.pk), asked, HTTP_ACCEPT="application/json").json()
    row = Entry.objects.get(pk=entry.pk)
    assert datetime.combine(row.day, row.clock) == proposed
    assert "against a typical post" in told["text"] and told["undo"]["day"] == ""


def test_many_take_different_slots_all_or_none(august, bea, cast, brand, channel):
    slot(channel)
    rows = [waiting(channel, cast.bea, title=f"T{n}") for n in range(9)]
    told = {"do": "slot", "entry": [row.pk for row in rows]}
    page = bea.post(address("entries_bulk"), told, follow=True).content.decode()
    assert "Nothing was changed." in page and "T8" in page and not Entry.objects.exclude(day=None).exists()
    bea.post(address("entries_bulk"), told | {"entry": [row.pk for row in rows[:3]]})
    assert sorted(Entry.objects.exclude(day=None).values_list("day", flat=True)) == [
        date(2046, 8, 6),
        date(2046, 8, 13),
        date(2046, 8, 20),
    ]


def test_a_drop_on_a_slot_takes_its_hour_and_the_second_is_told(bea, cast, brand, channel):
    row = slot(channel)
    first, second = waiting(channel, cast.bea), waiting(channel, cast.bea)
    asked = {"day": str(MONDAY), "clock": "18:30", "slot": str(row.pk), "version": "1"}
    json = {"HTTP_ACCEPT": "application/json"}
    assert bea.post(address("entry_move", first.pk), asked, **json).status_code == 200
    late = bea.post(address("entry_move", second.pk), asked, **json)
    assert late.status_code == 409 and "taken meanwhile" in late.json()["text"]
    assert Entry.objects.get(pk=first.pk).clock == time(18, 30) and Entry.objects.get(pk=second.pk).day is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["slot", "hour"])
def test_two_people_at_once_never_land_in_the_same_place(transactional_db, what):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time; two at once want PostgreSQL")
    cast = make_cast()
    with brands_in_scope(cast.brand.pk):
        channel = add_channel(cast.brand)
        slot(channel)
        add_posts(channel, random_posts(300, seed=1))
        best_times.compute(channel)
        rows = [waiting(channel, cast.bea, title=f"T{n}") for n in range(4)]
    ready, problems = threading.Barrier(len(rows)), []
    put = services.take_next if what == "slot" else services.take_best

    def take(row):
        try:
            with brands_in_scope(cast.brand.pk):
                ready.wait(timeout=20)
                put(row, by=cast.bea, version=1, now=NOW)
        except (AppError, OSError, threading.BrokenBarrierError) as error:
            problems.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=[row]) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert problems == []
    assert len(set(Entry.across_brands.values_list("day", "clock"))) == len(rows)
