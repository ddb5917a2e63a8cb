"""The orders behind the revenue that the site's analytics saw, as the shop itself counts them."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from smm.demo.money import Visits
from smm.demo.plan import Demo
from smm.demo.simulate import last_day, random

FIRST_NUMBER = 1001
# Analytics miss the orders of people who refuse to be counted.
UNSEEN = 0.09
PAID_BACK = 0.02
PER_ORDER = 45.0


class Item(NamedTuple):
    name: str
    quantity: int
    price: float


class Order(NamedTuple):
    """An order: `refunded` is what was paid back of it, `landing` the page of the site that the visit began on."""

    number: int
    at: datetime  # the shop's own time
    items: tuple[Item, ...]
    shipping: float
    refunded: float
    landing: str
    buyer: int

    @property
    def total(self) -> float:
        return round(sum(item.quantity * item.price for item in self.items) + self.shipping, 2)


def orders(demo: Demo, visits: list[Visits], *, today: date) -> list[Order]:
    """Every order of the shop, oldest first."""
    rng, found, last = random(demo.slug, "orders"), [], last_day(today)
    for row in visits:
        if row.revenue:
            count = max(1, row.events + int(rng.binomial(row.events, UNSEEN)))
            found += [_order(demo, row, last, rng) for _ in range(count)]
    found.sort(key=lambda order: order.at)
    return [order._replace(number=FIRST_NUMBER + place) for place, order in enumerate(found)]


def _order(demo: Demo, row: Visits, last: date, rng: np.random.Generator) -> Order:
    worth = row.revenue / row.events if row.events else PER_ORDER
    items = _items(demo, worth * float(rng.uniform(0.75, 1.25)), rng)
    order = Order(
        0, _moment(demo, row.start, last, rng), items, 0.0, 0.0, landing(demo, row), int(rng.integers(1, 9_000))
    )
    if order.total < demo.free_shipping:
        order = order._replace(shipping=5.9)
    if rng.random() < PAID_BACK:
        part = 1.0 if rng.random() < 0.5 else 0.5
        order = order._replace(refunded=round(order.total * part, 2))
    return order


def _items(demo: Demo, worth: float, rng: np.random.Generator) -> tuple[Item, ...]:
    """One to three things of the shop's list, until about so much is spent."""
    found: list[Item] = []
    cheapest = min(demo.goods, key=lambda good: good[1])
    while not found or (worth >= cheapest[1] and len(found) < 3):
        within = [good for good in demo.goods if good[1] <= worth] or [cheapest]
        name, price = within[int(rng.integers(len(within)))]
        quantity = max(1, min(4, int(worth / price / 2)))
        found.append(Item(name, quantity, price))
        worth -= quantity * price
    return tuple(found)


def _moment(demo: Demo, start: date, last: date, rng: np.random.Generator) -> datetime:
    """A moment of the week that begins there, between breakfast and midnight."""
    zone = ZoneInfo(demo.time_zone)
    end = start + timedelta(days=6 - (start.weekday() + 1) % 7)
    days = (min(end, last, date(start.year, 12, 31)) - start).days
    minutes = int(rng.triangular(7 * 60, 20 * 60, 24 * 60 - 1))
    day = start + timedelta(days=int(rng.integers(0, days + 1)))
    local = datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, int(rng.integers(60)), tzinfo=zone)
    return local.astimezone(UTC).astimezone(zone)


def landing(demo: Demo, row: Visits) -> str:
    """The link that brought the visit, tagged where a campaign or a newsletter was."""
    campaign = next((found for found in demo.campaigns if found.name == row.campaign), None)
    if campaign is None and row.medium != "email":
        return "/"
    path = campaign.path if campaign else "/"
    return f"{path}?utm_source={row.source}&utm_medium={row.medium}&utm_campaign={row.campaign}"
