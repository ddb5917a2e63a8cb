"""Reads the dates of a column in one order of day and month, decided from all of its values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from analytics.formats.errors import CellError

# The first letters that tell a month in English, Italian, German, Spanish, French and Portuguese.
_MONTHS = {
    1: "jan gen ene",
    2: "feb fev fév",
    3: "mar mär mrz",
    4: "apr abr avr",
    5: "may mag mai",
    6: "jun giu juin",
    7: "jul lug juil",
    8: "aug ago aou aoû",
    9: "sep set",
    10: "oct ott okt out",
    11: "nov",
    12: "dec dic dez déc",
}
MONTHS = {name: number for number, names in _MONTHS.items() for name in names.split()}
_NUMERIC = re.compile(r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})(?:[T,\s]+(.*))?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_NAMED = re.compile(
    r"(?:[^\W\d]{2,}\.?,?\s+)?(?:([^\W\d]{3,})\.?\s+(\d{1,2})|(\d{1,2})[\s.\-]+(?:de\s+)?([^\W\d]{3,})\.?)(.*)$"
)
_CLOCK = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*([AaPp]\.?[Mm]\.?)?\s*(Z|UTC|GMT|[+\-]\d{2}:?\d{2})?$"
)
_LOCAL_CLOCK = re.compile(r"\d[T\s]+(\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?)$")


@dataclass(frozen=True)
class Moment:
    """A date with, where told, a clock time and an offset from UTC."""

    day: date
    clock: tuple[int, int, int] | None = None
    offset: timedelta | None = None


def month_number(name: str) -> int | None:
    name = name.casefold()
    return MONTHS.get(name[:4]) or MONTHS.get(name[:3])


def month_first(values: Iterable[str]) -> bool | None:
    """True, False, or None when no value tells: whether numbers stand as month/day."""
    for value in values:
        if (parts := _NUMERIC.match(value.strip())) and len(parts[1]) <= 2:
            first, second = int(parts[1]), int(parts[2])
            if first > 12 >= second:
                return False
            if second > 12 >= first:
                return True
    return None


def undecided(values: Iterable[str]) -> bool:
    """Whether numbers stand as day and month here, and no value tells which is which."""
    values = list(values)
    return month_first(values) is None and any(
        (parts := _NUMERIC.match(value.strip())) and len(parts[1]) <= 2 for value in values
    )


def swapped(values: Iterable[str]) -> bool:
    """Whether a day-first spreadsheet has taken month/day texts for day/month dates.

    It turns "01/02/2024" (2 January) into the date 1 February, and leaves "01/15/2024", which cannot be one, as
    text. So the column mixes texts with a day above 12 and ISO dates that have none.
    """
    texts = iso = 0
    for value in values:
        parts = _NUMERIC.match(value.strip())
        if parts is None:
            continue
        if len(parts[1]) == 4:
            iso += 1
            if int(parts[3]) > 12:
                return False
        else:
            texts += 1
            if not int(parts[2]) > 12 >= int(parts[1]):
                return False
    return texts > 0 and iso > 0


def _with_day_and_month_changed(moment: Moment) -> Moment:
    day = moment.day
    return replace(moment, day=date(day.year, day.day, day.month))


def parse(text: str, *, month_leads: bool) -> Moment:
    """Read one date; raises ValueError for what is none."""
    text = text.strip().replace("\u202f", " ").replace("\u00a0", " ")
    if parts := _NUMERIC.match(text):
        return _with_clock(_numeric_day(parts, month_leads=month_leads), parts[4])
    if parts := _COMPACT.match(text):
        return Moment(date(int(parts[1]), int(parts[2]), int(parts[3])))
    if parts := _NAMED.match(text):
        return _named(parts)
    raise ValueError(text)


def _numeric_day(parts: re.Match[str], *, month_leads: bool) -> date:
    first, second, third = int(parts[1]), int(parts[2]), int(parts[3])
    if len(parts[1]) == 4:
        return date(first, second, third)
    year = third if len(parts[3]) == 4 else 2000 + third if len(parts[3]) <= 2 else 0
    return date(year, first, second) if month_leads else date(year, second, first)


def _named(parts: re.Match[str]) -> Moment:
    month = month_number(parts[1] or parts[4])
    tail = re.match(r"[\s,.\-]*(?:de\s+)?(\d{4}|\d{2})\b[\s,]*(.*)$", parts[5])
    if month is None or tail is None:
        raise ValueError(parts.string)
    year = int(tail[1]) if len(tail[1]) == 4 else 2000 + int(tail[1])
    return _with_clock(date(year, month, int(parts[2] or parts[3])), tail[2])


def day_and_month(text: str) -> tuple[int, int] | None:
    """(day, month) of a date without a year, such as "July 16" or "16 luglio"; None for what is none."""
    parts = _NAMED.match(text.strip())
    if parts is None or (month := month_number(parts[1] or parts[4])) is None:
        return None
    return int(parts[2] or parts[3]), month


def _with_clock(day: date, text: str | None) -> Moment:
    if not text or not text.strip():
        return Moment(day)
    parts = _CLOCK.match(text.strip())
    if parts is None:
        raise ValueError(text)
    hour, minute, second = int(parts[1]), int(parts[2]), int(parts[3] or 0)
    if parts[4]:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if parts[4][0] in "Pp" else 0)
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(text)
    return Moment(day, (hour, minute, second), _offset(parts[5]))


def _offset(text: str | None) -> timedelta | None:
    if not text:
        return None
    if text in ("Z", "UTC", "GMT"):
        return timedelta(0)
    digits = text[1:].replace(":", "")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -shift if text[0] == "-" else shift


class Clock:
    """Turns local times of one zone into UTC, remembering the offset of each hour.

    A time that the clock skipped in spring is moved on by the skipped hour; one that it showed twice in autumn
    is read as the first.
    """

    def __init__(self, zone: str) -> None:
        self.name = zone
        self._zone = ZoneInfo(zone)
        self._offsets: dict[tuple[int, int, int, int], timedelta] = {}

    def to_utc(self, local: datetime) -> datetime:
        return (local - self.offset(local)).replace(tzinfo=UTC)

    def offset(self, local: datetime) -> timedelta:
        """The zone's distance from UTC in the hour of a local time."""
        key = (local.year, local.month, local.day, local.hour)
        offset = self._offsets.get(key)
        if offset is None:
            # Zones change at the full hour; only Lord Howe's clock skips half of one, so half its skipped hour errs.
            offset = local.replace(tzinfo=self._zone, fold=0).utcoffset() or timedelta(0)
            self._offsets[key] = offset
        return offset


def only_midnights(values: Iterable[str]) -> bool:
    """Whether each of at least two times is midnight: a spreadsheet's way of writing a day without an hour."""
    found = [_LOCAL_CLOCK.search(text.strip()) for text in values]
    clocks = [clock[1] for clock in found if clock]
    return len(clocks) > 1 and len(clocks) == len(found) and all(not clock.strip("0:.") for clock in clocks)


def moment_reader(
    column: str, values: Iterable[str], clock: Clock, *, assume_month_first: bool
) -> tuple[Callable[[str], tuple[datetime, str]], bool]:
    """A reader of this column's cells → (UTC time, "exact" | "day"), and whether it had to be assumed.

    Raises CellError for an empty cell or what is no date in the column's order.
    """
    values = list(values)
    leads = month_first(values)
    month_leads = assume_month_first if leads is None else leads
    hours_told, changed = not only_midnights(values), swapped(values)

    def read(text: str) -> tuple[datetime, str]:
        if not text:
            raise CellError(column, text, "date_missing")
        try:
            moment = parse(text, month_leads=month_leads)
            if changed and text[:4].isdecimal():
                moment = _with_day_and_month_changed(moment)
        except ValueError:
            raise CellError(column, text, _why(text, month_leads=month_leads)) from None
        try:
            return _utc(moment, clock), "exact" if moment.clock and hours_told else "day"
        except OverflowError:
            raise CellError(column, text, "not_a_date") from None

    return read, undecided(values)


def other_reading(text: str) -> datetime | None:
    """UTC midnight of a day written in numbers, read as a day-first spreadsheet means it; None for other texts."""
    parts = _NUMERIC.match(text.strip())
    if parts is None:
        return None
    try:
        day = _numeric_day(parts, month_leads=False)
    except ValueError:
        return None
    if len(parts[1]) == 4:
        if day.day > 12:
            return None
        day = date(day.year, day.day, day.month)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _why(text: str, *, month_leads: bool) -> str:
    try:
        parse(text, month_leads=not month_leads)
    except ValueError:
        return "not_a_date"
    return "date_order"


def _utc(moment: Moment, clock: Clock) -> datetime:
    local = datetime(moment.day.year, moment.day.month, moment.day.day, *(moment.clock or (0, 0, 0)))
    if moment.offset is not None:
        return (local - moment.offset).replace(tzinfo=UTC)
    return clock.to_utc(local)
