"""The crisis plan on the desk: one screen for three in the morning, on a phone, without a network, on paper."""

from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import BrandRequest, right
from accounts.selectors import community_managers
from crisis import selectors
from crisis.models import Grade, Slot
from smm import desk_reader
from strategy.platforms import PLATFORM_NAMES


@right("desk.view")
@require_safe
def desk_crisis(request: BrandRequest) -> HttpResponse:
    """The version in force; its opening by a community manager is recorded."""
    reader = desk_reader.reader_of(request)
    version = selectors.in_force()
    context: dict[str, Any] = {
        "reader": reader,
        "suffix": reader.suffix,
        "previews": community_managers(request.brand) if desk_reader.is_manager(request) else [],
        "crisis_plan": "",
        "version": version,
    }
    if version is not None:
        context |= _night(version.content)
        context["approved_at"] = version.approved_at.astimezone(ZoneInfo(request.brand.time_zone))
    response = render(request, "smm/desk_crisis.html", context)
    if version is not None and request.method == "GET":
        desk_reader.record_plan_seen(reader, version, roles=request.roles)
    return response


def _night(content: dict[str, Any]) -> dict[str, Any]:
    """What the screen shows, in the order in which it is needed."""
    return {
        "plan": content,
        "levels": [each | {"name": Grade(each["number"]).label} for each in reversed(content["levels"][1:])],
        "calls": [
            {"role": Slot(slot).label, "people": list(people), "minutes": content["levels"][-1]["deputy_after"]}
            for slot, people in groupby(content["contacts"], key=lambda each: each["slot"])
        ],
        "texts": [
            (PLATFORM_NAMES.get(platform, platform), [_text(each) for each in rows])
            for platform, rows in groupby(
                sorted(content["statements"], key=lambda each: (each["platform"], each["language"])),
                key=lambda each: each["platform"],
            )
        ],
    }


def _text(each: dict[str, Any]) -> dict[str, Any]:
    about = each["scenario"] or _("any scenario")
    return each | {"about": about, "size": len(each["text"])}
