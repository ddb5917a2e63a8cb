"""Bases of the forms."""

import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiToken, Brand, User
from accounts.tokens import MOST_DAYS, USUAL_DAYS


class BrandForm(forms.ModelForm):
    """A form on a brand-owned row: its choices are asked for again in the request's scope."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = field.queryset.model._default_manager.all()


class DayInput(forms.DateInput):
    """The browser's own date field, which wants ISO dates whatever the language."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class VersionedForm(BrandForm):
    """Carries the version that the person saw, so that a change made meanwhile is not overwritten.

    It only parses: the service fills and checks the row (`accounts.rows`), so that a refused edit leaves it alone.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, brand: Brand, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.brand = brand
        self.fields["version"].initial = self.instance.version or 1

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def _post_clean(self) -> None:
        """Left to the service."""


class SettingsForm(forms.ModelForm):
    """A person's own name, language and time zone, and what he gets by e-mail."""

    class Meta:
        model = User
        fields = ["name", "language", "time_zone", "wants_mail", "digest_hour"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"), choices=[(code, _(name)) for code, name in settings.LANGUAGES]
        )
        zones = [("", _("The brand's time zone"))] + [(z, z) for z in sorted(zoneinfo.available_timezones())]
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"),
            choices=zones,
            required=False,
            help_text=_("For dates that belong to no brand. A brand's pages keep the brand's time zone."),
        )
        self.fields["wants_mail"].help_text = _("Hand-overs, reminders and what waits for you.")
        hours = [("", _("no such e-mail"))] + [(hour, f"{hour:02}:00") for hour in range(24)]
        self.fields["digest_hour"] = forms.TypedChoiceField(
            label=self.fields["digest_hour"].label,
            choices=hours,
            required=False,
            coerce=int,
            empty_value=None,
            help_text=_("At this hour on your clock, on days on which something is to be done."),
        )


class TokenForm(forms.Form):
    """A new token of the API."""

    name = forms.CharField(
        label=_("What it is for"), max_length=80, help_text=_("Such as: the newsletter tool, my script.")
    )
    scope = forms.ChoiceField(label=_("It may"), choices=ApiToken.Scope.choices)
    days = forms.IntegerField(
        label=_("Days until it expires"), min_value=1, max_value=MOST_DAYS, initial=USUAL_DAYS
    )
