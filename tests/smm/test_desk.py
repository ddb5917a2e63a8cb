"""The desk: what is listed where, what a task tells, what counts as seen, and that nothing else is written."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import BrandRole, Receipt
from accounts.scoping import brands_in_scope
from strategy.models import Channel, HandedTask, Task
from tests.smm import desk_kit
from tests.test_access import read_file

NOW = datetime(2026, 11, 25, 11, tzinfo=UTC)  # a Wednesday


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def campaign(cast):
    return desk_kit.add_campaign(cast.brand)


@pytest.fixture
def version(campaign):
    return desk_kit.add_version(campaign, at=NOW - timedelta(days=2))


def page(client, person, name, *arguments, status=200, **query) -> str:
    client.force_login(person)
    answer = client.get(reverse(name, args=arguments), query)
    assert answer.status_code == status, answer
    return answer.content.decode()


def titled(campaign, title, day, **fields) -> Task:
    task = desk_kit.add_task(campaign, day, **fields)
    Task.across_brands.filter(pk=task.pk).update(title=title)
    task.title = title
    return task


def section(text: str, slug: str) -> str:
    return text.split(f'id="desk-{slug}"', 1)[1].split("</section>", 1)[0] if f'id="desk-{slug}"' in text else ""


def test_tasks_stand_under_overdue_today_this_week_and_later(client, cast, campaign, version, now):
    days = {"overdue": 24, "today": 25, "week": 29, "later": 30}
    for slug, day in days.items():
        desk_kit.hand(version, titled(campaign, f"It is {slug}", date(2026, 11, day), clock=time(18)))
    text = page(client, cast.carlo, "desk", cast.brand.slug)
    assert [slug for slug in days if f"It is {slug}" in section(text, slug)] == list(days)


def test_a_task_of_today_is_one_on_the_readers_clock(client, cast, campaign, version, now):
    desk_kit.hand(version, titled(campaign, "Past midnight", date(2026, 11, 26), clock=time(0, 30)))
    assert "Past midnight" in section(page(client, cast.carlo, "desk", cast.brand.slug), "week")
    cast.carlo.time_zone = "America/New_York"
    cast.carlo.save()
    text = page(client, cast.carlo, "desk", cast.brand.slug)
    assert "Past midnight" in section(text, "today")
    assert "18:30" in text and "00:30 at Caffè Alba" in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, "ab"),
        ({"state": "done"}, "c"),
        ({"state": "all"}, "abc"),
        ({"whose": "mine"}, "a"),
        ({"kind": "answer"}, "b"),
        ({"when": "overdue"}, "a"),
        ({"state": "rubbish", "when": "rubbish", "channel": "²"}, "ab"),
    ],
)
def test_the_address_narrows_the_list(client, cast, campaign, version, now, query, shown):
    desk_kit.hand(version, titled(campaign, "Task-a", date(2026, 11, 24)), to=cast.carlo)
    desk_kit.hand(version, titled(campaign, "Task-b", date(2026, 11, 27), kind="answer"))
    desk_kit.hand(version, titled(campaign, "Task-c", date(2026, 11, 27), state="done"))
    text = page(client, cast.carlo, "desk", cast.brand.slug, **query)
    assert "".join(letter for letter in "abc" if f"Task-{letter}" in text) == shown


def test_the_list_narrows_to_a_channel(client, cast, campaign, version, now):
    with brands_in_scope(cast.brand.pk):
        channel = Channel.objects.create(brand=cast.brand, platform="instagram", handle="alba")
    desk_kit.hand(version, titled(campaign, "Task-a", date(2026, 11, 27)), channel=channel)
    desk_kit.hand(version, titled(campaign, "Task-b", date(2026, 11, 27)))
    text = page(client, cast.carlo, "desk", cast.brand.slug, channel=channel.pk)
    assert "Task-a" in text and "Task-b" not in text


def test_what_a_newer_version_replaced_is_not_listed(client, cast, campaign, version, now):
    desk_kit.hand(version, titled(campaign, "Old words", date(2026, 11, 27)))
    desk_kit.add_version(campaign, 2, at=NOW)
    assert "Old words" not in page(client, cast.carlo, "desk", cast.brand.slug)


def test_the_desk_of_all_brands_holds_those_of_ones_own_roles_alone(client, cast, campaign, version):
    desk_kit.hand(version, titled(campaign, "Ours", date(2030, 1, 1)))
    for brand in (cast.other_brand, cast.foreign_brand):
        theirs = desk_kit.add_campaign(brand)
        desk_kit.hand(desk_kit.add_version(theirs, at=NOW), titled(theirs, f"Of {brand.slug}", date(2030, 1, 1)))
    text = page(client, cast.carlo, "desk_all")
    assert "Ours" in text and "Of velo-lento" not in text and "Of mare-blu" not in text
    assert "Of velo-lento" in page(client, cast.ada, "desk_all")
    BrandRole.objects.filter(membership__user=cast.carlo).delete()
    assert "Ours" not in page(client, cast.carlo, "desk_all")


def test_a_task_tells_everything_that_is_needed(client, cast, campaign, version):
    task = desk_kit.add_task(campaign, date(2026, 10, 25), time(9), asked_by=cast.bea)
    row = desk_kit.hand(version, task, asset=desk_kit.store(), asset_name="beans.png")
    cast.carlo.time_zone = "America/New_York"  # leaves summer time a week after Rome
    cast.carlo.save()
    text = page(client, cast.carlo, "desk_task", cast.brand.slug, row.pk)
    assert 'data-copy="The autumn roast is here &amp; it &lt;smells&gt; of plums."' in text
    for wanted in ("48 characters", "#autumn #roast", "utm_source=instagram&amp;utm_medium", "A hand pours beans"):
        assert wanted in text
    for wanted in ("Yes, every bean.", "Tag the farm", "mailto:bea@nord.example", "Warm, dry, short."):
        assert wanted in text
    assert "Sunday 25 October, 04:00" in text and "Sunday 25 October, 09:00" in text


def test_the_file_is_shown_or_downloaded_under_its_own_name(client, cast, campaign, version):
    task = desk_kit.add_task(campaign, date(2026, 11, 27))
    row = desk_kit.hand(version, task, asset=desk_kit.store(), asset_name="Bohnen & più.png")
    client.force_login(cast.carlo)
    url = reverse("desk_asset", args=[cast.brand.slug, row.pk])
    shown, kept = client.get(url), client.get(url, {"download": ""})
    assert b"".join(shown.streaming_content) == desk_kit.PNG
    assert shown["Content-Type"] == "image/png" and shown["Content-Disposition"].startswith("inline")
    assert kept["Content-Disposition"].startswith("attachment") and "Bohnen" in kept["Content-Disposition"]
    read_file(kept)


def test_a_file_that_can_hold_scripts_is_only_downloaded(client, cast, campaign, version):
    name = desk_kit.store("logo.svg", b"<svg><script/></svg>")
    row = desk_kit.hand(
        version, desk_kit.add_task(campaign, date(2026, 11, 27)), asset=name, asset_name="logo.svg"
    )
    client.force_login(cast.carlo)
    answer = client.get(reverse("desk_asset", args=[cast.brand.slug, row.pk]))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    read_file(answer)


def test_a_brief_that_was_opened_counts_as_seen_and_later_ones_show_what_changed(client, cast, campaign, version):
    task = desk_kit.add_task(campaign, date(2030, 1, 1))
    desk_kit.hand(version, task)
    assert "New</span>" in page(client, cast.carlo, "desk", cast.brand.slug)
    page(client, cast.carlo, "desk_brief", cast.brand.slug, version.pk)
    assert Receipt.across_brands.get().user == cast.carlo
    assert "New</span>" not in page(client, cast.carlo, "desk", cast.brand.slug)

    second = desk_kit.add_version(campaign, 2, at=NOW, key_message="Plums and smoke in a cup.")
    row = desk_kit.hand(second, task, copy="Winter roast")
    same = desk_kit.add_task(campaign, date(2030, 1, 2))
    desk_kit.hand(version, same)
    desk_kit.hand(second, same)
    assert page(client, cast.carlo, "desk", cast.brand.slug).count("Changed</span>") == 1
    assert '<ins class="piece-added">' in page(client, cast.carlo, "desk_task", cast.brand.slug, row.pk)
    text = page(client, cast.carlo, "desk_brief", cast.brand.slug, second.pk)
    assert "smoke</ins>" in text and "cocoa</del>" in text and "version 1" in text
    assert "Changed</span>" not in page(client, cast.carlo, "desk", cast.brand.slug)


def test_an_older_address_leads_to_what_is_in_force(client, cast, campaign, version):
    task = desk_kit.add_task(campaign, date(2030, 1, 1))
    old = desk_kit.hand(version, task)
    second = desk_kit.add_version(campaign, 2, at=NOW)
    new = desk_kit.hand(second, task)
    client.force_login(cast.carlo)
    answer = client.get(reverse("desk_task", args=[cast.brand.slug, old.pk]))
    assert answer["Location"] == reverse("desk_task", args=[cast.brand.slug, new.pk])
    answer = client.get(reverse("desk_brief", args=[cast.brand.slug, version.pk]))
    assert answer["Location"] == reverse("desk_brief", args=[cast.brand.slug, second.pk])
    assert not Receipt.across_brands.exists()


def test_a_manager_sees_the_community_managers_desk_and_leaves_no_receipt(client, cast, campaign, version):
    row = desk_kit.hand(version, titled(campaign, "His", date(2030, 1, 1)), to=cast.carlo)
    text = page(client, cast.bea, "desk", cast.brand.slug, **{"as": cast.carlo.pk, "whose": "mine"})
    assert "as Carlo sees it" in text and "His" in text
    assert f"{reverse('desk_task', args=[cast.brand.slug, row.pk])}?as={cast.carlo.pk}" in text
    page(client, cast.bea, "desk_brief", cast.brand.slug, version.pk, **{"as": cast.carlo.pk})
    page(client, cast.bea, "desk_brief", cast.brand.slug, version.pk)
    assert not Receipt.across_brands.exists()


def test_only_managers_preview_and_only_community_managers_of_the_brand(client, cast, version):
    page(client, cast.carlo, "desk", cast.brand.slug, status=404, **{"as": cast.carlo.pk})
    page(client, cast.bea, "desk", cast.brand.slug, status=404, **{"as": cast.dario.pk})
    page(client, cast.bea, "desk", cast.brand.slug, status=404, **{"as": "x"})


def test_another_brands_task_file_and_brief_do_not_exist(client, cast):
    theirs = desk_kit.add_campaign(cast.foreign_brand)
    version = desk_kit.add_version(theirs, at=NOW)
    row = desk_kit.hand(version, desk_kit.add_task(theirs, date(2030, 1, 1)), asset=desk_kit.store())
    for brand in (cast.brand, cast.foreign_brand):
        for name, number in (("desk_task", row.pk), ("desk_asset", row.pk), ("desk_brief", version.pk)):
            page(client, cast.carlo, name, brand.slug, number, status=404)


def test_two_thousand_tasks_cost_no_more_queries(client, cast, campaign, version, django_assert_max_num_queries):
    task = desk_kit.add_task(campaign, timezone.now().date() + timedelta(days=3))
    one = desk_kit.hand(version, task, to=cast.carlo)
    with brands_in_scope(cast.brand.pk):
        tasks = Task.objects.bulk_create(
            Task(brand=cast.brand, campaign=campaign, title=f"T{n}", day=task.day, at=task.at) for n in range(1999)
        )
        HandedTask.objects.bulk_create(
            HandedTask(
                brand=cast.brand, campaign_version=version, task=row, kind="publish", title=row.title,
                priority=2, day=row.day, at=one.at - timedelta(days=n % 9), content={}, assignee=cast.carlo,
            )
            for n, row in enumerate(tasks)
        )  # fmt: skip
    client.force_login(cast.carlo)
    for name, arguments in (
        ("desk", [cast.brand.slug]),
        ("desk_all", []),
        ("desk_task", [cast.brand.slug, one.pk]),
    ):
        with django_assert_max_num_queries(15):
            assert client.get(reverse(name, args=arguments)).status_code == 200
