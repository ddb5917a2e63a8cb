"""Forms of importing: the upload, what a person decides about each file, the names of unknown columns."""

import zoneinfo
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.formats.generic import COLUMNS, PLATFORMS, REQUIRED
from analytics.forms.costs import DayInput
from analytics.models import ImportFile
from analytics.services.imports import Upload
from analytics.services.kinds import is_routed
from strategy.models import Channel
from strategy.platforms import PLATFORM_NAMES

NEW, AS_TOLD = "new", "told"
FIELD_NAMES: dict[str, Promise | str] = {
    "platform": _("platform"),
    "account": _("account"),
    "post_id": _("post's number or link"),
    "published_at": _("time of publishing"),
    "format": _("format"),
    "text": _("text"),
    "permalink": _("link"),
    "paid": _("paid"),
    "impressions": _("impressions"),
    "reach": _("reach"),
    "reactions": _("reactions"),
    "comments": _("comments"),
    "shares": _("shares"),
    "saves": _("saves"),
    "clicks": _("clicks"),
    "video_views": _("video views"),
}


def uploads_from(files: Sequence[UploadedFile], modified: Sequence[str]) -> list[Upload]:
    """The files with the browser's word on when each was last changed, where it gave one for each."""
    stamps = [_moment(text) for text in modified] if len(modified) == len(files) else [None] * len(files)
    return [Upload(content, stamp) for content, stamp in zip(files, stamps, strict=True)]


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment and moment.tzinfo else None


class FileForm(forms.Form):
    """What a person decides about one file; only what the file leaves open is asked."""

    take = forms.BooleanField(label=_("Import this file"), required=False, initial=True)
    channel = forms.ChoiceField(
        label=_("Channel"),
        required=False,
        error_messages={"required": _("Choose the channel whose posts these are.")},
    )
    handle = forms.CharField(
        label=_("Name of the new channel"),
        required=False,
        max_length=200,
        help_text=_("The account as the platform shows it, such as acme_official."),
    )
    accounts = forms.MultipleChoiceField(
        label=_("Accounts to import"), required=False, widget=forms.CheckboxSelectMultiple
    )
    time_zone = forms.ChoiceField(label=_("Time zone of the times in the file"), required=False)
    exported_on = forms.DateField(label=_("Day of the export"), required=False, widget=DayInput())

    def __init__(self, file: ImportFile, channels: Sequence[Channel], data: Any = None) -> None:
        super().__init__(data, prefix=f"file{file.pk}")
        self.file = file
        self.told = [row for row in file.preview.get("accounts", []) if row["account"]]
        self.platforms = {row["platform"] for row in file.preview.get("accounts", [])}
        self.channels = {str(channel.pk): channel for channel in channels if channel.platform in self.platforms}
        self._shape_accounts()
        self._shape_channel()
        self._shape_clock()
        # Nothing is asked of a file without a row that can be taken.
        self.is_hopeless = bool(not file.problem_code and file.preview and not file.preview.get("rows"))
        self.fields["exported_on"].initial = file.options.get("exported_on")

    def _shape_accounts(self) -> None:
        if len(self.told) < 2:
            del self.fields["accounts"]
            return
        names = [row["account"] for row in self.told]
        self.fields["accounts"].choices = [(name, self._account_label(name)) for name in names]
        self.fields["accounts"].initial = [
            name for name in names if name not in self.file.options.get("left_out", ())
        ]

    def _account_label(self, name: str) -> str:
        row = next(row for row in self.told if row["account"] == name)
        platform = PLATFORM_NAMES.get(row["platform"], row["platform"])
        if row["own"]:
            return _("%(account)s on %(platform)s") % {"account": name, "platform": platform}
        return _("%(account)s on %(platform)s: no figures, so probably not an account of yours") % {
            "account": name,
            "platform": platform,
        }

    def _shape_channel(self) -> None:
        if not is_routed(self.file.kind) or len(self.told) > 1:
            del self.fields["channel"], self.fields["handle"]
            return
        known = [(number, str(channel)) for number, channel in self.channels.items()]
        field = self.fields["channel"]
        field.required = True
        if self.told:
            del self.fields["handle"]
            field.choices = [
                (AS_TOLD, _("As the file says: %(name)s") % {"name": self.told[0]["account"]}),
                *known,
            ]
            field.initial = AS_TOLD
        else:
            field.choices = [*known, (NEW, _("A new channel"))]
            field.initial = known[0][0] if len(known) == 1 else NEW if not known else None
            field.help_text = _("The file does not tell whose posts these are.")
            if len(known) > 1:
                field.choices = [("", _("Choose a channel")), *field.choices]

    def _shape_clock(self) -> None:
        if not self.file.preview.get("asks_time_zone"):
            del self.fields["time_zone"]
            return
        field = self.fields["time_zone"]
        field.required = True
        field.choices = [(zone, zone) for zone in sorted(zoneinfo.available_timezones())]
        field.initial = self.file.options.get("time_zone") or self.file.brand.time_zone
        field.help_text = _("For times that state no zone. “Look again” shows the rows with another one.")

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not values.get("take"):
            self._errors.clear()  # what is not imported need not be told
            return values
        if "accounts" in self.fields and not values.get("accounts") and "accounts" not in self.errors:
            self.add_error("accounts", _("Choose at least one account, or do not import this file."))
        if "handle" in self.fields and "channel" not in self.errors:
            self._clean_owner(values)
        return values

    def _clean_owner(self, values: dict[str, Any]) -> None:
        if values.get("channel") == NEW and not values.get("handle", "").strip():
            self.add_error("handle", _("Name the new channel."))

    def options(self) -> dict[str, Any]:
        """The decisions as the file keeps them."""
        values = self.cleaned_data
        chosen: dict[str, Any] = {"channel": self._chosen(values)}
        if "accounts" in self.fields:
            names = (row["account"] for row in self.told)
            chosen["left_out"] = [name for name in names if name not in values["accounts"]]
        if values.get("time_zone"):
            chosen["time_zone"] = values["time_zone"]
        day = values.get("exported_on")
        chosen["exported_on"] = day.isoformat() if day else None
        return chosen

    def _chosen(self, values: dict[str, Any]) -> list[str] | None:
        choice = values.get("channel")
        if choice == NEW:
            platform = next(iter(self.platforms)) if len(self.platforms) == 1 else ""
            return [platform, values["handle"].strip()]
        channel = self.channels.get(choice or "")
        return [channel.platform, channel.handle] if channel else None


class ColumnsForm(forms.Form):
    """Which column of the file holds which field of the template."""

    def __init__(self, header: Sequence[str], data: Any = None, *, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, initial=initial)
        columns = [(name, name) for name in dict.fromkeys(header) if name.strip()]
        names = {name.casefold().replace(" ", "_"): name for name, _label in columns}
        platforms = [(slug, PLATFORM_NAMES.get(slug, slug)) for slug in PLATFORMS]
        self.fields["all_platform"] = forms.ChoiceField(
            label=_("All posts are on"), choices=[("", _("A column tells")), *platforms], required=False
        )
        for field in COLUMNS:
            self.fields[field] = forms.ChoiceField(
                label=FIELD_NAMES[field],
                choices=[("", _("Not in this file")), *columns],
                required=field in REQUIRED and field != "platform",
                initial=names.get(field, ""),
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not values.get("platform") and not values.get("all_platform"):
            self.add_error("all_platform", _("Choose the platform, or the column that tells it."))
        taken: dict[str, str] = {}
        for field in COLUMNS:
            column = values.get(field)
            if column and column in taken:
                other = FIELD_NAMES[taken[column]]
                self.add_error(field, _("This column is already taken for “%(field)s”.") % {"field": other})
            elif column:
                taken[column] = field
        return values

    def mapping(self) -> dict[str, str]:
        return {field: self.cleaned_data[field] for field in COLUMNS if self.cleaned_data.get(field)}
