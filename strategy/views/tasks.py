"""Tasks of a campaign: written, settled, deleted; and the hand-over of a brief with its tasks."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import BrandRequest, right
from accounts.edit_pages import EditPage, show_delete
from accounts.errors import InvalidInput
from strategy.forms.tasks import HandOverForm, SettleForm, TaskForm
from strategy.models import Campaign, Task
from strategy.objective_rows import brand_day
from strategy.services import hand_over as handing
from strategy.services import tasks as services
from strategy.views.campaigns import found, home


def _page(campaign: Campaign) -> EditPage:
    return EditPage(
        form=partial(TaskForm, campaign=campaign),
        new=gettext_lazy("New task"),
        edit=gettext_lazy("Edit task"),
        saved=gettext_lazy("The task is saved. Hand the campaign over for the desk to show it."),
        sentence=gettext_lazy("Everything that is needed to do it without asking."),
        add=lambda _brand, *, by, values: services.add(campaign, by=by, values=values),
        change=services.change,
        back=lambda request, _row: f"{home(request, campaign)}#tasks",
        template="strategy/task_edit.html",
    )


def _task(task_id: int) -> Task:
    return get_object_or_404(Task.objects.select_related("brand", "campaign__brand"), pk=task_id)


@right("campaigns.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def task_new(request: BrandRequest, campaign_id: int) -> HttpResponse:
    campaign = found(campaign_id)
    day = min(max(brand_day(request), campaign.start), campaign.end)
    return _page(campaign).show_new(request, initial={"day": day, "priority": Task.Priority.NORMAL})


@right("campaigns.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def task_edit(request: BrandRequest, task_id: int) -> HttpResponse:
    task = _task(task_id)
    return _page(task.campaign).show_edit(request, task)


@right("campaigns.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def task_delete(request: BrandRequest, task_id: int) -> HttpResponse:
    task = _task(task_id)
    return show_delete(
        request,
        task,
        question=_("Delete this task? What was handed over of it stays on the desk until the next hand-over."),
        removed=_("The task is deleted."),
        remove=services.remove,
        back=f"{home(request, task.campaign)}#tasks",
    )


@right("campaigns.edit")
@require_POST
def task_settle(request: BrandRequest, task_id: int) -> HttpResponse:
    """Done, not done, or open again."""
    task, form = _task(task_id), SettleForm(request.POST)
    if form.is_valid():
        try:
            row = services.settle(task, by=request.user, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("The task is now: %(state)s.") % {"state": row.get_state_display()})
        except InvalidInput as error:
            messages.error(request, str(error))
    else:
        messages.error(request, _("The proof must be a web address. Begin with https://."))
    return redirect(f"{home(request, task.campaign)}#tasks")


@right("campaigns.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_hand_over(request: BrandRequest, campaign_id: int) -> HttpResponse:
    """Who gets the brief and its tasks."""
    campaign = found(campaign_id)
    last = campaign.versions.first()
    initial: dict[str, Any] = {}
    if last:
        initial["to"] = list(last.hand_overs.values_list("user", flat=True))
    form = HandOverForm(request.POST or None, brand=request.brand, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            version = handing.hand_over(
                campaign, **form.cleaned_data, by=request.user, now=timezone.now(), today=brand_day(request)
            )
            messages.success(
                request, _("Version %(n)s is handed over: the desk shows it now.") % {"n": version.number}
            )
            return redirect(f"{home(request, campaign)}#hand-over")
        except InvalidInput as error:
            field = str(error.facts.get("field"))
            form.add_error(field if field in form.fields else None, str(error))
    context = {
        "form": form,
        "campaign": campaign,
        "tasks": campaign.tasks.count(),
        "people": form.fields["to"].queryset.exists(),
        "next": last.number + 1 if last else 1,
        "back": home(request, campaign),
    }
    return render(request, "strategy/campaign_hand_over.html", context, status=422 if form.errors else 200)
