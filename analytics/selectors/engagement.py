"""Reads what best times are computed from: posts as columns, packed sums, the fits of sister channels.

The pages read `selectors.best_times`, which needs neither numpy nor pandas.
"""

from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pandas as pd
from django.db import connection
from django.db.models import QuerySet

from analytics import stored_fits
from analytics.hour_sums import ChannelSums, PostColumns, unpack
from analytics.models import BestTimes, EngagementHour, Post, PostMetrics
from analytics.stored_fits import StoredFit
from strategy.models import Channel

# Where the platform tells no count of its own for a figure, the nearest thing that it tells.
COLUMNS = (
    "engagements",
    "reach",
    "coalesce(clicks, link_clicks)",
    "coalesce(views, impressions, video_views)",
)
WEEK = timedelta(weeks=1)
# More would cost more than they add: each of the largest tells nearly all that the rest do.
MOST_SISTERS = 12
POSTS_READ_AGAIN = 500
READING = ("pk", "published_at", "metrics_as_of", "engagements")
EPOCH = {
    "postgresql": "floor(extract(epoch FROM {}))::bigint",
    "sqlite": "CAST(strftime('%%s', {}) AS INTEGER)",
}


def post_columns(channel_id: int, first: date, last: date) -> PostColumns:
    """The posts of whole weeks, `first` to `last` (Mondays, both included), as columns."""
    epoch = EPOCH[connection.vendor]
    selected = ["format", epoch.format("published_at"), epoch.format("metrics_as_of")]
    selected += ["CASE WHEN paid THEN 1 ELSE 0 END", "CASE WHEN is_reply THEN 1 ELSE 0 END"]
    selected += ["CASE WHEN is_exact THEN 1 ELSE 0 END", *COLUMNS]
    query = (
        f"SELECT {', '.join(selected)} FROM {Post._meta.db_table}"
        " WHERE channel_id = %s AND published_at >= %s AND published_at < %s"
    )
    between = [connection.ops.adapt_datetimefield_value(_midnight(day)) for day in (first, last + WEEK)]
    with connection.cursor() as cursor:
        cursor.execute(query, [channel_id, *between])
        rows = cursor.fetchall()
    return _as_columns(rows)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _as_columns(rows: list[tuple]) -> PostColumns:
    numbers = np.array([row[1:] for row in rows], np.float64).reshape(len(rows), 9)
    return PostColumns(
        format=np.array([row[0] for row in rows], str),
        published=numbers[:, 0].astype(np.int64),
        as_of=numbers[:, 1].astype(np.int64),
        paid=numbers[:, 2] > 0,
        reply=numbers[:, 3] > 0,
        exact=numbers[:, 4] > 0,
        figures=numbers[:, 5:],
    )


def channel_sums(channel_id: int) -> ChannelSums:
    """All sums of a channel."""
    weeks = EngagementHour.objects.filter(channel_id=channel_id)
    return unpack(weeks.values_list("week", "formats", "groups"))


def readings(channel_id: int) -> pd.DataFrame:
    """Every reading of the engagements of the latest posts: columns post, age_hours, value.

    Posts that were read once tell nothing about how figures grow and are left out.
    """
    latest = Post.objects.filter(channel_id=channel_id).order_by("-published_at").values("pk")[:POSTS_READ_AGAIN]
    earlier = PostMetrics.objects.filter(post_id__in=latest, engagements__isnull=False)
    rows = list(earlier.values_list("post_id", "as_of", "engagements"))
    again = Post.objects.filter(pk__in={row[0] for row in rows}, engagements__isnull=False)
    posts = list(again.values_list(*READING))
    published = {pk: when for pk, when, _, _ in posts}
    rows = [row for row in rows if row[0] in published] + [(pk, as_of, value) for pk, _, as_of, value in posts]
    ages = [max((as_of - published[pk]) / timedelta(hours=1), 0.0) for pk, as_of, _ in rows]
    return pd.DataFrame({"post": [row[0] for row in rows], "age_hours": ages, "value": [row[2] for row in rows]})


def sisters(channel: Channel, metric: str) -> QuerySet[BestTimes]:
    """The results of the agency's other channels on the platform and of the brand's sector, most posts first.

    Weeks of different trades cancel each other out (docs/best-times.md); brands without one count as alike.

    The one read of best times that crosses the border of a brand: it stays inside the agency, and callers take no
    more from it than the shape of the week (log lifts with their precision), neither posts nor names.
    """
    found = BestTimes.across_brands.filter(
        metric=metric,
        channel__platform=channel.platform,
        brand__agency=channel.brand.agency_id,
        brand__sector=channel.brand.sector,
    )
    return found.exclude(channel=channel).exclude(information=b"").order_by("-posts", "pk")[:MOST_SISTERS]


def told_by(results: QuerySet[BestTimes]) -> list[StoredFit]:
    packed = results.values_list("information", flat=True)
    return [fit for one in packed if (fit := stored_fits.unpack(bytes(one))) is not None]
