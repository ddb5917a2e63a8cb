"""Facebook Insights, post level, as downloaded until about 2021 (.xlsx, .csv, and XML under the name .xls).

A workbook spreads the figures over several sheets, joined by the post's number; a CSV has them side by side. Below the
names stands a row that explains them. Sources: a real English workbook; the names that public programs read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from analytics.formats.base import Format, Notice, Plan, PostRow, Source, total
from analytics.formats.columns import Header, Names
from analytics.formats.dates import Clock
from analytics.formats.errors import CellError
from analytics.formats.located import Count, Table, locate, wanting
from analytics.formats.postrow import kind_of, post_row, rounded
from analytics.formats.tables import Sheet, normal

PACIFIC = "America/Los_Angeles"
_NUMBERS = re.compile(r"(\d+)_(\d+)$")
_HANDLE = re.compile(r"facebook\.com/([A-Za-z0-9.\-]*[A-Za-z][A-Za-z0-9.\-]*)/(?:posts|videos|photos)", re.I)
NAMES = Names(
    {
        "post_id": {"en": "Post ID"},
        "permalink": {"en": "Permalink"},
        "text": {"en": "Post Message"},
        "type": {"en": "Type"},
        "countries": {"en": "Countries"},
        "languages": {"en": "Languages"},
        "posted": {"en": "Posted"},
        "targeting": {"en": "Audience Targeting"},
        "topic": {"en": "Topic"},
        "reach": {"en": "Lifetime Post Total Reach|post_impressions_unique:lifetime"},
        "impressions": {"en": "Lifetime Post Total Impressions|post_impressions:lifetime"},
        "paid_impressions": {"en": "Lifetime Post Paid Impressions|post_impressions_paid:lifetime"},
        "clicks": {"en": "Lifetime Post Consumptions|post_consumptions:lifetime"},
        "negative_feedback": {"en": "Lifetime Negative Feedback from Users|post_negative_feedback:lifetime"},
        "own_video_views": {"en": "Lifetime Organic Video Views|post_video_views_organic:lifetime"},
        "paid_video_views": {"en": "Lifetime Paid Video Views|post_video_views_paid:lifetime"},
        "reactions": {"en": "Lifetime Post Stories by action type - like"},
        "comments": {"en": "Lifetime Post Stories by action type - comment"},
        "shares": {"en": "Lifetime Post Stories by action type - share"},
        "link_clicks": {"en": "Lifetime Post Consumptions by type - link clicks"},
    }
)
REQUIRED = ["post_id", "permalink", "posted"]
TELLING = frozenset({"reach", "impressions", "clicks", "reactions"})
FIGURES = ("reach", "impressions", "clicks", "negative_feedback", "reactions", "comments", "shares", "link_clicks")
# The first words of a sheet's name → its columns and the figures that they are. Sheets that count people instead
# of stories and clicks (“Talking About This”, “Consumers”) are left aside.
SHEETS: dict[str, dict[str, str]] = {
    "lifetime post stories by act": {"like": "reactions", "comment": "comments", "share": "shares"},
    "lifetime post consumptions b": {"link clicks": "link_clicks"},
}
ASIDE = ("lifetime talking about this", "lifetime post consumers", "lifetime negative feedback")
KINDS = (
    *(("video", "video"), ("photo", "photo"), ("link", "link"), ("share", "link"), ("status", "text")),
    *(("event", "event"), ("note", "article"), ("live", "live"), ("offer", "other")),
)
Joined = Callable[[str], int | None]


def _table(source: Source) -> Table | None:
    table = locate(source, NAMES, REQUIRED)
    return table if table and table.header.at.keys() & TELLING else None


def _score(source: Source) -> int:
    table = _table(source)
    return 10 + len(table.header.at) if table else 0


def _plan(source: Source, **_: Any) -> Plan:
    table = _table(source)
    assert table is not None  # score() found it
    return _Posts(source, table).plan()


def _joined(sheet: Sheet, columns: dict[str, str]) -> dict[str, dict[str, int | None]]:
    """The figures of a sheet by name, then by the post's number; a figure whose column is not there is left out."""
    for line, cells in sheet.head:
        names = [normal(text) for text in cells]
        at = {columns[name]: [place] for place, name in enumerate(names) if name in columns}
        if "post id" in names and at:
            header = Header(line, cells, at | {"post_id": [names.index("post id")]}, "en")
            return _by_post(Table(sheet, header), list(at))
    return {}


def _by_post(table: Table, figures: list[str]) -> dict[str, dict[str, int | None]]:
    number, counts = table.text("post_id"), {name: table.count(name) for name in figures}
    found: dict[str, dict[str, int | None]] = {name: {} for name in figures}
    for _line, cells in table.rows():
        if post := number(cells):
            for name, read in counts.items():
                found[name][post] = _count_or_none(read, cells)
    return found


def _count_or_none(read: Count, cells: list[str]) -> int | None:
    """A damaged cell of another sheet costs its figure, not the post."""
    try:
        return read(cells)
    except CellError:
        return None


class _Posts:
    def __init__(self, source: Source, table: Table) -> None:
        self.table = table
        self.number, self.link, self.stamp = table.text("post_id"), table.text("permalink"), table.text("posted")
        self.text, self.type = table.text("text"), table.text("type")
        self.counts = {name: table.count(name) for name in FIGURES if name in table.header.at}
        self.paid = table.count("paid_impressions")
        self.views = [table.count("own_video_views"), table.count("paid_video_views")]
        self.zone = source.answers.get("time_zone") or PACIFIC
        self.moment = table.moments("posted", Clock(self.zone), assume_month_first=True)
        self.joined: dict[str, dict[str, int | None]] = {}
        self.others: list[str] = []
        self._join(source)
        self.blank = 0

    def _join(self, source: Source) -> None:
        for sheet in source.sheets:
            if sheet.name == self.table.sheet.name:
                continue
            start = normal(sheet.name)
            columns = next((columns for name, columns in SHEETS.items() if start.startswith(name)), None)
            if columns:
                self.joined |= _joined(sheet, columns)
            elif not start.startswith(ASIDE):
                self.others.append(sheet.name)

    def plan(self) -> Plan:
        clock = "pacific_time" if self.zone == PACIFIC else "clock_assumed"
        notices = [*self.table.unread(), Notice(clock, {"zone": self.zone} if clock == "clock_assumed" else {})]
        if self.others:
            notices.append(Notice("other_sheets", {"sheets": ", ".join(self.others)}))
        return Plan(
            self.table.rows(),
            self.parse,
            notices=notices,
            closing=self.closing,
            time_zone=self.zone,
            width=len(self.table.header.cells),
        )

    def parse(self, line: int, cells: list[str]) -> PostRow | None:
        told = self.number(cells)
        if not told:  # the row of explanations, or one without anything
            self.blank += 1
            return None
        page, number = self._numbers(told)
        counts = {name: read(cells) for name, read in self.counts.items()}
        for name, by_post in self.joined.items():
            counts[name] = by_post.get(told)
        link, kind, paid = self.link(cells), kind_of(self.type(cells), KINDS), self.paid(cells)
        handle = _HANDLE.search(link)
        # Of anything but a video the export writes 0 views.
        counts["video_views"] = total(*(read(cells) for read in self.views)) if kind in ("video", "live") else None
        return post_row(
            line,
            cells,
            platform="facebook",
            external_id=number,
            published=self.moment(self.stamp(cells)),
            counts=counts,
            account=handle[1] if handle else "",
            account_id=page,
            format=kind,
            text=self.text(cells),
            permalink=link,
            paid=None if paid is None else paid > 0,
        )

    def _numbers(self, told: str) -> tuple[str, str]:
        """(page, post): "155_191" is post 191 of page 155, which Meta's later exports tell in two columns."""
        title = self.table.header.title(self.table.header.at["post_id"][0])
        if parts := _NUMBERS.match(told):
            return parts[1], parts[2]
        if not told.isdecimal():
            raise CellError(title, told, "id_unreadable")
        if rounded(told):
            raise CellError(title, told, "id_destroyed_by_excel")
        return "", told

    def closing(self) -> list[Notice]:
        return [Notice("placeholders_dropped", {"count": self.blank})] if self.blank > 1 else []


FORMATS = [
    Format(
        "facebook_insights",
        "facebook",
        "posts",
        "Facebook Insights: posts",
        _score,
        lambda source: wanting(source, NAMES, [*REQUIRED, "reach", "impressions"]),
        _plan,
    )
]
