"""Enters what the demo brands decided on platforms, through the services of the pages."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import Brand, User
from smm.demo.choices import CHOICES, MISSIONS, TEAMS, Makes, Mission
from strategy.models import Channel, FitSettings, PlatformChoice
from strategy.services import channels, platforms


def choose(brand: Brand, *, by: User) -> None:
    """Enter what is not there yet; the brand must be in scope, its audiences and figures in place."""
    for mission in MISSIONS:
        if mission.brand == brand.slug:
            _tell_mission(mission, by=by)
    for team in TEAMS:
        if team.brand == brand.slug and not FitSettings.objects.exists():
            _tell_team(brand, team, by=by)
    decided = set(PlatformChoice.objects.values_list("platform", flat=True))
    today = timezone.localdate(timezone=ZoneInfo(brand.time_zone))
    for choice in CHOICES:
        if choice.brand == brand.slug and choice.platform not in decided:
            values = {
                "platform": choice.platform,
                "decision": choice.decision,
                "reason": choice.reason,
                "review_on": today + timedelta(days=choice.review_in),
            }
            platforms.decide(brand, by=by, values=values)


def _tell_mission(mission: Mission, *, by: User) -> None:
    for channel in Channel.objects.select_related("brand").filter(platform=mission.platform, mission=""):
        owner = User.objects.get(email=mission.owner) if mission.owner else None
        values = {"mission": mission.text, "link": mission.link, "owner": owner}
        channels.change_channel(channel, by=by, version=channel.version, values=values)


def _tell_team(brand: Brand, team: Makes, *, by: User) -> None:
    formats = {name: {"can": True, "hours": hours} for name, hours in team.formats.items()}
    platforms.save_settings(
        brand, by=by, version=0, weights=team.weights, hours_per_week=team.hours, formats=formats
    )
