"""Every page in a real browser: readable, quiet, of one host, and no wider than its window."""

import pytest

from tests.browser.conftest import VIEWS
from tests.browser.pages import PAGES, Shown

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("shown", PAGES, ids=str)
def test_a_page_has_no_fault(look, cast, shown: Shown):
    user = getattr(cast, shown.person) if shown.person else None
    path = shown.prepare(cast)
    faults = {}
    for view in VIEWS:
        looked = look(view, user)
        response = looked.page.goto(path)
        assert response.status == shown.status
        assert looked.page.locator("html").get_attribute("lang") == view.language
        if found := looked.faults():
            faults[str(view)] = found
    assert faults == {}
