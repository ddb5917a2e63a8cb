"""The calendar for clients without an account: the secret of the address is all that admits them."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import public
from accounts.errors import AppError, Stale
from accounts.scoping import brands_in_scope
from accounts.selectors import people_of
from calendar_app import share_misses, share_pages
from calendar_app.models import Entry, ShareLink
from calendar_app.services import guests, pictures, shares
from calendar_app.views import pictures as picture_views
from strategy.timeline import later, month_of

PER_PAGE = 60
NAME_COOKIE = "timone_guest"
NAME_KEPT = timedelta(days=180)
DONE = {
    "said": _("Your comment is with the team."),
    "approved": _("Approved, thank you. The team is told."),
    "agreed": _(
        "Your approval is noted, and the team is told. The colleagues named for it still have to approve."
    ),
    "changes": _("The team is told what should change. The post comes back here when it is ready for you."),
}
STATUS_OF = {"share_too_many": 429, "share_entry_gone": 404}
View = Callable[..., HttpResponse]


def guests_page(view: View) -> View:
    """Let a view answer whoever comes with the secret of a living link, in that link's brand and language."""

    @public
    @wraps(view)
    def answer(request: HttpRequest, token: str, **arguments: Any) -> HttpResponse:
        now = timezone.now()
        link = shares.find(token, now=now)
        if link is None:
            return sealed(_gone(request))
        translation.activate(link.language)
        request.LANGUAGE_CODE = link.language
        with brands_in_scope(link.brand_id):
            return sealed(view(request, link, token, **arguments))

    return answer


def sealed(response: HttpResponse) -> HttpResponse:
    """Kept nowhere, found by nobody, and never told to another site as where a reader comes from.

    A page with a form needs "same-origin": under "no-referrer" browsers send a form from the origin "null", which
    the protection against forged requests refuses. Neither tells other sites anything.
    """
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.setdefault("Referrer-Policy", "no-referrer")
    return response


def _gone(request: HttpRequest) -> HttpResponse:
    """One answer for what is wrong, over, revoked or archived, in the language of the browser."""
    many = share_misses.is_too_many(request.META.get("REMOTE_ADDR", ""), now=timezone.now())
    response = render(request, "calendar_app/share/gone.html", status=429 if many else 404)
    if many:
        response["Retry-After"] = str(share_misses.SPAN)
    return response


def _not_here(request: HttpRequest, link: ShareLink, token: str) -> HttpResponse:
    context = {"link": link, "month": reverse("share_month", args=[token])}
    return render(request, "calendar_app/share/not_here.html", context, status=404)


def _frame(request: HttpRequest, link: ShareLink, token: str) -> dict[str, Any]:
    """What every page of a link shows around its content; notes the use, but for colleagues who look."""
    now = timezone.now()
    user = request.user
    colleague = user.is_authenticated and people_of(link.brand).filter(pk=user.pk).exists()
    if not colleague:
        shares.note_use(link, now=now)
    return {
        "link": link,
        "token": token,
        "zone": share_pages.city(link),
        "colleague": user if colleague else None,
        "today": now.astimezone(ZoneInfo(link.time_zone)).date(),
        "waiting": share_pages.waiting(link),
    }


@guests_page
@require_safe
def share_month(request: HttpRequest, link: ShareLink, token: str) -> HttpResponse:
    """A month day by day, or with `waiting` what waits for a decision, whenever it is planned."""
    context = _frame(request, link, token)
    first = later(month_of(request.GET.get("month", ""), usual=context["today"]), 0)
    only_waiting = "waiting" in request.GET and link.may_approve
    numbers = context["waiting"] if only_waiting else share_pages.month(link, first)
    page = Paginator(numbers, PER_PAGE).get_page(request.GET.get("page"))
    undated = [] if only_waiting or page.number > 1 else share_pages.undated(link)
    rows = share_pages.shown(link, [*page.object_list, *undated])
    context |= {
        "days": share_pages.by_day(row for row in rows if row.day),
        "undated": [row for row in rows if row.day is None],
        "page": page,
        "first": first,
        "before": later(first, -1),
        "after": later(first, 1),
        "only_waiting": only_waiting,
    }
    return render(request, "calendar_app/share/month.html", context)


@guests_page
@require_http_methods(["GET", "HEAD", "POST"])
def share_entry(request: HttpRequest, link: ShareLink, token: str, entry_id: int) -> HttpResponse:
    """One entry; a guest says something (`do` = comment), approves it (approve) or asks for changes (changes)."""
    entry = share_pages.find(link, entry_id)
    if entry is None:
        return _not_here(request, link, token)
    if request.method != "POST":
        return _entry_page(request, link, token, entry.pk)
    frame = _frame(request, link, token)
    if frame["colleague"]:
        return _entry_page(request, link, token, entry.pk, frame=frame, status=403)
    guest = request.POST.get("guest") or _name_of(request, link)
    try:
        done = _act(link, entry, request, guest=guest)
    except AppError as error:
        if error.code == "share_over":
            return _gone(request)
        status = STATUS_OF.get(error.code, 409 if isinstance(error, Stale) else 422)
        return _entry_page(request, link, token, entry.pk, error=error, status=status)
    response = redirect(reverse("share_entry", args=[token, entry.pk]) + f"?done={done}#done")
    return _remember(response, link, token, guest)


def _act(link: ShareLink, entry: Entry, request: HttpRequest, *, guest: str) -> str:
    """Do what the form asks; returns the key of DONE."""
    told = {"guest": guest, "now": timezone.now()}
    what = request.POST.get("do", "")
    if what not in ("approve", "changes"):
        guests.comment(link, entry, text=request.POST.get("text", ""), **told)
        return "said"
    seen, word = request.POST.get("seen", ""), request.POST.get("word", "")
    guests.decide(link, entry, approve=what == "approve", word=word, seen=seen, **told)
    if what == "changes":
        return "changes"
    entry.refresh_from_db(fields=["status"])
    return "agreed" if entry.status == Entry.Status.IN_REVIEW else "approved"


def _entry_page(
    request: HttpRequest,
    link: ShareLink,
    token: str,
    entry_id: int,
    *,
    frame: dict[str, Any] | None = None,
    error: AppError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = frame or _frame(request, link, token)
    found = share_pages.shown(link, [entry_id])
    if not found:
        return _not_here(request, link, token)
    shown = found[0]
    done = DONE.get(request.GET.get("done", "")) if request.method != "POST" else None
    following = [number for number in context["waiting"] if number != entry_id]
    context |= {
        "row": shown,
        "pictures": picture_views.shown(pictures.of(shown.entry)),
        "zone": share_pages.clock_name(link, shown.clock),
        "format": shown.entry.get_format_display(),
        "seen": share_pages.seen(shown.entry),
        "comments": share_pages.comments(link, shown.entry),
        "decisions": share_pages.decisions(link, shown.entry),
        "guest": request.POST.get("guest") or _name_of(request, link),
        "named": bool(_name_of(request, link)) and "rename" not in request.GET,
        "error": str(error) if error else "",
        "field": error.facts.get("field", "") if error else "",
        "typed": request.POST,
        "done": done,
        "next": following[0] if following else None,
        "month": f"{shown.day or context['today']:%Y-%m}",
    }
    response = render(request, "calendar_app/share/entry.html", context, status=status)
    response["Referrer-Policy"] = "same-origin"
    return response


@guests_page
@require_safe
def share_file(request: HttpRequest, link: ShareLink, token: str, entry_id: int) -> HttpResponse:
    """The picture or film of an entry that the link shows."""
    entry = share_pages.with_file(link).filter(pk=entry_id).first()
    if entry is None or not entry.asset.storage.exists(entry.asset.name):
        return _not_here(request, link, token)
    try:
        return picture_views.file_of(request, entry)
    except Http404:
        return _not_here(request, link, token)


def _salt(link: ShareLink) -> str:
    return f"timone.guest.{link.pk}"


def _name_of(request: HttpRequest, link: ShareLink) -> str:
    """The name that the guest gave himself before in this browser, signed by us."""
    try:
        name = signing.loads(request.COOKIES.get(NAME_COOKIE, ""), salt=_salt(link), max_age=NAME_KEPT)
    except signing.BadSignature:
        return ""
    return name if isinstance(name, str) else ""


def _remember(response: HttpResponse, link: ShareLink, token: str, guest: str) -> HttpResponse:
    response.set_cookie(
        NAME_COOKIE,
        signing.dumps(" ".join(guest.split())[: guests.LONGEST_NAME], salt=_salt(link)),
        max_age=NAME_KEPT,
        path=reverse("share_month", args=[token]),
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
