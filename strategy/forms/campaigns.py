"""The forms of a campaign, of the UTM convention, of a lesson, and of a copy of a campaign."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayInput, VersionedForm
from accounts.models import User
from accounts.selectors import people_of
from strategy.models import Campaign, Channel, Lesson, Objective, UtmConvention
from strategy.platforms import PLATFORM_NAMES, SOCIAL_PLATFORMS
from strategy.utm import MEDIUMS

MOST_LINES = 50
SECTIONS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("what", _("What and when"), ("name", "kind", "start", "end", "why_now")),
    ("for", _("For whom and where"), ("audiences", "channels", "pillars")),
    ("criteria", _("Success criteria"), ()),
    (
        "message",
        _("Message"),
        ("insight", "key_message", "proof", "tone", "call_to_action", "do", "avoid", "hashtags"),
    ),
    ("work", _("Work and money"), ("deliverables", "milestones", "budgets")),
    ("people", _("People"), ("owner", "approver", "team")),
    ("links", _("Links"), ("landing_pages", "utm_campaign", "utm_medium", "utm_term", "other_names")),
    ("care", _("Care"), ("legal", "risks")),
)
HELP = {
    "why_now": _("What makes this the right moment."),
    "insight": _("What you know of the audience that this campaign builds on."),
    "key_message": _("The one sentence that should stay in people’s heads."),
    "proof": _("Why they should believe it, one point a line."),
    "tone": _("In three words, and what it is not."),
    "call_to_action": _("What people are to do."),
    "hashtags": _("With spaces between them."),
    "deliverables": _("What has to be made, with formats and sizes, one a line."),
    "milestones": _("One a line, the day first: 2026-05-01 Shooting."),
    "landing_pages": _("The addresses that links lead to, one a line."),
    "utm_campaign": _("Left empty, it is built by the brand’s convention."),
    "other_names": _("What this campaign is called in the ads account or in analytics, one a line."),
    "legal": _("Advertising labels, prize contests, rights of music and pictures, minors."),
    "risks": _("What could go wrong, and what is done then."),
}
LONG = ("why_now", "insight", "proof", "tone", "do", "avoid", "deliverables", "legal", "risks")
_MILESTONE = re.compile(r"(\d{4}-\d{2}-\d{2})\s+(\S.*)")


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class LinesField(forms.CharField):
    """Texts, one a line."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[str]:
        found = lines_of(super().to_python(value) or "")
        if len(found) > MOST_LINES:
            raise ValidationError(_("At most %(most)s lines, please."), params={"most": MOST_LINES})
        return found

    def validate(self, value: Any) -> None:
        """No line is a line too few."""

    def run_validators(self, value: Any) -> None:
        for line in value:
            super().run_validators(line)


class AddressesField(LinesField):
    """Web addresses, one a line."""

    def run_validators(self, value: Any) -> None:
        check = URLValidator(schemes=["http", "https"])
        for line in value:
            try:
                check(line)
            except ValidationError:
                raise ValidationError(
                    _("“%(line)s” is not a web address. Begin with https://."), params={"line": line}
                ) from None


class MilestonesField(LinesField):
    """Days with a name, one a line."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            value = [f"{day.isoformat()} {name}" for day, name in value]
        return super().prepare_value(value)

    def run_validators(self, value: Any) -> None:
        """Each line is checked as it is read."""

    def clean(self, value: Any) -> list[tuple[date, str]]:
        found = []
        for line in self.to_python(value):
            told = _MILESTONE.fullmatch(line)
            try:
                found.append((date.fromisoformat(told[1]), told[2][:200]))
            except (TypeError, ValueError):
                raise ValidationError(
                    _("“%(line)s” does not begin with a day such as 2026-05-01. Write the day, then what it is."),
                    params={"line": line},
                ) from None
        return sorted(found)


class TagsField(forms.CharField):
    """Hashtags with spaces between them, kept without their signs."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return " ".join(f"#{tag}" for tag in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        tags = [tag.lstrip("#") for tag in re.split(r"[\s,]+", value or "") if tag.strip("#")]
        for tag in tags:
            if not re.fullmatch(r"\w+", tag):
                raise ValidationError(
                    _("“#%(tag)s” holds a sign that hashtags cannot hold. Use letters, digits and _."),
                    params={"tag": tag},
                )
        return list(dict.fromkeys(tags))[:MOST_LINES]


class CampaignForm(VersionedForm):
    hashtags = TagsField(label=_("hashtags"), help_text=HELP["hashtags"])
    landing_pages = AddressesField(label=_("landing pages"), help_text=HELP["landing_pages"])
    other_names = LinesField(label=_("other names in imported files"), help_text=HELP["other_names"])
    milestones = MilestonesField(label=_("milestones"), help_text=HELP["milestones"])
    team = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(), required=False, label=_("team"), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Campaign
        fields = [
            *("name", "kind", "start", "end", "why_now", "audiences", "channels", "pillars", "insight"),
            *("key_message", "proof", "tone", "call_to_action", "do", "avoid", "hashtags", "deliverables"),
            *("owner", "approver", "landing_pages", "utm_campaign", "utm_medium", "utm_term", "other_names"),
            *("legal", "risks"),
        ]
        widgets = {
            "start": DayInput(),
            "end": DayInput(),
            **dict.fromkeys(("audiences", "channels", "pillars"), forms.CheckboxSelectMultiple()),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, text in HELP.items():
            self.fields[name].help_text = text
        for name in LONG:
            self.fields[name].widget.attrs["rows"] = 3
        people = people_of(self.brand)
        for name in ("owner", "approver"):
            self.fields[name].queryset = people
            self.fields[name].empty_label = _("nobody yet")
        self.fields["team"].queryset = people
        self._narrow_choices()
        self._add_shares()
        self._add_budgets()
        if self.instance.pk:
            self._show_stored()

    def _narrow_choices(self) -> None:
        """What is active, and what was chosen before it was put aside."""
        chosen = {name: Q(campaigns=self.instance.pk) for name in ("audiences", "channels", "pillars")}
        active = {"audiences": Q(archived_at=None), "channels": Q(active=True), "pillars": Q(archived_at=None)}
        for name, condition in active.items():
            rows = self.fields[name].queryset
            kept = condition | chosen[name] if self.instance.pk else condition
            self.fields[name].queryset = rows.filter(kept).distinct()

    def _add_shares(self) -> None:
        """One field for each objective: the share of its way that this campaign is to deliver."""
        stored = {}
        if self.instance.pk:
            stored = dict(self.instance.criteria.values_list("objective", "share"))
        rows = Objective.objects.filter(Q(archived_at=None) | Q(pk__in=stored)).order_by("deadline", "pk")
        self.objectives = {f"share_{row.pk}": row for row in rows}
        for name, row in self.objectives.items():
            self.fields[name] = forms.IntegerField(
                label=row.statement,
                required=False,
                min_value=0,
                max_value=100,
                initial=stored.get(row.pk),
                help_text="",
            )

    def _add_budgets(self) -> None:
        """One field for each platform on which the brand has an active channel, or money is planned already."""
        stored = {}
        if self.instance.pk:
            stored = dict(self.instance.budgets.values_list("platform", "amount"))
        active = set(Channel.objects.filter(active=True).values_list("platform", flat=True)) | set(stored)
        self.platforms = {f"budget_{slug}": slug for slug in SOCIAL_PLATFORMS if slug in active}
        for name, slug in self.platforms.items():
            self.fields[name] = forms.DecimalField(
                label=PLATFORM_NAMES[slug],
                required=False,
                min_value=0,
                max_digits=14,
                decimal_places=2,
                initial=stored.get(slug),
            )

    def _show_stored(self) -> None:
        self.initial["milestones"] = [(each.day, each.name) for each in self.instance.milestones.all()]
        self.initial["team"] = list(self.instance.team.values_list("user", flat=True))

    @property
    def values(self) -> dict[str, Any]:
        found = super().values
        shares = [(row, found.pop(name)) for name, row in self.objectives.items()]
        budgets = {slug: found.pop(name) for name, slug in self.platforms.items()}
        found["criteria"] = [(row, share) for row, share in shares if share]
        found["budgets"] = {slug: amount for slug, amount in budgets.items() if amount is not None}
        for name in ("audiences", "channels", "pillars", "team"):
            found[name] = list(found[name])
        return found


class CopyForm(forms.Form):
    """A copy of a campaign: what it is called and when it begins."""

    name = forms.CharField(label=_("Name of the new campaign"), max_length=120)
    start = forms.DateField(label=_("Its first day"), widget=DayInput())


class ConventionForm(VersionedForm):
    mediums = forms.CharField(label=_("mediums"), help_text=_("With spaces between them; the first is proposed."))

    class Meta:
        model = UtmConvention
        fields = ["campaign_pattern", "content_pattern", "mediums", "longest"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["mediums"] = " ".join(self.instance.mediums or MEDIUMS)
        self.fields["campaign_pattern"].help_text = _("Made of {yyyymm}, {brand} and {slug}.")
        self.fields["content_pattern"].help_text = _("Made of {format} and {id}.")
        self.sources = {f"source_{slug}": slug for slug in SOCIAL_PLATFORMS}
        for name, slug in self.sources.items():
            self.fields[name] = forms.CharField(
                label=PLATFORM_NAMES[slug], required=False, max_length=60, initial=self.instance.sources.get(slug)
            )
            self.fields[name].widget.attrs["placeholder"] = slug

    @property
    def values(self) -> dict[str, Any]:
        found = super().values
        sources = {slug: found.pop(name).strip() for name, slug in self.sources.items()}
        found["sources"] = {slug: source for slug, source in sources.items() if source and source != slug}
        found["mediums"] = list(dict.fromkeys(found["mediums"].replace(",", " ").split()))
        return found


class LessonForm(VersionedForm):
    platforms = forms.MultipleChoiceField(
        label=_("platforms"),
        required=False,
        choices=[(slug, PLATFORM_NAMES[slug]) for slug in SOCIAL_PLATFORMS],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Lesson
        fields = [
            *("finding", "verdict", "evidence", "evidence_link", "cause", "action", "campaign", "owner", "due"),
            *("audiences", "pillars", "platforms"),
        ]
        widgets = {
            "due": DayInput(),
            **dict.fromkeys(("audiences", "pillars"), forms.CheckboxSelectMultiple()),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        helps = {
            "finding": _("What you found, in one sentence."),
            "evidence": _("The figures behind it: what, how many, over which time."),
            "evidence_link": _("Where the figures stand, such as a report of Timone."),
            "action": _("What is done from now on."),
        }
        for name, text in helps.items():
            self.fields[name].help_text = text
        for name in ("evidence", "cause", "action"):
            self.fields[name].widget.attrs["rows"] = 3
        self.fields["owner"].queryset = people_of(self.brand)
        self.fields["owner"].empty_label = _("nobody yet")
        self.fields["campaign"].empty_label = _("no campaign")
        for name in ("audiences", "pillars"):
            kept = Q(archived_at=None) | (Q(lessons=self.instance.pk) if self.instance.pk else Q())
            self.fields[name].queryset = self.fields[name].queryset.filter(kept).distinct()

    @property
    def values(self) -> dict[str, Any]:
        found = super().values
        return found | {name: list(found[name]) for name in ("audiences", "pillars")}
