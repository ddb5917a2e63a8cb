"""Asks for a channel's best times anew when what is expected of its audience changed."""

from collections.abc import Iterable

from accounts import jobs
from accounts.models import User
from strategy.models import Channel

KIND = "analytics.best_times"  # by name: the work is done two floors above


def ask_again(channels: Iterable[Channel], *, by: User | None) -> None:
    """One waiting request per channel is enough; one for the figure shown first, which asks for the others."""
    for channel in channels:
        jobs.enqueue(
            KIND, brand=channel.brand, by=by, payload={"channel": channel.pk}, same_as=f"channel:{channel.pk}"
        )
