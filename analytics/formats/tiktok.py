"""TikTok Studio, content: dates without a year; the exact time is in the video's number."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from analytics.formats.base import Format, Notice, Plan, PostRow, Source
from analytics.formats.columns import Aliases, Names
from analytics.formats.dates import day_and_month
from analytics.formats.errors import CellError
from analytics.formats.located import Table, locate, wanting
from analytics.formats.postrow import figures, post_row
from analytics.formats.snowflake import tiktok_time

_LINK = re.compile(r"tiktok\.com/(?:@([^/?#]*)/)?(video|photo|v)/(\d{15,})", re.I)
ALIASES: Aliases = {
    "exported": {"en": "Time", "it": "Ora|Orario", "de": "Zeit", "es": "Hora", "fr": "Heure"},
    "title": {
        "en": "Video title|Title",
        "it": "Titolo del video|Titolo video|Titolo",
        "de": "Videotitel",
        "es": "Título del video|Título del vídeo",
        "fr": "Titre de la vidéo",
        "pt": "Título do vídeo",
    },
    "link": {
        "en": "Video link|Link",
        "it": "Link del video|Link video|Link al video",
        "de": "Videolink|Video-Link",
        "es": "Enlace del video|Enlace del vídeo",
        "fr": "Lien de la vidéo",
        "pt": "Link do vídeo",
    },
    "posted": {
        "en": "Post time|Posted time|Video publish time|Video post time",
        "it": "Orario di pubblicazione|Ora di pubblicazione|Data di pubblicazione|Ora del post",
        "de": "Zeitpunkt des Beitrags|Veröffentlichungszeit",
        "es": "Hora de publicación",
        "fr": "Heure de publication",
        "pt": "Hora da postagem",
    },
    "reactions": {
        "en": "Total likes|Likes",
        "it": "Mi piace totali|Totale Mi piace|Totale dei Mi piace",
        "de": "Likes insgesamt",
        "es": "Me gusta totales|Total de me gusta",
        "fr": "Total des J'aime|J'aime au total",
        "pt": "Total de curtidas",
    },
    "comments": {
        "en": "Total comments|Comments",
        "it": "Commenti totali|Totale commenti|Totale dei commenti",
        "de": "Kommentare insgesamt",
        "es": "Comentarios totales|Total de comentarios",
        "fr": "Total des commentaires",
        "pt": "Total de comentários",
    },
    "shares": {
        "en": "Total shares|Shares",
        "it": "Condivisioni totali|Totale condivisioni|Totale delle condivisioni",
        "de": "Geteilte Inhalte insgesamt|Shares insgesamt",
        "es": "Compartidos totales|Total de veces compartido",
        "fr": "Total des partages",
        "pt": "Total de compartilhamentos",
    },
    "views": {
        "en": "Total views|Video views|Views",
        "it": "Visualizzazioni totali|Totale visualizzazioni|Totale delle visualizzazioni",
        "de": "Aufrufe insgesamt",
        "es": "Visualizaciones totales|Total de visualizaciones",
        "fr": "Total des vues",
        "pt": "Total de visualizações",
    },
    "saves": {"en": "Total favorites|Favorites|Total saves", "it": "Preferiti totali|Aggiunte ai preferiti"},
}
NAMES = Names(ALIASES)
REQUIRED = ["link", "views"]
FIGURES = ("views", "reactions", "comments", "shares", "saves")


def _table(source: Source) -> Table | None:
    table = locate(source, NAMES, REQUIRED)
    links = table.sample(table.header.at["link"][0]) if table else []
    return table if not links or any(_LINK.search(link) for link in links[:50]) else None


def _score(source: Source) -> int:
    table = _table(source)
    return 10 + len(table.header.at) if table else 0


def _plan(source: Source, **_: Any) -> Plan:
    table = _table(source)
    assert table is not None  # score() found it
    return _Posts(table).plan()


class _Posts:
    def __init__(self, table: Table) -> None:
        self.table, self.figures = table, figures(table, FIGURES)
        self.link, self.title = table.text("link"), table.text("title")
        self.posted, self.exported = table.text("posted"), table.text("exported")
        self.placeholders = self.differing = 0
        self.as_of = self._export_day()

    def plan(self) -> Plan:
        return Plan(
            self.table.rows(),
            self.parse,
            language=self.table.header.language,
            notices=[*self.table.unread(), Notice("time_from_id", {})],
            closing=self.closing,
            as_of=self.as_of,
            time_zone="UTC",
            width=len(self.table.header.cells),
        )

    def _export_day(self) -> datetime | None:
        """The day of the export: its day and month are in every row, its year follows from the newest video."""
        stated = Counter(self.exported(cells) for cells in self.table.first_rows).most_common(1)
        told = day_and_month(stated[0][0]) if stated else None
        found = (_LINK.search(self.link(cells)) for cells in self.table.first_rows)
        moments = [moment for link in found if link and (moment := tiktok_time(int(link[3])))]
        if told is None or not moments:
            return None
        newest = max(moments)
        for year in (newest.year, newest.year + 1):
            day = _day(year, *told)
            if day and day + timedelta(days=1) > newest:
                return max(day + timedelta(hours=12), newest)
        return None

    def parse(self, line: int, cells: list[str]) -> PostRow | None:
        link = self.link(cells)
        if not link:
            self.placeholders += 1
            return None
        found = _LINK.search(link)
        moment = tiktok_time(int(found[3])) if found else None
        if found is None or moment is None:
            raise CellError(self.table.header.title(self.table.header.at["link"][0]), link, "id_missing")
        self._compare(moment, self.posted(cells))
        counts = {name: read(cells) for name, read in self.figures.items()}
        return post_row(
            line,
            cells,
            platform="tiktok",
            external_id=found[3],
            published=(moment, "exact"),
            counts=counts | {"video_views": None if found[2] == "photo" else counts["views"]},
            account=found[1] or "",
            format="photo" if found[2] == "photo" else "short_video",
            text=self.title(cells),
            permalink=link,
            as_of=self.as_of,
        )

    def _compare(self, moment: datetime, stated: str) -> None:
        told = day_and_month(stated)
        if told is None:
            return
        near = {(day.day, day.month) for shift in (-1, 0, 1) for day in [moment + timedelta(days=shift)]}
        if told not in near:
            self.differing += 1

    def closing(self) -> list[Notice]:
        notices = []
        if self.placeholders:
            notices.append(Notice("placeholders_dropped", {"count": self.placeholders}))
        if self.differing:
            notices.append(Notice("tiktok_day_differs", {"count": self.differing}))
        return notices


def _day(year: int, day: int, month: int) -> datetime | None:
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


FORMATS = [
    Format(
        "tiktok_content",
        "tiktok",
        "posts",
        "TikTok Studio content",
        _score,
        lambda source: wanting(source, NAMES, REQUIRED),
        _plan,
    )
]
