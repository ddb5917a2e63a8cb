"""What the brand says itself: costs that no export holds, values of a conversion, exchange rates."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.errors import InvalidInput, NotAllowed, Stale, register_messages
from accounts.models import Brand, User
from accounts.services import CURRENCIES
from analytics.models import CurrencyRate, Spend, StatedValue
from analytics.roi import labour_cost

Row = TypeVar("Row", Spend, StatedValue, CurrencyRate)
register_messages(
    {
        "hours_or_amount": _("Give the hours and the rate per hour, or an amount."),
        "ends_before_start": _("The last day is before the first. Swap them or correct one."),
        "imported_cost": _("This cost came from an ads export. Import a corrected export instead of editing it."),
        "value_twice": _("A value for these conversions from this day on is stated already. Edit that one."),
        "rate_twice": _("A rate of this day is stated already. Edit that one."),
        "rate_into_itself": _("A currency needs no rate into itself. Choose another one."),
        "below_zero": _("This cannot be below zero. Correct it."),
        "not_valid": "%(reason)s",
    }
)
TWICE = {StatedValue: "value_twice", CurrencyRate: "rate_twice"}
FIELDS = {
    Spend: (
        "kind",
        "platform",
        "campaign",
        "start",
        "end",
        "amount",
        "currency",
        "hours",
        "hourly_rate",
        "note",
    ),
    StatedValue: ("name", "source_kind", "value", "currency", "probability", "valid_from"),
    CurrencyRate: ("currency", "to_currency", "day", "rate", "note"),
}


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
    return _add(Spend(brand=brand, created_by=by), _cost_values(values), by=by, action="cost.added")


def change_cost(cost: Spend, *, by: User | None, version: int, values: Mapping[str, Any]) -> Spend:
    _refuse_imported(cost)
    return _change(cost, by=by, version=version, values=_cost_values(values), action="cost.changed")


def remove_cost(cost: Spend, *, by: User | None) -> None:
    _refuse_imported(cost)
    _remove(cost, by=by, action="cost.removed")


def state_value(brand: Brand, *, by: User | None, values: Mapping[str, Any]) -> StatedValue:
    """Say what one conversion is worth from a day on."""
    return _add(StatedValue(brand=brand), values, by=by, action="value.added")


def change_value(row: StatedValue, *, by: User | None, version: int, values: Mapping[str, Any]) -> StatedValue:
    return _change(row, by=by, version=version, values=values, action="value.changed")


def remove_value(row: StatedValue, *, by: User | None) -> None:
    _remove(row, by=by, action="value.removed")


def state_rate(brand: Brand, *, by: User | None, values: Mapping[str, Any]) -> CurrencyRate:
    """Say what one unit of a currency was worth in the brand's on a day."""
    return _add(CurrencyRate(brand=brand), _rate_values(brand, values), by=by, action="rate.added")


def change_rate(row: CurrencyRate, *, by: User | None, version: int, values: Mapping[str, Any]) -> CurrencyRate:
    values = _rate_values(row.brand, values)
    return _change(row, by=by, version=version, values=values, action="rate.changed")


def remove_rate(row: CurrencyRate, *, by: User | None) -> None:
    _remove(row, by=by, action="rate.removed")


def _cost_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Checked; the amount of hours worked is their product with the rate."""
    found = dict(values)
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
    found = {**values, "to_currency": brand.currency}
    if found["currency"] == brand.currency:
        raise InvalidInput("rate_into_itself", field="currency")
    return found


def _refuse_imported(cost: Spend) -> None:
    if cost.row_key:
        raise NotAllowed("imported_cost")


@transaction.atomic
def _add(row: Row, values: Mapping[str, Any], *, by: User | None, action: str) -> Row:
    _fill(row, values)
    audit.record(action, row, by=by, brand=row.brand, after=_told(row))
    return row


@transaction.atomic
def _change(row: Row, *, by: User | None, version: int, values: Mapping[str, Any], action: str) -> Row:
    """Change a row that still is what the person saw."""
    row = type(row).objects.select_for_update(of=("self",)).select_related("brand").get(pk=row.pk)
    if row.version != version:
        raise Stale("stale", version=row.version)
    before = _told(row)
    row.version += 1
    _fill(row, values)
    audit.record(action, row, by=by, brand=row.brand, before=before, after=_told(row))
    return row


@transaction.atomic
def _remove(row: models.Model, *, by: User | None, action: str) -> None:
    audit.record(action, row, by=by, brand=row.brand, before=_told(row))
    row.delete()


def _fill(row: Row, values: Mapping[str, Any]) -> None:
    if values.get("currency") not in CURRENCIES:
        raise InvalidInput("bad_currency", field="currency", value=values.get("currency"))
    for name in FIELDS[type(row)]:
        if name in values:
            setattr(row, name, values[name])
    try:
        row.clean_fields(exclude={field.name for field in row._meta.fields} - set(FIELDS[type(row)]))
        with transaction.atomic():
            row.save()
    except ValidationError as error:
        field, problems = next(iter(error.message_dict.items()))
        raise InvalidInput("not_valid", field=field, reason=problems[0]) from error
    except IntegrityError as error:
        if type(row) not in TWICE:
            raise
        field = "valid_from" if isinstance(row, StatedValue) else "day"
        raise InvalidInput(TWICE[type(row)], field=field) from error


def _told(row: Row) -> dict[str, Any]:
    """The values as JSON, for the record of what was done."""
    values = {name: getattr(row, name) for name in FIELDS[type(row)]}
    return {name: value if isinstance(value, str | None) else str(value) for name, value in values.items()}
