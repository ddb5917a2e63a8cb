"""Publishing on hold: all or nothing, told to everybody, and let go of one by one by a person."""

from datetime import time, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.errors import InvalidInput, Stale
from accounts.models import AuditEvent, Notification
from accounts.scoping import brands_in_scope
from calendar_app.models import Entry, Freeze
from calendar_app.services import approvals, entries, freezing
from tests.calendar_app.calendar_kit import TODAY, add, add_channel

DAY = timedelta(days=1)


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


@pytest.fixture
def channel(brand):
    return add_channel(brand)


@pytest.fixture
def approved(cast, brand, channel):
    entry = add(brand, channel, by=cast.bea)
    approvals.ask(entry, by=cast.bea)
    return approvals.decide(entry, approve=True, word="", by=cast.ada)


@pytest.fixture
def bea(client, cast):
    client.force_login(cast.bea)
    return client


def hold(cast, *, channels=(), **changed) -> Freeze:
    now = timezone.now()
    told = {"why": "A rumour about plums", "until": now + 2 * DAY, "by": cast.bea, "now": now} | changed
    return freezing.declare(cast.brand, channels=channels, **told)


def fresh(entry) -> Entry:
    return Entry.objects.select_related("brand", "channel", "campaign", "freeze").get(pk=entry.pk)


def code_of(work) -> str:
    with pytest.raises(InvalidInput) as caught:
        work()
    return caught.value.code


def address(name, *numbers):
    return reverse(name, args=["caffe-alba", *numbers])


def test_what_is_on_hold_is_not_scheduled_and_says_why(cast, approved):
    hold(cast)
    with pytest.raises(InvalidInput) as caught:
        entries.set_status(fresh(approved), "scheduled", by=cast.bea)
    assert caught.value.code == "entry_frozen" and "A rumour about plums" in str(caught.value)
    assert fresh(approved).status == "approved"


def test_what_is_scheduled_is_not_set_as_published(cast, approved):
    row = entries.set_status(approved, "scheduled", by=cast.bea)
    hold(cast)
    assert code_of(lambda: entries.set_status(row, "published", by=cast.bea)) == "entry_frozen"


def test_only_the_chosen_channels_and_living_entries_are_held(cast, brand, channel, approved):
    other = add(brand, add_channel(brand, "linkedin", "alba"), by=cast.bea)
    gone = entries.set_status(add(brand, channel, by=cast.bea), "cancelled", by=cast.bea)
    found = hold(cast, channels=[channel])
    assert set(found.entries.all()) == {approved}
    assert fresh(other).freeze is None and fresh(gone).freeze is None


def test_everybody_of_the_brand_is_told_once_but_who_did_it(cast, approved):
    hold(cast)
    told = set(Notification.objects.filter(kind=freezing.HELD).values_list("user", flat=True))
    assert told == {cast.ada.pk, cast.carlo.pk}
    assert AuditEvent.objects.get(action="calendar.frozen").after["entries"] == 1


def test_there_is_one_hold_at_a_time(cast, bea, approved):
    hold(cast)
    assert code_of(lambda: hold(cast)) == "freeze_there"
    told = {"why": "Again", "until": f"{timezone.localtime() + DAY:%Y-%m-%dT%H:00}"}
    page = bea.post(address("calendar_freeze"), told, follow=True).content.decode()
    assert "on hold already" in page and Freeze.objects.count() == 1


def test_it_is_on_hold_or_not_never_half(cast, approved, monkeypatch):
    def dies(*_arguments, **_told):
        raise RuntimeError("gone")

    monkeypatch.setattr(freezing, "notify", dies)
    with pytest.raises(RuntimeError), transaction.atomic():
        hold(cast)
    assert not Freeze.objects.exists() and fresh(approved).freeze is None


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"why": "  "}, "freeze_why_missing"),
        ({"until": timezone.now() - DAY}, "freeze_until_wrong"),
        ({"until": timezone.now() + 31 * DAY}, "freeze_until_wrong"),
    ],
)
def test_a_hold_without_reason_or_end_is_refused(cast, brand, changed, code):
    assert code_of(lambda: hold(cast, **changed)) == code


def test_what_is_written_meanwhile_is_held_too_and_what_was_let_go_is_not_held_again(
    cast, brand, channel, approved
):
    hold(cast)
    new = add(brand, channel, by=cast.bea)
    copy = entries.duplicate(fresh(approved), days=1, by=cast.bea, today=TODAY)
    assert fresh(new).freeze and fresh(copy).freeze
    freezing.decide(new, "resume", by=cast.bea, now=timezone.now())
    add(brand, channel, by=cast.bea)
    assert fresh(new).freeze is None


def test_lifting_resumes_nothing(cast, brand, channel, approved):
    found = hold(cast)
    freezing.lift(found, version=found.version, by=cast.bea, now=timezone.now())
    assert code_of(lambda: entries.set_status(fresh(approved), "scheduled", by=cast.bea)) == "entry_frozen"
    assert fresh(add(brand, channel, by=cast.bea)).freeze is None
    with pytest.raises(Stale):
        freezing.lift(found, version=found.version, by=cast.bea, now=timezone.now())


@pytest.mark.parametrize(
    ("what", "status", "has_day"),
    [
        ("resume", "approved", True),
        ("backlog", "draft", False),
        ("rewrite", "draft", True),
        ("drop", "cancelled", True),
    ],
)
def test_each_is_decided_on(cast, approved, what, status, has_day):
    hold(cast)
    row = freezing.decide(approved, what, by=cast.ada, now=timezone.now())
    assert (row.status, bool(row.day), row.freeze) == (status, has_day, None)
    assert code_of(lambda: freezing.decide(approved, what, by=cast.ada, now=timezone.now())) == "entry_not_frozen"
    if what == "resume":
        assert entries.set_status(fresh(row), "scheduled", by=cast.bea).status == "scheduled"


def test_what_is_past_does_not_resume(cast, approved):
    hold(cast)
    later = approved.at + DAY
    assert code_of(lambda: freezing.decide(approved, "resume", by=cast.bea, now=later)) == "entry_resume_past"


def test_an_end_is_renewed_by_who_saw_the_last_one(cast, brand):
    found, now = hold(cast), timezone.now()
    row = freezing.renew(found, until=now + 3 * DAY, version=1, by=cast.bea, now=now)
    assert row.until == now + 3 * DAY
    with pytest.raises(Stale):
        freezing.renew(found, until=now + 4 * DAY, version=1, by=cast.ada, now=now)


def test_pages_put_on_hold_show_it_everywhere_and_let_go(bea, cast, client, approved):
    until = f"{timezone.localtime() + 2 * DAY:%Y-%m-%dT%H:00}"
    page = bea.post(address("calendar_freeze"), {"why": "", "until": until})
    assert page.status_code == 422 and "Say in a sentence why" in page.content.decode()
    page = bea.post(address("calendar_freeze"), {"why": "A rumour", "until": until}, follow=True).content.decode()
    assert "1 entry on hold" in page and "everybody of the brand is told" in page
    assert "On hold: A rumour" in bea.get(address("entry_detail", approved.pk)).content.decode()
    month = bea.get(address("calendar_month"), {"month": f"{approved.day:%Y-%m}"}).content.decode()
    assert "on hold" in month
    client.force_login(cast.carlo)
    assert "do not publish it" in client.get(address("desk_entry", approved.pk)).content.decode()
    client.force_login(cast.bea)
    found = Freeze.objects.get()
    bea.post(address("freeze_change", found.pk), {"version": found.version, "lift": "1"})
    page = bea.post(address("entry_unfreeze", approved.pk), {"do": "resume"}, follow=True).content.decode()
    assert "It goes on as planned." in page and "Nothing is on hold." in page and "A rumour" in page
    assert fresh(approved).freeze is None


def test_an_entrys_page_tells_the_readers_own_time(bea, cast, brand, channel):
    entry = add(brand, channel, by=cast.bea, clock=time(18, 30))
    type(cast.bea).objects.filter(pk=cast.bea.pk).update(time_zone="America/New_York")
    page = bea.get(address("entry_detail", entry.pk)).content.decode()
    assert "12:30" in page and "America/New_York" in page
    type(cast.bea).objects.filter(pk=cast.bea.pk).update(time_zone="Europe/Paris")
    assert "Your time" not in bea.get(address("entry_detail", entry.pk)).content.decode()
