"""Tells people in time: who has not seen a hand-over, which campaigns begin and which are over.

Looks across brands for what is due, and acts inside each brand's scope. Every worker may call it at once: what
was told is marked by a conditional update, and a notification exists once for its event.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.errors import InvalidInput, register_messages
from accounts.models import Notification, Receipt, User
from accounts.notify import notify
from accounts.periodic import every
from accounts.scoping import brands_in_scope
from strategy import notices
from strategy.models import Campaign, CampaignVersion, HandOver, HandOverSettings
from strategy.services import campaigns
from strategy.services.hand_over import VERSION

Status = Campaign.Status
USUAL_HOURS = 24
AGAIN_AFTER = timedelta(hours=1)
register_messages(
    {
        "nobody_to_remind": _("Everybody has seen the version in force."),
        "reminded_lately": _("Everybody who has not seen it was reminded within the last hour. Call instead."),
    }
)


def _unseen(rows: QuerySet[HandOver]) -> QuerySet[HandOver]:
    receipts = Receipt.across_brands.filter(
        row_type=VERSION, row_id=OuterRef("campaign_version_id"), user=OuterRef("user_id")
    )
    open_ones = {"campaign_version__superseded_at": None, "campaign_version__campaign__archived_at": None}
    over = [Status.CLOSED, Status.REVIEWED]
    found = rows.filter(~Exists(receipts), **open_ones).exclude(campaign_version__campaign__status__in=over)
    return found.select_related("brand", "user", "campaign_version__campaign", "campaign_version__handed_over_by")


@every(seconds=60)
def tell_unseen(*, now: datetime | None = None) -> int:
    """Tell managers what was not seen in the time that their brand set; returns of how many hand-overs."""
    now = now or timezone.now()
    hours = dict(HandOverSettings.across_brands.values_list("brand", "unseen_hours"))
    waiting = _unseen(HandOver.across_brands.filter(unseen_told_at=None)).filter(
        campaign_version__handed_over_at__lt=now - timedelta(hours=1)
    )
    told = 0
    for row in waiting.order_by("pk")[:500]:
        limit = hours.get(row.brand_id, USUAL_HOURS)
        if row.campaign_version.handed_over_at < now - timedelta(hours=limit):
            with brands_in_scope(row.brand_id):
                told += _tell_unseen(row, limit, now)
    return told


@transaction.atomic
def _tell_unseen(row: HandOver, hours: int, now: datetime) -> bool:
    if not HandOver.objects.filter(pk=row.pk, unseen_told_at=None).update(unseen_told_at=now):
        return False
    version = row.campaign_version
    facts = {"person": str(row.user), "campaign": version.campaign.name, "number": version.number, "hours": hours}
    for manager in _managers(version):
        notify(
            manager,
            notices.UNSEEN,
            event=f"unseen:{row.pk}",
            brand=row.brand,
            path=_home(version.campaign) + "#hand-over",
            facts=facts,
            now=now,
        )
    return True


def _managers(version: CampaignVersion) -> list[User]:
    """Who handed it over and who answers for the campaign."""
    people = [version.handed_over_by, version.campaign.owner]
    return list({person.pk: person for person in people if person is not None}.values())


@transaction.atomic
def remind(campaign: Campaign, *, by: User, now: datetime) -> list[User]:
    """Remind those who have not seen the version in force; not twice within an hour. Returns who was reminded."""
    waiting = list(_unseen(HandOver.objects.filter(campaign_version__campaign=campaign)))
    if not waiting:
        raise InvalidInput("nobody_to_remind")
    due = [row for row in waiting if row.reminded_at is None or row.reminded_at < now - AGAIN_AFTER]
    if not due:
        raise InvalidInput("reminded_lately")
    for row in due:
        row.reminders, row.reminded_at = row.reminders + 1, now
        row.save(update_fields=["reminders", "reminded_at", "updated_at"])
        version = row.campaign_version
        facts = {"campaign": campaign.name, "number": version.number, "by": str(by)}
        notify(
            row.user,
            notices.REMINDER,
            event=f"reminder:{row.pk}:{row.reminders}",
            brand=campaign.brand,
            path=reverse("desk_brief", args=[campaign.brand.slug, version.pk]),
            facts=facts,
            now=now,
        )
    names = [str(row.user) for row in due]
    audit.record("campaign.reminded", campaign, by=by, brand=campaign.brand, after={"to": names})
    return [row.user for row in due]


@every(seconds=300)
def begin_and_end(*, now: datetime | None = None) -> int:
    """Handed-over campaigns run from their first day; who answers for one is told when it is over."""
    now = now or timezone.now()
    horizon = (now + timedelta(days=1)).date()  # no clock is further ahead
    rows = Campaign.across_brands.filter(archived_at=None).select_related("brand", "owner")
    due = [*rows.filter(status=Status.HANDED_OVER, start__lte=horizon)]
    over = [*rows.filter(status=Status.RUNNING, end__lt=horizon, end__gt=horizon - timedelta(days=30))]
    told = Notification.objects.filter(event__in=[_over(campaign) for campaign in over])
    told = set(told.values_list("event", flat=True))
    count = 0
    for campaign in [*due, *(campaign for campaign in over if _over(campaign) not in told)]:
        today = now.astimezone(ZoneInfo(campaign.brand.time_zone)).date()
        with brands_in_scope(campaign.brand_id):
            count += _begin(campaign, today, now) if campaign in due else _end(campaign, today, now)
    return count


def _begin(campaign: Campaign, today: date, now: datetime) -> bool:
    if campaign.start > today:
        return False
    try:
        with transaction.atomic():
            campaigns.move(campaign, Status.RUNNING, by=None)
            return _tell_owner(campaign, notices.STARTED, f"started:{campaign.pk}:{campaign.start}", now)
    except InvalidInput:
        return False  # somebody moved it meanwhile


def _end(campaign: Campaign, today: date, now: datetime) -> bool:
    if campaign.end >= today:
        return False
    return _tell_owner(campaign, notices.OVER, _over(campaign), now)


def _over(campaign: Campaign) -> str:
    """As which event its end is told; one whose end was moved ends once more."""
    return f"over:{campaign.pk}:{campaign.end}"


def _tell_owner(campaign: Campaign, kind: str, event: str, now: datetime) -> bool:
    if campaign.owner is None:
        return False
    facts = {"campaign": campaign.name}
    return notify(
        campaign.owner, kind, event=event, brand=campaign.brand, path=_home(campaign), facts=facts, now=now
    )


def _home(campaign: Campaign) -> str:
    return reverse("campaign_detail", args=[campaign.brand.slug, campaign.pk])
