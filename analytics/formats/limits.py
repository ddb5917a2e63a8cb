"""How much of a machine a file may take while it is read."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What goes beyond one of these is refused, by a FileError that names the limit and the remedy.

    `columns` is the widest row; `cell_chars` the longest text of one cell; `blank_rows` how many rows without
    anything may stand among the others; `sheets` how many a workbook may have; `unpacked_mb` how large a part of
    a packed workbook may become; `text_mb` how much text of a file is held in memory at a time. Workbooks of the
    older kinds (.xls, .xlsb, .ods) are read by a process of their own, which gets `xls_memory_mb` and
    `xls_seconds`.
    """

    columns: int = 1_000
    cell_chars: int = 500_000
    blank_rows: int = 1_000_000
    sheets: int = 100
    unpacked_mb: int = 512
    text_mb: int = 256
    xls_memory_mb: int = 512
    xls_seconds: int = 30
    broken_rows: int = 100

    @property
    def line_chars(self) -> int:
        """The longest line of a text file: a few cells of the greatest length."""
        return 4 * self.cell_chars


DEFAULT = Limits()
