"""Content calendars: posts that are planned, as schedulers take them in bulk, or as a plain table of dates and texts.

A row that goes to several platforms is one planned post on each. Times without a zone are of the reading zone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any

from analytics.formats.asking import ask_order
from analytics.formats.base import Format, Notice, Plan, PlannedRow, Source
from analytics.formats.columns import Header, Names, best_header, cell
from analytics.formats.dates import Clock, moment_reader, orders_of
from analytics.formats.errors import CellError
from analytics.formats.generic import KIND_SYNONYMS, KINDS, PLATFORMS, SYNONYMS, YES
from analytics.formats.located import SAMPLE_ROWS
from analytics.formats.planned_columns import ALIASES, FIGURES, NETWORKS
from analytics.formats.tables import Record, Sheet, normal

NAMES = Names(ALIASES)
HEADLESS = ("at", "text", "link")
_STARTS_WITH_TIME = re.compile(r"\s*\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4}[T,\s]+\d{1,2}:\d{2}")
_BETWEEN = re.compile(r"\s*[,;|/+&\n]\s*")
_LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Calendar:
    """The template of one scheduler: the names that only it has together, each text of `told_by` one set of them."""

    slug: str
    title: str
    told_by: tuple[str, ...]


CALENDARS = (
    Calendar("planned_metricool", "Metricool: calendar", ("text|date|time|picture url 1", "text|date|time|draft")),
    Calendar("planned_buffer", "Buffer: bulk upload", ("text|posting time",)),
    Calendar("planned_later", "Later: bulk schedule", ("caption|scheduled time",)),
    Calendar("planned_sprout", "Sprout Social: bulk scheduling", ("date|time_24hr|message_text",)),
    Calendar("planned_hootsuite", "Hootsuite: bulk composer", ("date|message|link", "date|message|url")),
    Calendar("planned_calendar", "Content calendar: date, time, platform, text, link", ()),
)


@dataclass(frozen=True)
class _Found:
    """Where a calendar stands: its sheet, and its header; `is_headless` where the rows begin at once."""

    sheet: Sheet
    header: Header
    networks: dict[int, str]
    is_headless: bool = False

    def rows(self) -> Iterator[Record]:
        for line, cells in self.sheet.records():
            if self.is_headless or (line > self.header.line and cells != self.header.cells):
                yield line, cells


def _found(source: Source) -> _Found | None:
    for sheet in source.sheets:
        if found := _with_header(sheet) or _without_header(sheet):
            return found
    return None


def _with_header(sheet: Sheet) -> _Found | None:
    header = best_header(sheet, NAMES.by_name.get)
    if header is None or "text" not in header.at or not header.at.keys() & {"at", "date"}:
        return None
    names = [normal(title) for title in header.cells]
    if FIGURES & set(names):
        return None
    networks = {index: NETWORKS[name] for index, name in enumerate(names) if name in NETWORKS}
    if not header.at.keys() & {"at", "time", "platform", "account", "link", "media"} and not networks:
        return None
    return _Found(sheet, header, networks)


def _without_header(sheet: Sheet) -> _Found | None:
    """Hootsuite takes files without column names: time, message, link."""
    if not sheet.head:
        return None
    width = max(len(cells) for _line, cells in sheet.head)
    is_such = all(len(cells) >= 2 and _STARTS_WITH_TIME.match(cells[0]) for _line, cells in sheet.head)
    if not is_such or width > 6:
        return None
    at = {name: [index] for index, name in enumerate(HEADLESS)} | {"media": list(range(3, width))}
    return _Found(
        sheet, Header(0, ["Date", "Message", "Link", *[""] * (width - 3)][:width], at, "en"), {}, is_headless=True
    )


def _score(calendar: Calendar, source: Source) -> int:
    found = _found(source)
    if found is None:
        return 0
    names = {normal(title) for title in found.header.cells}
    if not calendar.told_by:
        return 2 + len(found.header.at)
    if not any(set(text.split("|")) <= names for text in calendar.told_by):
        return 0
    return 4 + len(found.header.at)


def _missing(source: Source) -> list[str]:
    headers = [header for sheet in source.sheets if (header := best_header(sheet, NAMES.by_name.get))]
    at = headers[0].at if headers else {}
    wanted = {"date": "Date", "time": "Time", "platform": "Platform", "text": "Text", "link": "Link"}
    return [title for column, title in wanted.items() if column not in at]


def _plan(source: Source, *, time_zone: str = "UTC", **_: Any) -> Plan:
    found = _found(source)
    assert found is not None  # score() found it
    return _Planned(found, time_zone).plan()


class _Planned:
    def __init__(self, found: _Found, time_zone: str) -> None:
        self.found, self.header, self.zone = found, found.header, time_zone
        self.width = len(self.header.cells)
        self.moment = self._moment_reader()
        self.drafts = 0

    def plan(self) -> Plan:
        return Plan(
            self._records(),
            self.parse,
            language=self.header.language,
            closing=self.closing,
            time_zone=self.zone,
        )

    def _records(self) -> Iterator[Record]:
        """The rows, one for each platform that a row names; the platform stands beyond the header's last cell."""
        for line, cells in self.found.rows():
            padded = [*cells[: self.width], *[""] * (self.width - len(cells))]
            for platform in self._platforms(cells) or [""]:
                yield line, [*padded, platform, *cells[self.width :]]

    def _platforms(self, cells: list[str]) -> list[str]:
        ticked = [name for index, name in self.found.networks.items() if cell(cells, index).casefold() in YES]
        told = _BETWEEN.split(self._text(cells, "platform")) if "platform" in self.header.at else []
        return list(dict.fromkeys(ticked or filter(None, told)))

    def _text(self, cells: list[str], column: str) -> str:
        """The first of the column's cells that is filled: a title may stand under several names."""
        return next((text for index in self.header.at.get(column, []) if (text := cell(cells, index))), "")

    # --- time ----------------------------------------------------------------------------------------------------

    def _moment_reader(self) -> Callable[[str], tuple[datetime, str]]:
        index = self._day_index()
        title = self.header.title(index)
        days = [cell(cells, index) for _line, cells in islice(self.found.rows(), SAMPLE_ROWS)]
        days = [day for day in days if day]
        leads = self.header.language == "en"
        order = ask_order(self.found.sheet.source, title, orders_of(days), month_first=leads)
        # With a clock time beside each day, a midnight is a time like any other.
        times = [f"{day} 9:00" for day in days] if "time" in self.header.at else days
        return moment_reader(title, times, Clock(self.zone), assume_month_first=leads, order=order)[0]

    def _day_index(self) -> int:
        return self.header.at["at" if "at" in self.header.at else "date"][0]

    def _at(self, cells: list[str]) -> tuple[datetime | None, str]:
        """The planned time; None for a post that has no day yet."""
        day, time = cell(cells, self._day_index()), self._text(cells, "time")
        if not day:
            return None, "day"
        return self.moment(f"{day} {time}" if time and "at" not in self.header.at else day)

    # --- rows ----------------------------------------------------------------------------------------------------

    def parse(self, line: int, cells: list[str]) -> PlannedRow | None:
        if len(cells) > self.width + 1 and any(text.strip() for text in cells[self.width + 1 :]):
            raise CellError("", "", "cells_beyond")
        text, title = self._text(cells, "text"), self._text(cells, "title")
        media = [told for index in self.header.at.get("media", []) if (told := cell(cells, index))]
        if not (text or title or media):
            return None
        at, precision = self._at(cells)
        self.drafts += self._text(cells, "draft").casefold() in YES
        return PlannedRow(
            line=line,
            platform=self._platform(cells),
            account=self._text(cells, "account").removeprefix("@"),
            external_id=self._text(cells, "id"),
            at=at,
            format=_kind(self._text(cells, "format")),
            title=title if title != text else "",
            text=text,
            link=self._text(cells, "link") or _first_link(text),
            media="\n".join(media),
            labels=self._text(cells, "labels"),
            precision=precision,
        )

    def _platform(self, cells: list[str]) -> str:
        told = cells[self.width]
        if told and not (platform := platform_of(told)):
            column = self.header.title(self.header.at["platform"][0])
            raise CellError(column, told, "platform_unknown", known=", ".join(PLATFORMS))
        return platform if told else platform_of(self._text(cells, "account"))

    def closing(self) -> list[Notice]:
        return [Notice("drafts_planned", {"count": self.drafts})] if self.drafts else []


def platform_of(text: str) -> str:
    """The platform that a word names, alone or with more beside it ("Instagram Reel", "LinkedIn page"); "" for none.

    >>> platform_of("Twitter"), platform_of("Instagram Reel"), platform_of("acme")
    ('x', 'instagram', '')
    """
    whole = normal(text)
    for word in (whole, *re.split(r"[\s_\-:]+", whole)):
        name = SYNONYMS.get(word) or NETWORKS.get(word) or word
        if name in PLATFORMS or name in NETWORKS.values():
            return name
    return ""


def _kind(text: str) -> str:
    word = normal(text).replace(" ", "_")
    word = KIND_SYNONYMS.get(word, word)
    return word if word in KINDS else ("other" if word and word != "post" else "")


def _first_link(text: str) -> str:
    found = _LINK.search(text)
    return found[0].rstrip(").,;!?") if found else ""


FORMATS = [
    Format(calendar.slug, "", "planned", calendar.title, partial(_score, calendar), _missing, _plan)
    for calendar in CALENDARS
]
