"""A stored report as figures and tables in words: the page, the spreadsheet and the PDF all show these."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from analytics import roi_words as words

Results = Mapping[str, Any]


@dataclass(frozen=True)
class Cell:
    """What is shown, the value behind it for spreadsheets, and a small second line. `missing`: undefined."""

    text: str
    value: str | float | None = None
    hint: str = ""
    missing: bool = False
    numeric: bool = True


@dataclass(frozen=True)
class Table:
    slug: str
    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    about: str = ""

    @property
    def columns(self) -> list[tuple[str, bool]]:
        """Each heading, and whether figures stand under it."""
        return [(name, self.rows[0][place].numeric) for place, name in enumerate(self.header)]


def text(value: str, hint: str = "") -> Cell:
    return Cell(value, value, hint, numeric=False)


def amount(value: str | None, currency: str, missing: str, hint: str = "") -> Cell:
    if value is None:
        return Cell(missing, None, missing=True)
    return Cell(words.money(value, currency), float(Decimal(value)), hint)


def shown(value: Any, write: Callable[[Any], str], missing: str, hint: str = "") -> Cell:
    if value is None:
        return Cell(missing, None, missing=True)
    return Cell(write(value), float(value), hint)


def return_reason(figures: Results) -> str:
    return words.reason(figures["codes"], words.ROI_REASONS[2:])


def roi_cell(figures: Results) -> Cell:
    return shown(figures["roi"], words.signed_percent, words.reason(figures["codes"], words.ROI_REASONS))


def roas_cell(figures: Results) -> Cell:
    if figures["ad_spend"] is None and not set(figures["codes"]) & {"currency_without_rate"}:
        return Cell(_("no ads"), missing=True)
    why = next((str(words.REASONS[name]) for name in words.ROAS_REASONS if name in figures["codes"]), None)
    return shown(figures["roas"], words.times, why or _("no revenue from ads"))


def per_result(figures: Results, currency: str) -> Cell:
    missing = words.reason(figures["codes"], ("no_costs", "currency_without_rate", "no_conversions"))
    return amount(figures["cost_per_result"], currency, missing)


def tables(results: Results) -> list[Table]:
    """Every table of the report that has rows."""
    found = [
        _groups(results, "campaigns", _("By campaign"), _("Campaign"), _campaign),
        _groups(
            results, "platforms", _("By platform"), _("Platform"), lambda group: text(words.platform(group["key"]))
        ),
        _groups(results, "months", _("By month"), _("Month"), lambda group: text(words.month(group["key"]))),
        _kinds(results),
        _outside(results),
        _ad_results(results),
        _engagement(results, "engagement", _("Engagement by platform"), _("Platform")),
        _engagement(results, "engagement_months", _("Engagement by month"), _("Month")),
        _left_out(results),
        _rates(results),
    ]
    return [table for table in found if table.rows]


def _campaign(group: Results) -> Cell:
    if not group["key"]:
        return text(_("Not tied to a campaign"))
    names = group["names"] or [group["key"]]
    return text(names[0], " · ".join(names[1:]))


def _groups(results: Results, slug: str, title: str, first: str, name: Callable[[Results], Cell]) -> Table:
    header = [
        first,
        _("Cost"),
        _("Ad spend"),
        _("Return"),
        _("ROI"),
        _("ROAS"),
        _("Conversions"),
        _("Cost per result"),
    ]
    groups = results[slug]
    reported = any(group["reported_value"] or group["reported_conversions"] for group in groups)
    if reported and results["source"] != "ads":
        header.append(_("Reported by the ad platform"))
    rows = [[name(group), *_figures(group, results, with_reported=len(header) > 8)] for group in groups]
    return Table(slug, title, header, rows)


def _figures(group: Results, results: Results, *, with_reported: bool) -> list[Cell]:
    currency, codes = results["currency"], group["codes"]
    no_cost, no_return = words.reason(codes, ("no_costs", "currency_without_rate")), return_reason(group)
    cells = [
        amount(group["cost"], currency, no_cost),
        amount(group["ad_spend"], currency, _("no ads")),
        amount(group["returned"], currency, no_return),
        roi_cell(group),
        roas_cell(group),
        shown(group["conversions"], words.number, _("none known")),
        per_result(group, currency),
    ]
    return [*cells, _reported(group)] if with_reported else cells


def _reported(group: Results) -> Cell:
    if group["reported_value"] is not None:
        value = words.money(group["reported_value"], group["reported_currency"])
        ratio = group["reported_roas"]
        hint = _("ROAS %(ratio)s") % {"ratio": words.times(ratio)} if ratio is not None else ""
        return Cell(value, float(group["reported_value"]), hint)
    return shown(group["reported_conversions"], words.number, _("not reported"), _("conversions"))


def _kinds(results: Results) -> Table:
    total = results["totals"]
    whole = sum((Decimal(value) for value in total["cost_by_kind"].values()), Decimal(0))
    rows = [
        [
            text(str(words.KIND_NAMES[kind]).capitalize()),
            amount(value, results["currency"], ""),
            shown(float(Decimal(value) / whole) if whole else None, words.percent, _("not defined")),
        ]
        for kind, value in sorted(total["cost_by_kind"].items(), key=lambda item: -Decimal(item[1]))
    ]
    return Table("kinds", _("Cost by kind"), [_("Kind"), _("Cost"), _("Share")], rows)


def _outside(results: Results) -> Table:
    rows = [
        [
            text(str(words.OUTSIDE_NAMES[each["kind"]])),
            shown(each["conversions"], words.number, _("not exported")),
            text(amounts(each["value_by_currency"]) or _("none")),
            shown(each["sessions"], words.number, _("not exported")),
        ]
        for each in results["outside"]
    ]
    header = [_("Origin"), _("Conversions"), _("Revenue"), _("Sessions")]
    about = _("Counted by the same source, and in no figure above: nothing ties it to social media.")
    return Table("outside", _("Not counted as return"), header, rows, about)


def amounts(by_currency: Mapping[str, str]) -> str:
    return ", ".join(
        words.money(value, currency) + ("" if currency else " " + _("(currency not told)"))
        for currency, value in by_currency.items()
    )


def _ad_results(results: Results) -> Table:
    missing = words.reason(["currency_without_rate"], ("currency_without_rate",))
    rows = [
        [
            text(words.result_kind(each["kind"])),
            shown(each["results"], words.number, ""),
            amount(each["cost"], results["currency"], missing),
            amount(each["cost_per_result"], results["currency"], _("not defined")),
        ]
        for each in results["ad_results"]
    ]
    header = [_("Kind of result"), _("Results"), _("Ad spend"), _("Cost per result")]
    about = _("As the ad platform reports them. Kinds are never added to each other.")
    return Table("ad_results", _("Results reported by ad platforms"), header, rows, about)


def _engagement(results: Results, slug: str, title: str, first: str) -> Table:
    """Posts by platform, the first row being all of them; or by month."""
    by_month = slug == "engagement_months"
    members = [each for each in results["engagement"] if not (each["platform"] and each["month"])]
    rows = [_engagement_row(each) for each in members if bool(each["month"]) == by_month]
    header = [
        first,
        _("Posts"),
        _("Engagements"),
        _("Rate over impressions"),
        _("Rate over views"),
        _("Rate over reach, mean of the posts"),
    ]
    about = _("Reach is never added up over posts. Replies are left out. Intervals hold with 90 % probability.")
    return Table(slug, title, header, rows, about)


def _engagement_row(each: Results) -> list[Cell]:
    name = words.platform(each["platform"]) if each["platform"] else _("All platforms")
    return [
        text(words.month(each["month"]) if each["month"] else name),
        shown(each["posts"], words.number, ""),
        shown(each["engagements"], words.number, _("not exported")),
        *(_rate(rate) for rate in each["rates"]),
    ]


def _rate(rate: Results) -> Cell:
    if rate["value"] is None:
        return Cell(_("not exported"), missing=True)
    hint = words.coverage(rate)
    if rate["low"] is not None:
        bounds = {"low": words.percent(rate["low"], places=2), "high": words.percent(rate["high"], places=2)}
        hint = f"{_('%(low)s to %(high)s') % bounds}; {hint}"
    return Cell(words.percent(rate["value"], places=2), rate["value"], hint)


def _left_out(results: Results) -> Table:
    sides = {"cost": _("Cost"), "return": _("Return")}
    rows = [
        [
            text(sides[out["side"]]),
            text(out["currency"] or _("not told")),
            amount(out["amount"], out["currency"], ""),
        ]
        for out in results["left_out"]
    ]
    header = [_("Side"), _("Currency"), _("Amount")]
    return Table(
        "left_out", _("Amounts in no total"), header, rows, _("They lack a currency or an exchange rate.")
    )


def _rates(results: Results) -> Table:
    rows = [
        [
            text(used["currency"]),
            text(words.day(used["day"])),
            Cell(words.exact(Decimal(used["rate"])), float(used["rate"])),
        ]
        for used in results["rates_used"]
    ]
    header = [_("Currency"), _("Day"), _("One unit in %(currency)s") % {"currency": results["currency"]}]
    return Table("rates", _("Exchange rates used"), header, rows)


def chart(results: Results) -> dict[str, Any] | None:
    """Cost and return by month as a Plotly figure; with fewer than three months the table says it better."""
    months = results["months"]
    if len([month for month in months if month["cost"] or month["returned"]]) < 3:
        return None
    names = [words.month(month["key"]) for month in months]
    series = (("cost", _("Cost")), ("returned", _("Return")))
    data = [
        {
            "type": "bar",
            "name": name,
            "x": [month["key"] for month in months],
            "y": [None if month[slug] is None else float(month[slug]) for month in months],
            "customdata": names,
            "hovertemplate": f"%{{customdata}}<br>{name}: %{{y:,.2f}} {results['currency']}<extra></extra>",
        }
        for slug, name in series
    ]
    ticks = {"tickvals": [month["key"] for month in months]}
    ticks["ticktext"] = [words.short_month(month["key"]) for month in months]
    axis = {"type": "category", "showgrid": False, **ticks}
    layout = {"barmode": "group", "height": 320, "xaxis": axis, "yaxis": {"title": {"text": results["currency"]}}}
    return {"data": data, "layout": layout | {"legend": {"orientation": "h", "x": 0, "y": 1.12}}}


DETAIL = (
    "cost",
    "ad_spend",
    "measured",
    "valued",
    "returned",
    "ad_revenue",
    "gain",
    "roi",
    "roas",
    "conversions",
    "sessions",
    "cost_per_result",
    "reported_conversions",
    "reported_value",
    "reported_roas",
)


def detail(results: Results) -> tuple[list[str], list[list[str | float | None]]]:
    """The finest lines for spreadsheets: where, the currency, the figures, and the codes of what is undefined."""
    header = ["campaign", "campaign_names", "platform", "month", "currency", *DETAIL, "codes"]
    rows: list[list[str | float | None]] = []
    for line in results["lines"]:
        figures = line["figures"]
        place = [line["campaign"], " | ".join(figures["names"] or _names(results, line["campaign"]))]
        place += [line["platform"], line["month"][:7], results["currency"]]
        values = [None if figures[name] is None else float(figures[name]) for name in DETAIL]
        rows.append([*place, *values, " ".join(figures["codes"])])
    return header, rows


def _names(results: Results, key: str) -> list[str]:
    return next((group["names"] for group in results["campaigns"] if group["key"] == key), [])
