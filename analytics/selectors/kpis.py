"""Reads what the KPIs of a week are summed from: posts by SQL, touching only the weeks that are asked for."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Case, Count, F, FloatField, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Cast
from django.utils.dateparse import parse_datetime

from accounts.models import Brand
from analytics import kpi_sums
from analytics.kpi_sums import CLICKS, FEEDS, POSTS, AdSums, Sums
from analytics.models import ChannelDay, Conversion, CurrencyRate, ImportBatch, ImportFile, KpiChange, Post, Spend
from analytics.roi.money import Rate, Rates
from analytics.selectors.roi import frame
from strategy.models import Channel, KpiWeek

MOST_WEEKS_AT_ONCE = 5_000
NAMES = {CLICKS: "clicked"}
VISITS = (
    *("source_kind", "dimensions", "channel_group", "source", "medium", "campaign", "start", "end"),
    *("sessions", "engaged_sessions", "count", "value", "currency", "as_of"),
)
SHOP = "shop"


@dataclass
class Touched:
    """The weeks of the brand's calendar to be summed, of channels (posts, days) and of the brand (the rest)."""

    zone: ZoneInfo
    posts: dict[int, set[date]] = field(default_factory=dict)
    days: dict[int, set[date]] = field(default_factory=dict)
    ads: set[date] = field(default_factory=set)
    visits: set[date] = field(default_factory=set)
    orders: set[date] = field(default_factory=set)


def changes(brand: Brand) -> list[KpiChange]:
    """What was noted of the brand since its KPIs were summed."""
    return list(KpiChange.objects.filter(Q(brand=brand) | Q(channel__brand=brand)).order_by("pk"))


def touched(brand: Brand, noted: Sequence[KpiChange]) -> Touched:
    """The weeks that the notes name, on the brand's calendar."""
    found = Touched(ZoneInfo(brand.time_zone))
    for note in noted:
        weeks = {date.fromisoformat(week) for week in note.weeks}
        if note.feed == KpiChange.Feed.POSTS:
            own = set().union(*(kpi_sums.own_weeks(week, found.zone) for week in weeks))
            found.posts.setdefault(note.channel_id, set()).update(own)
        elif note.feed == KpiChange.Feed.DAYS:
            found.days.setdefault(note.channel_id, set()).update(weeks)
        else:
            getattr(found, note.feed).update(weeks)
    return found


def everything(brand: Brand) -> Touched:
    """All weeks of all feeds: what a brand's first sums, or sums on another clock, are made of."""
    found = Touched(zone := ZoneInfo(brand.time_zone))
    for channel, first, last in _post_spans():
        days = (moment.astimezone(zone).date() for moment in (first, last))
        found.posts[channel] = set(kpi_sums.weeks_between(*days))
    for channel, first, last in _series().values_list("channel").annotate(Min("day"), Max("day")):
        found.days[channel] = set(kpi_sums.weeks_between(first, last))
    for name, told in (("ads", _ads()), ("visits", _visits()), ("orders", _orders())):
        span = told.order_by().aggregate(first=Min("start"), last=Max("end"))
        if span["first"]:
            getattr(found, name).update(kpi_sums.weeks_between(span["first"], span["last"]))
    return found


def _post_spans() -> list[tuple[int, datetime, datetime]]:
    """Each channel's first and last moment of publishing, by two look-ups in the index."""
    posts = Post.objects.filter(channel=OuterRef("pk")).values("published_at")
    first, last = posts.order_by("published_at")[:1], posts.order_by("-published_at")[:1]
    channels = Channel.objects.order_by().annotate(first=Subquery(first), last=Subquery(last))
    return list(channels.filter(first__isnull=False).values_list("pk", "first", "last"))


def add_doubtful(found: Touched) -> None:
    """Add the stored weeks of the touched feeds that are no longer told to their end: an import was taken back."""
    beyond = Q(pk__in=[])
    read_at, ends = _read_at() if found.posts else {}, _ends(found.days)
    for channel in found.posts.keys() & read_at.keys():
        last = read_at[channel].astimezone(found.zone).date() - kpi_sums.RIPENS - 2 * kpi_sums.WEEK
        beyond |= Q(channel=channel, kpi__in=FEEDS["posts"], week__gt=last)
    for channel in found.days:
        beyond |= Q(channel=channel, kpi__in=FEEDS["days"], week__gt=_last_whole(ends.get(channel)))
    for feed, told in (("ads", _ads()), ("visits", _visits()), ("orders", _orders())):
        if getattr(found, feed):
            beyond |= Q(channel=None, kpi__in=FEEDS[feed], week__gt=_last_whole(_end(told)))
    for channel, kpi, week in KpiWeek.objects.filter(beyond).values_list("channel", "kpi", "week").distinct():
        feed = next(name for name, kpis in FEEDS.items() if kpi in kpis)
        weeks = getattr(found, feed)
        (weeks if channel is None else weeks[channel]).add(week)


def _last_whole(end: date | None) -> date:
    return date.min if end is None else end - timedelta(days=6)


def _end(told: QuerySet) -> date | None:
    return told.order_by().aggregate(last=Max("end"))["last"]


def _ends(channels: Collection[int]) -> dict[int, date]:
    """The last day that is told of each channel."""
    if not channels:
        return {}
    return dict(_series().filter(channel__in=channels).values_list("channel").annotate(Max("day")))


# --- posts -----------------------------------------------------------------------------------------------------


def of_posts(found: Touched, platforms: dict[int, str]) -> tuple[list[Sums], set[tuple[int, date]]]:
    """The sums of these weeks, and those weeks that no file has told ripe yet."""
    wanted = [(channel, week) for channel, weeks in sorted(found.posts.items()) for week in sorted(weeks)]
    read_at = _read_at() if wanted else {}
    sums: list[Sums] = []
    unripe = set()
    for channel, week, latest, values in _aggregates(wanted, found.zone):
        if kpi_sums.ripe(week, max(latest, read_at.get(channel, latest)), found.zone):
            sums += kpi_sums.post_sums(channel, platforms[channel], week, values)
        else:
            unripe.add((channel, week))
    return sums, unripe


def _read_at() -> dict[int, datetime]:
    """When each channel was read last: the age of the newest file that changed or confirmed its posts."""
    files = ImportFile.objects.filter(kind="posts", done_at__isnull=False, as_of__isnull=False)
    files = files.exclude(batch__state=ImportBatch.State.UNDONE).order_by("as_of")
    return {channel: as_of for channels, as_of in files.values_list("channels", "as_of") for channel in channels}


def _aggregates(
    wanted: Sequence[tuple[int, date]], zone: ZoneInfo
) -> Iterator[tuple[int, date, datetime, Sequence[Any]]]:
    """(channel, week, latest reading, aggregates in the order of POSTS) of each wanted week that has posts."""
    for start in range(0, len(wanted), MOST_WEEKS_AT_ONCE):
        part = wanted[start : start + MOST_WEEKS_AT_ONCE]
        parameters: list[Any] = []
        for place, (channel, week) in enumerate(part):
            moments = (
                connection.ops.adapt_datetimefield_value(moment.astimezone(UTC))
                for moment in kpi_sums.bounds(week, zone)
            )
            parameters += [place, channel, *moments]
        with connection.cursor() as cursor:
            cursor.execute(_statement(len(part)), parameters)
            for place, posts, latest, *values in cursor.fetchall():
                if posts:
                    yield *part[place], _moment(latest), values


def _moment(value: datetime | str) -> datetime:
    moment = parse_datetime(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _statement(weeks: int) -> str:
    """One statement for all weeks, each answered from the index on channel and time.

    PostgreSQL is made to ask week by week (LATERAL): left to itself it may join every post of a channel with every
    week. SQLite knows no other way than that.
    """
    is_postgres = connection.vendor == "postgresql"
    row = "(%s, %s, %s::timestamptz, %s::timestamptz)" if is_postgres else "(%s, %s, %s, %s)"
    listed = f"wanted (place, channel_id, since, until) AS (VALUES {', '.join([row] * weeks)})"
    match = (
        "p.channel_id = w.channel_id AND p.published_at >= w.since AND p.published_at < w.until"
        " AND NOT p.is_reply AND (p.paid IS NULL OR NOT p.paid)"
    )
    sums = f"count(*), max(metrics_as_of), {', '.join(_terms())}"
    columns = f"p.metrics_as_of, {', '.join(_columns())}"
    table = Post._meta.db_table
    if is_postgres:
        inner = f"SELECT {sums} FROM (SELECT {columns} FROM {table} p WHERE {match}) told"
        return f"WITH {listed} SELECT w.place, x.* FROM wanted w CROSS JOIN LATERAL ({inner}) x"
    told = f"SELECT w.place, {columns} FROM wanted w JOIN {table} p ON {match}"
    return f"WITH {listed} SELECT place, {sums} FROM ({told}) told GROUP BY place"


def _columns() -> list[str]:
    """The figures that the KPIs are made of, as floats: their products would overflow a whole number."""
    used = sorted({name for pair in POSTS.values() for name in pair if name and name != "one"})
    return [f"CAST({name} AS double precision) AS {NAMES.get(name, name)}" for name in used] + ["1.0 AS one"]


def _terms() -> list[str]:
    terms: list[str] = []
    for top, bottom in POSTS.values():
        t, b = NAMES.get(top, top), NAMES.get(bottom or "", bottom)
        there = f"FILTER (WHERE {t} IS NOT NULL{f' AND {b} > 0' if b else ''})"
        products = [t] if b is None else [t, b, f"{t} * {t}", f"{t} * {b}", f"{b} * {b}"]
        terms.append(f"count(*) {there}")
        terms += [f"CAST(sum({product}) {there} AS double precision)" for product in products]
    return terms


# --- days ------------------------------------------------------------------------------------------------------


def of_days(found: Touched, platforms: dict[int, str]) -> tuple[list[Sums], set[tuple[int, date]]]:
    """The sums of these weeks of series, and the weeks whose end they do not reach."""
    if not found.days:
        return [], set()
    told, ends = _series().filter(channel__in=found.days), _ends(found.days)
    weeks = set().union(*found.days.values())
    told = told.filter(day__range=(min(weeks), max(weeks) + timedelta(days=6))).order_by("channel", "day")
    days = told.values_list("channel", "figure", "day", "value")
    rows = ((channel, platforms[channel], figure, day, value) for channel, figure, day, value in days)
    sums = [row for row in kpi_sums.of_days(rows) if row.week in found.days[row.channel]]
    short = {(row.channel, row.week) for row in sums if not kpi_sums.complete(row.week, ends.get(row.channel))}
    return [row for row in sums if (row.channel, row.week) not in short], short


def _series() -> QuerySet[ChannelDay]:
    return ChannelDay.objects.filter(external_id="", figure__in=["followers", "unfollows"]).order_by()


# --- ads, visits, orders ---------------------------------------------------------------------------------------


def of_money(brand: Brand, found: Touched) -> tuple[list[Sums], dict[str, set[date]]]:
    """The sums of ads, visits and orders, and per feed the weeks whose end it does not reach."""
    rates = Rates(brand.currency, [Rate(*row) for row in _rates(brand)])
    readers = {
        "ads": (found.ads, _ads(), lambda told: kpi_sums.of_ads(_ad_groups(told), found.ads, rates)),
        "visits": (
            found.visits,
            _visits(),
            lambda told: kpi_sums.of_visits(_visit_frame(told), found.visits, rates),
        ),
        "orders": (found.orders, _orders(), lambda told: kpi_sums.of_orders(_order_rows(told), found.orders)),
    }
    sums: list[Sums] = []
    short: dict[str, set[date]] = {}
    for feed, (weeks, told, read) in readers.items():
        if not weeks:
            continue
        last = _end(told)
        whole = {week for week in weeks if kpi_sums.complete(week, last)}
        short[feed] = weeks - whole if last else set()
        sums += [row for row in read(_touching(told, weeks)) if row.week in whole]
    return sums, short


def _touching(told: QuerySet, weeks: Collection[date]) -> QuerySet:
    """Rows of these weeks and of one more on either side."""
    first, last = min(weeks) - kpi_sums.WEEK, max(weeks) + 2 * kpi_sums.WEEK
    return told.filter(start__lt=last, end__gte=first)


def _rates(brand: Brand) -> QuerySet:
    return CurrencyRate.objects.filter(to_currency=brand.currency).values_list("currency", "day", "rate")


def _ads() -> QuerySet[Spend]:
    return Spend.objects.exclude(row_key="").filter(kind=Spend.Kind.ADS)


def _visits() -> QuerySet[Conversion]:
    return Conversion.objects.filter(source_kind="ga4")


def _orders() -> QuerySet[Conversion]:
    return Conversion.objects.filter(source_kind=SHOP)


def _ad_groups(told: QuerySet[Spend]) -> Iterator[AdSums]:
    """Costs that the importer keeps apart, added up by platform, currency and span of days."""
    sums: dict[str, Any] = {}
    for kpi, column in kpi_sums.ADS.items():
        there = Q(**{f"{column}__isnull": False})
        sums[f"n_{kpi}"] = Count("pk", filter=there)
        amount = Case(When(there, then=F("amount")), default=None)
        sums[f"cost_{kpi}"] = Cast(Sum(amount), FloatField())
        sums[f"other_{kpi}"] = Cast(Sum(column), FloatField())
    names = ("platform", "currency", "start", "end")
    for row in told.order_by(*names).values(*names).annotate(**sums):
        parts = {
            kpi: (row[f"n_{kpi}"], row[f"cost_{kpi}"] or 0.0, row[f"other_{kpi}"] or 0.0) for kpi in kpi_sums.ADS
        }
        yield AdSums(*(row[name] for name in names), sums=parts)


def _visit_frame(told: QuerySet[Conversion]) -> Any:
    return frame(told.order_by("pk").values_list(*VISITS), VISITS)


def _order_rows(told: QuerySet[Conversion]) -> QuerySet:
    return told.order_by("pk").values_list("channel_group", "source", "medium", "start", "count")
