"""Saved views, the page of one day, and the colours of the cards."""

import doctest
from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from accounts.models import BrandRole
from accounts.scoping import brands_in_scope
from analytics.services import best_times
from calendar_app import clocks, words
from calendar_app.models import Entry, SavedView, Slot
from strategy.models import Campaign, ContentPillar
from tests.analytics.posts import add_posts, random_posts
from tests.calendar_app.calendar_kit import add, add_channel, lived_in

MONDAY = date(2046, 9, 3)


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


def address(name, *numbers):
    return reverse(name, args=["caffe-alba", *numbers])


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


# --- saved views -----------------------------------------------------------------------------------------------


def keep(client, **form):
    told = {"name": "Reels", "kind": "week", "query": "status=draft&colour=pillar&week=2046-09-03&x=1"} | form
    return client.post(address("calendar_view_new"), told)


def test_a_view_keeps_filter_page_and_colour_but_no_day(bea, brand):
    form = bea.get(address("calendar_view_new"), {"kind": "week", "status": "draft", "week": "2046-09-03"})
    assert 'value="status=draft"' in text_of(form) and 'value="week"' in text_of(form)
    assert keep(bea).status_code == 302
    row = SavedView.objects.get()
    assert (row.kind, row.query, row.shared) == ("week", "status=draft&colour=pillar", False)
    opened = bea.get(address("calendar_view", row.pk))
    assert opened.url == address("calendar_week") + f"?status=draft&colour=pillar&view={row.pk}"
    page = text_of(bea.get(opened.url))
    assert 'aria-current="true"' in page and "Rename or share" in page
    moved = page.split('rel="next"')[0].rsplit("href=", 1)[1]
    assert f"view={row.pk}" in moved and "status=draft" in moved


def test_a_name_is_used_once_by_each_person(bea, cast, client, brand):
    keep(bea)
    again = keep(bea)
    assert again.status_code == 422 and "a view of that name already" in text_of(again)
    client.force_login(cast.ada)
    assert keep(client).status_code == 302 and SavedView.objects.count() == 2
    wrong = keep(client, name="Other", kind="year")
    assert wrong.status_code == 422 and SavedView.objects.count() == 2


def test_a_shared_view_is_seen_by_all_changed_by_its_author_and_deleted_by_the_owner_too(bea, cast, brand):
    keep(bea)
    row = SavedView.objects.get()
    ada = type(bea)()
    ada.force_login(cast.ada)
    assert ada.get(address("calendar_view", row.pk)).status_code == 404
    assert "Reels" not in text_of(ada.get(address("calendar_month")))
    told = {"name": "All reels", "shared": "on", "version": "1"}
    assert bea.post(address("calendar_view_edit", row.pk), told).status_code == 302
    stale = bea.post(address("calendar_view_edit", row.pk), told | {"name": "Late"})
    assert stale.status_code == 422 and "Somebody else changed this" in text_of(stale)
    page = text_of(ada.get(address("calendar_month")))
    assert "All reels" in page and "by Bea" in page
    assert ada.get(address("calendar_view", row.pk)).status_code == 302
    assert ada.post(address("calendar_view_edit", row.pk), told).status_code == 404
    carlo = BrandRole.objects.get(membership__user=cast.carlo)
    carlo.role = "smm"
    carlo.save()
    other = type(bea)()
    other.force_login(cast.carlo)
    assert other.get(address("calendar_view", row.pk)).status_code == 302
    assert other.post(address("calendar_view_delete", row.pk)).status_code == 404
    assert ada.post(address("calendar_view_delete", row.pk)).status_code == 302
    assert not SavedView.objects.exists()


def test_what_was_deleted_since_is_left_out_with_a_word(bea, cast, brand, channel):
    pillar = ContentPillar.objects.create(brand=brand, name="Roast", share=40)
    query = f"pillar={pillar.pk}&channel={channel.pk}&person={cast.carlo.pk}&status=draft"
    keep(bea, query=query)
    row = SavedView.objects.get()
    assert f"pillar={pillar.pk}" in bea.get(address("calendar_view", row.pk)).url
    pillar.delete()
    BrandRole.objects.filter(membership__user=cast.carlo).delete()
    opened = bea.get(address("calendar_view", row.pk))
    assert opened.url == address("calendar_week") + f"?channel={channel.pk}&status=draft&view={row.pk}"
    assert "is gone: pillar, person." in text_of(bea.get(opened.url))


# --- day -------------------------------------------------------------------------------------------------------


def rows_of(page):
    return {row["clock"].hour: row for row in page.context["hours"]}


def test_a_day_shows_its_hours_entries_free_slots_and_what_has_no_hour(bea, cast, brand, channel):
    campaign = Campaign.objects.create(brand=brand, name="Autumn", start=MONDAY, end=MONDAY)
    add(brand, channel, by=cast.bea, day=MONDAY, clock=time(18, 30), title="Plums", campaign=campaign)
    add(brand, channel, by=cast.bea, day=MONDAY, clock=None, title="Any time")
    add(brand, channel, by=cast.bea, day=MONDAY + timedelta(days=1), title="Tomorrow")
    Slot.objects.create(brand=brand, channel=channel, weekday=0, clock=time(9, 15))
    Slot.objects.create(brand=brand, channel=channel, weekday=0, clock=time(18, 15))
    page = bea.get(address("calendar_day"), {"day": str(MONDAY)})
    rows = rows_of(page)
    assert [card["entry"].title for card in rows[18]["cards"]] == ["Plums"]
    assert [each["row"].clock for each in rows[9]["free"]] == [time(9, 15)] and rows[18]["free"] == []
    assert [card["entry"].title for card in page.context["all_day"]] == ["Any time"]
    assert page.context["total"] == 2 and len(rows) == 24
    assert "Autumn" in text_of(page) and "Tomorrow" not in text_of(page)
    assert (page.context["before"], page.context["after"]) == ("2046-09-02", "2046-09-04")


def test_best_hours_of_every_channel_stand_beside_their_hours(bea, brand, channel):
    for number, each in enumerate((channel, add_channel(brand, "linkedin", "caffe-alba"))):
        add_posts(each, random_posts(400, seed=number))
        best_times.compute(each)
    page = bea.get(address("calendar_day"), {"day": str(MONDAY)})
    told = [best for row in page.context["hours"] for best in row["best"]]
    assert {best["channel"].pk for best in told} == {each["channel"].pk for each in page.context["known"]}
    assert len(told) == 6 and all(best["lift"].startswith("+") and best["low"] and best["high"] for best in told)
    assert f"{told[0]['lift']}</strong>" in text_of(page) and str(told[0]["grade"]) in text_of(page)
    one = bea.get(address("calendar_day"), {"day": str(MONDAY), "channel": str(channel.pk)})
    assert {best["channel"] for row in one.context["hours"] for best in row["best"]} == {channel}


@pytest.mark.parametrize(
    ("day", "odd", "told"),
    [
        (date(2047, 3, 31), "skipped", "goes out later by as much"),
        (date(2046, 10, 28), "twice", "goes out the first time"),
    ],
)
def test_a_day_on_which_the_clock_changes_tells_what_becomes_of_that_hour(
    bea, cast, brand, channel, day, odd, told
):
    add(brand, channel, by=cast.bea, day=day, clock=time(2, 30), title="Night")
    Slot.objects.create(brand=brand, channel=channel, weekday=6, clock=time(2, 45))
    Slot.objects.create(brand=brand, channel=channel, weekday=6, clock=time(5))
    page = bea.get(address("calendar_day"), {"day": str(day)})
    rows = rows_of(page)
    assert rows[2]["odd"] == odd and [row["odd"] for row in rows.values()].count(odd) == 1
    assert [card["entry"].title for card in rows[2]["cards"]] == ["Night"]
    assert rows[2]["free"] == [] and len(rows[5]["free"]) == 1  # 2:30 fills the slot of 2:45
    assert told in text_of(page)
    assert doctest.testmod(clocks).failed == 0


@pytest.mark.parametrize("day", ["x", "0001-01-01", "9999-12-31", ""])
def test_whatever_day_is_asked_for_there_is_a_page(bea, brand, day):
    assert bea.get(address("calendar_day"), {"day": day}).status_code == 200


def test_a_full_day_shows_what_fits_and_asks_no_more(bea, cast, brand, channel, django_assert_max_num_queries):
    lived_in(cast)
    Entry.objects.bulk_create(
        Entry(brand=brand, channel=channel, title=f"E{n}", day=MONDAY, clock=time(n % 24)) for n in range(300)
    )
    with django_assert_max_num_queries(15):
        page = bea.get(address("calendar_day"), {"day": str(MONDAY)})
    shown = sum(len(row["cards"]) for row in page.context["hours"])
    assert shown == 200 and page.context["more"] == 100


def test_a_share_that_is_nearly_nought_has_no_minus():
    assert [words.share(value) for value in (-0.004, 0.0, 0.126, -0.1)] == ["+0 %", "+0 %", "+13 %", "−10 %"]


# --- colours ---------------------------------------------------------------------------------------------------


def legend(page):
    return [(each.number, each.broken, each.name) for each in page.context["legend"]]


def test_cards_are_coloured_with_the_name_beside_and_a_legend(bea, cast, brand, channel):
    roast, water = (ContentPillar.objects.create(brand=brand, name=name, share=20) for name in ("Roast", "Water"))
    for pillar in (water, roast, None):
        add(brand, channel, by=cast.bea, day=MONDAY, pillar=pillar)
    asked = {"month": "2046-09", "colour": "pillar"}
    page = bea.get(address("calendar_month"), asked)
    assert legend(page) == [(0, False, "no pillar"), (1, False, "Roast"), (2, False, "Water")]
    text = text_of(page)
    assert 'has-colour paint-2"' in text and text.count('entry-of">Water<') == 1
    assert 'colour=pillar"' in text  # kept in the address of the next month
    only = bea.get(address("calendar_month"), asked | {"pillar": str(water.pk)})
    assert legend(only) == [(2, False, "Water")]  # the same colour as beside the others
    for name in ("calendar_week", "calendar_day", "calendar_list", "calendar_board"):
        page = bea.get(address(name), asked | {"week": str(MONDAY), "day": str(MONDAY)})
        assert (2, False, "Water") in legend(page) and "paint-2" in text_of(page), name
    assert "has-colour" not in text_of(bea.get(address("calendar_month"), {"month": "2046-09", "colour": "x"}))


@pytest.mark.parametrize("by", ["channel", "campaign", "status"])
def test_other_things_colour_the_cards_too(bea, cast, brand, channel, by):
    campaign = Campaign.objects.create(brand=brand, name="Autumn", start=MONDAY, end=MONDAY)
    add(brand, channel, by=cast.bea, day=MONDAY, campaign=campaign)
    page = bea.get(address("calendar_month"), {"month": "2046-09", "colour": by})
    name = {"channel": str(channel), "campaign": "Autumn", "status": "draft"}[by]
    assert [each.name for each in page.context["legend"]] == [name]


def test_the_ninth_value_has_a_broken_edge(bea, cast, brand, channel):
    pillars = [ContentPillar.objects.create(brand=brand, name=f"P{n}", share=1) for n in range(9)]
    add(brand, channel, by=cast.bea, day=MONDAY, pillar=pillars[8])
    page = bea.get(address("calendar_month"), {"month": "2046-09", "colour": "pillar"})
    assert legend(page) == [(1, True, "P8")]
