"""Reads best times for the pages: results, dated slots, what is waiting, what was left out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum

from accounts.models import Job
from analytics.models import BestTimes, EngagementHour, StaleWeek
from strategy.models import Channel

KIND = "analytics.best_times"
JOBS_LOOKED_AT = 200
METRICS = ("engagements", "reach", "clicks", "views")


@dataclass(frozen=True)
class Slot:
    """A recommended hour with its next date, in the channel's clock and in the brand's."""

    channel: Channel
    result: BestTimes
    day: int
    hour: int
    lift: float
    low: float
    high: float
    starts_at: datetime
    in_brand_zone: datetime


@dataclass(frozen=True)
class Counted:
    """How many posts of a channel there are, and how many are left out for which reason."""

    posts: int
    replies: int
    day_only: int
    immature: int

    @property
    def usable(self) -> int:
        return self.posts - self.replies - self.day_only - self.immature

    @property
    def only_days_known(self) -> bool:
        return self.day_only > 0 and self.day_only == self.posts - self.replies


def channels() -> QuerySet[Channel]:
    """The brand's channels, those with most usable posts first."""
    result = BestTimes.objects.filter(channel=OuterRef("pk"), metric=METRICS[0])
    told = Channel.objects.select_related("brand").annotate(told=Subquery(result.values("posts")[:1]))
    return told.order_by("-active", "-told", "platform", "handle")


def results(channel: Channel) -> dict[str, BestTimes]:
    """The channel's results by metric, without what only other channels need."""
    return {row.metric: row for row in BestTimes.objects.filter(channel=channel).defer("information")}


def jobs_of(channel: Channel) -> tuple[Job | None, Job | None]:
    """The job that computes this channel now or next, and the last one if it ended without a result."""
    latest = Job.objects.filter(kind=KIND).order_by("-pk")[:JOBS_LOOKED_AT]
    own = [job for job in latest if job.payload.get("channel") == channel.pk]
    waiting = [job for job in own if not job.is_over]
    failed = own and own[0].state in (Job.State.FAILED, Job.State.ERRORED)
    return (waiting[-1] if waiting else None), (own[0] if failed else None)


def counted(channel: Channel) -> Counted:
    names = ("posts", "replies", "day_only", "immature")
    weeks = EngagementHour.objects.filter(channel=channel)
    return Counted(**weeks.aggregate(**{name: Sum(name, default=0) for name in names}))


def weeks_behind(channel: Channel) -> int:
    """How many weeks changed since the channel was last computed."""
    return StaleWeek.objects.filter(channel=channel).aggregate(n=Count("pk"))["n"]


def next_start(day: int, hour: int, zone: str, after: datetime) -> datetime:
    """When (UTC) this hour of the week next begins on the zone's clock; one that a change skips is passed over."""
    clock = ZoneInfo(zone)
    today = after.astimezone(clock).date()
    first = today + timedelta(days=(day - today.weekday()) % 7)
    for week in range(3):
        start = datetime.combine(first + timedelta(weeks=week), time(hour), clock).astimezone(UTC)
        if start > after and start.astimezone(clock).hour == hour:
            return start
    raise ValueError(f"no {day} {hour}:00 in three weeks of {zone}")


def slots(result: BestTimes, rows: Iterable[dict[str, Any]], *, now: datetime) -> list[Slot]:
    """Stored slots with their next dates; the result's channel and its brand must be loaded."""
    channel = result.channel
    brand_clock = ZoneInfo(channel.brand.time_zone)
    found = []
    for row in rows:
        start = next_start(row["day"], row["hour"], result.time_zone, now)
        values = {name: row[name] for name in ("day", "hour", "lift", "low", "high")}
        own = start.astimezone(ZoneInfo(result.time_zone))
        found.append(Slot(channel, result, **values, starts_at=own, in_brand_zone=start.astimezone(brand_clock)))
    return found


def coming_slots(*, now: datetime) -> list[Slot]:
    """The recommended hours of the coming seven days on the brand's active channels, soonest first."""
    told = BestTimes.objects.filter(metric=METRICS[0], channel__active=True).defer("information", "cells")
    found = [
        slot
        for result in told.select_related("channel__brand")
        for slot in slots(result, result.recommended, now=now)
        if slot.starts_at - now <= timedelta(days=7)
    ]
    return sorted(found, key=lambda slot: (slot.starts_at, slot.channel.pk))


def period(result: BestTimes) -> tuple[date, date] | None:
    """First and last day of the weeks whose posts were counted."""
    first, last = result.settings.get("first_week"), result.settings.get("last_week")
    if not first:
        return None
    return date.fromisoformat(first), date.fromisoformat(last) + timedelta(days=6)
