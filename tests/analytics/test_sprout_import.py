"""A report of a tool that posts on several networks is stored channel by channel."""

import pytest

from accounts.scoping import brands_in_scope
from analytics.models import Post
from strategy.models import Channel
from tests.analytics.formats.files import write
from tests.analytics.formats.test_sprout import ROWS
from tests.analytics.import_kit import bring_in, counts

X = [
    ["Date", "Post id", "Post text", "Post Link", "Impressions", "Likes", "Replies", "Reposts"],
    [
        *("Sat, Nov 29, 2025", "1995000000000000001", "@ada grazie"),
        *("https://x.com/caffeuno/status/1995000000000000001", "120", "4", "1", "0"),
    ],
]


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


def test_each_network_is_a_channel_and_a_post_is_the_one_of_its_own_export(brand, tmp_path):
    (file,) = bring_in(brand, write(tmp_path, ROWS, name="sprout.csv"), time_zone="Europe/Rome")
    assert (file.format, file.platform, counts(file)) == ("sprout_posts", "", (4, 0, 0, 0, 0))
    assert set(Channel.objects.values_list("platform", "handle")) == {
        ("facebook", "Caffè Uno"),
        ("instagram", "caffe.uno"),
        ("x", "caffeuno"),
        ("linkedin", "Caffè Uno"),
    }
    bring_in(brand, write(tmp_path, X, name="x.csv"))
    assert Post.objects.filter(channel__platform="x").count() == 1


def test_the_same_report_again_changes_nothing(brand, tmp_path):
    path = write(tmp_path, ROWS, name="sprout.csv")
    bring_in(brand, path, time_zone="Europe/Rome")
    (again,) = bring_in(brand, path, time_zone="Europe/Rome")
    assert counts(again)[:3] == (0, 0, 4)
