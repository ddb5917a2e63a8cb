"""Recurring tasks, task templates and the list of all tasks."""

import doctest
from datetime import UTC, date, datetime, time

import pytest
from django.urls import reverse

from accounts.errors import InvalidInput
from accounts.scoping import brands_in_scope
from strategy import repeats, task_templates
from strategy.models import Campaign, Task, TaskTemplate
from strategy.services import campaigns, tasks
from strategy.services import task_templates as templates
from tests.strategy.campaigning import add_campaign, lived_in, task_values


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


@pytest.fixture
def bea(client, cast):
    client.force_login(cast.bea)
    return client


def address(name, *numbers):
    return reverse(name, args=["caffe-alba", *numbers])


def refused(code, work):
    with pytest.raises(InvalidInput) as raised:
        work()
    assert raised.value.code == code


def weekly(campaign, cast, **changed):
    values = task_values(link="", day=date(2046, 9, 3), repeat="week", until=date(2046, 9, 30), **changed)
    return tasks.add(campaign, by=cast.bea, values=values)


def days():
    return [f"{day:%m-%d}" for day in Task.objects.order_by("day").values_list("day", flat=True)]


# --- recurring -------------------------------------------------------------------------------------------------


def test_the_days_of_a_recurring_task():
    assert doctest.testmod(repeats).failed == 0 and doctest.testmod(repeats).attempted == 2
    first, until = date(2046, 9, 1), date(2046, 9, 30)
    assert len(repeats.days(first, "day", until)) == 30
    assert len(repeats.days(first, "fortnight", until)) == 3
    assert repeats.days(until, "day", first) == []
    with pytest.raises(repeats.TooMany):
        repeats.days(first, "day", date(2047, 9, 1))


def test_a_recurring_task_is_one_task_for_each_day_within_the_campaign(cast, brand):
    campaign = add_campaign(brand, by=cast.bea, end=date(2046, 11, 2))
    first = tasks.add(
        campaign,
        by=cast.bea,
        values=task_values(link="", day=date(2046, 10, 25), repeat="week", until=date(2046, 12, 24)),
    )
    assert days() == ["10-25", "11-01"]
    # 18:30 in Rome on both sides of the end of summer time, 28 October
    assert [task.at.hour for task in Task.objects.order_by("day")] == [16, 17]
    assert {task.series_id for task in Task.objects.all()} == {first.series_id} != {None}


def test_too_many_or_none_are_refused(cast, brand):
    campaign = add_campaign(brand, by=cast.bea, end=date(2047, 9, 30))
    long = task_values(link="", repeat="day", until=date(2047, 9, 30))
    refused("too_many_repeats", lambda: tasks.add(campaign, by=cast.bea, values=long))
    none = task_values(link="", repeat="week", until=date(2046, 9, 1))
    refused("no_repeats", lambda: tasks.add(campaign, by=cast.bea, values=none))
    assert not Task.objects.exists()


def test_a_change_reaches_the_later_ones_that_are_still_to_do(cast, brand):
    campaign = add_campaign(brand, by=cast.bea)
    weekly(campaign, cast)
    _first, second, third, _fourth = Task.objects.order_by("day")
    tasks.settle(third, "done", by=cast.bea, now=datetime(2046, 9, 17, tzinfo=UTC))
    values = task_values(link="", title="Answer", day=date(2046, 9, 11), clock=time(9), reach="following")
    tasks.change(second, by=cast.bea, version=1, values=values)
    told = [(task.title, f"{task.day:%m-%d}", task.clock.hour) for task in Task.objects.order_by("day")]
    assert told == [
        ("Publish the box", "09-03", 18),
        ("Answer", "09-11", 9),
        ("Publish the box", "09-17", 18),
        ("Answer", "09-25", 9),
    ]


def test_a_change_that_would_leave_the_campaign_changes_nothing(cast, brand):
    campaign = add_campaign(brand, by=cast.bea)
    first = weekly(campaign, cast)
    values = task_values(link="", day=date(2046, 9, 12), reach="following")
    refused("task_outside", lambda: tasks.change(first, by=cast.bea, version=1, values=values))
    assert days() == ["09-03", "09-10", "09-17", "09-24"]


def test_the_pages_write_change_and_delete_a_series(bea, cast, brand):
    campaign = add_campaign(brand, by=cast.bea)
    form = {"kind": "answer", "title": "Answer", "day": "2046-09-03", "priority": "2", "repeat": "week"}
    assert bea.post(address("task_new", campaign.pk), form | {"until": "2046-09-20"}).status_code == 302
    assert days() == ["09-03", "09-10", "09-17"]
    second = Task.objects.order_by("day")[1]
    form = {"kind": "answer", "title": "Reply", "day": "2046-09-10", "priority": "2", "version": "1"}
    bea.post(address("task_edit", second.pk), form | {"reach": "following"})
    assert [task.title for task in Task.objects.order_by("day")] == ["Answer", "Reply", "Reply"]
    page = bea.get(address("task_edit", second.pk)).content.decode()
    assert "Delete it and the later ones" in page
    bea.post(address("task_delete", second.pk) + "?following")
    assert days() == ["09-03"]


def test_a_copied_campaign_keeps_the_hours_of_its_tasks_over_the_end_of_summer_time(cast, brand):
    campaign = add_campaign(brand, by=cast.bea)
    weekly(campaign, cast)
    copy = campaigns.duplicate(campaign, name="Again", start=date(2046, 11, 1), by=cast.bea)
    assert {(task.at.hour, task.clock.hour, task.series) for task in copy.tasks.all()} == {(17, 18, None)}


# --- templates -------------------------------------------------------------------------------------------------


def test_days_of_a_template_count_from_the_nearer_end():
    assert doctest.testmod(task_templates).failed == 0
    span = {"start": date(2046, 9, 1), "end": date(2046, 9, 30)}
    values = dict.fromkeys(task_templates.KEPT, "")
    told = [task_templates.item(values, day=date(2046, 9, day), clock=None, **span) for day in (1, 15, 28)]
    assert [(item["days"], item["since"]) for item in told] == [(0, "start"), (14, "start"), (2, "end")]


def test_a_campaigns_tasks_are_kept_and_used_in_a_shorter_one(bea, cast, brand):
    campaign = lived_in(brand, cast.bea, cast.ada)
    weekly(campaign, cast, title="Reply")
    bea.post(address("task_template_keep", campaign.pk), {"name": "Ours"})
    template = TaskTemplate.objects.get()
    assert [item["title"] for item in template.items] == ["Reply", "Publish the box", "Answer questions"]
    short = add_campaign(brand, by=cast.bea, name="Short", start=date(2046, 12, 1), end=date(2046, 12, 6))
    page = bea.get(address("task_template_use", short.pk), {"from": f"own-{template.pk}"})
    assert [(item["title"], day.day, within) for item, _kind, day, within in page.context["rows"]] == [
        ("Reply", 3, True),
        ("Publish the box", 10, False),
        ("Answer questions", 10, False),
    ]
    ticked = {"item": ["0", "1", "2"]}
    bea.post(address("task_template_use", short.pk) + f"?from=own-{template.pk}", ticked)
    assert [(task.title, task.day, task.clock) for task in short.tasks.all()] == [
        ("Reply", date(2046, 12, 3), time(18, 30))
    ]
    none = bea.post(address("task_template_use", short.pk) + f"?from=own-{template.pk}", {"item": ["1"]})
    assert none.status_code == 422 and "Choose at least one task." in none.content.decode()


def test_a_template_has_a_name_of_its_own(bea, cast, brand):
    campaign = lived_in(brand, cast.bea, cast.ada)
    templates.keep(campaign, name="Ours", by=cast.bea)
    refused("twice", lambda: templates.keep(campaign, name="OURS", by=cast.bea))
    empty = add_campaign(brand, by=cast.bea, name="Empty")
    refused("no_tasks_to_keep", lambda: templates.keep(empty, name="None", by=cast.bea))
    template = TaskTemplate.objects.get()
    bea.post(address("task_template_edit", template.pk), {"name": "Launch tasks", "version": "1"})
    assert "Launch tasks" in bea.get(address("task_templates")).content.decode()
    stale = bea.post(address("task_template_edit", template.pk), {"name": "Other", "version": "1"})
    assert stale.status_code == 422
    bea.post(address("task_template_delete", template.pk))
    assert not TaskTemplate.objects.exists()


@pytest.mark.parametrize("kind", list(task_templates.SHIPPED))
def test_every_shipped_template_fits_the_campaigns_of_its_kind(bea, cast, brand, kind):
    values = campaigns.template(kind, today=date(2046, 8, 1))
    campaign = add_campaign(brand, by=cast.bea, kind=kind, start=values["start"], end=values["end"])
    page = bea.get(address("task_template_use", campaign.pk), {"from": kind})
    rows = page.context["rows"]
    assert len(rows) >= 3 and all(within for _item, _kind, _day, within in rows)
    bea.post(
        address("task_template_use", campaign.pk) + f"?from={kind}", {"item": [str(n) for n in range(len(rows))]}
    )
    assert campaign.tasks.count() == len(rows)


# --- the list --------------------------------------------------------------------------------------------------


def test_all_tasks_of_a_brand_in_one_list(bea, cast, brand, django_assert_max_num_queries):
    campaign = lived_in(brand, cast.bea, cast.ada)
    past = add_campaign(brand, by=cast.bea, name="Past", start=date(2026, 1, 1), end=date(2026, 1, 31))
    tasks.add(past, by=cast.bea, values=task_values(title="Forgotten", link="", day=date(2026, 1, 5)))

    def titles(**query):
        return [task.title for task in bea.get(address("tasks"), query).context["tasks"]]

    assert titles() == ["Forgotten", "Publish the box"]
    assert titles(state="overdue") == ["Forgotten"]
    assert titles(state="done") == ["Answer questions"]
    assert titles(state="all", campaign=campaign.pk) == ["Publish the box", "Answer questions"]
    assert titles(state="all", q="eleven") == ["Answer questions"]
    assert titles(state="all", kind="answer") == ["Answer questions"]
    assert titles(channel=campaign.channels.get().pk) == ["Publish the box"]
    assert titles(state="all", person=cast.carlo.pk, channel="x") == []
    table = bea.get(address("tasks_export"), {"state": "all"}).content.decode()
    assert table.count("\r\n") == 4 and "Eleven answered" in table
    Campaign.objects.filter(pk=past.pk).update(archived_at=datetime(2046, 1, 1, tzinfo=UTC))
    assert titles() == ["Publish the box"]
    with django_assert_max_num_queries(14):
        bea.get(address("tasks"), {"state": "all"})


def test_a_task_is_settled_from_the_list_and_the_list_is_shown_again(bea, cast, brand):
    campaign = lived_in(brand, cast.bea, cast.ada)
    task = campaign.tasks.get(state="open")
    back = address("tasks") + "?state=all&q=box"
    answer = bea.post(address("task_settle", task.pk), {"state": "done", "next": back})
    assert answer.url == back
    answer = bea.post(address("task_settle", task.pk), {"state": "open", "next": "https://evil.example/"})
    assert answer.url.startswith(address("campaign_detail", campaign.pk))
