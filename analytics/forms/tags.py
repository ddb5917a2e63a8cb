"""What posts were for, chosen for one or for many."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from analytics.models import PostTag
from strategy.models import Audience, Campaign, ContentPillar

AS_IT_IS, NONE = "", "none"
KINDS = {"campaign": Campaign, "pillar": ContentPillar, "audience": Audience}
LABELS = {"campaign": _("campaign"), "pillar": _("content pillar"), "audience": _("audience")}


class TagForm(forms.Form):
    """Campaign, pillar and audience; `of_one` post with what its tag says chosen, of many with nothing."""

    def __init__(self, *args: Any, of_one: bool = False, tag: PostTag | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in KINDS.items():
            chosen = getattr(tag, f"{name}_id", None)
            rows = kind.objects.filter(Q(archived_at=None) | Q(pk=chosen)).order_by("name")
            first = [] if of_one else [(AS_IT_IS, _("leave as it is"))]
            choices = [*first, (NONE, _("none")), *((str(row.pk), row.name) for row in rows)]
            self.fields[name] = forms.ChoiceField(label=LABELS[name], choices=choices, required=False)
            if of_one:
                self.initial[name] = str(chosen) if chosen else NONE

    @property
    def told(self) -> dict[str, Any]:
        """The rows chosen by field, None where it is to be none; what is left as it is is missing."""
        found = {name: value for name, value in self.cleaned_data.items() if value != AS_IT_IS}
        return {
            name: None if value == NONE else KINDS[name].objects.filter(pk=value).first()
            for name, value in found.items()
        }
