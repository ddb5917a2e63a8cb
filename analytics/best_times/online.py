"""A weak prior from the hours at which an audience is said to be online."""

from collections.abc import Sequence

import numpy as np

from analytics.best_times.sums import CELLS, Floats
from analytics.best_times.week import FEATURES

MOST = 3
LIFT_PER_LEVEL = 0.06
"""Log lift from one level to the next. At the weight that a fit gives beforehand, "mostly" then lies 9 % above
"never", less than the best tenth of hours gained on public pages (docs/best-times.md): to be online is not yet
to react. Chosen, not measured, as no data tells such hours."""


def lift_of_hours(levels: Sequence[float] | Floats, *, shift: int = 0) -> Floats:
    """The log lift, (168,), that a grid of levels leads to expect; its mean is zero.

    levels: 168 numbers from 0 (never online) to 3 (mostly), cell = day * 24 + hour, Monday = 0, on the clock that
    they were written for; `shift`: hours by which the clock of the cells wanted is ahead of that. The step per
    level is `LIFT_PER_LEVEL`; the result is smoothed to the shapes of a week that a fit knows. A flat grid gives
    zeros.
    Raises ValueError for other than 168 numbers from 0 to 3.

    >>> hours = np.zeros(168); hours[20:23] = 3
    >>> int(lift_of_hours(hours).argmax()), int(lift_of_hours(hours, shift=3).argmax())
    (21, 24)
    """
    grid = np.asarray(levels, dtype=np.float64)
    if grid.shape != (CELLS,):
        raise ValueError(f"levels: expected 168 numbers (day * 24 + hour, Monday = 0), got shape {grid.shape}")
    if not (np.isfinite(grid).all() and grid.min() >= 0 and grid.max() <= MOST):
        raise ValueError(f"levels: every number lies from 0 to {MOST}")
    moved = np.roll(grid * LIFT_PER_LEVEL, shift)
    smooth: Floats = FEATURES @ (FEATURES.T @ moved)
    return smooth if np.ptp(grid) > 0 else np.zeros(CELLS)
