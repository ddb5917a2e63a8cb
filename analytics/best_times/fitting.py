"""The two doors: `fit` for posts, `fit_sums` for stored sums."""

from typing import NamedTuple

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
HOURS_TRUST = (
    0.5  # the same of the hours at which the audience is said to be online: believed less, sooner given up
)
HOURS_DOUBT = 0.5
SHORT_HISTORY = 4  # weeks
UNKNOWN_NOISE = 1.2  # variance of log(1 + value) within an account, where there are too few posts to measure it


class Expected(NamedTuple):
    """What is expected beforehand, a column for each source, (168, k), with its weight and that weight's doubt."""

    columns: Floats
    trusts: Floats
    doubts: Floats
    names: tuple[str, ...]

    @property
    def lift(self) -> Floats:
        return np.asarray(self.columns @ self.trusts)

    def weight(self, name: str, learnt: Floats) -> float:
        """The weight of a source, `learnt` being what the posts add to each; NaN for one that is not there."""
        place = self.names.index(name) if name in self.names else None
        return np.nan if place is None else float((self.trusts + learnt)[place])


def fit(posts: pd.DataFrame, *, prior: Floats | None = None) -> BestTimes:
    """Learn when an account's posts do better from its posts.

    posts: one row each; published_at (datetime64, local wall time, precise to the hour), value (float, 0 or
    more), format (str), is_paid (bool), optionally is_reply (bool). Young posts and posts whose hour is not
    known are the caller's to leave out. prior: (168,) log lift expected before seeing the account, cell =
    day * 24 + hour.
    Raises ValueError naming the column and the row.
    """
    return fit_sums(summarise(posts), prior=prior)


def fit_sums(sums: pd.DataFrame, *, prior: Floats | None = None, hours: Floats | None = None) -> BestTimes:
    """The same from stored sums (see `summarise`); costs milliseconds whatever the number of posts.

    hours: (168,) log lift that the audience's hours online lead to expect (`lift_of_hours`), beside the prior.
    """
    before = _expected(prior=prior, hours=hours)
    table = tabulate(sums)
    if table.posts < LEAST_POSTS:
        return _declined(table, before)
    offset = before.lift
    adjusted = adjust(table, offset, np.column_stack([FEATURES, before.columns]))
    grid = _with_weights(GRID, before, adjusted.noise)
    everything = information(adjusted, np.ones(len(adjusted.by_fold), dtype=bool))
    belief = believe(everything, grid, adjusted.noise)
    skill = held_out_skill(adjusted, belief, grid)
    return _result(table, before, offset, adjusted, everything, belief, skill)


def _expected(*, prior: Floats | None, hours: Floats | None) -> Expected:
    told = [
        ("prior", _checked("prior", prior), PRIOR_TRUST, PRIOR_DOUBT),
        ("hours", _checked("hours", hours), HOURS_TRUST, HOURS_DOUBT),
    ]
    known = [each for each in told if each[1] is not None]
    return Expected(
        np.array([column for _, column, _, _ in known]).reshape(len(known), CELLS).T,
        np.array([trust for _, _, trust, _ in known]),
        np.array([doubt for _, _, _, doubt in known]),
        tuple(name for name, _, _, _ in known),
    )


def _checked(name: str, lifts: Floats | None) -> Floats | None:
    if lifts is None:
        return None
    array = np.asarray(lifts, dtype=np.float64)
    if array.shape != (CELLS,):
        raise ValueError(f"{name}: expected 168 log lifts (day * 24 + hour, Monday = 0), got shape {array.shape}")
    if not np.isfinite(array).all():
        raise ValueError(f"{name}, row {int(np.argmin(np.isfinite(array)))}: is not a finite number")
    centred: Floats = array - array.mean()
    return centred if np.ptp(centred) > 0 else None


def _with_weights(grid: Grid, before: Expected, noise: float) -> Grid:
    """One more feature a source: how much more or less of it holds here than was expected."""
    doubts = np.tile(before.doubts**2 / noise, (len(grid.variances), 1))
    return Grid(np.hstack([grid.variances, doubts]), grid.log_weights)


def _result(
    table: Table,
    before: Expected,
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
    learnt = belief.mean[size:]
    alone = deviations(rows, np.diag(belief.variances * adjusted.noise))
    return BestTimes(
        cells=_cells(counts, mean, uncertain, alone, adjusted.noise, adjusted.scatter),
        evidence=grade(skill, table.posts),
        notes=_notes(table, skill, before.weight("prior", learnt)),
        posts=table.posts,
        skill=skill,
        wanted=posts_wanted(belief.variances[:size]),
        prior_weight=before.weight("prior", learnt),
        hours_weight=before.weight("hours", learnt),
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


def _notes(table: Table, skill: Skill, weight: float) -> tuple[str, ...]:
    held = {
        "no_signal": not skill.certainty > 0,
        "short_history": table.weeks[-1] - table.weeks[0] + 1 < SHORT_HISTORY,
        "single_format": table.formats == 1,
        "paid_adjusted": bool(table.traits[:, -2].any()),
        "replies_adjusted": bool(table.traits[:, -1].any()),
        "prior_doubted": weight < PRIOR_TRUST / 4,
    }
    return tuple(code for code, holds in held.items() if holds)


def _declined(table: Table, before: Expected) -> BestTimes:
    """Too few posts to speak: what was expected as it stands, or a flat week, each with an honest width."""
    counts = counted(table.cell, table.n, CELLS)
    mean = before.lift
    variances = np.exp(GRID.log_weights) @ GRID.variances
    spread = FEATURES * np.sqrt(variances * UNKNOWN_NOISE)
    size = len(variances)
    nothing = Information(np.zeros((size, size)), np.zeros(size), 0.0)
    return BestTimes(
        cells=_cells(counts, mean, (spread**2).sum(1), (spread**2).sum(1), UNKNOWN_NOISE, UNKNOWN_NOISE),
        evidence="prior",
        notes=("too_few_posts", "prior_only") if before.names else ("too_few_posts",),
        posts=table.posts,
        skill=Skill(np.nan, np.nan, np.nan),
        wanted=posts_wanted(variances),
        prior_weight=before.weight("prior", np.zeros(len(before.names))),
        hours_weight=before.weight("hours", np.zeros(len(before.names))),
        noise=UNKNOWN_NOISE,
        information=nothing,
        halves=(nothing, nothing),
        variances=variances,
        _mean=mean,
        _spread=spread,
    )
