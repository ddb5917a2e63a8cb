"""All tasks of a brand in one list, the same as a file, and a task's own file."""

from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from accounts.access import BrandRequest, right
from accounts.htmx import render_page
from accounts.selectors import people_of
from accounts.stored_files import stored_file
from accounts.table_files import table_response
from strategy.models import Channel, Task
from strategy.selectors import tasks as selectors
from strategy.selectors.tasks import Asked

PER_PAGE = 50


@right("campaigns.view")
@require_safe
def tasks(request: BrandRequest) -> HttpResponse:
    """What is to be done in all campaigns of the brand, and what was."""
    asked, now = Asked.of(request.GET), timezone.now()
    page = Paginator(selectors.listed(asked, now=now), PER_PAGE).get_page(request.GET.get("page"))
    counts = selectors.counts(now=now)
    context = {
        "page": page,
        "tasks": list(page),
        "asked": asked,
        "now": now,
        "counts": [(slug, name, icon, counts[slug]) for slug, name, icon in _states()],
        "anything": any(counts.values()),
        "kinds": Task.Kind.choices,
        "campaigns": selectors.campaigns_with_tasks(),
        "channels": Channel.objects.filter(tasks__isnull=False).distinct(),
        "people": people_of(request.brand),
        "sorts": [("at", _("Earliest first")), ("-at", _("Latest first")), ("priority", _("By priority"))],
        "tab": "tasks",
        "is_open": True,
    }
    return render_page(request, "strategy/tasks.html", "strategy/_tasks.html", context)


def _states() -> list[tuple[str, str, str]]:
    return [
        ("open", pgettext("tasks", "to do"), "clock"),
        ("overdue", pgettext("tasks", "overdue"), "alert"),
        ("done", pgettext("tasks", "done"), "check"),
        ("not_done", pgettext("tasks", "not done"), "x-mark"),
    ]


@right("campaigns.view")
@require_safe
def tasks_export(request: BrandRequest) -> HttpResponse:
    """The tasks of the list as a file; times are the brand's."""
    header = ["task", "kind", "campaign", "day", "time", "channel", "person", "priority", "state", "copy", "link"]
    header += ["proof", "outcome", "settled"]
    rows = selectors.listed(Asked.of(request.GET), now=timezone.now())
    zone = ZoneInfo(request.brand.time_zone)
    table = [_cells(task, zone) for task in rows]
    return table_response(request.GET.get("file", "csv"), f"tasks-{request.brand.slug}", header, table)


def _cells(task: Task, zone: ZoneInfo) -> list[Any]:
    clock = f"{task.clock:%H:%M}" if task.clock else ""
    settled = task.settled_at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if task.settled_at else ""
    return [
        *(task.title, task.kind, task.campaign.name, task.day.isoformat(), clock, str(task.channel or "")),
        *(str(task.assignee or ""), task.priority, task.state, task.copy, task.link, task.proof, task.outcome),
        settled,
    ]


@right("campaigns.view")
@require_safe
def task_file(request: BrandRequest, task_id: int) -> HttpResponse | FileResponse:
    """A task's picture or file, to look at or, with `?download`, to keep."""
    task = get_object_or_404(Task, pk=task_id)
    if not task.asset:
        raise Http404
    return stored_file(task.asset.name, task.asset_name, download="download" in request.GET)
