"""The strategy on paper: the sheet alone, on white, without the tools around it."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.scoping import brands_in_scope
from tests.browser.conftest import View
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
