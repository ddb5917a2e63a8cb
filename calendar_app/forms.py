"""The forms of an entry, of a new idea, of settings, of own days, of a link for a client."""

import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayInput, VersionedForm
from accounts.selectors import people_of
from calendar_app import media, observances
from calendar_app.models import CalendarSettings, Entry, Observance, SavedView, ShareLink, Slot
from calendar_app.services.pictures import stored
from calendar_app.share_scope import USUAL
from strategy.models import Channel

HELP = {
    "copy": _("The text as it is published."),
    "link": _("Without UTM values: those of the campaign are added."),
    "clock": _("On the brand’s clock. Left empty: any time of that day."),
    "day": _("Left empty: it waits in the backlog."),
    "asset": _("A picture, a short film or a PDF. Further ones of a carousel are added on the entry’s page."),
    "alt_text": _("What the picture shows, for those who do not see it."),
    "notes": _("For colleagues; never published."),
    "sells": _("Then a solemn day is told."),
}
REFUSED = {
    "unknown": _(
        "“%(name)s” is no picture, film or PDF that can be read, whatever its name says. "
        "Save it as JPEG, PNG, GIF, WebP, MP4, MOV, WebM or PDF."
    ),
    "broken": _("“%(name)s” is damaged: it cannot be opened. Save it again, or choose another file."),
    "too_many_pixels": _("“%(name)s” has more than 80 million pixels. Make it smaller."),
    "too_long": _(
        "“%(name)s” is longer than 20 minutes. Choose a shorter film, or put a link to it into the notes."
    ),
}
BOUNDS = {"quiet_from": 23, "quiet_to": 23, "per_day": 24, "gap_hours": 48, "explore": 50}
FIELDS = (
    *("title", "format", "campaign", "pillar", "audience", "day", "clock", "copy", "first_comment", "link"),
    *("asset", "alt_text", "sells", "reviewers", "needs_all", "notes"),
)


def is_upload(file: Any) -> bool:
    """Whether a file field brought a new file; else it holds the one that is stored, or none."""
    return hasattr(file, "content_type")


def decoded(file: UploadedFile) -> media.Medium:
    """What an upload really is; raises ValidationError with the remedy where it cannot be taken."""
    if file.size > settings.TIMONE_MAX_MEDIA_BYTES:
        raise ValidationError(
            _("“%(name)s” is larger than %(most)s MB. Make it smaller, or put a link to it into the notes."),
            params={"name": file.name, "most": settings.TIMONE_MAX_MEDIA_BYTES // 2**20},
        )
    try:
        return media.inspect(file)
    except media.NotMedia as error:
        raise ValidationError(REFUSED[error.code], params={"name": file.name}) from None


class EntryForm(VersionedForm):
    link = forms.URLField(label=_("link"), required=False, max_length=500, assume_scheme="https")

    class Meta:
        model = Entry
        fields = ["channel", *FIELDS]
        widgets = {
            "day": DayInput(),
            "clock": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "asset": forms.FileInput(),
            "reviewers": forms.CheckboxSelectMultiple(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, text in HELP.items():
            self.fields[name].help_text = text
        for name, rows in (("copy", 6), ("first_comment", 2), ("notes", 2)):
            self.fields[name].widget.attrs["rows"] = rows
        self.fields["reviewers"].queryset = people_of(self.brand)
        for name in ("campaign", "pillar", "audience"):
            kept = Q(archived_at=None) | Q(pk=getattr(self.instance, f"{name}_id"))
            self.fields[name].queryset = self.fields[name].queryset.filter(kept)
            self.fields[name].empty_label = _("none")
        if "channel" in self.fields:
            kept = Q(active=True) | Q(pk=self.instance.channel_id)
            self.fields["channel"].queryset = self.fields["channel"].queryset.filter(kept)

    def clean_asset(self) -> Any:
        file = self.cleaned_data.get("asset")
        if is_upload(file):
            self.medium = decoded(file)
        return file

    @property
    def values(self) -> dict[str, Any]:
        found = super().values
        found["reviewers"] = list(found["reviewers"])
        file = found.pop("asset", None)
        return found | stored(file, self.medium) if is_upload(file) else found


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Pictures and films, each decoded; gives pairs of the upload and what it is."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[tuple[UploadedFile, media.Medium]]:
        files = data if isinstance(data, list | tuple) else [data]
        return [(file, decoded(file)) for file in (super(ManyFilesField, self).clean(each) for each in files)]


class PicturesForm(forms.Form):
    """Further pictures of an entry."""

    pictures = ManyFilesField(label=_("further pictures or films"))


class NewEntryForm(EntryForm):
    """A new idea, for one channel or several."""

    channels = forms.ModelMultipleChoiceField(
        queryset=Channel.objects.none(), label=_("channels"), widget=forms.CheckboxSelectMultiple
    )
    status = forms.ChoiceField(label=_("status"), choices=[("idea", _("idea")), ("draft", _("draft"))])

    class Meta(EntryForm.Meta):
        fields = list(FIELDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channels"].queryset = Channel.objects.filter(active=True)
        self.fields["status"].initial = "draft"
        self.order_fields(["title", "channels", "status"])


class SettingsForm(VersionedForm):
    countries = forms.CharField(
        label=_("countries of the holidays"),
        required=False,
        help_text=_("Codes with spaces between them, with a region where it has days of its own: IT-MI NL."),
    )

    class Meta:
        model = CalendarSettings
        fields = ["countries", "quiet_from", "quiet_to", "weekends", "per_day", "gap_hours", "explore"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = self.initial.get("countries")
        if isinstance(countries, list):
            self.initial["countries"] = " ".join(countries)
        for name, low, high in (
            ("quiet_from", 0, 23),
            ("quiet_to", 0, 23),
            ("per_day", 1, 24),
            ("gap_hours", 0, 48),
        ):
            self.fields[name].min_value, self.fields[name].max_value = low, high
            self.fields[name].widget.attrs |= {"min": low, "max": high}
        self.fields["explore"].help_text = _(
            "Posts on hours of which little is known keep the advice learning. 0: none."
        )

    def clean_countries(self) -> list[str]:
        codes = self.cleaned_data["countries"].upper().replace(",", " ").split()
        for code in codes:
            if not observances.is_country(code):
                raise ValidationError(
                    _("“%(code)s” is no country or region with known holidays. Write a code such as IT or IT-MI."),
                    params={"code": code},
                )
        return list(dict.fromkeys(codes))

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        for name, high in (
            ("quiet_from", 23),
            ("quiet_to", 23),
            ("per_day", 24),
            ("gap_hours", 48),
            ("explore", 50),
        ):
            if found.get(name) is not None and found[name] > high:
                self.add_error(name, _("At most %(high)s.") % {"high": high})
        if found.get("per_day") == 0:
            self.add_error("per_day", _("At least one."))
        return found


class ObservanceForm(VersionedForm):
    class Meta:
        model = Observance
        fields = ["name", "day", "yearly", "tone"]
        widgets = {"day": DayInput()}


class SlotForm(VersionedForm):
    """A slot that is there; a new one is for several days at once."""

    class Meta:
        model = Slot
        fields = ["channel", "weekday", "clock", "format", "pillar", "note"]
        widgets = {"clock": forms.TimeInput(format="%H:%M", attrs={"type": "time"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_ones = Q(active=True) | Q(pk=self.instance.channel_id)
        self.fields["channel"].queryset = self.fields["channel"].queryset.filter(open_ones)
        kept = Q(archived_at=None) | Q(pk=self.instance.pillar_id)
        self.fields["pillar"].queryset = self.fields["pillar"].queryset.filter(kept)
        self.fields["pillar"].empty_label = _("any")
        self.fields["format"].choices = [("", _("any")), *Slot._meta.get_field("format").choices]
        self.fields["clock"].help_text = _("On the brand’s clock.")
        self.fields["format"].help_text = _("Told: only entries of this format are put here by “Next free slot”.")
        self.fields["note"].help_text = _("What it is for, such as “tip of the week”.")


class NewSlotForm(SlotForm):
    weekdays = forms.TypedMultipleChoiceField(
        label=_("days"), choices=WEEKDAYS.items(), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    class Meta(SlotForm.Meta):
        fields = ["channel", "clock", "format", "pillar", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["channel", "weekdays", "clock"])


class ViewForm(VersionedForm):
    class Meta:
        model = SavedView
        fields = ["name", "shared"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shared"].help_text = _("They see it and open it; only you change it.")


class NewViewForm(ViewForm):
    class Meta(ViewForm.Meta):
        fields = ["name", "shared", "kind", "query"]
        widgets = {"kind": forms.HiddenInput(), "query": forms.HiddenInput()}


class ShareLinkForm(VersionedForm):
    class Meta:
        model = ShareLink
        fields = [
            *("name", "until", "language", "time_zone", "campaign"),
            *("may_comment", "may_approve", "drafts"),
        ]
        widgets = {"until": DayInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("For you and your colleagues; the client does not see it.")
        self.fields["until"].help_text = _("The link works to the end of this day, at most a year from now.")
        if not self.instance.pk:
            known = [code for code in self.brand.languages if code in dict(settings.LANGUAGES)]
            self.initial |= {"until": timezone.localdate() + USUAL, "time_zone": self.brand.time_zone}
            self.initial["language"] = (known or ["en"])[0]
        self.fields["language"] = forms.ChoiceField(
            label=_("language"), choices=[(code, _(name)) for code, name in settings.LANGUAGES]
        )
        zones = [(zone, zone) for zone in sorted(zoneinfo.available_timezones())]
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("time zone"),
            choices=zones,
            help_text=_("Of the client: hours are told on his clock."),
        )
        kept = Q(archived_at=None) | Q(pk=self.instance.campaign_id)
        self.fields["campaign"].queryset = self.fields["campaign"].queryset.filter(kept)
        self.fields["campaign"].empty_label = _("the whole calendar")
        self.fields["campaign"].help_text = _("Of a campaign, only its entries are shown.")
        self.fields["may_approve"].help_text = _(
            "Where one approval is enough, the client’s is enough. Where all who are named must approve, his is"
            " noted beside theirs."
        )
        self.fields["drafts"].help_text = _(
            "Else the client sees what is in review, approved, scheduled or published. Notes are never shown."
        )


class HandInForm(forms.Form):
    """A file, or imported plans; and what neither may tell."""

    file = forms.FileField(required=False)
    order = forms.ChoiceField(
        label=_("Days written in numbers"),
        required=False,
        choices=[
            ("", _("as the file shows")),
            ("dmy", _("day first: 31/03/2026")),
            ("mdy", _("month first: 03/31/2026")),
        ],
    )
    channel = forms.ModelChoiceField(
        label=_("Lines without a channel are for"),
        queryset=Channel.objects.none(),
        required=False,
        empty_label=_("no channel: tell me"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].queryset = Channel.objects.filter(active=True)
