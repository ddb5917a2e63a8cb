"""The month on the desk: what is to be done on which day, on the reader's clock. Read-only."""

from calendar import Calendar
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import BrandRequest, right, signed_in
from accounts.models import Brand
from accounts.scoping import brands_in_scope
from calendar_app import words
from calendar_app.links import link_of
from calendar_app.models import Entry
from calendar_app.services import pictures
from calendar_app.views.pictures import file_of, shown
from smm import desk_list, desk_reader
from smm.desk_pages import shared
from strategy.models import HandedTask
from strategy.selectors import campaigns
from strategy.timeline import later, month_of

SHOWN = (Entry.Status.APPROVED, Entry.Status.SCHEDULED, Entry.Status.PUBLISHED)
MOST_SHOWN = 6  # tasks of a day in its box; the rest is behind a link to the day


@right("desk.view")
@require_safe
def desk_calendar(request: BrandRequest) -> HttpResponse:
    """The month of one brand."""
    reader = desk_reader.reader_of(request)
    found = month(request.GET.get("month", ""), reader.zone(request.brand))
    return render(request, "smm/desk_calendar.html", {**shared(request, reader), **found})


@signed_in
@require_safe
def desk_calendar_all(request: HttpRequest) -> HttpResponse:
    """The month of all brands in which the person has a role."""
    brands = list(Brand.objects.for_user(request.user))
    zone = ZoneInfo(request.user.time_zone or (brands[0].time_zone if brands else "UTC"))
    with brands_in_scope(*(brand.pk for brand in brands)):
        found = month(request.GET.get("month", ""), zone)
        found |= {"show_brand": True, "suffix": "", "desk_brands": brands}
        return render(request, "smm/desk_calendar.html", found)


def month(asked: str, zone: ZoneInfo) -> dict[str, Any]:
    """The weeks of the month asked for (YYYY-MM, else this one), each day with what is to be done on it."""
    today = timezone.now().astimezone(zone).date()
    first = later(month_of(asked, usual=today), 0)
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    begin, end = weeks[0][0], weeks[-1][-1] + timedelta(days=1)
    rows = desk_list.in_force().filter(at__gte=_midnight(begin, zone), at__lt=_midnight(end, zone))
    by_day: dict[date, list[HandedTask]] = {}
    for row in rows:
        by_day.setdefault(_day_of(row, zone), []).append(row)
    planned: dict[date, list[Entry]] = {}
    for entry in agreed(_midnight(begin, zone), _midnight(end, zone)):
        planned.setdefault(entry.at.astimezone(zone).date() if entry.clock else entry.day, []).append(entry)
    return {
        "first": first,
        "before": later(first, -1),
        "after": later(first, 1),
        "today": today,
        "zone": zone.key,
        "weeks": [
            [_box(day, first, by_day.get(day, []), planned.get(day, []), zone) for day in week] for week in weeks
        ],
        "total": sum(len(found) for day, found in by_day.items() if day.month == first.month),
    }


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _day_of(row: HandedTask, zone: ZoneInfo) -> date:
    """A task without an hour stands on the brand's day, wherever the reader is."""
    return row.at.astimezone(zone).date() if row.clock else row.day


def agreed(first: datetime, after: datetime) -> QuerySet[Entry]:
    """The entries of the calendar that are approved, scheduled or published, between two moments."""
    rows = Entry.objects.filter(status__in=SHOWN, at__gte=first, at__lt=after)
    return rows.select_related("brand", "channel").order_by("at", "pk")


@right("desk.view")
@require_safe
def desk_entry(request: BrandRequest, entry_id: int) -> HttpResponse:
    """One entry of the calendar, as it was agreed on: read-only."""
    rows = Entry.objects.filter(status__in=SHOWN).select_related("brand", "channel", "campaign", "freeze")
    entry = get_object_or_404(rows, pk=entry_id)
    reader = desk_reader.reader_of(request)
    own, there = reader.zone(request.brand), ZoneInfo(request.brand.time_zone)
    context = {
        **shared(request, reader),
        "entry": entry,
        "status": words.status(entry),
        "link": link_of(entry, campaigns.convention()),
        "own": entry.at.astimezone(own),
        "there": entry.at.astimezone(there),
        "own_zone": own.key,
        "same_clock": desk_list.same_clock(entry.at, own, there),
        "pictures": shown(pictures.of(entry)),
    }
    return render(request, "smm/desk_entry.html", context)


@right("desk.view")
@require_safe
def desk_entry_file(request: BrandRequest, entry_id: int) -> HttpResponse:
    entry = get_object_or_404(Entry.objects.filter(status__in=SHOWN), pk=entry_id)
    return file_of(request, entry)


def _box(day: date, first: date, rows: list[HandedTask], planned: list[Entry], zone: ZoneInfo) -> dict[str, Any]:
    now = timezone.now()
    lines = [
        {"row": row, "own": row.at.astimezone(zone), "late": row.at < now and desk_list.is_open(row)}
        for row in rows
    ]
    return {
        "day": day,
        "within": day.month == first.month,
        "lines": lines[:MOST_SHOWN],
        "more": lines[MOST_SHOWN:],
        "planned": [{"entry": entry, "own": entry.at.astimezone(zone)} for entry in planned],
    }
