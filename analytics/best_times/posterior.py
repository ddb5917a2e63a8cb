"""From information to a belief about the shapes of the week, amplitudes averaged rather than chosen."""

from typing import NamedTuple

import numpy as np

from analytics.best_times.adjust import Information
from analytics.best_times.sums import Floats
from analytics.best_times.week import Grid

NEGLIGIBLE = 1e-4  # share of the weight below which a grid point is left out


class Belief(NamedTuple):
    """Mean (features,) and covariance (features, features) of the coefficients, log scale.

    weights: posterior weight of each grid point; variances: their average, (features,), in units of the noise.
    """

    mean: Floats
    covariance: Floats
    weights: Floats
    variances: Floats


def believe(information: Information, grid: Grid, noise: float) -> Belief:
    """Posterior of the coefficients under the grid of amplitudes, each weighted by its marginal likelihood.

    For one vector of prior variances d, with D = diag(d)^(1/2) and Q = I + D M D, the covariance is D Q^-1 D,
    the mean that times the gradient, the log evidence -log|Q|/2 + |Q^(-1/2) D v|^2 / 2. Zeros do no harm.
    """
    scale = np.sqrt(grid.variances * noise)
    inner = scale[:, :, None] * information.matrix * scale[:, None, :]
    root = np.linalg.cholesky(inner + np.eye(scale.shape[1]))
    pulled = np.linalg.solve(root, (scale * information.vector)[:, :, None])[:, :, 0]
    determinant = np.log(np.diagonal(root, axis1=1, axis2=2)).sum(1)
    weights = _normalised(grid.log_weights - determinant + (pulled**2).sum(1) / 2)
    kept = np.flatnonzero(weights > 0)
    inverse = np.linalg.solve(root[kept], scale[kept][:, :, None] * np.eye(scale.shape[1]))
    means = np.einsum("kij,ki->kj", inverse, pulled[kept])
    mean = weights[kept] @ means
    stacked = (inverse * np.sqrt(weights[kept])[:, None, None]).reshape(-1, scale.shape[1])
    apart = (means - mean) * np.sqrt(weights[kept])[:, None]
    return Belief(mean, stacked.T @ stacked + apart.T @ apart, weights, weights @ grid.variances)


def narrowed(grid: Grid, weights: Floats, most: int) -> Grid:
    """The flat point and the points of most weight, for the many small fits of cross-validation."""
    best = np.argsort(-weights[1:], kind="stable")[: most - 1] + 1
    chosen = np.r_[0, np.sort(best)]
    return Grid(grid.variances[chosen], grid.log_weights[chosen])


def _normalised(log_weights: Floats) -> Floats:
    weights = np.exp(log_weights - log_weights.max())
    weights[weights < NEGLIGIBLE * weights.sum()] = 0.0
    return np.asarray(weights / weights.sum())


def deviations(rows: Floats, covariance: Floats) -> Floats:
    """Variance of each linear combination given by the rows, (n, features) -> (n,)."""
    return np.asarray(np.maximum(np.einsum("ij,jk,ik->i", rows, covariance, rows, optimize=True), 0.0))
