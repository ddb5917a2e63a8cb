"""Columns told by what they hold, where their name in the file's language is not known."""

from __future__ import annotations

import re
from dataclasses import replace

from analytics.formats.located import Table


def with_column(table: Table, name: str, holds: re.Pattern[str], *, distinct: bool = False) -> Table | None:
    """The same table with the first unnamed column of which every cell is `holds`; None when there is none.

    With `distinct`, no value of it may occur twice.
    """
    known = {index for places in table.header.at.values() for index in places}
    for index in range(len(table.header.cells)):
        values = [] if index in known else table.sample(index)
        if not values or not all(holds.search(text) for text in values):
            continue
        if not distinct or len(set(values)) == len(values) > 1:
            return replace(table, header=replace(table.header, at=table.header.at | {name: [index]}))
    return None
