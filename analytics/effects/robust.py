"""The fit itself: ridge with a variance per dimension that the posts tell, by turns with bounded residuals."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from analytics.effects.design import Design, Floats

BOUND = 1.345  # Huber's: 95 % efficient where nothing is heavy-tailed
TO_DEVIATION = 1.4826  # of the median absolute residual, to a standard deviation
ROUNDS = 40
ENOUGH = 1e-4  # of the residual deviation: what another round may still move
# What is believed of a dimension's variance before any post: as if these many levels had shown this deviation.
PRIOR_LEVELS = 1.0
PRIOR_DEVIATION = 0.2
LEAST_SCALE = 1e-6


@dataclass(frozen=True)
class Fit:
    """beta and its covariance, the variance of each coefficient beforehand, residuals and their robust scale."""

    beta: Floats
    covariance: Floats
    prior: Floats
    fitted: Floats
    residual: Floats
    scale: float
    bounded: Floats  # the figures with far residuals pulled in
    freedom: float  # posts less the coefficients that they pay for


def solve(design: Design, y: Floats) -> Fit:
    """Fit y = mean + one effect per term + noise; y (posts,) on the log scale.

    Residuals beyond BOUND deviations count as far as that only; y is replaced by the fit plus its bounded
    residual, scaled so that the estimate is Huber's. X'X thus stays as it is, and a round costs one pass over the
    posts. Variances follow by expectation and maximisation.
    """
    variances = np.full(len(design.terms), 0.25)
    beta = np.zeros(design.width)
    beta[0] = np.median(y)
    scale, noise, freedom = 0.0, 0.0, float(design.posts)
    fitted, bounded = design.fitted(beta), y
    inverse: Floats = np.zeros_like(design.products)
    for turn in range(ROUNDS):
        residual = y - fitted
        spread = TO_DEVIATION * float(np.median(np.abs(residual)))
        scale = max(spread * sqrt(design.posts / freedom), LEAST_SCALE)
        bounded = _bounded(fitted, residual, scale)
        noise = max(float(np.mean((bounded - fitted) ** 2)), LEAST_SCALE**2) if turn == 0 else noise
        inverse = np.linalg.inv(_penalised(design, noise / variances)).astype(np.float64)
        before, beta = beta, inverse @ design.times(bounded)
        fitted = design.fitted(beta)
        freedom = max(design.posts - float(np.sum(inverse * design.products)), design.posts / 10)
        noise = max(float(np.sum((bounded - fitted) ** 2)) / freedom, LEAST_SCALE**2)
        variances = _variances(design, beta, inverse * noise)
        if turn > 2 and np.max(np.abs(beta - before)) < ENOUGH * scale:
            break
    return Fit(beta, inverse * noise, _prior(design, variances), fitted, y - fitted, scale, bounded, freedom)


def _bounded(fitted: Floats, residual: Floats, scale: float) -> Floats:
    """Figures whose residuals are bounded."""
    limit = BOUND * scale
    share = max(float(np.mean(np.abs(residual) <= limit)), 0.1)
    found: Floats = fitted + np.clip(residual, -limit, limit) / share
    return found


def _penalised(design: Design, ratios: Floats) -> Floats:
    found = design.products.copy()
    for term, at, ratio in zip(design.terms, design.starts, ratios, strict=True):
        found[at : at + term.size, at : at + term.size] += ratio * term.penalty
    return found


def _variances(design: Design, beta: Floats, covariance: Floats) -> Floats:
    found = []
    for term, at in zip(design.terms, design.starts, strict=True):
        here = slice(at, at + term.size)
        seen = float(beta[here] @ term.penalty @ beta[here]) + float(np.sum(term.penalty * covariance[here, here]))
        expected = PRIOR_LEVELS * PRIOR_DEVIATION**2
        found.append((seen + expected) / (term.rank + PRIOR_LEVELS))
    return np.array(found)


def _prior(design: Design, variances: Floats) -> Floats:
    found = np.zeros(design.width)
    for term, at, variance in zip(design.terms, design.starts, variances, strict=True):
        found[at : at + term.size] = variance
    return found
