"""Which days are covered, and which are not: spans of days, first and last included."""

import itertools
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


class Span(NamedTuple):
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def union(spans: Iterable[tuple[date, date]]) -> list[Span]:
    """The same days as spans that neither touch nor overlap, in order.

    >>> union([(date(2026, 5, 4), date(2026, 5, 9)), (date(2026, 5, 1), date(2026, 5, 3))])
    [Span(first=datetime.date(2026, 5, 1), last=datetime.date(2026, 5, 9))]
    """
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first <= found[-1].last + DAY:
            found[-1] = Span(found[-1].first, max(found[-1].last, last))
        else:
            found.append(Span(first, last))
    return found


def gaps(covered: Sequence[Span], *, since: date, until: date, pause: int = 0) -> list[Span]:
    """The days from the first covered one (or `since`, if later) to `until` that are in no span.

    Between two spans, `pause` days at most are no gap: nothing need have happened. `covered` is as of `union`.
    """
    found = [
        Span(before.last + DAY, after.first - DAY)
        for before, after in itertools.pairwise(covered)
        if (after.first - before.last).days - 1 > pause
    ]
    if covered and covered[-1].last < until:
        found.append(Span(covered[-1].last + DAY, until))
    return [Span(max(gap.first, since), gap.last) for gap in found if gap.last >= since]


def by_week(covered: Sequence[Span], *, monday: date, weeks: int) -> list[int]:
    """How many days of each week from `monday` on are covered, 0 to 7."""
    counts = []
    for number in range(weeks):
        first = monday + number * WEEK
        last = first + WEEK - DAY
        inside = (Span(max(first, span.first), min(last, span.last)) for span in covered)
        counts.append(sum(span.days for span in inside if span.first <= span.last))
    return counts
