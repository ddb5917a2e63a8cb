"""How far the advice can be trusted: what it predicts of weeks that it has not seen, against no advice."""

from typing import NamedTuple

import numpy as np

from analytics.best_times.adjust import Adjusted, information
from analytics.best_times.posterior import Belief, believe, narrowed
from analytics.best_times.sums import Floats
from analytics.best_times.week import Grid

POINTS = 8  # grid points that a held-out fit keeps
LEAST_POSTS = 20
STRONG_CERTAINTY, STRONG_GAIN = 2.5, 0.005
MODERATE_CERTAINTY, MODERATE_GAIN = 1.0, 0.001
MOST_WANTED = 2000


class Skill(NamedTuple):
    """Held-out skill. gain: share of the variance explained in weeks left out, 0 = no better than no advice;
    certainty: the gain in units of its standard error; slope: real over predicted difference, 1 = as stated.
    """

    gain: float
    certainty: float
    slope: float


def held_out_skill(adjusted: Adjusted, belief: Belief, grid: Grid) -> Skill:
    """Leave out each run of weeks in turn, predict it from the others, and add up what the prediction gained.

    With M and v the information of the run left out and f what the others predict, the sum of squares falls by
    2 f'v - f'Mf, whose standard error under M is 2 (f'Mf)^(1/2). NaN where nothing could be held out.
    """
    small = narrowed(grid, belief.weights, POINTS)
    agreed = size = weight = 0.0
    folds = np.unique(adjusted.fold_of_week)
    for fold in folds if len(folds) > 1 else []:
        out = np.arange(len(adjusted.by_fold)) == fold
        seen, unseen = information(adjusted, ~out), information(adjusted, out)
        guess = believe(seen, small, adjusted.noise).mean
        agreed += float(guess @ unseen.vector)
        size += float(guess @ unseen.matrix @ guess)
        weight += unseen.weight
    if weight == 0:
        return Skill(np.nan, np.nan, np.nan)
    if size < 1e-9:
        return Skill(0.0, 0.0, np.nan)
    return Skill((2 * agreed - size) / weight, (2 * agreed - size) / (2 * size**0.5), agreed / size)


def grade(skill: Skill, posts: int) -> str:
    """Strong, moderate or weak by held-out skill; prior where there are too few posts to speak for themselves."""
    if posts < LEAST_POSTS:
        return "prior"
    if skill.certainty >= STRONG_CERTAINTY and skill.gain >= STRONG_GAIN:
        return "strong"
    return "moderate" if skill.certainty >= MODERATE_CERTAINTY and skill.gain >= MODERATE_GAIN else "weak"


def posts_wanted(variances: Floats) -> int:
    """Posts after which an account's own evidence weighs as much as what was believed before.

    n posts tell about n / 168 of one shape, in units of the noise, and the belief before is the variance d of the
    shape: they balance at n = 168 / d, taken at the average shape that carries the lift.
    """
    total = float(variances.sum())
    if total <= 0:
        return MOST_WANTED
    typical = float((variances**2).sum()) / total
    return int(np.clip(np.ceil(168 / typical), LEAST_POSTS, MOST_WANTED))
