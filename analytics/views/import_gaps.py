"""What to download next: which days no import covers, by channel and figure, and the steps to each export."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import BrandRequest, right
from accounts.errors import InvalidInput
from accounts.htmx import render_page
from accounts.table_files import Cell, table_response
from analytics import gap_words as words
from analytics.import_pages import KINDS
from analytics.models import QuietPeriod
from analytics.selectors import import_gaps as selectors
from analytics.selectors.import_gaps import Line
from analytics.services import quiet as services
from strategy.models import Channel


@right("imports.view")
@require_safe
def import_gaps(request: BrandRequest) -> HttpResponse:
    today = _today(request)
    found = selectors.lines(today=today)
    channels = {str(line.channel.pk): line.channel for line in found if line.channel}
    chosen = request.GET.get("channel", "")
    shown = _of_channel(found, chosen if chosen in channels else "")
    context = {
        "needs": [words.need(need) for need in selectors.needs(today=today, found=shown)],
        "lines": [words.line(line, today=today) for line in shown if line.covered],
        "channels": list(channels.values()),
        "chosen": chosen if chosen in channels else "",
        "today": today,
        "weeks": words.WEEKS,
        "late_after": selectors.LATE_AFTER,
        "quiet": [words.quiet(period) for period in selectors.quiet_periods()],
    }
    return render_page(request, "analytics/import_gaps.html", "analytics/_import_gaps.html", context)


@right("imports.view")
@require_safe
def import_gaps_export(request: BrandRequest) -> HttpResponse:
    """Every gap of the last year, a line each."""
    found = _of_channel(selectors.lines(today=_today(request)), request.GET.get("channel", ""))
    header = [_("channel or source"), _("holds"), _("figures"), _("missing from"), _("missing to"), _("days")]
    kind = "xlsx" if request.GET.get("file") == "xlsx" else "csv"
    return table_response(kind, f"{request.brand.slug}-gaps", header, _lines(found))


@right("imports.edit")
@require_POST
def import_gap_quiet(request: BrandRequest) -> HttpResponse:
    """Note that nothing happened on these days."""
    told = request.POST
    channel = get_object_or_404(Channel, pk=_number(told["channel"])) if told.get("channel") else None
    source = {"channel": channel, "kind": told.get("kind", ""), "source": told.get("source", "")[:40]}
    try:
        first, last = (_day(told.get(name, "")) for name in ("first", "last"))
        services.note(request.brand, **source, first=first, last=last, by=request.user)
        messages.success(request, _("Noted: nothing happened on these days. They are listed below."))
    except InvalidInput as error:
        messages.error(request, str(error))
    return redirect(_page(request))


@right("imports.edit")
@require_POST
def import_gap_again(request: BrandRequest, period_id: int) -> HttpResponse:
    """Ask for the export of a quiet period again."""
    services.withdraw(get_object_or_404(QuietPeriod, pk=period_id), by=request.user)
    messages.success(request, _("These days are asked for again."))
    return redirect(_page(request))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput("bad_period") from None


def _page(request: BrandRequest) -> str:
    return reverse("import_gaps", args=[request.brand.slug])


def _today(request: BrandRequest) -> date:
    return timezone.localdate(timezone=ZoneInfo(request.brand.time_zone))


def _of_channel(found: list[Line], number: str) -> list[Line]:
    return [line for line in found if line.channel and str(line.channel.pk) == number] if number else found


def _lines(found: list[Line]) -> Iterator[list[Cell]]:
    for line in found:
        start = [str(words.name_of(line)), str(KINDS.get(line.kind, ""))]
        names = ", ".join(words.figure(name) for name in line.figures)
        for gap in line.gaps:
            yield [*start, names, gap.first.isoformat(), gap.last.isoformat(), gap.days]
