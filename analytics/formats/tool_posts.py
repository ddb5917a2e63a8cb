"""Post reports of Hootsuite, Buffer, Metricool and Pinterest.

No real file of these was at hand, and their makers document the figures but not the file. The names of the columns
are those by which other programs read such files, and those of the figures in the makers' own help; docs/formats.md
names the sources. A reader takes a file only by columns that no other report has together, and says in the preview
that its rows want a look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from analytics.formats.base import Format, Notice, Plan, PostRow, Source, total
from analytics.formats.columns import Aliases, Names
from analytics.formats.dates import Clock
from analytics.formats.located import Table, locate, wanting
from analytics.formats.networks import KINDS, own_number, platform_of
from analytics.formats.postrow import figures, kind_of, post_row

FIGURES: Aliases = {
    "impressions": {"en": "Impressions|Views", "it": "Impressioni|Visualizzazioni", "es": "Impresiones"},
    "reach": {"en": "Reach", "it": "Copertura", "es": "Alcance"},
    "reactions": {"en": "Reactions|Likes", "it": "Reazioni|Mi piace", "es": "Reacciones|Me gusta"},
    "comments": {"en": "Comments|Replies", "it": "Commenti", "es": "Comentarios"},
    "shares": {"en": "Shares|Retweets|Reposts", "it": "Condivisioni", "es": "Compartidos"},
    "saves": {"en": "Saves|Saved", "it": "Salvataggi|Salvati", "es": "Guardados"},
    "video_views": {"en": "Video Views|Plays", "it": "Visualizzazioni video", "es": "Reproducciones"},
}
WANTED = (
    "impressions",
    "reach",
    "reactions",
    "comments",
    "shares",
    "saves",
    "clicks",
    "link_clicks",
    "video_views",
)


@dataclass(frozen=True)
class Tool:
    """One tool's report. `own` are the columns of which it must have so many as `least`; `never` those of others."""

    slug: str
    title: str
    names: Names
    required: Sequence[str]
    own: Sequence[str]
    least: int
    platform: str = ""  # of every row, where the report is of one network
    never: Sequence[str] = ()


def _names(**columns: dict[str, str]) -> Names:
    return Names({**FIGURES, **columns})


HOOTSUITE = Tool(
    "hootsuite_posts",
    "Hootsuite: post performance",
    _names(
        date={"en": "Date (GMT)|Date"},
        post_id={"en": "Post ID"},
        text={"en": "Post Message"},
        link={"en": "Post Permalink"},
        network={"en": "Social Network"},
        account={"en": "Social Profile|Profile"},
        format={"en": "Post Type"},
        stated={"en": "Engagement|Engagements|Post engagement"},
        link_clicks={"en": "Post Link Clicks|Link Clicks"},
        clicks={"en": "Post Clicks|Clicks"},
    ),
    required=("date", "network", "link"),
    own=("text", "link", "network"),
    least=3,
)
BUFFER = Tool(
    "buffer_posts",
    "Buffer: posts report",
    _names(
        date={"en": "Date"},
        text={"en": "Update"},
        network={"en": "Service"},
        link={"en": "Service Link"},
        account={"en": "Profile|Profile Name"},
        format={"en": "Type"},
        stated={"en": "Engagements"},
        clicks={"en": "Clicks|Post Clicks"},
    ),
    required=("date", "network", "link"),
    own=("text", "network", "link"),
    least=3,
)
METRICOOL = Tool(
    "metricool_posts",
    "Metricool: list of posts",
    _names(
        date={"en": "Date", "it": "Data", "es": "Fecha"},
        text={"en": "Content|Text", "it": "Contenuto|Testo", "es": "Contenido|Texto"},
        network={"en": "Network", "it": "Rete", "es": "Red"},
        link={"en": "URL|Link", "it": "URL|Link", "es": "URL|Enlace"},
        account={"en": "Account", "it": "Account", "es": "Cuenta"},
        format={"en": "Type", "it": "Tipo", "es": "Tipo"},
        stated={"en": "Interactions", "it": "Interazioni", "es": "Interacciones"},
        link_clicks={"en": "Link clicks", "it": "Clic sul link", "es": "Clics en el enlace"},
        clicks={"en": "Clicks", "it": "Clic", "es": "Clics"},
    ),
    required=("date", "network", "link", "stated"),
    own=("network", "stated", "link"),
    least=3,
)
PINTEREST = Tool(
    "pinterest_pins",
    "Pinterest: Pins",
    _names(
        date={"en": "Pin Created At|Created at|Created|Publish date|Date published"},
        post_id={"en": "Pin ID"},
        text={"en": "Pin description|Pin title|Description|Title"},
        link={"en": "Pin link|Pin URL"},
        format={"en": "Pin media type|Pin creative type|Format|Content type"},
        stated={"en": "Engagements|Engagement"},
        clicks={"en": "Pin clicks"},
        link_clicks={"en": "Outbound clicks"},
        spend={"en": "Spend|Spend in account currency|Campaign name|Ad group name"},
    ),
    required=("date", "post_id"),
    own=("post_id", "clicks", "link_clicks", "saves"),
    least=3,
    platform="pinterest",
    never=("spend",),  # a report of ads has the same figures
)
TOOLS = (HOOTSUITE, BUFFER, METRICOOL, PINTEREST)


def _table(tool: Tool, source: Source) -> Table | None:
    table = locate(source, tool.names, tool.required)
    if table is None or any(name in table.header.at for name in tool.never):
        return None
    return table if sum(name in table.header.at for name in tool.own) >= tool.least else None


def _score(tool: Tool, source: Source) -> int:
    table = _table(tool, source)
    return 8 + len(table.header.at) if table else 0


def _plan(tool: Tool, source: Source, *, time_zone: str = "UTC", **_: Any) -> Plan:
    table = _table(tool, source)
    assert table is not None  # score() found it
    told_in_gmt = "gmt" in table.header.title(table.header.at["date"][0]).casefold()
    return _Posts(tool, table, Clock("UTC" if told_in_gmt else time_zone)).plan()


class _Posts:
    """Reads the rows, each of the network that it names."""

    def __init__(self, tool: Tool, table: Table, clock: Clock) -> None:
        self.tool, self.table, self.clock = tool, table, clock
        names = ("network", "account", "post_id", "link", "text", "format", "date")
        self.texts = {name: table.text(name) for name in names}
        self.moment = table.moments("date", clock, assume_month_first=False)
        self.figures = figures(table, WANTED)
        self.stated = table.count("stated")
        header = table.header
        self.network_title = header.title(header.at["network"][0]) if "network" in header.at else ""
        self.id_title = header.title((header.at.get("post_id") or header.at["link"])[0])

    def plan(self) -> Plan:
        return Plan(
            self.table.rows(),
            self.parse,
            language=self.table.header.language,
            notices=[Notice("names_reported", {}), *self.table.unread()],
            time_zone=self.clock.name,
            width=len(self.table.header.cells),
        )

    def parse(self, line: int, cells: list[str]) -> PostRow | None:
        told = {name: read(cells) for name, read in self.texts.items()}
        if not any(told[name] for name in ("network", "date", "post_id", "link")):
            return None
        platform = self.tool.platform or platform_of(told["network"], self.network_title)
        counts = {name: read(cells) for name, read in self.figures.items()}
        if counts.get("clicks") is None:
            counts["clicks"] = total(counts.get("link_clicks"))
        return post_row(
            line,
            cells,
            platform=platform,
            external_id=own_number(platform, told["post_id"], told["link"], self.id_title),
            published=self.moment(told["date"]),
            counts=counts,
            stated_total=self.stated(cells),
            account=told["account"].removeprefix("@"),
            format=kind_of(told["format"], KINDS),
            text=told["text"],
            permalink=told["link"],
        )


FORMATS = [
    Format(
        tool.slug,
        tool.platform,
        "posts",
        tool.title,
        partial(_score, tool),
        partial(lambda tool, source: wanting(source, tool.names, [*tool.required, *tool.own]), tool),
        partial(_plan, tool),
    )
    for tool in TOOLS
]
