"""How a plan comes into force: handed in, approved by somebody else, sent to those who follow it, superseded."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.errors import InvalidInput, register_messages
from accounts.models import Brand, Notification, Role, User
from accounts.notify import notify
from accounts.selectors import community_managers, people_of
from crisis import notices, selectors
from crisis.models import CrisisPlan, PlanVersion

State = PlanVersion.State
AGAIN_AFTER = timedelta(hours=1)
register_messages(
    {
        "plan_unchanged": _("Nothing was changed since version %(number)s. Change something first."),
        "plan_without_lead": _(
            "Nobody with a telephone number is incident lead. Add one before you hand the plan in."
        ),
        "own_plan": _("Whoever handed a plan in cannot approve it. Ask the owner or another manager."),
        "plan_not_waiting": _("Version %(number)s is not in approval any more. Reload the page."),
        "plan_without_readers": _(
            "The brand has no community manager who could follow it. Give somebody the role first."
        ),
        "reminded_already": _("They were reminded within the hour."),
    }
)


@transaction.atomic
def hand_in(plan: CrisisPlan, *, note: str, by: User | None, now: datetime) -> PlanVersion:
    """Keep the draft as a version in approval; one that waited before is withdrawn for it."""
    plan = CrisisPlan.objects.select_for_update(of=("self",)).select_related("brand").get(pk=plan.pk)
    content = selectors.content(plan)
    last = PlanVersion.objects.exclude(state=State.WITHDRAWN).first()
    if last is not None and last.content == content:
        raise InvalidInput("plan_unchanged", number=last.number)
    if not any(each["slot"] == "lead" and each["phone"] for each in content["contacts"]):
        raise InvalidInput("plan_without_lead")
    PlanVersion.objects.filter(state=State.WAITING).update(state=State.WITHDRAWN)
    version = PlanVersion.objects.create(
        brand=plan.brand,
        number=(PlanVersion.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
        content=content,
        note=note.strip()[:500],
        handed_in_by=by,
        handed_in_at=now,
    )
    audit.record("plan_version.handed_in", version, by=by, brand=plan.brand, after={"number": version.number})
    managers = managers_but(by, plan.brand)
    path = reverse("crisis_version", args=[plan.brand.slug, version.pk])
    _tell(managers, notices.TO_APPROVE, version, event=f"plan_to_approve:{version.pk}", path=path, by=by, now=now)
    return version


@transaction.atomic
def approve(version: PlanVersion, *, by: User, now: datetime) -> PlanVersion:
    """Put a version in force and send it to the brand's community managers; the one before is superseded."""
    version = _waiting(version)
    if by == version.handed_in_by and managers_but(by, version.brand):
        raise InvalidInput("own_plan")
    readers = list(community_managers(version.brand))
    if not readers:
        raise InvalidInput("plan_without_readers")
    plan = CrisisPlan.objects.get()
    PlanVersion.objects.filter(state=State.IN_FORCE).update(state=State.SUPERSEDED)
    today = now.astimezone(ZoneInfo(version.brand.time_zone)).date()
    version.state, version.approved_by, version.approved_at = State.IN_FORCE, by, now
    version.review_by = today + timedelta(days=plan.review_every_days)
    version.save(update_fields=["state", "approved_by", "approved_at", "review_by", "updated_at"])
    audit.record("plan_version.approved", version, by=by, brand=version.brand, after={"number": version.number})
    path = reverse("desk_crisis", args=[version.brand.slug])
    _tell(readers, notices.IN_FORCE, version, event=f"plan_in_force:{version.pk}", path=path, by=by, now=now)
    return version


@transaction.atomic
def withdraw(version: PlanVersion, *, by: User | None) -> PlanVersion:
    version = _waiting(version)
    version.state = State.WITHDRAWN
    version.save(update_fields=["state", "updated_at"])
    audit.record("plan_version.withdrawn", version, by=by, brand=version.brand, after={"number": version.number})
    return version


@transaction.atomic
def remind(version: PlanVersion, *, by: User | None, now: datetime) -> int:
    """Remind those who have not seen the version in force, at most once an hour; how many were told."""
    if version.state != State.IN_FORCE:
        raise InvalidInput("plan_not_waiting", number=version.number)
    before = f"plan_reminder:{version.pk}:"
    lately = Notification.objects.filter(event__startswith=before, created_at__gt=now - AGAIN_AFTER)
    if lately.exists():
        raise InvalidInput("reminded_already")
    people = [person for person, seen in selectors.readers(version.brand, version) if seen is None]
    event = f"{before}{now:%Y%m%d%H%M%S}"
    path = reverse("desk_crisis", args=[version.brand.slug])
    return _tell(people, notices.REMINDER, version, event=event, path=path, by=by, now=now)


def managers_but(person: User | None, brand: Brand) -> list[User]:
    """Those who may approve a plan, without this person: owners and managers, also who executes as well."""
    manages = Q(memberships__agency=brand.agency_id, memberships__is_owner=True)
    manages |= Q(memberships__roles__brand=brand, memberships__roles__role=Role.SMM)
    found = people_of(brand).filter(pk__in=User.objects.filter(manages, is_active=True).values("pk"))
    return [each for each in found if each != person]


def _waiting(version: PlanVersion) -> PlanVersion:
    Brand.objects.select_for_update().get(pk=version.brand_id)
    found = PlanVersion.objects.select_for_update(of=("self",)).select_related("brand", "handed_in_by")
    row = found.get(pk=version.pk)
    if row.state != State.WAITING:
        raise InvalidInput("plan_not_waiting", number=row.number)
    return row


def _tell(people: list[User], kind: str, version: PlanVersion, *, event: str, path: str, by, now: datetime) -> int:
    facts = {"brand": version.brand.name, "number": version.number, "by": str(by or ""), "note": version.note}
    return sum(
        notify(person, kind, event=event, brand=version.brand, path=path, facts=facts, now=now)
        for person in people
    )
