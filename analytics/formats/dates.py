"""Reads the dates of a column in one order of day and month, decided from all of its values."""

from __future__ import annotations

import re
from collections import Counter
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
_NUMERIC = re.compile(r"(\d{1,4})([/.\-])\s?(\d{1,2})\2\s?(\d{1,4})\.?(?:[T,\s]+(.*))?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_NAMED = re.compile(
    r"(?:[^\W\d]{2,}(?:-[^\W\d]+)?\.?,?\s+)?"  # the weekday
    r"(?:([^\W\d]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?!\d)"
    r"|(\d{1,2})(?:st|nd|rd|th|er|[ºª°])?[\s.\-]+(?:de\s+)?([^\W\d]{3,})\.?)(.*)$"
)
_AT = re.compile(r"^(?:ore|alle|um|à|às|at|a\s+las?)\s+|\s*(?:Uhr|h)$", re.IGNORECASE)
_CLOCK = re.compile(
    r"(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([AaPp]\.?\s?[Mm]\.?)?\s*(Z|UTC|GMT|[+\-]\d{2}:?\d{2})?$"
)
_LOCAL_CLOCK = re.compile(r"\d[T,\s]+(\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?)$")
# The orders in which a day can be written in numbers; the year leads only where it has two digits or four.
ORDERS = ("mdy", "dmy", "ymd")
# No platform is older, so no post is: what two digits of a year can mean.
FIRST_YEAR = 2004
MOST_CELLS = 3


@dataclass(frozen=True)
class Moment:
    """A date with, where told, a clock time and an offset from UTC."""

    day: date
    clock: tuple[int, int, int] | None = None
    offset: timedelta | None = None


def month_number(name: str) -> int | None:
    name = name.casefold()
    return MONTHS.get(name[:4]) or MONTHS.get(name[:3])


@dataclass(frozen=True)
class Orders:
    """Which orders of day, month and year fit most of the dates that a column writes in numbers.

    `fitting` has one where the values decide, several where they do not, and none where no value is written so.
    `cells` are some of them that each fitting order reads as another day.
    """

    fitting: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    spans: tuple[tuple[date, date], ...] = ()

    @property
    def is_open(self) -> bool:
        return len(self.fitting) > 1


def orders_of(values: Iterable[str]) -> Orders:
    """What a column's values say of their order: each has one vote for every order that makes a day of it."""
    counted = Counter(numbers for value in values if (numbers := _day_numbers(value)))
    votes: Counter[str] = Counter()
    for numbers, count in counted.items():
        votes.update(dict.fromkeys(_fitting(numbers), count))
    most = max(votes.values(), default=0)
    fitting = tuple(order for order in ORDERS if most and votes[order] == most)
    telling = [numbers for numbers in counted if len({_day(numbers, order) for order in fitting}) > 1]
    if len(fitting) > 1 and not telling:  # each order reads the same days: 03/03/2026
        fitting = fitting[:1]
    days = [[day for numbers in counted if (day := _day(numbers, order))] for order in fitting]
    cells = tuple(numbers[-1] for numbers in telling[:MOST_CELLS])
    return Orders(fitting, cells, tuple((min(some), max(some)) for some in days))


Numbers = tuple[str, str, str, str, str]  # the three numbers, what parts them, and the day as it is written


def _day_numbers(text: str) -> Numbers | None:
    parts = _NUMERIC.match(_plain(text))
    if parts is None or len(parts[1]) > 2:
        return None
    return parts[1], parts[3], parts[4], parts[2], parts[0][: parts.end(4)]


def _fitting(numbers: Numbers) -> list[str]:
    return [order for order in ORDERS if _day(numbers, order)]


def _day(numbers: Numbers, order: str) -> date | None:
    """The day that three numbers mean in an order; None where they mean none."""
    first, second, third, sign, _text = numbers
    if order == "ymd" and (sign != "-" or len(third) > 2):
        return None  # a leading year of two digits is written with hyphens alone
    years, month, day = {"mdy": (third, first, second), "dmy": (third, second, first), "ymd": numbers[:3]}[order]
    try:
        found = date(_year(years), int(month), int(day))
    except ValueError:
        return None
    return found if len(years) > 2 or found.year >= FIRST_YEAR else None


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text) if len(text) <= 2 else 0


def month_first(values: Iterable[str]) -> bool | None:
    """True, False, or None when no value tells: whether numbers stand as month/day."""
    found = orders_of(values)
    return None if found.is_open or not found.fitting else found.fitting[0] == "mdy"


def undecided(values: Iterable[str]) -> bool:
    """Whether numbers stand as day and month here, and no value tells which is which."""
    return orders_of(values).is_open


def reading(text: str, order: str) -> date:
    """The day that a cell means when read in an order; raises ValueError for what is no date in it."""
    return parse(text, order=order).day


def _plain(text: str) -> str:
    return text.strip().replace("\u202f", " ").replace("\u00a0", " ").replace("\u2009", " ")


def swapped(values: Iterable[str]) -> bool:
    """Whether a day-first spreadsheet has taken month/day texts for day/month dates.

    It turns "01/02/2024" (2 January) into the date 1 February, and leaves "01/15/2024", which cannot be one, as
    text. So the column mixes texts with a day above 12 and ISO dates that have none.
    """
    texts = iso = 0
    for value in values:
        parts = _NUMERIC.match(_plain(value))
        if parts is None:
            continue
        if len(parts[1]) == 4:
            iso += 1
            if int(parts[4]) > 12:
                return False
        else:
            texts += 1
            if not int(parts[3]) > 12 >= int(parts[1]):
                return False
    return texts > 0 and iso > 0


def _with_day_and_month_changed(moment: Moment) -> Moment:
    day = moment.day
    return replace(moment, day=date(day.year, day.day, day.month))


def parse(text: str, *, month_leads: bool = False, order: str = "") -> Moment:
    """Read one date, its numbers in `order`, else month or day first; raises ValueError for what is none."""
    text, order = _plain(text), order or ("mdy" if month_leads else "dmy")
    if parts := _NUMERIC.match(text):
        return _with_clock(_numeric_day(parts, order), parts[5])
    if parts := _COMPACT.match(text):
        return Moment(date(int(parts[1]), int(parts[2]), int(parts[3])))
    if parts := _NAMED.match(text):
        return _named(parts)
    raise ValueError(text)


def _numeric_day(parts: re.Match[str], order: str) -> date:
    first, second, third = parts[1], parts[3], parts[4]
    if len(first) > 2 or order == "ymd":
        return date(_year(first), int(second), int(third))
    month, day = (first, second) if order == "mdy" else (second, first)
    return date(_year(third), int(month), int(day))


def _named(parts: re.Match[str]) -> Moment:
    month = month_number(parts[1] or parts[4])
    tail = re.match(r"[\s,.\-]*(?:del?\s+)?(\d{4}|\d{2})(?![\d:])[\s,]*(.*)$", parts[5])
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
    parts = _CLOCK.match(_AT.sub("", text.strip()))
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
    column: str, values: Iterable[str], clock: Clock, *, assume_month_first: bool, order: str = ""
) -> tuple[Callable[[str], tuple[datetime, str]], bool]:
    """A reader of this column's cells → (UTC time, "exact" | "day"), and whether it had to be assumed.

    `order` is one of `ORDERS` that a person has stated. The reader raises CellError for an empty cell or what is no
    date in the column's order.
    """
    values = list(values)
    found = orders_of(values)
    taken = order or assumed_order(found, month_first=assume_month_first)
    hours_told, changed = not only_midnights(values), swapped(values)

    def read(text: str) -> tuple[datetime, str]:
        if not text:
            raise CellError(column, text, "date_missing")
        try:
            moment = parse(text, order=taken)
            if changed and text[:4].isdecimal():
                moment = _with_day_and_month_changed(moment)
        except ValueError:
            raise CellError(column, text, _why(text, taken)) from None
        try:
            return _utc(moment, clock), "exact" if moment.clock and hours_told else "day"
        except OverflowError:
            raise CellError(column, text, "not_a_date") from None

    return read, found.is_open and not order


def assumed_order(found: Orders, *, month_first: bool) -> str:
    """The order that is taken without an answer."""
    usual = "mdy" if month_first else "dmy"
    return usual if not found.fitting or usual in found.fitting else found.fitting[0]


def other_reading(text: str) -> datetime | None:
    """UTC midnight of a day written in numbers, read as a day-first spreadsheet means it; None for other texts."""
    parts = _NUMERIC.match(_plain(text))
    if parts is None:
        return None
    try:
        day = _numeric_day(parts, "dmy")
    except ValueError:
        return None
    if len(parts[1]) == 4:
        if day.day > 12:
            return None
        day = date(day.year, day.day, day.month)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _why(text: str, taken: str) -> str:
    for order in ORDERS:
        try:
            parse(text, order=order)
        except ValueError:
            continue
        return "date_order" if order != taken else "not_a_date"
    return "not_a_date"


def _utc(moment: Moment, clock: Clock) -> datetime:
    local = datetime(moment.day.year, moment.day.month, moment.day.day, *(moment.clock or (0, 0, 0)))
    if moment.offset is not None:
        return (local - moment.offset).replace(tzinfo=UTC)
    return clock.to_utc(local)
