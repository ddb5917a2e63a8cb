"""Hands a brief and its tasks over: one more version that never changes, to named community managers."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import audit, rows
from accounts.errors import InvalidInput, register_messages
from accounts.models import Brand, Notification, Receipt, User
from accounts.notify import notify
from accounts.selectors import community_managers
from strategy import handed_tasks, notices
from strategy.brief_content import Content, content_of
from strategy.models import Campaign, CampaignVersion, HandedTask, HandOver, HandOverSettings
from strategy.selectors import campaigns as selectors
from strategy.services import campaigns

register_messages(
    {
        "nobody_to_hand_to": _("Choose at least one community manager."),
        "not_a_community_manager": _(
            "%(name)s is no community manager of this brand. Give the role first, in the agency's panel."
        ),
        "brief_not_ready": _("The brief still lacks %(n)s points without which it cannot be handed over."),
        "nothing_to_hand": _("Nothing changed since version %(number)s, and everybody chosen has it already."),
    }
)
VERSION = CampaignVersion._meta.label  # as `accounts.Receipt` names it


@transaction.atomic
def hand_over(
    campaign: Campaign, *, to: Iterable[User], note: str, by: User | None, now: datetime, today: date
) -> CampaignVersion:
    """Keep the brief and its tasks as the next version; raises InvalidInput where it lacks something."""
    row = Campaign.objects.select_for_update(of=("self",)).select_related("brand").get(pk=campaign.pk)
    content = content_of(row)
    people = _checked(row, content, list(to), today=today)
    tasks = drafted(row)
    last = row.versions.first()
    if last and last.content == content and _same_tasks(last, tasks) and not _new_people(last, people):
        raise InvalidInput("nothing_to_hand", number=last.number)
    row.versions.filter(superseded_at=None).update(superseded_at=now)
    version = CampaignVersion.objects.create(
        brand=row.brand,
        campaign=row,
        number=(row.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        content=content,
        note=note.strip()[:500],
        handed_over_by=by,
        handed_over_at=now,
    )
    HandedTask.objects.bulk_create(
        HandedTask(brand=row.brand, campaign_version=version, **values) for values in tasks
    )
    HandOver.objects.bulk_create(
        HandOver(brand=row.brand, campaign_version=version, user=person) for person in people
    )
    campaigns.mark_handed_over(row, by=by)
    names = [str(person) for person in people]
    audit.record(
        "campaign.handed_over", row, by=by, brand=row.brand, after={"version": version.number, "to": names}
    )
    _tell(version, [person for person in people if person != by], by=by, now=now)
    return version


def _tell(version: CampaignVersion, people: list[User], *, by: User | None, now: datetime) -> None:
    campaign = version.campaign
    facts = {"campaign": campaign.name, "number": version.number, "by": str(by or ""), "note": version.note}
    for person in people:
        notify(
            person,
            notices.HANDED_OVER if version.number == 1 else notices.HANDED_AGAIN,
            event=event_of(version),
            brand=version.brand,
            path=reverse("desk_brief", args=[version.brand.slug, version.pk]),
            facts=facts,
            now=now,
        )


def event_of(version: CampaignVersion) -> str:
    """As which event a hand-over is told."""
    return f"handed_over:{version.pk}"


def _checked(campaign: Campaign, content: Content, people: list[User], *, today: date) -> list[User]:
    if campaign.status in (Campaign.Status.CLOSED, Campaign.Status.REVIEWED):
        raise InvalidInput("closed_brief")
    if blocking := [gap for gap in campaigns.missing(campaign, content, today=today) if gap.blocks]:
        raise InvalidInput("brief_not_ready", n=len(blocking))
    if not people:
        raise InvalidInput("nobody_to_hand_to", field="to")
    known = {person.pk for person in community_managers(campaign.brand)}
    for person in people:
        if person.pk not in known:
            raise InvalidInput("not_a_community_manager", field="to", name=str(person))
    return people


def drafted(campaign: Campaign) -> list[dict[str, Any]]:
    """The campaign's tasks as they would be handed over now: the values of `HandedTask`."""
    convention = selectors.convention()
    found = campaign.tasks.select_related("channel", "asked_by", "assignee").order_by("at", "priority", "pk")
    kept = ("kind", "title", "channel", "assignee", "priority", "day", "clock", "at")
    return [
        {"task": task, "content": handed_tasks.content_of(task, campaign, convention)}
        | {name: getattr(task, name) for name in kept}
        for task in found
    ]


def _same_tasks(version: CampaignVersion, tasks: list[dict[str, Any]]) -> bool:
    names = ("kind", "title", "priority", "day", "clock", "at", "content")
    keys = ("task_id", "channel_id", "assignee_id")
    stored = [
        [getattr(row, name) for name in (*names, *keys)]
        for row in version.tasks.order_by("at", "priority", "task_id")
    ]
    ids = [[values[key[:-3]] and values[key[:-3]].pk for key in keys] for values in tasks]
    return stored == [[values[name] for name in names] + own for values, own in zip(tasks, ids, strict=True)]


def _new_people(version: CampaignVersion, people: list[User]) -> bool:
    return not {person.pk for person in people} <= set(version.hand_overs.values_list("user", flat=True))


def receipts(campaign: Campaign) -> list[dict[str, Any]]:
    """Each version, the newest first, with those it went to, how they were told and when they saw it."""
    versions = list(campaign.versions.select_related("handed_over_by").prefetch_related("hand_overs__user"))
    seen = {
        (receipt.row_id, receipt.user_id): receipt
        for receipt in Receipt.objects.filter(row_type=VERSION, row_id__in=[version.pk for version in versions])
    }
    events = [event_of(version) for version in versions]
    told = {(each.event, each.user_id): each for each in Notification.objects.filter(event__in=events)}
    return [
        {
            "version": version,
            "people": [
                {
                    "user": each.user,
                    "receipt": seen.get((version.pk, each.user_id)),
                    "told": told.get((event_of(version), each.user_id)),
                    "reminded_at": each.reminded_at,
                }
                for each in version.hand_overs.all()
            ],
        }
        for version in versions
    ]


def set_settings(brand: Brand, *, by: User | None, version: int, values: Mapping[str, Any]) -> HandOverSettings:
    """After how many hours the manager is told that a hand-over was not seen."""
    row = HandOverSettings.objects.first()
    if row is None:
        return rows.add(HandOverSettings(brand=brand), values, by=by, action="hand_over_settings.set")
    return rows.change(row, by=by, version=version, values=values, action="hand_over_settings.set")


def is_changed(campaign: Campaign, versions: list[CampaignVersion], content: dict[str, Any]) -> bool:
    """Whether the brief or its tasks are no longer what was handed over last; `versions`: the newest first."""
    if not versions:
        return False
    return versions[0].content != content or not _same_tasks(versions[0], drafted(campaign))
