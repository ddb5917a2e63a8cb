"""YouTube Studio table: a Total row first, dates without an hour."""

from datetime import date
from typing import Any

from smm.demo.files.base import DemoFile, csv_bytes, periods, within
from smm.demo.plan import Account, Demo
from smm.demo.simulate import DemoPost, Figures

HEADER = (
    "Content",
    "Video title",
    "Video publish time",
    "Duration",
    "Impressions",
    "Impressions click-through rate (%)",
    "Subscribers gained",
    "Subscribers lost",
    "Likes",
    "Shares",
    "Comments added",
    "Views",
    "Watch time (hours)",
    "Average view duration",
)


def content(demo: Demo, account: Account, posts: list[DemoPost], *, today: date) -> list[DemoFile]:
    """One table of the whole lifetime."""
    (span,) = periods(today, days=account.days, length=account.days, overlap=0)
    told = [(post, post.at(span.exported_at)) for post in within(posts, span)]
    told.sort(key=lambda pair: -pair[1].video_views)
    rows = [_total([figures for _, figures in told]), *(_row(post, figures) for post, figures in told)]
    name = f"Table data {demo.slug}.csv"
    return [DemoFile(demo.slug, name, csv_bytes(HEADER, rows), span.exported_at, account.key)]


def _row(post: DemoPost, f: Figures) -> list[Any]:
    day = f"{post.published:%b} {post.published.day}, {post.published.year}"
    return [
        post.number,
        post.text,
        day,
        post.duration,
        f.impressions,
        round(4.0 + f.clicks % 50 / 10, 2),
        f.follows,
        f.hidden,
        f.reactions,
        f.shares,
        f.comments,
        f.video_views,
        round(f.watch_seconds / 3600, 4),
        _clock(f.watch_seconds / f.video_views if f.video_views else 0.0),
    ]


def _total(figures: list[Figures]) -> list[Any]:
    views, watched = sum(f.video_views for f in figures), sum(f.watch_seconds for f in figures)
    summed = ("follows", "hidden", "reactions", "shares", "comments")
    sums = [sum(getattr(f, name) for f in figures) for name in summed]
    seen = sum(f.impressions for f in figures)
    return [
        "Total",
        "",
        "",
        "",
        seen,
        5.4,
        *sums,
        views,
        round(watched / 3600, 4),
        _clock(watched / max(views, 1)),
    ]


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"
