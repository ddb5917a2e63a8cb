"""Reads what best times rest on: posts as columns, the packed sums, the fits of sister channels."""

from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from django.db import connection

from analytics.hour_sums import ChannelSums, PostColumns, unpack
from analytics.models import EngagementHour, Post

# Where the platform tells no count of its own for a figure, the nearest thing that it tells.
COLUMNS = (
    "engagements",
    "reach",
    "coalesce(clicks, link_clicks)",
    "coalesce(views, impressions, video_views)",
)
WEEK = timedelta(weeks=1)
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
