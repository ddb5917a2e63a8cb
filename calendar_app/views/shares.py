"""Links for clients: their list, the form, the address that is shown once, and taking one back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import BrandRequest, right
from accounts.edit_pages import EditPage
from accounts.errors import InvalidInput
from accounts.table_files import table_response
from calendar_app.forms import ShareLinkForm
from calendar_app.models import ShareLink
from calendar_app.services import shares

SECRET_COOKIE = "timone_new_link"  # for the one page that shows it, in this browser only; nothing is kept here
SECRET_KEPT = 120  # seconds


def _list(request: BrandRequest, _row: Any = None) -> str:
    return reverse("share_links", args=[request.brand.slug])


def _link(number: int) -> ShareLink:
    return get_object_or_404(ShareLink.objects.select_related("brand", "campaign"), pk=number)


def _lines(brand: Any, now: datetime) -> list[dict[str, Any]]:
    """Every link of the brand, those that work first."""
    zone = ZoneInfo(brand.time_zone)
    rows = ShareLink.objects.select_related("campaign", "created_by")
    lines = [
        {
            "row": row,
            "works": shares.is_open(row, now=now),
            "state": _state(row, now),
            "used": row.last_used_at.astimezone(zone) if row.last_used_at else None,
        }
        for row in rows
    ]
    return sorted(lines, key=lambda line: not line["works"])


def _state(row: ShareLink, now: datetime) -> dict[str, str]:
    if row.revoked_at:
        return {"text": _("taken back"), "icon": "x-mark", "level": ""}
    if row.campaign and row.campaign.archived_at:
        return {"text": _("its campaign is archived"), "icon": "x-mark", "level": ""}
    if not row.is_living(now):
        return {"text": _("has ended"), "icon": "clock", "level": "warning"}
    return {"text": _("works"), "icon": "check", "level": "good"}


@right("calendar.edit")
@require_safe
def share_links(request: BrandRequest) -> HttpResponse:
    return render(request, "calendar_app/share_links.html", {"lines": _lines(request.brand, timezone.now())})


@right("calendar.edit")
@require_safe
def share_links_export(request: BrandRequest) -> HttpResponse:
    header = ["for", "state", "campaign", "drafts", "may_comment", "may_approve", "language", "time_zone", "until"]
    header += ["last_opened", "made_by"]
    rows = [_cells(line) for line in _lines(request.brand, timezone.now())]
    return table_response(request.GET.get("file", "csv"), f"client-links-{request.brand.slug}", header, rows)


def _cells(line: dict[str, Any]) -> list[str]:
    row = line["row"]
    ticks = ["yes" if ticked else "no" for ticked in (row.drafts, row.may_comment, row.may_approve)]
    used = f"{line['used']:%Y-%m-%d %H:%M}" if line["used"] else ""
    told = [row.name, line["state"]["text"], str(row.campaign or ""), *ticks, row.language, row.time_zone]
    return [*told, str(row.until), used, str(row.created_by or "")]


def _page(add: Callable[..., Any]) -> EditPage:
    return EditPage(
        form=ShareLinkForm,
        new=gettext_lazy("New link for a client"),
        edit=gettext_lazy("Change or prolong the link"),
        saved=gettext_lazy("The link is saved."),
        sentence=gettext_lazy(
            "Whoever has the address sees the calendar without an account, until the day you choose."
        ),
        add=add,
        change=partial(shares.change, now=timezone.now()),
        back=_list,
        template="calendar_app/share_link_edit.html",
    )


@right("calendar.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def share_link_new(request: BrandRequest) -> HttpResponse:
    made: list[tuple[ShareLink, str]] = []

    def add(brand: Any, *, by: Any, values: dict[str, Any]) -> ShareLink:
        made.append(shares.make(brand, by=by, values=values, now=timezone.now()))
        return made[-1][0]

    page = replace(_page(add), saved=gettext_lazy("The link works from now on."), back=_to_address)
    response = page.show_new(request)
    return _with_secret(response, request, made[-1][1]) if made and response.status_code == 302 else response


def _to_address(request: BrandRequest, row: ShareLink | None) -> str:
    return reverse("share_link_address", args=[request.brand.slug, row.pk]) if row else _list(request)


@right("calendar.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def share_link_edit(request: BrandRequest, share_link_id: int) -> HttpResponse:
    return _page(shares.make).show_edit(request, _link(share_link_id))


@right("calendar.edit")
@require_safe
def share_link_address(request: BrandRequest, share_link_id: int) -> HttpResponse:
    """The address, once: the secret comes from this browser's cookie, which ends here."""
    row = _link(share_link_id)
    secret = request.COOKIES.get(SECRET_COOKIE, "")
    is_its = bool(secret) and shares.hash_of(secret) == row.token_hash
    address = settings.SITE_URL + reverse("share_month", args=[secret]) if is_its else ""
    response = render(request, "calendar_app/share_link_address.html", {"row": row, "address": address})
    response.delete_cookie(SECRET_COOKIE, path=_list(request), samesite="Strict")
    response["Cache-Control"] = "no-store"
    return response


@right("calendar.edit")
@require_POST
def share_link_renew(request: BrandRequest, share_link_id: int) -> HttpResponse:
    """A new address, where the first is lost or got out; the old one answers no more."""
    row = _link(share_link_id)
    try:
        secret = shares.renew(row, by=request.user)
    except InvalidInput as error:
        messages.error(request, str(error))
        return redirect(_list(request))
    messages.success(request, _("The link has a new address; the old one answers no more."))
    return _with_secret(redirect(_to_address(request, row)), request, secret)


@right("calendar.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def share_link_revoke(request: BrandRequest, share_link_id: int) -> HttpResponse:
    """Ask, and on POST take the link back for good."""
    row = _link(share_link_id)
    if request.method == "POST":
        shares.revoke(row, by=request.user, now=timezone.now())
        messages.success(request, _("The link is taken back: its address answers no more."))
        return redirect(_list(request))
    return render(request, "calendar_app/share_link_revoke.html", {"row": row, "back": _list(request)})


def _with_secret(response: HttpResponse, request: BrandRequest, secret: str) -> HttpResponse:
    response.set_cookie(
        SECRET_COOKIE,
        secret,
        max_age=SECRET_KEPT,
        path=_list(request),
        secure=settings.SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response
