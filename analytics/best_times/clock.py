"""Times of day as the audience lives them."""

from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd


def to_wall_time(utc: "pd.Series[Any]", zone: str) -> "pd.Series[Any]":
    """Turn UTC times into the wall time of a zone, without a zone mark, keeping the index.

    utc: datetime64, aware or meant as UTC. The zone's whole history counts: daylight saving time and changes
    of its standard time fall where they fell. Each time has exactly one wall time; the hour that autumn repeats
    receives two hours of posts and the hour that spring leaps over none.
    Raises ValueError naming an unknown zone.

    >>> spring = pd.Series(pd.to_datetime(["2026-03-29 00:59", "2026-03-29 01:00"]))
    >>> to_wall_time(spring, "Europe/Rome").dt.hour.tolist()
    [1, 3]
    """
    try:
        known = ZoneInfo(zone)
    except (ValueError, OSError, KeyError) as error:
        raise ValueError(f"time zone {zone!r} is not an IANA name such as Europe/Rome") from error
    if not isinstance(utc.dtype, pd.DatetimeTZDtype):
        utc = utc.dt.tz_localize("UTC")
    wall: pd.Series[Any] = utc.dt.tz_convert(known).dt.tz_localize(None)
    return wall
