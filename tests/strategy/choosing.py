"""A brand that chooses its platforms: audiences, objectives, hours, own results."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.models import Brand, User
from accounts.scoping import brands_in_scope
from strategy.models import Audience, Channel, KpiWeek, Objective
from strategy.services import platforms

REASON = "Half of the people we want to reach are there, and we make what works there."


def add_audience(brand: Brand, name: str, **fields) -> Audience:
    with brands_in_scope(brand.pk):
        return Audience.objects.create(brand=brand, name=name, **({"countries": ["IT"]} | fields))


def add_objective(brand: Brand, kpi: str = "clicks", **fields) -> Objective:
    today = timezone.now().date()
    values = {
        "statement": kpi,
        "counting": "period",
        "start": today,
        "deadline": today + timedelta(days=90),
    } | fields
    with brands_in_scope(brand.pk):
        return Objective.objects.create(brand=brand, kpi=kpi, **values)


def add_week(channel: Channel, kpi: str, numerator: float, denominator: float, n: int = 30, **fields) -> KpiWeek:
    today = timezone.now().date()
    week = fields.pop("week", today - timedelta(days=today.weekday() + 7))
    values = {"n": n, "numerator": numerator, "denominator": denominator, "week": week} | fields
    with brands_in_scope(channel.brand_id):
        return KpiWeek.objects.create(brand_id=channel.brand_id, channel=channel, kpi=kpi, **values)


def tell_team(brand: Brand, by: User | None = None, *, hours: float | None = 10, **formats: float):
    """What the team makes: format=hours for a piece."""
    with brands_in_scope(brand.pk):
        return platforms.save_settings(
            brand,
            by=by,
            version=0,
            weights={"coverage": 30, "results": 15, "objectives": 20, "formats": 20, "effort": 15},
            hours_per_week=hours,
            formats={name: {"can": True, "hours": each} for name, each in formats.items()},
        )


def decide(brand: Brand, by: User | None, platform: str, decision: str, **fields):
    values = {"reason": REASON, "review_on": timezone.now().date() + timedelta(days=100)} | fields
    with brands_in_scope(brand.pk):
        return platforms.decide(brand, by=by, values={"platform": platform, "decision": decision} | values)


def whole_brand(brand: Brand, by: User) -> None:
    """Two audiences, three objectives, a team, results on two platforms, decisions of each kind."""
    add_audience(brand, "Giulia, home baristas", age_from=28, age_to=44, gender="women", weight=3)
    add_audience(brand, "Renato, bar owners", age_from=40, age_to=62, gender="men")
    add_objective(brand, "reach_per_post", weight=2)
    add_objective(brand, "clicks")
    tell_team(brand, by, hours=9, photo=1, carousel=2.5, short_video=4, text=0.5)
    with brands_in_scope(brand.pk):
        channels = [
            Channel.objects.create(
                brand=brand, platform=slug, handle="caffe.alba", mission="Coffee at home, shown."
            )
            for slug in ("instagram", "facebook")
        ]
    add_week(channels[0], "er_reach", 500, 10_000, 64)
    add_week(channels[1], "er_reach", 120, 6_000, 12)
    decide(brand, by, "instagram", "chosen")
    decide(brand, by, "tiktok", "later", reason="Once somebody can film every week.")
    decide(brand, by, "snapchat", "rejected", reason="Nobody above thirty is there.", review_on=date(2030, 1, 1))
