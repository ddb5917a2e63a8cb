"""Task templates: kept from a campaign, used in another, renamed and deleted."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import BrandRequest, right
from accounts.edit_pages import EditPage, show_delete
from accounts.errors import InvalidInput
from strategy import campaign_words, task_templates
from strategy.forms.tasks import TaskTemplateForm
from strategy.models import Task, TaskTemplate
from strategy.services import task_templates as services
from strategy.task_templates import Item
from strategy.views.campaigns import found, home


def _list(request: BrandRequest, _row: Any = None) -> str:
    return reverse("task_templates", args=[request.brand.slug])


TEMPLATE = EditPage(
    form=TaskTemplateForm,
    new="",
    edit=gettext_lazy("Rename the template"),
    saved=gettext_lazy("The template is saved."),
    add=lambda *_args, **_kwargs: None,
    change=services.rename,
    back=_list,
)


@right("campaigns.view")
@require_safe
def templates(request: BrandRequest) -> HttpResponse:
    """The brand's own templates, with what is in them."""
    kinds = dict(Task.Kind.choices)
    rows = [
        {"template": row, "items": [(item, str(kinds[item["kind"]]), _when(item)) for item in row.items]}
        for row in TaskTemplate.objects.all()
    ]
    return render(request, "strategy/task_templates.html", {"rows": rows, "tab": "templates"})


def _when(item: Item) -> str:
    """Its day in words: "on the first day", "3 days before the end"."""
    days = item["days"]
    if item["since"] == "end":
        text = ngettext("%(n)s day before the end", "%(n)s days before the end", days) if days else _("last day")
    else:
        text = (
            ngettext("%(n)s day after the start", "%(n)s days after the start", days) if days else _("first day")
        )
    return text % {"n": days} + (f", {item['clock']}" if item["clock"] else "")


@right("campaigns.edit")
@require_POST
def task_template_keep(request: BrandRequest, campaign_id: int) -> HttpResponse:
    """Keep a campaign's tasks as a template."""
    campaign = found(campaign_id)
    try:
        services.keep(campaign, name=request.POST.get("name", ""), by=request.user)
        messages.success(request, _("The tasks are kept as a template. Other campaigns can use it."))
    except InvalidInput as error:
        messages.error(request, str(error))
    return redirect(f"{home(request, campaign)}#tasks")


@right("campaigns.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def task_template_use(request: BrandRequest, campaign_id: int) -> HttpResponse:
    """Choose a template (`from`), see its tasks on the campaign's days, and write those that are ticked."""
    campaign, wanted = found(campaign_id), request.GET.get("from", "")
    known = list(TaskTemplate.objects.all())
    choice = _chosen(wanted, known)
    placed = task_templates.placed(choice[1], campaign.start, campaign.end) if choice else []
    error = ""
    if request.method == "POST" and choice:
        ticked = set(request.POST.getlist("item"))
        items = [item for number, (item, _day, within) in enumerate(placed) if within and str(number) in ticked]
        try:
            made = services.write(campaign, items, by=request.user)
            text = ngettext("%(n)s task is written.", "%(n)s tasks are written.", len(made)) % {"n": len(made)}
            messages.success(request, text + " " + _("Add channels, links and pictures."))
            return redirect(f"{home(request, campaign)}#tasks")
        except InvalidInput as problem:
            error = str(problem)
    kinds = dict(Task.Kind.choices)
    context = {
        "campaign": campaign,
        "back": home(request, campaign),
        "own": [(f"own-{row.pk}", row.name) for row in known],
        "shipped": [(kind, campaign_words.kind_name(kind)) for kind in task_templates.SHIPPED],
        "wanted": wanted if choice else "",
        "name": choice[0] if choice else "",
        "rows": [(item, str(kinds[item["kind"]]), day, within) for item, day, within in placed],
        "error": error,
    }
    return render(request, "strategy/task_template_use.html", context, status=422 if error else 200)


def _chosen(wanted: str, known: list[TaskTemplate]) -> tuple[str, list[Item]] | None:
    """The name and the tasks of the template that the address asks for."""
    if wanted in task_templates.SHIPPED:
        return campaign_words.kind_name(wanted), task_templates.shipped(wanted)
    return next(((row.name, row.items) for row in known if wanted == f"own-{row.pk}"), None)


def _template(template_id: int) -> TaskTemplate:
    return get_object_or_404(TaskTemplate.objects.select_related("brand"), pk=template_id)


@right("campaigns.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def task_template_edit(request: BrandRequest, template_id: int) -> HttpResponse:
    return TEMPLATE.show_edit(request, _template(template_id))


@right("campaigns.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def task_template_delete(request: BrandRequest, template_id: int) -> HttpResponse:
    return show_delete(
        request,
        _template(template_id),
        question=_("Delete this template? Tasks that were written from it stay."),
        removed=_("The template is deleted."),
        remove=services.remove,
        back=_list(request),
    )
