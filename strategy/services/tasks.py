"""What people do with tasks: write them for the community manager, and say what became of them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import audit, rows
from accounts.errors import InvalidInput, register_messages
from accounts.models import User
from accounts.selectors import people_of
from strategy import repeats
from strategy.models import Campaign, Task, TaskPublication, TaskSeries
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
        "too_many_repeats": _("This would be more than %(most)s tasks. Choose an earlier last day."),
        "no_repeats": _("No day lies between the first and the last one. Choose a later last day."),
        "task_settled": _("This task is settled already. Reload the page."),
    }
)


@transaction.atomic
def add(campaign: Campaign, *, by: User | None, values: Mapping[str, Any]) -> Task:
    """Write a task of a campaign, with `repeat` and `until` one that comes again; returns the first.

    Raises InvalidInput naming the field.
    """
    own = dict(values)
    every, until = own.pop("repeat", ""), own.pop("until", None)
    task = Task(brand=campaign.brand, campaign=campaign, asked_by=by)
    if not every:
        return rows.add(task, _checked(campaign, own), by=by, action="task.added")
    days = _days(own["day"], every, min(until or campaign.end, campaign.end))
    task.series = TaskSeries.objects.create(brand=campaign.brand, campaign=campaign, every=every, until=days[-1])
    first = rows.add(task, _checked(campaign, own | {"day": days[0]}), by=by, action="task.added")
    for day in days[1:]:
        _store_again(first, day)
    return first


def _days(first: date, every: str, until: date) -> list[date]:
    try:
        found = repeats.days(first, every, until)
    except repeats.TooMany:
        raise InvalidInput("too_many_repeats", field="until", most=repeats.MOST) from None
    if not found:
        raise InvalidInput("no_repeats", field="until")
    return found


def _store_again(task: Task, day: date) -> None:
    """One more like it, on another day."""
    task = Task.objects.select_related("brand").get(pk=task.pk)
    task.pk, task._state.adding = None, True
    task.day, task.at = day, instant(day, task.clock, task.brand.time_zone)
    task.save()


@transaction.atomic
def change(task: Task, *, by: User | None, version: int, values: Mapping[str, Any]) -> Task:
    """Change a task, with `reach` "following" those that come after it in its series too, moved by as many days.

    What was handed over already stays as it was until the next hand-over.
    """
    own = dict(values)
    following = own.pop("reach", "") == "following"
    later = list(_later(task)) if following else []
    shift = own["day"] - task.day
    row = rows.change(task, by=by, version=version, values=_checked(task.campaign, own), action="task.changed")
    for each in later:
        told = _checked(task.campaign, own | {"day": each.day + shift})
        if "asset" in own:
            told["asset"] = row.asset.name
        rows.change(each, by=by, version=each.version, values=told, action="task.changed")
    return row


def _later(task: Task) -> QuerySet[Task]:
    """The tasks of its series that come after it and are not settled."""
    if task.series_id is None:
        return Task.objects.none()
    found = Task.objects.filter(series=task.series_id, day__gt=task.day, state=State.OPEN)
    return found.select_related("brand", "campaign")


@transaction.atomic
def remove(task: Task, *, by: User | None, following: bool = False) -> None:
    """Delete a task, or it and those that come after it in its series."""
    for each in [*(_later(task) if following else []), task]:
        rows.remove(each, by=by, action="task.removed", fields=("title", "kind", "day", "state"))


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
    if is_open:  # it was not that post, then, and is not noticed again
        row.publications.filter(state=TaskPublication.State.ACCEPTED).update(state=TaskPublication.State.REFUSED)
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
