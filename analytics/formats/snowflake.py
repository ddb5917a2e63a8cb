"""The moment that is written in a post's number, and whether the day stated agrees with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from analytics.formats.dates import other_reading

X_EPOCH_MS = 1_288_834_974_657
EARLIEST = datetime(2003, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)


def x_time(number: int) -> datetime | None:
    """When an X post was made: ms since the X epoch are its number >> 22. None before such numbers (Nov 2010)."""
    return _sane((number >> 22) + X_EPOCH_MS, number >> 22)


def linkedin_time(number: int) -> datetime | None:
    """When a LinkedIn post was made: ms since 1970 are its number >> 22."""
    return _sane(number >> 22, number >> 22)


def tiktok_time(number: int) -> datetime | None:
    """When a TikTok video was made: s since 1970 are its number >> 32."""
    return _sane((number >> 32) * 1000, number >> 32)


def _sane(milliseconds: int, shifted: int) -> datetime | None:
    if not shifted:
        return None
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None
    return moment.replace(microsecond=0) if EARLIEST < moment < LATEST else None


def told_by(moment: datetime | None, stated: datetime, text: str) -> bool:
    """Whether a number's time confirms the day stated, also where a spreadsheet has put day and month about."""
    if moment is None:
        return False
    other = other_reading(text)
    return agrees(moment, stated) or (other is not None and agrees(moment, other))


def agrees(moment: datetime, stated: datetime) -> bool:
    """Whether a time lies on the stated day, give or take the day that a time zone can shift it."""
    return abs((moment - (stated + timedelta(hours=12))).total_seconds()) <= 1.5 * 86_400
