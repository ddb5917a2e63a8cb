"""The imported posts: the list with search and filters, one post with its history, downloads."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import BrandRequest, right
from accounts.htmx import render_page
from accounts.table_files import table_response, table_stream
from analytics import days_pages
from analytics.day_words import FIGURES as DAY_FIGURES
from analytics.models import METRICS, Post
from analytics.post_words import FIGURES, FORMATS
from analytics.selectors import posts as selectors
from analytics.selectors.days import of_post
from analytics.selectors.posts import Asked
from analytics.views.days import page_tabs
from strategy.models import Channel

COLUMNS = ("impressions", "reach", "engagements", "clicks")
HEADER = ("platform", "account", "post_id", "published_at", "format", "text", "permalink", "paid", *METRICS)
XLSX_ROWS = 50_000  # a workbook is made in memory; a CSV of any length is streamed


@right("posts.view")
@require_safe
def posts(request: BrandRequest) -> HttpResponse:
    asked, channels = _asked(request.GET), list(selectors.channels())
    found, has_more = selectors.page(request.brand, asked, channels)
    context = {
        "asked": asked,
        "channels": channels,
        "formats": sorted(((slug, str(name)) for slug, name in FORMATS.items() if slug), key=lambda item: item[1]),
        "sorts": [(slug, _("newest first") if slug == "newest" else FIGURES[slug]) for slug in selectors.SORTS],
        "rows": [_row(post) for post in found],
        "columns": [FIGURES[name] for name in COLUMNS],
        "older": _mark(found[-1]) if has_more else "",
        "window": selectors.WINDOW,
        "tabs": page_tabs(request.brand.slug, "posts"),
    }
    return render_page(request, "analytics/posts.html", "analytics/_posts.html", context)


def _row(post: Post) -> dict[str, Any]:
    return {
        "post": post,
        "format": FORMATS.get(post.format, post.format),
        "figures": [getattr(post, name) for name in COLUMNS],
    }


def _mark(post: Post) -> str:
    return f"{post.published_at.astimezone(UTC):%Y%m%dT%H%M%S%f}-{post.pk}"


def _asked(values: QueryDict) -> Asked:
    """What the address asks for; what cannot be read narrows nothing."""
    sort = values.get("sort", "newest")
    return Asked(
        text=values.get("q", "").strip()[:200],
        channel=int(values["channel"]) if values.get("channel", "").isdecimal() else None,
        format=values["format"] if values.get("format") in FORMATS and values["format"] else None,
        paid=_yes_or_no(values.get("paid")),
        replies=_yes_or_no(values.get("replies")),
        start=_day(values.get("from")),
        end=_day(values.get("to")),
        sort=sort if sort in selectors.SORTS else "newest",
        before=_before(values.get("before", "")),
    )


def _yes_or_no(text: str | None) -> bool | None:
    return {"yes": True, "no": False}.get(text or "")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _before(text: str) -> tuple[datetime, int] | None:
    moment, _dash, number = text.partition("-")
    try:
        return datetime.strptime(moment, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC), int(number)
    except ValueError:
        return None


@right("posts.view")
@require_safe
def post(request: BrandRequest, post_id: int) -> HttpResponse:
    """One post with every figure, and what earlier exports told of it."""
    found = get_object_or_404(Post.objects.select_related("channel", "file"), pk=post_id)
    earlier = list(found.earlier_metrics.order_by("-as_of")[:50])
    readings = [(found.metrics_as_of, found), *((row.as_of, row) for row in earlier)]
    told = [name for name in METRICS if any(getattr(row, name) is not None for _at, row in readings)]
    context = {
        "post": found,
        "format": FORMATS.get(found.format, found.format),
        "columns": [FIGURES[name] for name in told],
        "readings": [(at, [getattr(row, name) for name in told]) for at, row in readings],
        "not_told": [FIGURES[name] for name in METRICS if name not in told],
    }
    return render(request, "analytics/post.html", context | _by_day(found))


def _by_day(post: Post) -> dict[str, Any]:
    """What a chart's data told of the post day by day: its views, or else the first figure there is."""
    told = of_post(post.channel, post.external_id)
    if not told:
        return {}
    figure = "views" if "views" in told else next(iter(told))
    return {"name": DAY_FIGURES.get(figure, figure), **days_pages.of_post(figure, told[figure])}


@right("posts.view")
@require_safe
def posts_export(request: BrandRequest) -> HttpResponse | StreamingHttpResponse:
    """The posts that the address asks for: all of them as CSV, row by row, or the latest as XLSX."""
    asked, channels = _asked(request.GET), list(selectors.channels())
    found = selectors.all_asked(request.brand, asked, channels)
    rows, name = _values(found, channels, request.brand.time_zone), f"{request.brand.slug}-posts"
    if request.GET.get("file") == "xlsx":
        return table_response("xlsx", name, HEADER, islice(rows, XLSX_ROWS))
    return table_stream(name, HEADER, rows)


def _values(found: Iterable[Post], channels: list[Channel], zone: str) -> Iterator[tuple[Any, ...]]:
    """One row a post, as HEADER names it; what was not exported is empty."""
    clock = ZoneInfo(zone)
    names = {channel.pk: (channel.platform, channel.handle) for channel in channels}
    for row in found:
        moment = row.published_at.astimezone(clock)
        when = moment.isoformat() if row.is_exact else moment.date().isoformat()
        paid = "" if row.paid is None else int(row.paid)
        figures = ("" if (value := getattr(row, name)) is None else value for name in METRICS)
        texts = (row.format, row.text, row.permalink)
        yield (*names[row.channel_id], row.external_id, when, *texts, paid, *figures)
