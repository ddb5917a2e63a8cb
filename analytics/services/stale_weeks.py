"""Notes which weeks of a channel changed since their sums were built."""

from collections.abc import Iterable
from datetime import date

from analytics.models import StaleWeek


def mark_stale(channel_id: int, weeks: Iterable[date]) -> None:
    """Note that posts of these UTC weeks (Mondays) changed; call it in the transaction that changes them.

    A week already noted is written again, so that its row is locked: a computation that is about to consume it
    waits for this transaction and reads the posts as it leaves them.
    """
    StaleWeek.objects.bulk_create(
        [StaleWeek(channel_id=channel_id, week=week) for week in sorted(set(weeks))],
        update_conflicts=True,
        unique_fields=["channel", "week"],
        update_fields=["week"],
    )
