"""Every component in a real browser, and what its script does by keyboard and pointer under the strict policy."""

import pytest

from tests.browser.conftest import VIEWS
from tests.browser.look_at import keep_picture

pytestmark = pytest.mark.browser
VIEW = VIEWS[0]


@pytest.fixture
def open_guide(look, cast, settings):
    settings.ROOT_URLCONF = "tests.browser.styleguide"

    def opened(view=VIEW, query=""):
        looked = look(view, cast.bea)
        looked.page.goto(f"/styleguide/{query}")
        return looked

    return opened


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_every_component_is_without_fault(open_guide, view):
    looked = open_guide(view, "?errors")
    looked.page.locator("[data-chart]").scroll_into_view_if_needed()
    looked.page.wait_for_selector("[data-chart][data-drawn]")
    keep_picture(looked, f"styleguide-{view}")
    assert looked.faults() == []


def test_a_chart_follows_the_theme(open_guide):
    page = open_guide().page
    page.locator("[data-chart]").scroll_into_view_if_needed()
    page.wait_for_selector("[data-chart][data-drawn]")
    tick = page.locator("#sample-chart .xtick text").first
    before = tick.evaluate("e => getComputedStyle(e).fill")
    page.locator(".rail-foot summary").click()
    page.locator(".rail-foot [data-theme=dark]").click()
    page.wait_for_function(
        "c => getComputedStyle(document.querySelector('#sample-chart .xtick text')).fill !== c", arg=before
    )
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_the_map_is_walked_by_keys(open_guide):
    page = open_guide().page
    page.locator("td[data-day='0'][data-hour='0']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert page.locator(".heat-sentence").inner_text().startswith("Tuesday 01:00")
    page.keyboard.press("End")
    assert page.locator(".heat-sentence").inner_text().startswith("Tuesday 23:00")
    assert page.locator("td[data-day][tabindex='0']").count() == 1


def test_a_menu_opens_and_closes_by_keys(open_guide):
    page = open_guide().page
    summary = page.locator(".rail-foot summary")
    summary.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.pop') !== null")
    page.keyboard.press("Escape")
    assert not page.locator(".rail-foot details").evaluate("e => e.open")
    assert summary.evaluate("e => e === document.activeElement")


def test_chosen_files_are_listed_and_sent_with_their_last_change(open_guide, tmp_path):
    page = open_guide().page
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_text("a,b\n" * 400)
    page.set_input_files("input[name=files]", [tmp_path / "one.csv", tmp_path / "two.csv"])
    assert page.locator(".dropzone-list li").count() == 2
    assert "1.6 kB" in page.locator(".dropzone-list li").first.inner_text()
    stamps = page.locator("input[name=modified]").evaluate_all("all => all.map((e) => e.value)")
    assert len(stamps) == 2
    assert all(stamp.endswith("Z") for stamp in stamps)


def test_a_toast_is_read_out_and_goes_by_its_button(open_guide):
    page = open_guide().page
    page.evaluate("document.dispatchEvent(new CustomEvent('toast', {detail: {text: 'Saved.'}}))")
    assert page.locator(".toasts[aria-live=polite]").inner_text().startswith("Saved.")
    page.locator(".toast-note button").click()
    assert page.locator(".toast-note").count() == 0


def test_a_question_is_asked_before_a_form_is_sent(open_guide):
    page = open_guide().page
    page.evaluate("document.querySelector('main form[data-guard]').dataset.confirm = 'Really?'")
    page.locator("main form[data-guard] .btn-primary").click()
    assert page.locator("dialog.ask[open]").inner_text().startswith("Really?")
    assert page.evaluate("document.activeElement.value") == "no"
    page.keyboard.press("Enter")
    assert page.locator("dialog.ask[open]").count() == 0
    assert page.url.endswith("/styleguide/")
