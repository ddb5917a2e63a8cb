"""Shapes of a week: Gaussian processes on the circle of hours and the circle of days.

The lift of a cell is a(hour) + b(day) + c(day, hour), with the periodic kernel
k(t) = exp(-2 sin^2(pi t / period) / length^2) for each circle and their product for c (Rasmussen & Williams,
Gaussian Processes for Machine Learning, 2006, section 4.2.3). Such a kernel is diagonal in sines and
cosines, so that each component is a variance per harmonic: a change of amplitude changes only a vector, and
neither the posts nor the 168 cells are met again. The constant is left to the intercept.
"""

from itertools import product
from typing import NamedTuple

import numpy as np

from analytics.best_times.sums import Floats, Ints

HOURS, DAYS = 24, 7
LENGTH = 1.0  # in both circles; 0.5, 0.7 and 1.5 were less likely on public pages
HARMONICS = 5  # of the day; the sixth and later carry 0.004 % of the variance at this length

# Standard deviations of a, b and c in units of the scatter of single posts, and the weight that each has
# beforehand. Wide enough to be outvoted by some hundred posts; centred where public pages lie.
HOUR_AMPLITUDES = {0.0: 0.12, 0.05: 0.13, 0.1: 0.2, 0.17: 0.24, 0.26: 0.18, 0.4: 0.09, 0.7: 0.04}
DAY_AMPLITUDES = {0.0: 0.12, 0.05: 0.43, 0.11: 0.3, 0.25: 0.15}
CROSS_AMPLITUDES = {0.0: 0.45, 0.05: 0.4, 0.15: 0.15}
FLAT_WEIGHT = 0.15  # that posting time tells nothing at all


class Grid(NamedTuple):
    """Variances per feature, (points, features), in units of the noise variance, and their log weights."""

    variances: Floats
    log_weights: Floats


def circle_basis(period: int, harmonics: int) -> tuple[Floats, Ints]:
    """Orthonormal constant, cosines and sines on `period` points (columns), and the harmonic of each."""
    t = np.arange(period)
    columns, orders = [np.full(period, period**-0.5)], [0]
    for k in range(1, harmonics + 1):
        angle = 2 * np.pi * k * t / period
        columns += [np.cos(angle) * (2 / period) ** 0.5, np.sin(angle) * (2 / period) ** 0.5]
        orders += [k, k]
    return np.array(columns).T, np.array(orders, dtype=np.int64)


def spectrum(period: int, orders: Ints) -> Floats:
    """Variance of each basis function under the periodic kernel without its constant, unit variance per point."""
    kernel = np.exp(-2 * np.sin(np.pi * np.arange(period) / period) ** 2 / LENGTH**2)
    variance = np.real(np.fft.fft(kernel))[orders]
    variance[orders == 0] = 0.0
    return np.asarray(variance * period / variance.sum(), dtype=np.float64)


def _build() -> tuple[Floats, Floats, Floats, Floats]:
    hours, hour_orders = circle_basis(HOURS, HARMONICS)
    days, day_orders = circle_basis(DAYS, DAYS // 2)
    of_hour, of_day = spectrum(HOURS, hour_orders), spectrum(DAYS, day_orders)
    features = np.kron(days, hours)
    hour = np.kron((day_orders == 0) * DAYS, of_hour)
    day = np.kron(of_day, (hour_orders == 0) * HOURS)
    used = np.arange(features.shape[1]) > 0
    cross = np.kron(of_day, of_hour)
    return (
        np.asarray(features[:, used], dtype=np.float64),
        np.asarray(hour[used], dtype=np.float64),
        np.asarray(day[used], dtype=np.float64),
        np.asarray(cross[used], dtype=np.float64),
    )


FEATURES, HOUR, DAY, CROSS = _build()
"""(168, 76) orthonormal shapes; (76,) variance of each under the three components at amplitude 1."""


def amplitude_grid() -> Grid:
    """Every combination of amplitudes with its prior weight; the first point is the flat week."""
    points, weights = [], []
    for (a, p), (b, q), (c, r) in product(
        HOUR_AMPLITUDES.items(), DAY_AMPLITUDES.items(), CROSS_AMPLITUDES.items()
    ):
        points.append(a * a * HOUR + b * b * DAY + c * c * CROSS)
        weights.append(p * q * r)
    prior = np.array(weights) * (1 - FLAT_WEIGHT)
    prior[0] += FLAT_WEIGHT
    return Grid(np.array(points), np.log(prior / prior.sum()))


GRID = amplitude_grid()
