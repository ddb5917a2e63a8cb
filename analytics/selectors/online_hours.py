"""Reads when the audiences of a channel are online, on that channel's clock."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from strategy import evidence, online_hours
from strategy.models import Audience, Channel


@dataclass(frozen=True)
class AudienceHours:
    """The mean levels of the audiences that a channel serves, (168,), in the brand's time.

    `shift`: hours by which the channel's clock is ahead of the brand's; `assumed`: those of the audiences whose
    hours no fresh evidence supports.
    """

    levels: list[float]
    shift: int
    audiences: list[str]
    assumed: list[str]


def of_channel(channel: Channel, *, now: datetime) -> AudienceHours | None:
    """The hours of the active audiences that the channel serves, each by its weight; None where none are known."""
    served = Audience.objects.filter(channels=channel, archived_at=None).prefetch_related("evidence")
    known = [audience for audience in served.order_by("name", "pk") if online_hours.is_grid(audience.online_hours)]
    if not known:
        return None
    total = sum(audience.weight for audience in known)
    levels = [
        sum(audience.weight * audience.online_hours[cell] for audience in known) / total
        for cell in range(online_hours.CELLS)
    ]
    today = timezone.localdate(now, timezone=ZoneInfo(channel.brand.time_zone))
    return AudienceHours(
        levels,
        hours_ahead(channel.zone, channel.brand.time_zone, now=now),
        [audience.name for audience in known],
        [audience.name for audience in known if not _is_shown(audience, today)],
    )


def hours_ahead(zone: str, other: str, *, now: datetime) -> int:
    """Whole hours by which one clock is ahead of the other at this moment."""
    offsets = [now.astimezone(ZoneInfo(name)).utcoffset() for name in (zone, other)]
    first, second = (offset.total_seconds() if offset else 0.0 for offset in offsets)
    return round((first - second) / 3600)


def _is_shown(audience: Audience, today: date) -> bool:
    found = [(each.kind, each.day) for each in audience.evidence.all() if each.claim == "online_hours"]
    return evidence.standing(found, today) == "shown"
