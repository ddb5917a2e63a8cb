"""Figures by day: what the page shows, what it says of gaps, what it costs, what is downloaded."""

import io
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from tests.analytics.posts import add_channel, add_posts
from tests.analytics.series import MONDAY, add_days, growing


@pytest.fixture
def bea(cast) -> Client:
    client = Client()
    client.force_login(cast.bea)
    return client


def get(client: Client, brand, name: str = "days", **query):
    response = client.get(reverse(name, args=[brand.slug]), query)
    assert response.status_code == 200
    return response


def test_a_brand_without_series_is_told_which_are_read(cast, bea):
    text = get(bea, cast.brand).content.decode()
    assert reverse("import_new", args=[cast.brand.slug]) in text
    assert "overview" in text


def test_a_channel_with_nothing_but_days_of_posts_is_not_offered(cast, bea):
    channel = add_channel(cast.brand, platform="youtube")
    add_days(channel, "views", [5], post="abcdefghijk")
    assert get(bea, cast.brand).context["channels"] == []


def test_followers_come_first_and_the_period_ends_with_the_last_day_known(cast, bea):
    channel = add_channel(cast.brand)
    growing(channel)
    asked = get(bea, cast.brand).context["asked"]
    assert (asked.channel, asked.figure) == (channel, "followers")
    assert asked.end == MONDAY + timedelta(days=139)
    assert (asked.end - asked.start).days == 90


def test_weeks_stand_newest_first_with_their_change(cast, bea):
    channel = add_channel(cast.brand)
    add_days(channel, "views", [10] * 7 + [20] * 7 + [20] * 3)
    context = get(bea, cast.brand, figure="views").context
    assert [(week["value"], week["days"], week["change"]) for week in context["weeks"]] == [
        (60, 3, None),
        (140, 7, "+100.0\u202f%"),
        (70, 7, None),
    ]
    assert context["moves"].startswith("Compared with the week before: up in 1 of 1 week")


def test_a_day_that_is_not_known_is_a_gap_in_the_picture(cast, bea):
    add_days(add_channel(cast.brand), "reach", [5, None, 7])
    daily, smooth = get(bea, cast.brand).context["picture"]["data"]
    assert daily["y"] == [5, None, 7]
    assert (daily["connectgaps"], smooth["y"]) == (False, [None, None, None])


def test_what_is_too_little_to_compare_is_said_in_words(cast, bea):
    add_days(add_channel(cast.brand), "views", [5, 6, 7])
    cards = get(bea, cast.brand).context["cards"]
    assert [card.figure for card in cards] == ["", "", ""]
    assert all(card.words for card in cards)


def test_people_are_averaged_and_the_page_says_so(cast, bea):
    growing(add_channel(cast.brand))
    response = get(bea, cast.brand, figure="reach")
    assert "People are not added up" in response.content.decode()
    assert response.context["weeks"][0]["value"] == 210 + 136  # the mean of days 133 to 139


def test_a_period_without_a_day_offers_the_latest(cast, bea):
    growing(add_channel(cast.brand))
    text = get(bea, cast.brand, **{"from": "2020-01-01", "to": "2020-02-01"}).content.decode()
    assert "Nothing known in this period" in text


def test_what_cannot_be_read_in_the_address_narrows_nothing(cast, bea):
    growing(add_channel(cast.brand))
    asked = get(bea, cast.brand, channel="x", figure="nonsense", **{"from": "soon"}).context["asked"]
    assert (asked.figure, asked.is_narrowed) == ("followers", False)


def test_a_channel_of_another_brand_is_not_shown(cast, bea):
    growing(add_channel(cast.brand))
    foreign = add_channel(cast.foreign_brand, handle="secret")
    growing(foreign)
    response = get(bea, cast.brand, channel=foreign.pk)
    assert response.context["asked"].channel.brand_id == cast.brand.pk
    assert "secret" not in response.content.decode()


def test_the_page_costs_the_same_with_ten_times_the_days(cast, bea, django_assert_max_num_queries):
    growing(add_channel(cast.brand), weeks=10)
    with django_assert_max_num_queries(12) as few:
        get(bea, cast.brand)
    growing(add_channel(cast.brand, handle="other"), weeks=100)
    with django_assert_max_num_queries(12) as many:
        get(bea, cast.brand)
    assert len(few) == len(many)


def test_the_download_holds_every_figure_and_leaves_gaps_empty(cast, bea):
    channel = add_channel(cast.brand)
    add_days(channel, "followers", [100, 101])
    add_days(channel, "reach", [None, 7])
    response = get(bea, cast.brand, "days_export")
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == [
        "platform,account,day,followers,reach",
        "facebook,page,2026-03-02,100,",
        "facebook,page,2026-03-03,101,7",
    ]
    book = openpyxl.load_workbook(io.BytesIO(get(bea, cast.brand, "days_export", file="xlsx").content))
    assert [cell.value for cell in book.active[3]] == ["facebook", "page", "2026-03-03", 101, 7]


def test_the_download_of_a_brand_without_series_is_an_empty_table(cast, bea):
    response = get(bea, cast.brand, "days_export")
    assert b"".join(response.streaming_content).decode("utf-8-sig") == "platform,account,day\r\n"


def test_posts_and_figures_by_day_lead_to_each_other(cast, bea):
    for here, there in (("posts", "days"), ("days", "posts")):
        assert reverse(there, args=[cast.brand.slug]) in get(bea, cast.brand, here).content.decode()


def test_a_post_shows_its_own_days(cast, bea):
    channel = add_channel(cast.brand, platform="youtube")
    (post,) = add_posts(
        channel, [{"published_at": datetime(2026, 3, 2, 9, tzinfo=UTC), "external_id": "abcdefghijk"}]
    )
    address = reverse("post_detail", args=[cast.brand.slug, post.pk])
    assert "days" not in bea.get(address).context
    add_days(channel, "views", [5, None, 7], post="abcdefghijk")
    context = bea.get(address).context
    assert [value for _day, value in context["days"]] == [7, 5]
    assert context["picture"]["data"][0]["y"] == [5, None, 7]
