"""The forms of a task, of what became of it, and of a hand-over."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayInput, VersionedForm
from accounts.models import Brand, User
from accounts.selectors import community_managers, people_of
from strategy.forms.campaigns import LinesField
from strategy.models import HandOverSettings, Task, TaskSeries, TaskTemplate

MOST_BYTES = 25 * 1024 * 1024
# How the files that a task may carry begin: JPEG, PNG, GIF, WebP, PDF, MP4 and QuickTime.
STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"%PDF-")


def checked_asset(file: Any) -> Any:
    """The uploaded file, told by its content; raises ValidationError for what is too large or no picture."""
    if not file or not hasattr(file, "content_type"):
        return file
    if file.size > MOST_BYTES:
        raise ValidationError(_("The file is larger than 25 MB. Make it smaller."))
    start = file.read(16)
    file.seek(0)
    is_known = start.startswith(STARTS) or start[8:12] == b"WEBP" or start[4:8] == b"ftyp"
    if not is_known:
        raise ValidationError(_("This is not a picture, a film or a PDF, whatever its name says. Choose another."))
    return file


class AnswersField(LinesField):
    """Ready answers, one a line, the question before the bar."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            value = [f"{each['question']} | {each['answer']}" for each in value]
        return super().prepare_value(value)

    def run_validators(self, value: Any) -> None:
        """Each line is checked as it is read."""

    def clean(self, value: Any) -> list[dict[str, str]]:
        found = []
        for line in self.to_python(value):
            question, bar, answer = line.partition("|")
            if not (bar and question.strip() and answer.strip()):
                raise ValidationError(
                    _("“%(line)s” lacks a question or an answer. Write the question, a bar |, the answer."),
                    params={"line": line},
                )
            found.append({"question": question.strip(), "answer": answer.strip()})
        return found


class TaskForm(VersionedForm):
    answers = AnswersField(label=_("ready answers"), help_text=_("One a line: the question, a bar |, the answer."))
    link = forms.URLField(label=_("link"), required=False, max_length=500, assume_scheme="https")
    checklist = LinesField(label=_("checklist"), help_text=_("One point a line."))

    class Meta:
        model = Task
        fields = [
            *("kind", "title", "day", "clock", "channel", "assignee", "priority", "details", "copy", "link"),
            *("asset", "alt_text", "guidelines", "escalation", "answers", "checklist"),
        ]
        widgets = {
            "day": DayInput(),
            "clock": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "asset": forms.FileInput(),
        }

    def __init__(self, *args: Any, campaign: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campaign = campaign or self.instance.campaign
        self.fields["channel"].queryset = self.campaign.channels.all()
        self.fields["channel"].empty_label = _("none")
        self.fields["assignee"].queryset = people_of(self.brand)
        self.fields["assignee"].empty_label = _("whoever is on duty")
        helps = {
            "clock": _("On the brand’s clock. Left empty: any time of that day."),
            "copy": _("The text as it is published."),
            "link": _("Without UTM values: they are added when the task is handed over."),
            "asset": _("A picture, a short film or a PDF, up to 25 MB."),
            "guidelines": _("How to answer, and what not to answer."),
            "escalation": _("Such as: ask Giulia before you answer anything about allergies."),
        }
        for name, text in helps.items():
            self.fields[name].help_text = text
        for name in ("details", "copy", "guidelines"):
            self.fields[name].widget.attrs["rows"] = 3
        self._add_series()

    def _add_series(self) -> None:
        """A new task may come again; a change to one of a series may concern the later ones."""
        if self.instance.pk is None:
            repeats = [("", _("once")), *TaskSeries.Every.choices]
            self.fields["repeat"] = forms.ChoiceField(label=_("how often"), choices=repeats, required=False)
            self.fields["until"] = forms.DateField(
                label=_("last day"), required=False, widget=DayInput(), help_text=_("Of a task that comes again.")
            )
            self.initial.setdefault("until", self.campaign.end)
            self.order_fields(["kind", "title", "day", "clock", "repeat", "until"])
        elif self.instance.series_id:
            reaches = [("this", _("this one only")), ("following", _("this one and the later ones to do"))]
            self.fields["reach"] = forms.ChoiceField(label=_("what changes"), choices=reaches)
            self.order_fields(["reach"])

    def clean_asset(self) -> Any:
        return checked_asset(self.cleaned_data.get("asset"))

    @property
    def values(self) -> dict[str, Any]:
        found = super().values
        if hasattr(found.get("asset"), "content_type"):
            found["asset_name"] = found["asset"].name[:200]
        elif "asset" in found and not found["asset"]:
            found.pop("asset")
        return found


class SettleForm(forms.Form):
    """What became of a task."""

    state = forms.ChoiceField(choices=Task.State.choices)
    proof = forms.URLField(required=False, max_length=500, assume_scheme="https")
    outcome = forms.CharField(required=False, max_length=300)


class HandOverForm(forms.Form):
    """Who gets it, and what changed."""

    to = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(), label=_("To"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("What changed and why"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, brand: Brand, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = community_managers(brand)


class HandOverSettingsForm(VersionedForm):
    class Meta:
        model = HandOverSettings
        fields = ["unseen_hours"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unseen_hours"].help_text = _("From the hand-over on, nights and holidays included.")


class TaskTemplateForm(VersionedForm):
    class Meta:
        model = TaskTemplate
        fields = ["name"]
