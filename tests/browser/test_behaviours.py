"""What the pages do under the hands: by keyboard, by finger, and without JavaScript."""

import os
import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Job, User
from accounts.scoping import brands_in_scope
from tests.browser.conftest import View
from tests.browser.pages import computed_hours
from tests.cast import PASSWORD

pytestmark = pytest.mark.browser
WIDE = View(1440, "light", "en")
PHONE = View(390, "light", "en")


@pytest.fixture
def running_job(cast) -> Job:
    with brands_in_scope(cast.brand.pk):
        return Job.objects.create(
            brand=cast.brand, kind="analytics.roi_report", state="running", progress=0.25, payload={"report": 1}
        )


def address(cast, name: str, *more: int) -> str:
    return reverse(name, args=[cast.brand.slug, *more])


def theme_of(page) -> str | None:
    return page.locator("html").get_attribute("data-bs-theme")


def test_signing_in_and_out_by_keyboard(look, cast):
    looked = look(WIDE)
    page = looked.page
    page.goto("/")
    page.wait_for_url("**/accounts/login/**")
    page.get_by_label("E-mail address").fill("bea@nord.example")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    expect(page.locator(".banner-bad")).to_be_visible()
    assert looked.faults() == []
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address(cast, 'brand_overview')}")
    page.locator(".rail-foot summary").focus()
    page.keyboard.press("Enter")
    assert looked.faults() == []
    page.get_by_role("button", name="Sign out").press("Enter")
    page.wait_for_url("**/accounts/login/**")


def test_the_first_tab_leads_past_the_rail(look, cast):
    page = look(WIDE, cast.bea).page
    page.goto(reverse("me"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Go to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize("view", [WIDE, PHONE], ids=str)
def test_open_menus_have_no_fault(look, cast, view):
    looked = look(view, cast.ada)
    looked.page.goto(address(cast, "desk"))
    for menu in looked.page.locator("details[data-menu] > summary:visible").all():
        menu.click()
        assert looked.faults() == []
        looked.page.keyboard.press("Escape")
        expect(looked.page.locator("details[data-menu][open]")).to_have_count(0)


def test_the_brand_is_switched_by_keyboard(look, cast):
    page = look(WIDE, cast.ada).page
    page.goto(address(cast, "brand_overview"))
    page.locator(".rail > .switcher summary").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('brand_overview', args=[cast.other_brand.slug])}")


def test_a_chosen_theme_is_kept_and_sent_by_the_server(look, cast):
    page = look(WIDE, cast.bea).page
    page.goto(reverse("me"))
    assert theme_of(page) == "light"
    page.locator(".rail-foot summary").click()
    page.get_by_role("button", name="Dark").click()
    assert theme_of(page) == "dark"
    text = page.context.request.get(reverse("me")).text()
    assert re.search(r'<html[^>]* data-bs-theme="dark"', text), "a page that loads light first would flash"


def test_the_page_follows_the_system_until_a_theme_is_chosen(look):
    page = look(View(1440, "dark", "en")).page
    page.goto("/accounts/login/")
    assert theme_of(page) == "dark"
    page.emulate_media(color_scheme="light")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")


def test_the_language_is_switched_before_signing_in(look):
    page = look(WIDE).page
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Italiano").click()
    expect(page.locator("html")).to_have_attribute("lang", "it")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "it")


def test_the_map_is_walked_with_the_arrow_keys(look, cast):
    computed_hours(cast)
    page = look(WIDE, cast.bea).page
    page.goto(address(cast, "best_times"))
    first = page.locator("[data-day='0'][data-hour='0']")
    first.focus()
    expect(page.locator(".heat-sentence")).to_contain_text("Monday 00:00")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".heat-sentence")).to_contain_text("Tuesday 01:00")
    page.keyboard.press("End")
    expect(page.locator(".heat-sentence")).to_contain_text("Tuesday 23:00")
    assert page.locator("[data-heatmap] td[tabindex='0']").count() == 1


def test_on_a_phone_the_map_is_turned_and_tapped(look, cast):
    computed_hours(cast)
    page = look(PHONE, cast.bea).page
    page.goto(address(cast, "best_times"))
    monday, tuesday, later = (
        page.locator(f"[data-day='{day}'][data-hour='{hour}']").bounding_box()
        for day, hour in ((0, 9), (1, 9), (0, 10))
    )
    assert monday["y"] == pytest.approx(tuesday["y"], abs=1), "days stand side by side"
    assert monday["x"] == pytest.approx(later["x"], abs=1), "hours run down"
    page.locator("[data-day='2'][data-hour='9']").tap()
    expect(page.locator(".heat-sentence")).to_contain_text("Wednesday 09:00")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".heat-sentence")).to_contain_text("Wednesday 10:00")


def test_leaving_what_was_typed_asks_first(look, cast):
    page = look(WIDE, cast.bea).page
    page.goto(reverse("me"))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_label("Name").fill("Beatrix")
    page.locator(".rail-mark").click()
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Your settings are saved.")).to_be_visible()
    assert User.objects.get(pk=cast.bea.pk).name == "Beatrix"
    assert asked == ["beforeunload"], "saving asks nothing"


def test_a_job_shows_how_far_it_is_and_leads_to_its_result(look, cast, running_job):
    looked = look(WIDE, cast.bea)
    page = looked.page
    page.goto(address(cast, "job", running_job.pk))
    expect(page.locator("progress")).to_have_attribute("value", re.compile(r"^0\.25"))
    Job.across_brands.filter(pk=running_job.pk).update(progress=0.5)
    expect(page.locator("progress")).to_have_attribute("value", re.compile(r"^0\.5"))
    Job.across_brands.filter(pk=running_job.pk).update(state="errored", error_code="job_broke")
    expect(page.get_by_role("button", name="Start again")).to_be_visible()
    assert looked.faults() == []


def test_a_job_can_be_followed_without_javascript(look, cast, running_job):
    page = look(WIDE, cast.bea, java_script_enabled=False).page
    page.goto(address(cast, "job", running_job.pk))
    Job.across_brands.filter(pk=running_job.pk).update(progress=0.75)
    page.get_by_role("link", name="Look again").click()
    expect(page.locator("progress")).to_have_attribute("value", re.compile(r"^0\.75"))


def test_a_part_that_fails_says_so_in_a_toast(look, cast, running_job):
    page = look(WIDE, cast.bea).page
    page.goto(address(cast, "job", running_job.pk))
    page.route("**/jobs/**", lambda route: route.fulfill(status=500, body="broken"))
    expect(page.locator(".toast-note").first).to_contain_text("That did not work")


def test_removing_asks_first_and_the_safe_answer_has_the_focus(look, cast):
    cast.bea.emailaddress_set.create(email="bea@other.example")
    looked = look(WIDE, cast.bea)
    page = looked.page
    page.goto(reverse("account_email"))
    page.get_by_label("bea@other.example").check()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("dialog")).to_contain_text("Remove this address?")
    expect(page.get_by_role("button", name="Cancel")).to_be_focused()
    assert looked.faults() == []
    page.keyboard.press("Enter")
    assert cast.bea.emailaddress_set.filter(email="bea@other.example").exists()
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("dialog").get_by_role("button", name="Yes").click()
    expect(page.get_by_label("bea@other.example")).to_have_count(0)


def insert(page, template: str, **context) -> None:
    """Put a component on the page that is open; the behaviours listen on the whole document."""
    html = f"<form id=tried>{render_to_string(f'components/{template}.html', context)}</form>"
    page.evaluate("html => document.querySelector('#main').insertAdjacentHTML('beforeend', html)", html)


def test_files_are_listed_and_sent_with_their_last_change_in_order(look, cast, tmp_path):
    looked = look(WIDE, cast.bea)
    page = looked.page
    page.goto(reverse("me"))
    insert(page, "dropzone", name="files", multiple=True, help="CSV or Excel")
    for name, moment in (("b.csv", 1_700_000_000), ("a.csv", 1_600_000_000)):
        (tmp_path / name).write_text("x" * 2000)
        os.utime(tmp_path / name, (moment, moment))
    page.locator("#tried input[type=file]").set_input_files([tmp_path / "b.csv", tmp_path / "a.csv"])
    expect(page.locator(".dropzone-list li")).to_contain_text(["b.csv", "a.csv"])
    sent = page.locator("#tried input[name=modified]").evaluate_all("fields => fields.map(f => f.value)")
    assert sent == ["2023-11-14T22:13:20.000Z", "2020-09-13T12:26:40.000Z"]
    assert looked.faults() == []


def test_a_dropped_file_is_taken(look, cast):
    page = look(WIDE, cast.bea).page
    page.goto(reverse("me"))
    insert(page, "dropzone", name="files", multiple=True, help="CSV or Excel")
    carried = page.evaluate_handle(
        "() => { const d = new DataTransfer(); d.items.add(new File(['x'], 'posts.csv')); return d; }"
    )
    page.dispatch_event("[data-dropzone]", "drop", {"dataTransfer": carried})
    expect(page.locator(".dropzone-list")).to_contain_text("posts.csv")
    assert page.locator("#tried input[type=file]").evaluate("field => field.files.length") == 1


def test_a_copied_text_is_on_the_clipboard_and_told(look, cast):
    page = look(WIDE, cast.bea, permissions=["clipboard-read", "clipboard-write"]).page
    page.goto(reverse("me"))
    page.evaluate(
        "document.querySelector('#main').insertAdjacentHTML('beforeend', '<button data-copy=\"utm\">c</button>')"
    )
    page.locator("[data-copy]").click()
    expect(page.locator(".toast-note")).to_contain_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == "utm"


def test_the_rail_becomes_a_bar_with_at_most_five_places_on_a_phone(look, cast):
    page = look(PHONE, cast.ada).page
    page.goto(address(cast, "desk"))
    shown = page.locator(".rail-list > li:visible")
    assert 1 < shown.count() <= 5
    boxes = [place.bounding_box() for place in shown.all()]
    assert all(box["y"] + box["height"] == pytest.approx(844, abs=2) for box in boxes), "at the bottom edge"
    assert all(box["height"] >= 44 for box in boxes)


def test_between_phone_and_desk_the_rail_shows_icons_with_their_names_on_focus(look, cast):
    looked = look(View(1024, "light", "en"), cast.ada)
    page = looked.page
    page.goto(address(cast, "desk"))
    link = page.get_by_role("link", name="Best times", exact=True)
    assert page.locator(".rail").bounding_box()["width"] <= 80
    assert link.bounding_box()["width"] <= 60
    link.focus()
    assert looked.faults() == []
