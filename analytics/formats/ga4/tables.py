"""Finds the tables of a file: the period told above each, its header, and its rows one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from analytics.formats.columns import Header, read_header
from analytics.formats.dates import parse as parse_date
from analytics.formats.ga4.calendar import Span
from analytics.formats.ga4.columns import is_header, lookup
from analytics.formats.tables import Record, Sheet

LOOKED_AT = 60
SAMPLE_ROWS = 2_000
_STARTS = "start date|data di inizio|startdatum|fecha de inicio|date de début|data de início"
_ENDS = "end date|data di fine|enddatum|fecha de finalización|fecha de fin|date de fin|data de término|data de fim"
_PERIOD = re.compile(rf"#?\s*(?:({_STARTS})|(?:{_ENDS}))\s*:\s*(\d{{8}}|\d{{4}}-\d{{2}}-\d{{2}})", re.I)
_RANGE = re.compile(r"#\s*(\d{8})\s*-\s*(\d{8})\s*$")  # as explorations write it


@dataclass
class Table:
    """One table: the period told above it, its header, and enough of its rows to decide how numbers are written."""

    period: Span | None
    header: Header
    sample: list[list[str]] = field(default_factory=list)


def find_tables(sheet: Sheet, *, most: int | None = None) -> list[Table]:
    """The tables of a sheet with a sample of their rows; `most` bounds the records looked at."""
    tables: list[Table] = []
    for table, record in _walk(sheet, most):
        if record is None:
            tables.append(table)
        elif len(table.sample) < SAMPLE_ROWS:
            table.sample.append(record[1])
    return tables


def rows_of(sheet: Sheet) -> Iterator[tuple[int, Record]]:
    """Every row, with the place of its table among those of the sheet."""
    place = -1
    for _table, record in _walk(sheet, None):
        if record is None:
            place += 1
        else:
            yield place, record


def _walk(sheet: Sheet, most: int | None) -> Iterator[tuple[Table, Record | None]]:
    """Each table when its header is met, then each of its rows."""
    told: dict[bool, date] = {}
    table: Table | None = None
    is_told = False
    for number, (line, cells) in enumerate(sheet.records()):
        if most is not None and number >= most:
            return
        first = cells[0].strip()
        if _is_comment(first):
            _remember(told, first)
            table, is_told = None, True
            continue
        header = read_header((line, cells), lookup)
        if is_header(header, is_told=is_told):
            table = Table((told[False], told[True]) if len(told) == 2 else None, header)
            yield table, None
        elif len(header.at) > 1:
            table = None  # another report's table
        elif table is not None:
            yield table, (line, cells)


def _is_comment(first: str) -> bool:
    """Whether a record stands above a table. A campaign may be called "#sale", but a comment has a space."""
    return first == "#" or first.startswith("# ") or _PERIOD.match(first) is not None


def _remember(told: dict[bool, date], text: str) -> None:
    """Note the first (False) or last (True) day that a comment tells, or both."""
    try:
        if both := _RANGE.match(text):
            told[False], told[True] = (parse_date(day, month_leads=True).day for day in both.groups())
        elif found := _PERIOD.search(text):
            told[found[1] is None] = parse_date(found[2], month_leads=True).day
    except ValueError:
        told.clear()
