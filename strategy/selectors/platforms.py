"""Reads what a platform's fit is made of, and how the platforms stand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from strategy.catalogue import Entry, catalogue
from strategy.kpis import KPIS
from strategy.models import Audience, Channel, FitSettings, KpiWeek, Objective, PlatformChoice
from strategy.platform_coverage import Persona
from strategy.platform_fit import DEFAULT_WEIGHTS, Fit, Part, Result, Team, fits, together

# What own results are told by: the KPI, and what its rate is of. The first that most platforms have is used.
RATES = {"er_reach": "reach", "er_impressions": "impressions", "er_views": "views"}
RESULTS_OF = timedelta(weeks=52)
# What a fit reads of an audience, and the pages show of it.
READ = ("name", "age_from", "age_to", "gender", "countries", "weight")


@dataclass(frozen=True)
class Basis:
    """All that the fits of a brand are computed from."""

    audiences: tuple[Audience, ...]
    personas: tuple[Persona, ...]
    results: Mapping[str, Result]
    stages: Mapping[str, float]
    team: Team
    weights: Mapping[str, float]
    settings: FitSettings | None

    def of(self, audience: Audience | None) -> "Basis":
        """The same for one audience alone; unchanged without one."""
        if audience is None:
            return self
        return replace(self, audiences=(audience,), personas=(as_persona(audience),))


@dataclass(frozen=True)
class Standing:
    """How a platform stands: its fit over the personas (or to one), and what was decided."""

    entry: Entry
    fit: Fit
    choice: PlatformChoice | None = None
    channels: int = 0


def as_persona(audience: Audience) -> Persona:
    return Persona(
        audience.name,
        audience.age_from,
        audience.age_to,
        audience.gender,
        tuple(audience.countries),
        float(audience.weight),
    )


def basis() -> Basis:
    """Read all of it. Four queries."""
    settings = FitSettings.objects.first()
    audiences = tuple(Audience.objects.filter(archived_at__isnull=True).only(*READ))
    return Basis(
        audiences=audiences,
        personas=tuple(as_persona(audience) for audience in audiences),
        results=results(),
        stages=stages(),
        team=team_of(settings),
        weights=DEFAULT_WEIGHTS | (settings.weights if settings else {}),
        settings=settings,
    )


def team_of(settings: FitSettings | None) -> Team:
    if settings is None:
        return Team()
    made = {name: told["hours"] for name, told in settings.formats.items() if told["can"]}
    hours = settings.hours_per_week
    return Team(None if hours is None else float(hours), made)


def stages() -> dict[str, float]:
    """Weight of the objectives that still run, by the funnel stage of their KPI."""
    found: dict[str, float] = defaultdict(float)
    running = Objective.objects.filter(archived_at__isnull=True, deadline__gte=timezone.now().date())
    for kpi, weight in running.values_list("kpi", "weight"):
        if kpi in KPIS:
            found[KPIS[kpi].stage] += weight
    return dict(found)


def results() -> dict[str, Result]:
    """Own engagement of the last year by platform, as far as it was imported."""
    since = timezone.now().date() - RESULTS_OF
    weeks = KpiWeek.objects.filter(kpi__in=RATES, channel__isnull=False, week__gte=since)
    sums = (
        weeks.order_by()
        .values_list("channel__platform", "kpi")
        .annotate(Sum("numerator"), Sum("denominator"), Sum("n"))
    )
    return alike(sums)


def alike(sums: Iterable[tuple[str, str, float, float | None, int]]) -> dict[str, Result]:
    """Of each platform the rate with the denominator that most platforms share, or else one that it has.

    sums: platform, KPI, numerator, denominator, number of posts. A rate is a sum over a sum.
    """
    by_kpi: dict[str, dict[str, Result]] = {kpi: {} for kpi in RATES}
    for platform, kpi, numerator, denominator, n in sums:
        if denominator:
            by_kpi[kpi][platform] = Result(numerator / denominator, n, RATES[kpi])
    order = sorted(RATES, key=lambda kpi: -len(by_kpi[kpi]))
    found: dict[str, Result] = {}
    for kpi in order:
        for platform, result in by_kpi[kpi].items():
            found.setdefault(platform, result)
    return found


def standings(known: Basis, *, audience: Audience | None = None) -> list[Standing]:
    """Every platform of the catalogue, best fit first, those of whom too little is known last. Two queries.

    With `audience` by the fit to it alone.
    """
    choices = {choice.platform: choice for choice in PlatformChoice.objects.select_related("brand", "decided_by")}
    counts: dict[str, int] = defaultdict(int)
    for platform in Channel.objects.filter(active=True).values_list("platform", flat=True):
        counts[platform] += 1
    found = [
        Standing(entry, fit_of(known.of(audience), entry), choices.get(slug), counts[slug])
        for slug, entry in catalogue().items()
    ]
    return sorted(found, key=_order)


def _order(standing: Standing) -> tuple[bool, float, str]:
    score = -1.0 if standing.fit.score is None else standing.fit.score
    return standing.fit.is_thin, -score, standing.entry.slug


def standing(known: Basis, platform: str, *, audience: Audience | None = None) -> Standing:
    """One platform without its decision; no query."""
    entry = catalogue()[platform]
    return Standing(entry, fit_of(known.of(audience), entry))


def fit_of(known: Basis, entry: Entry) -> Fit:
    """The fit over all audiences of the basis by their weight."""
    found = together(entry.for_fit, known.personas or [Persona()], **_given(known))
    return found if known.personas else _without_coverage(found)


def by_audience(known: Basis, platform: str) -> list[tuple[Audience, Fit]]:
    """The fit to each audience."""
    entry = catalogue()[platform]
    return list(zip(known.audiences, fits(entry.for_fit, known.personas, **_given(known)), strict=True))


def _given(known: Basis) -> dict[str, Any]:
    return {"results": known.results, "stages": known.stages, "team": known.team, "weights": known.weights}


def _without_coverage(fit: Fit) -> Fit:
    """Nobody to be covered: the part is left out, and says so."""
    unknown = Part("coverage", None, fit.parts[0].weight, "unknown", "no_audience", {})
    return fit.with_parts((unknown, *fit.parts[1:]))
