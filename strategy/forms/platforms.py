"""Forms for the decision on a platform, and for what its score weighs."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayInput, VersionedForm
from strategy import platform_words as words
from strategy.catalogue import FORMATS
from strategy.models import FitSettings, PlatformChoice
from strategy.platform_fit import DEFAULT_WEIGHTS, PARTS


class OnceForm(VersionedForm):
    """A form for a row of which there is one: who saw none yet must not overwrite another's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.fields["version"].initial = 0


class DecisionForm(OnceForm):
    class Meta:
        model = PlatformChoice
        fields = ["decision", "reason", "review_on"]
        widgets = {"review_on": DayInput(), "reason": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(value, capfirst(str(name))) for value, name in PlatformChoice.Decision.choices]
        self.fields["decision"].choices = [("", _("Choose")), *names]
        self.fields["reason"].help_text = _(
            "Why, in words that the client would understand. It stands in the strategy."
        )
        self.fields["review_on"].required = True
        self.fields["review_on"].label = _("Look at it again on")


class FitForm(OnceForm):
    """How the parts weigh, and what the team can produce in its hours."""

    class Meta:
        model = FitSettings
        fields = ["hours_per_week"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hours_per_week"].help_text = _(
            "All that the team can spend on making and publishing content, over all platforms."
        )
        self.fields["hours_per_week"].widget.attrs["step"] = "0.5"
        saved = DEFAULT_WEIGHTS | self.instance.weights
        for name in PARTS:
            self.fields[f"weight_{name}"] = forms.IntegerField(
                label=words.PARTS[name],
                help_text=words.ASKS[name],
                min_value=0,
                max_value=100,
                initial=round(saved[name] * 100),
            )
        for name in FORMATS:
            told = self.instance.formats.get(name, {})
            self.fields[f"can_{name}"] = forms.BooleanField(
                label=words.FORMATS[name], required=False, initial=told.get("can", False)
            )
            self.fields[f"hours_{name}"] = forms.DecimalField(
                label=_("Hours for a piece: %(format)s") % {"format": words.FORMATS[name]},
                required=False,
                min_value=0,
                max_digits=5,
                decimal_places=2,
                initial=told.get("hours"),
            )
            self.fields[f"hours_{name}"].widget.attrs["step"] = "0.25"

    @property
    def weight_fields(self) -> list[forms.BoundField]:
        return [self[f"weight_{name}"] for name in PARTS]

    @property
    def format_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"can_{name}"], self[f"hours_{name}"]) for name in FORMATS]

    @property
    def values(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            "hours_per_week": told["hours_per_week"],
            "weights": {name: told[f"weight_{name}"] for name in PARTS},
            "formats": {name: {"can": told[f"can_{name}"], "hours": told[f"hours_{name}"]} for name in FORMATS},
        }
