"""TikTok Studio content: dates without a year; the video's number holds the moment."""

from datetime import date, datetime

from smm.demo.files.base import DemoFile, Period, csv_bytes, periods, within
from smm.demo.plan import Account, Demo
from smm.demo.simulate import DemoPost

HEADER = (
    "Time",
    "Video title",
    "Video link",
    "Post time",
    "Total likes",
    "Total comments",
    "Total shares",
    "Total views",
)


def content(demo: Demo, account: Account, posts: list[DemoPost], *, today: date) -> list[DemoFile]:
    """One file a year, the videos with most views on top, as Studio sorts them."""
    return [
        _file(demo, account, span, within(posts, span))
        for span in periods(today, days=account.days, length=365, overlap=21)
    ]


def _file(demo: Demo, account: Account, span: Period, posts: list[DemoPost]) -> DemoFile:
    rows = []
    for post in posts:
        f = post.at(span.exported_at)
        told = (f.reactions, f.comments, f.shares, f.impressions)
        rows.append([_day(span.exported_at), post.text, post.permalink, _day(post.published), *told])
    rows.sort(key=lambda row: -row[-1])
    name = f"Content_{account.handle}_{span.end:%Y-%m-%d}.csv"
    return DemoFile(demo.slug, name, csv_bytes(HEADER, rows, quote_all=True), span.exported_at)


def _day(moment: datetime) -> str:
    return f"{moment:%B} {moment.day}"
