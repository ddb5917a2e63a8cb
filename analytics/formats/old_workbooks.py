"""Workbooks of older kinds (.xls, .xlsb, .ods), read by a process of its own within bounds of memory and time."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from analytics.formats.errors import Unreadable
from analytics.formats.limits import MEGABYTE, Limits
from analytics.formats.text import Record

PROGRAM = Path(__file__).with_name("sheet_cells.py")


class OldWorkbook:
    """Its sheets; the first question reads all of it."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._path, self._limits = path, limits

    @property
    def sheet_names(self) -> list[str]:
        return list(self._sheets)

    def records(self, name: str) -> Iterator[Record]:
        """The rows of a sheet that hold anything, with their numbers."""
        return iter(self._sheets[name])

    @cached_property
    def _sheets(self) -> dict[str, list[Record]]:
        names, *parts = self._answers()
        if len(names) > self._limits.sheets:
            raise Unreadable("too_many_sheets", most=self._limits.sheets)
        sheets: dict[str, list[Record]] = {name: [] for name in names}
        for part in parts:
            sheets[part["sheet"]] += [(line, cells) for line, cells in part["rows"]]
        return sheets

    def _answers(self) -> list[Any]:
        limits = self._limits
        bounds = (limits.xls_memory_mb * MEGABYTE, limits.xls_seconds, limits.text_mb * MEGABYTE)
        # -I: neither the working directory nor the environment decides what is imported there.
        command = [sys.executable, "-I", str(PROGRAM), str(self._path), *map(str, bounds)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=4 * limits.xls_seconds, check=False)
        except subprocess.TimeoutExpired:
            raise self._beyond() from None
        if done.returncode < 0:  # ended by a signal: no memory, no time, or by its reader itself
            raise self._beyond()
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        problem = answers[-1].get("problem") if answers and isinstance(answers[-1], dict) else None
        if problem == "sheet_too_large":
            raise self._beyond()
        if problem or done.returncode or not answers:
            raise Unreadable(problem or "sheet_damaged")
        return answers

    def _beyond(self) -> Unreadable:
        return Unreadable("sheet_too_large", most=self._limits.xls_memory_mb, seconds=self._limits.xls_seconds)
