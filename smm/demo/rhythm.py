"""When an audience reacts and when a team posts: shapes over the 168 hours of a week (0 = Monday 00:00, local)."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

ALL_DAYS = range(7)
WEEKDAYS = range(5)
WEEKEND = (5, 6)


class Bump(NamedTuple):
    """A swell of attention around an hour of some days; `height` is added to the log of what a post gathers."""

    hour: float
    width: float
    height: float
    days: Sequence[int] = ALL_DAYS


def week(bumps: Sequence[Bump], *, days: Sequence[float] = (0.0,) * 7) -> np.ndarray:
    """Add bumps and a level per day (Monday first) to a (168,) curve; hours go round midnight."""
    curve = np.repeat(np.asarray(days, dtype=float), 24)
    for bump in bumps:
        for day in bump.days:
            distance = np.abs((np.arange(168) - day * 24 - bump.hour + 84) % 168 - 84)
            curve += bump.height * np.exp(-0.5 * (distance / bump.width) ** 2)
    return curve


def centred(curve: np.ndarray, strength: float) -> np.ndarray:
    """Scale a curve to mean 0 and standard deviation `strength` over the waking hours, 6 to 23."""
    waking = (np.arange(168) % 24) >= 6
    spread = curve[waking].std()
    return (curve - curve[waking].mean()) * (strength / spread if spread else 0.0)


def habits(bumps: Sequence[Bump], *, floor: float = 0.015) -> np.ndarray:
    """The share of a team's posts per hour of the week, (168,), sum 1: hours of work with a few elsewhere."""
    waking = (np.arange(168) % 24) >= 6
    weights = week(bumps) + np.where(waking, floor, 0.0)
    return weights / weights.sum()
