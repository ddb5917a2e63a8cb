"""LinkedIn page, content: the sheet with all posts (.xls, .xlsx, or re-saved as CSV).

The export tells a UTC day, month first; the exact time is in the number of the post's link.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from analytics.formats.base import Format, Notice, Plan, PostRow, Source
from analytics.formats.by_content import with_column
from analytics.formats.columns import Aliases, Names
from analytics.formats.dates import Clock, moment_reader
from analytics.formats.errors import CellError
from analytics.formats.linkedin_daily import DAILY
from analytics.formats.located import Table, locate, wanting
from analytics.formats.postrow import figures, kind_of, post_row
from analytics.formats.snowflake import linkedin_time, told_by

_URN = re.compile(r"(?:activity|share|ugcpost)[:\-](?:urn:li:)?(\d{15,})", re.I)
ALIASES: Aliases = {
    "title": {
        "en": "Post title",
        "it": "Titolo del post",
        "de": "Beitragstitel|Titel des Beitrags",
        "es": "Título de la publicación",
        "fr": "Titre du post",
    },
    "link": {
        "en": "Post link",
        "it": "Link del post|Link al post|Link post",
        "de": "Beitragslink|Link zum Beitrag",
        "es": "Enlace de la publicación",
        "fr": "Lien du post",
    },
    "type": {
        "en": "Post type",
        "it": "Tipo di post|Tipologia di post",
        "de": "Beitragstyp|Beitragsart",
        "es": "Tipo de publicación",
        "fr": "Type de post",
    },
    "campaign": {
        "en": "Campaign name",
        "it": "Nome della campagna|Nome campagna",
        "de": "Kampagnenname",
        "es": "Nombre de la campaña",
        "fr": "Nom de la campagne",
    },
    "author": {
        "en": "Posted by",
        "it": "Pubblicato da|Autore del post",
        "de": "Gepostet von|Veröffentlicht von",
        "es": "Publicado por",
        "fr": "Publié par",
    },
    "created": {
        "en": "Created date|Creation date",
        "it": "Data di creazione|Data creazione",
        "de": "Erstellungsdatum|Erstellt am",
        "es": "Fecha de creación",
        "fr": "Date de création",
    },
    "start": {
        "en": "Campaign start date",
        "it": "Data di inizio della campagna|Data di inizio campagna|Data inizio campagna",
    },
    "end": {
        "en": "Campaign end date",
        "it": "Data di fine della campagna|Data di fine campagna|Data fine campagna",
    },
    "audience": {
        "en": "Audience",
        "it": "Pubblico|Destinatari",
        "de": "Zielgruppe",
        "es": "Público",
        "fr": "Audience ",
    },
    "impressions": {
        "en": "Impressions",
        "it": "Impressioni|Visualizzazioni del post",
        "de": "Impressionen|Impressions ",
        "es": "Impresiones",
        "fr": "Impressions ",
    },
    "video_views": {
        "en": "Views",
        "it": "Visualizzazioni",
        "de": "Ansichten|Aufrufe",
        "es": "Visualizaciones",
        "fr": "Vues",
    },
    "offsite": {
        "en": "Offsite Views",
        "it": "Visualizzazioni offsite|Visualizzazioni fuori dal sito|Visualizzazioni esterne",
    },
    "clicks": {"en": "Clicks", "it": "Clic", "de": "Klicks", "es": "Clics", "fr": "Clics "},
    "ctr": {"en": "Click through rate (CTR)", "it": "Percentuale di clic (CTR)|Percentuale di clic"},
    "reactions": {
        "en": "Likes|Reactions",
        "it": "Volte consigliato|Consigliati|Reazioni|Consiglia",
        "de": "Gefällt mir|„Gefällt mir“-Angaben|Reaktionen",
        "es": "Recomendaciones|Reacciones",
        "fr": "J'aime|Réactions",
    },
    "comments": {
        "en": "Comments",
        "it": "Commenti",
        "de": "Kommentare",
        "es": "Comentarios",
        "fr": "Commentaires",
    },
    "shares": {
        "en": "Reposts|Shares",
        "it": "Diffusioni post|Diffusioni|Condivisioni",
        "de": "Reposts |Geteilte Beiträge",
        "es": "Veces compartido|Compartido",
        "fr": "Republications|Partages",
    },
    "follows": {
        "en": "Follows",
        "it": "Nuovi follower|Follower",
        "de": "Follower:innen",
        "es": "Seguimientos",
        "fr": "Abonnements",
    },
    "rate": {
        "en": "Engagement rate",
        "it": "Percentuale di interesse|Tasso di interazione|Tasso di coinvolgimento|Indice di interesse",
    },
    "content": {
        "en": "Content Type",
        "it": "Tipo di contenuto|Tipo di contenuti",
        "de": "Inhaltstyp",
        "es": "Tipo de contenido",
        "fr": "Type de contenu",
    },
}
NAMES = Names(ALIASES)
REQUIRED = ["link", "created"]
KINDS = (
    ("video", "video"),
    ("multi", "carousel"),
    ("carous", "carousel"),
    ("image", "photo"),
    ("immagin", "photo"),
    ("document", "document"),
    ("article", "article"),
    ("articolo", "article"),
    ("newsletter", "article"),
    ("poll", "poll"),
    ("sondaggio", "poll"),
    ("event", "event"),
    ("job", "other"),
    ("text", "text"),
    ("testo", "text"),
)
FIGURES = ("impressions", "video_views", "clicks", "reactions", "comments", "shares", "follows")


def _table(source: Source) -> Table | None:
    table = locate(source, NAMES, ["created"])
    if table is None or not table.header.at.keys() & {"impressions", "clicks", "reactions"}:
        return None
    return table if "link" in table.header.at else with_column(table, "link", _URN)


def _score(source: Source) -> int:
    table = _table(source)
    return 10 + len(table.header.at) if table else 0


def _plan(source: Source, **_: Any) -> Plan:
    table = _table(source)
    assert table is not None  # score() found it
    return _Posts(source, table).plan()


class _Posts:
    def __init__(self, source: Source, table: Table) -> None:
        self.table, self.figures = table, figures(table, FIGURES)
        self.text, self.link, self.stamp = table.text("title"), table.text("link"), table.text("created")
        self.type, self.content = table.text("type"), table.text("content")
        index = table.header.at["created"][0]
        self.moment, _ = moment_reader(
            table.header.title(index), table.dates(index), Clock("UTC"), assume_month_first=True
        )
        daily = DAILY.table(source)
        self.days = daily.sheet.name if daily and daily.sheet.name != table.sheet.name else None
        read = (table.sheet.name, self.days)
        self.others = [sheet.name for sheet in source.sheets if sheet.name not in read]
        self.placeholders = self.differing = 0

    def plan(self) -> Plan:
        notices = [*self.table.unread(), Notice("time_from_id", {}), Notice("account_not_in_file", {})]
        if self.days is not None:
            notices.append(Notice("days_in_sheet", {"sheet": self.days}))
        if self.others:
            notices.append(Notice("other_sheets", {"sheets": ", ".join(self.others)}))
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
        link = self.link(cells)
        if not link and not self.stamp(cells):
            self.placeholders += 1
            return None
        found = _URN.search(link)
        if found is None:
            raise CellError(self.table.header.title(self.table.header.at["link"][0]), link, "id_missing")
        paid = self.type(cells).casefold().startswith(("sponsor", "gesponsert", "patrocinad", "promosso"))
        return post_row(
            line,
            cells,
            platform="linkedin",
            # A sponsored run of a post is listed beside the post itself, under the same link.
            external_id=f"{found[1]}:sponsored" if paid else found[1],
            published=self._published(int(found[1]), cells),
            counts={name: read(cells) for name, read in self.figures.items()},
            format=kind_of(self.content(cells), KINDS),
            text=self.text(cells),
            permalink=link,
            paid=paid,
        )

    def _published(self, number: int, cells: list[str]) -> tuple[datetime, str]:
        stamp = self.stamp(cells)
        moment = linkedin_time(number)
        if not stamp and moment:
            return moment, "exact"
        stated, _ = self.moment(stamp)
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
        "linkedin_content",
        "linkedin",
        "posts",
        "LinkedIn page content",
        _score,
        lambda source: wanting(source, NAMES, [*REQUIRED, "impressions"]),
        _plan,
        beside="linkedin_daily",
    )
]
