"""Cells of workbooks as text, and the process that reads old kinds of workbooks (.xls, .xlsb, .ods).

Run as a program it prints JSON lines: the sheets' names, then of each sheet its name and its rows. It is run on its
own because a workbook of 6 kB can make its reader ask for a gigabyte, and a damaged one can end its process.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

import python_calamine

try:
    import resource
except ImportError:  # Windows; there the process of its own is the only bound
    resource = None  # type: ignore[assignment]

ROWS_AT_ONCE = 1_000


def cell_text(value: Any) -> str:
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


def main(path: str, memory: int, seconds: int, text: int) -> None:
    """Print a workbook within these bytes of memory, seconds of processor and characters of text."""
    _bound(memory, seconds)
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        _say(list(book.sheet_names))
        for name in book.sheet_names:
            text -= _print_sheet(name, book.get_sheet_by_name(name), text)
    except python_calamine.PasswordError:
        _say({"problem": "sheet_protected"})
    except MemoryError:
        _say({"problem": "sheet_too_large"})
    except (python_calamine.CalamineError, OSError, ValueError):
        _say({"problem": "sheet_damaged"})


def _bound(memory: int, seconds: int) -> None:
    if resource:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _print_sheet(name: str, sheet: Any, text: int) -> int:
    """Print the rows with their numbers; returns how many characters they had."""
    told, rows = 0, enumerate(sheet.to_python(skip_empty_area=False), start=1)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        lines = [(line, cells) for line, row in some if (cells := _trimmed(row))]
        told += sum(len(cell) for _line, cells in lines for cell in cells)
        if told > text:
            raise MemoryError
        _say({"sheet": name, "rows": lines})
    return told


def _trimmed(row: list[Any]) -> list[str]:
    cells = [cell_text(value) for value in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _say(what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
