"""Google Analytics 4, traffic acquisition: sessions, key events and revenue by origin, in one or several tables.

The `#` lines above a table tell its period; weeks and "Nth day" are counted from it. Revenue carries no currency.
A GA4 week begins on Sunday, and 1 January is always in week 1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from analytics.formats.base import Format, Notice, Plan, Source, TrafficRow
from analytics.formats.columns import Aliases, Header, Names, cell, read_header
from analytics.formats.dates import parse as parse_date
from analytics.formats.errors import CellError, FileError
from analytics.formats.numbers import amount_reader, count_reader
from analytics.formats.tables import Record, Sheet

_GROUP = re.compile(
    r"default channel group|channel group|gruppo di canali|channelgruppe|grupo de canales|groupe de canaux"
)
_PERIOD = re.compile(
    r"#?\s*(start date|end date|data di inizio|data di fine|startdatum|enddatum|fecha de inicio|fecha de finalización|date de début|date de fin)\s*:\s*(\d{8}|\d{4}-\d{2}-\d{2})",
    re.I,
)
_RANGE = re.compile(r"#\s*(\d{8})\s*-\s*(\d{8})\s*$")  # as explorations write it
ALIASES: Aliases = {
    "source": {
        "en": "Session source|Source|Session manual source",
        "it": "Sorgente sessione|Sorgente della sessione|Sorgente",
    },
    "medium": {
        "en": "Session medium|Medium|Session manual medium",
        "it": "Mezzo sessione|Mezzo della sessione|Mezzo",
    },
    "source_medium": {
        "en": "Session source / medium|Source / medium|Session source/medium",
        "it": "Sorgente / mezzo sessione|Sorgente / Mezzo della sessione|Sorgente/mezzo sessione",
    },
    "campaign": {
        "en": "Session campaign|Campaign|Session manual campaign name|Session campaign name",
        "it": "Campagna sessione|Campagna della sessione|Campagna",
    },
    "platform": {"en": "Session source platform", "it": "Piattaforma sorgente della sessione"},
    "date": {"en": "Date", "it": "Data", "de": "Datum", "es": "Fecha"},
    "week": {"en": "Week", "it": "Settimana", "de": "Woche", "es": "Semana"},
    "month": {"en": "Month", "it": "Mese", "de": "Monat", "es": "Mes"},
    "iso_week": {"en": "ISO week", "it": "Settimana ISO"},
    "year_week": {"en": "ISO week of ISO year", "it": "Settimana ISO dell'anno ISO"},
    "year_month": {"en": "Year month", "it": "Anno mese|Mese dell'anno"},
    "nth_day": {"en": "Nth day", "it": "N-esimo giorno|Ennesimo giorno|N° giorno"},
    "nth_week": {"en": "Nth week", "it": "N-esima settimana|Ennesima settimana|N° settimana"},
    "nth_month": {"en": "Nth month", "it": "N-esimo mese|Ennesimo mese|N° mese"},
    "sessions": {"en": "Sessions", "it": "Sessioni", "de": "Sitzungen", "es": "Sesiones", "fr": "Sessions "},
    "engaged": {
        "en": "Engaged sessions",
        "it": "Sessioni con coinvolgimento|Sessioni con interazione|Sessioni con interazioni",
        "de": "Sitzungen mit Interaktionen",
        "es": "Sesiones con interacción",
        "fr": "Sessions avec engagement",
    },
    "events": {
        "en": "Key events|Conversions",
        "it": "Eventi chiave|Conversioni",
        "de": "Schlüsselereignisse|Conversions ",
        "es": "Eventos clave|Conversiones",
        "fr": "Événements clés",
    },
    "revenue": {
        "en": "Total revenue|Purchase revenue",
        "it": "Entrate totali|Entrate da acquisti",
        "de": "Gesamtumsatz|Umsatz insgesamt",
        "es": "Ingresos totales",
        "fr": "Revenu total",
    },
}
NAMES = Names(ALIASES)
ORIGINS = ("channel_group", "source", "medium", "source_medium", "campaign")
PERIODS = ("date", "year_week", "iso_week", "week", "month", "year_month", "nth_day", "nth_week", "nth_month")
Span = tuple[date, date]
NOT_SET = "(not set)"
GRAND_TOTAL = ("grand total", "totale", "total", "gesamt")


def _lookup(name: str) -> tuple[str, str] | None:
    if _GROUP.search(name):
        return "channel_group", "it" if "gruppo" in name else "en"
    return NAMES.by_name.get(re.sub(r"^first user ", "session ", name))


def _is_header(header: Header) -> bool:
    return (
        "sessions" in header.at
        and any(origin in header.at for origin in ORIGINS)
        and bool(header.at.keys() & {"engaged", "events", "revenue"})
    )


@dataclass
class Block:
    """One table of the file: the period told above it, its header and its records."""

    period: Span | None
    header: Header
    rows: list[Record]


def _blocks(sheet: Sheet, *, most: int | None = None) -> list[Block]:
    """Cut a file into its tables; `most` bounds the records looked at."""
    blocks: list[Block] = []
    told: dict[bool, date] = {}
    is_open = False
    for number, (line, cells) in enumerate(sheet.records()):
        if most is not None and number >= most:
            break
        first = cells[0].strip()
        if _is_comment(first):
            _remember(told, first)
            is_open = False
            continue
        header = read_header((line, cells), _lookup)
        if _is_header(header):
            period = (told[False], told[True]) if len(told) == 2 else None
            blocks.append(Block(period, header, []))
            is_open = True
        elif len(header.at) > 1:
            is_open = False  # another report's table
        elif is_open:
            blocks[-1].rows.append((line, cells))
    return blocks


def _is_comment(first: str) -> bool:
    """Whether a record stands above a table. A campaign may be called "#sale", but a comment has a space."""
    return first == "#" or first.startswith("# ") or _PERIOD.match(first) is not None


def _remember(told: dict[bool, date], text: str) -> None:
    if both := _RANGE.match(text):
        for is_end in (False, True):
            told[is_end] = parse_date(both[1 + is_end], month_leads=True).day
    elif found := _PERIOD.search(text):
        is_end = found[1].casefold() in (
            "end date",
            "data di fine",
            "enddatum",
            "fecha de finalización",
            "date de fin",
        )
        told[is_end] = parse_date(found[2], month_leads=True).day


def _sheet(source: Source) -> Sheet | None:
    return next((sheet for sheet in source.sheets if _blocks(sheet, most=60)), None)


def _score(source: Source) -> int:
    sheet = _sheet(source)
    return 11 + len(_blocks(sheet, most=60)[0].header.at) if sheet else 0


def _missing(source: Source) -> list[str]:
    known: set[str] = set()
    for sheet in source.sheets:
        for record in sheet.head:
            known |= read_header(record, _lookup).at.keys()
    wanted = {"channel_group": "Session primary channel group", "sessions": "Sessions", "revenue": "Total revenue"}
    return [title for column, title in wanted.items() if column not in known]


def _plan(source: Source, *, period: Span | None = None, **_: Any) -> Plan:
    sheet = _sheet(source)
    assert sheet is not None  # score() found it
    return _Traffic(_blocks(sheet), period).plan()


class _Traffic:
    def __init__(self, blocks: list[Block], period: Span | None) -> None:
        self.blocks = blocks
        self.given = period
        self.totals = 0

    def plan(self) -> Plan:
        for block in self.blocks:
            if self._period_of(block) is None and not block.header.at.keys() & {"date", "year_month", "year_week"}:
                raise FileError("period_missing", columns="# Start date, # End date")
        return Plan(
            self._records(),
            self.parse,
            precision="day",
            language=self.blocks[0].header.language,
            notices=[Notice("currency_not_told", {})],
            closing=self.closing,
        )

    def _period_of(self, block: Block) -> Span | None:
        return block.period or self.given

    def _records(self) -> Iterator[Record]:
        for block in self.blocks:
            self.current = _RowReader(block, self._period_of(block))
            yield from block.rows

    def parse(self, line: int, cells: list[str]) -> TrafficRow | None:
        if self.current.is_total(cells):
            self.totals += 1
            return None
        return self.current.row(line, cells)

    def closing(self) -> list[Notice]:
        return [Notice("totals_dropped", {"count": self.totals})] if self.totals else []


class _RowReader:
    """Reads the rows of one table."""

    def __init__(self, block: Block, period: Span | None) -> None:
        self.header, self.period = block.header, period
        self.origins = [self.header.first(name) for name in ORIGINS if name in self.header.at]
        rows = [cells for _line, cells in block.rows[:2_000]]
        language = self.header.language
        self.sessions, self.engaged = (self._count(name, rows, language) for name in ("sessions", "engaged"))
        self.events, self.revenue = (self._amount(name, rows) for name in ("events", "revenue"))
        self.spans: dict[int, list[Span]] = {}
        if period and "iso_week" in self.header.at:
            self.spans = _iso_weeks(*period)
        elif period and "week" in self.header.at:
            self.spans = _numbered_weeks(*period)

    def _count(self, name: str, rows: list[list[str]], language: str) -> Callable[[list[str]], int | None]:
        index = self.header.first(name)
        if index is None:
            return lambda cells: None
        read = count_reader(self.header.title(index), [cell(row, index) for row in rows], language)
        return lambda cells: read(cell(cells, index))

    def _amount(self, name: str, rows: list[list[str]]) -> Callable[[list[str]], Decimal | None]:
        index = self.header.first(name)
        if index is None:
            return lambda cells: None
        # The decimals stand after a point in every language, unless the column itself shows otherwise.
        read = amount_reader(self.header.title(index), [cell(row, index) for row in rows], "en")
        return lambda cells: read(cell(cells, index))

    def is_total(self, cells: list[str]) -> bool:
        """The grand total has no origin, or says so itself, sometimes in a cell beyond the header."""
        if len(cells) > len(self.header.cells) and cells[-1].strip().casefold().startswith(GRAND_TOTAL):
            return True
        texts = [cell(cells, index).casefold() for index in self.origins]
        return not any(texts) or any(text in GRAND_TOTAL for text in texts)

    def row(self, line: int, cells: list[str]) -> TrafficRow:
        if len(cells) < len(self.header.cells):
            raise CellError("", "", "cells_missing", cells=len(cells), columns=len(self.header.cells))
        start, end = self._span(cells)
        source, medium = self._origin(cells)
        return TrafficRow(
            line=line,
            start=start,
            end=end,
            channel_group=self._origin_text(cells, "channel_group"),
            source=source,
            medium=medium,
            campaign=self._origin_text(cells, "campaign"),
            sessions=self.sessions(cells),
            engaged_sessions=self.engaged(cells),
            key_events=self.events(cells),
            revenue=self.revenue(cells),
            currency="",
        )

    def _text(self, cells: list[str], column: str) -> str:
        return cell(cells, self.header.first(column))

    def _origin_text(self, cells: list[str], column: str) -> str:
        """A blank origin is what Google calls it elsewhere, so that all rows of a table are of the same cut."""
        return self._text(cells, column) or (NOT_SET if column in self.header.at else "")

    def _origin(self, cells: list[str]) -> tuple[str, str]:
        if both := self._text(cells, "source_medium"):
            source, _, medium = both.partition("/")
            return source.strip(), medium.strip()
        return self._origin_text(cells, "source"), self._origin_text(cells, "medium")

    def _span(self, cells: list[str]) -> Span:
        for column in PERIODS:
            if column in self.header.at:
                return self._told_span(column, self._text(cells, column))
        assert self.period is not None  # plan() made sure
        return self.period

    def _told_span(self, column: str, text: str) -> Span:
        title = self.header.title(self.header.at[column][0])
        try:
            if column == "date":
                day = parse_date(text, month_leads=True).day
                return day, day
            if column == "year_month":
                return _month(int(text[:4]), int(text[4:]), None)
            if column == "year_week":
                monday = date.fromisocalendar(int(text[:4]), int(text[4:]), 1)
                return _within(monday, monday + timedelta(days=6), self.period)
            number = int(text)
        except ValueError:
            raise CellError(title, text, "not_a_date") from None
        assert self.period is not None
        return self._counted(column, number, title, text)

    def _counted(self, column: str, number: int, title: str, text: str) -> Span:
        start, end = self.period or (date.min, date.max)
        facts = {"start": start.isoformat(), "end": end.isoformat()}
        if column == "nth_day":
            day = start + timedelta(days=number)
            spans = [(day, day)] if number >= 0 and day <= end else []
        elif column == "nth_week":
            spans = _nth_week(start, end, number)
        elif column in ("week", "iso_week"):
            spans = self.spans.get(number, [])
        else:
            spans = _months(start, end, number, nth=column == "nth_month")
        if len(spans) != 1:
            raise CellError(title, text, "week_twice" if spans else "week_outside", **facts)
        return spans[0]


def week_number(day: date) -> int:
    """GA4's week of the year: weeks begin on Sunday, and 1 January is in week 1."""
    first = date(day.year, 1, 1)
    return (day.timetuple().tm_yday + (first.weekday() + 1) % 7 - 1) // 7 + 1


def _numbered_weeks(start: date, end: date) -> dict[int, list[Span]]:
    """Every GA4 week of a period by its number, cut off at the period's ends and at the turn of the year."""
    weeks: dict[int, list[Span]] = {}
    day = start
    while day <= end:
        last = min(day + timedelta(days=6 - (day.weekday() + 1) % 7), end, date(day.year, 12, 31))
        weeks.setdefault(week_number(day), []).append((day, last))
        day = last + timedelta(days=1)
    return weeks


def _iso_weeks(start: date, end: date) -> dict[int, list[Span]]:
    """Every ISO week of a period by its number, cut off at the period's ends."""
    weeks: dict[int, list[Span]] = {}
    monday = start - timedelta(days=start.weekday())
    while monday <= end:
        span = _within(monday, monday + timedelta(days=6), (start, end))
        weeks.setdefault(monday.isocalendar().week, []).append(span)
        monday += timedelta(days=7)
    return weeks


def _within(first: date, last: date, period: Span | None) -> Span:
    return (max(first, period[0]), min(last, period[1])) if period else (first, last)


def _nth_week(start: date, end: date, number: int) -> list[Span]:
    sunday = start - timedelta(days=(start.weekday() + 1) % 7) + timedelta(weeks=number)
    first, last = max(sunday, start), min(sunday + timedelta(days=6), end)
    return [(first, last)] if number >= 0 and first <= last else []


def _months(start: date, end: date, number: int, *, nth: bool) -> list[Span]:
    spans, year, month, count = [], start.year, start.month, 0
    while date(year, month, 1) <= end:
        if (count if nth else month) == number:
            spans.append(_month(year, month, (start, end)))
        year, month, count = (year + 1, 1, count + 1) if month == 12 else (year, month + 1, count + 1)
    return spans


def _month(year: int, month: int, within: Span | None) -> Span:
    first = date(year, month, 1)
    last = (date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)) - timedelta(days=1)
    return _within(first, last, within)


FORMATS = [
    Format("ga4_traffic", "ga4", "traffic", "Google Analytics 4: traffic acquisition", _score, _missing, _plan)
]
