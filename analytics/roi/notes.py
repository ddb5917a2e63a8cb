"""Names what a report lacks and what it takes for granted, by code, with the facts each sentence needs. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from analytics.roi.lines import CostLine, Read
from analytics.roi.money import Worths, decimal
from analytics.roi.result import Engagement, Figures, LeftOut, Note
from analytics.roi.returns import ADS, SHOP, Apart, Returns
from analytics.roi.spans import Period


@dataclass(frozen=True)
class Told:
    """All that the inputs said, beside the lines themselves."""

    costs: Sequence[CostLine]
    brought: Returns
    source: str
    others: tuple[str, ...]
    read_costs: Read
    read_visits: Read
    period: Period
    worths: Worths
    revenue_currency: str
    engagement: tuple[Engagement, ...]
    apart: tuple[Apart, ...] = ()

    @property
    def source_days(self) -> int:
        """On how many days of the period the source of return says anything; ads say it on the days they ran."""
        if self.source == ADS:
            return self.period.days
        days = self.read_visits.days.get(self.source, ())
        # A shop tells of its sales; between the first and the last, a day without one is a day without sales.
        return max(days) - min(days) + 1 if days and self.source == SHOP else len(days)


def missing(told: Told, totals: Figures, left_out: Sequence[LeftOut]) -> tuple[Note, ...]:
    """What would complete the report, most needed first."""
    found: list[Note] = []
    found += _missing_costs(told, left_out)
    found += _missing_returns(told, totals, left_out)
    found += _missing_places(told)
    found += _missing_posts(told.engagement)
    return tuple(found)


def _missing_costs(told: Told, left_out: Sequence[LeftOut]) -> Iterable[Note]:
    kinds = {line.kind for line in told.costs}
    if not kinds:
        yield Note("no_costs", {})
    elif not kinds & {"labour", "agency"}:
        yield Note("labour_missing", {"kinds": sorted(kinds)})
    without = [out for out in left_out if out.currency or out.side == "cost"]
    for out in without:
        yield Note("currency_without_rate", _amount(out.side, out.currency, out.amount))


def _missing_returns(told: Told, totals: Figures, left_out: Sequence[LeftOut]) -> Iterable[Note]:
    if not told.brought.lines:
        yield Note("no_conversions", {"source": told.source, "imported": bool(told.source)})
    unvalued = sum(line.count or 0 for line in told.brought.lines if line.how == "unvalued")
    if unvalued:
        yield Note("conversions_without_value", {"count": decimal(unvalued), "source": told.source})
    if "conversions_not_exported" in totals.codes:
        yield Note("conversions_not_exported", {"source": told.source})
    for out in left_out:
        if out.side == "return" and not out.currency:
            yield Note("revenue_without_currency", {"amount": out.amount})
    if "paid_not_told" in totals.codes:
        yield Note("paid_not_told", {"source": told.source})
    if told.source and told.source_days < told.period.days:
        facts = {"days": told.source_days, "of": told.period.days, "source": told.source}
        yield Note("return_partial", facts)


def _missing_places(told: Told) -> Iterable[Note]:
    for outside in told.brought.outside:
        if outside.kind == "unknown" and (outside.conversions or outside.value_by_currency):
            yield Note("unattributed", {"count": outside.conversions, "values": dict(outside.value_by_currency)})
    for code, attribute in (("platform_not_told", "platform"), ("campaign_not_told", "campaign")):
        nameless = [line for line in told.brought.lines if not getattr(line.place, attribute)]
        count = sum(line.count or 0 for line in nameless)
        if count or any(line.amount for line in nameless):
            yield Note(code, {"count": decimal(count), "source": told.source})


def _missing_posts(engagement: Sequence[Engagement]) -> Iterable[Note]:
    if not engagement:
        yield Note("no_posts", {})
        return
    platforms = [each for each in engagement if each.platform and each.month is None]
    for code in ("engagements_not_exported", "impressions_not_exported", "reach_not_exported"):
        without = [each.platform for each in platforms if code in each.codes]
        if without:
            yield Note(code, {"platforms": without})


def notes(told: Told, campaigns: Sequence[Figures]) -> tuple[Note, ...]:
    """What the report takes for granted, so that its reader can disagree."""
    return tuple([*_notes_on_rows(told), *_notes_on_source(told), *_notes_on_campaigns(campaigns)])


def _notes_on_rows(told: Told) -> Iterable[Note]:
    for side, read in (("cost", told.read_costs), ("return", told.read_visits)):
        if read.apportioned_rows:
            yield Note("apportioned", {"side": side, "rows": read.apportioned_rows})
        if read.set_aside_rows:
            amounts = {currency: decimal(amount) for currency, amount in sorted(read.set_aside.items())}
            yield Note("exports_overlap", {"side": side, "rows": read.set_aside_rows, "amounts": amounts})


def _notes_on_source(told: Told) -> Iterable[Note]:
    if told.source:
        yield Note("source_chosen", {"source": told.source, "others": list(told.others)})
    for other in told.apart:
        amounts = {currency: decimal(amount) for currency, amount in sorted(other.amounts.items())}
        yield Note("source_not_added", {"source": other.source, "counted": told.source, "amounts": amounts})
    if told.source and not told.brought.measures_revenue:
        yield Note("revenue_not_measured", {"source": told.source})
    elif told.source in told.worths:
        yield Note("stated_values_not_used", {"source": told.source})
    if told.revenue_currency and told.brought.untold:
        yield Note(
            "revenue_currency_stated", {"currency": told.revenue_currency, "amount": decimal(told.brought.untold)}
        )


def _notes_on_campaigns(campaigns: Sequence[Figures]) -> Iterable[Note]:
    shared = next((group for group in campaigns if not group.key and group.cost), None)
    named = [group for group in campaigns if group.key]
    if shared and named:
        yield Note("shared_costs", {"amount": shared.cost})
    without = [group for group in named if group.ad_spend and not group.return_rows]
    unmatched = [group.names[0] if group.names else group.key for group in without]
    if unmatched and any(group.return_rows for group in named):
        yield Note("campaigns_unmatched", {"names": unmatched})


def _amount(side: str, currency: str, amount: Decimal) -> dict[str, Any]:
    return {"side": side, "currency": currency, "amount": amount}
