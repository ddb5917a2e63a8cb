"""The brand's channels: what strategy says of them beside what was imported of them.

Here, since it shows what strategy says beside what analytics knows; removing one asks both.
"""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import BrandRequest, right
from accounts.edit_pages import show_delete
from accounts.htmx import render_page
from accounts.models import User
from accounts.table_files import table_response
from analytics.selectors.channels import activity, holds
from strategy.models import Channel
from strategy.platforms import PLATFORM_NAMES
from strategy.selectors import channels as selectors
from strategy.services import channels as services

PER_PAGE = 50
EXPORT = (
    *("platform", "account", "name", "link", "mission", "owner", "audiences", "time_zone", "active"),
    *("posts", "latest_post", "last_import"),
)


@right("strategy.view")
@require_safe
def channels(request: BrandRequest) -> HttpResponse:
    """The accounts with who answers for them, whom they serve, and how fresh their data is."""
    asked = selectors.Asked.of(request.GET)
    page = Paginator(selectors.channels(asked), PER_PAGE).get_page(request.GET.get("page"))
    used = sorted(set(Channel.objects.order_by().values_list("platform", flat=True).distinct()))
    context = {
        "page": page,
        "rows": _rows(list(page)),
        "asked": asked,
        "platforms": [(slug, PLATFORM_NAMES[slug]) for slug in used],
        "tab": "channels",
    }
    return render_page(request, "strategy/channels.html", "strategy/_channels.html", context)


def _rows(found: list[Channel]) -> list[dict[str, Any]]:
    known = activity(found)
    return [{"channel": channel, "known": known[channel.pk]} for channel in found]


@right("strategy.view")
@require_safe
def channels_export(request: BrandRequest) -> HttpResponse:
    """The channels of the list as a file."""
    found = list(selectors.channels(selectors.Asked.of(request.GET)))
    rows = [_exported(row["channel"], row["known"]) for row in _rows(found)]
    return table_response(request.GET.get("file", "csv"), f"channels-{request.brand.slug}", EXPORT, rows)


def _exported(channel: Channel, known: Any) -> list[str | int]:
    return [
        channel.platform,
        channel.handle,
        channel.name,
        channel.link,
        channel.mission,
        str(channel.owner or ""),
        ", ".join(audience.name for audience in channel.audiences.all()),
        channel.zone,
        str(channel.active).lower(),
        known.posts,
        known.latest.isoformat() if known.latest else "",
        known.last_import.done_at.isoformat() if known.last_import else "",
    ]


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def channel_delete(request: BrandRequest, channel_id: int) -> HttpResponse:
    return show_delete(
        request,
        get_object_or_404(Channel.objects.select_related("brand"), pk=channel_id),
        question=_("Delete this channel?"),
        removed=_("The channel is deleted."),
        remove=remove,
        back=reverse("channels", args=[request.brand.slug]),
    )


def remove(channel: Channel, *, by: User | None) -> None:
    """Remove a channel unless something was imported of it."""
    told = {"posts": _("its posts"), "days": _("its figures by day")}
    held = holds(channel)
    services.remove_channel(channel, by=by, uses=[text for name, text in told.items() if held[name]])
