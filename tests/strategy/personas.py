"""Personas for tests: rows as a person would write them."""

from datetime import date

from django.utils import timezone

from accounts.models import Brand
from accounts.scoping import brands_in_scope
from strategy.models import Audience, Channel, ContentPillar, Evidence, Objective, PlatformChoice, Strategy
from tests.analytics.posts import add_channel


def evening_hours() -> list[int]:
    """Online mostly from 20 to 23, sometimes at noon, every day."""
    hours = [0] * 168
    for day in range(7):
        hours[day * 24 + 12] = 1
        hours[day * 24 + 20 : day * 24 + 23] = [3] * 3
    return hours


def add_audience(brand: Brand, name: str = "Giulia, barista at home", **fields) -> Audience:
    given = {
        "segment": "Brews at home, buys beans once a month",
        "age_from": 28,
        "age_to": 45,
        "countries": ["IT"],
        "languages": ["it"],
        "interests": ["cooking", "slow travel"],
        "job": "When guests come, I want a coffee as good as at the bar, so that I am proud of it.",
        "pains": "The beans are stale when they arrive.",
        "online_hours": evening_hours(),
    }
    with brands_in_scope(brand.pk):
        return Audience.objects.create(brand=brand, name=name, **given | fields)


def add_evidence(audience: Audience, claim: str, kind: str = "survey", day: date | None = None) -> Evidence:
    with brands_in_scope(audience.brand_id):
        return Evidence.objects.create(
            brand=audience.brand,
            audience=audience,
            claim=claim,
            kind=kind,
            detail="Shop survey",
            people=214,
            day=day,
        )


def serve(audience: Audience, *, channel: Channel | None = None) -> None:
    """An objective, a pillar and, if given, a channel that serve the audience."""
    with brands_in_scope(audience.brand_id):
        Objective.objects.create(
            brand=audience.brand,
            statement="200 subscribers from Instagram by December",
            kpi="conversions",
            counting="total",
            start=date(2026, 1, 1),
            deadline=date(2026, 12, 31),
            audience=audience,
        )
        if not ContentPillar.objects.filter(name="Behind the roast").exists():
            ContentPillar.objects.create(
                brand=audience.brand, name="Behind the roast", share=40, audience=audience
            )
        if channel:
            channel.audiences.add(audience)


def add_pillars(brand: Brand, audience: Audience | None = None) -> list[ContentPillar]:
    """Three pillars that take 90 per cent of the mix, and an archived one."""
    told = [("Behind the roast", 40), ("Brewing school", 30), ("The people of the bar", 20)]
    with brands_in_scope(brand.pk):
        found = [
            ContentPillar.objects.create(
                brand=brand,
                name=name,
                share=share,
                position=place,
                audience=audience,
                purpose="Shows what others hide: where the beans come from and what goes wrong.",
                examples="A roast that failed\nThe first cup of the morning",
                avoid="Product shots with a price",
            )
            for place, (name, share) in enumerate(told, start=1)
        ]
        ContentPillar.objects.create(brand=brand, name="Memes", share=10, archived_at=timezone.now())
    return found


def add_strategy(brand: Brand) -> Audience:
    """A small but whole strategy; returns its audience."""
    audience = add_audience(brand)
    channel = add_channel(brand, platform="instagram", handle="caffe.alba", mission="Show the craft")
    add_pillars(brand, audience)
    serve(audience, channel=channel)
    with brands_in_scope(brand.pk):
        Strategy.objects.create(brand=brand, situation="Orders stand still.", positioning="For those who brew.")
        told = {"brand": brand, "decided_at": timezone.now()}
        PlatformChoice.objects.create(**told, platform="instagram", decision="chosen", reason="They are there.")
        PlatformChoice.objects.create(**told, platform="x", decision="rejected", reason="Nobody of them is there.")
    return audience
