"""What the campaigns cost and what the site's analytics saw of them."""

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from smm.demo.costs import USD_TO_EUR
from smm.demo.plan import DAYS, Campaign, Demo
from smm.demo.simulate import last_day, random

COST_PER_THOUSAND = {"EUR": 6.4, "USD": 8.9, "GBP": 9.6}
REACTIONS_PER_UNIT = 3.5
AD_SETS = {"purchase": ("Prospecting", "Remarketing"), "lead": ("Prospecting",), "engagement": ("Nearby",)}
ADS = ("Film", "Pictures")


class Ad(NamedTuple):
    """An ad in a month, as it is billed."""

    campaign: Campaign
    ad_set: str
    ad: str
    start: date
    end: date
    spent: float
    impressions: int
    reach: int
    clicks: int
    results: int
    value: float
    running: bool


class Visits(NamedTuple):
    """Visits of a week from one origin, as the site's analytics tell them."""

    start: date  # a Sunday, or the first of January
    group: str
    source: str
    medium: str
    campaign: str
    sessions: int
    engaged: int
    events: int
    revenue: float


def ads(demo: Demo, *, today: date) -> list[Ad]:
    """Every ad per month of the last two years, oldest campaign first."""
    rng, found = random(demo.slug, "ads"), []
    for campaign in demo.campaigns:
        first, last = ran(campaign, today)
        for start, end in months(first, last):
            pairs = [(ad_set, ad) for ad_set in AD_SETS[campaign.goal] for ad in ADS]
            shares = rng.dirichlet([4.0] * len(pairs))
            found += [
                _ad(demo, campaign, pair, start, end, float(share), rng)
                for pair, share in zip(pairs, shares, strict=True)
            ]
    return found


def ran(campaign: Campaign, today: date) -> tuple[date, date]:
    end = last_day(today)
    return end - timedelta(days=campaign.first), end - timedelta(days=campaign.last)


def months(first: date, last: date) -> list[tuple[date, date]]:
    """The calendar months between two days, the first and last cut to them."""
    found, start = [], first
    while start <= last:
        following = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        found.append((start, min(following - timedelta(days=1), last)))
        start = following
    return found


def _ad(
    demo: Demo,
    campaign: Campaign,
    pair: tuple[str, str],
    start: date,
    end: date,
    share: float,
    rng: np.random.Generator,
) -> Ad:
    spent = round(campaign.spend * ((end - start).days + 1) * share * rng.uniform(0.85, 1.1), 2)
    impressions = int(spent / COST_PER_THOUSAND[demo.ads_currency] * 1000 * rng.uniform(0.8, 1.25))
    reach, clicks = int(impressions / rng.uniform(1.3, 2.2)), int(rng.binomial(impressions, 0.011))
    # The platform claims more than the site's analytics do.
    claimed = spent * campaign.yields * 1.2
    if campaign.goal == "engagement":
        results = int(rng.poisson(spent * REACTIONS_PER_UNIT))
    else:
        results = int(rng.poisson(claimed / (campaign.basket or 1.0)))
    value = round(results * campaign.basket * rng.uniform(0.9, 1.1), 2) if campaign.goal == "purchase" else 0.0
    return Ad(campaign, *pair, start, end, spent, impressions, reach, clicks, results, value, campaign.last == 0)


def visits(demo: Demo, *, today: date) -> list[Visits]:
    """Weeks of visits from campaigns and from everywhere else, oldest first."""
    rng, found = random(demo.slug, "visits"), []
    for start, days in weeks(last_day(today) - timedelta(days=DAYS - 1), last_day(today)):
        for campaign in demo.campaigns:
            found += _campaign_week(demo, campaign, start, days, today, rng)
        found += _other_week(demo, start, days, rng)
    return found


def weeks(first: date, last: date) -> list[tuple[date, int]]:
    """Weeks as Google Analytics numbers them, with their days: from Sunday, and cut at the turn of the year."""
    found, start = [], first
    while start <= last:
        following = start + timedelta(days=7 - (start.weekday() + 1) % 7)
        following = min(following, date(start.year + 1, 1, 1), last + timedelta(days=1))
        found.append((start, (following - start).days))
        start = following
    return found


def _campaign_week(
    demo: Demo, campaign: Campaign, start: date, days: int, today: date, rng: np.random.Generator
) -> list[Visits]:
    first, last = ran(campaign, today)
    active = (min(last, start + timedelta(days=days - 1)) - max(first, start)).days + 1
    if active <= 0:
        return []
    spent = campaign.spend * active * (float(USD_TO_EUR[0]) if demo.ads_currency != demo.currency else 1.0)
    origins = [("Paid Social", "meta", "paid_social", 0.8)]
    origins += [("Organic Social", name, "social", 0.2 / len(campaign.platforms)) for name in campaign.platforms]
    return [_visit(campaign, start, spent, origin, rng) for origin in origins]


def _visit(
    campaign: Campaign, start: date, spent: float, origin: tuple[str, str, str, float], rng: np.random.Generator
) -> Visits:
    group, source, medium, share = origin
    sessions = int(rng.poisson(spent * share * 1.35)) + 2
    earned = spent * campaign.yields * share
    if campaign.goal == "lead":
        events, revenue = int(rng.poisson(earned)), 0.0
    else:
        events = int(rng.poisson(earned / campaign.basket))
        revenue = round(events * campaign.basket * float(rng.uniform(0.92, 1.08)), 2)
    engaged = int(rng.binomial(sessions, 0.62))
    return Visits(start, group, source, medium, campaign.name, sessions, engaged, events, revenue)


def _other_week(demo: Demo, start: date, days: int, rng: np.random.Generator) -> list[Visits]:
    """Visits that carry no campaign: part of the revenue that nobody can attribute."""
    origins = (
        ("Direct", "(direct)", "(none)", "(direct)", 0.38),
        ("Organic Search", "google", "organic", "(organic)", 0.34),
        ("Organic Social", "instagram.com", "referral", "(referral)", 0.12),
        ("Referral", "mappe.example", "referral", "(referral)", 0.08),
        ("Unassigned", "(not set)", "(not set)", "(not set)", 0.02),
        ("Email", "newsletter", "email", "newsletter", 0.06),
    )
    found = []
    for group, source, medium, campaign, share in origins:
        sessions = int(rng.poisson(demo.sessions * days / 7 * share)) + 1
        revenue = round(sessions * demo.sales * float(rng.lognormal(-0.18, 0.6)), 2)
        events = int(rng.poisson(revenue / 45.0 if revenue else sessions * 0.006))
        engaged = int(rng.binomial(sessions, 0.55))
        found.append(Visits(start, group, source, medium, campaign, sessions, engaged, events, revenue))
    return found
