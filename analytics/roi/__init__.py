"""Return on investment: what social media cost and brought, per campaign, platform and month. Knows no Django.

>>> from datetime import date; from decimal import Decimal; import pandas as pd
>>> costs = pd.DataFrame([
...     {"kind": "ads", "platform": "meta", "campaign": "Spring", "start": date(2026, 4, 1),
...      "end": date(2026, 4, 30), "amount": Decimal("300.00"), "currency": "EUR"}])
>>> conversions = pd.DataFrame([
...     {"source_kind": "ga4", "channel_group": "Paid Social", "source": "facebook", "medium": "cpc",
...      "campaign": "spring", "start": date(2026, 4, 1), "end": date(2026, 4, 30), "sessions": 400,
...      "count": 12, "value": Decimal("750.00"), "currency": "EUR"}])
>>> report = compute(costs, conversions, start=date(2026, 4, 1), end=date(2026, 4, 30), currency="EUR")
>>> report.totals.roi, report.totals.roas, report.totals.cost_per_result, report.basis
(1.5, 2.5, Decimal('25.000000'), 'ad_spend_only')
>>> [note.code for note in report.missing]
['labour_missing', 'no_posts']
"""

from analytics.roi.engagement import SUMS, post_sums
from analytics.roi.money import labour_cost
from analytics.roi.names import campaign_key, platform_of
from analytics.roi.report import compute
from analytics.roi.result import (
    AdResults,
    Engagement,
    Figures,
    LeftOut,
    Line,
    Note,
    Outside,
    Rate,
    RateUsed,
    RoiReport,
    as_json,
)

__all__ = [
    "SUMS",
    "AdResults",
    "Engagement",
    "Figures",
    "LeftOut",
    "Line",
    "Note",
    "Outside",
    "Rate",
    "RateUsed",
    "RoiReport",
    "as_json",
    "campaign_key",
    "compute",
    "labour_cost",
    "platform_of",
    "post_sums",
]
