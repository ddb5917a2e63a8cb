"""The list of posts: what it shows, how it narrows, what it costs."""

import io
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from accounts.scoping import brands_in_scope
from analytics.models import Post, PostMetrics
from strategy.models import Channel

START = datetime(2026, 5, 4, 9, tzinfo=UTC)


def add_posts(brand, count: int, *, platform: str = "instagram", **values) -> list[Post]:
    with brands_in_scope(brand.pk):
        channel, _ = Channel.objects.get_or_create(brand=brand, platform=platform, handle=f"{platform}-1")
        rows = [
            Post(
                brand=brand,
                channel=channel,
                **{
                    "external_id": f"{platform}{i}",
                    "published_at": START - timedelta(hours=i),
                    "metrics_as_of": START + timedelta(days=9),
                    "text": f"post number {i}",
                    "format": "photo",
                    "engagements": i,
                }
                | values,
            )
            for i in range(count)
        ]
        return Post.objects.bulk_create(rows)


@pytest.fixture
def bea(cast) -> Client:
    client = Client()
    client.force_login(cast.bea)
    return client


def page(client: Client, brand, **query) -> str:
    response = client.get(reverse("posts", args=[brand.slug]), query)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_brand_is_told_what_to_do(cast, bea):
    assert reverse("import_new", args=[cast.brand.slug]) in page(bea, cast.brand)


def test_what_was_not_exported_is_said_in_words(cast, bea):
    add_posts(cast.brand, 1, reach=None, impressions=0)
    text = page(bea, cast.brand)
    assert "not exported" in text


def test_all_pages_together_show_each_post_once(cast, bea):
    add_posts(cast.brand, 70)
    add_posts(cast.brand, 70, platform="x")
    seen, query = [], {}
    for _ in range(4):
        context = bea.get(reverse("posts", args=[cast.brand.slug]), query).context
        seen += [row["post"].pk for row in context["rows"]]
        query = {"before": context["older"]}
        if not context["older"]:
            break
    assert len(seen) == len(set(seen)) == 140


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "NUMBER 3"}, 1),
        ({"q": "instagram4"}, 1),
        ({"q": "nothing like it"}, 0),
        ({"format": "photo"}, 6),
        ({"format": "video"}, 0),
        ({"paid": "yes"}, 0),
        ({"paid": "no"}, 6),
        ({"replies": "yes"}, 0),
        ({"from": "2026-05-04", "to": "2026-05-04"}, 6),
        ({"from": "2026-05-05"}, 0),
        ({"channel": "999999"}, 0),
        ({"from": "never", "sort": "strange", "before": "x-y"}, 6),
    ],
)
def test_the_list_narrows_by_what_the_address_says(cast, bea, query, found):
    add_posts(cast.brand, 6)
    context = bea.get(reverse("posts", args=[cast.brand.slug]), query).context
    assert len(context["rows"]) == found


def test_the_best_posts_come_first_when_asked(cast, bea):
    add_posts(cast.brand, 6)
    context = bea.get(reverse("posts", args=[cast.brand.slug]), {"sort": "engagements"}).context
    assert [row["post"].engagements for row in context["rows"]] == [5, 4, 3, 2, 1, 0]


@pytest.mark.parametrize("count", [3, 300])
def test_a_page_costs_the_same_whatever_the_number_of_posts(cast, bea, count, django_assert_max_num_queries):
    add_posts(cast.brand, count)
    with django_assert_max_num_queries(12):
        page(bea, cast.brand, q="number")


def test_the_download_holds_every_post_and_no_formula(cast, bea):
    add_posts(cast.brand, 60)
    add_posts(cast.brand, 1, platform="x", text="=HYPERLINK(1)", reach=None)
    response = bea.get(reverse("posts_export", args=[cast.brand.slug]))
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 62
    assert any("'=HYPERLINK(1)" in line for line in lines)


def test_the_workbook_holds_texts_as_texts(cast, bea):
    add_posts(cast.brand, 1, text="=HYPERLINK(1)", reach=None)
    response = bea.get(reverse("posts_export", args=[cast.brand.slug]), {"file": "xlsx"})
    head, row = openpyxl.load_workbook(io.BytesIO(response.content)).active.values
    told = dict(zip(head, row, strict=True))
    assert (told["text"], told["post_id"], told["reach"]) == ("=HYPERLINK(1)", "instagram0", None)


def test_a_post_shows_what_earlier_exports_told(cast, bea):
    post = add_posts(cast.brand, 1)[0]
    PostMetrics.objects.create(post=post, as_of=START, engagements=1234)
    text = bea.get(reverse("post_detail", args=[cast.brand.slug, post.pk])).content.decode()
    assert "1,234" in text
    assert "Not exported for this post" in text
