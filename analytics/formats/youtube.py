"""YouTube Studio, table data of the content report: one row per video, a total first, days without an hour."""

from __future__ import annotations

import re
from typing import Any

from analytics.formats.base import Format, Notice, Plan, PostRow, Source
from analytics.formats.columns import Aliases, Names
from analytics.formats.dates import Clock
from analytics.formats.errors import CellError
from analytics.formats.located import Table, locate, wanting
from analytics.formats.postrow import figures, post_row

_VIDEO = re.compile(r"[\w-]{11}", re.A)
_SPOILT = re.compile(r"#|-?\d+([.,]\d+)?([eE][+-]?\d+)?$")
ALIASES: Aliases = {
    "video": {
        "en": "Content|Video",
        "it": "Contenuti|Contenuto",
        "de": "Inhalte|Inhalt",
        "es": "Contenido",
        "fr": "Contenu",
        "pt": "Conteúdo",
    },
    "title": {
        "en": "Video title",
        "it": "Titolo video|Titolo del video",
        "de": "Videotitel|Titel des Videos",
        "es": "Título del vídeo|Título del video",
        "fr": "Titre de la vidéo",
        "pt": "Título do vídeo",
    },
    "published": {
        "en": "Video publish time",
        "it": "Ora pubblicazione video|Ora di pubblicazione del video|Data di pubblicazione del video",
        "de": "Veröffentlichungszeitpunkt des Videos|Veröffentlichungszeit des Videos",
        "es": "Hora de publicación del vídeo|Hora de publicación del video",
        "fr": "Heure de publication de la vidéo",
        "pt": "Horário de publicação do vídeo",
    },
    "date": {"en": "Date", "it": "Data", "de": "Datum", "es": "Fecha", "fr": "Date ", "pt": "Data "},
    "duration": {
        "en": "Duration",
        "it": "Durata",
        "de": "Dauer",
        "es": "Duración",
        "fr": "Durée",
        "pt": "Duração",
    },
    "views": {
        "en": "Views",
        "it": "Visualizzazioni",
        "de": "Aufrufe",
        "es": "Visualizaciones",
        "fr": "Vues",
        "pt": "Visualizações",
    },
    "engaged": {"en": "Engaged views", "it": "Visualizzazioni engaged|Visualizzazioni con interazione"},
    "hours": {
        "en": "Watch time (hours)",
        "it": "Tempo di visualizzazione (ore)",
        "de": "Wiedergabezeit (Stunden)",
        "es": "Tiempo de visualización (horas)",
        "fr": "Durée de visionnage (heures)",
        "pt": "Tempo de exibição (horas)",
    },
    "average": {
        "en": "Average view duration",
        "it": "Durata di visualizzazione media|Durata media visualizzazione",
        "de": "Durchschnittliche Wiedergabedauer",
    },
    "reach": {
        "en": "Unique viewers",
        "it": "Spettatori unici",
        "de": "Einzelne Zuschauer",
        "es": "Usuarios únicos|Espectadores únicos",
        "fr": "Spectateurs uniques",
        "pt": "Espectadores únicos",
    },
    "impressions": {
        "en": "Impressions",
        "it": "Impressioni",
        "de": "Impressionen",
        "es": "Impresiones",
        "fr": "Impressions ",
        "pt": "Impressões",
    },
    "ctr": {"en": "Impressions click-through rate (%)", "it": "Percentuale di clic delle impressioni (%)"},
    "reactions": {
        "en": "Likes",
        "it": "Mi piace",
        "de": "„Mag ich“-Bewertungen|Likes ",
        "es": "Me gusta",
        "fr": "J'aime",
        "pt": 'Marcações "Gostei"',
    },
    "shares": {
        "en": "Shares",
        "it": "Condivisioni",
        "de": "Geteilt",
        "es": "Veces compartido",
        "fr": "Partages",
        "pt": "Compartilhamentos",
    },
    "comments": {
        "en": "Comments added|Comments",
        "it": "Commenti aggiunti|Commenti",
        "de": "Hinzugefügte Kommentare",
        "es": "Comentarios añadidos",
        "fr": "Commentaires ajoutés",
        "pt": "Comentários adicionados",
    },
    "follows": {
        "en": "Subscribers gained",
        "it": "Iscritti acquisiti|Iscritti guadagnati",
        "de": "Gewonnene Abonnenten",
        "es": "Suscriptores conseguidos",
    },
    "net_follows": {"en": "Subscribers", "it": "Iscritti", "de": "Abonnenten"},
    "lost": {"en": "Subscribers lost", "it": "Iscritti persi", "de": "Verlorene Abonnenten"},
}
NAMES = Names(ALIASES)
REQUIRED = ["video", "published", "views"]
TOTALS = frozenset({"total", "totale", "gesamt", "insgesamt", "totales"})
FIGURES = ("views", "reach", "impressions", "reactions", "comments", "shares", "follows")


def _table(source: Source) -> Table | None:
    table = locate(source, NAMES, REQUIRED)
    # With a day in each row it is the chart's data: every video once a day.
    return None if table is None or "date" in table.header.at else table


def _score(source: Source) -> int:
    table = _table(source)
    return 10 + len(table.header.at) if table else 0


def _plan(source: Source, *, time_zone: str = "UTC", **_: Any) -> Plan:
    table = _table(source)
    assert table is not None  # score() found it
    return _Videos(table, Clock(time_zone)).plan()


def video_id(table: Table, video: str) -> str:
    """A video's number has 11 signs. One that begins like a formula is an error to a spreadsheet."""
    if _VIDEO.fullmatch(video):
        return video
    code = "id_destroyed_by_excel" if _SPOILT.match(video) else "id_unreadable"
    raise CellError(table.header.title(table.header.at["video"][0]), video, code)


class _Videos:
    def __init__(self, table: Table, clock: Clock) -> None:
        self.table, self.clock, self.figures = table, clock, figures(table, FIGURES)
        self.hours = table.amount("hours", language="en")
        self.video, self.title, self.stamp = table.text("video"), table.text("title"), table.text("published")
        self.moment = table.moments("published", clock, assume_month_first=True)
        self.totals = self.drafts = 0

    def plan(self) -> Plan:
        return Plan(
            self.table.rows(),
            self.parse,
            precision="day",
            language=self.table.header.language,
            notices=[*self.table.unread(), Notice("day_only", {}), Notice("account_not_in_file", {})],
            closing=self.closing,
            time_zone=self.clock.name,
            width=len(self.table.header.cells),
        )

    def parse(self, line: int, cells: list[str]) -> PostRow | None:
        video = self.video(cells)
        if video.casefold() in TOTALS:
            self.totals += 1
            return None
        if not video or not self.stamp(cells):
            self.drafts += 1
            return None
        counts = {name: read(cells) for name, read in self.figures.items()}
        hours = self.hours(cells)
        return post_row(
            line,
            cells,
            platform="youtube",
            external_id=video_id(self.table, video),
            published=(self.moment(self.stamp(cells))[0], "day"),
            counts=counts | {"video_views": counts["views"]},
            format="video",
            text=self.title(cells),
            permalink=f"https://www.youtube.com/watch?v={video}",
            watch_seconds=None if hours is None else float(hours * 3600),
        )

    def closing(self) -> list[Notice]:
        notices = []
        if self.totals:
            notices.append(Notice("totals_dropped", {"count": self.totals}))
        if self.drafts:
            notices.append(Notice("drafts_dropped", {"count": self.drafts}))
        return notices


FORMATS = [
    Format(
        "youtube_table",
        "youtube",
        "posts",
        "YouTube Studio table data",
        _score,
        lambda source: wanting(source, NAMES, REQUIRED),
        _plan,
    )
]
