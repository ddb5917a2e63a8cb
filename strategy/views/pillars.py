"""Content pillars: their mix, their order, the form."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import BrandRequest, right
from accounts.edit_pages import EditPage, show_delete
from accounts.errors import InvalidInput
from accounts.table_files import table_response
from strategy.forms.pillars import PillarForm
from strategy.models import ContentPillar
from strategy.selectors import pillars as selectors
from strategy.services import pillars as services

PER_PAGE = 50


def _list(request: BrandRequest, _row: Any = None) -> str:
    return reverse("pillars", args=[request.brand.slug])


PILLAR = EditPage(
    form=PillarForm,
    new=gettext_lazy("New content pillar"),
    edit=gettext_lazy("Edit content pillar"),
    saved=gettext_lazy("The pillar is saved."),
    sentence=gettext_lazy("A theme the brand keeps coming back to, and how much of the content it takes."),
    add=services.add,
    change=services.change,
    back=_list,
)


@right("strategy.view")
@require_safe
def pillars(request: BrandRequest) -> HttpResponse:
    active = list(selectors.active())
    page = Paginator(active, PER_PAGE).get_page(request.GET.get("page"))
    segments = selectors.segments(active)
    first = (page.number - 1) * PER_PAGE
    context = {
        "page": page,
        "rows": list(zip(page, segments[first : first + PER_PAGE], strict=True)),
        "segments": segments,
        "mix": selectors.mix(),
        "usual": selectors.USUAL,
        "archived": list(selectors.archived()[:PER_PAGE]),
        "tab": "pillars",
    }
    return render(request, "strategy/pillars.html", context)


@right("strategy.view")
@require_safe
def pillars_export(request: BrandRequest) -> HttpResponse:
    """The active pillars as a file, in their order."""
    header = ["name", "share", "audience", "purpose", "examples", "avoid"]
    rows = [
        [
            each.name,
            each.share,
            each.audience.name if each.audience else "",
            each.purpose,
            each.examples,
            each.avoid,
        ]
        for each in selectors.active()
    ]
    return table_response(request.GET.get("file", "csv"), f"pillars-{request.brand.slug}", header, rows)


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def pillar_new(request: BrandRequest) -> HttpResponse:
    return PILLAR.show_new(request, initial={"share": min(selectors.mix().left, 25) or None})


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def pillar_edit(request: BrandRequest, pillar_id: int) -> HttpResponse:
    return PILLAR.show_edit(request, _pillar(pillar_id))


@right("strategy.edit")
@require_POST
def pillar_move(request: BrandRequest, pillar_id: int) -> HttpResponse:
    services.move(_pillar(pillar_id), by=request.user, up="up" in request.POST)
    return redirect(_list(request))


@right("strategy.edit")
@require_POST
def pillar_archive(request: BrandRequest, pillar_id: int) -> HttpResponse:
    """Take out of the mix, or with `restore` bring back."""
    pillar = _pillar(pillar_id)
    try:
        if "restore" in request.POST:
            services.restore(pillar, by=request.user)
            messages.success(request, _("“%(name)s” is in the mix again.") % {"name": pillar.name})
        else:
            services.archive(pillar, by=request.user)
            messages.success(request, _("“%(name)s” is archived; its share is free.") % {"name": pillar.name})
    except InvalidInput as error:
        messages.error(request, str(error))
    return redirect(_list(request))


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def pillar_delete(request: BrandRequest, pillar_id: int) -> HttpResponse:
    return show_delete(
        request,
        _pillar(pillar_id),
        question=_("Delete this content pillar?"),
        removed=_("The pillar is deleted."),
        remove=services.remove,
        back=_list(request),
    )


def _pillar(pillar_id: int) -> ContentPillar:
    return get_object_or_404(ContentPillar.objects.select_related("brand"), pk=pillar_id)
