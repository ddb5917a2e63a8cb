"""Reads Excel's XML of 2003 (SpreadsheetML), which older exports hand out under the name `.xls`, row by row.

Follows the XML Spreadsheet Reference of Office 2003: `Worksheet`, `Row` and `Cell` with their `Index`, `MergeAcross`,
and the `Type` of `Data`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from analytics.formats.errors import Unreadable
from analytics.formats.limits import Limits
from analytics.formats.packed import Ends, Starts, damage_told, parsed
from analytics.formats.sheet_cells import cell_text
from analytics.formats.text import Record

CHUNK_BYTES = 65_536
SCHEMA = b"urn:schemas-microsoft-com:office:spreadsheet"
# Elements that may stand between two rows with anything in them.
BLANK_ELEMENTS = 5_000_000
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.0+)?$")


def is_xml_workbook(start: bytes) -> bool:
    """Whether a file that begins so is such a workbook, in whatever encoding."""
    plain = start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    return plain.startswith(b"<") and SCHEMA in plain[:4_096]


class XmlWorkbook:
    """Its sheets by name, in their order."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._path, self._limits = path, limits

    @property
    def sheet_names(self) -> list[str]:
        return self._names

    def records(self, name: str) -> Iterator[Record]:
        """The rows of a sheet that hold anything: (row of the sheet, cells as text)."""
        with damage_told():
            yield from _Rows(self._names.index(name), self._limits).read(self._chunks())

    @cached_property
    def _names(self) -> list[str]:
        found: list[str] = []

        def sheet(attributes: dict[str, str]) -> None:
            name = _told(attributes, "Name") or f"#{len(found) + 1}"
            found.append(name if name not in found else f"{name} ({len(found) + 1})")
            if len(found) > self._limits.sheets:
                raise Unreadable("too_many_sheets", most=self._limits.sheets)

        with damage_told():
            for _elements in parsed(self._chunks(), {"Worksheet": sheet}, most=sys.maxsize):
                pass
        return found

    def _chunks(self) -> Iterator[bytes]:
        with self._path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk


class _Rows:
    """Turns the XML into the rows of one sheet."""

    def __init__(self, wanted: int, limits: Limits) -> None:
        self._wanted, self._limits = wanted, limits
        self._found: list[Record] = []
        self._sheet, self._line, self._column, self._wide = -1, 0, 0, 0
        self._cells: list[str] = []
        self._parts: list[str] = []
        self._kind = ""
        self._taking = False
        self._length = 0

    def read(self, chunks: Iterator[bytes]) -> Iterator[Record]:
        starts: Starts = {"Worksheet": self._open_sheet, "Row": self._open_row, "Cell": self._open_cell}
        starts["Data"] = self._open_data
        ends: Ends = {"Row": self._close_row, "Data": self._close_data, "Cell": self._close_cell}
        before = 0
        for elements in parsed(chunks, starts, ends, self._text, most=sys.maxsize):
            if self._found:
                before = elements
                yield from self._found
                self._found = []
            elif elements - before > BLANK_ELEMENTS:
                raise Unreadable("blank_rows", most=self._limits.blank_rows)
            if self._sheet > self._wanted:
                return

    def _open_sheet(self, _attributes: dict[str, str]) -> None:
        self._sheet += 1

    def _open_row(self, attributes: dict[str, str]) -> None:
        told = _told(attributes, "Index")
        line = int(told) if told else self._line + 1
        if self._sheet != self._wanted:
            return
        if line <= self._line:
            raise Unreadable("sheet_damaged")
        self._line, self._column, self._cells = line, 0, []

    def _open_cell(self, attributes: dict[str, str]) -> None:
        if told := _told(attributes, "Index"):
            self._column = int(told) - 1
        self._wide = 1 + int(_told(attributes, "MergeAcross") or 0)
        if not 0 <= self._column < self._limits.columns:
            raise Unreadable("too_many_columns", most=self._limits.columns)

    def _open_data(self, attributes: dict[str, str]) -> None:
        self._taking = self._sheet == self._wanted
        self._kind, self._parts, self._length = _told(attributes, "Type"), [], 0

    def _text(self, told: str) -> None:
        if not self._taking:
            return
        self._length += len(told)
        if self._length > self._limits.cell_chars:
            raise Unreadable("cell_too_long", line=self._line, most=self._limits.cell_chars)
        self._parts.append(told)

    def _close_data(self) -> None:
        if self._taking and (text := _as_text("".join(self._parts), self._kind)):
            gap = self._column - len(self._cells)
            if gap < 0:
                raise Unreadable("sheet_damaged")
            self._cells += [*[""] * gap, text]
        self._taking = False

    def _close_cell(self) -> None:
        self._column += self._wide

    def _close_row(self) -> None:
        if self._cells and self._sheet == self._wanted:
            self._found.append((self._line, self._cells))
        self._cells = []


def _as_text(told: str, kind: str) -> str:
    if kind == "Number" and not told.strip().isdecimal():
        return cell_text(float(told))
    if kind == "DateTime" and (parts := _MIDNIGHT.match(told)):
        return f"{parts[1]} {parts[2]}"
    if kind == "Boolean":
        return "TRUE" if told.strip() == "1" else "FALSE"
    return told.strip() if kind == "Number" else told


def _told(attributes: dict[str, str], name: str) -> str:
    """An attribute by its name, whatever its prefix."""
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")
