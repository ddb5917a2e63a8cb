"""Campaigns on a line of months: where bars begin and how long they are. Pure."""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

PARTS = 1000  # of the line's width


class Bar(NamedTuple):
    """Where a bar begins and how wide it is, in thousandths of the line; whether it goes on beyond an end."""

    at: int
    width: int
    before: bool
    after: bool


class Month(NamedTuple):
    first: date
    at: int
    width: int


class Span:
    """Whole months, from the one that holds `first` on."""

    def __init__(self, first: date, months: int) -> None:
        self.first, self.months_shown = first.replace(day=1), months
        self.last = later(self.first, months) - timedelta(days=1)
        self.days = (self.last - self.first).days + 1

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def place(self, day: date) -> int:
        """The beginning of a day."""
        return round((day - self.first).days * PARTS / self.days)

    def bar(self, start: date, end: date) -> Bar:
        """From the first day to the end of the last, cut at the ends of the line; never too thin to be seen."""
        at = self.place(max(start, self.first))
        upto = self.place(min(end, self.last) + timedelta(days=1))
        return Bar(at, max(upto - at, 4), start < self.first, end > self.last)

    @property
    def months(self) -> list[Month]:
        found = []
        for number in range(self.months_shown):
            first = later(self.first, number)
            days = monthrange(first.year, first.month)[1]
            found.append(Month(first, self.place(first), round(days * PARTS / self.days)))
        return found

    @property
    def earlier(self) -> str:
        return f"{later(self.first, -self.months_shown // 2):%Y-%m}"

    @property
    def later(self) -> str:
        return f"{later(self.first, self.months_shown // 2):%Y-%m}"


def later(first: date, months: int) -> date:
    """The first day of the month so many months on; held within what a date can be."""
    number = first.year * 12 + first.month - 1 + months
    year = min(max(number // 12, 2), 9990)
    return date(year, number % 12 + 1, 1)


def month_of(text: str, *, usual: date) -> date:
    """The month that an address names as 2026-05; the usual one where it names none."""
    try:
        return max(date.fromisoformat(f"{text}-01"), date(1970, 1, 1))
    except ValueError:
        return usual.replace(day=1)
