"""A manager makes a link, and the client comments and approves by it on his phone, without an account."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.scoping import brands_in_scope
from calendar_app.models import Comment, Entry, Review, ShareLink
from tests.browser.conftest import View
from tests.browser.look_at import keep_picture
from tests.calendar_app import share_kit
from tests.calendar_app.calendar_kit import add_channel

pytestmark = pytest.mark.browser


@pytest.fixture
def entry(cast):
    with brands_in_scope(cast.brand.pk):
        return share_kit.in_review(cast, add_channel(cast.brand), title="The autumn roast")


def address_made_by(look, cast) -> str:
    """The manager's part: the form, and the page that shows the address once."""
    looked = look(View(1440, "light", "en"), cast.bea)
    page = looked.page
    page.goto(reverse("calendar_month", args=[cast.brand.slug]))
    page.get_by_role("link", name="Links for clients").click()
    page.get_by_role("link", name="Make the first one").click()
    page.get_by_label("For whom").fill("Ms Rossi")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Copy the address")).to_be_visible()
    assert looked.faults() == []
    keep_picture(looked, "address of a link")
    found = page.locator("#share-address").inner_text()
    page.reload()
    expect(page.locator("#share-address")).to_have_count(0)
    return urlsplit(found).path


def test_a_client_comments_and_approves_on_his_phone(look, cast, entry):
    path = address_made_by(look, cast)
    looked = look(View(390, "light", "it"))
    page = looked.page
    page.goto(path)
    expect(page.get_by_text("1 post waits for your approval")).to_be_visible()
    page.get_by_role("link", name="The autumn roast").first.click()
    comment = page.locator("#comments")
    comment.get_by_label("Your name").fill("Anna Rossi")
    comment.get_by_label("Your comment").fill("A lovely picture!")
    comment.get_by_role("button", name="Comment").click()
    expect(page.get_by_text("Your comment is with the team.")).to_be_visible()
    assert looked.faults() == []
    decide = page.locator("#decide")
    expect(decide.get_by_text("You write as Anna Rossi.")).to_be_visible()
    decide.get_by_role("button", name="Ask for changes").click()
    expect(decide.get_by_text("Say in a word what should change.")).to_be_visible()
    assert looked.faults() == []
    decide.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved, thank you. The team is told.")).to_be_visible()
    keep_picture(looked, "client, approved")
    assert looked.faults() == []
    assert Entry.across_brands.get(pk=entry.pk).status == "approved"
    assert Comment.across_brands.get().guest == Review.across_brands.get().guest == "Anna Rossi"
    assert ShareLink.across_brands.get().last_used_at is not None


def test_enter_in_the_name_decides_nothing(look, cast, entry):
    _link, secret = share_kit.make(cast.brand, by=cast.bea)
    page = look(View(390, "dark", "en")).page
    page.goto(reverse("share_entry", args=[secret, entry.pk]))
    page.locator("#guest-decide").fill("Anna Rossi")
    page.locator("#guest-decide").press("Enter")
    expect(page.locator("#guest-decide")).to_have_value("Anna Rossi")
    assert not Review.across_brands.exists()
