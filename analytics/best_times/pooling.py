"""A prior from other accounts: what their weeks have in common and what of that lasts, and no more."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from analytics.best_times.adjust import Information
from analytics.best_times.result import BestTimes
from analytics.best_times.sums import CELLS, Floats
from analytics.best_times.week import FEATURES

COMMON_SHARES = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9)
"""Shares of the variance of lifts that accounts may have in common; averaged by how well each explains them."""
LASTING, LASTING_DOUBT = 0.5, 0.3
"""Part of a common lift that is expected to last from the earlier weeks to the later, and its doubt (1 sd)."""


class _Told(NamedTuple):
    """Information on the common coefficients, accounts' own parts integrated out, with its log evidence."""

    matrix: Floats
    vector: Floats
    evidence: float


def pool(fits: Sequence[BestTimes]) -> Floats:
    """The log lift to expect of an account like these, (168,), cell = day * 24 + hour.

    Each account's coefficients are a common part plus a part of its own: N(0, share d) + N(0, (1 - share) d),
    with d the variances learnt. The own part is integrated out, so an account counts by its precision and
    none by more than its own variance allows; shares are weighted by marginal likelihood (Efron & Morris,
    1975). What accounts share for a while, because the world moved, is then taken off: the common part of
    earlier weeks must predict the later weeks of accounts that it has not seen, each account counting once.
    Accounts that disagree give zeros, and so do no accounts: pool accounts of one kind, since the hours of
    one kind cancel those of another (docs/best-times.md).
    """
    told = [fit for fit in fits if fit.information.weight > 0]
    if not told:
        return np.zeros(CELLS)
    variances = np.mean([fit.variances * fit.noise for fit in told], axis=0)
    mean, shares = _common([fit.information for fit in told], variances)
    lasting = _lasting(told, variances, float(shares @ COMMON_SHARES))
    prior: Floats = FEATURES @ mean * lasting
    return prior


def _common(informations: Sequence[Information], variances: Floats) -> tuple[Floats, Floats]:
    """Posterior mean of the common coefficients, and the weight of each share."""
    means, evidence = [], []
    for share in COMMON_SHARES:
        parts = [_marginal(information, (1 - share) * variances) for information in informations]
        mean, fitted = _solve(*_summed(parts), share * variances)
        means.append(mean)
        evidence.append(fitted + sum(p.evidence for p in parts))
    weights = np.exp(np.array(evidence) - max(evidence))
    weights /= weights.sum()
    return weights @ np.array(means), weights


def _marginal(information: Information, own: Floats) -> _Told:
    scale = np.sqrt(own)
    m, v, _ = information
    root = np.linalg.cholesky(np.eye(len(own)) + scale[:, None] * m * scale)
    solved = np.linalg.solve(root, np.column_stack([scale[:, None] * m, scale * v]))
    block, last = solved[:, :-1], solved[:, -1]
    evidence = float(last @ last) / 2 - float(np.log(np.diag(root)).sum())
    return _Told(m - block.T @ block, v - block.T @ last, evidence)


def _summed(parts: Sequence[_Told]) -> tuple[Floats, Floats]:
    return np.sum([part.matrix for part in parts], axis=0), np.sum([part.vector for part in parts], axis=0)


def _solve(matrix: Floats, vector: Floats, variances: Floats) -> tuple[Floats, float]:
    """Posterior mean under N(0, variances) and the log evidence."""
    scale = np.sqrt(variances)
    root = np.linalg.cholesky(np.eye(len(scale)) + scale[:, None] * matrix * scale)
    pulled = np.linalg.solve(root, scale * vector)
    evidence = float(pulled @ pulled) / 2 - float(np.log(np.diag(root)).sum())
    return scale * np.linalg.solve(root.T, pulled), evidence


def _lasting(fits: Sequence[BestTimes], variances: Floats, share: float) -> float:
    """The part of a common lift that lasts: how far earlier weeks predict later weeks of the accounts left out.

    Squared, since the prior is used as long after the later weeks as those came after the earlier ones.
    """
    early = [_marginal(fit.halves[0], (1 - share) * variances) for fit in fits]
    matrix, vector = _summed(early)
    agreed = size = noise = 0.0
    for fit, own in zip(fits, early, strict=True):
        guess, _ = _solve(matrix - own.matrix, vector - own.vector, share * variances)
        later, per_post = fit.halves[1], 1 / max(fit.halves[1].weight, 1.0)
        predicted = float(guess @ later.matrix @ guess)
        agreed += float(guess @ later.vector) * per_post
        size += predicted * per_post
        noise += predicted * per_post**2
    sureness = size**2 / noise if noise > 0 else 0.0
    found = agreed / size if size > 0 else 0.0
    doubt = LASTING_DOUBT**-2
    return float(np.clip((found * sureness + LASTING * doubt) / (sureness + doubt), 0, 1)) ** 2
