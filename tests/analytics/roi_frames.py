"""Small frames for the tests of ROI."""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

MAY = {"start": date(2026, 5, 1), "end": date(2026, 5, 31)}
COST = {"kind": "ads", "platform": "meta", "campaign": "", **MAY, "amount": None, "currency": "EUR"}
VISITS = {
    "source_kind": "ga4",
    "dimensions": "",
    "channel_group": "",
    "source": "",
    "medium": "",
    "campaign": "",
    **MAY,
    "sessions": None,
    "count": None,
    "value": None,
    "currency": "EUR",
}


def costs(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([COST | row for row in rows], columns=_columns(COST, rows))


def visits(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([VISITS | row for row in rows], columns=_columns(VISITS, rows))


def _columns(base: dict[str, Any], rows: tuple[dict[str, Any], ...]) -> list[str]:
    return [*base, *sorted({name for row in rows for name in row} - base.keys())]


def usd(rate: str, day: date = date(2026, 5, 1)) -> pd.DataFrame:
    return pd.DataFrame([{"currency": "USD", "to_currency": "EUR", "day": day, "rate": Decimal(rate)}])


def worth(
    value: str, probability: str = "1", *, currency: str = "EUR", source: str = "ga4", **row: Any
) -> pd.DataFrame:
    stated = {"source_kind": source, "valid_from": date(2026, 1, 1), "currency": currency}
    amounts = {"value": Decimal(value), "probability": Decimal(probability)}
    return pd.DataFrame([stated | amounts | row])
