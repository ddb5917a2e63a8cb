"""Google Analytics 4: sessions, key events and revenue by origin, in one or several tables of a report or exploration.

The `#` lines above a table tell its period; weeks and "Nth day" are counted from it. Revenue carries no currency.
A file is read twice, once to find its tables and once for their rows, and is never held whole.
"""

from __future__ import annotations

from typing import Any

from analytics.formats.base import Format, Plan, Source
from analytics.formats.columns import read_header
from analytics.formats.ga4.calendar import Span, week_number
from analytics.formats.ga4.columns import lookup
from analytics.formats.ga4.rows import Traffic
from analytics.formats.ga4.tables import LOOKED_AT, find_tables
from analytics.formats.tables import Sheet


def _sheet(source: Source) -> Sheet | None:
    return next((sheet for sheet in source.sheets if find_tables(sheet, most=LOOKED_AT)), None)


def _score(source: Source) -> int:
    sheet = _sheet(source)
    return 11 + len(find_tables(sheet, most=LOOKED_AT)[0].header.at) if sheet else 0


def _missing(source: Source) -> list[str]:
    known: set[str] = set()
    for sheet in source.sheets:
        for record in sheet.head:
            known |= read_header(record, lookup).at.keys()
    wanted = {"channel_group": "Session primary channel group", "sessions": "Sessions", "revenue": "Total revenue"}
    return [title for column, title in wanted.items() if column not in known]


def _plan(source: Source, *, period: Span | None = None, **_: Any) -> Plan:
    sheet = _sheet(source)
    assert sheet is not None  # score() found it
    return Traffic(sheet, find_tables(sheet), period).plan()


FORMATS = [
    Format("ga4_traffic", "ga4", "traffic", "Google Analytics 4: traffic acquisition", _score, _missing, _plan)
]

__all__ = ["FORMATS", "week_number"]
