"""Looks at one page; `test_pages_wide` and `test_pages_phone` do so with every page.

Each page is seen wide in English and narrow in Italian, one of them light and the other dark, by turns from page
to page. TIMONE_VIEWS=all looks at each width in two languages and themes; TIMONE_SHOTS=folder keeps pictures.
"""

import os
from pathlib import Path

from tests.browser.conftest import VIEWS, Look, Looked, View
from tests.browser.pages import PAGES, Shown
from tests.cast import Cast


def views_of(shown: Shown, *, wide: bool) -> list[View]:
    if os.environ.get("TIMONE_VIEWS") == "all":
        return [view for view in VIEWS if (view.width > 600) == wide]
    theme = ("light", "dark")[(PAGES.index(shown) + wide) % 2]
    return [View(1440, theme, "en") if wide else View(390, theme, "it")]


def faults_of(shown: Shown, views: list[View], look: Look, cast: Cast) -> list[str]:
    """Everything that is wrong with a page in these views."""
    user = getattr(cast, shown.person) if shown.person else None
    path = shown.prepare(cast)
    faults = []
    for view in views:
        looked = look(view, user)
        response = looked.page.goto(path)
        assert response.status == shown.status
        assert looked.page.locator("html").get_attribute("lang") == (shown.language or view.language)
        keep_picture(looked, f"{shown}-{view}")
        faults += [f"{view}: {fault}" for fault in looked.faults()]
    return faults


def keep_picture(looked: Looked, name: str) -> None:
    if folder := os.environ.get("TIMONE_SHOTS"):
        looked.page.screenshot(path=Path(folder) / f"{name.replace(' ', '-')}.png", full_page=True)
