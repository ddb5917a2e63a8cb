"""Reads the input frames row by row: missing stays missing, and a value that cannot be is named. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from numbers import Integral
from typing import Any, NoReturn

import pandas as pd

from analytics.roi.money import Rate, Worth, labour_cost, micro

KINDS = ("ads", "labour", "production", "agency", "influencer", "tool", "other")


@dataclass(frozen=True)
class Row:
    """One row of a frame with the name of the frame and its index label, for messages."""

    frame: str
    label: Any
    values: Mapping[str, Any]

    def refuse(self, column: str, wanted: str) -> NoReturn:
        value = self.values.get(column)
        raise ValueError(f"{self.frame}: column {column!r}, row {self.label!r}: {value!r} is not {wanted}")

    def get(self, column: str) -> Any:
        return self.values.get(column)

    def text(self, column: str) -> str:
        value = self.get(column)
        if value is not None and not isinstance(value, str):
            self.refuse(column, "text")
        return value or ""

    def day(self, column: str) -> date:
        value = self.get(column)
        if isinstance(value, datetime):
            return value.date()
        if not isinstance(value, date):
            self.refuse(column, "a date")
        return value

    def number(self, column: str) -> int | None:
        """Millionths of a Decimal or whole number. Binary fractions are refused: they lose cents."""
        value = self.get(column)
        if value is None:
            return None
        if isinstance(value, float) and value.is_integer():
            value = int(value)  # pandas' way of keeping whole numbers beside missing ones
        if type(value) is Decimal and value.is_finite():
            return micro(value)
        if isinstance(value, bool) or not isinstance(value, Integral):
            self.refuse(column, "a Decimal or a whole number")
        return micro(int(value))

    def decimal(self, column: str) -> Decimal:
        value = self.get(column)
        if isinstance(value, Integral) and not isinstance(value, bool):
            return Decimal(int(value))
        if not isinstance(value, Decimal):
            self.refuse(column, "a Decimal")
        return value

    def span(self) -> tuple[date, date]:
        start, end = self.day("start"), self.day("end")
        if end < start:
            self.refuse("end", f"on or after the start {start}")
        return start, end


def rows(frame: pd.DataFrame, name: str, required: tuple[str, ...]) -> Iterator[Row]:
    missing = [column for column in required if column not in frame.columns]
    if missing:
        raise ValueError(f"{name}: the column {missing[0]!r} is missing; it has {list(frame.columns)}")
    columns = list(frame.columns)
    arrays = [_told(frame[column]) for column in columns]
    for label, *values in zip(frame.index.tolist(), *arrays, strict=True):
        yield Row(name, label, dict(zip(columns, values, strict=True)))


def _told(column: "pd.Series[Any]") -> list[Any]:
    """The values, with None for each of pandas' ways to miss one."""
    if not column.isna().any():
        return list(column.tolist())
    return [None if gone else value for value, gone in zip(column.tolist(), column.isna().tolist(), strict=True)]


def amount_of(row: Row) -> int:
    """A cost's amount; of labour without one, hours × rate."""
    amount = row.number("amount")
    if amount is not None:
        return amount
    if row.get("hours") is None or row.get("hourly_rate") is None:
        row.refuse("amount", "an amount, and hours × rate is not told either")
    return micro(labour_cost(row.decimal("hours"), row.decimal("hourly_rate")))


def kind_of(row: Row) -> str:
    kind = row.text("kind")
    if kind not in KINDS:
        row.refuse("kind", f"one of {', '.join(KINDS)}")
    return kind


def rates_of(frame: pd.DataFrame | None, base: str) -> list[Rate]:
    """The rates into `base` of a frame with currency, to_currency, day, rate (> 0)."""
    if frame is None:
        return []
    found = []
    for row in rows(frame, "rates", ("currency", "to_currency", "day", "rate")):
        rate = row.decimal("rate")
        if rate <= 0:
            row.refuse("rate", "above zero")
        if row.text("to_currency") == base:
            found.append(Rate(row.text("currency"), row.day("day"), rate))
    return found


def worths_of(frame: pd.DataFrame | None) -> list[Worth]:
    """The stated values of a frame with source_kind, valid_from, value, probability (0-1), currency."""
    if frame is None:
        return []
    found = []
    for row in rows(frame, "stated_values", ("source_kind", "valid_from", "value", "probability", "currency")):
        value, probability = row.decimal("value"), row.decimal("probability")
        if not 0 <= probability <= 1:
            row.refuse("probability", "between 0 and 1")
        found.append(
            Worth(row.text("source_kind"), row.day("valid_from"), value, probability, row.text("currency"))
        )
    return found
