"""UTM values are built by the brand's convention, checked, and put on links without harming them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy.utm import KEYS, Convention, bad_places, problems, slug, tagged

GOOD = {"source": "instagram", "medium": "social", "campaign": "202605_alba_autumn"}


def test_a_campaigns_name_follows_the_pattern():
    assert (
        Convention().campaign_name(date(2026, 5, 1), "caffe-alba", "Più caffè!") == "202605_caffe-alba_piu-caffe"
    )


def test_what_is_too_long_is_cut_at_the_name_and_not_at_the_brand():
    found = Convention(longest=30).campaign_name(date(2026, 5, 1), "caffe-alba", "a very long name of a campaign")
    assert found == "202605_caffe-alba_a-very-long" and len(found) <= 30


def test_a_posts_content_tells_its_format_and_number():
    assert Convention(content_pattern="{id}-{format}").content_name("short_video", 12) == "12-short-video"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, []),
        ({"campaign": ""}, [("campaign", "missing")]),
        ({"source": "Instagram"}, [("source", "characters")]),
        ({"content": "con spazi"}, [("content", "characters")]),
        ({"content": "ada@alba.example"}, [("content", "personal")]),
        ({"medium": "banner"}, [("medium", "unknown_medium")]),
        ({"term": "x" * 61}, [("term", "too_long")]),
    ],
)
def test_values_that_no_report_could_use_are_named(changed, told):
    assert [(each.key, each.code) for each in problems(GOOD | changed, Convention())] == told


def test_a_pattern_tells_its_unknown_places():
    assert bad_places("{yyyymm}_{brand}_{slug}", "campaign") == []
    assert bad_places("{year} {slug}", "campaign") == ["{year}", " "]


def test_a_link_keeps_its_query_and_its_fragment():
    link = tagged("https://shop.example/p?size=1&utm_medium=old&q=a%20b#buy", GOOD)
    assert link == (
        "https://shop.example/p?size=1&q=a%20b&utm_source=instagram&utm_medium=social"
        "&utm_campaign=202605_alba_autumn#buy"
    )
    assert tagged(link, GOOD) == link


@given(st.text(max_size=80))
def test_a_slug_can_always_be_used(text):
    found = slug(text)
    assert not found or problems(GOOD | {"campaign": found[:60]}, Convention()) == []


@given(st.dictionaries(st.sampled_from(KEYS), st.from_regex(r"[a-z0-9_-]{1,20}", fullmatch=True)))
def test_tagging_twice_changes_nothing(values):
    once = tagged("https://e.example/a?b=c", values)
    assert tagged(once, values) == once
