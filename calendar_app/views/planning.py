"""When and what: proposed hours, the mix and its hints, settings, days of the brand's own."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import BrandRequest, right
from accounts.asked import next_page, numbers
from accounts.edit_pages import EditPage, show_delete
from accounts.errors import AppError, InvalidInput
from analytics.best_times_words import GRADES
from analytics.models import BestTimes
from calendar_app import mix, selectors, words
from calendar_app.forms import ObservanceForm, SettingsForm
from calendar_app.mix import Hint, Planned, Share
from calendar_app.models import FORMAT_NAMES, CalendarSettings, Entry, Observance, OnPurpose
from calendar_app.observances import Day
from calendar_app.services import planning as services
from strategy.models import ContentPillar
from strategy.objective_rows import brand_day
from strategy.platforms import PLATFORM_NAMES
from strategy.timeline import later, month_of

MOST = 60
AHEAD = timedelta(days=13)


def _settings_page(request: BrandRequest) -> str:
    return reverse("calendar_settings", args=[request.brand.slug])


# --- hours -----------------------------------------------------------------------------------------------------


@right("calendar.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_propose(request: BrandRequest) -> HttpResponse:
    """Propose hours for the entries chosen (`entry`), or for what has none; ticked ones are accepted at once."""
    today = brand_day(request)
    if request.method == "POST":
        return _accept(request, today)
    first = _day(request.GET.get("first", ""), usual=today)
    last = _day(request.GET.get("last", ""), usual=first + AHEAD)
    chosen = _chosen(request)
    rows: list[dict[str, Any]] = []
    error = ""
    try:
        if chosen:
            rows = [
                {"entry": entry, "found": found, "reason": words.reason(found)}
                for entry, found in services.proposed(
                    request.brand, chosen, first=first, last=last, now=timezone.now()
                )
            ]
    except InvalidInput as problem:
        error = str(problem)
    known = selectors.best_times({entry.channel_id for entry in chosen})
    context = {
        "rows": rows,
        "first": first,
        "last": last,
        "error": error,
        "asked": request.GET.getlist("entry"),
        "known": [_basis(each.result) for each in known.values()],
        "rules": selectors.settings_of(request.brand),
        "found": sum(row["found"].at is not None for row in rows),
    }
    return render(request, "calendar_app/propose.html", context)


def _basis(result: BestTimes) -> dict[str, Any]:
    grade = GRADES[result.evidence]
    return {"channel": result.channel, "posts": result.posts, "evidence": result.evidence, "grade": grade}


def _chosen(request: BrandRequest) -> list[Entry]:
    asked = numbers(request.GET, "entry")
    rows = Entry.objects.select_related("channel", "campaign", "brand").exclude(
        status__in=["published", "cancelled"]
    )
    rows = rows.filter(pk__in=asked) if asked else rows.filter(clock=None)
    return list(rows.order_by("day", "pk")[:MOST])


def _day(text: str, *, usual: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return usual


def _accept(request: BrandRequest, today: date) -> HttpResponse:
    ticked = numbers(request.POST, "take")
    rows = {
        str(entry.pk): entry for entry in Entry.objects.filter(pk__in=ticked).select_related("brand", "channel")
    }
    try:
        wanted = [
            (
                rows[number],
                date.fromisoformat(request.POST[f"day-{number}"]),
                time.fromisoformat(request.POST[f"clock-{number}"]),
                int(request.POST[f"version-{number}"]),
            )
            for number in ticked
            if number in rows
        ]
    except (KeyError, ValueError):
        messages.error(request, _("One of the days or hours cannot be read. Choose again."))
        return redirect(request.get_full_path())
    try:
        made = services.accept(wanted, by=request.user, today=today)
    except AppError as error:
        messages.error(request, _("Nothing was changed. %(reason)s") % {"reason": error})
        return redirect(request.get_full_path())
    text = ngettext("%(n)s entry has its hour.", "%(n)s entries have their hours.", len(made)) % {"n": len(made)}
    messages.success(request, text)
    return redirect("calendar_month", request.brand.slug)


# --- mix -------------------------------------------------------------------------------------------------------


@right("calendar.view")
@require_safe
def calendar_mix(request: BrandRequest) -> HttpResponse:
    """What a month is made of, against the pillars' shares and the recommended hours; and what to look at."""
    today = brand_day(request)
    first = later(month_of(request.GET.get("month", ""), usual=today), 0)
    last = later(first, 1) - timedelta(days=1)
    rows = list(
        Entry.objects.filter(day__range=(first, last))
        .exclude(status=Entry.Status.CANCELLED)
        .select_related("channel", "campaign", "pillar")
    )
    pillars = {pillar.pk: pillar for pillar in ContentPillar.objects.filter(archived_at=None)}
    aims = {pillar.pk: pillar.share / 100 for pillar in pillars.values() if pillar.share}
    names = {
        "pillar": {pk: pillar.name for pk, pillar in pillars.items()}
        | {row.pillar_id: str(row.pillar or "") for row in rows},
        **words.names(),
    }
    names["pillar"][None] = _("no pillar")
    context = {
        "first": first,
        "before": later(first, -1),
        "after": later(first, 1),
        "total": len(rows),
        "tables": [
            (
                _("By content pillar"),
                _told(mix.shares((row.pillar_id for row in rows), aims), names["pillar"].get),
            ),
            (_("By platform"), _told(mix.shares(row.channel.platform for row in rows), PLATFORM_NAMES.get)),
            (_("By format"), _told(mix.shares(row.format for row in rows), FORMAT_NAMES.get)),
            (
                _("By campaign"),
                _told(mix.shares(str(row.campaign or _("no campaign")) for row in rows), lambda name: name),
            ),
        ],
        "hours": _hours(request, rows),
        **_hints(request, rows, max(first, today), last, names),
        "tab": "mix",
    }
    return render(request, "calendar_app/mix.html", context)


def _told(rows: list[Share], name: Callable[[Any], Any]) -> list[dict[str, Any]]:
    return [
        {"name": str(name(row.key) or row.key), "n": row.n, "share": row.share, "wanted": row.wanted}
        for row in rows
    ]


def _hours(request: BrandRequest, rows: list[Entry]) -> list[dict[str, Any]]:
    """Of each channel how many entries stand on hours better than its typical one."""
    now = timezone.now()
    found = []
    for known in selectors.best_times().values():
        lifts = {(c.day, c.hour): c.lift for c in selectors.on_brand_clock(known, request.brand, now=now)}
        own = [row for row in rows if row.channel_id == known.result.channel_id and row.clock]
        if own:
            told = [lifts[(row.day.weekday(), row.clock.hour)] for row in own]
            found.append(
                {
                    "channel": known.result.channel,
                    "n": len(own),
                    "good": sum(lift > 0 for lift in told),
                    "mean": words.share(sum(told) / len(told)),
                    "evidence": known.result.evidence,
                    "grade": GRADES[known.result.evidence],
                    "posts": known.result.posts,
                }
            )
    return found


def _hints(
    request: BrandRequest, rows: list[Entry], first: date, last: date, names: dict[str, dict[Any, str]]
) -> dict[str, Any]:
    """From today on: what is past cannot be mended."""
    if first > last:
        return {"hints": [], "aside": []}
    settings = selectors.settings_of(request.brand)
    matter = selectors.days_that_matter(settings, first, last, language=get_language() or "en")
    running = [(row.pk, row.name, row.start, row.end) for row in selectors.campaigns_of(first, last)]
    plan = [_planned(row) for row in rows if row.day >= first]
    found = mix.hints(
        plan,
        first=first,
        last=last,
        campaigns=running,
        solemn={day.day: day.name for day in matter if day.tone == "solemn"},
        occasions=_occasions(matter),
    )
    entries = {row.pk: row for row in rows}
    put_aside = set(OnPurpose.objects.values_list("key", flat=True))
    told = [
        {
            "key": hint.key,
            "text": words.hint(hint, names),
            "entries": [entries[key] for key in hint.entries],
            "new": _new_entry(request, hint),
        }
        for hint in found
    ]
    return {
        "hints": [each for each in told if each["key"] not in put_aside],
        "aside": [each for each in told if each["key"] in put_aside],
    }


def _new_entry(request: BrandRequest, hint: Hint) -> str:
    """The address of the form that mends it; blank where nothing new is wanted."""
    if hint.day is None:
        return ""
    asked = {
        "day": hint.day,
        "campaign": hint.campaign,
        "title": hint.facts["name"] if hint.code == "missed" else "",
    }
    told = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('entry_new', args=[request.brand.slug])}?{told}"


def _occasions(matter: list[Day]) -> dict[date, str]:
    """Holidays and days of one's own. Awareness days are too many for any brand to speak of each."""
    found: dict[date, list[str]] = {}
    for day in matter:
        if day.kind in ("holiday", "own") and day.tone != "solemn":
            found.setdefault(day.day, []).append(day.name)
    return {day: ", ".join(names) for day, names in found.items()}


def _planned(row: Entry) -> Planned:
    at = datetime.combine(row.day, row.clock) if row.clock else None
    return Planned(row.pk, row.day, at, row.channel_id, row.pillar_id, row.format, row.campaign_id, row.sells)


@right("calendar.edit")
@require_POST
def calendar_on_purpose(request: BrandRequest) -> HttpResponse:
    """Put a hint aside, or with `back` look at it again."""
    key, back = request.POST.get("key", "")[:120], "back" in request.POST
    if key:
        services.put_aside(request.brand, key, aside=not back, by=request.user)
        messages.success(request, _("It is told again.") if back else _("Noted as on purpose."))
    return redirect(next_page(request, reverse("calendar_mix", args=[request.brand.slug])))


# --- settings --------------------------------------------------------------------------------------------------


SETTINGS = EditPage(
    form=SettingsForm,
    new=gettext_lazy("How you plan"),
    edit=gettext_lazy("How you plan"),
    saved=gettext_lazy("Saved. The next proposals follow it."),
    sentence=gettext_lazy("Holidays that are shown, and the rules that proposed hours keep."),
    add=lambda brand, *, by, values: services.set_settings(brand, by=by, version=1, values=values),
    change=lambda row, *, by, version, values: services.set_settings(
        row.brand, by=by, version=version, values=values
    ),
    back=lambda request, _row: reverse("calendar_month", args=[request.brand.slug]),
    template="calendar_app/settings.html",
    more=lambda request, form, row: {"own_days": list(Observance.objects.all())},
)


@right("calendar.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_settings(request: BrandRequest) -> HttpResponse:
    row = CalendarSettings.objects.select_related("brand").first()
    if row:
        return SETTINGS.show_edit(request, row)
    usual = selectors.settings_of(request.brand)
    names = SettingsForm.Meta.fields
    return SETTINGS.show_new(request, initial={name: getattr(usual, name) for name in names})


OWN_DAY = EditPage(
    form=ObservanceForm,
    new=gettext_lazy("New day of your own"),
    edit=gettext_lazy("Edit day of your own"),
    saved=gettext_lazy("The day is saved. The calendar shows it."),
    add=services.add_day,
    change=services.change_day,
    back=lambda request, _row: _settings_page(request),
)


@right("calendar.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def own_day_new(request: BrandRequest) -> HttpResponse:
    return OWN_DAY.show_new(request)


@right("calendar.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def own_day_edit(request: BrandRequest, own_day_id: int) -> HttpResponse:
    return OWN_DAY.show_edit(request, get_object_or_404(Observance.objects.select_related("brand"), pk=own_day_id))


@right("calendar.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def own_day_delete(request: BrandRequest, own_day_id: int) -> HttpResponse:
    return show_delete(
        request,
        get_object_or_404(Observance.objects.select_related("brand"), pk=own_day_id),
        question=_("Delete this day of your own?"),
        removed=_("The day is deleted."),
        remove=services.remove_day,
        back=_settings_page(request),
    )
