"""What the ads beside search results cost and brought, day by day."""

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from smm.demo.money import Visits, weeks
from smm.demo.plan import Demo, Search
from smm.demo.simulate import last_day, random

COST_PER_CLICK = 1.45
CLICK_RATE = 0.062


class SearchDay(NamedTuple):
    day: date
    campaign: str
    spent: float
    impressions: int
    clicks: int
    leads: int


def search_days(demo: Demo, *, today: date) -> list[SearchDay]:
    """Every day of every search campaign, oldest first."""
    rng, found = random(demo.slug, "searches"), []
    for search in demo.searches:
        end = last_day(today)
        found += [_day(search, end - timedelta(days=ago), rng) for ago in range(search.first, -1, -1)]
    return sorted(found)


def _day(search: Search, day: date, rng: np.random.Generator) -> SearchDay:
    """Harbours do not look for software at weekends."""
    busy = 1.0 if day.weekday() < 5 else 0.35
    clicks = int(rng.poisson(search.spend * busy / COST_PER_CLICK))
    spent = round(clicks * COST_PER_CLICK * float(rng.uniform(0.85, 1.15)), 2)
    impressions = clicks + int(rng.poisson(search.spend * busy / COST_PER_CLICK / CLICK_RATE))
    return SearchDay(day, search.name, spent, impressions, clicks, int(rng.binomial(clicks, search.yields * 1.2)))


def search_visits(demo: Demo, days: list[SearchDay], *, today: date) -> list[Visits]:
    """The same clicks as the site's analytics see them by weeks; they count fewer requests than Google does."""
    if not days:
        return []
    rng, found = random(demo.slug, "search visits"), []
    for start, length in weeks(days[0].day, last_day(today)):
        for search in demo.searches:
            end = start + timedelta(days=length - 1)
            clicks = sum(day.clicks for day in days if start <= day.day <= end and day.campaign == search.name)
            if clicks:
                origin = ("Paid Search", "google", "cpc", search.name)
                engaged = int(rng.binomial(clicks, 0.58))
                found.append(
                    Visits(start, *origin, clicks, engaged, int(rng.binomial(clicks, search.yields)), 0.0)
                )
    return found
