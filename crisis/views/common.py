"""What the pages of the crisis plan share."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from crisis import selectors, words
from crisis.models import CrisisPlan, PlanVersion


def plan_or_404() -> CrisisPlan:
    found = selectors.plan()
    if found is None:
        raise Http404
    return found


def version_or_404(version_id: int) -> PlanVersion:
    rows = PlanVersion.objects.select_related("brand", "handed_in_by", "approved_by")
    return get_object_or_404(rows, pk=version_id)


def told(version: PlanVersion) -> dict[str, Any]:
    level, icon = words.STATES[version.state]
    return {"row": version, "text": version.get_state_display(), "level": level, "icon": icon}
