"""Opens text tables and Excel files alike: sheets of records, each with the line where it begins."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import python_calamine

from analytics.formats.errors import Unreadable

HEAD_ROWS = 60
SNIFF_BYTES = 65_536
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
DELIMITERS = ",;\t|"
# A caption or a damaged quote may be long; beyond this the file is no table.
csv.field_size_limit(4 * 1024 * 1024)

_BREAK = re.compile(r"\r\n|\r|\n")

Record = tuple[int, list[str]]


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


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, or the one table of a text file."""

    name: str
    source: Source = field(repr=False)

    def records(self) -> Iterator[Record]:
        """Every record from the top, blank ones left out: (line where it begins, cells)."""
        return self.source.records(self.name)

    def pieces(self, size: int) -> Iterator[Piece] | None:
        """All of a text file, many records at a time; None for a workbook. `sep=` and blank lines are among them."""
        return None if self.source.workbook else self.source.pieces(size)

    @cached_property
    def head(self) -> list[Record]:
        return list(islice(self.records(), HEAD_ROWS))


@dataclass
class Source:
    """A file that was opened: its sheets, and for text its encoding and delimiter."""

    path: Path
    encoding: str
    delimiter: str = ","
    workbook: Any = None
    answers: dict[str, str] = field(default_factory=dict)  # what a person said to the reader's questions
    questions: list[Any] = field(default_factory=list)  # what its columns leave open (`base.Question`)
    decided: set[str] = field(default_factory=set)  # the codes of questions that columns answered themselves

    @cached_property
    def sheets(self) -> list[Sheet]:
        names = self.workbook.sheet_names if self.workbook else [""]
        return [Sheet(name, self) for name in names]

    @cached_property
    def breaks_off(self) -> bool:
        """Whether a text file ends within a line, as one does whose download was cut off."""
        if self.workbook:
            return False
        with self.path.open("rb") as file:
            file.seek(max(0, self.path.stat().st_size - 4))
            return not file.read().rstrip(b"\0").endswith((b"\n", b"\r"))

    def records(self, name: str) -> Iterator[Record]:
        if self.workbook:
            with _damage_told():
                rows = self.workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            return _sheet_records(rows)
        return _text_records(self.path, self.encoding, self.delimiter)

    def pieces(self, size: int) -> Iterator[Piece]:
        with _open_text(self.path, self.encoding) as file:
            reader = csv.reader(file, delimiter=self.delimiter)
            line = 1
            try:
                while cells := list(islice(reader, size)):
                    yield Piece(line, cells)
                    line = reader.line_num + 1
            except (csv.Error, UnicodeError):
                raise Unreadable("not_text") from None


class _NoSheets:
    sheet_names: tuple[str, ...] = ()


# A file in which no column is found: what a format asks of it is all that it needs.
NOTHING = Source(Path(), "", workbook=_NoSheets())


def open_source(path: str | Path) -> Source:
    """Open a file by what is in it, whatever its name; raises Unreadable with the reason."""
    path = Path(path)
    with path.open("rb") as file:
        start = file.read(SNIFF_BYTES)
    if not start.removeprefix(b"\xef\xbb\xbf").strip():
        raise Unreadable("empty")
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _open_workbook(path, start)
    _refuse_other_kinds(start)
    encoding = _encoding(path, start)
    return Source(path, encoding, _delimiter(path, encoding))


def _open_workbook(path: Path, start: bytes) -> Source:
    if start.startswith(b"\xd0") and ENCRYPTED in path.read_bytes():
        raise Unreadable("sheet_protected")
    if start.startswith(b"PK") and not _is_workbook(path):
        raise Unreadable("zip")
    with _damage_told():
        workbook = python_calamine.CalamineWorkbook.from_path(str(path))
        workbook.sheet_names  # noqa: B018 - a damaged directory shows only here
    return Source(path, "xls" if start.startswith(b"\xd0") else "xlsx", workbook=workbook)


def _is_workbook(path: Path) -> bool:
    """Whether a zip archive holds a workbook, or is too damaged to tell."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return True
    return any(name.startswith("xl/") or name == "content.xml" for name in names)


@contextmanager
def _damage_told() -> Iterator[None]:
    """Turn whatever a damaged workbook makes its reader do into one sentence."""
    try:
        yield
    except python_calamine.PasswordError:
        raise Unreadable("sheet_protected") from None
    except (python_calamine.CalamineError, OSError, ValueError, MemoryError):
        raise Unreadable("sheet_damaged") from None
    except BaseException as error:
        # A cut-off .xls makes the Rust code panic, and that is no Exception in Python.
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable("sheet_damaged") from None


def _refuse_other_kinds(start: bytes) -> None:
    lowered = start.removeprefix(b"\xef\xbb\xbf").lstrip()[:600].lower()
    if lowered.startswith((b"<!doctype html", b"<html", b"<?xml", b"<table")) or (
        b"<head" in lowered and b"<meta" in lowered
    ):
        raise Unreadable("html")
    if start.startswith(b"%PDF"):
        raise Unreadable("pdf")
    if start.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise Unreadable("picture")
    if start.startswith((b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"BZh")):
        raise Unreadable("zip")


def _encoding(path: Path, start: bytes) -> str:
    """BOM, else UTF-16 by its zero bytes, else strict UTF-8 over the whole file, else Windows-1252."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if start.startswith(b"\xef\xbb\xbf"):
        if not _is_utf8(path):
            raise Unreadable("not_text")
        return "utf-8-sig"
    zeros = start.count(0)
    if zeros > len(start) // 5:
        return "utf-16-le" if start[1::2].count(0) > start[0::2].count(0) else "utf-16-be"
    if zeros:
        raise Unreadable("not_text")
    return "utf-8" if _is_utf8(path) else "cp1252"


def _is_utf8(path: Path) -> bool:
    """Whether the whole file is UTF-8; raises Unreadable for zero bytes, which no text table holds."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(1 << 20):
                if 0 in chunk:
                    raise Unreadable("not_text")
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _open_text(path: Path, encoding: str) -> io.TextIOWrapper:
    return path.open(encoding=encoding, newline="", errors="replace" if encoding == "cp1252" else "strict")


def _delimiter(path: Path, encoding: str) -> str:
    """What a `sep=` line says, else the delimiter that cuts the first lines into the most equal cells."""
    with _open_text(path, encoding) as file:
        try:
            text = file.read(SNIFF_BYTES)
        except UnicodeError:
            raise Unreadable("not_text") from None
    if told := re.match(r"\s*sep=(.)", text):
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


def _text_records(path: Path, encoding: str, delimiter: str) -> Iterator[Record]:
    with _open_text(path, encoding) as file:
        reader = csv.reader(file, delimiter=delimiter)
        begins = 1
        try:
            for cells in reader:
                if (len(cells) > 1 or (cells and cells[0].strip())) and (begins > 1 or not _is_sep(cells)):
                    yield begins, cells
                begins = reader.line_num + 1
        except (csv.Error, UnicodeError):
            raise Unreadable("not_text") from None


def _is_sep(cells: list[str]) -> bool:
    return cells[0].lower().startswith("sep=")


def _sheet_records(rows: list[list[Any]]) -> Iterator[Record]:
    for line, row in enumerate(rows, start=1):
        cells = [_cell(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield line, cells


def _cell(value: Any) -> str:
    """A cell as text: whole floats without `.0`, so that ids and counts read as they look."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        # Beyond 15 digits Excel itself has rounded; the decimals keep that visible to whoever reads an id.
        return f"{value:.2f}" if abs(value) >= 1e15 else str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


_QUOTES = str.maketrans(
    {"“": "", "”": "", '"': "", "(": "", ")": "", "’": "'", "\u00ad": "", "\ufeff": "", "‑": "-"}
)


def normal(name: str) -> str:
    """A column's name as it is compared: no capitals, quotes, brackets, soft hyphens or double spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).translate(_QUOTES).casefold().split()).strip(" :*")
