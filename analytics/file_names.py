"""What the name of an export tells of its days: `Jan-01-2024_Mar-31-2024_9.csv`, `posts 2026-05.csv`."""

import re
from datetime import date, timedelta

_ENGLISH = "jan feb mar apr may jun jul aug sep oct nov dec"
MONTHS = {name: number for number, name in enumerate(_ENGLISH.split(), start=1)}
_DAY = re.compile(r"(?<!\d)(20\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")
_NAMED_DAY = re.compile(r"(?<![a-z])([a-z]{3})[a-z]*[-_. ]([0-3]?\d)[-_., ]+(20\d\d)(?!\d)", re.IGNORECASE)
_MONTH = re.compile(r"(?<!\d)(20\d\d)[-_.]([01]\d)(?![-_.]?\d)")


def last_day_in(name: str) -> date | None:
    """The latest day that a file's name tells, or the end of the latest month."""
    return max([*_days(name), *(last for _first, last in _months(name))], default=None)


def period_in(name: str) -> tuple[date, date] | None:
    """The days from the earliest to the latest that a name tells; None where it tells one day or none.

    >>> period_in("May-01-2026_May-31-2026_123.csv")
    (datetime.date(2026, 5, 1), datetime.date(2026, 5, 31))
    """
    days, months = _days(name), _months(name)
    found = [*days, *(day for month in months for day in month)]
    return (min(found), max(found)) if len(set(found)) > 1 else None


def _days(name: str) -> list[date]:
    told = [_day(found[1], found[2], found[3]) for found in _DAY.finditer(name)]
    for found in _NAMED_DAY.finditer(name):
        if month := MONTHS.get(found[1].lower()):
            told.append(_day(found[3], month, found[2]))
    return [day for day in told if day]


def _months(name: str) -> list[tuple[date, date]]:
    """First and last day of each month told without a day."""
    firsts = [_day(found[1], found[2], 1) for found in _MONTH.finditer(name)]
    return [(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)) for first in firsts if first]


def _day(year: str, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
