"""Shopify: one row per thing bought, of which only an order's first tells the order; newest first."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from smm.demo.files.base import DemoFile, csv_bytes
from smm.demo.orders import Order
from smm.demo.plan import Demo

HEADER = (
    *("Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at", "Accepts Marketing"),
    *("Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code", "Discount Amount", "Shipping Method"),
    *("Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem sku", "Billing Name"),
    *("Billing City", "Billing Country", "Notes", "Note Attributes", "Cancelled at", "Payment Method"),
    *("Refunded Amount", "Vendor", "Outstanding Balance", "Id", "Tags", "Source", "Phone"),
)


def export(demo: Demo, orders: list[Order], *, today: date) -> list[DemoFile]:
    """One file of all orders; the customers in it are invented, and the importer keeps nothing of them."""
    rows = [row for order in reversed(orders) for row in _rows(demo, order)]
    made = datetime.combine(today - timedelta(days=1), time(16, 35), tzinfo=ZoneInfo("UTC"))
    return [DemoFile(demo.slug, f"{demo.slug}_orders_export.csv", csv_bytes(HEADER, rows), made)]


def _rows(demo: Demo, order: Order) -> list[list[Any]]:
    first, *others = order.items
    told = dict.fromkeys(HEADER, "") | _told(demo, order) | _item(demo, first)
    more = [dict.fromkeys(HEADER, "") | _known_by(order) | _item(demo, item) for item in others]
    return [[row[name] for name in HEADER] for row in (told, *more)]


def _known_by(order: Order) -> dict[str, Any]:
    """What every row of an order repeats."""
    return {"Name": f"#{order.number}", "Email": f"cliente{order.buyer}@posta.example"}


def _told(demo: Demo, order: Order) -> dict[str, Any]:
    at = f"{order.at:%Y-%m-%d %H:%M:%S %z}"
    whole = order.refunded >= order.total
    status = "paid" if not order.refunded else "refunded" if whole else "partially_refunded"
    return _known_by(order) | {
        "Financial Status": status,
        "Paid at": at,
        "Fulfillment Status": "fulfilled",
        "Accepts Marketing": "no",
        "Currency": demo.currency,
        "Subtotal": f"{order.total - order.shipping:.2f}",
        "Shipping": f"{order.shipping:.2f}",
        "Taxes": f"{order.total * 0.1 / 1.1:.2f}",
        "Total": f"{order.total:.2f}",
        "Created at": at,
        "Billing Name": f"Cliente {order.buyer}",
        "Note Attributes": f"landing_site: {order.landing}",
        "Payment Method": "Shopify Payments",
        "Refunded Amount": f"{order.refunded:.2f}",
        "Outstanding Balance": "0.00",
        "Id": 5_400_000_000_000 + order.number,
        "Source": "web",
    }


def _item(demo: Demo, item: Any) -> dict[str, Any]:
    told = {"Lineitem quantity": item.quantity, "Lineitem name": item.name, "Lineitem price": f"{item.price:.2f}"}
    return told | {"Vendor": demo.name}
