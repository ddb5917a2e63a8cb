"""From coefficients to differences: each level beside the typical post, which may be told, what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, erfc, exp, log1p, sqrt
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from analytics.effects.design import PARENTS, TAGS, Design, Floats, Term
from analytics.effects.result import Dimension, Level
from analytics.effects.robust import Fit

LEAST_IN_LEVEL = 5
FALSE_DISCOVERIES = 0.1
DIFFERENCE = 0.2  # what `more` posts would show
POWER = 0.9  # by the formula; about 80 % in simulation, as variances and the threshold are themselves estimated
TOGETHER = 0.8  # share of posts in common beyond which two levels cannot be told apart
MOST_MORE = 100_000
WITHIN_90 = NormalDist().inv_cdf(0.95)


@dataclass(frozen=True)
class Scale:
    """How logarithms of 1 + figure become shares of the typical figure."""

    typical: float

    def lift(self, change: float) -> float:
        return max(((1 + self.typical) * exp(change) - 1) / self.typical - 1, -1.0)

    def change(self, lift: float) -> float:
        return log1p(self.typical * (1 + lift)) - log1p(self.typical)


@dataclass(frozen=True)
class Contrast:
    """One level against the typical post, in logarithms; information: 1 / variance that its own posts give."""

    dimension: str
    slug: str
    posts: int
    mean: float
    deviation: float
    raw: float
    before: float  # its variance before any post
    freedom: float  # of the noise, as it is itself estimated

    @property
    def judged(self) -> bool:
        return self.posts >= LEAST_IN_LEVEL

    @property
    def p(self) -> float:
        """Two-sided; the shrunken mean over its whole uncertainty, so rather too large than too small."""
        t = abs(self.mean) / self.deviation
        z = t * (1 - 1 / (4 * self.freedom)) / sqrt(1 + t * t / (2 * self.freedom))
        return erfc(z / sqrt(2))

    @property
    def reach(self) -> float:
        """Half of the 90 % interval: Student's, by the first term of its expansion."""
        return (WITHIN_90 + (WITHIN_90**3 + WITHIN_90) / (4 * self.freedom)) * self.deviation

    def more(self, difference: float, threshold: float) -> int:
        """How many more posts of this level would show such a difference with POWER, if there were one.

        The mean is shrunk by prior / (prior + s²) and its deviation likewise, so that the test's expectation is
        difference / s * sqrt(prior / (prior + s²)); s² falls as one over the posts.
        """
        goal = threshold + NormalDist().inv_cdf(POWER)
        own = 1 / self.deviation**2 - 1 / self.before
        if own <= 0:
            return MOST_MORE
        wanted = (sqrt(self.before**2 + 4 * (difference / goal) ** 2 * self.before) - self.before) / 2
        return min(max(ceil(self.posts * (1 / own / wanted - 1)), 0), MOST_MORE)


def contrasts(design: Design, fit: Fit, y: Floats) -> list[Contrast]:
    """Every level that has posts, dimension by dimension."""
    usual = design.products[0] / design.posts
    found = []
    for term in design.terms:
        if not term.levels:
            continue
        rows = _rows(design, term, usual)
        means, spread = rows @ fit.beta, rows @ fit.covariance
        variance = np.einsum("ij,ij->i", spread, rows)
        before = np.square(rows) @ fit.prior
        count = np.bincount(term.codes, minlength=term.size)
        raw = np.bincount(term.codes, y, term.size) / np.maximum(count, 1) - y.mean()
        found += [
            Contrast(
                term.name,
                slug,
                int(count[place]),
                float(means[place]),
                sqrt(max(float(variance[place]), 1e-18)),
                float(raw[place]),
                float(before[place]),
                fit.freedom,
            )
            for place, slug in enumerate(term.levels)
        ]
    return found


def _rows(design: Design, term: Term, usual: Floats) -> Floats:
    """One row of weights per level: its posts' mean part of the model, less that of all posts.

    Only the columns of the dimension and those of the one it lies in, or that lie in it, take part.
    """
    family = [term.name, PARENTS.get(term.name, "")] + [
        name for name, over in PARENTS.items() if over == term.name
    ]
    rows = np.zeros((len(term.levels), design.width))
    at = design.place(term.name) or 0
    own = design.products[at : at + len(term.levels)]
    for other, there in zip(design.terms, design.starts, strict=True):
        if other.name in family:
            here = slice(there, there + other.size)
            rows[:, here] = own[:, here] / own[:, :1] - usual[here]
    return rows


def threshold(p: Sequence[float]) -> float:
    """The largest p that may be told with at most FALSE_DISCOVERIES of them false (Benjamini and Hochberg)."""
    ordered = sorted(p)
    passing = [value for rank, value in enumerate(ordered, 1) if value <= FALSE_DISCOVERIES * rank / len(ordered)]
    return max(passing, default=-1.0)


def judged(design: Design, found: Sequence[Contrast], scale: Scale) -> dict[str, tuple[Level, ...]]:
    """The levels of each dimension, the best first."""
    asked = [each for each in found if each.judged]
    told = threshold([each.p for each in asked])
    rank = 1 + sum(each.p <= told for each in asked)
    limit = min(FALSE_DISCOVERIES * rank / max(len(asked), 1), FALSE_DISCOVERIES)
    goal = NormalDist().inv_cdf(1 - limit / 2)
    alike = together(design)
    levels: dict[str, list[Level]] = {}
    for each in found:
        is_found = each.judged and each.p <= told
        more = None if is_found or not each.judged else each.more(scale.change(DIFFERENCE), goal)
        levels.setdefault(each.dimension, []).append(_level(each, scale, more, alike, found=is_found))
    return {name: tuple(sorted(rows, key=lambda row: (-row.lift, row.slug))) for name, rows in levels.items()}


Alike = Mapping[tuple[str, str], tuple[tuple[str, str, float], ...]]


def _level(each: Contrast, scale: Scale, more: int | None, alike: Alike, *, found: bool) -> Level:
    return Level(
        slug=each.slug,
        posts=each.posts,
        lift=scale.lift(each.mean),
        low=scale.lift(each.mean - each.reach),
        high=scale.lift(each.mean + each.reach),
        raw=scale.lift(each.raw),
        p=each.p,
        judged=each.judged,
        found=found,
        more=more,
        alike=alike.get((each.dimension, each.slug), ()),
    )


def together(design: Design) -> Alike:
    """Levels of different dimensions that nearly always go together."""
    found: dict[tuple[str, str], list[tuple[str, str, float]]] = {}
    terms = [(term, at) for term, at in zip(design.terms, design.starts, strict=True) if term.levels]
    for place, (term, at) in enumerate(terms):
        for other, there in terms[place + 1 :]:
            if PARENTS.get(term.name) == other.name or PARENTS.get(other.name) == term.name:
                continue
            both = design.products[at : at + len(term.levels), there : there + len(other.levels)]
            first, second = design.products[0, at : at + len(term.levels)], design.products[0, there:]
            either = first[:, None] + second[None, : len(other.levels)] - both
            for i, j in np.argwhere(both >= TOGETHER * np.maximum(either, 1)):
                one, two = (term.name, term.levels[i]), (other.name, other.levels[j])
                share = round(float(both[i, j] / either[i, j]), 3)
                found.setdefault(one, []).append((*two, share))
                found.setdefault(two, []).append((*one, share))
    return {key: tuple(pairs) for key, pairs in found.items()}


def dimension(name: str, levels: tuple[Level, ...], not_told: int, posts: int, *, same: bool) -> Dimension:
    """What is said of a dimension, or why nothing is."""
    if not_told == posts:
        return Dimension(name, (), not_told, "not_told")
    if same:
        return Dimension(name, (), not_told, "same_as_parent")
    untagged = name in TAGS and not_told >= LEAST_IN_LEVEL
    if sum(level.judged for level in levels) + untagged < 2 or not levels:
        quiet = tuple(_unjudged(level) for level in levels)
        return Dimension(name, quiet, not_told, "one_level")
    return Dimension(name, levels, not_told)


def _unjudged(level: Level) -> Level:
    return Level(**{**level.__dict__, "judged": False, "found": False, "more": None})


def log_scale(values: npt.NDArray[np.float64]) -> Floats:
    found: Floats = np.log1p(values)
    return found


def typical(fit: Fit) -> float:
    """The figure of the brand's typical post: the middle on the log scale, far posts pulled in."""
    return exp(float(fit.bounded.mean())) - 1
