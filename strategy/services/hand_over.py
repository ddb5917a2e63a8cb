"""Hands a brief and its tasks over: one more version that never changes, to named community managers."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Max, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import audit, rows
from accounts.errors import InvalidInput, register_messages
from accounts.models import Brand, Notification, Receipt, User
from accounts.notify import notify
from accounts.selectors import community_managers
from strategy import handed_tasks, notices
from strategy.brief_content import Content, content_of
from strategy.models import Campaign, CampaignVersion, HandedTask, HandOver, HandOverSettings, Task
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
EVENT = "handed_over:"
MAILS = dict(Notification.Mail.choices)


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
    if last and last.content == content and last.tasks_print == _print(tasks) and not _new_people(last, people):
        raise InvalidInput("nothing_to_hand", number=last.number)
    row.versions.filter(superseded_at=None).update(superseded_at=now)
    version = CampaignVersion.objects.create(
        brand=row.brand,
        campaign=row,
        number=(row.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        content=content,
        tasks_print=_print(tasks),
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
    return f"{EVENT}{version.pk}"


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


def drafted(campaign: Campaign, tasks: Iterable[Task] | None = None) -> list[dict[str, Any]]:
    """The campaign's tasks as they would be handed over now: the values of `HandedTask`."""
    convention = selectors.convention()
    found = tasks
    if tasks is None:
        found = campaign.tasks.select_related("channel", "asked_by", "assignee").order_by("at", "priority", "pk")
    kept = ("kind", "title", "channel", "assignee", "priority", "day", "clock", "at")
    return [
        {"task": task, "content": handed_tasks.content_of(task, campaign, convention)}
        | {name: getattr(task, name) for name in kept}
        for task in found
    ]


def _print(tasks: list[dict[str, Any]]) -> str:
    """What tells whether tasks are the same as others: a digest of all that they say."""
    told = [
        {name: getattr(value, "pk", value) for name, value in sorted(values.items())}
        for values in sorted(tasks, key=lambda values: values["task"].pk)
    ]
    return sha256(json.dumps(told, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()


def _new_people(version: CampaignVersion, people: list[User]) -> bool:
    return not {person.pk for person in people} <= set(version.hand_overs.values_list("user", flat=True))


def receipts(campaign: Campaign) -> list[dict[str, Any]]:
    """Each version, the newest first, with those it went to, how they were told, when they saw it."""
    number = Cast("campaign_version_id", TextField())
    person = OuterRef("user_id")
    seen = Receipt.objects.filter(row_type=VERSION, row_id=OuterRef("campaign_version_id"), user=person)
    told = Notification.objects.filter(event=Concat(Value(EVENT), OuterRef("number")), user=person)
    rows = HandOver.objects.filter(campaign_version__campaign=campaign).annotate(number=number)
    rows = rows.annotate(seen_at=Subquery(seen.values("first_seen_at")[:1]))
    rows = rows.annotate(mail=Subquery(told.values("mail")[:1]))
    rows = rows.select_related("user", "campaign_version__handed_over_by")
    found: dict[int, dict[str, Any]] = {}
    for row in rows.order_by("-campaign_version__number", "pk"):
        version = found.setdefault(row.campaign_version_id, {"version": row.campaign_version, "people": []})
        mail = MAILS.get(row.mail, "") if row.mail != Notification.Mail.NONE else ""
        version["people"].append(
            {"user": row.user, "seen_at": row.seen_at, "reminded_at": row.reminded_at, "mail": mail}
        )
    return list(found.values())


def set_settings(brand: Brand, *, by: User | None, version: int, values: Mapping[str, Any]) -> HandOverSettings:
    """After how many hours the manager is told that a hand-over was not seen."""
    told = {"version": version, "values": values, "by": by}
    return rows.put_only(HandOverSettings, brand, **told, action="hand_over_settings.set")


def is_changed(version: CampaignVersion, content: Content, tasks: list[dict[str, Any]]) -> bool:
    """Whether the brief or its tasks (as `drafted` tells them) are no longer what was handed over last."""
    return version.content != content or version.tasks_print != _print(tasks)
