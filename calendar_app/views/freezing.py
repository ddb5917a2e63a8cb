"""The hold of the calendar: put everything on hold, renew it, lift it, and decide on each entry."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import BrandRequest, right
from accounts.asked import number, numbers
from accounts.errors import AppError
from calendar_app.models import Entry, Freeze
from calendar_app.services import freezing
from calendar_app.views.common import card
from strategy.models import Channel

PER_PAGE = 50
USUAL = timedelta(days=2)
DONE = {
    "resume": gettext_lazy("It goes on as planned."),
    "backlog": gettext_lazy("It waits in the backlog now."),
    "rewrite": gettext_lazy("It is a draft again."),
    "drop": gettext_lazy("It is cancelled."),
}


@right("calendar.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_freeze(request: BrandRequest) -> HttpResponse:
    """What is on hold, or the form that puts it there."""
    if request.method != "POST":
        return _page(request)
    chosen = list(Channel.objects.filter(pk__in=numbers(request.POST, "channels")))
    try:
        until = _moment(request)
        freezing.declare(
            request.brand, why=request.POST.get("why", ""), channels=chosen, until=until, by=request.user,
            now=timezone.now(),
        )  # fmt: skip
    except AppError as error:
        if error.code == "freeze_there":
            messages.info(request, str(error))
            return redirect("calendar_freeze", request.brand.slug)
        return _page(request, error=error, status=422)
    messages.success(request, _("Publishing is on hold, and everybody of the brand is told."))
    return redirect("calendar_freeze", request.brand.slug)


def _moment(request: BrandRequest) -> datetime:
    try:
        told = datetime.fromisoformat(request.POST.get("until", ""))
    except ValueError:
        told = datetime.min
    return timezone.make_aware(told) if told.year > 1 else timezone.now()


def _page(request: BrandRequest, *, error: AppError | None = None, status: int = 200) -> HttpResponse:
    found = freezing.open_one()
    held = Entry.objects.exclude(freeze=None).select_related("channel", "campaign", "freeze").order_by("at", "pk")
    page = Paginator(held, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "found": found,
        "is_over": found is not None and found.until < timezone.now(),
        "page": page,
        "rows": [card(entry) | {"is_past": bool(entry.at and entry.at < timezone.now())} for entry in page],
        "channels": list(Channel.objects.filter(active=True)),
        "chosen": numbers(request.POST, "channels"),
        "why": request.POST.get("why", ""),
        "until": request.POST.get("until") or f"{timezone.localtime() + USUAL:%Y-%m-%dT%H:00}",
        "error": str(error) if error else "",
        "field": error.facts.get("field", "") if error else "",
        "earlier": list(Freeze.objects.exclude(lifted_at=None).select_related("by", "lifted_by")[:10]),
        "covered": list(found.channels.all()) if found else [],
    }
    return render(request, "calendar_app/freeze.html", context, status=status)


@right("calendar.edit")
@require_POST
def freeze_change(request: BrandRequest, freeze_id: int) -> HttpResponse:
    """Another end (`until`), or with `lift` the end of the hold."""
    found = get_object_or_404(Freeze.objects.select_related("brand"), pk=freeze_id)
    told = {"version": number(request.POST, "version") or 0, "by": request.user, "now": timezone.now()}
    try:
        if "lift" in request.POST:
            freezing.lift(found, **told)
            messages.success(request, _("The hold is lifted. What is still on hold waits for your decision."))
        else:
            freezing.renew(found, until=_moment(request), **told)
            messages.success(request, _("The hold has a new end."))
    except AppError as error:
        messages.error(request, str(error))
    return redirect("calendar_freeze", request.brand.slug)


@right("calendar.edit")
@require_POST
def entry_unfreeze(request: BrandRequest, entry_id: int) -> HttpResponse:
    """Decide on one entry that is on hold: `do` is resume, backlog, rewrite or drop."""
    entry = get_object_or_404(Entry, pk=entry_id)
    what = request.POST.get("do", "")
    if what not in freezing.DECISIONS:
        messages.error(request, _("Choose what becomes of it."))
        return redirect("calendar_freeze", request.brand.slug)
    try:
        freezing.decide(entry, what, by=request.user, now=timezone.now())
        messages.success(request, f"“{entry.title}”: {DONE[what]}")
    except AppError as error:
        messages.error(request, str(error))
    return redirect("calendar_freeze", request.brand.slug)
