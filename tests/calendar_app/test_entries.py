"""Entries are written, moved, approved, matched; what cannot be is refused with the remedy."""

import doctest
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.errors import InvalidInput, Stale
from accounts.models import AuditEvent, Notification
from accounts.scoping import brands_in_scope
from analytics.models import Post
from analytics.selectors import tags
from calendar_app import copy_limits, states
from calendar_app.copy_limits import Limit, findings
from calendar_app.links import link_of
from calendar_app.models import Entry, EntryMatch
from calendar_app.services import approvals, entries, matching
from strategy import utm
from strategy.models import Campaign, ContentPillar
from tests.calendar_app import media_kit
from tests.calendar_app.calendar_kit import TODAY, add, add_channel, lived_in, values

PNG = media_kit.picture()
DAY = timedelta(days=1)


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


@pytest.fixture
def channel(brand):
    return add_channel(brand)


@pytest.fixture
def entry(cast, brand, channel):
    return add(brand, channel, by=cast.bea)


@pytest.fixture
def bea(client, cast):
    client.force_login(cast.bea)
    return client


def address(name, *numbers):
    return reverse(name, args=["caffe-alba", *numbers])


def refused(code, work, field=None):
    with pytest.raises(InvalidInput) as raised:
        work()
    assert (raised.value.code, raised.value.facts.get("field")) == (code, field)


def fresh(entry):
    return Entry.objects.select_related("brand", "channel").get(pk=entry.pk)


# --- writing ---------------------------------------------------------------------------------------------------


def test_one_idea_becomes_an_entry_for_each_channel(cast, brand, channel):
    other = add_channel(brand, "linkedin", "caffe-alba")
    made = entries.add(brand, channels=[channel, other], by=cast.bea, values=values(), today=TODAY)
    assert {row.channel for row in made} == {channel, other}
    assert made[0].group == made[1].group is not None
    assert made[0].at == datetime(2046, 9, 10, 16, 30, tzinfo=UTC)


def test_what_cannot_be_is_refused_with_the_field(cast, brand, channel):
    def write(**changed):
        return lambda: add(brand, channel, by=cast.bea, **changed)

    refused(
        "entry_channel_missing",
        lambda: entries.add(brand, channels=[], by=None, values=values(), today=TODAY),
        "channels",
    )
    refused("entry_hour_without_day", write(day=None), "clock")
    refused("entry_past", write(day=TODAY - DAY), "day")
    refused("entry_far", write(day=date(2096, 9, 1)), "day")
    campaign = Campaign.objects.create(brand=brand, name="C", start=date(2046, 10, 1), end=date(2046, 10, 9))
    refused("entry_outside", write(campaign=campaign), "day")
    refused("reviewer_without_role", write(reviewers=[cast.dario]), "reviewers")
    channel.active = False
    channel.save()
    refused("entry_channel_closed", write(), "channel")
    assert not Entry.objects.exists()


def test_an_hour_that_the_clock_skips_and_one_that_comes_twice(cast, brand, channel):
    skipped = add(brand, channel, by=cast.bea, day=date(2047, 3, 31), clock=time(2, 30))
    twice = add(brand, channel, by=cast.bea, day=date(2046, 10, 28), clock=time(2, 30))
    assert (skipped.at.hour, twice.at.hour) == (1, 0)  # 3:30 summer time; the first 2:30
    assert (skipped.clock, twice.clock) == (time(2, 30), time(2, 30))


def test_the_form_keeps_what_was_typed_and_tells_the_file_by_its_content(bea, brand, channel):
    form = {"title": "Plums", "format": "photo", "channels": [channel.pk], "status": "draft", "copy": "Typed text"}
    answer = bea.post(address("entry_new"), form | {"clock": "18:30"})
    assert answer.status_code == 422 and "Typed text" in answer.content.decode()
    wrong = SimpleUploadedFile("a.png", b"<svg onload=alert(1)>", content_type="image/png")
    assert bea.post(address("entry_new"), form | {"asset": wrong}).status_code == 422
    picture = SimpleUploadedFile("plums.png", PNG, content_type="image/png")
    assert bea.post(address("entry_new"), form | {"day": "2046-09-10", "asset": picture}).status_code == 302
    entry = Entry.objects.get()
    page = bea.get(address("entry_detail", entry.pk)).content.decode()
    assert "No alternative text (picture 1)" in page and "plums.png" in page
    assert b"".join(bea.get(address("entry_file", entry.pk)).streaming_content) == PNG


def test_two_who_edit_the_same_are_told(bea, entry):
    form = {
        "title": "Mine",
        "format": "photo",
        "channel": entry.channel_id,
        "version": "1",
        "copy": "Plums and cocoa.",
    }
    form |= {"day": "2046-09-10", "clock": "18:30"}
    assert bea.post(address("entry_edit", entry.pk), form).status_code == 302
    stale = bea.post(address("entry_edit", entry.pk), form | {"title": "Theirs"})
    assert stale.status_code == 422 and "Mine" in stale.content.decode() and "Theirs" in stale.content.decode()


def test_copies_limits_and_links():
    assert doctest.testmod(copy_limits).failed == 0 and doctest.testmod(states).failed == 0
    told = {"platform": "instagram", "without_alt_text": [1]}
    found = findings("x" * 12 + " #a #a https://a.example", limit=Limit(20, "Meta"), **told)
    assert [each.code for each in found] == ["too_long", "tag_twice", "dead_link", "no_alt_text"]
    names = " ".join(f"@person{n}" for n in range(21))
    (found,) = findings(f"{names} mail me at a@b.example", platform="instagram", limit=Limit(None, ""))
    assert (found.code, found.facts["n"]) == ("too_many_mentions", 21)
    assert findings("Hello", platform="x", limit=Limit(None, "")) == []


def test_the_check_while_typing_tells_each_channel(bea, brand, channel):
    other = add_channel(brand, "bluesky", "alba.bsky.social")
    told = {"copy": "x" * 400, "format": "text", "channels": [channel.pk, other.pk]}
    page = " ".join(bea.post(address("entry_check"), told).content.decode().split())
    assert "400 of 300 characters" in page and "Shorten it by 100." in page


def test_the_link_bears_the_campaigns_values(cast, brand, channel):
    campaign = Campaign.objects.create(
        brand=brand, name="C", start=date(2046, 9, 1), end=date(2046, 9, 30), utm_campaign="autumn"
    )
    entry = add(brand, channel, by=cast.bea, campaign=campaign, link="https://alba.example/?a=1")
    told = link_of(entry, utm.Convention())
    assert told == (
        "https://alba.example/?a=1&utm_source=instagram&utm_medium=social&utm_campaign=autumn"
        f"&utm_content=photo_{entry.pk}"
    )


# --- moving ----------------------------------------------------------------------------------------------------


def test_an_entry_is_moved_and_the_step_can_be_taken_back(bea, entry):
    asked = {"day": "2046-09-12", "version": "1"}
    told = bea.post(address("entry_move", entry.pk), asked, HTTP_ACCEPT="application/json").json()
    assert fresh(entry).day == date(2046, 9, 12) and fresh(entry).clock == time(18, 30)
    assert told["undo"] == {"day": "2046-09-10", "clock": "18:30", "version": 2}
    bea.post(address("entry_move", entry.pk), told["undo"], HTTP_ACCEPT="application/json")
    assert (fresh(entry).day, fresh(entry).clock) == (date(2046, 9, 10), time(18, 30))


def test_the_second_who_drags_is_told_where_it_went(bea, cast, entry):
    entries.move(entry, day=date(2046, 9, 20), clock=time(9), by=cast.ada, version=1, today=TODAY)
    answer = bea.post(
        address("entry_move", entry.pk), {"day": "2046-09-12", "version": "1"}, HTTP_ACCEPT="application/json"
    )
    assert answer.status_code == 409 and "2046-09-20 09:00" in answer.json()["text"]
    assert fresh(entry).day == date(2046, 9, 20)


def test_to_the_backlog_and_back(bea, entry):
    bea.post(address("entry_move", entry.pk), {"day": "", "version": "1"})
    assert (fresh(entry).day, fresh(entry).at, fresh(entry).clock) == (None, None, None)
    wrong = bea.post(address("entry_move", entry.pk), {"day": "soon"}, HTTP_ACCEPT="application/json")
    assert wrong.status_code == 422


def test_a_change_is_taken_back(bea, cast, entry):
    entries.change(entry, by=cast.ada, version=1, values=values(copy="Worse", day=date(2046, 9, 11)), today=TODAY)
    event = AuditEvent.objects.filter(action="entry.changed").get()
    bea.post(address("entry_restore", entry.pk, event.pk))
    assert (fresh(entry).copy, fresh(entry).day, fresh(entry).clock) == (
        "Plums and cocoa.",
        date(2046, 9, 10),
        time(18, 30),
    )


def test_many_at_once_all_or_none(bea, cast, brand, channel, entry):
    campaign = Campaign.objects.create(brand=brand, name="C", start=date(2046, 9, 1), end=date(2046, 9, 30))
    bound = add(brand, channel, by=cast.bea, campaign=campaign, day=date(2046, 9, 29))
    told = {"entry": [entry.pk, bound.pk], "do": "shift", "days": "7"}
    page = bea.post(address("entries_bulk"), told, follow=True).content.decode()
    assert "Nothing was changed." in page and fresh(entry).day == date(2046, 9, 10)
    bea.post(address("entries_bulk"), told | {"days": "-7"})
    assert [fresh(row).day.day for row in (entry, bound)] == [3, 22]
    bea.post(address("entries_bulk"), told | {"do": "copy"})
    assert Entry.objects.count() == 4
    assert sorted(str(row.day) for row in Entry.objects.exclude(pk__in=[entry.pk, bound.pk])) == [
        "2046-09-10",
        "2046-09-29",
    ]


def test_a_copy_that_would_leave_its_campaign_waits_in_the_backlog(cast, brand, channel):
    campaign = Campaign.objects.create(brand=brand, name="C", start=date(2046, 9, 1), end=date(2046, 9, 12))
    entry = add(brand, channel, by=cast.bea, campaign=campaign)
    assert entries.duplicate(entry, days=7, by=cast.bea, today=TODAY).day is None


# --- approval --------------------------------------------------------------------------------------------------


def ask(entry, cast, **changed):
    row = fresh(entry)
    if changed:
        row.reviewers.set(changed.get("reviewers", []))
        Entry.objects.filter(pk=row.pk).update(needs_all=changed.get("needs_all", False))
    return approvals.ask(fresh(entry), by=cast.bea)


def test_one_of_the_reviewers_approves_and_the_author_is_told(cast, entry):
    ask(entry, cast, reviewers=[cast.ada])
    assert list(Notification.objects.values_list("user", "kind")) == [(cast.ada.pk, "calendar.asked")]
    refused("review_not_yours", lambda: approvals.decide(entry, approve=True, word="", by=cast.bea))
    approvals.decide(entry, approve=True, word="", by=cast.ada)
    assert fresh(entry).status == "approved"
    assert Notification.objects.filter(user=cast.bea, kind="calendar.decided").count() == 1


def test_all_must_approve_the_same_text(cast, entry):
    ask(entry, cast, reviewers=[cast.ada, cast.carlo], needs_all=True)
    approvals.decide(entry, approve=True, word="", by=cast.ada)
    assert fresh(entry).status == "in_review"
    row = fresh(entry)
    entries.change(row, by=cast.bea, version=row.version, values={"copy": "Other words"}, today=TODAY)
    approvals.decide(entry, approve=True, word="", by=cast.carlo)
    assert fresh(entry).status == "in_review"  # Ada approved what it was before
    approvals.decide(entry, approve=True, word="", by=cast.ada)
    assert fresh(entry).status == "approved"


def test_a_change_of_the_text_asks_again_and_a_new_hour_does_not(cast, entry):
    ask(entry, cast)
    approvals.decide(entry, approve=True, word="", by=cast.ada)
    row = entries.set_status(fresh(entry), "scheduled", by=cast.bea)
    row = entries.move(row, day=date(2046, 9, 15), clock=time(9), by=cast.bea, version=row.version, today=TODAY)
    assert row.status == "scheduled"
    row = entries.change(row, by=cast.bea, version=row.version, values={"copy": "Other"}, today=TODAY)
    assert row.status == "in_review" and row.approved_print == ""
    refused("entry_wrong_step", lambda: entries.set_status(row, "scheduled", by=cast.bea))


def test_changes_need_a_word_and_ones_own_text_another_person(cast, entry):
    ask(entry, cast)
    refused("review_own", lambda: approvals.decide(entry, approve=True, word="", by=cast.bea))
    refused("review_word_missing", lambda: approvals.decide(entry, approve=False, word=" ", by=cast.ada), "word")
    approvals.decide(entry, approve=False, word="Shorter", by=cast.ada)
    assert fresh(entry).status == "draft"
    refused("review_not_open", lambda: approvals.decide(entry, approve=True, word="", by=cast.ada))


def test_without_a_day_nothing_is_scheduled(cast, brand, channel):
    entry = add(brand, channel, by=cast.bea, day=None, clock=None)
    ask(entry, cast)
    approvals.decide(entry, approve=True, word="", by=cast.ada)
    refused("entry_needs_time", lambda: entries.set_status(fresh(entry), "scheduled", by=cast.bea), "day")


def test_a_scheduled_entry_keeps_a_day(cast, brand, channel):
    entry = add(brand, channel, by=cast.bea)
    ask(entry, cast)
    approvals.decide(entry, approve=True, word="", by=cast.ada)
    row = entries.set_status(fresh(entry), "scheduled", by=cast.bea)
    away = {"day": None, "clock": None}
    refused(
        "entry_needs_time",
        lambda: entries.change(row, by=cast.bea, version=row.version, values=away, today=TODAY),
        "day",
    )
    refused(
        "entry_needs_time",
        lambda: entries.move(row, **away, by=cast.bea, version=row.version, today=TODAY),
        "day",
    )
    assert fresh(entry).day == row.day


def test_who_is_named_in_a_comment_is_told(cast, entry):
    approvals.comment(entry, text="Look, @carlo: is it sweet?", by=cast.ada)
    told = set(Notification.objects.values_list("user", "kind"))
    assert told == {(cast.carlo.pk, "calendar.said"), (cast.bea.pk, "calendar.said")}
    refused("comment_empty", lambda: approvals.comment(entry, text="  ", by=cast.ada), "text")


# --- published -------------------------------------------------------------------------------------------------


def publish(entry, text="Plums and cocoa.", number="1"):
    return Post.objects.create(
        brand=entry.brand,
        channel=entry.channel,
        external_id=number,
        text=text,
        permalink=f"https://instagram.com/p/{number}",
        published_at=entry.at + timedelta(minutes=4),
        metrics_as_of=entry.at,
    )


def test_an_imported_post_makes_its_entry_published_with_its_time(bea, cast, brand, channel):
    entry = add(brand, channel, by=cast.bea, copy="Plums and cocoa in every cup of it")
    post = publish(entry, "Plums and cocoa in every cup of it #autumn")
    assert matching.match_brand(brand, now=entry.at + DAY) == {"certain": 1, "proposed": 0}
    row = fresh(entry)
    assert (row.status, row.post, row.permalink) == ("published", post.pk, post.permalink)
    page = " ".join(bea.get(address("entry_detail", entry.pk)).content.decode().split())
    assert "4 minutes late" in page and address("post_detail", post.pk) in page
    refused("entry_published_stays", lambda: entries.remove(row, by=cast.bea))
    post.delete()
    matching.match_brand(brand, now=entry.at + DAY)
    assert (fresh(entry).status, fresh(entry).post) == ("scheduled", None)


def test_a_published_entry_tells_its_post_what_it_was_for(cast, brand, channel):
    pillar = ContentPillar.objects.create(brand=brand, name="Recipes", share=30)
    entry = add(brand, channel, by=cast.bea, copy="Plums and cocoa in every cup of it", pillar=pillar)
    post = publish(entry, "Plums and cocoa in every cup of it")
    matching.match_brand(brand, now=entry.at + DAY)
    assert tags.of([post])[post.pk].pillar == pillar
    other = ContentPillar.objects.create(brand=brand, name="People", share=20)
    row = fresh(entry)
    row = entries.change(row, by=cast.bea, version=row.version, values={"pillar": other}, today=TODAY)
    assert tags.of([post])[post.pk].pillar == other
    entries.set_status(row, "scheduled", by=cast.bea)
    assert tags.of([post]) == {}


def test_an_entry_that_a_person_says_is_not_published_waits_for_another_post(cast, brand, channel):
    entry = add(brand, channel, by=cast.bea, copy="Plums and cocoa in every cup of it")
    publish(entry, "Plums and cocoa in every cup of it")
    matching.match_brand(brand, now=entry.at + DAY)
    row = entries.set_status(fresh(entry), "scheduled", by=cast.bea)
    assert (row.status, row.post, row.permalink, row.published_at) == ("scheduled", None, "", None)
    assert matching.match_brand(brand, now=entry.at + DAY) == {"certain": 0, "proposed": 0}


def test_a_doubtful_post_is_a_persons_to_decide(bea, cast, brand, channel):
    entry = add(brand, channel, by=cast.bea, copy="Plums and cocoa in every cup of it")
    publish(entry, "Plums and cocoa in a cup, said nobody")
    assert matching.match_brand(brand, now=entry.at + DAY) == {"certain": 0, "proposed": 1}
    assert "Perhaps published:" in bea.get(address("entry_detail", entry.pk)).content.decode()
    bea.post(address("entry_match", EntryMatch.objects.get().pk), {"yes": "1"})
    assert fresh(entry).status == "published"


def test_a_stale_move_is_stale(cast, entry):
    with pytest.raises(Stale):
        entries.move(entry, day=TODAY, clock=None, by=cast.bea, version=7, today=TODAY)


def test_a_lived_in_brand_has_every_page(bea, cast):
    first = lived_in(cast)
    for name in ("calendar_month", "calendar_week", "calendar_list", "calendar_board", "calendar_mix"):
        assert bea.get(address(name)).status_code == 200, name
    assert bea.get(address("entry_detail", first.pk)).status_code == 200
