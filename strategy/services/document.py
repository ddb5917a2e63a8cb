"""How a strategy is written and agreed on: proposed, agreed, superseded; or withdrawn. A version never changes."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit, rows
from accounts.errors import InvalidInput, register_messages
from accounts.models import Brand, User
from strategy.models import Strategy, StrategyVersion
from strategy.selectors import document as selectors

State = StrategyVersion.State
register_messages(
    {
        "strategy_ends_before_start": _("The last day is before the first. Swap them or correct one."),
        "nothing_new": _("Nothing was changed since version %(number)s. Change something first, then propose it."),
        "version_is_over": _("Version %(number)s is no longer proposed, so this cannot be done with it any more."),
        "agreed_with_whom": _("Name who agreed: the client, the management, the team."),
        "agreed_before_proposed": _("This version was proposed on a later day. Give the day of the agreement."),
        "agreed_tomorrow": _("This day is still to come. Give the day of the agreement."),
    }
)


def write(strategy: Strategy, *, by: User | None, version: int, values: Mapping[str, Any]) -> Strategy:
    """Change what stands above audiences, platforms and objectives; the first time, begin it."""
    if values.get("start") and values.get("end") and values["end"] < values["start"]:
        raise InvalidInput("strategy_ends_before_start", field="end")
    if strategy.pk is None:
        return rows.add(strategy, values, by=by, action="strategy.begun")
    return rows.change(strategy, by=by, version=version, values=values, action="strategy.changed")


@transaction.atomic
def propose(brand: Brand, *, by: User | None, note: str = "", now: datetime | None = None) -> StrategyVersion:
    """Keep the strategy as it stands as a version to be agreed on; one proposed before is withdrawn for it."""
    now = now or timezone.now()
    earlier = list(StrategyVersion.objects.select_for_update().order_by("-number"))
    content = selectors.content(brand, today=timezone.localdate(now, timezone=ZoneInfo(brand.time_zone)))
    last = next((each for each in earlier if each.state != State.WITHDRAWN), None)
    if last is not None and selectors.decided(last.content) == selectors.decided(content):
        raise InvalidInput("nothing_new", number=last.number)
    for each in earlier:
        if each.state == State.PROPOSED:
            _turn(each, State.WITHDRAWN, by=by, action="strategy_version.withdrawn")
    number = (StrategyVersion.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    version = StrategyVersion(brand=brand, number=number, content=content, proposed_by=by, proposed_at=now)
    return rows.add(version, {"note": note}, by=by, action="strategy_version.proposed")


@transaction.atomic
def agree(version: StrategyVersion, *, by: User | None, values: Mapping[str, Any]) -> StrategyVersion:
    """Put on record that a proposed version was agreed on, with whom and when; the one before is superseded.

    values: `agreed_with`, `day`.
    """
    version = _proposed(version)
    if not values["agreed_with"].strip():
        raise InvalidInput("agreed_with_whom", field="agreed_with")
    moment = _moment(version, values["day"])
    for other in StrategyVersion.objects.select_for_update().filter(state=State.AGREED):
        _turn(other, State.SUPERSEDED, by=by, action="strategy_version.superseded")
    version.agreed_by, version.agreed_with, version.agreed_at = by, values["agreed_with"].strip()[:200], moment
    return _turn(version, State.AGREED, by=by, action="strategy_version.agreed")


@transaction.atomic
def withdraw(version: StrategyVersion, *, by: User | None) -> StrategyVersion:
    return _turn(_proposed(version), State.WITHDRAWN, by=by, action="strategy_version.withdrawn")


def _proposed(version: StrategyVersion) -> StrategyVersion:
    found = StrategyVersion.objects.select_for_update(of=("self",)).select_related("brand").get(pk=version.pk)
    if found.state != State.PROPOSED:
        raise InvalidInput("version_is_over", number=found.number)
    return found


def _moment(version: StrategyVersion, day: date) -> datetime:
    """Today means now; an earlier day its noon, or the moment of the proposal if that came later on it."""
    zone = ZoneInfo(version.brand.time_zone)
    now = timezone.localtime(timezone=zone)
    if day > now.date():
        raise InvalidInput("agreed_tomorrow", field="day")
    if day < version.proposed_at.astimezone(zone).date():
        raise InvalidInput("agreed_before_proposed", field="day")
    return now if day == now.date() else max(datetime.combine(day, time(12), zone), version.proposed_at)


def _turn(version: StrategyVersion, state: str, *, by: User | None, action: str) -> StrategyVersion:
    before = version.state
    version.state = state
    version.save(update_fields=["state", "agreed_by", "agreed_with", "agreed_at", "updated_at"])
    after = {"state": str(state), "agreed_with": version.agreed_with}
    audit.record(action, version, by=by, brand=version.brand, before={"state": str(before)}, after=after)
    return version
