"""Tasks are written and settled; a hand-over keeps brief and tasks as they stand, for named people, for ever."""

import doctest
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.errors import InvalidInput, Stale
from accounts.models import AuditEvent, Receipt
from accounts.scoping import brands_in_scope
from strategy import task_times
from strategy.brief_content import content_of
from strategy.models import Campaign, CampaignVersion, HandedTask, Lesson, Task
from strategy.services import campaigns, hand_over, tasks
from tests.strategy.campaigning import add_campaign, lived_in, task_values, whole

TODAY = date(2046, 8, 1)
NOW = datetime(2046, 8, 1, 10, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 32


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


@pytest.fixture
def campaign(cast, brand):
    return campaigns.add(brand, by=cast.bea, values=whole(brand, cast.bea, cast.ada))


@pytest.fixture
def task(cast, campaign):
    return tasks.add(campaign, by=cast.bea, values=task_values(channel=campaign.channels.get()))


@pytest.fixture
def bea(client, cast):
    client.force_login(cast.bea)
    return client


def hand(campaign, cast, *, to=None, note=""):
    people = [cast.carlo] if to is None else to
    return hand_over.hand_over(campaign, to=people, note=note, by=cast.bea, now=NOW, today=TODAY)


def changed(campaign):
    now = Campaign.objects.get(pk=campaign.pk)
    return hand_over.is_changed(now.versions.first(), content_of(now), hand_over.drafted(now))


def refused(code, field, work):
    with pytest.raises(InvalidInput) as raised:
        work()
    assert (raised.value.code, raised.value.facts.get("field")) == (code, field)


def address(name, *numbers):
    return reverse(name, args=["caffe-alba", *numbers])


def text(response):
    return " ".join(response.content.decode().split())


# --- tasks -----------------------------------------------------------------------------------------------------


def test_hours_on_days_of_changing_clocks_are_as_stated():
    assert doctest.testmod(task_times).failed == 0
    assert doctest.testmod(task_times).attempted == 2


def test_a_task_without_an_hour_is_due_at_the_end_of_its_day():
    assert task_times.instant(date(2026, 7, 1), None, "Europe/Rome") == datetime(
        2026, 7, 1, 21, 59, 59, tzinfo=UTC
    )


def test_a_task_is_due_at_its_hour_on_the_brands_clock(task):
    assert task.at == datetime(2046, 9, 10, 16, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"day": date(2046, 10, 1)}, "task_outside", "day"),
        ({"assignee": "dario"}, "assignee_without_role", "assignee"),
    ],
)
def test_a_task_that_nobody_could_do_is_refused(cast, campaign, changed, code, field):
    told = {name: getattr(cast, value) if isinstance(value, str) else value for name, value in changed.items()}
    refused(code, field, lambda: tasks.add(campaign, by=cast.bea, values=task_values(**told)))


def test_a_task_stays_on_the_channels_of_its_campaign(cast, brand, campaign, task):
    other = add_campaign(brand, name="Other")
    told = task_values(channel=task.channel)
    refused("channel_not_of_campaign", "channel", lambda: tasks.add(other, by=cast.bea, values=told))


def test_a_change_meanwhile_is_not_overwritten(cast, task):
    tasks.change(task, by=cast.bea, version=1, values=task_values(title="One"))
    with pytest.raises(Stale):
        tasks.change(task, by=cast.ada, version=1, values=task_values(title="Two"))


def test_a_task_is_settled_with_a_proof_and_can_be_opened_again(cast, task):
    done = tasks.settle(task, "done", by=cast.bea, now=NOW, proof="https://ig.example/p/1", outcome="Up")
    assert (done.state, done.proof, done.settled_by) == ("done", "https://ig.example/p/1", cast.bea)
    refused("task_settled", None, lambda: tasks.settle(task, "done", by=cast.bea, now=NOW))
    again = tasks.settle(task, "open", by=cast.bea, now=NOW)
    assert (again.state, again.proof, again.settled_at) == ("open", "", None)
    assert AuditEvent.objects.filter(action="task.settled").count() == 2


def test_a_copy_of_a_campaign_takes_its_tasks_along(cast, campaign, task):
    tasks.settle(task, "done", by=cast.bea, now=NOW)
    copy = campaigns.duplicate(campaign, name="Winter", start=date(2046, 12, 1), by=cast.bea)
    (taken,) = copy.tasks.all()
    assert (taken.day, taken.state, taken.version) == (date(2046, 12, 10), "open", 1)


# --- the hand-over ---------------------------------------------------------------------------------------------


def test_a_hand_over_keeps_brief_and_tasks_as_they_stand(cast, campaign, task):
    version = hand(campaign, cast, note="First brief")
    campaign.refresh_from_db()
    assert (version.number, campaign.status, version.content["key_message"]) == (
        1,
        "handed_over",
        campaign.key_message,
    )
    (handed,) = version.tasks.all()
    assert handed.content["link"] == (
        "https://alba.example/box?utm_source=instagram&utm_medium=social"
        f"&utm_campaign=204609_caffe-alba_autumn&utm_content=publish_{task.pk}"
    )
    tasks.change(task, by=cast.bea, version=1, values=task_values(title="Other"))
    assert HandedTask.objects.get().title == "Publish the box"


def test_what_was_handed_over_can_neither_be_changed_nor_deleted(cast, campaign, task):
    version = hand(campaign, cast)
    for row in (version, version.tasks.get()):
        with pytest.raises(TypeError):
            row.save()
        with pytest.raises(TypeError):
            row.delete()


def test_a_change_makes_a_new_version_and_the_older_one_is_superseded(cast, campaign, task):
    first = hand(campaign, cast)
    assert not changed(campaign)
    refused("nothing_to_hand", None, lambda: hand(campaign, cast))
    tasks.change(task, by=cast.bea, version=1, values=task_values(copy="Cocoa and plums."))
    assert changed(campaign)
    second = hand(campaign, cast)
    first = CampaignVersion.objects.get(pk=first.pk)
    assert (second.number, first.superseded_at, second.superseded_at) == (2, NOW, None)


def test_a_version_that_is_superseded_can_still_be_read(bea, cast, campaign, task):
    hand(campaign, cast)
    tasks.change(task, by=cast.bea, version=1, values=task_values(copy="Cocoa and plums."))
    hand(campaign, cast)
    older = f"{address('campaign_pdf', campaign.pk)}?version=1"
    assert f'href="{older}"' in text(bea.get(address("campaign_detail", campaign.pk)))
    answer = bea.get(older)
    assert answer.content.startswith(b"%PDF") and "-v1.pdf" in answer["Content-Disposition"]
    for number in ("3", "x", "9" * 30):
        assert bea.get(address("campaign_pdf", campaign.pk), {"version": number}).status_code == 404


def test_the_same_version_may_go_to_one_more_person(cast, brand, campaign, task):
    hand(campaign, cast)
    membership = cast.bea.memberships.get()
    brand.roles.create(membership=membership, role="cm")
    assert hand(campaign, cast, to=[cast.carlo, cast.bea]).number == 2


def test_only_community_managers_of_the_brand_receive_it(cast, campaign):
    refused("nobody_to_hand_to", "to", lambda: hand(campaign, cast, to=[]))
    refused("not_a_community_manager", "to", lambda: hand(campaign, cast, to=[cast.dario]))
    assert not CampaignVersion.objects.exists()


def test_a_brief_that_lacks_something_is_not_handed_over(cast, brand):
    refused("brief_not_ready", None, lambda: hand(add_campaign(brand), cast))


def test_a_closed_campaign_is_not_handed_over(cast, campaign):
    hand(campaign, cast)
    campaigns.move(campaign, "closed", by=cast.bea)
    refused("closed_brief", None, lambda: hand(campaign, cast))


# --- the pages -------------------------------------------------------------------------------------------------


def test_the_whole_way_from_task_to_desk_to_receipt(client, cast, brand, campaign):
    client.force_login(cast.bea)
    told = {"kind": "publish", "title": "Publish the box", "day": "2046-09-10", "clock": "18:30", "priority": 2}
    told |= {"version": 1, "answers": "Is it organic? | Yes, every bean.", "checklist": "Tag the farm"}
    told |= {"asset": SimpleUploadedFile("box.png", PNG, "image/png"), "alt_text": "A box"}
    assert client.post(address("task_new", campaign.pk), told).status_code == 302
    (task,) = Task.objects.all()
    assert (task.asset_name, task.answers[0]["answer"]) == ("box.png", "Yes, every bean.")
    page = client.post(
        address("campaign_hand_over", campaign.pk), {"to": [cast.carlo.pk], "note": "Go"}, follow=True
    )
    assert "Version 1 is handed over" in text(page) and "not seen yet" in text(page)
    client.force_login(cast.carlo)
    assert "Publish the box" in text(client.get(address("desk")))
    version = CampaignVersion.objects.get()
    client.get(address("desk_brief", version.pk))
    assert Receipt.objects.get().user == cast.carlo
    client.force_login(cast.bea)
    assert "not seen yet" not in text(client.get(address("campaign_detail", campaign.pk)))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"day": "2046-11-01"}, "lies outside"),
        ({"answers": "Is it organic?"}, "lacks a question or an answer"),
        ({"asset": SimpleUploadedFile("box.png", b"<html>", "image/png")}, "not a picture, a film or a PDF"),
        ({"link": "alba box"}, "Enter a valid URL"),
    ],
)
def test_a_refused_task_says_why_and_keeps_what_was_typed(bea, campaign, changed, sentence):
    told = {"kind": "publish", "title": "Publish", "day": "2046-09-10", "priority": 2, "version": 1}
    answer = bea.post(address("task_new", campaign.pk), told | {"copy": "Plums and cocoa"} | changed)
    assert answer.status_code == 422
    assert sentence in text(answer) and "Plums and cocoa" in text(answer)
    assert not Task.objects.exists()


def test_a_proof_that_is_no_address_settles_nothing(bea, task):
    page = text(bea.post(address("task_settle", task.pk), {"state": "done", "proof": "here"}, follow=True))
    assert "must be a web address" in page
    page = text(bea.post(address("task_settle", task.pk), {"state": "done", "outcome": "Up"}, follow=True))
    assert "The task is now: done." in page


def test_a_brand_without_community_managers_is_told_who_can_help(bea, brand, campaign):
    brand.roles.filter(role="cm").delete()
    assert "Nobody to hand it to" in text(bea.get(address("campaign_hand_over", campaign.pk)))


def test_the_page_of_a_full_campaign_keeps_its_queries(bea, cast, brand, django_assert_max_num_queries):
    campaign = lived_in(brand, cast.bea, cast.ada)
    campaigns.decide_lesson(campaign, Lesson.objects.get(verdict="stop"), taken=False, word="No", by=cast.bea)
    hand(campaign, cast)
    for number in range(20):
        tasks.add(campaign, by=cast.bea, values=task_values(title=f"T{number}"))
    with django_assert_max_num_queries(15):
        bea.get(address("campaign_detail", campaign.pk))
