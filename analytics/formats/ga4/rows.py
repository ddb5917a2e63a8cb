"""Reads the rows of the tables: the origin, the span of days, the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from analytics.formats.base import Notice, Plan, TrafficRow
from analytics.formats.columns import cell
from analytics.formats.dates import parse as parse_date
from analytics.formats.errors import CellError, FileError
from analytics.formats.ga4.calendar import (
    Span,
    iso_weeks,
    months,
    nth_day,
    nth_week,
    numbered_weeks,
    whole_month,
    within,
)
from analytics.formats.ga4.columns import GRAND_TOTAL, ORIGINS, PERIODS
from analytics.formats.ga4.tables import Table, rows_of
from analytics.formats.numbers import amount_reader, count_reader
from analytics.formats.tables import Record, Sheet

NOT_SET = "(not set)"
DATED = frozenset({"date", "date_hour", "year_month", "year_week"})


class Traffic:
    """The rows of all tables of a sheet, as they stand."""

    def __init__(self, sheet: Sheet, tables: list[Table], period: Span | None) -> None:
        self.sheet, self.tables = sheet, tables
        self.readers = [_RowReader(table, table.period or period) for table in tables]
        self.totals = 0

    def plan(self) -> Plan:
        for reader in self.readers:
            if reader.period is None and not reader.header.at.keys() & DATED and not reader.tells_month:
                raise FileError("period_missing", columns="# Start date, # End date")
        return Plan(
            self._records(),
            self.parse,
            precision="day",
            language=self.tables[0].header.language,
            notices=[Notice("currency_not_told", {})],
            closing=self.closing,
        )

    def _records(self) -> Iterator[Record]:
        for place, record in rows_of(self.sheet):
            self.current = self.readers[place]
            yield record

    def parse(self, line: int, cells: list[str]) -> TrafficRow | None:
        if self.current.is_total(cells):
            self.totals += 1
            return None
        return self.current.row(line, cells)

    def closing(self) -> list[Notice]:
        return [Notice("totals_dropped", {"count": self.totals})] if self.totals else []


class _RowReader:
    """Reads the rows of one table."""

    def __init__(self, table: Table, period: Span | None) -> None:
        self.header, self.period = table.header, period
        self.origins = [self.header.first(name) for name in ORIGINS if name in self.header.at]
        language = self.header.language
        self.sessions, self.engaged = (
            self._count(name, table.sample, language) for name in ("sessions", "engaged")
        )
        self.events, self.revenue = (self._amount(name, table.sample) for name in ("events", "revenue"))
        self.spans: dict[int, list[Span]] = {}
        if period and "iso_week" in self.header.at:
            self.spans = iso_weeks(*period)
        elif period and "week" in self.header.at:
            self.spans = numbered_weeks(*period)

    @property
    def tells_month(self) -> bool:
        """Whether a row tells its month by itself, without the lines above the table."""
        return {"year", "month"} <= self.header.at.keys()

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

    # --- days ----------------------------------------------------------------------------------------------------

    def _span(self, cells: list[str]) -> Span:
        for column in PERIODS:
            if column in self.header.at:
                return self._told_span(column, self._text(cells, column), self._year(cells))
        assert self.period is not None  # plan() made sure
        return self.period

    def _year(self, cells: list[str]) -> int | None:
        text = self._text(cells, "year")
        return int(text) if len(text) == 4 and text.isdecimal() else None

    def _told_span(self, column: str, text: str, year: int | None) -> Span:
        title = self.header.title(self.header.at[column][0])
        try:
            if column in ("date", "date_hour"):
                day = parse_date(text[:8] if column == "date_hour" else text, month_leads=True).day
                return day, day
            if column == "year_month":
                return whole_month(int(text[:4]), int(text[4:].strip("-/ ")), self.period)
            if column == "year_week":
                monday = date.fromisocalendar(int(text[:4]), int(text[4:]), 1)
                return within(monday, monday + timedelta(days=6), self.period)
            number = int(text)
            if column == "month" and year and self.period is None:
                return whole_month(year, number, None)
        except ValueError:
            raise CellError(title, text, "not_a_date") from None
        return self._counted(column, number, title, text, year)

    def _counted(self, column: str, number: int, title: str, text: str, year: int | None) -> Span:
        """A week, month or "Nth" one, counted from the period's first day; the year tells two of one number apart."""
        assert self.period is not None  # plan() made sure
        start, end = self.period
        if column == "nth_day":
            spans = nth_day(start, end, number)
        elif column == "nth_week":
            spans = nth_week(start, end, number)
        elif column in ("week", "iso_week"):
            spans = self.spans.get(number, [])
        else:
            spans = months(start, end, number, nth=column == "nth_month")
        if len(spans) > 1 and year:
            spans = [span for span in spans if _year_of(span, column) == year]
        if len(spans) != 1:
            facts = {"start": start.isoformat(), "end": end.isoformat()}
            raise CellError(title, text, "week_twice" if spans else "week_outside", **facts)
        return spans[0]


def _year_of(span: Span, column: str) -> int:
    return span[0].isocalendar().year if column == "iso_week" else span[0].year
