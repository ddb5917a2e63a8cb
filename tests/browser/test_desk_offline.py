"""The desk without a network, and after another person has signed in on the same device."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Error, Page, expect

from tests.browser.conftest import View
from tests.cast import PASSWORD
from tests.smm import desk_kit

PHONE = View(390, "light", "en")
KEPT = """async () => {
  const names = await caches.keys();
  const held = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return held.flat().map((request) => request.url);
}"""

WORKERS = "async () => (await navigator.serviceWorker.getRegistrations()).length"


def until(page: Page, is_so: Callable[[], bool]) -> None:
    for _ in range(100):
        if is_so():
            return
        page.wait_for_timeout(100)
    pytest.fail(f"not within ten seconds: {page.evaluate(KEPT)}")


@pytest.fixture
def task(cast):
    campaign = desk_kit.add_campaign(cast.brand)
    version = desk_kit.add_version(campaign, at=timezone.now())
    return desk_kit.hand(version, desk_kit.add_task(campaign, timezone.now().date() + timedelta(days=1)))


def open_desk(page, cast, task) -> str:
    """Open it and wait until it and the task are kept; returns the task's address."""
    page.goto(reverse("desk", args=[cast.brand.slug]))
    address = reverse("desk_task", args=[cast.brand.slug, task.pk])
    until(page, lambda: any(url.endswith(address) for url in page.evaluate(KEPT)))
    return address


def test_the_desk_and_its_tasks_open_without_a_network(look, cast, task):
    page = look(PHONE, cast.carlo, service_workers="allow").page
    address = open_desk(page, cast, task)
    page.context.set_offline(True)
    page.goto(reverse("desk", args=[cast.brand.slug]))
    expect(page.get_by_role("heading", name="Desk", exact=True)).to_be_visible()
    expect(page.get_by_text("No connection. You see this page as of")).to_be_visible()
    page.goto(address)
    expect(page.get_by_text("The autumn roast is here")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.desk-facts')).display") == "grid"
    page.context.set_offline(False)


def test_after_signing_out_nothing_of_the_desk_is_left_for_the_next_person(look, cast, task):
    page = look(PHONE, cast.carlo, service_workers="allow").page
    address = open_desk(page, cast, task)
    page.goto("/accounts/logout/")
    page.locator("main form button").click()
    page.wait_for_url("**/accounts/login/**")
    until(page, lambda: page.evaluate("caches.keys()") == [] and page.evaluate(WORKERS) == 0)

    page.get_by_label("E-mail").fill(cast.dario.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    page.goto("/desk/")
    until(page, lambda: page.evaluate(KEPT) != [])
    assert [url for url in page.evaluate(KEPT) if address in url] == []
    page.context.set_offline(True)
    with pytest.raises(Error):
        page.goto(address)
    page.context.set_offline(False)


def test_a_preview_keeps_nothing_and_a_brief_is_not_fetched_unasked(look, cast, task):
    page = look(PHONE, cast.carlo, service_workers="allow").page
    open_desk(page, cast, task)
    assert [url for url in page.evaluate(KEPT) if "/briefs/" in url] == []
    manager = look(PHONE, cast.bea, service_workers="allow").page
    manager.goto(reverse("desk", args=[cast.brand.slug]) + f"?as={cast.carlo.pk}")
    manager.wait_for_timeout(500)
    assert manager.evaluate(WORKERS) == 0
