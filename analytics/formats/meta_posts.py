"""Meta Business Suite, content: posts of Facebook pages and of Instagram accounts.

The time of publishing is Pacific time whatever the account's country. A column can occur twice, one of them
without figures. A daily breakdown repeats each post once a day and is refused.
"""

from __future__ import annotations

from typing import Any

from analytics.formats.base import Format, Notice, Plan, PostRow, Source
from analytics.formats.columns import Aliases, Names, cell
from analytics.formats.dates import Clock, moment_reader
from analytics.formats.errors import CellError
from analytics.formats.located import Count, Table, locate, wanting
from analytics.formats.numbers import is_missing
from analytics.formats.postrow import external_id, kind_of, post_row

PACIFIC = "America/Los_Angeles"
COMMON: Aliases = {
    "post_id": {
        "en": "Post ID",
        "it": "ID del post|ID post|ID contenuto|Identificativo del post",
        "de": "Beitrags-ID",
        "es": "Identificador de la publicación",
        "fr": "Identifiant de publication|ID de la publication",
        "pt": "Identificação do post|Identificação da publicação",
    },
    "description": {
        "en": "Description|Caption",
        "it": "Descrizione|Didascalia",
        "de": "Beschreibung",
        "es": "Descripción",
        "fr": "Description ",
        "pt": "Descrição",
    },
    "duration": {
        "en": "Duration (sec)|Duration (secs)",
        "it": "Durata (s)|Durata (sec)|Durata (secondi)",
        "de": "Dauer (Sek.)",
        "es": "Duración (segundos)",
        "fr": "Durée (s)",
        "pt": "Duração (s)",
    },
    "published": {
        "en": "Publish time|Published time|Date published",
        "it": "Orario di pubblicazione|Ora di pubblicazione|Data di pubblicazione|Data e ora di pubblicazione",
        "de": "Veröffentlichungszeit|Zeitpunkt der Veröffentlichung",
        "es": "Hora de publicación",
        "fr": "Heure de publication",
        "pt": "Horário de publicação|Hora da publicação",
    },
    "permalink": {
        "en": "Permalink",
        "it": "Permalink |Link permanente",
        "de": "Dauerhafter Link",
        "es": "Enlace permanente",
        "fr": "Permalien|Lien permanent",
        "pt": "Link permanente ",
    },
    "type": {
        "en": "Post type",
        "it": "Tipo di post|Tipo di contenuto",
        "de": "Beitragstyp|Beitragsart",
        "es": "Tipo de publicación",
        "fr": "Type de publication",
        "pt": "Tipo de post|Tipo de publicação",
    },
    "data_comment": {"en": "Data comment", "it": "Commento ai dati|Commento sui dati"},
    "date": {"en": "Date", "it": "Data", "de": "Datum", "es": "Fecha", "fr": "Date ", "pt": "Data "},
    "views": {
        "en": "Views",
        "it": "Visualizzazioni",
        "de": "Aufrufe",
        "es": "Visualizaciones",
        "fr": "Vues",
        "pt": "Visualizações",
    },
    "impressions": {
        "en": "Impressions",
        "it": "Impression|Impressioni",
        "de": "Impressionen",
        "es": "Impresiones",
        "fr": "Impressions ",
        "pt": "Impressões",
    },
    "reach": {
        "en": "Reach",
        "it": "Copertura",
        "de": "Reichweite",
        "es": "Alcance",
        "fr": "Couverture|Portée",
        "pt": "Alcance ",
    },
    "comments": {
        "en": "Comments",
        "it": "Commenti",
        "de": "Kommentare",
        "es": "Comentarios",
        "fr": "Commentaires",
        "pt": "Comentários",
    },
    "shares": {
        "en": "Shares",
        "it": "Condivisioni",
        "de": "Geteilte Inhalte|Shares ",
        "es": "Veces que se compartió|Veces compartido|Compartidos",
        "fr": "Partages",
        "pt": "Compartilhamentos|Partilhas",
    },
    "link_clicks": {"en": "Link clicks", "it": "Clic sul link|Clic sui link", "de": "Link-Klicks"},
}
FACEBOOK = Names(
    COMMON
    | {
        "account_id": {"en": "Page ID", "it": "ID della Pagina|ID Pagina", "de": "Seiten-ID"},
        "account": {
            "en": "Page name",
            "it": "Nome della Pagina|Nome Pagina",
            "de": "Name der Seite|Seitenname",
            "es": "Nombre de la página",
            "fr": "Nom de la Page",
            "pt": "Nome da Página",
        },
        "title": {"en": "Title", "it": "Titolo", "de": "Titel", "es": "Título", "fr": "Titre", "pt": "Título "},
        "total": {
            "en": "Reactions, Comments and Shares|Reactions, comments, and shares",
            "it": "Reazioni, commenti e condivisioni|Reazioni, i commenti e le condivisioni",
            "de": "Reaktionen, Kommentare und geteilte Inhalte",
            "es": "Reacciones, comentarios y veces que se compartió",
            "fr": "Réactions, commentaires et partages",
            "pt": "Reações, comentários e compartilhamentos",
        },
        "reactions": {
            "en": "Reactions",
            "it": "Reazioni",
            "de": "Reaktionen",
            "es": "Reacciones",
            "fr": "Réactions",
            "pt": "Reações",
        },
        "clicks": {
            "en": "Total clicks",
            "it": "Clic totali|Totale clic|Numero totale di clic",
            "de": "Klicks insgesamt",
        },
        "other_clicks": {"en": "Other clicks", "it": "Altri clic"},
        "photo_clicks": {
            "en": "Matched Audience Targeting Consumption (Photo Click)",
            "it": "Clic sulla foto",
        },
        "video_views": {
            "en": "3-second video views",
            "it": "Visualizzazioni di 3 secondi del video|Visualizzazioni del video di 3 secondi"
            "|Visualizzazioni video di almeno 3 secondi",
        },
        "seconds": {"en": "Seconds viewed", "it": "Secondi visualizzati|Secondi di visualizzazione"},
        "boosted_reach": {
            "en": "Reach from Boosted posts",
            "it": "Copertura dei post in evidenza|Copertura dai post in evidenza",
        },
        "hide": {
            "en": "Negative feedback from users: Hide",
            "it": "Feedback negativi degli utenti: Nascondi|Feedback negativo degli utenti: Nascondi",
        },
        "hide_all": {
            "en": "Negative feedback from users: Hide all",
            "it": "Feedback negativi degli utenti: Nascondi tutto|Feedback negativo degli utenti: Nascondi tutto",
        },
        "languages": {"en": "Languages", "it": "Lingue"},
        "crosspost": {"en": "Is crosspost", "it": "È un crosspost|Crosspost"},
        "share": {"en": "Is share", "it": "È una condivisione"},
        "caption_type": {"en": "Caption type", "it": "Tipo di didascalia|Tipo di sottotitoli"},
        "labels": {"en": "Custom labels", "it": "Etichette personalizzate"},
        "funded": {
            "en": "Funded content status",
            "it": "Stato dei contenuti finanziati|Stato contenuto finanziato",
        },
    }
)
INSTAGRAM = Names(
    COMMON
    | {
        "account_id": {"en": "Account ID", "it": "ID account|ID dell'account", "de": "Konto-ID"},
        "account": {
            "en": "Account username",
            "it": "Nome utente dell'account|Nome utente account",
            "de": "Benutzername des Kontos|Nutzername des Kontos",
            "es": "Nombre de usuario de la cuenta",
            "fr": "Nom d'utilisateur du compte|Identifiant du compte",
            "pt": "Nome de usuário da conta",
        },
        "account_name": {"en": "Account name", "it": "Nome dell'account|Nome account", "de": "Name des Kontos"},
        "reactions": {
            "en": "Likes",
            "it": 'Mi piace|"Mi piace"',
            "de": "Gefällt mir|„Gefällt mir“-Angaben|Gefällt-mir-Angaben",
            "es": "Me gusta",
            "fr": "J'aime|Mentions J'aime",
            "pt": "Curtidas|Gostos",
        },
        "saves": {
            "en": "Saves",
            "it": "Salvataggi",
            "de": "Gespeichert|Speicherungen",
            "es": "Veces que se guardó|Guardados",
            "fr": "Enregistrements",
            "pt": "Salvamentos|Guardados ",
        },
        "follows": {"en": "Follows", "it": "Follow|Nuovi follower|Follower", "de": "Follows "},
        "profile_visits": {"en": "Profile visits", "it": "Visite al profilo"},
        "replies": {"en": "Replies", "it": "Risposte"},
        "navigation": {"en": "Navigation", "it": "Navigazione"},
        "stickers": {"en": "Sticker taps", "it": "Tocchi sugli adesivi|Tocchi sugli sticker"},
    }
)
KINDS = (
    ("reel", "short_video"),
    ("carous", "carousel"),
    ("carosell", "carousel"),
    ("karussell", "carousel"),
    ("album", "carousel"),
    ("stor", "story"),
    ("live", "live"),
    ("dirett", "live"),
    ("video", "video"),
    ("vidéo", "video"),
    ("vídeo", "video"),
    ("image", "photo"),
    ("immagin", "photo"),
    ("imagen", "photo"),
    ("imagem", "photo"),
    ("bild", "photo"),
    ("photo", "photo"),
    ("foto", "photo"),
    ("link", "link"),
    ("event", "event"),
    ("text", "text"),
    ("test", "text"),
    ("status", "text"),
)
LIFETIME = frozenset(
    {"", "lifetime", "totale", "dall'inizio", "intera durata", "gesamt", "total", "gesamtlaufzeit"}
)
FB_COUNTS = (
    "impressions",
    "reach",
    "views",
    "reactions",
    "comments",
    "shares",
    "clicks",
    "link_clicks",
    "video_views",
)
IG_COUNTS = (
    *("impressions", "reach", "views", "reactions", "comments", "shares", "saves"),
    *("link_clicks", "follows", "profile_visits"),
)
MARKS = {
    "facebook": ("account", "reactions", "total", "title", "clicks", "crosspost", "boosted_reach"),
    "instagram": ("account", "reactions", "saves", "follows", "account_name"),
}
FIGURE_NAMES = ("reach", "views", "impressions", "reactions", "comments", "shares", "total", "saves")


def _names(platform: str) -> Names:
    return FACEBOOK if platform == "facebook" else INSTAGRAM


def _table(source: Source, platform: str) -> Table | None:
    return locate(source, _names(platform), ["published"])


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
        self.stated = table.count("total")
        self.hide, self.hide_all = table.count("hide"), table.count("hide_all")
        self.boosted, self.seconds = table.count("boosted_reach"), table.amount("seconds")

    def plan(self) -> Plan:
        table = self.table
        index = table.header.at["published"][0]
        title = table.header.title(index)
        clock = Clock(PACIFIC)
        self.moment, assumed = moment_reader(title, table.dates(index), clock, assume_month_first=True)
        if assumed:
            self.notices.append(Notice("dates_assumed", {"column": title, "order": "month/day"}))
        self.notices.append(Notice("pacific_time", {}))
        return Plan(
            table.rows(),
            self.parse,
            language=table.header.language,
            notices=self.notices,
            closing=self.closing,
            time_zone=PACIFIC,
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
        if not number and number.casefold() in ("total", "totale"):
            return None
        stamp = text(cells, "date")
        if stamp.casefold() not in LIFETIME and any(char.isdigit() for char in stamp):
            raise CellError(table.header.title(table.header.at["date"][0]), stamp, "daily_rows")
        counts = {name: read(cells) for name, read in self.counts.items()}
        self._drop_impossible(counts)
        counts["negative_feedback"] = self._negative(cells)
        boosted = self.boosted(cells)
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
            stated_total=self.stated(cells),
            account=account,
            account_id=_whole(text(cells, "account_id")),
            format=kind_of(text(cells, "type"), KINDS),
            text=text(cells, "description") or text(cells, "title"),
            permalink=link,
            paid=None if boosted is None else boosted > 0,
            watch_seconds=None if seconds is None else float(seconds),
        )

    def _text(self, cells: list[str], column: str) -> str:
        return cell(cells, self.table.header.first(column))

    def _id(self, number: str, link: str) -> str:
        places = self.table.header.at.get("post_id")
        if number and places:
            return external_id(number, self.table.header.title(places[0]))
        if places or not link:
            raise CellError("Post ID", number, "id_missing")
        return link.split("?", maxsplit=1)[0].rstrip("/").rsplit("/", 1)[-1]

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
