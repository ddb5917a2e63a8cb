"""What a clock does to the hours of a day on which it is changed. Pure."""

from datetime import UTC, date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

Odd = Literal["skipped", "twice"]


def odd_hours(day: date, zone: str) -> dict[int, Odd]:
    """The hours of this day that the clock skips, or shows twice; none on most days.

    >>> odd_hours(date(2026, 3, 29), "Europe/Rome"), odd_hours(date(2026, 10, 25), "Europe/Rome")
    ({2: 'skipped'}, {2: 'twice'})
    >>> odd_hours(date(2026, 10, 24), "Europe/Rome")
    {}
    """
    local = ZoneInfo(zone)
    found: dict[int, Odd] = {}
    for hour in range(24):
        for minute in (0, 30):
            first = datetime.combine(day, time(hour, minute), local)
            if first.astimezone(UTC).astimezone(local).replace(fold=0) != first:
                found[hour] = "skipped"
            elif first.utcoffset() != first.replace(fold=1).utcoffset():
                found[hour] = "twice"
    return found
