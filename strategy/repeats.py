"""The days of a recurring task. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

MOST = 120
STEPS = {"day": timedelta(days=1), "week": timedelta(weeks=1), "fortnight": timedelta(weeks=2)}


class TooMany(ValueError):
    """More than `MOST` days."""


def days(first: date, every: str, until: date) -> list[date]:
    """The days from `first` to `until`; a month that lacks the day has it on its last one. Raises TooMany.

    >>> [str(day) for day in days(date(2026, 1, 31), "month", date(2026, 4, 30))]
    ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']
    >>> len(days(date(2026, 11, 27), "workday", date(2026, 12, 4)))  # Friday to Friday
    6
    """
    found = []
    for day in _from(first, every):
        if day > until:
            return found
        if len(found) == MOST:
            raise TooMany(MOST)
        found.append(day)
    return found


def _from(first: date, every: str) -> Iterator[date]:
    number, day = 0, first
    while True:
        if every == "month":
            day = first + relativedelta(months=number)
        else:
            day = first + number * STEPS.get(every, timedelta(days=1))
        number += 1
        if every != "workday" or day.weekday() < 5:
            yield day
