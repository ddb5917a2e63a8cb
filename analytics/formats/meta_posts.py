"""Meta Business Suite, content: posts of Facebook pages and of Instagram accounts.

The time of publishing is Pacific time whatever the account's country. A column can occur twice, one of them
without figures. A daily breakdown repeats each post once a day and is refused.
"""

from __future__ import annotations

import re
from typing import Any

from analytics.formats.base import Format, Notice, Plan, PostRow, Source, total
from analytics.formats.by_content import with_column
from analytics.formats.columns import Names
from analytics.formats.dates import Clock, swapped
from analytics.formats.errors import CellError
from analytics.formats.located import Count, Table, locate, wanting
from analytics.formats.meta_columns import FACEBOOK, INSTAGRAM, KINDS, LIFETIME
from analytics.formats.numbers import is_missing
from analytics.formats.postrow import external_id, kind_of, post_row, restored, rounded, rounds_ids

_NUMBER = re.compile(r"\d{14,20}$")
PACIFIC = "America/Los_Angeles"
TOTALS = frozenset({"total", "totale", "gesamt"})
FB_COUNTS = (
    "impressions",
    "reach",
    "views",
    "reactions",
    "comments",
    "shares",
    "clicks",
    "link_clicks",
    *("video_views", "saves", "follows"),
)
IG_COUNTS = (
    *("impressions", "reach", "views", "reactions", "comments", "shares", "saves"),
    *("link_clicks", "follows", "profile_visits"),
)
MARKS = {
    "facebook": ("account", "reactions", "total", "title", "clicks", "crosspost", "boosted_reach"),
    "instagram": ("account", "reactions", "saves", "follows", "account_name"),
}
TEXTS = (*("post_id", "permalink", "published", "date", "account", "account_id", "type", "description", "title"),)
FIGURE_NAMES = (
    *("reach", "viewers", "views", "impressions", "reactions", "comments", "shares", "total", "saves"),
    *("interactions", "likes"),
)


def _names(platform: str) -> Names:
    return FACEBOOK if platform == "facebook" else INSTAGRAM


def _table(source: Source, platform: str) -> Table | None:
    table = locate(source, _names(platform), ["published"])
    if table is None or "post_id" in table.header.at:
        return table
    return with_column(table, "post_id", _NUMBER, distinct=True) or table


def _score(source: Source, platform: str) -> int:
    """How many columns speak for it; the columns that only this platform has count double."""
    table = _table(source, platform)
    if table is None or not (table.header.at.keys() & {"post_id", "permalink", "description"}):
        return 0
    at = table.header.at
    marks = sum(name in at for name in MARKS[platform])
    if not marks or not any(name in at for name in FIGURE_NAMES):
        return 0
    return 10 + len(at) + 2 * marks


def _missing(source: Source, platform: str) -> list[str]:
    return wanting(source, _names(platform), ["post_id", "published", "reach"])


def _plan(source: Source, platform: str, **_: Any) -> Plan:
    table = _table(source, platform)
    assert table is not None  # score() found it
    return _Posts(table, platform).plan()


class _Posts:
    """Reads one file; remembers what the closing notices need."""

    def __init__(self, table: Table, platform: str) -> None:
        self.table, self.platform = table, platform
        self.notices: list[Notice] = table.unread()
        self.placeholders = self.impossible = 0
        self.accounts: dict[str, None] = {}
        self.counts = {name: self._count(name) for name in (FB_COUNTS if platform == "facebook" else IG_COUNTS)}
        self.texts = {name: table.text(name) for name in TEXTS}
        self.stated, self.interactions = table.count("total"), table.count("interactions")
        # What stands in where an export of another year lacks the column of its own name.
        stands_in = {"reach": "viewers", "reactions": "likes", "comments": "replies"}
        self.instead = {name: table.count(other) for name, other in stands_in.items() if other in table.header.at}
        self.rounded_ids = self._rounds_ids()
        self.hide, self.hide_all = table.count("hide"), table.count("hide_all")
        self.boosted = [table.count("boosted_reach"), table.count("boosted_views")]
        self.seconds = table.amount("seconds", language="en")

    def plan(self) -> Plan:
        table = self.table
        index = table.header.at["published"][0]
        title = table.header.title(index)
        zone = table.sheet.source.answers.get("time_zone") or PACIFIC
        self.moment = table.moments("published", Clock(zone), assume_month_first=True)
        if swapped(table.sample(index)):
            self.notices.append(Notice("dates_turned", {"column": title}))
        self.notices.append(
            Notice("pacific_time", {}) if zone == PACIFIC else Notice("clock_assumed", {"zone": zone})
        )
        return Plan(
            table.rows(),
            self.parse,
            language=table.header.language,
            notices=self.notices,
            closing=self.closing,
            time_zone=zone,
            width=len(table.header.cells),
        )

    def _count(self, name: str) -> Count:
        places = self.table.header.at.get(name, [])
        if len(places) > 1:
            self.notices.append(
                Notice("duplicate_column", {"column": self.table.header.title(places[0]), "count": len(places)})
            )
        filled = [place for place in places if any(v.strip("0., ") for v in self.table.sample(place))]
        return self.table.count(name, at=filled[0] if filled else None)

    def parse(self, line: int, cells: list[str]) -> PostRow | None:
        table, text = self.table, self._text
        number, link = text(cells, "post_id"), text(cells, "permalink")
        if not number and not link and not text(cells, "published"):
            self.placeholders += 1
            return None
        if number.casefold() in TOTALS:
            self.placeholders += 1
            return None
        stamp = text(cells, "date")
        if stamp.casefold() not in LIFETIME and any(char.isdigit() for char in stamp):
            raise CellError(table.header.title(table.header.at["date"][0]), stamp, "daily_rows")
        counts = {name: read(cells) for name, read in self.counts.items()}
        for name, read in self.instead.items():
            if counts[name] is None:
                counts[name] = read(cells)
        self._drop_impossible(counts)
        counts["negative_feedback"] = self._negative(cells)
        boosted = total(*(read(cells) for read in self.boosted))
        seconds = self.seconds(cells)
        account = text(cells, "account")
        self.accounts[account] = None
        return post_row(
            line,
            cells,
            platform=self.platform,
            external_id=self._id(number, link),
            published=self.moment(text(cells, "published")),
            counts=counts,
            stated_total=self._stated_total(cells),
            account=account,
            account_id=_whole(text(cells, "account_id")),
            format=kind_of(text(cells, "type"), KINDS),
            # Of a photo the caption is the title; of a video the title may be the caption's beginning.
            text=max(text(cells, "description"), text(cells, "title"), key=len),
            permalink=link,
            paid=None if boosted is None else boosted > 0,
            watch_seconds=None if seconds is None else float(seconds),
        )

    def _stated_total(self, cells: list[str]) -> int | None:
        stated = self.stated(cells)
        return self.interactions(cells) if stated is None else stated

    def _rounds_ids(self) -> bool:
        index = self.table.header.first("post_id")
        return index is not None and rounds_ids(self.table.sample(index))

    def _text(self, cells: list[str], column: str) -> str:
        return self.texts[column](cells)

    def _id(self, number: str, link: str) -> str:
        places = self.table.header.at.get("post_id")
        if number and places:
            return self._whole_id(number, link, self.table.header.title(places[0]))
        if places or not link:
            raise CellError("Post ID", number, "id_missing")
        return link.split("?", maxsplit=1)[0].rstrip("/").rsplit("/", 1)[-1]

    def _whole_id(self, number: str, link: str, title: str) -> str:
        """The number as stated, or what the link tells of a rounded one."""
        try:
            if self.rounded_ids and rounded(number):
                raise CellError(title, number, "id_destroyed_by_excel")
            return external_id(number, title)
        except CellError:
            if whole := restored(number, link):
                return whole
            raise

    def _drop_impossible(self, counts: dict[str, int | None]) -> None:
        """People who were reached have seen it: 0 views beside a reach means that views were not exported."""
        if counts.get("reach"):
            for name in ("views", "impressions"):
                if counts.get(name) == 0:
                    counts[name] = None
                    self.impossible += 1

    def _negative(self, cells: list[str]) -> int | None:
        told = [value for value in (self.hide(cells), self.hide_all(cells)) if value is not None]
        return sum(told) if told else None

    def closing(self) -> list[Notice]:
        notices = []
        named = [account for account in self.accounts if account]
        if len(named) > 1:
            notices.append(Notice("accounts_several", {"count": len(named), "accounts": ", ".join(named[:8])}))
        if not named:
            notices.append(Notice("account_not_in_file", {}))
        if self.placeholders:
            notices.append(Notice("placeholders_dropped", {"count": self.placeholders}))
        if self.impossible:
            notices.append(Notice("views_not_exported", {"count": self.impossible, "column": "Views"}))
        return notices


def _whole(number: str) -> str:
    """An account's number without a spreadsheet's decimals; "" when the spreadsheet has rounded it."""
    try:
        return "" if is_missing(number) else external_id(number, "")
    except CellError:
        return ""


def _format(platform: str, title: str) -> Format:
    return Format(
        slug=f"meta_{platform}",
        platform=platform,
        kind="posts",
        title=title,
        score=lambda source: _score(source, platform),
        missing=lambda source: _missing(source, platform),
        plan=lambda source, **options: _plan(source, platform, **options),
    )


FORMATS = [
    _format("facebook", "Meta Business Suite: Facebook posts"),
    _format("instagram", "Meta Business Suite: Instagram posts"),
]
