"""The imported posts: the list with search and filters, one post with its history, downloads."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import BrandRequest, right
from accounts.asked import next_page, number, numbers
from accounts.errors import InvalidInput
from accounts.htmx import render_page
from accounts.table_files import table_response, table_stream
from analytics import days_pages
from analytics.day_words import FIGURES as DAY_FIGURES
from analytics.forms.tags import AS_IT_IS, NONE, TagForm
from analytics.models import METRICS, Post, PostTag
from analytics.post_words import FIGURES, FORMATS
from analytics.selectors import posts as selectors
from analytics.selectors import tags as tag_selectors
from analytics.selectors.days import of_post
from analytics.selectors.posts import Asked
from analytics.services import tags as tag_services
from analytics.views.days import page_tabs
from strategy.models import Channel

COLUMNS = ("impressions", "reach", "engagements", "clicks")
HEADER = ("platform", "account", "post_id", "published_at", "format", "text", "permalink", "paid", *METRICS)
TAGS = ("campaign", "pillar", "audience", "planned")
XLSX_ROWS = 50_000  # a workbook is made in memory; a CSV of any length is streamed


@right("posts.view")
@require_safe
def posts(request: BrandRequest) -> HttpResponse:
    asked, channels = _asked(request.GET), list(selectors.channels())
    found, has_more = selectors.page(request.brand, asked, channels)
    tags = tag_selectors.of(found) if found else {}
    context = {
        "asked": asked,
        "channels": channels,
        "formats": sorted(((slug, str(name)) for slug, name in FORMATS.items() if slug), key=lambda item: item[1]),
        "sorts": [(slug, _("newest first") if slug == "newest" else FIGURES[slug]) for slug in selectors.SORTS],
        "rows": [_row(post, tags.get(post.pk)) for post in found],
        "tag_form": (form := TagForm()),
        "tag_fields": [_filter(form, name, getattr(asked, name)) for name in TAGS[:3]],
        "columns": [FIGURES[name] for name in COLUMNS],
        "older": _mark(found[-1]) if has_more else "",
        "window": selectors.WINDOW,
        "tabs": page_tabs(request.brand.slug, "posts"),
    }
    return render_page(request, "analytics/posts.html", "analytics/_posts.html", context)


def _filter(form: TagForm, name: str, asked: int | None) -> tuple[str, dict[str, Any]]:
    """The choices of the form as a filter: rows alone, with the one that the address asks for."""
    field = form.fields[name]
    rows = [choice for choice in field.choices if choice[0] not in (AS_IT_IS, NONE)]
    return name, {"label": field.label, "choices": rows, "asked": str(asked or "")}


def _row(post: Post, tag: PostTag | None) -> dict[str, Any]:
    return {
        "post": post,
        "tag": tag,
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
        channel=number(values, "channel"),
        format=values["format"] if values.get("format") in FORMATS and values["format"] else None,
        paid=_yes_or_no(values.get("paid")),
        replies=_yes_or_no(values.get("replies")),
        campaign=number(values, "campaign"),
        pillar=number(values, "pillar"),
        audience=number(values, "audience"),
        planned=_yes_or_no(values.get("planned")),
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
        "tag": (tag := tag_selectors.of([found]).get(found.pk)),
        "tag_form": TagForm(of_one=True, tag=tag),
    }
    return render(request, "analytics/post.html", context | _by_day(found))


def _by_day(post: Post) -> dict[str, Any]:
    """What a chart's data told of the post day by day: its views, or else the first figure there is."""
    told = of_post(post.channel, post.external_id)
    if not told:
        return {}
    figure = "views" if "views" in told else next(iter(told))
    return {"name": DAY_FIGURES.get(figure, figure), **days_pages.of_post(figure, told[figure])}


@right("posts.edit")
@require_POST
def posts_tag(request: BrandRequest) -> HttpResponse:
    """Say what posts were for: those numbered by `post`, with what the form tells."""
    back = next_page(request, reverse("posts", args=[request.brand.slug]))
    form = TagForm(request.POST)
    chosen = {int(text) for text in numbers(request.POST, "post")}
    if not form.is_valid():
        messages.error(request, _("One of the choices is gone. Reload the page and choose again."))
        return redirect(back)
    try:
        n = tag_services.set_by_hand(request.brand, chosen, form.told, by=request.user)
    except InvalidInput as error:
        messages.error(request, str(error))
        return redirect(back)
    messages.success(request, ngettext("Noted for %(n)s post.", "Noted for %(n)s posts.", n) % {"n": n})
    return redirect(back)


@right("posts.view")
@require_safe
def posts_export(request: BrandRequest) -> HttpResponse | StreamingHttpResponse:
    """The posts that the address asks for: all of them as CSV, row by row, or the latest as XLSX."""
    asked, channels = _asked(request.GET), list(selectors.channels())
    found = selectors.all_asked(request.brand, asked, channels)
    rows, name = _values(found, channels, request.brand.time_zone), f"{request.brand.slug}-posts"
    if request.GET.get("file") == "xlsx":
        return table_response("xlsx", name, HEADER + TAGS, islice(rows, XLSX_ROWS))
    return table_stream(name, HEADER + TAGS, rows)


def _values(found: Iterable[Post], channels: list[Channel], zone: str) -> Iterator[tuple[Any, ...]]:
    """One row a post, as HEADER and TAGS name it; what was not exported is empty."""
    clock = ZoneInfo(zone)
    names = {channel.pk: (channel.platform, channel.handle) for channel in channels}
    for row, tag in _with_tags(found):
        moment = row.published_at.astimezone(clock)
        when = moment.isoformat() if row.is_exact else moment.date().isoformat()
        paid = "" if row.paid is None else int(row.paid)
        figures = ("" if (value := getattr(row, name)) is None else value for name in METRICS)
        texts = (row.format, row.text, row.permalink)
        yield (*names[row.channel_id], row.external_id, when, *texts, paid, *figures, *_told(tag))


def _told(tag: PostTag | None) -> tuple[Any, ...]:
    if tag is None:
        return "", "", "", 0
    return (*(str(getattr(tag, name) or "") for name in TAGS[:3]), int(tag.planned))


def _with_tags(found: Iterable[Post]) -> Iterator[tuple[Post, PostTag | None]]:
    """Posts with what they were for, some thousands at a time."""
    left = iter(found)
    while some := list(islice(left, selectors.EXPORT_CHUNK)):
        tags = tag_selectors.of(some)
        yield from ((post, tags.get(post.pk)) for post in some)
