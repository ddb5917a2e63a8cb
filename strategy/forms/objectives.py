"""Forms of an objective, of a business goal and of a reading by hand. Shares are typed in per cent."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayInput, VersionedForm
from accounts.selectors import people_of
from strategy import objective_words as words
from strategy import smart
from strategy.kpis import KPIS, by_stage
from strategy.models import Goal, Objective, ObjectiveReading
from strategy.platforms import PLATFORM_NAMES, SOCIAL_PLATFORMS

HELP = {
    "statement": _("What is to change, for whom, where: one sentence that somebody else could check."),
    "goal": _("What the company itself wants. Add goals on the tree of objectives."),
    "parent": _("A larger objective that this one is a part of."),
    "counting": _("Left open, as is usual for the KPI."),
    "platforms": _("None ticked: all of them together."),
    "baseline": _("Where it stands before the start, in the unit of the KPI; of shares, 5 for 5 %."),
    "baseline_source": _("Such as: imported data, annual report."),
    "target": _("What it is to be on the deadline, in the same unit."),
    "assumptions": _("What has to hold for this to work: budget, hours, season, help from others."),
    "weight": _("From 1 to 10: how much it counts beside the others."),
}
EMPTY = {
    "goal": _("none yet"),
    "parent": _("no other objective"),
    "audience": _("not named yet"),
    "owner": _("nobody yet"),
}
SECTIONS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("what", _("What is to change"), ("statement", "goal", "parent")),
    ("kpi", _("What shows it"), ("kpi", "counting", "platforms")),
    (
        "baseline",
        _("Where it stands"),
        ("baseline", "baseline_source", "baseline_from", "baseline_to"),
    ),
    ("target", _("Where it is to be, and when"), ("target", "start", "deadline")),
    ("who", _("For whom, and who answers for it"), ("audience", "owner", "weight", "assumptions")),
)


class PlainSelect(forms.Select):
    """A select that writes its options itself: a template for each of hundreds of rows costs most of a page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = str(value) if value is not None else ""
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, SafeString(" selected") if str(key) == chosen else "", label)
                for key, label in ((str(key or ""), label) for key, label in self.choices)
            ),
        )
        attributes = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        return format_html("<select{}>{}</select>", attributes, options)


class ObjectiveForm(VersionedForm):
    class Meta:
        model = Objective
        fields = [name for _slug, _title, names in SECTIONS for name in names]
        widgets = {name: DayInput() for name in ("baseline_from", "baseline_to", "start", "deadline")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kpi"] = forms.ChoiceField(label=_("KPI"), choices=[("", _("Choose")), *_kpi_choices()])
        self.fields["counting"] = forms.ChoiceField(
            label=_("counted"),
            required=False,
            choices=[("", _("as is usual for the KPI")), *Objective.Counting.choices],
        )
        self.fields["platforms"] = forms.MultipleChoiceField(
            label=_("platforms"),
            required=False,
            choices=[(slug, PLATFORM_NAMES[slug]) for slug in SOCIAL_PLATFORMS],
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["owner"].queryset = people_of(self.brand)
        # Names alone: what hundreds of rows hold besides is not shown.
        audiences = self._still(self.fields["audience"].queryset, self.instance.audience_id)
        self.fields["audience"].queryset = audiences.only("name", "brand")
        others = self._still(self.fields["parent"].queryset, self.instance.parent_id).exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = others.only("statement", "brand")
        for name, text in HELP.items():
            self.fields[name].help_text = text
        for name, text in EMPTY.items():
            self.fields[name].widget = PlainSelect()
            self.fields[name].widget.choices = self.fields[name].choices
            self.fields[name].empty_label = text
        self.fields["assumptions"].widget.attrs["rows"] = 3
        self.fields["weight"].initial = 1
        for name in ("baseline", "target"):
            self.fields[name].widget.attrs["step"] = "any"
            if self.instance.pk and name not in (kwargs.get("initial") or {}):
                self.initial[name] = shown(self.instance.kpi, getattr(self.instance, name))

    @staticmethod
    def _still(rows: QuerySet, chosen: int | None) -> QuerySet:
        """The active rows, and the one chosen before it was archived."""
        return rows.filter(Q(archived_at=None) | Q(pk=chosen))

    @property
    def values(self) -> dict[str, Any]:
        """As they are stored: of a share 0.05 where 5 was typed."""
        found = super().values
        for name in ("baseline", "target"):
            found[name] = meant(found.get("kpi", ""), found.get(name))
        return found


def _kpi_choices() -> list[tuple[Any, Any]]:
    return [
        (words.stage_name(stage), [(kpi.slug, words.kpi_name(kpi.slug)) for kpi in kpis])
        for stage, kpis in by_stage().items()
    ]


def _is_share(kpi: str) -> bool:
    return kpi in KPIS and KPIS[kpi].unit == "percent"


def meant(kpi: str, typed: float | None) -> float | None:
    """What is stored of a typed value."""
    return typed / 100 if typed is not None and _is_share(kpi) else typed


def shown(kpi: str, stored: float | None) -> float | None:
    """What is typed for a stored value, without the digits that binary fractions add."""
    if stored is None:
        return None
    number = float(f"{stored * 100:.10g}") if _is_share(kpi) else stored
    return int(number) if number == int(number) else number


def draft(values: Mapping[str, Any], attainable: str) -> smart.Draft:
    """What a half-filled form says so far, for the check of its letters."""
    kpi = KPIS.get(values.get("kpi") or "")
    counting = values.get("counting") or (kpi.countings[0] if kpi else "")
    return smart.Draft(
        statement=values.get("statement") or "",
        audience=values.get("audience") is not None,
        platforms=tuple(values.get("platforms") or ()),
        kpi=kpi.slug if kpi else "",
        is_imported=bool(kpi and kpi.is_imported),
        baseline=values.get("baseline"),
        needs_baseline=counting != Objective.Counting.TOTAL,
        target=values.get("target"),
        direction=kpi.direction if kpi else "up",
        attainable=attainable,
        goal=values.get("goal") is not None or values.get("parent") is not None,
        owner=values.get("owner") is not None,
        start=values.get("start"),
        deadline=values.get("deadline"),
    )


class GoalForm(VersionedForm):
    class Meta:
        model = Goal
        fields = ["name", "why"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("Such as: sell half of the coffee by subscription.")
        self.fields["why"].help_text = _("What the company gains by it.")
        self.fields["why"].widget.attrs["rows"] = 3


class ReadingForm(VersionedForm):
    """A reading by hand; `kpi` is that of its objective."""

    kpi = ""

    class Meta:
        model = ObjectiveReading
        fields = ["day", "value", "note"]
        widgets = {"day": DayInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kpi = KPIS[self.kpi]
        self.fields["value"].label = capfirst(
            _("%(kpi)s, in %(unit)s")
            % {"kpi": words.kpi_name(self.kpi), "unit": words.unit(kpi, self.brand.currency)}
        )
        self.fields["value"].widget.attrs["step"] = "any"
        self.fields["note"].help_text = _("Where the figure is from.")
        if self.instance.pk:
            self.initial["value"] = shown(self.kpi, self.instance.value)

    @property
    def values(self) -> dict[str, Any]:
        found = super().values
        return found | {"value": meant(self.kpi, found["value"])}
