"""Saved views: opened, kept, renamed, shared, deleted."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import BrandRequest, right
from accounts.asked import one_of
from accounts.edit_pages import EditPage, show_delete
from calendar_app import selectors
from calendar_app.forms import NewViewForm, ViewForm
from calendar_app.models import SavedView
from calendar_app.selectors import Asked
from calendar_app.services import saved_views as services

FILTERS = {
    "channel": gettext_lazy("channel"),
    "campaign": gettext_lazy("campaign"),
    "pillar": gettext_lazy("pillar"),
    "audience": gettext_lazy("audience"),
    "person": gettext_lazy("person"),
}


def _back(request: BrandRequest, row: SavedView | None = None) -> str:
    slug = request.brand.slug
    return reverse("calendar_view", args=[slug, row.pk]) if row else reverse("calendar_month", args=[slug])


PAGE = EditPage(
    form=ViewForm,
    new=gettext_lazy("Save this view"),
    edit=gettext_lazy("Edit view"),
    saved=gettext_lazy("The view is saved. It stands above the calendar."),
    sentence=gettext_lazy("The filter, the kind of page and the colours, under a name; the day is left out."),
    add=services.add,
    change=services.change,
    back=_back,
)


@right("calendar.view")
@require_safe
def calendar_view(request: BrandRequest, view_id: int) -> HttpResponse:
    """Lead to what the view shows; what it asks for and is gone is left out, with a word."""
    row = get_object_or_404(selectors.views(request.user).select_related("brand"), pk=view_id)
    asked, gone = services.without_gone(row)
    if gone:
        told = {"name": row.name, "what": ", ".join(str(FILTERS[name]) for name in gone)}
        messages.warning(
            request, _("“%(name)s” asks for something that is gone: %(what)s. It is shown without it.") % told
        )
    address = reverse(f"calendar_{row.kind}", args=[request.brand.slug])
    return redirect(f"{address}?{urlencode(asked | {'view': row.pk})}")


@right("calendar.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_view_new(request: BrandRequest) -> HttpResponse:
    """Keep what the address asks for: `kind` of page, and the filter."""
    initial: dict[str, Any] = {"kind": one_of(request.GET, "kind", SavedView.Kind.values, SavedView.Kind.MONTH)}
    initial["query"] = urlencode(Asked.of(request.GET).kept)
    return EditPage(**{**PAGE.__dict__, "form": NewViewForm}).show_new(request, initial=initial)


@right("calendar.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_view_edit(request: BrandRequest, view_id: int) -> HttpResponse:
    """By its author alone."""
    return PAGE.show_edit(request, _own(request, view_id))


@right("calendar.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_view_delete(request: BrandRequest, view_id: int) -> HttpResponse:
    """By its author, or where it is shared by an owner of the agency."""
    return show_delete(
        request,
        _own(request, view_id, also_owner=True),
        question=_("Delete this view? Nothing of the calendar itself is deleted."),
        removed=_("The view is deleted."),
        remove=services.remove,
        back=_back(request),
    )


def _own(request: BrandRequest, view_id: int, *, also_owner: bool = False) -> SavedView:
    row = get_object_or_404(selectors.views(request.user).select_related("brand"), pk=view_id)
    if row.user != request.user and not (also_owner and "owner" in request.roles):
        raise Http404
    return row
