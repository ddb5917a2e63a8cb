"""Which days of a period each row tells, when rows span more than the period or exports overlap. Pure."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Sequence
from datetime import date, timedelta
from itertools import accumulate, pairwise
from typing import NamedTuple

from analytics.roi.money import portions

# The longest row of each granularity, in days: day, week, month, quarter, year, longer.
GRANULARITIES = (1, 7, 31, 92, 366)
Rank = tuple[int, ...]


class Span(NamedTuple):
    """The days a row tells, and what else could tell the same.

    `scope` is what may be told twice (an account's campaign; a web analytics property), `parent` whose days an
    export covers, `rank` how it is preferred (lower wins), `identity` the row's own name within the scope.
    A scope of None is never told twice: costs entered by hand.
    """

    start: date
    end: date
    scope: Hashable = None
    parent: Hashable = None
    rank: Rank = ()
    identity: Hashable = None
    as_of: float = 0.0


def granularity(start: date, end: date) -> int:
    days = (end - start).days + 1
    return next((place for place, longest in enumerate(GRANULARITIES) if days <= longest), len(GRANULARITIES))


class Period:
    """The days asked for, numbered from 0, and the months they fall into."""

    def __init__(self, start: date, end: date) -> None:
        if end < start:
            raise ValueError(f"the period ends ({end}) before it starts ({start})")
        self.start, self.end = start, end
        self.days = (end - start).days + 1
        self.months = _months(start, end)
        self._month_starts = [max((month - start).days, 0) for month in self.months]

    def number(self, day: date) -> int:
        return (day - self.start).days

    def runs(self, first: int, last: int) -> list[tuple[date, int, int]]:
        """The months that days first..last touch, each with its first and last of these days."""
        runs = []
        place = bisect_right(self._month_starts, first) - 1
        while first <= last:
            after = self._month_starts[place + 1] if place + 1 < len(self.months) else self.days
            runs.append((self.months[place], first, min(last, after - 1)))
            first, place = after, place + 1
        return runs

    def last_day(self, month: date) -> date:
        """The last day of the month that lies in the period."""
        return min(self.end, _next_month(month) - timedelta(days=1))

    def first_day(self, month: date) -> date:
        return max(self.start, month)


class Told(NamedTuple):
    """What a row tells of the period: days per month; `whole` days long, `inside` of them in it."""

    months: tuple[tuple[date, int], ...]
    inside: int
    whole: int

    @property
    def days(self) -> int:
        return sum(days for _month, days in self.months)

    def split(self, amount: int) -> list[tuple[date, int]]:
        """The amount of each month, in the unit of `amount`."""
        if len(self.months) == 1 and self.months[0][1] == self.whole:
            return [(self.months[0][0], amount)]
        shares = portions(amount, [days for _month, days in self.months], self.whole)
        return [(month, share) for (month, _days), share in zip(self.months, shares, strict=True)]


def told(spans: Sequence[Span], period: Period) -> list[Told]:
    """For each row the days that are its own to tell: a day told by a finer export is not told again."""
    free = _free_days(spans, period)
    first_days = _first_days(spans, period)
    results = []
    for place, span in enumerate(spans):
        first, last = max(period.number(span.start), 0), min(period.number(span.end), period.days - 1)
        inside, whole = max(last - first + 1, 0), (span.end - span.start).days + 1
        first = max(first, first_days.get(place, 0))
        counted = free.get((span.scope, span.rank)) if span.scope is not None else None
        runs = period.runs(first, last) if first <= last else []
        months = tuple((m, counted[b + 1] - counted[a] if counted else b - a + 1) for m, a, b in runs)
        results.append(Told(tuple(run for run in months if run[1]), inside, whole))
    return results


def _free_days(spans: Sequence[Span], period: Period) -> dict[tuple[Hashable, Rank], list[int]]:
    """Per scope and rank the running count of days that no better rank of that scope tells."""
    own: dict[Hashable, dict[Rank, bytearray]] = defaultdict(lambda: defaultdict(lambda: bytearray(period.days)))
    daily: dict[Hashable, bytearray] = defaultdict(lambda: bytearray(period.days))
    parents: dict[Hashable, Hashable] = {}
    for span in spans:
        if span.scope is None or span.end < period.start or span.start > period.end:
            continue
        first, last = max(period.number(span.start), 0), min(period.number(span.end), period.days - 1)
        own[span.scope][span.rank][first : last + 1] = b"\x01" * (last - first + 1)
        if span.start == span.end:
            daily[span.parent, span.rank][first] = 1
        parents[span.scope] = span.parent
    free = {}
    for scope, ranks in own.items():
        taken, order = bytearray(period.days), sorted(ranks)
        for better, worse in pairwise(order):
            taken = _either(taken, _either(ranks[better], _runs(daily.get((parents[scope], better)))))
            free[scope, worse] = list(accumulate((1 - day for day in taken), initial=0))
    return free


def _either(one: bytearray, other: bytearray) -> bytearray:
    return bytearray(a | b for a, b in zip(one, other, strict=True)) if other else one


def _runs(days: bytearray | None) -> bytearray:
    """The days of a daily export of the whole account, which also tells the days on which a campaign had nothing.

    A single day between others is no such export: it is a longer row cut by the start or end of a campaign.
    """
    if days is None:
        return bytearray()
    edged = bytes(1) + bytes(days) + bytes(1)
    return bytearray(
        day & (before | after) for before, day, after in zip(edged, edged[1:], edged[2:], strict=False)
    )


def _first_days(spans: Sequence[Span], period: Period) -> dict[int, int]:
    """Rows of one name and rank that overlap: the earlier start keeps the day. Rows of the same days are parts."""
    order = sorted(
        (place for place, span in enumerate(spans) if span.scope is not None),
        key=lambda place: (spans[place].start, -spans[place].as_of, spans[place].end),
    )
    until: dict[Hashable, int] = {}
    told_by: dict[Hashable, int | None] = {}
    first_days = {}
    for place in order:
        span = spans[place]
        name = (span.scope, span.rank, span.identity)
        days = (*name, span.start, span.end)
        if days not in told_by:
            told_by[days] = until[name] + 1 if name in until else None
            until[name] = max(until.get(name, -1), period.number(span.end))
        first = told_by[days]
        if first is not None:
            first_days[place] = first
    return first_days


def _months(start: date, end: date) -> list[date]:
    months = [start.replace(day=1)]
    while (after := _next_month(months[-1])) <= end:
        months.append(after)
    return months


def _next_month(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)
