"""The spans of days that Google Analytics means by its weeks, months and "Nth" ones.

A GA4 week begins on Sunday, and 1 January is always in week 1.
"""

from __future__ import annotations

from datetime import date, timedelta

Span = tuple[date, date]


def week_number(day: date) -> int:
    """GA4's week of the year: weeks begin on Sunday, and 1 January is in week 1."""
    first = date(day.year, 1, 1)
    return (day.timetuple().tm_yday + (first.weekday() + 1) % 7 - 1) // 7 + 1


def numbered_weeks(start: date, end: date) -> dict[int, list[Span]]:
    """Every GA4 week of a period by its number, cut off at the period's ends and at the turn of the year."""
    weeks: dict[int, list[Span]] = {}
    day = start
    while day <= end:
        last = min(day + timedelta(days=6 - (day.weekday() + 1) % 7), end, date(day.year, 12, 31))
        weeks.setdefault(week_number(day), []).append((day, last))
        day = last + timedelta(days=1)
    return weeks


def iso_weeks(start: date, end: date) -> dict[int, list[Span]]:
    """Every ISO week of a period by its number, cut off at the period's ends."""
    weeks: dict[int, list[Span]] = {}
    monday = start - timedelta(days=start.weekday())
    while monday <= end:
        span = within(monday, monday + timedelta(days=6), (start, end))
        weeks.setdefault(monday.isocalendar().week, []).append(span)
        monday += timedelta(days=7)
    return weeks


def within(first: date, last: date, period: Span | None) -> Span:
    return (max(first, period[0]), min(last, period[1])) if period else (first, last)


def nth_day(start: date, end: date, number: int) -> list[Span]:
    """The day that comes `number` days after the first."""
    if not 0 <= number <= (end - start).days:
        return []
    day = start + timedelta(days=number)
    return [(day, day)]


def nth_week(start: date, end: date, number: int) -> list[Span]:
    if not 0 <= number <= (end - start).days // 7 + 1:
        return []
    sunday = start - timedelta(days=(start.weekday() + 1) % 7) + timedelta(weeks=number)
    first, last = max(sunday, start), min(sunday + timedelta(days=6), end)
    return [(first, last)] if first <= last else []


def months(start: date, end: date, number: int, *, nth: bool) -> list[Span]:
    """The months of a period with this number of the year, or the one that comes `number` months after the first."""
    spans, year, month, count = [], start.year, start.month, 0
    while date(year, month, 1) <= end:
        if (count if nth else month) == number:
            spans.append(whole_month(year, month, (start, end)))
        year, month, count = (year + 1, 1, count + 1) if month == 12 else (year, month + 1, count + 1)
    return spans


def whole_month(year: int, month: int, period: Span | None) -> Span:
    first = date(year, month, 1)
    last = (date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)) - timedelta(days=1)
    return within(first, last, period)
