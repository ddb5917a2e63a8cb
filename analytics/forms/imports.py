"""Forms of importing: the upload, what a person decides about each file, the names of unknown columns."""

import zoneinfo
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.formats.asking import CURRENCY
from analytics.formats.series import places
from analytics.forms.costs import DayInput, currency_choices
from analytics.import_pages import LANGUAGES, TITLES
from analytics.import_readings import CHOICE_NAMES
from analytics.models import ImportFile
from analytics.services.imports import Upload
from analytics.services.kinds import is_routed
from strategy.models import Channel
from strategy.platforms import PLATFORM_NAMES

NEW, AS_TOLD = "new", "told"


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
    format = forms.ChoiceField(label=_("Read as"), required=False)
    language = forms.ChoiceField(label=_("Language of the file"), required=False)
    date_order = forms.ChoiceField(label=_("Order of day and month"), required=False)
    decimal_sign = forms.ChoiceField(label=_("Numbers with decimals"), required=False)
    currency = forms.ChoiceField(label=_("Currency of the amounts"), required=False)

    def __init__(
        self, file: ImportFile, channels: Sequence[Channel], data: Any = None, *, looking: bool = False
    ) -> None:
        """With `looking` nothing must be decided yet: the person only wants to see the rows anew."""
        super().__init__(data, prefix=f"file{file.pk}")
        self.file, self.looking = file, looking
        self.told = [row for row in file.preview.get("accounts", []) if row["account"]]
        told = {row["platform"] for row in file.preview.get("accounts", [])}
        self.platforms = {place for platform in told for place in places(platform)}
        self.channels = {str(channel.pk): channel for channel in channels if channel.platform in self.platforms}
        self._shape_accounts()
        self._shape_channel()
        self._shape_clock()
        self._shape_readings()
        self.asked = {field_of(question["key"]): question for question in file.preview.get("questions", [])}
        for name, question in self.asked.items():
            self.fields[name] = self._question_field(question)
        if looking:
            for field in self.fields.values():
                field.required = False
        self.fields["take"].initial = file.options.get("take", True)
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
        chosen = self._chosen_before()
        if self.told:
            del self.fields["handle"]
            field.choices = [
                (AS_TOLD, _("As the file says: %(name)s") % {"name": self.told[0]["account"]}),
                *known,
            ]
            field.initial = chosen or AS_TOLD
        else:
            new = self._new_channels()
            field.choices = [*known, *new]
            is_open = len(known) + len(new) > 2 or len(known) > 1
            field.initial = chosen or (None if is_open else field.choices[0][0])
            if chosen.partition(":")[0] == NEW:
                self.fields["handle"].initial = self.file.options["channel"][1]
            field.help_text = _("The file does not tell whose posts these are.")
            if is_open:
                field.choices = [("", _("Choose a channel")), *field.choices]

    def _chosen_before(self) -> str:
        """What was chosen when the rows were last looked at."""
        if not (before := self.file.options.get("channel")):
            return ""
        same = (
            number for number, channel in self.channels.items() if [channel.platform, channel.handle] == before
        )
        return next(same, "" if self.told else NEW if len(self.platforms) < 2 else f"{NEW}:{before[0]}")

    def _new_channels(self) -> list[tuple[str, Any]]:
        """To add one; on which platform is asked where the file does not tell even that."""
        if len(self.platforms) < 2:
            return [(NEW, _("A new channel"))]
        return [
            (f"{NEW}:{platform}", _("A new channel on %(platform)s") % {"platform": PLATFORM_NAMES[platform]})
            for platform in sorted(self.platforms)
        ]

    def _shape_clock(self) -> None:
        preview, field = self.file.preview, self.fields["time_zone"]
        fixed = preview.get("time_zone") if not preview.get("asks_time_zone") else ""
        if not preview.get("asks_time_zone") and fixed not in ("America/Los_Angeles",):
            del self.fields["time_zone"]
            return
        field.required = not fixed
        field.choices = [(zone, zone) for zone in sorted(zoneinfo.available_timezones())]
        field.initial = fixed or self.file.options.get("time_zone") or self.file.brand.time_zone
        if not fixed:
            field.help_text = _("For times that state no zone.")

    def _shape_readings(self) -> None:
        """What the file tells and a person may overrule."""
        preview, answers = self.file.preview, self.file.options.get("answers", {})
        formats = [slug for slug in preview.get("formats", []) if slug in TITLES and slug != "generic"]
        if self.file.options.get("mapping") or "generic" in preview.get("formats", []):
            formats.append("generic")
        shown = {
            "format": [(slug, TITLES[slug]) for slug in formats] if len(formats) > 1 else [],
            "language": list(LANGUAGES.items()) if preview.get("rows") else [],
            **{code: self._overruled(code) for code in CHOICE_NAMES},
            "currency": self._currencies(),
        }
        for name, choices in shown.items():
            if not choices:
                del self.fields[name]
                continue
            self.fields[name].choices = choices
        initial = {
            "format": self.file.format,
            "language": self.file.language,
            "currency": self.file.brand.currency,
        }
        for name in shown.keys() & self.fields.keys():
            self.fields[name].initial = answers.get(name) or initial.get(name, "")

    def _overruled(self, code: str) -> list[tuple[str, Promise | str]]:
        """The choices for a file whose own values tell; a file that leaves it open is asked by column."""
        preview = self.file.preview
        asked = any(question["code"] == code for question in preview.get("questions", []))
        if asked or not (code in preview.get("decided", []) or code in self.file.options.get("answers", {})):
            return []
        return [("", _("As its values tell")), *CHOICE_NAMES[code].items()]

    def _currencies(self) -> list[tuple[str, str]]:
        """Asked of visits, whose file tells none; of an ads export it is a question of its own."""
        told = {code for code, _facts in self.file.preview.get("warnings", [])}
        return currency_choices(self.file.brand.currency) if "currency_not_told" in told else []

    def _question_field(self, question: dict[str, Any]) -> forms.Field:
        if question["code"] == CURRENCY:
            initial = question["answer"] or self.file.brand.currency
            choices = currency_choices(self.file.brand.currency)
            return forms.ChoiceField(label=_("Currency of the amounts"), choices=choices, initial=initial)
        names = CHOICE_NAMES[question["code"]]
        return forms.ChoiceField(
            choices=[(choice, names[choice]) for choice in question["choices"]],
            widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
            initial=question["answer"] or question["usual"] or None,
            error_messages={"required": _("Choose the reading that is right.")},
        )

    @property
    def overrules(self) -> list[forms.BoundField]:
        """The fields of readings that the file itself tells."""
        names = ["format", "language", *CHOICE_NAMES]
        if self.file.preview.get("time_zone") and not self.file.preview.get("asks_time_zone"):
            names.append("time_zone")
        return [self[name] for name in names if name in self.fields]

    @property
    def overruled(self) -> bool:
        """Whether a person has overruled what the file tells."""
        told = {question["key"] for question in self.asked.values()} | {"currency"}
        chosen = self.file.options.get("format")
        return bool(self.file.options.get("answers", {}).keys() - told) or chosen not in (None, *self._likeliest())

    def _likeliest(self) -> list[str]:
        return self.file.preview.get("formats", [])[:1]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if self.looking or not values.get("take"):
            self._errors.clear()  # what is not imported yet need not be told
            return values
        if "accounts" in self.fields and not values.get("accounts") and "accounts" not in self.errors:
            self.add_error("accounts", _("Choose at least one account, or do not import this file."))
        if "handle" in self.fields and "channel" not in self.errors:
            self._clean_owner(values)
        return values

    def _clean_owner(self, values: dict[str, Any]) -> None:
        if values.get("channel", "").partition(":")[0] == NEW and not values.get("handle", "").strip():
            self.add_error("handle", _("Name the new channel."))

    def options(self) -> dict[str, Any]:
        """The decisions as the file keeps them."""
        values = self.cleaned_data
        chosen: dict[str, Any] = {"channel": self._chosen(values), "take": bool(values.get("take"))}
        if "accounts" in self.fields:
            names = (row["account"] for row in self.told)
            chosen["left_out"] = [name for name in names if name not in values.get("accounts", ())]
        if values.get("time_zone") and self.file.preview.get("asks_time_zone"):
            chosen["time_zone"] = values["time_zone"]
        day = values.get("exported_on")
        chosen["exported_on"] = day.isoformat() if day else None
        if values.get("format"):
            chosen["format"] = values["format"]
            if values["format"] != "generic":
                chosen["mapping"] = None
        return chosen | {"answers": self._answers(values)}

    def _answers(self, values: dict[str, Any]) -> dict[str, str]:
        """By the reader's keys: what was asked, and what was overruled."""
        given = {question["key"]: values.get(name) for name, question in self.asked.items()}
        given |= {code: values.get(code) for code in (*CHOICE_NAMES, "currency")}
        known = self.file.options.get("answers", {})
        if values.get("language") and (values["language"] != self.file.language or "language" in known):
            given["language"] = values["language"]
        zone = values.get("time_zone")
        if zone and not self.file.preview.get("asks_time_zone") and zone != self.file.preview.get("time_zone"):
            given["time_zone"] = zone
        elif "time_zone" in known:
            given["time_zone"] = zone or known["time_zone"]
        return {key: choice for key, choice in given.items() if choice}

    def _chosen(self, values: dict[str, Any]) -> list[str] | None:
        choice = values.get("channel")
        new, _colon, platform = (choice or "").partition(":")
        if new == NEW:
            platform = platform or (next(iter(self.platforms)) if len(self.platforms) == 1 else "")
            handle = values.get("handle", "").strip()
            return [platform, handle] if handle else None
        channel = self.channels.get(choice or "")
        return [channel.platform, channel.handle] if channel else None


def field_of(key: str) -> str:
    """The name of a question's field: its key holds a column's name, in whatever letters."""
    return f"ask-{blake2b(key.encode(), digest_size=6).hexdigest()}"
