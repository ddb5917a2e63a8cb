"""The planned posts: a list with search and period, and the same as a file."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.views.decorators.http import require_safe

from accounts.access import BrandRequest, right
from accounts.htmx import render_page
from accounts.table_files import Cell, table_response, table_stream
from analytics.models import PlannedPost
from analytics.post_words import FORMATS
from analytics.selectors import planned as selectors
from analytics.selectors.planned import Asked
from strategy.platforms import PLATFORM_NAMES

PER_PAGE = 50
XLSX_ROWS = 50_000  # a workbook is made in memory; a CSV of any length is streamed
# The plain calendar: what is downloaded can be uploaded again.
HEADER = ("date", "time", "platform", "account", "format", "title", "text", "link", "media", "labels")


@right("posts.view")
@require_safe
def planned_posts(request: BrandRequest) -> HttpResponse:
    asked = _asked(request.GET)
    page = Paginator(selectors.planned(request.brand, asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_row(post) for post in page],
        "asked": asked,
        "platforms": [(slug, PLATFORM_NAMES.get(slug, slug)) for slug in selectors.platforms()],
    }
    return render_page(request, "analytics/planned.html", "analytics/_planned.html", context)


def _row(post: PlannedPost) -> dict[str, Any]:
    """A post with the words of its format and of where it goes; blank where the calendar tells none."""
    account = post.channel.handle if post.channel else post.account
    return {
        "post": post,
        "format": FORMATS.get(post.format, post.format) if post.format else "",
        "place": account or PLATFORM_NAMES.get(post.platform, post.platform),
    }


@right("posts.view")
@require_safe
def planned_posts_export(request: BrandRequest) -> HttpResponse | StreamingHttpResponse:
    """The planned posts that the address asks for, in the columns of a plain calendar."""
    rows = _lines(selectors.streamed(request.brand, _asked(request.GET)), ZoneInfo(request.brand.time_zone))
    name = f"{request.brand.slug}-planned-posts"
    if request.GET.get("file") == "xlsx":
        return table_response("xlsx", name, HEADER, islice(rows, XLSX_ROWS))
    return table_stream(name, HEADER, rows)


def _asked(values: QueryDict) -> Asked:
    """What the address asks for; what cannot be read narrows nothing."""
    platform = values.get("platform", "")
    return Asked(
        text=values.get("q", "").strip()[:200],
        platform=platform if platform in PLATFORM_NAMES else "",
        start=_day(values.get("from")),
        end=_day(values.get("to")),
        undated=values.get("undated") == "yes",
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _lines(found: Iterable[PlannedPost], zone: ZoneInfo) -> Iterator[list[Cell]]:
    for post in found:
        at = post.at.astimezone(zone) if post.at else None
        yield [
            f"{at:%Y-%m-%d}" if at else "",
            f"{at:%H:%M}" if at and post.is_exact else "",
            post.platform,
            post.channel.handle if post.channel else post.account,
            *(post.format, post.title, post.text, post.link, post.media, post.labels),
        ]
