"""Every page in a real browser: readable, quiet, of one host, and no wider than its window.

With TIMONE_SHOTS=folder, pictures of all pages in all views are kept there.
"""

import os
from pathlib import Path

import pytest

from tests.browser.conftest import VIEWS, Looked
from tests.browser.pages import PAGES, Shown

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("shown", PAGES, ids=str)
def test_a_page_has_no_fault(look, cast, shown: Shown):
    user = getattr(cast, shown.person) if shown.person else None
    path = shown.prepare(cast)
    faults = []
    for view in VIEWS:
        looked = look(view, user)
        response = looked.page.goto(path)
        assert response.status == shown.status
        assert looked.page.locator("html").get_attribute("lang") == view.language
        keep_picture(looked, f"{shown}-{view}")
        faults += [f"{view}: {fault}" for fault in looked.faults()]
    assert not faults, "\n".join(faults)


def keep_picture(looked: Looked, name: str) -> None:
    if folder := os.environ.get("TIMONE_SHOTS"):
        looked.page.screenshot(path=Path(folder) / f"{name.replace(' ', '-')}.png", full_page=True)
