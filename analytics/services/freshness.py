"""Notes which weeks of a channel changed since they were summed, and asks for its best times to be computed.

Light on purpose: web pages and imports call it without loading the model's libraries.
"""

from collections.abc import Iterable
from datetime import date

from accounts import jobs
from accounts.models import Job, User
from analytics.models import StaleWeek
from analytics.selectors.best_times import KIND
from analytics.services import kpi_changes
from strategy.models import Channel


def mark_stale(channel_id: int, weeks: Iterable[date]) -> None:
    """Note that posts of these UTC weeks (Mondays) changed; call it in the transaction that changes them.

    A week already noted is written again, so that its row is locked: a computation that is about to consume it
    waits for this transaction and reads the posts as it leaves them.
    """
    weeks = sorted(set(weeks))
    kpi_changes.note_posts(channel_id, weeks)
    StaleWeek.objects.bulk_create(
        [StaleWeek(channel_id=channel_id, week=week) for week in weeks],
        update_conflicts=True,
        unique_fields=["channel", "week"],
        update_fields=["week"],
    )


def request_best_times(channel: Channel, *, by: User | None, metrics: Iterable[str] = ()) -> Job:
    """Ask for a channel's best times to be computed anew; one waiting request of a kind is enough.

    Without `metrics` the one that the page opens with is computed first and the others in a second job.
    """
    payload = {"channel": channel.pk} | ({"figures": list(metrics)} if metrics else {})
    same_as = f"channel:{channel.pk}" + (":others" if metrics else "")
    return jobs.enqueue(KIND, brand=channel.brand, by=by, payload=payload, same_as=same_as)
