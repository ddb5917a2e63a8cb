"""The two doors: `fit` for posts, `fit_sums` for stored sums."""

import numpy as np
import pandas as pd

from analytics.best_times.adjust import DRIFT, Adjusted, Information, Table, adjust, information, tabulate
from analytics.best_times.evidence import LEAST_POSTS, Skill, grade, held_out_skill, posts_wanted
from analytics.best_times.posterior import Belief, believe, deviations
from analytics.best_times.result import BestTimes
from analytics.best_times.sums import CELLS, Floats, counted, summarise
from analytics.best_times.week import FEATURES, GRID, Grid

Z90 = 1.6448536269514722
INTERVAL_POSTS = 25  # posts over whose average the interval of a cell speaks
PRIOR_TRUST = 0.8  # expected weight of a prior, and its standard deviation
PRIOR_DOUBT = 0.4
SHORT_HISTORY = 4  # weeks
UNKNOWN_NOISE = 1.2  # variance of log(1 + value) within an account, where there are too few posts to measure it


def fit(posts: pd.DataFrame, *, prior: Floats | None = None) -> BestTimes:
    """Learn when an account's posts do better from its posts.

    posts: one row each; published_at (datetime64, local wall time, precise to the hour), value (float, 0 or
    more), format (str), is_paid (bool), optionally is_reply (bool). Young posts and posts whose hour is not
    known are the caller's to leave out. prior: (168,) log lift expected before seeing the account, cell =
    day * 24 + hour.
    Raises ValueError naming the column and the row.
    """
    return fit_sums(summarise(posts), prior=prior)


def fit_sums(sums: pd.DataFrame, *, prior: Floats | None = None) -> BestTimes:
    """The same from stored sums (see `summarise`); costs milliseconds whatever the number of posts."""
    before = _checked_prior(prior)
    table = tabulate(sums)
    if table.posts < LEAST_POSTS:
        return _declined(table, before)
    offset = PRIOR_TRUST * before if before is not None else np.zeros(CELLS)
    features = FEATURES if before is None else np.column_stack([FEATURES, before])
    adjusted = adjust(table, offset, features)
    grid = _with_prior_weight(GRID, before, adjusted.noise)
    everything = information(adjusted, np.ones(len(adjusted.by_fold), dtype=bool))
    belief = believe(everything, grid, adjusted.noise)
    skill = held_out_skill(adjusted, belief, grid)
    return _result(table, before, offset, adjusted, everything, belief, skill)


def _checked_prior(prior: Floats | None) -> Floats | None:
    if prior is None:
        return None
    array = np.asarray(prior, dtype=np.float64)
    if array.shape != (CELLS,):
        raise ValueError(f"prior: expected 168 log lifts (day * 24 + hour, Monday = 0), got shape {array.shape}")
    if not np.isfinite(array).all():
        raise ValueError(f"prior, row {int(np.argmin(np.isfinite(array)))}: is not a finite number")
    centred: Floats = array - array.mean()
    return centred if np.ptp(centred) > 0 else None


def _with_prior_weight(grid: Grid, before: Floats | None, noise: float) -> Grid:
    """One more feature: how much more or less of the prior holds here than was expected."""
    if before is None:
        return grid
    doubt = np.full((len(grid.variances), 1), PRIOR_DOUBT**2 / noise)
    return Grid(np.hstack([grid.variances, doubt]), grid.log_weights)


def _result(
    table: Table,
    before: Floats | None,
    offset: Floats,
    adjusted: Adjusted,
    everything: Information,
    belief: Belief,
    skill: Skill,
) -> BestTimes:
    counts = counted(table.cell, table.n, CELLS)
    share = counts / counts.sum()
    rows = adjusted.features - share @ adjusted.features
    mean = rows @ belief.mean + offset - share @ offset
    uncertain = deviations(rows, belief.covariance)
    size = len(FEATURES.T)
    late = np.arange(len(adjusted.by_fold)) * 2 >= len(adjusted.by_fold)
    known = FEATURES.T @ offset
    weight = PRIOR_TRUST + float(belief.mean[-1]) if before is not None else np.nan
    alone = deviations(rows, np.diag(belief.variances * adjusted.noise))
    return BestTimes(
        cells=_cells(counts, mean, uncertain, alone, adjusted.noise, adjusted.scatter),
        evidence=grade(skill, table.posts),
        notes=_notes(table, skill, before, weight),
        posts=table.posts,
        skill=skill,
        wanted=posts_wanted(belief.variances[:size]),
        prior_weight=weight,
        noise=adjusted.noise,
        information=_whole(everything, known),
        halves=(_whole(information(adjusted, ~late), known), _whole(information(adjusted, late), known)),
        variances=belief.variances[:size],
        _mean=mean,
        _spread=rows @ _root(belief.covariance),
    )


def _whole(told: Information, known: Floats) -> Information:
    """Information on the whole lift, the part taken as known (its coefficients) put back."""
    size = len(known)
    matrix = told.matrix[:size, :size]
    return Information(matrix, told.vector[:size] + matrix @ known, told.weight)


def _root(covariance: Floats) -> Floats:
    values, vectors = np.linalg.eigh(covariance)
    kept = values > 1e-9 * max(float(values[-1]), 1e-300)
    return np.asarray(vectors[:, kept] * np.sqrt(values[kept]))


def _cells(
    counts: Floats, mean: Floats, uncertain: Floats, alone: Floats, noise: float, scatter: float
) -> pd.DataFrame:
    lasting = Z90 * np.sqrt(uncertain)
    seen = Z90 * np.sqrt(uncertain + scatter * (DRIFT + 1 / INTERVAL_POSTS))
    told = np.maximum(1 / np.maximum(uncertain, 1e-12) - 1 / np.maximum(alone, 1e-12), 0) * noise
    return pd.DataFrame(
        {
            "day": np.arange(CELLS) // 24,
            "hour": np.arange(CELLS) % 24,
            "lift": np.expm1(mean),
            "low": np.expm1(mean - seen),
            "high": np.expm1(mean + seen),
            "posts": counts.astype(np.int64),
            "informing": np.where(alone > 1e-9, told, 0.0),
            "lasting_low": np.expm1(mean - lasting),
            "lasting_high": np.expm1(mean + lasting),
        }
    )


def _notes(table: Table, skill: Skill, before: Floats | None, weight: float) -> tuple[str, ...]:
    held = {
        "no_signal": not skill.certainty > 0,
        "short_history": table.weeks[-1] - table.weeks[0] + 1 < SHORT_HISTORY,
        "single_format": table.formats == 1,
        "paid_adjusted": bool(table.traits[:, -2].any()),
        "replies_adjusted": bool(table.traits[:, -1].any()),
        "prior_doubted": before is not None and weight < PRIOR_TRUST / 4,
    }
    return tuple(code for code, holds in held.items() if holds)


def _declined(table: Table, before: Floats | None) -> BestTimes:
    """Too few posts to speak: the prior as it stands, or a flat week, each with an honest width."""
    counts = counted(table.cell, table.n, CELLS)
    mean = np.zeros(CELLS) if before is None else PRIOR_TRUST * before
    variances = np.exp(GRID.log_weights) @ GRID.variances
    spread = FEATURES * np.sqrt(variances * UNKNOWN_NOISE)
    size = len(variances)
    nothing = Information(np.zeros((size, size)), np.zeros(size), 0.0)
    return BestTimes(
        cells=_cells(counts, mean, (spread**2).sum(1), (spread**2).sum(1), UNKNOWN_NOISE, UNKNOWN_NOISE),
        evidence="prior",
        notes=("too_few_posts", "prior_only") if before is not None else ("too_few_posts",),
        posts=table.posts,
        skill=Skill(np.nan, np.nan, np.nan),
        wanted=posts_wanted(variances),
        prior_weight=PRIOR_TRUST if before is not None else np.nan,
        noise=UNKNOWN_NOISE,
        information=nothing,
        halves=(nothing, nothing),
        variances=variances,
        _mean=mean,
        _spread=spread,
    )
