"""Enters by hand what no export holds, through the services of the pages: costs, values, rates."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from accounts.models import Brand, User
from analytics.models import CurrencyRate, Spend, StatedValue
from analytics.services import costs
from smm.demo.costs import COSTS, USD_TO_EUR, VALUES, Cost, Value
from smm.demo.plan import DAYS, Demo
from smm.demo.simulate import last_day

RATE_EVERY = 180


def enter(demo: Demo, brand: Brand, *, by: User, today: date) -> None:
    """Enter what is not there yet; the brand must be in scope."""
    for cost in COSTS:
        if cost.brand == demo.slug:
            for start, end in spans(cost, today):
                _enter_cost(brand, cost, start, end, by=by)
    for value in VALUES:
        if value.brand == demo.slug:
            _state_value(brand, value, by=by, day=last_day(today) - timedelta(days=DAYS))
    if demo.ads_currency != demo.currency:
        for place, rate in enumerate(USD_TO_EUR):
            _state_rate(demo, brand, rate, by=by, day=last_day(today) - timedelta(days=RATE_EVERY * place))


def spans(cost: Cost, today: date) -> Iterator[tuple[date, date]]:
    """The days a cost covers: once, the two weeks before `days_ago`, or each of so many calendar months."""
    if cost.months == 1:
        end = last_day(today) - timedelta(days=cost.days_ago)
        yield end - timedelta(days=13), end
        return
    start = last_day(today).replace(day=1)
    for _ in range(cost.months):
        following = (start + timedelta(days=32)).replace(day=1)
        yield start, following - timedelta(days=1)
        start = (start - timedelta(days=1)).replace(day=1)


def _enter_cost(brand: Brand, cost: Cost, start: date, end: date, *, by: User) -> None:
    if Spend.objects.filter(kind=cost.kind, note=cost.note, start=start, row_key="").exists():
        return
    costs.add_cost(
        brand,
        by=by,
        kind=cost.kind,
        start=start,
        end=end,
        currency=cost.currency or brand.currency,
        amount=cost.amount,
        hours=cost.hours,
        hourly_rate=cost.hourly_rate,
        platform=cost.platform,
        campaign=cost.campaign,
        note=cost.note,
    )


def _state_value(brand: Brand, value: Value, *, by: User, day: date) -> None:
    if not StatedValue.objects.filter(source_kind=value.source_kind, valid_from=day).exists():
        values = {
            "name": value.name,
            "source_kind": value.source_kind,
            "value": value.value,
            "currency": value.currency,
            "probability": value.probability,
            "valid_from": day,
        }
        costs.state_value(brand, by=by, values=values)


def _state_rate(demo: Demo, brand: Brand, rate: Decimal, *, by: User, day: date) -> None:
    if not CurrencyRate.objects.filter(currency=demo.ads_currency, day=day).exists():
        values = {"currency": demo.ads_currency, "day": day, "rate": rate, "note": "Demo rate"}
        costs.state_rate(brand, by=by, values=values)
