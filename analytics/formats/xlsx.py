"""Reads Excel workbooks (.xlsx) row by row, so that memory does not grow with them.

Follows ECMA-376, part 1: 18.2 (workbook), 18.3 (sheets, with the stored values of formulas), 18.4 (shared strings),
18.8 (number formats, which alone tell a date from a number), 22.9.2.19 (`_x000D_` for a sign that XML cannot hold).
"""

from __future__ import annotations

import posixpath
import re
import sys
from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property

from analytics.formats.errors import Unreadable
from analytics.formats.limits import MEGABYTE, Limits
from analytics.formats.packed import Ends, Package, Starts, damage_told, parsed
from analytics.formats.sheet_cells import cell_text
from analytics.formats.text import Record

# Elements that may stand between two rows with anything in them: people colour whole columns.
BLANK_ELEMENTS = 5_000_000
LONG_TEXT = 256
DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
DURATION_FORMATS = frozenset({46})
DAY_SECONDS = 86_400

_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DURATION = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Workbook:
    """An .xlsx file: its sheets by name, in their order."""

    def __init__(self, package: Package, book: str, limits: Limits) -> None:
        self._package, self._limits = package, limits
        self._folder = posixpath.dirname(book)
        self._book = book

    @property
    def sheet_names(self) -> list[str]:
        return list(self._sheets)

    def records(self, name: str) -> Iterator[Record]:
        """The rows of a sheet that hold anything: (row of the sheet, cells as text)."""
        with damage_told():
            yield from _SheetReader(self._strings, self._styles, self._since, self._limits).rows(
                self._package.chunks(self._sheets[name])
            )

    @cached_property
    def _sheets(self) -> dict[str, str]:
        found: list[tuple[str, str]] = []
        self._is_1904 = False

        def sheet(attributes: dict[str, str]) -> None:
            found.append((attributes.get("name", ""), _attribute(attributes, "id")))
            if len(found) > self._limits.sheets:
                raise Unreadable("too_many_sheets", most=self._limits.sheets)

        def properties(attributes: dict[str, str]) -> None:
            self._is_1904 = attributes.get("date1904") in ("1", "true")

        _walk(self._package, self._book, {"sheet": sheet, "workbookPr": properties})
        parts = related(self._package, self._book)
        return {name: parts[key][1] for name, key in found if parts.get(key, ("",))[0] == "worksheet"}

    @property
    def _since(self) -> datetime:
        return datetime(1904, 1, 1) if self._sheets and self._is_1904 else datetime(1899, 12, 30)

    def _part(self, kind: str) -> str | None:
        found = related(self._package, self._book).values()
        return next((target for told, target in found if told == kind and target in self._package), None)

    @cached_property
    def _strings(self) -> list[str]:
        part = self._part("sharedStrings")
        with damage_told():
            return _Strings(self._limits).read(self._package.chunks(part)) if part else []

    @cached_property
    def _styles(self) -> list[str]:
        """Of every cell style whether it shows a "date", a "duration", or neither ("")."""
        part = self._part("styles")
        return _styles(self._package, part) if part else []


def book_of(package: Package) -> str | None:
    """The part that holds the list of sheets; None where the archive is no workbook."""
    if "_rels/.rels" not in package:
        return "xl/workbook.xml" if "xl/workbook.xml" in package else None
    for kind, target in related(package, "").values():
        if kind == "officeDocument":
            return target
    return None


def related(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to: key → (kind, name of the other part)."""
    folder, name = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}

    def relationship(attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
        found[attributes.get("Id", "")] = (kind, target)

    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations in package:
        _walk(package, relations, {"Relationship": relationship})
    return found


def _walk(package: Package, part: str, starts: Starts) -> None:
    with damage_told():
        deque(parsed(package.chunks(part), starts), maxlen=0)


def _attribute(attributes: dict[str, str], name: str) -> str:
    """An attribute by its name, whatever its prefix."""
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")


# --- Shared strings, styles --------------------------------------------------------------------------------
class _Strings:
    """Collects the texts that cells refer to by number; how they are to be pronounced (rPh) is left out."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._is_text, self._is_aside, self._length, self._held = False, False, 0, 0

    def read(self, chunks: Iterator[bytes]) -> list[str]:
        starts: Starts = {"si": self._open, "t": self._open_text, "rPh": self._open_aside}
        ends: Ends = {"si": self._close, "t": self._close_text, "rPh": self._close_aside}
        deque(parsed(chunks, starts, ends, self._text), maxlen=0)
        return self.texts

    def _open(self, _attributes: dict[str, str]) -> None:
        self._parts, self._length = [], 0

    def _open_text(self, _attributes: dict[str, str]) -> None:
        self._is_text = not self._is_aside

    def _open_aside(self, _attributes: dict[str, str]) -> None:
        self._is_aside = True

    def _close_text(self) -> None:
        self._is_text = False

    def _close_aside(self) -> None:
        self._is_aside = False

    def _text(self, told: str) -> None:
        if self._is_text:
            self._length += len(told)
            if self._length > self._limits.cell_chars:
                raise Unreadable("shared_text_too_long", most=self._limits.cell_chars)
            self._parts.append(told)

    def _close(self) -> None:
        text = _unescaped("".join(self._parts))
        self.texts.append(text)
        self._held += sys.getsizeof(text)
        if self._held > self._limits.text_mb * MEGABYTE:
            raise Unreadable("too_much_text", most=self._limits.text_mb)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _styles(package: Package, part: str) -> list[str]:
    own: dict[str, str] = {}
    used: list[str] = []
    is_cells = False

    def number_format(attributes: dict[str, str]) -> None:
        own[attributes.get("numFmtId", "")] = _kind_of_code(attributes.get("formatCode", ""))

    def cells(_attributes: dict[str, str]) -> None:
        nonlocal is_cells
        is_cells = True

    def others(_attributes: dict[str, str]) -> None:
        nonlocal is_cells
        is_cells = False

    def used_by_cells(attributes: dict[str, str]) -> None:
        if is_cells:
            used.append(attributes.get("numFmtId", "0"))

    starts: Starts = {"numFmt": number_format, "xf": used_by_cells}
    _walk(package, part, {**starts, "cellXfs": cells, "cellStyleXfs": others, "cellStyles": others})
    return [own.get(number) or _kind_of_number(number) for number in used]


def _kind_of_number(number: str) -> str:
    if not number.isdecimal():
        return ""
    return "duration" if int(number) in DURATION_FORMATS else "date" if int(number) in DATE_FORMATS else ""


def _kind_of_code(code: str) -> str:
    """What a number format shows, by the letters outside its quotes and brackets."""
    bare = _NOT_CODE.sub("", code.partition(";")[0]).lower()
    if _DURATION.search(bare):
        return "duration"
    return "date" if any(letter in bare for letter in "ymdhs") and "general" not in bare else ""


# --- A sheet -----------------------------------------------------------------------------------------------
class _SheetReader:
    """Turns the XML of a sheet into rows of texts."""

    def __init__(self, strings: list[str], styles: list[str], since: datetime, limits: Limits) -> None:
        self._strings, self._styles, self._since, self._limits = strings, styles, since, limits
        self._found: list[Record] = []
        self._letters: dict[str, int] = {}
        self._line, self._column, self._expanded = 0, -1, 0
        self._cells: list[str] = []
        self._kind = self._style = self._place = ""
        self._taking = self._has_formula = self._is_aside = self._is_over = False
        self._parts: list[str] = []
        self._length = 0

    def rows(self, chunks: Iterator[bytes]) -> Iterator[Record]:
        """The rows, as soon as enough of the sheet was read; what stands behind them in it is not looked at."""
        starts: Starts = {"row": self._open_row, "c": self._open_cell, "f": self._formula, "rPh": self._open_aside}
        starts |= {"v": self._open_text, "t": self._open_text}
        ends: Ends = {"row": self._close_row, "c": self._close_cell, "rPh": self._close_aside}
        ends |= {"v": self._close_text, "t": self._close_text, "sheetData": self._close_data}
        before = 0
        for elements in parsed(chunks, starts, ends, self._text, most=sys.maxsize):
            if self._found:
                before = elements
                yield from self._found
                self._found = []
            elif elements - before > BLANK_ELEMENTS:
                raise Unreadable("blank_rows", most=self._limits.blank_rows)
            if self._is_over:
                return

    def _open_row(self, attributes: dict[str, str]) -> None:
        told = attributes.get("r", "")
        line = int(told) if told else self._line + 1
        if line <= self._line:
            raise Unreadable("sheet_damaged")
        self._line, self._column, self._cells = line, -1, []

    def _open_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        if place:
            letters = place.rstrip("0123456789")
            column = self._letters.get(letters)
            if column is None:
                column = self._letters[letters] = _column_number(letters)
            self._column = column
        else:
            self._column += 1
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._has_formula = False
        self._parts = []
        self._length = 0

    def _formula(self, _attributes: dict[str, str]) -> None:
        self._has_formula = True

    def _open_text(self, _attributes: dict[str, str]) -> None:
        self._taking = not self._is_aside

    def _open_aside(self, _attributes: dict[str, str]) -> None:
        self._is_aside = True

    def _close_text(self) -> None:
        self._taking = False

    def _close_aside(self) -> None:
        self._is_aside = False

    def _close_data(self) -> None:
        self._is_over = True

    def _text(self, told: str) -> None:
        if self._taking:
            self._length += len(told)
            if self._length > self._limits.cell_chars:
                raise self._too_long()
            self._parts.append(told)

    def _close_cell(self) -> None:
        parts, kind = self._parts, self._kind
        text = parts[0] if len(parts) == 1 else "".join(parts)
        if not text:
            if self._has_formula and kind != "str":
                raise Unreadable("formula_without_value", line=self._line)
            return
        if kind == "s":
            text = self._shared(text)
        elif kind == "n":
            text = self._number(text)
        elif kind == "b":
            text = "TRUE" if text == "1" else "FALSE"
        else:
            text = _unescaped(text)
        if text:
            self._put(text)

    def _put(self, text: str) -> None:
        cells, column = self._cells, self._column
        if column >= self._limits.columns:
            raise Unreadable("too_many_columns", most=self._limits.columns)
        gap = column - len(cells)
        if gap < 0:
            raise Unreadable("sheet_damaged")
        if gap:
            cells.extend([""] * gap)
        cells.append(text)

    def _close_row(self) -> None:
        if self._cells:
            self._found.append((self._line, self._cells))
        self._cells = []

    def _shared(self, text: str) -> str:
        """A text that several cells share; a short file may so tell a very long one a million times."""
        try:
            text = self._strings[int(text)]
        except (ValueError, IndexError):
            raise Unreadable("sheet_damaged") from None
        if len(text) > LONG_TEXT:
            self._expanded += len(text)
            if self._expanded > self._limits.unpacked_mb * MEGABYTE:
                raise Unreadable("unpacks_too_far", most=self._limits.unpacked_mb)
        return text

    def _number(self, text: str) -> str:
        try:
            number = float(text)
        except ValueError:
            return text
        shows = self._styles[int(self._style)] if self._style and int(self._style) < len(self._styles) else ""
        try:
            return _moment_text(number, shows, self._since) if shows else cell_text(number)
        except (OverflowError, ValueError):
            return text

    def _too_long(self) -> Unreadable:
        return Unreadable("cell_too_long", line=self._line, most=self._limits.cell_chars)


def _column_number(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise Unreadable("sheet_damaged")
        number = number * 26 + ord(letter) - 64
    return number - 1


def _moment_text(serial: float, shows: str, since: datetime) -> str:
    """A number of days as the date, the time or the duration that its cell shows, to the millisecond."""
    moment = timedelta(milliseconds=round(serial * DAY_SECONDS * 1000))
    if shows == "duration":
        return cell_text(moment)
    if 0 <= serial < 1:
        return cell_text((datetime(2000, 1, 1) + moment).time())
    if serial < 61 and since.year == 1899:  # Excel counts a 29 February 1900 that there was not
        moment += timedelta(days=1)
    stamp = since + moment
    return cell_text(stamp.date() if serial == int(serial) else stamp)
