"""Orders of a shop."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from analytics.formats import Notice
from analytics.services.kinds.base import Store, Stored, coverage
from analytics.services.storage.orders import OrdersTally, store_orders


class OrdersStore(Store):
    def store(self) -> Stored:
        latest = max((row.at for row in self.rows), default=None)
        age = self.work.evidence.age(content=self.work.reader.as_of, latest=latest)
        tally = store_orders(self.file, self.rows, as_of=age.as_of)
        return Stored(
            as_of=age.as_of,
            created=tally.created,
            updated=tally.updated,
            unchanged=tally.unchanged,
            left_out=tally.repeated,
            coverage=self._coverage(),
            notices=list(_notices(tally)),
        )

    def _coverage(self) -> list[dict[str, Any]]:
        """From the day of the first order to that of the last, in the brand's time zone."""
        if not self.rows:
            return []
        zone = ZoneInfo(self.file.brand.time_zone)
        days = [row.at.astimezone(zone).date() for row in self.rows]
        return [coverage(None, ["orders", "revenue"], min(days), max(days))]


def _notices(tally: OrdersTally) -> Iterable[Notice]:
    if tally.repeated:
        yield Notice("orders_repeated", {"count": tally.repeated})
    if tally.kept:
        yield Notice("orders_kept", {"count": tally.kept})
