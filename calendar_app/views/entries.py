"""One entry: its page, its form, and everything that can be done to it."""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import BrandRequest, right
from accounts.asked import next_page, number, numbers
from accounts.edit_pages import EditPage, show_delete
from accounts.errors import AppError, InvalidInput
from accounts.htmx import render_page
from accounts.models import AuditEvent
from calendar_app import copy_limits, media_limits, states, words
from calendar_app.forms import EntryForm, NewEntryForm
from calendar_app.links import link_of
from calendar_app.models import Entry, EntryMatch, ShareLink
from calendar_app.services import approvals, entries, matching, pictures, slots
from calendar_app.services.pictures import Picture
from calendar_app.views.common import card
from calendar_app.views.pictures import shown
from strategy.catalogue import catalogue
from strategy.models import Channel
from strategy.objective_rows import brand_day
from strategy.selectors import campaigns as campaign_selectors

HISTORY = 15
UNTOLD = ("at", "status", "asset_name", "asset_facts", "thumb")  # they follow from what is told
MOST_AT_ONCE = 200


def _entry(entry_id: int) -> Entry:
    rows = Entry.objects.select_related(
        *("brand", "channel", "campaign", "pillar", "audience", "author", "group", "freeze")
    )
    return get_object_or_404(rows, pk=entry_id)


def home(request: BrandRequest, entry: Entry | None = None) -> str:
    slug = request.brand.slug
    return reverse("entry_detail", args=[slug, entry.pk]) if entry else reverse("calendar_month", args=[slug])


def _add(brand: Any, *, by: Any, values: dict[str, Any], today: date) -> Entry:
    told = dict(values)
    return entries.add(brand, channels=told.pop("channels"), by=by, values=told, today=today)[0]


def _page(request: BrandRequest) -> EditPage:
    today = brand_day(request)
    return EditPage(
        form=EntryForm,
        new=gettext_lazy("New entry"),
        edit=gettext_lazy("Edit entry"),
        saved=gettext_lazy("The entry is saved."),
        sentence=gettext_lazy("What is published where and when."),
        add=partial(_add, today=today),
        change=partial(entries.change, today=today),
        back=home,
        template="calendar_app/entry_edit.html",
        more=lambda _request, _form, row: {"check": reverse("entry_check", args=[request.brand.slug]), "row": row},
    )


@right("calendar.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def entry_new(request: BrandRequest) -> HttpResponse:
    """A new idea for one channel or several, begun by what the address tells of it."""
    initial: dict[str, Any] = {"author": request.user.pk}
    for name in ("day", "clock", "title", "campaign", "pillar", "format"):
        if value := request.GET.get(name, "")[:200]:
            initial[name] = value
    if channel := number(request.GET, "channel"):
        initial["channels"] = [channel]
    page = _page(request)
    return EditPage(**{**page.__dict__, "form": NewEntryForm}).show_new(request, initial=initial)


@right("calendar.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def entry_edit(request: BrandRequest, entry_id: int) -> HttpResponse:
    return _page(request).show_edit(request, _entry(entry_id))


@right("calendar.view")
@require_safe
def entry_detail(request: BrandRequest, entry_id: int) -> HttpResponse:
    """Everything about an entry: what it says, what to look at, who approved it, what is said, what was done."""
    entry = _entry(entry_id)
    reviewers = list(entry.reviewers.all())
    found = pictures.of(entry)
    context = {
        **card(entry),
        "format": entry.get_format_display(),
        "link": link_of(entry, campaign_selectors.convention()),
        "findings": _findings(entry.copy, entry.channel.platform, entry.format, found),
        "counted": _counted(entry.copy, entry.channel.platform, entry.format),
        "steps": [(slug, words.step(entry, slug)) for slug in states.NEXT[entry.status] if slug != "in_review"],
        "may_ask": "in_review" in states.NEXT[entry.status],
        "reviewers": reviewers,
        "may_decide": entry.status == "in_review" and (not reviewers or request.user in reviewers),
        "reviews": list(entry.reviews.select_related("user", "share")),
        "comments": list(entry.comments.select_related("author", "share")),
        "for_clients": ShareLink.objects.filter(revoked_at=None).exists(),
        "history": _history(entry),
        "others": list(entry.group.entries.exclude(pk=entry.pk).select_related("channel")) if entry.group else [],
        "matches": list(entry.matches.exclude(state=EntryMatch.State.REFUSED)),
        "pictures": shown(found),
        "deviation": _deviation(entry),
        "own": _own_time(request, entry),
    }
    return render_page(request, "calendar_app/entry_detail.html", "calendar_app/_entry.html", context)


def _own_time(request: BrandRequest, entry: Entry) -> datetime | None:
    """When that is on the reader's own clock, where it is another than the brand's."""
    zone = request.user.time_zone
    if not (entry.at and entry.clock and zone) or zone == request.brand.time_zone:
        return None
    own = entry.at.astimezone(ZoneInfo(zone))
    return None if own.utcoffset() == entry.at.astimezone(ZoneInfo(request.brand.time_zone)).utcoffset() else own


def _deviation(entry: Entry) -> int | None:
    """Minutes by which it was published later (or earlier) than planned."""
    if entry.published_at is None or entry.at is None or entry.clock is None:
        return None
    return round((entry.published_at - entry.at).total_seconds() / 60)


def _history(entry: Entry) -> list[dict[str, Any]]:
    rows = AuditEvent.objects.filter(brand=entry.brand, row_type="calendar_app.entry", row_id=str(entry.pk))
    labels = {
        "entry.added": _("wrote it down"),
        "entry.changed": _("changed it"),
        "entry.moved": _("moved it"),
        "entry.status": _("set the status"),
        "entry.pictures": _("changed the pictures"),
        "entry.released": _("decided on it while it was on hold"),
    }
    found = []
    for event in rows.select_related("actor")[:HISTORY]:
        before, after = event.before or {}, event.after or {}
        changed = [name for name in after if name in before and before[name] != after[name]]
        fields = [str(Entry._meta.get_field(name).verbose_name) for name in changed if name not in UNTOLD]
        found.append(
            {
                "event": event,
                "who": _who(event),
                "what": labels.get(event.action, event.action),
                "status": words.LABELS.get(after.get("status"), "") if event.action == "entry.status" else "",
                "fields": ", ".join(dict.fromkeys(fields)),
                "restorable": event.action in ("entry.changed", "entry.moved") and bool(fields),
            }
        )
    return found


def _who(event: AuditEvent) -> str:
    guest = (event.after or {}).get("guest")
    return _("%(name)s (client)") % {"name": guest} if guest else str(event.actor or _("Timone"))


def _counted(copy: str, platform: str, format: str) -> dict[str, Any]:
    limit = copy_limits.limit_of(catalogue().get(platform), format)
    return {"size": copy_limits.length(copy, platform), "most": limit.most, "source": limit.source}


def _findings(copy: str, platform: str, format: str, media: list[Picture]) -> list[str]:
    known = catalogue().get(platform)
    limit = copy_limits.limit_of(known, format)
    untold = [place for place, each in enumerate(media, start=1) if each.thumb and not each.alt_text.strip()]
    found = copy_limits.findings(copy, platform=platform, limit=limit, without_alt_text=untold)
    found += media_limits.findings([each.asset_facts for each in media], known=known, format=format)
    return [words.finding(each) for each in found]


@right("calendar.edit")
@require_POST
def entry_check(request: BrandRequest) -> HttpResponse:
    """What to look at in a copy while it is typed, for each channel chosen. Nothing is stored."""
    chosen = [*numbers(request.POST, "channels"), *numbers(request.POST, "channel")]
    copy, format = request.POST.get("copy", "")[:100_000], request.POST.get("format", "")
    rows = [
        {
            "channel": channel,
            **_counted(copy, channel.platform, format),
            "findings": _findings(copy, channel.platform, format, []),
        }
        for channel in Channel.objects.filter(pk__in=chosen)
    ]
    return render(request, "calendar_app/_copy_check.html", {"rows": rows})


@right("calendar.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def entry_delete(request: BrandRequest, entry_id: int) -> HttpResponse:
    return show_delete(
        request,
        _entry(entry_id),
        question=_("Delete this entry with its comments and approvals? To keep it, cancel it instead."),
        removed=_("The entry is deleted."),
        remove=entries.remove,
        back=home(request),
    )


@right("calendar.edit")
@require_POST
def entry_move(request: BrandRequest, entry_id: int) -> HttpResponse:
    """To another day (`day`, empty: the backlog) and hour (`clock`, kept where it is not told), or into a `slot`.

    A script that asks for JSON gets the sentence and what takes the step back, or the error with 409.
    """
    entry = _entry(entry_id)
    try:
        day = date.fromisoformat(request.POST["day"]) if request.POST.get("day") else None
        told = request.POST.get("clock")
        clock = entry.clock if told is None else (time.fromisoformat(told) if told else None)
        version = int(request.POST.get("version", entry.version))
    except ValueError:
        return _moved(request, entry, _("That is no day or hour. Choose again."), status=422)
    slot = number(request.POST, "slot")

    def work() -> tuple[Entry, str]:
        told = {"by": request.user, "version": version}
        if slot and day:
            row, taken = slots.take(entry, slot, day, now=timezone.now(), **told)
            return row, words.now_in_slot(row, taken)
        row = entries.move(entry, day=day, clock=clock, today=brand_day(request), **told)
        return row, words.now_on(row)

    return _put(request, entry, work)


@right("calendar.edit")
@require_POST
def entry_place(request: BrandRequest, entry_id: int) -> HttpResponse:
    """Into its channel's next free slot (`what` is "slot"), or on the next free best hour."""
    entry = _entry(entry_id)
    told = {"by": request.user, "version": number(request.POST, "version") or 0, "now": timezone.now()}

    def work() -> tuple[Entry, str]:
        if request.POST.get("what") == "slot":
            row, slot = slots.take_next(entry, **told)
            return row, words.now_in_slot(row, slot)
        row, found = slots.take_best(entry, **told)
        return row, f"{words.now_on(row)} {words.reason(found)}"

    return _put(request, entry, work)


def _put(request: BrandRequest, entry: Entry, work: Callable[[], tuple[Entry, str]]) -> HttpResponse:
    """Move an entry, and tell where it went with what takes the step back."""
    before = (entry.day, entry.clock)
    try:
        row, text = work()
    except AppError as error:
        return _moved(request, entry, str(error), status=409)
    undo = {
        "day": str(before[0] or ""),
        "clock": f"{before[1]:%H:%M}" if before[1] else "",
        "version": row.version,
    }
    return _moved(request, row, text, undo=undo)


def _moved(request: BrandRequest, entry: Entry, text: str, *, status: int = 200, undo: Any = None) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        back = reverse("entry_move", args=[request.brand.slug, entry.pk])
        return JsonResponse({"text": text, "undo": undo, "address": back}, status=status)
    (messages.success if status == 200 else messages.error)(request, text)
    return redirect(next_page(request, home(request, entry)))


def _act(request: BrandRequest, entry: Entry, work: Callable[[], Any], done: str) -> HttpResponse:
    try:
        work()
        messages.success(request, done)
    except AppError as error:
        messages.error(request, str(error))
    return redirect(next_page(request, home(request, entry)))


@right("calendar.edit")
@require_POST
def entry_status(request: BrandRequest, entry_id: int) -> HttpResponse:
    """Bring it to its next status: `to` names it."""
    entry, to = _entry(entry_id), request.POST.get("to", "")
    if to == "in_review":
        return _act(
            request, entry, lambda: approvals.ask(entry, by=request.user), _("Those who approve it are told.")
        )
    done = _("The entry is now: %(status)s.") % {"status": words.LABELS.get(to, to)}
    return _act(request, entry, lambda: entries.set_status(entry, to, by=request.user), done)


@right("calendar.edit")
@require_POST
def entry_decide(request: BrandRequest, entry_id: int) -> HttpResponse:
    """Approve it (`approve`), or ask for changes with a word."""
    entry, approve = _entry(entry_id), "approve" in request.POST
    done = _("Your approval is noted.") if approve else _("It is a draft again, and its author is told.")
    word = request.POST.get("word", "")
    return _act(request, entry, lambda: approvals.decide(entry, approve=approve, word=word, by=request.user), done)


@right("calendar.edit")
@require_POST
def entry_comment(request: BrandRequest, entry_id: int) -> HttpResponse:
    entry = _entry(entry_id)
    told = {"text": request.POST.get("text", ""), "for_client": "for_client" in request.POST, "by": request.user}
    return _act(request, entry, lambda: approvals.comment(entry, **told), _("Your comment is there."))


@right("calendar.edit")
@require_POST
def entry_copy(request: BrandRequest, entry_id: int) -> HttpResponse:
    """A draft like it, a week later."""
    entry = _entry(entry_id)
    copy = entries.duplicate(entry, days=7, by=request.user, today=brand_day(request))
    messages.success(request, _("A copy, as a draft. Change what differs."))
    return redirect("entry_edit", request.brand.slug, copy.pk)


@right("calendar.edit")
@require_POST
def entry_restore(request: BrandRequest, entry_id: int, event_id: int) -> HttpResponse:
    """Take one change back."""
    entry = _entry(entry_id)
    event = get_object_or_404(
        AuditEvent, pk=event_id, brand=request.brand, row_type="calendar_app.entry", row_id=str(entry.pk)
    )
    work = partial(entries.restore, entry, event.before or {}, by=request.user, version=entry.version)
    return _act(request, entry, partial(work, today=brand_day(request)), _("The change is taken back."))


@right("calendar.edit")
@require_POST
def entry_match(request: BrandRequest, match_id: int) -> HttpResponse:
    """Whether a published post is this entry: `yes`, or no."""
    found = get_object_or_404(EntryMatch.objects.select_related("brand", "entry"), pk=match_id)
    accept = "yes" in request.POST
    done = _("The entry is published, by that post.") if accept else _("That post is not proposed again.")
    return _act(request, found.entry, lambda: matching.decide(found, accept=accept, by=request.user), done)


@right("calendar.edit")
@require_POST
def entries_bulk(request: BrandRequest) -> HttpResponse:
    """Do something to many entries at once: shift by days, place, copy, set a status. All or none."""
    chosen = numbers(request.POST, "entry")[:MOST_AT_ONCE]
    rows = list(Entry.objects.filter(pk__in=chosen).select_related("brand", "channel", "campaign"))
    back = next_page(request, reverse("calendar_list", args=[request.brand.slug]))
    what, days = request.POST.get("do", ""), request.POST.get("days", "")
    try:
        if what in ("slot", "hour"):
            slots.take_many(rows, what, by=request.user, now=timezone.now())
        else:
            entries.to_many(rows, what, days=days, by=request.user, today=brand_day(request))
        text = ngettext("Done for %(n)s entry.", "Done for %(n)s entries.", len(rows)) % {"n": len(rows)}
        messages.success(request, text)
    except InvalidInput as error:
        messages.error(request, _("Nothing was changed. %(reason)s") % {"reason": error})
    return redirect(back)
