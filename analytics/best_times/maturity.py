"""When a post's figure can be compared with others: after the hours in which it gathers most of it."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

DEFAULT_HOURS = 48.0
SHARE = 0.9
LEAST_POSTS = 10  # posts read often enough before they are believed
SETTLED = 2.0  # the last reading counts as final if it is this many times as old as the answer


class Maturity(NamedTuple):
    """Hours after which a typical post has gathered 90 % of its engagement, and the posts that this rests on.

    posts is 0 where the hours are the assumed 48.
    """

    hours: float
    posts: int


def hours_to_mature(readings: pd.DataFrame) -> Maturity:
    """Estimate the time in which posts gather 90 % of their engagement, from repeated readings.

    readings: post (any key), age_hours (float, at least 0), value (float, at least 0); one row per reading.
    Per post, the age at which the figure crossed 90 % of its last reading, interpolated; posts read once,
    without engagement or past that share when first read tell nothing. The answer is the median of the rest, and
    the assumed hours while fewer than LEAST_POSTS tell, or while their readings end too early to be final.
    Raises ValueError naming the column and the row.
    """
    _check(readings)
    ordered = readings.sort_values(["post", "age_hours"], kind="stable")
    crossed = [
        (found, float(ages[-1]))
        for _, group in ordered.groupby("post", sort=False)
        if (ages := group["age_hours"].to_numpy(dtype=float)).size > 1
        and (found := _crossing(ages, group["value"].to_numpy(dtype=float))) is not None
    ]
    told = [hour for hour, last in crossed if last >= SETTLED * hour]
    if len(told) < LEAST_POSTS:
        return Maturity(DEFAULT_HOURS, 0)
    return Maturity(float(np.median(told)), len(told))


def mature(
    published: "pd.Series[Any]", as_of: "pd.Timestamp | pd.Series[Any]", hours: float = DEFAULT_HOURS
) -> "pd.Series[Any]":
    """Whether each post was at least `hours` old when its figures were read; both in the same clock."""
    old_enough: pd.Series[Any] = (as_of - published) >= pd.Timedelta(hours=hours)
    return old_enough


def _crossing(ages: npt.NDArray[np.float64], values: npt.NDArray[np.float64]) -> float | None:
    """The age at which the rising figure first reached SHARE of its last value, or None if that was not seen."""
    rising = np.maximum.accumulate(values)
    goal = SHARE * rising[-1]
    if goal <= 0 or rising[0] >= goal:
        return None
    after = int(np.argmax(rising >= goal))
    step = (goal - rising[after - 1]) / (rising[after] - rising[after - 1])
    return float(ages[after - 1] + step * (ages[after] - ages[after - 1]))


def _check(readings: pd.DataFrame) -> None:
    for name in ("post", "age_hours", "value"):
        if name not in readings.columns:
            raise ValueError(f"column {name!r} is missing")
    for name in ("age_hours", "value"):
        numbers = pd.to_numeric(readings[name], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
        bad = ~(np.isfinite(numbers) & (numbers >= 0))
        if bad.any():
            row = int(np.argmax(bad))
            where = f"column {name!r}, row {readings.index[row]!r}"
            raise ValueError(f"{where}: is not a number of 0 or more ({readings[name].iloc[row]!r})")
