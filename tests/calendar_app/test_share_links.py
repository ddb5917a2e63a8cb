"""Links for clients: made, kept as a hash, prolonged, renewed, taken back; and what the team sees of a client."""

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.errors import InvalidInput
from accounts.logs import ContextFilter
from accounts.models import AuditEvent, Notification
from accounts.notices import word
from accounts.scoping import brands_in_scope
from calendar_app.models import Comment, ShareLink
from calendar_app.services import approvals, guests, shares
from calendar_app.views.shares import SECRET_COOKIE
from strategy.models import Campaign
from tests.calendar_app import share_kit
from tests.calendar_app.calendar_kit import add_channel


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


@pytest.fixture
def bea(client, cast):
    client.force_login(cast.bea)
    return client


def url(name, *numbers):
    return reverse(name, args=["caffe-alba", *numbers])


def posted(**changed):
    values = share_kit.values(**changed)
    ticks = {name: "on" for name in ("may_comment", "may_approve", "drafts") if values.pop(name)}
    return {**values, "campaign": values["campaign"] or "", "until": str(values["until"]), **ticks}


def refused(code, field, work):
    with pytest.raises(InvalidInput) as raised:
        work()
    assert (raised.value.code, raised.value.facts.get("field")) == (code, field)


# --- making and keeping ------------------------------------------------------------------------------------------


def test_the_address_is_shown_once_and_stored_only_as_a_hash(bea, cast, brand):
    made = bea.post(url("share_link_new"), posted(name="Ms Rossi, client"))
    row = ShareLink.objects.get()
    assert made.status_code == 302 and made.url == url("share_link_address", row.pk)
    secret = bea.cookies[SECRET_COOKIE].value
    assert len(secret) == 43 and row.token_hash == shares.hash_of(secret) and secret not in row.token_hash
    first = bea.get(made.url)
    assert f"/share/{secret}/" in first.content.decode() and first["Cache-Control"] == "no-store"
    assert f"/share/{secret}/" not in bea.get(made.url).content.decode()
    told = "".join(str([event.before, event.after]) for event in AuditEvent.objects.filter(row_id=str(row.pk)))
    assert told and secret not in told and row.token_hash not in told


def test_a_link_lives_to_the_minute_in_utc(cast, brand):
    row, secret = share_kit.make(brand, by=cast.bea)
    ShareLink.objects.filter(pk=row.pk).update(
        until=date(2046, 3, 31), expires_at=shares.end_of(date(2046, 3, 31), "Europe/Rome")
    )
    end = datetime(2046, 3, 31, 22, 0, tzinfo=UTC)
    assert shares.find(secret, now=end - timedelta(minutes=1)) == row
    assert shares.find(secret, now=end) is None
    assert shares.end_of(date(2046, 12, 31), "America/New_York") == datetime(2047, 1, 1, 5, tzinfo=UTC)


def test_its_last_day_is_neither_past_nor_more_than_a_year_away(cast, brand):
    now = datetime(2046, 5, 1, 23, 30, tzinfo=UTC)  # the second of May in Rome

    def make(until):
        return shares.make(brand, by=cast.bea, values=share_kit.values(until=until), now=now)

    refused("share_until_past", "until", lambda: make(date(2046, 5, 1)))
    refused("share_until_far", "until", lambda: make(date(2047, 5, 3)))
    assert make(date(2046, 5, 2))[0].expires_at == datetime(2046, 5, 2, 22, tzinfo=UTC)
    assert make(date(2047, 5, 2))[0].until == date(2047, 5, 2)


def test_a_form_that_cannot_be_taken_keeps_what_was_typed(bea, brand):
    answer = bea.post(url("share_link_new"), posted(until=date(2020, 1, 1)))
    assert answer.status_code == 422 and "Ms Rossi" in answer.content.decode()
    assert "Choose a day from today on" in answer.content.decode() and not ShareLink.objects.exists()


def test_it_is_prolonged_and_a_stale_change_is_told(bea, cast, brand):
    row, secret = share_kit.make(brand, by=cast.bea)
    ShareLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert shares.find(secret, now=timezone.now()) is None
    later = share_kit.here() + timedelta(days=60)
    bea.post(url("share_link_edit", row.pk), posted(until=later) | {"version": 1})
    assert shares.find(secret, now=timezone.now()).until == later
    stale = bea.post(url("share_link_edit", row.pk), posted(name="Other") | {"version": 1})
    assert stale.status_code == 422 and ShareLink.objects.get().name == "Ms Rossi"


def test_a_new_address_makes_the_old_one_worthless(bea, cast, brand):
    row, old = share_kit.make(brand, by=cast.bea)
    bea.post(url("share_link_renew", row.pk))
    new = bea.cookies[SECRET_COOKIE].value
    assert shares.find(old, now=timezone.now()) is None
    assert shares.find(new, now=timezone.now()) == row


def test_one_that_is_taken_back_stays_so(bea, cast, brand):
    row, secret = share_kit.make(brand, by=cast.bea)
    assert bea.get(url("share_link_revoke", row.pk)).status_code == 200
    assert shares.find(secret, now=timezone.now()) == row
    bea.post(url("share_link_revoke", row.pk))
    assert shares.find(secret, now=timezone.now()) is None
    bea.post(url("share_link_renew", row.pk))
    bea.post(url("share_link_edit", row.pk), posted() | {"version": 2})
    assert shares.find(secret, now=timezone.now()) is None
    assert "taken back" in bea.get(url("share_links")).content.decode()


def test_a_link_to_a_campaign_ends_with_it_and_never_widens(cast, brand):
    today = share_kit.here()
    campaign = Campaign.objects.create(brand=brand, name="Autumn", start=today, end=today)
    _row, secret = share_kit.make(brand, by=cast.bea, campaign=campaign)
    Campaign.objects.update(archived_at=timezone.now())
    assert shares.find(secret, now=timezone.now()) is None
    campaign.delete()
    assert not ShareLink.objects.exists()


def test_the_list_and_its_file_tell_what_each_may(bea, cast, brand):
    bea.get(share_kit.team_page("share_links")(cast))
    rows = bea.get(url("share_links_export"), {"file": "csv"}).content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("for,state,campaign") and len(rows) == 4
    assert rows[1].startswith("Ms Rossi,works")


def test_logs_never_hold_the_secret_of_an_address():
    record = logging.LogRecord("x", 30, "f", 1, "%s: %s", ("Not Found", "/share/s3cret/9/"), None)
    ContextFilter().filter(record)
    assert record.getMessage() == "Not Found: /share/…/9/"


# --- what the team sees ------------------------------------------------------------------------------------------


def test_the_team_sees_a_client_marked_as_such(bea, cast, brand):
    row, _secret = share_kit.make(brand, by=cast.bea, name="Ms Rossi of Alba")
    entry = share_kit.in_review(cast, add_channel(brand))
    guests.comment(row, entry, guest="Anna", text="Lovely", now=timezone.now())
    share_kit.decide(row, entry, guest="Anna")
    page = bea.get(url("entry_detail", entry.pk)).content.decode()
    assert page.count("Ms Rossi of Alba") == 2 and "Anna (client)" in page and "Lovely" in page


def test_a_team_comment_is_for_the_client_only_with_the_tick(bea, cast, brand):
    share_kit.make(brand, by=cast.bea)
    entry = share_kit.in_review(cast, add_channel(brand))
    bea.post(url("entry_comment", entry.pk), {"text": "Among us"})
    bea.post(url("entry_comment", entry.pk), {"text": "For her", "for_client": "1"})
    assert list(Comment.objects.values_list("text", "for_client")) == [("Among us", False), ("For her", True)]


def test_author_and_reviewers_are_told_each_in_his_language(cast, brand):
    row, _secret = share_kit.make(brand, by=cast.ada, language="it")
    entry = share_kit.in_review(cast, add_channel(brand), reviewers=[cast.ada])
    Notification.objects.all().delete()
    share_kit.decide(row, entry, approve=False, word="Più corto")
    told = Notification.objects.all()
    assert {one.user for one in told} == {cast.bea, cast.ada}
    with translation.override("it"):
        assert word(told[0].kind, told[0].facts).subject.startswith("Anna Rossi (cliente)")
    with translation.override("en"):
        lines = word(told[0].kind, told[0].facts).lines
    assert "What should change: Più corto" in lines and "By the link “Ms Rossi”." in lines


def test_who_left_the_brand_is_told_nothing_and_who_made_the_link_steps_in(cast, brand):
    row, _secret = share_kit.make(brand, by=cast.ada)
    entry = share_kit.in_review(cast, add_channel(brand))
    cast.bea.memberships.all().delete()
    guests.comment(row, entry, guest="Anna", text="Lovely", now=timezone.now())
    assert [one.user for one in Notification.objects.filter(kind=guests.SAID)] == [cast.ada]


def test_a_comment_of_a_colleague_stays_what_it_was(cast, brand):
    entry = share_kit.in_review(cast, add_channel(brand))
    made = approvals.comment(entry, text="Shorter", by=cast.ada)
    assert (made.author, made.share, made.guest, made.for_client) == (cast.ada, None, "", False)


def test_strangers_and_community_managers_make_no_links(cast, brand):
    for person in (cast.carlo, cast.dario):
        other = Client()
        other.force_login(person)
        assert other.post(url("share_link_new"), posted()).status_code == 404
    assert not ShareLink.objects.exists()
