"""Posts of which it is known what sets them apart: does `analytics.effects` find it, and nothing else?"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.effects import Effects, fit

SIZES = {"format": 6, "pillar": 5, "campaign": 8, "audience": 4, "weekday": 7, "hour": 8, "length": 5, "link": 2}
SIZES |= {"hashtags": 4, "paid": 2}
ACCOUNTS, DAYS = 4, 182
LIFTED = "5"  # the format whose effect is known in `share_found`
NOTHING = 0.002  # a difference smaller than this share is none


@dataclass(frozen=True)
class World:
    """How posts come about.

    effect: deviation of the levels' effects where a dimension has any; null: share of the dimensions without any,
    and of levels without any in the others; tails: degrees of freedom of the noise (0: normal); viral: share of
    posts that go far beyond; confounded: how strongly the campaign decides the other traits; trend: deviation of
    an account's weekly steps.
    """

    posts: int = 200
    effect: float = 0.3
    null: float = 0.5
    tails: float = 3.0
    viral: float = 0.01
    confounded: float = 0.5
    noise: float = 0.7
    trend: float = 0.05


@dataclass(frozen=True)
class Truth:
    posts: pd.DataFrame
    changes: dict[str, np.ndarray]  # of the logarithm, per level

    def lift(self, name: str, slug: str) -> float:
        """The true difference of a level from the typical post, as the model is asked for it."""
        mine = self._of(name)
        chosen = (self.posts[name] == slug).to_numpy()
        return float(np.expm1(mine[chosen].mean() - mine.mean()))

    def _of(self, name: str) -> np.ndarray:
        """What this dimension, with the one it lies in, adds to each post."""
        family = {"format": ("format", "media"), "media": ("format", "media"), "channel": ("channel", "platform")}
        family["platform"] = family["channel"]
        parts = [self.changes[each][self.posts[each].astype(int)] for each in family.get(name, (name,))]
        return np.sum(parts, axis=0)


def simulate(world: World, rng: np.random.Generator, changes: dict[str, np.ndarray] | None = None) -> Truth:
    changes = _changes(world, rng) if changes is None else changes
    codes = _codes(world, rng)
    n = world.posts
    day = rng.integers(0, DAYS, n)
    walk = np.cumsum(rng.normal(0, world.trend, (ACCOUNTS, DAYS // 7 + 1)), axis=1)
    noise = rng.standard_t(world.tails, n) / np.sqrt(3) if world.tails else rng.standard_normal(n)
    mean = 4.5 + walk[codes["channel"], day // 7] + world.noise * noise
    mean += rng.gamma(2.0, 1.5, n) * (rng.random(n) < world.viral)
    for name, each in codes.items():
        mean += changes[name][each]
    figures = rng.poisson(np.exp(np.minimum(mean, 25))).astype(float)
    posts = {name: each.astype(str).astype(object) for name, each in codes.items()}
    frame = pd.DataFrame({"post": np.arange(n), "day": day, "value": figures, **posts})
    return Truth(frame, changes)


def _changes(world: World, rng: np.random.Generator) -> dict[str, np.ndarray]:
    found = {"channel": rng.normal(0, 0.4, ACCOUNTS), "platform": rng.normal(0, 0.6, 2)}
    for name, size in {**SIZES, "media": 2}.items():
        live = (rng.random(size) >= world.null) & (rng.random() >= world.null)
        found[name] = rng.normal(0, world.effect, size) * live
    return found


def _codes(world: World, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Unbalanced traits; a campaign has habits of its own in all of them."""
    n = world.posts
    found = {"campaign": rng.choice(SIZES["campaign"], n, p=rng.dirichlet(np.ones(SIZES["campaign"])))}
    for name, size in {**SIZES, "channel": ACCOUNTS}.items():
        if name == "campaign":
            continue
        usual = rng.choice(size, n, p=rng.dirichlet(np.full(size, 1.5)))
        habit = rng.integers(0, size, SIZES["campaign"])[found["campaign"]]
        found[name] = np.where(rng.random(n) < world.confounded, habit, usual)
    found["platform"] = found["channel"] // 2
    found["media"] = found["format"] // 3
    return found


@dataclass
class Score:
    """Counts over many worlds."""

    levels: int = 0
    inside: int = 0
    live: int = 0
    live_inside: int = 0
    told: int = 0
    worlds: int = 0
    false_share: float = 0.0
    worlds_with_any: int = 0

    @property
    def coverage(self) -> float:
        return self.inside / self.levels

    @property
    def live_coverage(self) -> float:
        return self.live_inside / max(self.live, 1)

    @property
    def fdr(self) -> float:
        return self.false_share / self.worlds

    def add(self, truth: Truth, effects: Effects) -> None:
        told = false = 0
        for dimension in effects.dimensions:
            for level in dimension.levels:
                if not level.judged or dimension.name in ("platform", "channel"):
                    continue  # these differ greatly in every world, and would flatter the rest
                real = truth.lift(dimension.name, level.slug)
                held = level.low <= real <= level.high
                self.levels += 1
                self.inside += held
                if abs(real) > NOTHING:
                    self.live += 1
                    self.live_inside += held
                if level.found:
                    told += 1
                    false += abs(real) <= NOTHING or (real > 0) != (level.lift > 0)
        self.told += told
        self.worlds += 1
        self.false_share += false / told if told else 0.0
        self.worlds_with_any += told > 0


def calibrate(world: World, worlds: int, *, seed: int) -> Score:
    rng, score = np.random.default_rng(seed), Score()
    for _ in range(worlds):
        truth = simulate(world, rng)
        score.add(truth, fit(truth.posts))
    return score


def share_found(world: World, in_level: int, lift: float, worlds: int, *, seed: int) -> float:
    """How often a format that truly brings so much more, with so many posts, is told."""
    rng, found = np.random.default_rng(seed), 0
    for _ in range(worlds):
        truth = _with_lift(world, in_level, lift, rng)
        found += any(name == "format" and level.slug == LIFTED for name, level in fit(truth.posts).found)
    return found / worlds


def share_found_after(world: World, in_level: int, lift: float, worlds: int, *, seed: int) -> tuple[float, float]:
    """The same after as many more posts as a first fit asked for; and the mean of what it asked for."""
    rng, found, asked = np.random.default_rng(seed), 0, []
    while len(asked) < worlds:
        more = _level(fit(_with_lift(world, in_level, lift, rng).posts)).more
        if more:
            asked.append(more)
            larger = replace(world, posts=world.posts + more)
            found += _level(fit(_with_lift(larger, in_level + more, lift, rng).posts)).found
    return found / worlds, float(np.mean(asked))


def _level(effects: Effects):
    levels = next(each.levels for each in effects.dimensions if each.name == "format")
    return next(level for level in levels if level.slug == LIFTED)


def _with_lift(world: World, in_level: int, lift: float, rng: np.random.Generator) -> Truth:
    """A world in which one format has so many posts and differs so much from the typical post; the others do not.

    The format is dealt to posts at random, so that only their number decides what can be told.
    """
    changes = _changes(world, rng)
    changes["format"] = np.zeros(SIZES["format"])
    changes["media"] = np.zeros(2)
    truth = simulate(world, rng, changes)
    dealt = rng.integers(0, int(LIFTED), world.posts)
    dealt[rng.permutation(world.posts)[:in_level]] = int(LIFTED)
    changes["format"][int(LIFTED)] = np.log1p(lift) / (1 - in_level / world.posts)
    posts = truth.posts.assign(
        format=dealt.astype(str).astype(object), media=(dealt // 3).astype(str).astype(object)
    )
    posts["value"] = np.round(posts["value"] * np.exp(changes["format"][dealt]))
    return Truth(posts, changes)
