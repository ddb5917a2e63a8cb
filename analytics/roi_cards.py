"""The key figures of a stored report, each with its parts, its n and what is not in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics import roi_words as words
from analytics.roi_tables import Cell, Results, amount, amounts, per_result, return_reason, roas_cell, roi_cell


@dataclass(frozen=True)
class Card:
    """A key figure with what it rests on."""

    slug: str
    label: str
    cell: Cell
    basis: Sequence[str] = field(default_factory=tuple)


def cards(results: Results) -> list[Card]:
    """The key figures of a report, each with its parts and n."""
    total, currency = results["totals"], results["currency"]
    costs = ngettext(
        "%(n)s amount by campaign and month", "%(n)s amounts by campaign and month", total["cost_rows"]
    )
    no_cost, no_return = words.reason(total["codes"], ("no_costs", "currency_without_rate")), return_reason(total)
    return [
        Card(
            "cost",
            _("Ad spend only") if results["basis"] == "ad_spend_only" else _("Cost"),
            amount(total["cost"], currency, no_cost),
            [
                costs % {"n": words.number(total["cost_rows"])},
                _to_break_even(total, currency),
                _not_in_it(results, "cost"),
            ],
        ),
        Card("return", _("Return"), amount(total["returned"], currency, no_return), _return_basis(results)),
        Card("roi", _("ROI"), roi_cell(total), _roi_basis(results)),
        Card("roas", _("ROAS"), roas_cell(total), _roas_basis(total, currency)),
        Card("cost_per_result", _("Cost per result"), per_result(total, currency), _result_basis(results)),
        _engagement_card(results),
    ]


def _to_break_even(total: Results, currency: str) -> str:
    if total["gain"] is None:
        if total["break_even"] is None:
            return ""
        return _("Breaks even at a return of %(amount)s") % {"amount": words.money(total["break_even"], currency)}
    gain = Decimal(total["gain"])
    if gain < 0:
        return _("%(amount)s of return short of breaking even") % {"amount": words.money(-gain, currency)}
    return _("%(amount)s beyond breaking even") % {"amount": words.money(gain, currency)}


def _not_in_it(results: Results, side: str) -> str:
    """The amounts that are in no total, so that a partial sum does not pass for a whole one."""
    left = {out["currency"]: out["amount"] for out in results["left_out"] if out["side"] == side}
    return _("Not in it: %(amounts)s") % {"amounts": amounts(left)} if left else ""


def _return_basis(results: Results) -> list[str]:
    total, currency, lines = results["totals"], results["currency"], []
    for name, sentence in (("measured", _("%(amount)s measured")), ("valued", _("%(amount)s by stated values"))):
        if total[name] is not None:
            lines.append(sentence % {"amount": words.money(total[name], currency)})
    if results["source"]:
        lines.append(_("Counted by %(source)s") % {"source": words.source(results["source"])})
    return [*lines, _not_in_it(results, "return")]


def _roi_basis(results: Results) -> list[str]:
    facts = {"start": words.day(results["start"]), "end": words.day(results["end"])}
    lines = [_("(return − cost) / cost"), _("%(start)s to %(end)s") % facts]
    if results["basis"] == "ad_spend_only":
        lines.append(_("On ad spend only: no other cost is known"))
    return lines


def _roas_basis(total: Results, currency: str) -> list[str]:
    if total["roas"] is None:
        return [_("Revenue from ads / ad spend")]
    facts = {
        "revenue": words.money(total["ad_revenue"], currency),
        "spend": words.money(total["ad_spend"], currency),
    }
    return [_("%(revenue)s of revenue from paid visits / %(spend)s of ad spend") % facts]


def _result_basis(results: Results) -> list[str]:
    total = results["totals"]
    if total["conversions"] is None:
        return [_("Cost / conversions")]
    n = Decimal(total["conversions"])
    lines = [
        ngettext("%(n)s conversion", "%(n)s conversions", round(n)) % {"n": words.number(n)},
    ]
    if rate := total["conversion_rate"]:
        facts = {"rate": words.percent(rate["value"], places=2), "n": words.number(rate["n"])}
        lines.append(_("%(rate)s of %(n)s sessions") % facts)
        lines.append(words.rate_interval(rate))
    return [line for line in lines if line]


def _engagement_card(results: Results) -> Card:
    label = _("Engagement rate")
    rate = best_rate(results["engagement"][0]) if results["engagement"] else None
    if rate is None:
        reason = _("not exported") if results["engagement"] else _("no posts yet")
        return Card(
            "engagement", label, Cell(reason, missing=True), [_("Engagements / impressions, views or reach")]
        )
    basis = [str(words.OVER[rate["over"]]), words.coverage(rate), words.rate_interval(rate)]
    return Card(
        "engagement", label, Cell(words.percent(rate["value"], places=2), rate["value"]), [b for b in basis if b]
    )


def best_rate(engagement: Results) -> Results | None:
    """The rate that rests on most posts; over impressions before views before reach when equal."""
    told = [rate for rate in engagement["rates"] if rate["value"] is not None]
    return max(told, key=lambda rate: rate["n"], default=None)
