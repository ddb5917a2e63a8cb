"""Single posts: those far from what was to be expected, the best and the worst, and what these share."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.effects.design import TREND, Design, Floats
from analytics.effects.result import Notable
from analytics.effects.robust import Fit

FAR = 3.5  # robust deviations
MOST_OUTLIERS = 10
BEST = 3
UNUSUAL = 0.5  # what more than half of all posts share says nothing of three
# What a post is not praised or blamed for: where and when it was posted, and whether it was paid for.
CIRCUMSTANCES = ("platform", "channel", "paid", TREND)

Shared = tuple[tuple[str, str, float], ...]


def outliers(posts: pd.DataFrame, fit: Fit) -> tuple[Notable, ...]:
    """Posts that lie further from what their traits lead to expect than scatter does, the farthest first."""
    score = fit.residual / fit.scale
    far = np.flatnonzero(np.abs(score) >= FAR)
    far = far[np.argsort(-np.abs(score[far]), kind="stable")][:MOST_OUTLIERS]
    return _notable(posts, far, fit.fitted, score)


def extremes(posts: pd.DataFrame, design: Design, fit: Fit, y: Floats) -> tuple[tuple[Notable, ...], ...]:
    """The three best and the three worst beside what their account led to expect at that time."""
    expected = np.full(design.posts, fit.beta[0])
    for term, at in zip(design.terms, design.starts, strict=True):
        if term.name in CIRCUMSTANCES:
            expected += fit.beta[at : at + term.size][term.codes]
        else:
            usual = design.products[0, at : at + term.size] / design.posts
            expected += float(usual @ fit.beta[at : at + term.size])
    score = (y - expected) / fit.scale
    order = np.lexsort((posts["post"].to_numpy(), -score))
    best = _notable(posts, order[:BEST], expected, score)
    worst = _notable(posts, order[::-1][:BEST], expected, score)
    return best, worst


def _notable(
    posts: pd.DataFrame, rows: npt.NDArray[np.intp], expected: Floats, score: Floats
) -> tuple[Notable, ...]:
    values, numbers = posts["value"].to_numpy(dtype=float), posts["post"].to_numpy()
    return tuple(
        Notable(int(numbers[row]), float(values[row]), max(float(np.expm1(expected[row])), 0.0), float(score[row]))
        for row in rows
    )


def shared(posts: pd.DataFrame, names: Sequence[str], chosen: Sequence[Notable]) -> Shared:
    """What all chosen posts have in common and at most half of all have: (dimension, level, share of all)."""
    if len(chosen) < BEST:
        return ()
    rows = posts[posts["post"].isin([each.post for each in chosen])]
    found = []
    for name in names:
        levels = rows[name].unique()
        if len(levels) == 1 and isinstance(levels[0], str):
            share = float((posts[name] == levels[0]).mean())
            if share <= UNUSUAL:
                found.append((name, levels[0], round(share, 3)))
    return tuple(sorted(found, key=lambda each: each[2]))
