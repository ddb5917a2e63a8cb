"""What people do with tasks: write them for the community manager, and say what became of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit, rows
from accounts.errors import InvalidInput, register_messages
from accounts.models import User
from accounts.selectors import people_of
from strategy.models import Campaign, Task
from strategy.task_times import instant

State = Task.State
CLOSED = (Campaign.Status.CLOSED, Campaign.Status.REVIEWED)
register_messages(
    {
        "task_outside": _(
            "The campaign runs from %(start)s to %(end)s: %(day)s lies outside. "
            "Choose a day within it, or move the campaign."
        ),
        "channel_not_of_campaign": _("The campaign does not run on this channel. Choose one of its channels."),
        "assignee_without_role": _("%(name)s has no role in this brand, so the task could not be seen."),
        "campaign_closed": _("The campaign is closed. Open it again before you change its tasks."),
        "task_settled": _("This task is settled already. Reload the page."),
    }
)


def add(campaign: Campaign, *, by: User | None, values: Mapping[str, Any]) -> Task:
    """Write a task of a campaign; raises InvalidInput naming the field."""
    task = Task(brand=campaign.brand, campaign=campaign, asked_by=by)
    return rows.add(task, _checked(campaign, values), by=by, action="task.added")


def change(task: Task, *, by: User | None, version: int, values: Mapping[str, Any]) -> Task:
    """What was handed over already stays as it was until the next hand-over."""
    return rows.change(task, by=by, version=version, values=_checked(task.campaign, values), action="task.changed")


def remove(task: Task, *, by: User | None) -> None:
    rows.remove(task, by=by, action="task.removed", fields=("title", "kind", "day", "state"))


@transaction.atomic
def settle(task: Task, state: str, *, by: User | None, now: datetime, proof: str = "", outcome: str = "") -> Task:
    """Say that a task is done or not done, with a link as proof and a word; or, with "open", take that back."""
    row = Task.objects.select_for_update(of=("self",)).select_related("brand").get(pk=task.pk)
    is_open = state == State.OPEN
    if state not in State.values or row.state == state:
        raise InvalidInput("task_settled")
    before = {"state": row.state, "proof": row.proof, "outcome": row.outcome}
    row.state, row.proof, row.outcome = state, "" if is_open else proof, "" if is_open else outcome[:300]
    row.settled_at, row.settled_by = (None, None) if is_open else (now, by)
    row.version += 1
    row.save()
    after = {"state": row.state, "proof": row.proof, "outcome": row.outcome}
    audit.record("task.settled", row, by=by, brand=row.brand, before=before, after=after)
    return row


def _checked(campaign: Campaign, values: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(values)
    if campaign.status in CLOSED:
        raise InvalidInput("campaign_closed")
    if not campaign.start <= found["day"] <= campaign.end:
        facts = {"start": campaign.start, "end": campaign.end, "day": found["day"]}
        raise InvalidInput("task_outside", field="day", **facts)
    channel = found.get("channel")
    if channel is not None and not campaign.channels.filter(pk=channel.pk).exists():
        raise InvalidInput("channel_not_of_campaign", field="channel")
    person = found.get("assignee")
    if person is not None and not people_of(campaign.brand).filter(pk=person.pk).exists():
        raise InvalidInput("assignee_without_role", field="assignee", name=str(person))
    return found | {"at": instant(found["day"], found.get("clock"), campaign.brand.time_zone)}
