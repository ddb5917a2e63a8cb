"""Tasks of a campaign: written, settled, deleted."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import BrandRequest, right
from accounts.asked import next_page
from accounts.edit_pages import EditPage, show_delete
from accounts.errors import InvalidInput
from strategy.forms.tasks import SettleForm, TaskForm
from strategy.models import Campaign, Task, TaskPublication
from strategy.objective_rows import brand_day
from strategy.services import publications
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
    """Delete it, or with `following` all later ones of its series too."""
    task, following = _task(task_id), "following" in request.GET
    question = _("Delete this task? What was handed over of it stays on the desk until the next hand-over.")
    if following:
        question = _("Delete this task and the later ones of its series that are still to do?")
    return show_delete(
        request,
        task,
        question=question,
        removed=_("The tasks are deleted.") if following else _("The task is deleted."),
        remove=partial(services.remove, following=following),
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
    return _back(request, task)


@right("campaigns.edit")
@require_POST
def task_publication(request: BrandRequest, publication_id: int) -> HttpResponse:
    """Whether a published post is what a task was to publish: `yes`, or no."""
    rows = TaskPublication.objects.select_related("brand", "task__campaign")
    found, accept = get_object_or_404(rows, pk=publication_id), "yes" in request.POST
    try:
        publications.decide(found, accept=accept, by=request.user, now=timezone.now())
        done = _("The task is done, with that post as proof.")
        messages.success(request, done if accept else _("That post is not proposed for this task again."))
    except InvalidInput as error:
        messages.error(request, str(error))
    return _back(request, found.task)


def _back(request: BrandRequest, task: Task) -> HttpResponse:
    """Where the person came from within Timone, else the campaign's tasks."""
    return redirect(next_page(request, f"{home(request, task.campaign)}#tasks"))
