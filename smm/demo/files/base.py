"""What the writers share."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from smm.demo.simulate import DemoPost, last_day


class DemoFile(NamedTuple):
    """A file of the demo; `channel` is PLATFORM:HANDLE where the file names no account, or several.

    Files of one `group` are uploaded together.
    """

    brand: str
    name: str
    content: bytes
    exported_at: datetime
    channel: str = ""
    group: str = ""


class Period(NamedTuple):
    """The days an export covers, and when it was made."""

    start: date
    end: date
    exported_at: datetime


def periods(today: date, *, days: int, length: int, overlap: int) -> list[Period]:
    """Cut the history into exports of `length` days, oldest first; each begins `overlap` days early."""
    end, first, found = last_day(today), last_day(today) - timedelta(days=days - 1), []
    newest = True
    while end >= first:
        start = max(end - timedelta(days=length - 1), first)
        made = today - timedelta(days=1) if newest else end + timedelta(days=2)
        found.append(Period(max(start - timedelta(days=overlap), first), end, _afternoon(made)))
        end, newest = start - timedelta(days=1), False
    return found[::-1]


def _afternoon(day: date) -> datetime:
    return datetime.combine(day, time(15, 20), tzinfo=UTC)


def within(posts: Iterable[DemoPost], period: Period) -> list[DemoPost]:
    """The posts of a period, newest first, as exports list them."""
    inside = [post for post in posts if period.start <= post.published.date() <= period.end]
    return inside[::-1]


def csv_bytes(
    header: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    bom: bool = False,
    quote_all: bool = False,
    newline: str = "\n",
    before: str = "",
) -> bytes:
    """A CSV file in memory, UTF-8."""
    text = io.StringIO(newline="")
    text.write(before)
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    writer = csv.writer(text, lineterminator=newline, quoting=quoting)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")
