"""Sprout Social's Post Performance Report, from its documented columns."""

from datetime import UTC, datetime

import pytest

from analytics.formats import UnknownFormat, detect
from tests.analytics.formats.files import changed, turned, without, write

HEADER = [
    *("Date", "Post ID", "Network", "Post Type", "Content Type", "Profile", "Sent by", "Link", "Post"),
    *("Linked Content", "Impressions", "Organic Impressions", "Paid Impressions", "Reach", "Organic Reach"),
    *("Paid Reach", "Potential Reach", "Engagement Rate (per Impression)", "Engagements", "Reactions", "Likes"),
    *("Comments", "Shares", "Saves", "Post Link Clicks", "Other Post Clicks", "Post Clicks (All)"),
    *("Negative Feedback", "Video Views", "Tags"),
]
ROWS = [
    HEADER,
    [
        *("11/30/2025 3:05 pm", "100_200300", "Facebook", "Post", "Photo", "Caffè Uno", "Ada Neri"),
        *("https://www.facebook.com/100/posts/200300", "Pane", "", "1,200", "1,000", "200", "900", "800", "100"),
        *("", "5.25%", "63", "40", "30", "8", "5", "", "6", "4", "10", "1", "", "natale"),
    ],
    [
        *("11/30/2025 10:00 am", "'17900000000000001", "Instagram", "Story", "Video", "@caffe.uno", ""),
        *("https://www.instagram.com/stories/caffe.uno/1", "", "", "300", "", "", "280", "", "", "", "1%", "3"),
        *("", "3", "0", "0", "0", "", "", "", "", "", ""),
    ],
    [
        *("11/29/2025 08:30 am", "1995000000000000001", "X", "'@Reply", "Text", "@caffeuno", ""),
        *("https://twitter.com/caffeuno/status/1995000000000000001", "@ada grazie", "", "90", "", "", "", "", ""),
        *("", "2%", "2", "0", "1", "1", "0", "", "0", "", "", "", "", ""),
    ],
    [
        *(
            "11/28/2025 09:00 am",
            "urn:li:share:7400000000000000001",
            "LinkedIn Page",
            "Post",
            "Link",
            "Caffè Uno",
            "",
        ),
        *(
            "https://www.linkedin.com/feed/update/urn:li:share:7400000000000000001",
            "Ufficio",
            "",
            "500",
            "",
            "",
            "",
        ),
        *("", "", "", "2%", "10", "7", "", "1", "2", "", "4", "5", "", "", "", ""),
    ],
]
ROWS[2][1] = "17900000000000001"


def read(path, **options):
    return detect(path).read(path, **options)


def test_each_post_goes_by_its_networks_own_number(tmp_path):
    path = write(tmp_path, ROWS)
    assert detect(path).slug == "sprout_posts"
    result = read(path, time_zone="America/New_York")
    assert (result.rejected, [(row.platform, row.account, row.external_id) for row in result.rows]) == (
        [],
        [
            ("facebook", "Caffè Uno", "200300"),
            ("instagram", "caffe.uno", "17900000000000001"),
            ("x", "caffeuno", "1995000000000000001"),
            ("linkedin", "Caffè Uno", "7400000000000000001"),
        ],
    )
    first = result.rows[0]
    assert (first.published_at, first.precision) == (datetime(2025, 11, 30, 20, 5, tzinfo=UTC), "exact")


def test_the_figures_are_told_as_they_stand(tmp_path):
    facebook, story, reply, linkedin = read(write(tmp_path, ROWS)).rows
    assert (facebook.impressions, facebook.reach, facebook.reactions, facebook.paid) == (1200, 900, 40, True)
    assert (facebook.clicks, facebook.link_clicks, facebook.negative_feedback) == (10, 6, 1)
    assert (facebook.engagements, facebook.saves, facebook.format) == (53, None, "photo")
    assert (story.format, story.reactions, story.engagements, story.paid) == ("story", 3, 3, None)
    assert (reply.is_reply, reply.format, reply.reach) == (True, "text", None)
    assert (linkedin.clicks, linkedin.format, linkedin.video_views) == (9, "link", None)


def test_columns_stand_in_any_order_and_some_may_be_absent(tmp_path):
    assert read(write(tmp_path, turned(ROWS))).rows[0].external_id == "200300"
    few = without(ROWS, "Post ID", "Organic Impressions", "Organic Reach", "Sent by", "Tags", "Saves")
    assert [row.external_id for row in read(write(tmp_path, few)).rows][2:] == [
        "1995000000000000001",
        "7400000000000000001",
    ]


def test_what_is_no_network_or_has_no_number_is_rejected(tmp_path):
    networks = ["Facebook", "Instagram", "Glassdoor", ""]
    result = read(write(tmp_path, changed(ROWS, "Network", networks)))
    assert [row.code for row in result.rejected] == ["platform_unknown", "platform_unknown"]
    rounded = changed(ROWS, "Post ID", ["1.002E+14", "1.79E+16", "1.995E+18", ""])
    result = read(write(tmp_path, rounded))
    assert [row.code for row in result.rejected] == ["id_destroyed_by_excel"] * 2
    assert [row.platform for row in result.rows] == ["x", "linkedin"]


def test_a_table_with_none_of_sprouts_own_columns_is_not_taken(tmp_path):
    rows = [
        ["Date", "Network", "Profile", "Link", "Impressions"],
        ["11/30/2025", "Facebook", "Caffè", "https://x.example/1", "5"],
    ]
    with pytest.raises(UnknownFormat):
        detect(write(tmp_path, rows))
