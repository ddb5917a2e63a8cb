"""Forms for what a brand says itself: costs, values of a conversion, exchange rates, the period of a report."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_name, list_currencies
from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext, to_locale
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayInput, VersionedForm
from accounts.models import Brand
from analytics.models import CurrencyRate, Spend, StatedValue
from strategy.platforms import PLATFORM_CHOICES

SOURCES = [("ga4", "Google Analytics"), ("shop", _("the shop")), ("ads", _("the ad platforms"))]
# The currencies that most reports meet stand first; every other one follows.
COMMON = ("EUR", "USD", "GBP", "CHF", "PLN", "SEK", "NOK", "DKK", "CZK", "CAD", "AUD", "JPY")


def currency_choices(first: str) -> list[tuple[str, str]]:
    """ISO 4217 codes with their names in the reader's language, the brand's own first."""
    locale = to_locale(get_language() or "en")
    order = dict.fromkeys([first, *COMMON, *sorted(code for code in list_currencies() if len(code) == 3)])
    return [(code, f"{code} · {get_currency_name(code, locale=locale)}") for code in order]


def shortest(value: Decimal) -> Decimal:
    """The number without the zeros that its column adds, but with cents."""
    short = value.normalize()
    return short.quantize(Decimal("0.01")) if int(short.as_tuple().exponent) > -2 else short


class SaidForm(VersionedForm):
    """A form whose amounts have a currency: the brand's own stands first."""

    def __init__(self, *args: Any, brand: Brand, **kwargs: Any) -> None:
        super().__init__(*args, brand=brand, **kwargs)
        if "currency" in self.fields:
            choices = currency_choices(self.instance.currency or brand.currency)
            self.fields["currency"] = forms.ChoiceField(label=_("Currency"), choices=choices)

    @classmethod
    def proposed(cls, today: date) -> dict[str, Any]:
        """What a new entry starts with."""
        return {}


class CostForm(SaidForm):
    platform = forms.ChoiceField(label=_("Platform"), required=False)
    amount = forms.DecimalField(
        label=_("Amount"),
        max_digits=14,
        decimal_places=4,
        required=False,
        help_text=_("Left empty where hours and a rate are given: it is their product."),
    )

    class Meta:
        model = Spend
        fields = [
            "kind",
            "note",
            "start",
            "end",
            "hours",
            "hourly_rate",
            "amount",
            "currency",
            "campaign",
            "platform",
        ]
        widgets = {"start": DayInput(), "end": DayInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        platforms = [choice for choice in PLATFORM_CHOICES if choice[0] != "ga4"]
        self.fields["kind"].choices = [
            ("", _("Choose")),
            *((slug, capfirst(str(name))) for slug, name in Spend.Kind.choices),
        ]
        self.fields["platform"].choices = [("", _("Not tied to a platform")), *platforms]
        labels = {
            "kind": _("Kind"),
            "note": _("What it was for"),
            "start": _("First day"),
            "end": _("Last day"),
            "hours": _("Hours"),
            "hourly_rate": _("Rate per hour"),
            "campaign": _("Campaign"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
        if self.instance.pk:
            by_hours = self.instance.hours is not None
            self.initial["amount"] = None if by_hours else shortest(self.instance.amount)
        self.fields["amount"].widget.attrs["step"] = "any"
        self.fields["hourly_rate"].help_text = _("With taxes, contributions and overhead.")
        self.fields["campaign"].help_text = _(
            "As in the ads or in utm_campaign. Left empty, the cost is in the totals and in no campaign."
        )

    @classmethod
    def proposed(cls, today: date) -> dict[str, Any]:
        """The month that is going on."""
        following = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        return {"start": today.replace(day=1), "end": following - timedelta(days=1)}

    def clean(self) -> dict[str, Any]:
        """Of hours, the product counts: an amount left from before must not contradict it."""
        cleaned = super().clean() or {}
        if cleaned.get("hours") is not None and cleaned.get("hourly_rate") is not None:
            cleaned["amount"] = None
        return cleaned


class ValueForm(SaidForm):
    field_order = ["name", "source_kind", "value", "currency", "percent", "valid_from"]
    percent = forms.DecimalField(
        label=_("Share that becomes a customer, in percent"),
        min_value=0,
        max_value=100,
        decimal_places=2,
        initial=100,
        help_text=_("100 where every conversion is a sale; 12 where 12 of 100 leads buy."),
    )

    class Meta:
        model = StatedValue
        fields = ["name", "source_kind", "value", "currency", "valid_from"]
        widgets = {"valid_from": DayInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source_kind"] = forms.ChoiceField(label=_("Counted by"), choices=SOURCES)
        self.fields["name"].label = _("What one conversion is")
        self.fields["name"].help_text = _("Such as: request for an offer, sign-up, booking.")
        self.fields["value"].label = _("Value of one that becomes a customer")
        self.fields["valid_from"].label = _("Valid from")
        self.fields["valid_from"].help_text = _("Conversions before this day keep the value stated before.")
        if self.instance.pk:
            self.initial["percent"] = shortest(self.instance.probability * 100)

    @property
    def values(self) -> dict[str, Any]:
        found = super().values
        return {**found, "probability": found.pop("percent") / 100}


class RateForm(SaidForm):
    @classmethod
    def proposed(cls, today: date) -> dict[str, Any]:
        return {"day": today}

    class Meta:
        model = CurrencyRate
        fields = ["currency", "rate", "day", "note"]
        widgets = {"day": DayInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.brand.currency
        choices = [choice for choice in currency_choices("USD") if choice[0] != own]
        self.fields["currency"] = forms.ChoiceField(label=_("One unit of"), choices=choices)
        self.fields["rate"].widget.attrs["step"] = "any"
        if self.instance.pk:
            self.initial["rate"] = shortest(self.instance.rate)
        self.fields["rate"].label = _("is worth, in %(currency)s") % {"currency": own}
        self.fields["day"].label = pgettext("a day", "on")
        self.fields["day"].help_text = _("A month is converted at the last rate stated until its end.")
        self.fields["note"].label = _("Where the rate is from")


class ReportForm(forms.Form):
    """The period of a report and what to take for the return."""

    start = forms.DateField(label=_("First day"), widget=DayInput())
    end = forms.DateField(label=_("Last day"), widget=DayInput())
    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, help_text=_("Left empty, the period is the title.")
    )
    source = forms.ChoiceField(
        label=_("Return counted by"),
        choices=[("auto", _("best available: shop, analytics, ads")), *SOURCES],
        help_text=_("One source only: what two of them report is the same sale."),
    )
    revenue_currency = forms.ChoiceField(
        label=_("Revenue without a currency is in"),
        required=False,
        help_text=_("Google Analytics exports tell none; it is the currency set in the property."),
    )

    def __init__(self, *args: Any, brand: Brand, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unknown = ("", _("not known: leave such revenue out"))
        self.fields["revenue_currency"].choices = [*currency_choices(brand.currency), unknown]
