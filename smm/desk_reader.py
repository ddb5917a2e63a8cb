"""Who reads the desk, on which clock, and which versions of which briefs he has seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import Http404
from django.utils import timezone

from accounts.access import BrandRequest, rights_of
from accounts.models import Brand, Receipt, Role, User
from accounts.selectors import community_managers
from crisis.models import PlanVersion
from strategy.models import CampaignVersion, HandedTask, HandOver
from strategy.services.hand_over import VERSION


@dataclass(frozen=True)
class Reader:
    """The person whose desk is shown; `is_preview` when a manager looks at it in his stead."""

    user: User
    is_preview: bool

    @property
    def suffix(self) -> str:
        """What the addresses of the desk's other pages end with, so that a preview stays one."""
        return f"?as={self.user.pk}" if self.is_preview else ""

    def zone(self, brand: Brand) -> ZoneInfo:
        """His own clock, or the brand's where he has not set one."""
        return ZoneInfo(self.user.time_zone or brand.time_zone)


def is_manager(request: BrandRequest) -> bool:
    return "overview.view" in rights_of(request.roles)


def reader_of(request: BrandRequest) -> Reader:
    """The person himself, or the community manager whom a manager asked to see it as; 404 for anybody else."""
    wanted = request.GET.get("as", "")
    if not wanted:
        return Reader(request.user, is_preview=False)
    for person in community_managers(request.brand) if is_manager(request) else []:
        if str(person.pk) == wanted:
            return Reader(person, is_preview=True)
    raise Http404


def record_seen(reader: Reader, version: CampaignVersion, *, roles: frozenset[str]) -> None:
    """A receipt for a version that was opened by one who is to execute it; none for a preview."""
    if reader.is_preview:
        return
    if Role.CM in roles or HandOver.objects.filter(campaign_version=version, user=reader.user).exists():
        _saw(reader.user, version, now=timezone.now())


def record_plan_seen(reader: Reader, version: PlanVersion, *, roles: frozenset[str]) -> None:
    """A receipt for the crisis plan in force, once a community manager opened it; none for a preview."""
    if not reader.is_preview and Role.CM in roles:
        _saw(reader.user, version, now=timezone.now())


def _saw(user: User, version: CampaignVersion | PlanVersion, *, now: datetime) -> None:
    key = {"brand": version.brand, "user": user, "row_type": version._meta.label, "row_id": version.pk}
    Receipt.objects.update_or_create(**key, defaults={"last_seen_at": now}, create_defaults={
        "first_seen_at": now, "last_seen_at": now,
    })  # fmt: skip


def last_seen(user: User, campaigns: Iterable[int]) -> dict[int, CampaignVersion]:
    """Of each campaign the newest version that the person has opened. Two queries."""
    receipts = Receipt.objects.filter(user=user, row_type=VERSION)
    versions = CampaignVersion.objects.filter(
        pk__in=list(receipts.values_list("row_id", flat=True)), campaign__in=list(campaigns)
    )
    return {version.campaign_id: version for version in versions.order_by("number")}


def seen_tasks(rows: Iterable[HandedTask], seen: dict[int, CampaignVersion]) -> dict[int, HandedTask]:
    """The same tasks as the versions seen last told them, by the task's number. One query, or none."""
    outdated = [row for row in rows if _is_newer(row.campaign_version, seen)]
    if not outdated:
        return {}
    versions = [seen[row.campaign_version.campaign_id].pk for row in outdated]
    found = HandedTask.objects.filter(
        campaign_version__in=set(versions), task__in=[row.task_id for row in outdated if row.task_id]
    )
    return {row.task_id: row for row in found.select_related("channel", "assignee")}


def _is_newer(version: CampaignVersion, seen: dict[int, CampaignVersion]) -> bool:
    return version.campaign_id in seen and seen[version.campaign_id].number < version.number


def news(row: HandedTask, seen: dict[int, CampaignVersion], before: dict[int, HandedTask]) -> str:
    """ "new", "changed" or "" against what the reader saw last."""
    version = row.campaign_version
    if version.campaign_id not in seen:
        return "new"
    if not _is_newer(version, seen):
        return ""
    old = before.get(row.task_id)
    if old is None:
        return "new"
    return "changed" if _told(old) != _told(row) else ""


def _told(row: HandedTask) -> tuple:
    return (row.kind, row.title, row.channel_id, row.assignee_id, row.priority, row.at, row.clock, row.content)
