"""The forms of a plan and its parts."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayInput, VersionedForm
from accounts.selectors import people_of
from crisis.models import Contact, CrisisPlan, Drill, HoldingStatement, Scenario, SeverityLevel
from strategy.forms.campaigns import LinesField
from strategy.forms.tasks import AnswersField

ONE_A_LINE = _("One a line.")


def lines(label: Any, help_text: Any = ONE_A_LINE) -> LinesField:
    return LinesField(label=label, help_text=help_text)


class BeginForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class RulesForm(VersionedForm):
    do = lines(_("do"))
    avoid = lines(_("do not"))
    steps = AnswersField(
        label=_("decision steps"),
        help_text=_("Asked one after the other, one a line: the question, a bar |, what to do if it is so."),
    )

    class Meta:
        model = CrisisPlan
        fields = ["do", "avoid", "steps", "otherwise"]


class ChecklistsForm(VersionedForm):
    first_hour = lines(_("first hour"))
    first_day = lines(_("first day"))
    first_week = lines(_("first week"))

    class Meta:
        model = CrisisPlan
        fields = ["first_hour", "first_day", "first_week", "aftercare"]


class AroundForm(VersionedForm):
    pauses = lines(
        _("to switch off by hand"), _("What Timone cannot stop, one a line, with who does it and where.")
    )
    stakeholders = lines(_("who is to be told"), _("One a line, with who tells them and how."))
    words = lines(
        _("words to watch"),
        _("One a line: brand, products, people, frequent misspellings, words of the scenarios."),
    )

    class Meta:
        model = CrisisPlan
        fields = ["pauses", "stakeholders", "words", "legal", "review_every_days"]


class LevelForm(VersionedForm):
    signs = lines(_("signs"))

    class Meta:
        model = SeverityLevel
        fields = ["signs", "may_reply", "approver", "deputy_after", "first_text", "update_every"]


class ScenarioForm(VersionedForm):
    signs = lines(_("signs"))
    facts = lines(_("facts to check"))
    actions = lines(_("first actions"))

    class Meta:
        model = Scenario
        fields = ["title", "cluster", "level", "signs", "facts", "actions"]


class ContactForm(VersionedForm):
    class Meta:
        model = Contact
        fields = ["slot", "order", "user", "name", "phone", "email", "hours", "at_night", "checked_on"]
        widgets = {"checked_on": DayInput(), "phone": forms.TextInput(attrs={"type": "tel"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people_of(self.brand)
        self.fields["user"].empty_label = _("nobody of ours")
        self.fields["order"].help_text = _("1 is called first, 2 is the deputy.")


class StatementForm(VersionedForm):
    class Meta:
        model = HoldingStatement
        fields = ["scenario", "platform", "language", "text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scenario"].empty_label = _("any scenario")
        self.fields["text"].help_text = _("What is to be filled in stands in square brackets: [what], [time].")


class DrillForm(VersionedForm):
    class Meta:
        model = Drill
        fields = [
            *("day", "scenario", "minutes_to_plan", "minutes_to_lead", "minutes_to_text", "result", "showed"),
        ]
        widgets = {"day": DayInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scenario"].empty_label = _("another one")
