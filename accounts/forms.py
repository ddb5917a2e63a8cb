"""Bases of the forms."""

import zoneinfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class BrandForm(forms.ModelForm):
    """A form on a brand-owned row: its choices are asked for again in the request's scope."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = field.queryset.model._default_manager.all()


class SettingsForm(forms.ModelForm):
    """A person's own name, language and time zone."""

    class Meta:
        model = User
        fields = ["name", "language", "time_zone"]

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
