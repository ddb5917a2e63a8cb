"""What a fit tells other channels, as bytes: the information of its posts on the shapes of a week. Pure."""

from typing import NamedTuple

import numpy as np

from analytics.best_times import BestTimes
from analytics.best_times.adjust import Information
from analytics.best_times.sums import Floats
from analytics.best_times.week import FEATURES

SHAPES = FEATURES.shape[1]
UPPER = np.triu_indices(SHAPES)
PARTS = 3  # of all posts, of the earlier half and of the later half
LENGTH = 1 + SHAPES + PARTS * (1 + SHAPES + len(UPPER[0]))


class StoredFit(NamedTuple):
    """The part of a `BestTimes` that `pool` reads."""

    noise: float
    variances: Floats
    information: Information
    halves: tuple[Information, Information]


def pack(fit: BestTimes) -> bytes:
    """Bytes of a fit; empty where its posts were too few to tell anything."""
    if fit.information.weight <= 0:
        return b""
    parts = [[fit.noise], fit.variances]
    for matrix, vector, weight in (fit.information, *fit.halves):
        parts += [[weight], vector, matrix[UPPER]]
    return np.concatenate(parts).astype("<f8").tobytes()


def unpack(packed: bytes) -> StoredFit | None:
    """The fit again; None for one that told nothing or was stored with other shapes."""
    numbers = np.frombuffer(packed, "<f8")
    if len(numbers) != LENGTH:
        return None
    noise, variances, rest = numbers[0], numbers[1 : 1 + SHAPES], numbers[1 + SHAPES :]
    whole, early, late = (_information(part) for part in np.split(rest, PARTS))
    return StoredFit(float(noise), variances, whole, (early, late))


def _information(numbers: Floats) -> Information:
    matrix = np.zeros((SHAPES, SHAPES))
    matrix[UPPER] = numbers[1 + SHAPES :]
    return Information(matrix + np.triu(matrix, 1).T, numbers[1 : 1 + SHAPES], float(numbers[0]))
