"""Every page in a wide window, in a real browser: readable, quiet, of one host, and no wider than its window."""

import pytest

from tests.browser.look_at import faults_of, views_of
from tests.browser.pages import PAGES, Shown

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("shown", PAGES, ids=str)
def test_a_page_has_no_fault(look, cast, shown: Shown):
    faults = faults_of(shown, views_of(shown, wide=True), look, cast)
    assert not faults, "\n".join(faults)
