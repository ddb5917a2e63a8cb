"""Figures by day: one figure of a channel as a picture, by week and by day; all of them as a download."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import BrandRequest, right
from accounts.htmx import render_page
from accounts.table_files import table_response, table_stream
from analytics import days_pages
from analytics.day_words import FIGURES
from analytics.selectors import days as selectors
from analytics.selectors.days import Known
from analytics.weeks import kind_of
from strategy.models import Channel

# Shown first, where the address asks for no other.
FIRST = ("followers", "reach", "views", "impressions")
USUAL = timedelta(days=90)  # 13 weeks


@dataclass(frozen=True)
class Asked:
    """What the address asks for, made whole by what is known."""

    channel: Channel
    known: Sequence[Known]
    figure: str
    start: date
    end: date
    is_narrowed: bool


@right("posts.view")
@require_safe
def days(request: BrandRequest) -> HttpResponse:
    channels = selectors.channels()
    context: dict[str, Any] = {"channels": channels, "tabs": page_tabs(request.brand.slug, "days")}
    if asked := _asked(request.GET, channels):
        kind = kind_of(asked.figure)
        told = selectors.series(asked.channel, asked.figure, asked.start, asked.end)
        context |= {"asked": asked, "figures": _tabs(asked), "name": FIGURES.get(asked.figure, asked.figure)}
        context |= {"is_people": kind == "people", **days_pages.shown(asked.figure, kind, told)}
    return render_page(request, "analytics/days.html", "analytics/_days.html", context)


@right("posts.view")
@require_safe
def days_export(request: BrandRequest) -> HttpResponse | StreamingHttpResponse:
    """Every figure of the channel by day; what was not exported is empty."""
    asked = _asked(request.GET, selectors.channels())
    names = [one.figure for one in asked.known] if asked else []
    header = ("platform", "account", "day", *names)
    rows = _rows(asked, names) if asked else iter(())
    name = f"{request.brand.slug}-days"
    if request.GET.get("file") == "xlsx":
        return table_response("xlsx", name, header, rows)
    return table_stream(name, header, rows)


def _rows(asked: Asked, names: list[str]):
    place = (asked.channel.platform, asked.channel.handle)
    for day, values in selectors.table(asked.channel, names, asked.start, asked.end):
        yield (*place, day.isoformat(), *("" if value is None else days_pages.number(value) for value in values))


def page_tabs(brand: str, current: str) -> list[dict[str, Any]]:
    """Posts, and figures by day: the two readings of what was imported."""
    return [
        {"label": label, "url": reverse(name, args=[brand]), "current": name == current}
        for name, label in (("posts", _("Posts")), ("days", _("Figures by day")))
    ]


def _asked(values: QueryDict, channels: Sequence[Channel]) -> Asked | None:
    """What cannot be read narrows nothing; None where nothing is known at all."""
    if not channels:
        return None
    wanted = values.get("channel", "")
    channel = next((one for one in channels if str(one.pk) == wanted), channels[0])
    known = selectors.known(channel)
    names = [one.figure for one in known]
    usual = next((name for name in FIRST if name in names), names[0])
    figure = values["figure"] if values.get("figure") in names else usual
    last = next(one.last for one in known if one.figure == figure)
    start, end = _day(values.get("from")), _day(values.get("to"))
    until = end or last
    return Asked(channel, known, figure, start or until - USUAL, until, bool(start or end))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _tabs(asked: Asked) -> list[dict[str, Any]]:
    return [
        {
            "slug": one.figure,
            "label": str(FIGURES.get(one.figure, one.figure)).capitalize(),
            "current": one.figure == asked.figure,
        }
        for one in asked.known
    ]
