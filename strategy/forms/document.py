"""Forms of the strategy's own texts, of a proposal and of an agreement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayInput, VersionedForm
from strategy.models import Strategy


class StrategyForm(VersionedForm):
    class Meta:
        model = Strategy
        fields = ["situation", "positioning", "constraints", "start", "end"]
        widgets = {"start": DayInput(), "end": DayInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        helps = {
            "situation": _("What works, what does not, what competitors do; with figures where there are any."),
            "positioning": _("For whom, against what, why you: three or four sentences."),
            "constraints": _("Budget, people, law, topics that are off limits."),
            "start": _("The period this strategy is for."),
        }
        for name, text in helps.items():
            self.fields[name].help_text = text
        for name, rows in (("situation", 8), ("positioning", 5), ("constraints", 4)):
            self.fields[name].widget.attrs["rows"] = rows


class AgreeForm(forms.Form):
    agreed_with = forms.CharField(
        label=_("Agreed with"), max_length=200, help_text=_("The client, the management.")
    )
    day = forms.DateField(label=_("Day of the agreement"), widget=DayInput())
