"""Reads what a report of cost and return is computed from: sums by SQL, as frames that `analytics.roi` takes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
from django.db.models import Case, Count, F, FloatField, Max, Min, Q, QuerySet, Sum, When
from django.db.models.functions import Cast

from accounts.models import Brand
from analytics import roi
from analytics.models import Conversion, CurrencyRate, Post, RoiReport, Spend, StatedValue
from strategy.models import Channel

Step = Callable[[float, str], None]
COST_GROUPS = ("kind", "platform", "campaign", "start", "end", "currency", "result_kind")
COST_SUMS = ("amount", "impressions", "clicks", "results", "conversions", "conversion_value")
VISITS = (
    "source_kind",
    "dimensions",
    "channel_group",
    "source",
    "medium",
    "campaign",
    "start",
    "end",
    "sessions",
    "count",
    "value",
    "currency",
    "as_of",
)
SHOP = "shop"
ORDER_GROUPS = (
    *("source_kind", "dimensions", "channel_group", "source", "medium", "campaign", "start", "end", "currency"),
)
RATES = ("currency", "to_currency", "day", "rate")
WORTHS = ("source_kind", "valid_from", "value", "probability", "currency")


@dataclass(frozen=True)
class Inputs:
    """The frames of a period as `analytics.roi.compute` takes them, and how many replies were left out."""

    costs: pd.DataFrame
    conversions: pd.DataFrame
    posts: pd.DataFrame
    rates: pd.DataFrame
    stated_values: pd.DataFrame
    replies: int


def read_inputs(brand: Brand, start: date, end: date, *, step: Step) -> Inputs:
    """All that is known of the period, inside the brand's scope."""
    step(0.02, "costs")
    costs = cost_sums(start, end)
    step(0.15, "conversions")
    visits = conversions(start, end)
    posts, replies = post_sums(brand, start, end, step=step)
    rates = frame(CurrencyRate.objects.filter(to_currency=brand.currency).values_list(*RATES), RATES)
    worths = frame(StatedValue.objects.values_list(*WORTHS), WORTHS)
    return Inputs(costs, visits, posts, rates, worths, replies)


def cost_sums(start: date, end: date) -> pd.DataFrame:
    """Costs that touch the period, one row per campaign, days, currency and kind of result.

    No day of a campaign is in it twice: the import lets overlapping ads exports give way to each other.
    """
    rows = (
        Spend.objects.filter(**_touching(start, end))
        .order_by()
        .values_list(*COST_GROUPS)
        .annotate(*(Sum(name) for name in COST_SUMS))
    )
    found = frame(rows, (*COST_GROUPS, *COST_SUMS))
    # SQLite adds decimals as floats: the places that a column keeps undo that.
    for name in ("amount", "results", "conversions", "conversion_value"):
        found[name] = pd.Series([_places(value) for value in found[name]], dtype=object, index=found.index)
    return found


def conversions(start: date, end: date) -> pd.DataFrame:
    """Visits as they were told, and the orders of the shop added up by day and origin."""
    told = Conversion.objects.filter(**_touching(start, end))
    visits = list(told.exclude(source_kind=SHOP).values_list(*VISITS))
    orders = told.filter(source_kind=SHOP).order_by().values(*ORDER_GROUPS)
    sums = orders.annotate(orders=Sum("count"), revenue=Sum("value"))
    return pd.DataFrame([*visits, *map(_order_sums, sums)], columns=list(VISITS), dtype=object)


def _order_sums(row: dict[str, Any]) -> tuple[Any, ...]:
    told = row | {
        "count": _places(row["orders"]),
        "value": _places(row["revenue"]),
        "sessions": None,
        "as_of": None,
    }
    return tuple(told[name] for name in VISITS)


def _touching(start: date, end: date) -> dict[str, date]:
    return {"start__lte": end, "end__gte": start}


def _places(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.0001"))


def frame(rows: QuerySet[Any, Any], columns: tuple[str, ...]) -> pd.DataFrame:
    """A frame of Python objects: Decimals stay Decimals and a missing count does not turn its column to floats."""
    return pd.DataFrame(list(rows), columns=list(columns), dtype=object)


def months(start: date, end: date) -> Iterator[tuple[date, date, date]]:
    """The months of a period: first day of the month, and the first and last day of it inside the period."""
    month = start.replace(day=1)
    while month <= end:
        following = (month + timedelta(days=32)).replace(day=1)
        yield month, max(month, start), min(following - timedelta(days=1), end)
        month = following


def post_sums(brand: Brand, start: date, end: date, *, step: Step) -> tuple[pd.DataFrame, int]:
    """The sums of posts per platform and month, by the brand's calendar; and how many replies were left out."""
    clock = ZoneInfo(brand.time_zone)
    spans = list(months(start, end))
    found, replies = [], 0
    for place, (month, first, last) in enumerate(spans):
        step(0.2 + 0.5 * place / len(spans), "posts")
        since = datetime.combine(first, time(), clock)
        until = datetime.combine(last + timedelta(days=1), time(), clock)
        posts = _posts().filter(published_at__gte=since, published_at__lt=until).order_by()
        for row in posts.values("channel__platform").annotate(
            **_SUMS, replies=Count("pk", filter=Q(is_reply=True))
        ):
            replies += row["replies"]
            if row["sum_posts"]:
                found.append((row["channel__platform"], month, *(row[f"sum_{name}"] or 0 for name in roi.SUMS)))
    return pd.DataFrame(found, columns=["platform", "month", *roi.SUMS]), replies


def _posts() -> QuerySet[Post]:
    """The brand's posts by its channels, along which they are indexed."""
    return Post.objects.filter(channel__in=Channel.objects.values("pk"))


def _sums() -> dict[str, Any]:
    """The aggregates of `analytics.roi.SUMS`, over posts that are no replies."""
    own = Q(is_reply=False)
    e = Cast("engagements", FloatField())
    sums: dict[str, Any] = {
        "posts": Count("pk", filter=own),
        "told": Count("engagements", filter=own),
        "engagements": Sum(F("engagements"), filter=own),
        "told_reach": Count("reach", filter=own),
    }
    for over in ("impressions", "views"):
        both = own & Q(engagements__isnull=False, **{f"{over}__gt": 0})
        m = Cast(over, FloatField())
        products = {"e": e, "m": m, "ee": e * e, "em": e * m, "mm": m * m}
        sums[f"n_{over}"] = Count("pk", filter=both)
        sums |= {f"{name}_{over}": Sum(product, filter=both) for name, product in products.items()}
    both = own & Q(engagements__isnull=False, reach__gt=0)
    rate = Case(When(reach__gt=0, then=e / Cast("reach", FloatField())), output_field=FloatField())
    sums["n_reach"] = Count("pk", filter=both)
    sums["rate_reach"] = Sum(rate, filter=both)
    sums["rate2_reach"] = Sum(rate * rate, filter=both)
    # An alias must not be the name of one of the model's own columns.
    return {f"sum_{name}": sums[name] for name in roi.SUMS}


_SUMS = _sums()


@dataclass(frozen=True)
class Known:
    """What a report could be made of: how many rows of each, and the days they span."""

    costs: int
    conversions: int
    posts: bool
    first: date | None
    last: date | None

    def __bool__(self) -> bool:
        return bool(self.costs or self.conversions or self.posts)


def known() -> Known:
    """What is there to report on. Three queries."""
    span = {"n": Count("pk"), "first": Min("start"), "last": Max("end")}
    told = [model.objects.order_by().aggregate(**span) for model in (Spend, Conversion)]
    firsts = [each["first"] for each in told if each["first"]]
    lasts = [each["last"] for each in told if each["last"]]
    return Known(
        costs=told[0]["n"],
        conversions=told[1]["n"],
        posts=_posts().exists(),
        first=min(firsts, default=None),
        last=max(lasts, default=None),
    )


def latest_day() -> date | None:
    """The last day of which conversions are known, else costs."""
    for model in (Conversion, Spend):
        if (day := model.objects.order_by().aggregate(day=Max("end"))["day"]) is not None:
            return day
    return None


def reports() -> QuerySet[RoiReport]:
    """The brand's reports, newest first, with their totals alone: inputs and tables are large."""
    return (
        RoiReport.objects.select_related("job", "created_by", "brand")
        .annotate(totals=F("results__totals"))
        .defer("inputs", "results")
    )
