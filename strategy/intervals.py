"""Intervals of rates and means, and Student's t. Pure, without SciPy."""

from functools import lru_cache
from math import atan, cos, pi, sin, sqrt
from statistics import NormalDist

LEVEL = 0.90
Z = NormalDist().inv_cdf(0.5 + LEVEL / 2)


def wilson(successes: float, trials: float, z: float = Z) -> tuple[float, float]:
    """The score interval of a proportion (Wilson 1927, doi:10.1080/01621459.1927.10502953).

    >>> [round(x, 4) for x in wilson(10, 100)]
    [0.0607, 0.1604]
    """
    share, square = successes / trials, z * z
    centre = (share + square / (2 * trials)) / (1 + square / trials)
    half = z / (1 + square / trials) * sqrt(share * (1 - share) / trials + square / (4 * trials * trials))
    return max(centre - half, 0.0), min(centre + half, 1.0)


def ratio(n: int, tops: float, bottoms: float, squares: tuple[float, float, float]) -> tuple[float, float] | None:
    """The interval of sum(e) / sum(m) over n posts, by linearisation (Cochran, Sampling Techniques, 6.3).

    `squares` are sum(e²), sum(e·m), sum(m²). Posts, not impressions, are the independent draws: a proportion's
    interval over millions of impressions would claim a certainty that a dozen posts do not give. None below 2.
    """
    if n < 2 or bottoms <= 0:
        return None
    value = tops / bottoms
    scatter = squares[0] - 2 * value * squares[1] + value * value * squares[2]
    half = Z * sqrt(max(scatter, 0.0) * n / (n - 1)) / bottoms
    return max(value - half, 0.0), value + half


def mean(n: int, total: float, squares: float) -> tuple[float, float] | None:
    """The normal interval of a mean from n, the sum and the sum of squares. None below 2."""
    if n < 2:
        return None
    centre = total / n
    half = Z * sqrt(max(squares - n * centre * centre, 0.0) / (n - 1) / n)
    return max(centre - half, 0.0), centre + half


def t_cdf(t: float, df: int) -> float:
    """P(T <= t) of Student's t with a whole number of degrees of freedom (Abramowitz & Stegun 26.7.3 and 26.7.4).

    >>> round(t_cdf(1.812461, 10), 6)
    0.95
    """
    theta = atan(t / sqrt(df))
    even = df % 2 == 0
    term = series = 1.0 if even else cos(theta)
    for k in range(2 if even else 3, df, 2):
        term *= (k - 1) / k * cos(theta) ** 2
        series += term
    inside = sin(theta) * series if even else 2 / pi * (theta + (sin(theta) * series if df > 1 else 0.0))
    return (1 + inside) / 2


@lru_cache(maxsize=1_024)
def t_quantile(share: float, df: int) -> float:
    """The t below which a share of the probability lies, by bisection.

    >>> round(t_quantile(0.95, 10), 4)
    1.8125
    """
    low, high = -1e4, 1e4
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if t_cdf(middle, df) < share else (low, middle)
    return (low + high) / 2
