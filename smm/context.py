"""What every page's shell shows: the brands a person may enter, and the rail of the brand he is in."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from accounts.access import rights_of
from accounts.models import Brand
from accounts.selectors import owned_agencies

AUDIENCE_PAGES = ("audience", "platform", "catalogue", "channel", "pillar", "strategy_")


@dataclass(frozen=True)
class Place:
    """One place on the rail."""

    label: str
    url: str
    icon: str
    current: bool


def shell(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    context: dict[str, Any] = {"app_languages": settings.LANGUAGES, "brands": [], "rail": []}
    if user is None or not user.is_authenticated:
        return context
    known = getattr(request, "owns_agency", None)
    context["owns_agency"] = SimpleLazyObject(lambda: owned_agencies(user).exists()) if known is None else known
    context["brands"] = SimpleLazyObject(lambda: list(Brand.objects.for_user(user)))
    if getattr(request, "brand", None):
        context["rail"] = rail(request)
    return context


def rail(request: HttpRequest) -> list[Place]:
    """The places of this brand that the person may enter, in the order of the loop."""
    rights = rights_of(request.roles)
    places = [
        ("overview.view", _("Overview"), "brand_overview", "compass", ()),
        ("strategy.view", _("Audience & platforms"), "audiences", "user", AUDIENCE_PAGES),
        ("strategy.view", _("Objectives"), "objectives", "target", ("objective", "goal_", "reading_")),
        ("campaigns.view", _("Campaigns"), "campaigns", "flag", ("campaign", "lesson", "task_", "utm_")),
        (
            "calendar.view",
            _("Calendar"),
            "calendar_month",
            "calendar",
            ("calendar_", "entry_", "entries_", "own_day_", "planned_", "share_link", "slot_", "slots_"),
        ),
        ("best_times.view", _("Best times"), "best_times", "clock", ()),
        ("roi.view", _("ROI"), "roi", "chart", ("roi_", "cost", "value", "rate", "effects")),
        ("posts.view", _("Posts"), "posts", "posts", ("post_", "days")),
        ("imports.view", _("Imports"), "imports", "upload", ("import_",)),
        ("crisis.view", _("Crisis"), "crisis_plan", "alert", ("crisis_", "drill_")),
        ("desk.view", _("Desk"), "desk", "desk", ("desk_",)),
    ]
    name = request.resolver_match.url_name if request.resolver_match else ""
    return [
        Place(label, reverse(route, args=[request.brand.slug]), icon, name == route or name.startswith(prefixes))
        for needed, label, route, icon, prefixes in places
        if needed in rights
    ]
