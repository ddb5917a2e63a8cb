"""The pictures of an entry: more of them, their order, what each shows; and the files themselves."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import BrandRequest, right
from accounts.asked import number
from accounts.errors import AppError
from accounts.stored_files import is_picture, stored_file
from calendar_app.forms import PicturesForm
from calendar_app.models import Entry
from calendar_app.services import pictures
from calendar_app.services.pictures import Picture
from strategy.objective_rows import brand_day


def shown(found: list[Picture]) -> list[dict[str, Any]]:
    """Pictures as pages show them, with their place from 0."""
    return [
        {
            "place": place,
            "name": each.asset_name,
            "alt": each.alt_text,
            "is_picture": is_picture(each.asset),
            "has_thumb": bool(each.thumb),
            "width": each.asset_facts.get("width"),
            "height": each.asset_facts.get("height"),
            "seconds": each.asset_facts.get("seconds"),
        }
        for place, each in enumerate(found)
    ]


def file_of(request: Any, entry: Entry) -> FileResponse:
    """One of an entry's files (`place`, the first unless told), as a thumbnail with `thumb`; raises Http404."""
    found = pictures.of(entry)
    place = number(request.GET, "place") or 0
    if place >= len(found):
        raise Http404
    each = found[place]
    if "thumb" in request.GET:
        return stored_file(each.thumb, "thumb.webp")
    return stored_file(each.asset, each.asset_name, download="download" in request.GET)


@right("calendar.view")
@require_safe
def entry_file(request: BrandRequest, entry_id: int) -> FileResponse:
    return file_of(request, get_object_or_404(Entry, pk=entry_id))


@right("calendar.edit")
@require_POST
def entry_pictures(request: BrandRequest, entry_id: int) -> HttpResponse:
    """Put further pictures behind those that are there."""
    entry = get_object_or_404(Entry.objects.select_related("brand", "channel", "campaign"), pk=entry_id)
    form = PicturesForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(str(problem) for problem in form.errors["pictures"]))
        return _back(request, entry)
    uploads = form.cleaned_data["pictures"]
    done = ngettext("%(n)s picture more.", "%(n)s pictures more.", len(uploads)) % {"n": len(uploads)}
    return _act(request, entry, partial(pictures.add, entry, uploads), done)


@right("calendar.edit")
@require_POST
def entry_picture(request: BrandRequest, entry_id: int, place: int) -> HttpResponse:
    """Of one picture: `do` is describe (with `alt`), earlier, later or remove."""
    entry = get_object_or_404(Entry.objects.select_related("brand", "channel", "campaign"), pk=entry_id)
    todo = {
        "describe": (
            partial(pictures.describe, entry, place, request.POST.get("alt", "")),
            _("What it shows is noted."),
        ),
        "earlier": (partial(pictures.move, entry, place, -1), _("It stands earlier now.")),
        "later": (partial(pictures.move, entry, place, 1), _("It stands later now.")),
        "remove": (partial(pictures.remove, entry, place), _("The picture is taken away.")),
    }
    found = todo.get(request.POST.get("do", ""))
    if found is None:
        raise Http404
    return _act(request, entry, *found)


def _act(request: BrandRequest, entry: Entry, work: Any, done: str) -> HttpResponse:
    version = number(request.POST, "version") or 0
    try:
        work(by=request.user, version=version, today=brand_day(request))
        messages.success(request, done)
    except AppError as error:
        messages.error(request, str(error))
    return _back(request, entry)


def _back(request: BrandRequest, entry: Entry) -> HttpResponse:
    return redirect(reverse("entry_detail", args=[request.brand.slug, entry.pk]) + "#pictures")
