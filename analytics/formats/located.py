"""A table that was found in a file: its header, its rows, and a sample of each column to decide its rule by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import TypeVar

from analytics.formats.asking import ask_order, ask_sign
from analytics.formats.base import Notice, Source
from analytics.formats.columns import Header, Names, best_header, cell
from analytics.formats.dates import Clock, moment_reader, orders_of, undecided
from analytics.formats.numbers import amount_reader, bare_amount, count_reader, is_missing, possible_signs
from analytics.formats.tables import Piece, Record, Sheet

SAMPLE_ROWS = 2_000
UNREAD_NAMED = 12
# Counts of posts are mostly small, so that the same few texts come again and again.
COUNTS_REMEMBERED = 4_096
LONGEST_NUMBER = 40

Value = TypeVar("Value")
Count = Callable[[list[str]], int | None]
Amount = Callable[[list[str]], Decimal | None]
_SIGNED = re.compile(r"\D{0,4}[\d\s'’]*[.,][\d.,\s'’]*\D{0,4}$")


@dataclass(frozen=True)
class Table:
    """Where a format's rows are: a sheet, and the header that was found in it."""

    sheet: Sheet
    header: Header

    def rows(self) -> Iterator[Record]:
        """The records below the header, repeated headers left out."""
        names, records = self.header.cells, self.sheet.records()
        for line, _cells in records:
            if line >= self.header.line:
                break
        for record in records:
            if record[1] != names:
                yield record

    def pieces(self, size: int) -> Iterator[Piece] | None:
        """The same records many at a time; None for a workbook."""
        pieces = self.sheet.pieces(size)
        return None if pieces is None else self._below_header(pieces)

    def _below_header(self, pieces: Iterator[Piece]) -> Iterator[Piece]:
        names, is_below = self.header.cells, False
        for piece in pieces:
            while names in piece.cells:  # the header itself, and where it is repeated
                place = piece.cells.index(names)
                if is_below and place:
                    yield Piece(piece.line, piece.cells[:place])
                piece, is_below = piece.after(place + 1), True
            if is_below and piece.cells:
                yield piece

    @cached_property
    def first_rows(self) -> list[list[str]]:
        return [cells for _line, cells in islice(self.rows(), SAMPLE_ROWS)]

    def sample(self, index: int) -> list[str]:
        """What a column holds in the first rows, empty cells left out."""
        values = (cell(cells, index) for cells in self.first_rows)
        return [value for value in values if not is_missing(value)]

    def dates(self, index: int) -> Iterable[str]:
        """Enough of a date column to decide its order: the sample, or all of it when the sample does not tell."""
        sample = self.sample(index)
        if len(self.first_rows) < SAMPLE_ROWS or not undecided(sample):
            return sample
        return [cell(cells, index) for _line, cells in self.rows()]

    def moments(
        self, column: str, clock: Clock, *, assume_month_first: bool
    ) -> Callable[[str], tuple[datetime, str]]:
        """A reader of a column of dates, as `dates.moment_reader`; what its values leave open becomes a question."""
        index = self.header.at[column][0]
        title, values = self.header.title(index), list(self.dates(index))
        order = ask_order(self.sheet.source, title, orders_of(values), month_first=assume_month_first)
        return moment_reader(title, values, clock, assume_month_first=assume_month_first, order=order)[0]

    def text(self, column: str) -> Callable[[list[str]], str]:
        """Reads a text column; "" where the file has none."""
        index = self.header.first(column)
        if index is None:
            return lambda cells: ""
        return lambda cells: cells[index].strip() if index < len(cells) else ""

    def count(self, column: str, *, at: int | None = None) -> Count:
        """Reads a column of counts; None where the file has none."""
        index = self.header.first(column) if at is None else at
        if index is None:
            return lambda cells: None
        read = self.count_text(index)
        known: dict[str, int | None] = {}

        def count(cells: list[str]) -> int | None:
            text = cells[index] if index < len(cells) else ""
            if text in known:
                return known[text]
            value = read(text.strip())
            if len(known) < COUNTS_REMEMBERED:
                known[text] = value
            return value

        return count

    def count_text(self, index: int) -> Callable[[str], int | None]:
        """Reads the text of a cell of a column of counts."""
        title, language = self.header.title(index), self.header.language

        def reader() -> Callable[[str], int | None]:
            return count_reader(title, (), language, sign=self._sign(index, language, whole=True))

        return self._when_met(index, reader, whole=True)

    def amount(self, column: str, *, language: str = "") -> Amount:
        """Reads a column of amounts; `language` where the platform writes decimals in one way in every language."""
        index = self.header.first(column)
        if index is None:
            return lambda cells: None
        title, spoken = self.header.title(index), language or self.header.language

        def reader() -> Callable[[str], Decimal | None]:
            return amount_reader(title, (), spoken, sign=self._sign(index, spoken, whole=False))

        read = self._when_met(index, reader, whole=False)
        return lambda cells: read(cell(cells, index))

    def _when_met(
        self, index: int, reader: Callable[[], Callable[[str], Value]], *, whole: bool
    ) -> Callable[[str], Value]:
        """The reader that is made now, or, where the first rows do not decide, when the first sign is met.

        A whole file is read for a column only then, since of most columns no cell has a sign.
        """
        if len(self.first_rows) < SAMPLE_ROWS or len(self._possible(self.sample(index), whole=whole)) == 1:
            return reader()
        plain = count_reader("", (), "en", sign=".") if whole else amount_reader("", (), "en", sign=".")
        made: list[Callable[[str], Value]] = []

        def read(text: str) -> Value:
            if not made and text.replace(" ", "").isdecimal():
                return plain(text)  # type: ignore[return-value]
            if not made:
                made.append(reader())
            return made[0](text)

        return read

    def _sign(self, index: int, language: str, *, whole: bool) -> str:
        """The sign before the decimals of a column, from all of its values; a question where they leave it open."""
        values = self.sample(index)
        possible = self._possible(values, whole=whole)
        if len(possible) != 1 and len(self.first_rows) == SAMPLE_ROWS:
            values = self._signed.get(index, [])
            possible = self._possible(values, whole=whole)
        texts = values if whole else [bare_amount(text) for text in values]
        return ask_sign(self.sheet.source, self.header.title(index), texts, possible, language, whole=whole)

    def _possible(self, values: list[str], *, whole: bool) -> tuple[str, ...]:
        return possible_signs(values if whole else map(bare_amount, values), whole=whole)

    @cached_property
    def _signed(self) -> dict[int, list[str]]:
        """The different numbers of each column that are written with a comma or a point, in the whole file."""
        found: dict[int, dict[str, None]] = {}
        for _line, cells in self.rows():
            for index, text in enumerate(cells):
                if ("," in text or "." in text) and len(text) < LONGEST_NUMBER and _SIGNED.match(text):
                    some = found.setdefault(index, {})
                    if len(some) < SAMPLE_ROWS:
                        some[text.strip()] = None
        return {index: list(some) for index, some in found.items()}

    def unread(self) -> list[Notice]:
        unknown = self.header.unknown()
        names = ", ".join(unknown[:UNREAD_NAMED]) + (", …" if len(unknown) > UNREAD_NAMED else "")
        return [Notice("columns_not_read", {"columns": names})] if unknown else []


def locate(source: Source, names: Names, required: Sequence[str]) -> Table | None:
    """The sheet whose header holds the required columns; the one with the most columns wins."""
    tables = [
        Table(sheet, header)
        for sheet in source.sheets
        if (header := best_header(sheet, names.by_name.get)) and all(name in header.at for name in required)
    ]
    return max(tables, key=lambda table: len(table.header.at), default=None)


def wanting(source: Source, names: Names, required: Sequence[str]) -> list[str]:
    """The required columns that no sheet's header has, by their English names."""
    headers = [header for sheet in source.sheets if (header := best_header(sheet, names.by_name.get))]
    best = max(headers, key=lambda header: len(header.at), default=None)
    return [names.english(name) for name in required if best is None or name not in best.at]


def with_column(table: Table, name: str, pattern: re.Pattern[str], *, distinct: bool = False) -> Table | None:
    """The same table with a column that no name told: the first unknown one whose first values all fit.

    With `distinct` there must be several values, no two alike, and each must fit from its first letter on.
    """
    known = {index for places in table.header.at.values() for index in places}
    fits = pattern.match if distinct else pattern.search
    for index in range(len(table.header.cells)):
        values = [] if index in known else table.sample(index)
        if distinct and (len(values) < 2 or len(set(values)) < len(values)):
            continue
        if values and all(fits(text) for text in (values if distinct else values[:20])):
            return replace(table, header=replace(table.header, at=table.header.at | {name: [index]}))
    return None
