"""The strategy and the calendar on paper: the sheet alone, on white, without the tools around it."""

import os
import re
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.scoping import brands_in_scope
from calendar_app.models import Entry
from strategy.models import Channel
from tests.browser.conftest import View
from tests.calendar_app import calendar_kit
from tests.strategy.personas import add_strategy

pytestmark = pytest.mark.browser


def test_paper_shows_the_sheet_alone(look, cast):
    with brands_in_scope(cast.brand.pk):
        add_strategy(cast.brand)
    page = look(View(1440, "dark", "en"), cast.bea).page
    page.goto(reverse("strategy_document", args=[cast.brand.slug]))
    page.emulate_media(media="print")
    for hidden in (".rail", ".page-head", ".tabs", ".paper-side", ".paper-languages"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".paper-title")).to_be_visible()
    ground, ink = (
        page.evaluate(f"getComputedStyle(document.querySelector('{where}')).{what}")
        for where, what in ((".paper", "backgroundColor"), (".paper p", "color"))
    )
    assert ground == "rgb(255, 255, 255)"
    assert sum(map(int, ink.removeprefix("rgb(").removesuffix(")").split(", "))) < 300
    if folder := os.environ.get("TIMONE_SHOTS"):
        page.set_viewport_size({"width": 794, "height": 1123})
        page.screenshot(path=Path(folder) / "paper.png", full_page=True)


# --- the calendar ----------------------------------------------------------------------------------------------


@pytest.fixture
def full_month(cast):
    """A month of six weeks in which every day holds more than it shows."""
    with brands_in_scope(cast.brand.pk):
        calendar_kit.lived_in(cast)
        channel = Channel.objects.first()
        days = [date(2046, 7, 1) + timedelta(days=n) for n in range(31)]
        titles = (f"A title that is about as long as titles are, number {n}" for n in range(500))
        Entry.objects.bulk_create(
            Entry(brand=cast.brand, channel=channel, title=next(titles), day=day, clock=time(9 + n))
            for day in days
            for n in range(7)
        )


def paper(page, name: str) -> bytes:
    made = page.pdf(prefer_css_page_size=True)
    if folder := os.environ.get("TIMONE_SHOTS"):
        (Path(folder) / f"{name}.pdf").write_bytes(made)
    return made


def sheets(made: bytes) -> list[tuple[float, float]]:
    """Width and height of each page of a PDF that Chromium wrote."""
    boxes = re.findall(rb"/Type /Page\b(?!s).*?/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", made, re.S)
    return [(float(width), float(height)) for width, height in boxes]


@pytest.mark.parametrize("colour", ["", "channel"])
def test_a_full_month_is_one_sheet_that_lies(look, cast, full_month, colour):
    page = look(View(1440, "dark", "it"), cast.bea).page
    page.goto(reverse("calendar_month", args=[cast.brand.slug]) + f"?month=2046-07&colour={colour}")
    ((width, height),) = sheets(paper(page, f"month-{colour}"))
    assert (round(width), round(height)) == (842, 595)
    page.emulate_media(media="print")
    for hidden in (".rail", ".tabs", ".saved-views", ".desk-filter", ".day-add", ".backlog", ".calendar-nav .btn"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".paper-only")).to_be_visible()
    expect(page.locator(".entry")).to_have_count(31 * 5 + page.locator(".backlog .entry").count())
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.entry-title')).fontSize)")
    assert size >= 9.3  # 7 points


def test_the_list_lies_too_and_leaves_its_tools_out(look, cast, full_month):
    page = look(View(1440, "light", "en"), cast.bea).page
    page.goto(reverse("calendar_list", args=[cast.brand.slug]))
    found = sheets(paper(page, "list"))
    assert 1 <= len(found) <= 3 and {(round(width), round(height)) for width, height in found} == {(842, 595)}
    page.emulate_media(media="print")
    for hidden in ("#entries fieldset", "#entries tbody input", ".desk-filter", ".tabs"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator("#entries tbody tr").first).to_be_visible()
