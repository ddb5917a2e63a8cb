"""Advertising costs."""

from analytics.services.kinds.money import PeriodStore
from analytics.services.storage.money import store_spend


class SpendStore(PeriodStore):
    merge = staticmethod(store_spend)
    figures = ("amount", "impressions", "clicks", "reach", "results", "conversions", "conversion_value")
