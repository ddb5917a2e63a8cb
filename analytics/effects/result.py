"""What a fit answers with."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Level:
    """One level of a dimension beside the brand's typical post.

    lift: 0.38 = 38 % more, other things equal; low, high: its 90 % interval; raw: the same without adjustment.
    found: whether it may be told, false discoveries over all levels being held to one in ten. judged: whether it
    has posts enough to be asked at all. more: how many more posts would show a difference of 20 %, 0 where one
    would have shown, None where it is found or not judged. alike: levels of other dimensions with which it nearly
    always goes together, so that the two cannot be told apart: (dimension, level, share of the posts).
    """

    slug: str
    posts: int
    lift: float
    low: float
    high: float
    raw: float
    p: float
    judged: bool
    found: bool
    more: int | None
    alike: tuple[tuple[str, str, float], ...] = ()


@dataclass(frozen=True)
class Dimension:
    """reason: why nothing is said of it ("not_told", "one_level", "same_as_parent"), or ""."""

    name: str
    levels: tuple[Level, ...]
    not_told: int
    reason: str = ""


@dataclass(frozen=True)
class Notable:
    """A post with its figure and what was to be expected of it; score: the distance in robust deviations."""

    post: int
    value: float
    expected: float
    score: float


@dataclass(frozen=True)
class Effects:
    """reason: why there are no effects ("no_posts", "no_figures", "too_few_posts", "mostly_none"), or ""."""

    reason: str
    posts: int
    without_figure: int
    least_posts: int
    typical: float | None = None
    explained: float | None = None
    dimensions: tuple[Dimension, ...] = ()
    outliers: tuple[Notable, ...] = ()
    best: tuple[Notable, ...] = ()
    worst: tuple[Notable, ...] = ()
    best_share: tuple[tuple[str, str, float], ...] = ()
    worst_share: tuple[tuple[str, str, float], ...] = ()

    @property
    def found(self) -> list[tuple[str, Level]]:
        """The levels that may be put into sentences, the surest first."""
        told = [(each.name, level) for each in self.dimensions for level in each.levels if level.found]
        return sorted(told, key=lambda pair: (pair[1].p, pair[0], pair[1].slug))


def as_json(effects: Effects) -> dict[str, Any]:
    """The answer in JSON types."""
    return asdict(effects)
