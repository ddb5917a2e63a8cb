"""The generic template, for a platform without a format of its own."""

from datetime import date

from smm.demo.files.base import DemoFile, csv_bytes, periods, within
from smm.demo.plan import Account, Demo
from smm.demo.simulate import DemoPost

HEADER = (
    "platform",
    "account",
    "post_id",
    "published_at",
    "format",
    "text",
    "permalink",
    "paid",
    "impressions",
    "reach",
    "reactions",
    "comments",
    "shares",
    "saves",
    "clicks",
    "video_views",
)


def content(demo: Demo, account: Account, posts: list[DemoPost], *, today: date) -> list[DemoFile]:
    """One file, written by hand or by a script of the agency."""
    (span,) = periods(today, days=account.days, length=account.days, overlap=0)
    rows = []
    for post in within(posts, span):
        f = post.at(span.exported_at)
        told = (f.impressions, "", f.reactions, f.comments, f.shares, "", f.clicks, "")
        published = f"{post.published:%Y-%m-%dT%H:%M:%SZ}"
        rows.append(
            [
                account.platform,
                account.handle,
                post.number,
                published,
                post.format,
                post.text,
                post.permalink,
                "no",
                *told,
            ]
        )
    name = f"{account.platform}_{demo.slug}_template.csv"
    return [DemoFile(demo.slug, name, csv_bytes(HEADER, rows), span.exported_at)]
