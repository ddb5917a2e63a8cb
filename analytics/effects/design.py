"""Posts as numbers: each dimension a term of the model, all products of terms as one small matrix."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

# In the order in which they are shown.
DIMENSIONS = (
    "platform",
    "channel",
    "format",
    "media",
    "pillar",
    "campaign",
    "audience",
    "weekday",
    "hour",
    "length",
    "link",
    "hashtags",
    "paid",
)
# A level of the first is always within one level of the second: its effect is what both add.
PARENTS = {"channel": "platform", "format": "media"}
# Where nobody said what a post was for, it is of a kind of its own: untagged. Elsewhere it is only not known.
TAGS = ("pillar", "campaign", "audience")
HELD = 1e6  # the penalty that holds a coefficient at nothing
TREND = "trend"
MOST_BLOCKS = 26  # of a channel's trend
MOST_TREND = 300  # beyond this many blocks all channels share one trend
WEEK = 7


@dataclass(frozen=True)
class Term:
    """One dimension, or the trend: codes (posts,), names of the levels, the code of "not told" or -1.

    root: how much each coefficient is bound to others, as a matrix whose square penalises them; None for each by
    itself.
    """

    name: str
    codes: Codes
    levels: tuple[str, ...]
    not_told: int
    penalty: Floats
    rank: int

    @property
    def size(self) -> int:
        return len(self.penalty)


@dataclass(frozen=True)
class Design:
    """The terms, the first column being the mean, and X'X of all columns."""

    terms: tuple[Term, ...]
    starts: tuple[int, ...]
    products: Floats
    posts: int

    @property
    def width(self) -> int:
        return len(self.products)

    def place(self, name: str) -> int | None:
        """Where the columns of a term begin."""
        return next((at for term, at in zip(self.terms, self.starts, strict=True) if term.name == name), None)

    def times(self, y: Floats) -> Floats:
        """X'y."""
        found = np.empty(self.width)
        found[0] = y.sum()
        for term, at in zip(self.terms, self.starts, strict=True):
            found[at : at + term.size] = np.bincount(term.codes, y, term.size)
        return found

    def fitted(self, beta: Floats) -> Floats:
        """X beta."""
        found = np.full(self.posts, beta[0])
        for term, at in zip(self.terms, self.starts, strict=True):
            found += beta[at : at + term.size][term.codes]
        return found


def design(posts: pd.DataFrame, names: Sequence[str]) -> Design:
    """The model of these posts: one term per dimension that has two levels or more, and a trend."""
    terms = [term for name in names if (term := _dimension(name, posts[name])) is not None]
    terms.append(_trend(posts["channel"], posts["day"].to_numpy(dtype=np.int64)))
    starts, at = [], 1
    for term in terms:
        starts.append(at)
        at += term.size
    return Design(tuple(terms), tuple(starts), _products(terms, starts, at, len(posts)), len(posts))


def _dimension(name: str, column: "pd.Series[Any]") -> Term | None:
    """None where fewer than two kinds can be compared.

    What is not known adds nothing to a post, or it would stand for the platforms whose exports do not tell it.
    """
    codes, levels = pd.factorize(column, sort=True)
    codes = codes.astype(np.int64)
    missing = codes < 0
    size, not_told = len(levels), -1
    if missing.any():
        codes = np.where(missing, size, codes)
        size, not_told = size + 1, size
    if (size if name in TAGS else len(levels)) < 2:
        return None
    penalty = np.eye(size)
    if not_told >= 0 and name not in TAGS:
        penalty[not_told, not_told] = HELD
    return Term(name, codes, tuple(str(level) for level in levels), not_told, penalty, size)


def _trend(channels: "pd.Series[Any]", day: Codes) -> Term:
    """A level for every few weeks of each channel, bound to the ones before and after it (a random walk)."""
    first, last = int(day.min()), int(day.max())
    weeks = -(-(last - first + 1) // WEEK)
    length = WEEK * max(1, -(-weeks // MOST_BLOCKS))
    blocks = (last - first) // length + 1
    owner, owners = pd.factorize(channels, sort=True)
    if len(owners) * blocks > MOST_TREND:
        owner, owners = np.zeros(len(day), np.int64), owners[:1]
    step = np.zeros((blocks - 1, blocks))
    for row, (before, after) in enumerate(pairwise(range(blocks))):
        step[row, before], step[row, after] = -1.0, 1.0
    # The small part that holds each level by itself leaves the mean of a channel to the channel.
    walk: Floats = (step.T @ step + 0.05 * np.eye(blocks)).astype(np.float64)
    codes = owner.astype(np.int64) * blocks + (day - first) // length
    size = len(owners) * blocks
    return Term(TREND, codes, (), -1, np.kron(np.eye(len(owners)), walk).astype(np.float64), size)


def _products(terms: Sequence[Term], starts: Sequence[int], width: int, posts: int) -> Floats:
    """X'X, counted: how many posts have both of each two levels."""
    found = np.zeros((width, width))
    found[0, 0] = posts
    for place, (term, at) in enumerate(zip(terms, starts, strict=True)):
        count = np.bincount(term.codes, minlength=term.size)
        found[0, at : at + term.size] = count
        found[at : at + term.size, at : at + term.size] = np.diag(count)
        for other, there in zip(terms[place + 1 :], starts[place + 1 :], strict=True):
            both = np.bincount(term.codes * other.size + other.codes, minlength=term.size * other.size)
            found[at : at + term.size, there : there + other.size] = both.reshape(term.size, other.size)
    upper: Floats = np.triu(found)
    return upper + np.triu(found, 1).T
