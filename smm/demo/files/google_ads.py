"""Google Ads: two lines above the header, a row per campaign and day, the currency by code, totals below."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from smm.demo.files.base import DemoFile, csv_bytes
from smm.demo.plan import Demo
from smm.demo.searches import SearchDay

HEADER = (
    *("Day", "Campaign", "Campaign type", "Currency code", "Cost", "Impr.", "Clicks", "CTR", "Avg. CPC"),
    *("Conversions", "Conv. value"),
)


def export(demo: Demo, days: list[SearchDay], *, today: date) -> list[DemoFile]:
    """One file of all days; nothing for a brand that advertises in no search."""
    if not days:
        return []
    rows = [_row(demo, day) for day in days]
    spent, seen, clicks = (sum(getattr(day, name) for day in days) for name in ("spent", "impressions", "clicks"))
    total = ["Total: Campaigns", " --", " --", demo.ads_currency, f"{spent:.2f}", f"{seen:,}", f"{clicks:,}"]
    rows.append([*total, " --", " --", f"{sum(day.leads for day in days):.2f}", "0.00"])
    first, last = days[0].day, days[-1].day
    before = f"Campaign performance\n{_long(first)} - {_long(last)}\n"
    made = datetime.combine(today - timedelta(days=1), time(16, 30), tzinfo=ZoneInfo("UTC"))
    name = f"{demo.slug}_Campaign performance.csv"
    return [DemoFile(demo.slug, name, csv_bytes(HEADER, rows, before=before), made)]


def _row(demo: Demo, day: SearchDay) -> list[Any]:
    rate, cost = (
        day.clicks / day.impressions if day.impressions else 0.0,
        day.spent / day.clicks if day.clicks else 0.0,
    )
    return [
        day.day,
        day.campaign,
        "Search",
        demo.ads_currency,
        f"{day.spent:.2f}",
        f"{day.impressions:,}",
        day.clicks,
        f"{rate:.2%}" if day.impressions else " --",
        f"{cost:.2f}" if day.clicks else " --",
        f"{day.leads:.2f}",
        "0.00",
    ]


def _long(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
