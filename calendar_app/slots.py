"""Recurring slots of channels: the places they make on given days, and which of them are free. Pure.

A slot is meant on the brand's clock. Its instant follows `strategy.task_times`: an hour that the clock skips moves
on by what was skipped, one that comes twice is the first.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from strategy.task_times import instant

NEAR = timedelta(hours=1)


class Recurring(NamedTuple):
    """A slot of every week; Monday is 0. Without a format or a pillar it is for any."""

    key: int
    channel: int
    weekday: int
    clock: time
    format: str = ""
    pillar: int | None = None


class Place(NamedTuple):
    """A slot on one day, and its instant."""

    slot: Recurring
    day: date
    at: datetime

    def fits(self, format: str, pillar: int | None) -> bool:
        """Whether an entry of this format and pillar belongs here."""
        own = self.slot
        return own.format in ("", format) and (own.pillar is None or pillar is None or own.pillar == pillar)


def places(slots: Iterable[Recurring], first: date, last: date, *, zone: str) -> list[Place]:
    """Every place from one day to another, the earliest first.

    Two slots of a channel that fall on the same instant (one of them in an hour that the clock skips) are one
    place: that whose hour there is.
    """
    by_weekday: dict[int, list[Recurring]] = {}
    for slot in sorted(slots, key=lambda slot: slot.clock):
        by_weekday.setdefault(slot.weekday, []).append(slot)
    found: dict[tuple[int, datetime], Place] = {}
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        for slot in by_weekday.get(day.weekday(), []):
            at = instant(day, slot.clock, zone)
            found[slot.channel, at] = Place(slot, day, at)
    return sorted(found.values(), key=lambda place: (place.at, place.slot.key))


def free(found: Sequence[Place], taken: Iterable[tuple[int, datetime]], *, after: datetime) -> list[Place]:
    """Those of the places that come after a moment and that no entry occupies.

    `taken` tells the channel and the instant of each entry with an hour. An entry occupies one place: the nearest
    of its channel, if that is less than an hour away; of two as near the earlier.
    """
    of_channel: dict[int, list[datetime]] = {}
    for place in found:
        of_channel.setdefault(place.slot.channel, []).append(place.at)
    occupied = {
        (channel, at) for channel, moment in taken if (at := _nearest(of_channel.get(channel, []), moment))
    }
    return [each for each in found if each.at > after and (each.slot.channel, each.at) not in occupied]


def _nearest(moments: list[datetime], moment: datetime) -> datetime | None:
    at = bisect_left(moments, moment)
    near = [each for each in moments[max(0, at - 1) : at + 1] if abs(each - moment) < NEAR]
    return min(near, key=lambda each: (abs(each - moment), each), default=None)
