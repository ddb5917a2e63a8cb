"""Forms for the brand's accounts on the platforms."""

import zoneinfo
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import VersionedForm
from accounts.models import Brand
from accounts.selectors import people_of
from strategy.models import Audience, Channel
from strategy.platforms import PLATFORM_CHOICES

# What is no account that posts: an ads manager and a statistics service.
NO_ACCOUNTS = frozenset({"meta", "ga4"})


class HttpsField(forms.URLField):
    """An address typed without its scheme is one of https."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)


class ChannelForm(VersionedForm):
    """An account that is there already keeps its platform: its posts belong to it."""

    class Meta:
        model = Channel
        fields = ["handle", "name", "link", "mission", "owner", "audiences", "time_zone"]
        widgets = {"audiences": forms.CheckboxSelectMultiple}
        field_classes = {"link": HttpsField}

    def __init__(self, *args: Any, brand: Brand, **kwargs: Any) -> None:
        super().__init__(*args, brand=brand, **kwargs)
        self.fields["handle"].label = _("Account")
        self.fields["handle"].help_text = _("As it stands on the platform, without the @.")
        self.fields["name"].label = _("Shown name")
        self.fields["owner"].queryset = people_of(brand)
        self.fields["owner"].empty_label = _("Nobody yet")
        audiences = Audience.objects.filter(archived_at__isnull=True)
        if self.instance.pk:
            audiences = audiences | Audience.objects.filter(channels=self.instance)
        self.fields["audiences"].queryset = audiences.distinct()
        self.fields["audiences"].help_text = _("Left empty, it serves all of them.")
        zones = [(zone, zone) for zone in sorted(zoneinfo.available_timezones())]
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone of its audience"),
            choices=[("", _("That of the brand: %(zone)s") % {"zone": brand.time_zone}), *zones],
            required=False,
            help_text=_("In this zone its best times are told. Another one has them computed anew."),
        )


class NewChannelForm(ChannelForm):
    class Meta(ChannelForm.Meta):
        fields = ["platform", *ChannelForm.Meta.fields]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [choice for choice in PLATFORM_CHOICES if choice[0] not in NO_ACCOUNTS]
        self.fields["platform"].choices = [("", _("Choose")), *known]
