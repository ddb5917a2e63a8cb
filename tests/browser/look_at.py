"""Looks at one page in several views; `test_pages_wide` and `test_pages_phone` do so with every page.

With TIMONE_SHOTS=folder, pictures of all pages in all views are kept there.
"""

import os
from pathlib import Path

from tests.browser.conftest import Look, Looked, View
from tests.browser.pages import Shown
from tests.cast import Cast


def faults_of(shown: Shown, views: list[View], look: Look, cast: Cast) -> list[str]:
    """Everything that is wrong with a page in these views."""
    user = getattr(cast, shown.person) if shown.person else None
    path = shown.prepare(cast)
    faults = []
    for view in views:
        looked = look(view, user)
        response = looked.page.goto(path)
        assert response.status == shown.status
        assert looked.page.locator("html").get_attribute("lang") == view.language
        keep_picture(looked, f"{shown}-{view}")
        faults += [f"{view}: {fault}" for fault in looked.faults()]
    return faults


def keep_picture(looked: Looked, name: str) -> None:
    if folder := os.environ.get("TIMONE_SHOTS"):
        looked.page.screenshot(path=Path(folder) / f"{name.replace(' ', '-')}.png", full_page=True)
