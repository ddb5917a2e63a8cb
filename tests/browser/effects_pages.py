"""What worked, for the browser: a hundred and sixty posts on two platforms, and what is said of them."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
from django.urls import reverse

from accounts.scoping import brands_in_scope
from analytics.models import EffectsReport, PostTag
from analytics.services import effects
from strategy.models import Campaign, ContentPillar
from tests.analytics.posts import add_channel, add_posts
from tests.cast import Cast

QUARTER = effects.Wanted(date(2026, 1, 1), date(2026, 3, 31))
FORMATS = ("photo", "carousel", "video", "short_video")
BETTER = {"carousel": 1.8, "short_video": 1.2}
TEXTS = (
    "New beans. #caffè",
    "How we roast, in five pictures. " * 6,
    "Open on Sunday: https://alba.example #bar #torino",
)


def _posts(n: int, *, seed: int):
    rng = np.random.default_rng(seed)
    for place in range(n):
        kind = FORMATS[rng.integers(4)]
        figure = rng.lognormal(5, 0.5) * BETTER.get(kind, 1.0) * (12 if place == 20 else 1)
        yield {
            "published_at": datetime(2026, 1, 2, tzinfo=UTC) + timedelta(minutes=int(rng.integers(0, 85 * 1440))),
            "format": kind,
            "text": TEXTS[rng.integers(3)],
            "paid": bool(rng.random() < 0.2),
            "engagements": int(figure),
        }


def _lived_in(cast: Cast, n: int = 80) -> None:
    campaign = Campaign.objects.create(brand=cast.brand, name="Spring menu", start=QUARTER.start, end=QUARTER.end)
    names = ("Behind the roast", "Guests")
    pillars = [ContentPillar.objects.create(brand=cast.brand, name=name, share=50) for name in names]
    for seed, platform in enumerate(("instagram", "facebook")):
        channel = add_channel(cast.brand, platform, "caffe.alba")
        for place, row in enumerate(add_posts(channel, _posts(n, seed=seed))):
            if place % 3:
                PostTag.objects.create(
                    brand=cast.brand,
                    channel=channel,
                    external_id=row.external_id,
                    campaign=campaign if place % 4 == 1 else None,
                    pillar=pillars[place % 2],
                    planned=True,
                )


def _computed(cast: Cast) -> EffectsReport:
    with brands_in_scope(cast.brand.pk):
        _lived_in(cast)
        return effects.report_now(cast.brand, QUARTER, by=cast.bea)


def _at(name: str, cast: Cast, *numbers: int) -> str:
    return reverse(name, args=[cast.brand.slug, *numbers])


def report(cast: Cast) -> str:
    return _at("effects_report", cast, _computed(cast).pk)


def posts(cast: Cast) -> str:
    return _at("effects_posts", cast, _computed(cast).pk) + "?dimension=format&level=carousel"


def listed(cast: Cast) -> str:
    _computed(cast)
    with brands_in_scope(cast.brand.pk):
        effects.report_now(cast.brand, effects.Wanted(QUARTER.start, QUARTER.end, "saves"), by=cast.bea)
        effects.request_report(cast.brand, QUARTER, by=cast.bea)
    return _at("effects", cast)


def asked(cast: Cast) -> str:
    with brands_in_scope(cast.brand.pk):
        add_posts(add_channel(cast.brand), _posts(5, seed=1))
    return _at("effects_new", cast)


def too_few(cast: Cast) -> str:
    with brands_in_scope(cast.brand.pk):
        add_posts(add_channel(cast.brand), _posts(12, seed=1))
        return _at("effects_report", cast, effects.report_now(cast.brand, QUARTER, by=cast.bea).pk)


def waiting(cast: Cast) -> str:
    with brands_in_scope(cast.brand.pk):
        return _at("effects_report", cast, effects.request_report(cast.brand, QUARTER, by=cast.bea).pk)
