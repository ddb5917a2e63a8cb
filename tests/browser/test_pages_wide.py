"""Every page in a wide window, in a real browser: readable, quiet, of one host, and no wider than its window."""

import pytest

from tests.browser.conftest import VIEWS
from tests.browser.look_at import faults_of
from tests.browser.pages import PAGES, Shown

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("shown", PAGES, ids=str)
def test_a_page_has_no_fault(look, cast, shown: Shown):
    faults = faults_of(shown, [view for view in VIEWS if view.width > 600], look, cast)
    assert not faults, "\n".join(faults)
