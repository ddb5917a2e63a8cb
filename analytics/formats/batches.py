"""Rows of a well-behaved file many at a time: each column is looked at and turned as a whole.

What a column's cells have in common is found out by one look at all of them together, which costs a fraction of
asking every cell. Where any cell wants a closer look the whole batch is read one by one instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import repeat
from typing import Any

from analytics.formats.base import PostRow, total
from analytics.formats.blocks import any_digits
from analytics.formats.errors import CellError

Cells = list[str]
Column = Sequence[str]
Values = Iterable[Any]
# Nineteen digits may be more than a whole number of a database holds.
LONGEST_COUNT = 18
NO_REPLY = repeat(object=False)


class Batcher:
    """Makes PostRows of many records at once; None where they want to be read one by one."""

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
        self._days: dict[str, timedelta | None] = {}

    def __call__(self, records: Sequence[tuple[int, Cells]]) -> list[PostRow] | None:
        lines, rows = zip(*records, strict=True)
        if set(map(len, rows)) != {self._width}:
            return None
        try:
            return self._rows(lines, rows)
        except (ValueError, OverflowError, CellError):
            return None

    def _rows(self, lines: tuple[int, ...], rows: tuple[Cells, ...]) -> list[PostRow]:
        columns = list(zip(*rows, strict=True))
        found = {name: columns[index] for name, index in self._at.items() if index is not None}
        nothing: Values = repeat(None)
        values: dict[str, Values] = dict.fromkeys(PostRow._fields, nothing)
        values |= {"account_id": repeat(""), "language": repeat(""), "is_reply": NO_REPLY}
        values |= {"line": lines, "precision": repeat("exact")}
        for name in ("text", "permalink"):
            values[name] = found.get(name) or repeat("")
        values["platform"] = self._same_or_each(found.get("platform"), rows, self._platform)
        values["paid"] = self._same_or_each(found.get("paid"), rows, self._paid)
        values["account"] = [text.strip() for text in found["account"]] if "account" in found else repeat("")
        values["format"] = list(map(self._kinds.__getitem__, found["format"])) if "format" in found else repeat("")
        values["external_id"] = self._numbers(found["post_id"])
        values["published_at"] = self._moments(found["published_at"])
        for name in self._counts:
            if name in found and (counts := _counts(found[name])) is not None:
                values[name] = counts
        values["engagements"] = _engagements(
            [values[name] for name in ("reactions", "comments", "shares", "saves")]
        )
        make = partial(tuple.__new__, PostRow)
        return list(map(make, zip(*values.values(), strict=False)))

    def _same_or_each(
        self, column: Column | None, rows: tuple[Cells, ...], read: Callable[[Cells], Any]
    ) -> Values:
        """One look where every cell of the column says the same, as they mostly do."""
        if column is None or len(set(column)) == 1:
            return repeat(read(rows[0]))
        return list(map(read, rows))

    def _numbers(self, column: Column) -> Column:
        whole = "".join(column)
        if "" not in column and whole.isalnum() and not ("E" in whole or "e" in whole):
            return column
        return list(map(self._number, column))

    def _moments(self, column: Column) -> Values:
        """Local times to the second, by the day, and by the hour on days on which the clock changes."""
        if set(map(len, column)) != {19}:
            raise ValueError("times of another form")
        days = self._days
        for day in {text[:10] for text in column} - days.keys():
            days[day] = self._of_day(day)
        offsets = [days[text[:10]] for text in column]
        moments = list(map(datetime.fromisoformat, [text + "+00:00" for text in column]))
        self._zoneless()
        if None in offsets:
            offsets = [
                self._offset(moment.replace(tzinfo=None)) if offset is None else offset
                for moment, offset in zip(moments, offsets, strict=True)
            ]
        return [moment - offset for moment, offset in zip(moments, offsets, strict=True) if offset is not None]

    def _of_day(self, day: str) -> timedelta | None:
        """The zone's offset on a day; None where it changes on that day."""
        first, last = (self._offset(datetime.fromisoformat(day + hour)) for hour in ("T00:00", "T23:00"))
        return first if first == last else None


def _counts(column: Column) -> list[int | None] | None:
    """A column of counts, or None when it tells none; raises ValueError where it is not digits alone."""
    if not any_digits(column):
        return None
    if max(map(len, column)) > LONGEST_COUNT:
        raise ValueError("a large number")
    return [int(text) if text else None for text in column] if "" in column else list(map(int, column))


def _engagements(parts: list[Values]) -> Values:
    """The sums of those parts that were exported."""
    told = [part for part in parts if isinstance(part, list)]
    if not told:
        return repeat(None)
    gaps = [None in part for part in told]
    if all(gaps):  # some row may tell none of them
        return [total(*some) for some in zip(*told, strict=True)]
    whole = [[value or 0 for value in part] if gap else part for part, gap in zip(told, gaps, strict=True)]
    return list(map(sum, zip(*whole, strict=True)))
