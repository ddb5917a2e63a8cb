"""What worked in a real browser: the charts are drawn, and a finding goes into the form of a lesson."""

import pytest

from tests.browser import effects_pages
from tests.browser.conftest import VIEWS
from tests.browser.look_at import keep_picture

pytestmark = pytest.mark.browser
IN_ENGLISH = [view for view in VIEWS if view.language == "en"]


@pytest.mark.parametrize("view", IN_ENGLISH, ids=str)
def test_the_charts_are_drawn_and_a_finding_becomes_a_lesson(look, cast, view):
    looked = look(view, cast.bea)
    page = looked.page
    page.goto(effects_pages.report(cast))
    page.locator("[data-chart='chart-format']").scroll_into_view_if_needed()
    page.wait_for_selector("[data-chart='chart-format'][data-drawn]")
    assert page.locator("#chart-format .points path").count() == len(effects_pages.FORMATS)
    assert page.locator("#chart-format .errorbars path, #chart-format .errorbar path").count() > 0
    keep_picture(looked, f"what-worked-chart-{view}")
    assert looked.faults() == []
    page.get_by_role("link", name="Make it a lesson").first.click()
    page.wait_for_url("**/lessons/new/**")
    assert page.locator("#id_finding").input_value().startswith("Carousels brought")
