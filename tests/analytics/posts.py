"""Channels with posts for the tests of what is computed from them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count

import numpy as np

from accounts.models import Brand
from accounts.scoping import brands_in_scope
from analytics.models import Post
from analytics.services.freshness import mark_stale
from strategy.models import Channel

_number = count(1)


def add_channel(brand: Brand, platform: str = "facebook", handle: str = "page", **fields) -> Channel:
    with brands_in_scope(brand.pk):
        return Channel.objects.create(brand=brand, platform=platform, handle=handle, **fields)


def add_posts(channel: Channel, posts: Iterable[dict]) -> list[Post]:
    """Insert posts as an import would: the rows, and a note of the weeks that they touch."""
    rows = [_post(channel, **fields) for fields in posts]
    with brands_in_scope(channel.brand_id):
        Post.objects.bulk_create(rows)
    mark_stale(channel.pk, {monday_of(row.published_at) for row in rows})
    return rows


def _post(channel: Channel, published_at: datetime, **fields) -> Post:
    fields.setdefault("metrics_as_of", published_at + timedelta(days=60))
    fields.setdefault("external_id", f"p{next(_number)}")
    return Post(channel=channel, brand_id=channel.brand_id, published_at=published_at, **fields)


def monday_of(moment: datetime):
    day = moment.astimezone(UTC).date()
    return day - timedelta(days=day.weekday())


def random_posts(n: int, *, seed: int, start: datetime = datetime(2026, 1, 5, tzinfo=UTC), weeks: int = 20):
    """Plausible posts; evenings do better."""
    rng = np.random.default_rng(seed)
    for minute in np.sort(rng.integers(0, weeks * 7 * 24 * 60, n)):
        published_at = start + timedelta(minutes=int(minute))
        evening = 0.8 if 17 <= published_at.hour < 20 else 0.0
        engagements = int(rng.lognormal(3.0 + evening, 0.8))
        yield {
            "published_at": published_at,
            "format": str(rng.choice(["photo", "video", "text"])),
            "paid": [None, False, True][rng.integers(3)],
            "is_reply": bool(rng.random() < 0.1),
            "is_exact": bool(rng.random() > 0.05),
            "metrics_as_of": published_at + timedelta(hours=int(rng.choice([12, 47, 60, 900]))),
            "engagements": engagements if rng.random() > 0.1 else None,
            "reach": engagements * 20 if rng.random() > 0.5 else None,
            "clicks": None,
            "link_clicks": engagements // 3,
            "impressions": engagements * 30,
        }
