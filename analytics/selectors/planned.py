"""Reads planned posts for their pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet

from accounts.models import Brand
from analytics.models import PlannedPost


@dataclass(frozen=True)
class Asked:
    """What the address asks for; empty values narrow nothing. `undated` asks for posts without a day."""

    text: str = ""
    platform: str = ""
    start: date | None = None
    end: date | None = None
    undated: bool = False

    @property
    def is_narrowed(self) -> bool:
        return self != Asked()


def planned(brand: Brand, asked: Asked) -> QuerySet[PlannedPost]:
    """The planned posts asked for, the earliest first; those without a day last."""
    found = PlannedPost.objects.select_related("channel")
    if asked.text:
        words = ("text", "title", "labels", "link", "account", "channel__handle")
        matches = Q()
        for name in words:
            matches |= Q(**{f"{name}__icontains": asked.text})
        found = found.filter(matches)
    if asked.platform:
        found = found.filter(platform=asked.platform)
    if asked.undated:
        found = found.filter(at=None)
    zone = ZoneInfo(brand.time_zone)
    if asked.start:
        found = found.filter(at__gte=datetime.combine(asked.start, time(), zone))
    if asked.end:
        found = found.filter(at__lt=datetime.combine(asked.end + timedelta(days=1), time(), zone))
    return found.order_by(F("at").asc(nulls_last=True), "pk")


def streamed(brand: Brand, asked: Asked) -> Iterator[PlannedPost]:
    return planned(brand, asked).iterator(chunk_size=2_000)


def platforms() -> list[str]:
    """The platforms on which something is planned."""
    return list(
        PlannedPost.objects.exclude(platform="").order_by("platform").values_list("platform", flat=True).distinct()
    )
