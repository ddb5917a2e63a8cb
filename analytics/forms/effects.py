"""The form that asks what worked."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayInput
from analytics.models import EffectsReport
from analytics.services.effects import span

PERIODS = (
    ("days", _("the latest 90 days")),
    ("quarter", _("the last whole quarter")),
    ("year", _("the latest twelve months")),
    ("own", _("days of your own")),
)


class EffectsForm(forms.Form):
    """A period and a figure; the days are read only where the period is one's own."""

    metric = forms.ChoiceField(
        label=_("Figure"),
        choices=EffectsReport.Metric.choices,
        help_text=_("What posts are compared by. Posts whose export does not tell it are left out."),
    )
    period = forms.ChoiceField(label=_("Period"), choices=PERIODS, initial="days")
    start = forms.DateField(
        label=_("First day"), widget=DayInput(), required=False, help_text=_("For days of your own.")
    )
    end = forms.DateField(
        label=_("Last day"), widget=DayInput(), required=False, help_text=_("For days of your own.")
    )

    def __init__(self, *args: Any, last: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last = last

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        if asked.get("period") == "own":
            for name in ("start", "end"):
                if name not in self.errors and not asked.get(name):
                    self.add_error(name, _("Give the day, or choose another period."))
        elif asked.get("period"):
            asked["start"], asked["end"] = span(asked["period"], self.last)
        return asked

    @property
    def wanted(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("start", "end", "metric")}
