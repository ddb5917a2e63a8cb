"""Tables with one row per day: the columns of a format become the figures of `series.FIGURES`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from analytics.formats.base import DayRow, Format, Notice, Plan, Source
from analytics.formats.columns import Names
from analytics.formats.dates import Clock
from analytics.formats.errors import CellError
from analytics.formats.located import Table, locate, wanting
from analytics.formats.numbers import LARGEST, is_missing

TOTALS = frozenset({"total", "totale", "totali", "gesamt", "insgesamt", "totales", "grand total"})
Number = Callable[[list[str]], int | float | None]
DayReader = Callable[[int, str], date]  # of the line and the cell


@dataclass(frozen=True)
class Daily:
    """How the tables of one platform are read.

    `figures` maps a column of `names` to its figure; columns of the same figure are added up. `signed` columns may
    be below zero, being gains less losses. `scale` turns a column's unit into the figure's. Of `instead` (figure →
    groups of columns) the first group that is there stands in, added up, where the figure's own column is not.
    `post` is the column that holds the number of a post, where each row is of one post.
    """

    platform: str
    names: Names
    figures: Mapping[str, str]
    signed: frozenset[str] = frozenset()
    scale: Mapping[str, float] = field(default_factory=dict)
    instead: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    post: str = ""
    days: Callable[[Table, Mapping[str, Any]], tuple[DayReader, list[Notice]]] | None = None
    check_post: Callable[[Table, str], str] | None = None

    def table(self, source: Source, *, least: int = 1) -> Table | None:
        """The table that has a day and at least so many of the figures."""
        table = locate(source, self.names, ["date"])
        return table if table and len(table.header.at.keys() & self.columns) >= least else None

    @property
    def columns(self) -> frozenset[str]:
        spare = {name for groups in self.instead.values() for group in groups for name in group}
        return frozenset(self.figures) | spare

    def plan(self, table: Table, **options: Any) -> Plan:
        return _Days(self, table, options).plan()


class _Days:
    def __init__(self, daily: Daily, table: Table, options: Mapping[str, Any]) -> None:
        self.daily, self.table = daily, table
        self.stamp, self.post = table.text("date"), table.text(daily.post) if daily.post else None
        self.day, self.assumed = daily.days(table, options) if daily.days else (usual_days(table), [])
        self.numbers = self._numbers()
        self.blank = self.totals = 0

    def plan(self) -> Plan:
        return Plan(
            self.table.rows(),
            self.parse,
            precision="day",
            language=self.table.header.language,
            notices=[*self.table.unread(), *self.assumed, Notice("account_not_in_file", {})],
            closing=self.closing,
            time_zone="UTC",
            width=len(self.table.header.cells),
        )

    def _numbers(self) -> dict[str, list[Number]]:
        """The readers of each figure's columns."""
        at, found = self.table.header.at, dict[str, list[Number]]()
        for column, figure in self.daily.figures.items():
            if column in at:
                found.setdefault(figure, []).append(self._number(column))
        for figure, groups in self.daily.instead.items():
            usable = [some for group in groups if (some := [name for name in group if name in at])]
            if figure not in found and usable:
                found[figure] = [self._number(column) for column in usable[0]]
        return found

    def _number(self, column: str) -> Number:
        if scale := self.daily.scale.get(column):
            amount = self.table.amount(column, language="en")
            return lambda cells: None if (value := amount(cells)) is None else float(value) * scale
        return signed(self.table, column) if column in self.daily.signed else self.table.count(column)

    def parse(self, line: int, cells: list[str]) -> DayRow | None:
        stamp = self.stamp(cells)
        if not stamp and not any(
            text[:1].isdecimal() for text in cells
        ):  # an explanation of the columns, or nothing
            self.blank += 1
            return None
        post = self.post(cells) if self.post else ""
        if stamp.casefold() in TOTALS or post.casefold() in TOTALS:
            self.totals += 1
            return None
        figures = {
            name: value for name, readers in self.numbers.items() if (value := _added(readers, cells)) is not None
        }
        if not figures or (self.daily.post and not post):
            self.blank += 1
            return None
        if post and self.daily.check_post:
            post = self.daily.check_post(self.table, post)
        return DayRow(line, self.daily.platform, "", "", self.day(line, stamp), post, figures)

    def closing(self) -> list[Notice]:
        notices = []
        if self.totals:
            notices.append(Notice("totals_dropped", {"count": self.totals}))
        if self.blank:
            notices.append(Notice("blank_days_dropped", {"count": self.blank}))
        return notices


def _added(readers: list[Number], cells: list[str]) -> int | float | None:
    told = [value for read in readers if (value := read(cells)) is not None]
    return sum(told) if told else None


def usual_days(table: Table) -> DayReader:
    """A reader of the table's days, month first where nothing tells."""
    moment = table.moments("date", Clock("UTC"), assume_month_first=True)
    return lambda _line, text: moment(text)[0].date()


def signed(table: Table, column: str) -> Number:
    """A reader of whole numbers that may be below zero."""
    index = table.header.at[column][0]
    title, amount = table.header.title(index), table.amount(column)

    def number(cells: list[str]) -> int | None:
        text = cells[index].strip() if index < len(cells) else ""
        if is_missing(text):
            return None
        if text.endswith("%"):  # an amount may have the sign, a count may not
            raise CellError(title, text, "share_for_count")
        try:
            value = amount([*cells[:index], text.replace("−", "-").lstrip("+")])
        except CellError:
            raise CellError(title, text, "not_a_number") from None
        if value is None:
            return None
        if value != value.to_integral_value():
            raise CellError(title, text, "not_whole")
        if abs(value) > LARGEST:
            raise CellError(title, text, "count_too_large")
        return int(value)

    return number


def day_format(
    slug: str,
    daily: Daily,
    title: str,
    find: Callable[[Source], Table | None],
    required: list[str],
    *,
    rank: int = 0,
) -> Format:
    """The Format of such tables; `find` gives the one in a file, `required` names the columns, besides the day, that tell it.

    With a `rank` that is its score: a low one gives way to any other format that is in the same file.
    """

    def score(source: Source) -> int:
        table = find(source)
        return (rank or 10 + len(table.header.at)) if table else 0

    def plan(source: Source, **options: Any) -> Plan:
        table = find(source)
        assert table is not None  # score() found it
        return daily.plan(table, **options)

    def missing(source: Source) -> list[str]:
        # Many a table has a day; what is near must have more of this one, and less than all.
        return wanting(source, daily.names, required) or [daily.names.english(name) for name in required]

    return Format(slug, daily.platform, "days", title, score, missing, plan)
