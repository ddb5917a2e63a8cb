"""Painting the hours online: by mouse, by finger, by keyboard, as text, and without JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.scoping import brands_in_scope
from strategy.models import Audience
from tests.browser.conftest import View

pytestmark = pytest.mark.browser
WIDE = View(1440, "light", "en")
ITALIAN_PHONE = View(390, "light", "it")


def opened(page: Page, cast) -> Page:
    page.goto(reverse("audience_new", args=[cast.brand.slug]))
    page.locator("#id_name").fill("Giulia")
    page.locator("#section-hours > summary").click()
    return page


def cell(page: Page, day: int, hour: int):
    return page.locator(f"[data-hours-grid] td[data-day='{day}'][data-hour='{hour}']")


def drag(page: Page, first, last) -> None:
    for place, move in ((first, page.mouse.move), (last, page.mouse.move)):
        box = place.bounding_box()
        move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, **({"steps": 12} if place is last else {}))
        if place is first:
            page.mouse.down()
    page.mouse.up()


def saved_hours(page: Page, cast) -> list[int]:
    page.locator(".form-actions .btn-primary").click()
    page.wait_for_url("**/audiences/*/")
    with brands_in_scope(cast.brand.pk):
        return Audience.objects.get().online_hours


def test_a_drag_paints_the_hours_that_it_crosses_and_a_second_one_wipes_them(look, cast):
    looked = look(WIDE, cast.bea)
    page = opened(looked.page, cast)
    cell(page, 0, 7).scroll_into_view_if_needed()
    drag(page, cell(page, 0, 7), cell(page, 0, 10))
    expect(page.locator("#id_online_hours")).to_have_value("Mon: 7-11 often")
    drag(page, cell(page, 0, 9), cell(page, 0, 10))
    page.get_by_label("mostly").check(force=True)
    cell(page, 1, 20).click()
    assert looked.faults() == []
    hours = saved_hours(page, cast)
    assert {place: level for place, level in enumerate(hours) if level} == {7: 2, 8: 2, 44: 3}


def test_the_keyboard_paints_and_a_working_day_is_copied(look, cast):
    page = opened(look(WIDE, cast.bea).page, cast)
    cell(page, 0, 0).focus()
    for key in ("ArrowRight", "3", "Shift+ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#id_online_hours")).to_have_value("Mon: 1-3 often\nTue: 2-3 often")
    page.get_by_role("button", name="Monday to all working days").click()
    hours = saved_hours(page, cast)
    assert [hours[day * 24 + 1 : day * 24 + 4] for day in (0, 4, 5)] == [[2, 2, 0], [2, 2, 0], [0, 0, 0]]


def test_text_paints_the_grid_in_the_language_of_the_page(look, cast):
    page = opened(look(ITALIAN_PHONE, cast.bea).page, cast)
    page.locator(".hours-text > summary").click()
    page.locator("#id_online_hours").fill("Sab-Dom: 9-11 quasi sempre")
    expect(cell(page, 6, 10)).to_have_attribute("data-level", "3")
    cell(page, 5, 12).click()
    text = "Sab: 9-11 quasi sempre, 12-13 spesso\nDom: 9-11 quasi sempre"
    expect(page.locator("#id_online_hours")).to_have_value(text)


def test_without_javascript_the_text_is_enough(cast, client):
    client.force_login(cast.bea)
    url = reverse("audience_new", args=[cast.brand.slug])
    page = client.get(url).content.decode()
    assert 'id="id_online_hours"' in page
    client.post(url, {"name": "Giulia", "weight": 1, "version": 1, "online_hours": "Fri: 18-20 sometimes"})
    with brands_in_scope(cast.brand.pk):
        assert sum(Audience.objects.get().online_hours) == 2
