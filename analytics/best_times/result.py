"""What a fit hands back: 168 cells, an evidence grade, and advice drawn from them."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analytics.best_times.adjust import Information
from analytics.best_times.evidence import Skill
from analytics.best_times.sums import CELLS, Floats


@dataclass(frozen=True, eq=False)
class BestTimes:
    """When an account's posts do better than its typical post.

    cells: 168 rows, Monday 0:00 first. day 0-6, hour 0-23; lift, 0.12 = 12 % above the account's typical post;
        low, high: with 90 % probability the average of the next posts at that hour (25 of them, in the coming two
        months) lies between them; lasting_low, lasting_high: the same for the lasting lift, the luck of those
        posts left out; posts: the account's posts in the cell; informing: the number of posts in this very
        cell that would tell as much as all posts together do.
    evidence: strong, moderate, weak or prior; see the module evidence.
    notes: codes that the page puts into words.
    skill: what the advice gained on weeks it had not seen.
    wanted: posts at which the account's own evidence weighs as much as what is believed without it.
    prior_weight, hours_weight: the weights learnt for the prior and for the audience's hours online, NaN without
        one; noise: variance of the log of a single post.
    """

    cells: pd.DataFrame
    evidence: str
    notes: tuple[str, ...]
    posts: int
    skill: Skill
    wanted: int
    prior_weight: float
    hours_weight: float
    noise: float
    information: Information = field(repr=False)
    halves: tuple[Information, Information] = field(repr=False)  # of the earlier and the later weeks
    variances: Floats = field(repr=False)
    _mean: Floats = field(repr=False)
    _spread: Floats = field(repr=False)  # (168, k): mean + spread @ standard normals is a draw of the log lifts

    def recommend(self, k: int = 5, min_gap_hours: int = 2) -> pd.DataFrame:
        """The k hours of the highest expected lift, best first, no two closer than the gap round the week.

        Fewer rows where the gap leaves no room, none where nothing is known. Columns as in `cells`.
        """
        return self.cells.iloc[self._pick(self._mean, k, min_gap_hours)].reset_index(drop=True)

    def explore(self, rng: np.random.Generator, k: int = 1, min_gap_hours: int = 2) -> pd.DataFrame:
        """The k best hours of one draw from what is believed (Thompson): often the good, sometimes the unknown."""
        draw = self._mean + self._spread @ rng.standard_normal(self._spread.shape[1])
        return self.cells.iloc[self._pick(draw, k, min_gap_hours)].reset_index(drop=True)

    def _pick(self, worth: Floats, k: int, min_gap_hours: int) -> list[int]:
        if k < 0 or min_gap_hours < 0:
            raise ValueError("k and min_gap_hours are counts and cannot be below 0")
        if np.ptp(worth) == 0:
            return []
        picked: list[int] = []
        for cell in np.argsort(-worth, kind="stable"):
            if len(picked) == k:
                break
            if all(min((cell - p) % CELLS, (p - cell) % CELLS) >= min_gap_hours for p in picked):
                picked.append(int(cell))
        return picked


def needed_posts(fit: BestTimes) -> int:
    """How many more posts until the account's own evidence weighs as much as what is believed without it."""
    return max(0, fit.wanted - fit.posts)
