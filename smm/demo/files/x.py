"""X: the older activity export (UTC with an hour, counts as 215.0) and the current one (a date, no hour)."""

from datetime import date
from typing import Any

from smm.demo.files.base import DemoFile, Period, csv_bytes, periods, within
from smm.demo.plan import Account, Demo
from smm.demo.simulate import DemoPost

OLD_ORGANIC = (
    "impressions",
    "engagements",
    "engagement rate",
    "retweets",
    "replies",
    "likes",
    "user profile clicks",
    "url clicks",
    "hashtag clicks",
    "detail expands",
    "permalink clicks",
    "app opens",
    "app installs",
    "follows",
    "email tweet",
    "dial phone",
    "media views",
    "media engagements",
)
OLD = ("Tweet id", "Tweet permalink", "Tweet text", "time", *OLD_ORGANIC, *(f"promoted {n}" for n in OLD_ORGANIC))
CURRENT = (
    "Post id",
    "Date",
    "Post text",
    "Post Link",
    "Impressions",
    "Likes",
    "Engagements",
    "Bookmarks",
    "Shares",
    "New follows",
    "Replies",
    "Reposts",
    "Profile visits",
    "Detail Expands",
    "URL Clicks",
    "Hashtag Clicks",
    "Permalink Clicks",
)


def content(demo: Demo, account: Account, posts: list[DemoPost], *, today: date) -> list[DemoFile]:
    """One file a quarter: the first half of the history in the older format, the rest in the current one."""
    spans = periods(today, days=account.days, length=92, overlap=5)
    half = len(spans) // 2
    old = [_old(demo, span, within(posts, span)) for span in spans[:half]]
    return old + [_current(demo, account, span, within(posts, span)) for span in spans[half:]]


def _old(demo: Demo, span: Period, posts: list[DemoPost]) -> DemoFile:
    rows = [_old_row(post, span) for post in posts]
    name = f"tweet_activity_metrics_{demo.slug}_{span.start:%Y%m%d}_{span.end:%Y%m%d}_en.csv"
    return DemoFile(demo.slug, name, csv_bytes(OLD, rows, quote_all=True), span.exported_at)


def _old_row(post: DemoPost, span: Period) -> list[Any]:
    f = post.at(span.exported_at)
    engagements = f.engagements + f.clicks + f.profile_visits
    counts = (
        f.impressions,
        engagements,
        engagements / f.impressions if f.impressions else 0.0,
        f.shares,
        f.comments,
        f.reactions,
        f.profile_visits,
        f.link_clicks,
        0,
        f.clicks - f.link_clicks,
        0,
    )
    told = [f"{float(count)}" for count in counts] + [0, 0, f.follows, 0, 0, f.video_views, 0]
    link = post.permalink.replace("https://x.com", "https://twitter.com")
    return [
        post.number,
        link,
        post.text,
        f"{post.published:%Y-%m-%d %H:%M} +0000",
        *told,
        *("-" * len(OLD_ORGANIC)),
    ]


def _current(demo: Demo, account: Account, span: Period, posts: list[DemoPost]) -> DemoFile:
    rows = [_current_row(post, span) for post in posts]
    if rows:  # the export leaves a line without a post where one was deleted
        rows.insert(len(rows) // 2, ["", rows[len(rows) // 2][1], "", "", *([0] * 13)])
    name = f"account_analytics_content_{account.handle}_{span.start}_{span.end}.csv"
    return DemoFile(demo.slug, name, csv_bytes(CURRENT, rows), span.exported_at)


def _current_row(post: DemoPost, span: Period) -> list[Any]:
    f = post.at(span.exported_at)
    engagements = f.engagements + f.saves + f.clicks + f.profile_visits
    return [
        post.number,
        f"{post.published:%a, %b} {post.published.day}, {post.published.year}",
        post.text,
        post.permalink,
        f.impressions,
        f.reactions,
        engagements,
        f.saves,
        f.shares // 3,
        f.follows,
        f.comments,
        f.shares,
        f.profile_visits,
        f.clicks - f.link_clicks,
        f.link_clicks,
        0,
        0,
    ]
