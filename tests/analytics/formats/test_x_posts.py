"""X: the activity export states the time, the content export hides it in the post's number."""

from datetime import UTC, datetime

from analytics.formats import detect
from tests.analytics.formats.files import changed, write

ACTIVITY = [
    [
        *("Tweet id", "Tweet permalink", "Tweet text", "time", "impressions", "engagements", "engagement rate"),
        *("retweets", "replies", "likes", "user profile clicks", "url clicks", "hashtag clicks", "detail expands"),
        *("permalink clicks", "follows", "media views", "promoted impressions"),
    ],
    [
        *("1365945498830577666", "https://twitter.com/Caffe/status/1365945498830577666", "@amico ciao"),
        *("2021-02-28 08:42 +0000", "1323.0", "152.0", "0.11", "2.0", "3.0", "6.0", "18.0", "1.0", "0.0", "124.0"),
        *("0.0", "0", "0", "-"),
    ],
    [
        *("1365945498830577667", "https://twitter.com/Caffe/status/1365945498830577667", "nuovo caffè"),
        *("2021-07-28 08:42 +0000", "10.0", "1.0", "0.1", "0.0", "0.0", "1.0", "0.0", "0.0", "0.0", "0.0"),
        *("0.0", "0", "7", "500"),
    ],
]
# 2026-02-27 13:29:09 UTC is in this number: (id >> 22) + 1288834974657 ms.
CONTENT = [
    [
        *(
            "Post id",
            "Date",
            "Post text",
            "Post Link",
            "Impressions",
            "Likes",
            "Engagements",
            "Bookmarks",
            "Shares",
        ),
        *("New follows", "Replies", "Reposts", "Profile visits", "Detail Expands", "URL Clicks"),
    ],
    [
        *("2027375444000000000", "Fri, Feb 27, 2026", "caffè", "https://x.com/caffe/status/2027375444000000000"),
        *("60", "4", "9", "1", "1", "0", "2", "3", "5", "1", "2"),
    ],
    ["", "Fri, Feb 27, 2026", "", "", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0"],
]


def read(path):
    return detect(path).read(path, time_zone="Europe/Rome")


def test_the_activity_export_states_utc_times_and_floats(tmp_path):
    path = write(tmp_path, ACTIVITY)
    assert detect(path).slug == "x_activity"
    reply, post = read(path).rows
    assert reply.external_id == "1365945498830577666"
    assert (reply.account, reply.is_reply, reply.paid) == ("Caffe", True, False)
    assert reply.published_at == datetime(2021, 2, 28, 8, 42, tzinfo=UTC)
    assert (reply.impressions, reply.engagements, reply.link_clicks, reply.clicks) == (1323, 11, 1, 143)
    assert (post.is_reply, post.paid, post.video_views) == (False, True, 7)


def test_the_content_export_takes_the_time_from_the_number(tmp_path):
    path = write(tmp_path, CONTENT)
    assert detect(path).slug == "x_content"
    result = read(path)
    row = result.rows[0]
    milliseconds = (2027375444000000000 >> 22) + 1288834974657
    assert row.published_at == datetime.fromtimestamp(milliseconds // 1000, UTC)
    assert (row.precision, row.account, row.saves, row.shares, row.engagements) == ("exact", "caffe", 1, 4, 11)
    assert result.ignored == 1, "a row without a post is no post"


def test_a_number_that_does_not_agree_with_the_day_leaves_the_day(tmp_path):
    rows = changed(CONTENT[:2], "Date", ["Fri, Jan 2, 2026"])
    result = read(write(tmp_path, rows))
    assert (result.rows[0].precision, result.precision) == ("day", "day")
    assert "id_time_differs" in [warning.code for warning in result.warnings]


def test_a_number_that_excel_shortened_is_taken_from_the_link(tmp_path):
    rows = changed(CONTENT[:2], "Post id", ["2.02738E+18"])
    assert read(write(tmp_path, rows)).rows[0].external_id == "2027375444000000000"


def test_italian_names_are_known(tmp_path):
    rows = [
        ["ID post", "Data", "Testo del post", "Link al post", "Impressioni", "Mi piace", "Risposte", "Repost"],
        [
            *("2027375444000000000", "Fri, Feb 27, 2026", "caffè"),
            *("https://x.com/caffe/status/2027375444000000000", "60", "4", "2", "3"),
        ],
    ]
    result = read(write(tmp_path, rows))
    assert (result.language, result.rows[0].engagements) == ("it", 9)
