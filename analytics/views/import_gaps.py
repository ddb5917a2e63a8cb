"""What to download next: which days no import covers, by channel and figure, and the steps to each export."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import BrandRequest, right
from accounts.htmx import render_page
from accounts.table_files import Cell, table_response
from analytics import gap_words as words
from analytics.import_pages import KINDS
from analytics.selectors import import_gaps as selectors
from analytics.selectors.import_gaps import Line


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
