"""What becomes of a published post that is, or perhaps is, what a task was to publish."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit, jobs
from accounts.errors import InvalidInput, register_messages
from accounts.models import User
from strategy.models import Task, TaskPublication
from strategy.services import tasks

State = TaskPublication.State
PASS_ON = "analytics.match_tasks"  # by name: what the post was for is kept a floor above
register_messages({"publication_decided": _("This was decided already, or the task is settled. Reload the page.")})


@transaction.atomic
def notice(task: Task, values: dict[str, Any], *, certain: bool, now: datetime) -> TaskPublication | None:
    """Note a post for a task that is still to do; a certain one settles it as done, with the post as proof."""
    row = Task.objects.select_for_update(of=("self",)).select_related("brand").get(pk=task.pk)
    if row.state != Task.State.OPEN:
        return None
    found, _made = TaskPublication.objects.update_or_create(
        task=row, post=values["post"], defaults=values | {"brand": row.brand}
    )
    if certain:
        _accept(found, row, by=None, now=now)
    return found


def _accept(found: TaskPublication, task: Task, *, by: User | None, now: datetime) -> None:
    found.state, found.by = State.ACCEPTED, by
    found.save(update_fields=["state", "by", "updated_at"])
    task.publications.filter(state=State.PROPOSED).update(state=State.REFUSED)
    tasks.settle(task, Task.State.DONE, by=by, now=now, proof=found.permalink[:500])


@transaction.atomic
def decide(found: TaskPublication, *, accept: bool, by: User, now: datetime) -> TaskPublication:
    """A person says whether the proposed post is the planned one; raises InvalidInput where it was decided."""
    row = TaskPublication.objects.select_for_update(of=("self",)).select_related("brand", "task").get(pk=found.pk)
    if row.state != State.PROPOSED or row.task.state != Task.State.OPEN:
        raise InvalidInput("publication_decided")
    if accept:
        _accept(row, row.task, by=by, now=now)
        jobs.enqueue(PASS_ON, brand=row.brand, by=by, same_as="matching")
    else:
        row.state, row.by = State.REFUSED, by
        row.save(update_fields=["state", "by", "updated_at"])
        audit.record("publication.refused", row, by=by, brand=row.brand, after={"post": row.permalink})
    return row


@transaction.atomic
def forget(found: TaskPublication, *, now: datetime) -> None:
    """The post is gone, such as with an import that was undone: what it alone had settled is to be done again."""
    task = found.task
    by_itself = found.state == State.ACCEPTED and found.by is None and task.settled_by_id is None
    found.delete()
    if by_itself and task.state == Task.State.DONE:
        tasks.settle(task, Task.State.OPEN, by=None, now=now)
