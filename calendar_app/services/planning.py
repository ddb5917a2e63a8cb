"""How the brand plans: its settings, its own days, hints put aside, and hours proposed for entries."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import rows
from accounts.errors import InvalidInput, register_messages
from accounts.models import Brand, User
from calendar_app import selectors
from calendar_app.models import CalendarSettings, Entry, Observance, OnPurpose
from calendar_app.proposals import Proposal, Wanted, propose
from calendar_app.services import entries

LONGEST = 62  # days that are looked at at once
register_messages(
    {
        "propose_nothing": _("Choose at least one entry."),
        "propose_days": _("Choose a last day after the first one, at most %(most)s days later."),
    }
)


def set_settings(brand: Brand, *, by: User | None, version: int, values: Mapping[str, Any]) -> CalendarSettings:
    told = {"version": version, "values": values, "by": by}
    return rows.put_only(CalendarSettings, brand, **told, action="calendar_settings.set")


def add_day(brand: Brand, *, by: User | None, values: Mapping[str, Any]) -> Observance:
    return rows.add(Observance(brand=brand), values, by=by, action="own_day.added")


def change_day(row: Observance, *, by: User | None, version: int, values: Mapping[str, Any]) -> Observance:
    return rows.change(row, by=by, version=version, values=values, action="own_day.changed")


def remove_day(row: Observance, *, by: User | None) -> None:
    rows.remove(row, by=by, action="own_day.removed", fields=("name", "day"))


@transaction.atomic
def put_aside(brand: Brand, key: str, *, aside: bool, by: User | None) -> None:
    """Say that a hint is meant so, or take that back."""
    if aside:
        OnPurpose.objects.get_or_create(brand=brand, key=key[:120], defaults={"by": by})
    else:
        OnPurpose.objects.filter(key=key).delete()


def proposed(
    brand: Brand, chosen: Sequence[Entry], *, first: date, last: date, now: datetime
) -> list[tuple[Entry, Proposal]]:
    """An hour for each of these entries between two days, by what is known of its channel; nothing is stored."""
    if not chosen:
        raise InvalidInput("propose_nothing")
    if not 0 <= (last - first).days <= LONGEST:
        raise InvalidInput("propose_days", field="last", most=LONGEST)
    known = selectors.best_times({entry.channel_id for entry in chosen})
    cells = {channel: selectors.on_brand_clock(told, brand, now=now) for channel, told in known.items()}
    found = propose(
        [Wanted(entry.pk, entry.channel_id) for entry in chosen],
        cells=cells,
        taken=selectors.taken(first, last, but=[entry.pk for entry in chosen]),
        first=first,
        last=last,
        after=now.astimezone(ZoneInfo(brand.time_zone)).replace(tzinfo=None),
        rules=selectors.rules_of(selectors.settings_of(brand)),
    )
    return list(zip(chosen, found, strict=True))


@transaction.atomic
def accept(accepted: Sequence[tuple[Entry, date, time, int]], *, by: User | None, today: date) -> list[Entry]:
    """Put entries on proposed hours, all or none; raises Stale where one changed since it was shown."""
    if not accepted:
        raise InvalidInput("propose_nothing")
    return [
        entries.move(entry, day=day, clock=clock, by=by, version=version, today=today)
        for entry, day, clock, version in accepted
    ]
