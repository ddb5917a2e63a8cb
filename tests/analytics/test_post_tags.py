"""What posts were for: passed on from plans, said by hand, kept, and asked for in the list and its download."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.errors import InvalidInput
from accounts.models import AuditEvent, Job
from accounts.scoping import brands_in_scope
from analytics.models import Post, PostTag
from analytics.selectors import tags as selectors
from analytics.services import matching, tags
from analytics.services.tags import Plan
from strategy.models import Audience, Campaign, ContentPillar, TaskPublication
from strategy.services import campaigns, publications, tasks
from tests.analytics.test_posts_page import add_posts, page
from tests.strategy import campaigning

START, DAY = date(2026, 5, 1), timedelta(days=1)


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


@pytest.fixture
def posts(brand) -> list[Post]:
    return add_posts(brand, 3)


@pytest.fixture
def launch(brand) -> Campaign:
    return Campaign.objects.create(brand=brand, name="Plum launch", start="2026-05-01", end="2026-06-30")


@pytest.fixture
def recipes(brand) -> ContentPillar:
    return ContentPillar.objects.create(brand=brand, name="Recipes", share=30)


@pytest.fixture
def bea(cast) -> Client:
    client = Client()
    client.force_login(cast.bea)
    return client


def told_of(post: Post) -> tuple:
    row = PostTag.objects.get(channel=post.channel, external_id=post.external_id)
    return row.campaign_id, row.pillar_id, row.audience_id, row.planned, row.by_hand


# --- from plans ------------------------------------------------------------------------------------------------


def test_a_plan_is_passed_on_once_and_followed_when_it_changes(brand, posts, launch, recipes):
    plan = Plan(posts[0].pk, launch.pk, None, None)
    assert tags.from_plans(brand, [plan]) == 1
    assert tags.from_plans(brand, [plan]) == 0
    assert tags.from_plans(brand, [plan._replace(pillar=recipes.pk)]) == 1
    assert told_of(posts[0]) == (launch.pk, recipes.pk, None, True, False)


def test_what_a_person_said_is_not_overwritten_by_a_plan(cast, brand, posts, launch):
    tags.set_by_hand(brand, [posts[0].pk], {"campaign": None}, by=cast.bea)
    assert tags.from_plans(brand, [Plan(posts[0].pk, launch.pk, None, None)]) == 1  # that it was planned, is told
    assert told_of(posts[0]) == (None, None, None, True, True)
    assert tags.from_plans(brand, [Plan(posts[0].pk, launch.pk, None, None)]) == 0


def test_a_plan_that_was_none_is_forgotten_and_a_persons_word_stays(cast, brand, posts, launch):
    tags.from_plans(brand, [Plan(post.pk, launch.pk, None, None) for post in posts[:2]])
    tags.set_by_hand(brand, [posts[1].pk], {"campaign": launch}, by=cast.bea)
    tags.forget_plans([post.pk for post in posts])
    assert not PostTag.objects.filter(external_id=posts[0].external_id).exists()
    assert told_of(posts[1]) == (launch.pk, None, None, False, True)


def test_a_tag_outlives_a_post_that_is_undone_and_brought_back(cast, brand, posts, launch):
    tags.set_by_hand(brand, [posts[0].pk], {"campaign": launch}, by=cast.bea)
    again = Post.objects.get(pk=posts[0].pk)
    Post.objects.filter(pk=posts[0].pk).delete()
    again.pk = None
    again.save(force_insert=True)
    assert selectors.of([again])[again.pk].campaign == launch


def test_the_campaign_of_a_task_reaches_the_post_that_it_published(cast, brand):
    """At once where a person says that a proposed post is it, by itself after an import."""
    told = campaigning.whole(brand, cast.bea, cast.ada)
    campaign = campaigns.add(
        brand, by=cast.bea, values=told | {"start": START, "end": START + 30 * DAY, "milestones": []}
    )
    copy = "The autumn roast is in the shop from Monday"
    values = campaigning.task_values(day=START, copy=copy, channel=told["channels"][0])
    task = tasks.add(campaign, by=cast.bea, values=values)
    post = add_posts(brand, 1, platform="x")[0]
    Post.objects.filter(pk=post.pk).update(
        channel=task.channel, text="The autumn roast is in the shop, and it rains", published_at=task.at
    )
    assert matching.match_brand(brand, now=task.at + DAY)["proposed"] == 1
    publications.decide(TaskPublication.objects.get(), accept=True, by=cast.bea, now=task.at + DAY)
    assert Job.objects.filter(kind="analytics.match_tasks", state="queued").count() == 1
    matching.match_brand(brand)
    post.refresh_from_db()
    assert told_of(post) == (campaign.pk, None, None, True, False)
    matching.match_brand(brand)
    assert PostTag.objects.count() == 1


def test_passing_on_asks_the_database_the_same_for_many(brand, launch, django_assert_max_num_queries):
    posts = add_posts(brand, 400, platform="x")
    with django_assert_max_num_queries(10):
        assert tags.from_plans(brand, [Plan(post.pk, launch.pk, None, None) for post in posts]) == 400


# --- by hand ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "values", "code"),
    [
        ([], {"campaign": None}, "posts_not_chosen"),
        ([987_654], {"campaign": None}, "posts_not_chosen"),
        (range(1, 502), {"campaign": None}, "posts_too_many"),
        ([1], {}, "tags_not_told"),
    ],
)
def test_what_cannot_be_noted_is_refused(cast, brand, posts, chosen, values, code):
    with pytest.raises(InvalidInput) as caught:
        tags.set_by_hand(brand, chosen, values, by=cast.bea)
    assert caught.value.code == code


def test_another_brands_campaign_is_refused(cast, brand, posts):
    foreign = Campaign(brand=cast.foreign_brand, name="Theirs")
    with pytest.raises(InvalidInput) as caught:
        tags.set_by_hand(brand, [posts[0].pk], {"campaign": foreign}, by=cast.bea)
    assert caught.value.code == "tag_of_another_brand"


def test_many_are_noted_at_once_and_on_the_record(cast, bea, brand, posts, launch, recipes):
    url = reverse("posts_tag", args=[brand.slug])
    form = {"post": [post.pk for post in posts[:2]], "campaign": launch.pk, "pillar": "", "audience": ""}
    assert "Noted for 2 posts." in bea.post(url, form, follow=True).content.decode()
    bea.post(url, {"post": posts[0].pk, "campaign": "", "pillar": recipes.pk, "audience": "none"})
    assert told_of(posts[0]) == (launch.pk, recipes.pk, None, False, True)
    assert told_of(posts[1]) == (launch.pk, None, None, False, True)
    event = AuditEvent.objects.filter(action="posts.tagged").earliest("pk")
    assert event.after == {"campaign": "Plum launch", "posts": 2}


def test_a_choice_that_is_gone_or_foreign_is_refused(cast, bea, brand, posts):
    with brands_in_scope(cast.foreign_brand.pk):
        foreign = Audience.objects.create(brand=cast.foreign_brand, name="Theirs")
    for value in (foreign.pk, 987_654, "x"):
        form = {"post": posts[0].pk, "audience": value}
        answer = bea.post(reverse("posts_tag", args=[brand.slug]), form, follow=True)
        assert "choose again" in answer.content.decode()
    assert not PostTag.objects.exists()


def test_another_brands_posts_are_not_tagged(cast, bea, brand, launch):
    theirs = add_posts(cast.foreign_brand, 1, platform="facebook")
    answer = bea.post(
        reverse("posts_tag", args=[brand.slug]), {"post": theirs[0].pk, "campaign": launch.pk}, follow=True
    )
    assert "Tick at least one post." in answer.content.decode()
    assert not PostTag.across_brands.exists()


# --- asked for -------------------------------------------------------------------------------------------------


def test_the_list_narrows_to_a_campaign_and_to_what_nobody_planned(cast, bea, brand, posts, launch):
    tags.from_plans(brand, [Plan(posts[0].pk, launch.pk, None, None)])
    tags.set_by_hand(brand, [posts[1].pk], {"campaign": launch}, by=cast.bea)
    url = reverse("posts", args=[brand.slug])

    def shown(**query) -> set[int]:
        return {row["post"].pk for row in bea.get(url, query).context["rows"]}

    assert shown(campaign=launch.pk) == {posts[0].pk, posts[1].pk}
    assert shown(campaign=launch.pk, planned="yes") == {posts[0].pk}
    assert shown(planned="no") == {posts[1].pk, posts[2].pk}
    assert "Plum launch" in page(bea, brand)


def test_the_download_tells_what_posts_were_for(cast, bea, brand, posts, launch, recipes):
    tags.from_plans(brand, [Plan(posts[0].pk, launch.pk, recipes.pk, None)])
    response = bea.get(reverse("posts_export", args=[brand.slug]))
    head, *rows = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert head.endswith("campaign,pillar,audience,planned")
    assert rows[0].endswith("Plum launch,Recipes,,1") and rows[1].endswith(",,,0")


def test_a_posts_page_says_who_told_what_it_was_for(cast, bea, brand, posts, launch):
    url = reverse("post_detail", args=[brand.slug, posts[0].pk])
    assert "Nobody planned this post in Timone." in bea.get(url).content.decode()
    tags.from_plans(brand, [Plan(posts[0].pk, launch.pk, None, None)])
    assert "As it was planned in the calendar or in a task." in bea.get(url).content.decode()
    tags.set_by_hand(brand, [posts[0].pk], {"campaign": None}, by=cast.bea)
    assert "As Bea said." in bea.get(url).content.decode()
