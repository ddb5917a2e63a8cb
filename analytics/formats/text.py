"""Reads text tables: their encoding, their delimiter, and their records, with wrong quotes told and not guessed."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from analytics.formats.errors import Unreadable
from analytics.formats.limits import MEGABYTE, Limits

SNIFF_BYTES = 65_536
DELIMITERS = ",;\t|"
CHUNK_BYTES = 1 << 20
# What stands after a record if its last quote was closed; inside its last cell if it was not.
MARK = "\x00end"

_BREAK = re.compile(r"\r\n|\r|\n")
_SEP = re.compile(r'\s*sep=([^\w"\r\n])')

Record = tuple[int, list[str]]


class Broken(list[str]):
    """A line whose quotes cannot be right, as its only cell; its row is rejected."""


@dataclass(frozen=True)
class Piece:
    """Records that follow each other, and the line where the first begins."""

    line: int
    cells: list[list[str]]

    def records(self) -> Iterator[Record]:
        """Each with its own line; blank ones left out. A cell with line breaks stretches over several lines."""
        line = self.line
        for cells in self.cells:
            if cells and (len(cells) > 1 or cells[0].strip()):
                yield line, cells
            line += _lines(cells)

    def after(self, count: int) -> Piece:
        """Without its first `count` records."""
        return Piece(self.line + sum(map(_lines, self.cells[:count])), self.cells[count:])


def _lines(cells: list[str]) -> int:
    return 1 + sum(len(_BREAK.findall(cell)) for cell in cells)


# --- Encoding ----------------------------------------------------------------------------------------------
def encoding_of(path: Path, start: bytes, limits: Limits) -> str:
    """BOM, else UTF-16 by its zero bytes, else strict UTF-8 over the whole file, else Windows-1252.

    Raises Unreadable for what no reading makes a table of: zero bytes, half letters, lines without an end.
    """
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _checked(path, "utf-16", limits)
    if start.startswith(b"\xef\xbb\xbf"):
        return _checked(path, "utf-8-sig", limits)
    zeros = start.count(0)
    if zeros > len(start) // 5:
        high = start[1::2].count(0) > start[0::2].count(0)
        return _checked(path, "utf-16-le" if high else "utf-16-be", limits)
    if zeros:
        raise Unreadable("not_text")
    try:
        return _checked(path, "utf-8", limits)
    except UnicodeDecodeError:
        return _checked(path, "cp1252", limits)


def _checked(path: Path, encoding: str, limits: Limits) -> str:
    """The encoding, once the whole file was seen to be text in it, by lines of a bearable length."""
    errors = "replace" if encoding == "cp1252" else "strict"
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    plain, running = True, 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            text = _decoded(decoder, chunk, encoding)
            if "\0" in text:
                raise Unreadable("not_text")
            plain = plain and text.isascii()
            last = max(text.rfind("\n"), text.rfind("\r"))
            running = running + len(text) if last < 0 else len(text) - last - 1
            if running > limits.line_chars:
                raise Unreadable("line_too_long", most=limits.line_chars)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        if plain and encoding == "utf-8":  # nothing but its last letter speaks for or against UTF-8
            raise
        raise Unreadable("cut_off") from None
    return encoding


def _decoded(decoder: codecs.IncrementalDecoder, chunk: bytes, encoding: str) -> str:
    try:
        return decoder.decode(chunk)
    except UnicodeDecodeError:
        if encoding == "utf-8":  # without a mark it may be another one
            raise
        raise Unreadable("not_text") from None


def _open_text(path: Path, encoding: str) -> io.TextIOWrapper:
    return path.open(encoding=encoding, newline="", errors="replace" if encoding == "cp1252" else "strict")


# --- Delimiter ---------------------------------------------------------------------------------------------
def delimiter_of(path: Path, encoding: str) -> str:
    """What a `sep=` line says, else the delimiter that cuts the first lines into the most equal cells."""
    with _open_text(path, encoding) as file:
        text = file.read(SNIFF_BYTES)
    if told := _SEP.match(text):
        return told.group(1)
    whole = len(text) < SNIFF_BYTES
    return max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter, whole=whole))


def _evenness(text: str, delimiter: str, *, whole: bool) -> float:
    """How evenly a delimiter cuts a text: the share of records of the most common width, wide ones preferred.

    Captions hold commas and semicolons too, but never the same number in every record.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = [len(row) for row in reader if row and not row[0].startswith("#")]
    except csv.Error:
        return 0.0
    counted = Counter(width for width in (widths if whole else widths[:-1] or widths) if width > 1)
    if not counted:
        return 0.0
    width, count = max(counted.items(), key=lambda item: (item[1], item[0]))
    return count / len(widths) * (1 - 1 / width)


# --- Records -----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class TextTable:
    """A text file whose encoding and delimiter are known."""

    path: Path
    encoding: str
    delimiter: str
    limits: Limits

    @property
    def breaks_off(self) -> bool:
        """Whether the file ends within a line, as one does whose download was cut off."""
        with self.path.open("rb") as file:
            file.seek(max(0, self.path.stat().st_size - 4))
            return not file.read().rstrip(b"\0").endswith((b"\n", b"\r"))

    def records(self) -> Iterator[Record]:
        """Every record from the top, blank ones and a `sep=` line left out."""
        columns, blank = self.limits.columns, 0
        for line, cells in self._records():
            if len(cells) > 1 or (cells and cells[0].strip()):
                if len(cells) > columns:
                    raise Unreadable("too_many_columns", most=columns)
                if line > 1 or not cells[0].lower().startswith("sep="):
                    yield line, cells
            else:
                blank += 1
                if blank > self.limits.blank_rows:
                    raise Unreadable("blank_rows", most=self.limits.blank_rows)

    def _records(self) -> Iterator[Record]:
        with _open_text(self.path, self.encoding) as file:
            budget = _Budget(self.limits.text_mb * MEGABYTE // 4)
            reader = self._reader(budget.spent_on(file))
            begins, width = 1, 0
            try:
                for cells in reader:
                    yield begins, cells
                    width, begins = len(cells), reader.line_num + 1
                    budget.renew()
                return
            except csv.Error:
                pass
        yield from self._with_wrong_quotes(begins, width)

    def pieces(self, size: int) -> Iterator[Piece]:
        """All of the file, many records at a time. `sep=` and blank lines are among them."""
        with _open_text(self.path, self.encoding) as file:
            budget = _Budget(self.limits.text_mb * MEGABYTE)
            reader = self._reader(budget.spent_on(file))
            line, blank, width = 1, 0, 0
            try:
                while cells := list(islice(reader, size)):
                    blank += self._checked_blanks(cells, blank)
                    yield Piece(line, cells)
                    line, width = reader.line_num + 1, len(cells[-1])
                    budget.renew()
                return
            except csv.Error:
                pass
        records = self._with_wrong_quotes(line, width)
        while some := list(islice(records, size)):
            blank += self._checked_blanks([cells for _line, cells in some], blank)
            yield Piece(some[0][0], [cells for _line, cells in some])

    def _checked_blanks(self, cells: list[list[str]], before: int) -> int:
        if max(map(len, cells)) > self.limits.columns:
            raise Unreadable("too_many_columns", most=self.limits.columns)
        blank = cells.count([])
        if before + blank > self.limits.blank_rows:
            raise Unreadable("blank_rows", most=self.limits.blank_rows)
        return blank

    def _reader(self, lines: Iterator[str]) -> Any:
        csv.field_size_limit(self.limits.cell_chars)
        return csv.reader(lines, delimiter=self.delimiter, strict=True)

    # --- wrong quotes ------------------------------------------------------------------------------------------

    def _with_wrong_quotes(self, begins: int, width: int) -> Iterator[Record]:
        """The records from the line `begins` on, read one by one, since one of them has wrong quotes.

        Two rows that a lost quote has glued together look like one good row with the figures of the second. So
        of a record whose quotes cannot be right the first line is rejected, and reading goes on with its second.
        `width` is that of the records before. Lines without any delimiter are the rest of the text that was never
        closed: they count as wrong too, so that a long one is refused early.
        """
        with _open_text(self.path, self.encoding) as file:
            budget = _Budget(self.limits.text_mb * MEGABYTE // 4)
            lines = _PutBack(budget.spent_on(islice(file, begins - 1, None)))
            broken, table_width = 0, width
            while taken := lines.record():
                cells = self._cells(lines, taken, begins, width)
                is_broken = isinstance(cells, Broken)
                if is_broken or (broken and table_width > 1 and len(cells) == 1 and cells[0].strip()):
                    broken += 1
                    if broken > self.limits.broken_rows:
                        raise Unreadable("quotes_broken", line=begins, most=self.limits.broken_rows)
                if cells and not is_broken:
                    width = len(cells)
                    table_width = max(table_width, width)
                yield begins, cells
                begins += len(lines.taken)
                budget.renew()

    def _cells(self, lines: _PutBack, taken: Iterator[str], begins: int, width: int) -> list[str]:
        try:
            return next(self._reader(taken))
        except csv.Error as error:
            raw = lines.taken
            if len(raw) == 1 and len(raw[0]) > self.limits.cell_chars and "field limit" in str(error):
                raise Unreadable("cell_too_long", line=begins, most=self.limits.cell_chars) from None
            cells = self._forgiving(raw[0])
            if width and cells is not None and len(cells) == width:
                lines.put_back(1)
                return cells
            if not (lines.is_over and not self._has_record(raw[1:], width)):
                lines.put_back(1)
            return Broken([raw[0].rstrip("\r\n")])

    def _forgiving(self, line: str) -> list[str] | None:
        """The cells of one line with quotes inside a text that were not doubled; None if one stays open."""
        try:
            cells = next(csv.reader([line, MARK], delimiter=self.delimiter))
        except csv.Error:
            return None
        return None if cells and cells[-1].endswith(MARK) else cells

    def _has_record(self, raw: list[str], width: int) -> bool:
        """Whether a lost quote has swallowed other records, rather than a text that breaks off."""
        return any(line.count(self.delimiter) >= max(width - 1, 1) for line in raw)


class _Budget:
    """So much text may be held before the next record ends."""

    def __init__(self, chars: int) -> None:
        self._chars = self._left = chars

    def renew(self) -> None:
        self._left = self._chars

    def spent_on(self, lines: Iterator[str]) -> Iterator[str]:
        for line in lines:
            self._left -= len(line)
            if self._left < 0:
                raise Unreadable("record_too_long", most=self._chars // MEGABYTE)
            yield line


class _PutBack:
    """Lines of which some can be handed back, to be read again."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._waiting: deque[str] = deque()
        self.taken: list[str] = []
        self.is_over = False

    def record(self) -> Iterator[str] | None:
        """The lines for one record, as many as its reader asks for; None at the end."""
        self.taken = []
        first = next(self._stream(), None)
        if first is None:
            return None
        self.taken.pop()
        self._waiting.appendleft(first)
        return self._stream()

    def _stream(self) -> Iterator[str]:
        while True:
            if self._waiting:
                line = self._waiting.popleft()
            else:
                following = next(self._lines, None)
                if following is None:
                    self.is_over = True
                    return
                line = following
            self.taken.append(line)
            yield line

    def put_back(self, kept: int) -> None:
        self._waiting.extendleft(reversed(self.taken[kept:]))
        del self.taken[kept:]
        self.is_over = False
