"""Opens packed files (zip) and reads their XML, within bounds that no part of them can lift."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.parsers import expat

from analytics.formats.errors import FileError, Unreadable
from analytics.formats.limits import MEGABYTE, Limits

CHUNK_BYTES = 65_536
# A workbook has a part for every sheet, picture and comment; an entry of the directory takes about 80 bytes.
DIRECTORY_BYTES = 1 << 20
LONGEST_TAG = 1 << 20
DEEPEST = 64
# Of a part other than a sheet, which counts its own.
MOST_ELEMENTS = 10_000_000

_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"


@contextmanager
def damage_told() -> Iterator[None]:
    """Turn whatever a damaged archive makes its reader do into one sentence."""
    try:
        yield
    except FileError:
        raise
    except RuntimeError as error:  # the library's way to say that an entry is encrypted
        raise Unreadable("sheet_protected" if "encrypted" in str(error) else "sheet_damaged") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, struct.error):
        raise Unreadable("sheet_damaged") from None
    except expat.ExpatError:
        raise Unreadable("sheet_damaged") from None


class Package:
    """A packed file whose directory was found to be of a bearable size."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._path, self._limits = path, limits
        with damage_told():
            if _directory_bytes(path) > DIRECTORY_BYTES:
                raise Unreadable("sheet_damaged")
            with zipfile.ZipFile(path) as archive:
                self._parts = {info.filename.lower(): info for info in archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def has_below(self, folder: str) -> bool:
        return any(name.startswith(folder) for name in self._parts)

    def chunks(self, name: str) -> Iterator[bytes]:
        """What a part holds, as it is unpacked: neither its directory nor its header is believed."""
        left = self._limits.unpacked_mb * MEGABYTE
        if (info := self._parts.get(name.lower())) is None:
            raise Unreadable("sheet_damaged")
        if info.file_size > left:
            raise self._too_much()
        with zipfile.ZipFile(self._path) as archive, archive.open(info) as part:
            while chunk := part.read(CHUNK_BYTES):
                left -= len(chunk)
                if left < 0:
                    raise self._too_much()
                yield chunk

    def _too_much(self) -> Unreadable:
        return Unreadable("unpacks_too_far", most=self._limits.unpacked_mb)


def _directory_bytes(path: Path) -> int:
    """How long the archive says its directory is, before anybody reads it into memory."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 70_000))
        tail = file.read()
    if (place := tail.rfind(_END)) < 0:
        raise zipfile.BadZipFile
    told: int = struct.unpack_from("<L", tail, place + 12)[0]
    if told == 0xFFFFFFFF and (long := tail.rfind(_END_64, 0, place)) >= 0:
        told = struct.unpack_from("<Q", tail, long + 40)[0]
    return told


class _Handlers(dict[str, Callable[..., None]]):
    """What is to be done at a tag, by its name without its prefix; nothing at tags that nobody asked for."""

    def __missing__(self, name: str) -> Callable[..., None] | None:
        if ":" not in name or (known := self.get(name.rpartition(":")[2])) is None:
            return None
        self[name] = known
        return known


Starts = dict[str, Callable[[dict[str, str]], None]]
Ends = dict[str, Callable[[], None]]


def parsed(
    chunks: Iterator[bytes],
    starts: Starts,
    ends: Ends | None = None,
    text: Callable[[str], None] | None = None,
    *,
    most: int = MOST_ELEMENTS,
) -> Iterator[int]:
    """Feed XML to the handlers of its tags, and yield after each chunk how many elements there were so far.

    No texts defined by the document itself, no great depth, no endless tag.
    """
    parser, depth, fed, elements = expat.ParserCreate(), 0, 0, 0
    at_start, at_end = _Handlers(starts), _Handlers(ends or {})

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > DEEPEST or elements > most:
            raise Unreadable("sheet_damaged")
        if (handler := at_start[name]) is not None:
            handler(attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if (handler := at_end[name]) is not None:
            handler()

    def refused(*_told: object) -> None:
        raise Unreadable("sheet_damaged")

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = opened, closed, text
    # No workbook has a document type; it is where texts are defined that grow when they are used.
    parser.StartDoctypeDeclHandler = refused
    for chunk in chunks:
        parser.Parse(chunk)
        fed += len(chunk)
        if fed - parser.CurrentByteIndex > LONGEST_TAG:
            raise Unreadable("sheet_damaged")
        yield elements
    parser.Parse(b"", True)  # noqa: FBT003 - it takes no names
    yield elements
