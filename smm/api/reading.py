"""What the API reads: brands, what a brand has, its posts and its best times."""

import base64
import binascii
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from accounts.errors import InvalidInput
from accounts.models import Brand
from analytics.models import BestTimes, Post
from smm.api.calls import Call
from strategy.models import Audience, Campaign, Channel, ContentPillar

USUAL, MOST = 50, 200


def brands(call: Call) -> list[Brand]:
    return list(Brand.objects.for_user(call.user).select_related("agency"))


def brand(call: Call) -> Brand:
    return call.brand


def channels(_call: Call) -> list[Channel]:
    return list(Channel.objects.select_related("brand"))


def campaigns(_call: Call) -> list[Campaign]:
    return list(Campaign.objects.filter(archived_at=None).order_by("start", "pk"))


def pillars(_call: Call) -> list[ContentPillar]:
    return list(ContentPillar.objects.filter(archived_at=None))


def audiences(_call: Call) -> list[Audience]:
    return list(Audience.objects.filter(archived_at=None))


def best_times(call: Call) -> list[BestTimes]:
    rows = BestTimes.objects.filter(metric=call.query.get("metric", "engagements")).defer("information")
    if channel := call.query.get("channel"):
        rows = rows.filter(channel=channel)
    return list(rows.select_related("channel").order_by("channel"))


def posts(call: Call) -> dict[str, Any]:
    rows = Post.objects.filter(channel__in=Channel.objects.values("pk"))
    if channel := call.query.get("channel"):
        rows = rows.filter(channel=channel)
    if since := call.query.get("from"):
        rows = rows.filter(published_at__gte=since)
    return page(call, rows, "published_at")


def page(call: Call, rows: QuerySet, by: str) -> dict[str, Any]:
    """So many rows behind the cursor, in the order of a moment and the row's number, and the next cursor."""
    if told := call.query.get("cursor"):
        moment, number = _place(told)
        rows = rows.filter(Q(**{f"{by}__gt": moment}) | Q(**{by: moment, "pk__gt": number}))
    limit = min(max(call.query.get("limit", USUAL), 1), MOST)
    found = list(rows.order_by(by, "pk")[: limit + 1])
    more = len(found) > limit
    found = found[:limit]
    return {"items": found, "next": _cursor(getattr(found[-1], by), found[-1].pk) if more else None}


def _cursor(moment: datetime, number: int) -> str:
    return base64.urlsafe_b64encode(f"{moment.isoformat()}|{number}".encode()).decode()


def _place(told: str) -> tuple[datetime, int]:
    try:
        moment, _bar, number = base64.urlsafe_b64decode(told.encode()).decode().partition("|")
        found = datetime.fromisoformat(moment), int(number)
    except (binascii.Error, ValueError):
        raise InvalidInput("api_cursor", field="cursor") from None
    if found[0].tzinfo is None or not 0 <= found[1] < 10**18:
        raise InvalidInput("api_cursor", field="cursor")
    return found
