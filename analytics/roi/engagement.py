"""Engagement rates with their denominator stated, from sums per platform and month. Pure.

Reach counts people, and the same people see many posts: it is never added up. A rate over reach is therefore the
mean of the posts' own rates; over impressions and views it is sum over sum.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analytics.roi.frames import rows
from analytics.roi.result import Engagement, Rate
from strategy import intervals

DENOMINATORS = ("impressions", "views", "reach")
SUMS = (
    "posts",
    "told",
    "engagements",
    *(f"{name}_{over}" for over in ("impressions", "views") for name in ("n", "e", "m", "ee", "em", "mm")),
    "n_reach",
    "rate_reach",
    "rate2_reach",
    "told_reach",
)


def post_sums(posts: pd.DataFrame) -> pd.DataFrame:
    """The sums that `engagement` reads, from one row per post.

    posts: platform (str), month (date, its first day), engagements, impressions, views, reach (number, NaN = not
    exported). Returns one row per platform and month with the columns of SUMS: per denominator m the number of
    posts that tell both figures with m > 0, sums of e, m, e², e·m, m²; for reach the sum of e/m and of its square.
    """
    e = posts["engagements"].astype(float)
    parts = {"posts": e.fillna(0) * 0 + 1, "told": e.notna() * 1.0, "engagements": e.fillna(0)}
    for over in ("impressions", "views"):
        m = posts[over].astype(float)
        both = e.notna() & (m > 0)
        x, y = e.where(both, 0.0), m.where(both, 0.0)
        products = {"n": both * 1.0, "e": x, "m": y, "ee": x * x, "em": x * y, "mm": y * y}
        parts |= {f"{name}_{over}": values for name, values in products.items()}
    reach = posts["reach"].astype(float)
    rate = (e / reach.where(reach > 0)).astype(float)
    parts |= {
        "n_reach": rate.notna() * 1.0,
        "rate_reach": rate.fillna(0),
        "rate2_reach": (rate * rate).fillna(0),
        "told_reach": reach.notna() * 1.0,
    }
    sums = pd.DataFrame(parts).groupby([posts["platform"], posts["month"]]).sum()
    return sums.reset_index()


def engagement(sums: pd.DataFrame | None) -> tuple[Engagement, ...]:
    """All posts, each platform, each month, and each platform's months, in this order."""
    if sums is None or not len(sums):
        return ()
    cells = [(row.text("platform"), row.day("month")) for row in rows(sums, "posts", ("platform", "month", *SUMS))]
    values = sums[list(SUMS)].to_numpy(dtype=float)
    return tuple(_of(platform, month, values[mask].sum(axis=0)) for platform, month, mask in _groups(cells))


def _groups(cells: Sequence[tuple[str, date]]) -> Iterator[tuple[str, date | None, np.ndarray[Any, Any]]]:
    platforms = np.array([platform for platform, _month in cells])
    months = np.array([month for _platform, month in cells])
    yield "", None, np.ones(len(cells), dtype=bool)
    for platform in sorted(set(platforms.tolist())):
        yield platform, None, platforms == platform
    for month in sorted(set(months.tolist())):
        yield "", month, months == month
    for platform, month in sorted(set(cells)):
        yield platform, month, (platforms == platform) & (months == month)


def _of(platform: str, month: date | None, values: np.ndarray[Any, Any]) -> Engagement:
    sums = dict(zip(SUMS, values.tolist(), strict=True))
    posts, told = int(sums["posts"]), int(sums["told"])
    rates = (*(_over(sums, over, posts) for over in ("impressions", "views")), _over_reach(sums, posts))
    codes = {
        "engagements_not_exported": not told,
        "reach_not_exported": not sums["told_reach"],
        "impressions_not_exported": not sums["n_impressions"],
    }
    return Engagement(
        platform=platform,
        month=month,
        posts=posts,
        engagements=int(sums["engagements"]) if told else None,
        posts_with_engagements=told,
        rates=rates,
        codes=tuple(code for code, holds in codes.items() if holds),
    )


def _over(sums: dict[str, float], over: str, posts: int) -> Rate:
    n, e, m = int(sums[f"n_{over}"]), sums[f"e_{over}"], sums[f"m_{over}"]
    squares = (sums[f"ee_{over}"], sums[f"em_{over}"], sums[f"mm_{over}"])
    low, high = intervals.ratio(n, e, m, squares) or (None, None)
    return Rate(over, "sum", e / m if n else None, low, high, n, posts)


def _over_reach(sums: dict[str, float], posts: int) -> Rate:
    n, total = int(sums["n_reach"]), sums["rate_reach"]
    low, high = intervals.mean(n, total, sums["rate2_reach"]) or (None, None)
    return Rate("reach", "mean", total / n if n else None, low, high, n, posts)
