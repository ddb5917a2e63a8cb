"""Figures by day for the tests of what is made of them."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from accounts.scoping import brands_in_scope
from analytics.models import ChannelDay
from strategy.models import Channel

MONDAY = date(2026, 3, 2)


def add_days(
    channel: Channel,
    figure: str,
    values: Sequence[float | None],
    *,
    first: date = MONDAY,
    post: str = "",
) -> None:
    """One value a day from `first` on; None where no export told any."""
    days = [
        ChannelDay(
            brand_id=channel.brand_id,
            channel=channel,
            external_id=post,
            figure=figure,
            day=first + timedelta(days=place),
            value=value,
            as_of=timezone.now(),
        )
        for place, value in enumerate(values)
        if value is not None
    ]
    with brands_in_scope(channel.brand_id):
        ChannelDay.objects.bulk_create(days)


def growing(channel: Channel, weeks: int = 20) -> None:
    """A year's look: followers that grow, views with a rhythm, a gap in the reach."""
    count = 7 * weeks
    add_days(channel, "followers", [1200 + 6 * place + (place % 5) for place in range(count)])
    add_days(channel, "views", [300 + 2 * place + 140 * (place % 7 in (2, 5)) for place in range(count)])
    add_days(channel, "reach", [None if 40 <= place < 46 else 210 + place for place in range(count)])
