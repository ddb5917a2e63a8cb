"""When a task is due: a day and an hour on the brand's clock become an instant. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def instant(day: date, clock: time | None, zone: str) -> datetime:
    """The moment (UTC); without an hour the end of that day.

    An hour that the clock skips in spring moves on by what was skipped; one that comes twice is the first.

    >>> instant(date(2026, 3, 29), time(2, 30), "Europe/Rome").isoformat()
    '2026-03-29T01:30:00+00:00'
    >>> instant(date(2026, 10, 25), time(2, 30), "Europe/Rome").isoformat()
    '2026-10-25T00:30:00+00:00'
    """
    local = ZoneInfo(zone)
    if clock is None:
        midnight = datetime.combine(day + timedelta(days=1), time(), local)
        return midnight.astimezone(UTC) - timedelta(seconds=1)
    return datetime.combine(day, clock, local).astimezone(UTC)
