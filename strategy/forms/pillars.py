"""The form of a content pillar."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.forms import VersionedForm
from strategy.models import ContentPillar


class PillarForm(VersionedForm):
    class Meta:
        model = ContentPillar
        fields = ["name", "share", "audience", "purpose", "examples", "avoid"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        audience = self.fields["audience"]
        audience.queryset = audience.queryset.filter(
            Q(archived_at=None) | Q(pk=self.instance.audience_id)
        ).order_by("name")
        audience.empty_label = _("for all audiences")
        self.fields["share"].label = _("Share of the mix, in percent")
        self.fields["share"].widget.attrs |= {"min": 1, "max": 100}
        helps = {
            "share": _("Of all the posts you plan, how many belong to this pillar."),
            "purpose": _("What it does for the audience and for the brand."),
            "examples": _("Posts that belong here, one a line."),
            "avoid": _("What looks similar but does not belong here."),
        }
        for name, text in helps.items():
            self.fields[name].help_text = text
        for name in ("purpose", "examples", "avoid"):
            self.fields[name].widget.attrs["rows"] = 3
