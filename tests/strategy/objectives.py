"""Objectives with weekly sums and readings for the tests of their pages and services."""

from datetime import date, timedelta
from typing import Any

import numpy as np

from accounts.models import Brand
from accounts.scoping import brands_in_scope
from strategy.models import KpiWeek, Objective
from strategy.services import objectives as services

START = date(2026, 6, 1)  # a Monday
WEEK = timedelta(weeks=1)
VALUES: dict[str, Any] = {
    "statement": "Hear more of those who brew at home on Instagram",
    "kpi": "engagements",
    "counting": "period",
    "start": START,
    "deadline": START + 26 * WEEK,
    "baseline": 400.0,
    "target": 600.0,
    "platforms": [],
}


def add_weeks(brand: Brand, kpi: str, values: list[float], *, until: date = START, **columns: Any) -> None:
    """One sum a week, the last one being that of the week before `until`."""
    first = until - len(values) * WEEK
    with brands_in_scope(brand.pk):
        KpiWeek.objects.bulk_create(
            KpiWeek(
                brand=brand,
                platform=columns.get("platform", "instagram"),
                kpi=kpi,
                week=first + n * WEEK,
                n=columns.get("n", 5),
                numerator=value,
                denominator=columns.get("denominator"),
            )
            for n, value in enumerate(values)
        )


def add_objective(brand: Brand, **values: Any) -> Objective:
    with brands_in_scope(brand.pk):
        return services.add(brand, by=None, values=VALUES | values)


def add_rates(brand: Brand, kpi: str, *, until: date, weeks: int = 40) -> None:
    """A rate of a sample that grows slowly, with what its interval needs."""
    rng = np.random.default_rng(7)
    rows = []
    for n in range(weeks):
        reach = rng.integers(2_000, 6_000, 8).astype(float)
        told = reach * (0.045 + 0.0003 * n) * rng.lognormal(0, 0.25, 8)
        sums = ((told * told).sum(), (told * reach).sum(), (reach * reach).sum())
        week = until - (weeks - n) * WEEK
        rows.append(KpiWeek(brand=brand, platform="instagram", kpi=kpi, week=week, n=8))
        rows[-1].numerator, rows[-1].denominator = float(told.sum()), float(reach.sum())
        rows[-1].squares, rows[-1].cross, rows[-1].denominator_squares = map(float, sums)
    with brands_in_scope(brand.pk):
        KpiWeek.objects.bulk_create(rows)
