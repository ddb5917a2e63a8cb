"""YouTube Studio, day by day: the totals of the channel, and the chart's data with each video's days.

Sources of the names: real files of the totals; for the chart's data the columns that public programs read.
"""

from __future__ import annotations

from analytics.formats.base import Source
from analytics.formats.columns import Names
from analytics.formats.daily import Daily, day_format
from analytics.formats.located import Table, locate
from analytics.formats.youtube import ALIASES, video_id

# With so few columns a table that has a day and views, and nothing of posts, is YouTube's.
MOST_COLUMNS = 3
TELLING = frozenset({"views", "hours", "net_follows", "viewers"})
OF_VIDEOS = frozenset({"video", "title", "published"})
SAME = ("views", "impressions", "reactions", "shares", "comments", "follows", "net_follows")
NAMES = Names(
    {name: names for name, names in ALIASES.items() if name not in ("reach", "lost")}
    | {
        "date": {"en": "Date", "it": "Data", "de": "Datum", "es": "Fecha", "fr": "Date ", "pt": "Data "},
        "viewers": ALIASES["reach"],
        "unfollows": ALIASES["lost"],
        "new_viewers": {"en": "New viewers", "it": "Nuovi spettatori", "de": "Neue Zuschauer"},
        "returning_viewers": {
            "en": "Returning viewers",
            "it": "Spettatori di ritorno",
            "de": "Wiederkehrende Zuschauer",
        },
    }
)
FIGURES = {name: name for name in (*SAME, "viewers", "unfollows", "new_viewers", "returning_viewers")}
FIGURES["hours"] = "watch_seconds"
SHARED = {"platform": "youtube", "names": NAMES, "figures": FIGURES, "scale": {"hours": 3600.0}}
CHANNEL = Daily(**SHARED, signed=frozenset({"net_follows"}))  # type: ignore[arg-type]
VIDEOS = Daily(
    **SHARED,  # type: ignore[arg-type]
    signed=frozenset({"net_follows"}),
    post="video",
    check_post=lambda table, video: video_id(table, video),
)


def _totals(source: Source) -> Table | None:
    table = CHANNEL.table(source)
    if table is None or len([name for name in table.header.cells if name.strip()]) > MOST_COLUMNS:
        return None
    return table if table.header.at.keys() & TELLING and not table.header.at.keys() & OF_VIDEOS else None


def _chart(source: Source) -> Table | None:
    table = locate(source, NAMES, ["date", "video"])
    if table is None or not table.header.at.keys() & {"title", "published"}:
        return None
    return table if table.header.at.keys() & FIGURES.keys() else None


FORMATS = [
    day_format("youtube_totals", CHANNEL, "YouTube Studio totals", _totals, ["views"]),
    day_format("youtube_chart", VIDEOS, "YouTube Studio chart data", _chart, ["video", "views"]),
]
