"""Business goals: what objectives are for."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.access import BrandRequest, right
from accounts.edit_pages import EditPage, show_delete
from strategy.forms.objectives import GoalForm
from strategy.models import Goal
from strategy.services import objectives as services


def _tree_page(request: BrandRequest, _row: Goal | None = None) -> str:
    return reverse("objectives_tree", args=[request.brand.slug])


GOAL = EditPage(
    form=GoalForm,
    new=gettext_lazy("New business goal"),
    edit=gettext_lazy("Edit business goal"),
    saved=gettext_lazy("The business goal is saved."),
    add=services.add_goal,
    change=services.change_goal,
    back=_tree_page,
    sentence=gettext_lazy("What the company itself wants: the reason for which objectives exist."),
)


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def goal_new(request: BrandRequest) -> HttpResponse:
    return GOAL.show_new(request)


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def goal_edit(request: BrandRequest, goal_id: int) -> HttpResponse:
    return GOAL.show_edit(request, get_object_or_404(Goal.objects.select_related("brand"), pk=goal_id))


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def goal_delete(request: BrandRequest, goal_id: int) -> HttpResponse:
    return show_delete(
        request,
        get_object_or_404(Goal.objects.select_related("brand"), pk=goal_id),
        question=_("Delete this business goal?"),
        removed=_("The business goal is deleted."),
        remove=services.remove_goal,
        back=_tree_page(request),
    )
