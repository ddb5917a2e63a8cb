"""The community manager's desk: what to do, everything needed to do it, and the brief it comes from. Read-only.

Every view answers GET alone. The only row that is ever written is the receipt of a brief that was opened.
"""

from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import BrandRequest, public, right, signed_in
from accounts.models import Brand
from accounts.scoping import brands_in_scope
from accounts.selectors import community_managers
from accounts.stored_files import is_picture, stored_file
from analytics.selectors import best_times
from smm import desk_list, desk_reader, desk_words
from smm.desk_lines import hour_line
from strategy.models import CampaignVersion, HandedTask, Task

WORKER = Path(__file__).with_name("desk_worker.js")


def crisis_plan_url(brand: Brand) -> str:
    """The address of the brand's crisis plan on the desk, which also says what to do while none is in force."""
    return reverse("desk_crisis", args=[brand.slug])


@right("desk.view")
@require_safe
def desk(request: BrandRequest) -> HttpResponse:
    """What is to be done for one brand, and its coming recommended hours."""
    reader = desk_reader.reader_of(request)
    now = timezone.now()
    wanted = desk_list.asked(request.GET)
    zone = reader.zone(request.brand)
    coming = [hour_line(slot) for slot in best_times.coming_slots(now=now)]
    return render(
        request,
        "smm/desk.html",
        {
            **shared(request, reader),
            **desk_list.context(wanted, reader, zone=zone, now=now, page=request.GET.get("page")),
            "asked": wanted,
            "kinds": Task.Kind.choices,
            "channels": desk_list.channels_of([request.brand]),
            "zone": zone.key,
            "hours": [(day, list(lines)) for day, lines in groupby(coming, key=_day)],
        },
    )


@public
@require_safe
def desk_worker(request: HttpRequest) -> HttpResponse:
    """The service worker that keeps the desk for the time without a network; it holds nobody's data."""
    headers = {"Service-Worker-Allowed": "/", "Cache-Control": "no-cache"}
    return HttpResponse(WORKER.read_text(), content_type="text/javascript", headers=headers)


@signed_in
@require_safe
def desk_all(request: HttpRequest) -> HttpResponse:
    """What is to be done for all brands in which the person has a role."""
    brands = list(Brand.objects.for_user(request.user))
    reader = desk_reader.Reader(request.user, is_preview=False)
    wanted = desk_list.asked(request.GET)
    zone = ZoneInfo(request.user.time_zone or (brands[0].time_zone if brands else "UTC"))
    with brands_in_scope(*(brand.pk for brand in brands)):
        found = desk_list.context(wanted, reader, zone=zone, now=timezone.now(), page=request.GET.get("page"))
        found |= {"asked": wanted, "kinds": Task.Kind.choices, "channels": desk_list.channels_of(brands)}
        found |= {"reader": reader, "suffix": "", "zone": zone.key, "desk_brands": brands}
        return render(request, "smm/desk_all.html", found)


@right("desk.view")
@require_safe
def desk_task(request: BrandRequest, handed_id: int) -> HttpResponse:
    """One task with everything that is needed to do it; the newest version of it when there is a newer one."""
    reader = desk_reader.reader_of(request)
    row = _handed(handed_id)
    if newer := _newer(row):
        return redirect(reverse("desk_task", args=[request.brand.slug, newer.pk]) + reader.suffix)
    own, there = reader.zone(request.brand), ZoneInfo(request.brand.time_zone)
    seen = desk_reader.last_seen(reader.user, [row.campaign_version.campaign_id])
    before = desk_reader.seen_tasks([row], seen)
    old = before.get(row.task_id)
    asker = row.task.asked_by if row.task else None
    return render(
        request,
        "smm/desk_task.html",
        {
            **shared(request, reader),
            "row": row,
            "told": row.content,
            "hashtags": desk_words.hashtags(row.content),
            "own": row.at.astimezone(own),
            "there": row.at.astimezone(there),
            "own_zone": own.key,
            "same_clock": desk_list.same_clock(row.at, own, there),
            "is_overdue": desk_list.is_open(row) and row.at < timezone.now(),
            "is_current": row.task_id is not None and row.campaign_version.superseded_at is None,
            "news": desk_reader.news(row, seen, before),
            "changes": desk_words.changed(desk_words.task_lines(old), desk_words.task_lines(row)) if old else [],
            "brief": row.campaign_version.content,
            "asker_email": asker.email if asker else "",
            "is_picture": is_picture(row.content.get("asset", "")),
        },
    )


@right("desk.view")
@require_safe
def desk_asset(request: BrandRequest, handed_id: int) -> HttpResponse:
    """The picture or file of a task, to look at or, with `?download`, to keep."""
    told = _handed(handed_id).content
    return stored_file(told.get("asset", ""), told.get("asset_name", ""), download="download" in request.GET)


@right("desk.view")
@require_safe
def desk_brief(request: BrandRequest, brief_id: int) -> HttpResponse:
    """The brief in force with what changed since the reader last opened one; the opening is recorded."""
    reader = desk_reader.reader_of(request)
    version = get_object_or_404(
        CampaignVersion.objects.select_related("campaign", "brand", "handed_over_by"), pk=brief_id
    )
    if version.superseded_at is not None:
        newest = CampaignVersion.objects.filter(campaign=version.campaign_id, superseded_at=None).first()
        if newest:
            return redirect(reverse("desk_brief", args=[request.brand.slug, newest.pk]) + reader.suffix)
    seen = desk_reader.last_seen(reader.user, [version.campaign_id]).get(version.campaign_id)
    is_newer = seen is not None and seen.number < version.number
    lines = desk_words.brief_lines(version.content)
    found = {
        **shared(request, reader),
        "version": version,
        "lines": lines,
        "seen": seen if is_newer else None,
        "changes": desk_words.changed(desk_words.brief_lines(seen.content), lines) if is_newer else [],
        "handed_at": version.handed_over_at.astimezone(reader.zone(request.brand)),
        "tasks": list(version.tasks.select_related("channel", "task")),
    }
    response = render(request, "smm/desk_brief.html", found)
    if request.method == "GET":
        desk_reader.record_seen(reader, version, roles=request.roles)
    return response


def shared(request: BrandRequest, reader: desk_reader.Reader) -> dict[str, Any]:
    """What every page of a brand's desk shows: in whose stead it is seen, and the way to the crisis plan."""
    manages = desk_reader.is_manager(request)
    return {
        "reader": reader,
        "suffix": reader.suffix,
        "previews": community_managers(request.brand) if manages else [],
        "crisis_plan": crisis_plan_url(request.brand),
    }


def _handed(handed_id: int) -> HandedTask:
    rows = HandedTask.objects.select_related(
        "brand", "channel", "assignee", "task__asked_by", "campaign_version__campaign"
    )
    return get_object_or_404(rows, pk=handed_id)


def _newer(row: HandedTask) -> HandedTask | None:
    """The same task as the version in force tells it, when this one was replaced."""
    if row.campaign_version.superseded_at is None or row.task_id is None:
        return None
    return desk_list.in_force().filter(task=row.task_id).first()


def _day(line: dict[str, Any]) -> date:
    return line["starts_at"].date()
