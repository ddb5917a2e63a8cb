"""Entries are moved in the calendar with the mouse, by keyboard and with a finger; a step can be taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.scoping import brands_in_scope
from calendar_app.models import Entry
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
