"""Opens text tables and Excel files alike: sheets of records, each with the line where it begins."""

from __future__ import annotations

import mmap
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from analytics.formats.errors import Unreadable
from analytics.formats.limits import DEFAULT, Limits
from analytics.formats.old_workbooks import OldWorkbook
from analytics.formats.packed import Package
from analytics.formats.spreadsheetml import XmlWorkbook, is_xml_workbook
from analytics.formats.text import SNIFF_BYTES, Broken, Piece, Record, TextTable, delimiter_of, encoding_of
from analytics.formats.xlsx import Workbook, book_of

HEAD_ROWS = 60
LONGEST_NAME = 200
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
WEB_PAGE = (b"<!doctype html", b"<html", b"<?xml", b"<table")
PICTURE = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\0", b"MM\0*", b"\0\0\1\0", b"<svg")
PACKED = (
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"BZh",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
    b"PK\x05\x06",
    b"PK\x07\x08",
)


class Sheets(Protocol):
    """A workbook, whatever its kind."""

    @property
    def sheet_names(self) -> list[str]: ...

    def records(self, name: str) -> Iterator[Record]: ...


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
    workbook: Sheets | None = None
    answers: dict[str, str] = field(default_factory=dict)  # what a person said to the reader's questions
    questions: list[Any] = field(default_factory=list)  # what its columns leave open (`base.Question`)
    decided: set[str] = field(default_factory=set)  # the codes of questions that columns answered themselves
    limits: Limits = DEFAULT

    @cached_property
    def sheets(self) -> list[Sheet]:
        names = self.workbook.sheet_names if self.workbook else [""]
        return [Sheet(name, self) for name in names]

    @cached_property
    def breaks_off(self) -> bool:
        """Whether a text file ends within a line, as one does whose download was cut off."""
        return not self.workbook and self._text.breaks_off

    def records(self, name: str) -> Iterator[Record]:
        return self.workbook.records(name) if self.workbook else self._text.records()

    def pieces(self, size: int) -> Iterator[Piece]:
        return self._text.pieces(size)

    @property
    def _text(self) -> TextTable:
        return TextTable(self.path, self.encoding, self.delimiter, self.limits)


class _NoSheets:
    sheet_names: list[str] = []

    def records(self, name: str) -> Iterator[Record]:
        return iter(())


# A file in which no column is found: what a format asks of it is all that it needs.
NOTHING = Source(Path(), "", workbook=_NoSheets())


def open_source(path: str | Path, limits: Limits = DEFAULT) -> Source:
    """Open a file by what is in it, whatever its name; raises Unreadable with the reason."""
    path = Path(path)
    with path.open("rb") as file:
        start = file.read(SNIFF_BYTES)
    if not start.removeprefix(b"\xef\xbb\xbf").strip():
        raise Unreadable("empty")
    if start.startswith(ZIP):
        return _open_packed(path, limits)
    if start.startswith(OLE):
        if _holds(path, ENCRYPTED):
            raise Unreadable("sheet_protected")
        return _opened(path, "xls", OldWorkbook(path, limits), limits)
    if is_xml_workbook(start):
        return _opened(path, "xls", XmlWorkbook(path, limits), limits)
    _refuse_other_kinds(start)
    encoding = encoding_of(path, start, limits)
    return Source(path, encoding, delimiter_of(path, encoding), limits=limits)


def _open_packed(path: Path, limits: Limits) -> Source:
    package = Package(path, limits)
    if "content.xml" in package or "xl/workbook.bin" in package:
        return _opened(path, "xlsx", OldWorkbook(path, limits), limits)
    book = book_of(package)
    if not book or not package.has_below("xl/"):
        raise Unreadable("zip")
    return _opened(path, "xlsx", Workbook(package, book, limits), limits)


def _opened(path: Path, kind: str, workbook: Sheets, limits: Limits) -> Source:
    """A damaged directory of sheets shows when it is asked for."""
    if not workbook.sheet_names:
        raise Unreadable("sheet_damaged")
    return Source(path, kind, workbook=workbook, limits=limits)


def _holds(path: Path, words: bytes) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(words) >= 0


def _refuse_other_kinds(start: bytes) -> None:
    lowered = start.removeprefix(b"\xef\xbb\xbf").lstrip()[:600].lower()
    is_bitmap = start.startswith(b"BM") and start[6:10] == b"\0\0\0\0"
    if b"<svg" in lowered or start.startswith(PICTURE) or start[4:8] == b"ftyp" or is_bitmap:
        raise Unreadable("picture")
    if lowered.startswith(WEB_PAGE) or (b"<head" in lowered and b"<meta" in lowered):
        raise Unreadable("html")
    if start.startswith(b"%PDF"):
        raise Unreadable("pdf")
    if start.startswith(PACKED):
        raise Unreadable("zip")


# What is not seen: soft hyphens, spaces without width, marks of direction, a byte order mark within the text.
_UNSEEN = dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", "")
_QUOTES = str.maketrans({**dict.fromkeys('“”„«»"()', ""), **dict.fromkeys("’‘`´", "'"), **_UNSEEN, "‑": "-"})
# A byte order mark that was read as Windows-1252.
_MARK_MISREAD = "ï»¿"


def normal(name: str) -> str:
    """A column's name as it is compared: no capitals, quotes, brackets, soft hyphens or double spaces."""
    return _normal(name[:LONGEST_NAME])


@lru_cache(maxsize=4_096)
def _normal(name: str) -> str:
    """Every format asks for the same cells; a long text is no name, and is not kept as a whole."""
    plain = unicodedata.normalize("NFKC", name.strip().removeprefix(_MARK_MISREAD))
    return " ".join(plain.translate(_QUOTES).casefold().split()).strip(" :*")


__all__ = ["NOTHING", "Broken", "Piece", "Record", "Sheet", "Source", "normal", "open_source"]
