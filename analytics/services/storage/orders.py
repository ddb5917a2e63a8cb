"""Stores the orders of a shop: each once, as its newest export tells it. Customers never reach this far."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone

from analytics.formats import OrderRow
from analytics.models import Conversion, ImportFile

SHOP = "shop"
BATCH = 1_000
TOLD = ("count", "value", "currency")
ORIGIN = ("source", "medium", "campaign")
LONGEST = {"campaign": 400, "source": 200, "medium": 200}


@dataclass
class OrdersTally:
    """What became of the rows; `kept` are orders of which a newer export is known."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    repeated: int = 0
    kept: int = 0


def store_orders(file: ImportFile, rows: Iterable[OrderRow], *, as_of: datetime) -> OrdersTally:
    """Add orders that are new, and let a newer export change what an order brought: a refund comes afterwards.

    An order is known by its number and the moment at which it was made, for two shops of a brand may count alike.
    """
    tally = OrdersTally()
    told: dict[str, Conversion] = {}
    zone, count = ZoneInfo(file.brand.time_zone), 0
    for row in rows:
        count += 1
        order = _order(file, row, zone, as_of)
        told[order.row_key] = order
    tally.repeated = count - len(told)
    orders = list(told.values())
    for start in range(0, len(orders), BATCH):
        _merge({order.row_key: order for order in orders[start : start + BATCH]}, tally)
    return tally


def _order(file: ImportFile, row: OrderRow, zone: ZoneInfo, as_of: datetime) -> Conversion:
    day = row.at.astimezone(zone).date()
    moment = row.at.replace(second=0, microsecond=0).isoformat()
    return Conversion(
        brand_id=file.brand_id,
        file=file,
        source_kind=SHOP,
        dimensions=file.platform,
        start=day,
        end=day,
        count=Decimal(1 if row.amount > 0 else 0),
        value=row.amount,
        currency=row.currency,
        external_id=row.order_id,
        at=row.at,
        row_key=hashlib.sha256("\x1f".join((SHOP, row.order_id, moment)).encode()).hexdigest(),
        as_of=as_of,
        **{name: getattr(row, name)[: LONGEST[name]] for name in ORIGIN},
    )


def _merge(told: dict[str, Conversion], tally: OrdersTally) -> None:
    known = {row.row_key: row for row in Conversion.objects.filter(row_key__in=list(told))}
    new = [order for key, order in told.items() if key not in known]
    Conversion.objects.bulk_create(new, batch_size=BATCH)
    changed = list(_changed(told, known, tally))
    fields = [*TOLD, *ORIGIN, "as_of", "file", "updated_at"]
    Conversion.objects.bulk_update(changed, fields, batch_size=200)
    tally.created += len(new)
    tally.updated += len(changed)


def _changed(
    told: dict[str, Conversion], known: dict[str, Conversion], tally: OrdersTally
) -> Iterator[Conversion]:
    for key, row in known.items():
        if _take_over(row, told[key], tally):
            row.updated_at = timezone.now()
            yield row
        else:
            tally.unchanged += 1


def _take_over(row: Conversion, told: Conversion, tally: OrdersTally) -> bool:
    """Let the newer export win; an origin that is told once is not erased by an export that tells none."""
    before = [getattr(row, name) for name in (*TOLD, *ORIGIN)]
    is_newer = row.as_of is None or told.as_of is None or told.as_of >= row.as_of
    if is_newer:
        for name in TOLD:
            setattr(row, name, getattr(told, name))
    if any(getattr(told, name) for name in ORIGIN) and (
        is_newer or not any(getattr(row, name) for name in ORIGIN)
    ):
        for name in ORIGIN:
            setattr(row, name, getattr(told, name))
    if [getattr(row, name) for name in (*TOLD, *ORIGIN)] == before:
        tally.kept += not is_newer and any(getattr(row, name) != getattr(told, name) for name in TOLD)
        return False
    row.as_of = max(row.as_of, told.as_of) if row.as_of and told.as_of else told.as_of
    row.file = told.file
    return True
