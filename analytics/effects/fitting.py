"""The way from posts to effects."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from analytics.effects import judging, notable, robust
from analytics.effects.design import DIMENSIONS, PARENTS, Floats, design
from analytics.effects.result import Dimension, Effects, Level

LEAST_POSTS = 30
LEAST_TYPICAL = 1.0


def fit(posts: pd.DataFrame) -> Effects:
    """The effect of every trait on the figure, all at once.

    posts: post (int, each once), channel (str), day (int, days since any day), value (float, at least 0, NaN = not
    exported), and any of DIMENSIONS (str, None = not told). The order of rows does not matter. Posts without a
    figure are left out, not counted as 0. Raises ValueError naming the column and the row.
    """
    _check(posts)
    told = posts[posts["value"].notna()].sort_values("post", kind="stable").reset_index(drop=True)
    without = len(posts) - len(told)
    if reason := _too_little(posts, told):
        return Effects(reason, len(told), without, LEAST_POSTS)
    y = judging.log_scale(told["value"].to_numpy(dtype=float))
    given = [name for name in DIMENSIONS if name in told.columns]
    same = _same_as_parent(told, given)
    used = [name for name in given if name not in same]
    model = design(told, used)
    answer = robust.solve(model, y)
    typical = judging.typical(answer)
    if typical < LEAST_TYPICAL:
        return Effects("mostly_none", len(told), without, LEAST_POSTS, typical)
    levels = judging.judged(model, judging.contrasts(model, answer, y), judging.Scale(typical))
    best, worst = notable.extremes(told, model, answer, y)
    return Effects(
        reason="",
        posts=len(told),
        without_figure=without,
        least_posts=LEAST_POSTS,
        typical=typical,
        explained=_explained(y, answer),
        dimensions=tuple(_dimensions(told, given, levels, same)),
        outliers=notable.outliers(told, answer),
        best=best,
        worst=worst,
        best_share=notable.shared(told, used, best),
        worst_share=notable.shared(told, used, worst),
    )


def _check(posts: pd.DataFrame) -> None:
    for name in ("post", "channel", "day", "value"):
        if name not in posts.columns:
            raise ValueError(f"column {name!r} is missing")
    values = posts["value"].to_numpy(dtype=float)
    bad = (values < 0) | np.isinf(values)
    if bad.any():
        row = int(np.argmax(bad))
        raise ValueError(f"column 'value', row {posts.index[row]!r}: is no number of 0 or more ({values[row]!r})")
    if posts["post"].duplicated().any():
        raise ValueError(
            f"column 'post': {posts['post'][posts['post'].duplicated()].iloc[0]!r} stands there twice"
        )


def _too_little(posts: pd.DataFrame, told: pd.DataFrame) -> str:
    if posts.empty:
        return "no_posts"
    if told.empty:
        return "no_figures"
    return "too_few_posts" if len(told) < LEAST_POSTS else ""


def _same_as_parent(posts: pd.DataFrame, given: Iterable[str]) -> set[str]:
    """Dimensions that split the posts just as the one they lie in, such as accounts, one on each platform."""
    names = set(given)
    return {
        name
        for name, over in PARENTS.items()
        if {name, over} <= names
        and posts[over].notna().all()
        and posts[name].nunique(dropna=False) == posts[over].nunique() > 1
    }


def _dimensions(
    posts: pd.DataFrame, given: Iterable[str], levels: dict[str, tuple[Level, ...]], same: set[str]
) -> Iterable[Dimension]:
    for name in given:
        not_told = int(posts[name].isna().sum())
        yield judging.dimension(name, levels.get(name, ()), not_told, len(posts), same=name in same)


def _explained(y: Floats, answer: robust.Fit) -> float:
    """The share of the differences between posts that the model accounts for; far posts count as pulled in."""
    whole = float(np.var(answer.bounded))
    left = float(np.mean((answer.bounded - answer.fitted) ** 2))
    return max(1 - left / whole, 0.0) if whole > 0 else 0.0
