"""Meta Ads Manager: the currency in the header, a nameless total row on top, one row per ad and month."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from smm.demo.files.base import DemoFile, csv_bytes
from smm.demo.money import Ad
from smm.demo.plan import Demo

PURCHASE, LEAD, ENGAGEMENT = (
    "actions:offsite_conversion.fb_pixel_purchase",
    "actions:lead",
    "actions:post_engagement",
)
KIND = {"purchase": PURCHASE, "lead": LEAD, "engagement": ENGAGEMENT}


def header(currency: str) -> list[str]:
    return [
        "Reporting starts",
        "Reporting ends",
        "Ad name",
        "Ad delivery",
        "Results",
        "Result indicator",
        "Cost per results",
        "Ad set budget",
        "Ad set budget type",
        f"Amount spent ({currency})",
        "Impressions",
        "Reach",
        "Frequency",
        f"CPM (cost per 1,000 impressions) ({currency})",
        "Link clicks",
        "Purchases",
        "Purchases conversion value",
        "Ends",
        "Attribution setting",
        "Quality ranking",
        "Engagement rate ranking",
        "Conversion rate ranking",
        "Ad set name",
        "Campaign name",
    ]


def export(demo: Demo, ads: list[Ad], *, today: date) -> list[DemoFile]:
    """One file of all months; `-` where Meta ranks nothing, blanks where nothing resulted."""
    rows = [_total(ads), *(_row(ad) for ad in ads)]
    made = datetime.combine(today - timedelta(days=1), time(16, 5), tzinfo=ZoneInfo("UTC"))
    content = csv_bytes(header(demo.ads_currency), rows)
    first, last = min(ad.start for ad in ads), max(ad.end for ad in ads)
    return [DemoFile(demo.slug, f"{demo.slug}_ads_{first:%b-%d-%Y}_{last:%b-%d-%Y}.csv", content, made)]


def _row(ad: Ad) -> list[Any]:
    bought = ad.results if ad.campaign.goal == "purchase" else ""
    return [
        ad.start,
        ad.end,
        f"{ad.campaign.name} · {ad.ad}",
        "active" if ad.running else "inactive",
        ad.results or "",
        KIND[ad.campaign.goal] if ad.results else "",
        _ratio(ad.spent, ad.results),
        round(ad.campaign.spend / 2, 2),
        "Daily",
        f"{ad.spent:.2f}",
        ad.impressions,
        ad.reach,
        _ratio(ad.impressions, ad.reach),
        _ratio(ad.spent * 1000, ad.impressions),
        ad.clicks,
        bought or "",
        ad.value or "",
        "Ongoing" if ad.running else ad.end,
        "7-day click or 1-day view",
        "-",
        "-",
        "-",
        ad.ad_set,
        ad.campaign.name,
    ]


def _total(ads: list[Ad]) -> list[Any]:
    """The sum of all rows, without a name; who keeps it counts every cost twice."""
    spent = f"{sum(ad.spent for ad in ads):.2f}"
    seen, reached = sum(ad.impressions for ad in ads), int(sum(ad.reach for ad in ads) * 0.6)
    bought = sum(ad.results for ad in ads if ad.campaign.goal == "purchase")
    worth = round(sum(ad.value for ad in ads), 2)
    start, end = min(ad.start for ad in ads), max(ad.end for ad in ads)
    return [
        start,
        end,
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        spent,
        seen,
        reached,
        _ratio(seen, reached),
        _ratio(float(spent) * 1000, seen),
        sum(ad.clicks for ad in ads),
        bought or "",
        worth or "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
    ]


def _ratio(above: float, below: float) -> Any:
    return round(above / below, 6) if below else ""
