"""What each week adds to the KPIs of `strategy.kpis`: the sums of posts, days, ads, visits and orders. Pure.

Weeks begin on Monday of the brand's calendar. A rate keeps the sums of its numerators and denominators over what
has both, and for posts the sums of squares that its interval needs. Reach is a count of people: it is never added
up over days, and over posts only to be divided by their number or to divide what they brought.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pandas as pd

from analytics.roi.frames import rows
from analytics.roi.lines import RETURN_COLUMNS, visit_spans
from analytics.roi.money import MICRO, Rates
from analytics.roi.names import origin
from analytics.roi.spans import Period, told

WEEK, DAY = timedelta(weeks=1), timedelta(days=1)
# The figures of a post go on growing: a week of posts counts once a file was made so long after its end.
RIPENS = timedelta(days=2)
CLICKS = "COALESCE(link_clicks, clicks)"
# KPI → what is added up over the posts, and what divides it; None where nothing does.
POSTS: dict[str, tuple[str, str | None]] = {
    "impressions": ("impressions", None),
    "views": ("views", None),
    "reach_per_post": ("reach", "one"),
    "frequency": ("impressions", "reach"),
    "engagements": ("engagements", None),
    "er_reach": ("engagements", "reach"),
    "er_impressions": ("engagements", "impressions"),
    "er_views": ("engagements", "views"),
    "engagements_per_post": ("engagements", "one"),
    "comments_per_post": ("comments", "one"),
    "shares_per_post": ("shares", "one"),
    "save_rate": ("saves", "reach"),
    "clicks": (CLICKS, None),
    "ctr": (CLICKS, "impressions"),
    "negative_share": ("negative_feedback", "reach"),
}
DAYS = ("followers", "unfollow_rate")
ADS = {"cpc": "clicks", "cpa": "results", "roas": "conversion_value"}
VISITS = ("sessions", "engaged_rate", "conversions", "revenue", "cvr")
ORDERS = ("orders",)
FEEDS: dict[str, tuple[str, ...]] = {
    "posts": tuple(POSTS),
    "days": DAYS,
    "ads": tuple(ADS),
    "visits": VISITS,
    "orders": ORDERS,
}


class Sums(NamedTuple):
    """A row of `strategy.models.KpiWeek`; of the whole brand where `channel` is None."""

    channel: int | None
    platform: str
    kpi: str
    week: date
    n: int
    numerator: float
    denominator: float | None = None
    squares: float | None = None
    cross: float | None = None
    denominator_squares: float | None = None


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def weeks_between(first: date, last: date) -> list[date]:
    """The Mondays of the weeks that these days touch."""
    return [monday_of(first) + n * WEEK for n in range((monday_of(last) - monday_of(first)) // WEEK + 1)]


def bounds(week: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The moments at which a week of this clock begins and ends."""
    return datetime.combine(week, time(), zone), datetime.combine(week + WEEK, time(), zone)


def own_weeks(utc_week: date, zone: ZoneInfo) -> set[date]:
    """The weeks of a clock that a week of UTC touches: one, or two."""
    begin = datetime.combine(utc_week, time(), ZoneInfo("UTC"))
    ends = (begin, begin + WEEK - timedelta(microseconds=1))
    return {monday_of(end.astimezone(zone).date()) for end in ends}


def of_days(days: Iterable[tuple[int, str, str, date, float]]) -> Iterator[Sums]:
    """Followers and those lost, from rows of (channel, platform, figure, day, value), days ascending.

    The unfollow rate is divided by the followers at the end of the week; over weeks it is a mean per week.
    """
    levels: dict[tuple[int, str, date], list[float]] = defaultdict(list)
    lost: dict[tuple[int, str, date], list[float]] = defaultdict(list)
    for channel, platform, figure, day, value in days:
        into = {"followers": levels, "unfollows": lost}.get(figure)
        if into is not None:
            into[channel, platform, monday_of(day)].append(value)
    for (channel, platform, week), values in levels.items():
        yield Sums(channel, platform, "followers", week, len(values), values[-1])
        if gone := lost.get((channel, platform, week)):
            yield Sums(channel, platform, "unfollow_rate", week, len(gone), sum(gone), values[-1])


class AdSums(NamedTuple):
    """Ads of one platform, currency and span of days; per KPI how many rows tell both, cost and other side."""

    platform: str
    currency: str
    start: date
    end: date
    sums: Mapping[str, tuple[int, float, float]]


def of_ads(groups: Iterable[AdSums], weeks: Collection[date], rates: Rates) -> Iterator[Sums]:
    """Cost per click and result and the return on ad spend, in the brand's currency; days of a span count alike.

    What a currency without a rate cost is left out, on both sides.
    """
    found: dict[tuple[str, str, date], list[float]] = defaultdict(lambda: [0, 0.0, 0.0])
    for group in groups:
        for week, share in _shares(group.start, group.end, weeks):
            worth = rates.into_base(MICRO, group.currency, week + 6 * DAY)
            if worth is None:
                continue
            for kpi, (n, cost, other) in group.sums.items():
                told_here = found[group.platform, kpi, week]
                base = cost * share * worth / MICRO
                other = other * share * (worth / MICRO if kpi == "roas" else 1)
                top, bottom = (other, base) if kpi == "roas" else (base, other)
                told_here[0] += n
                told_here[1] += top
                told_here[2] += bottom
    for (platform, kpi, week), (n, top, bottom) in found.items():
        if n:
            yield Sums(None, platform, kpi, week, int(n), top, bottom)


def _shares(start: date, end: date, weeks: Collection[date]) -> Iterator[tuple[date, float]]:
    """Which part of a span of days falls into each of these weeks."""
    whole = (end - start).days + 1
    for week in weeks_between(start, end):
        if week in weeks:
            inside = (min(end, week + 6 * DAY) - max(start, week)).days + 1
            yield week, inside / whole


class _Weeks(Period):
    """A period cut into weeks where a report cuts it into months."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(first, last)
        self.months = weeks_between(first, last)
        self._month_starts = [(week - first).days for week in self.months]


def of_visits(frame: pd.DataFrame, weeks: Collection[date], rates: Rates) -> Iterator[Sums]:
    """Visits from social media, what share was engaged, and what they led to; per platform where it is told.

    frame: the conversions of `analytics.roi.compute` with engaged_sessions. Of exports that tell the same days the
    most detailed counts, as in a report.
    """
    if not weeks or frame.empty:
        return
    # A week more on both sides: whether a day is told by a daily export is seen by its neighbours.
    period = _Weeks(min(weeks) - WEEK, max(weeks) + 2 * WEEK - DAY)
    read = list(rows(frame, "conversions", (*RETURN_COLUMNS, "engaged_sessions")))
    found: dict[tuple[str, str, date], list[float]] = defaultdict(lambda: [0, 0.0, 0.0])
    for row, share in zip(read, told(visit_spans(read), period), strict=True):
        came = origin(row.text("channel_group"), row.text("source"), row.text("medium"))
        if came.kind != "social":
            continue
        for week, days in share.months:
            if week in weeks:
                worth = rates.into_base(MICRO, row.text("currency") or rates.base, week + 6 * DAY)
                for kpi, parts in _visit(row.values, None if worth is None else worth / MICRO):
                    told_here = found[came.platform, kpi, week]
                    for place, part in enumerate(parts):
                        told_here[place] += part * days / share.whole
    for (platform, kpi, week), (n, top, bottom) in found.items():
        yield Sums(None, platform, kpi, week, round(n), top, bottom if kpi in ("engaged_rate", "cvr") else None)


def _visit(values: Mapping[str, Any], worth: float | None) -> Iterator[tuple[str, tuple[float, float, float]]]:
    """What one row adds to each KPI: n (visits, else conversions), numerator, denominator."""
    sessions, engaged = values["sessions"], values["engaged_sessions"]
    count, value = values["count"], values["value"]
    n = float(sessions or 0)
    if sessions is not None:
        yield "sessions", (n, n, 0.0)
        if engaged is not None:
            yield "engaged_rate", (n, float(engaged), n)
        if count is not None:
            yield "cvr", (n, float(count), n)
    if count is not None:
        yield "conversions", (n or float(count), float(count), 0.0)
    if value is not None and worth is not None:
        yield "revenue", (n or float(count or 0), float(value) * worth, 0.0)


def of_orders(orders: Iterable[tuple[str, str, str, date, Any]], weeks: Collection[date]) -> Iterator[Sums]:
    """Orders from social media, from rows of (channel group, source, medium, day, count: None = one order)."""
    found: dict[tuple[str, date], float] = defaultdict(float)
    for group, source, medium, day, count in orders:
        came = origin(group, source, medium)
        if came.kind == "social" and monday_of(day) in weeks:
            found[came.platform, monday_of(day)] += 1.0 if count is None else float(count)
    for (platform, week), count in found.items():
        yield Sums(None, platform, "orders", week, round(count), count)


def complete(week: date, last: date | None) -> bool:
    """Whether what is told reaches to the end of a week."""
    return last is not None and last >= week + 6 * DAY


def ripe(week: date, read_at: datetime | None, zone: ZoneInfo) -> bool:
    """Whether the posts of a week were read late enough after its end."""
    return read_at is not None and read_at >= bounds(week, zone)[1] + RIPENS


def post_sums(channel: int, platform: str, week: date, values: Sequence[Any]) -> Iterator[Sums]:
    """The rows of one week of a channel from its aggregates: per KPI n, numerator and, of rates, four more."""
    place = 0
    for kpi, (_top, bottom) in POSTS.items():
        width = 2 if bottom is None else 6
        n, *sums = values[place : place + width]
        place += width
        if n:
            yield Sums(channel, platform, kpi, week, n, *sums)
