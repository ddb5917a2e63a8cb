"""The fast path against a slow, obvious one: a Gaussian process over single posts, by the plain formula."""

import numpy as np
import pandas as pd
import pytest

from analytics.best_times import adjust, fit, summarise
from analytics.best_times.sums import CELLS
from analytics.best_times.week import CROSS_AMPLITUDES, DAY_AMPLITUDES, FLAT_WEIGHT, HOUR_AMPLITUDES
from tests.analytics.histories import DAY, HOUR, MONDAY, evening


def periodic(left: np.ndarray, right: np.ndarray, period: int) -> np.ndarray:
    """exp(-2 sin^2(pi t / period)) without its constant, variance 1."""

    def raw(apart):
        return np.exp(-2 * np.sin(np.pi * apart / period) ** 2)

    constant = raw(np.arange(period)).mean()
    return (raw(np.subtract.outer(left, right)) - constant) / (1 - constant)


def mild_posts(n: int) -> pd.DataFrame:
    """Noise without outliers, so that every post has its full weight."""
    rng = np.random.default_rng(20)
    times = np.sort(rng.integers(0, 6 * 168, n))
    noise = rng.uniform(-1, 1, n)
    return pd.DataFrame(
        {
            "published_at": MONDAY + pd.to_timedelta(times, unit="h"),
            "value": np.expm1(5 + evening(0.4)[times % 168] + noise),
            "format": rng.choice(["photo", "video"], n),
            "is_paid": rng.random(n) < 0.2,
        }
    )


def dense(posts: pd.DataFrame, adjusted: adjust.Adjusted) -> tuple[np.ndarray, np.ndarray]:
    """Posterior mean and variance of the 168 centred log lifts, from an n by n covariance."""
    y = np.log1p(posts["value"].to_numpy())
    cell = (posts["published_at"].dt.day_of_week * 24 + posts["published_at"].dt.hour).to_numpy()
    week = ((posts["published_at"] - MONDAY).dt.days // 7).to_numpy()
    formats = posts["format"].to_numpy()
    s2, precision = adjusted.noise, np.diag(adjusted.precision)
    same_format = np.equal.outer(formats, formats)
    both_paid = np.logical_and.outer(posts["is_paid"].to_numpy(), posts["is_paid"].to_numpy())
    nuisance = 1 / precision[0] + same_format / precision[1] + both_paid / precision[-2]
    nuisance = s2 * (nuisance + adjusted.week_covariance[np.ix_(week, week)])
    together = np.equal.outer(cell, cell) & np.equal.outer(week // 8, week // 8)
    noise = s2 * np.diag(1 + adjust.DRIFT * together.sum(1))

    hours, days = periodic(HOUR, HOUR, 24), periodic(DAY, DAY, 7)
    centre = np.eye(CELLS) - np.bincount(cell, minlength=CELLS) / len(y)
    evidence, means, seconds = [], [], []
    for a, p in HOUR_AMPLITUDES.items():
        for b, q in DAY_AMPLITUDES.items():
            for c, r in CROSS_AMPLITUDES.items():
                prior = p * q * r * (1 - FLAT_WEIGHT) + FLAT_WEIGHT * (a == b == c == 0)
                lift = s2 * (a * a * hours + b * b * days + c * c * hours * days)
                total = nuisance + lift[np.ix_(cell, cell)] + noise
                solved = np.linalg.solve(total, np.column_stack([y, lift[cell] @ centre.T]))
                evidence.append(np.log(prior) - np.linalg.slogdet(total)[1] / 2 - y @ solved[:, 0] / 2)
                mean = centre @ lift[:, cell] @ solved[:, 0]
                variance = np.diag(centre @ lift @ centre.T - centre @ lift[:, cell] @ solved[:, 1:])
                means.append(mean)
                seconds.append(variance + mean**2)
    weights = np.exp(np.array(evidence) - max(evidence))
    weights /= weights.sum()
    mean = weights @ np.array(means)
    return mean, weights @ np.array(seconds) - mean**2


@pytest.mark.parametrize("n", [90, 150])
def test_the_fast_fit_equals_the_dense_one(n):
    posts = mild_posts(n)
    adjusted = adjust.adjust(adjust.tabulate(summarise(posts)), np.zeros(CELLS))
    mean, variance = dense(posts, adjusted)
    cells = np.log1p(fit(posts).cells)
    np.testing.assert_allclose(cells["lift"], mean, atol=3e-4)
    half = (cells["lasting_high"] - cells["lasting_low"]) / 2
    np.testing.assert_allclose(half, 1.6448536 * np.sqrt(variance), rtol=0.01)
