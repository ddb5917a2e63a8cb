"""Forms of an audience and of the evidence for it."""

from typing import Any

from django import forms
from django.db.models import TextField
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayInput, VersionedForm
from strategy import audience_words as words
from strategy.forms.lists import CodesField, HoursField, WordsField
from strategy.models import Audience, Evidence

HELP = {
    "name": _("Such as: Giulia, the barista at home."),
    "segment": _("What tells them from others, in a few words."),
    "places": _("Cities, regions, kinds of place. Not an address."),
    "gender": _("Only if it changes what you do."),
    "job": _("One sentence: when …, I want to …, so that …"),
    "tried": _("What they used before you, and where it let them down."),
    "beliefs": _("What they must hold true before they choose you."),
    "objections": _("What they say when they say no, in their words."),
    "triggers": _("What happens just before they start looking."),
    "trusted": _("People, magazines, groups, creators, shops whose word counts."),
    "habits": _("Where they scroll, how long, with sound or without, on what device."),
    "wanted": _("Topics and formats they would thank you for."),
    "words": _("Quotes and terms they use themselves, one a line."),
    "accessibility": _("Captions, contrast, plain language, alternative texts: what they need."),
    "avoid": _("Words, jokes, claims that lose them."),
}


class AudienceForm(VersionedForm):
    countries = CodesField(
        label=_("countries"),
        codes=words.country_codes,
        name_of=words.country_name,
        required=False,
        help_text=_("With commas between them. Platform figures are looked up by country."),
    )
    languages = CodesField(
        label=_("languages"), codes=words.language_codes, name_of=words.language_name, required=False
    )
    interests = WordsField(label=_("interests"), required=False, help_text=_("With commas between them."))
    online_hours = HoursField(label=_("hours online, as text"), required=False)

    class Meta:
        model = Audience
        fields = [name for _slug, _title, _about, names in words.SECTIONS for name in names]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, text in HELP.items():
            self.fields[name].help_text = text
        for field in Audience._meta.concrete_fields:
            if isinstance(field, TextField):
                self.fields[field.name].widget.attrs["rows"] = 3
        self.fields["gender"].choices = [
            ("", _("does not matter")),
            *[(value, name) for value, name in Audience.Gender.choices if value != Audience.Gender.ANY],
        ]
        self.fields["online_hours"].help_text = _("Such as: %(example)s") % {"example": words.hours_example()}


class EvidenceForm(VersionedForm):
    class Meta:
        model = Evidence
        fields = ["claim", "kind", "detail", "people", "day"]
        widgets = {"day": DayInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        claims = [(slug, capfirst(str(name))) for slug, name in words.CLAIM_NAMES.items()]
        self.fields["claim"] = forms.ChoiceField(label=_("What it supports"), choices=claims)
        self.fields["kind"].label = _("Kind of evidence")
        self.fields["kind"].choices = [(value, capfirst(str(name))) for value, name in Evidence.Kind.choices]
        self.fields["detail"].help_text = _(
            "Which survey, export, report, or whom you talked with. No names of people."
        )
        self.fields["people"].help_text = _("How many people were asked or counted.")
        self.fields["day"].help_text = _("When it was gathered. After twelve months it counts as old.")
