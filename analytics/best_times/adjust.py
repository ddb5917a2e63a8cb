"""What hours of the week explain once format, paid, reply and the slow trend are accounted for, from sums alone.

log(1 + value) = level + format + paid + reply + week + lift(cell) + noise, all estimated jointly and robustly:
Huber weights on the rows of sums, a ridge on the formats, a slow process on the weeks. The result is what the
posts tell of the 76 shapes of a week (a matrix and a vector), everything else integrated out.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.best_times.sums import CELLS, Floats, Ints, check_sums, counted
from analytics.best_times.week import CROSS, DAY, FEATURES, HOUR

HUBER = 2.0  # standard deviations at which a row begins to lose weight
HUBER_BIAS = 0.96  # E[w z^2] / E[w] of a standard normal at that threshold
SCATTER_LIMIT = 3.0  # times the noise variance within a row, above which the row is thought to hold an outlier
WILDEST = 5.0  # standard deviations beyond which a post does not widen the intervals further
PASSES = 5
WEEKS_MEMORY = 8.0  # weeks over which the slow trend forgets
MOST_WEEKS = 320  # longer histories are cut into blocks of several weeks each
DRIFT = 0.02  # variance, in units of the noise, by which a cell changes from one DRIFT_WEEKS to the next
DRIFT_WEEKS = 8
WIDE = 4.0  # prior variance of the paid and reply effects, in units of the noise
FOLDS = 5
SMALLEST_NOISE = 1e-4


class Information(NamedTuple):
    """What posts say on the shapes of a week: minus the curvature and the gradient of the log likelihood at 0.

    matrix (features, features) and vector (features,); weight is the number of posts, those thought to be
    outliers or repetitions counted in part.
    """

    matrix: Floats
    vector: Floats
    weight: float


@dataclass(frozen=True)
class Table:
    """Rows of sums as codes: kind (format, paid, reply), week and cell; count, mean, sum of squares round it."""

    kind: Ints
    week: Ints
    cell: Ints
    n: Floats
    mean: Floats
    scatter: Floats
    traits: Floats  # (kinds, 1 + formats + 2): level, format, paid, reply
    weeks: Ints  # the number of each distinct week (or block of weeks), ascending

    @property
    def posts(self) -> int:
        return round(float(self.n.sum()))

    @property
    def formats(self) -> int:
        return int(self.traits.shape[1]) - 3


@dataclass(frozen=True)
class Adjusted:
    """The pieces from which the information of any set of folds is made, and the noise variance of one post."""

    noise: float  # variance that counts as evidence: outliers held back
    scatter: float  # variance of single posts as they come, outliers included
    features: Floats  # (168, f)
    precision: Floats  # (1 + traits, ...) prior precision of level and traits, times the noise
    week_covariance: Floats  # (weeks, weeks), in units of the noise
    fold_of_week: Ints
    by_week: Floats  # (weeks, traits + f + 2): weight times traits, features, 1, value
    by_fold: Floats  # (folds, traits + f, traits + f + 1): the same crossed with traits, features, value


def tabulate(sums: pd.DataFrame) -> Table:
    """Check the sums and code them for counting."""
    columns = check_sums(sums)
    formats, names = pd.factorize(columns["format"], sort=True)
    paid, reply = columns["paid"].astype(np.int64), columns["is_reply"].astype(np.int64)
    kinds, kind = _distinct(formats.astype(np.int64) * 4 + paid * 2 + reply)
    numbers = columns["week"]
    step = -(-int(np.ptp(numbers) + 1 if len(numbers) else 1) // MOST_WEEKS)
    weeks, week = _distinct(numbers // step)
    mean = columns["total"] / columns["n"]
    return Table(
        kind=kind,
        week=week,
        cell=columns["cell"],
        n=columns["n"],
        mean=mean,
        scatter=np.maximum(columns["squares"] - columns["total"] * mean, 0.0),
        traits=_traits(kinds, len(names)),
        weeks=weeks * step,
    )


def _distinct(codes: Ints) -> tuple[Ints, Ints]:
    """Sorted distinct codes and the place of each row among them, without sorting the rows."""
    if not len(codes):
        return codes, codes
    low = int(codes.min())
    present = np.bincount(codes - low) > 0
    place = np.cumsum(present) - 1
    return np.flatnonzero(present) + low, place[codes - low]


def _traits(kinds: Ints, formats: int) -> Floats:
    traits = np.zeros((len(kinds), 1 + formats + 2))
    traits[:, 0] = 1.0
    traits[np.arange(len(kinds)), 1 + kinds // 4] = 1.0
    traits[:, -2] = kinds // 2 % 2
    traits[:, -1] = kinds % 2
    return traits


class _Variances(NamedTuple):
    """noise and scatter absolute; formats and weeks in units of the noise."""

    noise: float
    scatter: float
    formats: float
    weeks: float


def adjust(table: Table, offset: Floats, features: Floats = FEATURES) -> Adjusted:
    """Estimate nuisances, weights and variances by turns; offset is a log lift taken as known, (168,)."""
    value = table.mean - offset[table.cell]
    start = float(np.median(value))
    spread = float(np.average(np.abs(value - start), weights=table.n)) * 1.25
    variances = _Variances(max(spread**2, SMALLEST_NOISE), 1.0, 1.0, 0.1)
    weight = _huber(table, value - start, variances.noise)
    shape: Floats = 0.2**2 * HOUR + 0.08**2 * DAY + 0.05**2 * CROSS
    smooth = np.asarray(np.linalg.inv(_week_covariance(table.weeks, 1.0)), dtype=np.float64)
    for _ in range(PASSES):
        pieces = _pieces(table, value, weight * table.n, FEATURES, np.zeros(len(table.weeks), dtype=np.int64))
        variances, residual = _pass(table, value, weight, variances, shape, smooth, pieces)
        weight = _huber(table, residual, variances.noise)
    held = weight * table.n * _drift_weights(table, weight * table.n)
    folds = _folds(table, held)
    pieces = _pieces(table, value, held, features, folds)
    return Adjusted(
        variances.noise,
        variances.scatter,
        features,
        np.diag(_trait_precision(table, variances)),
        _week_covariance(table.weeks, variances.weeks),
        folds,
        *pieces,
    )


def _pass(
    table: Table,
    value: Floats,
    weight: Floats,
    variances: _Variances,
    shape: Floats,
    smooth: Floats,
    pieces: tuple[Floats, Floats],
) -> tuple[_Variances, Floats]:
    """One joint ridge regression; returns re-estimated variances and the residual of each row.

    shape: reference variance of each feature, smooth: precision of the weeks, both at variance 1 of the noise.
    """
    traits, weeks = table.traits.shape[1], len(table.weeks)
    penalty = np.zeros((traits + weeks + len(shape),) * 2)
    inner = slice(traits, traits + weeks)
    penalty[inner, inner] = smooth / variances.weeks
    ends = np.r_[0:traits, traits + weeks : len(penalty)]
    penalty[ends, ends] = np.r_[_trait_precision(table, variances), 1 / shape]
    data, moment = _normal(pieces, traits)
    covariance = np.linalg.inv(data + penalty)
    effect = covariance @ moment
    lift = FEATURES @ effect[traits + weeks :]
    fitted = (table.traits @ effect[:traits])[table.kind] + effect[inner][table.week] + lift[table.cell]
    residual = value - fitted
    used = float(np.einsum("ij,ji->", covariance, data))
    count = float((weight * table.n).sum())
    rest = float((weight * (table.n * residual**2 + table.scatter)).sum())
    noise = max(rest / max(count - used, 0.1 * count, 1.0) / HUBER_BIAS, SMALLEST_NOISE)
    places = slice(1, 1 + table.formats)
    formats = float((effect[places] ** 2).sum() / noise + np.trace(covariance[places, places]) + 1)
    slow = effect[inner] @ smooth @ effect[inner] / noise + np.einsum("ij,ji->", smooth, covariance[inner, inner])
    scatter = _scatter(table, residual, noise) / max(1 - used / count, 0.1)
    ratios = max(formats / (table.formats + 1), 1e-3), max(float(slow) / weeks, 1e-3)
    return _Variances(noise, scatter, *ratios), residual


def _scatter(table: Table, residual: Floats, noise: float) -> float:
    """Variance of a post round its expectation, each row held to WILDEST standard deviations."""
    most = WILDEST**2 * noise
    between = np.minimum(table.n * residual**2, most)
    within = np.minimum(table.scatter, most * (table.n - 1))
    return float((between + within).sum() / table.n.sum())


def _huber(table: Table, residual: Floats, noise: float) -> Floats:
    """Weight of each row: less for a mean far off, and for a scatter that one wild post must have caused."""
    distance = np.abs(residual) / np.sqrt(noise * (1 / table.n + 2 * DRIFT))
    wild = SCATTER_LIMIT * noise * np.maximum(table.n - 1, 1) / np.maximum(table.scatter, 1e-12)
    return np.asarray(np.minimum(1.0, HUBER / np.maximum(distance, 1e-12)) * np.minimum(1.0, wild))


def _drift_weights(table: Table, held: Floats) -> Floats:
    """A cell drifts from one period to the next, so that many posts in one period tell less than their number."""
    period = (table.weeks - table.weeks[0]) // DRIFT_WEEKS
    key = period[table.week] * CELLS + table.cell
    return np.asarray(1 / (1 + DRIFT * np.bincount(key, held)[key]))


def _trait_precision(table: Table, variances: _Variances) -> Floats:
    return np.asarray(np.r_[1e-6, np.full(table.formats, 1 / variances.formats), 1 / WIDE, 1 / WIDE])


def _week_covariance(weeks: Ints, variance: float) -> Floats:
    """Half slow trend, half a level of each week's own."""
    apart = np.abs(np.subtract.outer(weeks, weeks)) / WEEKS_MEMORY
    return np.asarray(variance * (0.5 * np.exp(-apart) + 0.5 * np.eye(len(weeks))))


def _folds(table: Table, held: Floats) -> Ints:
    """Cut the weeks into runs of about equal weight: neighbours share their luck, so runs are held out whole."""
    load = np.cumsum(np.bincount(table.week, held, minlength=len(table.weeks)))
    share = (load - load[0] / 2) / load[-1]
    return np.asarray(np.minimum((share * FOLDS).astype(np.int64), FOLDS - 1))


def _pieces(table: Table, value: Floats, held: Floats, features: Floats, folds: Ints) -> tuple[Floats, Floats]:
    """Weighted cross products by week and by fold; the only three counts that touch the rows of sums."""
    weeks, kinds, parts = len(table.weeks), len(table.traits), int(folds.max(initial=0)) + 1
    shape = (parts, kinds, CELLS)
    by_cell = (folds[table.week] * kinds + table.kind) * CELLS + table.cell
    counts = counted(by_cell, held, parts * kinds * CELLS).reshape(shape)
    values = counted(by_cell, held * value, parts * kinds * CELLS).reshape(shape)
    of_kind = np.bincount(table.week * kinds + table.kind, held, minlength=weeks * kinds).reshape(weeks, kinds)
    of_cell = np.bincount(table.week * CELLS + table.cell, held, minlength=weeks * CELLS).reshape(weeks, CELLS)
    total = np.bincount(table.week, held * value, minlength=weeks)
    by_week = np.column_stack([of_kind @ table.traits, of_cell @ features, of_kind.sum(1), total])
    by_fold = np.array([_crossed(table.traits, features, c, v) for c, v in zip(counts, values, strict=True)])
    return by_week, by_fold


def _crossed(traits: Floats, features: Floats, counts: Floats, values: Floats) -> Floats:
    """Cross products of traits and features with themselves and with the value; counts, values (kinds, 168)."""
    own = traits.T @ (counts.sum(1)[:, None] * traits)
    mixed = traits.T @ counts @ features
    shapes = features.T @ (counts.sum(0)[:, None] * features)
    moment = np.r_[traits.T @ values.sum(1), features.T @ values.sum(0)]
    return np.column_stack([np.block([[own, mixed], [mixed.T, shapes]]), moment])


def _normal(pieces: tuple[Floats, Floats], traits: int) -> tuple[Floats, Floats]:
    """The normal equations of traits, weeks and features in this order: matrix and right-hand side."""
    by_week, by_fold = pieces
    crossed = by_fold.sum(0)
    square, moment = crossed[:, :-1], crossed[:, -1]
    weekly, load, total = by_week[:, :-2], by_week[:, -2], by_week[:, -1]
    front, back = weekly[:, :traits], weekly[:, traits:]
    matrix = np.block(
        [
            [square[:traits, :traits], front.T, square[:traits, traits:]],
            [front, np.diag(load), back],
            [square[traits:, :traits], back.T, square[traits:, traits:]],
        ]
    )
    return matrix, np.r_[moment[:traits], total, moment[traits:]]


def information(adjusted: Adjusted, folds: npt.NDArray[np.bool_]) -> Information:
    """The information of the posts of the marked folds, their level, traits and weeks integrated out."""
    weeks = folds[adjusted.fold_of_week]
    pieces = adjusted.by_week[weeks], adjusted.by_fold[folds]
    traits = len(adjusted.precision)
    matrix, moment = _normal(pieces, traits)
    nuisance = traits + int(weeks.sum())
    own = matrix[:nuisance, :nuisance].copy()
    own[:traits, :traits] += adjusted.precision
    own[traits:, traits:] += np.linalg.inv(adjusted.week_covariance[np.ix_(weeks, weeks)])
    mixed = matrix[:nuisance, nuisance:]
    solved = np.linalg.solve(own, np.column_stack([mixed, moment[:nuisance]]))
    left = matrix[nuisance:, nuisance:] - mixed.T @ solved[:, :-1]
    return Information(
        (left + left.T) / 2 / adjusted.noise,
        (moment[nuisance:] - mixed.T @ solved[:, -1]) / adjusted.noise,
        float(adjusted.by_week[weeks, -2].sum()),
    )
