"""Visits of the site and what they led to."""

from analytics.formats import TrafficRow
from analytics.services.kinds.money import PeriodStore
from analytics.services.storage.money import store_visits


class VisitsStore(PeriodStore):
    merge = staticmethod(store_visits)
    figures = ("sessions", "engaged_sessions", "key_events", "revenue")

    def prepared(self) -> list[TrafficRow]:
        """Visits tell no currency; what an analytics property counts in is as stated, else the brand's."""
        currency = self.work.choices.answers.get("currency") or self.file.brand.currency
        return [
            row._replace(currency=currency) if row.revenue is not None and not row.currency else row
            for row in self.rows
        ]
