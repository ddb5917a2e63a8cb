"""The sentences of ROI: what is missing, what to do about it, what is assumed, and how figures are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, to_locale
from django.utils.translation import gettext as _

from analytics.models import Spend
from strategy.platforms import PLATFORM_NAMES

KIND_NAMES = dict(Spend.Kind.choices)
SOURCE_NAMES: dict[str, Promise | str] = {
    "ga4": "Google Analytics",
    "shop": gettext_lazy("the shop"),
    "ads": gettext_lazy("the ad platforms"),
    "": gettext_lazy("nothing yet"),
}
OUTSIDE_NAMES: dict[str, Promise] = {
    "unknown": gettext_lazy("Unattributed: came without a known origin"),
    "message": gettext_lazy("E-mail and messages"),
    "other": gettext_lazy("Search, referrals and other channels"),
}
PHASES: dict[str, Promise] = {
    "": gettext_lazy("Waiting for a worker"),
    "costs": gettext_lazy("Reading the costs"),
    "conversions": gettext_lazy("Reading the conversions"),
    "posts": gettext_lazy("Reading the posts, month by month"),
    "figures": gettext_lazy("Computing the figures"),
    "storing": gettext_lazy("Storing the report"),
}
# Why a figure of one row is undefined, in a few words; the first that holds is shown.
REASONS: dict[str, Promise] = {
    "no_costs": gettext_lazy("no cost known"),
    "zero_cost": gettext_lazy("cost is zero"),
    "no_conversions": gettext_lazy("no return known"),
    "currency_without_rate": gettext_lazy("exchange rate missing"),
    "revenue_without_currency": gettext_lazy("currency not told"),
    "conversions_without_value": gettext_lazy("value not stated"),
    "conversions_not_exported": gettext_lazy("not exported"),
    "paid_not_told": gettext_lazy("paid visits not told"),
    "ad_spend_missing": gettext_lazy("no ad spend"),
}
ROI_REASONS = tuple(name for name in REASONS if name not in ("paid_not_told", "ad_spend_missing"))
ROAS_REASONS = (
    "no_costs",
    "ad_spend_missing",
    "no_conversions",
    "currency_without_rate",
    "revenue_without_currency",
    "paid_not_told",
)
RESULT_NAMES: dict[str, Promise] = {
    "purchase": gettext_lazy("Purchases"),
    "lead": gettext_lazy("Leads"),
    "link_click": gettext_lazy("Link clicks"),
    "landing_page_view": gettext_lazy("Landing page views"),
    "post_engagement": gettext_lazy("Post engagement"),
    "video_view": gettext_lazy("Video views"),
    "add_to_cart": gettext_lazy("Added to cart"),
    "reach": gettext_lazy("Reach"),
    "conversions": gettext_lazy("Conversions"),
}
OVER: dict[str, Promise] = {
    "impressions": gettext_lazy("of impressions"),
    "views": gettext_lazy("of views"),
    "reach": gettext_lazy("of people reached, mean of the posts"),
}


@dataclass(frozen=True)
class Advice:
    """Something missing: the sentence, and the one next step as the name of an address (empty when none helps)."""

    code: str
    text: str
    action: str = ""
    route: str = ""


def locale() -> str:
    return to_locale(get_language() or "en")


def money(value: str | Decimal, currency: str) -> str:
    """An amount in the reader's language; without a currency the bare number."""
    amount = Decimal(value)
    if not currency:
        return str(format_decimal(round(amount, 2), locale=locale()))
    return str(format_currency(amount, currency, locale=locale()))


def number(value: str | Decimal | float) -> str:
    """A count; shares of a day's row make tenths, and no finer."""
    return str(format_decimal(round(Decimal(str(value)), 1), locale=locale(), decimal_quantization=False))


def percent(share: float, *, places: int = 1) -> str:
    pattern = "#,##0." + "0" * places + "\u202f%"
    return str(format_percent(share, format=pattern, locale=locale()))


def signed_percent(share: float) -> str:
    return ("+" if share > 0 else "") + percent(share).replace("-", "−")


def times(ratio: float) -> str:
    return _("%(ratio)s×") % {"ratio": format_decimal(round(Decimal(str(ratio)), 2), locale=locale())}


def exact(value: Decimal) -> str:
    """Every digit that says something: an exchange rate is not rounded."""
    return str(format_decimal(value.normalize(), locale=locale(), decimal_quantization=False))


def day(text: str) -> str:
    """20 Nov 2026: the day before the month, in English too."""
    return str(format_date(date.fromisoformat(text), "medium", locale={"en": "en_GB"}.get(locale(), locale())))


def month(text: str) -> str:
    return date_format(date.fromisoformat(text), "YEAR_MONTH_FORMAT")


def short_month(text: str) -> str:
    return str(format_date(date.fromisoformat(text), "MMM yy", locale=locale()))


def result_kind(name: str) -> str:
    """A kind of result as the ad platform names it, in words where it is one of the usual ones."""
    bare = name.strip().casefold().removeprefix("actions:").removeprefix("offsite_conversion.fb_pixel_")
    return str(RESULT_NAMES.get(bare, name))


def platform(slug: str) -> str:
    return str(PLATFORM_NAMES.get(slug, slug)) if slug else _("Not tied to a platform")


def source(slug: str) -> str:
    return str(SOURCE_NAMES.get(slug, slug))


def reason(codes: list[str], among: tuple[str, ...]) -> str:
    """Why a figure is undefined, in a few words."""
    return next((str(REASONS[name]) for name in among if name in codes), _("not defined"))


def rate_interval(rate: Mapping[str, Any]) -> str:
    if rate["low"] is None:
        return ""
    low, high = percent(rate["low"], places=2), percent(rate["high"], places=2)
    return _("%(low)s to %(high)s, with 90 %% probability") % {"low": low, "high": high}


def coverage(rate: Mapping[str, Any]) -> str:
    told = ngettext("%(n)s of %(of)s post", "%(n)s of %(of)s posts", rate["of"])
    return told % {"n": number(rate["n"]), "of": number(rate["of"])}


def _platforms(facts: Mapping[str, Any]) -> dict[str, str]:
    return {"platforms": ", ".join(platform(slug) for slug in facts["platforms"])}


def _counted(facts: Mapping[str, Any]) -> dict[str, str]:
    return {"count": number(facts["count"] or 0), "source": source(facts.get("source", ""))}


MISSING: dict[str, tuple[Promise, Promise | str, str]] = {
    "no_costs": (
        gettext_lazy("No cost of this period is known, so there is no ROI."),
        gettext_lazy("Add a cost"),
        "cost_new",
    ),
    "labour_missing": (
        gettext_lazy(
            "No hours worked and no agency fee are among the costs: people are left out, and ROI looks better."
        ),
        gettext_lazy("Add hours"),
        "cost_new",
    ),
    "currency_without_rate": (
        gettext_lazy("%(amount)s of %(side)s is in no total, because no exchange rate is stated."),
        gettext_lazy("State a rate"),
        "rate_new",
    ),
    "conversions_without_value": (
        gettext_lazy("%(count)s conversions counted by %(source)s have no revenue and no stated value."),
        gettext_lazy("State a value"),
        "value_new",
    ),
    "conversions_not_exported": (
        gettext_lazy(
            "Some rows of %(source)s tell visits but no conversions. Export them with key events and revenue."
        ),
        gettext_lazy("Import an export"),
        "import_new",
    ),
    "revenue_without_currency": (
        gettext_lazy(
            "%(amount)s of revenue came without a currency and is in no total. Say which currency is meant."
        ),
        gettext_lazy("Say the currency"),
        "#currency",
    ),
    "paid_not_told": (
        gettext_lazy(
            "%(source)s does not tell paid visits from others, so there is no ROAS. Export it with the medium."
        ),
        gettext_lazy("Import an export"),
        "import_new",
    ),
    "return_partial": (
        gettext_lazy(
            "%(source)s covers %(days)s of %(of)s days; the cost of the other days has no return beside it."
        ),
        gettext_lazy("Import the rest"),
        "import_new",
    ),
    "unattributed": (
        gettext_lazy(
            "%(count)s conversions have no known origin. They are not counted; links with UTM tags would tell."
        ),
        "",
        "",
    ),
    "platform_not_told": (
        gettext_lazy("%(count)s conversions do not tell their platform. Export with the session source."),
        gettext_lazy("Import an export"),
        "import_new",
    ),
    "campaign_not_told": (
        gettext_lazy(
            "%(count)s conversions from social media carry no campaign name. Tag links with utm_campaign."
        ),
        "",
        "",
    ),
    "no_posts": (
        gettext_lazy("No posts of this period are imported, so there is no engagement rate."),
        gettext_lazy("Import posts"),
        "import_new",
    ),
    "engagements_not_exported": (gettext_lazy("Engagements are not in the exports of %(platforms)s."), "", ""),
    "impressions_not_exported": (gettext_lazy("Impressions are not in the exports of %(platforms)s."), "", ""),
    "reach_not_exported": (gettext_lazy("Reach is not in the exports of %(platforms)s."), "", ""),
}
NO_CONVERSIONS_HERE = gettext_lazy(
    "%(source)s counted no conversions from social media in this period, so there is no ROI."
)
NO_CONVERSIONS = gettext_lazy("No conversions of this period are imported, so there is no ROI.")


def missing(note: Mapping[str, Any]) -> Advice:
    """What is missing and the one next step."""
    code, facts = note["code"], note["facts"]
    if code == "no_conversions":
        text = NO_CONVERSIONS_HERE if facts["imported"] else NO_CONVERSIONS
        return Advice(
            code, str(text) % {"source": _start(source(facts["source"]))}, _("Import an export"), "import_new"
        )
    text, action, route = MISSING[code]
    return Advice(code, _start(str(text) % _words(code, facts)), str(action), route)


def _words(code: str, facts: Mapping[str, Any]) -> dict[str, str]:
    """The facts of a note in words."""
    if "platforms" in facts:
        return _platforms(facts)
    if code == "currency_without_rate":
        side = _("the cost") if facts["side"] == "cost" else _("the return")
        return {"amount": money(facts["amount"], facts["currency"]), "side": side}
    if code == "revenue_without_currency":
        return {"amount": money(facts["amount"], "")}
    if "count" in facts:
        return _counted(facts)
    return {
        name: source(value) if name == "source" else str(value)
        for name, value in facts.items()
        if not isinstance(value, list)
    }


def _start(text: str) -> str:
    return text[:1].upper() + text[1:]


def assumption(note: Mapping[str, Any], currency: str) -> str:
    """What the report takes for granted."""
    return _start(_ASSUMPTIONS[note["code"]](note["facts"], currency))


def _apportioned(facts: Mapping[str, Any], currency: str) -> str:
    rows = int(facts["rows"])
    told = (
        ngettext(
            "%(n)s row of costs belongs to the period in part and counts by its days.",
            "%(n)s rows of costs belong to the period in part and count by their days.",
            rows,
        )
        if facts["side"] == "cost"
        else ngettext(
            "%(n)s row of conversions belongs to the period in part and counts by its days.",
            "%(n)s rows of conversions belong to the period in part and count by their days.",
            rows,
        )
    )
    return told % {"n": number(rows)}


def _overlap(facts: Mapping[str, Any], currency: str) -> str:
    amounts = ", ".join(money(amount, code) for code, amount in facts["amounts"].items() if Decimal(amount))
    what = _("Ads exports") if facts["side"] == "cost" else _("Web analytics exports")
    text = _("%(what)s tell some days twice. Each day is taken from the finer one; set aside: %(amounts)s.")
    return text % {"what": what, "amounts": amounts or number(0)}


def _source_chosen(facts: Mapping[str, Any], currency: str) -> str:
    text = _("The return is what %(source)s counted from social media.") % {"source": source(facts["source"])}
    if facts["others"]:
        others = ", ".join(source(name) for name in facts["others"])
        text += " " + _("What %(others)s report stands apart, so that no sale counts twice.") % {"others": others}
    return text


def _not_added(facts: Mapping[str, Any], currency: str) -> str:
    text = _(
        "%(source)s measured %(amounts)s from social media too. It is not added: the same sales are in what"
        " %(counted)s counted."
    )
    amounts = ", ".join(money(amount, code) for code, amount in facts["amounts"].items())
    return text % {"source": source(facts["source"]), "amounts": amounts, "counted": source(facts["counted"])}


def _unmatched(facts: Mapping[str, Any], currency: str) -> str:
    return _(
        "Campaigns with ads but without a visit of that name: %(names)s. Their visits may carry another "
        "utm_campaign; use the ad campaign's name there."
    ) % {"names": ", ".join(facts["names"][:12])}


_ASSUMPTIONS = {
    "apportioned": _apportioned,
    "exports_overlap": _overlap,
    "source_chosen": _source_chosen,
    "source_not_added": _not_added,
    "campaigns_unmatched": _unmatched,
    "revenue_not_measured": lambda facts, currency: (
        _("The exports of %(source)s hold no revenue above zero, so revenue counts as not measured.")
        % {"source": source(facts["source"])}
    ),
    "stated_values_not_used": lambda facts, currency: (
        _("Revenue is measured by %(source)s, so values stated per conversion are not used.")
        % {"source": source(facts["source"])}
    ),
    "revenue_currency_stated": lambda facts, currency: (
        _("%(amount)s of revenue came without a currency; whoever asked for this report said it is %(currency)s.")
        % {"amount": money(facts["amount"], ""), "currency": facts["currency"]}
    ),
    "shared_costs": lambda facts, currency: (
        _("%(amount)s is tied to no campaign: it is in the totals, and in no campaign's cost.")
        % {"amount": money(facts["amount"], currency)}
    ),
}
