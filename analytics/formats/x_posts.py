"""X (Twitter): the older activity export, and the current content export.

The activity export states UTC times. The content export states a UTC day; the exact time is in the post's number.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from analytics.formats.base import Format, Notice, Plan, PostRow, Source, total
from analytics.formats.by_content import with_column
from analytics.formats.columns import Aliases, Names
from analytics.formats.dates import Clock, moment_reader
from analytics.formats.errors import CellError
from analytics.formats.located import Table, locate, wanting
from analytics.formats.postrow import external_id, figures, post_row
from analytics.formats.snowflake import told_by, x_time

_LINK = re.compile(r"(?:twitter|x)\.com/([^/?#]+)/status(?:es)?/(\d+)", re.I)
CLICKS = ("url_clicks", "profile_clicks", "hashtag_clicks", "detail_expands", "permalink_clicks")
COMMON: Aliases = {
    "impressions": {
        "en": "Impressions",
        "it": "Impressioni|Visualizzazioni",
        "de": "Impressionen",
        "es": "Impresiones",
    },
    "reactions": {"en": "Likes|Favorites", "it": "Mi piace", "de": "Gefällt mir", "es": "Me gusta"},
    "comments": {"en": "Replies", "it": "Risposte", "de": "Antworten", "es": "Respuestas"},
    "url_clicks": {"en": "URL clicks|Link clicks", "it": "Clic sull'URL|Clic sugli URL|Clic sul link"},
    "hashtag_clicks": {"en": "Hashtag clicks", "it": "Clic sull'hashtag|Clic sugli hashtag"},
    "detail_expands": {"en": "Detail expands", "it": "Espansioni dei dettagli|Espansioni dettagli"},
    "permalink_clicks": {"en": "Permalink clicks", "it": "Clic sul permalink|Clic sui permalink"},
    "stated": {
        "en": "Engagements",
        "it": "Interazioni|Coinvolgimenti",
        "de": "Interaktionen",
        "es": "Interacciones",
    },
}
ACTIVITY = Names(
    COMMON
    | {
        "post_id": {"en": "Tweet id|Post id", "it": "ID del tweet|ID Tweet|ID tweet|ID del post"},
        "permalink": {"en": "Tweet permalink|Post permalink", "it": "Permalink del tweet|Permalink Tweet"},
        "text": {"en": "Tweet text|Post text", "it": "Testo del tweet|Testo Tweet"},
        "time": {"en": "time", "it": "ora|orario", "de": "Zeit", "es": "hora"},
        "shares": {"en": "retweets|reposts", "it": "Retweet "},
        "profile_clicks": {"en": "user profile clicks", "it": "clic sul profilo utente"},
        "rate": {"en": "engagement rate"},
        "follows": {"en": "follows", "it": "nuovi follower"},
        "video_views": {"en": "media views", "it": "visualizzazioni contenuti multimediali"},
        "media_engagements": {"en": "media engagements"},
        "promoted": {"en": "promoted impressions", "it": "impressioni promosse"},
    }
    | {
        f"other_{n}": {"en": name}
        for n, name in enumerate(
            (
                "app opens",
                "app installs",
                "email tweet",
                "dial phone",
                "promoted engagements",
                "promoted engagement rate",
                "promoted retweets",
                "promoted replies",
                "promoted likes",
                "promoted user profile clicks",
                "promoted url clicks",
                "promoted hashtag clicks",
                "promoted detail expands",
                "promoted permalink clicks",
                "promoted app opens",
                "promoted app installs",
                "promoted follows",
                "promoted email tweet",
                "promoted dial phone",
                "promoted media views",
                "promoted media engagements",
            )
        )
    }
)
CONTENT = Names(
    COMMON
    | {
        "post_id": {
            "en": "Post id|Tweet id",
            "it": "ID post|ID del post",
            "de": "Post-ID",
            "es": "ID del post|ID de post",
        },
        "date": {"en": "Date", "it": "Data", "de": "Datum", "es": "Fecha"},
        "text": {
            "en": "Post text|Tweet text",
            "it": "Testo del post|Testo post",
            "de": "Post-Text",
            "es": "Texto del post",
        },
        "permalink": {
            "en": "Post Link|Post permalink",
            "it": "Link al post|Link del post|Link post",
            "es": "Enlace del post",
        },
        "saves": {
            "en": "Bookmarks",
            "it": "Segnalibri|Aggiunte ai segnalibri",
            "de": "Lesezeichen",
            "es": "Elementos guardados",
        },
        "sent": {"en": "Shares", "it": "Condivisioni", "de": "Geteilt", "es": "Veces compartido"},
        "shares": {"en": "Reposts", "it": "Repost|Ripubblicazioni", "de": "Reposts ", "es": "Reposts "},
        "follows": {"en": "New follows|Follows", "it": "Nuovi follow|Nuovi follower", "de": "Neue Follower"},
        "profile_visits": {
            "en": "Profile visits",
            "it": "Visite al profilo|Visite del profilo",
            "de": "Profilbesuche",
        },
        "video_views": {"en": "Video views|Media views", "it": "Visualizzazioni video"},
    }
)


def _activity(source: Source) -> Table | None:
    return locate(source, ACTIVITY, ["post_id", "time", "impressions"])


def _content(source: Source) -> Table | None:
    table = locate(source, CONTENT, ["date", "impressions"])
    if table is None or table.header.at.keys() & {"post_id", "permalink"}:
        return table
    return with_column(table, "permalink", _LINK)


def _score(table: Table | None) -> int:
    return 10 + len(table.header.at) if table else 0


def _plan_activity(source: Source, **_: Any) -> Plan:
    table = _activity(source)
    assert table is not None  # score() found it
    return _Posts(table, "time").plan()


def _plan_content(source: Source, **_: Any) -> Plan:
    table = _content(source)
    assert table is not None  # score() found it
    return _Posts(table, "date").plan()


class _Posts:
    """Reads one file of either kind; they differ in where the time comes from."""

    def __init__(self, table: Table, time_column: str) -> None:
        self.table, self.stated = table, table.count("stated")
        self.is_content = time_column == "date"
        wanted = (
            "impressions",
            "reactions",
            "comments",
            "shares",
            "saves",
            "follows",
            "profile_visits",
            "video_views",
        )
        self.figures = figures(table, wanted)
        self.clicks = {name: table.count(name) for name in CLICKS}
        self.sent, self.promoted = table.count("sent"), table.count("promoted")
        self.number, self.link, self.text = table.text("post_id"), table.text("permalink"), table.text("text")
        index = table.header.at[time_column][0]
        self.stamp = table.text(time_column)
        self.moment, _ = moment_reader(
            table.header.title(index), table.dates(index), Clock("UTC"), assume_month_first=True
        )
        self.placeholders = self.differing = 0

    def plan(self) -> Plan:
        notices = self.table.unread()
        if self.is_content:
            notices.append(Notice("time_from_id", {}))
        return Plan(
            self.table.rows(),
            self.parse,
            language=self.table.header.language,
            notices=notices,
            closing=self.closing,
            time_zone="UTC",
            width=len(self.table.header.cells),
        )

    def parse(self, line: int, cells: list[str]) -> PostRow | None:
        number, link, text = self.number(cells), self.link(cells), self.text(cells)
        found = _LINK.search(link)
        if not number and not found:
            self.placeholders += 1
            return None
        post_id = self._id(number, found)
        counts = {name: read(cells) for name, read in self.figures.items()}
        clicks = {name: read(cells) for name, read in self.clicks.items()}
        counts["shares"] = total(counts.get("shares"), self.sent(cells))
        counts["link_clicks"], counts["clicks"] = clicks["url_clicks"], total(*clicks.values())
        promoted = self.promoted(cells)
        return post_row(
            line,
            cells,
            platform="x",
            external_id=post_id,
            published=self._published(post_id, cells),
            counts=counts,
            stated_total=self.stated(cells),
            account=found[1] if found and found[1] not in ("i", "web") else "",
            text=text,
            permalink=link,
            paid=bool(promoted) if "promoted" in self.table.header.at else None,
            is_reply=text.startswith("@"),
            format="text",
        )

    def _id(self, number: str, found: Any) -> str:
        """The number as stated; the link's where a spreadsheet has rounded it (the link is text and keeps it)."""
        title = self.table.header.title(
            (self.table.header.at.get("post_id") or self.table.header.at["permalink"])[0]
        )
        try:
            stated = external_id(number, title)
        except CellError:
            if found:
                return str(found[2])
            raise
        if stated and not stated.isdecimal():
            raise CellError(title, stated, "id_missing")
        return stated or str(found[2])

    def _published(self, post_id: str, cells: list[str]) -> tuple[datetime, str]:
        stamp, moment = self.stamp(cells), x_time(int(post_id))
        stated, precision = self.moment(stamp)
        if precision == "exact":
            return stated, precision
        if moment and told_by(moment, stated, stamp):
            return moment, "exact"
        self.differing += 1
        return stated, "day"

    def closing(self) -> list[Notice]:
        notices = []
        if self.placeholders:
            notices.append(Notice("placeholders_dropped", {"count": self.placeholders}))
        if self.differing:
            notices.append(Notice("id_time_differs", {"count": self.differing}))
        return notices


FORMATS = [
    Format(
        "x_activity",
        "x",
        "posts",
        "X post activity",
        lambda source: _score(_activity(source)),
        lambda source: wanting(source, ACTIVITY, ["post_id", "time", "impressions"]),
        _plan_activity,
    ),
    Format(
        "x_content",
        "x",
        "posts",
        "X content analytics",
        lambda source: _score(_content(source)),
        lambda source: wanting(source, CONTENT, ["post_id", "date", "text", "impressions"]),
        _plan_content,
    ),
]
