"""LinkedIn page, .xlsx: a sentence above the header of each sheet, dates without an hour, rates as fractions."""

import io
from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

import xlsxwriter

from smm.demo.files.base import DemoFile, Period, periods, within
from smm.demo.plan import Account, Demo
from smm.demo.simulate import DemoPost

METRICS_SENTENCE = (
    "Aggregated engagement metrics for your organic and sponsored posts over time. Date indicates when your posts "
    "were viewed by LinkedIn members. Data is delayed by up to 2 days. All dates and times are in UTC."
)
POSTS_SENTENCE = (
    "Engagement metrics for individual posts. Created date indicates when your post was created. All dates and "
    "times are in UTC."
)
_COUNTED = ("Clicks", "Reactions", "Comments", "Reposts", "Engagement rate")
_KINDS = ("(organic)", "(sponsored)", "(total)")
METRICS = (
    "Date",
    *(f"Impressions {kind}" for kind in _KINDS),
    "Unique impressions (organic)",
    *(f"{name} {kind}" for name in _COUNTED for kind in _KINDS),
)
POSTS = (
    "Post title",
    "Post link",
    "Post type",
    "Campaign name",
    "Posted by",
    "Created date",
    "Campaign start date",
    "Campaign end date",
    "Audience",
    "Impressions",
    "Views",
    "Offsite Views",
    "Clicks",
    "Click through rate (CTR)",
    "Likes",
    "Comments",
    "Reposts",
    "Follows",
    "Engagement rate",
    "Content Type",
)


def content(demo: Demo, account: Account, posts: list[DemoPost], *, today: date) -> list[DemoFile]:
    """One workbook a year, the longest that LinkedIn gives, with some days in both."""
    return [
        _workbook(demo, account, span, within(posts, span))
        for span in periods(today, days=account.days, length=365, overlap=14)
    ]


def _workbook(demo: Demo, account: Account, span: Period, posts: list[DemoPost]) -> DemoFile:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": datetime(2020, 1, 1)})  # the same posts give the same bytes
    _fill(book.add_worksheet("Metrics"), METRICS_SENTENCE, METRICS, _days(posts, span))
    _fill(book.add_worksheet("All posts"), POSTS_SENTENCE, POSTS, [_row(post, span) for post in posts])
    book.close()
    name = f"{account.handle.lower()}_content_{span.start:%Y%m%d}_{span.end:%Y%m%d}.xlsx"
    return DemoFile(demo.slug, name, target.getvalue(), span.exported_at, account.key)


def _fill(sheet: Any, sentence: str, header: tuple[str, ...], rows: list[list[Any]]) -> None:
    sheet.write_string(0, 0, sentence)
    for number, row in enumerate([header, *rows], start=1):
        for column, value in enumerate(row):
            if value != "":
                (sheet.write_string if isinstance(value, str) else sheet.write_number)(number, column, value)


def _row(post: DemoPost, span: Period) -> list[Any]:
    f = post.at(span.exported_at)
    share = (f.engagements + f.clicks) / f.impressions if f.impressions else 0.0
    kind = {"video": "Video", "article": "Article", "document": "Document"}.get(post.format, "")
    return [
        post.text,
        post.permalink,
        "Organic",
        "",
        "Joris Hoekstra",
        f"{post.published:%m/%d/%Y}",
        "",
        "",
        "All followers",
        f.impressions,
        f.video_views if post.format == "video" else "",
        "",
        f.clicks,
        f.clicks / f.impressions if f.impressions else 0.0,
        f.reactions,
        f.comments,
        f.shares,
        f.follows,
        share,
        kind,
    ]


def _days(posts: list[DemoPost], span: Period) -> list[list[Any]]:
    """The page's own series: what its posts gathered, told on the day they were published."""
    sums: dict[date, list[int]] = defaultdict(lambda: [0] * 6)
    for post in posts:
        f = post.at(span.exported_at)
        counts = (f.impressions, f.reach, f.clicks, f.reactions, f.comments, f.shares)
        sums[post.published.date()] = [a + b for a, b in zip(sums[post.published.date()], counts, strict=True)]
    days = [span.start + timedelta(days=n) for n in range((span.end - span.start).days + 1)]
    return [_day(day, sums[day]) for day in days]


def _day(day: date, sums: list[int]) -> list[Any]:
    seen, unique, *counts = sums
    rate = sum(counts) / seen if seen else 0.0
    told = [cell for count in counts for cell in (count, 0, count)]
    return [f"{day:%m/%d/%Y}", seen, 0, seen, unique, *told, rate, 0, rate]
