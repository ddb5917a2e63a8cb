"""Keeps the sums of a channel's posts up to date, week by week."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from analytics import hour_sums
from analytics.models import EngagementHour, StaleWeek
from analytics.selectors import engagement
from strategy.models import Channel

WEEK = timedelta(weeks=1)
# Posts are read in stretches of at most so many weeks, which bounds the memory of a first computation.
MOST_WEEKS_AT_ONCE = 26
Step = Callable[[float, str], None]


@dataclass(frozen=True)
class Basis:
    """What sums depend on besides the posts. Weeks that were summed on another basis are summed again."""

    time_zone: str
    maturity_hours: int
    layout: int = hour_sums.LAYOUT


def refresh_sums(channel: Channel, basis: Basis, *, step: Step) -> int:
    """Bring the channel's sums up to date inside the caller's transaction; returns how many weeks were summed."""
    weeks = _take_stale(channel) | _on_another_basis(channel, basis)
    done = 0
    for stretch in _stretches(weeks):
        step(done / len(weeks), "summing")
        _sum_again(channel, stretch, basis)
        done += len(stretch)
    return done


def _take_stale(channel: Channel) -> set[date]:
    taken = list(StaleWeek.objects.select_for_update().filter(channel=channel))
    StaleWeek.objects.filter(channel=channel, week__in=[row.week for row in taken]).delete()
    return {row.week for row in taken}


def _on_another_basis(channel: Channel, basis: Basis) -> set[date]:
    summed = EngagementHour.objects.filter(channel=channel)
    return set(summed.exclude(**asdict(basis)).values_list("week", flat=True))


def _stretches(weeks: Collection[date]) -> Iterator[list[date]]:
    """Weeks that follow one another, so that each stretch is one range of an index."""
    stretch: list[date] = []
    for week in sorted(weeks):
        if stretch and (week != stretch[-1] + WEEK or len(stretch) == MOST_WEEKS_AT_ONCE):
            yield stretch
            stretch = []
        stretch.append(week)
    if stretch:
        yield stretch


def _sum_again(channel: Channel, weeks: list[date], basis: Basis) -> None:
    posts = engagement.post_columns(channel.pk, weeks[0], weeks[-1])
    sums = hour_sums.build(posts, time_zone=basis.time_zone, maturity_hours=basis.maturity_hours)
    EngagementHour.objects.filter(channel=channel, week__range=(weeks[0], weeks[-1])).delete()
    EngagementHour.objects.bulk_create(
        [EngagementHour(channel=channel, **asdict(basis), **vars(week)) for week in sums]
    )
