"""Recurring slots: the week of each channel, forms, and slots made of its best hours."""

from datetime import time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import BrandRequest, right
from accounts.asked import number
from accounts.edit_pages import EditPage, show_delete
from accounts.errors import InvalidInput
from analytics.best_times_words import GRADES
from calendar_app import selectors, words
from calendar_app.forms import NewSlotForm, SlotForm
from calendar_app.models import Slot
from calendar_app.proposals import Proposal
from calendar_app.services import slots as services
from strategy.models import Channel

PROPOSED, MOST_PROPOSED = 5, 14


def _list(request: BrandRequest, _row: Any = None) -> str:
    return reverse("calendar_slots", args=[request.brand.slug])


@right("calendar.view")
@require_safe
def calendar_slots(request: BrandRequest) -> HttpResponse:
    """Of each channel its week of slots."""
    found: dict[int, dict[int, list[Slot]]] = {}
    for slot in selectors.slots():
        found.setdefault(slot.channel_id, {}).setdefault(slot.weekday, []).append(slot)
    known = set(selectors.best_times())
    channels = [
        {
            "channel": channel,
            "days": [(day, name, found.get(channel.pk, {}).get(day, [])) for day, name in WEEKDAYS.items()],
            "n": sum(map(len, found.get(channel.pk, {}).values())),
            "is_known": channel.pk in known,
        }
        for channel in Channel.objects.filter(active=True)
    ]
    context = {"channels": channels, "any": bool(found), "tab": "slots"}
    return render(request, "calendar_app/slots.html", context)


PAGE = EditPage(
    form=SlotForm,
    new=gettext_lazy("New slots"),
    edit=gettext_lazy("Edit slot"),
    saved=gettext_lazy("Saved. Free slots stand in the week and in the day."),
    sentence=gettext_lazy("An hour of every week at which a channel is meant to publish."),
    add=services.add,
    change=services.change,
    back=_list,
    template="calendar_app/slot_edit.html",
)


@right("calendar.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def slot_new(request: BrandRequest) -> HttpResponse:
    """Slots of a channel on several days; `channel` and `weekday` begin it."""
    initial: dict[str, Any] = {"channel": number(request.GET, "channel")}
    initial["weekdays"] = [number(request.GET, "weekday")]
    return EditPage(**{**PAGE.__dict__, "form": NewSlotForm}).show_new(request, initial=initial)


@right("calendar.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def slot_edit(request: BrandRequest, slot_id: int) -> HttpResponse:
    return PAGE.show_edit(request, _slot(slot_id))


def _slot(slot_id: int) -> Slot:
    return get_object_or_404(Slot.objects.select_related("brand", "channel", "pillar"), pk=slot_id)


@right("calendar.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def slot_delete(request: BrandRequest, slot_id: int) -> HttpResponse:
    return show_delete(
        request,
        _slot(slot_id),
        question=_("Delete this slot? Entries that stand in it stay where they are."),
        removed=_("The slot is deleted."),
        remove=services.remove,
        back=_list(request),
    )


@right("calendar.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def slots_best(request: BrandRequest, channel_id: int) -> HttpResponse:
    """The best hours of a channel's week that have no slot yet, `n` of them; each is accepted on its own."""
    rows = Channel.objects.select_related("brand").filter(active=True)
    channel = get_object_or_404(rows, pk=channel_id)
    if request.method == "POST":
        return _accept(request, channel)
    wanted = min(max(number(request.GET, "n") or PROPOSED, 1), MOST_PROPOSED)
    known = selectors.best_times([channel.pk]).get(channel.pk)
    found = services.best_hours(channel, most=wanted, now=timezone.now()) if known else []
    context = {
        "channel": channel,
        "wanted": wanted,
        "most": MOST_PROPOSED,
        "rows": [_told(each) for each in found],
        "basis": {
            "posts": known.result.posts,
            "evidence": known.result.evidence,
            "grade": GRADES[known.result.evidence],
        }
        if known
        else None,
        "rules": selectors.settings_of(request.brand),
        "back": _list(request),
    }
    return render(request, "calendar_app/slots_best.html", context)


def _told(found: Proposal) -> dict[str, Any]:
    cell = found.cell
    facts = {"low": words.share(cell.low), "high": words.share(cell.high)}
    return {
        "weekday": cell.day,
        "clock": time(cell.hour),
        "when": f"{WEEKDAYS[cell.day]} {cell.hour}:00",
        "lift": words.share(cell.lift),
        "between": _("%(low)s to %(high)s") % facts,
        "posts": cell.posts,
    }


def _accept(request: BrandRequest, channel: Channel) -> HttpResponse:
    try:
        values = {"channel": channel, "clock": time.fromisoformat(request.POST.get("clock", ""))}
        weekday = int(request.POST.get("weekday", ""))
        if weekday not in WEEKDAYS:
            raise ValueError(weekday)
    except ValueError:
        messages.error(request, _("That is no day or hour. Choose again."))
        return redirect(request.get_full_path())
    try:
        services.add(request.brand, by=request.user, values=values | {"weekdays": [weekday]})
        told = {"when": f"{WEEKDAYS[weekday]} {values['clock']:%H:%M}", "channel": str(channel)}
        messages.success(request, _("%(when)s is a slot of %(channel)s now.") % told)
    except InvalidInput as error:
        messages.error(request, str(error))
    return redirect(request.get_full_path())
