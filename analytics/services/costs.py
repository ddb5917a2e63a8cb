"""What the brand says itself: costs that no export holds, values of a conversion, exchange rates."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import rows
from accounts.errors import InvalidInput, NotAllowed, register_messages
from accounts.models import Brand, User
from accounts.services import CURRENCIES
from analytics.models import CurrencyRate, Spend, StatedValue
from analytics.roi import labour_cost
from analytics.services.kpi_changes import note_rates

register_messages(
    {
        "hours_or_amount": _("Give the hours and the rate per hour, or an amount."),
        "ends_before_start": _("The last day is before the first. Swap them or correct one."),
        "imported_cost": _("This cost came from an ads export. Import a corrected export instead of editing it."),
        "rate_into_itself": _("A currency needs no rate into itself. Choose another one."),
        "below_zero": _("This cannot be below zero. Correct it."),
    }
)


def add_cost(
    brand: Brand,
    *,
    by: User | None,
    kind: str,
    start: date,
    end: date,
    currency: str,
    amount: Decimal | None = None,
    hours: Decimal | None = None,
    hourly_rate: Decimal | None = None,
    platform: str = "",
    campaign: str = "",
    note: str = "",
) -> Spend:
    """Enter a cost. With hours and a rate per hour the amount is their product."""
    values = {
        "kind": kind,
        "platform": platform,
        "campaign": campaign,
        "start": start,
        "end": end,
        "amount": amount,
        "currency": currency,
        "hours": hours,
        "hourly_rate": hourly_rate,
        "note": note,
    }
    return rows.add(Spend(brand=brand, created_by=by), _cost_values(values), by=by, action="cost.added")


def change_cost(cost: Spend, *, by: User | None, version: int, values: Mapping[str, Any]) -> Spend:
    _refuse_imported(cost)
    return rows.change(cost, by=by, version=version, values=_cost_values(values), action="cost.changed")


def remove_cost(cost: Spend, *, by: User | None) -> None:
    _refuse_imported(cost)
    rows.remove(cost, by=by, action="cost.removed")


def state_value(brand: Brand, *, by: User | None, values: Mapping[str, Any]) -> StatedValue:
    """Say what one conversion is worth from a day on."""
    return rows.add(StatedValue(brand=brand), _checked(values), by=by, action="value.added", twice="valid_from")


def change_value(row: StatedValue, *, by: User | None, version: int, values: Mapping[str, Any]) -> StatedValue:
    return rows.change(
        row, by=by, version=version, values=_checked(values), action="value.changed", twice="valid_from"
    )


def remove_value(row: StatedValue, *, by: User | None) -> None:
    rows.remove(row, by=by, action="value.removed")


@transaction.atomic
def state_rate(brand: Brand, *, by: User | None, values: Mapping[str, Any]) -> CurrencyRate:
    """Say what one unit of a currency was worth in the brand's on a day."""
    values = _rate_values(brand, values)
    row = rows.add(CurrencyRate(brand=brand), values, by=by, action="rate.added", twice="day")
    note_rates(brand, by=by)
    return row


@transaction.atomic
def change_rate(row: CurrencyRate, *, by: User | None, version: int, values: Mapping[str, Any]) -> CurrencyRate:
    values = _rate_values(row.brand, values)
    row = rows.change(row, by=by, version=version, values=values, action="rate.changed", twice="day")
    note_rates(row.brand, by=by)
    return row


@transaction.atomic
def remove_rate(row: CurrencyRate, *, by: User | None) -> None:
    rows.remove(row, by=by, action="rate.removed")
    note_rates(row.brand, by=by)


def _cost_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Checked; the amount of hours worked is their product with the rate."""
    found = dict(_checked(values))
    if found["end"] < found["start"]:
        raise InvalidInput("ends_before_start", field="end")
    hours, rate = found.get("hours"), found.get("hourly_rate")
    for name in ("hours", "hourly_rate"):
        if (found.get(name) or 0) < 0:
            raise InvalidInput("below_zero", field=name)
    if hours is not None and rate is not None:
        found["amount"] = labour_cost(hours, rate)
    elif found.get("amount") is None or hours is not None or rate is not None:
        raise InvalidInput("hours_or_amount", field="hours" if found["kind"] == Spend.Kind.LABOUR else "amount")
    return found


def _rate_values(brand: Brand, values: Mapping[str, Any]) -> dict[str, Any]:
    found = {**_checked(values), "to_currency": brand.currency}
    if found["currency"] == brand.currency:
        raise InvalidInput("rate_into_itself", field="currency")
    return found


def _refuse_imported(cost: Spend) -> None:
    if cost.row_key:
        raise NotAllowed("imported_cost")


def _checked(values: Mapping[str, Any]) -> Mapping[str, Any]:
    if values.get("currency") not in CURRENCIES:
        raise InvalidInput("bad_currency", field="currency", value=values.get("currency"))
    return values
