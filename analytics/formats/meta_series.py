"""Meta Business Suite, results by day: one figure per file, told by a line of its own above the columns.

    sep=,
    "Instagram profile visits"
    "Date","Primary"
    "2026-03-01T00:00:00","12"

Older files hold several such tables below each other. The line may name Facebook or Instagram; where it names neither
(“Views”) a person must say whose figures they are. Sources of the names: real English files; the lines that public
programs look for in English, Spanish and Portuguese; the names of the exports' files in Italian.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from analytics.formats.base import DayRow, Format, Notice, Plan, Source
from analytics.formats.columns import Header
from analytics.formats.dates import Clock
from analytics.formats.errors import CellError, Unreadable
from analytics.formats.located import Table
from analytics.formats.tables import Record, Sheet, normal

DATES = {"date": ("en", "fr"), "data": ("it", "pt"), "datum": ("de",), "fecha": ("es",)}
VALUES = frozenset(
    {"primary", "principale", "principal", "principaux", "primär", "primario", "primário", "primaria"}
)
PLATFORMS = frozenset({"facebook", "instagram"})
EITHER = "meta"  # one of `series.EITHER`
# Words that stand between the others: of, on, to, the, with, new, page.
SMALL = frozenset(
    [
        "of",
        "on",
        "to",
        "the",
        "with",
        "new",
        "page",
        "a",
        "al",
        "alla",
        "ai",
        "i",
        "il",
        "lo",
        "la",
        "gli",
        "le",
        "del",
        "della",
        "di",
        "da",
        "su",
        "sul",
        "sulla",
        "sui",
        "con",
        "in",
        "e",
        "nuovi",
        "nuove",
        "pagina",
        "der",
        "die",
        "das",
        "des",
        "dem",
        "den",
        "auf",
        "von",
        "mit",
        "zu",
        "zum",
        "im",
        "an",
        "am",
        "und",
        "neue",
        "neuer",
        "seite",
        "el",
        "los",
        "las",
        "de",
        "en",
        "nuevos",
        "nuevas",
        "página",
        "du",
        "au",
        "aux",
        "sur",
        "avec",
        "à",
        "l",
        "d",
        "les",
        "nouveaux",
        "nouvelles",
        "do",
        "no",
        "os",
        "as",
        "ao",
        "com",
        "novos",
        "novas",
        "uma",
        "um",
    ]
)
# figure → language → the words that tell it, without the small ones
WORDS: dict[str, dict[str, str]] = {
    "reach": {
        "en": "reach",
        "it": "copertura",
        "de": "reichweite",
        "es": "alcance",
        "fr": "couverture|portée",
        "pt": "alcance",
    },
    "views": {
        "en": "views",
        "it": "visualizzazioni",
        "de": "aufrufe",
        "es": "visualizaciones",
        "fr": "vues",
        "pt": "visualizações",
    },
    "viewers": {
        "en": "viewers",
        "it": "spettatori",
        "de": "betrachter|zuschauer|betrachter*innen",
        "es": "espectadores",
        "fr": "spectateurs",
        "pt": "espectadores|visualizadores",
    },
    "impressions": {
        "en": "impressions",
        "it": "impression|impressioni",
        "de": "impressionen",
        "es": "impresiones",
        "fr": "impressions",
        "pt": "impressões",
    },
    "engagements": {
        "en": "content interactions|interactions",
        "it": "interazioni contenuti|interazioni contenuto|interazioni",
        "de": "content interaktionen|interaktionen inhalten|interaktionen",
        "es": "interacciones contenido|interacciones",
        "fr": "interactions contenu|interactions",
        "pt": "interações conteúdo|interações",
    },
    "link_clicks": {
        "en": "link clicks|clicks link",
        "it": "clic link",
        "de": "link klicks|linkklicks",
        "es": "clics enlace|clics enlaces",
        "fr": "clics lien|clics liens|clics un lien",
        "pt": "cliques link",
    },
    "profile_visits": {
        "en": "visits|profile visits|profile views",
        "it": "visite|visite profilo",
        "de": "besuche|profilbesuche|profilaufrufe",
        "es": "visitas|visitas perfil",
        "fr": "visites|visites profil",
        "pt": "visitas|visitas perfil",
    },
    "follows": {
        "en": "follows|followers|likes",
        "it": "follow|follower|mi piace",
        "de": "follows|follower|follower*innen",
        "es": "seguimientos|seguidores",
        "fr": "followers|abonnements|abonnés|suivis",
        "pt": "seguidores|seguidos|seguimentos",
    },
    "unfollows": {
        "en": "unfollows",
        "it": "unfollow|follower persi",
        "de": "entfolgungen",
        "es": "dejaron seguir|seguidores perdidos",
        "fr": "désabonnements",
        "pt": "deixaram seguir|seguidores perdidos",
    },
    "net_follows": {"en": "net follows"},
}


def _figures() -> dict[frozenset[str], dict[str, str]]:
    """The words of a title → the languages that have them, each with the figure they mean in it."""
    found: dict[frozenset[str], dict[str, str]] = {}
    for figure, languages in WORDS.items():
        for language, titles in languages.items():
            for title in titles.split("|"):
                found.setdefault(frozenset(title.split()), {})[language] = figure
    return found


FIGURES = _figures()


@dataclass(frozen=True)
class Series:
    """One table of a file: its title, the header below it, and what the title tells. Figure "" = none that is read."""

    title: str
    header: Record
    platform: str
    figure: str
    language: str


def told_by(title: str, date_column: str = "date") -> tuple[str, str, str]:
    """(platform, figure, language) of a title; "meta" where it names no platform, "" for a figure that is not read.

    >>> told_by("Visitas ao perfil do Instagram", "Data")
    ('instagram', 'profile_visits', 'pt')
    """
    words = set(re.split(r"[\s\-'/]+", normal(title))) - {""}
    named = {word for word in words if word in PLATFORMS}
    rest = words - PLATFORMS
    meant = FIGURES.get(frozenset(rest - SMALL)) or FIGURES.get(frozenset(rest)) or {}
    spoken = [language for language in DATES[normal(date_column)] if language in meant] or list(meant)
    platform = named.pop() if len(named) == 1 else EITHER
    return (platform, meant[spoken[0]], spoken[0]) if spoken else (platform, "", "en")


def _is_header(cells: list[str]) -> bool:
    names = [normal(text) for text in cells]
    return len(names) >= 2 and names[0] in DATES and names[1] in VALUES


def _title_of(cells: list[str]) -> str:
    """The text of a row that holds nothing else."""
    told = [text.strip() for text in cells if text.strip()]
    return told[0] if len(told) == 1 and not told[0][0].isdecimal() else ""


def _series_of(sheet: Sheet) -> Iterator[Series | Record]:
    """The tables of a sheet, each followed by its rows; a lonely text that no header follows is a row too."""
    title, held = "", None
    for record in sheet.records():
        if _is_header(record[1]):
            yield Series(title, record, *told_by(title, record[1][0]))
            held = None
            continue
        if held:
            yield held
        held = record if (found := _title_of(record[1])) else None
        title = found or title
        if not held:
            yield record
    if held:
        yield held


def _sheet(source: Source) -> Sheet | None:
    return next((sheet for sheet in source.sheets if any(_is_header(cells) for _line, cells in sheet.head)), None)


def _score(source: Source) -> int:
    return 20 if _sheet(source) else 0


def _missing(source: Source) -> list[str]:
    return [] if _sheet(source) else ["Date", "Primary"]


def _plan(source: Source, **_: Any) -> Plan:
    sheet = _sheet(source)
    assert sheet is not None  # score() found it
    return _Figures(sheet).plan()


class _Figures:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.series = [found for found in _series_of(sheet) if isinstance(found, Series)]
        self.known = [found for found in self.series if found.figure]
        if not self.known:
            raise Unreadable("series_unknown", title=self.series[0].title or "…")
        first = self.known[0]
        # Every table is read by the rule of the first: they are of one account and one download.
        at = {"date": [0], "value": [1]}
        self.table = Table(sheet, Header(first.header[0], first.header[1], at, first.language))
        self.count = self.table.count("value")
        self.moment = self.table.moments("date", Clock("UTC"), assume_month_first=True)
        self.blank = 0

    def plan(self) -> Plan:
        return Plan(
            self.rows(),
            self.parse,
            precision="day",
            language=self.known[0].language,
            notices=self._notices(),
            closing=self.closing,
            time_zone="UTC",
        )

    def _notices(self) -> list[Notice]:
        left = ", ".join(found.title or "…" for found in self.series if not found.figure)
        told = [Notice("columns_not_read", {"columns": left})] if left else []
        return [*told, Notice("account_not_in_file", {})]

    def rows(self) -> Iterator[Record]:
        """The rows of the tables that are read, each with its table's place before its cells."""
        place = -1
        for found in _series_of(self.sheet):
            if isinstance(found, Series):
                place += 1
            elif place >= 0 and self.series[place].figure:
                line, cells = found
                yield line, [*cells[:2], *[""] * (2 - len(cells)), str(place)]

    def parse(self, line: int, cells: list[str]) -> DayRow | None:
        series = self.series[int(cells[2])]
        value = self.count(cells)
        if value is None:
            self.blank += 1
            return None
        if not cells[0].strip():
            raise CellError(self.table.header.title(0), "", "date_missing")
        day = self.moment(cells[0].strip())[0].date()
        return DayRow(line, series.platform, "", "", day, "", {series.figure: value})

    def closing(self) -> list[Notice]:
        return [Notice("blank_days_dropped", {"count": self.blank})] if self.blank else []


FORMATS = [Format("meta_series", "", "days", "Meta Business Suite by day", _score, _missing, _plan)]
