"""How well a platform fits an audience, from 0 to 100, in parts that a person can check by hand. Pure.

score = 100 × sum(weight × part) / sum(weight), over the parts that are known; each part is between 0 and 1. What
is not known is left out and named, never taken as zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from strategy.platform_coverage import Countries, Coverage, Persona, Share, by_country, coverage

PARTS = ("coverage", "results", "objectives", "formats", "effort")
DEFAULT_WEIGHTS: dict[str, float] = {
    "coverage": 0.30,
    "results": 0.15,
    "objectives": 0.20,
    "formats": 0.20,
    "effort": 0.15,
}
# What each funnel stage asks of a platform; the share of it that the platform has is its fit to the stage.
STAGE_NEEDS: dict[str, tuple[str, ...]] = {
    "awareness": ("recommends_to_strangers", "search", "reshare"),
    "engagement": ("comments", "reshare", "polls"),
    "traffic": ("link_in_post", "link_in_profile"),
    "conversion": ("link_in_post", "shop", "ads"),
    "loyalty": ("groups", "direct_messages", "broadcast"),
    "care": ("comments", "direct_messages", "answers_public"),
}


@dataclass(frozen=True)
class Platform:
    """What the catalogue knows. formats: what the platform is made for.

    minimum: the fewest pieces per week that make sense, 0 = not known; rhythm: (format, pieces) where they differ.
    """

    slug: str
    shares: tuple[Share, ...] = ()
    capabilities: frozenset[str] = frozenset()
    formats: tuple[str, ...] = ()
    minimum: float = 0.0
    rhythm: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Team:
    """Hours per week for content, and the hours that one piece of each format takes (only formats it can make)."""

    hours: float | None = None
    formats: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """Own engagement on a platform: rate, posts behind it, and what the rate is of ("reach", "impressions", …)."""

    rate: float
    posts: int
    of: str


@dataclass(frozen=True)
class Part:
    """One part of a score: value 0 to 1 or None when it is not known; `facts` hold the figures it was made of.

    sure: "known", "near" (a figure of another population, or of few posts), "unknown".
    """

    name: str
    value: float | None
    weight: float
    sure: str
    code: str
    facts: Mapping[str, object]


@dataclass(frozen=True)
class Fit:
    """A platform's score from 0 to 100 (None when no part is known) with its parts."""

    platform: str
    score: float | None
    parts: tuple[Part, ...]

    def with_parts(self, parts: tuple[Part, ...]) -> Fit:
        """The same platform scored by other parts."""
        return Fit(self.platform, _score(parts), parts)

    @property
    def known(self) -> float:
        """The share of the weights that the score rests on, from 0 to 1."""
        weight = sum(part.weight for part in self.parts if part.value is not None)
        return weight / sum(part.weight for part in self.parts)

    @property
    def is_thin(self) -> bool:
        """Whether too little is known for the score to say anything."""
        return self.known < ENOUGH - 1e-9  # sums of weights are not exact

    @property
    def left_out(self) -> tuple[str, ...]:
        return tuple(part.name for part in self.parts if part.value is None)


FEW_POSTS = 20
# A score from the first on speaks for a platform, one below the second against it; others leave the choice open.
SPEAKS_FOR, SPEAKS_AGAINST = 60.0, 40.0
# A score that rests on a smaller share of the weights than this says nothing.
ENOUGH = 0.5


def fit(
    platform: Platform,
    persona: Persona,
    *,
    results: Mapping[str, Result],
    stages: Mapping[str, float],
    team: Team,
    weights: Mapping[str, float] | None = None,
) -> Fit:
    """The fit of a platform to a persona.

    results: own results by platform; stages: weight of the brand's objectives by funnel stage; weights: by part,
    those not given as in DEFAULT_WEIGHTS. Raises ValueError for a weight below zero or for none above it.
    """
    return fits(platform, [persona], results=results, stages=stages, team=team, weights=weights)[0]


def fits(
    platform: Platform,
    personas: Sequence[Persona],
    *,
    results: Mapping[str, Result],
    stages: Mapping[str, float],
    team: Team,
    weights: Mapping[str, float] | None = None,
) -> list[Fit]:
    """The fit of a platform to each persona; what does not depend on the persona is worked out once."""
    used = checked_weights(weights)
    countries = by_country(platform.shares)
    rest = _rest(platform, results, stages, team, used)
    found = []
    for persona in personas:
        parts = (_coverage(countries, persona, used["coverage"]), *rest)
        found.append(Fit(platform.slug, _score(parts), parts))
    return found


def together(
    platform: Platform,
    personas: Sequence[Persona],
    *,
    results: Mapping[str, Result],
    stages: Mapping[str, float],
    team: Team,
    weights: Mapping[str, float] | None = None,
) -> Fit:
    """The fit of a platform over several personas: parts averaged by the personas' weights."""
    used = checked_weights(weights)
    countries = by_country(platform.shares)
    told = [(persona.weight, found) for persona in personas if (found := coverage(countries, persona))]
    parts = (_mean_coverage(told, used["coverage"]), *_rest(platform, results, stages, team, used))
    return Fit(platform.slug, _score(parts), parts)


def _mean_coverage(told: Sequence[tuple[float, Coverage]], weight: float) -> Part:
    total = sum(own for own, _found in told)
    if not total:
        return Part("coverage", None, weight, "unknown", "no_figure", {})
    value = sum(own * share for own, (share, _sure, _facts) in told) / total
    sure = "known" if all(sure == "known" for _own, (_share, sure, _facts) in told) else "near"
    return Part("coverage", value, weight, sure, "share_of_people", told[0][1][2])


def _rest(
    platform: Platform,
    results: Mapping[str, Result],
    stages: Mapping[str, float],
    team: Team,
    weights: Mapping[str, float],
) -> tuple[Part, Part, Part, Part]:
    """The parts that do not depend on the persona."""
    return (
        _results(platform, results, weights["results"]),
        _objectives(platform, stages, weights["objectives"]),
        _formats(platform, team, weights["formats"]),
        _effort(platform, team, weights["effort"]),
    )


def suggestion(score: float | None, *, thin: bool = False) -> str:
    """What a score says of itself: "for", "against", "open", or "thin" when too little is known."""
    if score is None or thin:
        return "thin"
    if SPEAKS_AGAINST <= score < SPEAKS_FOR:
        return "open"
    return "for" if score >= SPEAKS_FOR else "against"


def checked_weights(weights: Mapping[str, float] | None) -> dict[str, float]:
    used = {**DEFAULT_WEIGHTS, **{name: value for name, value in (weights or {}).items() if name in PARTS}}
    if min(used.values()) < 0 or sum(used.values()) <= 0:
        raise ValueError("weights: none may be below zero and one must be above it")
    return used


def _score(parts: Sequence[Part]) -> float | None:
    known = [part for part in parts if part.value is not None and part.weight > 0]
    total = sum(part.weight for part in known)
    return 100 * sum(part.weight * (part.value or 0.0) for part in known) / total if total else None


def _coverage(countries: Countries, persona: Persona, weight: float) -> Part:
    """Share of the persona's people who use the platform."""
    found = coverage(countries, persona)
    if found is None:
        return Part("coverage", None, weight, "unknown", "no_figure", {})
    value, sure, facts = found
    return Part("coverage", value, weight, sure, "share_of_people", facts)


def _results(platform: Platform, results: Mapping[str, Result], weight: float) -> Part:
    """Own engagement rate beside that of the brand's best platform."""
    own = results.get(platform.slug)
    if own is None or own.rate < 0:
        return Part("results", None, weight, "unknown", "nothing_imported", {})
    alike = {slug: result for slug, result in results.items() if result.of == own.of}
    best = max(alike, key=lambda slug: alike[slug].rate)
    top = alike[best].rate
    facts = {"rate": own.rate, "of": own.of, "posts": own.posts, "best": best, "best_rate": top}
    if len(alike) < 2 or top <= 0:
        return Part("results", None, weight, "unknown", "nothing_to_compare", facts)
    sure = "known" if own.posts >= FEW_POSTS else "near"
    return Part("results", own.rate / top, weight, sure, "beside_best", facts)


def _objectives(platform: Platform, stages: Mapping[str, float], weight: float) -> Part:
    """Mean over the objectives' stages of the share of what the stage asks that the platform has."""
    wanted = {stage: value for stage, value in stages.items() if stage in STAGE_NEEDS and value > 0}
    if not wanted:
        return Part("objectives", None, weight, "unknown", "no_objectives", {})
    have = {
        stage: sum(need in platform.capabilities for need in STAGE_NEEDS[stage]) / len(STAGE_NEEDS[stage])
        for stage in wanted
    }
    value = sum(wanted[stage] * have[stage] for stage in wanted) / sum(wanted.values())
    return Part("objectives", value, weight, "known", "stage_needs", {"stages": have, "weights": dict(wanted)})


def _formats(platform: Platform, team: Team, weight: float) -> Part:
    """Share of the formats that the platform is made for which the team can produce."""
    if not platform.formats or not team.formats:
        return Part("formats", None, weight, "unknown", "team_not_told", {"formats": list(platform.formats)})
    made = [name for name in platform.formats if name in team.formats]
    facts = {"made": made, "wanted": [name for name in platform.formats if name not in made]}
    return Part("formats", len(made) / len(platform.formats), weight, "known", "formats_made", facts)


def _effort(platform: Platform, team: Team, weight: float) -> Part:
    """Hours that the team has beside those of the least sensible rhythm, in the format that takes the fewest."""
    pieces = {name: platform.minimum for name in platform.formats} | dict(platform.rhythm)
    costs = [
        (pieces[name] * team.formats[name], name)
        for name in platform.formats
        if name in team.formats and pieces[name] > 0
    ]
    if team.hours is None or not costs:
        return Part("effort", None, weight, "unknown", "hours_not_told", {})
    needed, name = min(costs)
    facts = {
        "hours": team.hours,
        "needed": needed,
        "format": name,
        "minimum": pieces[name],
        "piece": team.formats[name],
    }
    value = min(team.hours / needed, 1.0) if needed > 0 else 1.0
    return Part("effort", value, weight, "near", "hours_needed", facts)


# --- what would change the order ------------------------------------------------------


@dataclass(frozen=True)
class Swap:
    """The order of two neighbours turns when the weight of `part` goes from `weight` to `at`."""

    upper: str
    lower: str
    part: str
    weight: float
    at: float


def what_would_change(fits: Sequence[Fit]) -> list[Swap]:
    """For each two neighbours in the ranking the smallest change of one weight that turns them, if any does.

    With S = Σ w·v / Σ w, changing one weight moves a score on a line through its part; the crossing solves a
    quadratic that is linear when both platforms know the same parts, which is the only case told.
    """
    ranked = sorted((f for f in fits if f.score is not None), key=lambda f: -(f.score or 0.0))
    found = []
    for upper, lower in pairwise(ranked):
        swaps = [swap for part in PARTS if (swap := _crossing(upper, lower, part)) is not None]
        if swaps:
            found.append(min(swaps, key=lambda swap: abs(swap.at - swap.weight)))
    return found


def _crossing(upper: Fit, lower: Fit, name: str) -> Swap | None:
    if upper.left_out != lower.left_out:
        return None
    gap = rest = weight = 0.0
    for mine, theirs in zip(upper.parts, lower.parts, strict=True):
        if mine.value is None or theirs.value is None:
            continue
        if mine.name == name:
            gap, weight = mine.value - theirs.value, mine.weight
        else:
            rest += mine.weight * (mine.value - theirs.value)
    if gap == 0:
        return None
    at = -rest / gap
    return Swap(upper.platform, lower.platform, name, weight, at) if 0 <= at <= 1 else None
