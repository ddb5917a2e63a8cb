"""TikTok Studio, day by day: overview, viewers and followers, whose days are written without a year.

The newest day is the latest such day before the export; the years of the others follow from their order. Sources of
the names: real files of the overview; the columns that public programs read of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from typing import Any

from analytics.formats.base import Notice, Source
from analytics.formats.columns import Names, cell
from analytics.formats.daily import Daily, DayReader, day_format, usual_days
from analytics.formats.dates import day_and_month
from analytics.formats.errors import CellError, Unreadable
from analytics.formats.located import Table

# TikTok is not older, so no column is longer or turns the year more often.
MOST_YEARS = 12
MOST_DAYS = 366 * MOST_YEARS
DayMonth = tuple[int, int]
_YEAR = re.compile(r"\d{4}")
_NUMERIC = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.]?$")
NAMES = Names(
    {
        "date": {"en": "Date", "it": "Data", "de": "Datum", "es": "Fecha", "fr": "Date ", "pt": "Data "},
        "views": {
            "en": "Video Views",
            "it": "Visualizzazioni video|Visualizzazioni dei video|Visualizzazioni del video",
            "de": "Videoaufrufe",
            "es": "Visualizaciones de vídeo|Visualizaciones de video|Visualizaciones de vídeos",
            "fr": "Vues de vidéos|Vues des vidéos",
            "pt": "Visualizações de vídeo|Visualizações de vídeos",
        },
        "profile_visits": {
            "en": "Profile Views",
            "it": "Visualizzazioni del profilo|Visualizzazioni profilo",
            "de": "Profilaufrufe",
            "es": "Visualizaciones del perfil|Visualizaciones de perfil",
            "fr": "Vues du profil",
            "pt": "Visualizações de perfil|Visualizações do perfil",
        },
        "reactions": {
            "en": "Likes",
            "it": "Mi piace",
            "de": "Likes ",
            "es": "Me gusta",
            "fr": "J'aime",
            "pt": "Curtidas",
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
            "de": "Geteilt",
            "es": "Veces compartido|Compartidos",
            "fr": "Partages",
            "pt": "Compartilhamentos",
        },
        "viewers": {"en": "Total Viewers|Unique Viewers", "it": "Spettatori totali|Totale spettatori"},
        "new_viewers": {"en": "New Viewers", "it": "Nuovi spettatori"},
        "returning_viewers": {"en": "Returning Viewers", "it": "Spettatori di ritorno"},
        "followers": {
            "en": "Followers",
            "it": "Follower",
            "de": "Follower ",
            "es": "Seguidores",
            "pt": "Seguidores ",
        },
        "difference": {
            "en": "Difference in followers from previous day",
            "it": "Differenza di follower rispetto al giorno precedente",
        },
    }
)
TELLING = frozenset({"profile_visits", "viewers", "difference"})


def _days(table: Table, options: Mapping[str, Any]) -> tuple[DayReader, list[Notice]]:
    """A reader of this table's days, and which years they were given.

    Complete dates, as spreadsheets make of them, are read as they stand.
    """
    index = table.header.at["date"][0]
    title = table.header.title(index)
    texts = {line: cell(cells, index) for line, cells in islice(table.rows(), MOST_DAYS + 1)}
    told = _without_year(texts)
    if not told:
        return usual_days(table), []
    if len(texts) > MOST_DAYS:
        raise Unreadable("days_without_order")
    seen_on = options.get("seen_on") or datetime.fromtimestamp(table.sheet.source.path.stat().st_mtime, UTC).date()
    days = dict(zip(told, years_of(list(told.values()), seen_on=seen_on), strict=True))

    def day(line: int, text: str) -> date:
        if line not in days:
            raise CellError(title, text, "not_a_date" if text else "date_missing")
        return days[line]

    span = {"first": min(days.values()).isoformat(), "last": max(days.values()).isoformat()}
    return day, [Notice("years_inferred", span)]


def _without_year(texts: Mapping[int, str]) -> dict[int, DayMonth]:
    """(day, month) by line, of the cells that tell no year: "April 12", "12 aprile", "12-Apr", "4/12"."""
    numbers = {
        line: (int(parts[1]), int(parts[2])) for line, text in texts.items() if (parts := _NUMERIC.match(text))
    }
    month_leads = _month_leads(list(numbers.values()))
    found: dict[int, DayMonth] = {}
    for line, text in texts.items():
        if line in numbers:
            first, second = numbers[line]
            found[line] = (second, first) if month_leads else (first, second)
        elif not _YEAR.search(text) and (named := day_and_month(text)):
            found[line] = named
    return found


def _month_leads(pairs: Sequence[tuple[int, int]]) -> bool:
    if any(first > 12 for first, _second in pairs):
        return False
    if any(second > 12 for _first, second in pairs):
        return True
    # Within one month the number of the day changes and that of the month stays.
    return sum(a[0] == b[0] for a, b in pairwise(pairs)) >= sum(a[1] == b[1] for a, b in pairwise(pairs))


def years_of(days: Sequence[DayMonth], *, seen_on: date) -> list[date]:
    """The dates of days and months that follow each other, forwards or backwards, and end on or before `seen_on`.

    >>> years_of([(31, 12), (1, 1)], seen_on=date(2026, 1, 13))
    [datetime.date(2025, 12, 31), datetime.date(2026, 1, 1)]
    """
    forwards = _distance(days) <= _distance(days[::-1])
    ordered = list(days) if forwards else list(days)[::-1]
    turns = [0]
    for a, b in pairwise(ordered):
        turns.append(turns[-1] + ((b[1], b[0]) < (a[1], a[0])))
    if turns[-1] > MOST_YEARS:
        raise Unreadable("days_without_order")
    found = next(_candidates(ordered, turns, seen_on), None)
    if found is None:
        raise Unreadable("days_without_order")
    return found if forwards else found[::-1]


def _distance(days: Sequence[DayMonth]) -> int:
    """About how many days lie between the first and the last, when each follows the one before it."""
    places = [31 * month + day for day, month in days]
    return sum((b - a) % (31 * 12) for a, b in pairwise(places))


def _candidates(ordered: Sequence[DayMonth], turns: Sequence[int], seen_on: date) -> Iterator[list[date]]:
    """The dates if the last one is of this year, of the year before, and so on; only where each is a day."""
    for last in range(seen_on.year, seen_on.year - 9, -1):
        try:
            dates = [
                date(last - turns[-1] + turn, month, day)
                for (day, month), turn in zip(ordered, turns, strict=True)
            ]
        except ValueError:  # 29 February of a common year
            continue
        if max(dates) <= seen_on + timedelta(days=1):  # it may be tomorrow where the export was made
            yield dates


COUNTED = ("views", "profile_visits", "reactions", "comments", "shares", "viewers", "new_viewers")
DAILY = Daily(
    platform="tiktok",
    names=NAMES,
    figures={name: name for name in (*COUNTED, "returning_viewers", "followers")},
    # Likes taken back can outnumber the new ones. The difference of followers is of the day before, so it is not read.
    signed=frozenset({"reactions", "comments", "shares"}),
    days=_days,
)


def _table(source: Source) -> Table | None:
    table = DAILY.table(source)
    return table if table and table.header.at.keys() & TELLING else None


FORMATS = [day_format("tiktok_daily", DAILY, "TikTok Studio by day", _table, ["views", "profile_visits"])]
