"""Sprout Social, Post Performance Report: the posts of several networks in one table.

Times are those of the account's zone, month first. A post goes by the number that its own network gives it, so that
the network's own export, read before or after, tells of the same post.
"""

from __future__ import annotations

from typing import Any

from analytics.formats.base import Format, Plan, PostRow, Source, total
from analytics.formats.columns import Aliases, Names
from analytics.formats.dates import Clock
from analytics.formats.located import Table, locate, wanting
from analytics.formats.networks import KINDS, own_number, platform_of
from analytics.formats.postrow import figures, kind_of, post_row

OWN = ("rate", "other_clicks", "all_clicks", "organic_impressions", "organic_reach", "link_clicks")
ALIASES: Aliases = {
    "date": {"en": "Date"},
    "post_id": {"en": "Post ID"},
    "network": {"en": "Network"},
    "post_type": {"en": "Post Type"},
    "content_type": {"en": "Content Type"},
    "account": {"en": "Profile"},
    "sender": {"en": "Sent by"},
    "link": {"en": "Link"},
    "text": {"en": "Post"},
    "linked": {"en": "Linked Content"},
    "impressions": {"en": "Impressions"},
    "organic_impressions": {"en": "Organic Impressions"},
    "paid_impressions": {"en": "Paid Impressions"},
    "reach": {"en": "Reach"},
    "organic_reach": {"en": "Organic Reach"},
    "paid_reach": {"en": "Paid Reach"},
    "rate": {"en": "Engagement Rate (per Impression)"},
    "stated": {"en": "Engagements"},
    "reactions": {"en": "Reactions"},
    "likes": {"en": "Likes"},
    "comments": {"en": "Comments"},
    "shares": {"en": "Shares"},
    "saves": {"en": "Saves"},
    "link_clicks": {"en": "Post Link Clicks"},
    "other_clicks": {"en": "Other Post Clicks"},
    "all_clicks": {"en": "Post Clicks (All)"},
    "negative_feedback": {"en": "Negative Feedback"},
    "video_views": {"en": "Video Views"},
}
NAMES = Names(ALIASES)
REQUIRED = ["date", "network", "account", "impressions"]
WANTED = [*REQUIRED, "post_id", "post_type", "stated"]


def _table(source: Source) -> Table | None:
    table = locate(source, NAMES, REQUIRED)
    if table is None or not table.header.at.keys() & {"post_id", "link"}:
        return None
    return table if sum(name in table.header.at for name in OWN) > 1 else None


def _score(source: Source) -> int:
    table = _table(source)
    return 10 + len(table.header.at) if table else 0


def _plan(source: Source, *, time_zone: str = "UTC", **_: Any) -> Plan:
    table = _table(source)
    assert table is not None  # score() found it
    return _Posts(table, Clock(time_zone)).plan()


class _Posts:
    """Reads the rows, each of the network that it names."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self.table, self.clock = table, clock
        names = ("network", "account", "post_id", "link", "text", "post_type", "content_type", "date")
        self.texts = {name: table.text(name) for name in names}
        header = table.header
        self.network_title = header.title(header.at["network"][0])
        self.id_title = header.title((header.at.get("post_id") or header.at["link"])[0])
        self.moment = table.moments("date", clock, assume_month_first=True)
        wanted = ("impressions", "reach", "comments", "shares", "saves", "link_clicks", "video_views")
        self.figures = figures(table, (*wanted, "negative_feedback"))
        others = ("reactions", "likes", "stated", "all_clicks", "other_clicks", "paid_impressions")
        self.others = {name: table.count(name) for name in others}

    def plan(self) -> Plan:
        return Plan(
            self.table.rows(),
            self.parse,
            language=self.table.header.language,
            notices=self.table.unread(),
            time_zone=self.clock.name,
            width=len(self.table.header.cells),
        )

    def parse(self, line: int, cells: list[str]) -> PostRow | None:
        told = {name: read(cells) for name, read in self.texts.items()}
        if not told["network"] and not told["date"]:
            return None
        platform = platform_of(told["network"], self.network_title)
        others = {name: read(cells) for name, read in self.others.items()}
        counts = {name: read(cells) for name, read in self.figures.items()}
        # Reactions are likes and more where a network has both; elsewhere their column stands empty or at nothing.
        counts["reactions"] = _greater(others["reactions"], others["likes"])
        clicks = others["all_clicks"]
        counts["clicks"] = total(counts.get("link_clicks"), others["other_clicks"]) if clicks is None else clicks
        paid = others["paid_impressions"]
        post_type = told["post_type"].lstrip("'")
        return post_row(
            line,
            cells,
            platform=platform,
            external_id=own_number(platform, told["post_id"], told["link"], self.id_title),
            published=self.moment(told["date"]),
            counts=counts,
            stated_total=others["stated"],
            account=told["account"].lstrip("'").removeprefix("@"),
            format=kind_of(_first_known(post_type, told["content_type"]), KINDS),
            text=told["text"],
            permalink=told["link"],
            paid=None if paid is None else paid > 0,
            is_reply="reply" in post_type.casefold(),
        )


def _greater(reactions: int | None, likes: int | None) -> int | None:
    return max((count for count in (reactions, likes) if count is not None), default=None)


def _first_known(post_type: str, content_type: str) -> str:
    """A story is one whatever it shows; else what is shown tells more than "Post"."""
    return post_type if kind_of(post_type, KINDS) in ("story", "short_video") else content_type


FORMATS = [
    Format(
        "sprout_posts",
        "",
        "posts",
        "Sprout Social: post performance",
        _score,
        lambda source: wanting(source, NAMES, WANTED),
        _plan,
    )
]
