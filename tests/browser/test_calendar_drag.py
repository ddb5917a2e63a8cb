"""Entries are moved in the calendar with the mouse, by keyboard and with a finger; a step can be taken back."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.scoping import brands_in_scope
from calendar_app.models import Entry, Observance, Slot
from strategy.models import Channel
from tests.browser.conftest import View
from tests.calendar_app.calendar_kit import add, add_channel

pytestmark = pytest.mark.browser


@pytest.fixture
def monday(cast):
    """A Monday in a month that is still whole to come, with one entry on it."""
    first = (timezone.localdate().replace(day=1) + timedelta(days=63)).replace(day=1)
    day = first + timedelta(days=(7 - first.weekday()) % 7)
    with brands_in_scope(cast.brand.pk):
        add(cast.brand, add_channel(cast.brand), by=cast.bea, today=timezone.localdate(), title="Plums", day=day)
    return day


def url(cast, day) -> str:
    return reverse("calendar_month", args=[cast.brand.slug]) + f"?month={day:%Y-%m}"


def stored(cast):
    return Entry.across_brands.get(brand=cast.brand).day


def wait_for_day(page, day) -> None:
    expect(page.locator(f'.entry[data-day="{day}"]')).to_be_visible()


def test_with_the_mouse_and_back(look, cast, monday):
    page = look(View(1440, "light", "en"), cast.bea).page
    page.goto(url(cast, monday))
    target = page.locator(f'[data-drop="{monday + timedelta(days=2)}"]')
    page.locator(".entry").drag_to(target)
    wait_for_day(page, monday + timedelta(days=2))
    assert stored(cast) == monday + timedelta(days=2)
    page.get_by_role("button", name="Undo").click()
    wait_for_day(page, monday)
    assert stored(cast) == monday


def test_an_occasion_dragged_to_a_day_begins_an_entry_there(look, cast, monday):
    with brands_in_scope(cast.brand.pk):
        Observance.objects.create(brand=cast.brand, name="Plum fair", day=monday, tone="light")
    page = look(View(1440, "light", "en"), cast.bea).page
    page.goto(url(cast, monday))
    there = monday + timedelta(days=2)
    page.get_by_role("link", name="Plum fair").drag_to(page.locator(f'[data-drop="{there}"]'))
    expect(page.get_by_label("Title")).to_have_value("Plum fair")
    expect(page.get_by_label("Day", exact=False).first).to_have_value(str(there))


def test_by_keyboard(look, cast, monday):
    page = look(View(1440, "light", "en"), cast.bea).page
    page.goto(url(cast, monday))
    page.locator(".entry").focus()
    page.keyboard.press("Alt+ArrowDown")
    wait_for_day(page, monday + timedelta(days=7))
    page.keyboard.press("Alt+ArrowRight")
    wait_for_day(page, monday + timedelta(days=8))
    assert stored(cast) == monday + timedelta(days=8)


def test_to_the_backlog(look, cast, monday):
    page = look(View(1440, "light", "en"), cast.bea).page
    page.goto(url(cast, monday))
    page.locator(".entry").drag_to(page.locator("#backlog-title"))
    expect(page.locator(".backlog .entry")).to_be_visible()
    assert stored(cast) is None


def test_a_click_still_opens_the_entry(look, cast, monday):
    page = look(View(1440, "light", "en"), cast.bea).page
    page.goto(url(cast, monday))
    page.locator(".entry").click()
    expect(page.get_by_role("heading", name="Plums")).to_be_visible()


def test_with_a_finger_that_stays_a_while(look, cast, monday):
    page = look(View(1440, "light", "en"), cast.bea).page
    page.goto(url(cast, monday))
    page.evaluate(
        """async ([from, to]) => {
          const card = document.querySelector(from), place = document.querySelector(to);
          const at = (one) => {
            const box = one.getBoundingClientRect();
            return { clientX: box.x + 20, clientY: box.y + box.height / 2 };
          };
          const touch = { bubbles: true, cancelable: true, pointerType: "touch", button: 0 };
          card.dispatchEvent(new PointerEvent("pointerdown", { ...touch, ...at(card) }));
          await new Promise((done) => setTimeout(done, 450));
          card.dispatchEvent(new PointerEvent("pointermove", { ...touch, ...at(place) }));
          card.dispatchEvent(new PointerEvent("pointerup", { ...touch, ...at(place) }));
        }""",
        [".entry", f'[data-drop="{monday + timedelta(days=3)}"]'],
    )
    wait_for_day(page, monday + timedelta(days=3))
    assert stored(cast) == monday + timedelta(days=3)


def test_the_second_who_drags_is_told(look, cast, monday):
    page = look(View(1440, "light", "en"), cast.bea).page
    page.goto(url(cast, monday))
    Entry.across_brands.update(version=5, day=monday + timedelta(days=4))
    page.locator(".entry").drag_to(page.locator(f'[data-drop="{monday + timedelta(days=2)}"]'))
    expect(page.locator(".toast-note")).to_contain_text("Somebody else moved")
    wait_for_day(page, monday + timedelta(days=4))


# --- slots -----------------------------------------------------------------------------------------------------


@pytest.fixture
def slot(cast, monday):
    """A slot on the Wednesday of that week, and one on the Friday."""
    with brands_in_scope(cast.brand.pk):
        told = {"brand": cast.brand, "channel": Channel.objects.get(), "clock": time(12, 15)}
        Slot.objects.create(**told, weekday=4)
        return Slot.objects.create(**told, weekday=2)


def week(cast, day) -> str:
    return reverse("calendar_week", args=[cast.brand.slug]) + f"?week={day}"


def stood(cast):
    entry = Entry.across_brands.get(brand=cast.brand)
    return entry.day, entry.clock


def test_on_a_slot_with_the_mouse_and_back(look, cast, monday, slot):
    page = look(View(1440, "light", "en"), cast.bea).page
    page.goto(week(cast, monday))
    wednesday = monday + timedelta(days=2)
    page.locator(".entry").drag_to(page.locator(f'[data-slot="{slot.pk}"]'))
    wait_for_day(page, wednesday)
    assert stood(cast) == (wednesday, time(12, 15))
    expect(page.locator(f'[data-slot="{slot.pk}"]')).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    wait_for_day(page, monday)
    assert stood(cast) == (monday, time(18, 30))


def test_a_slot_of_another_channel_is_only_a_part_of_its_day(look, cast, monday, slot):
    with brands_in_scope(cast.brand.pk):
        Slot.objects.update(channel=add_channel(cast.brand, "linkedin", "caffe-alba"))
    page = look(View(1440, "light", "en"), cast.bea).page
    page.goto(week(cast, monday))
    page.locator(".entry").drag_to(page.locator(f'[data-slot="{slot.pk}"]'))
    wait_for_day(page, monday + timedelta(days=2))
    assert stood(cast) == (monday + timedelta(days=2), time(18, 30))


def test_from_slot_to_slot_by_keyboard(look, cast, monday, slot):
    page = look(View(1440, "light", "en"), cast.bea).page
    page.goto(week(cast, monday))
    page.locator(".entry").focus()
    page.keyboard.press("Alt+Shift+ArrowDown")
    wait_for_day(page, monday + timedelta(days=2))
    expect(page.locator(".entry")).to_be_focused()
    page.keyboard.press("Alt+Shift+ArrowDown")
    wait_for_day(page, monday + timedelta(days=4))
    page.keyboard.press("Alt+Shift+ArrowUp")
    wait_for_day(page, monday + timedelta(days=2))
    assert stood(cast) == (monday + timedelta(days=2), time(12, 15))


def test_from_the_backlog_into_the_next_free_slot_and_back(look, cast, monday, slot):
    Entry.across_brands.update(day=None, clock=None, at=None)
    page = look(View(1440, "light", "en"), cast.bea).page
    page.goto(week(cast, monday))
    page.locator(".backlog").get_by_role("button", name="Next free slot").click()
    expect(page.locator(".toast-note")).to_contain_text("in a free slot of Instagram")
    day, clock = stood(cast)
    assert day.weekday() in (2, 4) and clock == time(12, 15)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".backlog .entry")).to_be_visible()
    page.locator(".backlog .entry").focus()
    page.keyboard.press("Alt+KeyN")
    expect(page.locator(".backlog .entry")).to_have_count(0)
    assert stood(cast) == (day, clock)


def test_on_the_entrys_own_page_with_what_to_do_where_nothing_is_free(look, cast, monday):
    page = look(View(1440, "light", "en"), cast.bea).page
    page.goto(reverse("entry_detail", args=[cast.brand.slug, Entry.across_brands.get().pk]))
    page.get_by_role("button", name="Next free slot").click()
    expect(page.locator(".toast-note")).to_contain_text("no recurring slots yet")
    with brands_in_scope(cast.brand.pk):
        Slot.objects.create(brand=cast.brand, channel=Channel.objects.get(), weekday=2, clock=time(7))
    page.get_by_role("button", name="Next free slot").click()
    expect(page.get_by_role("heading", name="07:00")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="18:30")).to_be_visible()
    assert stood(cast) == (monday, time(18, 30))


# --- one day ---------------------------------------------------------------------------------------------------


def hours(cast, day) -> str:
    return reverse("calendar_day", args=[cast.brand.slug]) + f"?day={day}"


def test_between_the_hours_of_a_day_with_the_mouse_and_back(look, cast, monday):
    page = look(View(1440, "light", "en"), cast.bea).page
    page.goto(hours(cast, monday))
    page.locator(".entry").drag_to(page.locator('[data-hour][data-clock="15:00"]'))
    expect(page.locator('.entry[data-clock="15:00"]')).to_be_visible()
    expect(page.locator(".toast-note")).to_contain_text("15:00")
    assert stood(cast) == (monday, time(15))
    page.get_by_role("button", name="Undo").click()
    expect(page.locator('.entry[data-clock="18:30"]')).to_be_visible()
    assert stood(cast) == (monday, time(18, 30))


def test_between_the_hours_of_a_day_by_keyboard(look, cast, monday):
    page = look(View(1440, "light", "en"), cast.bea).page
    page.goto(hours(cast, monday))
    page.locator(".entry").focus()
    for key, clock in (
        ("ArrowDown", "18:45"),
        ("ArrowRight", "19:45"),
        ("ArrowUp", "19:30"),
        ("ArrowLeft", "18:30"),
    ):
        page.keyboard.press(f"Alt+{key}")
        expect(page.locator(f'.entry[data-clock="{clock}"]')).to_be_focused()
    assert stood(cast) == (monday, time(18, 30))


def test_an_entry_without_an_hour_gets_the_first_that_is_not_quiet(look, cast, monday):
    Entry.across_brands.update(clock=None)
    page = look(View(1440, "light", "en"), cast.bea).page
    page.goto(hours(cast, monday))
    page.locator(".entry").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator('.entry[data-clock="07:00"]')).to_be_focused()
    page.locator(".entry").drag_to(page.locator('[data-drop][data-clock=""]'))
    expect(page.locator('.entry[data-clock=""]')).to_be_visible()
    assert stood(cast) == (monday, None)
