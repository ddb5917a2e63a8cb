"""Recurring slots: kept, proposed from best hours, and taken by entries."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import rows
from accounts.errors import AppError, InvalidInput, register_messages
from accounts.models import Brand, User
from calendar_app import selectors
from calendar_app.models import Entry, Slot
from calendar_app.proposals import Proposal, Wanted, propose
from calendar_app.services import entries, planning
from strategy.models import Channel

DAY = timedelta(days=1)
SLOTS_AHEAD = timedelta(days=55)  # eight weeks
HOURS_AHEAD = timedelta(days=13)  # two weeks
register_messages(
    {
        "slot_days_missing": _("Choose at least one day of the week."),
        "slot_twice": _(
            "%(channel)s has a slot at that hour already: %(weekday)s %(clock)s. Choose another hour."
        ),
        "slot_none": _(
            "%(channel)s has no recurring slots yet. Add some under “Slots”, or take the next free best hour."
        ),
        "slot_all_taken": _(
            "Every slot of %(channel)s until %(day)s is taken. Add a slot, or move another entry out of one."
        ),
        "slot_unfit": _(
            "The free slots of %(channel)s until %(day)s are for another format or pillar. "
            "Change a slot or the entry, or choose a day by hand."
        ),
        "slot_taken": _("That slot was taken meanwhile. Choose another one."),
        "slot_gone": _("That slot is there no more. Reload the page and choose another one."),
        "place_campaign_over": _(
            "Its campaign runs from %(start)s to %(end)s: no day of it lies ahead within reach. "
            "Choose a day by hand, or another campaign."
        ),
        "place_finished": _("An entry that is %(status)s keeps its day."),
        "best_no_data": _("Nothing is known of this channel's hours yet: import its posts first."),
        "best_no_room": _("No hour is free within your rules. Choose more days, or more posts a day."),
        "best_of_one": _("%(title)s: %(reason)s"),
    }
)


# --- slots -----------------------------------------------------------------------------------------------------


@transaction.atomic
def add(brand: Brand, *, by: User | None, values: Mapping[str, Any]) -> list[Slot]:
    """A slot on each of the days told (`weekdays`), all or none; raises InvalidInput naming the field."""
    told = dict(values)
    days = sorted({int(day) for day in told.pop("weekdays")})
    if not days:
        raise InvalidInput("slot_days_missing", field="weekdays")
    return [
        _stored(Slot(brand=brand), told | {"weekday": day}, rows.add, by=by, action="slot.added") for day in days
    ]


def change(slot: Slot, *, by: User | None, version: int, values: Mapping[str, Any]) -> Slot:
    return _stored(slot, values, rows.change, by=by, version=version, action="slot.changed")


def _stored(slot: Slot, values: Mapping[str, Any], put: Callable[..., Slot], **told: Any) -> Slot:
    clean = dict(values)
    if isinstance(clean.get("clock"), time):
        clean["clock"] = clean["clock"].replace(second=0, microsecond=0)
    wanted = Slot(**{"channel": slot.channel if slot.channel_id else None, "weekday": slot.weekday} | clean)
    same = Slot.objects.filter(channel=wanted.channel, weekday=wanted.weekday, clock=wanted.clock)
    if same.exclude(pk=slot.pk).exists():
        facts = {"channel": str(wanted.channel), "weekday": wanted.get_weekday_display()}
        raise InvalidInput("slot_twice", field="clock", clock=f"{wanted.clock:%H:%M}", **facts)
    return put(slot, values=clean, twice="clock", **told)


def remove(slot: Slot, *, by: User | None) -> None:
    rows.remove(slot, by=by, action="slot.removed", fields=("channel", "weekday", "clock", "format", "note"))


def best_hours(channel: Channel, *, most: int, now: datetime) -> list[Proposal]:
    """The best hours of a week of this channel that no slot has yet, within the brand's rules. Nothing is stored.

    A week to come is planned with the slots as what is taken, by the algorithm that proposes hours for entries.
    """
    brand = channel.brand
    today = now.astimezone(ZoneInfo(brand.time_zone)).date()
    monday = today + timedelta(days=7 - today.weekday())
    known = selectors.best_times([channel.pk])
    slots = Slot.objects.filter(channel__active=True)
    found = propose(
        [Wanted(n, channel.pk) for n in range(most)],
        cells={number: selectors.on_brand_clock(each, brand, now=now) for number, each in known.items()},
        taken=[(row.channel_id, datetime.combine(monday + row.weekday * DAY, row.clock)) for row in slots],
        first=monday,
        last=monday + 6 * DAY,
        after=datetime.combine(today, time()),
        rules=replace(selectors.rules_of(selectors.settings_of(brand)), explore=0),
    )
    return [each for each in found if each.at]


# --- entries take them ------------------------------------------------------------------------------------------


@transaction.atomic
def take_next(entry: Entry, *, by: User | None, version: int, now: datetime) -> tuple[Entry, Slot]:
    """Put an entry into its channel's next free slot that fits it; raises InvalidInput with what to do instead."""
    first, last = _span(entry, SLOTS_AHEAD, now)
    _one_at_a_time(entry.brand_id)
    slots = {row.pk: row for row in selectors.slots(entry.channel_id)}
    found = selectors.free_places(slots.values(), entry.brand, first, last, now=now, but=entry.pk)
    fitting = next((place for place in found if place.fits(entry.format, entry.pillar_id)), None)
    if fitting is None:
        code = "slot_unfit" if found else "slot_all_taken" if slots else "slot_none"
        raise InvalidInput(code, channel=str(entry.channel), day=last)
    return _put(entry, fitting.day, fitting.slot.clock, by, version, now), slots[fitting.slot.key]


@transaction.atomic
def take(
    entry: Entry, number: int, day: date, *, by: User | None, version: int, now: datetime
) -> tuple[Entry, Slot]:
    """Put an entry into one slot on one day; raises InvalidInput when another entry stands there."""
    _one_at_a_time(entry.brand_id)
    slots = {row.pk: row for row in selectors.slots(entry.channel_id)}
    slot = slots.get(number)
    if slot is None or slot.weekday != day.weekday():
        raise InvalidInput("slot_gone")
    found = selectors.free_places(slots.values(), entry.brand, day, day, now=now, but=entry.pk)
    if number not in {place.slot.key for place in found}:
        raise InvalidInput("slot_taken")
    return _put(entry, day, slot.clock, by, version, now), slot


@transaction.atomic
def take_best(entry: Entry, *, by: User | None, version: int, now: datetime) -> tuple[Entry, Proposal]:
    """Put an entry on the best free hour of the next two weeks, as hours are proposed; raises InvalidInput."""
    first, last = _span(entry, HOURS_AHEAD, now)
    _one_at_a_time(entry.brand_id)
    ((_entry, found),) = planning.proposed(entry.brand, [entry], first=first, last=last, now=now)
    if found.at is None:
        raise InvalidInput(f"best_{found.why}")
    return _put(entry, found.at.date(), found.at.time(), by, version, now), found


@transaction.atomic
def take_many(chosen: Iterable[Entry], what: str, *, by: User | None, now: datetime) -> list[Entry]:
    """The next free slot ("slot") or best hour ("hour") for each of many entries in turn, all or none."""
    put = take_next if what == "slot" else take_best
    found = []
    for entry in chosen:
        try:
            found.append(put(entry, by=by, version=entry.version, now=now)[0])
        except AppError as error:
            raise InvalidInput("best_of_one", title=entry.title, reason=str(error)) from error
    if not found:
        raise InvalidInput("nothing_chosen")
    return found


def _one_at_a_time(brand: int) -> None:
    """Whoever takes a place of the brand waits for whoever is taking one, so that both see what the other took."""
    Brand.objects.select_for_update(no_key=True).get(pk=brand)


def _span(entry: Entry, ahead: timedelta, now: datetime) -> tuple[date, date]:
    """The days to look at: from today on, within its campaign."""
    if entry.status in (Entry.Status.PUBLISHED, Entry.Status.CANCELLED):
        raise InvalidInput("place_finished", status=entry.get_status_display())
    today = now.astimezone(ZoneInfo(entry.brand.time_zone)).date()
    first, last = today, today + ahead
    if entry.campaign:
        first, last = max(first, entry.campaign.start), min(last, entry.campaign.end)
        if first > last:
            raise InvalidInput("place_campaign_over", start=entry.campaign.start, end=entry.campaign.end)
    return first, last


def _put(entry: Entry, day: date, clock: time, by: User | None, version: int, now: datetime) -> Entry:
    today = now.astimezone(ZoneInfo(entry.brand.time_zone)).date()
    return entries.move(entry, day=day, clock=clock, by=by, version=version, today=today)
