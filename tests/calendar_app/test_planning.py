"""Hours proposed within the rules, the mix and its hints, days that matter, and the pages that show them."""

import doctest
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.scoping import brands_in_scope
from analytics.services import best_times
from calendar_app import mix, observances, proposals, selectors
from calendar_app.mix import Planned
from calendar_app.models import CalendarSettings, Entry, Observance, OnPurpose, Slot
from calendar_app.proposals import Cell, Rules, Wanted, propose
from strategy.models import Campaign
from tests.analytics.posts import add_posts, random_posts
from tests.calendar_app.calendar_kit import TODAY, add, add_channel, lived_in

MONDAY = date(2046, 9, 3)
AFTER = datetime(2046, 9, 1)
WEEK = {"first": MONDAY, "last": MONDAY + timedelta(days=6), "after": AFTER}


def cells(**lifts: float) -> list[Cell]:
    """A week in which only some hours are known to be good: `d0h18=0.5`."""
    found = {(d, h): Cell(d, h, 0.0, -0.1, 0.1, 20) for d in range(7) for h in range(24)}
    for name, lift in lifts.items():
        day, hour = (int(part) for part in name[1:].split("h"))
        found[day, hour] = Cell(day, hour, lift, lift - 0.1, lift + 0.1, 20)
    return list(found.values())


def plan(n=1, *, known=None, taken=(), rules=None, **span):
    wanted = [Wanted(key, 1) for key in range(n)]
    known = {1: cells(d0h18=0.5, d2h12=0.3)} if known is None else known
    return propose(wanted, cells=known, taken=taken, rules=rules or Rules(explore=0), **(WEEK | span))


# --- hours -----------------------------------------------------------------------------------------------------


def test_the_best_free_hours_are_taken_in_turn():
    assert doctest.testmod(proposals).failed == 0 and doctest.testmod(proposals).attempted == 1
    first, second = plan(2)
    assert (first.why, first.at) == ("best", datetime(2046, 9, 3, 18))
    assert (second.why, second.at) == ("next_best", datetime(2046, 9, 5, 12))
    assert (second.given_up.lift, second.reason) == (0.5, "taken")


def test_what_is_planned_already_keeps_its_distance():
    (found,) = plan(taken=[(1, datetime(2046, 9, 3, 16, 30))])
    assert (found.at, found.reason, found.given_up.hour) == (datetime(2046, 9, 5, 12), "gap", 18)
    (found,) = plan(taken=[(2, datetime(2046, 9, 3, 18, 5))])  # another channel: no two posts at once
    assert (found.at, found.reason) == (datetime(2046, 9, 5, 12), "taken")


def test_a_full_day_is_full():
    taken = [(1, datetime(2046, 9, 3, 8)), (1, datetime(2046, 9, 3, 12))]
    (found,) = plan(taken=taken)
    assert (found.at, found.reason) == (datetime(2046, 9, 5, 12), "per_day")


@pytest.mark.parametrize(
    ("rules", "at"),
    [
        (Rules(quiet_from=17, quiet_to=20, explore=0), datetime(2046, 9, 5, 12)),
        (Rules(quiet_from=17, quiet_to=13, explore=0), datetime(2046, 9, 3, 13)),
        (Rules(quiet_from=0, quiet_to=0, explore=0), datetime(2046, 9, 3, 18)),
    ],
)
def test_quiet_hours_are_kept(rules, at):
    assert plan(rules=rules)[0].at == at


def test_working_days_only_and_never_in_the_past():
    weekend = {1: cells(d5h10=0.9)}
    assert plan(known=weekend)[0].at == datetime(2046, 9, 8, 10)
    assert plan(known=weekend, rules=Rules(weekends=False, explore=0))[0].at.weekday() < 5
    assert plan(after=datetime(2046, 9, 3, 18))[0].at == datetime(2046, 9, 5, 12)


def test_a_stated_share_tries_hours_of_which_little_is_known():
    week = cells(d0h18=0.5)
    week = [cell._replace(posts=1, high=0.8) if (cell.day, cell.hour) == (3, 15) else cell for cell in week]
    found = plan(4, known={1: week}, rules=Rules(explore=0.25))
    assert [each.why for each in found].count("explore") == 1
    assert found[3].at == datetime(2046, 9, 6, 15)


def test_without_data_or_room_nothing_is_made_up():
    assert plan(known={})[0].why == "no_data"
    (found,) = plan(last=MONDAY, taken=[(1, datetime(2046, 9, 3, 8)), (1, datetime(2046, 9, 3, 12))])
    assert (found.why, found.at, found.reason) == ("no_room", None, "per_day")


# --- mix -------------------------------------------------------------------------------------------------------


def entry(key, day, *, hour=None, **more) -> Planned:
    at = datetime(2046, 9, day, hour) if hour is not None else None
    told = {"channel": 1, "pillar": None, "format": "photo", "campaign": None} | more
    return Planned(key, date(2046, 9, day), at, **told)


def codes(rows, *, campaigns=(), solemn=None, first=1, last=30):
    span = {"first": date(2046, 9, first), "last": date(2046, 9, last)}
    return [hint.code for hint in mix.hints(rows, **span, campaigns=campaigns, solemn=solemn or {})]


def test_shares_stand_beside_what_is_wanted():
    rows = mix.shares(["a", "a", "b"], {"a": 0.5, "c": 0.2})
    assert [(row.key, row.n, round(row.share, 2), row.wanted) for row in rows] == [
        ("a", 2, 0.67, 0.5),
        ("b", 1, 0.33, None),
        ("c", 0, 0.0, 0.2),
    ]


def test_hints_tell_what_stands_out():
    busy = [entry(n, n, hour=9, format=("photo", "video")[n % 2]) for n in range(1, 31)]
    assert codes(busy) == []
    assert codes([row for row in busy if row.day.day not in (10, 11, 12)]) == ["empty_days"]
    assert codes([*busy, entry(99, 5, hour=9)]) == ["collision"]
    assert codes([*busy, entry(99, 5, hour=9, channel=2)]) == []
    alike = [entry(n, n, hour=9, format=str(n), pillar=7 if n < 4 else n + 10) for n in range(1, 31)]
    assert codes(alike) == ["in_a_row"]
    sells = [*busy[1:], entry(1, 1, hour=9, format="video", sells=True)]
    assert codes(sells, solemn={date(2046, 9, 1): "Day of mourning"}) == ["solemn"]


def test_an_occasion_that_is_missed_is_told_in_the_span_alone():
    busy = [entry(n, n, hour=9, format=("photo", "video")[n % 2]) for n in range(1, 31) if n != 8]
    told = {date(2046, 9, 8): "Patron’s day", date(2046, 9, 9): "Founding day", date(2046, 10, 1): "Coffee day"}
    span = {"first": date(2046, 9, 1), "last": date(2046, 9, 30)}
    (found,) = mix.hints(busy, **span, campaigns=[], solemn={}, occasions=told)
    assert (found.code, found.day, found.facts["name"]) == ("missed", date(2046, 9, 8), "Patron’s day")


def test_the_page_leads_from_a_missed_day_to_its_entry_and_takes_it_as_meant(bea, cast):
    with brands_in_scope(cast.brand.pk):
        day = timezone.localdate() + timedelta(days=1)
        Observance.objects.create(brand=cast.brand, name="Founding day", day=day, tone="light")
        Observance.objects.create(brand=cast.brand, name="Day of mourning", day=day, tone="solemn")
    page = bea.get(reverse("calendar_mix", args=["caffe-alba"]), {"month": f"{day:%Y-%m}"}).content.decode()
    assert "Nothing is planned for Founding day" in page and "mourning" not in page
    assert f"?day={day}&amp;title=Founding+day" in page
    bea.post(reverse("calendar_on_purpose", args=["caffe-alba"]), {"key": f"missed:{day}"})
    page = bea.get(reverse("calendar_mix", args=["caffe-alba"]), {"month": f"{day:%Y-%m}"}).content.decode()
    assert "1 on purpose" in page


def test_a_campaign_that_runs_dry_is_told_in_its_last_third():
    busy = [
        entry(n, n, hour=9, format=("photo", "video")[n % 2], campaign=1 if n < 10 else None) for n in range(1, 31)
    ]
    campaign = (1, "Autumn", date(2046, 9, 1), date(2046, 9, 30))
    assert codes(busy, campaigns=[campaign]) == ["campaign_dry"]
    assert codes([*busy, entry(99, 29, hour=15, campaign=1, format="text")], campaigns=[campaign]) == []


# --- days ------------------------------------------------------------------------------------------------------


def test_holidays_are_those_of_the_country_and_region_in_the_readers_language():
    assert doctest.testmod(observances).failed == 0
    span = (date(2026, 12, 1), date(2026, 12, 31))
    told = {day.day: day.name for day in observances.days(*span, countries=["IT-MI"], language="it")}
    assert (told[date(2026, 12, 7)], told[date(2026, 12, 25)]) == ("Sant'Ambrogio", "Natale")
    without = observances.days(*span, countries=["IT"], language="en")
    assert date(2026, 12, 7) not in {day.day for day in without}


def test_shipped_days_name_who_proclaimed_them_and_move_as_they_should():
    for row in observances.known():
        assert row["by"] and row["url"].startswith("https://") and set(row["name"]) == {"en", "it"}, row
        assert row["tone"] in ("solemn", "neutral", "light") and row["kind"] in ("institutional", "awareness")
    year = observances.days(date(2027, 1, 1), date(2027, 12, 31), countries=[], language="en")
    told = {day.name: day.day for day in year}
    assert told["Good Friday"] == date(2027, 3, 26)
    assert told["Black Friday"] == date(2027, 11, 26)
    assert told["Mother’s Day (second Sunday of May)"] == date(2027, 5, 9)
    assert not [day for day in observances.days(date(1990, 1, 1), date(1990, 12, 31), countries=[], language="en")
                if day.name == "World Bee Day"]  # fmt: skip


# --- pages -----------------------------------------------------------------------------------------------------


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


@pytest.fixture
def bea(client, cast):
    client.force_login(cast.bea)
    return client


def address(name, *numbers):
    return reverse(name, args=["caffe-alba", *numbers])


@pytest.fixture
def computed(brand):
    channel = add_channel(brand)
    add_posts(channel, random_posts(600, seed=1))
    best_times.compute(channel)
    return channel


def test_proposed_hours_are_accepted_all_or_none(bea, cast, brand, computed):
    rows = [add(brand, computed, by=cast.bea, day=None, clock=None, title=f"T{n}") for n in range(3)]
    page = bea.get(address("calendar_propose"), {"first": "2046-09-03", "last": "2046-09-16"})
    found = [(row["entry"].pk, row["found"].at) for row in page.context["rows"]]
    assert len(found) == 3 and len({at for _key, at in found}) == 3
    assert "against a typical post" in page.content.decode()
    told = {"take": [str(key) for key, _at in found]}
    for key, at in found:
        told |= {f"day-{key}": f"{at:%Y-%m-%d}", f"clock-{key}": f"{at:%H:%M}", f"version-{key}": "1"}
    stale = bea.post(address("calendar_propose"), told | {f"version-{rows[2].pk}": "9"}, follow=True)
    assert (
        "Nothing was changed." in stale.content.decode() and not Entry.objects.filter(day__isnull=False).exists()
    )
    bea.post(address("calendar_propose"), told)
    assert {(row.pk, datetime.combine(row.day, row.clock)) for row in Entry.objects.all()} == set(found)
    assert bea.get(address("calendar_propose"), {"first": "x", "last": "1990-01-01"}).status_code == 200


def test_cells_of_another_clock_are_moved_to_the_brands(brand, computed):
    (known,) = selectors.best_times().values()
    moved = selectors.on_brand_clock(known, brand, now=timezone.now())
    known.result.time_zone = "UTC"
    at = datetime(2026, 7, 1, tzinfo=ZoneInfo("UTC"))
    shifted = selectors.on_brand_clock(known, brand, now=at)
    assert moved == known.cells
    assert (shifted[0].hour, shifted[0].lift) == ((known.cells[0].hour + 2) % 24, known.cells[0].lift)


def test_settings_are_checked_and_kept(bea, brand):
    form = {"countries": "it-mi, nl", "quiet_from": "21", "quiet_to": "8", "per_day": "1", "gap_hours": "6"}
    assert bea.post(address("calendar_settings"), form | {"explore": "70"}).status_code == 422
    assert bea.post(address("calendar_settings"), form | {"explore": "10", "countries": "ZZ"}).status_code == 422
    assert bea.post(address("calendar_settings"), form | {"explore": "10"}).status_code == 302
    row = CalendarSettings.objects.get()
    assert (row.countries, row.quiet_from, row.weekends, row.explore) == (["IT-MI", "NL"], 21, False, 10)
    page = bea.get(address("calendar_month"), {"month": "2026-12"}).content.decode()
    assert "Saint Ambrose" in page or "Ambrogio" in page


def test_a_day_of_ones_own_is_shown_every_year(bea, brand):
    bea.post(
        address("own_day_new"), {"name": "Founding day", "day": "2020-02-29", "yearly": "on", "tone": "light"}
    )
    assert "Founding day" in bea.get(address("calendar_month"), {"month": "2028-02"}).content.decode()
    assert "Founding day" not in bea.get(address("calendar_month"), {"month": "2027-02"}).content.decode()
    row = Observance.objects.get()
    bea.post(
        address("own_day_edit", row.pk), {"name": "Opening", "day": "2020-03-01", "tone": "light", "version": "1"}
    )
    assert Observance.objects.get().name == "Opening"
    bea.post(address("own_day_delete", row.pk))
    assert not Observance.objects.exists()


def test_a_hint_is_put_aside_and_told_again(bea, cast, brand):
    today = timezone.localdate()
    Campaign.objects.create(brand=brand, name="Dry", start=today, end=today + timedelta(days=5))
    page = bea.get(address("calendar_mix"), {"month": f"{today + timedelta(days=5):%Y-%m}"})
    keys = [hint["key"] for hint in page.context["hints"]]
    dry = next(key for key in keys if key.startswith("dry:"))
    bea.post(address("calendar_on_purpose"), {"key": dry})
    page = bea.get(address("calendar_mix"), {"month": f"{today + timedelta(days=5):%Y-%m}"})
    assert [hint["key"] for hint in page.context["aside"]] == [dry]
    bea.post(address("calendar_on_purpose"), {"key": dry, "back": "1"})
    assert not OnPurpose.objects.exists()


def test_a_month_shows_only_what_fits_and_asks_the_same_for_a_full_one(
    bea, cast, brand, computed, django_assert_max_num_queries
):
    lived_in(cast)
    campaign = Campaign.objects.get(name="Autumn roast")
    Entry.objects.bulk_create(
        Entry(
            brand=brand,
            channel=computed,
            campaign=campaign,
            title=f"E{n}",
            day=date(2046, 9, n % 28 + 1),
            clock=time(n % 24),
        )
        for n in range(2000)
    )
    Slot.objects.bulk_create(
        Slot(brand=brand, channel=computed, weekday=n % 7, clock=time(n // 7, 45)) for n in range(100)
    )
    with django_assert_max_num_queries(15):
        page = bea.get(address("calendar_month"), {"month": "2046-09"})
    boxes = [box for week in page.context["weeks"] for box in week if box["cards"]]
    assert len(boxes) == 28 and all(len(box["cards"]) == 5 for box in boxes)
    assert sum(len(box["cards"]) + box["more"] for box in boxes) == page.context["total"] == 2000
    for name in ("calendar_week", "calendar_list", "calendar_board", "calendar_mix"):
        with django_assert_max_num_queries(15):
            assert bea.get(address(name), {"month": "2046-09", "week": "2046-09-03"}).status_code == 200, name


def test_filters_narrow_every_view(bea, cast, brand):
    lived_in(cast)
    for name in ("calendar_month", "calendar_week", "calendar_list", "calendar_board"):
        page = bea.get(address(name), {"q": "water"}).content.decode()
        assert "A question about water" in page and "Roasting day" not in page, name
    assert "Dropped" in bea.get(address("calendar_list"), {"status": "cancelled"}).content.decode()
    assert "Dropped" not in bea.get(address("calendar_list")).content.decode()
    table = bea.get(address("calendar_export"), {"q": "water"}).content.decode()
    assert table.startswith("\ufeffdate,time,platform,account,format,title") and "A question about water" in table


@pytest.mark.parametrize(
    "query", [{"month": "9999-12"}, {"month": "x"}, {"month": "2076-01"}, {"channel": "9" * 40}]
)
def test_whatever_month_is_asked_for_there_is_a_page(bea, cast, query):
    assert bea.get(address("calendar_month"), query).status_code == 200
    assert bea.get(address("calendar_week"), {"week": query.get("month", "")}).status_code == 200


def test_today_is_the_brands(bea, cast, brand):
    assert (
        bea.get(address("calendar_month")).context["today"]
        == timezone.now().astimezone(ZoneInfo(cast.brand.time_zone)).date()
    )
    assert TODAY.year == 2046
