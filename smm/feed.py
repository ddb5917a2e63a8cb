"""A person's calendar feeds: of all his brands, of one, of one campaign. `accounts.feeds` has their addresses."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from accounts.access import public
from accounts.feeds import feed_of
from accounts.models import Brand
from accounts.scoping import brands_in_scope
from calendar_app.models import Entry
from smm import desk_list
from smm.desk_calendar import agreed
from strategy.models import Campaign, HandedTask, Task

BACK, AHEAD = timedelta(days=60), timedelta(days=400)
LASTS = timedelta(minutes=15)
MOST = 2_000


@public
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The tasks in force and the entries agreed on, of what the address covers and the person may enter now."""
    found = feed_of(token)
    if found is None:
        raise Http404
    brands = Brand.objects.for_user(found.user)
    if found.brand:
        brands = [get_object_or_404(brands, pk=found.brand)]
    with translation.override(found.user.language), brands_in_scope(*(brand.pk for brand in brands)):
        campaign = get_object_or_404(Campaign, pk=found.campaign) if found.campaign else None
        name = _("tasks of %(name)s") % {"name": found.user}
        if found.brand:
            name = f"{brands[0]}, {campaign}" if campaign else str(brands[0])
        body = calendar_of(f"Timone: {name}", campaign=campaign, now=timezone.now()).to_ical()
    headers = {"Content-Disposition": 'inline; filename="timone.ics"', "Cache-Control": "private, max-age=300"}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def calendar_of(name: str, *, campaign: Campaign | None, now: datetime) -> Calendar:
    """The brands in scope, or a campaign; what has an hour stands on its brand's clock, else it lasts the day."""
    found = Calendar()
    found.add("prodid", "-//Timone//Desk//EN")
    found.add("version", "2.0")
    found.add("x-wr-calname", name)
    found.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    rows = desk_list.in_force().filter(at__gte=now - BACK, at__lt=now + AHEAD).order_by("at", "pk")
    entries = agreed(now - BACK, now + AHEAD)
    if campaign:
        rows, entries = rows.filter(campaign_version__campaign=campaign), entries.filter(campaign=campaign)
    for row in rows[:MOST]:
        found.add_component(_event(row))
    for entry in entries[:MOST]:
        found.add_component(_planned(entry))
    found.add_missing_timezones()
    return found


def _planned(entry: Entry) -> Event:
    """An entry of the calendar that is agreed on."""
    event = Event()
    event.add("uid", f"entry-{entry.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", entry.version)
    event.add("dtstamp", entry.updated_at.astimezone(UTC))
    _place(event, entry.at if entry.clock else None, entry.day, entry.brand.time_zone)
    mark = "⏸ " if entry.freeze_id else "✓ " if entry.status == Entry.Status.PUBLISHED else ""
    event.add("summary", f"{mark}{entry.brand.name}: {entry.title}")
    event.add("description", "\n\n".join(part for part in (entry.copy, entry.link) if part))
    event.add("location", str(entry.channel))
    event.add("url", settings.SITE_URL + reverse("desk_entry", args=[entry.brand.slug, entry.pk]))
    return event


def _place(event: Event, at: datetime | None, day: date, zone: str) -> None:
    """On the brand's clock, or the whole day without an hour."""
    if at is not None:
        start = at.astimezone(ZoneInfo(zone))
        event.add("dtstart", start)
        event.add("dtend", start + LASTS)
    else:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")


def _event(row: HandedTask) -> Event:
    event, version = Event(), row.campaign_version
    event.add("uid", f"task-{row.task_id or f'gone-{row.pk}'}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", version.number)
    event.add("dtstamp", version.handed_over_at.astimezone(UTC))
    _place(event, row.at if row.clock else None, row.day, row.brand.time_zone)
    state = row.task.state if row.task else ""
    mark = {Task.State.DONE: "✓ ", Task.State.NOT_DONE: "✗ "}.get(state, "")
    event.add("summary", f"{mark}{row.brand.name}: {row.title}")
    event.add("description", _description(row))
    if row.channel:
        event.add("location", str(row.channel))
    event.add("categories", [version.campaign.name])
    event.add("url", settings.SITE_URL + reverse("desk_task", args=[row.brand.slug, row.pk]))
    return event


def _description(row: HandedTask) -> str:
    told: dict[str, Any] = row.content
    parts = [told.get("details", ""), told.get("copy", ""), told.get("link", "")]
    return "\n\n".join(part for part in parts if part)
