"""Rows of a well-behaved file many at a time, as columns of text that a database can read itself.

Looking at every cell of a million rows costs more than storing them. Where a whole column is in its plain form
(digits, ISO times), one look at all of it is enough.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from analytics.formats.errors import CellError

Cells = list[str]
Column = Sequence[str]


class TextBlock(NamedTuple):
    """Rows of one account. `columns`, all of the same length, are named as the fields of PostRow.

    Counts are digits or empty (not exported), `published_at` is ISO with its offset from UTC, `paid` is t, f or
    empty. Fields without a column are empty.
    """

    platform: str
    account: str
    rows: int
    columns: dict[str, Column]


class Condenser:
    """Makes blocks of records, or gives up (None) where any cell wants a closer look."""

    def __init__(
        self,
        *,
        width: int,
        at: dict[str, int | None],
        counts: Sequence[str],
        platform: Callable[[Cells], str],
        number: Callable[[str], str],
        kinds: dict[str, str],
        paid: Callable[[Cells], bool | None],
        offset: Callable[[datetime], timedelta],
        zoneless: Callable[[], None],
    ) -> None:
        self._width, self._at, self._counts = width, at, counts
        self._platform, self._number, self._kinds, self._paid = platform, number, kinds, paid
        self._offset, self._zoneless = offset, zoneless
        self._days: dict[str, str | None] = {}

    def __call__(self, rows: Sequence[Cells]) -> list[TextBlock] | None:
        if set(map(len, rows)) != {self._width}:
            return None
        try:
            blocks = [self._block(group) for group in self._by_account(rows)]
        except (ValueError, CellError):
            return None
        return blocks

    def _by_account(self, rows: Sequence[Cells]) -> list[Sequence[Cells]]:
        """The rows of each platform and account, in the order of the file."""
        keys = [index for index in (self._at["platform"], self._at["account"]) if index is not None]
        if all(len({cells[index] for cells in rows}) == 1 for index in keys):
            return [rows]
        groups: dict[tuple[str, ...], list[Cells]] = {}
        for cells in rows:
            groups.setdefault(tuple(cells[index] for index in keys), []).append(cells)
        return list(groups.values())

    def _block(self, rows: Sequence[Cells]) -> TextBlock:
        columns = list(zip(*rows, strict=True))
        found: dict[str, Column] = {}
        for name in ("text", "permalink", *self._counts):
            if (index := self._at[name]) is not None:
                found[name] = columns[index]
        for name in self._counts:
            if name in found and not any_digits(found[name]):
                del found[name]
        place = self._at["account"]
        account = "" if place is None else columns[place][0].strip()
        found["external_id"] = self._numbers(self._column(columns, "post_id"))
        found["published_at"] = self._moments(self._column(columns, "published_at"))
        if (index := self._at["format"]) is not None:
            found["format"] = [self._kinds[text] for text in columns[index]]
        if (index := self._at["paid"]) is not None:
            found["paid"] = self._paid_column(rows, columns[index])
        return TextBlock(self._platform(rows[0]), account, len(rows), found)

    def _column(self, columns: list[tuple[str, ...]], name: str) -> Column:
        index = self._at[name]
        if index is None:
            raise ValueError(name)
        return columns[index]

    def _numbers(self, column: Column) -> Column:
        whole = "".join(column)
        if "" not in column and whole.isalnum() and not ("E" in whole or "e" in whole):
            return column
        return [self._number(text) for text in column]

    def _moments(self, column: Column) -> Column:
        """Local times to the second get their hour's offset; times with an offset keep it."""
        if set(map(len, column)) == {19}:
            column = self._with_offsets(column)
            deque(map(datetime.fromisoformat, column), maxlen=0)  # none of them is a date that does not exist
            self._zoneless()
            return column
        if None in {datetime.fromisoformat(text).tzinfo for text in column}:
            raise ValueError("a time without a zone in another form")
        return column

    def _with_offsets(self, column: Column) -> list[str]:
        """By the day, and by the hour on days on which the clock changes."""
        days = self._days
        for day in {text[:10] for text in column} - days.keys():
            days[day] = self._suffix_of_day(day)
        return [text + (days[text[:10]] or self._suffix_at(text[:13])) for text in column]

    def _suffix_of_day(self, day: str) -> str | None:
        first, last = self._suffix_at(day + "T00"), self._suffix_at(day + "T23")
        return first if first == last else None

    def _suffix_at(self, hour: str) -> str:
        return _suffix(self._offset(datetime.fromisoformat(hour + ":00:00")))

    def _paid_column(self, rows: Sequence[Cells], column: Column) -> Column:
        first = dict(zip(column, rows, strict=True))
        words = {True: "t", False: "f", None: ""}
        told = {text: words[self._paid(cells)] for text, cells in first.items()}
        return [told[text] for text in column]


def any_digits(column: Column) -> bool:
    """Whether a column of counts tells any; raises ValueError where a cell is not made of digits alone."""
    whole = "".join(column)
    if whole and not (whole.isdecimal() and whole.isascii()):
        raise ValueError("not digits alone")
    return bool(whole)


def _suffix(offset: timedelta) -> str:
    sign = "-" if offset < timedelta(0) else "+"
    seconds = int(abs(offset).total_seconds())
    text = f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return f"{text}:{seconds % 60:02}" if seconds % 60 else text
