"""The form on which a person says which column of a table holds what."""

import zoneinfo
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.forms import VersionedForm
from accounts.models import Brand
from analytics.formats.asking import DATE_ORDER, DECIMAL_SIGN
from analytics.formats.generic import COLUMNS, PLATFORMS
from analytics.formats.tables import normal
from analytics.import_readings import CHOICE_NAMES
from analytics.models import ColumnMapping
from analytics.services.mappings import Naming
from strategy.platforms import PLATFORM_NAMES

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
REQUIRED = ("post_id", "published_at")
# A post may be known by its link, so that one column holds both.
SHARED = frozenset({"post_id", "permalink"})
READINGS = {
    DATE_ORDER: (_("Order of day and month"), _("As the values tell")),
    DECIMAL_SIGN: (_("Numbers with decimals"), _("As the values tell")),
}


class ColumnChoices:
    """Fields for each column of the template, for what is the same in all rows, and for how cells are read."""

    def add_fields(self, header: Sequence[str], brand: Brand) -> None:
        fields = self.fields  # type: ignore[attr-defined]
        columns = [(name, name) for name in dict.fromkeys(header) if name.strip()]
        for field in COLUMNS:
            fields[field] = forms.ChoiceField(
                label=FIELD_NAMES[field],
                choices=[("", _("Not in this file")), *columns],
                required=field in REQUIRED,
                error_messages={"required": _("Choose the column that holds it: no post can be told without it.")},
            )
        platforms = [(slug, PLATFORM_NAMES.get(slug, slug)) for slug in PLATFORMS]
        fields["all_platform"] = forms.ChoiceField(
            label=_("All posts are on"), choices=[("", _("A column tells")), *platforms], required=False
        )
        fields["all_account"] = forms.CharField(
            label=_("All posts are of the account"),
            required=False,
            max_length=200,
            help_text=_("Left empty where a column tells it, or to be asked for each file."),
        )
        zones = [(zone, zone) for zone in sorted(zoneinfo.available_timezones())]
        fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone of the times"), choices=zones, initial=brand.time_zone
        )
        for code, (label, empty) in READINGS.items():
            choices = [("", empty), *CHOICE_NAMES[code].items()]
            fields[code] = forms.ChoiceField(label=label, choices=choices, required=False)

    def check_columns(self, values: dict[str, Any]) -> None:
        if not values.get("platform") and not values.get("all_platform"):
            self.add_error("all_platform", _("Choose the platform, or the column that tells it."))  # type: ignore[attr-defined]
        taken: dict[str, str] = {}
        for field in COLUMNS:
            column = values.get(field)
            if column and column in taken and {field, taken[column]} != SHARED:
                other = FIELD_NAMES[taken[column]]
                words = _("This column is already taken for “%(field)s”.") % {"field": other}
                self.add_error(field, words)  # type: ignore[attr-defined]
            elif column:
                taken[column] = field


class ColumnsForm(ColumnChoices, forms.Form):
    """For a file at hand: what each column holds, tried on its rows."""

    def __init__(
        self, header: Sequence[str], brand: Brand, data: Any = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.add_fields(header, brand)
        self.fields["name"] = forms.CharField(
            label=_("Name of this kind of file"),
            max_length=120,
            required=False,
            help_text=_("Files with the same columns are recognised by it next time."),
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        self.check_columns(values)
        return values

    def naming(self) -> Naming:
        """What was said so far, also where something is still wanting."""
        values = self.cleaned_data
        return Naming(
            mapping=mapping_of(values),
            platform=values.get("all_platform", ""),
            account=values.get("all_account", "").strip(),
            time_zone=values.get("time_zone", ""),
            answers={code: values[code] for code in READINGS if values.get(code)},
            name=values.get("name", "").strip(),
        )


class MappingForm(ColumnChoices, VersionedForm):
    """For a saved mapping: its name and what it says."""

    class Meta:
        model = ColumnMapping
        fields = ["name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.add_fields(self.instance.columns, self.brand)
        for name, value in initial_of(self.instance).items():
            if name in self.fields:
                self.fields[name].initial = value

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        self.check_columns(values)
        return values

    @property
    def values(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            "name": told["name"].strip(),
            "mapping": mapping_of(told),
            "platform": told["all_platform"],
            "account": told["all_account"].strip(),
            "time_zone": told["time_zone"],
            "answers": {
                **{key: choice for key, choice in self.instance.answers.items() if key not in READINGS},
                **{code: told[code] for code in READINGS if told[code]},
            },
        }


def mapping_of(values: dict[str, Any]) -> dict[str, str]:
    return {field: values[field] for field in COLUMNS if values.get(field)}


def initial_of(known: ColumnMapping) -> dict[str, Any]:
    """The fields of a form as a saved mapping fills them."""
    told = {"all_platform": known.platform, "all_account": known.account, "name": known.name}
    if known.time_zone:
        told["time_zone"] = known.time_zone
    return {**known.mapping, **told, **{code: known.answers.get(code, "") for code in READINGS}}


def initial_from_options(options: dict[str, Any]) -> dict[str, Any]:
    """The fields of a form as a file is read now."""
    told = {"all_platform": options.get("platform", ""), "all_account": (options.get("channel") or ["", ""])[1]}
    if options.get("time_zone"):
        told["time_zone"] = options["time_zone"]
    answers = options.get("answers", {})
    return {**options.get("mapping", {}), **told, **{code: answers.get(code, "") for code in READINGS}}


def titles_in(header: Sequence[str], mapping: dict[str, str]) -> dict[str, str]:
    """A mapping with the columns as this header spells them."""
    spelled = {normal(title): title for title in reversed(header)}
    return {field: spelled.get(normal(title), title) for field, title in mapping.items()}
