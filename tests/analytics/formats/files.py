"""Writes small look-alikes of platform exports."""

import csv
import io
from pathlib import Path


def write(
    folder: Path,
    rows: list[list],
    *,
    name: str = "export.csv",
    encoding: str = "utf-8",
    delimiter: str = ",",
    before: str = "",
) -> Path:
    """A text table, as rows of cells."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    path = folder / name
    path.write_bytes((before + text.getvalue()).encode(encoding))
    return path


def changed(rows: list[list], column: str, values: list) -> list[list]:
    """The same table with other values in one column."""
    place = rows[0].index(column)
    body = [[*row[:place], value, *row[place + 1 :]] for row, value in zip(rows[1:], values, strict=True)]
    return [rows[0], *body]


def without(rows: list[list], *columns: str) -> list[list]:
    keep = [i for i, name in enumerate(rows[0]) if name not in columns]
    return [[row[i] for i in keep] for row in rows]


def turned(rows: list[list]) -> list[list]:
    """The same table with its columns in the opposite order."""
    return [row[::-1] for row in rows]
