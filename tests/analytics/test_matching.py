"""Published posts are found for what was planned; doubtful ones are proposed; what a person said holds."""

import doctest
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse

from accounts.models import Job
from accounts.scoping import brands_in_scope
from analytics import matching
from analytics.matching import Planned, Published, match
from analytics.models import Post
from analytics.services import matching as service
from analytics.services.matching_requests import request_matching
from strategy.models import Task, TaskPublication
from strategy.services import campaigns, tasks
from tests.strategy.campaigning import add_campaign, task_values
from tests.strategy.campaigning import whole as whole_values

AT = datetime(2026, 5, 4, 16, 30, tzinfo=UTC)
COPY = "Plums and cocoa: the autumn roast is in the shop from Monday"
HOUR = timedelta(hours=1)


def plan(text=COPY, *, key=1, at=AT, has_hour=True, **more) -> Planned:
    return Planned(key, 1, at, has_hour, text, **more)


def post(text=COPY, *, key=10, at=AT, channel=1, is_exact=True, **more) -> Published:
    return Published(key, channel, at, is_exact, text, **more)


def test_the_examples_hold():
    assert doctest.testmod(matching).failed == 0 and doctest.testmod(matching).attempted == 2


def test_the_same_words_near_the_hour_are_certain():
    (found,) = match([plan()], [post(COPY + " #chestnut https://alba.example", at=AT + HOUR)])
    assert (found.published, found.certain, found.why) == (10, True, "text")
    assert found.likeness == pytest.approx(2 * 11 / 23)


@pytest.mark.parametrize(
    "other",
    [
        post(channel=2),
        post(at=AT + 37 * HOUR),
        post("Nothing of the kind was ever said here by anybody"),
    ],
)
def test_another_channel_day_or_text_is_not_it(other):
    assert match([plan()], [other]) == []


def test_a_text_half_alike_is_proposed():
    (found,) = match([plan()], [post("The autumn roast is in the shop, and it rains")])
    assert (found.certain, 0.4 < found.likeness < 0.75) == (False, True)


def test_two_that_say_the_same_are_a_persons_to_choose_from():
    (found,) = match([plan()], [post(), post(key=11, at=AT + 2 * HOUR)])
    assert not found.certain


def test_a_link_decides_whatever_the_text():
    link = "https://alba.example/?utm_content=publish_7"
    (found,) = match([plan(link=link)], [post("See " + link), post(key=11)])
    assert (found.published, found.certain, found.why) == (10, True, "link")
    told = plan("", permalink="https://www.instagram.com/p/Abc/?igsh=1")
    (found,) = match([told], [post("x", at=AT + 500 * HOUR, permalink="https://instagram.com/p/abc")])
    assert found.certain


def test_a_few_words_are_never_certain():
    (found,) = match([plan("Good morning")], [post("Good morning")])
    assert not found.certain


def test_without_a_text_a_lone_post_at_that_hour_is_proposed():
    (found,) = match([plan("")], [post("Whatever", at=AT + HOUR), post("Far", key=11, at=AT + 9 * HOUR)])
    assert (found.published, found.certain, found.why) == (10, False, "time")
    assert match([plan("")], [post("a", at=AT + HOUR), post("b", key=11, at=AT)]) == []


def test_each_post_is_for_one_plan_and_what_was_refused_stays_so():
    plans = [plan(), plan(COPY + " too", key=2)]
    (found,) = match(plans, [post()])
    assert found.planned == 1
    assert match([plan()], [post()], refused=[(1, 10)]) == []


# --- stored ----------------------------------------------------------------------------------------------------


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


@pytest.fixture
def task(cast, brand):
    campaign = add_campaign(brand, by=cast.bea, start=date(2026, 5, 1), end=date(2026, 5, 31))
    told = whole_values(brand, cast.bea, cast.ada)
    campaign.channels.set(told["channels"])
    values = task_values(day=date(2026, 5, 4), copy=COPY, channel=told["channels"][0])
    return tasks.add(campaign, by=cast.bea, values=values)


def publish(task, text=COPY, *, at=AT, number="1") -> Post:
    return Post.objects.create(
        brand=task.brand,
        channel=task.channel,
        external_id=number,
        text=text,
        permalink=f"https://instagram.com/p/{number}",
        published_at=at,
        metrics_as_of=at,
    )


def run(now=AT + 48 * HOUR):
    return service.match_brand(Task.objects.select_related("brand").first().brand, now=now)


def test_a_certain_post_settles_the_task_with_its_address_as_proof(task):
    found = publish(task)
    assert run() == {"certain": 1, "proposed": 0}
    task.refresh_from_db()
    assert (task.state, task.proof, task.settled_by) == ("done", found.permalink, None)
    assert run() == {"certain": 0, "proposed": 0}


def test_a_doubtful_post_is_proposed_and_a_person_decides(client, cast, task):
    publish(task, "The autumn roast is in the shop, and it rains")
    assert run() == {"certain": 0, "proposed": 1}
    client.force_login(cast.bea)
    page = client.get(reverse("campaign_detail", args=["caffe-alba", task.campaign_id])).content.decode()
    assert "Perhaps published:" in page and "and it rains" in page
    found = TaskPublication.objects.get()
    url = reverse("task_publication", args=["caffe-alba", found.pk])
    client.post(url, {"no": "1"})
    assert run() == {"certain": 0, "proposed": 0}
    assert client.post(url, {"yes": "1"}, follow=True).content.decode().count("was decided already") == 1
    task.refresh_from_db()
    assert task.state == "open"


def test_saying_yes_settles_the_task_in_ones_own_name(client, cast, task):
    publish(task, "The autumn roast is in the shop, and it rains")
    run()
    client.force_login(cast.bea)
    url = reverse("task_publication", args=["caffe-alba", TaskPublication.objects.get().pk])
    client.post(url, {"yes": "1"})
    task.refresh_from_db()
    assert (task.state, task.settled_by, task.proof) == ("done", cast.bea, "https://instagram.com/p/1")


def test_a_task_that_is_opened_again_is_not_settled_by_the_same_post(cast, task):
    publish(task)
    run()
    tasks.settle(task, "open", by=cast.bea, now=AT)
    assert run() == {"certain": 0, "proposed": 0}
    publish(task, number="2", at=AT + HOUR)
    assert run() == {"certain": 1, "proposed": 0}


def test_a_post_that_goes_with_its_import_leaves_the_task_to_be_done(task):
    found = publish(task)
    run()
    found.delete()
    run()
    task.refresh_from_db()
    assert (task.state, task.proof, TaskPublication.objects.count()) == ("open", "", 0)


def test_a_task_settled_by_a_person_stays_when_the_post_goes(cast, task):
    tasks.settle(task, "done", by=cast.bea, now=AT)
    found = publish(task)
    assert run() == {"certain": 0, "proposed": 0}
    found.delete()
    run()
    task.refresh_from_db()
    assert task.state == "done"


def test_imports_ask_only_where_something_is_to_be_published(cast, brand):
    request_matching(brand, by=None)
    assert [job.kind for job in Job.objects.all()] == ["calendar.match_entries"]
    campaign = campaigns.add(brand, by=cast.bea, values=whole_values(brand, cast.bea, cast.ada))
    tasks.add(campaign, by=cast.bea, values=task_values(channel=campaign.channels.get(), clock=time(9)))
    request_matching(brand, by=None)
    request_matching(brand, by=None)
    assert [job.kind for job in Job.objects.order_by("pk")] == ["calendar.match_entries", "analytics.match_tasks"]


def test_many_tasks_ask_as_often_as_one(cast, task, django_assert_max_num_queries):
    for number in range(30):
        values = task_values(day=date(2026, 5, 5), copy=f"{COPY} {number}", channel=task.channel)
        tasks.add(task.campaign, by=cast.bea, values=values)
    with django_assert_max_num_queries(8):
        run()
